"""The line when many lines come at once: counted before they are kept, and read in the meantime."""

import asyncio

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.fresh import Fresh
from tui.messages import Edit
from tui.text import plain
from tui.widgets.line_input import LineInput
from tui.widgets.line_place import Place
from tui.widgets.pasted_lines import PastedLines
from tui.widgets.session_widget import SessionWidget

GROUP = "kept"
"""The workers that read a long paste; the App waits for them before it leaves."""


class LinePaste(SessionWidget, Widget):
    """Shows what a paste will make; Enter keeps it, as one change; Esc keeps none of it."""

    def __init__(self, fresh: Fresh, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._fresh = fresh
        self._place = Place("new", "", "")
        self.pasted: PastedLines | None = None

    def paste_kept(self, last: str) -> None:
        """What was pasted is kept; ``last`` is the id of the last activity, or empty."""
        raise NotImplementedError

    def tell(self, sentence: str, *, wrong: bool = False) -> None:
        """Say something where the preview stands."""
        said = Content.styled(plain(sentence), "$text-error" if wrong else "")
        self.query_one("#line-preview", Static).update(said, layout=False)

    def on_line_input_lines_pasted(self, event: LineInput.LinesPasted) -> None:
        """Say how many post-its the paste will make, before it makes them."""
        at, before = self._place, self._place.mode == "before"
        pasted = self.pasted = PastedLines(
            event.lines,
            self.session,
            self._fresh.today(),
            self._fresh.seed(),
            stage=at.stage,
            after="" if before else at.activity,
            before=at.activity if before else "",
        )
        if pasted.small:
            pasted.make(self.session)
            self._paste_read(pasted)
        else:
            self._read_long(pasted)

    @work(exclusive=True, group=GROUP)
    async def _read_long(self, pasted: PastedLines) -> None:
        """Read a long paste while keys are answered."""
        try:
            for done in pasted.read():
                if pasted is self.pasted:
                    self.tell(f"Reading {done:,} of {len(pasted.lines):,} lines. Esc keeps none.")
                await asyncio.sleep(0)
            await asyncio.to_thread(pasted.make, self.session)
        except asyncio.CancelledError:
            if pasted.wanted:
                # The screen is left while it reads; what Enter kept is kept none the less.
                self.app.post_message(Edit(pasted.label, pasted.finish))
            raise
        self._paste_read(pasted)

    def _paste_read(self, pasted: PastedLines) -> None:
        if pasted.wanted:
            self._keep_paste(pasted)
        else:
            self.tell(pasted.said(), wrong=bool(pasted.wrong))

    def want_paste(self) -> None:
        """Enter: keep it, now or as soon as it is read."""
        if self.pasted and self.pasted.ready:
            self._keep_paste(self.pasted)
        elif self.pasted:
            self.pasted.wanted = True

    def leave_paste(self) -> None:
        """Keep none of it, but for what Enter has kept already."""
        if self.pasted and not self.pasted.wanted:
            self.workers.cancel_group(self, GROUP)
        self.pasted = None

    def _keep_paste(self, pasted: PastedLines) -> None:
        shown = pasted is self.pasted
        wrong = pasted.wrong or not self.attempt_or_say(pasted.label, pasted.change)
        if wrong and shown:
            self.tell(pasted.said(), wrong=True)
        elif shown:
            self.pasted = None
            self.paste_kept(pasted.last)
