"""The session: everything that an afternoon records, as frozen values.

A `Session` is one value. A change is a function in `model.edits` that returns a new one. Each
record keeps what Offwall does not know in ``extra``, so that a file made by a newer version, or
by hand, comes back whole. Absent and empty are the same thing: an empty string, an empty tuple or
``None`` is not written to the file.

The names are the field's: RACI is responsible, accountable, consulted, informed; the *lead* is
the R, so that the process map and the RACI cannot disagree.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

FORMAT = 1
"""The version of the file's layout that this code writes."""

LONGEST_TEXT = 10_000
"""Characters of one text; a post-it has 60, and a cell of a workbook holds 32,767."""

END = "end"
"""Where a route leads that closes the process."""

DEFAULT_APPROVALS = (
    "team",
    "head of service",
    "director",
    "cabinet member",
    "cabinet or committee",
    "whole council",
)
"""The ladder of approval in an English council; a session may bring its own."""


class Rhythm(StrEnum):
    """How a stage is entered and left."""

    ONCE = "once"
    CYCLE = "cycle"
    ON_DEMAND = "on demand"


class Group(StrEnum):
    """Why a person is on the list."""

    CORE = "core"
    PARTICIPANT = "participant"
    CORPORATE = "corporate"
    SENIOR = "senior"


class IssueCode(StrEnum):
    """The letter on the wall that says what should improve."""

    DOCUMENTATION = "D"
    GOVERNANCE = "G"
    TIME = "T"
    RISK = "R"


class IssueStatus(StrEnum):
    """How far an issue has come."""

    OPEN = "open"
    EXPLORED = "explored"
    CLOSED = "closed"


class Improve(StrEnum):
    """What the group wants to do with an activity."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"
    NEW = "new"


class Treatment(StrEnum):
    """How one tier treats a stage or an activity."""

    YES = "yes"
    LIGHT = "light"
    NO = "no"


class ActionKind(StrEnum):
    """Where an action comes from: the improvement list, or the afternoon's next steps."""

    IMPROVEMENT = "improvement"
    NEXT_STEP = "next step"


class ActionStatus(StrEnum):
    """How far an action has come."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class Nation(StrEnum):
    """Whose bank holidays are kept; a council has one of these three calendars."""

    ENGLAND_AND_WALES = "England and Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


class RemarkStatus(StrEnum):
    """Whether a remark that came back has been dealt with."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values that Offwall does not know, frozen, in the order of the file."""

    items: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Table":
        """Freeze a mapping as tomllib reads it."""
        return cls(tuple((key, _freeze(value)) for key, value in values.items()))

    def thaw(self) -> dict[str, Any]:
        """The plain dictionaries and lists that tomli-w writes."""
        return {key: _thaw(value) for key, value in self.items}

    def __bool__(self) -> bool:
        return bool(self.items)


def _freeze(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Table.of(value)
    if isinstance(value, list):
        return tuple(_freeze(item) for item in value)
    return value


def _thaw(value: Any) -> Any:
    if isinstance(value, Table):
        return value.thaw()
    if isinstance(value, tuple):
        return [_thaw(item) for item in value]
    return value


Treatments = tuple[tuple[str, Treatment], ...]
"""A tier's code and how it treats this; a table in the file."""

NOTHING = Table()


@dataclass(frozen=True, slots=True)
class Workshop:
    """The heading of the session. ``holidays``: whose bank holidays; see `Session.nation`.

    ``photo_asked``: whether it was asked, and answered, if there is a photo of the wall.
    """

    id: str = ""
    title: str = ""
    council: str = ""
    process: str = ""
    marking: str = ""
    date: dt.date | None = None
    holidays: Nation | None = None
    facilitator: str = ""
    recorder: str = ""
    purpose: str = ""
    objectives: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()
    photo_asked: bool = False
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Earlier:
    """The session that a second one came from.

    ``workshop`` is the id of its workshop; ``path`` its file, relative to this one's folder.
    ``settled`` are the ids of the actions that were done or dropped by then, ``marked`` of the
    activities to change or drop, ``gone_through`` of what has been gone through since.
    """

    workshop: str = ""
    title: str = ""
    date: dt.date | None = None
    path: str = ""
    settled: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    gone_through: tuple[str, ...] = ()
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was there, or who must hear."""

    id: str
    name: str
    role: str = ""
    team: str = ""
    group: Group = Group.PARTICIPANT
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the wall. ``accountable`` is offered to new activities of the stage."""

    id: str
    name: str
    about: str = ""
    rhythm: Rhythm = Rhythm.ONCE
    accountable: str = ""
    tiers: Treatments = ()
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Role:
    """A role by its short code, its name and what else people call it."""

    code: str
    name: str
    also_called: tuple[str, ...] = ()
    about: str = ""
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Word:
    """What the group agreed to say, and what not to say (``not`` in the file)."""

    say: str
    avoid: tuple[str, ...] = field(default=(), metadata={"key": "not"})
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Route:
    """An answer to a decision and where it leads.

    ``to`` is an activity's id or `END`; ``to_words`` are words that match no activity yet (an
    open target); neither means the next activity.
    """

    answer: str = ""
    to: str = ""
    to_words: str = ""
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Activity:
    """What one column of the wall says. ``lead`` is RACI's R; ``also`` are other Rs.

    What was confirmed in an earlier session, and when, is known beside what is confirmed now.
    """

    id: str
    stage: str
    text: str
    lead: str = ""
    also: tuple[str, ...] = ()
    accountable: str = ""
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    decision: str = ""
    decided_by: str = ""
    limit: str = ""
    routes: tuple[Route, ...] = ()
    then: str = ""
    documents: tuple[str, ...] = ()
    timescale: str = ""
    note: str = ""
    sequence_confirmed: bool = False
    lead_confirmed: bool = False
    sequence_was_confirmed: bool = False
    lead_was_confirmed: bool = False
    was_confirmed_on: dt.date | None = None
    open_point: str = ""
    improve: Improve | None = None
    tiers: Treatments = ()
    extra: Table = NOTHING

    @property
    def confirmed(self) -> bool:
        """Whether the group agreed both the place in the sequence and the lead."""
        return self.sequence_confirmed and self.lead_confirmed


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that should improve. ``near`` is where, in words, while nothing is typed yet."""

    id: str
    text: str
    code: IssueCode | None = None
    activity: str = ""
    near: str = ""
    raised_by: str = ""
    source: str = ""
    parked: bool = False
    status: IssueStatus = IssueStatus.OPEN
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Topic:
    """What part 1 explored. ``kind`` is one of the catalogue's; minutes are those used."""

    id: str
    kind: str
    title: str = ""
    issue: str = ""
    notes: str = ""
    outcome: str = ""
    minutes: int = 0
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Tier:
    """Gold, silver, bronze or the council's own. ``value_from`` is pounds over the whole life."""

    code: str
    name: str
    value_from: int | None = None
    risk_from: int | None = None
    review: str = ""
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Board:
    """The Contract Assurance Board. ``gates`` are activities' ids, or words.

    ``must_not`` is what it must not become, such as one more meeting that only listens.
    """

    name: str = ""
    purpose: str = ""
    chair: str = ""
    members: tuple[str, ...] = ()
    meets: str = ""
    sees: str = ""
    must_not: str = ""
    gates: tuple[str, ...] = ()
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Meeting:
    """A body, when it sits, and when its papers are due."""

    id: str
    body: str
    date: dt.date | None = None
    papers_by: dt.date | None = None
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do. ``owner`` is a role's code, a person's id, or the words for a group.

    ``impact`` and ``effort`` are 1 to 5. ``place`` is the group's own move in the ranking,
    counted from 1; absent, the computed rank holds. ``source`` is where it was brought from.
    """

    id: str
    text: str
    kind: ActionKind = ActionKind.IMPROVEMENT
    issue: str = ""
    activity: str = ""
    near: str = ""
    owner: str = ""
    helper: str = ""
    due: dt.date | None = None
    impact: int | None = None
    effort: int | None = None
    approval: str = ""
    needs: tuple[str, ...] = ()
    votes: int = 0
    place: int | None = None
    status: ActionStatus = ActionStatus.OPEN
    done_on: dt.date | None = None
    source: str = ""
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Document:
    """An entry of the optional register; names used on activities need none."""

    name: str
    owner: str = ""
    template: str = ""
    where: str = ""
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wrote back. ``on`` is the id of the record it is about."""

    id: str
    on: str
    text: str
    by: str = ""
    status: RemarkStatus = RemarkStatus.OPEN
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the wall. ``path`` is relative to the session file; absent while to be filed.

    What follows ``taken_by`` is of the file when it was listed: its checksum, the date on which it
    says that it was taken, its width and height in pixels, upright, and its length in bytes.
    """

    id: str
    path: str = ""
    caption: str = ""
    taken_by: str = ""
    sha256: str = ""
    taken_on: dt.date | None = None
    width: int | None = None
    height: int | None = None
    size: int | None = None
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed at once: the record keeps one value, this is the other.

    ``collection`` is a field of the session, such as ``activities`` or ``workshop``; ``record`` is
    what its record is known by, empty for a heading; ``field`` is its key in the file. ``theirs``
    is the text of the other value, or the line of TOML that says it where it is no text; empty
    where the other took the value away.
    """

    id: str
    collection: str
    record: str
    field: str
    theirs: str = ""
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class PartTime:
    """Minutes planned for a part of the afternoon, and minutes used."""

    planned: int | None = None
    used: int = 0
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of the afternoon's three parts."""

    topic: PartTime = PartTime()
    record: PartTime = PartTime()
    plan: PartTime = PartTime()
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Voting:
    """How many vote on the actions, and with how many dots each; absent, nobody counts them."""

    voters: int | None = None
    dots: int | None = None
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before a decision the public is told: England's rules, or the council's own.

    ``agenda_days`` are clear working days before a meeting; ``forward_plan_days`` are clear days
    before a key decision; on the days ``closed`` nobody works, nor on bank holidays.
    """

    agenda_days: int = 5
    forward_plan_days: int = 28
    closed: tuple[dt.date, ...] = ()
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Alias:
    """What else a council's workbook heads a column with.

    ``means`` is the key of a column of ours, such as ``lead`` or ``due``; ``leave`` is a column
    that is never filled.
    """

    means: str
    words: tuple[str, ...] = ()
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a council's workbook; ``means`` is as in `Alias`, empty where it is their own."""

    header: str
    means: str = ""
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table of a council's workbook as it was last found.

    ``kind`` is activities, raci, issues, actions or next_steps; ``name`` is that of the table or
    of its cells, empty where the headers alone told.
    """

    kind: str
    sheet: str = ""
    name: str = ""
    columns: tuple[Heading, ...] = ()
    extra: Table = NOTHING


@dataclass(frozen=True, slots=True)
class Export:
    """How the council's own workbook is filled and read: its words, and what was found in it."""

    aliases: tuple[Alias, ...] = ()
    tables: tuple[Fitted, ...] = ()
    extra: Table = NOTHING


@dataclass(frozen=True)
class Session:
    """The whole file. Order within a collection is the order on the wall."""

    format: int = FORMAT
    workshop: Workshop = Workshop()
    earlier: Earlier | None = None
    people: tuple[Person, ...] = ()
    stages: tuple[Stage, ...] = ()
    roles: tuple[Role, ...] = ()
    words: tuple[Word, ...] = ()
    activities: tuple[Activity, ...] = ()
    issues: tuple[Issue, ...] = ()
    topics: tuple[Topic, ...] = ()
    tiers: tuple[Tier, ...] = ()
    board: Board | None = None
    meetings: tuple[Meeting, ...] = ()
    actions: tuple[Action, ...] = ()
    documents: tuple[Document, ...] = ()
    remarks: tuple[Remark, ...] = ()
    photos: tuple[Photo, ...] = ()
    clashes: tuple[Clash, ...] = ()
    voting: Voting = Voting()
    notice: Notice = Notice()
    clock: Clock = Clock()
    export: Export = Export()
    extra: Table = NOTHING

    @property
    def approvals(self) -> tuple[str, ...]:
        """The ladder of approval, lowest first."""
        return self.workshop.approvals or DEFAULT_APPROVALS

    @property
    def nation(self) -> Nation:
        """Whose bank holidays are kept: England's and Wales's where the workshop says no other."""
        return self.workshop.holidays or Nation.ENGLAND_AND_WALES

    @cached_property
    def stage_by_id(self) -> Mapping[str, Stage]:
        """Each stage under its id."""
        return MappingProxyType({stage.id: stage for stage in self.stages})

    @cached_property
    def role_by_code(self) -> Mapping[str, Role]:
        """Each role under its code."""
        return MappingProxyType({role.code: role for role in self.roles})

    @cached_property
    def activity_by_id(self) -> Mapping[str, Activity]:
        """Each activity under its id."""
        return MappingProxyType({activity.id: activity for activity in self.activities})

    @cached_property
    def by_stage(self) -> Mapping[str, tuple[Activity, ...]]:
        """The activities of each stage, in order; every stage has an entry."""
        columns: dict[str, list[Activity]] = {stage.id: [] for stage in self.stages}
        for activity in self.activities:
            columns.setdefault(activity.stage, []).append(activity)
        return MappingProxyType({stage: tuple(found) for stage, found in columns.items()})

    @cached_property
    def in_order(self) -> tuple[Activity, ...]:
        """All activities as the wall reads: stage after stage, top to bottom."""
        return tuple(activity for found in self.by_stage.values() for activity in found)

    @cached_property
    def ref_by_id(self) -> Mapping[str, str]:
        """The printed place of each activity, such as ``S3.04``: computed, never stored."""
        return MappingProxyType(
            {
                activity.id: f"{stage}.{place:02}"
                for stage, found in self.by_stage.items()
                for place, activity in enumerate(found, 1)
            }
        )

    @cached_property
    def id_by_ref(self) -> Mapping[str, str]:
        """The id of the activity that bears each ref."""
        return MappingProxyType({ref: known for known, ref in self.ref_by_id.items()})
