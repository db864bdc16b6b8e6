"""The process as it is and as the group wants it, side by side, and what the change saves.

What the group marks *drop* is left out of the process to be; what it marks *new* is not in the
process as it is. Ways lead over what is left out, as they do for a tier.
"""

from collections import Counter
from dataclasses import astuple, dataclass, replace

from model.edits.answers import counted
from model.flow import TierView, tier_view
from model.session import Activity, Improve, Session, Treatment


@dataclass(frozen=True, slots=True)
class Figures:
    """What a process costs: its activities, those at which somebody decides, and the hand-offs.

    A hand-off is a way from one activity to another that another role leads; two answers that
    lead to the same activity are one.
    """

    steps: int
    decisions: int
    hand_offs: int

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(
            self.steps - other.steps,
            self.decisions - other.decisions,
            self.hand_offs - other.hand_offs,
        )


def as_is(session: Session) -> TierView:
    """The process as it is: without what the group marked as new."""
    return _without(session, Improve.NEW)


def to_be(session: Session) -> TierView:
    """The process as the group wants it: without what it marked to drop."""
    return _without(session, Improve.DROP)


def _without(session: Session, left_out: Improve) -> TierView:
    # Nothing bridges ways but a tier, so this makes a tier that leaves out what is to be left out.
    name = left_out.value
    gone = ((name, Treatment.NO),)
    return tier_view(
        replace(
            session,
            stages=tuple(replace(stage, tiers=()) for stage in session.stages),
            activities=tuple(
                replace(one, tiers=gone if one.improve is left_out else ())
                for one in session.activities
            ),
        ),
        name,
    )


def is_decision(activity: Activity) -> bool:
    """Whether somebody decides at it: it has a question, a name for who decides, or a limit."""
    return bool(activity.decision or activity.decided_by or activity.limit)


def figures(view: TierView) -> Figures:
    """What a process costs."""
    leads = {one.id: one.lead for one in view.kept}
    pairs = {(way.source, way.to) for ways in view.edges.values() for way in ways}
    return Figures(
        len(view.kept),
        sum(map(is_decision, view.kept)),
        sum(bool(leads[a] and leads.get(b) and leads[a] != leads[b]) for a, b in pairs),
    )


def marks(session: Session) -> Counter[Improve]:
    """How many activities the group marked to keep, to change, to drop, and as new."""
    return Counter(one.improve for one in session.activities if one.improve)


def compared(session: Session) -> str:
    """What the process costs now, what it would cost, and what that saves, in a line."""
    if not session.activities:
        return "Steps, decisions and hand-offs are counted after part 2."
    now, then = figures(as_is(session)), figures(to_be(session))
    if not marks(session)[Improve.DROP] and not marks(session)[Improve.NEW]:
        return f"Today {_said(now)}; nothing is marked to drop or new yet"
    return f"Today {_said(now)}; proposed {_said(then)}: {_change(now - then)}"


NOUNS = ("step", "decision", "hand-off")


def _said(found: Figures) -> str:
    return ", ".join(map(counted, astuple(found), NOUNS))


def _change(saved: Figures) -> str:
    """What the proposal saves, and what it adds."""
    pairs = list(zip(astuple(saved), NOUNS, strict=True))
    less = ", ".join(counted(number, noun) for number, noun in pairs if number > 0)
    more = ", ".join(counted(-number, noun) for number, noun in pairs if number < 0)
    said = (f"saves {less}" if less else "", f"adds {more}" if more else "")
    return "; ".join(filter(None, said)) or "saves nothing"


def side_by_side(session: Session) -> str:
    """The figures of the process as it is and to be, in a few words; nothing before part 2."""
    if not session.activities:
        return ""
    now, then = figures(as_is(session)), figures(to_be(session))
    return ", ".join(
        counted(old, noun) if old == new else f"{counted(old, noun)} -> {new:,}"
        for noun, old, new in zip(NOUNS, astuple(now), astuple(then), strict=True)
    )
