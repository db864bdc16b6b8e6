"""A role that nobody knew: a new one, or another name for one that is known."""

from collections.abc import Iterator

from model.changes import RECORD, Change
from model.importing.proposal import Kind, Proposal, Reading, Source
from model.session import Role, Session

OFFERED = 3
"""How many known roles are offered at most."""

LEAST = 40.0
"""How alike two names are, of 100, before one is offered for the other."""

SURE = 90.0
"""From here on the name is rather a slip: the known role is offered first."""


def role_proposal(change: Change, now: Session, known_by: str, source: Source) -> Proposal:
    """What to do with the role that a copy adds."""
    role: Role = change.new
    # A place of its own would only tear it from the roles that are new beside it.
    added = Change("roles", role.code, RECORD, None, role, _last(now))
    new = Reading(f"a new role, {role.code}", (added,))
    likest = list(_likest(role, now))
    others = [_another_name(role, one) for _, one in likest]
    slip = bool(likest) and likest[0][0] >= SURE
    readings = (others[0], new, *others[1:]) if slip else (new, *others)
    says = f"new role ({role.code})" if not others else f"new role ({role.code}), or another name?"
    if slip:
        says = f"another name for {likest[0][1].name}, or a new role?"
    return Proposal(
        known_by, Kind.NEW, "roles", role.code, "Role", role.name, says, readings, (source,)
    )


def _last(now: Session) -> str:
    return now.roles[-1].code if now.roles else ""


def _another_name(role: Role, known: Role) -> Reading:
    names = (*known.also_called, role.name)
    change = Change("roles", known.code, "also_called", known.also_called, names)
    return Reading(
        f"another name for {known.name} ({known.code})", (change,), ((role.code, known.code),)
    )


def _likest(role: Role, now: Session) -> Iterator[tuple[float, Role]]:
    """The known roles that are called most alike, the likest first."""
    from rapidfuzz import fuzz

    said = role.name.casefold()
    rated = [
        (
            max(
                fuzz.WRatio(said, name.casefold())
                for name in (one.name, one.code, *one.also_called)
            ),
            place,
            one,
        )
        for place, one in enumerate(now.roles)
        if one.code != role.code
    ]
    for likeness, _, one in sorted(rated, key=lambda found: (-found[0], found[1]))[:OFFERED]:
        if likeness >= LEAST:
            yield likeness, one
