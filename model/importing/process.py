"""An activity's cells, those that were edited, as values of its fields."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from model.edits.note_targets import Targets
from model.flow import treatment
from model.importing.cells import Unread, folded, items, line, says_nothing, text
from model.importing.draft import Draft, Edited
from model.importing.people import people
from model.session import END, Activity, Improve, Route, Treatment
from model.table_kinds import ROLE
from model.tables.leads import onward, routes
from model.tables.lists import ACTIVITY_STATUS

WORKED_OUT = frozenset({"ref", "check", "id"})
"""Columns that say what follows from the others."""

_REF = re.compile(r"[^\s.]+\.\d+")
"""What a ref looks like; anything else in its column is a council's own number."""


def fields_of(draft: Draft, edited: Edited) -> dict[str, Any]:
    """The fields that the edited cells give another value; what is in doubt is noted."""
    found: dict[str, Any] = {}
    if not edited.new:
        return found
    for key, value in edited.new.items():
        read = _PLAIN.get(key)
        if isinstance(value, Unread):
            name = key.removeprefix(ROLE).replace("_", " ")
            draft.tell(edited.place, f"{name} {value.why}; it was left alone.")
        elif read is not None:
            found |= read(draft, edited, value)
        elif key in WORKED_OUT and not _own_number(key, value):
            draft.tell(
                edited.place,
                f"{key} now says “{line(value)}”, which is worked out from the rest; left alone.",
            )
    found |= people(draft, edited)
    was = edited.activity
    if found.get("lead_confirmed", was.lead_confirmed) and not found.get("lead", was.lead):
        # Nobody agreed to a lead that is not there.
        found["lead_confirmed"] = False
    return found


def _own_number(key: str, value: Any) -> bool:
    return key == "ref" and not _REF.fullmatch(line(value))


Reader = Callable[[Draft, Edited, Any], dict[str, Any]]


def _as_text(name: str) -> Reader:
    return lambda draft, edited, value: {name: line(value)}


def _activity(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    if words := line(value):
        return {"text": words}
    draft.tell(edited.place, "the activity's words were taken out; they were left alone.")
    return {}


def _documents(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    return {"documents": items(value)}


def _decided_by(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    found = draft.naming.roles(value)
    return {"decided_by": found[0] if found else ""}


def _improve(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    said = folded(value)
    mark = next((one for one in Improve if one == said), None)
    if mark is None and not says_nothing(said):
        return _not_one(draft, edited, "Improve", value, Improve)
    return {"improve": mark}


def _status(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    confirmed, sequence, lead, neither = ACTIVITY_STATUS
    said = folded(value) or neither
    if said not in ACTIVITY_STATUS:
        return _not_one(draft, edited, "Status", value, ACTIVITY_STATUS)
    return {
        "sequence_confirmed": said in (confirmed, sequence),
        "lead_confirmed": said in (confirmed, lead),
    }


def _not_one(draft: Draft, edited: Edited, header: str, value: Any, known: Any) -> dict[str, Any]:
    words = ", ".join(known)
    draft.tell(edited.place, f"{header} “{line(value)}” is none of {words}; it was left alone.")
    return {}


def _tiers(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    """The tiers that are listed do it; a tier whose stage says the same needs no entry."""
    session = draft.base
    wanted: dict[str, Treatment] = {}
    codes = {folded(word): tier.code for tier in session.tiers for word in (tier.name, tier.code)}
    for part in line(value).replace(";", ",").split(","):
        name, _, light = part.partition("(")
        if says_nothing(name):
            continue
        if (code := codes.get(folded(name))) is None:
            known = [tier.code for tier in session.tiers] or ["(there are no tiers)"]
            return _not_one(draft, edited, "Tiers", part, known)
        wanted[code] = Treatment.LIGHT if light.casefold().startswith("light") else Treatment.YES
    found = dict(edited.activity.tiers)
    for tier in session.tiers:
        how = wanted.get(tier.code, Treatment.NO)
        if how is not treatment(session, edited.activity, tier.code):
            found[tier.code] = how
    return {"tiers": tuple(found.items())}


def _routes(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    """The routes that still say what they said stay as they are; the others are read anew."""
    session, one = draft.base, edited.activity
    before: dict[str, list[Route]] = {}
    if one.id in session.activity_by_id:
        said = (f"{answer} > {to}".strip() for answer, to in routes(session, one))
        for words, route in zip(said, one.routes, strict=True):
            before.setdefault(folded(words), []).append(route)
    found = []
    for item in items(value):
        known = before.get(folded(item))
        found.append(known.pop(0) if known else _route(item, draft.targets))
    return {"routes": tuple(found)}


_UNMATCHED = (" (open)", " (missing)")


def _route(said: str, targets: Targets) -> Route:
    answer, _, to = said.rpartition(">") if ">" in said else (said, "", "")
    words = line(to)
    for mark in _UNMATCHED:
        words = words.removesuffix(mark)
    found = targets.find(words) if words else ""
    return Route(line(answer), found, "" if found else words)


def _next(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    words = line(value)
    found = draft.targets.find(words) if words else ""
    if words and not found:
        draft.tell(edited.place, f"Next “{words}” is no activity; it was left alone.")
        return {}
    if found and edited.activity.id in draft.base.activity_by_id and found != END:
        plain = onward(draft.base, _without_then(edited.activity))
        found = "" if draft.base.ref_by_id.get(found) == plain else found
    return {"then": found}


def _without_then(activity: Activity) -> Activity:
    from dataclasses import replace

    return replace(activity, then="", routes=())


_PLAIN: Mapping[str, Reader] = MappingProxyType(
    {
        "activity": _activity,
        "decision": _as_text("decision"),
        "limit": _as_text("limit"),
        "timescale": _as_text("timescale"),
        "note": lambda draft, edited, value: {"note": text(value)},
        "open_point": _as_text("open_point"),
        "documents": _documents,
        "decided_by": _decided_by,
        "improve": _improve,
        "status": _status,
        "tiers": _tiers,
        "routes": _routes,
        "next": _next,
    }
)
"""How each column is read that has a field of its own."""
