"""Two post-its that say one thing become one; one that says two things becomes two."""

from dataclasses import replace
from typing import Any

from model.edits.errors import EditError
from model.edits.note_targets import settle
from model.edits.pointers import Fields, repointed
from model.edits.records import added, changed, each_activity, the_activity, updated, without
from model.edits.texts import line_of
from model.edits.uniting import alike, rerouted, united
from model.ids import derive
from model.session import Activity, Session

TO_ACTIVITY: Fields = {
    "activities": ("then",),
    "issues": ("activity",),
    "actions": ("activity",),
    "remarks": ("on",),
    "board": ("gates",),
}
"""Where an activity stands by its id, besides the routes."""

TO_RECORD: dict[str, Fields] = {
    "issues": {"actions": ("issue",), "topics": ("issue",), "remarks": ("on",)},
    "actions": {"remarks": ("on",)},
}
"""Where an issue or an action stands by its id."""


def above(session: Session, activity: Activity) -> Activity | None:
    """The activity before this one in its stage; none where it is the first."""
    column = session.by_stage[activity.stage]
    place = column.index(activity)
    return column[place - 1] if place else None


def join(session: Session, activity: str) -> Session:
    """Make one of an activity and the one above it in its stage, which keeps its id and words.

    People, documents, issues, actions and routes are united, and whatever pointed to the lower
    one points to the upper. What can be said only once is the upper's, else the lower's; where
    both say it, the lower's words go to the note, and a second accountable becomes an open point.
    Raises `EditError` where there is none above.
    """
    lower = the_activity(session, activity)
    upper = above(session, lower)
    if upper is None:
        raise EditError(
            "It is the first of its stage, so there is none above to join it with. "
            "K and J move it within the stage, H and L to another."
        )
    before = session
    for collection in TO_RECORD:
        session = _without_twins(session, collection, upper.id, lower.id)
    one = united(session, upper, lower)
    session = without(session, "activities", lower)
    session = replace(session, activities=changed(session.activities, upper, one))
    session = repointed(session, TO_ACTIVITY, lower.id, upper.id)
    session = each_activity(session, lambda each: rerouted(each, lower.id, upper.id))
    # Words that meant both of two alike mean the one that is left; other words must not be taken
    # to mean another activity only because the lower's own are gone.
    return settle(session, before) if alike(upper.text, lower.text) else session


def split_id(seed: str) -> str:
    """The id of the second activity that a split with this seed makes."""
    return derive(seed, "a")


def split(session: Session, activity: str, first: str, second: str, *, seed: str) -> Session:
    """Make two of an activity: ``first`` says what it is now, ``second`` the one after it.

    The second has the same stage, lead, accountable and tiers, and is not confirmed. It takes the
    decision with its routes and where it leads, for it is the later step; all else stays with the
    first, and what pointed to the activity points to the first. Raises `EditError` without words
    for either.
    """
    old = the_activity(session, activity)
    new = Activity(
        split_id(seed),
        old.stage,
        line_of(second, "Say in a few words what the second one is."),
        lead=old.lead,
        accountable=old.accountable,
        decision=old.decision,
        decided_by=old.decided_by,
        limit=old.limit,
        routes=old.routes,
        then=old.then,
        tiers=old.tiers,
    )
    words = line_of(first, "Say in a few words what the first one is.")
    now = added(session, "activities", new, old)
    rest = {"decision": "", "decided_by": "", "limit": "", "routes": (), "then": ""}
    text = old.text if words == line_of(old.text) else words
    return settle(updated(now, "activities", old, text=text, **rest), session)


def _without_twins(session: Session, collection: str, upper: str, lower: str) -> Session:
    """The session without the lower's records that say the very same as one of the upper's."""
    records: tuple[Any, ...] = getattr(session, collection)
    uppers = [record for record in records if record.activity == upper]
    for record in records:
        if record.activity != lower:
            continue
        for twin in uppers:
            if replace(record, id=twin.id, activity=upper) == twin:
                session = without(session, collection, record)
                session = repointed(session, TO_RECORD[collection], record.id, twin.id)
                break
    return session
