"""What must hold between the records of a session file, and the ids of records that bear none."""

from collections import Counter
from typing import Any

from model.ids import derive
from model.session import FORMAT, Session
from model.toml.errors import MisfitError, digits, shown
from model.toml.shapes import LETTERS

KNOWN_BY = dict.fromkeys((*LETTERS, "stages"), "id") | {"roles": "code", "tiers": "code"}
"""The field that no two records of a collection may share."""


def check_format(raw: dict[str, Any]) -> None:
    """Refuse a file of a later layout, before anything in it is judged by this one's."""
    found = raw.get("format", FORMAT)
    if isinstance(found, bool) or not isinstance(found, int):
        return
    if found > FORMAT:
        raise MisfitError(
            f"is {digits(found)}: a newer Offwall wrote this file, and this one reads up to"
            f" format {FORMAT}",
            "update Offwall and open it again",
            "format",
        )
    if found < 1:
        raise MisfitError(
            f"must be {FORMAT}, not {digits(found)}", f"write format = {FORMAT}", "format"
        )


def with_ids(raw: dict[str, Any]) -> dict[str, Any]:
    """The file's tables, where a record without an id has one made of its text.

    Of two records with the same text the later one's differs, so that the id depends on the place
    among its equals alone: a record that is put in above changes nobody's.
    """
    return raw | {
        name: _identified(raw[name], letter)
        for name, letter in LETTERS.items()
        if isinstance(raw.get(name), list)
    }


def _identified(records: list[Any], letter: str) -> list[Any]:
    tables = [record for record in records if isinstance(record, dict)]
    taken = {record["id"] for record in tables if isinstance(record.get("id"), str)}
    seen: Counter[str] = Counter()
    return [
        {**record, "id": _free(record, letter, seen, taken)}
        if isinstance(record, dict) and record.get("id", "") == ""
        else record
        for record in records
    ]


def _free(record: dict[str, Any], letter: str, seen: Counter[str], taken: set[str]) -> str:
    text = "\x1f".join(f"{key}={value}" for key, value in record.items() if isinstance(value, str))
    while True:
        seen[text] += 1
        made = derive(text, letter, seen[text])
        if made not in taken:
            taken.add(made)
            return made


def check(session: Session) -> None:
    """Raise `MisfitError` for two records of one id or code, and for an unknown stage."""
    for collection, field in KNOWN_BY.items():
        _check_apart(collection, field, getattr(session, collection))
    for place, activity in enumerate(session.activities):
        if activity.stage not in session.stage_by_id:
            known = ", ".join(shown(stage.id) for stage in session.stages) or "there are none"
            raise MisfitError(
                f'"{shown(activity.stage)}" is not one of the stages ({known})',
                "correct it, or add a stage with that id",
                *("activities", place, "stage"),
            )


def _check_apart(collection: str, field: str, records: tuple[Any, ...]) -> None:
    first: dict[str, int] = {}
    for place, record in enumerate(records):
        key = getattr(record, field)
        if key in first:
            raise MisfitError(
                f'"{shown(key)}" is also that of',
                f"give one of them another {field}",
                *(collection, place, field),
                other=(collection, first[key]),
            )
        first[key] = place
