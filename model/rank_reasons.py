"""Why an action stands behind another, and whose approval such an action usually needs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from model.ranking import ORDER, band, rank, same_rung, worth
from model.session import Action, Session

COUNCIL_S_OWN = (
    "constitution",
    "contract procedure rule",
    "standing order",
    "scheme of delegation",
)
"""Words in an action that say that it changes rules which the whole council makes."""


def why_there(session: Session) -> Mapping[str, str]:
    """Why each action stands behind the one before it: a sentence under the action's id."""
    ranked = rank(session)
    said = {ranked[0].id: "First of all."} if ranked else {}
    for place, (above, action) in enumerate(pairwise(ranked), 1):
        reason = next(_reasons(above, action, session.approvals))
        said[action.id] = f"Behind {place}: {reason}."
    return said


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
    if worth(above) != worth(action):
        yield f"impact less effort is {worth(action)}, not {worth(above)}"
    yield "they rank alike, and that one was noted first"


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
    return next((rung for rung in session.approvals if same_rung(rung) == "whole council"), "")
