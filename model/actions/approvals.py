"""The council's ladder of approval, lowest rung first. The session's actions name its rungs."""

from dataclasses import replace

from offwall.model.actions.ranking import SAME
from offwall.model.records import EditError, Session, counted, excerpt, line_of, text_from

_RUNG = "Say who approves, such as director."


def add_rung(session: Session, name: str, *, beside: str = "", before: bool = False) -> Session:
    """Put a rung above the one called ``beside`` (below it: ``before``), or on top.

    Raises `EditError` without a name, and for one that is on the ladder.
    """
    rungs = session.approvals
    new = _apart(rungs, line_of(name, _RUNG))
    place = rungs.index(beside) + (not before) if beside in rungs else len(rungs)
    return _with(session, (*rungs[:place], new, *rungs[place:]))


def change_rung(session: Session, rung: str, name: str) -> Session:
    """Call a rung something else; the actions that name it follow. Raises as `add_rung` does."""
    rungs = session.approvals
    place = _place(rungs, rung)
    new = text_from(name, rung, _RUNG)
    if new == rung:
        return session
    _apart((*rungs[:place], *rungs[place + 1 :]), new)
    actions = tuple(
        replace(action, approval=new) if _same(action.approval) == _same(rung) else action
        for action in session.actions
    )
    return _with(replace(session, actions=actions), (*rungs[:place], new, *rungs[place + 1 :]))


def remove_rung(session: Session, rung: str) -> Session:
    """Take a rung off the ladder. Raises `EditError` for the last, and while actions name it."""
    rungs = session.approvals
    place = _place(rungs, rung)
    if len(rungs) == 1:
        raise EditError("A ladder has at least one rung. Press e and call this one what you need.")
    if held := rung_uses(session, rung):
        raise EditError(
            f"{counted(held, 'action')} still {'needs' if held == 1 else 'need'} "
            f"{excerpt(rung)}. Choose another approval there first, or rename the rung with e."
        )
    return _with(session, (*rungs[:place], *rungs[place + 1 :]))


def move_rung(session: Session, rung: str, by: int) -> Session:
    """Move a rung down the list, which is up the ladder (``by`` 1), or back (-1).

    Raises `EditError` at either end.
    """
    order = list(session.approvals)
    place = _place(session.approvals, rung)
    if not 0 <= place + by < len(order):
        raise EditError("It is already the " + ("last." if by > 0 else "first."))
    order.insert(place + by, order.pop(place))
    return _with(session, tuple(order))


def rung_uses(session: Session, rung: str) -> int:
    """How many actions need the approval of this rung."""
    return sum(_same(action.approval) == _same(rung) for action in session.actions)


def _place(rungs: tuple[str, ...], rung: str) -> int:
    if rung not in rungs:
        raise EditError("That rung is no longer on the ladder. Undo (u) brings it back.")
    return rungs.index(rung)


def _apart(rungs: tuple[str, ...], new: str) -> str:
    if _same(new) in map(_same, rungs):
        raise EditError(f"{excerpt(new)} is already on the ladder. Call this rung something else.")
    return new


def _same(rung: str) -> str:
    plain = line_of(rung).casefold()
    return SAME.get(plain, plain)


def _with(session: Session, rungs: tuple[str, ...]) -> Session:
    return replace(session, workshop=replace(session.workshop, approvals=rungs))
