"""To be built."""

from tui.screens.session_screen import SessionScreen


class ChecksScreen(SessionScreen):
    """To be built."""

    TITLE = "2 Checks"
    PART = "record"
