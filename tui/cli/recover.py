"""List the copies of a session and the changes that never reached it, and restore one.

The editor makes a copy each time that it opens a session. A journal holds changes made while the
session file could not be written; opening the session puts them back. Where the file could be
neither read nor written, all that the editor had is kept as a session.

With --at the session is written as it was at a time that offwall log shows.
"""

import argparse
import datetime as dt
from pathlib import Path

from offwall.model.compare.log import read_log, say_time
from offwall.model.store import StoreError, backups, bytes_of, disk
from offwall.model.store.record_text import rewritten
from offwall.model.store.recovery import Recoverable, all_recoverable, folders
from offwall.model.store.session_file import atomic_write, encoded, session_of
from offwall.tui.cli.parser import FORCE, SESSION, Arguments, argument, output
from offwall.tui.cli.say import CommandError, aligned, say, width_of_terminal
from offwall.tui.kit import context
from offwall.tui.services import free_name, recent_sessions

ARGUMENTS: Arguments = (
    SESSION,
    [
        argument("--restore", metavar="N", type=int, help="restore this one of the list"),
        argument(
            "--at",
            metavar="TIME",
            help="write it as it was at 14:20, or '9 Dec 14:20' (see offwall log)",
        ),
    ],
    output("OUT", "the session's name, or the next free one beside it"),
    FORCE,
)


def run(args: argparse.Namespace) -> int:
    """List what there is, the latest first, or write one of it."""
    if args.at is not None:
        return _as_it_was(args)
    found = all_recoverable(recent_sessions.state_folder(), args.session)
    if args.restore is not None:
        _restore(args, found)
    elif not found:
        say(f"No copy of {args.session} and no journal is kept on this computer.")
    else:
        rows = [_row(number, each) for number, each in enumerate(found, 1)]
        say(*aligned(rows, width_of_terminal()))
        say(f"Restore one with: offwall recover {args.session} --restore N")
    return 0


def _as_it_was(args: argparse.Namespace) -> int:
    """Write the session as it was at a time; the comments of the file stay."""
    log = read_log(recent_sessions.state_folder(), args.session)
    change = log.at(args.at, context.now())
    try:
        data = bytes_of(args.session)
        whole = rewritten(args.session, data, session_of(args.session, data), change.after)
    except StoreError:
        whole = encoded(args.session, change.after)
    target = args.output or free_name(args.session)
    _write(target, whole, args.session, force=args.force)
    when = say_time(change.at) if change.at else args.at
    say(f"Wrote {target} as it was after {change.label} ({when}).")
    return 0


def _row(number: int, recoverable: Recoverable) -> tuple[str, str, str, str]:
    when = dt.datetime.fromtimestamp(recoverable.time).astimezone()
    return str(number), f"{when:%d %b %Y %H:%M:%S}", recoverable.kind, recoverable.says


def _restore(args: argparse.Namespace, recoverables: list[Recoverable]) -> None:
    if not 1 <= args.restore <= len(recoverables):
        raise CommandError(
            f"there is no {args.restore} to restore: "
            + (f"the list has 1 to {len(recoverables)}." if recoverables else "nothing is kept.")
        )
    chosen = recoverables[args.restore - 1]
    if not chosen.data:
        raise CommandError(f"{args.restore} cannot be restored: {chosen.says}.")
    target = args.output or free_name(args.session)
    _write(target, chosen.data, args.session, force=args.force)
    say(f"Restored {args.restore} to {target}: {chosen.says}.")


def _write(target: Path, data: bytes, session: Path, *, force: bool) -> None:
    if not force or not target.exists():
        try:
            disk.make_private(target, data)
        except FileExistsError:
            raise CommandError(
                f"{target} is already there; name another with -o, or overwrite it with --force."
            ) from None
        return
    before = bytes_of(target)
    spare = next(iter(folders(recent_sessions.state_folder(), session)))
    backups.take_backup(spare, before)
    if not atomic_write(target.resolve(), data, before, spare):
        raise CommandError(f"{target} was changed just now by another program; try again.")
