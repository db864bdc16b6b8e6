"""What a topic is called, and what the session's own data say for taking it up."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from offwall.model.actions.ranking import improvements
from offwall.model.records import ActionStatus, IssueCode, IssueStatus, Session, counted
from offwall.model.records.session import Topic
from offwall.model.review.progress import unfinished
from offwall.model.setup.workshop import thing_of
from offwall.model.store import topic_kinds
from offwall.model.topics.board import approval_steps


def topic_name(session: Session, topic: Topic) -> str:
    """Its own title, else the issue that it explores, else the catalogue's title, else its kind."""
    issue = next((issue.text for issue in session.issues if issue.id == topic.issue), "")
    shipped = thing_of(session).named(_shipped().get(topic.kind, topic.kind))
    return topic.title or issue or shipped


@cache
def _shipped() -> Mapping[str, str]:
    return {kind.kind: kind.title for kind in topic_kinds()}


# Which of the session's own data speak for a topic of the catalogue, in sentences of a few words.
#
# What cannot be known while the activities are still on paper is said to come after part 2.

AFTER_PART_TWO = "after part 2"


def topic_signs(session: Session, kind: str) -> tuple[str, ...]:
    """What speaks for the topic of that kind now; nothing for a kind that is not known."""
    found = SIGNS.get(kind)
    return tuple(found(session)) if found else ()


def first_gap(session: Session) -> tuple[str, str]:
    """The first stage with a gap, and the activity that lacks something there.

    A stage in which nothing is recorded has no such activity; both are empty where nothing is
    missing.
    """
    for stage, column in session.by_stage.items():
        if not column:
            return stage, ""
        for activity in column:
            if unfinished(activity):
                return stage, activity.id
    return "", ""


def _mapping(session: Session) -> Iterator[str]:
    bare = [stage for stage, column in session.by_stage.items() if not column]
    if not session.activities:
        yield f"nothing is recorded yet: what is missing is counted {AFTER_PART_TWO}"
        return
    if bare:
        yield f"{counted(len(bare), 'stage')} without an activity: {', '.join(bare)}"
    lacking = sum(bool(unfinished(activity)) for activity in session.activities)
    if lacking:
        yield f"{lacking} of {counted(len(session.activities), 'activity', 'activities')} to fill"


def _issues(session: Session) -> Iterator[str]:
    live = [issue for issue in session.issues if issue.status is not IssueStatus.CLOSED]
    parked = sum(one.parked for one in live)
    if not live:
        yield "no issue is open" if session.issues else "no issue is noted yet"
        return
    yield f"{counted(len(live), 'issue')} not closed, {parked} parked"
    followed = {action.issue for action in session.actions}
    without = sum(one.id not in followed for one in live)
    if without:
        yield f"{without} without an action"


def _tiering(session: Session) -> Iterator[str]:
    if not session.tiers:
        yield "no tiers yet"
        return
    bare = [tier for tier in session.tiers if tier.value_from is None and tier.risk_from is None]
    yield counted(len(session.tiers), "tier") + (f", {len(bare)} without a line" if bare else "")
    unsaid = sum(not stage.tiers for stage in session.stages)
    if unsaid:
        yield f"{counted(unsaid, 'stage')} the same for every tier"


def _governance(session: Session) -> Iterator[str]:
    board = session.board
    if board is None:
        yield "no board yet"
    else:
        lacking = [
            name for name, said in (("chair", board.chair), ("members", board.members)) if not said
        ]
        gates = counted(len(board.gates), "gate") if board.gates else "no gates"
        yield f"a board with {gates}" + (f", no {' and no '.join(lacking)}" if lacking else "")
    yield from _decisions(session)
    gaps = sum(
        issue.code is IssueCode.GOVERNANCE and issue.status is not IssueStatus.CLOSED
        for issue in session.issues
    )
    if gaps:
        yield f"{counted(gaps, 'gap')} in governance (G) noted"


def _decisions(session: Session) -> Iterator[str]:
    if not session.activities:
        yield f"who decides what: {AFTER_PART_TWO}"
        return
    steps = approval_steps(session)
    nobody = sum(not step.decider for step in steps)
    said = counted(len(steps), "decision")
    yield f"{said}, {nobody} with nobody who decides" if nobody else said


def _ranking(session: Session) -> Iterator[str]:
    over = (ActionStatus.DONE, ActionStatus.DROPPED)
    found = [action for action in improvements(session) if action.status not in over]
    if not found:
        yield "no action is open"
        return
    unscored = sum(one.impact is None or one.effort is None for one in found)
    yield counted(len(found), "action") + (f", {unscored} unranked" if unscored else "")
    nobody = sum(not one.owner for one in found)
    if nobody:
        yield f"{nobody} without an owner"


SIGNS: Mapping[str, Callable[[Session], Iterator[str]]] = {
    "mapping": _mapping,
    "issue": _issues,
    "tiering": _tiering,
    "governance": _governance,
    "ranking": _ranking,
}
"""What is looked for, for each kind of the catalogue."""
