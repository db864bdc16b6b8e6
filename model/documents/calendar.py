"""Dates for diaries, as calendars (iCalendar, RFC 5545): one for all, one for each owner.

An action's target date is an entry, and so are the day on which its papers are due, the last day
for the notice of a key decision, and the meetings; each reminds a week and a day before.

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
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from offwall.model.actions import action_plan, live
from offwall.model.actions.deadlines import papers_due
from offwall.model.actions.facts import DateKind, Facts, kept_up, with_reviews
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import Action, ActionKind, ActionStatus, Session, line_of, say_date
from offwall.model.records.dates import day_off
from offwall.model.records.text import fold, unturned
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

REMINDERS = (("In a week: ", dt.timedelta(-7)), ("Tomorrow: ", dt.timedelta(-1)))
"""What a diary says before an entry, and how long before."""

MORNING = dt.timedelta(hours=9)
"""When it says so of an entry that lasts all day, which else began at midnight."""


def calendars(session: Session, *, now: dt.datetime) -> tuple[tuple[str, bytes], ...]:
    """The files' names and contents: first the one for all, then one for each who owns or helps.

    ``now`` is when they are written, with its time zone; the same session at the same time gives
    the same bytes. Empty where nothing has a date. Each also holds the second session,
    where one is planned: an afternoon that everybody keeps free.
    """
    made = _Calendars(session, now)
    files = {"": ALL, **made.names()} if made.entries else {}
    return tuple((name, made.calendar(key)) for key, name in files.items())


def calendar_names(session: Session, now: dt.datetime) -> dict[str, str]:
    """The file of each who has one, by who is meant, as `model.actions.plan.owner_keys` has it."""
    return _Calendars(session, now).names()


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands in a diary: a whole day that it leaves free, or the second session's afternoon.

    ``whose`` are the keys of those who have it in their own file; ``uid`` is its part of the UID.
    """

    uid: str
    whose: tuple[str, ...]
    day: dt.date
    title: str
    about: str
    status: ActionStatus = ActionStatus.OPEN
    second_session: bool = False


class _Calendars:
    """Makes the calendars of one session at one time."""

    def __init__(self, session: Session, now: dt.datetime) -> None:
        self.session = session = with_reviews(session)
        self.now = now.astimezone(dt.UTC).replace(microsecond=0)
        self.called = owner_labels(session, role_labels(session))
        self.facts = Facts(session, now.astimezone(ZoneInfo(LONDON)).date())
        self.plan = action_plan(session)
        self.title = line_of(session.workshop.title) or "Process map"
        self.entries = (*self._of_actions(), *self._of_meetings())

    def names(self) -> dict[str, str]:
        """What the file of each owner or helper is called, the first to have an entry first."""
        said = (key for one in self.plan for key in self._whose(one))
        having = {key for entry in self.entries for key in entry.whose}
        keys = [key for key in dict.fromkeys(said) if key in having]
        words = safe_names((self.called.get(key, key) for key in keys), "owner")
        return {key: f"calendar-{name}.ics" for key, name in zip(keys, words, strict=True)}

    def calendar(self, key: str) -> bytes:
        """The file of one owner; of all where there is none."""
        from icalendar import Calendar

        made = Calendar()
        made.add("prodid", "-//Offwall//Offwall//EN")
        made.add("version", "2.0")
        names = filter(None, (self.title, line_of(self.called.get(key, key))))
        made.add("x-wr-calname", unturned(": ".join(names)))
        if any(entry.second_session for entry in self.entries):
            made.add_component(_london())
        for entry in self.entries:
            if not key or key in entry.whose or entry.second_session:
                made.add_component(self._event(entry))
        return bytes(made.to_ical())

    def _of_actions(self) -> Iterator[_Entry]:
        """Of each action its target date, its papers and its notice; then the second session."""
        for action in self.plan:
            whose, about = self._whose(action), "\n".join(self._about(action))
            text, uid = line_of(action.text), line_of(action.id)
            for one in self.facts.dates(action):
                if one.kind is DateKind.TARGET:
                    yield _Entry(uid, whose, one.date, text, about, action.status)
                elif one.kind is not DateKind.MEETING:
                    title = f"{one.text[:1].upper()}{one.text[1:]}: {text}"
                    yield _Entry(f"{uid}-{one.kind}", whose, one.date, title, about, action.status)
        for action in self.plan:
            step = action.kind is ActionKind.NEXT_STEP and SECOND_SESSION in fold(action.text)
            if action.due and step:
                about = f"A placeholder: time and place are still to be agreed.\n{action.text}"
                uid, title = f"{line_of(action.id)}-session", f"Second session: {self.title}"
                yield _Entry(uid, (), action.due, title, about, action.status, second_session=True)

    def _of_meetings(self) -> Iterator[_Entry]:
        for meeting in self.session.meetings:
            if meeting.date is None:
                continue
            deadlines = ((action, self.facts.deadline(action)) for action in live(self.plan))
            going = [one for one, found in deadlines if found and found.meeting == meeting]
            papers = papers_due(meeting, self.session.notice, self.session.nation)
            about = (
                *(f"To decide: {line_of(one.text)}" for one in going),
                f"Papers due: {say_date(papers)}" if papers else "",
                *self._from(),
            )
            whose = tuple(key for one in going for key in self._whose(one))
            uid, title = f"{line_of(meeting.id)}-meeting", f"{line_of(meeting.body)} meets"
            yield _Entry(uid, whose, meeting.date, title, "\n".join(filter(None, about)))

    def _whose(self, action: Action) -> tuple[str, ...]:
        return tuple(filter(None, (self.facts.keys.get(words, "") for words in action.who)))

    def _event(self, one: _Entry) -> "Event":
        from icalendar import Alarm, Event

        event, dropped = Event(), one.status is ActionStatus.DROPPED
        over = one.status in _PREFIX
        title = unturned(_PREFIX.get(one.status, "") + line_of(one.title))
        # The workshop is the one before, where this is its second session.
        earlier, workshop = self.session.earlier, self.session.workshop.id
        named = line_of(earlier.workshop if earlier else workshop) or "session"
        event.add("uid", f"{one.uid}@{named}.offwall")
        event.add("dtstamp", self.now)
        event.add("sequence", max(0, min(_MOST, int((self.now - _EPOCH).total_seconds()))))
        event.add("summary", title)
        event.add("description", unturned(one.about))
        kept = "TENTATIVE" if one.second_session else "CONFIRMED"
        event.add("status", "CANCELLED" if dropped else kept)
        event.add("transp", "OPAQUE" if one.second_session and not over else "TRANSPARENT")
        if one.second_session:
            for name, time in (("dtstart", BEGINS), ("dtend", ENDS)):
                event.add(name, dt.datetime.combine(one.day, time, ZoneInfo(LONDON)))
        else:
            event.add("dtstart", one.day)
            if one.day < dt.date.max:  # the end is the day after, and may be left out
                event.add("dtend", one.day + dt.timedelta(1))
        for words, before in () if over else REMINDERS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", words + title)
            alarm.add("trigger", before if one.second_session else before + MORNING)
            event.add_component(alarm)
        return event

    def _about(self, action: Action) -> Iterator[str]:
        facts = self.facts
        if action.owner:
            yield f"Owner: {facts.owner(action)}"
        if action.helper:
            yield f"Helper: {facts.called(action.helper)}"
        yield f"Status: {action.status}"
        if action.done_on:
            yield f"Done on: {say_date(action.done_on)}"
        if action.due and (off := day_off(action.due, self.session.nation)):
            yield f"Mind: the target date is {off}"
        if approval := facts.approval(action):
            yield f"Approval: {approval}"
        if any(one.kind is not DateKind.TARGET for one in facts.dates(action)):
            yield f"When: {facts.when(action)}"
        if reason := facts.reason(action):
            yield f"Why: {reason}"
        yield from self._from()

    def _from(self) -> Iterator[str]:
        workshop = self.session.workshop
        said = (line_of(workshop.title), say_date(workshop.date) if workshop.date else "")
        if any(said):
            yield "From: " + ", ".join(filter(None, said))
        yield from (f"{one[:1].upper()}{one[1:]}" for one in kept_up(self.session))
        if marking := line_of(workshop.marking):
            yield f"Marking: {marking}"


def _london() -> "Timezone":
    """What time London keeps: summer time from the last Sunday of March to that of October."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    # Two rules: the dates that the library would make of the time zones end after some years.
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
