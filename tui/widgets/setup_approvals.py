"""Set up's ladder of approval: who can say yes, lowest first."""

from model.edits.approvals import add_rung, change_rung, move_rung, remove_rung, rung_uses
from model.ranking import Level, approval_level
from model.session import Session
from tui.dialogs.form import Answers, Field
from tui.fresh import Fresh
from tui.text import count
from tui.widgets.record_list import Column, Row
from tui.widgets.setup_list import SetupList, Spot

COLUMNS = (
    Column("", 3),
    Column("Approval, lowest first"),
    Column("Decided by", 18),
    Column("Actions", 7),
)
LEVELS = {
    Level.OFFICER: "officers",
    Level.MEMBER: "a cabinet member",
    Level.BODY: "members as a body",
}


class RungList(SetupList):
    """The rungs of the ladder; a rung is known by what it is called."""

    NOUN = "approval"

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, "", fresh)

    def keys_of(self, session: Session) -> list[str]:
        """The rungs, which are their own keys."""
        return list(session.approvals)

    def lines(self, session: Session) -> list[Row]:
        """A row a rung, with how many actions need it."""
        return [
            Row(
                rung,
                (
                    (str(place), "muted"),
                    rung,
                    (LEVELS[approval_level(rung, session.approvals)], "muted"),
                    str(rung_uses(session, rung) or ""),
                ),
            )
            for place, rung in enumerate(session.approvals, 1)
        ]

    def called(self, key: str) -> str:
        """What the rung is called."""
        return key

    def about(self, key: str) -> str:
        """The rung in full, and what it makes of an action."""
        held = count(rung_uses(self.session, key), "action")
        kind = {
            Level.OFFICER: "an action that needs it can be a quick win",
            Level.MEMBER: "an action that needs it is no quick win",
            Level.BODY: "an action that needs it is a significant change",
        }[approval_level(key, self.session.approvals)]
        return f"{key}: {held} so far; {kind}"

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """What the rung is called."""
        return [Field("name", "Who approves", key, "Such as director, or whole council.")]

    def made(self, session: Session, said: Answers, spot: Spot) -> Session:
        """A new rung."""
        return add_rung(session, said["name"], beside=spot.beside, before=spot.before)

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another name; the actions follow."""
        return change_rung(session, key, said["name"])

    def gone(self, session: Session, key: str) -> Session:
        """One rung less."""
        return remove_rung(session, key)

    def moved(self, session: Session, key: str, by: int) -> Session:
        """The ladder in another order."""
        return move_rung(session, key, by)
