"""Part 3's photos of the wall: which there are, and which are still to be filed by somebody."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from model.edits.photos import new_photo_id, remove_photo
from model.edits.records import by_key, shifted
from model.photo_facts import PhotoState, State, say_facts, say_photo
from model.session import Photo, Session
from tui.fresh import Fresh
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Cell, Row
from tui.widgets.session_widget import SessionWidget

FITS = (
    Fit("file", "File"),
    Fit("shows", "What it shows"),
    Fit("by", "Taken by", 16, wide=28),
    Fit("state", "Here", 10, wide=14),
    Fit("facts", "Its file", 44, least=150),
)
EMPTY = "No photo of the wall yet. Press n: its file, or who took it and has it."

TAKE = "If it is, e and then Enter twice take it as it is now."

LOOKS = {
    State.FILED: ("filed", "good"),
    State.MISSING: ("missing", "wrong"),
    State.CHANGED: ("changed", "wrong"),
    State.UNUSABLE: ("unusable", "wrong"),
}
"""How a photo's file is called in its row, and the look of that."""


class PhotoList(SessionWidget, FittedList):
    """The photos in their order. What takes a disk is asked of the App."""

    class Wanted(Message):
        """A photo is to be changed, or a new one listed; ``seed`` is for its id."""

        def __init__(self, photo: Photo | None, seed: str) -> None:
            super().__init__()
            self.photo = photo
            self.seed = seed

    class LookWanted(Message):
        """The photos' files are to be looked at: there are others than before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New", id="photo.new", tooltip="List a photo of the wall"),
        Binding("enter,e", "edit", "Edit", id="photo.edit", tooltip="Change what is said of it"),
        Binding("x", "remove", "Remove", id="photo.remove", tooltip="Take it off the list"),
        Binding("J", "shift(1)", "Move down", show=False, id="photo.down"),
        Binding("K", "shift(-1)", "Move up", show=False, id="photo.up"),
    ]

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(FITS, empty=EMPTY, id="photos")
        self._fresh = fresh
        self._states: Mapping[str, PhotoState] = {}

    def on_mount(self) -> None:
        """Follow what the App finds on the disk; look now, for a file may have gone meanwhile."""
        self.watch(self.app, "photo_states", self._found)
        if self.session.photos:
            self.post_message(self.LookWanted())

    def _found(self, states: Mapping[str, PhotoState]) -> None:
        self._states = states
        self.rebuild()

    def watch_session(self, before: Session, session: Session) -> None:
        """Show the photos; have those looked at that are new or another file's."""
        self.rebuild()
        if before.photos != session.photos and self.is_mounted:
            self.post_message(self.LookWanted())

    def rebuild(self) -> None:
        """Make the rows."""
        self.put([self._made_of(photo) for photo in self.session.photos])

    @property
    def photo(self) -> Photo | None:
        """The photo under the cursor."""
        return next((photo for photo in self.session.photos if photo.id == self.key), None)

    def said(self) -> str:
        """The photo under the cursor: what it shows, and what is wrong with it or known of it."""
        if not (photo := self.photo):
            return ""
        return " · ".join(text for text in (photo.caption, self._said_of(photo)) if text)

    def _said_of(self, photo: Photo) -> str:
        if not photo.path:
            return "to be filed; when it is here, e names its file"
        state = self._states.get(photo.id)
        if state and state.state is State.CHANGED:
            return f"{state.sentence} {TAKE}"
        return (state.sentence if state else "") or say_facts(photo)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a photo is dimmed while there is none."""
        if action in ("edit", "remove", "shift") and not self.photo:
            return None
        return True

    def action_new(self) -> None:
        """Ask for a photo and list it."""
        seed = self._fresh.seed()
        self.go_to(new_photo_id(seed))
        self.post_message(self.Wanted(None, seed))

    def action_edit(self) -> None:
        """Ask what is different about a photo."""
        if self.photo:
            self.post_message(self.Wanted(self.photo, ""))

    def action_remove(self) -> None:
        """Take the photo off the list."""
        if found := self.photo:
            label = f"Removed photo {say_photo(found)}"
            self.attempt_or_say(label, lambda s: remove_photo(s, found.id))

    def action_shift(self, by: int) -> None:
        """Move the photo up or down."""
        if found := self.photo:
            self.attempt_or_say(
                f"Moved photo {say_photo(found)}",
                lambda s: shifted(s, "photos", by_key(s, "photos", found.id), by),
            )

    def _made_of(self, photo: Photo) -> Row:
        state = self._states.get(photo.id)
        cells: dict[str, Cell] = {
            "file": photo.path or ("to be filed", "open"),
            "shows": photo.caption,
            "by": photo.taken_by,
            "state": LOOKS[state.state] if state and photo.path else "",
            "facts": say_facts(photo),
        }
        return Row(photo.id, tuple(cells[name] for name in self.shown))
