"""Add post-its: from the arguments, or a line each from standard input."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from offwall.model.line.grammar import one_line
from offwall.model.line.parse import Parsed, parse_lines
from offwall.model.process.keep_post_its import AddedPostIts, add_post_its
from offwall.model.process.post_it import LineKind, PostIt
from offwall.model.records import Session
from offwall.model.records.edit import check_lengths
from offwall.model.workbook.import_.pasted_cells import lines_of_cells
from offwall.tui.cli.arguments import as_text
from offwall.tui.cli.errors import CommandError
from offwall.tui.cli.opened import opened
from offwall.tui.cli.say import hint, say
from offwall.tui.kit import context

HELP = "add post-its, a line each"


def declare(parser: argparse.ArgumentParser) -> None:
    """The file, and the lines if they are not piped in."""
    parser.add_argument("session", metavar="SESSION.toml", type=Path)
    parser.add_argument(
        "lines",
        metavar="LINE",
        nargs="*",
        type=as_text,
        help="a post-it, such as 'Check the insurance @cm a:hos +Certificate'; one that begins "
        "with a token adds to the activity before it; without any, standard input is read",
    )


def run(args: argparse.Namespace) -> int:
    """Keep every line, and answer each with its ref."""
    file = opened(args.session)
    if not file.session.stages:
        raise CommandError(
            f"{args.session} has no stages to put a post-it in: press 0 in the editor to set them "
            "up, or start a session with offwall new SESSION.toml --preset contract-management."
        )
    last = file.session.in_order[-1].id if file.session.in_order else ""
    for lines in _batches(args.lines, file.session):
        batch = Batch.read(file.session, lines, last)
        kept = batch.keep(context.new_seed())
        check_lengths(file.session, kept.session)
        written = file.save(kept.session)
        last = next((made for made in reversed(kept.activities) if made), last)
        say(*batch.answers(written, kept))
    return 0


def _batches(lines: Sequence[str], session: Session) -> Iterator[Sequence[str]]:
    """All lines at once, so that a target may stand further down; a person's one at a time."""
    if lines:
        yield lines
    elif sys.stdin.isatty():
        hint("Type a post-it a line; Ctrl+D on an empty line ends.")
        yield from ([line] for line in sys.stdin)
    else:
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        yield lines_of_cells(text, session) or text.splitlines()


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that are kept together, and the activity that the first may add to."""

    session: Session
    parsed: tuple[Parsed, ...]
    last: str

    @classmethod
    def read(cls, session: Session, lines: Sequence[str], last: str) -> "Batch":
        """Understand the lines as far as they can be; the rest of them stays text."""
        parsed = parse_lines(lines, session, context.today(), last)
        return cls(session, tuple(_with_something_to_add_to(parsed, last)), last)

    def keep(self, seed: str) -> AddedPostIts:
        """The session with the lines in: at the end of the stage where the last one went."""
        last = self.session.activity_by_id.get(self.last)
        stage = last.stage if last else self.session.stages[0].id
        notes = [(line.note, line.way) for line in self.parsed]
        return add_post_its(self.session, notes, stage=stage, seed=seed, adding_to=self.last)

    def answers(self, written: Session, kept: AddedPostIts) -> Iterator[str]:
        """A line for each line kept, then the roles that were made."""
        for line, activity in zip(self.parsed, kept.activities, strict=True):
            yield _answer(line, activity, written)
            yield from (f"       {left.why}" for left in line.left_as_text)
        yield from (f"new role: {code}" for code in kept.roles)


def _with_something_to_add_to(parsed: Iterable[Parsed], last: str) -> Iterator[Parsed]:
    """With no activity yet, a line that would add to one is an activity in its very words."""
    nothing_yet = not last
    for line in parsed:
        if nothing_yet and line.adds:
            yield replace(line, note=PostIt(text=one_line(line.line)), way=LineKind.NEW)
        else:
            yield line
        nothing_yet = nothing_yet and line.stands_alone


def _answer(line: Parsed, activity: str, written: Session) -> str:
    if line.stands_alone:
        return f"kept {line.line}"
    what = f"{written.ref_by_id[activity]}  {written.activity_by_id[activity].text}"
    return f"{what}: added {line.line}" if line.adds else what
