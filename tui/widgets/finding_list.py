"""What is incomplete or inconsistent, one sentence a line: errors first, then notices."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from model.checks import Finding, Level, findings
from model.mending import Mender, Mending
from model.session import Session
from tui.text import count, plain
from tui.widgets.activity_review import beginning
from tui.widgets.record_list import Column, RecordList, Row
from tui.widgets.session_widget import SessionWidget

COLUMNS = (Column("", 1), Column("What is incomplete or inconsistent"), Column("", 1))
MARKS = {Level.ERROR: ("!", "wrong"), Level.NOTICE: ("-", "open")}
COMPLETE = "Nothing found: complete and consistent. q goes back."
NOTHING = "Nothing is recorded yet. q goes back; n there makes the first post-it."


class Section(StrEnum):
    """What the findings are listed under; what waits for the review comes last, it may be many."""

    ERROR = "error"
    NOTICE = "notice"
    WAITING = "waiting"


ABOUT = {
    Section.ERROR: "what the record should not leave with",
    Section.NOTICE: "the group may want it so",
    Section.WAITING: "space in part 2 confirms",
}


def section_of(finding: Finding) -> Section:
    """What a finding is listed under."""
    if finding.level is Level.ERROR:
        return Section.ERROR
    return Section.WAITING if finding.kind == "unconfirmed" else Section.NOTICE


def heading(section: Section, number: int) -> str:
    """How many there are, and what they are."""
    noun = f"{number:,} not confirmed" if section is Section.WAITING else count(number, section)
    return f"{noun}: {ABOUT[section]}"


class FindingList(SessionWidget, RecordList):
    """The findings. Enter goes to the place, ``.`` mends where one key can."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", "Go there", id="list.choose", tooltip="Go to the place"),
        Binding(
            "full_stop",
            "mend",
            "Mend",
            id="finding.mend",
            tooltip="Mend it, where there is one remedy",
        ),
    ]

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty=NOTHING, id="findings")
        self._found: dict[str, Finding] = {}
        self._mender = Mender(Session())

    def watch_session(self, session: Session) -> None:
        """Look again; the cursor stays on its finding, or where it was."""
        if session is self._mender.session:  # the binding tells it twice at the start
            return
        self.empty = COMPLETE if session.activities else NOTHING
        self._mender = Mender(session)
        self._found = keyed(findings(session))
        self.show([row for section in Section for row in self._rows(section)])
        self.refresh_bindings()

    def _rows(self, section: Section) -> list[Row]:
        rows = [
            Row(key, (MARKS[finding.level], finding.text, "." if self._mender.of(finding) else ""))
            for key, finding in self._found.items()
            if section_of(finding) is section
        ]
        return [Row(section, (heading(section, len(rows)),), True), *rows] if rows else []

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor; none on a heading."""
        return self._found.get(self.key)

    @property
    def mending(self) -> Mending | None:
        """What mends the finding under the cursor."""
        return self._mender.of(self.finding) if self.finding else None

    @property
    def keys(self) -> str:
        """What the keys would do with the finding under the cursor."""
        if self.mending:
            return f". mends it: {self.mending.label}"
        begins = beginning(self.session, self.finding) if self.finding else ""
        more = f"; . there begins the line with {begins}" if begins else ""
        return f"Enter goes there{more}" if self.finding else ""

    def stand_at(self, place: str) -> None:
        """Stand on the first finding at a place, else on the first of all."""
        there = (key for key, finding in self._found.items() if finding.place == place)
        first = next(iter(self._found), "")
        self.stand_on(next(there, first))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a finding, or one that can be mended, is dimmed where there is none."""
        able = {"choose": self.finding, "mend": self.mending}
        return None if action in able and not able[action] else True

    def action_mend(self) -> None:
        """Mend the finding under the cursor; undo takes it back."""
        if mending := self.mending:
            self.attempt_or_say(mending.label, mending.change)


def keyed(found: Sequence[Finding]) -> dict[str, Finding]:
    """The findings under keys that stay the same while others come and go."""
    seen: Counter[tuple[str, str, str]] = Counter()
    keys = {}
    for finding in found:
        same = (finding.kind, finding.place, finding.about)
        seen[same] += 1
        keys["\x1f".join((*same, str(seen[same])))] = finding
    return keys


class FindingWords(Static):
    """The finding under the cursor in full, and what its keys would do."""

    DEFAULT_CSS = """
    FindingWords { height: 4; padding: 0 1; border-top: solid $primary-background; }
    """

    def say(self, text: str, keys: str) -> None:
        """Show a finding, and what its keys do."""
        words = Content.styled(plain(keys), "$text-muted")
        self.update(Content.assemble(plain(text), "\n", words), layout=False)
