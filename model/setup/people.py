"""People: who is in the room, and who must hear of it."""

from collections.abc import Iterator

from offwall.model.records import EditError, Group, Session, excerpt
from offwall.model.records.ids import PersonId
from offwall.model.records.record_kind import Ask, Column, RecordKind, choice_ask, needed
from offwall.model.records.session import Person
from offwall.model.records.uses import describe_uses, repoint
from offwall.model.setup.roles import role_ask, role_name

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
    letter="p",
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
    columns=(Column("name"), Column("role", 18), Column("team"), Column("group", 11)),
    empty="Nobody is listed yet. Press n and type the first name.",
    detail=_detail,
    check=_check,
    named_by="name",
    follow=_follow,
    in_use=_in_use,
)
