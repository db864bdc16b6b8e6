"""The first minute: seven things to try in the sample, ticked as they are done, one line at a time.

What is done, and that they are not wanted, stands in the state folder; its loss costs nothing.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from offwall.model.records import Session
from offwall.model.store import disk
from offwall.tui.kit import Say
from offwall.tui.services.port import Port

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
    """What is tried and what is next; there is nothing to try until it begins."""

    gone = True

    def __init__(self, port: Port) -> None:
        self._port = port
        self._file, self._done = Path(), set[str]()

    def begin(self, folder: Path) -> None:
        """Offer what there is to try, before the App runs; ``folder`` is the state folder."""
        self._file = folder / "first-minute.json"
        known = disk.small_json(self._file)
        self._done = {one for one in THINGS if isinstance(known, list) and one in known}
        self.gone = known == "gone" or len(self._done) == len(THINGS)
        self._show()

    def _waits(self, name: str) -> bool:
        return not self.gone and name not in self._done

    def did(self, name: str) -> None:
        """One was done, where it is one; after the last to try they are gone."""
        if name in THINGS and self._waits(name):
            self._done.add(name)
            self.gone = len(self._done) == len(THINGS)
            self._write([one for one in THINGS if one in self._done])
            self._show()
            if self.gone:
                self._port.post_message(Say(ALL_TRIED))

    def changed(self, before: Session, now: Session) -> None:
        """The session was changed, which may be one of them."""
        for name, seen in SEEN_IN.items():
            if self._waits(name) and seen(before, now):
                self.did(name)

    def dismiss(self) -> None:
        """They are not wanted, now or ever again."""
        self.gone = True
        self._write("gone")
        self._show()

    def _show(self) -> None:
        """What to try next, behind a tick for each that is done; nothing once they are gone."""
        line = ""
        if not self.gone:
            ticks = "".join("·" if self._waits(name) else "✓" for name in THINGS)
            said = next(THINGS[name] for name in THINGS if self._waits(name))
            line = f"{ticks} Try: {said}  (\\ hides this)"
        self._port.state = replace(self._port.state, hint=line)

    def _write(self, known: object) -> None:
        try:
            disk.make_folder(self._file.parent)
            disk.replace_private(self._file, json.dumps(known).encode(), durable=False)
        except OSError:
            return
