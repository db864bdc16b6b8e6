"""Copies text: the terminal is asked to take it, and a file has it where no terminal answers.

A terminal never says whether it took what it was sent (OSC 52), so the path is always said.
"""

from functools import partial
from pathlib import Path

from offwall.model.store import disk
from offwall.tui.kit.copying import CopyWanted
from offwall.tui.services.editing import Editing
from offwall.tui.services.port import Port
from offwall.tui.terminal.worker import run_in_background

MOST_SENT = 70_000
"""Bytes that terminals take at once; of more they take nothing, or a part."""


class Clipboard:
    """What was copied last lies in the session's folder among the user's own state."""

    def __init__(self, port: Port, editing: Editing) -> None:
        self._port, self._editing = port, editing

    def copy(self, wanted: CopyWanted) -> None:
        """Copy a text, and say where it is."""
        data = wanted.text.encode()
        sent = len(data) <= MOST_SENT
        if sent:
            self._port.copy_to_clipboard(wanted.text)
        if (document := self._editing.document) is not None:
            target = document.folder / f"copied.{'tsv' if wanted.table else 'txt'}"
            said = f"Copied {wanted.what}" if sent else f"{wanted.what} are too much for a terminal"
            work = self._write(target, data, said)
            self._port.run_worker(work, group="copying", exclusive=True)

    async def _write(self, target: Path, data: bytes, said: str) -> None:
        try:
            await run_in_background(partial(_put, target, data))
        except OSError as error:
            why = disk.os_reason(error)
            self._port.say(f"{said}; no file could be written: {why}.", wrong=True)
        else:
            self._port.say(f"{said}. Where nothing pastes, it is in {target}", file=target)


def _put(target: Path, data: bytes) -> None:
    disk.make_folder(target.parent)
    disk.replace_private(target, data, durable=False)
