"""The output half of the driver: what is sent never makes the editor wait for the line."""

import os

from textual.drivers._writer_thread import WriterThread

from tui.terminal.output import Output
from tui.terminal.reading import Reading

SHORT = 64
"""What sets the terminal up is no longer than this, and is sent however the line stalls."""

STDOUT, STDERR = 1, 2

LAST_WORDS = 0.5
"""Seconds that a line has to take what gives the terminal back."""


class Writing(Reading):
    """Sends what Textual draws, as it comes; leaves frames out where the line stalls."""

    _output: Output | None = None

    def write(self, data: str) -> None:
        """Have data sent."""
        self._send(data, needed=len(data) <= SHORT)

    def _send(self, data: str, *, needed: bool) -> None:
        if self._output is not None:
            self._output.write(data, needed=needed)

    def _flows(self) -> None:
        """The line flows again, and frames were left out. Runs in the thread that writes."""
        self._loop.call_soon_threadsafe(self._catch_up)

    def _catch_up(self) -> None:
        self._app.refresh(layout=True)

    def start_application_mode(self) -> None:
        """Begin, or come back after a suspension."""
        # Textual draws on standard error, which may be going to a file: `offwall x.toml 2>log`.
        self._output = Output(next(filter(os.isatty, (STDERR, STDOUT)), STDERR), self._flows)
        super().start_application_mode()
        # The framework's own writer, which would stand still with the line, has nothing to do.
        writer: WriterThread | None = self._writer_thread
        if writer is not None:
            writer.stop()
            self._writer_thread = None

    def close(self) -> None:
        """Send what waits, and nothing more."""
        super().close()
        if self._output is not None:
            self._output.stop(LAST_WORDS)
            self._output = None
