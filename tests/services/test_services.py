"""The services on a port that is no App: what each does to the session and the state."""

import asyncio
import datetime as dt
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from textual.message import Message
from textual.screen import Screen

from offwall.model.records import Session
from offwall.model.store import StoreError, read_session
from offwall.tui.kit.context import AppState, Context
from offwall.tui.kit.messages import Edit
from offwall.tui.services import lock_file
from offwall.tui.services.co_editing import READ_ONLY_REFUSAL
from offwall.tui.services.live_line import LiveLineReader
from offwall.tui.services.lock_file import Opener
from offwall.tui.services.services import (
    GOES_ON,
    HELD,
    LET_GO,
    NOT_SHOWN,
    PAUSED,
    SHOWN,
    Services,
)
from offwall.tui.setup.setup_screen import SetupScreen
from tests.journey import TODAY
from tests.waiting import until

T = TypeVar("T")
NOW = dt.datetime.combine(TODAY, dt.time(14, 0), dt.UTC)


class Desk:
    """What the services stand on here: it notes what they ask, and answers questions as told."""

    def __init__(self) -> None:
        self.session = Session()
        self.state = AppState()
        self.fresh = Context(lambda: "seed", lambda: TODAY, now=lambda: NOW)
        self.posted: list[Message] = []
        self.work: list[Coroutine[Any, Any, object]] = []
        self.answers: list[Any] = []
        self.asked: list[Screen[Any]] = []
        self.left = False
        self.services = Services(self, self.leave)

    def leave(self) -> None:
        self.left = True

    def begin_session(self, session: Session) -> None:
        self.session = session

    def say(self, text: str, *, wrong: bool = False) -> None:
        self.state = replace(self.state, said=(text, wrong))

    def refusal(self, session: Session, change: Callable[[Session], Session]) -> str:
        return self.state.refused

    def post_message(self, message: Message) -> bool:
        self.posted.append(message)
        return True

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        return True

    def run_worker(
        self, work: Coroutine[Any, Any, object], *, group: str = "", exclusive: bool = False
    ) -> object:
        self.work.append(work)
        return work

    async def ask(self, question: Screen[T]) -> T | None:
        self.asked.append(question)
        answer: T | None = self.answers.pop(0)
        return answer

    def ask_then(self, question: Screen[T], answered: Callable[[T | None], None]) -> None:
        self.asked.append(question)
        answered(self.answers.pop(0))

    def do_work(self) -> None:
        """Do what was to be done beside the keys."""

        async def all_of_it() -> None:
            while self.work:
                await self.work.pop(0)

        asyncio.run(all_of_it())


@pytest.fixture
def desk(own_sample: Path) -> Iterator[Desk]:
    found = Desk()
    found.services.open(own_sample)
    yield found
    found.services.close()
    for work in found.work:
        work.close()


def test_a_change_goes_to_the_session_and_to_the_file_and_back(
    desk: Desk, own_sample: Path
) -> None:
    editing, before = desk.services.editing, desk.session
    assert editing.edit(Edit("Nobody", lambda session: replace(session, people=())))
    assert desk.session.people == ()
    assert desk.state.said == ("Nobody. u brings it back.", False)
    assert editing.document is not None
    assert editing.document.settled(60)
    assert read_session(own_sample).people == ()
    editing.undo()
    assert desk.session == before
    editing.undo()
    assert desk.state.said == ("Nothing to undo.", False)
    editing.edit(Edit("The same", lambda session: session))
    assert desk.state.said == ("Nothing was changed.", False)
    editing.redo()
    assert desk.session.people == ()


def test_nothing_is_changed_while_it_is_refused(desk: Desk) -> None:
    before, desk.state = desk.session, replace(desk.state, refused="Read only.")
    assert not desk.services.editing.edit(Edit("x", lambda session: replace(session, people=())))
    desk.services.editing.minute_passed("record")
    assert desk.session is before
    assert desk.state.said == ("Read only.", True)


@pytest.mark.parametrize(("answer", "left"), [(1, False), (2, True), (None, True)])
def test_who_has_it_open_is_asked_about(own_sample: Path, answer: int | None, left: bool) -> None:
    note = lock_file.create_lock_note(own_sample, Opener("ann", "elsewhere", 7, "2026-12-10T14:00"))
    desk = Desk()
    try:
        desk.services.open(own_sample)
        desk.services.co_editing.greet()
        desk.answers = [answer]
        desk.do_work()
        assert desk.left is left
        assert (desk.state.refused == READ_ONLY_REFUSAL) is not left
    finally:
        desk.services.close()
        assert note is not None
        lock_file.remove_lock_note(note)


def test_a_file_that_cannot_be_read_leaves_the_open_one(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[[")
    document = desk.services.editing.document
    with pytest.raises(StoreError):
        desk.services.open(broken)
    assert desk.services.editing.document is document
    assert desk.services.editing.edit(Edit("x", lambda session: replace(session, people=())))


def test_the_line_is_shared_until_the_key_or_the_end(desk: Desk, own_sample: Path) -> None:
    told, room = LiveLineReader(own_sample), desk.services.room

    def line() -> str:
        found = told.now()
        return found.line if found else ""

    room.typing("not yet")
    room.share()
    assert desk.state.sharing
    assert desk.state.said[0] == SHOWN
    room.typing("Hold a meeting")
    until(lambda: line() == "Hold a meeting")
    room.hold()
    assert (desk.state.holding, desk.state.said[0]) == (True, HELD)
    room.typing("Not for the room")
    until(lambda: line() == "")
    room.hold()
    assert (desk.state.holding, desk.state.said[0]) == (False, LET_GO)
    room.share()
    assert not desk.state.sharing
    assert desk.state.said[0] == NOT_SHOWN
    room.typing("Not any more")
    desk.services.close()
    assert not list(own_sample.parent.glob(".*.offwall-line"))


def test_the_clock_counts_for_the_part_that_is_open_unless_it_is_paused(desk: Desk) -> None:
    clock, used = desk.services.clock, desk.session.clock.record.used
    screen = SetupScreen(desk.session, desk.fresh)
    clock.minute(None)
    clock.minute(screen)
    assert desk.session.clock.record.used == used, "setting up is no part"
    desk.services.editing.minute_passed("record")
    assert desk.session.clock.record.used == used + 1
    clock.toggle(None)
    assert (desk.state.paused, desk.state.said[0]) == (True, PAUSED)
    clock.toggle(None)
    assert (desk.state.paused, desk.state.said[0]) == (False, GOES_ON)


def test_last_time_is_read_beside_the_keys_or_the_reason_is_said(desk: Desk) -> None:
    desk.services.history.look_back()
    desk.do_work()
    found, why = desk.state.looked_back
    assert found is None
    assert "not known" in why


def test_the_photos_are_looked_at_and_asked_for_once(desk: Desk) -> None:
    photo = replace(desk.session.photos[0], path="gone.jpg")
    desk.session = replace(desk.session, photos=(photo,))
    desk.services.photos.look()
    desk.do_work()
    assert set(desk.state.photo_states) == {photo.id}
    assert "gone.jpg" in desk.state.said[0]
    assert desk.state.said[1]
    assert not desk.state.photo_asked
    desk.services.photos.asked()
    assert desk.state.photo_asked


def test_leaving_says_nothing_where_all_is_in_the_file(desk: Desk) -> None:
    assert asyncio.run(desk.services.exports.leave()) == ""
    assert not desk.asked
