"""Merge two sessions that grew out of one, by record and field. Git can call it for its files.

Where both changed the same field, OURS stays and THEIRS is kept beside it: the editor shows both,
and T takes theirs. Comments of both files stay. Without -o the merged session is printed.
"""

import argparse
import sys
from pathlib import Path

from offwall.model.records import Session
from offwall.model.records.session import Clash
from offwall.model.records.text import counted
from offwall.model.store import StoreError, bytes_of
from offwall.model.store.conflicts import theirs_in_words
from offwall.model.store.merge import Merged, merge, say_kept
from offwall.model.store.record_text import Side, with_comments
from offwall.model.store.session_file import atomic_write, encoded, session_of
from offwall.model.store.toml.load import SessionFileError, loads
from offwall.model.store.toml.record_tables import MisfitError, quoted_text
from offwall.tui.cli.parser import FORCE, Arguments, argument, output
from offwall.tui.cli.say import CommandError, document, hint, say

LISTED = 20
"""Clashes that are named; a hundred would only scroll the first away."""

ARGUMENTS: Arguments = (
    argument("base", metavar="BASE", type=Path, help="what both grew out of"),
    argument("ours", metavar="OURS", type=Path),
    argument("theirs", metavar="THEIRS", type=Path),
    output("OUT", "printed"),
    FORCE,
)


def run(args: argparse.Namespace) -> int:
    """Merge; the exit status is 1 where somebody has to choose between two values."""
    try:
        base, ours, theirs = _base(args.base), _side(args.ours), _side(args.theirs)
    except StoreError as wrong:
        # As git calls its driver: what comes of it stands in the place of ours.
        if args.output != args.ours or not args.force:
            raise
        return _both_whole(args, wrong)
    merged = merge(base[1], ours[1], theirs[1])
    data = _joined(args.ours, base, ours, theirs, merged.session)
    _put(args.output, data, force=args.force)
    _tell(merged)
    return 1 if merged.clashes else 0


def _both_whole(args: argparse.Namespace, wrong: StoreError) -> int:
    """Where a side cannot be read, both lie in the file, so that neither is lost; the status."""
    ours, theirs = (bytes_of(path) for path in (args.ours, args.theirs))
    if ours == theirs:
        raise wrong
    parts = (
        b"<<<<<<< ours",
        ours.rstrip(b"\n"),
        b"=======",
        theirs.rstrip(b"\n"),
        b">>>>>>> theirs",
    )
    _put(args.output, b"\n".join((*parts, b"")), force=True)
    hint(
        f"{wrong} Both sides lie whole in {args.output}, ours first: mend the one that is wrong,"
        " merge them with offwall merge, and put what comes of it in the place of the file."
    )
    return 1


def _side(path: Path) -> Side:
    data = bytes_of(path)
    return data.decode("utf-8", "replace"), session_of(path, data)


def _base(path: Path) -> Side:
    """What both grew out of; git hands over an empty file where each made the session anew."""
    data = bytes_of(path)
    return _side(path) if data.strip() else ("", Session())


def _joined(path: Path, base: Side, ours: Side, theirs: Side, session: Session) -> bytes:
    """The merged session with the comments of both, or without, where they find no place."""
    for same, other in ((ours, theirs), (theirs, ours)):
        if same in (base, other):
            return other[0].encode("utf-8")
    try:
        text = with_comments(base, ours, theirs, session)
        if loads(text) == session:
            return text.encode("utf-8")
    except (ValueError, KeyError, MisfitError, SessionFileError):
        pass
    return encoded(path, session)


def _put(target: Path | None, data: bytes, *, force: bool) -> None:
    if target is None:
        _print(data.decode("utf-8").rstrip("\n"))
        return
    there = bytes_of(target) if target.exists() or target.is_symlink() else None
    if there is not None and not force:
        raise CommandError(f"{target} is already there; choose another name, or add --force.")
    if there != data and not atomic_write(target.resolve(), data, there, None):
        raise CommandError(f"{target} was changed meanwhile and left alone; merge again.")


def _print(text: str) -> None:
    """Every character to a pipe; to a terminal none that it would obey."""
    if sys.stdout.isatty():
        say(*text.split("\n"))
    else:
        document(text)


def _tell(merged: Merged) -> None:
    for sentence in say_kept(merged):
        hint(sentence)
    for clash in merged.clashes[:LISTED]:
        hint(_line(merged.session, clash))
    more = len(merged.clashes) - LISTED
    if more > 0:
        hint(f"and {counted(more, 'more field')} that both changed.")


def _line(session: Session, clash: Clash) -> str:
    place = session.ref_by_id.get(clash.record) or clash.record
    where = f"{clash.collection} {place}".strip()
    return (
        f"both changed {where}, {clash.field}: the other version is "
        f"{quoted_text(theirs_in_words(clash)) or 'empty'}"
    )
