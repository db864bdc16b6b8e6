"""The edited cells of an activity as values of its fields, its people among them."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from offwall.model.process import treatment
from offwall.model.process.names import next_label, routes
from offwall.model.process.targets import TargetMatcher
from offwall.model.records import END, Activity, Improve, Treatment
from offwall.model.records.session import Route
from offwall.model.tables import ROLE
from offwall.model.tables.lists import ACTIVITY_STATUS
from offwall.model.workbook.import_.cells import (
    LetterGrid,
    UnreadableCell,
    cell_as_items,
    cell_as_line,
    cell_as_text,
    fold_cell,
    in_order,
    letters_of,
    people_fields,
    readings_of_a,
    said_others,
    says_nothing,
)
from offwall.model.workbook.import_.draft import DoubtfulCell, DraftSession, EditedCells
from offwall.model.workbook.template.letters import first_letters

_OF_LETTER = {"r": "also", "a": "accountable", "c": "consulted", "i": "informed"}


def people_of_row(draft: DraftSession, edited: EditedCells) -> dict[str, Any]:
    """Lead, accountable and the others: from names, from letters, the letters counting more."""
    new = {key: one for key, one in edited.new.items() if not isinstance(one, UnreadableCell)}
    found = _others(draft, edited, new["others"]) if "others" in new else {}
    found |= _named(draft, edited, new)
    lead = draft.naming.roles(new["lead"]) if "lead" in new else None
    if lead and len(lead) > 1:
        found["also"] = in_order(edited.activity.also, lead[1:])
    led = None if lead is None else (lead[0] if lead else "")
    grid = _grid(draft, edited, new)
    by_letters = people_fields(grid, edited.activity, led)
    if lead and len(lead) > 1 and "also" in by_letters:
        by_letters["also"] = in_order(by_letters["also"], (*by_letters["also"], *lead[1:]))
    _tell_both(draft, edited, found, by_letters)
    for why, readings in grid.doubts:
        draft.doubts.append(DoubtfulCell("activities", edited.activity.id, why, readings))
    return found | by_letters


def _tell_both(
    draft: DraftSession,
    edited: EditedCells,
    others: Mapping[str, Any],
    by_letters: Mapping[str, Any],
) -> None:
    """The RACI counts where it and Other people were both edited (design, section 8)."""
    differing = [
        name
        for name in others
        if name in by_letters and name != "also" and set(others[name]) != set(by_letters[name])
    ]
    if differing and "others" in edited.new:
        draft.tell(edited.place, "Other people and the RACI were both edited; the RACI counts.")


def _others(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    said = said_others(value)
    if said is None:
        draft.tell(
            edited.place,
            f"Other people “{cell_as_line(value)}” is not written like a:hos c:fin,leg; "
            "left alone.",
        )
        return {}
    parts: dict[str, tuple[str, ...]] = dict.fromkeys("raci", ())
    for letter, names in said:
        codes = tuple(filter(None, map(draft.naming.role, names)))
        parts[letter] = (*parts[letter], *codes)
    found: dict[str, Any] = {
        name: tuple(dict.fromkeys(parts[letter])) for letter, name in _OF_LETTER.items()
    }
    return found | _one_accountable(draft, edited, found["accountable"])


def _named(draft: DraftSession, edited: EditedCells, new: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that hold the names of those responsible, accountable, consulted, informed."""
    found: dict[str, Any] = {
        name: draft.naming.roles(new[name]) for name in ("consulted", "informed") if name in new
    }
    if "accountable" in new:
        found |= _one_accountable(draft, edited, draft.naming.roles(new["accountable"]))
    if "responsible" in new:
        codes = draft.naming.roles(new["responsible"])
        lead = edited.activity.lead if edited.activity.lead in codes else next(iter(codes), "")
        if "lead" in new and (told := draft.naming.roles(new["lead"])):
            lead = told[0]
        found |= {"lead": lead, "also": tuple(code for code in codes if code != lead)}
    return found


def _one_accountable(
    draft: DraftSession, edited: EditedCells, codes: tuple[str, ...]
) -> dict[str, Any]:
    if len(codes) < 2:
        return {"accountable": codes[0] if codes else ""}
    readings = readings_of_a(draft.naming.labels, codes)
    why = f"{len(codes)} roles have an A"
    draft.doubts.append(DoubtfulCell("activities", edited.activity.id, why, readings))
    return {"accountable": edited.activity.accountable}


def _grid(draft: DraftSession, edited: EditedCells, new: Mapping[str, Any]) -> LetterGrid:
    """The letters of all roles: as exported, and as they are now."""
    old = {key: letters_of(value) for key, value in edited.old.items() if key.startswith(ROLE)}
    now = dict(old)
    for key, value in new.items():
        if key.startswith(ROLE):
            found = letters_of(value)
            if found is None:
                found = first_letters(value)
                read = f"{', '.join(sorted(found))} was read" if found else "it was left alone"
                draft.tell(
                    edited.place, f"“{cell_as_line(value)}” is no letter of the RACI; {read}."
                )
                if not found:
                    continue
            now[key] = found
    return LetterGrid(_by_code(old), _by_code(now), draft.naming.labels)


def _by_code(letters: Mapping[str, frozenset[str] | None]) -> dict[str, frozenset[str]]:
    return {key.removeprefix(ROLE): found or frozenset() for key, found in letters.items()}


# An activity's cells, those that were edited, as values of its fields.

WORKED_OUT = frozenset({"ref", "check", "id"})
"""Columns that say what follows from the others."""

_REF = re.compile(r"[^\s.]+\.\d+")
"""What a ref looks like; anything else in its column is a council's own number."""


def activity_fields(draft: DraftSession, edited: EditedCells) -> dict[str, Any]:
    """The fields that the edited cells give another value; what is in doubt is noted."""
    found: dict[str, Any] = {}
    if not edited.new:
        return found
    for key, value in edited.new.items():
        read = _PLAIN.get(key)
        if isinstance(value, UnreadableCell):
            name = key.removeprefix(ROLE).replace("_", " ")
            draft.tell(edited.place, f"{name} {value.why}; it was left alone.")
        elif read is not None:
            found |= read(draft, edited, value)
        elif key in WORKED_OUT and not _own_number(key, value):
            draft.tell(
                edited.place,
                f"{key} now says “{cell_as_line(value)}”, which is worked out from the "
                "rest; left alone.",
            )
    found |= people_of_row(draft, edited)
    was = edited.activity
    if found.get("lead_confirmed", was.lead_confirmed) and not found.get("lead", was.lead):
        # Nobody agreed to a lead that is not there.
        found["lead_confirmed"] = False
    return found


def _own_number(key: str, value: Any) -> bool:
    return key == "ref" and not _REF.fullmatch(cell_as_line(value))


ActivityFieldReader = Callable[[DraftSession, EditedCells, Any], dict[str, Any]]


def _as_text(name: str) -> ActivityFieldReader:
    return lambda draft, edited, value: {name: cell_as_line(value)}


def _activity(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    if words := cell_as_line(value):
        return {"text": words}
    draft.tell(edited.place, "the activity's words were taken out; they were left alone.")
    return {}


def _documents(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    return {"documents": cell_as_items(value)}


def _decided_by(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    found = draft.naming.roles(value)
    return {"decided_by": found[0] if found else ""}


def _improve(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    said = fold_cell(value)
    mark = next((one for one in Improve if one == said), None)
    if mark is None and not says_nothing(said):
        return _not_one(draft, edited, "Improve", value, Improve)
    return {"improve": mark}


def _status(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    confirmed, sequence, lead, neither = ACTIVITY_STATUS
    said = fold_cell(value) or neither
    if said not in ACTIVITY_STATUS:
        return _not_one(draft, edited, "Status", value, ACTIVITY_STATUS)
    return {
        "sequence_confirmed": said in (confirmed, sequence),
        "lead_confirmed": said in (confirmed, lead),
    }


def _not_one(
    draft: DraftSession, edited: EditedCells, header: str, value: Any, known: Any
) -> dict[str, Any]:
    words = ", ".join(known)
    draft.tell(
        edited.place, f"{header} “{cell_as_line(value)}” is none of {words}; it was left alone."
    )
    return {}


def _tiers(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    """The tiers that are listed do it; a tier whose stage says the same needs no entry."""
    session = draft.base
    wanted: dict[str, Treatment] = {}
    codes = {
        fold_cell(word): tier.code for tier in session.tiers for word in (tier.name, tier.code)
    }
    for part in cell_as_line(value).replace(";", ",").split(","):
        name, _, light = part.partition("(")
        if says_nothing(name):
            continue
        if (code := codes.get(fold_cell(name))) is None:
            known = [tier.code for tier in session.tiers] or ["(there are no tiers)"]
            return _not_one(draft, edited, "Tiers", part, known)
        wanted[code] = Treatment.LIGHT if light.casefold().startswith("light") else Treatment.YES
    found = dict(edited.activity.tiers)
    for tier in session.tiers:
        how = wanted.get(tier.code, Treatment.NO)
        if how is not treatment(session, edited.activity, tier.code):
            found[tier.code] = how
    return {"tiers": tuple(found.items())}


def _routes(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    """The routes that still say what they said stay as they are; the others are read anew."""
    session, one = draft.base, edited.activity
    before: dict[str, list[Route]] = {}
    if one.id in session.activity_by_id:
        said = (f"{answer} > {to}".strip() for answer, to in routes(session, one))
        for words, route in zip(said, one.routes, strict=True):
            before.setdefault(fold_cell(words), []).append(route)
    found = []
    for item in cell_as_items(value):
        known = before.get(fold_cell(item))
        found.append(known.pop(0) if known else _route(item, draft.targets))
    return {"routes": tuple(found)}


_UNMATCHED = (" (open)", " (missing)")


def _route(said: str, targets: TargetMatcher) -> Route:
    answer, _, to = said.rpartition(">") if ">" in said else (said, "", "")
    words = cell_as_line(to)
    for mark in _UNMATCHED:
        words = words.removesuffix(mark)
    found = targets.find(words) if words else ""
    return Route(cell_as_line(answer), found, "" if found else words)


def _next(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    words = cell_as_line(value)
    found = draft.targets.find(words) if words else ""
    if words and not found:
        draft.tell(edited.place, f"Next “{words}” is no activity; it was left alone.")
        return {}
    if found and edited.activity.id in draft.base.activity_by_id and found != END:
        plain = next_label(draft.base, _without_then(edited.activity))
        found = "" if draft.base.ref_by_id.get(found) == plain else found
    return {"then": found}


def _without_then(activity: Activity) -> Activity:
    from dataclasses import replace

    return replace(activity, then="", routes=())


_PLAIN: Mapping[str, ActivityFieldReader] = MappingProxyType(
    {
        "activity": _activity,
        "decision": _as_text("decision"),
        "limit": _as_text("limit"),
        "timescale": _as_text("timescale"),
        "note": lambda draft, edited, value: {"note": cell_as_text(value)},
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
