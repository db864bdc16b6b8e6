"""A role that nobody knew: a new one, or another name for one that is known."""

from collections.abc import Iterator

from model.changes import Change
from model.importing.proposal import Kind, Proposal, Reading, Source
from model.session import Role, Session

LIKELY = 70.0
"""From here on, of 100, a name may be another one for a role, and the question is put."""

SURE = 90.0
"""From here on the name is rather a slip: the known role is offered first."""


def role_proposal(change: Change, now: Session, known_by: str, source: Source) -> Proposal:
    """What to do with the role that a copy adds: any known role may be meant."""
    role: Role = change.new
    new = Reading(f"a new role ({role.code})", (change,))
    likest = sorted(_rated(role, now), key=lambda found: -found[0])
    others = [_another_name(role, one) for _, one in likest]
    says = f"new role ({role.code})"
    readings = (new, *others)
    if likest and likest[0][0] >= SURE:
        says = f"another name for {likest[0][1].name}?"
        readings = (others[0], new, *others[1:])
    elif likest and likest[0][0] >= LIKELY:
        says += f", or another name for {likest[0][1].name}?"
    return Proposal(
        id=known_by,
        kind=Kind.NEW,
        collection="roles",
        key=role.code,
        place="Role",
        what=role.name,
        says=says,
        readings=readings,
        sources=(source,),
    )


def _another_name(role: Role, known: Role) -> Reading:
    names = (*known.also_called, role.name)
    change = Change("roles", known.code, "also_called", known.also_called, names)
    says = f"another name for {known.name} ({known.code})"
    return Reading(says, (change,), ((role.code, known.code),))


def _rated(role: Role, now: Session) -> Iterator[tuple[float, Role]]:
    """Each known role, and how alike it is called; initials count as a name."""
    from rapidfuzz import fuzz

    said = role.name.casefold()
    for one in now.roles:
        names = [name.casefold() for name in (one.name, one.code, *one.also_called) if name]
        likeness = max(fuzz.ratio(said, name) for name in names)
        held = max(fuzz.token_set_ratio(said, name) for name in names)
        yield max(likeness, min(held, SURE - 1)), one
