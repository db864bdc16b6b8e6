"""The Contract Assurance Board and governance: its terms, its gates, who decides where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from offwall.model.process.targets import TargetMatcher, find_target
from offwall.model.records import (
    END,
    Activity,
    EditError,
    Session,
    excerpt,
    line_of,
    text_from,
    the_activity,
    updated,
)
from offwall.model.records.pointers import called_gone
from offwall.model.records.session import Board
from offwall.model.records.text import join_texts
from offwall.model.setup.roles import role_from
from offwall.model.topics.improvement import is_decision

BOARD_NAME = "Contract Assurance Board"
"""What the board is called until the group says otherwise."""

TERMS = ("name", "purpose", "chair", "members", "meets", "sees", "must_not")
"""The board's terms. The chair and the members are roles, people or words; the rest is words."""


def the_board(session: Session) -> Board:
    """The board as it is, or as it begins."""
    return session.board or Board(BOARD_NAME)


def change_board(session: Session, said: Mapping[str, str]) -> Session:
    """Write the board's terms: all of `TERMS`, the members with semicolons between them.

    Raises `EditError` where a member may be one of several roles.
    """
    old = the_board(session)
    chair, members = who_words(session, (old.chair,)), who_words(session, old.members)
    new = replace(
        old,
        name=text_from(said["name"], old.name) or BOARD_NAME,
        purpose=text_from(said["purpose"], old.purpose),
        meets=text_from(said["meets"], old.meets),
        sees=text_from(said["sees"], old.sees),
        must_not=text_from(said["must_not"], old.must_not),
        chair=old.chair
        if _same(said["chair"], chair)
        else _parse_people(session, line_of(said["chair"])),
        members=old.members
        if _same(said["members"], members)
        else _members(session, said["members"]),
    )
    return replace(session, board=new)


def who_words(session: Session, codes: tuple[str, ...]) -> str:
    """Roles by code and people by name, as a form shows them."""
    people = {**called_gone(session), **{person.id: person.name for person in session.people}}
    return join_texts([people.get(code, code) for code in codes], ";")


def _same(said: str, shown: str) -> bool:
    return line_of(said) == line_of(shown)


def _members(session: Session, said: str) -> tuple[str, ...]:
    found = (_parse_people(session, line_of(word)) for word in said.split(";"))
    return tuple(dict.fromkeys(filter(None, found)))


def _parse_people(session: Session, said: str) -> str:
    """A role's code, a person's id, or the words as they are."""
    wanted = said.casefold()
    people = [person.id for person in session.people if person.name.casefold() == wanted]
    if len(people) == 1:
        return people[0]
    try:
        return role_from(session, said)
    except EditError:
        words = (w for role in session.roles for w in (role.code, role.name, *role.also_called))
        if any(word.casefold().startswith(wanted) for word in words):
            raise
        return said


def add_gate(session: Session, words: str, after: str = "") -> Session:
    """Let something come to the board: an activity by its ref or text, or words.

    Raises `EditError` without words, and for what comes to it already.
    """
    gate = _gate(session, words)
    board = the_board(session)
    _check_new(session, board, gate)
    place = board.gates.index(after) + 1 if after in board.gates else len(board.gates)
    return _with_gates(session, (*board.gates[:place], gate, *board.gates[place:]))


def change_gate(session: Session, old: str, words: str) -> Session:
    """Let something else come in the place of a gate. Raises `EditError` as `add_gate` does."""
    gate, board = _gate(session, words), _board_with(session, old)
    if gate == old:
        return session
    _check_new(session, board, gate)
    return _with_gates(session, tuple(gate if known == old else known for known in board.gates))


def remove_gate(session: Session, gate: str) -> Session:
    """Let it not come to the board any more."""
    board = _board_with(session, gate)
    return _with_gates(session, tuple(known for known in board.gates if known != gate))


def move_gate(session: Session, gate: str, by: int) -> Session:
    """Move a gate down (``by`` 1) or up (-1). Raises `EditError` at an end."""
    order = list(_board_with(session, gate).gates)
    place = order.index(gate) + by
    if not 0 <= place < len(order):
        raise EditError("It is already the " + ("last." if by > 0 else "first."))
    order.remove(gate)
    order.insert(place, gate)
    return _with_gates(session, tuple(order))


def toggle_gate(session: Session, activity: str) -> Session:
    """Let an activity come to the board, or not any more; words that mean it go, too."""
    the_activity(session, activity)
    board = the_board(session)
    others = tuple(gate for gate in board.gates if find_target(session, gate) != activity)
    return _with_gates(session, others if others != board.gates else (*board.gates, activity))


def set_activity_approval(
    session: Session, activity: str, *, decided_by: str, limit: str, timescale: str
) -> Session:
    """Say who decides at an activity, within what limit, and how long that takes.

    No one who decides leaves it to the accountable. Raises `EditError` for an unknown role.
    """
    found = the_activity(session, activity)
    return updated(
        session,
        "activities",
        found,
        decided_by=role_from(session, decided_by, found.decided_by),
        limit=text_from(limit, found.limit),
        timescale=text_from(timescale, found.timescale),
    )


def _gate(session: Session, words: str) -> str:
    said = line_of(words, "Say what comes to the board: a ref such as S3.04, or a few words.")
    found = find_target(session, said)
    return found if found and found != END else said


def _check_new(session: Session, board: Board, gate: str) -> None:
    meant = {find_target(session, known) or known for known in board.gates}
    if gate in meant or gate in board.gates:
        activity = session.activity_by_id.get(gate)
        said = session.ref_by_id[gate] if activity else excerpt(gate)
        raise EditError(f"{said} comes to the board already.")


def _board_with(session: Session, gate: str) -> Board:
    board = the_board(session)
    if gate not in board.gates:
        raise EditError("That gate is no longer there. Undo (u) brings it back.")
    return board


def _with_gates(session: Session, gates: tuple[str, ...]) -> Session:
    return replace(session, board=replace(the_board(session), gates=gates))


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
        ApprovalStep(one, one.decided_by or one.accountable, one.id in gates)
        for one in session.in_order
        if is_decision(one) or one.id in gates
    )


def gate_activities(session: Session) -> dict[str, str]:
    """Each of the board's gates, and the id of the activity that it is; empty for words alone.

    A gate may be words while the activity is still on paper; they mean it as soon as it is typed.
    """
    targets = TargetMatcher(session)
    gates = session.board.gates if session.board else ()
    found = {gate: targets.find(gate) for gate in gates}
    known = session.activity_by_id
    return {gate: activity if activity in known else "" for gate, activity in found.items()}


def gate_text(session: Session, gate: str, activity: str) -> str:
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


def terms_of_reference(session: Session, names: Mapping[str, str]) -> tuple[BoardTerm, ...]:
    """The board's terms, made of what the session says; ``names`` are those of roles and people.

    A heading of which nothing is said yet is there without lines.
    """
    board = session.board or Board()
    named = [names.get(code, code) for code in board.members]
    return (
        BoardTerm("Purpose", _lines(board.purpose)),
        BoardTerm("Chair", _lines(names.get(board.chair, board.chair))),
        BoardTerm("Members", tuple(named)),
        BoardTerm("Meets", _lines(board.meets)),
        BoardTerm("What it sees", _lines(board.sees)),
        BoardTerm("What comes to it", tuple(_gates(session, names))),
        BoardTerm("What others decide", tuple(_others(session, names))),
        BoardTerm("What it must not become", _lines(board.must_not)),
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
