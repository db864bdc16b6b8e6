"""To be built."""

from tui.screens.session_screen import SessionScreen


class WordsScreen(SessionScreen):
    """To be built."""

    TITLE = "Words"
    PART = "record"
