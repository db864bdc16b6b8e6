"""Set up's roles: who leads, answers, is asked and is told, by a short code."""

from collections import Counter

from model.edits.answers import brief, joined
from model.edits.pointers import TO_ROLE, uses
from model.edits.roles import add_role, change_role, remove_role
from model.session import Role, Session
from tui.dialogs.form import Answers, Field
from tui.fresh import Fresh
from tui.widgets.record_list import Column, Row
from tui.widgets.setup_list import SetupList, Spot

COLUMNS = (Column("Code", 8), Column("Role"), Column("Also called"), Column("Leads", 5))
EMPTY = "No roles yet. Press n and type the name of the first."


class RoleList(SetupList):
    """The roles in the order of the RACI's columns."""

    COLLECTION = "roles"
    NOUN = "role"
    CHAINED = True

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, EMPTY, fresh)

    def lines(self, session: Session) -> list[Row]:
        """A row a role, with how many activities it leads."""
        leads = Counter(activity.lead for activity in session.activities)
        return [
            Row(
                role.code,
                (
                    (role.code, "lead"),
                    role.name,
                    joined(role.also_called, ","),
                    str(leads[role.code] or ""),
                ),
            )
            for role in session.roles
        ]

    def called(self, key: str) -> str:
        """What the role is called."""
        return self.session.role_by_code[key].name

    def about(self, key: str) -> str:
        """The role in full, and where it is named."""
        role = self.session.role_by_code[key]
        used = uses(self.session, TO_ROLE, key)
        facts = [
            f"{brief(role.name)} is typed @{role.code}",
            f"also called {joined(role.also_called, ',')}" if role.also_called else "",
            f"named by {used}" if used else "named nowhere yet",
            role.about,
        ]
        return " · ".join(fact for fact in facts if fact)

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """The name first: a code is made from it."""
        role = session.role_by_code.get(key) or Role("", "")
        empty = "" if key else " Empty: made from the name."
        return [
            Field("name", "Role", role.name, "Such as Contract Manager."),
            Field("code", "Code", role.code, f"What is typed after @, such as cm.{empty}"),
            Field(
                "also_called",
                "Also called",
                joined(role.also_called, ","),
                "Other names that people use for it, with a comma between them.",
            ),
            Field("about", "About", role.about, "What it answers for; may stay empty."),
        ]

    def made(self, session: Session, said: Answers, spot: Spot) -> Session:
        """A new role."""
        return add_role(session, **said, beside=spot.beside, before=spot.before)

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another code or name; what names the role follows."""
        return change_role(session, key, **said)

    def gone(self, session: Session, key: str) -> Session:
        """One role less."""
        return remove_role(session, key)
