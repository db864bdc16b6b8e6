"""How long it takes and how often: said as ranges, which stay ranges, and what they come to.

What nobody said is nought in a sum, and is counted, so that the sum says of how many it is. None
of it is in what the room sees, in the feedback or in a mail.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heappop, heappush
from typing import Any, NamedTuple

from offwall.model.process.graph import (
    edges_by_activity,
    onward,
    reach,
    start_activity,
    strong_components,
    ways_back,
)
from offwall.model.process.names import role_labels
from offwall.model.process.walk import treatment
from offwall.model.records import END, Activity, EditError, Improve, Session, Stage, Treatment
from offwall.model.records.changes import once
from offwall.model.records.fields import ActivityId
from offwall.model.records.record_kind import Ask, Cell, Column, Reading, RecordKind
from offwall.model.records.session import Besides, Rhythm
from offwall.model.records.spans import (
    DAY,
    HOUR,
    NONE,
    ONCE,
    TIME_FIELDS,
    Span,
    read_often,
    read_share,
    read_time,
)
from offwall.model.records.text import excerpt, line_of

WHOLE_STAGES = "stages as a whole"
"""Stands for how many activities it is of, where only their stages say anything."""

SHARES = "Shares that go back"
"""What is told of the loops: of how many the share is said."""

# What is said of a stage before anything is typed, and of an activity afterwards.


def _ask(name: str, label: str, hint: str) -> Ask:
    read, wrong = TIME_FIELDS[name]

    def taken(text: str) -> str:
        if text and read(text) is None:
            raise EditError(f"{excerpt(text)} is {wrong}")
        return text

    def cell(_: Session, text: str) -> Cell:
        return (text, "wrong") if text and read(text) is None else text

    return Ask(name, label, hint, read=lambda _, text: taken(line_of(text)), cell=cell)


TIME_ASKS = (
    _ask("hands_on", "Hands on", "The work itself: 30 min, 2h, 2-3h."),
    _ask("waiting", "Waiting", "Until it goes on: 1 to 2 days, 3w."),
    _ask("per_year", "Times a year", "12, 4-6, monthly; empty: as its stage."),
)
_SHARE = _ask("goes_back", "Goes back", "Of the cases that come here: 1 in 5, 20%, 10-20%.")
_COLUMNS = (Column("hands_on", 11), Column("waiting", 11), Column("per_year", 9, "A year"))


def _share_of(reading: Reading, text: str) -> str:
    """The share, of an activity of which an answer leads back."""
    if text and reading.old and reading.old.id not in ways_back(reading.session):
        raise EditError("No answer of this activity leads back while another goes on.")
    share: str = _SHARE.read(reading, text)
    return share


def _asked(session: Session) -> Callable[[Activity], Cell]:
    """The share that goes back, or that it is to be asked."""
    backs = ways_back(session)
    return lambda one: one.goes_back or (("not said", "muted") if one.id in backs else "")


ACTIVITY_TIMES: RecordKind[Activity] = RecordKind(
    collection="activities",
    noun="activity",
    blank=lambda session: session.activities[0],
    asks=(*TIME_ASKS, replace(_SHARE, read=_share_of)),
    columns=(
        Column("ref", 6, "Ref", "muted", lambda session: lambda one: session.ref_by_id[one.id]),
        Column("text", title="Activity", cell=lambda _: lambda one: line_of(one.text)),
        *_COLUMNS,
        Column("goes_back", 9, cell=_asked),
    ),
    empty="No activity is recorded yet: h goes to the stages.",
    called=lambda one: line_of(one.text),
)

STAGE_TIMES: RecordKind[Stage] = RecordKind(
    collection="stages",
    noun="stage",
    blank=lambda session: session.stages[0],
    asks=TIME_ASKS,
    columns=(
        Column("name", title="Stage", cell=lambda _: lambda one: line_of(one.name)),
        *_COLUMNS,
    ),
    empty="There are no stages yet: press q until home, then 0.",
    called=lambda one: line_of(one.name),
)


def untimed(session: Session) -> Session:
    """The session without a word of it, for those who are not told how long anything takes."""
    bare: dict[str, Any] = {ask.name: "" for ask in TIME_ASKS}
    all_of_it = bare | {"goes_back": ""}
    besides = tuple(one for one in session.workshop.also_record if one != Besides.TIMES)
    return replace(
        session,
        workshop=replace(session.workshop, rate=None, also_record=besides),
        stages=tuple(replace(stage, **bare) for stage in session.stages),
        activities=tuple(replace(activity, **all_of_it) for activity in session.activities),
    )


# How often an activity is done, where answers lead back to it.

Ways = dict[ActivityId, list[ActivityId]]
Spans = dict[ActivityId, Span | None]
Minutes = Mapping[ActivityId, Fraction]


@once
def _visits(session: Session) -> Mapping[ActivityId, Span]:
    """How often each activity is done for a case, where a share that goes back is said of it.

    The last on the wall comes first: what it sends back comes by those before it again.
    """
    found: dict[ActivityId, Span] = {}
    for start, back in reversed(ways_back(session).items()):
        if share := read_share(session.activity_by_id[start].goes_back):
            goes_on = Span(1 / (1 - share.low), 1 / (1 - share.high))
            done = found[start] = found.get(start, ONCE) * goes_on
            for node in back.again - {start}:
                found[node] = found.get(node, ONCE) + done * share
            found |= dict.fromkeys(back.detour, done * share)
    return found


# What it comes to: hours a year, and days from start to end.


@dataclass(frozen=True, slots=True)
class Figure:
    """Minutes a year of some activities as it is and as it should be.

    ``stated`` of ``every`` say how long and how often; where none does, ``estimated`` tells that
    the stage's own words count. ``light`` are done lightly, and count in full.
    """

    kind: str
    name: str
    stated: int
    every: int
    as_is: Span
    to_be: Span
    estimated: bool = False
    light: int = 0


class Told(NamedTuple):
    """A figure in words: what it is of, of how many it is stated, hours or days, and pounds."""

    kind: str
    name: str
    stated: str
    as_is: str
    to_be: str
    pounds: str = ""
    pounds_to_be: str = ""

    @property
    def called(self) -> str:
        """What it is of, such as ``Lead: Finance``."""
        return ": ".join(filter(None, (self.kind, self.name)))


def told(session: Session) -> tuple[Told, ...]:
    """How long it takes from start to end, of how many loops the share is said, then a line a
    figure; what nobody said stays empty.
    """
    return (
        *_days_told(session),
        *_loops_told(session),
        *(_told(session, one) for one in figures(session)),
    )


def _days_told(session: Session) -> Iterator[Told]:
    both = (minutes_from_start_to_end(session, mark) for mark in (Improve.NEW, Improve.DROP))
    as_is, to_be = (f"{span.said(DAY)} working days" if span else "" for span in both)
    stated = sum(_takes(activity) is not None for activity in session.activities)
    whole = not stated and (as_is or to_be)
    of = WHOLE_STAGES if whole else f"{stated} of {len(session.activities)}"
    yield Told("From start to end", "", of, as_is, to_be)


def _loops_told(session: Session) -> Iterator[Told]:
    if backs := ways_back(session):
        stated = sum(read_share(session.activity_by_id[one].goes_back) is not None for one in backs)
        yield Told(SHARES, "", f"{stated} of {len(backs)}", "", "")


def _told(session: Session, figure: Figure) -> Told:
    of = WHOLE_STAGES if figure.estimated else f"{figure.stated} of {figure.every}"
    of += f", {figure.light} light" if figure.light else ""
    both = (figure.as_is, figure.to_be) if figure.stated or figure.estimated else ()
    rate = session.workshop.rate
    pounds = [f"£{span.said(1, rate / Fraction(HOUR))}" for span in both] if rate else []
    said = [f"{span.said(HOUR)} hours a year" for span in both]
    return Told(figure.kind, figure.name, of, *(said or ("", "")), *pounds)


def a_year(session: Session, one: Activity | Stage) -> Span | None:
    """Minutes a year of work; None where it is not said how long, or how often."""
    often = read_often(one.per_year)
    if not often and isinstance(one, Activity) and (stage := session.stage_by_id.get(one.stage)):
        often = read_often(stage.per_year)
        # What an activity says of itself has what comes back in it; its stage tells the cases.
        often = often * _visits(session).get(one.id, ONCE) if often else None
    hands_on = read_time(one.hands_on)
    return hands_on * often if hands_on and often else None


def _figure_of(session: Session, kind: str, name: str, activities: Iterable[Activity]) -> Figure:
    every = tuple(activities)
    said = [(one.improve, span) for one in every if (span := a_year(session, one))]
    as_is = sum((span for mark, span in said if mark is not Improve.NEW), NONE)
    to_be = sum((span for mark, span in said if mark is not Improve.DROP), NONE)
    return Figure(kind, name, len(said), len(every), as_is, to_be)


def _of_stage(session: Session, stage: Stage) -> Figure:
    found = _figure_of(session, "Stage", line_of(stage.name), session.by_stage[stage.id])
    whole = a_year(session, stage)
    if found.stated or whole is None:
        return found
    return Figure("Stage", found.name, 0, found.every, whole, whole, estimated=True)


def figures(session: Session) -> tuple[Figure, ...]:
    """The whole process, its stages, who leads, and the tiers; what is done lightly counts full."""
    stages = [_of_stage(session, stage) for stage in session.stages]
    as_is = sum((stage.as_is for stage in stages), NONE)
    to_be = sum((stage.to_be for stage in stages), NONE)
    stated, every = sum(stage.stated for stage in stages), sum(stage.every for stage in stages)
    guessed = any(stage.estimated for stage in stages) and not stated
    whole = Figure("Whole process", "", stated, every, as_is, to_be, guessed)
    return (whole, *stages, *_roles(session), *_tiers(session))


def _roles(session: Session) -> Iterator[Figure]:
    names = role_labels(session)
    for code in (*session.role_by_code, ""):
        if led := [activity for activity in session.in_order if activity.lead == code]:
            yield _figure_of(session, "Lead", names.get(code, "nobody yet"), led)


def _tiers(session: Session) -> Iterator[Figure]:
    for tier in session.tiers:
        how = {activity: treatment(session, activity, tier.code) for activity in session.in_order}
        done = [one for one in how if how[one] is not Treatment.NO]
        light = sum(how[one] is Treatment.LIGHT for one in done)
        yield replace(_figure_of(session, "Tier", line_of(tier.name), done), light=light)


def minutes_from_start_to_end(session: Session, without: Improve) -> Span | None:
    """At best and at worst, what is marked ``without`` passed by; None where no way ends.

    At best it is the shortest way; at worst the longest. A loop counts by the share of cases that
    go back; of one whose share nobody said, nothing at best, and each activity in it once at worst.
    Where no activity says anything, it is the stages one after the other.
    """
    spans = {
        activity.id: _takes(activity)
        for activity in session.in_order
        if activity.improve is not without
    }
    if not any(spans.values()):
        return _stages_in_a_row(session)
    ways = onward(session)
    spans = _with_shares(session, spans, ways)
    ways = {node: ways[node] for node in reach(ways, [start_activity(session)])}
    every = edges_by_activity(session)
    ends = {node for node in ways if any(edge.to == END for edge in every[node])}
    ends = ends or {node for node, ahead in ways.items() if not ahead}
    if not ends:
        return None
    least = {node: (spans.get(node) or NONE).low for node in ways}
    most = {node: (spans.get(node) or NONE).high for node in ways}
    start = start_activity(session)
    return Span(_shortest(ways, least, start, ends), _longest(ways, most, start, ends))


def _with_shares(session: Session, spans: Spans, ways: Ways) -> Spans:
    """How long each takes with what comes back of it; the ways back of known shares go."""
    visits = _visits(session)
    spans = {one: span * visits.get(one, ONCE) if span else None for one, span in spans.items()}
    for start, back in ways_back(session).items():
        if read_share(session.activity_by_id[start].goes_back):
            ways[start] = [to for to in ways[start] if to not in back.targets]
            spans[start] = sum(filter(None, map(spans.get, {start, *back.detour})), NONE)
    return spans


def _takes(one: Activity | Stage) -> Span | None:
    said = [span for text in (one.hands_on, one.waiting) if (span := read_time(text))]
    return sum(said, NONE) if said else None


def _stages_in_a_row(session: Session) -> Span | None:
    row = [stage for stage in session.stages if stage.rhythm is not Rhythm.ON_DEMAND]
    said = [span for one in row if (span := _takes(one))]
    return sum(said, NONE) if said else None


def _shortest(ways: Ways, takes: Minutes, start: ActivityId, ends: set[ActivityId]) -> Fraction:
    """The minutes of the shortest way, as Dijkstra found it."""
    ahead, done = [(takes[start], start)], set[ActivityId]()
    while ahead:
        so_far, node = heappop(ahead)
        if node in ends:
            return so_far
        if node not in done:
            done.add(node)
            for to in ways[node]:
                heappush(ahead, (so_far + takes[to], to))
    raise AssertionError("an end that is reached has a way to it")


def _longest(ways: Ways, takes: Minutes, start: ActivityId, ends: set[ActivityId]) -> Fraction:
    """The minutes of the longest way that ends; what goes round is one step of all in it."""
    groups = strong_components(ways)
    group_of = {node: place for place, group in enumerate(groups) for node in group}
    so_far = {group_of[start]: Fraction()}
    best = Fraction()
    for place, group in enumerate(groups):
        if place not in so_far:
            continue
        until = so_far[place] + sum(takes[node] for node in group)
        if ends & set(group):
            best = max(best, until)
        for to in {group_of[to] for node in group for to in ways[node]} - {place}:
            so_far[to] = max(so_far.get(to, Fraction()), until)
    return best
