"""The context that screens work in: seeds for ids, today's date, the time, presets, and drafts.

The model has no clock and no chance; both are handed in from here, by tests too. A draft is a line
that was begun and not kept: it stays at its place, and outlives the program. Loads no Textual.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from offwall.model.records import Session
from offwall.model.records.text import plain

if TYPE_CHECKING:
    from offwall.model.compare.carry_over import ChangesSince
    from offwall.model.compare.log import SessionLog
    from offwall.model.setup.photos import PhotoStatus
    from offwall.model.workbook import Proposals
    from offwall.model.workbook.template.choice import MappedWorkbooks

PreviousSession: TypeAlias = "tuple[ChangesSince | None, str]"

DraftPlace = tuple[str, str, str]
"""What the line does (``new``, ``before``, ``edit``, ``add``), the activity, and the stage."""

NEW_PLACES = ("new", "before")


class Drafts:
    """The lines begun in this session, each at its place."""

    def __init__(self) -> None:
        self._texts: dict[DraftPlace, str] = {}
        self._left: set[DraftPlace] = set()
        self._dropped: list[tuple[Session, Callable[[], None]]] = []

    def drop(self, session: Session, again: Callable[[], None]) -> None:
        """A draft is replaced; ``again`` puts it back, while ``session`` is as it was then."""
        self._dropped.append((session, again))

    @property
    def dropped(self) -> bool:
        """Whether a draft was replaced that can be put back."""
        return bool(self._dropped)

    def give_back(self, session: Session) -> bool:
        """Put back the draft that was replaced last, where no change came after it."""
        if not self._dropped or self._dropped[-1][0] != session:
            return False
        self._dropped.pop()[1]()
        return True

    def put(self, place: DraftPlace, text: str) -> None:
        """Keep what is typed at a place; an empty line is none."""
        self._left.discard(place)
        if text.strip():
            self._texts[place] = text
        else:
            self._texts.pop(place, None)

    def take(self, place: DraftPlace, session: Session) -> tuple[DraftPlace, str]:
        """What was begun at a place, and the place.

        A new line that a program left when it ended is offered wherever the next one begins, and
        goes where it was begun, as far as that is still there.
        """
        wanted = place
        if place not in self._texts and place[0] in NEW_PLACES:
            place = next((left for left in self._left if left[0] in NEW_PLACES), place)
        self._left.discard(place)
        text = self._texts.pop(place, "")
        _, activity, stage = place
        there = not activity or activity in session.activity_by_id
        return (place if there and stage in session.stage_by_id else wanted), text

    def clear(self) -> None:
        """Forget all of it, as another session is open now."""
        self._dropped.clear()
        self._texts.clear()
        self._left.clear()

    def dumped(self) -> bytes:
        """All of it as JSON; nothing where there is nothing."""
        if not self._texts:
            return b""
        return json.dumps([[*place, text] for place, text in self._texts.items()]).encode()

    def load(self, data: bytes) -> list[str]:
        """Take up what another program dumped, and say which texts; what is damaged is nothing."""
        try:
            found = [
                (mode, activity, stage, text) for mode, activity, stage, text in json.loads(data)
            ]
        except (ValueError, TypeError):
            return []
        whole = (said for said in found if all(isinstance(one, str) for one in said))
        texts = {(mode, activity, stage): text for mode, activity, stage, text in whole}
        self._texts.update(texts)
        self._left.update(texts)
        return list(texts.values())


def is_replaced(draft: str, text: str) -> bool:
    """Whether a text is another one, and not the draft with a letter more or less at an end."""
    return draft[:-1] not in text and draft[1:] not in text


# What is drawn afresh and handed in: ids' seeds, today's date, the time. The model has none.


def new_seed() -> str:
    """A new seed for the ids of one change; 128 random bits as hexadecimal digits."""
    import secrets

    return secrets.token_hex(16)


def today() -> dt.date:
    """The date where this computer is."""
    return now().date()


def now() -> dt.datetime:
    """The time where this computer is."""
    return dt.datetime.now().astimezone()


def this_person() -> tuple[str, str]:
    """Who is at the keyboard, as the computer knows the user, and what the computer is called."""
    import getpass
    import platform

    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = "somebody"
    return who, platform.node()


def at_host(who: str, host: str) -> str:
    """A user and the computer, in words."""
    return f"{who} at {host}" if host else who


def called(who: str) -> str:
    """A user as a sentence says it: you, where it is who is at the keyboard."""
    name, host = this_person()
    return "you" if who and who in (name, at_host(name, host)) else plain(who)


@dataclass(frozen=True, slots=True)
class Context:
    """Where the screens get seeds and dates from; tests hand in their own."""

    seed: Callable[[], str] = new_seed
    today: Callable[[], dt.date] = today
    presets: Path | None = None
    """The folder of a council's own presets and catalogues; the shipped ones alone without it."""
    now: Callable[[], dt.datetime] = now

    drafts: Drafts = field(default_factory=Drafts, compare=False)
    """The lines that were begun and not kept."""


# Where somebody stands: the recorder's editor tells it to the room, by `tui.kit.standing`.


@dataclass(frozen=True, slots=True)
class Standing:
    """A place: the screen by its name in the registry, the section, the key of the row.

    ``view`` is how it is looked at, in the words of the screen or of its list: a filter, a tier,
    the answers of a walk.
    """

    screen: str = ""
    section: str = ""
    row: str = ""
    view: tuple[str, ...] = ()


# What holds now, everywhere.


@dataclass(frozen=True, slots=True)
class AppState:
    """What holds now for every screen and widget; a change of it is a new value.

    It comes down from `tui.kit.session_widget.SessionApp`. Whoever asks for a name that is not
    here fails at once: no default stands in for what was renamed.
    """

    said: tuple[str, bool] = ("", False)
    """What the status line says, and whether something is wrong."""
    hint: str = ""
    """What it says where nothing else is to be said."""
    file: Path | None = None
    """The file that it names, which is a link then."""
    keeping: str = ""
    """How many changes are kept, or still to be."""
    trouble: str = ""
    """What is wrong with a disk, until it is mended."""
    refused: str = ""
    """Why nothing can be changed; empty where it can."""
    private: bool = False
    """Whether it is hidden who carries how much, and what was opened lately."""
    unasked: bool = False
    """Whether it is still to be asked if this screen is projected."""
    paused: bool = False
    """Whether the clock stands still."""
    sharing: bool = False
    """Whether the room sees the line as it is typed."""
    holding: bool = False
    """Whether the room keeps what it sees, whatever is done here."""
    showing: bool = False
    """Whether this is what the room sees: there are no keys but those that look."""
    photo_asked: bool = False
    """Whether it was asked in this run if there is a photo of the wall."""
    photo_states: "Mapping[str, PhotoStatus]" = field(default_factory=dict)
    """What has become of each photo's file, as far as it was looked at, by the photo's id."""
    looked_back: "PreviousSession" = (None, "")
    """What changed since last time; where that is not known, the sentence why."""
    log: "SessionLog | None" = None
    """What was done to the session, once that was read."""
    proposals: "Proposals | None" = None
    """What workbooks propose that came back."""
    importing: "MappedWorkbooks | None" = None
    """The workbooks that came back."""
    filling: "MappedWorkbooks | None" = None
    """The workbook that is to be filled."""
    filled: tuple[str, ...] = ()
    """What has no place in the copy of it that was filled last, and what was done to that."""
