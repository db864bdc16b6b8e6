"""The import screen: what edited workbooks propose, accepted one by one or all at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from offwall.model.records import Session
from offwall.model.records.fields import NO_ACTIVITY, ActivityId
from offwall.model.records.session import Export
from offwall.model.records.text import counted, plain, plain_lines
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
from offwall.tui.kit import Context, ListCell, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import DetailPanel, framed
from offwall.tui.kit.keys import Choose, Here, Need, Outcome, foot, keys, looks
from offwall.tui.kit.messages import Go, ProposalsRequested
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.kit.session_widget import app_state, follow

IMPORT_COLUMNS = (
    FittedColumn("sign", "", 1),
    FittedColumn("place", "Where", 8),
    FittedColumn("what", "What", 24, 40),
    FittedColumn("says", "Proposed"),
    FittedColumn("file", "From", 16, 24, least=100),
)
PROPOSAL_TITLES = {
    ProposalKind.CLASH: "Conflicts: one of several to choose",
    ProposalKind.NEW: "New",
    ProposalKind.CHANGED: "Changed",
    ProposalKind.MOVED: "Moved",
    ProposalKind.REMARK: "Remarks",
    ProposalKind.MISSING: "Missing in the workbook: they stay",
}
PROPOSAL_LOOKS = {ProposalKind.CLASH: "wrong", ProposalKind.MISSING: "muted"}
KIND_KEY, SENTENCE_KEY, MAPPING_KEY = "kind:", "told:", "mapping:"
"""What the keys of headings, of sentences and of the mapping begin with."""

NOTHING_PROPOSED = "There is nothing new in the workbooks. q goes back."
LOOKING = "Looking through what came back ..."
ALL_SETTLED = "All of it is accepted or left. q goes back."


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


@dataclass(frozen=True, slots=True)
class ImportView:
    """How far an import is: what is made already, what was left, which readings were chosen.

    ``mapped`` says whether it can be shown what the workbooks' columns were taken for.
    """

    proposals: Proposals
    made: frozenset[str]
    left: frozenset[str]
    choices: dict[str, int]
    mapped: bool = False

    def settled(self, one: Proposal) -> bool:
        """Whether it was accepted, or left."""
        return one.id in self.made or one.id in self.left

    @property
    def waiting(self) -> list[Proposal]:
        """Those neither accepted nor left, but for what is missing: that may stay as it is."""
        return [
            one
            for one in self.proposals.found
            if not self.settled(one) and one.kind is not ProposalKind.MISSING
        ]

    def following(self, after: str) -> str:
        """The next that waits, round to the first; empty for none."""
        order = [one.id for one in self.proposals.found]
        at, waiting = order.index(after), {one.id for one in self.waiting} - {after}
        return next((key for key in (*order[at:], *order[:at]) if key in waiting), "")


def accept(at: Here, one: Proposal) -> Outcome:
    """Take it over; choose."""
    missing = one.kind is ProposalKind.MISSING
    if len(one.readings) == 1 and not missing:
        return _take(at, one, 0)
    first = [LEAVE_IT] if missing else []
    options = [*first, *(reading.says for reading in one.readings)]
    title = f"{one.place} {plain(one.what)}".strip()
    return Outcome(
        ask=Choose(title, options, lambda place: _take(at, one, place - len(first)), one.says)
    )


def _take(at: Here, one: Proposal, reading: int) -> Outcome:
    """Accept a reading; -1 for none of them. One that the session has already is left."""
    if reading < 0 or all(is_made(at.session, each) for each in one.readings[reading].changes):
        return leave(at, one)
    view = replace(at.view, choices={**at.view.choices, one.id: reading})
    said = " ".join(filter(None, ("Accepted:", one.place, plain(one.what))))
    made = _accept(at, [one], said, view)
    return replace(made, view=view)


def _accept(at: Here, found: list[Proposal], label: str, view: ImportView) -> Outcome:
    ids, choices, proposals = tuple(one.id for one in found), view.choices, view.proposals
    return Outcome(
        label,
        lambda now: accept_proposals(now, proposals, ids, choices),
        go=view.following(ids[-1]),
    )


def leave(at: Here, one: Proposal) -> Outcome:
    """Leave it; nothing changes."""
    view = replace(at.view, left=at.view.left | {one.id})
    said = f"Left as it is: {one.place} {one.what}"
    return Outcome(view=view, go=view.following(one.id), say=said)


def accept_all(at: Here, _: Proposal | None) -> Outcome:
    """All but conflicts; nothing is removed."""
    found = [one for one in at.view.waiting if one.unasked]
    return _accept(at, found, f"Accepted {counted(len(found), 'proposal')}", at.view)


@looks
def next_one(at: Here, one: Proposal | None) -> Outcome:
    """Go to the next that waits."""
    return Outcome(go=at.view.following(one.id) if one else at.view.waiting[0].id)


@looks
def columns(at: Here, _: Proposal | None) -> Outcome:
    """What was taken for what; change it."""
    return Outcome(post=Go("mapping"))


OPEN = Need(
    lambda at: at.record and not at.view.settled(at.record), "There is nothing to settle here."
)
UNASKED = Need(
    lambda at: any(one.unasked for one in at.view.waiting), "Nothing waits that needs no choice."
)
WAITING = Need(lambda at: at.view.waiting, "All of it is accepted or left.")
MAPPED = Need(lambda at: at.view.mapped, "There is no workbook here to look at.")
IMPORT_KEYS = keys(
    "import",
    foot("enter,space", "accept", "Accept", accept, needs=OPEN),
    foot("x", "leave", "Leave", leave, needs=OPEN),
    foot("A", "all", "Accept all", accept_all, needs=UNASKED),
    foot("m", "next", "Next", next_one, needs=WAITING),
    foot("c", "columns", "Columns", columns, needs=MAPPED),
)


class ImportList(RecordList):
    """Each key settles the line under the cursor and goes on to the next that waits."""

    BINDINGS: ClassVar[list[BindingType]] = IMPORT_KEYS
    FOLLOWED = True

    GONE = ("choose",)

    def __init__(self, fresh: Context) -> None:
        super().__init__(IMPORT_COLUMNS, id="import")
        self.fresh = fresh
        self._made: dict[str, int] = {}
        self._before: dict[str, int] | None = None
        self._left: frozenset[str] = frozenset()
        self._choices: dict[str, int] = {}
        self._take(None)

    def _take(self, proposals: Proposals | None) -> None:
        self.empty = LOOKING if proposals is None else NOTHING_PROPOSED
        self.proposals = proposals or Proposals(())
        self._by_id = self.proposals.by_id()

    def propose(self, proposals: Proposals | None) -> None:
        """Show what is proposed instead; None while that is worked out."""
        self._take(proposals)
        self._made, self._before = {}, None
        self.rebuild()
        if self.record is None and (waiting := self.waiting):
            self.go_to(waiting[0].id)

    def rebuild(self) -> None:
        """Make the rows again; what was accepted is known by the session itself, undo included."""
        before, self._made = self._made, self._accepted()
        undone = next((one for one in before if one not in self._made), "")
        if undone:
            self._left -= {undone}
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
    def record(self) -> Proposal | None:
        """The one under the cursor; none on a heading or a sentence."""
        return self._by_id.get(self.key)

    def here(self) -> Here:
        """The proposal, and how far the import is."""
        mapped = app_state(self).importing is not None
        made = frozenset(self._made)
        view = ImportView(self.proposals, made, self._left, self._choices, mapped)
        return Here(self.session, self.fresh, self.key, self.record, view)

    def look(self, view: ImportView) -> None:
        """What was left is left; what was chosen is known when it is made again."""
        left, self._left, self._choices = self._left, view.left, view.choices
        if left != view.left:
            self.rebuild()

    def settled(self, one: Proposal) -> bool:
        """Whether it was accepted, or left."""
        return one.id in self._made or one.id in self._left

    def reading(self, one: Proposal) -> int | None:
        """By which reading it was accepted; None where it was not."""
        return self._made.get(one.id)

    @property
    def waiting(self) -> list[Proposal]:
        """Those neither accepted nor left, but for what is missing: that may stay as it is."""
        waiting: list[Proposal] = self.here().view.waiting
        return waiting

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
        return self.row(one.id, cells)

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
            yield self.row(f"{key}{number}", cells)


# One proposal in full: what it is about, what is proposed, its readings, and who says so.

HOW_TO = (
    "Enter accepts the line under the cursor, x leaves it; A accepts all but the conflicts.\n"
    "u takes an acceptance back. What is missing in a workbook stays here unless you remove it."
)

READINGS_SHOWN = 3
"""Readings that are shown; Enter lists all of them."""


def import_detail(found: ImportList, _: Session) -> Callable[[str], Content]:
    """A proposal and by which reading it was accepted; or a sentence, else how it is done."""

    def words(key: str) -> Content:
        if one := found.record:
            return Content("\n").join(_lines(one, found.reading(one)))
        for begins, told in (
            (SENTENCE_KEY, found.proposals.told),
            (MAPPING_KEY, found.proposals.mapping),
        ):
            number = key.removeprefix(begins)
            if key.startswith(begins) and number.isdecimal():
                return Content(plain(told[int(number)]))
        return Content(HOW_TO)

    return words


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


class ImportScreen(SessionScreen):
    """The proposals that the App holds, and the one under the cursor in full."""

    TITLE = "What came back from Excel"
    CSS_PATH = "import_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    _seen: Export | None = None
    """What the session remembered of workbooks when it was asked what they propose."""

    _came = False
    """Whether that was answered."""

    def body(self) -> ComposeResult:
        """The list, and the card."""
        with Container(id="importing"):
            found = ImportList(self.fresh)
            yield framed(found, "What came back").data_bind(SessionScreen.session)
            say = partial(import_detail, found)
            words = framed(DetailPanel(say, id="import-words"), "This line")
            yield words.data_bind(SessionScreen.session)

    @property
    def _list(self) -> ImportList:
        return self.query_one(ImportList)

    def on_mount(self) -> None:
        """Begin with the first that waits."""
        self._list.focus()
        follow(self._list, lambda state: state.proposals, self._propose)
        self.watch_session()
        self.moved(self._list)

    def _propose(self, proposals: Proposals | None) -> None:
        """Show them; where they are none at first, what the columns were taken for says why."""
        self._list.propose(proposals)
        if proposals is None or self._came:
            return
        self._came = True
        if not proposals.found and app_state(self).importing:
            self.post_message(Go("mapping"))

    def watch_session(self) -> None:
        """What is proposed is wanted, anew where columns are taken for others now."""
        if self.session.export != self._seen:
            self._seen = self.session.export
            self.post_message(ProposalsRequested())

    def standing_on(self) -> ActivityId:
        """The activity that the proposal under the cursor is about."""
        one = self._list.record
        there = one and self.session.activity_by_id.get(one.key)
        return there.id if there else NO_ACTIVITY
