"""Part 3's photos of the wall: which there are, and which are still to be filed by somebody."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.edits.photos import add_photo, change_photo, new_photo_id, remove_photo
from model.edits.records import by_key, shifted
from model.session import Photo
from tui.dialogs.form import Answers, Field, Form
from tui.fresh import Fresh
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Row
from tui.widgets.session_widget import SessionWidget

FITS = (Fit("file", "File"), Fit("shows", "What it shows"), Fit("by", "Taken by", 18, wide=28))
EMPTY = "No photo of the wall yet. Press n: name its file, or who took it and will file it."
PATH_HINT = "Beside the session file, such as wall-1.jpg. Empty: to be filed."


class PhotoList(SessionWidget, FittedList):
    """The photos in their order."""

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

    def watch_session(self) -> None:
        """Show the photos."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows."""
        self.put([_row(photo) for photo in self.session.photos])

    @property
    def photo(self) -> Photo | None:
        """The photo under the cursor."""
        return next((photo for photo in self.session.photos if photo.id == self.key), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a photo is dimmed while there is none."""
        if action in ("edit", "remove", "shift") and not self.photo:
            return None
        return True

    @work
    async def action_new(self) -> None:
        """Ask for a photo and list it."""
        seed = self._fresh.seed()

        def keep(said: Answers) -> str:
            wrong = self.attempt(
                f"Photo {said['path'] or 'to be filed by ' + said['taken_by']}",
                lambda session: add_photo(session, seed=seed, **said),
            )
            if not wrong:
                self.go_to(new_photo_id(seed))
            return wrong

        await self.app.push_screen_wait(Form("A photo of the wall", self._fields(Photo("")), keep))

    @work
    async def action_edit(self) -> None:
        """Ask what is different about a photo."""
        if not (found := self.photo):
            return

        def keep(said: Answers) -> str:
            return self.attempt(
                f"Changed photo {said['path'] or 'to be filed'}",
                lambda session: change_photo(session, found.id, **said),
            )

        await self.app.push_screen_wait(Form("A photo of the wall", self._fields(found), keep))

    def _fields(self, photo: Photo) -> list[Field]:
        names = [person.name for person in self.session.people]
        return [
            Field("path", "File", photo.path, PATH_HINT),
            Field("caption", "What it shows", photo.caption, "Such as: stages 1 to 4."),
            Field("taken_by", "Taken by", photo.taken_by, "Who has it now.", names),
        ]

    def action_remove(self) -> None:
        """Take the photo off the list."""
        if found := self.photo:
            name = found.path or found.caption or found.taken_by
            self.attempt_or_say(f"Removed photo {name}", lambda s: remove_photo(s, found.id))

    def action_shift(self, by: int) -> None:
        """Move the photo up or down."""
        if found := self.photo:
            self.attempt_or_say(
                f"Moved photo {found.path or found.caption}",
                lambda s: shifted(s, "photos", by_key(s, "photos", found.id), by),
            )


def _row(photo: Photo) -> Row:
    path = photo.path or ("to be filed", "open")
    return Row(photo.id, (path, photo.caption, photo.taken_by))
