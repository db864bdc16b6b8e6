"""Follows a session file: reads it again whenever it changed, and never writes anything."""

import time
from collections.abc import Callable
from pathlib import Path

from model.session import Session
from model.session_file import StoreError, named, read
from tui.shared_line import SharedLines
from tui.watching import Watch

EVERY = 0.25
"""Seconds between two looks: what is kept is in the file a third of a second later."""

GONE = 4
"""Looks at which a file must not be there before it is said to be gone: many programs put a new
one in the old one's place.
"""

Tell = Callable[[Session | None, str], object]
"""Takes the session as it is now, or none and a sentence that says why it cannot be read."""


class Following(Watch):
    """Reads on a thread of its own, and calls ``tell`` there."""

    def __init__(
        self, path: Path, tell: Tell, line: Callable[[str], object], every: float = EVERY
    ) -> None:
        """``line`` takes what the recorder types, while it is shared; also on the thread."""
        self._tell = tell
        self._tell_line = line
        self._lines = SharedLines(path)
        self._line = ""
        self._missing = 0
        self.looked_at = time.monotonic()
        super().__init__(path, self._changed_there, every)

    def _look(self) -> bool:
        """As any watch; and say where the file is gone, so that coming back is a change."""
        self.looked_at = time.monotonic()
        self._hear()
        if self._stat():
            self._missing = 0
            return super()._look()
        self._missing += 1
        if self._missing == GONE:
            self._known, self._digest = (), b"gone"
            self._tell(None, f"{named(self._path)} is not there; it is shown again when it is.")
        return False

    @property
    def silent(self) -> float:
        """Seconds since it looked last: a share that does not answer holds it up."""
        return time.monotonic() - self.looked_at

    def _hear(self) -> None:
        """The line that is shared now."""
        line = self._lines.now()
        if line != self._line:
            self._line = line
            self._tell_line(line)

    def _changed_there(self) -> None:
        try:
            session = read(self._path)
        except StoreError as sentence:
            self._tell(None, str(sentence))
        else:
            self._tell(session, "")
