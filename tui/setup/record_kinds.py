"""The kinds of record that are set up: stages, roles, people, meetings, and the ladder of approval.

Each has its columns, its form and its edits, over `SetupList`.
"""

from collections import Counter
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from offwall.model.actions.approvals import add_rung, change_rung, move_rung, remove_rung, rung_uses
from offwall.model.actions.ranking import ApprovalLevel, approval_level
from offwall.model.process import role_name
from offwall.model.records import Group, Role, Session, Stage, excerpt, say_date
from offwall.model.records.pointers import describe_uses
from offwall.model.records.session import Meeting, Person, Rhythm
from offwall.model.records.text import join_texts
from offwall.model.setup.meetings import (
    add_meeting,
    change_meeting,
    remove_meeting,
    said_closed,
    set_notice,
)
from offwall.model.setup.people import add_person, change_person, remove_person
from offwall.model.setup.roles import add_role, change_role, remove_role
from offwall.model.setup.stages import add_stage, change_stage, next_stage_id, remove_stage
from offwall.tui.kit import Answers, Context, Field, Form, ListRow, count
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.setup.setup_list import InsertPlace, SetupList, date_field, role_cell, role_field

STAGE_COLUMNS = (
    ListColumn("Id", 6),
    ListColumn("Stage"),
    ListColumn("Rhythm", 10),
    ListColumn("Accountable", 11),
    ListColumn("Activities", 10),
)
NO_STAGES = "No stages yet. Press n and type the name of the first."
RHYTHM_HINTS = {
    Rhythm.ONCE: "gone through once, then the next stage",
    Rhythm.CYCLE: "goes round: its end leads back to its beginning",
    Rhythm.ON_DEMAND: "entered and left by a route",
}


class StageList(SetupList):
    """The stages in the order of the wall."""

    COLLECTION = "stages"
    NOUN = "stage"
    CHAINED = True

    def __init__(self, fresh: Context) -> None:
        super().__init__(STAGE_COLUMNS, NO_STAGES, fresh)

    def lines(self, session: Session) -> list[ListRow]:
        """A row a stage, with how many activities it holds."""
        return [
            ListRow(
                stage.id,
                (
                    (stage.id, "muted"),
                    stage.name,
                    stage.rhythm,
                    role_cell(session, stage.accountable),
                    str(len(session.by_stage[stage.id]) or ""),
                ),
            )
            for stage in session.stages
        ]

    def called(self, key: str) -> str:
        """The stage's id and name."""
        return f"{key} {self.session.stage_by_id[key].name}"

    def about(self, key: str) -> str:
        """The stage in full."""
        stage = self.session.stage_by_id[key]
        held = len(self.session.by_stage[key])
        accountable = role_name(self.session, stage.accountable)
        facts = [
            f"{excerpt(stage.name)}: {RHYTHM_HINTS[stage.rhythm]}",
            count(held, "activity", "activities"),
            f"new ones are offered {accountable} as accountable" if accountable else "",
            stage.about,
        ]
        return " · ".join(fact for fact in facts if fact)

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """The name first: all else may stay."""
        stage = session.stage_by_id.get(key) or Stage(next_stage_id(session), "")
        return [
            Field("name", "Stage", stage.name, "What the wall calls it, such as Mobilise."),
            Field("id", "Id", stage.id, "One word, for refs such as S1.04.", chosen=True),
            Field(
                "rhythm",
                "Rhythm",
                stage.rhythm,
                "once, cycle (goes round) or on demand (entered by a route).",
                tuple(Rhythm),
                chosen=True,
            ),
            role_field(
                session,
                "accountable",
                "Accountable",
                stage.accountable,
                "Offered to new activities.",
            ),
            Field("about", "About", stage.about, "From what to what; may stay empty."),
        ]

    def made(self, session: Session, said: Answers, spot: InsertPlace) -> Session:
        """A new stage."""
        return add_stage(session, **said, beside=spot.beside, before=spot.before)

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another name, id, rhythm or accountable."""
        return change_stage(session, key, **said)

    def gone(self, session: Session, key: str) -> Session:
        """One stage less."""
        return remove_stage(session, key)


# Set up's roles: who leads, answers, is asked and is told, by a short code.

ROLE_COLUMNS = (
    ListColumn("Code", 8),
    ListColumn("Role"),
    ListColumn("Also called"),
    ListColumn("Leads", 5),
)
NO_ROLES = "No roles yet. Press n and type the name of the first."


class RoleList(SetupList):
    """The roles in the order of the RACI's columns."""

    COLLECTION = "roles"
    NOUN = "role"
    CHAINED = True

    def __init__(self, fresh: Context) -> None:
        super().__init__(ROLE_COLUMNS, NO_ROLES, fresh)

    def lines(self, session: Session) -> list[ListRow]:
        """A row a role, with how many activities it leads."""
        leads = Counter(activity.lead for activity in session.activities)
        return [
            ListRow(
                role.code,
                (
                    (role.code, "lead"),
                    role.name,
                    join_texts(role.also_called, ","),
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
        used = describe_uses(self.session, "roles", key)
        facts = [
            f"{excerpt(role.name)} is typed @{role.code}",
            f"also called {join_texts(role.also_called, ',')}" if role.also_called else "",
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
                join_texts(role.also_called, ","),
                "Other names that people use for it, with a comma between them.",
            ),
            Field("about", "About", role.about, "What it answers for; may stay empty."),
        ]

    def made(self, session: Session, said: Answers, spot: InsertPlace) -> Session:
        """A new role."""
        return add_role(session, **said, beside=spot.beside, before=spot.before)

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another code or name; what names the role follows."""
        return change_role(session, key, **said)

    def gone(self, session: Session, key: str) -> Session:
        """One role less."""
        return remove_role(session, key)


# Set up's people: who is in the room, and who must hear of it.

PEOPLE_COLUMNS = (
    ListColumn("Name"),
    ListColumn("Role", 8),
    ListColumn("Team"),
    ListColumn("Group", 11),
)
NO_PEOPLE = "Nobody is listed yet. Press n and type the first name."
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

    def __init__(self, fresh: Context) -> None:
        super().__init__(PEOPLE_COLUMNS, NO_PEOPLE, fresh)

    def lines(self, session: Session) -> list[ListRow]:
        """A row a person."""
        return [
            ListRow(
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

    def made(self, session: Session, said: Answers, spot: InsertPlace) -> Session:
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


# Set up's meetings: which bodies sit when, and when their papers are due.

MEETING_COLUMNS = (ListColumn("Meeting"), ListColumn("Sits on", 15), ListColumn("Papers due", 15))
NO_MEETINGS = "No meetings yet. Press n and name the first, such as Cabinet."

AGENDA_HINT = "Clear working days before a meeting; England's rule is 5."
FORWARD_PLAN_HINT = "Clear days before a key decision; England's rule is 28."
CLOSED_DAYS_HINT = "Besides weekends and bank holidays, such as 29 Dec, 30 Dec."


class MeetingList(SetupList):
    """The meetings as they were listed."""

    COLLECTION = "meetings"
    NOUN = "meeting"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "d",
            "notice",
            "Notice days",
            id="setup.notice",
            tooltip="How long before a decision agenda and forward plan are published",
        ),
    ]

    def __init__(self, fresh: Context) -> None:
        super().__init__(MEETING_COLUMNS, NO_MEETINGS, fresh)

    def lines(self, session: Session) -> list[ListRow]:
        """A row a meeting."""
        return [
            ListRow(
                meeting.id,
                (
                    meeting.body,
                    say_date(meeting.date) if meeting.date else "",
                    say_date(meeting.papers_by) if meeting.papers_by else "",
                ),
            )
            for meeting in session.meetings
        ]

    def called(self, key: str) -> str:
        """Who meets."""
        return self._meeting(self.session, key).body

    def about(self, key: str) -> str:
        """The meeting in full."""
        meeting = self._meeting(self.session, key)
        sits = f"sits on {say_date(meeting.date)}" if meeting.date else "has no date yet"
        due = f"; papers are due by {say_date(meeting.papers_by)}" if meeting.papers_by else ""
        return f"{meeting.body} {sits}{due}"

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """Who meets, when, and when the papers are due."""
        meeting, today = self._meeting(session, key), self.fresh.today()
        return [
            Field("body", "Who meets", meeting.body, "Such as Cabinet."),
            date_field("date", "Sits on", meeting.date, today),
            date_field("papers_by", "Papers due", meeting.papers_by, today),
        ]

    def made(self, session: Session, said: Answers, spot: InsertPlace) -> Session:
        """A new meeting."""
        return add_meeting(
            session,
            **said,
            today=self.fresh.today(),
            seed=spot.seed,
            beside=spot.beside,
            before=spot.before,
        )

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another body or date."""
        return change_meeting(session, key, **said, today=self.fresh.today())

    def gone(self, session: Session, key: str) -> Session:
        """One meeting less."""
        return remove_meeting(session, key)

    @work
    async def action_notice(self) -> None:
        """Ask how many days' notice the council gives, and when nobody works."""
        notice, today = self.session.notice, self.fresh.today()
        fields = [
            Field("agenda_days", "Agenda, days", str(notice.agenda_days), AGENDA_HINT, (), True),
            Field(
                "forward_plan_days",
                "Forward plan",
                str(notice.forward_plan_days),
                FORWARD_PLAN_HINT,
                (),
                True,
            ),
            Field("closed", "Nobody works on", said_closed(notice), CLOSED_DAYS_HINT),
        ]

        def keep(said: Answers) -> str:
            return self.attempt(
                "Changed the days of notice", lambda now: set_notice(now, **said, today=today)
            )

        await self.app.push_screen_wait(Form("How long before a decision", fields, keep))

    @staticmethod
    def _meeting(session: Session, key: str) -> Meeting:
        return next((found for found in session.meetings if found.id == key), Meeting("", ""))


# Set up's ladder of approval: who can say yes, lowest first.

APPROVAL_COLUMNS = (
    ListColumn("", 3),
    ListColumn("Approval, lowest first"),
    ListColumn("Decided by", 18),
    ListColumn("Actions", 7),
)
LEVEL_WORDS = {
    ApprovalLevel.OFFICER: "officers",
    ApprovalLevel.MEMBER: "a cabinet member",
    ApprovalLevel.BODY: "members as a body",
}


class ApprovalLadder(SetupList):
    """The rungs of the ladder; a rung is known by what it is called."""

    NOUN = "approval"

    def __init__(self, fresh: Context) -> None:
        super().__init__(APPROVAL_COLUMNS, "", fresh)

    def keys_of(self, session: Session) -> list[str]:
        """The rungs, which are their own keys."""
        return list(session.approvals)

    def lines(self, session: Session) -> list[ListRow]:
        """A row a rung, with how many actions need it."""
        return [
            ListRow(
                rung,
                (
                    (str(place), "muted"),
                    rung,
                    (LEVEL_WORDS[approval_level(rung, session.approvals)], "muted"),
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
            ApprovalLevel.OFFICER: "an action that needs it can be a quick win",
            ApprovalLevel.MEMBER: "an action that needs it is no quick win",
            ApprovalLevel.BODY: "an action that needs it is a significant change",
        }[approval_level(key, self.session.approvals)]
        return f"{key}: {held} so far; {kind}"

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """What the rung is called."""
        return [Field("name", "Who approves", key, "Such as director, or whole council.")]

    def made(self, session: Session, said: Answers, spot: InsertPlace) -> Session:
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
