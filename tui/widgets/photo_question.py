"""The line over part 2 that asks once for a photo of the wall: here the notes come off it.

No dialog asks, for the next post-it may already be on its way: the line waits for one key, and
stands in nobody's way until then.
"""

from textual import work
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from model.edits.photos import answer_later, answer_taken, name_taker, new_photo_id, to_ask
from model.session import Photo
from tui.dialogs.form import Answers, Field, Form
from tui.fresh import Fresh
from tui.widgets.session_widget import SessionWidget

ASK = "Notes come off the wall here. Was a photo of it taken?"
ASK_SHORT = "Photo of the wall taken?"
WHO = "The photo is on the list, to be filed in part 3."
WHO_SHORT = "The photo is to be filed."
WIDE = 78
"""Cells from which there is room for the longer words."""


class PhotoQuestion(SessionWidget, Widget):
    """Asks for the photo; then, once, who took it. It is there only while it asks."""

    DEFAULT_CSS = """
    PhotoQuestion {
        height: 1; padding: 0 1; display: none;
        color: $text-warning; background: $warning-muted;
    }
    PhotoQuestion.-asks { display: block; }
    """

    class Asked(Message):
        """It is being asked."""

    def __init__(self, fresh: Fresh) -> None:
        super().__init__()
        self._fresh = fresh
        self._silent = False
        self._made = ""

    def on_mount(self) -> None:
        """Ask, unless it was asked in this run, or nothing can be changed."""
        app = self.app
        self._silent = bool(getattr(app, "photo_asked", False) or getattr(app, "refused", ""))
        self.watch_session()
        if self.asks:
            self.post_message(self.Asked())

    @property
    def _nameless(self) -> Photo | None:
        """The photo that was said to be taken here, while nobody is named with it."""
        made = (photo for photo in self.session.photos if photo.id == self._made)
        return next((photo for photo in made if not (photo.taken_by or photo.path)), None)

    @property
    def asks(self) -> bool:
        """Whether there is something to answer."""
        return not self._silent and (to_ask(self.session) or self._nameless is not None)

    def watch_session(self) -> None:
        """Be there as long as there is something to answer."""
        if self.is_mounted:
            self.set_class(self.asks, "-asks")
            self.refresh()

    def yes(self) -> None:
        """There is one: list it; asked again, say who took it."""
        if self._nameless:
            self._ask_who(self._nameless.id)
            return
        seed = self._fresh.seed()
        self._made = new_photo_id(seed)
        self.attempt_or_say(
            "Photo of the wall taken, to be filed", lambda s: answer_taken(s, seed=seed)
        )

    def later(self) -> None:
        """There is none yet, or nobody says who took it."""
        if self._nameless:
            self._silent = True
            self.watch_session()
        else:
            self.attempt_or_say("Photo of the wall: later", answer_later)

    @work
    async def _ask_who(self, photo: str) -> None:
        def keep(said: Answers) -> str:
            name = said["taken_by"]
            return self.attempt(f"Photo taken by {name}", lambda s: name_taker(s, photo, name))

        names = [person.name for person in self.session.people]
        field = Field("taken_by", "Taken by", "", "Who has it, and will file it.", names)
        await self.app.push_screen_wait(Form("The photo of the wall", [field], keep))

    def render(self) -> RenderResult:
        """The question and its two keys."""
        wide = self.size.width >= WIDE
        if self._nameless:
            said, keys = WHO if wide else WHO_SHORT, (("Y", "who took it"), ("A", "not now"))
        else:
            said, keys = ASK if wide else ASK_SHORT, (("Y", "yes"), ("A", "later"))
        parts = [Content.assemble("  ", (key, "bold"), f" {words}") for key, words in keys]
        return Content.assemble(said, " ", *parts)
