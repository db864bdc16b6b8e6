"""What several copies propose for a session, as one list."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from model.changes import Change
from model.importing.comparison import Comparison
from model.importing.copy import Copy
from model.importing.draft import Shared
from model.importing.proposal import ORDER, Kind, Proposal, Proposals, Reading
from model.importing.taking import edited
from model.session import Session

DIFFER = "the workbooks say it differently"
"""What is said of a proposal about which several workbooks do not agree."""


def propose(copies: Sequence[Copy], session: Session, *, today: dt.date, seed: str) -> Proposals:
    """What the copies propose for the session, each against what it was exported from.

    Copies that say the same are one proposal; where they differ, it is a clash with each one's
    reading. ``seed`` is what the ids of new records are derived from.
    """
    found: dict[str, Proposal] = {}
    told: list[str] = []
    shared = Shared()
    for copy in copies:
        draft = edited(copy, session, shared, today=today, seed=seed)
        for one in Comparison(draft, session).proposals():
            found[one.id] = _united(found[one.id], one) if one.id in found else one
        told += [f"{copy.file}: {said}" for said in (*copy.said, *draft.told)]
    ordered = sorted(found.values(), key=lambda one: _rank(session, one))
    return Proposals(tuple(ordered), tuple(dict.fromkeys(told)))


def _united(first: Proposal, second: Proposal) -> Proposal:
    sources = (*first.sources, *second.sources)
    known = [_made_of(reading) for reading in first.readings]
    new = tuple(reading for reading in second.readings if _made_of(reading) not in known)
    if not new:
        return replace(first, sources=sources)
    before = first.readings if first.says == DIFFER else tuple(_by(first))
    readings = (*before, *_by(replace(second, readings=new)))
    needs = tuple(dict.fromkeys((*first.needs, *second.needs)))
    return replace(
        first, kind=Kind.CLASH, says=DIFFER, readings=readings, sources=sources, needs=needs
    )


def _made_of(reading: Reading) -> list[Change]:
    """The changes of a reading, wherever among its like a record is put."""
    return [replace(change, after="") for change in reading.changes]


def _by(one: Proposal) -> Iterator[Reading]:
    """The readings of a proposal, each with the workbook that it is from."""
    files = ", ".join(dict.fromkeys(source.file for source in one.sources))
    for reading in one.readings:
        said = reading.says or one.says
        yield replace(reading, says=f"{said} ({files})") if reading.changes else reading


def _rank(session: Session, one: Proposal) -> tuple[int, int, str]:
    """By kind, what others need first, activities as the wall reads."""
    first = one.collection not in ("stages", "roles")
    place = one.place if one.collection == "activities" else f"~{one.place}"
    return ORDER.index(one.kind), int(first), place
