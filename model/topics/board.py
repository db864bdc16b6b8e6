"""The board that assures the process, and governance: its terms, its gates, who decides where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from offwall.model.actions.facts import Facts, full_date
from offwall.model.process.activities import TargetMatcher, find_target, target_candidate
from offwall.model.records import (
    END,
    Activity,
    EditError,
    Session,
    excerpt,
    line_of,
    the_activity,
)
from offwall.model.records.fields import NO_ACTIVITY, NO_STAGE, ActivityId
from offwall.model.records.record_kind import (
    Ask,
    HeadingKind,
    Line,
    LinesKind,
    Reading,
    RecordKind,
    date_ask,
    values_of,
)
from offwall.model.records.session import Besides, Board
from offwall.model.setup.people_and_roles import role_ask, several_ask, who_ask
from offwall.model.topics.improvement import is_decision

BOARD_NAME = "Assurance Board"
"""What the board is called until the group says otherwise."""


def the_board(session: Session) -> Board:
    """The board as it is, or as it begins."""
    return session.board or Board(BOARD_NAME)


POWERS = (
    "Advises: it decides nothing itself",
    "Decides by the powers of its chair and members under the scheme of delegation",
)
"""What a board of officers may do: it has no power of its own."""

BOARD = HeadingKind(
    title="The board's terms",
    label="Terms of the board",
    asks=(
        Ask(
            "name",
            "Name",
            "What the board is called.",
            read=lambda _, text: line_of(text) or BOARD_NAME,
        ),
        Ask("purpose", "Purpose", "What it is there for, in a sentence."),
        who_ask("chair", "Chair", "A role, a person, or words."),
        several_ask("members", "Members", "Roles or people, with a semicolon between them."),
        Ask("meets", "Meets", "How often, such as Quarterly."),
        Ask("sees", "Sees", "Which {things} and reports come to it."),
        Ask("must_not", "Must not be", "What it must not become, such as a second committee."),
        Ask("power", "Power", "Decides or advises, and by whose power.", choices=lambda _: POWERS),
        Ask("reports_to", "Reports to", "Such as the corporate leadership team."),
        Ask("quorum", "Quorum", "How many must be there, such as 3, the chair among them."),
        who_ask("secretary", "Secretary", "Who calls it and keeps its minutes."),
        Ask("conflicts", "Conflicts", "What is done about a conflict of interest."),
        date_ask("review_on", "Review date", "When its terms are looked at again."),
    ),
    forms=("power",),
    values=lambda session: values_of(the_board(session)),
    put=lambda session, values: replace(session, board=replace(the_board(session), **values)),
)
"""The board's terms. The chair and the members are roles, people or words; the rest is words."""


# What comes to the board: an activity by its id, or words.


def _read_gate(reading: Reading, text: str) -> str:
    text = line_of(text, "Say what comes to the board: a ref such as S3.04, or a few words.")
    found = find_target(reading.session, text)
    return found if found and found != END else text


def _check_gate(session: Session, new: Line, _: Line | None) -> None:
    gates, gate = the_board(session).gates, new.text
    if gate in gates or gate in {find_target(session, known) for known in gates}:
        activity = session.activity_by_id.get(gate)
        said = session.ref_by_id[gate] if activity else excerpt(gate)
        raise EditError(f"{said} comes to the board already.")


GATES = LinesKind(
    collection="gates",
    noun="gate",
    lines=lambda session: the_board(session).gates,
    put_lines=lambda session, gates: replace(
        session, board=replace(the_board(session), gates=gates)
    ),
    asks=(
        Ask(
            "text",
            "What comes",
            "A ref such as S3.04, or words: they mean the activity as soon as it is typed.",
            read=_read_gate,
            show=lambda session, gate: session.ref_by_id.get(gate, gate),
            choices=lambda session: [
                target_candidate(session.ref_by_id[activity.id], activity)
                for activity in session.in_order
            ],
        ),
    ),
    check=_check_gate,
)


def toggle_gate(session: Session, activity: ActivityId) -> Session:
    """Let an activity come to the board, or not any more; words that mean it go, too."""
    the_activity(session, activity)
    board = the_board(session)
    others = tuple(gate for gate in board.gates if find_target(session, gate) != activity)
    gates = others if others != board.gates else (*board.gates, activity)
    return replace(session, board=replace(board, gates=gates))


DECIDERS = RecordKind(
    collection="activities",
    noun="activity",
    blank=lambda _: Activity(NO_ACTIVITY, NO_STAGE, ""),
    asks=(
        role_ask("decided_by", "Who decides"),
        Ask("limit", "Limit", "Such as to £500k, scheme of delegation."),
        Ask(
            "timescale",
            "Within",
            "How long it may wait: 10 working days.",
            wanted=lambda session: session.records(Besides.TIMESCALES),
        ),
    ),
)
"""Who decides at an activity, else the accountable; within what limit, and how long that takes."""


# Governance: what has to be approved and by whom, what comes to the board, and its terms.

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
        ApprovalStep(activity, activity.decided_by or activity.accountable, activity.id in gates)
        for activity in session.in_order
        if is_decision(activity) or activity.id in gates
    )


def gate_activities(session: Session) -> dict[str, ActivityId]:
    """Each of the board's gates, and the id of the activity that it is; empty for words alone.

    A gate may be words while the activity is still on paper; they mean it as soon as it is typed.
    """
    targets = TargetMatcher(session)
    gates = session.board.gates if session.board else ()
    found = {gate: targets.find(gate) for gate in gates}
    known = session.activity_by_id
    return {
        gate: activity if activity in known else NO_ACTIVITY for gate, activity in found.items()
    }


def gate_text(session: Session, gate: str, activity: ActivityId) -> str:
    """A gate as people read it: the ref and words of its activity, or the words it was given in."""
    found = session.activity_by_id.get(activity)
    return f"{session.ref_by_id[activity]} {found.text}" if found else gate


@dataclass(frozen=True, slots=True)
class BoardTerm:
    """One heading of the board's terms of reference, and what stands under it, a line each."""

    heading: str
    lines: tuple[str, ...]

    @property
    def agreed(self) -> bool:
        """Whether the group has said anything of it."""
        return bool(self.lines)


def terms_of_reference(session: Session) -> tuple[BoardTerm, ...]:
    """The board's terms, made of what the session says; who has a role is named with it.

    A heading of which nothing is said yet is there without lines.
    """
    board, facts = session.board or Board(), Facts(session)
    names = facts.names
    return (
        BoardTerm("Purpose", _lines(board.purpose)),
        BoardTerm("Power", _lines(board.power)),
        BoardTerm("Reports to", _lines(board.reports_to)),
        BoardTerm("Chair", _lines(facts.called(board.chair))),
        BoardTerm("Members", tuple(map(facts.called, board.members))),
        BoardTerm("Secretary", _lines(facts.called(board.secretary))),
        BoardTerm("Quorum", _lines(board.quorum)),
        BoardTerm("Meets", _lines(board.meets)),
        BoardTerm("What it sees", _lines(board.sees)),
        BoardTerm("What comes to it", tuple(_gates(session, names))),
        BoardTerm("What others decide", tuple(_others(session, names))),
        BoardTerm("Limits", _lines(board.must_not)),
        BoardTerm("Conflicts of interest", _lines(board.conflicts)),
        BoardTerm("Review date", _lines(full_date(board.review_on) if board.review_on else "")),
    )


def _lines(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _gates(session: Session, names: Mapping[str, str]) -> Iterator[str]:
    steps = {step.activity.id: step for step in approval_steps(session)}
    for gate, activity in gate_activities(session).items():
        said = gate_text(session, gate, activity)
        yield f"{said}{_board_people(steps[activity], names)}" if activity else said


def _others(session: Session, names: Mapping[str, str]) -> Iterator[str]:
    """Decisions that a limit leaves to somebody without the board."""
    for step in approval_steps(session):
        if step.activity.limit and not step.gate:
            ref = session.ref_by_id[step.activity.id]
            yield f"{ref} {step.activity.text}{_board_people(step, names)}"


def _board_people(step: ApprovalStep, names: Mapping[str, str]) -> str:
    decides = f"{names.get(step.decider, step.decider)} decides" if step.decider else ""
    said = ", ".join(text for text in (decides, step.activity.limit) if text)
    return f" ({said})" if said else ""
