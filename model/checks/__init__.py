"""What in a session is incomplete or inconsistent, as findings; nothing here ever raises.

An *error* is what the record cannot leave with: nobody leads, nobody answers, a pointer into
nothing, a question without answers. A *notice* is what the group may well want so.
"""

from itertools import chain

from model.checks.completeness import completeness, unfinished
from model.checks.finding import Finding, Level
from model.checks.pointers import pointers
from model.checks.raci import raci
from model.checks.routes import routes
from model.checks.wording import wording
from model.session import Session

__all__ = ["Finding", "Level", "findings", "unfinished"]


def findings(session: Session) -> tuple[Finding, ...]:
    """Everything found: errors first, then as the wall reads, then what has no place on it."""
    places = {activity.id: place for place, activity in enumerate(session.in_order)}
    checks = (raci, routes, completeness, pointers, wording)
    found = chain.from_iterable(check(session) for check in checks)
    return tuple(
        sorted(
            found,
            key=lambda one: (one.level is not Level.ERROR, places.get(one.place, len(places))),
        )
    )
