"""The edited cells of an activity as values of its fields: its people, and the rest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class LetterGrid:
    """The letters of one activity: of each role those it had, and those that it has now."""

    draft: DraftSession
    activity: Activity
    old: Mapping[str, frozenset[str]]
    new: Mapping[str, frozenset[str]]

    def bearing(self, letter: str) -> tuple[str, ...]:
        """The roles that bear a letter now, in the order of the columns."""
        return tuple(code for code, found in self.new.items() if letter in found)

    def touched(self, letter: str) -> bool:
        """Whether a role gained or lost the letter."""
        return any(
            (letter in self.old.get(code, ())) != (letter in self.new.get(code, ()))
            for code in {*self.old, *self.new}
        )


def people_fields(grid: LetterGrid, lead: str | None) -> dict[str, Any]:
    """What the letters make of an activity's people; ``lead`` is the lead's own cell, if edited."""
    found: dict[str, Any] = {}
    if grid.touched("R"):
        found |= _responsible(grid, lead)
    elif lead is not None:
        found["lead"] = lead
        found["also"] = tuple(code for code in grid.activity.also if code != lead)
    if grid.touched("A"):
        found |= _accountable(grid.draft, grid.activity, grid.bearing("A"))
    for letter, name in (("C", "consulted"), ("I", "informed")):
        if grid.touched(letter):
            found[name] = in_order(getattr(grid.activity, name), grid.bearing(letter))
    return found


def in_order(before: Sequence[str], now: Iterable[str]) -> tuple[str, ...]:
    """Those of now, in the order of before as far as they were there."""
    now = tuple(now)
    return (*(code for code in before if code in now), *(one for one in now if one not in before))


def _responsible(grid: LetterGrid, lead: str | None) -> dict[str, Any]:
    activity, bearing = grid.activity, grid.bearing("R")
    labels = grid.draft.naming.labels
    told = activity.lead if lead is None else lead
    if lead is not None and lead != activity.lead and "R" in grid.old.get(activity.lead, ()):
        # Whoever names another lead often leaves the old one's letter where it was.
        bearing = tuple(one for one in bearing if one != activity.lead) or bearing
    if told in bearing:
        return _led_by(told, activity, bearing)
    if not told and len(bearing) == 1:
        return _led_by(bearing[0], activity, bearing)
    readings = [
        (f"{labels.get(one, one)} leads, as the R says", _led_by(one, activity, bearing))
        for one in tuple(one for one in bearing if one not in activity.also) or bearing
    ]
    if told:
        kept = {"lead": told, "also": in_order(activity.also, bearing)}
        readings.insert(0, (f"{labels.get(told, told)} leads, as the lead's column says", kept))
    if not bearing:
        readings.append(("nobody leads", {"lead": "", "also": ()}))
    why = "the R is not with the lead" if told else "several have an R, and nobody is the lead"
    grid.draft.doubts.append(DoubtfulCell(activity.id, why, tuple(readings)))
    if not told and not activity.also:
        # Who leads is asked; that all of them do the work is said.
        return {"also": bearing}
    return {"lead": lead} if lead else {}


def _led_by(lead: str, activity: Activity, bearing: Sequence[str]) -> dict[str, Any]:
    others = (code for code in bearing if code != lead)
    return {"lead": lead, "also": in_order(activity.also, others)}


def _accountable(draft: DraftSession, activity: Activity, codes: Sequence[str]) -> dict[str, Any]:
    """The one who is; of several nobody, and one reading for each who may be."""
    if len(codes) < 2:
        return {"accountable": codes[0] if codes else ""}
    labels = draft.naming.labels
    readings = tuple(
        (f"{labels.get(code, code)} is accountable", {"accountable": code}) for code in codes
    )
    draft.doubts.append(DoubtfulCell(activity.id, f"{len(codes)} roles have an A", readings))
    return {}


# Whoever a row names, in all its columns together.

_PARTS = re.compile(r"(?:^|(?<=[\s;,]))([raciRACI])\s*:")
_OF_LETTER = {"r": "also", "a": "accountable", "c": "consulted", "i": "informed"}
"""Other people as ``r:pro a:hos c:fin,leg``, a letter and names."""


def people_of_row(draft: DraftSession, edited: EditedCells) -> dict[str, Any]:
    """Lead, accountable and the others: from names, from letters, the letters counting more."""
    new = {key: one for key, one in edited.new.items() if not isinstance(one, UnreadableCell)}
    found = _others(draft, edited, new["others"]) if "others" in new else {}
    found |= _named(draft, edited, new)
    leads = draft.naming.roles(new["lead"]) if "lead" in new else ()
    if leads[1:]:
        found["also"] = in_order(edited.activity.also, leads[1:])
    led = next(iter(leads), "") if "lead" in new else None
    grid = _grid(draft, edited, new)
    by_letters = people_fields(grid, led)
    if "also" in new and not grid.touched("R"):
        # Who also does the work was said by name, beside whoever leads.
        lead = edited.activity.lead if led is None else led
        by_letters["also"] = tuple(code for code in found["also"] if code != lead)
    if leads[1:] and "also" in by_letters:
        by_letters["also"] = in_order(by_letters["also"], (*by_letters["also"], *leads[1:]))
    # The RACI counts where it and the people by name were both edited (design, section 8).
    both = (found.keys() & by_letters.keys()) - {"also"}
    differing = any(set(found[name]) != set(by_letters[name]) for name in both)
    if differing and edited.new.keys() & {"others", "accountable", "consulted", "informed"}:
        draft.tell(edited.place, "The people by name and the RACI were both edited; RACI counts.")
    return found | by_letters


def _others(draft: DraftSession, edited: EditedCells, value: Any) -> dict[str, Any]:
    words = cell_as_line(value)
    before, *parts = _PARTS.split(words)
    if before.strip():
        why = f"Other people “{words}” is not written like a:hos c:fin,leg; left alone."
        draft.tell(edited.place, why)
        return {}
    found: dict[str, Any] = dict.fromkeys(_OF_LETTER.values(), ())
    for letter, said in zip(parts[::2], parts[1::2], strict=True):
        names = filter(None, map(str.strip, re.split(r"[,;]", said)))
        codes = filter(None, map(draft.naming.role, names))
        name = _OF_LETTER[letter.lower()]
        found[name] = tuple(dict.fromkeys((*found[name], *codes)))
    return found | _named_accountable(draft, edited, found["accountable"])


def _named(draft: DraftSession, edited: EditedCells, new: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that hold the names of those responsible, accountable, consulted, informed."""
    found: dict[str, Any] = {
        name: draft.naming.roles(new[name])
        for name in ("also", "consulted", "informed")
        if name in new
    }
    if "accountable" in new:
        found |= _named_accountable(draft, edited, draft.naming.roles(new["accountable"]))
    if "responsible" in new:
        codes = draft.naming.roles(new["responsible"])
        lead = edited.activity.lead if edited.activity.lead in codes else next(iter(codes), "")
        if "lead" in new and (told := draft.naming.roles(new["lead"])):
            lead = told[0]
        found |= {"lead": lead, "also": tuple(code for code in codes if code != lead)}
    return found


def _named_accountable(
    draft: DraftSession, edited: EditedCells, codes: Sequence[str]
) -> dict[str, Any]:
    """Of several the one who was, until it is said who is."""
    was = {"accountable": edited.activity.accountable}
    return was | _accountable(draft, edited.activity, codes)


def _grid(draft: DraftSession, edited: EditedCells, new: Mapping[str, Any]) -> LetterGrid:
    """The letters of all roles: as exported, and as they are now."""
    old = {key: letters_of(value) for key, value in edited.old.items() if key.startswith(ROLE)}
    now = dict(old)
    for key, value in new.items():
        if key.startswith(ROLE):
            found, said = letters_of(value), cell_as_line(value)
            if found is None:
                found = first_letters(value)
                read = f"{', '.join(sorted(found))} was read" if found else "it was left alone"
                draft.tell(edited.place, f"“{said}” is no letter of the RACI; {read}.")
                if not found:
                    continue
            elif "S" in found:
                why = "S is who supports, which no letter of a RACI says; it was left alone."
                draft.tell(edited.place, f"“{said}”: {why}")
            now[key] = found
    return LetterGrid(draft, edited.activity, _by_code(old), _by_code(now))


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
        elif column is not None and (key != "ref" or _REF.fullmatch(cell_as_line(value))):
            said = f"{key} now says “{cell_as_line(value)}”"
            row.tell(f"{said}, which is worked out from the rest; left alone.")
    found |= people_of_row(draft, edited)
    if found.get("lead_confirmed", was.lead_confirmed) and not found.get("lead", was.lead):
        # Nobody agreed to a lead that is not there.
        found["lead_confirmed"] = False
    return found
