"""Lines that were pasted at once: read a few at a time, so that keys are answered meanwhile."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.edits import EditError
from model.edits.lengths import check_lengths
from model.edits.notes import add_notes, new_activity_id
from model.line import Parsed, Way, read_lines
from model.session import Session
from tui.text import count
from tui.widgets.session_widget import Tried

SLICE = 25
"""Lines read between two looks at the keyboard: some milliseconds."""

DOUBTS = 2
"""Words left as text that the preview quotes; it counts the others."""


class PastedLines:
    """What a paste will make. ``wanted`` is set where Enter came before all was read.

    ``after`` or ``before`` is the activity that the new ones go behind or before; a line that
    begins with a token, and stands first, adds to ``adding_to``.
    """

    def __init__(
        self,
        lines: Sequence[str],
        session: Session,
        today: dt.date,
        seed: str,
        *,
        stage: str,
        after: str = "",
        before: str = "",
    ) -> None:
        self.lines = tuple(lines)
        self.wanted = False
        self.wrong = ""
        self.label = f"Pasted {count(len(self.lines), 'line')}"
        self._stage, self._after, self._before = stage, after, before
        self._seed = seed
        self._parsed: list[Parsed] = []
        self._reading = read_lines(self.lines, session, today, after or before)
        self.change = Tried(self._add)
        self.ready = False

    @property
    def small(self) -> bool:
        """Whether it is read before anybody notices."""
        return len(self.lines) <= SLICE

    def read(self) -> Iterator[int]:
        """Read on; the answer, after every few lines, is how many are read."""
        for parsed in self._reading:
            self._parsed.append(parsed)
            if len(self._parsed) % SLICE == 0:
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
    def last(self) -> str:
        """The id of the last activity that it makes; empty where it only adds."""
        made = [n for n, each in enumerate(self._parsed) if each.way is Way.NEW]
        return new_activity_id(self._seed, made[-1]) if made else ""

    def said(self) -> str:
        """What Enter will do, and what could not be understood."""
        if self.wrong:
            return f"{self.wrong} None is kept; Esc leaves."
        made = sum(each.way is Way.NEW for each in self._parsed)
        adds = sum(each.way is Way.ADDS for each in self._parsed)
        text = f"{count(len(self.lines), 'line')} pasted: {count(made, 'post-it')}"
        text += f", {count(adds, 'line')} adding to one" if adds else ""
        unknown = {role.word for each in self._parsed for role in each.unknown_roles}
        text += f", new roles {', '.join(sorted(unknown))}" if unknown else ""
        return " ".join([f"{text}. Enter keeps them all, Esc none.", *self._doubts()])

    def _doubts(self) -> Iterator[str]:
        doubts = [
            f"Line {number}: {left.why}"
            for number, parsed in enumerate(self._parsed, 1)
            for left in parsed.left_as_text
        ]
        yield from doubts[:DOUBTS]
        if len(doubts) > DOUBTS:
            yield f"{count(len(doubts) - DOUBTS, 'more word')} like that."

    def _add(self, session: Session) -> Session:
        notes = [(each.note, each.way) for each in self._parsed]
        added = add_notes(
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
