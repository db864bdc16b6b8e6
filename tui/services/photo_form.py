"""The form of one photo: its file is read before the form that names it closes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.request import url2pathname

from offwall.model.records import Session
from offwall.model.records.session import Photo
from offwall.model.setup.photos import (
    PhotoFacts,
    add_photo,
    change_photo,
    photo_file_name,
    relative_photo_path,
    say_photo,
)
from offwall.model.store.photo_files import (
    MissingPhotoError,
    PhotoError,
    facts_here,
    read_elsewhere,
)
from offwall.tui.kit import Answers
from offwall.tui.services.session_files import expanded
from offwall.tui.terminal.worker import run_in_background

PhotoChange = Callable[[Session], Session]

PICTURE_SECONDS = 1.5
"""Seconds that a key waits for a picture to be read."""

FILE_URL = "file://"

PRESS_AGAIN = "Press Enter again in a moment."


@dataclass(frozen=True, slots=True)
class OutsidePhoto:
    """A picture that is not in the session's folder: what it holds, and a name for its copy."""

    path: Path
    content: bytes

    @property
    def name(self) -> str:
        """What the copy is called where nothing else is."""
        return photo_file_name(self.path.name)


ReadPhoto = tuple[str | OutsidePhoto, PhotoFacts]
"""A picture, by its path where it is in the session's folder, and what it says of itself."""


class PhotoEntry:
    """What a form says of a photo, tried step by step. ``refusal`` tries a change on the session.

    A file that is not there, or is another than the one that was listed, is said first; the same
    answer again takes it so.
    """

    def __init__(
        self, folder: Path, photo: Photo, seed: str, refusal: Callable[[PhotoChange], str]
    ) -> None:
        self.elsewhere: OutsidePhoto | None = None
        self._folder, self._photo, self._seed = folder, photo, seed
        self._refusal = refusal
        self._said: Answers = {}
        self._facts: PhotoFacts | None = None
        self._warned = ""
        self._reading: tuple[str, asyncio.Future[ReadPhoto]] | None = None

    async def check(self, answers: Answers) -> str:
        """Try the answers; the sentence that says what is wrong, or nothing."""
        typed = as_dropped(answers["path"].strip())
        path = Path(typed).as_posix() if typed else ""
        self._said, self._facts, self.elsewhere = {**answers, "path": path}, None, None
        # What needs no disk is said at once.
        if not _is_elsewhere(path) and (wrong := self._refusal(self.change())):
            return wrong
        if path and (wrong := await self._read(path)):
            return wrong
        return self._refusal(self.change(self.elsewhere.name if self.elsewhere else ""))

    def change(self, path: str = "") -> PhotoChange:
        """The change that the answers ask for; ``path`` is that of a copy, where one was made."""
        values = {**self._said, "path": path or self._said["path"]}
        photo, facts, seed = self._photo.id, self._facts, self._seed
        if photo:
            return lambda session: change_photo(session, photo, **values, facts=facts)
        return lambda session: add_photo(session, seed=seed, **values, facts=facts)

    def label(self, path: str = "") -> str:
        """The change in words."""
        verb = "Changed photo" if self._photo.id else "Photo"
        said = Photo("", path or self._said["path"], taken_by=self._said["taken_by"])
        return f"{verb} {say_photo(said)}" + ("" if said.path else ", to be filed")

    async def _read(self, path: str) -> str:
        try:
            found, facts = await self._soon(path)
        except TimeoutError:
            return f"{path} is slow to read. {PRESS_AGAIN}"
        except MissingPhotoError as sentence:
            if _is_elsewhere(path):
                return str(sentence)
            return self._once(path, str(sentence), "lists it all the same")
        except PhotoError as sentence:
            # Where only the words about it change, its file is as it was.
            return "" if path == self._photo.path else str(sentence)
        self._facts = facts
        if isinstance(found, OutsidePhoto):
            self.elsewhere = found
            return ""
        self._said = {**self._said, "path": found}
        return self._taken(found, facts)

    def _taken(self, path: str, photo_facts: PhotoFacts) -> str:
        known = self._photo.sha256.lower()
        if path == self._photo.path and known and photo_facts.sha256 != known:
            said = f"{path} has changed since it was listed."
            return self._once(path, said, "takes it as it is now")
        return ""

    def _once(self, path: str, sentence: str, what: str) -> str:
        known = path == self._photo.path and self._facts is None
        if known or self._warned == path:
            return ""
        self._warned = path
        return f"{sentence} Enter once more {what}."

    async def _soon(self, path: str) -> ReadPhoto:
        """Read a picture, or raise `TimeoutError`; asked again, it waits on for the same one."""
        if self._reading is None or self._reading[0] != path:
            self._reading = (path, run_in_background(partial(_read_picture, self._folder, path)))
        reading = self._reading[1]
        await asyncio.wait([reading], timeout=PICTURE_SECONDS)
        if not reading.done():
            raise TimeoutError
        self._reading = None
        return reading.result()


def as_dropped(typed: str) -> str:
    """The path in what a terminal types where a file is dropped on it: in quotes, or a URL."""
    if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"":
        typed = typed[1:-1]
    if typed.casefold().startswith(FILE_URL):
        return url2pathname(typed[len(FILE_URL) :])
    return typed


def _read_picture(folder: Path, typed: str) -> ReadPhoto:
    """Read a picture. One that is named in full may lie in the session's folder all the same."""
    path = typed
    if _is_elsewhere(typed):
        found = folder / expanded(Path(typed))
        try:
            path = relative_photo_path(found.resolve(), folder)
        except (OSError, ValueError, RuntimeError):  # a ring of links, or no name for a file at all
            path = ""
        if not path:
            content, facts = read_elsewhere(found)
            return OutsidePhoto(found, content), facts
    return path, facts_here(folder, path)


def _is_elsewhere(path: str) -> bool:
    """Whether a typed path leads out of the session's folder, by its words alone."""
    found = expanded(Path(path))
    return found.is_absolute() or ".." in found.parts
