"""The council's ladder of approval, lowest rung first. The session's actions name its rungs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from offwall.model.actions.ranking import ApprovalLevel, approval_level, same_rung
from offwall.model.records import EditError, Session, counted, excerpt
from offwall.model.records.record_kind import Ask, Cell, Column, RecordKind, needed

LEVEL_WORDS = {
    ApprovalLevel.OFFICER: ("officers", "an action that needs it can be a quick win"),
    ApprovalLevel.MEMBER: ("a cabinet member", "an action that needs it is no quick win"),
    ApprovalLevel.BODY: ("members as a body", "an action that needs it is a significant change"),
}
"""Who decides at a rung, and what that makes of an action."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder, known by what it is called."""

    name: str

    @property
    def id(self) -> str:
        """What it is known by."""
        return self.name


class Ladder(RecordKind[Rung]):
    """The rungs, which the workshop holds by name; until it has any, those of most councils."""

    def records(self, session: Session) -> tuple[Rung, ...]:
        """The rungs, lowest first."""
        return tuple(map(Rung, session.approvals))

    def put(self, session: Session, records: tuple[Rung, ...]) -> Session:
        """The session with another ladder."""
        rungs = tuple(rung.name for rung in records)
        return replace(session, workshop=replace(session.workshop, approvals=rungs))


def rung_uses(session: Session, rung: str) -> int:
    """How many actions need the approval of this rung."""
    return sum(same_rung(action.approval) == same_rung(rung) for action in session.actions)


def _check(session: Session, new: Rung, old: Rung | None) -> None:
    others = [rung for rung in session.approvals if old is None or rung != old.name]
    if same_rung(new.name) in map(same_rung, others):
        raise EditError(
            f"{excerpt(new.name)} is already on the ladder. Call this rung something else."
        )


def _follow(session: Session, old: Rung, new: Rung | None) -> Session:
    """The actions that name a rung follow its new name."""
    if new is None:
        return session
    actions = tuple(
        replace(action, approval=new.name)
        if same_rung(action.approval) == same_rung(old.name)
        else action
        for action in session.actions
    )
    return replace(session, actions=actions)


def _in_use(session: Session, rung: Rung) -> str:
    if len(session.approvals) == 1:
        return "A ladder has at least one rung. Press e and call this one what you need."
    held = rung_uses(session, rung.name)
    said = (
        f"{counted(held, 'action')} still {'needs' if held == 1 else 'need'} "
        f"{excerpt(rung.name)}. Choose another approval there first, or rename the rung with e."
    )
    return said if held else ""


def _level(session: Session, rung: Rung) -> tuple[str, str]:
    return LEVEL_WORDS[approval_level(rung.name, session.approvals)]


def _places(_: Session) -> Callable[[Rung], Cell]:
    numbers = count(1)
    return lambda _: str(next(numbers))


def _detail(session: Session, rung: Rung) -> Iterator[str]:
    held = counted(rung_uses(session, rung.name), "action")
    yield f"{rung.name}: {held} so far; {_level(session, rung)[1]}"


APPROVALS = Ladder(
    collection="approvals",
    noun="approval",
    blank=lambda _: Rung(""),
    asks=(
        Ask(
            "name",
            "Who approves",
            "Such as director, or whole council.",
            read=needed("Say who approves, such as director."),
        ),
    ),
    columns=(
        Column("place", 3, "", "muted", _places),
        Column("name", title="Approval, lowest first"),
        Column("level", 18, "Decided by", "muted", lambda s: lambda rung: _level(s, rung)[0]),
        Column("uses", 7, "Actions", "", lambda s: lambda rung: str(rung_uses(s, rung.name) or "")),
    ),
    detail=_detail,
    check=_check,
    follow=_follow,
    in_use=_in_use,
)
