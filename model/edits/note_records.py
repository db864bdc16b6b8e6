"""What a note brings besides its activity: roles not known yet, issues, actions, parked issues."""

import re
from collections.abc import Container, Iterable
from dataclasses import replace

from model.edits.records import added
from model.ids import derive
from model.note import ActionNote, Note, NoteIssue
from model.session import Action, Issue, IssueCode, Role, Session

MEANINGS = {
    IssueCode.DOCUMENTATION: "Gap in documentation",
    IssueCode.GOVERNANCE: "Gap in governance",
    IssueCode.TIME: "Time risk",
    IssueCode.RISK: "Risk in the current process",
}
"""What a code alone says: an issue always has words."""


def with_roles(
    session: Session, note: Note, keep: Container[str] = frozenset()
) -> tuple[Session, Note]:
    """The session with a role for each word of the note that names none, and the note in codes.

    A word in ``keep`` stays as it is: a code that no role bears, and that was there before.
    """
    codes: dict[str, str] = {}
    for word in roles_of(note):
        if word not in keep:
            session, codes[word] = _role(session, word)

    def coded(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(codes.get(word, word) for word in words))

    return session, replace(
        note,
        lead=note.lead and codes.get(note.lead, note.lead),
        accountable=note.accountable and codes.get(note.accountable, note.accountable),
        also=coded(note.also),
        consulted=coded(note.consulted),
        informed=coded(note.informed),
    )


def roles_of(note: Note) -> tuple[str, ...]:
    """Every role that the note names, by code or as typed, each once."""
    said = (note.lead, *note.also, note.accountable, *note.consulted, *note.informed)
    return tuple(dict.fromkeys(role for role in said if role))


def _role(session: Session, word: str) -> tuple[Session, str]:
    if word in session.role_by_code:
        return session, word
    for role in session.roles:
        if word.casefold() in (role.code.casefold(), role.name.casefold()):
            return session, role.code
    stem = re.sub(r"[\W_]+", "-", word.casefold()).strip("-") or "role"
    code, number = stem, 2
    while code in session.role_by_code:
        code, number = f"{stem}-{number}", number + 1
    name = " ".join(part[0].upper() + part[1:] for part in word.split())
    return added(session, "roles", Role(code, name)), code


def issue_of(said: NoteIssue, activity: str, made: str) -> Issue:
    """The issue that a ``!`` token makes."""
    return Issue(made, said.text or MEANINGS[said.code], code=said.code, activity=activity)


def parked_of(text: str, activity: str, made: str) -> Issue:
    """The issue that a ``^`` token parks."""
    return Issue(made, text, activity=activity, parked=True)


def action_of(said: ActionNote, activity: str, made: str) -> Action:
    """The action that a ``*`` token makes."""
    return Action(made, said.text, activity=activity, owner=said.owner, due=said.due)


def with_new_records(session: Session, note: Note, activity: str, seed: str, n: int) -> Session:
    """The session with the note's issues, parked issues and actions, linked to ``activity``.

    One that the activity already has in the same words is not made again; one of no activity is.
    """
    issues = [
        *(issue_of(said, activity, derive(seed, "i", n, k)) for k, said in enumerate(note.issues)),
        *(
            parked_of(text, activity, derive(seed, "i", n, "parked", k))
            for k, text in enumerate(note.parked)
        ),
    ]
    actions = [
        action_of(said, activity, derive(seed, "n", n, k)) for k, said in enumerate(note.actions)
    ]
    if not issues and not actions:
        return session
    had = {(found.code, found.text) for found in session.issues if found.activity == activity}
    doing = {found.text for found in session.actions if found.activity == activity}
    new_issues = (new for new in issues if not activity or (new.code, new.text) not in had)
    new_actions = (new for new in actions if not activity or new.text not in doing)
    return replace(
        session,
        issues=(*session.issues, *new_issues),
        actions=(*session.actions, *new_actions),
    )
