"""The import screen: what edited workbooks propose, accepted one by one or all at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

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
NOTHING_PROPOSED = "There is nothing new in the workbooks. q goes back."
LOOKING = "Looking through what came back ..."
ALL_SETTLED = "All of it is accepted or left. q goes back."


LEAVE_IT = "Leave it here"
HOW_TO = (
    "Enter accepts the line under the cursor, x leaves it; A accepts all but the conflicts.\n"
    "u takes an acceptance back. What is missing in a workbook stays here unless you remove it."
)


@dataclass(frozen=True, slots=True)
class ImportView:
    """How far an import is: what is made, by which reading, what is left, which was chosen; and
    whether its columns can be shown.
    """

    proposals: Proposals
    made: Mapping[str, int]
    left: frozenset[str]
    choices: dict[str, int]
    mapped: bool = False

    def settled(self, proposal: Proposal) -> bool:
        """Whether it was accepted, or left."""
        return proposal.id in self.made or proposal.id in self.left

    @property
    def waiting(self) -> list[Proposal]:
        """Those neither accepted nor left, but for what is missing: that may stay as it is."""
        unsettled = (one for one in self.proposals.found if not self.settled(one))
        return [one for one in unsettled if one.kind is not ProposalKind.MISSING]

    def following(self, after: str) -> str:
        """The next that waits, round to the first; empty for none."""
        order = [one.id for one in self.proposals.found]
        at, waiting = order.index(after), {one.id for one in self.waiting} - {after}
        return next((key for key in (*order[at:], *order[:at]) if key in waiting), "")


def accept(at: Here, proposal: Proposal) -> Outcome:
    """Take it over; choose."""
    missing = proposal.kind is ProposalKind.MISSING
    if len(proposal.readings) == 1 and not missing:
        return _take(at, proposal, 0)
    options = [LEAVE_IT] * missing + [reading.says for reading in proposal.readings]
    title = f"{proposal.place} {plain(proposal.what)}".strip()
    return Outcome(
        ask=Choose(
            title, options, lambda place: _take(at, proposal, place - missing), proposal.says
        )
    )


def _take(at: Here, proposal: Proposal, reading: int) -> Outcome:
    """Accept a reading; -1 for none of them. One that the session has already is left."""
    if reading < 0 or all(is_made(at.session, each) for each in proposal.readings[reading].changes):
        return leave(at, proposal)
    view = replace(at.view, choices={**at.view.choices, proposal.id: reading})
    said = " ".join(filter(None, ("Accepted:", proposal.place, plain(proposal.what))))
    return replace(_accept(view, [proposal], said), view=view)


def _accept(view: ImportView, found: list[Proposal], label: str) -> Outcome:
    ids, choices, proposals = tuple(one.id for one in found), view.choices, view.proposals
    after = view.following(ids[-1])
    return Outcome(label, lambda now: accept_proposals(now, proposals, ids, choices), go=after)


def leave(at: Here, proposal: Proposal) -> Outcome:
    """Leave it; nothing changes."""
    view = replace(at.view, left=at.view.left | {proposal.id})
    said = f"Left as it is: {proposal.place} {proposal.what}"
    return Outcome(view=view, go=view.following(proposal.id), say=said)


def accept_all(at: Here, _: Proposal | None) -> Outcome:
    """All but conflicts; nothing is removed."""
    found = [one for one in at.view.waiting if one.unasked]
    return _accept(at.view, found, f"Accepted {counted(len(found), 'proposal')}")


@looks
def next_one(at: Here, proposal: Proposal | None) -> Outcome:
    """Go to the next that waits."""
    return Outcome(go=at.view.following(proposal.id) if proposal else at.view.waiting[0].id)


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


class ImportList(RecordList):
    """Each key settles the line under the cursor and goes on to the next that waits."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "import",
        foot("enter,space", "accept", "Accept", accept, needs=OPEN),
        foot("x", "leave", "Leave", leave, needs=OPEN),
        foot("A", "all", "Accept all", accept_all, needs=UNASKED),
        foot("m", "next", "Next", next_one, needs=WAITING),
        foot("c", "columns", "Columns", columns, needs=MAPPED),
    )
    FOLLOWED = True
    GONE = ("choose",)

    def __init__(self, fresh: Context) -> None:
        super().__init__(IMPORT_COLUMNS, id="import")
        self.fresh = fresh
        self.view = ImportView(Proposals(()), {}, frozenset(), {})
        self._before: dict[str, int] | None = None
        self._by_id: dict[str, Proposal] = {}
        self._told: dict[str, str] = {}
        self.empty = LOOKING

    def propose(self, proposals: Proposals | None) -> None:
        """Show what is proposed instead; None while that is worked out."""
        self.empty = LOOKING if proposals is None else NOTHING_PROPOSED
        self.view = replace(self.view, proposals=proposals or Proposals(()), made={})
        self._by_id, self._before = self.view.proposals.by_id(), None
        self.rebuild()
        if self.record is None and (waiting := self.view.waiting):
            self.go_to(waiting[0].id)

    def rebuild(self) -> None:
        """Make the rows again; what was accepted is known by the session itself, undo included."""
        made, found = self._accepted(), self.view.proposals
        undone = next((one for one in self.view.made if one not in made), "")
        if undone:
            self.go_to(undone)
        view = self.view = replace(self.view, made=made, left=self.view.left - {undone})
        rows: list[ListRow] = []
        for kind in ORDER:
            if of_kind := [one for one in found.found if one.kind is kind]:
                done = sum(map(view.settled, of_kind))
                title = (PROPOSAL_TITLES[kind], f"({done} of {len(of_kind)} done)")
                rows.append(ListRow(f"kind:{kind}", title, heading=True))
                rows += map(self._made_row, of_kind)
        settled = ALL_SETTLED if rows else ""
        waiting = count_proposals(view.waiting)
        self._told = {}
        rows += self._sentences("told:", "Left alone", found.told)
        rows += self._sentences("mapping:", "What was taken for what", found.mapping)
        self.put(rows)
        self.show_banner(f"To go: {waiting}." if waiting else settled)
        self.refresh_bindings()

    def _accepted(self) -> dict[str, int]:
        """What the session holds; that it held one side of a clash before is no choice."""
        found = made_already(self.session, self.view.proposals)
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
        view = replace(self.view, mapped=app_state(self).importing is not None)
        return Here(self.session, self.fresh, self.key, self.record, view)

    def look(self, view: ImportView) -> None:
        """What was left is left; what was chosen is known when it is made again."""
        left, self.view = self.view.left, replace(self.view, left=view.left, choices=view.choices)
        if left != view.left:
            self.rebuild()

    def _made_row(self, proposal: Proposal) -> ListRow:
        refs = self.session.ref_by_id if proposal.collection == "activities" else {}
        sign: ListCell = ("–", "muted") if proposal.id in self.view.left else ""
        look = "muted" if self.view.settled(proposal) else PROPOSAL_LOOKS.get(proposal.kind, "")
        cells: dict[str, ListCell] = {
            "sign": ("✓", "good") if proposal.id in self.view.made else sign,
            "place": (refs.get(proposal.key, proposal.place), "muted"),
            "what": proposal.what,
            "says": (proposal.says, look) if look else proposal.says,
            "file": (", ".join(dict.fromkeys(source.file for source in proposal.sources)), "muted"),
        }
        return self.row(proposal.id, cells)

    def _sentences(self, begins: str, title: str, said: Sequence[str]) -> Iterator[ListRow]:
        blank: dict[str, ListCell] = {fit.name: "" for fit in IMPORT_COLUMNS}
        if said:
            yield ListRow(begins, (title, f"({counted(len(said), 'line')})"), heading=True)
        for number, one in enumerate(said):
            self._told[f"{begins}{number}"] = one
            yield self.row(f"{begins}{number}", blank | {"says": (one, "muted")})

    def words(self, key: str) -> Content:
        """A proposal and by which reading it was accepted; or a sentence, else how it is done."""
        if one := self.record:
            return Content("\n").join(_lines(one, self.view.made.get(one.id)))
        return Content(plain(self._told[key]) if key in self._told else HOW_TO)


READINGS_SHOWN = 3


def _lines(proposal: Proposal, chosen: int | None) -> Iterator[Content]:
    yield Content.styled(f"{proposal.place} {plain(proposal.what)}".strip(), "bold")
    yield Content(plain_lines(proposal.says))
    if len(proposal.readings) > 1:
        for place, reading in enumerate(proposal.readings):
            if place >= READINGS_SHOWN and place != chosen:
                continue
            mark, style = ("✓", "$text-success") if place == chosen else ("·", "")
            yield Content.styled(f"  {mark} {plain(reading.says)}", style)
    verb = "written by" if proposal.kind is ProposalKind.REMARK else "saved by"
    for source in proposal.sources:
        said = (source.file, f"{verb} {source.by}" if source.by else "", source.place)
        yield Content.styled(", ".join(filter(None, map(plain, said))), "$text-muted")


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
            words = framed(DetailPanel(lambda _: found.words, id="import-words"), "This line")
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
        known = one.key if (one := self._list.record) else ""
        return ActivityId(known) if known in self.session.activity_by_id else NO_ACTIVITY
