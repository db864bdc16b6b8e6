"""What a workbook that came back proposes: a line each, to be accepted or left."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from model.changes import Change


class Kind(StrEnum):
    """What kind of proposal it is."""

    CHANGED = "changed"
    NEW = "new"
    MOVED = "moved"
    REMARK = "remark"
    MISSING = "missing"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Source:
    """The workbook that proposes something, who saved it last, and where in it that stands."""

    file: str
    by: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a proposal, in words, and the changes that it makes.

    ``instead`` are codes of new roles and the known role that each is then another name for.
    """

    says: str
    changes: tuple[Change, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that workbooks propose.

    ``collection`` and ``key`` are of the record that it is about, ``place`` is its ref or kind
    and ``what`` its words; ``says`` is what is proposed. Of several ``readings`` one is chosen: a
    clash has none that is taken unasked. ``needs`` are the ids of what must be accepted before.
    """

    id: str
    kind: Kind
    collection: str
    key: str
    place: str
    what: str
    says: str
    readings: tuple[Reading, ...]
    sources: tuple[Source, ...]
    needs: tuple[str, ...] = ()

    @property
    def unasked(self) -> bool:
        """Whether it can be accepted without a choice: a clash waits, and nothing is deleted."""
        return self.kind not in (Kind.CLASH, Kind.MISSING)


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that some workbooks propose, and sentences about what was left alone."""

    found: tuple[Proposal, ...]
    told: tuple[str, ...] = ()

    def by_id(self) -> dict[str, Proposal]:
        """Each under its id."""
        return {one.id: one for one in self.found}


ORDER = (Kind.CLASH, Kind.NEW, Kind.CHANGED, Kind.MOVED, Kind.REMARK, Kind.MISSING)
"""In which order they are listed: what needs people first."""


_SEVERAL = {Kind.REMARK: "remarks", Kind.CLASH: "clashes"}


def counted(found: Iterable[Proposal]) -> str:
    """How many there are of each kind, such as ``1 clash, 3 new, 2 remarks``; empty for none."""
    kinds = [one.kind for one in found]
    said = ((kind, kinds.count(kind)) for kind in ORDER)
    return ", ".join(
        f"{number:,} {kind if number == 1 else _SEVERAL.get(kind, kind)}"
        for kind, number in said
        if number
    )
