"""People: who was there, and who must hear."""

from offwall.model.records import (
    EditError,
    Group,
    Session,
    derive,
    excerpt,
    line_of,
    text_from,
    updated,
    without,
)
from offwall.model.records.edit import put_record, record_by_key
from offwall.model.records.pointers import describe_uses, repoint
from offwall.model.records.session import Person
from offwall.model.records.text import choice_from
from offwall.model.setup.roles import role_from

_NAME = "Say the person's name."


def add_person(
    session: Session,
    name: str,
    *,
    seed: str,
    role: str = "",
    team: str = "",
    group: str = "",
    beside: str = "",
    before: bool = False,
) -> Session:
    """Add a person beside another, or at the end.

    Raises `EditError` without a name, for a role or group that is none, and for a person of that
    name and team who is on the list already.
    """
    person = Person(
        derive(seed, "p"),
        line_of(name, _NAME),
        role_from(session, role),
        line_of(team),
        _group(group),
    )
    for known in session.people:
        if _same(known, person):
            raise EditError(
                f"{excerpt(person.name)} is already on the list. Say the team to tell them apart."
            )
    return put_record(session, "people", person, beside, before)


def change_person(
    session: Session, person: str, *, name: str, role: str, team: str, group: str
) -> Session:
    """Change a person; a new name is taken over where the old one stood.

    Raises `EditError` without a name, and for a role or group that is none.
    """
    old: Person = record_by_key(session, "people", person)
    new = text_from(name, old.name, _NAME)
    changed = updated(
        session,
        "people",
        old,
        name=new,
        role=role_from(session, role, old.role),
        team=text_from(team, old.team),
        group=_group(group),
    )
    alone = sum(known.name == old.name for known in session.people) == 1
    known_as_role = old.name in session.role_by_code
    if new == old.name or not old.name or not alone or known_as_role:
        return changed
    return repoint(changed, "people", old.name, new, by_name=True)


def remove_person(session: Session, person: str) -> Session:
    """Take a person off the list. Raises `EditError` while actions or the board name them."""
    gone: Person = record_by_key(session, "people", person)
    keys = [gone.id, *([gone.name] if gone.name else [])]
    if used := describe_uses(session, "people", *keys):
        raise EditError(f"{excerpt(gone.name)} is still named by {used}. Name somebody else there.")
    return without(session, "people", gone)


def _group(said: str) -> Group:
    return choice_from(said, Group, Group.PARTICIPANT, "group")


def _same(one: Person, other: Person) -> bool:
    return (one.name.casefold(), one.team.casefold()) == (
        other.name.casefold(),
        other.team.casefold(),
    )
