"""What in a session is incomplete or inconsistent, as findings; nothing here ever raises.

An *error* is what the record cannot leave with: nobody leads, nobody answers, a pointer into
nothing, a question without answers. A *notice* is what the group may well want so.
"""

from itertools import chain

from model.checks.clashing import clashing
from model.checks.completeness import completeness, completeness_at, unfinished
from model.checks.finding import Finding, Level
from model.checks.photos import photos
from model.checks.pointers import pointers
from model.checks.raci import raci, raci_at
from model.checks.routes import routes, routes_at
from model.checks.wording import wording, wording_at
from model.session import Activity, Session

__all__ = ["Finding", "Level", "findings", "findings_at", "unfinished"]


def findings(session: Session) -> tuple[Finding, ...]:
    """Everything found: errors first, then as the wall reads, then what has no place on it."""
    places = {activity.id: place for place, activity in enumerate(session.in_order)}
    checks = (raci, routes, completeness, pointers, photos, wording, clashing)
    found = chain.from_iterable(check(session) for check in checks)
    return tuple(
        sorted(
            found,
            key=lambda one: (one.level is not Level.ERROR, places.get(one.place, len(places))),
        )
    )


def findings_at(session: Session, activity: Activity) -> tuple[Finding, ...]:
    """What is found in one activity alone, errors first; quick enough to ask at every key.

    What takes the whole process to see, that nothing leads here or that it goes round for ever,
    is not among it.
    """
    checks = (raci_at, routes_at, completeness_at, wording_at)
    found = chain.from_iterable(check(session, activity) for check in checks)
    return tuple(sorted(found, key=lambda one: one.level is not Level.ERROR))
