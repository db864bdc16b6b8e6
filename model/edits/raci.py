"""Give a role its part in an activity, cell by cell.

A letter replaces what stood in the cell, as on paper; only accountable lives beside responsible.
There is one lead and one accountable, so giving either to a role takes it from the one before.
"""

from collections.abc import Container
from typing import Any

from model.edits.answers import brief
from model.edits.errors import EditError
from model.edits.records import the_activity, updated
from model.raci import Part
from model.session import Activity, Session

_FIELDS = {
    Part.LEAD: "lead",
    Part.ALSO: "also",
    Part.ACCOUNTABLE: "accountable",
    Part.CONSULTED: "consulted",
    Part.INFORMED: "informed",
}
BESIDE: dict[Part, tuple[Part, ...]] = {
    Part.LEAD: (Part.ACCOUNTABLE,),
    Part.ALSO: (Part.ACCOUNTABLE,),
    Part.ACCOUNTABLE: (Part.LEAD, Part.ALSO),
    Part.CONSULTED: (),
    Part.INFORMED: (),
}
"""What stays in a cell that gets a letter: nobody is asked or told about their own work."""


def give(session: Session, activity: str, role: str, part: Part) -> Session:
    """Make a role the lead or the accountable (the one before is no longer), or add it.

    Raises `EditError` where there is no such role or activity, or where it is so already.
    """
    found = the_activity(session, activity)
    if role not in session.role_by_code:
        raise EditError(
            f"{brief(role)} is no role. Add it under set up (0), or clear the cell with a dot."
        )
    name = _FIELDS[part]
    held = getattr(found, name)
    fields = _without(found, role, (part, *BESIDE[part]))
    if isinstance(held, str):
        fields[name] = role
    elif role not in held:
        fields[name] = (*held, role)
    return _kept(session, found, fields, "It is so already. A dot clears the cell.")


def clear(session: Session, activity: str, role: str) -> Session:
    """Take a role out of an activity's RACI. Raises `EditError` where it has no part in it."""
    found = the_activity(session, activity)
    return _kept(session, found, _without(found, role), "There is nothing in this cell to clear.")


def _without(activity: Activity, role: str, beside: Container[Part] = ()) -> dict[str, Any]:
    """The fields that change when a role leaves every part but those it stays in."""
    fields: dict[str, Any] = {}
    for part, name in _FIELDS.items():
        held = getattr(activity, name)
        if part in beside:
            continue
        if held == role:
            fields[name] = ""
        elif not isinstance(held, str) and role in held:
            fields[name] = tuple(code for code in held if code != role)
    return fields


def _kept(session: Session, old: Activity, fields: dict[str, Any], wrong: str) -> Session:
    """The session with the activity changed; nobody agreed to a lead that is not there."""
    if all(getattr(old, name) == value for name, value in fields.items()):
        raise EditError(wrong)
    agreed = old.lead_confirmed and bool(fields.get("lead", old.lead))
    return updated(session, "activities", old, **fields, lead_confirmed=agreed)
