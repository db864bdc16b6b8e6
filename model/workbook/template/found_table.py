"""A table of ours as it was found in a workbook; and what a session remembers of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from offwall.model.records import Session
from offwall.model.records.session import Fitted, Heading
from offwall.model.tables import ROLE
from offwall.model.workbook.import_.copied_rows import BY_NAME
from offwall.model.workbook.template.read_sheet import ReadSheet


class FoundBy(IntEnum):
    """By what a table was found; the lower counts for more."""

    REMEMBERED = 0
    TABLE_NAME = 1
    NAME = 2
    LETTERS = 3
    TABLE_HEADERS = 4
    HEADERS = 5
    CELLS = 6


NONE: Mapping[Any, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of ours in a workbook. Rows and columns count from 1.

    ``columns`` says which column of ours stands where: the keys of `model.tables.all_sheets`'
    columns, and for the people ``responsible``, ``accountable``, ``consulted``, ``informed``
    (names in a cell), ``role:cm`` (a role's own column of letters) and `BY_NAME` with the name of
    a role that the session does not know. ``headers`` are all headers of the block, the council's
    own ones too. The body's rows go from ``first`` to ``last``; ``last`` is ``first - 1`` where
    there is none. ``headings`` are rows of it that head a stage, ``skipped`` those that are no
    record; ``marks`` say which letters a mark stands for. Of a ``turned`` table rows are columns.
    ``stages`` are those of the session whose activities it takes; none, all of them. It may be a
    ``copy_of`` a sheet and a table of other names. ``told`` are sentences about what
    was left alone.
    """

    kind: str
    sheet: str
    how: FoundBy
    name: str
    header: int
    first: int
    last: int
    left: int
    right: int
    columns: Mapping[int, str]
    headers: Mapping[int, str]
    is_table: bool = False
    totals: int = 0
    headings: Mapping[int, str] = field(default_factory=dict)
    skipped: Mapping[int, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    turned: bool = False
    title: str = ""
    stages: tuple[str, ...] = ()
    copy_of: tuple[str, str] | None = None
    told: tuple[str, ...] = ()

    @property
    def own(self) -> dict[int, str]:
        """The council's own columns: their headers by place."""
        return {place: said for place, said in self.headers.items() if place not in self.columns}

    @property
    def at(self) -> dict[str, int]:
        """Where each column of ours stands."""
        return {means: place for place, means in self.columns.items()}

    @property
    def roles(self) -> dict[str, int]:
        """Where each role's own column stands, by the role's code."""
        return {
            means.removeprefix(ROLE): place
            for place, means in self.columns.items()
            if means.startswith(ROLE)
        }

    def rows(self, sheet: ReadSheet) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
        """Each row of the body that says anything: number, values by our key, values by header.

        The text of a row that heads a stage is the stage of the rows under it.
        """
        stage = self.title
        for number in range(self.first, self.last + 1):
            stage = self.headings.get(number, stage)
            if number in self.headings or number in self.skipped:
                continue
            cells = sheet.row(number)
            ours = {means: cells[at] for at, means in self.columns.items() if at in cells}
            own = {said: cells[at] for at, said in self.own.items() if at in cells}
            for means in ours if self.marks else ():
                if means.startswith((ROLE, BY_NAME)):
                    ours[means] = self.marks.get(str(ours[means]).strip(), ours[means])
            if ours or own:
                yield number, ({"stage": stage} if stage else {}) | ours, own

    def overlaps(self, other: "FoundTable") -> bool:
        """Whether two tables claim the same cells."""
        return self.sheet == other.sheet and (
            self.turned
            or other.turned
            or (
                self.header <= max(other.last, other.header)
                and other.header <= max(self.last, self.header)
                and self.left <= other.right
                and other.left <= self.right
            )
        )

    def remembered(self) -> Fitted:
        """What the session keeps of it."""
        columns = (
            Heading(said, self.columns.get(at, ""))
            for at, said in self.headers.items()
            if not self.columns.get(at, "").startswith(BY_NAME)
        )
        sheet, name = self.copy_of or (self.sheet, self.name)
        return Fitted(self.kind, sheet, name, tuple(columns))


# What a session keeps of a council's workbook: the next export and import find the same.


def remember_tables(session: Session, found: Iterable[FoundTable]) -> Session:
    """The session with the tables found, each in the place of its sheet's last of its kind."""
    new = {(one.kind, one.sheet): one.remembered() for one in found}
    kept = [_renewed(one, new.pop((one.kind, one.sheet), one)) for one in session.export.tables]
    return replace(session, export=replace(session.export, tables=(*kept, *new.values())))


def _renewed(old: Fitted, new: Fitted) -> Fitted:
    """The new table, with what else the session says of the old one."""
    return replace(new, extra=old.extra)
