"""To be built."""

from tui.screens.session_screen import SessionScreen


class SetupScreen(SessionScreen):
    """To be built."""

    TITLE = "Setup"
