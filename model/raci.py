"""RACI as it is read: what each role is to an activity, and what each role carries in all.

Responsible does the work (the lead, and who also does it), accountable answers for it, consulted
is asked before, informed is told after.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from model.session import Activity, Session

FEW = 8
"""Activities below which a share of them says nothing yet: half of six is three."""

HALF = 0.5
"""A role that answers for, or works in, more than this is what all the rest waits for."""


class Part(StrEnum):
    """What a role may be to an activity; small ``r`` is responsible beside the lead."""

    LEAD = "R"
    ALSO = "r"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


def roles_of(activity: Activity, part: Part) -> tuple[str, ...]:
    """The codes of the roles that are this to the activity."""
    codes = {
        Part.LEAD: (activity.lead,),
        Part.ALSO: activity.also,
        Part.ACCOUNTABLE: (activity.accountable,),
        Part.CONSULTED: activity.consulted,
        Part.INFORMED: activity.informed,
    }
    return tuple(code for code in dict.fromkeys(codes[part]) if code)


def letters(activity: Activity) -> dict[str, str]:
    """The letters of each role on the activity, such as ``RA``; the lead comes first."""
    found: dict[str, str] = {}
    for part in Part:
        for code in roles_of(activity, part):
            if part is not Part.ALSO or code != activity.lead:
                found[code] = found.get(code, "") + part
    return found


def columns(session: Session) -> tuple[str, ...]:
    """The codes of all roles in their order, then those that activities name and no role bears."""
    named = chain.from_iterable(
        (one.lead, *one.also, one.accountable, *one.consulted, *one.informed)
        for one in session.in_order
    )
    codes = chain((role.code for role in session.roles), named)
    return tuple(code for code in dict.fromkeys(codes) if code)


@dataclass(frozen=True, slots=True)
class Load:
    """How many of ``of`` activities a role is responsible for, accountable for, and so on."""

    responsible: int = 0
    accountable: int = 0
    consulted: int = 0
    informed: int = 0
    touched: int = 0
    of: int = 0

    def counts(self) -> str:
        """The counts that are not nought, such as ``R 9, A 30 of 48``."""
        pairs = zip(
            "RACI",
            (self.responsible, self.accountable, self.consulted, self.informed),
            strict=True,
        )
        said = ", ".join(f"{letter} {number}" for letter, number in pairs if number)
        return f"{said or 'nothing'} of {self.of}"

    def doubts(self) -> tuple[str, ...]:
        """What to ask about the column, as RACI charts are read down: each a short question.

        The questions are the usual ones of a chart's vertical reading: too many R or A, no empty
        cell, nothing at all. They are asked, never said: the group knows its council.
        """
        if self.of < FEW:
            return ()
        asked = (
            (self.accountable > HALF * self.of, "too many A? push down"),
            (self.responsible > HALF * self.of, "too many R? share out"),
            (self.touched == self.of, "in every row: need it be?"),
            (self.touched == 0, "in no row: is it needed?"),
        )
        return tuple(question for doubtful, question in asked if doubtful)


def loads(session: Session) -> Mapping[str, Load]:
    """What each role of `columns` carries."""
    responsible = _counted({one.lead, *one.also} for one in session.activities)
    accountable = _counted({one.accountable} for one in session.activities)
    consulted = _counted(set(one.consulted) for one in session.activities)
    informed = _counted(set(one.informed) for one in session.activities)
    touched = _counted(set(letters(one)) for one in session.activities)
    return {
        code: Load(
            responsible[code],
            accountable[code],
            consulted[code],
            informed[code],
            touched[code],
            len(session.activities),
        )
        for code in columns(session)
    }


def _counted(roles: Iterable[set[str]]) -> Counter[str]:
    return Counter(chain.from_iterable(roles))
