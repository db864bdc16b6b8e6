"""The process as it is and as the group wants it, side by side, and the keys that mark it."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.challenge import Evidence
from model.edits.improve import note_activity, set_improve
from model.proposal import side_by_side
from model.session import Activity, Improve, Session
from tui.dialogs.form import Answers, Field, Form
from tui.widgets.activity_card import STAGE
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Cell, Row
from tui.widgets.session_widget import SessionWidget

FITS = (
    Fit("sign", "", 1),
    Fit("ref", "Ref", 6),
    Fit("now", "As it is"),
    Fit("mark", "", 6),
    Fit("then", "To be"),
)
NO_STAGES = "There are no stages yet. Press q, q, then 0, and name those across your wall."
ON_PAPER = "Ask of the wall; the map answers after part 2."
LOOKS = {
    Improve.KEEP: "muted",
    Improve.CHANGE: "open",
    Improve.DROP: "wrong",
    Improve.NEW: "good",
}
DIGITS = {"1": Improve.KEEP, "2": Improve.CHANGE, "3": Improve.DROP, "4": Improve.NEW}


class ChallengeList(SessionWidget, FittedList):
    """Digits mark the activity under the cursor; ``m`` goes to the next that the map questions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                digit,
                f"mark('{mark}')",
                mark.capitalize(),
                id=f"challenge.{mark}",
                tooltip=f"Mark it: {mark}",
            )
            for digit, mark in DIGITS.items()
        ),
        Binding(
            "0", "mark('')", "Unmark", show=False, id="challenge.unmark", tooltip="No mark at all"
        ),
        Binding("enter,e", "note", "Note", id="challenge.note", tooltip="Write what was said"),
        Binding(
            "m", "next_sign", "Next !", id="challenge.next", tooltip="The next the map questions"
        ),
    ]

    def __init__(self) -> None:
        super().__init__(FITS, empty=NO_STAGES, id="challenge")
        self._evidence: tuple[Session, Evidence] | None = None

    @property
    def evidence(self) -> Evidence:
        """What the map says, found once for each session."""
        if self._evidence is None or self._evidence[0] is not self.session:
            self._evidence = (self.session, Evidence(self.session))
        return self._evidence[1]

    def watch_session(self) -> None:
        """Show what changed."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows again."""
        session, evidence = self.session, self.evidence
        self.show_banner(side_by_side(session) or (ON_PAPER if session.stages else ""))
        rows: list[Row] = []
        for stage in session.stages:
            rows.append(Row(STAGE + stage.id, (f"{stage.id} {stage.name}",), heading=True))
            for one in session.by_stage[stage.id]:
                cells = _cells(session, one, sign=evidence.tells(one.id))
                rows.append(Row(one.id, tuple(cells[name] for name in self.shown)))
        self.put(rows)

    @property
    def activity(self) -> Activity | None:
        """The activity under the cursor."""
        return self.session.activity_by_id.get(self.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be an activity to mark; on paper there is none."""
        if action in ("mark", "note"):
            return True if self.activity else None
        return True if action != "next_sign" or self.session.activities else None

    def on_record_list_moved(self) -> None:
        """A heading cannot be marked."""
        self.refresh_bindings()

    def action_mark(self, mark: str) -> None:
        """Mark the activity under the cursor."""
        if found := self.activity:
            ref = self.session.ref_by_id[found.id]
            label = f"{ref}: {mark}" if mark else f"{ref}: no mark"
            self.attempt_or_say(label, lambda s: set_improve(s, found.id, mark))

    @work
    async def action_note(self) -> None:
        """Ask what was said of it."""
        if not (found := self.activity):
            return
        ref = self.session.ref_by_id[found.id]

        def keep(said: Answers) -> str:
            return self.attempt(
                f"Note at {ref}", lambda s: note_activity(s, found.id, said["note"])
            )

        field = Field("note", "Note", found.note, "What would be changed, and why.")
        await self.app.push_screen_wait(Form(f"{ref} {found.text}", [field], keep))

    def action_next_sign(self) -> None:
        """Stand on the next activity that the map has a sign at, round to the start."""
        keys = [row.key for row in self.rows]
        here = keys.index(self.key)
        for key in (*keys[here + 1 :], *keys[: here + 1]):
            if self.evidence.tells(key):
                self.stand_on(key)
                return


def _cells(session: Session, one: Activity, *, sign: bool) -> dict[str, Cell]:
    mark = one.improve
    look = LOOKS[mark] if mark else ""
    return {
        "sign": ("!", "open") if sign else "",
        "ref": (session.ref_by_id[one.id], "muted"),
        "now": "" if mark is Improve.NEW else one.text,
        "mark": (mark, look) if mark else "",
        "then": "" if mark is Improve.DROP else (one.text, look),
    }
