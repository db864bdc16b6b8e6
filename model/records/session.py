"""The session: everything that an afternoon records, as frozen values.

A `Session` is one value. A change is a function that returns a new one (`changes`). Each
record keeps what Offwall does not know in ``extra``, so that a file made by a newer version, or
by hand, comes back whole. Absent and empty are the same thing: an empty string, an empty tuple or
``None`` is not written to the file.

The names are the field's: RACI is responsible, accountable, consulted, informed; the *lead* is
the R, so that the process map and the RACI cannot disagree.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Annotated

from offwall.model.records.fields import (
    NO_ACTIVITY,
    NO_ISSUE,
    NO_OWNER,
    NO_ROLE,
    NO_STAGE,
    NOTHING,
    ActionId,
    ActivityId,
    GroupWords,
    IssueId,
    MeetingId,
    PersonId,
    RoleCode,
    StageId,
    Table,
    TierCode,
    Unknown,
    counted,
    joined_by,
    key,
    names,
    own_words,
    points_at,
    prose,
    record,
    value,
)

FORMAT = 1
"""The version of the file's layout that this code writes."""

LONGEST_TEXT = 10_000
"""Characters of one text; a post-it has 60, and a cell of a workbook holds 32,767."""

END = ActivityId("end")
"""Where a route leads that closes the process."""

DEFAULT_APPROVALS = (
    "team",
    "head of service",
    "director",
    "corporate leadership team",
    "cabinet member",
    "cabinet or committee",
    "Full Council",
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


class Rag(StrEnum):
    """How an action stands, as a council tells it by colours."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Nation(StrEnum):
    """Whose bank holidays are kept; a council has one of these three calendars."""

    ENGLAND_AND_WALES = "England and Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


class Government(StrEnum):
    """How a council is governed; one of committees has no executive, and so no forward plan."""

    CABINET = "leader and cabinet"
    COMMITTEES = "committee system"
    MAYOR = "elected mayor"


class Besides(StrEnum):
    """What may be recorded besides, off until it is asked for: no key, no finding, no column."""

    TIMESCALES = "timescales"
    TIERS = "tiers"
    MARKS = "marks"
    REQUIREMENTS = "requirements"
    TIMES = "times"


class RemarkStatus(StrEnum):
    """Whether a remark that came back has been dealt with."""

    OPEN = "open"
    CLOSED = "closed"


Treatments = tuple[tuple[TierCode, Treatment], ...]
"""A tier's code and how it treats this; a table in the file."""

Owner = RoleCode | PersonId | GroupWords
"""Who does something: a role by its code, a person by their id, or a group by its words.

Empty, it is nobody yet. What stands there is told apart by whether a role or a person bears it.
"""

Owned = Annotated[Owner, points_at("roles", "people", words=True)]

REMARKED = ("activities", "issues", "actions", "topics", "stages")
"""What a remark may be about."""


@record("workshop", "workshop", called="title")
@dataclass(frozen=True, slots=True)
class Workshop:
    """The heading of the session. ``holidays``: whose bank holidays; see `Session.nation`.

    ``government``: how the council is governed; absent, by a leader and a cabinet.

    ``starts`` and ``ends`` are the scope: what starts the process, and what ends it.
    ``photo_asked``: whether it was asked, and answered, if there is a photo of the wall.
    ``thing`` and ``things``: what one and several of what the process handles are called, and
    ``money`` whether each has a value in pounds; see `offwall.model.setup.workshop.thing_of`.
    ``also_record``: what is recorded besides; see `Session.records`. ``rate``: pounds an hour of
    work; without it nothing is told in pounds.
    ``owner`` keeps the process up, which is to be reviewed on ``review_on``. The findings are
    presented by ``presenter``, where and how long is said in words; ``pre_brief`` hear them before.
    """

    id: Annotated[str, value()] = ""
    title: Annotated[str, own_words()] = ""
    council: Annotated[str, own_words(quoted=False)] = ""
    process: Annotated[str, own_words()] = ""
    thing: Annotated[str, own_words("what one is called", quoted=False)] = ""
    things: Annotated[str, own_words("what several are called", quoted=False)] = ""
    money: Annotated[bool, value("whether each has a value in pounds")] = False
    also_record: Annotated[tuple[str, ...], value("what is recorded besides")] = ()
    rate: Annotated[int | None, value("pounds an hour")] = None
    starts: Annotated[str, prose("what starts it")] = ""
    ends: Annotated[str, prose("what ends it")] = ""
    marking: Annotated[str, own_words(quoted=False)] = ""
    date: Annotated[dt.date | None, value()] = None
    holidays: Annotated[Nation | None, value()] = None
    government: Annotated[Government | None, value("form of government")] = None
    facilitator: Annotated[str, own_words(quoted=False)] = ""
    recorder: Annotated[str, own_words(quoted=False)] = ""
    purpose: Annotated[str, prose()] = ""
    objectives: Annotated[tuple[str, ...], prose()] = ()
    approvals: Annotated[tuple[str, ...], own_words("ladder of approval")] = ()
    photo_asked: Annotated[bool, value()] = False
    owner: Annotated[
        Owner, points_at("roles", "people", noun="owner of the process", words=True)
    ] = NO_OWNER
    review_on: Annotated[dt.date | None, value("review date")] = None
    presenter: Annotated[Owner, points_at("roles", "people", noun="who presents", words=True)] = (
        NO_OWNER
    )
    presented_at: Annotated[str, own_words("where it is presented")] = ""
    presented_for: Annotated[str, own_words("how long it is presented")] = ""
    pre_brief: Annotated[tuple[Owner, ...], points_at("roles", "people", words=True)] = ()
    extra: Unknown = NOTHING


@record("versions", "version", called="name")
@dataclass(frozen=True, slots=True)
class Version:
    """The process as it stood when somebody said so. ``path`` is its file, beside this one."""

    id: Annotated[str, key("v")]
    name: Annotated[str, own_words()]
    on: Annotated[dt.date | None, value("of")] = None
    path: Annotated[str, value("file")] = ""
    extra: Unknown = NOTHING


@record("earlier", "earlier", called="title")
@dataclass(frozen=True, slots=True)
class Earlier:
    """The session that a second one came from.

    ``workshop`` is the id of its workshop; ``path`` its file, relative to this one's folder.
    ``settled`` are the ids of the actions that were done or dropped by then, ``marked`` of the
    activities to change or drop, ``left`` of the actions, issues and open points that were open,
    ``gone_through`` of what has been gone through since.
    """

    workshop: Annotated[str, value()] = ""
    title: Annotated[str, own_words()] = ""
    date: Annotated[dt.date | None, value()] = None
    path: Annotated[str, value("file")] = ""
    settled: Annotated[tuple[str, ...], value()] = ()
    marked: Annotated[tuple[str, ...], value()] = ()
    left: Annotated[tuple[str, ...], value()] = ()
    gone_through: Annotated[tuple[str, ...], value()] = ()
    extra: Unknown = NOTHING


@record("people", "person", "people", called="name")
@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was there, or who must hear."""

    id: Annotated[PersonId, key("p")]
    name: Annotated[str, own_words()]
    role: Annotated[RoleCode, points_at("roles")] = NO_ROLE
    team: Annotated[str, names("teams")] = ""
    group: Annotated[Group, value()] = Group.PARTICIPANT
    extra: Unknown = NOTHING


@record("stages", "stage", called="name")
@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the wall. ``accountable`` is offered to new activities of the stage.

    How long it takes, ``hands_on`` and ``waiting``, and how often a year: words, often a range, as
    `offwall.model.topics.times` reads them; the same of an activity.
    """

    id: Annotated[StageId, key()]
    name: Annotated[str, prose()]
    about: Annotated[str, prose()] = ""
    rhythm: Annotated[Rhythm, value()] = Rhythm.ONCE
    accountable: Annotated[RoleCode, points_at("roles")] = NO_ROLE
    tiers: Annotated[Treatments, points_at("tiers")] = ()
    hands_on: Annotated[str, own_words("hands on")] = ""
    waiting: Annotated[str, own_words()] = ""
    per_year: Annotated[str, own_words("times a year")] = ""
    extra: Unknown = NOTHING


@record("roles", "role", called="name")
@dataclass(frozen=True, slots=True)
class Role:
    """A role by its short code, its name and what else people call it."""

    code: Annotated[RoleCode, key()]
    name: Annotated[str, own_words()]
    also_called: Annotated[tuple[str, ...], own_words("other names")] = ()
    about: Annotated[str, own_words()] = ""
    extra: Unknown = NOTHING


@record("words", "word", called="say")
@dataclass(frozen=True, slots=True)
class Word:
    """What the group agreed to say, and what not to say (``not`` in the file)."""

    say: Annotated[str, key(unique=False)]
    avoid: Annotated[tuple[str, ...], own_words("what not to say", in_file="not")] = ()
    extra: Unknown = NOTHING


@dataclass(frozen=True, slots=True)
class Route:
    """An answer to a decision and where it leads.

    ``to`` is an activity's id or `END`; ``to_words`` are words that match no activity yet (an
    open target); neither means the next activity.
    """

    answer: Annotated[str, prose()] = ""
    to: Annotated[ActivityId, points_at("activities")] = NO_ACTIVITY
    to_words: Annotated[str, prose()] = ""
    extra: Unknown = NOTHING


@record("activities", "activity", "activities", called="text")
@dataclass(frozen=True, slots=True)
class Activity:
    """What one column of the wall says. ``lead`` is RACI's R; ``also`` are other Rs.

    What was confirmed in an earlier session, and when, is known beside what is confirmed now.
    ``goes_back`` is the share of cases that its answers send back, such as ``1 in 5``.
    """

    id: Annotated[ActivityId, key("a")]
    stage: Annotated[StageId, points_at("stages")]
    text: Annotated[str, prose("words")]
    lead: Annotated[RoleCode, points_at("roles", raci="R")] = NO_ROLE
    also: Annotated[
        tuple[RoleCode, ...], points_at("roles", noun="also responsible", raci="R")
    ] = ()
    accountable: Annotated[RoleCode, points_at("roles", raci="A")] = NO_ROLE
    consulted: Annotated[tuple[RoleCode, ...], points_at("roles", raci="C")] = ()
    informed: Annotated[tuple[RoleCode, ...], points_at("roles", raci="I")] = ()
    decision: Annotated[str, prose()] = ""
    decided_by: Annotated[RoleCode, points_at("roles", noun="who decides")] = NO_ROLE
    limit: Annotated[str, prose("limit of the decision")] = ""
    routes: Annotated[tuple[Route, ...], joined_by("answer", "answers")] = ()
    then: Annotated[str, points_at("activities", noun="what comes next", prose=True)] = ""
    documents: Annotated[tuple[str, ...], names("documents", quoted=True, prose=True)] = ()
    timescale: Annotated[str, prose()] = ""
    note: Annotated[str, prose()] = ""
    sequence_confirmed: Annotated[bool, value()] = False
    lead_confirmed: Annotated[bool, value()] = False
    sequence_was_confirmed: Annotated[bool, value()] = False
    lead_was_confirmed: Annotated[bool, value()] = False
    was_confirmed_on: Annotated[dt.date | None, value()] = None
    open_point: Annotated[str, prose("open point")] = ""
    improve: Annotated[Improve | None, value("mark")] = None
    tiers: Annotated[Treatments, points_at("tiers")] = ()
    hands_on: Annotated[str, own_words("hands on")] = ""
    waiting: Annotated[str, own_words()] = ""
    per_year: Annotated[str, own_words("times a year")] = ""
    goes_back: Annotated[str, own_words("share of cases that go back")] = ""
    extra: Unknown = NOTHING

    @property
    def confirmed(self) -> bool:
        """Whether the group agreed both the place in the sequence and the lead."""
        return self.sequence_confirmed and self.lead_confirmed

    @property
    def in_two_letters(self) -> set[RoleCode]:
        """The roles that both do or answer for it and are told of it, or are told twice."""
        told, own = {*self.consulted}, {self.lead, *self.also, self.accountable}
        both = (told & {*self.informed}) | (own & {*told, *self.informed})
        return both - {NO_ROLE}


@dataclass(frozen=True, slots=True)
class Option:
    """What could be done about an issue, what speaks for it and what against."""

    text: Annotated[str, prose("option")] = ""
    speaks_for: Annotated[str, prose("for", in_file="for")] = ""
    against: Annotated[str, prose()] = ""
    extra: Unknown = NOTHING


@record("issues", "issue", called="text")
@dataclass(frozen=True, slots=True)
class Issue:
    """Something that should improve. ``near`` is where, in words, while nothing is typed yet.

    Explored, it says what causes it, the options, the ``preferred`` one, and who decides.
    """

    id: Annotated[IssueId, key("i")]
    text: Annotated[str, prose("words")]
    code: Annotated[IssueCode | None, value()] = None
    activity: Annotated[ActivityId, points_at("activities")] = NO_ACTIVITY
    near: Annotated[str, prose("where on the wall")] = ""
    raised_by: Annotated[str, names("people", "teams", noun="raised by")] = ""
    source: Annotated[str, own_words("where it comes from")] = ""
    parked: Annotated[bool, value()] = False
    status: Annotated[IssueStatus, value()] = IssueStatus.OPEN
    causes: Annotated[str, prose("what causes it")] = ""
    options: Annotated[tuple[Option, ...], joined_by("text")] = ()
    preferred: Annotated[str, prose("preferred option")] = ""
    decides: Annotated[Owner, points_at("roles", "people", noun="who decides", words=True)] = (
        NO_OWNER
    )
    extra: Unknown = NOTHING


@record("topics", "topic", called="title")
@dataclass(frozen=True, slots=True)
class Topic:
    """What part 1 explored. ``kind`` is one of the catalogue's; minutes are those used."""

    id: Annotated[str, key("t")]
    kind: Annotated[str, value()]
    title: Annotated[str, prose()] = ""
    issue: Annotated[IssueId, points_at("issues")] = NO_ISSUE
    notes: Annotated[str, prose()] = ""
    outcome: Annotated[str, prose()] = ""
    minutes: Annotated[int, counted("minutes used")] = 0
    extra: Unknown = NOTHING


@record("tiers", "tier", called="name")
@dataclass(frozen=True, slots=True)
class Tier:
    """Gold, silver, bronze or the council's own. ``value_from`` is pounds over the whole life."""

    code: Annotated[TierCode, key()]
    name: Annotated[str, own_words()]
    value_from: Annotated[int | None, value("pounds from")] = None
    risk_from: Annotated[int | None, value("risk score from")] = None
    review: Annotated[str, prose()] = ""
    extra: Unknown = NOTHING

    @property
    def label(self) -> str:
        """The tier's name, or its code where it has none."""
        return self.name or self.code


@record("board", "board", called="name")
@dataclass(frozen=True, slots=True)
class Board:
    """The Contract Assurance Board. ``gates`` are activities' ids, or words.

    ``must_not`` is what it must not become, such as one more meeting that only listens. ``power``
    is whether it decides or advises, and by whose power.
    """

    name: Annotated[str, own_words()] = ""
    purpose: Annotated[str, prose()] = ""
    chair: Annotated[str, points_at("roles", "people")] = ""
    members: Annotated[tuple[str, ...], points_at("roles", "people")] = ()
    meets: Annotated[str, own_words("when it meets")] = ""
    sees: Annotated[str, prose("what it sees")] = ""
    must_not: Annotated[str, prose("what it must not become")] = ""
    power: Annotated[str, prose("whether it decides or advises")] = ""
    reports_to: Annotated[str, own_words("whom it reports to")] = ""
    quorum: Annotated[str, own_words()] = ""
    secretary: Annotated[str, points_at("roles", "people")] = ""
    conflicts: Annotated[str, prose("conflicts of interest")] = ""
    review_on: Annotated[dt.date | None, value("review date")] = None
    gates: Annotated[tuple[str, ...], points_at("activities", prose=True)] = ()
    extra: Unknown = NOTHING


@record("meetings", "meeting", called="body")
@dataclass(frozen=True, slots=True)
class Meeting:
    """A body, when it sits, and when its papers are due."""

    id: Annotated[MeetingId, key("m")]
    body: Annotated[str, names("board", quoted=True)]
    date: Annotated[dt.date | None, value()] = None
    papers_by: Annotated[dt.date | None, value("papers due")] = None
    extra: Unknown = NOTHING


@record("actions", "action", called="text")
@dataclass(frozen=True, slots=True)
class Action:
    """Something to do. ``owner`` is a role's code, a person's id, or the words for a group.

    ``impact`` and ``effort`` are 1 to 5. ``place`` is the group's own move in the ranking,
    counted from 1; absent, the computed rank holds. ``source`` is where it was brought from.
    ``rag`` is none until the first update, whose words ``last_update`` keeps.
    """

    id: Annotated[ActionId, key("n")]
    text: Annotated[str, prose("words")]
    kind: Annotated[ActionKind, value()] = ActionKind.IMPROVEMENT
    issue: Annotated[IssueId, points_at("issues")] = NO_ISSUE
    activity: Annotated[ActivityId, points_at("activities")] = NO_ACTIVITY
    near: Annotated[str, prose("where on the wall")] = ""
    owner: Owned = NO_OWNER
    helper: Owned = NO_OWNER
    due: Annotated[dt.date | None, value("target date")] = None
    impact: Annotated[int | None, value()] = None
    effort: Annotated[int | None, value()] = None
    approval: Annotated[str, names("approvals")] = ""
    needs: Annotated[tuple[str, ...], own_words("who must agree", quoted=False)] = ()
    votes: Annotated[int, value()] = 0
    place: Annotated[int | None, value("place in the ranking")] = None
    status: Annotated[ActionStatus, value()] = ActionStatus.OPEN
    done_on: Annotated[dt.date | None, value("done on")] = None
    success_measure: Annotated[str, prose("success measure")] = ""
    rag: Annotated[Rag | None, value("RAG")] = None
    last_update: Annotated[str, own_words("last update")] = ""
    source: Annotated[str, own_words("where it comes from")] = ""
    extra: Unknown = NOTHING

    @property
    def who(self) -> tuple[str, str]:
        """Who owns it, and who helps; either may be nobody."""
        return self.owner, self.helper


@record("documents", "document", called="name")
@dataclass(frozen=True, slots=True)
class Document:
    """An entry of the optional register; names used on activities need none."""

    name: Annotated[str, key(unique=False, prose=True)]
    owner: Annotated[RoleCode, points_at("roles")] = NO_ROLE
    template: Annotated[str, own_words()] = ""
    where: Annotated[str, own_words("where it is kept")] = ""
    extra: Unknown = NOTHING


@record("remarks", "remark", called="text")
@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wrote back. ``on`` is the id of the record it is about."""

    id: Annotated[str, key("r")]
    on: Annotated[str, points_at(*REMARKED, noun="what it is about")]
    text: Annotated[str, own_words("words")]
    by: Annotated[str, own_words(quoted=False)] = ""
    status: Annotated[RemarkStatus, value()] = RemarkStatus.OPEN
    extra: Unknown = NOTHING


@record("photos", "photo", called="caption path")
@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the wall. ``path`` is relative to the session file; absent while to be filed.

    ``stage`` is the one that it shows; empty for several. What follows it is of the file when it
    was listed: its checksum, the date on which it says that it was taken, its width and height in
    pixels, upright, and its length in bytes.
    """

    id: Annotated[str, key("f")]
    path: Annotated[str, value("file")] = ""
    caption: Annotated[str, own_words()] = ""
    taken_by: Annotated[str, names("people", noun="taken by")] = ""
    stage: Annotated[StageId, points_at("stages")] = NO_STAGE
    sha256: Annotated[str, value("picture itself")] = ""
    taken_on: Annotated[dt.date | None, value()] = None
    width: Annotated[int | None, value()] = None
    height: Annotated[int | None, value()] = None
    size: Annotated[int | None, value()] = None
    extra: Unknown = NOTHING


@record("clashes", "clash", "clashes")
@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed at once: the record keeps one value, this is the other.

    ``collection`` is a field of the session, such as ``activities`` or ``workshop``; ``record`` is
    what its record is known by, empty for a heading; ``field`` is its key in the file. ``theirs``
    is the text of the other value, or the line of TOML that says it where it is no text; empty
    where the other took the value away. Where it is known who said what, ``by`` said the one that
    the record kept, which was ``ours`` then, and ``theirs_by`` the other.
    """

    id: Annotated[str, key("x")]
    collection: Annotated[str, value()]
    record: Annotated[str, value()]
    field: Annotated[str, value()]
    theirs: Annotated[str, own_words()] = ""
    by: Annotated[str, value()] = ""
    ours: Annotated[str, own_words()] = ""
    theirs_by: Annotated[str, value()] = ""
    extra: Unknown = NOTHING


@dataclass(frozen=True, slots=True)
class PartTime:
    """Minutes planned for a part of the afternoon, and minutes used."""

    planned: Annotated[int | None, value("minutes planned")] = None
    used: Annotated[int, counted("minutes used")] = 0
    extra: Unknown = NOTHING


@record("clock", "clock")
@dataclass(frozen=True, slots=True)
class Clock:
    """The time of the afternoon's three parts."""

    topic: Annotated[PartTime, joined_by("")] = PartTime()
    record: Annotated[PartTime, joined_by("")] = PartTime()
    plan: Annotated[PartTime, joined_by("")] = PartTime()
    extra: Unknown = NOTHING


@record("voting", "voting")
@dataclass(frozen=True, slots=True)
class Voting:
    """How many vote on the actions, and with how many dots each; absent, nobody counts them."""

    voters: Annotated[int | None, value("people who vote")] = None
    dots: Annotated[int | None, value("dots each")] = None
    extra: Unknown = NOTHING


@record("notice", "notice")
@dataclass(frozen=True, slots=True)
class Notice:
    """How long before a decision the public is told: England's rules, or the council's own.

    ``agenda_days`` are clear working days before a meeting; ``forward_plan_days`` are clear days
    before a key decision; on the days ``closed`` nobody works, nor on bank holidays.
    """

    agenda_days: Annotated[int, value("days from agenda to meeting")] = 5
    forward_plan_days: Annotated[int, value("days in the forward plan")] = 28
    closed: Annotated[tuple[dt.date, ...], value("days closed")] = ()
    extra: Unknown = NOTHING


@dataclass(frozen=True, slots=True)
class Alias:
    """What else a council's workbook heads a column with.

    ``means`` is the key of a column of ours, such as ``lead`` or ``due``; ``leave`` is a column
    that is never filled.
    """

    means: Annotated[str, value()]
    words: Annotated[tuple[str, ...], own_words()] = ()
    extra: Unknown = NOTHING


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a council's workbook; ``means`` is as in `Alias`, empty where it is their own."""

    header: Annotated[str, own_words()]
    means: Annotated[str, value()] = ""
    extra: Unknown = NOTHING


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table of a council's workbook as it was last found.

    ``kind`` is activities, raci, issues, actions or next_steps; ``name`` is that of the table or
    of its cells, empty where the headers alone told. A ``kind`` of leave is a table that is not
    taken. ``rows`` are those that people said to be a stage, a record or, with leave, nothing.
    """

    kind: Annotated[str, value()]
    sheet: Annotated[str, own_words()] = ""
    name: Annotated[str, own_words()] = ""
    columns: Annotated[tuple[Heading, ...], joined_by("")] = ()
    rows: Annotated[tuple[Heading, ...], joined_by("")] = ()
    extra: Unknown = NOTHING


@record("export", "export", called="")
@dataclass(frozen=True, slots=True)
class Export:
    """How the council's own workbook is filled and read: its words, and what was found in it.

    ``copy_sheet`` says that a copy of each sheet is filled, and theirs left as it is.
    """

    aliases: Annotated[tuple[Alias, ...], joined_by("")] = ()
    tables: Annotated[tuple[Fitted, ...], joined_by("")] = ()
    copy_sheet: Annotated[bool, value()] = False
    extra: Unknown = NOTHING


@record("handed_out", "part handed out", "parts handed out", called="to")
@dataclass(frozen=True, slots=True)
class HandedOut:
    """A part of the map that somebody fills in a workbook of their own.

    ``to`` is who has it, ``on`` since when; ``back`` is the day on which it came back.
    """

    id: Annotated[str, key("h")]
    to: Annotated[str, names("people", noun="who has it")] = ""
    stages: Annotated[tuple[StageId, ...], points_at("stages")] = ()
    on: Annotated[dt.date | None, value("since")] = None
    back: Annotated[dt.date | None, value("back on")] = None
    extra: Unknown = NOTHING


@record("requirements", "requirement", called="text")
@dataclass(frozen=True, slots=True)
class Requirement:
    """What the law asks of the process, as a pack tells it, and what the group says of that.

    ``text`` are the words of an activity that does it, ``section`` and ``source`` where it stands,
    ``read_on`` when it was last read there; absent, it was not. It holds ``since`` a day, for
    contracts ``above`` that many pounds, or ``for_tiers``; ``applies`` says for which besides.
    ``exempt`` is what the law leaves out, ``must`` what must be there, and by when. ``words`` tell
    an activity that does it; ``activity`` is the one that the group says does it, and ``outside``
    why it is none of this process.
    """

    id: Annotated[str, key("q")]
    text: Annotated[str, own_words("words")]
    section: Annotated[str, own_words(quoted=False)] = ""
    source: Annotated[str, own_words("where to read it", quoted=False)] = ""
    read_on: Annotated[dt.date | None, value("read there on")] = None
    since: Annotated[dt.date | None, value("in force since")] = None
    above: Annotated[int | None, value("pounds above")] = None
    for_tiers: Annotated[tuple[TierCode, ...], points_at("tiers", noun="tiers")] = ()
    applies: Annotated[str, own_words("what it applies to")] = ""
    exempt: Annotated[str, own_words("what is exempt")] = ""
    must: Annotated[str, own_words("what must be there")] = ""
    words: Annotated[tuple[str, ...], own_words("what an activity is known by")] = ()
    activity: Annotated[ActivityId, points_at("activities")] = NO_ACTIVITY
    outside: Annotated[str, prose("why it is outside")] = ""
    extra: Unknown = NOTHING


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
    handed_out: tuple[HandedOut, ...] = ()
    versions: tuple[Version, ...] = ()
    requirements: tuple[Requirement, ...] = ()
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

    def records(self, what: Besides) -> bool:
        """Whether that is recorded: it was asked for, or there is some."""
        return what in self.workshop.also_record or self.has(what)

    def has(self, what: Besides) -> bool:
        """Whether there is some of what may be recorded besides."""
        return what in self._there

    @cached_property
    def _there(self) -> frozenset[Besides]:
        """What there is some of, found once: a letter of the line asks, and there may be thousands.

        Requirements are a pack's, which nobody said: without the tick they are kept, and unseen.
        """
        timed: tuple[Stage | Activity, ...] = (*self.stages, *self.activities)
        there = {
            Besides.TIERS: bool(self.tiers),
            Besides.MARKS: any(activity.improve for activity in self.activities),
            Besides.TIMES: any(one.hands_on or one.waiting or one.per_year for one in timed)
            or any(activity.goes_back for activity in self.activities),
            Besides.TIMESCALES: any(activity.timescale for activity in self.activities),
        }
        return frozenset(what for what, some in there.items() if some)

    def tier_name(self, code: str) -> str:
        """What the tier of that code is called; the code where there is none."""
        return next((tier.label for tier in self.tiers if tier.code == code), code)

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
    def by_stage(self) -> Mapping[StageId, tuple[Activity, ...]]:
        """The activities of each stage, in order; every stage has an entry."""
        columns: dict[StageId, list[Activity]] = {stage.id: [] for stage in self.stages}
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
        return _Refs(self.activity_by_id)

    @cached_property
    def id_by_ref(self) -> Mapping[str, ActivityId]:
        """The id of the activity that bears each ref."""
        return MappingProxyType(
            {self.ref_by_id[activity.id]: activity.id for activity in self.in_order}
        )


class _Refs(Mapping[str, str]):
    """The ref of each activity, worked out a stage at a time as one is asked for.

    The session that a typed letter makes is asked for one, and there may be thousands. It holds
    no session, which would hold it: such a ring stays until garbage is looked for.
    """

    def __init__(self, by_id: Mapping[str, Activity]) -> None:
        self._by_id = by_id
        self._known: dict[str, str] = {}

    def __getitem__(self, activity: str) -> str:
        if activity not in self._known:
            stage = self._by_id[activity].stage
            there = [one.id for one in self._by_id.values() if one.stage == stage]
            self._known |= {one: f"{stage}.{place:02}" for place, one in enumerate(there, 1)}
        return self._known[activity]

    def __contains__(self, activity: object) -> bool:
        return activity in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)
