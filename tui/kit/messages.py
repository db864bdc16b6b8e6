"""What widgets and screens tell the App: messages go up, and the session comes down."""

from collections.abc import Callable

from textual.message import Message

from offwall.model.records import Session


class Edit(Message):
    """A change that was tried on the session shown and can be made.

    Args:
        label: the change in words, for undo: ``Remove S3.04``.
        change: the change; run again, it gives the same session.
    """

    def __init__(self, label: str, change: Callable[[Session], Session]) -> None:
        super().__init__()
        self.label = label
        self.change = change


class DraftChanged(Message):
    """A line that is being typed has changed; all of them are in
    `tui.kit.context.Context.drafts`.
    """


class Typing(Message):
    """What the line holds now, for whom it is shared with; nothing once it is left."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Say(Message):
    """Something to tell the user in the status line. ``wrong`` marks what could not be done."""

    def __init__(self, text: str, *, wrong: bool = False) -> None:
        super().__init__()
        self.text = text
        self.wrong = wrong


class Go(Message):
    """Another screen is wanted, by its name; ``place`` is the record to stand on there."""

    def __init__(self, screen: str, place: str = "") -> None:
        super().__init__()
        self.screen = screen
        self.place = place


class Open(Message):
    """Another session file is wanted: a path as typed, and whether to make it first.

    It is made from a ``preset``, or as the next session after that in the file ``earlier``.
    """

    def __init__(self, path: str, preset: str = "", earlier: str = "") -> None:
        super().__init__()
        self.path = path
        self.preset = preset
        self.earlier = earlier


class SessionOpened(Message):
    """The session that was asked for lies on the desk: show it."""


class Back(Message):
    """Leave this screen for the one before, standing on the same record where it is there too."""

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place


class PreviousSessionRequested(Message):
    """The session that this one follows is wanted, to say what changed since."""


class LogWanted(Message):
    """What was done to the session is wanted, as the journals tell it."""


class ExportRequested(Message):
    """Write what leaves; ``at`` is the choice that the cursor begins on, 1 for everything."""

    def __init__(self, at: int = 0) -> None:
        super().__init__()
        self.at = at
