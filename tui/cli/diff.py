"""Say what changed between two sessions, in sentences: by part, and in part 2 by stage.

Records are known by their ids, so a move is shown as a move: "was S3.04". The exit status is 0
whether they differ or not.
"""

import argparse
import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from offwall.model import store
from offwall.model.compare.describe import ChangeSection, describe_changes
from offwall.model.records import Session
from offwall.model.records.text import counted, plain
from offwall.tui.cli.parser import JSON, Arguments, argument
from offwall.tui.cli.say import document, hint, say, width_of_terminal

INDENT = "  "
LEAST = 30
"""Characters of a line at least, however narrow the terminal is."""

ARGUMENTS: Arguments = (
    argument("old", metavar="OLD.toml", type=Path),
    argument("new", metavar="NEW.toml", type=Path),
    JSON,
)


def run(args: argparse.Namespace) -> None:
    """Print what changed."""
    old, new = store.read_session(args.old), store.read_session(args.new)
    found = describe_changes(old, new)
    if args.json:
        document(as_json(found))
    elif found:
        say(*lines(found, width_of_terminal()))
    else:
        say("Nothing changed.")
    if _strangers(old, new):
        hint("The two have no activity in common: is one of them another process?")


def lines(sections: Sequence[ChangeSection], width: int | None) -> Iterator[str]:
    """The headings, each sentence under its own, broken where the terminal ends."""
    for place, section in enumerate(sections):
        if place:
            yield ""
        yield f"{section.heading} ({counted(len(section.sentences), 'change')})"
        for sentence in section.sentences:
            yield from broken(plain(sentence.text), width)


def broken(text: str, width: int | None, by: int = len(INDENT)) -> list[str]:
    """A text broken where the terminal ends, and moved in ``by`` so many characters."""
    if width is None:
        return [" " * by + text]
    return textwrap.wrap(
        text,
        max(LEAST, width),
        initial_indent=" " * by,
        subsequent_indent=" " * by + INDENT,
        break_on_hyphens=False,
    )


def as_json(sections: Sequence[ChangeSection]) -> str:
    """One document, escaped to ASCII: the sections with their sentences."""
    return json.dumps({"sections": [asdict(section) for section in sections]}, indent=2)


def _strangers(old: Session, new: Session) -> bool:
    """Whether the two cannot be one process at two times."""
    before, after = old.activity_by_id.keys(), new.activity_by_id.keys()
    return bool(before and after) and before.isdisjoint(after)
