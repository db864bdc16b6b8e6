"""What one line says: a post-it's `Note`, and an `ActionNote` for the plan.

A field that is ``None`` or empty was not said. Every text is one line: single spaces between
words, none around them, no control characters.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from offwall.model.records import IssueCode
from offwall.model.records.ids import NO_OWNER, StageId, TierCode
from offwall.model.records.session import Owner, Treatments


class LineKind(StrEnum):
    """What keeping a line does."""

    NEW = "new"
    """It is a new activity."""
    ADDS = "adds"
    """It begins with a token, so it adds to the activity under the cursor; unless that token is
    a stage and words of its own follow: such a line is a new activity."""
    ALONE = "alone"
    """It is only ``^...`` or ``*...``: an issue parked, an action, of no activity."""


@dataclass(frozen=True, slots=True)
class PostItRoute:
    """An answer and where it leads, as typed: "" for the next, a ref, an id, ``end`` or words."""

    answer: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class PostItIssue:
    """One code and its text, which may be empty."""

    code: IssueCode
    text: str = ""


@dataclass(frozen=True, slots=True)
class ActionPostIt:
    """An action as a line says it. ``owner`` is a role's code, a person's id, or words.

    ``impact`` and ``effort`` are 1 to 5; they and ``approval`` (a rung of the session's ladder)
    are said in the plan's lines only, not in a post-it's.
    """

    text: str
    owner: Owner = NO_OWNER
    due: dt.date | None = None
    impact: int | None = None
    effort: int | None = None
    approval: str = ""


SAID_ONCE = ("accountable", "decision", "then", "timescale", "note")
"""What a line says of an activity once, besides its words and its lead: said again, it is new."""


@dataclass(frozen=True, slots=True)
class PostIt:
    """What a post-it's line carries. Roles are codes, or the words typed where no role is known.

    ``lead`` and ``accountable`` are None where not said and "" for *nobody yet*. ``only`` are the
    tiers said alone (``%gold``): the others leave the activity out. ``unsettled`` are slips of
    known roles: they stay in words, and no role is made of them.
    """

    text: str = ""
    lead: str | None = None
    also: tuple[str, ...] = ()
    accountable: str | None = None
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    decision: str | None = None
    routes: tuple[PostItRoute, ...] = ()
    then: str | None = None
    documents: tuple[str, ...] = ()
    issues: tuple[PostItIssue, ...] = ()
    actions: tuple[ActionPostIt, ...] = ()
    parked: tuple[str, ...] = ()
    tiers: Treatments = ()
    only: tuple[TierCode, ...] = ()
    stage: StageId | None = None
    timescale: str | None = None
    note: str | None = None
    ditto: bool = False
    unsettled: tuple[str, ...] = field(default=(), compare=False)
