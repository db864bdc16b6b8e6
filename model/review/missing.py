"""What is still to fill, to agree or to give to somebody: in a word or two, and in one sentence."""

import re
from collections.abc import Iterable, Iterator

from offwall.model.process import EdgeKind
from offwall.model.process.graph import edges
from offwall.model.records import (
    ActionStatus,
    Activity,
    Session,
    counted,
)
from offwall.model.records.text import english_list

LIVE = (ActionStatus.OPEN, ActionStatus.DOING)
"""Actions that still need an owner and a date."""


UNREAD = re.compile(r"(?<!\S)[@=][^\W\d]\S*")
"""An owner or an approval that a line could not take: ``@x``, ``=cabinet`` where two begin so."""


def as_printed(text: str) -> str:
    """An action's text without what a line could not take: that is a finding, and in no paper."""
    return " ".join(UNREAD.sub("", text).split()) or text


def unfinished(session: Session, activity: Activity) -> tuple[str, ...]:
    """What of an activity is still to fill, in a word or two each; for lists."""
    answers = len(activity.routes)
    still = {
        "no lead": not activity.lead,
        "no accountable": not activity.accountable,
        "no answers": bool(activity.decision) and answers == 0,
        "one answer": bool(activity.decision) and answers == 1,
        "open target": any(edge.kind is EdgeKind.OPEN for edge in edges(session, activity)),
        "no document": not activity.documents,
    }
    return tuple(words for words, missing in still.items() if missing)


# What the map and the RACI still lack, counted and placed, for one sentence to a tired room.

STAGES_NAMED = 3
"""More stages than this are counted, not named."""


def missing_summary(session: Session) -> tuple[str, ...]:
    """What is still to record, to name or to confirm; empty where the record is complete."""
    if not session.activities:
        return ("nothing is recorded yet",)
    return tuple(_facts(session))


def _facts(session: Session) -> Iterator[str]:
    still = {activity.id: unfinished(session, activity) for activity in session.in_order}
    for missing, said in (
        ("no accountable", ("has no accountable", "have no accountable")),
        ("no lead", ("has no lead", "have no lead")),
        ("open target", ("leads nowhere yet by an answer", "lead nowhere yet by an answer")),
    ):
        yield from _fact([a for a in session.in_order if missing in still[a.id]], said)
    waiting = [a for a in session.in_order if not (a.confirmed or a.open_point)]
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
