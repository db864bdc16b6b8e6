"""Photos on this computer: listed from a path, copied beside the session, and looked after."""

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records import Session
from offwall.model.records.changes import once
from offwall.model.records.session import Photo
from offwall.model.store import ExportError, write_output
from offwall.tui.kit.form import Choice, PathForm
from offwall.tui.kit.messages import Edit
from offwall.tui.services.port import Port
from offwall.tui.services.session_files import free_name
from offwall.tui.terminal.worker import run_in_background

if TYPE_CHECKING:
    from offwall.tui.services.photo_form import OutsidePhoto

FOLDER_SECONDS = 1.0
"""Seconds that Tab waits for a folder to be looked through."""

COPY, LEAVE = "Copy it beside the session file", "Leave it where it is, and do not list it"


class Photos:
    """Does for the photos what takes a disk; none of it holds up the screen."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self._copying = False
        self._folder = Path()

    def begin(self, path: Path) -> None:
        """Another session file is open; of its photos nothing is known."""
        from offwall.model.store import photos_folder

        self._copying = False
        # Asked now, while the disk answers: later, a link to a file on a lost share might hang.
        self._folder = photos_folder(path)
        self._port.state = replace(self._port.state, photo_asked=False, photo_states={})

    def asked(self) -> None:
        """It is not asked again before the program ends, whether it is answered or not."""
        self._port.state = replace(self._port.state, photo_asked=True)

    def look(self) -> None:
        """Look at the photos' files, and say what is wrong with them."""
        self._port.run_worker(self._look(), group="photos", exclusive=True)

    async def _look(self) -> None:
        from offwall.model.setup.photos import PhotoFileState
        from offwall.model.store.photo_files import photo_states

        before = self._port.state.photo_states
        found = await run_in_background(partial(photo_states, self._port.session, self._folder))
        self._port.state = replace(self._port.state, photo_states=found)
        wrong = [key for key, state in found.items() if state.state is not PhotoFileState.FILED]
        new = [key for key in wrong if before.get(key) != found[key]]
        if new:
            more = f" And {len(wrong) - 1} more in the list." if len(wrong) > 1 else ""
            self._port.say(found[new[0]].sentence + more, wrong=True)

    def add(self, photo: Photo | None, seed: str) -> None:
        """Ask for a photo, or what is said of one; read its file, and list it."""
        self._port.run_worker(self._add(photo, seed))

    async def _add(self, photo: Photo | None, seed: str) -> None:
        folder = self._folder
        # Loaded when it is wanted: a start is not to wait for it.
        from offwall.model.setup.photos import PHOTO_SUFFIXES, PHOTOS
        from offwall.tui.kit.setup_list import fields_of
        from offwall.tui.services.photo_form import PhotoEntry

        entry = PhotoEntry(folder, photo or Photo(""), seed, self._refusal)
        form = PathForm(
            "A photo of the wall",
            fields_of(PHOTOS, self._port.session, photo),
            entry.check,
            partial(complete_path, folder, PHOTO_SUFFIXES),
        )
        if await self._port.ask(form) is None:
            return
        path = ""
        if entry.elsewhere:
            path = await self._copied(entry.elsewhere, folder)
            if not path:
                return
        # Something else may have been changed while a picture was copied.
        change = once(entry.change(path))
        if wrong := self._refusal(change):
            self._port.say(wrong, wrong=True)
        else:
            self._port.post_message(Edit(entry.label(path), change))

    def _refusal(self, change: Callable[[Session], Session]) -> str:
        return self._port.refusal(self._port.session, change)

    async def _copied(self, photo: "OutsidePhoto", folder: Path) -> str:
        """The name of the copy beside the session; empty where none was made. Asked once."""
        about = f"{photo.path} is not in the session's folder, {folder}."
        if not self._copying:
            question = Choice("The picture is elsewhere", [COPY, LEAVE], about)
            if await self._port.ask(question) != 0:
                self._port.say("The photo was not listed.")
                return ""
        self._copying = True
        self._port.say(f"Copying {photo.path.name} ...")
        try:
            return await run_in_background(partial(_copy, photo, folder))
        except (ExportError, OSError) as sentence:
            self._port.say(str(sentence), wrong=True)
            return ""


async def complete_path(folder: Path, suffixes: tuple[str, ...], typed: str) -> Sequence[str]:
    """What a path may become; nothing where its folder does not answer soon."""
    from offwall.model.store.photo_files import photo_completions

    looking = run_in_background(partial(photo_completions, folder, typed, suffixes))
    await asyncio.wait([looking], timeout=FOLDER_SECONDS)
    return looking.result() if looking.done() else ()


def _copy(photo: "OutsidePhoto", folder: Path) -> str:
    """Write the copy under a name that nothing bears, and say which. Raises `ExportError`."""
    while True:
        path = free_name(folder / photo.name)
        try:
            return write_output(path, photo.content).name
        except ExportError:
            if not os.path.lexists(path):
                raise
