"""A paste of many lines: read a few at a time, counted, then kept as one change."""

import asyncio
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from textual import work
from textual.content import Content

from offwall.model.line import Vocabulary
from offwall.model.line.parse import Parsed, parse_lines
from offwall.model.line.pasted import Pasted
from offwall.model.line.render import say_line
from offwall.model.process.keep_post_its import add_post_its, new_activity_id
from offwall.model.process.post_it import LineKind
from offwall.model.records import EditError, Session
from offwall.model.records.changes import check_lengths, once
from offwall.model.records.fields import NO_ACTIVITY, NO_STAGE, ActivityId, StageId
from offwall.model.records.text import counted, plain
from offwall.tui.kit import Context
from offwall.tui.kit.line_input import LineInput, TypedLine
from offwall.tui.kit.messages import Edit


@dataclass(frozen=True, slots=True)
class LinePlace:
    """``new`` and ``before`` an activity, or ``edit`` and ``add`` to it; and its stage."""

    mode: str
    activity: ActivityId
    stage: StageId


# Lines that were pasted at once: read a few at a time, so that keys are answered meanwhile.

LINES_AT_ONCE = 25
"""Lines read between two looks at the keyboard: some milliseconds."""

SHOWN = 3
"""Doubts, and lines understood, that the preview says; it counts the others."""


class PastedLines:
    """What a paste will make. ``wanted`` is set where Enter came before all was read.

    ``after`` or ``before`` is the activity that the new ones go behind or before; a line that
    begins with a token, and stands first, adds to ``adding_to``.
    """

    def __init__(
        self,
        pasted: Pasted,
        session: Session,
        today: dt.date,
        seed: str,
        *,
        stage: StageId,
        after: ActivityId = NO_ACTIVITY,
        before: ActivityId = NO_ACTIVITY,
    ) -> None:
        self.lines, self._came = pasted.lines, pasted
        self.wanted = False
        self.wrong = ""
        self.label = f"Pasted {counted(len(self.lines), 'line')}"
        self._stage, self._after, self._before = stage, after, before
        self._seed = seed
        self._vocabulary = Vocabulary.of(session, today, after or before)
        self._parsed: list[Parsed] = []
        self._reading = parse_lines(self.lines, session, today, after or before)
        self.change = once(self._add)
        self.ready = False

    def read(self) -> Iterator[int]:
        """Read on; the answer, after every few lines, is how many are read."""
        for parsed in self._reading:
            self._parsed.append(parsed)
            if len(self._parsed) % LINES_AT_ONCE == 0:
                yield len(self._parsed)

    def make(self, session: Session) -> None:
        """Try the change on a session; what is wrong with it is in ``wrong``."""
        self._read_all()
        try:
            self.change(session)
        except EditError as sentence:
            self.wrong = str(sentence)
        self.ready = True

    def finish(self, session: Session) -> Session:
        """The session with all lines in, or as it is where they cannot be kept."""
        self._read_all()
        try:
            return self.change(session)
        except EditError:
            return session

    def _read_all(self) -> None:
        for _ in self.read():
            pass

    @property
    def last(self) -> ActivityId:
        """The id of the last activity that it makes; empty where it only adds."""
        made = [n for n, each in enumerate(self._parsed) if each.way is LineKind.NEW]
        return new_activity_id(self._seed, made[-1]) if made else NO_ACTIVITY

    def said(self) -> str:
        """What Enter will do, and what could not be understood."""
        if self.wrong:
            return f"{self.wrong} None is kept; Esc leaves."
        made = sum(each.way is LineKind.NEW for each in self._parsed)
        adds = sum(each.way is LineKind.ADDS for each in self._parsed)
        text = f"{counted(len(self.lines), 'line')} pasted: {counted(made, 'post-it')}"
        text += f", {counted(adds, 'line')} adding to one" if adds else ""
        unknown = {role for each in self._parsed for role in each.new_roles}
        text += f", new roles {', '.join(sorted(unknown))}" if unknown else ""
        told = [f"{text}. Enter keeps them all, Esc none.", *self._came.told]
        return " ".join([*told, *_some(self._doubts(), "doubt"), *_some(self._lines(), "line")])

    def _doubts(self) -> Iterator[str]:
        first: dict[str, int] = {}
        for number, parsed in zip(self._came.numbers, self._parsed, strict=False):
            for doubt in parsed.doubts:
                first.setdefault(doubt, number)
        yield from (f"Line {number}: {why}" for why, number in first.items())

    def _lines(self) -> Iterator[str]:
        """What is understood of each line that is more than words; first of those that add."""
        last = self._vocabulary.activity
        on, said = last.text if last else "", []
        for number, parsed in zip(self._came.numbers, self._parsed, strict=False):
            on = parsed.note.text if parsed.way is LineKind.NEW else on
            place = f"{number} {parsed.note.text}".rstrip()
            adds = parsed.way is LineKind.ADDS
            line = say_line(parsed, self._vocabulary, place, on if adds else "")
            said += [(not adds, f"{line}.")] if line != place else []
        yield from (line for _, line in sorted(said, key=itemgetter(0)))

    def _add(self, session: Session) -> Session:
        notes = [(each.note, each.way) for each in self._parsed]
        added = add_post_its(
            session,
            notes,
            stage=self._stage,
            seed=self._seed,
            after=self._after,
            before=self._before,
            adding_to=self._after or self._before,
        ).session
        check_lengths(session, added)
        return added


def _some(said: Iterable[str], what: str) -> Iterator[str]:
    """The first sentences, and how many more there are."""
    sentences = list(said)
    yield from sentences[:SHOWN]
    if len(sentences) > SHOWN:
        yield f"{counted(len(sentences) - SHOWN, f'more {what}')} like that."


# The line when many lines come at once: counted before they are kept, and read in the meantime.

PASTE_WORKERS = "kept"
"""The workers that read a long paste; the App waits for them before it leaves."""


class PasteLine(TypedLine):
    """Shows what a paste will make; Enter keeps it, as one change; Esc keeps none of it."""

    def __init__(self, fresh: Context, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._fresh = fresh
        self._place = LinePlace("new", NO_ACTIVITY, NO_STAGE)
        self.pasted: PastedLines | None = None
        self.table: Pasted | None = None

    def paste_kept(self, last: ActivityId) -> None:
        """What was pasted is kept; ``last`` is the id of the last activity, or empty."""
        raise NotImplementedError

    def tell(self, sentence: str, *, wrong: bool = False) -> None:
        """Say something where the preview stands."""
        said = Content.styled(plain(sentence), "$text-error" if wrong else "")
        self.put_preview(said)

    def on_line_input_lines_pasted(self, event: LineInput.LinesPasted) -> None:
        """Say how many post-its the paste will make, before it makes them."""
        self.take_paste(event.pasted)

    def take_paste(self, came: Pasted) -> None:
        """Read what came, or ask for the column of a table that has the post-its."""
        if came.columns:
            self.table = came
            self.tell(
                f"A table, with the columns {came.asks()}. Type the number of the one with the "
                "post-its, then Enter; Esc keeps none."
            )
            return
        at, before = self._place, self._place.mode == "before"
        pasted = self.pasted = PastedLines(
            came,
            self.session,
            self._fresh.today(),
            self._fresh.seed(),
            stage=at.stage,
            after=NO_ACTIVITY if before else at.activity,
            before=at.activity if before else NO_ACTIVITY,
        )
        if len(pasted.lines) <= LINES_AT_ONCE:
            pasted.make(self.session)
            self._paste_read(pasted)
        else:
            self._read_long(pasted)

    @work(exclusive=True, group=PASTE_WORKERS)
    async def _read_long(self, pasted: PastedLines) -> None:
        """Read a long paste while keys are answered."""
        try:
            for done in pasted.read():
                if pasted is self.pasted:
                    self.tell(f"Reading {done:,} of {len(pasted.lines):,} lines. Esc keeps none.")
                await asyncio.sleep(0)
            await asyncio.to_thread(pasted.make, self.session)
        except asyncio.CancelledError:
            if pasted.wanted:
                # The screen is left while it reads; what Enter kept is kept none the less.
                self.app.post_message(Edit(pasted.label, pasted.finish))
            raise
        self._paste_read(pasted)

    def _paste_read(self, pasted: PastedLines) -> None:
        if pasted.wanted and pasted is not self.pasted:
            # The line is left, and perhaps its screen: a message from here may reach nobody.
            self.app.post_message(Edit(pasted.label, pasted.finish))
        elif pasted.wanted:
            self._keep_paste(pasted)
        else:
            self.tell(pasted.said(), wrong=bool(pasted.wrong))

    def want_column(self, text: str) -> bool:
        """Take the column of the table that was pasted; False where there is none such."""
        chosen = self.table.of_column(text) if self.table else None
        if chosen:
            self.table = None
            self.take_paste(chosen)
        return bool(chosen)

    def want_paste(self) -> None:
        """Enter: keep it, now or as soon as it is read."""
        if self.pasted and self.pasted.ready:
            self._keep_paste(self.pasted)
        elif self.pasted:
            self.pasted.wanted = True

    def leave_paste(self) -> None:
        """Keep none of it, but for what Enter has kept already."""
        if self.pasted and not self.pasted.wanted:
            self.workers.cancel_group(self, PASTE_WORKERS)
        self.pasted = self.table = None

    def _keep_paste(self, pasted: PastedLines) -> None:
        if pasted.wrong or not self.attempt_or_say(pasted.label, pasted.change):
            self.tell(pasted.said(), wrong=True)
        else:
            self.pasted = None
            self.paste_kept(pasted.last)
