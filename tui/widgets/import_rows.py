"""What workbooks propose, a line each under the kind that it is, and whether it was accepted."""

from collections.abc import Sequence

from model.importing import ORDER, Kind, Proposal, Proposals, counted, is_made, made
from model.session import Session
from tui.text import count
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Cell, Row
from tui.widgets.session_widget import SessionWidget

FITS = (
    Fit("sign", "", 1),
    Fit("place", "Where", 8),
    Fit("what", "What", 24, 40),
    Fit("says", "Proposed"),
    Fit("file", "From", 16, 24, least=100),
)
TITLES = {
    Kind.CLASH: "Clashes: one of several to choose",
    Kind.NEW: "New",
    Kind.CHANGED: "Changed",
    Kind.MOVED: "Moved",
    Kind.REMARK: "Remarks",
    Kind.MISSING: "Missing in the workbook: they stay",
}
LOOKS = {Kind.CLASH: "wrong", Kind.MISSING: "muted"}
KIND, TOLD = "kind:", "told:"
"""What the keys of headings, and of sentences, begin with."""

NOTHING = "The workbooks propose nothing that is not here already. q goes back."
DONE = "All of it is accepted or left. q goes back."


class ImportRows(SessionWidget, FittedList):
    """The rows; `ImportList` has the keys."""

    def __init__(self, proposals: Proposals) -> None:
        super().__init__(FITS, empty=NOTHING, id="import")
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
        rows: list[Row] = []
        for kind in ORDER:
            found = [one for one in self.proposals.found if one.kind is kind]
            if found:
                done = sum(self.settled(one) for one in found)
                title = (TITLES[kind], f"({done} of {len(found)} done)")
                rows.append(Row(KIND + kind, title, heading=True))
                rows += (self._made_row(one) for one in found)
        self.put([*rows, *self._told()])
        self.show_banner(self.to_go() if rows else "")
        self.refresh_bindings()

    def _accepted(self) -> dict[str, int]:
        """What the session holds; that it held one side of a clash before is no choice."""
        found = made(self.session, self.proposals)
        if self._before is None:
            self._before = found
        return {
            one: reading
            for one, reading in found.items()
            if self._by_id[one].kind is not Kind.CLASH or self._before.get(one) != reading
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
            if not self.settled(one) and one.kind is not Kind.MISSING
        ]

    def to_go(self) -> str:
        """How many of each kind wait."""
        said = counted(self.waiting)
        return f"To go: {said}." if said else DONE

    def _made_row(self, one: Proposal) -> Row:
        cells = _cells(self.session, one)
        if one.id in self._made:
            cells["sign"] = ("✓", "good")
        elif one.id in self._left:
            cells["sign"] = ("–", "muted")
        look = "muted" if self.settled(one) else LOOKS.get(one.kind, "")
        cells["says"] = (one.says, look) if look else one.says
        return Row(one.id, tuple(cells[name] for name in self.shown))

    def _told(self) -> Sequence[Row]:
        """What was read and left alone."""
        told = self.proposals.told
        if not told:
            return ()
        heading = ("Left alone", f"({count(len(told), 'line')})")
        blank: dict[str, Cell] = {fit.name: "" for fit in FITS}
        rows = [
            Row(f"{TOLD}{n}", tuple((blank | {"says": (said, "muted")})[c] for c in self.shown))
            for n, said in enumerate(told)
        ]
        return (Row(TOLD, heading, heading=True), *rows)


def _cells(session: Session, one: Proposal) -> dict[str, Cell]:
    ref = session.ref_by_id.get(one.key, one.place) if one.collection == "activities" else one.place
    files = ", ".join(dict.fromkeys(source.file for source in one.sources))
    return {
        "sign": "",
        "place": (ref, "muted"),
        "what": one.what,
        "says": one.says,
        "file": (files, "muted"),
    }
