"""What goes into the rows of each table: our own tables' values, by the columns' keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from model import tables
from model.exchange.excel.filling.aliases import ANCHORS
from model.exchange.excel.own_columns import by_record
from model.session import Activity, Session
from model.table_kinds import ACTIONS, ACTIVITIES, ISSUES, NEXT_STEPS, RACI
from model.tables.names import called, role_labels
from model.tables.table import Value


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the record's id, its words, its values by key, and the council's own by header."""

    id: str
    words: str
    values: Mapping[str, Value]
    own: Mapping[str, str]


def records(session: Session, kind: str, *, with_next_steps: bool = False) -> list[Record]:
    """The rows of a table of a kind, in the order of the wall or the ranking.

    ``with_next_steps`` lets the next steps follow the actions, where a workbook has one table for
    both.
    """
    found = _VALUES[kind](session)
    if kind == ACTIONS and with_next_steps:
        blank = dict.fromkeys(column.key for column in tables.actions(session).columns)
        last = len(found)
        found += [
            {**blank, **row, "rank": number}
            for number, row in enumerate(_VALUES[NEXT_STEPS](session), last + 1)
        ]
    own = by_record(session)
    anchor = ANCHORS[kind]
    return [
        Record(known := str(values["id"]), str(values[anchor] or ""), values, own.get(known, {}))
        for values in found
    ]


def _process(session: Session) -> list[dict[str, Value]]:
    """An activity's values on both sheets, and its people by what they are to it."""
    labels = role_labels(session)
    raci = {row["id"]: row for row in tables.raci(session).records()}
    return [
        {**raci[row["id"]], **row, **_people(session.activity_by_id[str(row["id"])], labels)}
        for row in tables.activities(session).records()
    ]


def _people(activity: Activity, labels: Mapping[str, str]) -> dict[str, Value]:
    one = activity
    return {
        "responsible": called(labels, filter(None, (one.lead, *one.also))),
        "accountable": called(labels, filter(None, (one.accountable,))),
        "consulted": called(labels, one.consulted),
        "informed": called(labels, one.informed),
        "decided_by": called(labels, filter(None, (one.decided_by,))),
        "limit": one.limit,
    }


_VALUES: Mapping[str, Callable[[Session], list[dict[str, Any]]]] = MappingProxyType(
    {
        ACTIVITIES: _process,
        RACI: _process,
        ISSUES: lambda session: tables.issues(session).records(),
        ACTIONS: lambda session: tables.actions(session).records(),
        NEXT_STEPS: lambda session: tables.next_steps(session).records(),
    }
)
