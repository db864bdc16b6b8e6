"""What is proposed, in words, by the names that both sides use."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from model.changes import Change
from model.differing.clauses import Sides, clauses
from model.differing.names import Names
from model.own_columns import own_columns
from model.session import Session

_LISTS = ("also", "consulted", "informed", "documents", "routes", "needs")
_WORDS = ("lead", "accountable", "decision", "owner", "near", "raised_by")


class Words:
    """Says the changes between two sessions."""

    def __init__(self, base: Session, theirs: Session) -> None:
        self._base, self._theirs = base, theirs
        self._sides = Sides(Names(base), Names(theirs), called=False)

    def new(self, change: Change) -> str:
        """What is said of a record that is new."""
        record = change.new
        blank: dict[str, Any] = {name: () for name in _LISTS if hasattr(record, name)}
        blank |= {name: "" for name in _WORDS if hasattr(record, name)}
        said = clauses(self._sides, change.collection, replace(record, **blank), record)
        stage = self._theirs.stage_by_id.get(getattr(record, "stage", ""))
        where = [f"in {stage.name}"] if stage else []
        return "; ".join((" ".join(["new", *where]), *said))

    def field(self, record: Any, change: Change) -> str:
        """What a change makes of a field."""
        if change.field == "extra":
            return "; ".join(_theirs(change))
        old = replace(record, **{change.field: change.old})
        new = replace(record, **{change.field: change.new})
        return "; ".join(clauses(self._sides, change.collection, old, new)) or _agreed(change)

    def kept(self, record: Any, change: Change) -> str:
        """What was made of a field here, since the export."""
        held = getattr(record, change.field)
        said = self.field(record, replace(change, new=held))
        return f"leave it as it is here: {said}"

    def move(self, key: str) -> str:
        """Where an activity goes."""
        one = self._theirs.activity_by_id[key]
        old, new = (side.ref_by_id.get(key, "") for side in (self._base, self._theirs))
        column = self._theirs.by_stage[one.stage]
        at = [each.id for each in column].index(key)
        after = f"after “{column[at - 1].text}”" if at else "as its first"
        stage = self._theirs.stage_by_id[one.stage].name
        return f"to {new} (was {old}), in {stage}, {after}"


def _theirs(change: Change) -> Iterator[str]:
    """What the council's own columns say now."""
    before, after = own_columns(change.old), own_columns(change.new)
    for header in dict.fromkeys((*after, *before)):
        if before.get(header) != after.get(header):
            was = f" (was “{before[header]}”)" if header in before else ""
            yield f"{header}: {after.get(header) or 'nothing now'}{was}"


def _agreed(change: Change) -> str:
    """What is agreed of an activity, which sentences about differences tell elsewhere."""
    name = {"sequence_confirmed": "its place", "lead_confirmed": "its lead"}.get(change.field)
    if name is None:
        return change.field.replace("_", " ")
    return f"{name} is {'confirmed' if change.new else 'no longer confirmed'}"
