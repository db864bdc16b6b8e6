"""`offwall show`: what the room sees, that it follows, and that nothing there changes anything."""

import os
import re
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from textual.actions import parse

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import Action, Session
from offwall.model.review.progress import confirm, record_open_point
from offwall.model.store.session_file import encoded
from offwall.tui.kit.session_screen import SCREENS
from offwall.tui.kit.standing import Standing, standing
from offwall.tui.looks.settings import Settings
from offwall.tui.projector import show_app
from offwall.tui.projector.show_app import FOLLOW_SECONDS, SessionFollower, ShowApp
from offwall.tui.projector.show_views import NOT_SHOWN, large_text
from offwall.tui.services import file_watcher, live_line, terminal_app
from tests.nightly import rest_at_night
from tests.projector.showing import Room, room

UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
KEYS = "2rW31"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is looked at oftener than in an afternoon."""
    monkeypatch.setattr(show_app, "SessionFollower", partial(SessionFollower, every=0.01))
    monkeypatch.setattr(file_watcher, "SETTLE_SECONDS", 0.005)


def keep(path: Path, change: Callable[[Session], Session]) -> Session:
    """What the recorder's editor does: the file is replaced by another."""
    session = change(store.read_session(path))
    beside = path.with_name("new")
    beside.write_bytes(encoded(path, session))
    beside.replace(path)
    return session


def middle(hands: Room) -> str:
    """The row that is marked."""
    return next(row for row in hands.rows if "▶" in row)


def row(hands: Room) -> str:
    """The key of the row that the screen stands on."""
    return standing(hands.app.screen).row


def test_what_is_kept_and_where_one_goes_is_shown_within_a_second() -> None:
    # The recorder's file follows a keep by 0.3 s at most; then a look, and one that sees no more
    # change; reading the sample takes 10 ms.
    assert 0.3 + FOLLOW_SECONDS + file_watcher.SETTLE_SECONDS < 0.8
    assert terminal_app.LOOK_SECONDS + live_line.LINE_PAUSE_SECONDS + FOLLOW_SECONDS < 0.8


@pytest.mark.slow
async def test_without_a_recorder_the_template_follows_what_is_kept(own_sample: Path) -> None:
    async with room(own_sample) as hands:
        assert "S5.05" in middle(hands)
        await hands.sees("45 of 48 confirmed", "1 open", "makes the letters larger")
        activity = store.read_session(own_sample).in_order[0]
        keep(own_sample, lambda s: record_open_point(s, activity.id, "Who? ask [PO]"))
        await hands.sees("▶ S1.01", "Open: Who? ask [PO]", "44 of 48 confirmed", "2 open")
        keep(own_sample, lambda s: confirm(s, activity.id))
        await hands.until(lambda: "✓ agreed" in middle(hands))
        # Somebody looks elsewhere, and a change goes on without taking them away.
        await hands.press("j", "j")
        assert "S1.03" in middle(hands)
        await hands.sees("0 comes back")
        keep(own_sample, lambda s: record_open_point(s, s.in_order[-1].id, "When?"))
        await hands.sees("2 open")
        await hands.settle()
        assert "S1.03" in middle(hands)
        await hands.press("0")
        await hands.sees("▶ S8.0", "Open: When?")
        assert "0 comes back" not in hands.seen()


async def test_the_current_note_is_large_where_the_screen_is_wide(own_sample: Path) -> None:
    def large(hands: Room, text: str) -> bool:
        return all(line.rstrip() in hands.seen() for line in large_text(text, 110))

    async with room(own_sample, (120, 40)) as hands:
        assert large(hands, "Challenge and direct gold")
        assert large(hands, "contracts")
        assert large(hands, "Contract Assurance Board")
        assert large(hands, "Senior Responsible Officer")
    async with room(own_sample, (119, 40)) as hands:
        assert not large(hands, "contracts")
        await hands.sees("▶ S5.05", "Contract Assurance", "Senior Responsible")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_owners_and_leads_are_never_cut(size: tuple[int, int], own_sample: Path) -> None:
    long = "Assistant Director of Commissioning and Partnerships"
    first = store.read_session(own_sample).in_order[0]

    def named(session: Session) -> Session:
        roles = tuple(
            replace(one, name=long) if one.code == first.lead else one for one in session.roles
        )
        action = Action("n-new", "Buy a bigger wall", owner=first.lead)
        return record_open_point(
            replace(session, roles=roles, actions=(*session.actions, action)), first.id, "Who?"
        )

    keep(own_sample, named)
    async with room(own_sample, size) as hands:
        for key in "23":
            await hands.press(key, "g" if key == "2" else "G")
            words = " ".join(" ".join(hands.rows).split())
            assert "…" not in "".join(hands.rows[1:-3]), hands.seen()
            assert all(word in words for word in long.split()), hands.seen()


async def test_a_key_stays_though_the_file_comes_before_it_is_wholly_handled(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with room(own_sample) as hands:
        await hands.press("2")
        await hands.until(lambda: hands.app._looking is None)
        settle = hands.app.keys.settle

        async def followed() -> None:
            await settle()
            await hands.app._follow()

        monkeypatch.setattr(hands.app.keys, "settle", followed)
        await hands.press("g")
        assert "▶ S1 " in hands.seen()
        assert not hands.app.following


async def test_a_file_that_cannot_be_read_leaves_the_last_good_one(own_sample: Path) -> None:
    good = own_sample.read_bytes()
    async with room(own_sample) as hands:
        before = middle(hands)
        own_sample.unlink()
        await hands.sees("Shown as it was at", "is not there", before)
        own_sample.write_bytes(good)
        await hands.until(lambda: not hands.app.state.trouble)
        own_sample.write_bytes(good[: len(good) // 2] + b'"')
        await hands.sees("Shown as it was at", "line", before)
        own_sample.write_bytes(good.replace(b"gold contracts", b"[PO] contracts"))
        await hands.sees("Challenge and direct", "[PO] contracts")
        assert not hands.app.state.trouble


async def test_a_share_that_hangs_is_said_and_comes_back(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    looked = SessionFollower._stat

    def hanging(self: SessionFollower) -> tuple[int, ...]:
        assert answers.wait(60)
        return looked(self)

    monkeypatch.setattr(show_app, "SILENT_DISK_SECONDS", 0.05)
    monkeypatch.setattr(SessionFollower, "_stat", hanging)
    async with room(own_sample) as hands:
        following = hands.app._watch
        assert following is not None
        await hands.until(lambda: following.silent > show_app.SILENT_DISK_SECONDS)
        hands.app._look()
        await hands.sees("Shown as it was at", "does not answer", "▶ S5.05")
        monkeypatch.setattr(show_app, "SILENT_DISK_SECONDS", 600)
        answers.set()
        hands.app._look()
        await hands.until(lambda: "does not answer" not in hands.seen())


@pytest.mark.slow
async def test_nothing_is_sent_while_nobody_writes(own_sample: Path) -> None:
    async with room(own_sample) as hands:
        looks: list[bool] = []
        look = SessionFollower._look

        def noted(self: SessionFollower) -> bool:
            looks.append(look(self))
            return looks[-1]

        # Its first look finds what it has not seen before.
        await hands.until(lambda: hands.app._watch and hands.app._watch._known)
        await hands.settle()
        drawn: list[object] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SessionFollower, "_look", noted)
            await hands.until(lambda: len(looks) > 2)
            await hands.settle()
            patch.setattr(show_app.ShowApp, "_display", lambda *sent: drawn.append(sent))
            await hands.until(lambda: len(looks) > 2 + 3 * file_watcher.BYTES_EVERY_LOOKS)
            hands.app._look()
            await hands.settle()
        assert not drawn


def with_action(session: Session, activity: str) -> Session:
    """A point left open, and something to do about it."""
    session = record_open_point(session, activity, "Who?")
    action = Action("n-new", "Buy a bigger wall", owner="pro")
    return replace(session, actions=(*session.actions, action))


@pytest.mark.slow
async def test_the_modes_follow_too_and_come_back(own_sample: Path) -> None:
    async with room(own_sample) as hands:
        last = store.read_session(own_sample).in_order[-1]
        await hands.press("r")
        keep(own_sample, lambda s: with_action(s, last.id))
        await hands.sees("R leads")
        await hands.until(lambda: row(hands) == last.id)
        await hands.press("k")
        await hands.sees("0 comes back")
        await hands.press("0")
        assert row(hands) == last.id
        await hands.press("W", "enter")
        await hands.sees("Esc closes")
        await hands.press("escape", "3", "0")
        await hands.sees("Buy a bigger wall", "Procurement")


@pytest.mark.slow
async def test_no_key_but_those_that_look(own_sample: Path) -> None:
    """By construction: no screen lets a key through that could change a session."""
    looks = {"mode", "follow", "leave", "move", "page", "to", "find", "found", "column", "stage"}
    looks |= {"heading", "choose", "section", "scroll", "help", "command_palette", "draw_again"}
    looks |= {"quit", "help_quit", "copy_text", "focus_next", "focus_previous", "minimize"}
    looks |= {"cursor_up", "cursor_down", "first", "last", "page_up", "page_down", "select"}
    looks |= {"page_left", "page_right", "scroll_left", "scroll_right"}
    async with room(own_sample) as hands:
        for name in sorted(SCREENS.keys() - NOT_SHOWN):
            await hands.app._go(Standing(name))
            await hands.settle()
            for widget in hands.app.screen.walk_children(with_self=True):
                if widget.can_focus and all(one.display for one in widget.ancestors_with_self[:-1]):
                    hands.app.screen.set_focus(widget)
                    active = hands.app.screen.active_bindings.values()
                    found = {parse(one.binding.action)[1] for one in active if one.enabled}
                    assert found - looks == set(), (name, widget)


@pytest.mark.slow
async def test_every_key_leaves_the_folder_as_it_was(own_sample: Path, tmp_path: Path) -> None:
    home = Path(os.environ["HOME"])

    # The framework makes its own folder for what is downloaded no sooner than it is.
    def found() -> list[tuple[str, int, int]]:
        every = [*tmp_path.rglob("*"), *home.rglob("*"), tmp_path, home]
        return sorted((str(one), one.stat().st_mtime_ns, one.stat().st_size) for one in every)

    tmp_path.chmod(0o500)
    before = found()
    async with room(own_sample) as hands:
        for mode in KEYS:
            await hands.press(mode, *"jkGgxneRaciVPpuUEdZ*+^%=5(", "delete", "escape", "escape")
            while len(hands.app.screen_stack) > 2:
                await hands.press("escape")
        await hands.press("2", "q")
    tmp_path.chmod(0o700)
    assert found() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "name"),
    rest_at_night(
        product([(80, 24), (60, 20), (120, 40), (200, 50), (20, 8)], sample_sessions.NAMES),
        gate=[((80, 24), "brackets"), ((20, 8), "brackets")],
        names=2,
    ),
)
async def test_hostile_text_is_text_in_every_mode(
    name: str, size: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "s.toml"
    shutil.copy(sample_sessions.path(name), path)
    async with room(path, size) as hands:
        for key in KEYS:
            await hands.press(key, "j", "G", "g", "?", "escape")
            assert not UNSEEN.search(hands.seen())
        for screen in sorted(SCREENS.keys() - NOT_SHOWN):
            await hands.app._go(Standing(screen, "[/]", "\x1b", ("[PO]", "", "9")))
            await hands.settle()
            assert not UNSEEN.search(hands.seen())
        hands.app.line = "\x1b[2J[/] [PO] \u202e" + "word " * 300
        await hands.settle()
        assert not UNSEEN.search(hands.seen())
        assert hands.app.is_running


@pytest.mark.parametrize(
    ("chosen", "terminal", "theme"),
    [
        (None, {"COLORTERM": "truecolor"}, "projector"),
        ("nord", {"COLORTERM": "truecolor"}, "nord"),
        (None, {"TERM": "linux"}, "ansi-dark"),
    ],
)
def test_the_room_has_the_projectors_theme_until_another_is_chosen(
    chosen: str | None, terminal: dict[str, str], theme: str, own_sample: Path
) -> None:
    app = ShowApp(own_sample, store.read_session(own_sample))
    app.apply_settings(Settings(theme=chosen), environment=terminal)
    assert app.theme == theme
    # Whether it is projected is asked at the recorder's keyboard alone.
    assert not app.state.unasked
    app.close()
