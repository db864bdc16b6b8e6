"""Reading a sheet back: what a cell says, whom it names, what it makes of its record's fields."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from offwall.model.line.vocabulary import GROUPS
from offwall.model.process import owner_labels, role_labels
from offwall.model.process.activities import TargetMatcher
from offwall.model.process.raci import raci_columns
from offwall.model.records import Activity, Role, Session, Stage, line_of, short_date
from offwall.model.records.dates import parse_when
from offwall.model.records.fields import NO_ROLE, RoleCode
from offwall.model.records.text import block_of, fold, whole_number
from offwall.model.setup.people_and_roles import free_code
from offwall.model.tables.sheet import NO, YES, Cell, stated

FIRST_DAY = dt.date(1899, 12, 30)
"""The day from which a workbook counts, as it comes out after February 1900."""

SERIALS = range(20_000, 80_000)
"""Numbers that are taken for a day in a column of dates: 1954 to 2119."""

NOTHING_SAID = frozenset(
    {
        *("", "-", "–", "—", "?", "n/a", "n.a.", "na", "none", "nil", "tbc", "tbd", "nobody"),
        *("not applicable", "not required", "to be confirmed", "to be decided"),
    }
)
"""What people put in a cell to say that there is nothing to say."""

_DOTTED = re.compile(r"(\d{1,2})[.\-](\d{1,2})[.\-](\d{4}|\d{2})")
_NAMES_DAY = re.compile(
    r"\d[./-]\d|^(?=.*\d).*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:.*")


@dataclass(frozen=True, slots=True)
class UnreadableCell:
    """A cell that holds no value that could be meant: ``why`` ends a sentence about it."""

    why: str


def cell_as_text(value: Any) -> str:
    """A cell's value as people read it, its line breaks kept."""
    if value is None or isinstance(value, UnreadableCell):
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, dt.date):
        return short_date(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return block_of(str(value))


def cell_as_line(value: Any) -> str:
    """A cell's value on one line."""
    return line_of(cell_as_text(value))


def fold_cell(value: Any) -> str:
    """A cell's value without regard to capitals and spaces."""
    return cell_as_line(value).casefold()


_LOOKS_LIKE = str.maketrans(
    {**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‐‑–—−", "-")}
)


def fold_name(value: Any) -> str:
    """A name as it looks: without what nobody sees, and with one sort of quote, dash and space."""
    return fold(_seen(unicodedata.normalize("NFKC", cell_as_line(value)).translate(_LOOKS_LIKE)))


_BOLD = re.compile(r"\*\*(.+?)\*\*")

_BEFORE = re.compile(r"^\s*(?:[•·▪◦*–—-]\s*|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)+")


def without_bullet(text: str) -> str:
    """A name without the bullet or the number before it, and the stars that make it bold."""
    return _BEFORE.sub("", _BOLD.sub(r"\1", text)).strip() or text.strip()


def says_nothing(value: Any) -> bool:
    """Whether a cell is empty, or says that there is nothing to say."""
    return fold_cell(value) in NOTHING_SAID


def same_cell(value: Any, before: Any, today: dt.date) -> bool:
    """Whether a cell still says what it said before."""
    if isinstance(before, dt.date):
        return cell_as_date(value, today) == before
    return value == before or cell_as_line(value) == cell_as_line(before)


def cell_as_date(value: Any, today: dt.date) -> dt.date | None:
    """The day that a cell of a column of dates means; none where it means none.

    Text counts as people write it where it names a day and a month; a bare number is how a workbook
    counts days.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float):
        counts = math.isfinite(value) and int(value) in SERIALS
        return FIRST_DAY + dt.timedelta(int(value)) if counts else None
    words = cell_as_line(value)
    if found := _WITH_TIME.fullmatch(words):
        words = found[1]
    if found := _DOTTED.fullmatch(words):
        words = f"{found[1]}/{found[2]}/{found[3]}"
    # “Next week” and “Q2” meant another day when they were written, or nobody knows which.
    return parse_when(words, today) if _NAMES_DAY.search(words) else None


_ITEMS = re.compile(r"[;\n]")


def cell_as_items(value: Any) -> tuple[str, ...]:
    """The items of a list in one cell, each once."""
    found = (line_of(part).lstrip("•*- ").strip() for part in _ITEMS.split(cell_as_text(value)))
    return tuple(dict.fromkeys(filter(None, found)))


# Whom a cell names.

LONGEST_ROLE_NAME = 60
"""Characters of a role's name at most; more of them are a sentence."""

_APART = re.compile(r"[;\n]|,(?![^(\[]*[)\]])")
"""What stands between names, outside of brackets."""

_EITHER = re.compile(r"\s*/\s*(?![^(\[]*[)\]])|\s\+\s")
"""What parts names where one of them is known."""

_ROLE_AND_NAME = re.compile(r"([^()]+)\(([^()]+)\)")
"""An owner as the action plan names one."""

_PERHAPS = re.compile(r"\s*/\s*|\s+&\s+|\s+and\s+|\s\+\s|\s*,\s*")
"""What may stand between names, or within one: it parts only names that are all known."""


class CopyNames:
    """The names that a copy may use, and the roles that it adds to them.

    A role that came into the session since the export is known too. ``shared`` are the roles that
    other copies add, by name: the same one has one code in all of them. ``labels`` say what each
    role is called, by code.
    """

    def __init__(self, base: Session, now: Session, shared: dict[str, Role]) -> None:
        self._shared = shared
        self._roles: dict[str, RoleCode] = {}
        for session in (base, now):
            for said, code in _words(session):
                self._roles.setdefault(fold_name(said), code)
        known = {
            fold_name(name): code
            for session in (now, base)
            for code, name in owner_labels(session, role_labels(session)).items()
        }
        for group, words in GROUPS.items():
            known |= {fold_name(said): group for said in (group, *words)}
        for session in (now, base):
            facts = stated(session)
            known |= {fold_name(facts.called(name)): name for name in facts.names}
        self._owners = self._roles | known
        self.labels = role_labels(base)
        more = (role for role in base.roles if role.code not in now.role_by_code)
        self._taken = replace(now, roles=(*now.roles, *more, *shared.values()))
        self.new: dict[str, Role] = {}

    def role(self, said: Any) -> RoleCode:
        """The code of the role that the words name; one that nobody knew is made."""
        words = without_bullet(cell_as_line(said))
        if says_nothing(words):
            return NO_ROLE
        bare = re.sub(r"\s*\([^()]*\)\s*", " ", words)
        found = self._roles.get(fold_name(words)) or self._roles.get(fold_name(bare))
        return found or self._make(words)

    def roles(self, said: Any) -> tuple[RoleCode, ...]:
        """The codes of all roles that a cell names, each once; a name may hold ``and``."""
        if says_nothing(said):
            return ()
        if code := self._roles.get(fold_name(said)):
            return (code,)
        parts = [one for part in _APART.split(str(said)) for one in self._names(part)]
        return tuple(dict.fromkeys(filter(None, map(self.role, parts))))

    def _names(self, text: str) -> list[str]:
        """The names in a part of a cell: several only where each of them is known."""
        if self.known(text):
            return [text]
        for between, enough in ((_PERHAPS, all), (_EITHER, any)):
            parts = [one for one in between.split(text) if not says_nothing(one)]
            if enough(map(self.known, parts)):
                return parts
        return [text]

    def owner(self, said: Any) -> str:
        """A role's code, a person's id, else the words as they stand.

        Of a role and a name in brackets that are not each other's, the name counts.
        """
        words = cell_as_line(said)
        if found := self._owners.get(fold_name(words)):
            return found
        whole = _ROLE_AND_NAME.fullmatch(words)
        parts = [self._owners.get(fold_name(one)) for one in whole.groups()] if whole else [None]
        return words if None in parts else str(parts[1])

    def known(self, said: Any) -> bool:
        """Whether the words name a role that is known."""
        return fold_name(without_bullet(cell_as_line(said))) in self._roles

    def _make(self, words: str) -> RoleCode:
        if len(words) > LONGEST_ROLE_NAME:
            return NO_ROLE
        said, words = fold_name(words), _seen(words)
        if said not in self._shared:
            role = Role(free_code(self._taken, words), words)
            self._taken = replace(self._taken, roles=(*self._taken.roles, role))
            self._shared[said] = role
        role = self._shared[said]
        self._roles[said] = self._owners[said] = role.code
        self.new[role.code], self.labels[role.code] = role, role.name
        return role.code


def _words(session: Session) -> Iterator[tuple[str, RoleCode]]:
    labels = role_labels(session)
    yield from ((labels[code], code) for code in raci_columns(session))
    yield from ((code, code) for code in raci_columns(session))
    yield from ((role.name, role.code) for role in session.roles)
    yield from ((said, role.code) for role in session.roles for said in role.also_called)


def _seen(words: str) -> str:
    """A name without what nobody sees in it."""
    return line_of("".join(word for word in words if unicodedata.category(word) != "Cf"))


# What an edited cell makes of the fields of its record.


class Draft(Protocol):
    """The session under the edits of a workbook, as far as reading a cell asks for it."""

    today: dt.date
    naming: CopyNames

    @property
    def base(self) -> Session:
        """The session that the workbook was exported from."""

    @property
    def targets(self) -> TargetMatcher:
        """What refs and words mean."""

    def records(self, collection: str) -> dict[str, Any]:
        """The records of a collection as they are by now, by key."""

    def tell(self, place: str, sentence: str) -> None:
        """Say what was left alone, and where."""

    def id_for(self, collection: str, letter: str, words: str) -> str:
        """The id of a new record of these words."""

    def new_stage(self, name: str) -> Stage:
        """A stage of that name: one that came in since, or that another copy adds, too."""


Fields = dict[str, Any]
"""New values of a record's fields."""


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row whose cells were edited, and where it stands.

    ``cells`` are those that were edited, by our keys, and ``whole`` is all that the row says.
    ``activity`` is the one that it is about, before the edits.
    """

    draft: Draft
    place: str
    cells: Mapping[str, Any]
    whole: Mapping[str, Any]
    activity: Activity | None = None

    def tell(self, sentence: str) -> Fields:
        """Say that the edit was left alone, and why: it gives no field another value."""
        self.draft.tell(self.place, sentence)
        return {}

    def leave(self, called: str, value: Any, why: str) -> Fields:
        """Say that a value is not what its column takes."""
        return self.tell(f"{called} “{cell_as_line(value)}” is {why}; it was left alone.")


Reader = Callable[[EditedRow, Cell[Any], Any], Fields]
"""What the value of an edited cell makes of its record's fields."""


def name_of(cell: Cell[Any]) -> str:
    """The field of the record that a column holds."""
    return cell.field or cell.key


def called(cell: Cell[Any]) -> str:
    """What a sentence calls a column."""
    return cell.key.replace("_", " ")


def _as(make: Callable[[Any], Any]) -> Reader:
    return lambda row, cell, value: {name_of(cell): make(value)}


as_words, as_text, as_items = map(_as, (cell_as_line, cell_as_text, cell_as_items))
"""Words on one line; with their line breaks; a list, an item a line or between semicolons."""


def as_needed(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """Words that a record cannot do without."""
    if words := cell_as_line(value):
        return {name_of(cell): words}
    if name_of(cell) == "name":
        return row.tell("its name was taken out; it was left alone.")
    whose = "the activity's" if row.activity else "its"
    return row.tell(f"{whose} words were taken out; they were left alone.")


def as_yes(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """Yes or no, as people write it."""
    return {name_of(cell): fold_cell(value) in (YES, "y", "true", "x", called(cell))}


def as_owner(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """A role's code, a person's id, else the words."""
    return {name_of(cell): "" if says_nothing(value) else row.draft.naming.owner(value)}


def as_date(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """A day."""
    found = cell_as_date(value, row.draft.today)
    if found is None and not says_nothing(value):
        said = f"{called(cell)} “{cell_as_line(value)}” is no date; it was kept as words."
        return row.tell(said)
    return {name_of(cell): found}


def as_place(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """Where something belongs: an activity's ref or words; else the words for where."""
    words = cell_as_line(value)
    found = row.draft.targets.find(words) if words else ""
    known = found in row.draft.base.activity_by_id
    return {"activity": found if known else "", "near": "" if known else words}


def as_number(least: int, most: int, empty: int | None = None) -> Reader:
    """A whole number within bounds; an empty cell means ``empty``."""

    def read(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
        if says_nothing(value):
            return {name_of(cell): empty}
        found = whole_number(cell_as_line(value), least, most)
        if found is None:
            return row.leave(called(cell), value, f"no whole number from {least} to {most:,}")
        return {name_of(cell): found}

    return read


def as_one_of(kinds: type[StrEnum], empty: StrEnum | None = None) -> Reader:
    """One of some words; an empty cell is the first of them, or ``empty``."""

    def read(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
        said = fold_cell(value)
        found = next((one for one in kinds if one == said), None)
        if found is None and said:
            return row.leave(called(cell), value, f"none of {', '.join(kinds)}")
        return {name_of(cell): found or empty or next(iter(kinds))}

    return read


def elsewhere(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """Nothing by itself: it is read with other cells of its row, or follows from one of them."""
    return {}
