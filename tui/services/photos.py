"""Photos on this computer: listed from a path, copied beside the session, and looked after."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.reactive import reactive

from offwall.model.records.session import Photo
from offwall.model.setup import PhotoFileState, PhotoStatus
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.session_widget import EditRequester
from offwall.tui.services.background import run_in_background
from offwall.tui.services.editing import EditingApp
from offwall.tui.services.session_files import free_name

if TYPE_CHECKING:
    from offwall.tui.services.photo_form import OutsidePhoto
    from offwall.tui.setup.photos import PhotoList

FOLDER_SECONDS = 1.0
"""Seconds that Tab waits for a folder to be looked through."""

COPY, LEAVE = "Copy it beside the session file", "Leave it where it is, and do not list it"


class PhotosApp(EditingApp, EditRequester):
    """Does for the photos what takes a disk; none of it holds up the screen."""

    photo_states: reactive[Mapping[str, PhotoStatus]] = reactive({}, init=False)
    """What has become of each photo's file, as far as it was looked at, by the photo's id."""

    photo_asked = False
    """Whether it was asked in this run if there is a photo of the wall."""

    _copying = False
    _folder = Path()

    def open_document(self, path: Path) -> None:
        """Put a session file on the desk; of another session nothing is known.

        Raises `model.store.store.StoreError` where it cannot be read.
        """
        super().open_document(path)
        from offwall.model.store import photos_folder

        self.photo_asked = self._copying = False
        # Asked now, while the disk answers: later, a link to a file on a lost share might hang.
        self._folder = photos_folder(path)
        self.set_reactive(PhotosApp.photo_states, {})

    def on_photo_question_asked(self) -> None:
        """It is not asked again before the program ends, whether it is answered or not."""
        self.photo_asked = True

    @work(exclusive=True, group="photos")
    async def on_photo_list_look_wanted(self) -> None:
        """Look at the photos' files, and say what is wrong with them."""
        from offwall.model.store.photo_images import photo_states as states

        before = self.photo_states
        found = await run_in_background(partial(states, self.session, self._folder))
        self.photo_states = found
        wrong = [key for key, state in found.items() if state.state is not PhotoFileState.FILED]
        new = [key for key in wrong if before.get(key) != found[key]]
        if new:
            more = f" And {len(wrong) - 1} more in the list." if len(wrong) > 1 else ""
            self.say(found[new[0]].sentence + more, wrong=True)

    @work
    async def on_photo_list_wanted(self, message: "PhotoList.Wanted") -> None:
        """Ask for a photo, read its file, and list it."""
        folder = self._folder
        # Loaded when it is wanted: a start is not to wait for it.
        from offwall.model.setup.photos import PHOTO_SUFFIXES, PHOTOS
        from offwall.tui.kit.path_form import PathForm
        from offwall.tui.kit.setup_list import fields_of
        from offwall.tui.services.photo_form import PhotoEntry

        photo = message.photo or Photo("")
        entry = PhotoEntry(folder, photo, message.seed, self.refusal)
        form = PathForm(
            "A photo of the wall",
            fields_of(PHOTOS, self.session, message.photo),
            entry.check,
            partial(complete_path, folder, PHOTO_SUFFIXES),
        )
        if await self.push_screen_wait(form) is None:
            return
        path = ""
        if entry.elsewhere:
            path = await self._copied(entry.elsewhere, folder)
            if not path:
                return
        # Something else may have been changed while a picture was copied.
        self.attempt_or_say(entry.label(path), entry.change(path))

    async def _copied(self, found: "OutsidePhoto", folder: Path) -> str:
        """The name of the copy beside the session; empty where none was made. Asked once."""
        about = f"{found.path} is not in the session's folder, {folder}."
        if not self._copying:
            question = Choice("The picture is elsewhere", [COPY, LEAVE], about)
            if await self.push_screen_wait(question) != 0:
                self.say("The photo was not listed.")
                return ""
        self._copying = True
        self.say(f"Copying {found.path.name} ...")
        from offwall.model.store import ExportError

        try:
            return await run_in_background(partial(_copy, found, folder))
        except (ExportError, OSError) as sentence:
            self.say(str(sentence), wrong=True)
            return ""


async def complete_path(folder: Path, suffixes: tuple[str, ...], typed: str) -> Sequence[str]:
    """What a path may become; nothing where its folder does not answer soon."""
    from offwall.model.store.photo_files import photo_completions

    looking = run_in_background(partial(photo_completions, folder, typed, suffixes))
    await asyncio.wait([looking], timeout=FOLDER_SECONDS)
    return looking.result() if looking.done() else ()


def _copy(found: "OutsidePhoto", folder: Path) -> str:
    """Write the copy under a name that nothing bears, and say which.

    Raises `model.store.files.ExportError`.
    """
    from offwall.model.store import ExportError, write_output

    while True:
        path = free_name(folder / found.name)
        try:
            return write_output(path, found.content).name
        except ExportError:
            if not os.path.lexists(path):
                raise
