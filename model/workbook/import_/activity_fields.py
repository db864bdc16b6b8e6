"""The edited cells of an activity as values of its fields: its people from letters and names, each
of the rest as its column is read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from offwall.model.records import Activity
from offwall.model.tables import ACTIVITIES, ROLE, sheet_of
from offwall.model.tables.read_back import EditedRow, UnreadableCell, cell_as_line
from offwall.model.workbook.import_.draft import DoubtfulCell, DraftSession, EditedCells
from offwall.model.workbook.template.words import first_letters, letters_of

# A row of RACI letters read against the lead and the rest of what is known of the people.
#
# The lead is the R; a second R also does the work. Exactly one role is accountable. Where a row
# says otherwise, both readings are given: the group decides, not the program.

Readings = tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass
class LetterGrid:
    """The letters of one activity: of each role those it had, and those that it has now."""

    old: Mapping[str, frozenset[str]]
    new: Mapping[str, frozenset[str]]
    known: Mapping[str, str]
    doubts: list[tuple[str, Readings]] = field(default_factory=list)

    def bearing(self, letter: str) -> tuple[str, ...]:
        """The roles that bear a letter now, in the order of the columns."""
        return tuple(code for code, found in self.new.items() if letter in found)

    def touched(self, letter: str) -> bool:
        """Whether a role gained or lost the letter."""
        codes = {*self.old, *self.new}
        return any(
            (letter in self.old.get(code, ())) != (letter in self.new.get(code, ()))
            for code in codes
        )

    def name(self, code: str) -> str:
        """What a role is called."""
        return self.known.get(code, code)


def people_fields(grid: LetterGrid, activity: Activity, lead: str | None) -> dict[str, Any]:
    """What the letters make of an activity's people; ``lead`` is the lead's own cell, if edited."""
    found: dict[str, Any] = {}
    if grid.touched("R"):
        found |= _responsible(grid, activity, lead)
    elif lead is not None:
        found["lead"] = lead
        found["also"] = tuple(code for code in activity.also if code != lead)
    if grid.touched("A"):
        found |= _accountable(grid)
    for letter, name in (("C", "consulted"), ("I", "informed")):
        if grid.touched(letter):
            found[name] = in_order(getattr(activity, name), grid.bearing(letter))
    return found


def in_order(before: Sequence[str], now: Iterable[str]) -> tuple[str, ...]:
    """Those of now, in the order of before as far as they were there."""
    now = tuple(now)
    return (*(code for code in before if code in now), *(one for one in now if one not in before))


def _responsible(grid: LetterGrid, activity: Activity, lead: str | None) -> dict[str, Any]:
    bearing = grid.bearing("R")
    told = activity.lead if lead is None else lead
    if lead is not None and lead != activity.lead and "R" in grid.old.get(activity.lead, ()):
        # Whoever names another lead often leaves the old one's letter where it was.
        bearing = tuple(one for one in bearing if one != activity.lead) or bearing
    if told in bearing:
        return _led_by(told, activity, bearing)
    if not told and len(bearing) == 1:
        return _led_by(bearing[0], activity, bearing)
    gained = tuple(one for one in bearing if one not in activity.also) or bearing
    readings = [
        (f"{grid.name(one)} leads, as the R says", _led_by(one, activity, bearing))
        for one in gained
    ]
    if told:
        kept = {"lead": told, "also": in_order(activity.also, bearing)}
        readings.insert(0, (f"{grid.name(told)} leads, as the lead's column says", kept))
    if not bearing:
        readings.append(("nobody leads", {"lead": "", "also": ()}))
    why = "the R is not with the lead" if told else "several have an R, and nobody is the lead"
    grid.doubts.append((why, tuple(readings)))
    if not told and not activity.also:
        # Who leads is asked; that all of them do the work is said.
        return {"also": bearing}
    return {"lead": lead} if lead else {}


def _led_by(lead: str, activity: Activity, bearing: Sequence[str]) -> dict[str, Any]:
    others = (code for code in bearing if code != lead)
    return {"lead": lead, "also": in_order(activity.also, others)}


def _accountable(grid: LetterGrid) -> dict[str, Any]:
    bearing = grid.bearing("A")
    if len(bearing) < 2:
        return {"accountable": bearing[0] if bearing else ""}
    grid.doubts.append((f"{len(bearing)} roles have an A", readings_of_a(grid.known, bearing)))
    return {}


def readings_of_a(names: Mapping[str, str], codes: Iterable[str]) -> Readings:
    """One reading for each who may be the one who is accountable."""
    return tuple(
        (f"{names.get(code, code)} is accountable", {"accountable": code}) for code in codes
    )


_PARTS = re.compile(r"(?:^|(?<=[\s;,]))([raciRACI])\s*:")


def said_others(value: Any) -> Iterator[tuple[str, tuple[str, ...]]] | None:
    """Other people as ``r:pro a:hos c:fin,leg``: letter and names; none for other words."""
    words = cell_as_line(value)
    parts = _PARTS.split(words)
    if parts[0].strip():
        return None
    return (
        (letter.lower(), tuple(one.strip() for one in re.split(r"[,;]", names) if one.strip()))
        for letter, names in zip(parts[1::2], parts[2::2], strict=True)
    )


# Whoever a row names, in all its columns together.

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
    if "also" in new and not grid.touched("R"):
        # Who also does the work was said by name, beside whoever leads.
        leads = edited.activity.lead if led is None else led
        by_letters["also"] = tuple(code for code in found["also"] if code != leads)
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
    """The RACI counts where it and the people by name were both edited (design, section 8)."""
    differing = any(
        name in by_letters and name != "also" and set(others[name]) != set(by_letters[name])
        for name in others
    )
    if differing and edited.new.keys() & {"others", "accountable", "consulted", "informed"}:
        draft.tell(edited.place, "The people by name and the RACI were both edited; RACI counts.")


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
        name: draft.naming.roles(new[name])
        for name in ("also", "consulted", "informed")
        if name in new
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
            elif "S" in found:
                draft.tell(
                    edited.place,
                    f"“{cell_as_line(value)}”: S is who supports, which no letter of a RACI says; "
                    "it was left alone.",
                )
            now[key] = found
    return LetterGrid(_by_code(old), _by_code(now), draft.naming.labels)


def _by_code(letters: Mapping[str, frozenset[str] | None]) -> dict[str, frozenset[str]]:
    return {key.removeprefix(ROLE): found or frozenset() for key, found in letters.items()}


# An activity's cells, those that were edited, as values of its fields.

_REF = re.compile(r"[^\s.]+\.\d+")
"""What a ref looks like; anything else in its column is a council's own number."""


def activity_fields(draft: DraftSession, edited: EditedCells) -> dict[str, Any]:
    """The fields that the edited cells give another value; what is in doubt is noted."""
    found: dict[str, Any] = {}
    if not edited.new:
        return found
    was, columns = edited.activity, sheet_of(ACTIVITIES).described
    row = EditedRow(draft, edited.place, edited.new, edited.new, was)
    for key, value in edited.new.items():
        column = columns.get(key)
        if isinstance(value, UnreadableCell):
            name = key.removeprefix(ROLE).replace("_", " ")
            row.tell(f"{name} {value.why}; it was left alone.")
        elif column is not None and column.read is not None:
            found |= column.read(row, column, value)
        elif column is not None and not _own_number(key, value):
            row.tell(
                f"{key} now says “{cell_as_line(value)}”, which is worked out from the "
                "rest; left alone."
            )
    found |= people_of_row(draft, edited)
    if found.get("lead_confirmed", was.lead_confirmed) and not found.get("lead", was.lead):
        # Nobody agreed to a lead that is not there.
        found["lead_confirmed"] = False
    return found


def _own_number(key: str, value: Any) -> bool:
    return key == "ref" and not _REF.fullmatch(cell_as_line(value))
