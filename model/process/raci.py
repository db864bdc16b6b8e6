"""The RACI: what each role is to an activity, what it carries in all, and how a cell is changed."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from offwall.model.records import Activity, EditError, Session, excerpt, the_activity, updated
from offwall.model.records.changes import once
from offwall.model.records.fields import ActivityId, RoleCode

# Responsible does the work (the lead, and who also does it), accountable answers for it, consulted
# is asked before, informed is told after.

FEW = 8
"""Activities below which a share of them says nothing yet: half of six is three."""

HALF = 0.5
"""A role that answers for, or works in, more than this is what all the rest waits for."""


class RaciPart(StrEnum):
    """What a role may be to an activity; small ``r`` is responsible beside the lead."""

    LEAD = "R"
    ALSO = "r"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


def raci_parts(activity: Activity) -> Iterable[tuple[RaciPart, tuple[RoleCode, ...]]]:
    """The roles of each part in an activity; an empty code where a part is nobody's."""
    return (
        (RaciPart.LEAD, (activity.lead,)),
        (RaciPart.ALSO, activity.also),
        (RaciPart.ACCOUNTABLE, (activity.accountable,)),
        (RaciPart.CONSULTED, activity.consulted),
        (RaciPart.INFORMED, activity.informed),
    )


def raci_letters(activity: Activity) -> dict[str, str]:
    """The letters of each role on the activity, such as ``RA``; the lead comes first."""
    found: dict[str, str] = {}
    for letter, codes in raci_parts(activity):
        for code in codes:
            said = found.get(code, "")
            if code and letter.upper() not in said.upper():
                found[code] = said + letter
    return found


@once
def raci_columns(session: Session) -> tuple[RoleCode, ...]:
    """The codes of all roles in their order, then those that activities name and no role bears."""
    named = chain.from_iterable(map(everybody, session.in_order))
    codes = chain((role.code for role in session.roles), named)
    return tuple(code for code in dict.fromkeys(codes) if code)


def everybody(activity: Activity) -> tuple[RoleCode, ...]:
    """Who has a part in an activity, the lead first; empty where one is not said."""
    return tuple(code for _, codes in raci_parts(activity) for code in codes)


@dataclass(frozen=True, slots=True)
class RoleLoad:
    """How many of ``of`` activities a role is responsible for, accountable for, and so on."""

    responsible: int = 0
    accountable: int = 0
    consulted: int = 0
    informed: int = 0
    of: int = 0

    @property
    def each(self) -> dict[str, int]:
        """The counts under their letters."""
        numbers = (self.responsible, self.accountable, self.consulted, self.informed)
        return dict(zip("RACI", numbers, strict=True))

    def counts(self) -> str:
        """The counts that are not nought, such as ``R 9, A 30 of 48``."""
        said = ", ".join(f"{letter} {number}" for letter, number in self.each.items() if number)
        return f"{said or 'nothing'} of {self.of}"

    def doubts(self) -> tuple[str, ...]:
        """What is usually asked of the column, as RACI charts are read down; never said."""
        if self.of < FEW:
            return ()
        asked = (
            (self.accountable > HALF * self.of, "too many A? push down"),
            (self.responsible > HALF * self.of, "too many R? share out"),
            (not any(self.each.values()), "in no row: is it needed?"),
        )
        return tuple(question for doubtful, question in asked if doubtful)


@once
def role_loads(session: Session) -> Mapping[str, RoleLoad]:
    """What each role of `raci_columns` carries."""
    every = session.activities
    responsible = _counted((one.lead, *one.also) for one in every)
    accountable = _counted((one.accountable,) for one in every)
    consulted = _counted(one.consulted for one in every)
    informed = _counted(one.informed for one in every)
    return {
        code: RoleLoad(
            responsible[code], accountable[code], consulted[code], informed[code], len(every)
        )
        for code in raci_columns(session)
    }


def _counted(roles: Iterable[tuple[str, ...]]) -> Counter[str]:
    """How many activities name each role, however often one of them does."""
    return Counter(chain.from_iterable(codes if len(codes) < 2 else set(codes) for codes in roles))


# Give a role its part in an activity, cell by cell.
#
# A letter replaces what stood in the cell, as on paper; only accountable lives beside responsible.
# There is one lead and one accountable, so giving either to a role takes it from the one before.

_FIELDS = {
    RaciPart.LEAD: "lead",
    RaciPart.ALSO: "also",
    RaciPart.ACCOUNTABLE: "accountable",
    RaciPart.CONSULTED: "consulted",
    RaciPart.INFORMED: "informed",
}
BESIDE: dict[RaciPart, tuple[RaciPart, ...]] = {
    RaciPart.LEAD: (RaciPart.ACCOUNTABLE,),
    RaciPart.ALSO: (RaciPart.ACCOUNTABLE,),
    RaciPart.ACCOUNTABLE: (RaciPart.LEAD, RaciPart.ALSO),
    RaciPart.CONSULTED: (),
    RaciPart.INFORMED: (),
}
"""What stays in a cell that gets a letter: nobody is asked or told about their own work."""


def set_raci(session: Session, activity: ActivityId, role: RoleCode, part: RaciPart) -> Session:
    """Make a role the lead or the accountable (the one before is no longer), or add it.

    Raises `EditError` where there is no such role or activity, or where it is so already.
    """
    found = the_activity(session, activity)
    if role not in session.role_by_code:
        raise EditError(
            f"{excerpt(role)} is no role. Add it under set up (0), or clear the cell with -."
        )
    name = _FIELDS[part]
    held = getattr(found, name)
    fields = _without(found, role, (part, *BESIDE[part]))
    if isinstance(held, str):
        fields[name] = role
    elif role not in held:
        fields[name] = (*held, role)
    return _kept(session, found, fields, "It is so already; - clears the cell.")


def clear_raci(session: Session, activity: ActivityId, role: RoleCode) -> Session:
    """Take a role out of an activity's RACI. Raises `EditError` where it has no part in it."""
    found = the_activity(session, activity)
    return _kept(session, found, _without(found, role), "There is nothing in this cell to clear.")


def _without(
    activity: Activity, role: RoleCode, beside: Container[RaciPart] = ()
) -> dict[str, Any]:
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
