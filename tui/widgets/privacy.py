"""What a screen that is mirrored to the room leaves out: who carries too much, or nothing."""

from collections.abc import Callable

from textual.widget import Widget

LOADS = frozenset({"no action", "too many"})
"""The kinds of finding that are about a person's load."""

HIDDEN = "Hidden while private: P shows who carries what."


def private(widget: Widget) -> bool:
    """Whether the screen is private; where no App says so, it is not."""
    return bool(getattr(widget.app, "private", False))


def follow(widget: Widget, call: Callable[[], None]) -> None:
    """Have ``call`` made whenever that changes."""
    if hasattr(widget.app, "private"):
        widget.watch(widget.app, "private", call, init=False)
