"""What a workbook proposes, a line each, and the session with some of it accepted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from typing import Any

from offwall.model.records import EditError, Role, Session, excerpt
from offwall.model.records.changes import PLACE, RECORD, Change, apply, keyed_in
from offwall.model.records.fields import field_infos
from offwall.model.records.uses import field_info
from offwall.model.store.merge import same


class ProposalKind(StrEnum):
    """What kind of proposal it is."""

    CHANGED = "changed"
    NEW = "new"
    MOVED = "moved"
    REMARK = "remark"
    MISSING = "missing"
    CLASH = "conflict"


@dataclass(frozen=True, slots=True)
class ProposalSource:
    """The workbook that proposes something, who saved it last, and where in it that stands."""

    file: str
    by: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ProposalChoice:
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
    kind: ProposalKind
    collection: str
    key: str
    place: str
    what: str
    says: str
    readings: tuple[ProposalChoice, ...]
    sources: tuple[ProposalSource, ...]
    needs: tuple[str, ...] = ()

    @property
    def unasked(self) -> bool:
        """Whether it can be accepted without a choice: a clash waits, and nothing is deleted."""
        return self.kind not in (ProposalKind.CLASH, ProposalKind.MISSING)


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that some workbooks propose, what was left alone, the mapping, how much was read."""

    found: tuple[Proposal, ...]
    told: tuple[str, ...] = ()
    mapping: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()

    def by_id(self) -> dict[str, Proposal]:
        """Each under its id."""
        return {one.id: one for one in self.found}


ORDER = (
    ProposalKind.CLASH,
    ProposalKind.NEW,
    ProposalKind.CHANGED,
    ProposalKind.MOVED,
    ProposalKind.REMARK,
    ProposalKind.MISSING,
)
"""In which order they are listed: what needs people first."""


_SEVERAL = {ProposalKind.REMARK: "remarks", ProposalKind.CLASH: "conflicts"}


def count_proposals(proposals: Iterable[Proposal]) -> str:
    """How many there are of each kind, such as ``1 conflict, 3 new, 2 remarks``; empty for none."""
    counts = Counter(proposal.kind for proposal in proposals)
    return ", ".join(
        f"{counts[kind]:,} {kind if counts[kind] == 1 else _SEVERAL.get(kind, kind)}"
        for kind in ORDER
        if counts[kind]
    )


# Accept proposals: what they change, put on the session as it is now.


def accept_proposals(
    session: Session, all_of: Proposals, ids: Iterable[str], choices: Mapping[str, int]
) -> Session:
    """The session with some proposals accepted, and what they need accepted before them.

    ``choices`` say which reading was chosen of a proposal, by its id; else it is the first. The
    result is the same however often it is done. Raises `EditError` where a stage that an activity
    is to come to has gone meanwhile.
    """
    known = all_of.by_id()
    wanted = _with_needs(known, ids)
    chosen = [
        one.readings[min(choices.get(one.id, 0), len(one.readings) - 1)]
        for one in all_of.found
        if one.id in wanted
    ]
    instead = {code: other for one in chosen for code, other in one.instead}
    instead |= _made_otherwise(session, known, wanted)
    changes = [_as_called(change, instead) for one in chosen for change in one.changes]
    # Others may name them.
    changes.sort(key=lambda one: one.collection not in ("stages", "roles"))
    new = apply(session, changes)
    for activity in new.activities:
        if activity.stage not in new.stage_by_id:
            raise EditError(
                f"{excerpt(activity.text)} is to come to a stage that is no longer here. "
                "Undo (u) brings the stage back."
            )
    return new


def _with_needs(known: Mapping[str, Proposal], ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    ahead = [one for one in ids if one in known]
    while ahead:
        if (one := ahead.pop()) not in found:
            found.add(one)
            ahead += known[one].needs
    return found


def _made_otherwise(
    session: Session, known: Mapping[str, Proposal], wanted: Iterable[str]
) -> dict[str, str]:
    """New roles that were taken as another name for a known one before."""
    return {
        code: other
        for one in wanted
        for reading in known[one].readings
        if reading.instead and all(is_made(session, change) for change in reading.changes)
        for code, other in reading.instead
    }


def _as_called(change: Change, instead: Mapping[str, str]) -> Change:
    """The change with a known role in the place of one that is another name for it."""
    if not instead:
        return change
    if change.field == RECORD and change.new is not None and not isinstance(change.new, Role):
        infos = field_infos(change.new.__class__)
        names = [name for name, info in infos.items() if "roles" in info.to]
        values = {name: _renamed(getattr(change.new, name), instead) for name in names}
        return replace(change, new=replace(change.new, **values))
    info = field_info(change.collection, change.field)
    if info and "roles" in info.to:
        return replace(change, new=_renamed(change.new, instead))
    return change


def _renamed(value: Any, instead: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(instead.get(one, one) for one in value))
    return instead.get(value, value)


def is_made(session: Session, change: Change, index: Mapping[str, Any] | None = None) -> bool:
    """Whether a session is already as the change makes it."""
    records = index if index is not None else keyed_in(session, change.collection)
    found = records.get(change.key)
    if change.field == RECORD:
        return (found is None) == (change.new is None)
    if found is None:
        return False
    if change.field == PLACE:
        order = ["", *records]
        return order[order.index(change.key) - 1] == change.after
    return same(getattr(found, change.field), change.new)


def made_already(session: Session, all_of: Proposals) -> dict[str, int]:
    """The proposals that the session holds already, and by which reading."""
    held = cache(partial(keyed_in, session))
    instead: dict[str, str] = {}
    found: dict[str, int] = {}
    for one in all_of.found:
        for place, reading in enumerate(one.readings):
            changes = [_as_called(change, instead) for change in reading.changes]
            if changes and all(is_made(session, c, held(c.collection)) for c in changes):
                found[one.id] = place
                instead |= dict(reading.instead)
                break
    return found
