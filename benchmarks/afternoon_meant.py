"""What the script of an afternoon means, and how far a session is from it, field by field."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from offwall.model.records.session import Action, Activity, Issue, Role, Session, Topic

LISTS = {"activities": Activity, "issues": Issue, "actions": Action, "topics": Topic}
"""What is recorded in the afternoon. All else stays as it was set up, but for minutes used."""

UNTOUCHED = ("people", "stages", "roles", "words", "documents", "meetings", "remarks", "photos")
"""What the script never means to change."""


@dataclass
class Record:
    """A record that is meant: its collection, its id once it was made, its fields, its doubts.

    ``free`` are fields that the program words itself. ``doubtful``: the words have no one meaning.
    """

    collection: str
    meant: dict[str, Any]
    id: str = ""
    free: frozenset[str] = frozenset()
    doubtful: bool = False
    doubts: int = 0


@dataclass(frozen=True)
class Difference:
    """Something that the session says otherwise than meant; ``told`` where a doubt was said."""

    where: str
    meant: Any
    found: Any
    told: bool = False


@dataclass
class Meant:
    """All that is meant so far. ``names`` are records by the script's own names for them."""

    start: Session
    records: list[Record] = field(default_factory=list)
    names: dict[str, Record] = field(default_factory=dict)
    order: dict[str, list[Record]] = field(default_factory=dict)
    made: dict[tuple[str, str], int] = field(default_factory=dict)
    """Whatever was ever made, as collection and id, and how many doubts were said of it."""

    def add(self, record: Record, name: str = "") -> Record:
        """Mean one record more; an activity at the end of its stage."""
        self.records.append(record)
        if name:
            self.names[name] = record
        if record.collection == "activities":
            self.order.setdefault(record.meant["stage"], []).append(record)
        return record

    def take_away(self, record: Record) -> None:
        """Mean it no longer."""
        self.records.remove(record)
        if record.collection == "activities":
            self.order[record.meant["stage"]].remove(record)

    def move(self, record: Record, *, down: int = 0, stage: str = "") -> None:
        """Mean an activity so many places down, or at the end of another stage."""
        column = self.order[record.meant["stage"]]
        place = column.index(record)
        column.remove(record)
        if stage:
            record.meant["stage"] = stage
            self.order.setdefault(stage, []).append(record)
        else:
            column.insert(place + down, record)

    def made_now(self, before: Session, after: Session, doubts: int) -> dict[str, list[str]]:
        """The ids that are new in each collection, remembered with the doubts said of them."""
        found: dict[str, list[str]] = {}
        for name in LISTS:
            old = {one.id for one in getattr(before, name)}
            found[name] = [one.id for one in getattr(after, name) if one.id not in old]
            self.made |= {(name, known): doubts for known in found[name]}
        return found

    def differences(self, session: Session) -> Iterator[Difference]:
        """Where the session is not what is meant."""
        yield from self._untouched(session)
        for record in self.records:
            yield from self._of(record, session)
        yield from self._surplus(session)
        for stage, column in self.order.items():
            known = {record.id: place for place, record in enumerate(column)}
            found = [known[one.id] for one in session.by_stage[stage] if one.id in known]
            for place in range(len(found) - longest_in_order(found)):
                yield Difference(f"order of {stage}, {place + 1}", "as said", "elsewhere")

    def _untouched(self, session: Session) -> Iterator[Difference]:
        for name in UNTOUCHED:
            old, new = getattr(self.start, name), getattr(session, name)
            for one in [one for one in new if one not in old]:
                told = isinstance(one, Role) and self._was_doubted(session, one.code)
                yield Difference(name, None, one, told)
            for one in [one for one in old if one not in new]:
                yield Difference(name, one, None)

    def _was_doubted(self, session: Session, role: str) -> bool:
        """Whether a doubt was said of all that names a role, and something does."""
        naming = [
            self.made.get(("activities", one.id), 0)
            for one in session.activities
            if role in (one.lead, one.accountable, *one.also, *one.consulted, *one.informed)
        ]
        return bool(naming) and all(naming)

    def _of(self, record: Record, session: Session) -> Iterator[Difference]:
        called = record.meant.get("text") or record.meant.get("title") or record.collection
        found = {one.id: one for one in getattr(session, record.collection)}.get(record.id)
        if record.doubtful:
            if not record.doubts:
                yield Difference(called, "a doubt", found)
        elif found is None:
            yield Difference(called, "a record", None, bool(record.doubts))
        else:
            ids = {name: one.id for name, one in self.names.items()}
            for name, meant in _defaults(LISTS[record.collection]).items():
                wanted = _resolved(name, record.meant.get(name, meant), ids)
                is_now = _plain(name, getattr(found, name))
                if name not in record.free and wanted != is_now:
                    yield Difference(f"{called}: {name}", wanted, is_now, bool(record.doubts))

    def _surplus(self, session: Session) -> Iterator[Difference]:
        meant = {(record.collection, record.id) for record in self.records}
        for name in LISTS:
            for one in getattr(session, name):
                if (name, one.id) not in meant:
                    told = bool(self.made.get((name, one.id)))
                    yield Difference(f"{name}, one too many", None, one, told)

    def lost(self, session: Session) -> list[str]:
        """What was shown as kept, is meant, and is not there."""
        there = {(name, one.id) for name in LISTS for one in getattr(session, name)}
        return [
            record.meant.get("text") or record.collection
            for record in self.records
            if record.id and (record.collection, record.id) not in there
        ]


def longest_in_order(places: Sequence[int]) -> int:
    """How many of the places stand in rising order at most; the others are out of place."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def _defaults(kind: type) -> dict[str, Any]:
    """What a record says of each field where nothing is said."""
    return {
        one.name: "" if one.default is MISSING else one.default
        for one in fields(kind)
        if one.name not in ("id", "extra")
    }


def _resolved(name: str, meant: Any, ids: Mapping[str, str]) -> Any:
    """What is meant, with ids for the script's names."""
    if name == "routes":
        return tuple((answer, ids.get(to, to)) for answer, to in meant)
    if isinstance(meant, Record):
        return meant.id
    if name == "then":
        return ids.get(meant, meant)
    return tuple(meant) if isinstance(meant, list) else meant


def _plain(name: str, found: Any) -> Any:
    """What a field says, as the script says it."""
    if name == "routes":
        return tuple((one.answer, f"?{one.to_words}" if one.to_words else one.to) for one in found)
    return found
