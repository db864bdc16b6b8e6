"""Part 3: the action plan, the next steps offered, and the photos of the wall."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from model.next_steps import Offer
from tui.screens.session_screen import SessionScreen
from tui.text import plain
from tui.widgets.next_step_list import NextStepList
from tui.widgets.photo_list import PhotoList
from tui.widgets.record_list import RecordList
from tui.widgets.sections import Sections
from tui.widgets.what_is_open import WhatIsOpen

PLAN, OFFERED, PHOTOS = "Plan", "Next steps offered", "Photos"


class PlanScreen(SessionScreen):
    """Three sections; the line below them says what the plan still lacks."""

    TITLE = "3 Next steps and plan"
    PART = "plan"
    CSS_PATH = "plan.tcss"

    def body(self) -> ComposeResult:
        """The sections, and what is open."""
        with Sections(OFFERED, PHOTOS):
            with Vertical():
                yield NextStepList(self.fresh).data_bind(SessionScreen.session)
                yield Static(id="plan-offer")
            yield PhotoList(self.fresh).data_bind(SessionScreen.session)
        yield WhatIsOpen(self.fresh).data_bind(SessionScreen.session)

    def on_mount(self) -> None:
        """Begin with what there is to do."""
        self.query_one(Sections).focus_section()

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """Show in full what the list has to cut."""
        if isinstance(event.sender, NextStepList):
            offer = event.sender.offer
            self.query_one("#plan-offer", Static).update(_in_full(offer), layout=False)


def _in_full(offer: Offer | None) -> Content:
    if offer is None:
        return Content("")
    who = "" if offer.owner or offer.taken else f" Who? {offer.hint}"
    return Content(plain(offer.text + who))
