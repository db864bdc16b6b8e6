"""Merge two sessions that grew out of one, by record and field; git can call it for its files.

What both changed keeps ours, with theirs beside it: the editor shows it, and T takes it. Without
-o the merged session is printed. Comments are those of OURS.
"""

import argparse
import sys
from pathlib import Path

from model.clashes import said
from model.merge import Merged, merge
from model.pieces import Pieces
from model.session import Clash, Session
from model.session_file import bytes_of, encoded, session_of
from model.swap import swap
from model.toml import SessionFileError, loads
from model.toml.errors import MisfitError, shown
from tui.cli.errors import CommandError
from tui.cli.say import document, hint, say
from tui.text import count

HELP = "merge two sessions that grew out of one"
LISTED = 20
"""Clashes that are named; a hundred would only scroll the first away."""


def declare(parser: argparse.ArgumentParser) -> None:
    """The three files, and where the merged one goes."""
    parser.add_argument("base", metavar="BASE", type=Path, help="what both grew out of")
    parser.add_argument("ours", metavar="OURS", type=Path)
    parser.add_argument("theirs", metavar="THEIRS", type=Path)
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help="where to write (without it: printed)"
    )
    parser.add_argument("--force", action="store_true", help="overwrite what -o names")


def run(args: argparse.Namespace) -> int:
    """Merge; the exit status is 1 where somebody has to choose between two values."""
    base = _base(args.base)
    data, others = bytes_of(args.ours), bytes_of(args.theirs)
    ours, theirs = session_of(args.ours, data), session_of(args.theirs, others)
    merged = merge(base, ours, theirs)
    if merged.session == theirs:
        data = others
    elif merged.session != ours:
        data = _joined(args.ours, data, ours, merged.session)
    _put(args.output, data, force=args.force)
    _tell(merged)
    return 1 if merged.clashes else 0


def _base(path: Path) -> Session:
    """What both grew out of; git hands over an empty file where each made the session anew."""
    data = bytes_of(path)
    return session_of(path, data) if data.strip() else Session()


def _joined(path: Path, data: bytes, ours: Session, session: Session) -> bytes:
    """The merged session with the comments of ours, or without, where they find no place."""
    try:
        text = Pieces.of(data.decode("utf-8"), ours).updated(session).text()
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
    if there != data and not swap(target.resolve(), data, there, None):
        raise CommandError(f"{target} was changed meanwhile and left alone; merge again.")


def _print(text: str) -> None:
    """Every character to a pipe; to a terminal none that it would obey."""
    if sys.stdout.isatty():
        say(*text.split("\n"))
    else:
        document(text)


def _tell(merged: Merged) -> None:
    for clash in merged.clashes[:LISTED]:
        hint(_line(merged.session, clash))
    more = len(merged.clashes) - LISTED
    if more > 0:
        hint(f"and {count(more, 'more field')} that both changed.")


def _line(session: Session, clash: Clash) -> str:
    place = session.ref_by_id.get(clash.record) or clash.record
    where = f"{clash.collection} {place}".strip()
    return f"both changed {where}, {clash.field}: theirs is {shown(said(clash)) or 'empty'}"
