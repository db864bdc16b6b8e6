"""The process improved: what the map says, what the group marks, as it is and to be."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING

from offwall.model.process import Edge, EdgeKind, TierView
from offwall.model.process.graph import edges_by_activity, handed_over, strong_components
from offwall.model.process.walk import tier_view
from offwall.model.records import (
    Activity,
    EditError,
    Improve,
    IssueCode,
    Session,
    Treatment,
    counted,
    excerpt,
    the_activity,
    updated,
)
from offwall.model.records.changes import following
from offwall.model.records.fields import ActivityId, TierCode
from offwall.model.records.text import text_from

if TYPE_CHECKING:
    from offwall.model.records.session import Treatments

# What the map itself says to the questions that process mapping asks of every activity.
#
# It says what is there, loops, long runs with one lead, hand-offs there and back; what to make of
# it is for the group.

LONG = 4
"""Activities in a row with one lead that make a long run: three may be a beginning, a middle and
an end."""

TELLING = frozenset({"needed", "earlier"})
"""What the map says about these is a sign that something could improve; so is a way back."""

Found = Iterator[tuple[str, str, str]]
"""An activity's id, what a question is about, and what the map says to it."""


class ImprovementEvidence:
    """What the map says of each activity, by what the questions are about; made once a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ref = session.ref_by_id
        self._ways = edges_by_activity(session)
        self._turns: set[str] = set()
        said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        asked = (
            self._before,
            self._runs,
            self._value,
            self._there_and_back,
            self._loops,
            self._time,
        )
        for activity, about, text in chain.from_iterable(ask() for ask in asked):
            said[activity][about].append(text)
        self._said = {
            activity: {about: "; ".join(texts) for about, texts in answers.items()}
            for activity, answers in said.items()
        }

    def of(self, activity: str) -> Mapping[str, str]:
        """What the map says of an activity, under what the question is about."""
        return self._said.get(activity, {})

    def tells(self, activity: str) -> bool:
        """Whether the map has a sign that something could improve there."""
        return activity in self._turns or not TELLING.isdisjoint(self.of(activity))

    def _columns(self) -> Iterator[tuple[Activity, ...]]:
        return iter(self._session.by_stage.values())

    def _before(self) -> Found:
        """Whether an activity waits for the one before it on the wall."""
        for column in self._columns():
            for before, one in pairwise(column):
                ref = self._ref[before.id]
                if all(way.to != one.id for way in self._ways[before.id]):
                    text = f"{ref} before it does not lead to it"
                elif before.decision:
                    text = f"it waits for the decision at {ref}"
                elif before.lead and one.lead and before.lead != one.lead:
                    text = f"{ref} before it has another lead, {before.lead}, and decides nothing"
                else:
                    continue
                yield one.id, "same-time", text

    def _runs(self) -> Found:
        """Long runs within a stage that one role leads."""
        for column in self._columns():
            for lead, found in groupby(column, key=lambda one: one.lead):
                run = list(found)
                if lead and len(run) >= LONG:
                    ends = f"{self._ref[run[0].id]} to {self._ref[run[-1].id]}"
                    for one in run:
                        yield one.id, "needed", f"{ends}: {len(run)} in a row that {lead} leads"

    def _value(self) -> Found:
        """What comes out of an activity, as far as it is recorded."""
        for activity in self._session.in_order:
            out = [*activity.documents, *([f"? {activity.decision}"] if activity.decision else [])]
            said = ", ".join(out) or "no document and no decision is recorded"
            yield activity.id, "value", f"comes out: {said}" if out else said

    def _there_and_back(self) -> Found:
        """Where the work goes to another role and straight back; said once of each activity."""
        told: set[str] = set()
        for giver in self._session.in_order:
            for middle in self._next(giver):
                back = (to for to in self._next(middle) if to is not giver)
                returned = next((to for to in back if to.lead == giver.lead), None)
                handed = giver.lead and middle.lead and giver.lead != middle.lead
                if handed and returned and middle.id not in told:
                    told.add(middle.id)
                    path = f"{self._ref[giver.id]} to {self._ref[returned.id]}"
                    text = f"{path}: from {giver.lead} to {middle.lead} and back"
                    yield middle.id, "earlier", text

    def _next(self, activity: Activity) -> list[Activity]:
        """The activities that one leads to, each once."""
        known = self._session.activity_by_id
        targets = dict.fromkeys(way.to for way in self._ways[activity.id])
        return [known[to] for to in targets if to in known]

    def _loops(self) -> Found:
        """Answers that lead back, and what is done again for the tightest of them."""
        wall = self._session.in_order
        order = {one.id: place for place, one in enumerate(wall)}
        part = self._parts()
        told: set[str] = set()
        back = list(self._back(order, part))
        self._turns = {edge.start for edge in back}
        for edge in sorted(back, key=lambda edge: order[edge.start] - order[edge.to]):
            answer = f"“{edge.label}”" if edge.label else "it"
            yield edge.start, "loop", f"{answer} leads back to {self._ref[edge.to]}"
            again = f"{answer} at " if edge.label else ""
            for one in wall[order[edge.to] : order[edge.start]]:
                if part[one.id] == part[edge.to] and one.id not in told:
                    told.add(one.id)
                    yield one.id, "loop", f"done again after {again}{self._ref[edge.start]}"
            told.add(edge.start)

    def _back(
        self, order: Mapping[ActivityId, int], part: Mapping[ActivityId, int]
    ) -> Iterator[Edge]:
        """The ways that close a loop, but for a cycle's own return, which is meant."""
        for ways in self._ways.values():
            for edge in ways:
                if edge.to in order and edge.kind is not EdgeKind.RETURN:
                    back = order[edge.to] <= order[edge.start]
                    if back and part[edge.start] == part[edge.to]:
                        yield edge

    def _parts(self) -> dict[ActivityId, int]:
        """Which activities lead to one another: a number for each group of them."""
        targets = {
            node: [
                way.to for way in ways if way.to in self._ways and way.kind is not EdgeKind.RETURN
            ]
            for node, ways in self._ways.items()
        }
        groups = strong_components(targets)
        return {node: number for number, group in enumerate(groups) for node in group}

    def _time(self) -> Found:
        """When it is to be done, and the time risks recorded there."""
        for activity in self._session.in_order:
            if activity.timescale:
                yield activity.id, "planning", f"timescale: {activity.timescale}"
        for issue in self._session.issues:
            if issue.code is IssueCode.TIME and issue.activity in self._ways:
                yield issue.activity, "planning", f"time risk: {issue.text}"


# The process as it is and as the group wants it, side by side, and what the change saves.
#
# What the group marks *drop* is left out of the process to be; what it marks *new* is not in the
# process as it is. Ways lead over what is left out, as they do for a tier.


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """What a process costs: its activities, those at which somebody decides, and the hand-offs.

    A hand-off is a way from one activity to another that another role leads; two answers that
    lead to the same activity are one.
    """

    steps: int
    decisions: int
    hand_offs: int

    def __sub__(self, other: "ProcessFigures") -> "ProcessFigures":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return ProcessFigures(*(ours - theirs for ours, theirs in pairs))


def as_is(session: Session) -> TierView:
    """The process as it is: without what the group marked as new."""
    return _without(session, Improve.NEW)


def to_be(session: Session) -> TierView:
    """The process as the group wants it: without what it marked to drop."""
    return _without(session, Improve.DROP)


def _without(session: Session, left_out: Improve) -> TierView:
    # Nothing bridges ways but a tier, so this makes a tier that leaves out what is to be left out.
    name = TierCode(left_out.value)
    gone: Treatments = ((name, Treatment.NO),)
    return tier_view(
        replace(
            session,
            stages=tuple(replace(stage, tiers=()) for stage in session.stages),
            activities=tuple(
                replace(activity, tiers=gone if activity.improve is left_out else ())
                for activity in session.activities
            ),
        ),
        name,
    )


def is_decision(activity: Activity) -> bool:
    """Whether somebody decides at it: it has a question, a name for who decides, or a limit."""
    return bool(activity.decision or activity.decided_by or activity.limit)


def process_figures(view: TierView) -> ProcessFigures:
    """What a process costs."""
    handed = handed_over(view.edges, view.kept)
    return ProcessFigures(len(view.kept), sum(map(is_decision, view.kept)), sum(handed.values()))


def count_marks(session: Session) -> Counter[Improve]:
    """How many activities the group marked to keep, to change, to drop, and as new."""
    return Counter(activity.improve for activity in session.activities if activity.improve)


def compare_figures(session: Session) -> str:
    """What the process costs now, what it would cost, and what that saves, in a line."""
    if not session.activities:
        return "Steps, decisions and hand-offs are counted after part 2."
    now, then = process_figures(as_is(session)), process_figures(to_be(session))
    if not count_marks(session)[Improve.DROP] and not count_marks(session)[Improve.NEW]:
        return f"Today {_said(now)}; nothing is marked to drop or new yet"
    return f"Today {_said(now)}; proposed {_said(then)}: {_change(now - then)}"


NOUNS = ("step", "decision", "hand-off")


def _said(process_figures: ProcessFigures) -> str:
    return ", ".join(map(counted, astuple(process_figures), NOUNS))


def _change(saved: ProcessFigures) -> str:
    """What the proposal saves, and what it adds."""
    pairs = list(zip(astuple(saved), NOUNS, strict=True))
    less = ", ".join(counted(number, noun) for number, noun in pairs if number > 0)
    more = ", ".join(counted(-number, noun) for number, noun in pairs if number < 0)
    said = (f"saves {less}" if less else "", f"adds {more}" if more else "")
    return "; ".join(filter(None, said)) or "saves nothing"


def side_by_side(session: Session) -> str:
    """The figures of the process as it is and to be, in a few words; nothing before part 2."""
    if not session.activities:
        return ""
    now, then = process_figures(as_is(session)), process_figures(to_be(session))
    return ", ".join(
        counted(old, noun) if old == new else f"{counted(old, noun)} -> {new:,}"
        for noun, old, new in zip(NOUNS, astuple(now), astuple(then), strict=True)
    )


# What the group wants to do with an activity: keep it, change it, drop it; or that it is new.

CYCLE = (None, *Improve)
"""The order in which one key goes through them; None where nothing is said."""


def set_improve(session: Session, activity: ActivityId, text: str) -> Session:
    """Mark an activity keep, change, drop or new; nothing takes the mark away.

    Raises `EditError` for any other word.
    """
    found = the_activity(session, activity)
    if text and text not in set(Improve):
        raise EditError(f"{excerpt(text)} is none of keep, change, drop and new.")
    return updated(session, "activities", found, improve=Improve(text) if text else None)


def next_improve(session: Session, activity: ActivityId) -> Session:
    """Mark an activity with what comes next: keep, change, drop, new, nothing."""
    found = the_activity(session, activity)
    improve = following(CYCLE, found.improve)
    return updated(session, "activities", found, improve=improve)


def note_activity(session: Session, activity: ActivityId, note: str) -> Session:
    """Write what was said of an activity; no words take the note away."""
    found = the_activity(session, activity)
    return updated(session, "activities", found, note=text_from(note, found.note))
