"""The close-down screen: what is still open in the session, the way to each, and what leaves."""

from dataclasses import replace
from itertools import chain
from typing import ClassVar

from textual.binding import BindingType

from offwall.model.actions.edit_actions import set_due, set_who
from offwall.model.compare.carry_over import accept_remark, close_remark
from offwall.model.documents.close_down import (
    ACTION,
    OpenSection,
    close_down_list,
    count_open,
    without_kinds,
)
from offwall.model.line import Vocabulary
from offwall.model.line.complete import owner_candidates
from offwall.model.records import Session, by_key, line_of
from offwall.model.records.text import counted
from offwall.model.review import Finding
from offwall.model.store.presets.catalogues import next_steps
from offwall.tui.kit import Context, Field, ListRow, RecordList
from offwall.tui.kit.keys import Here, Need, Outcome, ask_one, foot, key, keys
from offwall.tui.kit.messages import Go, PhotosLookWanted
from offwall.tui.kit.row_view import ListColumn
from offwall.tui.kit.session_screen import back, export
from offwall.tui.kit.session_widget import LOAD_FINDINGS, app_state, follow
from offwall.tui.review.checks import FINDING, FindingScreen, finding_place, keyed_findings

OPEN_COLUMNS = (ListColumn("", 1), ListColumn("What is still open"))
SECTION_MARKS = {OpenSection.ERRORS: ("!", "wrong"), OpenSection.CLASHES: ("≠", "wrong")}
OTHER_MARK = ("-", "open")
NOTHING_OPEN = "Nothing is open any more. E writes the documents to send; q goes back."
KEYS_TOLD = "E writes the documents to send"
OWN_KEYS = {
    "remark": "1 takes it over, 2 settles it as it is; ",
    ACTION: "@ says who does it, w by when; ",
}
"""What the keys do that one kind of line has and others have not."""


def accept(at: Here, remark: Finding) -> Outcome:
    """Take the remark over: into the activity's note, or as parked."""
    seed = at.fresh.seed()
    return Outcome(
        "Took the remark over", lambda session: accept_remark(session, remark.place, seed=seed)
    )


def settle(_: Here, remark: Finding) -> Outcome:
    """The remark is settled."""
    return Outcome("Settled the remark", lambda session: close_remark(session, remark.place))


def owner(at: Here, finding: Finding) -> Outcome:
    """Say who does the action."""
    words = Vocabulary.of(at.session, at.fresh.today())
    action = by_key(at.session, "actions", finding.place)

    def keep(text: str) -> Outcome:
        who = words.owners.find(line_of(text)) or text
        return Outcome(f"Owner: {action.text}", lambda s: set_who(s, action.id, "owner", who))

    hint, choices = "A role, a person or a group.", tuple(owner_candidates(words))
    return ask_one(action.text, Field("owner", "Owner", hint=hint, choices=choices), keep)


def when(at: Here, finding: Finding) -> Outcome:
    """Say when the action is to be done."""
    today, action = at.fresh.today(), by_key(at.session, "actions", finding.place)

    def keep(text: str) -> Outcome:
        return Outcome(f"Date: {action.text}", lambda s: set_due(s, action.id, text, today))

    field = Field("when", "Target date", "", "29/1, 29 Jan, 2w or fri.")
    return ask_one(action.text, field, keep)


ON_ACTION = Need(lambda at: at.record and at.record.kind == ACTION, hides=True)
REMARK = Need(lambda at: at.record and at.record.kind == "remark", hides=True)


class OpenItemsList(RecordList):
    """What is open, by section. Enter goes to the place; it is counted anew on coming back."""

    LINES = 3
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "close",
        foot("enter,e", "list.choose", "Go there", "choose", "Go to the place", FINDING),
        foot("at", "owner", "Owner", owner, needs=ON_ACTION),
        foot("w", "when", "When", when, needs=ON_ACTION),
        foot("1", "accept", "Accept", accept, needs=REMARK),
        foot("2", "settle", "Settle", settle, needs=REMARK),
    )

    def __init__(self, fresh: Context) -> None:
        super().__init__(OPEN_COLUMNS, empty=NOTHING_OPEN, id="still-open")
        self.fresh = fresh
        self._catalogue = next_steps(fresh.presets)
        self._found: dict[str, Finding] = {}
        self._seen: Session | None = None

    def on_mount(self) -> None:
        """Follow what the App finds of the photos' files, and whether it is private."""
        follow(
            self,
            lambda state: (state.photo_states, state.private),
            lambda _: self._look_again(),
            init=False,
        )

    def _look_again(self) -> None:
        if self._seen is not None:  # before, there is no session to look through yet
            self._seen = None
            self.watch_session()

    def watch_session(self) -> None:
        """Look through the session anew where it changed."""
        if self._seen is self.session:
            return
        self._seen, state = self.session, app_state(self)
        today = self.fresh.today()
        found = close_down_list(self.session, today, self._catalogue, state.photo_states)
        if state.private:
            found = without_kinds(found, LOAD_FINDINGS)
        self._found = keyed_findings([*chain.from_iterable(found.values())])
        keys = {id(finding): key for key, finding in self._found.items()}
        rows = []
        for section, of_section in found.items():
            rows.append(ListRow(section, (f"{section}: {len(of_section):,}",), True))
            mark = SECTION_MARKS.get(section, OTHER_MARK)
            # What to do about it is said of the one under the cursor.
            rows += [ListRow(keys[id(one)], (mark, f"{one.parts[0]}.")) for one in of_section]
        every = count_open(found)
        self.show_banner(f"{counted(every, 'thing')} still open" if every else "", KEYS_TOLD)
        self.show(rows)
        self.jump(self.index)  # what was put right may leave the cursor on a heading
        self.refresh_bindings()

    def jump(self, place: int) -> None:
        """Headings are only read: the cursor goes on over them."""
        by = -1 if place < self.index else 1
        while 0 < place < len(self.rows) and self.rows[place].heading:
            place += by
        first = bool(self.rows) and place <= 0
        super().jump(1 if first else place)

    @property
    def record(self) -> Finding | None:
        """What is open under the cursor; none on a heading."""
        return self._found.get(self.key)

    @property
    def keys_told(self) -> str:
        """What the keys would do; a remark and an action have some of their own."""
        if not (found := self.record):
            return ""
        return f"{OWN_KEYS.get(found.kind, '')}Enter goes there, q comes back"


SECTION_PLACES = {
    "offered": ("plan", "Next steps offered"),
    "no action": ("plan", "Spread"),
    "too many": ("plan", "Spread"),
    "full week": ("plan", "Spread"),
    "no photo": ("plan", "Photos"),
    "board": ("governance", ""),
    "no stage": ("setup", "Stages"),
    "no scope": ("setup", "Workshop"),
}
"""The screen, and the place on it, for what belongs to no single record of its own."""


class CloseDownScreen(FindingScreen):
    """The list of what is open, and the line under the cursor in full."""

    TITLE = "3 Close down"
    PART = "plan"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "close",
        foot("E", "export", "Write", export, "Write all documents to send"),
        key("escape,C", "back", "Back", back, ""),
    )
    LIST, LISTED = OpenItemsList, "Still open"

    def on_mount(self) -> None:
        """Begin with the first; have the photos' files looked at."""
        self._list.focus()
        if self.session.photos:
            self.post_message(PhotosLookWanted())

    def way_to(self, finding: Finding) -> Go | None:
        """The place on its screen."""
        if finding.kind in SECTION_PLACES:
            return Go(*SECTION_PLACES[finding.kind])
        # A second session goes through its remarks; else they stand at what they are about.
        remark, follows = finding.kind == "remark", self.session.earlier is not None
        if finding.kind == "left over" or (remark and follows):
            return Go("again", finding.place)
        about = replace(finding, place=finding.about) if remark else finding
        return finding_place(self.session, about)
