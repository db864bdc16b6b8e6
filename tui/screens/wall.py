"""To be built."""

from tui.screens.session_screen import SessionScreen


class WallScreen(SessionScreen):
    """To be built."""

    TITLE = "2 The wall"
    PART = "record"
