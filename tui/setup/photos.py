"""Photos of the wall: their list, which says the one under the cursor in full."""

from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from offwall.model.records import Session
from offwall.model.records.session import Photo
from offwall.model.setup.photos import (
    PHOTOS,
    PhotoFileState,
    PhotoStatus,
    new_photo_id,
    say_facts,
    say_photo,
)
from offwall.tui.kit import Context, ListCell
from offwall.tui.kit.frame import facts, headed
from offwall.tui.kit.keys import Here, Need, Outcome, foot, key, keys
from offwall.tui.kit.messages import PhotosLookWanted, PhotoWanted
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.kit.session_widget import app_state, follow

PHOTO_COLUMNS = (
    FittedColumn("file", "File"),
    FittedColumn("shows", "What it shows"),
    FittedColumn("stage", "Stage", 6, least=70),
    FittedColumn("by", "Taken by", 16, wide=28, whole=True),
    FittedColumn("state", "Its file", 10, wide=14),
)
NO_PHOTOS = "No photo of the wall yet. Press n: its file, or who took it and has it."

TAKE_AS_IT_IS = "If it is, e and then Enter twice take it as it is now."

PHOTO_STATE_LOOKS = {
    PhotoFileState.FILED: ("filed", "good"),
    PhotoFileState.MISSING: ("missing", "wrong"),
    PhotoFileState.CHANGED: ("changed", "wrong"),
    PhotoFileState.UNUSABLE: ("unusable", "wrong"),
}
"""How a photo's file is called in its row, and the look of that."""


def new(at: Here, _: Photo | None) -> Outcome:
    """List a photo of the wall."""
    seed = at.fresh.seed()
    return Outcome(go=new_photo_id(seed), post=PhotoWanted(None, seed))


def edit(_: Here, photo: Photo) -> Outcome:
    """Change what is said of it."""
    return Outcome(post=PhotoWanted(photo, ""))


def remove(_: Here, photo: Photo) -> Outcome:
    """Take it off the list."""
    return Outcome(f"Removed photo {say_photo(photo)}", lambda s: PHOTOS.remove(s, photo.id))


def shift(_: Here, photo: Photo, by: int) -> Outcome:
    """Move the photo up or down."""
    return Outcome(f"Moved photo {say_photo(photo)}", lambda s: PHOTOS.move(s, photo.id, by))


PHOTO = Need(lambda at: at.record, "There is no photo yet: n lists one.")


class PhotoList(RecordList):
    """The photos in their order. What takes a disk is asked of the App."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "photo",
        foot("n", "new", "New", new),
        foot("enter,e", "edit", "Edit", edit, needs=PHOTO),
        foot("x", "remove", "Remove", remove, needs=PHOTO),
        key("J", "down", "Move down", partial(shift, by=1), "", PHOTO),
        key("K", "up", "Move up", partial(shift, by=-1), "", PHOTO),
    )

    def __init__(self, fresh: Context) -> None:
        super().__init__(PHOTO_COLUMNS, empty=NO_PHOTOS, id="photos")
        self.fresh = fresh

    def on_mount(self) -> None:
        """Follow what the App finds on the disk; look now, for a file may have gone meanwhile."""
        follow(self, lambda state: state.photo_states, lambda _: self.rebuild())
        if self.session.photos:
            self.post_message(PhotosLookWanted())

    def watch_session(self, before: Session, session: Session) -> None:
        """Show the photos; have those looked at that are new or another file's."""
        self.rebuild()
        if before.photos != session.photos and self.is_mounted:
            self.post_message(PhotosLookWanted())

    def rebuild(self) -> None:
        """Make the rows."""
        rows = []
        for photo in self.session.photos:
            state = self._state_of(photo)
            cells: dict[str, ListCell] = {
                "file": photo.path or ("to be filed", "open"),
                "shows": photo.caption,
                "stage": photo.stage,
                "by": photo.taken_by,
                "state": PHOTO_STATE_LOOKS[state.state] if state and photo.path else "",
            }
            rows.append(self.row(photo.id, cells))
        self.put(rows)
        for words in self.siblings:
            words.refresh()

    def _state_of(self, photo: Photo) -> PhotoStatus | None:
        return app_state(self).photo_states.get(photo.id)

    @property
    def record(self) -> Photo | None:
        """The photo under the cursor."""
        return next((photo for photo in self.session.photos if photo.id == self.key), None)

    def words(self, key: str) -> Content:
        """A photo in full: what it shows, and what is wrong with it or known of it."""
        if not (photo := self.record):
            return Content("")
        if not photo.path:
            filed = "to be filed; when it is here, e names its file"
            return headed(facts(say_photo(photo), [filed]))
        state = self._state_of(photo)
        said = (state.sentence if state else "") or say_facts(photo)
        if state and state.state is PhotoFileState.CHANGED:
            said = f"{state.sentence} {TAKE_AS_IT_IS}"
        return headed(facts(say_photo(photo), (photo.caption, said)))
