"""What the session seems to name twice: roles, documents, teams, and who owns an action."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from model.alike import alike
from model.raci import loads
from model.session import Session


class Kind(StrEnum):
    """What a name is the name of."""

    ROLE = "role"
    DOCUMENT = "document"
    TEAM = "team"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Name:
    """A name, and what the session knows it by: a role by its code, all else by the name itself.

    ``uses`` says how often it is named; what is ``known`` beyond its name is never given up for
    what is not.
    """

    key: str
    said: str
    uses: int = 0
    known: bool = False


@dataclass(frozen=True, slots=True)
class Twice:
    """Two names that look like one thing: the one to keep, and the one to give up for it."""

    kind: Kind
    keep: Name
    gone: Name
    likeness: float = 0.0

    @property
    def firm(self) -> bool:
        """Whether it can only be merged this way round."""
        return self.keep.known


def said_twice(session: Session) -> tuple[Twice, ...]:
    """The pairs that look like the same thing said twice, the most alike first.

    Of two names the one that is used more is kept, or else the one that came first.
    """
    found = (
        *_pairs(Kind.ROLE, _roles(session)),
        *_pairs(Kind.DOCUMENT, _documents(session)),
        *_pairs(Kind.TEAM, _teams(session)),
        *_pairs(Kind.OWNER, _owners(session)),
    )
    return tuple(sorted(found, key=lambda pair: -pair.likeness))


def _pairs(kind: Kind, names: Sequence[Name]) -> Iterable[Twice]:
    best: dict[tuple[str, str], Twice] = {}
    for one, other, likeness in alike([name.said for name in names]):
        keep, gone = sorted(
            (names[one], names[other]), key=lambda name: (not name.known, -name.uses)
        )
        if keep.key != gone.key and not gone.known:
            best.setdefault((keep.key, gone.key), Twice(kind, keep, gone, likeness))
    return best.values()


def _roles(session: Session) -> list[Name]:
    """Each role by its name and by what else it is called."""
    carried = loads(session)
    return [
        Name(role.code, said, sum(carried[role.code].each.values()))
        for role in session.roles
        for said in (role.name, *role.also_called)
    ]


def _documents(session: Session) -> list[Name]:
    uses = Counter(name for found in session.activities for name in found.documents)
    register = (document.name for document in session.documents)
    return [Name(name, name, uses[name]) for name in dict.fromkeys((*register, *uses)) if name]


def _teams(session: Session) -> list[Name]:
    uses = Counter(person.team for person in session.people)
    return [Name(team, team, number) for team, number in uses.items() if team]


def _owners(session: Session) -> list[Name]:
    """Owners in words, and the roles and people that such words may mean."""
    uses = Counter(said for action in session.actions for said in (action.owner, action.helper))
    people = {person.id: person.name for person in session.people}
    roles = {role.code: role.name for role in session.roles}
    known = people | roles
    return [
        *(Name(key, said, uses[key], known=True) for key, said in known.items()),
        *(Name(said, said, number) for said, number in uses.items() if said and said not in known),
    ]
