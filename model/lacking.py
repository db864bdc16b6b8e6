"""What the map and the RACI still lack, counted and placed, for one sentence to a tired room."""

from collections.abc import Iterable, Iterator

from model.checks import unfinished
from model.edits.answers import counted
from model.session import Activity, Session

STAGES_NAMED = 3
"""More stages than this are counted, not named."""


def lacking(session: Session) -> tuple[str, ...]:
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
    *named, last = (*distinct[:STAGES_NAMED], f"{more} more") if more > 0 else distinct
    return f"stages {', '.join(named)} and {last}"
