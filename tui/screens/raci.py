"""To be built."""

from tui.screens.session_screen import SessionScreen


class RaciScreen(SessionScreen):
    """To be built."""

    TITLE = "2 RACI"
    PART = "record"
