"""Who does what in an activity, from names, from ``a:hos c:fin``, and from letters."""

from collections.abc import Mapping
from typing import Any

from model.importing.cells import Unread, line
from model.importing.draft import Doubt, Draft, Edited
from model.importing.letters import (
    Grid,
    in_order,
    letters_of,
    people_fields,
    readings_of_a,
    said_others,
)
from model.table_kinds import ROLE

_OF_LETTER = {"r": "also", "a": "accountable", "c": "consulted", "i": "informed"}


def people(draft: Draft, edited: Edited) -> dict[str, Any]:
    """Lead, accountable and the others: from names, from letters, the letters counting more."""
    new = {key: one for key, one in edited.new.items() if not isinstance(one, Unread)}
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
        draft.doubts.append(Doubt("activities", edited.activity.id, why, readings))
    return found | by_letters


def _tell_both(
    draft: Draft, edited: Edited, others: Mapping[str, Any], by_letters: Mapping[str, Any]
) -> None:
    """The RACI counts where it and Other people were both edited (design, section 8)."""
    differing = [
        name
        for name in others
        if name in by_letters and name != "also" and set(others[name]) != set(by_letters[name])
    ]
    if differing and "others" in edited.new:
        draft.tell(edited.place, "Other people and the RACI were both edited; the RACI counts.")


def _others(draft: Draft, edited: Edited, value: Any) -> dict[str, Any]:
    said = said_others(value)
    if said is None:
        draft.tell(
            edited.place,
            f"Other people “{line(value)}” is not written like a:hos c:fin,leg; left alone.",
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


def _named(draft: Draft, edited: Edited, new: Mapping[str, Any]) -> dict[str, Any]:
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


def _one_accountable(draft: Draft, edited: Edited, codes: tuple[str, ...]) -> dict[str, Any]:
    if len(codes) < 2:
        return {"accountable": codes[0] if codes else ""}
    readings = readings_of_a(draft.naming.labels, codes)
    why = f"{len(codes)} roles have an A"
    draft.doubts.append(Doubt("activities", edited.activity.id, why, readings))
    return {"accountable": edited.activity.accountable}


def _grid(draft: Draft, edited: Edited, new: Mapping[str, Any]) -> Grid:
    """The letters of all roles: as exported, and as they are now."""
    old = {key: letters_of(value) for key, value in edited.old.items() if key.startswith(ROLE)}
    now = dict(old)
    for key, value in new.items():
        if key.startswith(ROLE):
            found = letters_of(value)
            if found is None:
                draft.tell(
                    edited.place,
                    f"“{line(value)}” is no letter of the RACI; it was left alone.",
                )
                continue
            now[key] = found
    return Grid(_by_code(old), _by_code(now), draft.naming.labels)


def _by_code(letters: Mapping[str, frozenset[str] | None]) -> dict[str, frozenset[str]]:
    return {key.removeprefix(ROLE): found or frozenset() for key, found in letters.items()}
