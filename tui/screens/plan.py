"""Part 3: the action plan, the next steps offered, how it is spread, the photos of the wall."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from model.next_steps import Offer
from model.plan import lacks, plan
from tui.messages import Back, Go
from tui.screens.session_screen import SessionScreen
from tui.text import plain
from tui.widgets.action_line import ActionLine
from tui.widgets.action_table import ActionTable
from tui.widgets.next_step_list import NextStepList
from tui.widgets.open_list import OpenList
from tui.widgets.photo_list import PhotoList
from tui.widgets.photo_section import PhotoSection
from tui.widgets.plan_table import PlanTable
from tui.widgets.reach_line import ReachLine
from tui.widgets.record_list import RecordList
from tui.widgets.sections import Sections
from tui.widgets.spread_list import SpreadList
from tui.widgets.what_is_open import WhatIsOpen

SECTIONS = ("Plan", "Next steps offered", "Spread", "Photos")


class PlanScreen(SessionScreen):
    """Four sections; the line below them says what the plan still lacks.

    ``place`` is the id of an action or of a photo, or the name of a section.
    """

    TITLE = "3 Next steps, plan"
    PART = "plan"
    CSS_PATH = "plan.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "C",
            "close_down",
            "Close down",
            id="plan.close",
            tooltip="What is still open over the whole session",
        ),
    ]

    def body(self) -> ComposeResult:
        """The sections, the line of an action, and what is open."""
        with Sections(*SECTIONS):
            with Vertical():
                yield PlanTable(self.fresh).data_bind(SessionScreen.session)
                yield ReachLine(self.fresh).data_bind(SessionScreen.session)
            with Vertical():
                yield NextStepList(self.fresh).data_bind(SessionScreen.session)
                yield Static(id="plan-offer")
            with Vertical():
                yield SpreadList(self.fresh).data_bind(SessionScreen.session)
                yield Static(id="plan-spread")
            yield PhotoSection(self.fresh).data_bind(SessionScreen.session)
        yield ActionLine(self.fresh).data_bind(SessionScreen.session)
        yield WhatIsOpen(self.fresh).data_bind(SessionScreen.session)

    @property
    def _table(self) -> PlanTable:
        return self.query_one(PlanTable)

    def on_mount(self) -> None:
        """Stand on what was asked for, or on the first action that lacks something."""
        if any(photo.id == self.place for photo in self.session.photos):
            self.query_one(Sections).show("Photos")
            self.query_one(PhotoList).go_to(self.place)
            return
        if self.place in SECTIONS:
            self.query_one(Sections).show(self.place)
            return
        self._table.focus()
        waiting = next((action.id for action in plan(self.session) if lacks(action)), "")
        self._table.go_to(self.place or waiting)

    def action_close_down(self) -> None:
        """Say what is still open over the whole session; back to that where one came from it."""
        below = self.app.screen_stack[-2]
        self.post_message(Back() if below.query(OpenList) else Go("close"))

    def on_action_table_line_wanted(self, event: ActionTable.LineWanted) -> None:
        """Take the line up."""
        event.stop()
        self.query_one(ActionLine).open(event.place)

    def on_action_line_kept(self, event: ActionLine.Kept) -> None:
        """Stand on what was kept."""
        event.stop()
        self._table.go_to(event.action)

    def on_action_line_closed(self) -> None:
        """Back to the list."""
        self._table.focus()

    def on_spread_list_wanted(self, event: SpreadList.Wanted) -> None:
        """Show the action that a bar led to."""
        event.stop()
        self.query_one(Sections).show("Plan")
        self._table.go_to(event.action)

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """Show in full what the list has to cut, and what the plan's action must reach."""
        if isinstance(event.sender, PlanTable):
            self.query_one(ReachLine).look_at(event.key)
        if isinstance(event.sender, NextStepList):
            offer = event.sender.offer
            self.query_one("#plan-offer", Static).update(_in_full(offer), layout=False)
        if isinstance(event.sender, SpreadList):
            said = Content(plain(event.sender.said))
            self.query_one("#plan-spread", Static).update(said, layout=False)


def _in_full(offer: Offer | None) -> Content:
    if offer is None:
        return Content("")
    who = "" if offer.owner or offer.taken else f" (owner: {offer.hint}?)"
    return Content(plain(offer.text + who))
