"""The council's ladder of approval, lowest rung first. The session's actions name its rungs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from offwall.model.actions.ranking import ApprovalLevel, approval_level, same_rung
from offwall.model.records import EditError, Session, counted, excerpt
from offwall.model.records.record_kind import Ask, Cell, Column, Line, LinesKind, needed

LEVEL_WORDS = {
    ApprovalLevel.OFFICER: ("officers", "an action that needs it can be a quick win"),
    ApprovalLevel.MEMBER: ("a cabinet member", "an action that needs it is no quick win"),
    ApprovalLevel.BODY: ("members as a body", "an action that needs it is a significant change"),
}
"""Who decides at a rung, and what that makes of an action."""


def rung_uses(session: Session, rung: str) -> int:
    """How many actions need the approval of this rung."""
    return sum(same_rung(action.approval) == same_rung(rung) for action in session.actions)


def _check(session: Session, new: Line, old: Line | None) -> None:
    others = [rung for rung in session.approvals if old is None or rung != old.text]
    if same_rung(new.text) in map(same_rung, others):
        raise EditError(
            f"{excerpt(new.text)} is already on the ladder. Call this rung something else."
        )


def _follow(session: Session, old: Line, new: Line) -> Session:
    """The actions that name a rung follow its new name."""
    rung = same_rung(old.text)
    actions = tuple(
        replace(action, approval=new.text) if same_rung(action.approval) == rung else action
        for action in session.actions
    )
    return replace(session, actions=actions)


def _in_use(session: Session, rung: Line) -> str:
    if len(session.approvals) == 1:
        return "A ladder has at least one rung. Press e and call this one what you need."
    held = rung_uses(session, rung.text)
    said = (
        f"{counted(held, 'action')} still {'needs' if held == 1 else 'need'} "
        f"{excerpt(rung.text)}. Choose another approval there first, or rename the rung with e."
    )
    return said if held else ""


def _level(session: Session, rung: Line) -> tuple[str, str]:
    return LEVEL_WORDS[approval_level(rung.text, session.approvals)]


def _places(_: Session) -> Callable[[Line], Cell]:
    numbers = count(1)
    return lambda _: str(next(numbers))


def _uses(session: Session) -> Callable[[Line], Cell]:
    return lambda rung: str(rung_uses(session, rung.text) or "")


def _detail(session: Session, rung: Line) -> Iterator[str]:
    held = counted(rung_uses(session, rung.text), "action")
    yield f"{rung.text}: {held} so far; {_level(session, rung)[1]}"


APPROVALS = LinesKind(
    collection="approvals",
    noun="approval",
    lines=lambda session: session.approvals,
    put_lines=lambda session, rungs: replace(
        session, workshop=replace(session.workshop, approvals=rungs)
    ),
    asks=(
        Ask(
            "text",
            "Who approves",
            "Such as director, or Full Council.",
            read=needed("Say who approves, such as director."),
        ),
    ),
    columns=(
        Column("place", 3, "", "muted", _places),
        Column("text", title="Approval, lowest first"),
        Column("level", 18, "Decided by", "muted", lambda s: lambda rung: _level(s, rung)[0]),
        Column("uses", 7, "Actions", cell=_uses, figures=True),
    ),
    detail=_detail,
    check=_check,
    named_by="text",
    follow=_follow,
    in_use=_in_use,
)
