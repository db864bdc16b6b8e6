"""Governance: what has to be approved and by whom, what comes to the board, and its terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.edits.note_targets import Targets
from model.proposal import is_decision
from model.session import Activity, Board, Session

NOT_AGREED = "Not agreed yet."


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """An activity at which somebody decides.

    ``decider`` is who was said to decide, else the accountable; empty where that is nobody.
    ``gate`` is whether it comes to the board.
    """

    activity: Activity
    decider: str
    gate: bool


def approval_steps(session: Session) -> tuple[ApprovalStep, ...]:
    """The activities at which somebody decides, or that come to the board, as the wall reads."""
    gates = set(gate_activities(session).values())
    return tuple(
        ApprovalStep(one, one.decided_by or one.accountable, one.id in gates)
        for one in session.in_order
        if is_decision(one) or one.id in gates
    )


def gate_activities(session: Session) -> dict[str, str]:
    """Each of the board's gates, and the id of the activity that it is; empty for words alone.

    A gate may be words while the activity is still on paper; they mean it as soon as it is typed.
    """
    targets = Targets(session)
    gates = session.board.gates if session.board else ()
    found = {gate: targets.find(gate) for gate in gates}
    known = session.activity_by_id
    return {gate: activity if activity in known else "" for gate, activity in found.items()}


def gate_text(session: Session, gate: str, activity: str) -> str:
    """A gate as people read it: the ref and words of its activity, or the words it was given in."""
    found = session.activity_by_id.get(activity)
    return f"{session.ref_by_id[activity]} {found.text}" if found else gate


@dataclass(frozen=True, slots=True)
class Term:
    """One heading of the board's terms of reference, and what stands under it, a line each."""

    heading: str
    lines: tuple[str, ...]

    @property
    def agreed(self) -> bool:
        """Whether the group has said anything of it."""
        return bool(self.lines)


def terms_of_reference(session: Session, names: Mapping[str, str]) -> tuple[Term, ...]:
    """The board's terms, made of what the session says; ``names`` are those of roles and people.

    A heading of which nothing is said yet is there without lines.
    """
    board = session.board or Board()
    named = [names.get(code, code) for code in board.members]
    return (
        Term("Purpose", _lines(board.purpose)),
        Term("Chair", _lines(names.get(board.chair, board.chair))),
        Term("Members", tuple(named)),
        Term("Meets", _lines(board.meets)),
        Term("What it sees", _lines(board.sees)),
        Term("What comes to it", tuple(_gates(session, names))),
        Term("What others decide", tuple(_others(session, names))),
        Term("What it must not become", _lines(board.must_not)),
    )


def _lines(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _gates(session: Session, names: Mapping[str, str]) -> Iterator[str]:
    steps = {step.activity.id: step for step in approval_steps(session)}
    for gate, activity in gate_activities(session).items():
        said = gate_text(session, gate, activity)
        yield f"{said}{_who(steps[activity], names)}" if activity else said


def _others(session: Session, names: Mapping[str, str]) -> Iterator[str]:
    """Decisions that a limit leaves to somebody without the board."""
    for step in approval_steps(session):
        if step.activity.limit and not step.gate:
            ref = session.ref_by_id[step.activity.id]
            yield f"{ref} {step.activity.text}{_who(step, names)}"


def _who(step: ApprovalStep, names: Mapping[str, str]) -> str:
    decides = f"{names.get(step.decider, step.decider)} decides" if step.decider else ""
    said = ", ".join(text for text in (decides, step.activity.limit) if text)
    return f" ({said})" if said else ""
