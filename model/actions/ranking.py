"""How the improvement actions rank, from a quick win to what Full Council decides; dot votes.

Votes are taken as people call them out: the numbers of actions, one dot a number.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum, StrEnum
from itertools import pairwise

from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    EditError,
    Session,
    counted,
    excerpt,
    line_of,
)
from offwall.model.records.changes import changed
from offwall.model.records.fields import ActionId
from offwall.model.records.text import fold, number_from

# Which band an action falls into comes from three things that the group says: impact, effort and
# whose approval it needs. Nothing here is stored but the group's own move.


class Band(StrEnum):
    """What kind of change an action is."""

    QUICK_WIN = "quick win"
    PLAN = "plan"
    SIGNIFICANT = "significant change"
    UNSCORED = "unscored"


class ApprovalLevel(IntEnum):
    """Who approves: officers, one member of the cabinet, or a body of members."""

    OFFICER = 0
    MEMBER = 1
    BODY = 2


ORDER = (Band.QUICK_WIN, Band.PLAN, Band.SIGNIFICANT, Band.UNSCORED)
"""The bands from first to last."""

BODIES = ("cabinet", "committee", "council", "commissioner")
"""Words in a rung of the ladder that say that members, sitting as a body, approve."""

FULL_COUNCIL = "Full Council"
"""What the meeting of all members is called, whatever a session calls it."""

LEADERSHIP = "corporate leadership team"

SAME = {
    "whole council": "full council",
    **dict.fromkeys(
        (
            "clt",
            "cmt",
            "slt",
            "smt",
            "corporate management team",
            "senior leadership team",
            "senior management team",
            "leadership team",
        ),
        LEADERSHIP,
    ),
}
"""What people also call a rung."""


def band(action: Action, approvals: Sequence[str]) -> Band:
    """The band of an action on this ladder of approval, lowest first.

    A *quick win* has impact 3 or more, effort 2 or less, and officers can approve it; a
    *significant change* needs the cabinet, a committee or the council, or has effort 5; anything
    else is a *plan*. Without impact or effort it is *unscored*.
    """
    if action.impact is None or action.effort is None:
        return Band.UNSCORED
    level = approval_level(action.approval, approvals)
    if level is ApprovalLevel.BODY or action.effort >= 5:
        return Band.SIGNIFICANT
    if level is ApprovalLevel.OFFICER and action.impact >= 3 and action.effort <= 2:
        return Band.QUICK_WIN
    return Band.PLAN


def approval_level(approval: str, approvals: Sequence[str]) -> ApprovalLevel:
    """Who approves at this rung of the ladder; no approval named is the officers' own.

    A rung is never below those under it, whatever it is called. What is not on the ladder goes by
    its words alone.
    """
    wanted = same_rung(approval)
    level = ApprovalLevel.OFFICER
    for rung in map(same_rung, approvals):
        level = max(level, _level_of_words(rung))
        if rung == wanted:
            return level
    return _level_of_words(wanted)


def same_rung(approval: str) -> str:
    """A rung without regard to capitals, spaces, or which of two names it is called by."""
    plain = fold(approval)
    return SAME.get(plain, plain)


def rung_name(approval: str) -> str:
    """A rung as papers call it: the members' meeting is Full Council, all else stands as it is."""
    return FULL_COUNCIL if same_rung(approval) == "full council" else line_of(approval)


def _level_of_words(approval: str) -> ApprovalLevel:
    if "member" in approval or ("mayor" in approval and "cabinet" not in approval):
        return ApprovalLevel.MEMBER
    return ApprovalLevel.BODY if any(word in approval for word in BODIES) else ApprovalLevel.OFFICER


def rank(session: Session) -> tuple[Action, ...]:
    """The improvement actions, first to last.

    By band, then by votes, then by impact less effort, then as the file has them. An action that
    the group moved stands at its ``place``; where two claim one, the better ranked goes first.
    """
    computed = sorted(improvements(session), key=lambda item: _key(item, session.approvals))
    moved = sorted(
        (item for item in computed if item.place is not None), key=lambda item: item.place or 0
    )
    others = [item for item in computed if item.place is None]
    ranked: list[Action] = []
    for place in range(1, len(computed) + 1):
        due = bool(moved) and (not others or (moved[0].place or 0) <= place)
        ranked.append((moved if due else others).pop(0))
    return tuple(ranked)


def improvements(session: Session) -> tuple[Action, ...]:
    """The actions that are ranked, as the file has them."""
    return tuple(item for item in session.actions if item.kind is ActionKind.IMPROVEMENT)


def _key(action: Action, approvals: Sequence[str]) -> tuple[int, int, int]:
    return ORDER.index(band(action, approvals)), -action.votes, -net_score(action)


def net_score(action: Action) -> int:
    """Impact less effort; what is not scored counts nothing."""
    return (action.impact or 0) - (action.effort or 0)


def why_ranked(session: Session, action: Action) -> str:
    """One sentence that says what an action is ranked by."""
    found = band(action, session.approvals)
    if found is Band.UNSCORED:
        missing = [name for name in ("impact", "effort") if getattr(action, name) is None]
        reason = f"{' and '.join(missing)} not scored yet"
    else:
        approval = f"approval by {action.approval}" if action.approval else "no approval named"
        reason = f"impact {action.impact}, effort {action.effort}, {approval}"
    sentence = f"{found.capitalize()}: {reason}; {counted(action.votes, 'vote')}."
    if action.place is not None:
        sentence += f" The group moved it to place {action.place}."
    return sentence


# Why an action stands behind another, and whose approval such an action usually needs.

COUNCIL_S_OWN = (
    "constitution",
    "contract procedure rule",
    "standing order",
    "scheme of delegation",
)
"""Words in an action that say that it changes rules which the whole council makes."""


def why_behind(session: Session) -> Mapping[ActionId, str]:
    """Why each action stands behind the one before it: a sentence under the action's id."""
    ranked = rank(session)
    said = {ranked[0].id: _why_first(ranked[0], session.approvals)} if ranked else {}
    for place, (above, action) in enumerate(pairwise(ranked), 1):
        reason = next(_reasons(above, action, session.approvals))
        said[action.id] = f"Behind {place}: {reason}."
    return said


def _why_first(action: Action, approvals: Sequence[str]) -> str:
    if action.place is not None:
        return "The group put it first."
    found = band(action, approvals)
    if found is Band.UNSCORED:
        return "First by votes." if action.votes else "First as it was noted first."
    return f"First: a {found}, impact {action.impact} for effort {action.effort}."


def _reasons(above: Action, action: Action, approvals: Sequence[str]) -> Iterator[str]:
    """What puts ``action`` right behind ``above``, the weightiest first."""
    if action.place is not None:
        yield "the group moved this one here"
    if above.place is not None:
        yield "the group moved that one there"
    first, second = band(above, approvals), band(action, approvals)
    if first is not second:
        scored = second in ORDER[:-1]
        yield f"a {second} comes after a {first}" if scored else "this one is not scored yet"
    if above.votes != action.votes:
        yield f"fewer votes, {action.votes} to {above.votes}"
    if net_score(above) != net_score(action):
        yield f"impact less effort is {net_score(action)}, not {net_score(above)}"
    yield "the same score, noted later"


def usual_approval(session: Session, text: str) -> str:
    """The rung of the ladder that such an action usually needs; empty where nothing says so.

    What changes the council's own rules is decided by all its members: the constitution and what
    belongs to it (section 9P of the Local Government Act 2000), the contract procedure rules
    (standing orders as to contracts, section 135 of the Local Government Act 1972) and the scheme
    of delegation.
    """
    words = f" {same_rung(text)}"
    if not any(f" {said}" in words for said in COUNCIL_S_OWN):
        return ""
    return next((rung for rung in session.approvals if same_rung(rung) == "full council"), "")


# Dot votes, as people call them out.

MOST_VOTES = 999
"""More votes than a room has dots are a slip of the finger."""

MOST_VOTERS, MOST_DOTS = 500, 50
"""More people, or more dots each, are no vote in a room."""

_WRONG = "number of {}. Type one from 1 to {}."
_CALL = re.compile(r"(-?)([0-9]{1,4})(?:x([0-9]{1,3}))?", re.IGNORECASE)


def numbered_improvements(session: Session) -> Mapping[int, Action]:
    """Each improvement under the number that it is voted for by: its place in the file.

    That stays while votes come in, unlike its rank.
    """
    return dict(enumerate(improvements(session), 1))


def dots_left(session: Session) -> int | None:
    """How many dots are still to be given; None where nobody said how many there are."""
    voting = session.voting
    if voting.voters is None or voting.dots is None:
        return None
    return voting.voters * voting.dots - votes_cast(session)


def votes_cast(session: Session) -> int:
    """How many votes all improvements have together."""
    return sum(action.votes for action in improvements(session))


def parse_votes(session: Session, text: str) -> Mapping[ActionId, int]:
    """The votes that are meant, by the actions' ids: ``3 7 -5``, ``3x2``.

    A minus takes back. Raises `EditError` for what is no number of the list, and for what is done
    or dropped.
    """
    words = line_of(text).replace(",", " ").split()
    if not words:
        raise EditError("Type the number of an action, such as 3; 3x2 gives it two.")
    listed = numbered_improvements(session)
    votes: Counter[ActionId] = Counter()
    for word in words:
        sign, number, times = _parts(word, len(listed))
        action = listed[number]
        if action.status in (ActionStatus.DONE, ActionStatus.DROPPED):
            raise EditError(
                f"{number} is {action.status}: {excerpt(action.text)}. Vote for another."
            )
        votes[action.id] += sign * times
    return votes


def _parts(word: str, most: int) -> tuple[int, int, int]:
    """The sign, the number and how often it is meant."""
    found = _CALL.fullmatch(word)
    if not most:
        raise EditError("There is no action to vote for yet. Press n in the list to type one.")
    if found is None or not 1 <= int(found[2]) <= most or found[3] == "0":
        raise EditError(f"{excerpt(word)} is no number of the list. Type one from 1 to {most}.")
    return (-1 if found[1] else 1), int(found[2]), int(found[3] or 1)


def cast_votes(session: Session, text: str) -> Session:
    """Give the votes that were called out, all of them or none.

    Raises `EditError` as `called_out` does, where an action would have fewer votes than none or
    more than `MOST_VOTES`, and where there are not so many dots left.
    """
    votes = parse_votes(session, text)
    more, left = sum(votes.values()), dots_left(session)
    if left is not None and more > max(left, 0):
        raise EditError(
            f"The dots left are {max(left, 0)}, and these are {more}. "
            "Take votes back (-3), or press Esc and Q for more dots."
        )
    actions = session.actions
    for action in session.actions:
        total = action.votes + votes.get(action.id, 0)
        if action.id in votes and not 0 <= total <= MOST_VOTES:
            had = counted(action.votes, "vote")
            raise EditError(f"{excerpt(action.text)} has {had}: {total} is no number of votes.")
        if total != action.votes:
            actions = changed(actions, action, replace(action, votes=total))
    return replace(session, actions=actions)


def set_voting(session: Session, voters: str, dots: str) -> Session:
    """Say how many vote, and with how many dots each; both empty, nobody counts them.

    Raises `EditError` for what is no such number, and where only one of the two is said.
    """
    if bool(line_of(voters)) != bool(line_of(dots)):
        raise EditError("Say both: how many people vote, and how many dots each has.")
    return replace(
        session,
        voting=replace(
            session.voting,
            voters=number_from(voters, 1, MOST_VOTERS, _WRONG.format("people", MOST_VOTERS)),
            dots=number_from(dots, 1, MOST_DOTS, _WRONG.format("dots", MOST_DOTS)),
        ),
    )


def clear_votes(session: Session) -> Session:
    """Take every vote away, to vote again."""
    actions = tuple(
        replace(action, votes=0) if action.votes else action for action in session.actions
    )
    return replace(session, actions=actions)
