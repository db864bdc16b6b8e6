"""What the session seems to name twice, and one name made of two."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from offwall.model.process.raci import role_loads
from offwall.model.records import Activity, Role, Session, without
from offwall.model.records.changes import changed
from offwall.model.records.fields import RoleCode
from offwall.model.records.text import fold
from offwall.model.records.uses import renamed_documents, repoint, with_extra
from offwall.model.setup.people_and_roles import ROLES

# Names that look like the same thing said twice: ``Contracts Manager`` and ``Contract Manager``.
#
# Two names are taken for one where they are the same words but for case, order, plural, spacing and
# the small words between; where one is the other's initials; or where one word of them is a slip of
# the pen. More is not guessed: ``Board minutes`` and ``Board report`` are two documents.

SAME_LIKENESS = 100.0
"""The likeness of two names that are the same words."""

INITIALS = 90.0
"""The likeness of a name and its initials: seldom wrong, and less plain than the same words."""

SLIP = 83.0
"""Per cent of a word that must be right for the rest to be a slip: one letter in six, two in
twelve. Two words as short as five letters that differ by one (stage, state) are two words.
"""

SHORTEST_INITIALS = 3
"""Letters from which a word is read as initials: any two letters fit too many names."""

_SMALL = frozenset(("a", "an", "and", "for", "of", "the"))
"""Words that one person says and the next leaves out."""

_GROUPS = frozenset(("department", "dept", "team", "unit"))
"""Words that may stand behind a name without making it another: ``Procurement team``."""

_WORD = re.compile(r"[\w+#\u0300-\u036f]+")
_APOSTROPHE = re.compile("['’]")

Likeness = tuple[int, int, float]
"""The places of two names, the earlier first, and how alike they are, of 100."""


def similar_names(names: Sequence[str]) -> tuple[Likeness, ...]:
    """Which of the names look like one thing said twice, the most alike first.

    Of several that are the same words each is compared with the first of them. The cost grows with
    the number of names, and with its square only among names of a single word.
    """
    return _alike(tuple(names))


@lru_cache(maxsize=16)  # a list of names is looked at again after every change of something else
def _alike(names: tuple[str, ...]) -> tuple[Likeness, ...]:
    said = [_words(name) for name in names]
    folded = [_folded(words) for words in said]
    found: dict[tuple[int, int], float] = {}
    for one, other, likeness in (*_same(said, folded), *_initials(said), *_slips(folded)):
        pair = (min(one, other), max(one, other))
        found[pair] = max(likeness, found.get(pair, 0.0))
    order = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple((one, other, likeness) for (one, other), likeness in order)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name without regard to case; what has none is a word itself."""
    line = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", name).casefold())
    return tuple(_WORD.findall(line)) or (line.strip(),)


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that make the name, singular and in the order of the alphabet."""
    stems = [_singular(word) for word in words if word not in _SMALL]
    if len(stems) > 1 and stems[-1] in _GROUPS:
        stems.pop()
    return tuple(sorted(stems)) or words


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


def _same(said: list[tuple[str, ...]], folded: list[tuple[str, ...]]) -> Iterator[Likeness]:
    """Names of the same words, or of the same letters: ``Hand over plan``, ``Handover plan``."""
    firsts: dict[object, int] = {}
    for place, words in enumerate(said):
        # Two keys of different kinds never meet: one is a tuple, the other a text.
        for key in (folded[place], _singular("".join(words))):
            first = firsts.setdefault(key, place)
            if first != place:
                yield first, place, SAME_LIKENESS


def _initials(said: list[tuple[str, ...]]) -> Iterator[Likeness]:
    """A word, and the name whose words it takes the first letters of."""
    short = defaultdict(list)
    for place, words in enumerate(said):
        if len(words) == 1 and len(words[0]) >= SHORTEST_INITIALS:
            short[words[0]].append(place)
    for place, words in enumerate(said):
        if len(words) > 1:
            large = tuple(word for word in words if word not in _SMALL)
            for letters in {_first_letters(words), _first_letters(large)}:
                yield from ((place, other, INITIALS) for other in short.get(letters, ()))


def _first_letters(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _slips(folded: list[tuple[str, ...]]) -> Iterator[Likeness]:
    """Names that have all words but one in common, and that one is a slip of the other."""
    rest: defaultdict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for place, words in enumerate(folded):
        for number, word in enumerate(words):
            if len(word) > 1 and word.isalpha():
                rest[words[:number] + words[number + 1 :]].setdefault(word, place)
    for places in rest.values():
        if len(places) > 1:
            for one, other, likeness in _slipped(places):
                yield places[one], places[other], likeness


def _slipped(words: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Which of the words are slips of one another.

    A slip seldom changes a word's first letter (render, tender), and a word that goes on where
    another ends is made of it (contract, contractor).
    """
    by_letter = defaultdict(list)
    for word in words:
        by_letter[word[0]].append(word)
    for near in by_letter.values():
        if len(near) > 1:
            yield from _near(sorted(near))


def _near(words: list[str]) -> Iterator[tuple[str, str, float]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    for place, one in enumerate(words, 1):
        # Two neighbours in each other's place are one slip, hence OSA and not Levenshtein.
        near = process.extract(
            one,
            words[place:],
            scorer=OSA.normalized_similarity,
            score_cutoff=SLIP / SAME_LIKENESS,
            limit=None,
        )
        for other, likeness, _ in near:
            if not other.startswith(one):
                yield one, other, SAME_LIKENESS * likeness


class NameKind(StrEnum):
    """What a name is the name of."""

    ROLE = "role"
    DOCUMENT = "document"
    TEAM = "team"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class UsedName:
    """A name, and what the session knows it by: a role by its code, all else by the name itself.

    ``uses`` says how often it is named; what is ``known`` beyond its name is never given up for
    what is not.
    """

    key: str
    said: str
    uses: int = 0
    known: bool = False


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two names that look like one thing: the one to keep, and the one to give up for it."""

    kind: NameKind
    keep: UsedName
    gone: UsedName
    likeness: float = 0.0

    @property
    def firm(self) -> bool:
        """Whether it can only be merged this way round."""
        return self.keep.known


def duplicates(session: Session) -> tuple[Duplicate, ...]:
    """The pairs that look like the same thing said twice, the most alike first.

    Of two names the one that is used more is kept, or else the one that came first.
    """
    found = (
        *_pairs(NameKind.ROLE, _roles(session)),
        *_pairs(NameKind.DOCUMENT, _documents(session)),
        *_pairs(NameKind.TEAM, _teams(session)),
        *_pairs(NameKind.OWNER, _owners(session)),
    )
    return tuple(sorted(found, key=lambda pair: -pair.likeness))


def _pairs(kind: NameKind, names: Sequence[UsedName]) -> Iterable[Duplicate]:
    best: dict[tuple[str, str], Duplicate] = {}
    for one, other, likeness in similar_names([name.said for name in names]):
        keep, gone = sorted(
            (names[one], names[other]), key=lambda name: (not name.known, -name.uses)
        )
        if keep.key != gone.key and not gone.known:
            best.setdefault((keep.key, gone.key), Duplicate(kind, keep, gone, likeness))
    return best.values()


def _roles(session: Session) -> list[UsedName]:
    """Each role by its name and by what else it is called."""
    carried = role_loads(session)
    return [
        UsedName(role.code, said, sum(carried[role.code].each.values()))
        for role in session.roles
        for said in (role.name, *role.also_called)
    ]


def _documents(session: Session) -> list[UsedName]:
    uses = Counter(name for activity in session.activities for name in activity.documents)
    register = (document.name for document in session.documents)
    return [UsedName(name, name, uses[name]) for name in dict.fromkeys((*register, *uses)) if name]


def _teams(session: Session) -> list[UsedName]:
    uses = Counter(person.team for person in session.people)
    return [UsedName(team, team, number) for team, number in uses.items() if team]


def _owners(session: Session) -> list[UsedName]:
    """Owners in words, and the roles and people that such words may mean."""
    uses = Counter(said for action in session.actions for said in action.who)
    people = {person.id: person.name for person in session.people}
    roles = {role.code: role.name for role in session.roles}
    known = people | roles
    return [
        *(UsedName(key, said, uses[key], known=True) for key, said in known.items()),
        *(
            UsedName(said, said, number)
            for said, number in uses.items()
            if said and said not in known
        ),
    ]


# Two names for one thing become one name: roles, documents, teams, owners of actions.


def merge_roles(session: Session, keep: RoleCode, gone: RoleCode) -> Session:
    """Make one of two roles, by their codes; what named the second names the first.

    The first remembers the name, the code and the other names of the second. Where an activity
    named both, the role keeps the strongest of its letters. Raises `EditError` where one of them
    is no longer there.
    """
    first, second = ROLES.find(session, keep), ROLES.find(session, gone)
    if first is second:
        return session
    before = session.activity_by_id
    session = repoint(session, "roles", gone, keep)
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
    return repoint(session, "teams", gone, keep, by_name=True)


def merge_owners(session: Session, keep: str, gone: str) -> Session:
    """Let a role, a person or a group own what a group's other name owned."""
    return repoint(session, "people", gone, keep)


def _united(first: Role, second: Role) -> Role:
    """The first role with all that the second is called, and what is said about it."""
    words = {fold(word) for word in (first.code, first.name)}
    called = []
    for said in (*first.also_called, second.name, second.code, *second.also_called):
        if (word := fold(said)) and word not in words:
            words.add(word)
            called.append(said)
    about = dict.fromkeys(text for text in (first.about, second.about) if text)
    return replace(
        first,
        also_called=tuple(called),
        about="; ".join(about),
        extra=with_extra(first.extra, second.extra),
    )


def _once(activity: Activity, role: RoleCode) -> Activity:
    """The activity with no weaker letter of a role beside a stronger one.

    Who leads also does it, and who does it or answers for it need not be asked or told.
    """
    also = _apart(activity.also, role, role == activity.lead)
    named = (activity.lead, *also, activity.accountable)
    consulted = _apart(activity.consulted, role, role in named)
    informed = _apart(activity.informed, role, role in (*named, *consulted))
    return replace(activity, also=also, consulted=consulted, informed=informed)


def _apart(codes: tuple[RoleCode, ...], role: RoleCode, drop: bool) -> tuple[RoleCode, ...]:
    return tuple(code for code in codes if not (drop and code == role))
