"""For whom a brief is: what each reader is asked to approve, to support and to note."""

from collections.abc import Sequence
from enum import StrEnum

from offwall.model.actions.ranking import (
    FULL_COUNCIL,
    LEADERSHIP,
    ApprovalLevel,
    approval_level,
    same_rung,
)
from offwall.model.records import Action


class Audience(StrEnum):
    """Whom a report is for; all but the participants read the brief."""

    MANAGEMENT = "management"
    HEAD_OF_SERVICE = "head-of-service"
    DIRECTOR = "director"
    LEADERSHIP = "leadership-team"
    COMMITTEE = "committee"
    PARTICIPANTS = "participants"


READERS = {
    Audience.MANAGEMENT: "senior management",
    Audience.HEAD_OF_SERVICE: "the head of service",
    Audience.DIRECTOR: "the director",
    Audience.LEADERSHIP: f"the {LEADERSHIP}",
    Audience.COMMITTEE: "Cabinet or the committee",
    Audience.PARTICIPANTS: "everyone who took part",
}
"""What each is called in a title."""


class Asked(StrEnum):
    """What a reader is asked to do with a recommendation."""

    APPROVE = "Approve"
    SUPPORT = "Support"
    NOTE = "Note"


_OWN_WORD = {Audience.HEAD_OF_SERVICE: "head", Audience.DIRECTOR: "director"}
"""A word that the rung of a single officer bears on any council's ladder."""


def ladder_place(approval: str, approvals: Sequence[str]) -> int:
    """How high on the ladder an approval stands; -1 where none is named, or officers' own."""
    ladder = [same_rung(rung) for rung in approvals]
    rung = same_rung(approval)
    if rung in ladder:
        return ladder.index(rung)
    level = approval_level(approval, approvals)
    levels = [approval_level(one, approvals) for one in approvals]
    if level is ApprovalLevel.OFFICER:
        return -1
    return levels.index(level) if level in levels else len(ladder)


def authority(audience: Audience, approvals: Sequence[str]) -> tuple[int, int]:
    """The lowest and the highest rung that a reader decides; below is noted, above supported.

    The leadership team decides together what its directors decide, as they sit on it.
    """
    levels = [approval_level(rung, approvals) for rung in approvals]
    officers = [place for place, one in enumerate(levels) if one is ApprovalLevel.OFFICER]
    top = officers[-1] if officers else -1
    if audience is Audience.COMMITTEE:
        whole = [same_rung(one) == same_rung(FULL_COUNCIL) for one in approvals]
        members = [place for place in range(top + 1, len(levels)) if not whole[place]]
        return top + 1, members[-1] if members else len(levels)
    if audience in _OWN_WORD:
        bears = [p for p in officers if _OWN_WORD[audience] in same_rung(approvals[p])]
        own = bears[-1] if bears else min(top, 1 if audience is Audience.HEAD_OF_SERVICE else top)
        return own, own
    directors = [place for place in officers if "director" in same_rung(approvals[place])]
    return (directors[0] if directors else top), top


def asked_of(audience: Audience, action: Action, approvals: Sequence[str]) -> Asked:
    """What a reader is asked to do with an action."""
    place = ladder_place(action.approval, approvals)
    lowest, highest = authority(audience, approvals)
    if place > highest:
        return Asked.SUPPORT
    return Asked.APPROVE if place >= max(lowest, 0) else Asked.NOTE
