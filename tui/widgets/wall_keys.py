"""The keys that go about on the wall: a cursor over columns and lanes, and nothing drawn."""

from collections.abc import Collection
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from model.session import Activity
from model.wall import LANES, Spot, spots
from tui.dialogs.form import Answers, Field, Form
from tui.widgets.activity_card import STAGE
from tui.widgets.session_widget import SessionWidget
from tui.widgets.wall_layout import WallLayout, follow


class WallKeys(SessionWidget, Widget):
    """Where the cursor is, and what of the wall is in view; `Wall` draws it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Card", id="wall.card", tooltip="All that is known of this one"),
        Binding("l,right", "move(1, 0)", "Right", show=False, id="wall.right"),
        Binding("h,left", "move(-1, 0)", "Left", show=False, id="wall.left"),
        Binding("j,down", "move(0, 1)", "Lane below", show=False, id="wall.down"),
        Binding("k,up", "move(0, -1)", "Lane above", show=False, id="wall.up"),
        Binding("pagedown", "page(1)", "Page right", show=False, id="wall.page-right"),
        Binding("pageup", "page(-1)", "Page left", show=False, id="wall.page-left"),
        Binding("g,home", "to(0)", "To the first", show=False, id="wall.first"),
        Binding("G,end", "to(-1)", "To the last", show=False, id="wall.last"),
        Binding("right_square_bracket", "stage(1)", "Next stage", id="wall.next-stage"),
        Binding(
            "left_square_bracket",
            "stage(-1)",
            "Stage before",
            show=False,
            id="wall.stage-before",
        ),
        Binding("slash", "find", "Find", id="wall.find", tooltip="Find a text on the wall"),
    ]

    class Chosen(Message):
        """The card of the activity under the cursor is wanted."""

        def __init__(self, activity: str) -> None:
            super().__init__()
            self.activity = activity

    def __init__(self) -> None:
        super().__init__()
        self.spots: tuple[Spot, ...] = ()
        self.lane = 0
        self.index = 0
        self.left = 0
        self.top = 0
        self.plan = WallLayout.of(80, 24)
        self._shown: Collection[str] | None = None
        self._sought = ""

    @property
    def activity(self) -> Activity | None:
        """The activity under the cursor; none in a stage that has none."""
        return (
            self.session.activity_by_id.get(self.spots[self.index].activity) if self.spots else None
        )

    @property
    def key(self) -> str:
        """The activity under the cursor by its id, or its stage as the table's headings have it."""
        if not self.spots:
            return ""
        spot = self.spots[self.index]
        return spot.activity or STAGE + spot.stage

    def show(self, activities: Collection[str] | None) -> None:
        """Show these activities only, by their ids; None shows all."""
        self._shown = activities
        self.hang()

    def hang(self) -> None:
        """Order the columns anew; the cursor stays on its activity, or near where it was."""
        stood = self.key
        self.spots = spots(self.session, self._shown)
        if self.key != stood:
            self.index = self._place_of(stood, max(0, min(self.index, len(self.spots) - 1)))
        self.bring_into_view()

    def stand_on(self, key: str) -> None:
        """Put the cursor on an activity or a stage's first column, where it is shown."""
        self._jump(self._place_of(key, self.index))

    def _place_of(self, key: str, otherwise: int) -> int:
        stage = key.removeprefix(STAGE) if key.startswith(STAGE) else ""
        for place, spot in enumerate(self.spots):
            if (spot.stage == stage) if stage else (spot.activity == key):
                return place
        return otherwise

    def bring_into_view(self) -> None:
        """Shift what is in view so that the cursor is in it."""
        self.left = follow(self.left, self.plan.columns, self.index, len(self.spots))
        self.top = follow(self.top, self.plan.lanes, self.lane, len(LANES))

    def _jump(self, place: int) -> None:
        """Go far: as much of the stage comes along from its first column as there is room for."""
        if self.spots:
            start = self._place_of(STAGE + self.spots[place].stage, place)
            self.put(place, self.lane, max(start, place - self.plan.columns // 2))

    def put(self, index: int, lane: int, left: int | None = None) -> None:
        """Put the cursor on a column and a lane, or on the nearest that there is.

        ``left`` is the column to show first, if the cursor is in view then.
        """
        self.left = self.left if left is None else left
        self.index = max(0, min(index, len(self.spots) - 1))
        self.lane = max(0, min(lane, len(LANES) - 1))
        self.bring_into_view()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A card needs an activity."""
        return None if action == "choose" and not self.activity else True

    def action_choose(self) -> None:
        """Ask for the card."""
        if found := self.activity:
            self.post_message(self.Chosen(found.id))

    def action_move(self, columns: int, lanes: int) -> None:
        """Go to a note beside, above or below."""
        self.put(self.index + columns, self.lane + lanes)

    def action_page(self, direction: int) -> None:
        """Go a screenful to the right or the left."""
        by = direction * max(1, self.plan.columns - 1)
        self.put(self.index + by, self.lane, self.left + by)

    def action_to(self, index: int) -> None:
        """Go to the first column (0) or the last (-1)."""
        self.put(index if index >= 0 else len(self.spots) - 1, self.lane)

    def action_stage(self, by: int) -> None:
        """Go to the first column of the stage after or before."""
        stages = list(dict.fromkeys(spot.stage for spot in self.spots))
        if stages:
            place = stages.index(self.spots[self.index].stage) + by
            self.stand_on(STAGE + stages[max(0, min(place, len(stages) - 1))])

    @work
    async def action_find(self) -> None:
        """Ask for a text and stand on the next activity that says it, round to the start."""

        def found(answers: Answers) -> str:
            self._sought = answers["text"].casefold().strip()
            for place in (*range(self.index + 1, len(self.spots)), *range(self.index + 1)):
                if self._sought in self._says(place):
                    self._jump(place)
                    return ""
            return "Nothing on the wall says that."

        await self.app.push_screen_wait(
            Form("Find", [Field("text", "Text", self._sought, chosen=True)], found)
        )

    def _says(self, place: int) -> str:
        found = self.session.activity_by_id.get(self.spots[place].activity) if self.spots else None
        if found is None:
            return ""
        ref = self.session.ref_by_id[found.id]
        return " ".join((ref, found.text, found.decision, *found.documents)).casefold()
