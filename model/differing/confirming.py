"""What was confirmed meanwhile, or is to be confirmed again: one sentence for many activities."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from model.session import Activity, Session

LEVELS = (
    ("Confirmed", True, True),
    ("Place confirmed, lead still to confirm", True, False),
    ("Lead confirmed, place still to confirm", False, True),
    ("To be confirmed again", False, False),
)
"""What is said of those that came to each level of agreement: of the sequence, of the lead."""


def confirmed(old: Session, new: Session, stage: str) -> Iterator[str]:
    """A sentence for each level that activities of a stage came to, with their places."""
    column = new.by_stage.get(stage, ())
    for said, *level in LEVELS:
        came = [
            place
            for place, one in enumerate(column, 1)
            if _level(one) == level and _level(old.activity_by_id.get(one.id)) != level
        ]
        if came:
            yield f"{said}: {_refs(stage, came)}."


def confirming(before: Activity | None, after: Activity) -> str:
    """The same of one activity; empty where its level is as it was."""
    level = _level(after)
    if level == _level(before):
        return ""
    return next(said for said, *found in LEVELS if found == level).lower()


def _level(activity: Activity | None) -> list[bool]:
    if activity is None:
        return [False, False]
    return [activity.sequence_confirmed, activity.lead_confirmed]


def _refs(stage: str, places: Sequence[int]) -> str:
    """Places as refs, neighbours as a run: ``S3.01, S3.04 to S3.08``."""
    runs = groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])
    found = ([place for _, place in run] for _, run in runs)
    return ", ".join(_run(stage, run) for run in found)


def _run(stage: str, run: Sequence[int]) -> str:
    first, last = f"{stage}.{run[0]:02}", f"{stage}.{run[-1]:02}"
    if len(run) < 3:
        return ", ".join(dict.fromkeys((first, last)))
    return f"{first} to {last}"
