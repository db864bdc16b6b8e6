"""Target dates for diaries, as calendars (iCalendar, RFC 5545): one for all, one for each owner.

What a later file changes in a diary is told by three things. An entry's UID is made of the
workshop's id and the action's, so that it never changes; a second session's actions keep the UID
that the first gave them. Its SEQUENCE counts the seconds since
2020 at which the file was written: it rises from file to file whoever changed the session, by
hand or by undoing, and on whatever computer; a count kept in the session would fall back with an
undo. DTSTAMP says the same time. An action that was dropped is cancelled, one that is done says
so and takes no time; one that was removed, or has lost its date, is in no later file, and its
entry stays in the diaries that have it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from offwall.model.actions import action_plan
from offwall.model.actions.plan import owner_keys, stands_for
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import Action, ActionKind, ActionStatus, Session, line_of, say_date
from offwall.model.records.bank_holidays import day_off
from offwall.model.records.text import fold
from offwall.model.store.files import safe_names

if TYPE_CHECKING:
    from icalendar import Event, Timezone

ALL = "calendar.ics"
"""The file with everybody's dates; an owner's has the owner's name behind a hyphen."""

LONDON = "Europe/London"
BEGINS, ENDS = dt.time(13, 0), dt.time(16, 30)
"""An afternoon like the one that is being recorded."""

SECOND_SESSION = "second session"
"""The words by which the next step that is a second session is known."""

_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_MOST = 2**31 - 1
"""The largest whole number of RFC 5545 (section 3.3.8)."""

_PREFIX = {ActionStatus.DONE: "Done: ", ActionStatus.DROPPED: "Dropped: "}


def calendars(session: Session, *, now: dt.datetime) -> tuple[tuple[str, bytes], ...]:
    """The files' names and contents: first the one for all, then one for each who owns or helps.

    ``now`` is when they are written, with its time zone; the same session at the same time gives
    the same bytes. Empty where no action has a target date. Each also holds the second session,
    where one is planned: an afternoon that everybody keeps free.
    """
    made = _Calendars(session, now)
    if not made.dated:
        return ()
    shares, names = made.shares(), made.names()
    return (
        (ALL, made.calendar("", made.dated)),
        *((names[key], made.calendar(key, share)) for key, share in shares.items()),
    )


def calendar_names(session: Session) -> dict[str, str]:
    """The file of each who has one, by who is meant, as `model.actions.plan.owner_keys` has it."""
    return _Calendars(session, _EPOCH).names()


@dataclass(frozen=True, slots=True)
class _EntryWords:
    """What an entry says beside its title and its time."""

    about: str
    status: str
    free: bool


class _Calendars:
    """Makes the calendars of one session at one time."""

    def __init__(self, session: Session, now: dt.datetime) -> None:
        self.session = session
        self.now = now.astimezone(dt.UTC).replace(microsecond=0)
        self.called = owner_labels(session, role_labels(session))
        self.keys = owner_keys(session)
        self.dated = [action for action in action_plan(session) if action.due]

    def shares(self) -> dict[str, list[Action]]:
        """The dated actions under each who owns them or helps with them."""
        found: dict[str, list[Action]] = {}
        for action in self.dated:
            both = (self.keys.get(words) for words in action.who)
            for key in dict.fromkeys(filter(None, both)):
                found.setdefault(key, []).append(action)
        return found

    def names(self) -> dict[str, str]:
        """What each one's file is called."""
        shares = self.shares()
        words = safe_names((self.called.get(key, key) for key in shares), "owner")
        return {key: f"calendar-{name}.ics" for key, name in zip(shares, words, strict=True)}

    def calendar(self, key: str, actions: Sequence[Action]) -> bytes:
        """The file of one owner; of all where there is none."""
        from icalendar import Calendar

        made = Calendar()
        made.add("prodid", "-//Offwall//Offwall//EN")
        made.add("version", "2.0")
        title = line_of(self.session.workshop.title) or "Process map"
        owner = line_of(self.called.get(key, key))
        made.add("x-wr-calname", f"{title}: {owner}" if owner else title)
        afternoons = [action for action in self.dated if _is_second_session(action)]
        if afternoons:
            made.add_component(_london())
        for action in actions:
            made.add_component(self._entry(action))
        for action in afternoons:
            made.add_component(self._second_session(action, title))
        return bytes(made.to_ical())

    def _entry(self, action: Action) -> "Event":
        """The whole day by which something is to be done; it leaves the day free."""
        event = self._event(action, "", action.text, self._said(action))
        assert action.due is not None  # noqa: S101
        event.add("dtstart", action.due)
        if action.due < dt.date.max:  # the end is the day after, and may be left out
            event.add("dtend", action.due + dt.timedelta(1))
        return event

    def _second_session(self, action: Action, title: str) -> "Event":
        """The afternoon of the second session, to be moved once its time is agreed."""
        about = "A placeholder: time and place are still to be agreed.\n" + action.text
        status = "CANCELLED" if action.status is ActionStatus.DROPPED else "TENTATIVE"
        said = _EntryWords(about, status, action.status in _PREFIX)
        event = self._event(action, "-session", f"Second session: {title}", said)
        assert action.due is not None  # noqa: S101
        for name, time in (("dtstart", BEGINS), ("dtend", ENDS)):
            event.add(name, dt.datetime.combine(action.due, time, ZoneInfo(LONDON)))
        return event

    def _event(self, action: Action, part: str, title: str, said: _EntryWords) -> "Event":
        from icalendar import Event

        event = Event()
        event.add("uid", f"{line_of(action.id)}{part}@{self._workshop()}.offwall")
        event.add("dtstamp", self.now)
        event.add("sequence", max(0, min(_MOST, int((self.now - _EPOCH).total_seconds()))))
        event.add("summary", _PREFIX.get(action.status, "") + line_of(title))
        event.add("description", said.about)
        event.add("status", said.status)
        event.add("transp", "TRANSPARENT" if said.free else "OPAQUE")
        return event

    def _who(self, key: str) -> str:
        """What an owner is called; behind a role, the people who have it."""
        people = [person for person in self.session.people if person.id != key]
        names = [line_of(one.name) for one in people if key in stands_for(self.session, one)]
        called = line_of(self.called.get(key, key))
        return f"{called} ({', '.join(names)})" if names else called

    def _workshop(self) -> str:
        """The id of the workshop; of the one before, where this is its second session."""
        session = self.session
        found = session.earlier.workshop if session.earlier else session.workshop.id
        return line_of(found) or "session"

    def _said(self, action: Action) -> _EntryWords:
        dropped = action.status is ActionStatus.DROPPED
        about = "\n".join(self._about(action))
        return _EntryWords(about, "CANCELLED" if dropped else "CONFIRMED", free=True)

    def _about(self, action: Action) -> Iterator[str]:
        workshop = self.session.workshop
        for label, words in zip(("Owner", "Helper"), action.who, strict=True):
            if key := self.keys.get(words):
                yield f"{label}: {self._who(key)}"
        yield f"Status: {action.status}"
        if action.done_on:
            yield f"Done on: {say_date(action.done_on)}"
        if action.due and (off := day_off(action.due, self.session.nation)):
            yield f"Mind: the target date is {off}"
        said = (line_of(workshop.title), say_date(workshop.date) if workshop.date else "")
        if any(said):
            yield "From: " + ", ".join(filter(None, said))
        if marking := line_of(workshop.marking):
            yield f"Marking: {marking}"


def _is_second_session(action: Action) -> bool:
    is_step = action.kind is ActionKind.NEXT_STEP
    return is_step and SECOND_SESSION in fold(action.text)


def _london() -> "Timezone":
    """What time London keeps: summer time from the last Sunday of March to that of October.

    Two rules, as readers have always had them from other programs; the list of dates that the
    library would make of the time zone database ends after some years.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", LONDON)
    for part, name, begins, month, before, after in (
        (TimezoneDaylight(), "BST", dt.datetime(1970, 3, 29, 1), 3, 0, 1),  # noqa: DTZ001
        (TimezoneStandard(), "GMT", dt.datetime(1970, 10, 25, 2), 10, 1, 0),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", dt.timedelta(hours=before))
        part.add("tzoffsetto", dt.timedelta(hours=after))
        zone.add_component(part)
    return zone
