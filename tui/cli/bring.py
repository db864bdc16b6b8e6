"""Bring the roles, words, issues and actions of another day into a session.

What is already there is not added again.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from offwall.model import store
from offwall.model.compare.bring import ImportResult, bring_session
from offwall.model.records.text import counted
from offwall.tui.cli.opened import keep, opened
from offwall.tui.cli.parser import Arguments, argument
from offwall.tui.cli.say import CommandError, say

ARGUMENTS: Arguments = (
    argument(
        "other", metavar="OTHER.toml", type=Path, help="the other day's session; it stays as it is"
    ),
    argument("session", metavar="SESSION.toml", type=Path, help="the session that they come into"),
)


def run(args: argparse.Namespace) -> None:
    """Bring them, and say what came."""
    other = store.read_session(args.other)
    file = opened(args.session)
    if args.other.samefile(args.session):
        raise CommandError("both names are one file; name the other day's session first.")
    # Of the other day: its process, its title, else its file.
    held = other.workshop
    source = held.process.strip() or held.title.strip() or args.other.stem
    brought = bring_session(file.session, other, source)
    keep(file, brought.session)
    say(*_answer(brought, source))


def _answer(brought: ImportResult, source: str) -> Iterator[str]:
    counts = (
        (brought.roles, "role", ""),
        (brought.words, "word", ""),
        (brought.issues, "issue", ""),
        (brought.parked, "parked", "parked"),
        (brought.actions, "action", ""),
    )
    came = [counted(number, one, many) for number, one, many in counts if number]
    yield f"Brought from {source}: {', '.join(came)}." if came else f"Nothing new from {source}."
    if brought.there:
        there = counted(brought.there, "issue or action was", "issues and actions were")
        yield f"{there} here already."
    if brought.actions:
        yield "Votes and places stayed behind: the actions of both days rank together."
    yield from brought.left_out
