"""All that is still open, a line each, under the part of the afternoon that it belongs to."""

from collections.abc import Mapping
from itertools import chain
from typing import ClassVar

from textual.binding import Binding, BindingType

from model.checks import Finding
from model.edits.going_through import accept_remark, close_remark
from model.photo_facts import PhotoState
from model.presets import next_steps
from model.session import Session
from model.still_open import Section, number, still_open, without
from tui.fresh import Fresh
from tui.text import count
from tui.widgets.finding_list import keyed
from tui.widgets.privacy import LOADS, follow, private
from tui.widgets.record_list import Column, RecordList, Row
from tui.widgets.session_widget import SessionWidget

COLUMNS = (Column("", 1), Column("What is still open"))
MARKS = {
    Section.ERRORS: ("!", "wrong"),
    Section.CLASHES: ("≠", "wrong"),
}
MARK = ("-", "open")
NOTHING = "Nothing is open any more. E writes everything; q goes back."
KEYS = "E writes what leaves"


class OpenList(SessionWidget, RecordList):
    """What is open, by section. Enter goes to the place; it is counted anew on coming back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", "Go there", id="list.choose", tooltip="Go to the place"),
        Binding(
            "1",
            "accept",
            "Accept",
            id="close.accept",
            tooltip="Take the remark over: into the activity's note, or as parked",
        ),
        Binding("2", "close", "Settle", id="close.settle", tooltip="The remark is settled"),
    ]

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, empty=NOTHING, id="still-open")
        self._fresh = fresh
        self._catalogue = next_steps(fresh.presets)
        self._states: Mapping[str, PhotoState] = {}
        self._found: dict[str, Finding] = {}
        self._seen: Session | None = None

    def on_mount(self) -> None:
        """Follow what the App finds of the photos' files."""
        self.watch(self.app, "photo_states", self._know)
        follow(self, self._look_again)

    def _know(self, states: Mapping[str, PhotoState]) -> None:
        self._states = states
        self._look_again()

    def _look_again(self) -> None:
        if self._seen is not None:  # before, there is no session to look through yet
            self._seen = None
            self.look()

    def watch_session(self) -> None:
        """Look again, where the list is in sight."""
        self.look()

    def look(self) -> None:
        """Look through the session anew where it changed; out of sight nobody waits for that."""
        if self._seen is self.session or not self.screen.is_current:
            return
        self._seen = self.session
        today = self._fresh.today()
        found = still_open(self.session, today, self._catalogue, self._states)
        if private(self):
            found = without(found, LOADS)
        self._found = keyed([*chain.from_iterable(found.values())])
        keys = {id(finding): key for key, finding in self._found.items()}
        rows = []
        for section, findings in found.items():
            rows.append(Row(section, (f"{section}: {len(findings):,}",), True))
            mark = MARKS.get(section, MARK)
            rows += [Row(keys[id(one)], (mark, one.text)) for one in findings]
        every = number(found)
        self.show_banner(f"{count(every, 'thing')} still open" if every else "", KEYS)
        self.show(rows)
        self._to(self._index)  # what was put right may leave the cursor on a heading
        self.refresh_bindings()

    def _to(self, index: int) -> None:
        """Headings are only read: the cursor goes on over them."""
        by = -1 if index < self._index else 1
        while 0 < index < len(self.rows) and self.rows[index].heading:
            index += by
        first = bool(self.rows) and index <= 0
        super()._to(1 if first else index)

    @property
    def finding(self) -> Finding | None:
        """What is open under the cursor; none on a heading."""
        return self._found.get(self.key)

    @property
    def remark(self) -> str:
        """The id of the remark under the cursor; empty where it stands on something else."""
        found = self.finding
        return found.place if found and found.kind == "remark" else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On a heading there is nowhere to go; a remark has keys of its own."""
        if action in ("accept", "close"):
            return bool(self.remark)
        return None if action == "choose" and not self.finding else True

    def action_accept(self) -> None:
        """Take the remark over."""
        remark, seed = self.remark, self._fresh.seed()
        self.attempt_or_say(
            "Took the remark over", lambda session: accept_remark(session, remark, seed=seed)
        )

    def action_close(self) -> None:
        """The remark is settled; nothing is taken over."""
        remark = self.remark
        self.attempt_or_say("Settled the remark", lambda session: close_remark(session, remark))
