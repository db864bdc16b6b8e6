"""The edited cells of an issue, an action or a next step as values of its fields."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from model.importing.cells import Unread, day, folded, items, line, number, says_nothing
from model.importing.draft import Draft
from model.ranking import same_rung
from model.session import ActionStatus, IssueCode, IssueStatus
from model.tables.lists import CODE_MEANS, YES

Fields = dict[str, Any]
Reader = Callable[[Draft, str, Mapping[str, Any]], Fields]


def _words(name: str, key: str = "") -> Reader:
    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        return {name: line(cells[key or name])}

    return read


def _needed(key: str) -> Reader:
    """What a record is about, which it cannot do without."""

    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        if words := line(cells[key]):
            return {"text": words}
        draft.tell(place, "its words were taken out; they were left alone.")
        return {}

    return read


def _one_of(name: str, kinds: type[StrEnum]) -> Reader:
    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        said = folded(cells[name])
        found = next((one for one in kinds if one == said), None)
        if said in _ALSO:
            found = next((one for one in kinds if one == _ALSO[said]), found)
        if found is None and said:
            return _left(draft, place, name, cells[name], f"none of {', '.join(kinds)}")
        return {name: found or next(iter(kinds))}

    return read


_ALSO = {
    **dict.fromkeys(("complete", "completed", "finished"), "done"),
    **dict.fromkeys(("in progress", "started", "ongoing", "on track"), "doing"),
    **dict.fromkeys(("not started", "to do", "new", "live"), "open"),
    **dict.fromkeys(("resolved",), "closed"),
}
"""What councils write for a status of ours."""


def _left(draft: Draft, place: str, name: str, value: Any, why: str) -> Fields:
    header = name.replace("_", " ")
    draft.tell(place, f"{header} “{line(value)}” is {why}; it was left alone.")
    return {}


def _code(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    said = folded(cells["code"])
    found = next((one for one in IssueCode if said in (one.casefold(), CODE_MEANS[one])), None)
    if said and found is None:
        return _left(draft, place, "code", said, "none of D, G, T, R")
    return {"code": found}


def _parked(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    return {"parked": folded(cells["parked"]) in (YES, "y", "true", "x", "parked")}


def _at(key: str) -> Reader:
    """Where something belongs: an activity's ref or words; else the words for where."""

    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        words = line(cells[key])
        found = draft.targets.find(words) if words else ""
        known = found in draft.base.activity_by_id
        return {"activity": found if known else "", "near": "" if known else words}

    return read


def _issue_where(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    """The ref says where an issue belongs; the words beside it only where there is none."""
    for key in ("ref", "where"):
        if key in cells and (key == "ref" or not line(cells.get("ref_now"))):
            return _at(key)(draft, place, cells)
    return {}


def _of_issue(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    words = folded(cells["issue"])
    known = {folded(one.text): one.id for one in draft.records("issues").values()}
    if words and words not in known:
        return _left(draft, place, "issue", cells["issue"], "no issue that is known")
    return {"issue": known.get(words, "")}


def _who(name: str) -> Reader:
    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        return {name: "" if says_nothing(cells[name]) else draft.naming.owner(cells[name])}

    return read


def _date(name: str) -> Reader:
    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        value = cells[name]
        found = None if says_nothing(value) else day(value, draft.today)
        if found is None and not says_nothing(value):
            return _left(draft, place, name, value, "no date")
        return {name: found}

    return read


def _score(name: str, least: int, most: int) -> Reader:
    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        value = cells[name]
        if says_nothing(value):
            return {name: 0 if name == "votes" else None}
        found = number(value)
        if found is None or not least <= found <= most:
            return _left(draft, place, name, value, f"no whole number from {least} to {most:,}")
        return {name: found}

    return read


def _place(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    found = _score("rank", 1, 100_000)(draft, place, cells)
    return {"place": found["rank"]} if "rank" in found else {}


def _approval(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    rungs = {same_rung(rung): rung for rung in draft.base.approvals}
    said = line(cells["approval"])
    if said and same_rung(said) not in rungs:
        known = ", ".join(draft.base.approvals)
        return _left(draft, place, "approval", said, f"none of {known}")
    return {"approval": rungs[same_rung(said)] if said else ""}


def _needs(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    return {"needs": items(cells["needs"])}


ISSUE: Mapping[str, Reader] = MappingProxyType(
    {
        "issue": _needed("issue"),
        "code": _code,
        "ref": _issue_where,
        "where": _issue_where,
        "raised_by": _words("raised_by"),
        "source": _words("source"),
        "parked": _parked,
        "status": _one_of("status", IssueStatus),
    }
)

ACTION: Mapping[str, Reader] = MappingProxyType(
    {
        "action": _needed("action"),
        "issue": _of_issue,
        "where": _at("where"),
        "owner": _who("owner"),
        "helper": _who("helper"),
        "due": _date("due"),
        "approval": _approval,
        "needs": _needs,
        "impact": _score("impact", 1, 5),
        "effort": _score("effort", 1, 5),
        "votes": _score("votes", 0, 9_999),
        "rank": _place,
        "status": _one_of("status", ActionStatus),
        "done_on": _date("done_on"),
        "source": _words("source"),
    }
)

UNTOLD = frozenset({"id", "comment", "means", "ref_now"})
"""Columns whose edits nobody need hear of here."""


def fields_of(
    readers: Mapping[str, Reader],
    draft: Draft,
    place: str,
    cells: Mapping[str, Any],
    untold: Iterable[str] = (),
) -> Fields:
    """The fields that the edited cells give another value."""
    found: Fields = {}
    for key, value in cells.items():
        if isinstance(value, Unread):
            draft.tell(place, f"{key.replace('_', ' ')} {value.why}; it was left alone.")
        elif key in readers:
            found |= readers[key](draft, place, cells)
        elif key not in UNTOLD and key not in untold:
            header = key.replace("_", " ")
            draft.tell(place, f"{header} is worked out from the rest; its edit was left alone.")
    return found
