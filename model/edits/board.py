"""The Contract Assurance Board: its terms, the gates on the process, and who decides at each."""

from collections.abc import Mapping
from dataclasses import replace

from model.edits.answers import brief, joined, text_from
from model.edits.errors import EditError
from model.edits.note_targets import find_target
from model.edits.records import the_activity, updated
from model.edits.roles import role_from
from model.edits.texts import line_of
from model.session import END, Board, Session

NAME = "Contract Assurance Board"
"""What the board is called until the group says otherwise."""

TERMS = ("name", "purpose", "chair", "members", "meets", "sees", "must_not")
"""The board's terms. The chair and the members are roles, people or words; the rest is words."""


def the_board(session: Session) -> Board:
    """The board as it is, or as it begins."""
    return session.board or Board(NAME)


def change_board(session: Session, said: Mapping[str, str]) -> Session:
    """Write the board's terms: all of `TERMS`, the members with semicolons between them.

    Raises `EditError` where a member may be one of several roles.
    """
    old = the_board(session)
    chair, members = who_words(session, (old.chair,)), who_words(session, old.members)
    new = replace(
        old,
        name=text_from(said["name"], old.name) or NAME,
        purpose=text_from(said["purpose"], old.purpose),
        meets=text_from(said["meets"], old.meets),
        sees=text_from(said["sees"], old.sees),
        must_not=text_from(said["must_not"], old.must_not),
        chair=old.chair if _same(said["chair"], chair) else _who(session, line_of(said["chair"])),
        members=old.members
        if _same(said["members"], members)
        else _members(session, said["members"]),
    )
    return replace(session, board=new)


def who_words(session: Session, codes: tuple[str, ...]) -> str:
    """Roles by code and people by name, as a form shows them."""
    people = {person.id: person.name for person in session.people}
    return joined([people.get(code, code) for code in codes], ";")


def _same(said: str, shown: str) -> bool:
    return line_of(said) == line_of(shown)


def _members(session: Session, said: str) -> tuple[str, ...]:
    found = (_who(session, line_of(word)) for word in said.split(";"))
    return tuple(dict.fromkeys(filter(None, found)))


def _who(session: Session, said: str) -> str:
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


def set_approval(
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
        said = session.ref_by_id[gate] if activity else brief(gate)
        raise EditError(f"{said} comes to the board already.")


def _board_with(session: Session, gate: str) -> Board:
    board = the_board(session)
    if gate not in board.gates:
        raise EditError("That gate is no longer there. Undo (u) brings it back.")
    return board


def _with_gates(session: Session, gates: tuple[str, ...]) -> Session:
    return replace(session, board=replace(the_board(session), gates=gates))
