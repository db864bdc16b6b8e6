"""The import screen: what edited workbooks propose, accepted one by one or all at once."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from offwall.model.records import Session
from offwall.model.records.ids import NO_ACTIVITY, ActivityId
from offwall.model.records.text import counted
from offwall.model.workbook import Proposals
from offwall.model.workbook.import_.proposals import (
    ORDER,
    Proposal,
    ProposalKind,
    accept_proposals,
    count_proposals,
    is_made,
    made_already,
)
from offwall.tui.kit import ListCell, ListRow, RecordList, Say, SessionScreen, SessionWidget, plain
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.record_list import FittedColumn, FittedList
from offwall.tui.kit.text import plain_lines

IMPORT_COLUMNS = (
    FittedColumn("sign", "", 1),
    FittedColumn("place", "Where", 8),
    FittedColumn("what", "What", 24, 40),
    FittedColumn("says", "Proposed"),
    FittedColumn("file", "From", 16, 24, least=100),
)
PROPOSAL_TITLES = {
    ProposalKind.CLASH: "Clashes: one of several to choose",
    ProposalKind.NEW: "New",
    ProposalKind.CHANGED: "Changed",
    ProposalKind.MOVED: "Moved",
    ProposalKind.REMARK: "Remarks",
    ProposalKind.MISSING: "Missing in the workbook: they stay",
}
PROPOSAL_LOOKS = {ProposalKind.CLASH: "wrong", ProposalKind.MISSING: "muted"}
KIND_KEY, SENTENCE_KEY, MAPPING_KEY = "kind:", "told:", "mapping:"
"""What the keys of headings, of sentences and of the mapping begin with."""

NOTHING_PROPOSED = "The workbooks propose nothing that is not here already. q goes back."
ALL_SETTLED = "All of it is accepted or left. q goes back."


class ImportRows(SessionWidget, FittedList):
    """The rows; `ImportList` has the keys."""

    def __init__(self, proposals: Proposals) -> None:
        super().__init__(IMPORT_COLUMNS, empty=NOTHING_PROPOSED, id="import")
        self.proposals = proposals
        self._by_id = proposals.by_id()
        self._made: dict[str, int] = {}
        self._before: dict[str, int] | None = None
        self._left: set[str] = set()

    def watch_session(self) -> None:
        """Show what changed."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows again; what was accepted is known by the session itself, undo included."""
        before, self._made = self._made, self._accepted()
        undone = next((one for one in before if one not in self._made), "")
        if undone:
            self._left.discard(undone)
            self.go_to(undone)
        rows: list[ListRow] = []
        for kind in ORDER:
            found = [one for one in self.proposals.found if one.kind is kind]
            if found:
                done = sum(self.settled(one) for one in found)
                title = (PROPOSAL_TITLES[kind], f"({done} of {len(found)} done)")
                rows.append(ListRow(KIND_KEY + kind, title, heading=True))
                rows += (self._made_row(one) for one in found)
        self.put([*rows, *self._told()])
        self.show_banner(self.to_go() if rows else "")
        self.refresh_bindings()

    def _accepted(self) -> dict[str, int]:
        """What the session holds; that it held one side of a clash before is no choice."""
        found = made_already(self.session, self.proposals)
        if self._before is None:
            self._before = found
        return {
            one: reading
            for one, reading in found.items()
            if self._by_id[one].kind is not ProposalKind.CLASH or self._before.get(one) != reading
        }

    @property
    def proposal(self) -> Proposal | None:
        """The one under the cursor; none on a heading or a sentence."""
        return self._by_id.get(self.key)

    def settled(self, one: Proposal) -> bool:
        """Whether it was accepted, or left."""
        return one.id in self._made or one.id in self._left

    def reading(self, one: Proposal) -> int | None:
        """By which reading it was accepted; None where it was not."""
        return self._made.get(one.id)

    def holds(self, one: Proposal, reading: int) -> bool:
        """Whether the session says already what a reading would make of it."""
        changes = one.readings[reading].changes
        return all(is_made(self.session, change) for change in changes)

    @property
    def waiting(self) -> list[Proposal]:
        """Those neither accepted nor left, but for what is missing: that may stay as it is."""
        return [
            one
            for one in self.proposals.found
            if not self.settled(one) and one.kind is not ProposalKind.MISSING
        ]

    def to_go(self) -> str:
        """How many of each kind wait."""
        said = count_proposals(self.waiting)
        return f"To go: {said}." if said else ALL_SETTLED

    def _made_row(self, one: Proposal) -> ListRow:
        cells = _cells(self.session, one)
        if one.id in self._made:
            cells["sign"] = ("✓", "good")
        elif one.id in self._left:
            cells["sign"] = ("–", "muted")
        look = "muted" if self.settled(one) else PROPOSAL_LOOKS.get(one.kind, "")
        cells["says"] = (one.says, look) if look else one.says
        return ListRow(one.id, tuple(cells[name] for name in self.shown))

    def _told(self) -> Sequence[ListRow]:
        """What was read and left alone, and what each column was taken for."""
        return (
            *self._sentences(SENTENCE_KEY, "Left alone", self.proposals.told),
            *self._sentences(MAPPING_KEY, "What was taken for what", self.proposals.mapping),
        )

    def _sentences(self, key: str, title: str, said: Sequence[str]) -> Iterator[ListRow]:
        blank: dict[str, ListCell] = {fit.name: "" for fit in IMPORT_COLUMNS}
        if said:
            yield ListRow(key, (title, f"({counted(len(said), 'line')})"), heading=True)
        for number, one in enumerate(said):
            cells = blank | {"says": (one, "muted")}
            yield ListRow(f"{key}{number}", tuple(cells[name] for name in self.shown))


def _cells(session: Session, one: Proposal) -> dict[str, ListCell]:
    ref = session.ref_by_id.get(one.key, one.place) if one.collection == "activities" else one.place
    files = ", ".join(dict.fromkeys(source.file for source in one.sources))
    return {
        "sign": "",
        "place": (ref, "muted"),
        "what": one.what,
        "says": one.says,
        "file": (files, "muted"),
    }


# The keys that accept what workbooks propose, or leave it: one by one, or all at once.

LEAVE_IT = "Leave it here"


class ImportList(ImportRows):
    """Each key settles the line under the cursor and goes on to the next that waits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,e,space", "accept", "Accept", id="import.accept", tooltip="Take it over; choose"
        ),
        Binding("x", "leave", "Leave", id="import.leave", tooltip="Leave it; nothing changes"),
        Binding(
            "A", "all", "Accept all", id="import.all", tooltip="All but clashes; nothing is removed"
        ),
        Binding("m", "next", "Next", id="import.next", tooltip="Go to the next that waits"),
    ]

    def __init__(self, proposals: Proposals) -> None:
        super().__init__(proposals)
        self._choices: dict[str, int] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered where there is something that it can be done to."""
        if action in ("accept", "leave"):
            return (self.proposal is not None and not self.settled(self.proposal)) or None
        if action == "all":
            return any(one.unasked for one in self.waiting) or None
        return True if action != "next" or self.waiting else None

    @work
    async def action_accept(self) -> None:
        """Accept the one under the cursor; of several readings one is asked for."""
        if (one := self.proposal) is None or self.settled(one):
            return
        chosen: int | None = 0
        if len(one.readings) > 1 or one.kind is ProposalKind.MISSING:
            chosen = await self._chosen(one)
        if chosen is None:
            return
        if chosen < 0 or self.holds(one, chosen):
            self._leave(one)
            return
        self._choices[one.id] = chosen
        self._accept([one], f"{one.place} {one.kind}".strip())

    async def _chosen(self, one: Proposal) -> int | None:
        """Which reading; -1 for none of them, where that is on offer."""
        first = [LEAVE_IT] if one.kind is ProposalKind.MISSING else []
        options = [*first, *(reading.says for reading in one.readings)]
        title = f"{one.place} {plain(one.what)}".strip()
        chosen = await self.app.push_screen_wait(Choice(title, options, one.says))
        return None if chosen is None else chosen - len(first)

    def action_leave(self) -> None:
        """Leave the one under the cursor as it is here."""
        if (one := self.proposal) is not None and not self.settled(one):
            self._leave(one)

    def _leave(self, one: Proposal) -> None:
        self._left.add(one.id)
        self._go_on(one.id)
        self.rebuild()
        self.post_message(Say(f"Left as it is: {one.place} {one.what}"))

    def action_all(self) -> None:
        """Accept all that need no choice and were not left."""
        found = [one for one in self.waiting if one.unasked]
        self._accept(found, f"Accepted {counted(len(found), 'proposal')}")

    def _accept(self, found: list[Proposal], label: str) -> None:
        ids, choices = tuple(one.id for one in found), dict(self._choices)
        proposals = self.proposals
        if self.attempt_or_say(label, lambda now: accept_proposals(now, proposals, ids, choices)):
            self._go_on(ids[-1])

    def _go_on(self, after: str) -> None:
        """Stand on the next that waits, round to the first."""
        order = [one.id for one in self.proposals.found]
        at = order.index(after)
        waiting = {one.id for one in self.waiting} - {after}
        following = (key for key in (*order[at:], *order[:at]) if key in waiting)
        if found := next(following, ""):
            self.go_to(found)

    def action_next(self) -> None:
        """Stand on the next that waits."""
        if self.proposal is not None:
            self._go_on(self.key)
        elif self.waiting:
            self.go_to(self.waiting[0].id)


# One proposal in full: what it is about, what is proposed, its readings, and who says so.

HOW_TO = (
    "Enter accepts the line under the cursor, x leaves it; A accepts all but the clashes.\n"
    "u takes an acceptance back. What is missing in a workbook stays here unless you remove it."
)

READINGS_SHOWN = 3
"""Readings that are shown; Enter lists all of them."""


class ImportDetail(Widget):
    """Below the list, or beside it where there is room."""

    DEFAULT_CSS = """
    ImportDetail { padding: 0 1; overflow: hidden; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._one: Proposal | None = None
        self._chosen: int | None = None
        self._said = ""

    def look_at(self, one: Proposal | None, chosen: int | None, said: str = "") -> None:
        """Show another proposal, and by which reading it was accepted; or a sentence."""
        self._one, self._chosen, self._said = one, chosen, said
        self.refresh()

    def render(self) -> RenderResult:
        """The proposal, else how it is done."""
        if self._one is None:
            return Content(plain(self._said) or HOW_TO)
        return Content("\n").join(_lines(self._one, self._chosen))


def _lines(one: Proposal, chosen: int | None) -> Iterator[Content]:
    yield Content.styled(f"{one.place} {plain(one.what)}".strip(), "bold")
    yield Content(plain_lines(one.says))
    if len(one.readings) > 1:
        for place, reading in enumerate(one.readings):
            if place >= READINGS_SHOWN and place != chosen:
                continue
            style = "$text-success" if place == chosen else ""
            yield Content.styled(
                f"  {'✓' if place == chosen else '·'} {plain(reading.says)}", style
            )
    verb = "written by" if one.kind is ProposalKind.REMARK else "saved by"
    for source in one.sources:
        said = [plain(source.file), f"{verb} {plain(source.by)}" if source.by else ""]
        said.append(plain(source.place))
        yield Content.styled(", ".join(filter(None, said)), "$text-muted")


# What people edited in workbooks comes back: a list, accepted one by one or all at once.


class ImportScreen(SessionScreen):
    """The proposals that the App holds, and the one under the cursor in full."""

    TITLE = "What came back from Excel"
    CSS_PATH = "import_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The list, and the card."""
        with Container(id="importing"):
            proposals = getattr(self.app, "proposals", None) or Proposals(())
            yield ImportList(proposals).data_bind(SessionScreen.session)
            yield ImportDetail()

    @property
    def _list(self) -> ImportList:
        return self.query_one(ImportList)

    def on_mount(self) -> None:
        """Begin with the first that waits."""
        self._list.focus()
        if waiting := self._list.waiting:
            self._list.go_to(waiting[0].id)
        self._look()

    def watch_session(self, _: Session) -> None:
        """The card says what was accepted."""
        self.call_after_refresh(self._look)

    def standing_on(self) -> ActivityId:
        """The activity that the proposal under the cursor is about."""
        one = self._list.proposal
        return (
            ActivityId(one.key) if one and one.key in self.session.activity_by_id else NO_ACTIVITY
        )

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The card follows the cursor, and the keys what it stands on."""
        event.stop()
        self._look()
        self.refresh_bindings()

    def _look(self) -> None:
        one, said = self._list.proposal, ""
        found = self._list.proposals
        for key, told in ((SENTENCE_KEY, found.told), (MAPPING_KEY, found.mapping)):
            number = self._list.key.removeprefix(key)
            if self._list.key.startswith(key) and number.isdecimal():
                said = told[int(number)]
        chosen = self._list.reading(one) if one else None
        self.query_one(ImportDetail).look_at(one, chosen, said)
