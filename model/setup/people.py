"""People: who is in the room, and who must hear of it."""

from collections.abc import Iterable, Iterator

from offwall.model.records import EditError, Group, Session, excerpt, line_of
from offwall.model.records.fields import PersonId
from offwall.model.records.record_kind import (
    Ask,
    Column,
    Reading,
    RecordKind,
    choice_ask,
    needed,
)
from offwall.model.records.session import Person
from offwall.model.records.text import join_texts
from offwall.model.records.uses import called_gone, describe_uses, repoint, role_name
from offwall.model.setup.roles import role_ask, role_from

GROUPS = {
    Group.CORE: "goes through every post-it in part 2",
    Group.PARTICIPANT: "was at the workshop",
    Group.CORPORATE: "a corporate colleague who must hear",
    Group.SENIOR: "is briefed and decides",
}


def _detail(session: Session, person: Person) -> Iterator[str]:
    yield from (person.name, role_name(session, person.role), person.team)
    yield f"{person.group}: {GROUPS[person.group]}"


def _check(session: Session, new: Person, old: Person | None) -> None:
    known = [(one.name.casefold(), one.team.casefold()) for one in session.people]
    if old is None and (new.name.casefold(), new.team.casefold()) in known:
        raise EditError(
            f"{excerpt(new.name)} is already on the list. Say the team to tell them apart."
        )


def _follow(session: Session, old: Person, new: Person) -> Session:
    """A new name is taken over where the old one stood, unless that may be somebody else."""
    others = {"", *session.role_by_code, *(person.name for person in session.people)}
    return (
        session
        if old.name in others
        else repoint(session, "people", old.name, new.name, by_name=True)
    )


def _in_use(session: Session, person: Person) -> str:
    keys = [person.id, *([person.name] if person.name else [])]
    used = describe_uses(session, "people", *keys)
    said = f"{excerpt(person.name)} is still named by {used}. Name somebody else there."
    return said if used else ""


PEOPLE = RecordKind(
    collection="people",
    noun="person",
    chained=True,
    blank=lambda _: Person(PersonId(""), ""),
    asks=(
        Ask("name", "Name", "Such as Jane Doe.", read=needed("Say the person's name.")),
        role_ask("role", "Role"),
        Ask("team", "Team", "Team or service; may stay empty."),
        # People are listed group by group.
        choice_ask(
            "group",
            "Group",
            "core (part 2), participant, corporate or senior; the start is enough.",
            Group,
            Group.PARTICIPANT,
            repeated=True,
        ),
    ),
    columns=(Column("name", 24), Column("role", 18), Column("team"), Column("group", 11)),
    empty="Nobody is listed yet. Press n and type the first name.",
    detail=_detail,
    check=_check,
    named_by="name",
    follow=_follow,
    in_use=_in_use,
)


# Who does something: a role by its code, a person by their id, or words.


def several_ask(name: str, label: str, hint: str) -> Ask:
    """Asks for roles, people or words, with a semicolon between them."""
    return Ask(name, label, hint, read=_read_several, show=_typed, cell=_named)


def who_ask(name: str, label: str, hint: str) -> Ask:
    """Asks for a role, a person, or words."""
    return Ask(
        name,
        label,
        hint,
        read=_read_who,
        show=lambda session, who: _typed(session, (who,)),
        cell=lambda session, who: _named(session, (who,)),
    )


def _typed(session: Session, keys: Iterable[str]) -> str:
    """Roles by code and people by name, as a form shows them."""
    people = {**called_gone(session), **{str(one.id): one.name for one in session.people}}
    return join_texts([people.get(key, key) for key in keys], ";")


def _named(session: Session, keys: Iterable[str]) -> str:
    people = {str(one.id): one.name for one in session.people}
    return join_texts([people.get(key) or role_name(session, key) for key in keys], ";")


def _read_who(reading: Reading, said: str) -> str:
    session, said = reading.session, line_of(said)
    wanted = said.casefold()
    people = [person.id for person in session.people if person.name.casefold() == wanted]
    if len(people) == 1:
        return people[0]
    try:
        return role_from(session, said)
    except EditError:
        words = (w for role in session.roles for w in (role.code, role.name, *role.also_called))
        if any(word.casefold().startswith(wanted) for word in words):
            raise
        return said


def _read_several(reading: Reading, said: str) -> tuple[str, ...]:
    found = (_read_who(reading, word) for word in said.split(";"))
    return tuple(dict.fromkeys(filter(None, found)))
