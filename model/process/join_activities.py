"""Two activities that say one thing become one; one that says two things becomes two."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from offwall.model.process.activities import activity_above, settle_targets
from offwall.model.process.post_it import said_target, union
from offwall.model.records import (
    END,
    Activity,
    EditError,
    Session,
    Treatment,
    derive,
    line_of,
    the_activity,
    updated,
    without,
)
from offwall.model.records.changes import added, changed
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, Collection, TierCode
from offwall.model.records.session import Route, Treatments
from offwall.model.records.text import fold, text_from
from offwall.model.records.uses import records_of, repoint, with_extra


def united_activity(session: Session, upper: Activity, lower: Activity) -> Activity:
    """The upper, with all that the lower says besides; what led to the lower leads to the upper.

    What can be said only once is the upper's, else the lower's; where both say it, the lower's
    goes to the note, and a second accountable becomes an open point. How long it takes is added
    up; how often is the upper's, and goes to no note, which the room would see.
    """
    lower = replace(
        lower,
        then=upper.id if lower.then == lower.id else lower.then,
        routes=tuple(
            replace(route, to=upper.id) if route.to == lower.id else route for route in lower.routes
        ),
    )
    upper = _leading_on(session, upper, lower)
    point = _in_a_row(upper.open_point, lower.open_point, _who_answers(session, upper, lower))
    agreed = upper.lead_confirmed and lower.lead_confirmed
    one = replace(
        upper,
        text=upper.text or lower.text,
        **_people(upper, lower),
        **_decision(upper, lower),
        then=upper.then or lower.then,
        documents=union(upper.documents, lower.documents, str.casefold),
        timescale=_in_a_row(upper.timescale, lower.timescale),
        hands_on="+".join(filter(None, (upper.hands_on, lower.hands_on))),
        waiting="+".join(filter(None, (upper.waiting, lower.waiting))),
        per_year=upper.per_year or lower.per_year,
        goes_back=lower.goes_back or upper.goes_back,
        sequence_confirmed=upper.sequence_confirmed and lower.sequence_confirmed,
        lead_confirmed=agreed and upper.lead == lower.lead and not point,
        open_point=point,
        improve=upper.improve or lower.improve,
        tiers=_tiers(session, upper, lower),
        extra=with_extra(upper.extra, lower.extra),
    )
    besides = _besides(session, one, upper, lower)
    return replace(one, note=_in_a_row(upper.note, lower.note, *besides))


def _leading_on(session: Session, upper: Activity, lower: Activity) -> Activity:
    """The upper, with what led from it to the lower leading to where the lower leads alone."""
    to = "" if lower.routes else lower.then
    known = to == END or to in session.activity_by_id
    target, words = (ActivityId(to), "") if known else (NO_ACTIVITY, to)
    return replace(
        upper,
        then="" if upper.then == lower.id else upper.then,
        routes=tuple(
            replace(route, to=target, to_words=words)
            if route.to == lower.id or not (route.to or route.to_words)
            else route
            for route in upper.routes
        ),
    )


def _people(upper: Activity, lower: Activity) -> dict[str, Any]:
    """The roles of both, each with the strongest of its letters."""
    lead = upper.lead or lower.lead
    accountable = upper.accountable or lower.accountable
    also = _apart(union(upper.also, filter(None, (lower.lead, *lower.also))), lead)
    consulted = _apart(union(upper.consulted, lower.consulted), lead, accountable, *also)
    told = union(upper.informed, lower.informed)
    return {
        "lead": lead,
        "also": also,
        "accountable": accountable,
        "consulted": consulted,
        "informed": _apart(told, lead, accountable, *also, *consulted),
    }


def _apart(codes: tuple[str, ...], *named: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in named)


def _decision(upper: Activity, lower: Activity) -> dict[str, Any]:
    """What is decided; who decides and the limit are those of the decision that is kept."""
    first, second = (lower, upper) if lower.decision and not upper.decision else (upper, lower)
    one = not second.decision or same_text(first.decision, second.decision)
    routes = {_folded(route): route for route in (*lower.routes, *upper.routes)}
    order = dict.fromkeys(_folded(route) for route in (*upper.routes, *lower.routes))
    return {
        "decision": first.decision,
        "decided_by": first.decided_by or (second.decided_by if one else ""),
        "limit": first.limit or (second.limit if one else ""),
        "routes": tuple(routes[route] for route in order),
    }


def _folded(route: Route) -> Route:
    """A route as it compares: its words without regard to case and space."""
    answer, words = fold(route.answer), fold(route.to_words)
    return replace(route, answer=answer, to_words=words)


def _who_answers(session: Session, upper: Activity, lower: Activity) -> str:
    """The question that two accountables leave; RACI has one."""
    codes = (upper.accountable, lower.accountable)
    if not all(codes) or codes[0] == codes[1]:
        return ""
    return f"Accountable: {_role(session, codes[0])} or {_role(session, codes[1])}?"


def _besides(session: Session, activity: Activity, *both: Activity) -> Iterator[str]:
    """What either says otherwise and can be said only once, in words for the note of the one."""
    once: tuple[tuple[str, Callable[[Activity], str]], ...] = (
        ("worded", lambda of: of.text),
        ("asked", lambda of: of.decision),
        ("decided by", lambda of: _role(session, of.decided_by)),
        ("limited", lambda of: of.limit),
        ("leads to", lambda of: _target(session, of.then)),
        ("marked", lambda of: of.improve or ""),
    )
    for label, say in once:
        said = (text for text in map(say, both) if text and not same_text(text, say(activity)))
        yield from (f"Also {label}: {text}" for text in said)


def _role(session: Session, code: str) -> str:
    """A role as people call it, with the code to type."""
    role = session.role_by_code.get(code)
    return f"{role.name} ({code})" if role and role.name else code


def _target(session: Session, to: str) -> str:
    """An activity in its own words: its ref may be another's tomorrow."""
    found = session.activity_by_id.get(to)
    return found.text if found else said_target(session, to)


def _tiers(session: Session, upper: Activity, lower: Activity) -> Treatments:
    """How each tier treats both: as it treats the one that it treats more strictly."""
    stage = dict(session.stage_by_id[upper.stage].tiers)
    codes = dict.fromkeys(code for code, _ in (*upper.tiers, *lower.tiers))
    strict = list(Treatment)

    def how(activity: Activity, code: TierCode) -> Treatment:
        return (stage | dict(activity.tiers)).get(code, Treatment.YES)

    return tuple(
        (code, min(how(upper, code), how(lower, code), key=strict.index)) for code in codes
    )


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ in no more than case and space."""
    return fold(one) == fold(other)


def _in_a_row(*texts: str) -> str:
    apart: list[str] = []
    for text in texts:
        if text and not any(same_text(text, other) for other in apart):
            apart.append(text)
    return "; ".join(apart)


def join_activities(session: Session, activity: ActivityId) -> Session:
    """Make one of an activity and the one above it in its stage, which keeps its id and words.

    Issues and actions are united as all else is (`united_activity`), and whatever pointed to the
    lower one points to the upper. Raises `EditError` where there is none above.
    """
    lower = the_activity(session, activity)
    upper = activity_above(session, lower)
    if upper is None:
        raise EditError(
            "It is the first of its stage, so there is none above to join it with. "
            "K and J move it within the stage, H and L to another."
        )
    before = session
    for collection in ("issues", "actions"):
        session = _without_twins(session, collection, upper.id, lower.id)
    one = united_activity(session, upper, lower)
    session = without(session, "activities", lower)
    session = replace(session, activities=changed(session.activities, upper, one))
    session = repoint(session, "activities", lower.id, upper.id)
    # Words that meant both of two alike mean the one that is left; other words must not be taken
    # to mean another activity only because the lower's own are gone.
    return settle_targets(session, before) if same_text(upper.text, lower.text) else session


def join_together(session: Session, several: tuple[ActivityId, ...]) -> Session:
    """Make one of several that stand one below the other in a stage, else raise `EditError`; the
    first keeps its words.
    """
    column = [activity.id for activity in session.by_stage[the_activity(session, several[0]).stage]]
    first = column.index(several[0])
    if tuple(column[first : first + len(several)]) != several:
        raise EditError(
            "Only those that stand one below the other in a stage can be joined. "
            "M moves all that are selected to one place first."
        )
    for lower in reversed(several[1:]):
        session = join_activities(session, lower)
    return session


def split_id(seed: str) -> ActivityId:
    """The id of the second activity that a split with this seed makes."""
    return derive(seed, "a")


def split_activity(
    session: Session, activity: ActivityId, first: str, second: str, *, seed: str
) -> Session:
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
        goes_back=old.goes_back,
    )
    words = line_of(first, "Say in a few words what the first one is.")
    now = added(session, "activities", new, old)
    later = dict.fromkeys(("decision", "decided_by", "limit", "then", "goes_back"), "")
    text = text_from(words, old.text)
    return settle_targets(updated(now, "activities", old, text=text, routes=(), **later), session)


def _without_twins(session: Session, collection: Collection, upper: str, lower: str) -> Session:
    """The session without the lower's records that say the very same as one of the upper's."""
    records = records_of(session, collection)
    uppers = [record for record in records if record.activity == upper]
    for record in (record for record in records if record.activity == lower):
        alike = (one for one in uppers if replace(record, id=one.id, activity=upper) == one)
        if twin := next(alike, None):
            session = without(session, collection, record)
            session = repoint(session, collection, record.id, twin.id)
    return session
