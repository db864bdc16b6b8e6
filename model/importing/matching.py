"""Which row is which record: by its id, then its ref, then its wording."""

from collections.abc import Iterator, Sequence

from model.importing.cells import folded, line
from model.importing.copy import Known, Read, Row

ALIKE = 85.0
"""How alike two wordings are, of 100, that are taken for one (rapidfuzz's ``ratio``)."""

AKIN = 45.0
"""How alike a row and the record of its ref must be: a council's own numbers are no refs."""

MOST_COMPARED = 5_000_000
"""Pairs of wordings that are compared at most, which takes a second or two; beyond that, rows
without an id, a ref or the same words are new ones.
"""

Pairs = dict[int, Known]
"""The record of each row that has one, by the row's number."""


def matched(read: Read) -> Pairs:
    """The record of each row that is one's; a record is given to one row only."""
    found: Pairs = {}
    left = {one.id: one for one in read.known}
    for way in (_by_id, _by_ref, _by_words, _by_likeness):
        rows = [row for row in read.rows if row.number not in found]
        if not rows or not left:
            break
        for row, known in way(read, rows, list(left.values())):
            if row.number not in found and known.id in left:
                found[row.number] = left.pop(known.id)
    return found


def _by_id(read: Read, rows: Sequence[Row], left: Sequence[Known]) -> Iterator[tuple[Row, Known]]:
    """A row that was copied bears its model's id too: the one of the likest words keeps it."""
    known = {line(one.id): one for one in left}
    said: dict[str, list[Row]] = {}
    for row in rows:
        if (one := line(row.cells.get("id"))) and one in known:
            said.setdefault(one, []).append(row)
    for one, claiming in said.items():
        words = known[one].words
        best = claiming[0]
        if len(claiming) > 1:
            best = max(claiming, key=lambda row: likeness(row.cells.get(read.anchor), words))
        yield best, known[one]


def _by_ref(read: Read, rows: Sequence[Row], left: Sequence[Known]) -> Iterator[tuple[Row, Known]]:
    if read.anchor != "activity":
        # Elsewhere the ref says where something belongs, not what it is.
        return
    known = {folded(one.values.get("ref")): one for one in left}
    words = {folded(one.words) for one in left}
    for row in rows:
        found = known.get(folded(row.cells.get("ref")))
        said = row.cells.get(read.anchor)
        if found is None or line(row.cells.get("id")) not in ("", line(found.id)):
            continue
        itself = folded(said) == folded(found.words)
        if itself or (folded(said) not in words and likeness(said, found.words) >= AKIN):
            yield row, found


def _by_words(
    read: Read, rows: Sequence[Row], left: Sequence[Known]
) -> Iterator[tuple[Row, Known]]:
    """The same words; of several such records the one of the same stage, else the first."""
    known: dict[str, list[Known]] = {}
    for one in left:
        known.setdefault(folded(one.words), []).append(one)
    for row in rows:
        said = folded(row.cells.get(read.anchor))
        found = known.get(said, []) if said else []
        if found:
            stage = folded(row.cells.get("stage"))
            here = [one for one in found if folded(one.values.get("stage")) == stage]
            best = (here or found)[0]
            found.remove(best)
            yield row, best


def _by_likeness(
    read: Read, rows: Sequence[Row], left: Sequence[Known]
) -> Iterator[tuple[Row, Known]]:
    """The likest first; a row with an id of its own is somebody's already."""
    from rapidfuzz import fuzz, process

    if len(rows) * len(left) > MOST_COMPARED:
        return
    words = [folded(one.words) for one in left]
    found = []
    for row in rows:
        said = folded(row.cells.get(read.anchor))
        if said and not line(row.cells.get("id")):
            likest = process.extractOne(said, words, scorer=fuzz.ratio, score_cutoff=ALIKE)
            if likest:
                found.append((likest[1], row, left[likest[2]]))
    for _, row, known in sorted(found, key=lambda one: (-one[0], one[1].number)):
        yield row, known


def likeness(one: object, other: object) -> float:
    """How alike two wordings are, of 100."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(folded(one), folded(other)))
