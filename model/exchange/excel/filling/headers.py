"""What the words of a header row mean: columns of ours, roles, or the council's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.exchange.excel.filling.aliases import (
    ANCHORS,
    LEAVE,
    WORDS,
    folded,
    without_aside,
    words_of,
)
from model.raci import columns as role_codes
from model.session import Session
from model.table_kinds import ACTIVITIES, KINDS, RACI, ROLE
from model.tables.names import role_labels

PEOPLE = ("responsible", "accountable", "consulted", "informed")


@dataclass(frozen=True, slots=True)
class Reading:
    """A header row read as a table of a kind: the columns of ours, and all headers."""

    kind: str
    columns: Mapping[int, str]
    headers: Mapping[int, str]

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last column: those of ours, and what stands beside without a gap."""
        left, right = min(self.columns), max(self.columns)
        while left - 1 in self.headers:
            left -= 1
        while right + 1 in self.headers:
            right += 1
        return left, right

    def place_of(self, means: str) -> int:
        """Where a column of ours stands."""
        return next(place for place, said in self.columns.items() if said == means)


class Headers:
    """The words of a session: its aliases, what it remembers, its roles, and everybody's."""

    def __init__(self, session: Session) -> None:
        self._roles = _roles(session)
        self._labels = {
            _one_line(label).casefold(): f"{ROLE}{code}"
            for code, label in role_labels(session).items()
        }
        self._words = {kind: _own_words(session, kind) for kind in KINDS}

    def best(self, row: Mapping[int, str], kinds: Iterable[str], least: int) -> Reading | None:
        """The kind that a row reads as best: the one most of whose columns it has.

        None where no kind has its anchor and ``least`` columns of ours.
        """
        headers = {at: _one_line(said) for at, said in row.items() if _one_line(said)}
        best: Reading | None = None
        for kind in kinds:
            columns = self._columns(kind, headers)
            if ANCHORS[kind] not in columns.values() or len(columns) < least:
                continue
            if best is None or len(columns) > len(best.columns):
                best = Reading(kind, columns, headers)
        return _as_raci(best) if best and RACI in kinds and ACTIVITIES in kinds else best

    def _columns(self, kind: str, headers: Mapping[int, str]) -> dict[int, str]:
        """What each header means; of two that mean the same, the first."""
        found: dict[int, str] = {}
        for place, said in headers.items():
            means = self._meaning(kind, said)
            if means not in ("", LEAVE) and means not in found.values():
                found[place] = means
        return found

    def _meaning(self, kind: str, said: str) -> str:
        own, fixed = self._words[kind], words_of(kind)
        roles = self._roles if kind in (ACTIVITIES, RACI) else {}
        if kind == RACI and (role := self._labels.get(said.casefold())):
            # As we head a role's column ourselves, whatever else its name may mean elsewhere.
            return role
        full = folded(said)
        short = folded(without_aside(said))
        for words in (own, fixed, roles):
            if full in words:
                return words[full]
        return fixed.get(short) or roles.get(short, "")


def _one_line(said: str) -> str:
    return " ".join(said.split())


def _as_raci(read: Reading) -> Reading:
    """A table of activities whose people stand in columns of their own is the RACI."""
    if read.kind != ACTIVITIES:
        return read
    roles = sum(means.startswith(ROLE) for means in read.columns.values())
    people = sum(means in PEOPLE for means in read.columns.values())
    return Reading(RACI, read.columns, read.headers) if roles >= 2 or people >= 3 else read


def _roles(session: Session) -> dict[str, str]:
    """Each role's column by label, code, name and what else it is called.

    A word that two roles share stands for neither; their labels differ.
    """
    known = session.role_by_code
    labels = {folded(label): f"{ROLE}{code}" for code, label in role_labels(session).items()}
    words: dict[str, set[str]] = {}
    for code in role_codes(session):
        role = known.get(code)
        called = (role.name, *role.also_called) if role else ()
        for word in (code, *called):
            words.setdefault(folded(word), set()).add(f"{ROLE}{code}")
    single = {word: next(iter(found)) for word, found in words.items() if len(found) == 1 and word}
    return single | labels


def _own_words(session: Session, kind: str) -> dict[str, str]:
    """What the council's own words mean: those remembered of a table before the aliases."""
    own = {folded(word): one.means for one in session.export.aliases for word in one.words}
    for table in session.export.tables:
        if table.kind == kind:
            own |= {folded(one.header): one.means for one in table.columns}
    roles = {f"{ROLE}{code}" for code in role_codes(session)}
    known = {*WORDS[kind], *roles, LEAVE}
    return {word: means for word, means in own.items() if means in known}
