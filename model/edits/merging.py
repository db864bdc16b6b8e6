"""Two names for one thing become one name: roles, documents, teams, owners of actions."""

from dataclasses import replace

from model.edits.documents import renamed_documents, with_extra
from model.edits.lists import found
from model.edits.pointers import TO_PERSON, TO_ROLE, Fields, repointed
from model.edits.records import changed, without
from model.edits.texts import line_of
from model.session import Activity, Role, Session

TO_TEAM: Fields = {"people": ("team",), "issues": ("raised_by",)}
"""Where a team stands by its name."""


def merge_roles(session: Session, keep: str, gone: str) -> Session:
    """Make one of two roles, by their codes; what named the second names the first.

    The first remembers the name, the code and the other names of the second. Where an activity
    named both, the role keeps the strongest of its letters. Raises `EditError` where one of them
    is no longer there.
    """
    first, second = found(session, "roles", keep), found(session, "roles", gone)
    if first is second:
        return session
    before = session.activity_by_id
    session = repointed(session, TO_ROLE, gone, keep)
    activities = tuple(
        activity if before[activity.id] is activity else _once(activity, keep)
        for activity in session.activities
    )
    session = without(replace(session, activities=activities), "roles", second)
    return replace(session, roles=changed(session.roles, first, _united(first, second)))


def merge_documents(session: Session, keep: str, gone: str) -> Session:
    """Make one of two documents, by their names: on the activities and in the register."""
    return renamed_documents(session, {gone: keep})


def merge_teams(session: Session, keep: str, gone: str) -> Session:
    """Make one of two teams, by their names."""
    return repointed(session, TO_TEAM, gone, keep)


def merge_owners(session: Session, keep: str, gone: str) -> Session:
    """Let a role, a person or a group own what a group's other name owned."""
    return repointed(session, TO_PERSON, gone, keep)


def _united(first: Role, second: Role) -> Role:
    """The first role with all that the second is called, and what is said about it."""
    words = {line_of(word).casefold() for word in (first.code, first.name)}
    called = []
    for said in (*first.also_called, second.name, second.code, *second.also_called):
        if (word := line_of(said).casefold()) and word not in words:
            words.add(word)
            called.append(said)
    about = dict.fromkeys(text for text in (first.about, second.about) if text)
    return replace(
        first,
        also_called=tuple(called),
        about="; ".join(about),
        extra=with_extra(first.extra, second.extra),
    )


def _once(activity: Activity, role: str) -> Activity:
    """The activity with no weaker letter of a role beside a stronger one.

    Who leads also does it, and who does it or answers for it need not be asked or told.
    """
    also = _apart(activity.also, role, role == activity.lead)
    named = (activity.lead, *also, activity.accountable)
    consulted = _apart(activity.consulted, role, role in named)
    informed = _apart(activity.informed, role, role in (*named, *consulted))
    return replace(activity, also=also, consulted=consulted, informed=informed)


def _apart(codes: tuple[str, ...], role: str, drop: bool) -> tuple[str, ...]:
    return tuple(code for code in codes if not (drop and code == role))
