"""Add post-its: from the arguments, or a line each from standard input."""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from offwall.model.line import Vocabulary
from offwall.model.line.grammar import one_line
from offwall.model.line.parse import Parsed, parse_lines
from offwall.model.line.pasted import Pasted, TextEncodingError, decoded, read_pasted, strip_bullets
from offwall.model.line.render import say_line
from offwall.model.process import PostIt
from offwall.model.process.activities import say_settled
from offwall.model.process.keep_post_its import AddedPostIts, add_post_its
from offwall.model.process.post_it import LineKind
from offwall.model.records import Session
from offwall.model.records.fields import NO_ACTIVITY, NO_STAGE, ActivityId
from offwall.model.setup.stages import STAGES
from offwall.tui.cli.opened import keep, opened
from offwall.tui.cli.parser import SESSION, Arguments, argument, as_text
from offwall.tui.cli.say import CommandError, hint, say
from offwall.tui.kit import context

_STAGE = re.compile(r"(?:(?<!\S)/([A-Z][\w-]*)(?!\S)|^/([a-z][\w-]*) )").finditer
"""Names a stage in a session that has none: with a capital, or at the front of a line."""

ARGUMENTS: Arguments = (
    SESSION,
    argument(
        "--column", metavar="COLUMN", default="", help="of a table: the column with the post-its"
    ),
    argument(
        "lines",
        metavar="LINE",
        nargs="*",
        default=[],  # else argparse says that it is required
        type=as_text,
        help="a post-it, such as 'Check the insurance @cm a:hos +Certificate'; one of tokens "
        "alone adds to the activity before it; without any, standard input is read",
    ),
)


def run(args: argparse.Namespace) -> None:
    """Keep every line, and answer each with its ref."""
    file = opened(args.session)
    last = file.session.in_order[-1].id if file.session.in_order else NO_ACTIVITY
    for pasted in _batches(args.lines, args.column, file.session):
        batch = Batch.read(_with_stages(file.session, pasted), pasted, last)
        kept = batch.keep(context.new_seed())
        before, written = file.session, keep(file, kept.session)
        last = next((made for made in reversed(kept.activities) if made), last)
        say(*pasted.told, *batch.answers(written, kept), *say_settled(before, written))


def _batches(lines: Sequence[str], column: str, session: Session) -> Iterator[Pasted]:
    """All lines at once, so that a target may stand further down; a person's one at a time."""
    if lines:
        yield Pasted(tuple(map(strip_bullets, lines)), tuple(range(1, len(lines) + 1)))
    elif sys.stdin.isatty():
        hint("Type a post-it a line; Ctrl+D on an empty line ends.")
        yield from map(read_pasted, sys.stdin)
    else:
        yield _piped(sys.stdin.buffer.read(), column, session)


def _piped(raw: bytes, column: str, session: Session) -> Pasted:
    from offwall.model.workbook.import_.pasted_cells import lines_of_cells

    try:
        text = decoded(raw)
    except TextEncodingError as refused:
        raise CommandError(str(refused)) from None
    if not column and (lines := lines_of_cells(text, session)):
        return Pasted(tuple(lines), tuple(range(1, len(lines) + 1)))
    pasted = read_pasted(text)
    if not pasted.columns:
        return pasted
    if found := pasted.of_column(column):
        return found
    raise CommandError(
        f"This is a table with the columns {pasted.asks()}. Say which one has the post-its, such "
        "as --column 1; offwall import reads a whole workbook. Nothing is kept."
    )


def _with_stages(session: Session, pasted: Pasted) -> Session:
    """A session without stages gets those that the lines name."""
    if session.stages:
        return session
    names = [found[1] or found[2] for line in pasted.lines for found in _STAGE(line)]
    for name in dict.fromkeys(names):
        numbered = name[:1] in "sS" and name[1:].isdecimal()
        session = STAGES.add(session, {"name": name, "id": name.upper() if numbered else ""})
    if pasted.lines and not session.stages:
        raise CommandError(
            "The session has no stages to put a post-it in. Name one in a line, such as "
            "/Handover, press 0 in the editor to set them up, or start a session with "
            "offwall new SESSION.toml --preset contract-management."
        )
    return session


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that are kept together, and the activity that the first may add to."""

    session: Session
    parsed: tuple[Parsed, ...]
    numbers: tuple[int, ...]
    last: ActivityId

    @classmethod
    def read(cls, session: Session, pasted: Pasted, last: ActivityId) -> "Batch":
        """Understand the lines as far as they can be; the rest of them stays text."""
        parsed = parse_lines(pasted.lines, session, context.today(), last)
        parsed = _with_something_to_add_to(parsed, last)
        return cls(session, tuple(parsed), pasted.numbers, last)

    def keep(self, seed: str) -> AddedPostIts:
        """The session with the lines in: at the end of the stage where the last one went."""
        last = self.session.activity_by_id.get(self.last)
        stage = last.stage if last else next(iter(self.session.by_stage), NO_STAGE)
        notes = [(line.note, line.way) for line in self.parsed]
        return add_post_its(self.session, notes, stage=stage, seed=seed, adding_to=self.last)

    def answers(self, written: Session, kept: AddedPostIts) -> Iterator[str]:
        """What each line became, with its number and its doubts; then the roles that were made."""
        words = Vocabulary.of(written, context.today())
        for number, line, activity in zip(self.numbers, self.parsed, kept.activities, strict=True):
            place = f"{number}"
            if found := written.activity_by_id.get(activity):
                ref = written.ref_by_id[activity]
                place += f" {ref} {found.text}"
                yield say_line(line, words, place, ref if line.way is LineKind.ADDS else "")
            else:
                alone = line.way is LineKind.ALONE
                place += " stands alone" if alone else " says nothing to keep"
                yield say_line(line, words, place)
            yield from (f"  line {number}: {doubt}" for doubt in line.doubts)
        yield from (f"new role: {code}" for code in kept.roles)


def _with_something_to_add_to(parsed: Iterable[Parsed], last: str) -> Iterator[Parsed]:
    """With no activity yet, a line that would add to one is an activity in its very words."""
    nothing_yet = not last
    for line in parsed:
        if nothing_yet and line.way is LineKind.ADDS:
            yield replace(line, note=PostIt(text=one_line(line.line)), way=LineKind.NEW)
        else:
            yield line
        alone = line.way is LineKind.ALONE
        nothing_yet = nothing_yet and (alone or line.note == PostIt())
