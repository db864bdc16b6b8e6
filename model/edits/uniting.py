"""What two activities say, as one activity that says all of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from model.edits.note_fields import union
from model.edits.note_of import said_target
from model.edits.texts import line_of
from model.session import END, Activity, Route, Session, Table, Treatment, Treatments


def united(session: Session, upper: Activity, lower: Activity) -> Activity:
    """The upper, with all that the lower says besides; what led to the lower leads to the upper.

    What can be said only once is the upper's, else the lower's; where both say it, the lower's
    goes to the note, and a second accountable becomes an open point.
    """
    lower = rerouted(lower, lower.id, upper.id)
    upper = _leading_on(session, upper, lower)
    point = _in_a_row(upper.open_point, lower.open_point, _who_answers(session, upper, lower))
    agreed = upper.lead_confirmed and lower.lead_confirmed
    return replace(
        upper,
        text=upper.text or lower.text,
        **_people(upper, lower),
        **_decision(upper, lower),
        then=upper.then or lower.then,
        documents=union(upper.documents, lower.documents, str.casefold),
        timescale=_in_a_row(upper.timescale, lower.timescale),
        note=_in_a_row(upper.note, lower.note, *_besides(session, upper, lower)),
        sequence_confirmed=upper.sequence_confirmed and lower.sequence_confirmed,
        lead_confirmed=agreed and upper.lead == lower.lead and not point,
        open_point=point,
        improve=upper.improve or lower.improve,
        tiers=_tiers(session, upper, lower),
        extra=_extra(upper.extra, lower.extra),
    )


def _leading_on(session: Session, upper: Activity, lower: Activity) -> Activity:
    """The upper, with what led from it to the lower leading to where the lower leads alone."""
    to = "" if lower.routes else lower.then
    known = to == END or to in session.activity_by_id
    to, words = (to, "") if known else ("", to)
    return replace(
        upper,
        then="" if upper.then == lower.id else upper.then,
        routes=tuple(
            replace(route, to=to, to_words=words)
            if route.to == lower.id or _falls(route)
            else route
            for route in upper.routes
        ),
    )


def _falls(route: Route) -> bool:
    """Whether a route leads to whatever comes next."""
    return not route.to and not route.to_words


def rerouted(activity: Activity, old: str, new: str) -> Activity:
    """The activity with its routes and its jump to ``old`` leading to ``new``."""
    then = new if activity.then == old else activity.then
    if then == activity.then and all(route.to != old for route in activity.routes):
        return activity
    routes = (replace(route, to=new) if route.to == old else route for route in activity.routes)
    return replace(activity, then=then, routes=tuple(routes))


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
    one = not second.decision or alike(first.decision, second.decision)
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
    answer, words = line_of(route.answer).casefold(), line_of(route.to_words).casefold()
    return replace(route, answer=answer, to_words=words)


def _who_answers(session: Session, upper: Activity, lower: Activity) -> str:
    """The question that two accountables leave; RACI has one."""
    codes = (upper.accountable, lower.accountable)
    if not all(codes) or codes[0] == codes[1]:
        return ""
    return f"Accountable: {_role(session, codes[0])} or {_role(session, codes[1])}?"


def _besides(session: Session, upper: Activity, lower: Activity) -> Iterator[str]:
    """What the lower says otherwise and can be said only once, in words for the note."""
    kept = _decision(upper, lower)
    both = (upper, lower)
    once = {
        "worded": (upper.text or lower.text, [each.text for each in both]),
        "asked": (kept["decision"], [each.decision for each in both]),
        "decided by": (
            _role(session, kept["decided_by"]),
            [_role(session, each.decided_by) for each in both],
        ),
        "limited": (kept["limit"], [each.limit for each in both]),
        "leads to": (
            _target(session, upper.then or lower.then),
            [_target(session, each.then) for each in both],
        ),
        "marked": (upper.improve or lower.improve or "", [each.improve or "" for each in both]),
    }
    for label, (now, said) in once.items():
        yield from (f"Also {label}: {text}" for text in said if text and not alike(text, now))


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

    def how(activity: Activity, code: str) -> Treatment:
        return (stage | dict(activity.tiers)).get(code, Treatment.YES)

    return tuple(
        (code, min(how(upper, code), how(lower, code), key=strict.index)) for code in codes
    )


def _extra(upper: Table, lower: Table) -> Table:
    known = {key for key, _ in upper.items}
    return Table((*upper.items, *(pair for pair in lower.items if pair[0] not in known)))


def alike(one: str, other: str) -> bool:
    """Whether two texts differ in no more than case and space."""
    return line_of(one).casefold() == line_of(other).casefold()


def _in_a_row(*texts: str) -> str:
    """The texts one after the other, each once."""
    apart: list[str] = []
    for text in texts:
        if text and not any(alike(text, other) for other in apart):
            apart.append(text)
    return "; ".join(apart)
