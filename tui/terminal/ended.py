"""Somebody or something asks the editor to end."""

from textual.message import Message


class Ended(Message):
    """The line is gone, or a signal asks for the end; ``number`` is the signal's."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
