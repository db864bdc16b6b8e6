"""What the map and the RACI still lack, counted and placed, for one sentence to a tired room."""

from collections.abc import Iterable, Iterator

from model.checks import unfinished
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
        ("no accountable", "without an accountable"),
        ("no lead", "without a lead"),
        ("open target", "with an answer that leads nowhere yet"),
    ):
        yield from _fact([a for a in session.in_order if missing in still[a.id]], said)
    waiting = [a for a in session.in_order if not (a.confirmed or a.open_point)]
    yield from _fact(waiting, "to confirm")
    empty = [stage.id for stage in session.stages if not session.by_stage[stage.id]]
    if empty:
        yield f"nothing recorded in {_stages(empty)}"


def _fact(found: list[Activity], said: str) -> Iterator[str]:
    if found:
        noun = "activity" if len(found) == 1 else "activities"
        yield f"{len(found)} {noun} {said} ({_stages(activity.stage for activity in found)})"


def _stages(ids: Iterable[str]) -> str:
    """Stages by their ids, the first few of them: ``S6, S8``."""
    distinct = list(dict.fromkeys(ids))
    more = len(distinct) - STAGES_NAMED
    named = ", ".join(distinct[:STAGES_NAMED])
    return f"{named} and {more} more" if more > 0 else named
