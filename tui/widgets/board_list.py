"""The board's terms and gates, a line each, and the keys that write them."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.edits.board import (
    add_gate,
    change_board,
    change_gate,
    move_gate,
    remove_gate,
    the_board,
    who_words,
)
from model.governance import gate_activities, gate_text
from model.session import Session
from model.tables.names import owners, role_labels
from tui.dialogs.form import Answers, Field, Form
from tui.widgets.record_list import Cell, Column, RecordList, Row
from tui.widgets.session_widget import SessionWidget

LABELS = {
    "name": ("Name", "What the board is called."),
    "purpose": ("Purpose", "What it is there for, in a sentence."),
    "chair": ("Chair", "A role, a person, or words."),
    "members": ("Members", "Roles or people, with a semicolon between them."),
    "meets": ("Meets", "How often, such as Quarterly."),
    "sees": ("Sees", "Which contracts and reports come to it."),
    "must_not": ("Must not be", "What it must not become, such as a second committee."),
}
GATE = "gate:"
"""What the key of a gate's row begins with."""

GATE_HINT = "A ref such as S3.04, or words: they mean the activity as soon as it is typed."
NO_GATES = "No gate yet. n says what on the process comes to the board."


class BoardList(SessionWidget, RecordList):
    """Enter writes the terms, or the gate under the cursor; ``n`` lets something else come."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New gate", id="board.gate", tooltip="What comes to the board"),
        Binding("enter,e", "edit", "Edit", id="board.edit", tooltip="Write the terms, or the gate"),
        Binding("x", "remove", "Remove", id="board.remove", tooltip="Let it not come; u undoes it"),
        Binding("J", "shift(1)", "Move down", show=False, id="board.down", tooltip="Gate down"),
        Binding("K", "shift(-1)", "Move up", show=False, id="board.up", tooltip="Gate up"),
    ]

    def __init__(self) -> None:
        super().__init__((Column("The board", 12), Column("")), id="board")
        self._wanted = ""

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor goes to a gate that was just added."""
        rows = [Row(name, (label, self._cell(name))) for name, (label, _) in LABELS.items()]
        rows.append(Row("gates", ("Gates", "" if self._gates else NO_GATES), heading=True))
        for gate, activity in gate_activities(session).items():
            how = "on the wall" if activity else "in words"
            rows.append(Row(GATE + gate, ((how, "muted"), gate_text(session, gate, activity))))
        arrived = any(row.key == self._wanted for row in rows)
        self.show(rows, cursor=self._wanted if arrived else None)
        self._wanted = "" if arrived else self._wanted
        self.refresh_bindings()

    @property
    def _gates(self) -> tuple[str, ...]:
        return self.session.board.gates if self.session.board else ()

    @property
    def gate(self) -> str | None:
        """The gate under the cursor."""
        return self.key.removeprefix(GATE) if self.key.startswith(GATE) else None

    def _cell(self, name: str) -> Cell:
        if said := said_of(self.session, name):
            return said
        return ("not agreed yet", "muted")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a gate can be removed or moved."""
        return None if action in ("remove", "shift") and self.gate is None else True

    def on_record_list_moved(self) -> None:
        """What applies to a gate does not apply to a term."""
        self.refresh_bindings()

    @work
    async def action_new(self) -> None:
        """Ask what comes to the board."""
        beside = self.gate or ""

        def keep(said: Answers) -> str:
            words = said["gate"]
            wrong = self.attempt(f"Gate: {words}", lambda s: add_gate(s, words, beside))
            if not wrong:
                before = set(self._gates)
                after = add_gate(self.session, words, beside).board
                new = (gate for gate in after.gates if gate not in before) if after else ()
                self._wanted = GATE + next(iter(new), "")
            return wrong

        field = Field("gate", "What comes", hint=GATE_HINT, choices=_refs(self.session))
        await self.app.push_screen_wait(Form("A gate to the board", [field], keep))

    @work
    async def action_edit(self) -> None:
        """Ask for the terms, or for the gate."""
        if self.gate is None:
            await self._edit_terms()
        else:
            await self._edit_gate(self.gate)

    async def _edit_terms(self) -> None:
        def keep(said: Answers) -> str:
            return self.attempt("Terms of the board", lambda s: change_board(s, said))

        fields = [
            Field(name, label, _as_typed(self.session, name), hint)
            for name, (label, hint) in LABELS.items()
        ]
        at = self.key if self.key in LABELS else ""
        await self.app.push_screen_wait(Form("The board's terms", fields, keep, at=at))

    async def _edit_gate(self, gate: str) -> None:
        def keep(said: Answers) -> str:
            return self.attempt(
                f"Gate: {said['gate']}", lambda s: change_gate(s, gate, said["gate"])
            )

        shown = self.session.ref_by_id.get(gate, gate)
        field = Field("gate", "What comes", shown, GATE_HINT, _refs(self.session))
        await self.app.push_screen_wait(Form("A gate to the board", [field], keep))

    def action_remove(self) -> None:
        """Let the gate under the cursor not come to the board any more."""
        if (gate := self.gate) is not None:
            said = gate_text(self.session, gate, gate_activities(self.session)[gate])
            self.attempt_or_say(f"Removed gate: {said}", lambda s: remove_gate(s, gate))

    def action_shift(self, by: int) -> None:
        """Move the gate down or up."""
        if (gate := self.gate) is not None:
            self.attempt_or_say("Moved a gate", lambda s: move_gate(s, gate, by))


def said_of(session: Session, name: str) -> str:
    """What a term says, with roles and people by name."""
    if session.board is None:
        return ""
    value = getattr(session.board, name)
    if name not in ("chair", "members"):
        return str(value)
    names = owners(session, role_labels(session))
    codes = (value,) if name == "chair" else value
    return "; ".join(names.get(code, code) for code in codes)


def _as_typed(session: Session, name: str) -> str:
    """A term as its field shows it; the name that is offered where there is no board yet."""
    board = the_board(session)
    if name == "chair":
        return who_words(session, (board.chair,))
    return who_words(session, board.members) if name == "members" else str(getattr(board, name))


def _refs(session: Session) -> list[str]:
    return list(session.id_by_ref)
