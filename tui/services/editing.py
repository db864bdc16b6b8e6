"""The editing service: an edit goes to history, session and disk, and back by undo and redo."""

from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from offwall.model.records import Session
from offwall.model.setup.workshop import add_minutes
from offwall.model.store.files import leave_like
from offwall.tui.kit import Context, Say, plain
from offwall.tui.kit.messages import DraftChanged, Edit
from offwall.tui.services import recent_sessions
from offwall.tui.services.background import run_in_background
from offwall.tui.services.document import OpenDocument
from offwall.tui.services.file_writer import FileWritten
from offwall.tui.services.journal_writer import JournalWritten

SHOW_SAVING_AFTER = 0.3
"""Seconds after which a change that is not yet kept is shown as being kept."""

DISK_CHECK_SECONDS = 1.0
"""Seconds between two looks at whether a disk still answers."""

VERIFY_AFTER = 60
"""Looks at the disks without a change after which it is seen whether what is kept would serve."""

DRAFT_QUOTED = 60
"""Characters of a line that was begun which the offer repeats."""


class EditingApp(App[None]):
    """An App with a session on its desk. ``session`` goes down to the screens by ``data_bind``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="app.undo", tooltip="Take the last change back"),
        Binding("U", "redo", "Redo", show=False, id="app.redo", tooltip="Make it again"),
        Binding(
            "ctrl+t",
            "settle_file",
            "Settle the file",
            show=False,
            id="app.settle",
            tooltip="Put ours back where the file is lost, or take the version that is offered",
        ),
    ]

    session: reactive[Session] = reactive(Session())
    said: reactive[tuple[str, bool]] = reactive(("", False))
    keeping: reactive[str] = reactive("")
    trouble: reactive[str] = reactive("")
    at_work: str = ""
    """The id of the topic that is being worked on."""

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self.fresh = fresh
        self.desk: OpenDocument | None = None
        self._quiet = (0, 0)
        self._verified = (0, "")

    def open_document(self, path: Path) -> None:
        """Put a session file on the desk.

        Raises `model.store.store.StoreError` where it cannot be read.
        """
        desk = OpenDocument(path, self.post_message, recent_sessions.state_folder())
        self.close_document()
        self.desk = desk
        self._verified = (0, "")
        self.set_reactive(EditingApp.session, self.desk.session)
        self._count()
        self._take_up_drafts(desk)
        recent_sessions.remember(path)
        leave_like(path)

    def _take_up_drafts(self, desk: OpenDocument) -> None:
        """Offer the lines again that were being typed when the program ended."""
        self.fresh.drafts.clear()
        begun = [text for data in desk.drafts for text in self.fresh.drafts.load(data)]
        if begun:
            desk.draft(self.fresh.drafts.dumped())
            shown = plain(begun[-1])[:DRAFT_QUOTED]
            desk.news += f" A line was begun and not kept; n or e in part 2 offers it: {shown}"

    def on_mount(self) -> None:
        """Look after the disks, and say what they had to tell at the start."""
        self.set_interval(DISK_CHECK_SECONDS, self._look_at_disks)

    def close_document(self) -> None:
        """Write what waits, however the App came to its end; never for long."""
        if self.desk is not None:
            self.desk.leave()

    def on_edit(self, message: Edit) -> None:
        """Make a change."""
        if self.desk is not None:
            # The line that is kept by it is no longer being typed, whatever happens now.
            draft = self.fresh.drafts.dumped()
            self.session = self.desk.do(message.label, message.change, draft)
            self.say(message.label)
            self.set_timer(SHOW_SAVING_AFTER, self._count)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.desk is not None:
            if self.fresh.drafts.give_back(self.session):
                self.say("The line that was begun is back, where it was begun.")
                return
            label = self.desk.history.undoable
            self.session = self.desk.undo()
            self.say(f"Undone: {label}. U makes it again." if label else "Nothing to undo.")

    def action_redo(self) -> None:
        """Make the last undone change again."""
        if self.desk is not None:
            label = self.desk.history.redoable
            self.session = self.desk.redo()
            self.say(f"Made again: {label}." if label else "Nothing to make again.")

    def action_settle_file(self) -> None:
        """Put ours back, or take what another program wrote, as the status line offers."""
        if self.desk is not None:
            done = self.desk.settle()
            self.session = self.desk.session
            self.say(f"{done}." if done else "The file needs no settling.")

    def too_large(self, session: Session) -> bool:
        """Whether a session would no longer fit into its file."""
        return self.desk is not None and self.desk.too_large(session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo and redo are dimmed where there is nothing to take back."""
        history = self.desk.history if self.desk else None
        if action in ("undo", "redo"):
            able = history and (history.undoable if action == "undo" else history.redoable)
            dropped = action == "undo" and self.fresh.drafts.dropped
            return bool(able or dropped) or None
        return True

    def minute_passed(self, part: str) -> None:
        """Count a minute for a part, and for the topic at work; undo leaves it."""
        if self.desk is not None:
            at_work = self.at_work
            self.session = self.desk.everywhere(
                lambda session: add_minutes(session, part, 1, at_work)
            )

    def on_file_written(self, message: FileWritten) -> None:
        """Say what the file does not take; take over what somebody else wrote into it."""
        self._heard(message)

    def on_journal_written(self, message: JournalWritten) -> None:
        """Count what is kept."""
        self._heard(message)

    def _heard(self, message: FileWritten | JournalWritten) -> None:
        if self.desk is not None:
            self.session = self.desk.take(message)
            self._count()

    def _count(self) -> None:
        if self.desk is not None:
            self.keeping = self.desk.keeping
            self.trouble = self.desk.trouble

    def _look_at_disks(self) -> None:
        if self.desk is not None:
            self._count()
            if news := self.desk.take_news():
                self.say(news)
            changes, looks = self._quiet
            self._quiet = (
                (changes, looks + 1) if changes == self.desk.changes else (self.desk.changes, 0)
            )
            if self._quiet[1] == VERIFY_AFTER:
                self._verify(self.desk)

    @work(exclusive=True, group="verifying")
    async def _verify(self, desk: OpenDocument) -> None:
        """See whether what is kept would serve; nothing waits for it."""
        changes = desk.changes
        with suppress(OSError):
            if wrong := await run_in_background(desk.wrong_files):
                self.say(wrong[0], wrong=True)
            else:
                self._verified = changes, f"{self.fresh.now():%H:%M}"

    @property
    def verified(self) -> str:
        """Until when it is known that what is kept would serve, as a sentence; empty for never."""
        changes, at = self._verified
        if not at or self.desk is None:
            return ""
        return f"Verified {at}." if changes == self.desk.changes else f"Not verified since {at}."

    def on_draft_changed(self, _: DraftChanged) -> None:
        """Have the lines kept that are being typed."""
        if self.desk is not None:
            self.desk.draft(self.fresh.drafts.dumped())

    def on_say(self, message: Say) -> None:
        """Show a sentence in the status line."""
        self.say(message.text, wrong=message.wrong)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a sentence in the status line."""
        self.said = (text, wrong)
        self.refresh_bindings()
