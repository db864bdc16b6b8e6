"""Set up's people: who is in the room, and who must hear of it."""

from model.edits.people import add_person, change_person, remove_person
from model.raci import role_name
from model.session import Group, Person, Session
from tui.dialogs.form import Answers, Field
from tui.fresh import Fresh
from tui.widgets.record_list import Column, Row
from tui.widgets.setup_list import SetupList, Spot
from tui.widgets.setup_words import role_cell, role_field

COLUMNS = (Column("Name"), Column("Role", 8), Column("Team"), Column("Group", 11))
EMPTY = "Nobody is listed yet. Press n and type the first name."
GROUPS = {
    Group.CORE: "goes through every post-it in part 2",
    Group.PARTICIPANT: "was at the workshop",
    Group.CORPORATE: "a corporate colleague who must hear",
    Group.SENIOR: "is briefed and decides",
}


class PersonList(SetupList):
    """The people as they were listed."""

    COLLECTION = "people"
    NOUN = "person"
    CHAINED = True

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, EMPTY, fresh)

    def lines(self, session: Session) -> list[Row]:
        """A row a person."""
        return [
            Row(
                person.id,
                (person.name, role_cell(session, person.role), person.team, person.group),
            )
            for person in session.people
        ]

    def called(self, key: str) -> str:
        """The person's name."""
        return self._person(self.session, key).name

    def about(self, key: str) -> str:
        """The person in full."""
        person = self._person(self.session, key)
        facts = [
            person.name,
            role_name(self.session, person.role),
            person.team,
            f"{person.group}: {GROUPS[person.group]}",
        ]
        return " · ".join(fact for fact in facts if fact)

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """The group of the one before is kept: people are listed group by group."""
        person = self._person(session, key)
        return [
            Field("name", "Name", person.name, "Such as Jane Doe."),
            role_field(session, "role", "Role", person.role),
            Field("team", "Team", person.team, "Team or service; may stay empty."),
            Field(
                "group",
                "Group",
                last.get("group", "") or person.group,
                "core (part 2), participant, corporate or senior; the start is enough.",
                tuple(Group),
                chosen=True,
            ),
        ]

    def made(self, session: Session, said: Answers, spot: Spot) -> Session:
        """A new person."""
        return add_person(session, **said, seed=spot.seed, beside=spot.beside, before=spot.before)

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another name, role, team or group."""
        return change_person(session, key, **said)

    def gone(self, session: Session, key: str) -> Session:
        """One person less."""
        return remove_person(session, key)

    @staticmethod
    def _person(session: Session, key: str) -> Person:
        return next((found for found in session.people if found.id == key), Person("", ""))
