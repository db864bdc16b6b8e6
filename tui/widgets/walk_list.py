"""The two lists of a walk: the steps come through, and the ways on from where it stands."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from model.flow import Reading, Stop
from model.raci import role_name
from model.session import Session
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Cell, Row
from tui.widgets.walk_words import nth
from tui.widgets.way_words import answer, place_of

STEPS = (
    Fit("hand-off", "", 1),
    Fit("ref", "Ref", 6),
    Fit("text", "Activity"),
    Fit("lead", "Lead", 6, 22),
    Fit("time", "Time", 4),
    Fit("answer", "Answer", 14, 28),
)
WAYS = (Fit("number", "", 2), Fit("answer", "Answer", 24, 60), Fit("to", "Leads to"))
NOTHING = "There is nothing to walk here. Press q, then n, and type the first post-it."


class StepList(FittedList, can_focus=False):
    """The path so far, one step a line; the cursor stays at its end."""

    def __init__(self) -> None:
        super().__init__(STEPS, empty=NOTHING, id="steps")
        self._session = Session()
        self._reading = Reading((), Stop.NOTHING)

    def read(self, session: Session, reading: Reading, banner: str) -> None:
        """Show a path."""
        self._session, self._reading = session, reading
        self.show_banner(banner)
        self.rebuild()

    def rebuild(self) -> None:
        """Make a row of every step."""
        rows = [self._row_of(place) for place in range(len(self._reading.steps))]
        self.show(rows, cursor=rows[-1].key if rows else None)

    def _row_of(self, place: int) -> Row:
        step = self._reading.steps[place]
        lead = step.activity.lead
        handed = self._reading.handed_over(place)
        name = role_name(self._session, lead) if self.wide else lead
        cells: dict[str, Cell] = {
            "hand-off": ("»", "open") if handed else "",
            "ref": (self._session.ref_by_id[step.activity.id], "muted"),
            "text": step.activity.text,
            "lead": (name, "lead") if lead else ("lead?", "wrong"),
            "time": (nth(step.time), "open") if step.time > 1 else "",
            "answer": answer(step.taken) if step.taken and len(step.ways) > 1 else "",
        }
        return Row(str(place), tuple(cells[name] for name in self.shown))


class WayList(FittedList):
    """The ways on, by number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", "Go on", id="walk.choose", tooltip="Take this answer, go on"),
        *(
            Binding(
                str(n),
                f"take({n})",
                "Answer",
                show=False,
                id=f"walk.take-{n}",
                tooltip="Take the answer with that number",
            )
            for n in range(1, 10)
        ),
        Binding("pageup", "screen.scroll(-1)", "Steps up", show=False, id="walk.up"),
        Binding("pagedown", "screen.scroll(1)", "Steps down", show=False, id="walk.down"),
    ]

    def __init__(self) -> None:
        super().__init__(WAYS, empty="b takes the last answer back, q leaves the walk.", id="ways")
        self._rows: tuple[Row, ...] = ()

    def ask(self, session: Session, reading: Reading) -> None:
        """Show the answers to choose from."""
        ways = reading.steps[-1].ways if reading.stop is Stop.ASKED else ()
        self._rows = tuple(
            Row(str(n), (f"{n + 1}", answer(way), place_of(session, way)))
            for n, way in enumerate(ways)
        )
        self.show(self._rows, cursor="0")

    def rebuild(self) -> None:
        """Show the same answers in other columns."""
        self.show(self._rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is an answer to take while one is asked for."""
        if action in ("choose", "take"):
            number = parameters[0] if parameters else 1
            return True if isinstance(number, int) and number <= len(self.rows) else None
        return True

    def action_take(self, number: int) -> None:
        """Take the answer with a number."""
        self.stand_on(str(number - 1))
        self.action_choose()
