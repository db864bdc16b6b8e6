"""Part 1: rank the actions of the two days, from a quick win to what the whole council decides."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from tui.screens.session_screen import SessionScreen
from tui.widgets.action_line import ActionLine
from tui.widgets.action_table import ActionTable
from tui.widgets.rank_map import RankMap
from tui.widgets.rank_table import RankTable
from tui.widgets.rank_votes import VoteLine
from tui.widgets.rank_words import RankWords
from tui.widgets.record_list import RecordList

WIDE, HIGH = 150, 30
"""Cells from which the map stands beside the list, and lines from which it stands under it."""


class RankingScreen(SessionScreen):
    """The ranked list, why each stands there, the map, and what is typed under them."""

    TITLE = "1 Rank the actions"
    PART = "topic"
    TOPIC = "ranking"
    CSS_PATH = "ranking.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (24, "-low"), (HIGH, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "map", "Map", id="ranking.map", tooltip="Impact against effort, or not"),
    ]

    def body(self) -> ComposeResult:
        """The list and the map, the words, and the lines that are typed into."""
        session = SessionScreen.session
        with Container(id="ranking"):
            yield RankTable(self.fresh).data_bind(session)
            yield RankMap().data_bind(session)
        yield RankWords(self.fresh).data_bind(session)
        yield VoteLine().data_bind(session)
        yield ActionLine(self.fresh).data_bind(session)

    @property
    def _table(self) -> RankTable:
        return self.query_one(RankTable)

    def on_mount(self) -> None:
        """Stand on the action that was asked for, or on the first."""
        self._table.focus()
        if self.place:
            self._table.go_to(self.place)
        self._look(self._table.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is room for it the map is there always."""
        there = self.size.width >= WIDE or self.size.height >= HIGH
        return None if action == "map" and there else True

    def action_map(self) -> None:
        """Show the map under the list, or not."""
        self.toggle_class("-map")

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The words and the map follow the cursor."""
        event.stop()
        self._look(event.key)

    def _look(self, key: str) -> None:
        self.query_one(RankWords).look_at(key)
        self.query_one(RankMap).look_at(key)

    def on_action_table_line_wanted(self, event: ActionTable.LineWanted) -> None:
        """Take the line up where the cursor stands."""
        event.stop()
        self.add_class("-typing")
        self.query_one(ActionLine).open(event.place)

    def on_rank_table_vote_wanted(self) -> None:
        """List by number, and take votes."""
        self.add_class("-typing", "-voting")
        self._table.by_number(wanted=True)
        self.query_one(VoteLine).open()

    def on_action_line_kept(self, event: ActionLine.Kept) -> None:
        """Stand on what was kept."""
        event.stop()
        self._table.go_to(event.action)

    def on_vote_line_kept(self, event: VoteLine.Kept) -> None:
        """Stand on what was voted for."""
        event.stop()
        self._table.go_to(event.action)

    def on_vote_line_look(self, event: VoteLine.Look) -> None:
        """Move the list while votes are typed."""
        event.stop()
        self._table.action_move(event.by)

    def on_action_line_closed(self) -> None:
        """Back to the list."""
        self._back_to_list()

    def on_vote_line_closed(self) -> None:
        """Rank what was voted on."""
        self._table.by_number(wanted=False)
        self._back_to_list()

    def _back_to_list(self) -> None:
        self.remove_class("-typing", "-voting")
        self._table.focus()
