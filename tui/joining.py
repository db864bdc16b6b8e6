"""Others at the same session: who has it open, what they wrote, and what is asked about it."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from textual import work

from model.changes import COLLECTIONS
from model.merge import Cut, taken_away
from model.session import Session
from tui import conflict_copies, presence
from tui.dialogs.choice import Choice
from tui.leaving import LeavingApp
from tui.messages import Edit
from tui.presence import Opener
from tui.saver import Saved
from tui.text import count
from tui.watching import EVERY, Watch

JOIN, READ_ONLY, CANCEL = (
    "Join: what each writes appears at the other's",
    "Read only: follow what they write, and change nothing",
    "Cancel: leave it to them",
)
REFUSED = "This session is open read only, as somebody else has it open; leave, and join them."

KEEP, TAKE = "Keep ours: the file gets it all back", "Take theirs: remove it here, too"
NOT_NOW = "Not now"

GONE_SOON = 0.5
"""Seconds that leaving waits for the note to be taken away: its share may no longer answer."""


class JoiningApp(LeavingApp):
    """Shares a session file with others, and says so where it matters."""

    refused = ""
    """Why nothing can be changed; empty where it can."""

    _watch: Watch | None = None
    _note: Path | None = None
    _others: tuple[Opener, ...] = ()

    def lay_out(self, path: Path) -> None:
        """Put a session file on the desk, and see who else has it open.

        Raises `model.store.StoreError` where it cannot be read.
        """
        super().lay_out(path)
        self.refused = ""
        self._others = tuple(presence.others(path))
        if not self._others:
            self._leave_note()
        self._watch = Watch(path, lambda: self._call(self._look), EVERY)
        if self.is_running:
            self.call_later(self._greet)

    def on_mount(self) -> None:
        """Ask what there is to ask of a session that was opened at once."""
        if self.desk is not None:
            self._greet()

    def close_desk(self) -> None:
        """Write what waits; take our note away, and look no more."""
        if self._watch is not None:
            self._watch.stop()
        if (note := self._note) is not None:
            leaving = threading.Thread(target=_take_away, args=[note], daemon=True)
            leaving.start()
            leaving.join(GONE_SOON)
        self._watch = self._note = None
        super().close_desk()

    def _leave_note(self) -> None:
        if self.desk is not None:
            since = self.fresh.now().isoformat("T", "minutes")[:16]
            self._note = presence.leave_note(self.desk.path, presence.here(since))

    def _call(self, call: Callable[[], object]) -> None:
        # The App may have ended while its thread was looking.
        with suppress(RuntimeError):
            self.call_later(call)

    def _look(self) -> None:
        if self.desk is not None:
            self.desk.look()

    @work(exclusive=True, group="greeting")
    async def _greet(self) -> None:
        """Ask how to open what somebody has open, then what to do with copies of it."""
        if self._others:
            about = "\n".join(f"Open: {opener}" for opener in self._others)
            question = Choice("Somebody has this session open", [JOIN, READ_ONLY, CANCEL], about)
            answer = await self.push_screen_wait(question)
            if answer == 0:
                self._leave_note()
            elif answer == 1:
                self._read_only()
            else:
                self.action_leave()
                return
        await self._offer_copies()

    def _read_only(self) -> None:
        self.refused = REFUSED
        if self.desk is not None:
            self.desk.read_only = True
            self._count()
        self.say("Read only: you see what they write.")

    async def _offer_copies(self) -> None:
        """Offer to merge what a sync folder set aside."""
        if self.desk is None or self.refused:
            return
        found = await asyncio.to_thread(conflict_copies.copies, self.desk.path, self.desk.session)
        if not found:
            return
        options = [*(f"Merge {path.name}" for path, _ in found), NOT_NOW]
        about = "A sync folder sets such a copy aside when two computers changed the session."
        chosen = await self.push_screen_wait(Choice("There are copies beside it", options, about))
        if chosen is not None and chosen < len(found):
            path, copy = found[chosen]
            label = f"Merged {path.name}; remove that file when all is settled"
            self.post_message(Edit(label, lambda now: conflict_copies.united(now, copy)))

    def on_edit(self, message: Edit) -> None:
        """Refuse a change where the session is read only."""
        if self.refused:
            message.prevent_default()
            self.say(self.refused, wrong=True)

    def minute_passed(self, part: str) -> None:
        """Count a minute, unless only others may write."""
        if not self.refused:
            super().minute_passed(part)

    def on_saved(self, message: Saved) -> None:
        """Ask about a file that somebody cut short."""
        if message.cut is not None:
            self._ask_about(message.cut)

    @work
    async def _ask_about(self, cut: Cut) -> None:
        """Nothing was taken away that the file had lost; perhaps it was meant."""
        gone = _records(cut.base) - _records(cut.left)
        about = (
            f"Somebody else's program took {count(gone, 'record')} out of the file at once, which"
            " may be a slip. Nothing was removed here."
        )
        question = Choice("Most of the session file was gone", [KEEP, TAKE], about)
        if await self.push_screen_wait(question) == 1:
            label = "Took away what the file had lost"
            self.post_message(Edit(label, lambda session: taken_away(session, cut)))


def _records(session: Session) -> int:
    return sum(len(getattr(session, name)) for name in COLLECTIONS)


def _take_away(note: Path) -> None:
    with suppress(OSError):
        note.unlink()
