"""To be built."""

from tui.screens.session_screen import SessionScreen


class TopicScreen(SessionScreen):
    """To be built."""

    TITLE = "Topic"
