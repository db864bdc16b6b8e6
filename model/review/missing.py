"""What is still to fill, to agree or to give to somebody, and the same counted in one sentence."""

import re
from collections.abc import Callable, Iterable, Iterator

from offwall.model.process import EdgeKind
from offwall.model.process.graph import edges
from offwall.model.records import (
    Action,
    ActionStatus,
    Activity,
    Issue,
    IssueCode,
    IssueStatus,
    Session,
    counted,
)
from offwall.model.records.text import english_list, quoted
from offwall.model.review.finding import Finding, notice, ref
from offwall.model.setup.workshop import Besides, records

LIVE = (ActionStatus.OPEN, ActionStatus.DOING)
"""Actions that still need an owner and a date."""


_UNREAD = re.compile(r"(?<!\S)[@=][^\W\d]\S*")
"""An owner or an approval that a line could not take: ``@x``, ``=cabinet`` where two begin so."""


def as_printed(text: str) -> str:
    """An action's text without what a line could not take: that is a finding, and in no paper."""
    return " ".join(_UNREAD.sub("", text).split()) or text


def unfinished(activity: Activity) -> tuple[str, ...]:
    """What of an activity is still to fill, in a word or two each; for lists.

    Every activity needs these, so that the count ends; what only some need is the checks' to say.
    """
    still = {
        "no lead": not activity.lead,
        "no accountable": not activity.accountable,
        "open point": bool(activity.open_point),
    }
    return tuple(words for words, missing in still.items() if missing)


def check_completeness(session: Session) -> Iterator[Finding]:
    """What is not agreed, and what lacks a template, a timescale, an owner or a date."""
    for activity in session.in_order:
        yield from _agreed(session, activity)
    for issue in session.issues:
        yield from _time(session, issue)
    for document in session.documents:
        if document.template.strip().casefold() == "no":
            yield notice(
                "no template",
                document.name,
                f"Document {quoted(document.name)} has no template; agree who drafts one.",
            )
    for action in session.actions:
        if action.status in LIVE:
            yield from _carried(action)


def check_completeness_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """What of one activity is not agreed, and whether its time risk has a timescale."""
    yield from _agreed(session, activity)
    for issue in session.issues:
        if issue.activity == activity.id:
            yield from _time(session, issue)


def _agreed(session: Session, activity: Activity) -> Iterator[Finding]:
    where = ref(session, activity)
    if activity.open_point:
        yield notice(
            "open point",
            activity.id,
            f"{where} has an open point: {quoted(activity.open_point)}; settle it, or give it "
            "to somebody.",
        )
    if not activity.confirmed:
        parts = (
            ("its sequence", activity.sequence_confirmed),
            ("its lead", activity.lead_confirmed),
        )
        missing = " and ".join(part for part, done in parts if not done)
        text = f"{where} is not confirmed: {missing}; read it to the group."
        yield notice("unconfirmed", activity.id, text)


def _time(session: Session, issue: Issue) -> Iterator[Finding]:
    activity = session.activity_by_id.get(issue.activity)
    live = issue.code is IssueCode.TIME and issue.status is not IssueStatus.CLOSED
    if activity and live and not activity.timescale and records(session, Besides.TIMESCALES):
        yield notice(
            "time risk",
            activity.id,
            f"{ref(session, activity)} has a time risk ({quoted(issue.text)}) and no "
            "timescale; say within when.",
        )


def _carried(action: Action) -> Iterator[Finding]:
    for token in _UNREAD.findall(action.text):
        text = f"Action {quoted(action.text)}: {quoted(token)} could not be read; edit it."
        yield notice("not read", action.id, text, token)
    if not action.owner:
        text = f"Action {quoted(action.text)} has no owner; say who does it."
        yield notice("no owner", action.id, text)
    if action.due is None:
        text = f"Action {quoted(action.text)} has no target date; say by when."
        yield notice("no date", action.id, text)


# What the map and the RACI still lack, counted and placed, for one sentence to a tired room.

STAGES_NAMED = 3
"""More stages than this are counted, not named."""


def missing_summary(session: Session) -> tuple[str, ...]:
    """What is still to record, to name or to confirm; empty where the record is complete."""
    if not session.activities:
        return ("nothing is recorded yet",)
    return tuple(_facts(session))


def _facts(session: Session) -> Iterator[str]:
    wall = session.in_order
    lacking: tuple[tuple[str, str, Callable[[Activity], bool]], ...] = (
        ("has no accountable", "have no accountable", lambda a: not a.accountable),
        ("has no lead", "have no lead", lambda a: not a.lead),
        (
            "leads nowhere yet by an answer",
            "lead nowhere yet by an answer",
            lambda a: any(edge.kind is EdgeKind.OPEN for edge in edges(session, a)),
        ),
    )
    for one, several, still in lacking:
        yield from _fact([a for a in wall if still(a)], (one, several))
    waiting = [a for a in wall if not (a.confirmed or a.open_point)]
    yield from _fact(waiting, ("is to be confirmed", "are to be confirmed"))
    empty = [stage.id for stage in session.stages if not session.by_stage[stage.id]]
    if empty:
        yield f"nothing is recorded in {_stages(empty)}"


def _fact(found: list[Activity], said: tuple[str, str]) -> Iterator[str]:
    """What is so of one, or of several: ``7 activities in stages S6 and S8 have no lead``."""
    if found:
        where = _stages(activity.stage for activity in found)
        number = counted(len(found), "activity", "activities")
        yield f"{number} in {where} {said[len(found) > 1]}"


def _stages(ids: Iterable[str]) -> str:
    """Stages by their ids, the first few of them: ``stages S6 and S8``."""
    distinct = list(dict.fromkeys(ids))
    if len(distinct) == 1:
        return f"stage {distinct[0]}"
    more = len(distinct) - STAGES_NAMED
    named = (*distinct[:STAGES_NAMED], f"{more} more") if more > 0 else distinct
    return f"stages {english_list(named)}"
