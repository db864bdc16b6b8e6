"""Roles: a short code to type, a name, and what else people call it. No word means two roles.
People: who is in the room, and who must hear of it; and who does something, of both or in words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from offwall.model.records import EditError, Group, Role, Session, excerpt, line_of
from offwall.model.records.fields import NO_ROLE, PersonId, RoleCode
from offwall.model.records.record_kind import (
    Ask,
    Cell,
    Column,
    Reading,
    RecordKind,
    choice_ask,
    needed,
    texts_ask,
)
from offwall.model.records.session import Person
from offwall.model.records.text import Candidate, fold, free_name, join_texts
from offwall.model.records.uses import called_gone, describe_uses, repoint, role_name

_CODE = re.compile(r"[^\W_][\w&/'-]*")
"""A word that can stand behind ``@`` on a line and end where a comma or a space follows."""


def role_ask(name: str, label: str, hint: str = "") -> Ask:
    """Asks for a role by its code, and says which one is meant; a code of no role is marked."""

    def means(reading: Reading, text: str) -> str:
        try:
            return role_name(reading.session, role_from(reading.session, text))
        except EditError:
            return ""

    def cell(session: Session, code: str) -> Cell:
        if code in session.role_by_code:
            return role_name(session, code), "lead"
        return code and f"{code}?", "wrong"

    return Ask(
        name,
        label,
        f"{hint} A role's code or name, or its start; may stay empty.".strip(),
        read=lambda reading, text: role_from(reading.session, text),
        cell=cell,
        choices=role_candidates,
        means=means,
        chosen=True,
    )


def role_candidates(session: Session) -> tuple[Candidate, ...]:
    """Each role by its code: what it is called, and how many activities it leads."""
    leads = Counter(activity.lead for activity in session.activities)

    def label(role: Role) -> str:
        more = f", leads {leads[role.code]:,}" if leads[role.code] else ""
        return f"{role.code} {role.name}".strip() + more

    return tuple(
        Candidate(role.code, label(role), (role.code, role.name, *role.also_called))
        for role in session.role_by_code.values()
    )


def role_from(session: Session, text: str) -> str:
    """The code of the role that the answer names, by code, name, other name or the start of one.

    Empty for empty. Raises `EditError` where it means no role, or several.
    """
    wanted = fold(text)
    if not wanted:
        return ""
    by_word = [(role, _words(role)) for role in session.roles]
    # Those of that code, else of that name, else those of which a name begins so.
    meant = (
        [role for role, words in by_word if words[0] == wanted]
        or [role for role, words in by_word if wanted in words]
        or [role for role, words in by_word if any(word.startswith(wanted) for word in words)]
    )
    if len(meant) == 1:
        return meant[0].code
    if meant:
        names = ", ".join(f"{excerpt(role.code)} ({excerpt(role.name)})" for role in meant[:4])
        raise EditError(f"{excerpt(text)} may be {names}. Type the code of the one you mean.")
    raise EditError(f"No role is called {excerpt(text)}. Leave it empty, or add the role first.")


MOST_INITIALS = 5
"""Letters of a code at the most: who types it after @ all afternoon knows no more by heart."""


def free_code(session: Session, name: str) -> RoleCode:
    """A code that no role bears: the name's initials, or the start of its one word."""
    words = re.findall(r"[^\W_]+", name.casefold())
    initials = "".join(word[0] for word in words[:MOST_INITIALS])
    stem = initials if len(words) > 1 else "".join(words)[:3]
    taken = {word for role in session.roles for word in _words(role)}
    return RoleCode(free_name(stem or "role", taken))


def _words(role: Role) -> tuple[str, ...]:
    """All that means this role, folded."""
    return tuple(fold(said) for said in (role.code, role.name, *role.also_called))


def _check_apart(session: Session, new: Role, old: Role | None = None) -> None:
    """Raise `EditError` where a word of ``new`` that ``old`` had not means another role."""
    had = _words(old) if old else ()
    for role in session.roles:
        if role is old:
            continue
        for said in (new.code, new.name, *new.also_called):
            if (word := fold(said)) in _words(role) and word not in had:
                known = join_texts((excerpt(role.code), excerpt(role.name)), ":")
                raise EditError(
                    f"{excerpt(said)} already means a role ({known}). Use another word."
                )


def _read_code(reading: Reading, text: str) -> str:
    """The code as typed; a new role that is given none gets one of its name."""
    if not line_of(text) and reading.old is None:
        return free_code(reading.session, line_of(reading.said["name"]))
    code = line_of(text, "Say how the role is typed after @, such as cm.")
    if not _CODE.fullmatch(code):
        raise EditError(
            f"{excerpt(code)} cannot be typed after @. A code is one short word of letters and "
            "digits, such as cm."
        )
    return code


def _leads(session: Session) -> Callable[[Role], Cell]:
    leads = Counter(activity.lead for activity in session.activities)
    return lambda role: str(leads[role.code] or "")


def _role_detail(session: Session, role: Role) -> Iterator[str]:
    used = describe_uses(session, "roles", role.code)
    yield f"{excerpt(role.name)} is typed @{role.code}"
    yield f"also called {join_texts(role.also_called, ',')}" if role.also_called else ""
    yield f"named by {used}" if used else "named nowhere yet"
    yield role.about


def _role_in_use(session: Session, role: Role) -> str:
    used = describe_uses(session, "roles", role.code)
    said = f"{excerpt(role.name)} is still named by {used}. Name another role there first."
    return said if used else ""


ROLES = RecordKind(
    collection="roles",
    noun="role",
    chained=True,
    blank=lambda _: Role(NO_ROLE, ""),
    asks=(
        Ask(
            "name",
            "Role",
            "Such as Head of Service.",
            read=needed("Say what the role is called, such as Head of Service."),
        ),
        Ask(
            "code",
            "Code",
            "What is typed after @, such as cm.",
            "Empty: made from the name.",
            read=_read_code,
        ),
        texts_ask(
            "also_called",
            "Also called",
            "Other names that people use for it, with a comma between them.",
        ),
        Ask("about", "About", "What it answers for; may stay empty."),
    ),
    columns=(
        Column("code", 8, look="lead"),
        Column("name"),
        Column("also_called"),
        Column("leads", 5, title="Leads", cell=_leads, figures=True),
    ),
    empty="No roles yet. Press n and type the name of the first.",
    detail=_role_detail,
    check=_check_apart,
    named_by="code",
    follow=lambda session, old, new: repoint(session, "roles", old.code, new.code),
    in_use=_role_in_use,
)


# People.

GROUPS = {
    Group.CORE: "goes through every post-it in part 2",
    Group.PARTICIPANT: "was at the workshop",
    Group.CORPORATE: "a corporate colleague who must hear",
    Group.SENIOR: "is briefed and decides",
}


def _person_detail(session: Session, person: Person) -> Iterator[str]:
    yield from (person.name, role_name(session, person.role), person.team)
    yield f"{person.group}: {GROUPS[person.group]}"


def _check_person(session: Session, new: Person, old: Person | None) -> None:
    known = [(person.name.casefold(), person.team.casefold()) for person in session.people]
    if old is None and (new.name.casefold(), new.team.casefold()) in known:
        raise EditError(
            f"{excerpt(new.name)} is already on the list. Say the team to tell them apart."
        )


def _renamed(session: Session, old: Person, new: Person) -> Session:
    """A new name is taken over where the old one stood, unless that may be somebody else."""
    others = {"", *session.role_by_code, *(person.name for person in session.people)}
    if old.name in others:
        return session
    return repoint(session, "people", old.name, new.name, by_name=True)


def _person_in_use(session: Session, person: Person) -> str:
    used = describe_uses(session, "people", *filter(None, (person.id, person.name)))
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
    detail=_person_detail,
    check=_check_person,
    named_by="name",
    follow=_renamed,
    in_use=_person_in_use,
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
    people = {**called_gone(session), **{str(person.id): person.name for person in session.people}}
    return join_texts([people.get(key, key) for key in keys], ";")


def _named(session: Session, keys: Iterable[str]) -> str:
    people = {str(person.id): person.name for person in session.people}
    return join_texts([people.get(key) or role_name(session, key) for key in keys], ";")


def _read_who(reading: Reading, text: str) -> str:
    session, text = reading.session, line_of(text)
    wanted = text.casefold()
    people = [person.id for person in session.people if person.name.casefold() == wanted]
    if len(people) == 1:
        return people[0]
    try:
        return role_from(session, text)
    except EditError:
        words = (w for role in session.roles for w in (role.code, role.name, *role.also_called))
        if any(word.casefold().startswith(wanted) for word in words):
            raise
        return text


def _read_several(reading: Reading, text: str) -> tuple[str, ...]:
    found = (_read_who(reading, word) for word in text.split(";"))
    return tuple(dict.fromkeys(filter(None, found)))
