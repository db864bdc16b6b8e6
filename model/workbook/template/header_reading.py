"""What a row of headers means: which kind of table it heads, and which column each header is.

The words count first, whole, in part or nearly; then what stands under them.
"""

import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from offwall.model.process import role_labels
from offwall.model.process.raci import raci_columns as role_codes
from offwall.model.records import Session
from offwall.model.records.text import fold, on_one_line
from offwall.model.tables import (
    ACTIONS,
    ACTIVITIES,
    ISSUES,
    NEXT_STEPS,
    RACI,
    ROLE,
    sheet_of,
    template_kinds,
)
from offwall.model.workbook.import_.copied_rows import BY_NAME
from offwall.model.workbook.template.read_sheet import ReadSheet
from offwall.model.workbook.template.words import (
    ASIDE,
    EXACT,
    GIVEN,
    LEAVE,
    NEAR,
    PARTS,
    Sort,
    fold_header,
    kind_hinted,
    longest_texts,
    meaning,
    nearest,
    sort_of,
    sort_of_values,
    without_aside,
    words_of,
)

PEOPLE = ("responsible", "accountable", "consulted", "informed")

Meant = dict[int, tuple[str, float]]
"""What columns mean, and how surely."""


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """A header row read as a table of a kind: the columns of ours, and all headers."""

    kind: str
    columns: Mapping[int, str]
    headers: Mapping[int, str]


def span_of(columns: Collection[int], headers: Container[int]) -> tuple[int, int]:
    """The first and the last column: those of ours, and what stands beside without a gap."""
    left, right = min(columns), max(columns)
    while left - 1 in headers:
        left -= 1
    while right + 1 in headers:
        right += 1
    return left, right


PLACEHOLDER = re.compile(
    r"(?:role|person|name|team|stakeholder|party|post)\s*(?:name)?\s*[\d#a-f]{0,2}|<.*>|\[.*\]",
    re.IGNORECASE,
)
"""A header that stands in for a role that somebody is to name."""

ALIKE = 90
"""How alike a header and a role's name are, of 100, that are taken for one."""


class HeaderWords:
    """The words of a session: its aliases, what it remembers, its roles, and everybody's."""

    def __init__(self, session: Session) -> None:
        self._roles = _roles(session)
        self._columns = [f"{ROLE}{code}" for code in role_codes(session)]
        self._labels = {
            fold(label): f"{ROLE}{code}" for code, label in role_labels(session).items()
        }
        self._words = {kind: self._own_words(session, kind) for kind in template_kinds()}

    def _own_words(self, session: Session, kind: str) -> dict[str, str]:
        """What the council's own words mean: those remembered of a table before the aliases."""
        own = {fold_header(word): one.means for one in session.export.aliases for word in one.words}
        for table in session.export.tables:
            if table.kind == kind:
                own |= {fold_header(column.header): column.means for column in table.columns}
        known = {*sheet_of(kind).described, *self._columns, LEAVE}
        return {word: means for word, means in own.items() if means in known}

    def best(
        self,
        row: Mapping[int, str],
        kinds: Iterable[str],
        least: int,
        under: "Under | None" = None,
    ) -> HeaderReading | None:
        """The kind that a row reads as best: the one most of whose columns it has.

        None where no kind has its anchor and ``least`` columns of ours. What stands ``under`` the
        headers counts where words say nothing.
        """
        headers = {at: on_one_line(said) for at, said in row.items() if on_one_line(said)}
        best: tuple[float, HeaderReading] | None = None
        for kind in kinds:
            columns = self.columns(kind, headers)
            if under:
                columns = under.read(kind, headers, columns)
            numbered = under is not None and under.numbered(kind, headers)
            if sheet_of(kind).anchor not in _meant(columns) or len(columns) + numbered < least:
                continue
            weight = len(columns) + (under.weighs(kind, headers, columns) if under else 0)
            if best is None or weight > best[0]:
                read = {at: means for at, (means, _) in columns.items()}
                best = weight, HeaderReading(kind, read, headers)
        if best is None:
            return None
        both = RACI in kinds and ACTIVITIES in kinds
        return _as_raci(best[1]) if both else best[1]

    def surely(self, row: Mapping[int, str]) -> int:
        """How many headers are known whole, in a table of any kind."""
        return sum(
            any(self.meaning(kind, on_one_line(said))[1] >= EXACT for kind in template_kinds())
            for said in row.values()
        )

    def columns(self, kind: str, headers: Mapping[int, str]) -> Meant:
        """What each header means, and how surely; of two that mean the same, the surer."""
        found: Meant = {}
        taken: dict[str, int] = {}
        for place, said in headers.items():
            means, sure = self.meaning(kind, said)
            other = taken.get(means)
            if means in ("", LEAVE) or (other is not None and found[other][1] >= sure):
                continue
            if other is not None:
                del found[other]
            taken[means], found[place] = place, (means, sure)
        if kind in (ACTIVITIES, RACI):
            self._hold_places(headers, found)
        return dict(sorted(found.items()))

    def _hold_places(self, headers: Mapping[int, str], meant: Meant) -> None:
        """Let placeholders take the session's roles, in the order of work."""
        free = [at for at, said in headers.items() if PLACEHOLDER.fullmatch(said)]
        free = [at for at in free if meant.get(at, ("", 0.0))[0] != "activity"]
        left = [means for means in self._columns if means not in _meant(meant)]
        if len(free) > 1:
            meant |= {at: (means, EXACT) for at, means in zip(free, left, strict=False)}
        roles = sum(means.startswith(ROLE) for means, _ in meant.values())
        for at in [at for at, (means, sure) in meant.items() if means == "lead" and sure <= PARTS]:
            # Beside columns of roles, "Finance lead" is a role that is not known.
            if roles > 1:
                del meant[at]

    def remembered(self, kind: str, text: str, means: str) -> str:
        """The column that is remembered of a header, or ``leave``; empty for what is unknown."""
        if means == ROLE:
            return self.role(text, nearly=False) or f"{BY_NAME}{on_one_line(text)}"
        return means if means in {*sheet_of(kind).described, *self._columns, LEAVE} else ""

    def own(self, text: str) -> str:
        """What the council's own words say that a header over letters means; empty for nothing."""
        return self._words[RACI].get(fold_header(on_one_line(text)), "")

    def is_role(self, text: str) -> bool:
        """Whether a text is what a role of the session is called."""
        return fold_header(text) in self._roles

    def role(self, text: str, *, nearly: bool) -> str:
        """The column of the role that a header names; empty for one that is not known."""
        line = on_one_line(text)
        found = self._labels.get(line.casefold()) or self._roles.get(fold_header(line))
        found = found or self._roles.get(fold_header(without_aside(line)), "")
        if found or not nearly:
            return found
        folded = fold_header(line)
        return self._in_part(folded) or nearest(self._roles, folded, ALIKE)

    def _in_part(self, folded: str) -> str:
        """The role whose name a header has with words such as *lead* or *team* around it."""
        words = _words(folded)
        fits = {
            means: len(said)
            for known, means in self._roles.items()
            if (said := _words(known)) <= words and words - said <= GENERIC and not said <= GENERIC
        }
        best = [means for means, count in fits.items() if count == max(fits.values())]
        return best[0] if len(best) == 1 else ""

    def meaning(self, kind: str, text: str) -> tuple[str, float]:
        """What a header means in a table of a kind, and how surely."""
        own, fixed = self._words[kind], words_of(kind)
        roles = self._roles if kind in (ACTIVITIES, RACI) else {}
        if kind == RACI and (role := self._labels.get(text.casefold())):
            # As we head a role's column ourselves, whatever else its name may mean elsewhere.
            return role, EXACT
        full, short = fold_header(text), fold_header(without_aside(text))
        for words in (own, fixed, roles):
            if full in words:
                return words[full], EXACT
        if found := fixed.get(short) or roles.get(short, ""):
            return found, EXACT
        if roles and (found := self._in_part(short)):
            return found, ASIDE
        means, sure = meaning(kind, text)
        if sure <= PARTS and (near := nearest(roles, full, ALIKE)):
            return near, NEAR
        return means, sure


DAYS = frozenset({"due", "done_on", "meets_on", "papers_by", "announced_by"})
"""The columns of ours that hold days."""

_NO_END = re.compile(
    r"\b(?:start|begin|raised|created|opened|logged|received|identified|from)\b|^date$"
    r"|\b(?:closed|completed|resolved|actual|updated|done)\b",
    re.IGNORECASE,
)
"""A header of days on which something began, or ended, which are no day for it to be done by."""


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under a header row, and what the names around it hint at.

    ``blindly`` says that the cells count even where no header is known.
    """

    sheet: ReadSheet
    first: int
    last: int
    hint: str = ""
    blindly: bool = False

    def numbered(self, kind: str, headers: Mapping[int, str]) -> bool:
        """Whether a header such as ``Issue ID`` says of what kind each row is."""
        short = (one for one in headers.values() if len(one.split()) == 2 and len(one) < 20)
        return kind in (ISSUES, ACTIONS) and kind in map(kind_hinted, short)

    def weighs(self, kind: str, headers: Mapping[int, str], columns: Meant) -> float:
        """What speaks for a kind besides how many of its columns are there, and against it."""
        given = GIVEN.get(kind, ())[:1]
        held = any((means, self._sort(at)) in given for at, (means, _) in columns.items())
        # Texts that no header says to be actions weigh less than what one says to be issues.
        unsaid = (sheet_of(kind).anchor, NEAR) in columns.values()
        named = 1.5 * (self.hint == kind) + 2 * self.numbered(kind, headers)
        return named + 1.5 * held - 1.5 * unsaid

    def _sort(self, at: int) -> Sort:
        return sort_of(self.sheet, at, self.first, self.last)

    def _longest(self, columns: Sequence[int]) -> int:
        return longest_texts(self.sheet, columns, self.first, self.last)

    def read(self, kind: str, headers: Mapping[int, str], columns: Meant) -> Meant:
        """The columns with those that the cells tell: of people, or of a plan or a log."""
        if kind in (ACTIVITIES, RACI):
            return self._beside_people(kind, headers, columns)
        given = GIVEN.get(ACTIONS if kind == NEXT_STEPS else kind, ())
        if not given or not (columns or self.blindly):
            return columns
        sure = {at for at, (_, how) in columns.items() if how > PARTS}
        sorts = {at: self._sort(at) for at in headers if at not in sure}
        days = {at for at, sort in sorts.items() if sort is Sort.DATES}
        found = {at: one for at, one in columns.items() if at not in days or one[0] in DAYS}
        for at in [at for at, (means, _) in found.items() if means == "code"]:
            # Categories of their own are kept as theirs, and are no codes of ours.
            if self._sort(at) not in (Sort.CODES, Sort.MIXED):
                del found[at]
        other = ISSUES if given is GIVEN[ACTIONS] else ACTIONS
        for at in [*sorts]:
            apart = sorts[at] is Sort.NAMES and at not in found and meaning(other, headers[at])[0]
            if apart or (at in days and _NO_END.search(headers[at])):
                del sorts[at]
        means, first = given[0]
        numbered = [one for one in (ISSUES, ACTIONS) if self.numbered(one, headers)]
        named = kind in (self.hint, *numbered[:1])
        if named or first in sorts.values() or means in _meant(found):
            self._give(kind, given, found, sorts)
        return found

    def _beside_people(self, kind: str, headers: Mapping[int, str], columns: Meant) -> Meant:
        """The columns of names under R, A, C, I, and of the texts that they stand beside."""
        letters = {one[0].upper(): one for one in PEOPLE}
        held = _meant(columns) & set(PEOPLE)
        single = {at: letters.get(said.strip(" *"), "") for at, said in headers.items()}
        named = {at: means for at, means in single.items() if means and means not in held}
        if len(named) + len(held) < 3 or len(named) == 1:
            return columns
        found = columns | {at: (means, EXACT) for at, means in named.items()}
        if (anchor := sheet_of(kind).anchor) not in _meant(found):
            people = min(at for at, (means, _) in found.items() if means in PEOPLE)
            if at := self._longest(range(max(people - 4, 1), people)):
                found[at] = (anchor, NEAR)
        return dict(sorted(found.items()))

    def _give(
        self, kind: str, given: Sequence[tuple[str, Sort]], meant: Meant, sorts: dict[int, Sort]
    ) -> None:
        """Let the longest texts be what the rows are about, and each sort of cells its column.

        What a header says counts before.
        """
        if (anchor := sheet_of(kind).anchor) not in _meant(meant):
            plain = {sort for _, sort in given} - {Sort.NAMES}
            if at := self._longest([at for at, sort in sorts.items() if sort not in plain]):
                meant[at] = (anchor, NEAR)
                del sorts[at]
        for means, sort in given:
            at = next((at for at, one in sorts.items() if one is sort), 0)
            if at and (means not in _meant(meant) or meant.get(at, ("",))[0] == means):
                meant[at] = (means, NEAR)
                del sorts[at]

    def repeats(self, headers: Mapping[int, str]) -> bool:
        """Whether a header is a date, a code or a status as those under it: a record, no header."""
        return any(
            sort in (Sort.DATES, Sort.CODES, Sort.STATUS) and sort_of_values([said]) is sort
            for at, said in headers.items()
            if (sort := self._sort(at))
        )


SHORT = {"mgr": "manager", "svc": "service", "svcs": "services", "dept": "department"}
"""Words of a header as councils shorten them."""

GENERIC = frozenset(
    {
        *("lead", "leads", "manager", "managers", "team", "teams", "officer", "officers", "rep"),
        *("service", "services", "department", "unit", "section", "office", "staff"),
    }
)
"""Words beside a role's name that name no other role."""


def _meant(columns: Meant) -> set[str]:
    return {means for means, _ in columns.values()}


def _words(folded: str) -> frozenset[str]:
    return frozenset(SHORT.get(one, one) for one in folded.split())


def _as_raci(read: HeaderReading) -> HeaderReading:
    """A table of activities whose people stand in columns of their own is the RACI.

    Our own list of activities names them too: it says who is also responsible.
    """
    if read.kind != ACTIVITIES or "also" in read.columns.values():
        return read
    roles = sum(means.startswith(ROLE) for means in read.columns.values())
    people = sum(means in PEOPLE for means in read.columns.values())
    return HeaderReading(RACI, read.columns, read.headers) if roles >= 2 or people >= 3 else read


def _roles(session: Session) -> dict[str, str]:
    """Each role's column by label, code, name and what else it is called.

    A word that two roles share stands for neither; their labels differ.
    """
    known = session.role_by_code
    labels = {fold_header(label): f"{ROLE}{code}" for code, label in role_labels(session).items()}
    words: dict[str, set[str]] = {}
    for code in role_codes(session):
        role = known.get(code)
        called = (role.name, *role.also_called) if role else ()
        for word in (code, *called):
            words.setdefault(fold_header(word), set()).add(f"{ROLE}{code}")
    single = {word: found.pop() for word, found in words.items() if len(found) == 1 and word}
    return single | labels
