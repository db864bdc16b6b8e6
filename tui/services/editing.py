"""The editing service: an edit goes to history, session and disk, and back by undo and redo."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from offwall.model.records import Session
from offwall.model.records.changes import COLLECTIONS
from offwall.model.records.text import plain
from offwall.model.setup.workshop import add_minutes
from offwall.tui.kit.messages import Edit
from offwall.tui.services.document import OpenDocument
from offwall.tui.services.port import Port
from offwall.tui.services.writers import FileWritten, JournalWritten
from offwall.tui.terminal.worker import run_in_background

SHOW_SAVING_AFTER = 0.3
"""Seconds after which a change that is not yet kept is shown as being kept."""

DISK_CHECK_SECONDS = 1.0
"""Seconds between two looks at whether a disk still answers."""

VERIFY_AFTER = 60
"""Looks at the disks without a change after which it is seen whether what is kept would serve."""

DRAFT_QUOTED = 60
"""Characters of a line that was begun which the offer repeats."""


class Editing:
    """The document that is open. Its session goes to the port whenever it is another."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self.document: OpenDocument | None = None
        self._quiet = (0, 0)
        self._verified = (0, "")

    def begin(self, document: OpenDocument) -> None:
        """Work on a document from now on."""
        self.document = document
        self._verified = (0, "")
        self.count()
        # The lines that were being typed when the program ended are offered again.
        drafts = self._port.fresh.drafts
        drafts.clear()
        begun = [text for data in document.drafts for text in drafts.load(data)]
        if begun:
            document.draft(drafts.dumped())
            shown = plain(begun[-1])[:DRAFT_QUOTED]
            document.news += f" A line was begun and not kept; n or e in part 2 offers it: {shown}"

    def end(self) -> None:
        """Write what waits, however the App came to its end; never for long."""
        if self.document is not None:
            self.document.leave()

    def edit(self, message: Edit, where: str = "") -> bool:
        """Make a change on a screen, unless the session is read only; whether it was made."""
        if refused := self._port.state.refused:
            self._port.say(refused, wrong=True)
        elif self.document is not None:
            # The line that is kept by it is no longer being typed, whatever happens now.
            draft = self._port.fresh.drafts.dumped()
            old = self._port.session
            self._port.session = new = self.document.do(message.label, message.change, draft, where)
            gone = any(len(getattr(new, one)) < len(getattr(old, one)) for one in COLLECTIONS)
            said = f"{message.label}. u brings it back." if gone else message.label
            self._port.say("Nothing was changed." if new is old else said)
            return True
        return False

    def undo(self) -> str:
        """Take the last change back; the screen on which it was made."""
        if self._port.fresh.drafts.give_back(self._port.session):
            self._port.say("The line that was begun is back, where it was begun.")
            return ""
        return self._step(OpenDocument.undo, "Undone: {}. U makes it again.", "Nothing to undo.")

    def redo(self) -> str:
        """Make the last undone change again; the screen on which it was made."""
        return self._step(OpenDocument.redo, "Made again: {}.", "Nothing to make again.")

    def _step(self, step: Callable[[OpenDocument], Session], done: str, nothing: str) -> str:
        if (document := self.document) is None:
            return ""
        history = document.history
        self._port.session = step(document)
        steps = history.past if step is OpenDocument.undo else history.future
        self._port.say(done.format(steps[-1].label) if steps else nothing)
        return steps[-1].where if steps else ""

    def settle_file(self) -> None:
        """Put ours back, or take what another program wrote, as the status line offers."""
        if self.document is not None:
            done = self.document.settle()
            self._port.session = self.document.session
            self._port.say(f"{done}." if done else "The file needs no settling.")

    def minute_passed(self, part: str, topic: str = "") -> None:
        """Count a minute for a part, and for the topic at work; undo leaves it. Who may only read
        counts none.
        """
        if self.document is not None and not self._port.state.refused:
            self._port.session = self.document.everywhere(
                lambda session: add_minutes(session, part, 1, topic)
            )

    def take(self, message: FileWritten | JournalWritten) -> None:
        """Count what is kept, say what is not; take over what somebody else wrote meanwhile."""
        if self.document is not None:
            self._port.session = self.document.take(message)
            self.count()

    def count(self) -> None:
        """Say how many changes are kept, and what is wrong with a disk."""
        if (open_now := self.document) is not None:
            self._port.state = replace(
                self._port.state, keeping=open_now.keeping, trouble=open_now.trouble
            )

    def look_at_disks(self) -> None:
        """Once a second: whether a disk still answers, and what it had to tell."""
        if self.document is not None:
            self.count()
            if news := self.document.take_news():
                self._port.say(news)
            changes, looks = self._quiet
            now = self.document.changes
            self._quiet = (changes, looks + 1) if changes == now else (now, 0)
            if self._quiet[1] == VERIFY_AFTER:
                verify = self._verify(self.document)
                self._port.run_worker(verify, group="verifying", exclusive=True)

    async def _verify(self, document: OpenDocument) -> None:
        """See whether what is kept would serve; nothing waits for it."""
        changes = document.changes
        with suppress(OSError):
            if wrong := await run_in_background(document.wrong_files):
                self._port.say(wrong[0], wrong=True)
            else:
                self._verified = changes, f"{self._port.fresh.now():%H:%M}"

    @property
    def verified(self) -> str:
        """Until when it is known that what is kept would serve, as a sentence; empty for never."""
        changes, at = self._verified
        if not at or self.document is None:
            return ""
        known = changes == self.document.changes
        return f"Verified {at}." if known else f"Not verified since {at}."

    def keep_drafts(self) -> None:
        """Have the lines kept that are being typed."""
        if self.document is not None:
            self.document.draft(self._port.fresh.drafts.dumped())
