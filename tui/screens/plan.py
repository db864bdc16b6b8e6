"""To be built."""

from tui.screens.session_screen import SessionScreen


class PlanScreen(SessionScreen):
    """To be built."""

    TITLE = "Plan"
