"""Set up's meetings: which bodies sit when, and when their papers are due."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.dates import say_date
from model.edits.meetings import add_meeting, change_meeting, remove_meeting
from model.edits.notice import said_closed, set_notice
from model.session import Meeting, Session
from tui.dialogs.form import Answers, Field, Form
from tui.fresh import Fresh
from tui.widgets.record_list import Column, Row
from tui.widgets.setup_list import SetupList, Spot
from tui.widgets.setup_words import date_field

COLUMNS = (Column("Meeting"), Column("Sits on", 15), Column("Papers due", 15))
EMPTY = "No meetings yet. Press n and name the first, such as Cabinet."

AGENDA = "Clear working days before a meeting; England's rule is 5."
FORWARD = "Clear days before a key decision; England's rule is 28."
CLOSED = "Besides weekends and bank holidays, such as 29 Dec, 30 Dec."


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

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, EMPTY, fresh)

    def lines(self, session: Session) -> list[Row]:
        """A row a meeting."""
        return [
            Row(
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

    def made(self, session: Session, said: Answers, spot: Spot) -> Session:
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
            Field("agenda_days", "Agenda, days", str(notice.agenda_days), AGENDA, (), True),
            Field(
                "forward_plan_days",
                "Forward plan",
                str(notice.forward_plan_days),
                FORWARD,
                (),
                True,
            ),
            Field("closed", "Nobody works on", said_closed(notice), CLOSED),
        ]

        def keep(said: Answers) -> str:
            return self.attempt(
                "Changed the days of notice", lambda now: set_notice(now, **said, today=today)
            )

        await self.app.push_screen_wait(Form("How long before a decision", fields, keep))

    @staticmethod
    def _meeting(session: Session, key: str) -> Meeting:
        return next((found for found in session.meetings if found.id == key), Meeting("", ""))
