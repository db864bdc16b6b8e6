"""To be built."""

from tui.screens.session_screen import SessionScreen


class RecordScreen(SessionScreen):
    """To be built."""

    TITLE = "Record"
