"""The first minute: seven things to try in the sample, ticked as they are done, one line at a time.

What is done, and that they are not wanted, stands in the state folder; its loss costs nothing.
"""

import json
from collections.abc import Callable
from pathlib import Path

from offwall.model.records import Session
from offwall.model.store import disk

THINGS = {
    "post-it": "2, n and words: a post-it",
    "confirm": "space in part 2 confirms it",
    "lead": "@hos on one: another lead",
    "go": ", and letters: go anywhere",
    "raci": "r in part 2: who does what",
    "undo": "u takes the last back",
    "export": "E writes what leaves",
}
"""The things by their names, in their order; each is short enough for a line of 60 cells."""

ALL_TRIED = "All seven are tried. ? lists every key, wherever you are."


def _more_post_its(before: Session, now: Session) -> bool:
    return len(now.activities) > len(before.activities)


def _confirmed(before: Session, now: Session) -> bool:
    old = before.activity_by_id
    return any(
        one.confirmed and one.id in old and not old[one.id].confirmed for one in now.in_order
    )


def _another_lead(before: Session, now: Session) -> bool:
    old = before.activity_by_id
    return any(one.id in old and one.lead != old[one.id].lead for one in now.activities)


SEEN_IN: dict[str, Callable[[Session, Session], bool]] = {
    "post-it": _more_post_its,
    "confirm": _confirmed,
    "lead": _another_lead,
}
"""The things that a change of the session shows."""


class FirstMinute:
    """What is tried and what is next. ``folder`` is the state folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "first-minute.json"
        known = disk.small_json(self._file)
        self._done = {one for one in THINGS if isinstance(known, list) and one in known}
        self.gone = known == "gone" or len(self._done) == len(THINGS)

    @property
    def line(self) -> str:
        """What to try next, behind a tick for each that is done; empty once they are gone."""
        if self.gone:
            return ""
        said = next(THINGS[name] for name in THINGS if self._waits(name))
        ticks = "".join("·" if self._waits(name) else "✓" for name in THINGS)
        return f"{ticks} Try: {said}  (\\ hides this)"

    def _waits(self, name: str) -> bool:
        return name not in self._done

    def did(self, name: str) -> str:
        """One was done, where it is one; what is to be said where that was the last to try."""
        if self.gone or name not in THINGS or not self._waits(name):
            return ""
        self._done.add(name)
        self.gone = len(self._done) == len(THINGS)
        self._write([one for one in THINGS if one in self._done])
        return ALL_TRIED if self.gone else ""

    def changed(self, before: Session, now: Session) -> str:
        """The session was changed; what is to be said where that was the last to try."""
        if self.gone:
            return ""
        return "".join([self.did(one) for one, seen in SEEN_IN.items() if seen(before, now)])

    def dismiss(self) -> None:
        """They are not wanted, now or ever again."""
        self.gone = True
        self._write("gone")

    def _write(self, known: object) -> None:
        try:
            disk.make_folder(self._file.parent)
            disk.replace_private(self._file, json.dumps(known).encode(), durable=False)
        except OSError:
            return
