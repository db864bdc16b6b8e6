"""Issues and what was parked, one line each, and the keys that act on one."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from model.edits.issues import add_issue, change_issue, next_status, remove_issue, set_parked
from model.edits.lists import move
from model.edits.placing import put_at, put_beside
from model.edits.records import by_key
from model.ids import derive
from model.session import Issue, IssueStatus, Session
from model.tables.names import place
from tui.dialogs.form import Answers, Field, Form
from tui.fresh import Fresh
from tui.widgets.fitted_list import Fit
from tui.widgets.issue_notes import IssueNotes
from tui.widgets.record_list import Cell, Row

FITS = (
    Fit("code", "", 1),
    Fit("parked", "", 1),
    Fit("text", "Issue"),
    Fit("where", "Where", 10, 24),
    Fit("raised_by", "Raised by", 12, 20, least=70),
    Fit("status", "Status", 8),
)
EMPTY = "No issue yet. Press n to note one, or p to park a thought."
CODES = "D documentation, G governance, T time, R risk; may stay empty."
WHERE = "A ref such as S2.04, or words such as handover; may stay empty."
_LOOKS = {IssueStatus.OPEN: "open", IssueStatus.EXPLORED: "good", IssueStatus.CLOSED: "muted"}


class IssueTable(IssueNotes):
    """All issues in the order of the file, those parked among them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new(False)", "New", id="issue.new", tooltip="Note an issue after this one"),
        Binding(
            "N",
            "new(True)",
            "New before",
            show=False,
            id="issue.new-before",
            tooltip="Note an issue before this one",
        ),
        Binding("e", "edit", "Edit", id="issue.edit", tooltip="Change what it says"),
        Binding("a", "act", "Action", id="issue.act", tooltip="Make an action from this issue"),
        Binding(
            "t",
            "topic",
            "Topic",
            show=False,
            id="issue.topic",
            tooltip="The topic that explores it",
        ),
        Binding("s,space", "status", "Status", id="issue.status", tooltip="Open, explored, closed"),
        Binding(
            "circumflex_accent",
            "parking",
            "Parked",
            show=False,
            id="issue.park",
            tooltip="Park it, or take it up again",
        ),
        Binding("x", "remove", "Remove", show=False, id="issue.remove", tooltip="Take it away"),
        Binding("J", "shift(1)", "Move down", show=False, id="issue.down"),
        Binding("K", "shift(-1)", "Move up", show=False, id="issue.up"),
    ]

    class Wanted(Message):
        """Something is wanted of an issue."""

        def __init__(self, issue: str) -> None:
            super().__init__()
            self.issue = issue

    class ActionWanted(Wanted):
        """An action that comes from the issue."""

    class TopicWanted(Wanted):
        """The issue as the topic of the hour."""

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(FITS, empty=EMPTY, id="issues")
        self.fresh = fresh

    def watch_session(self) -> None:
        """Show what changed; the cursor goes to an issue that was just noted."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows again."""
        rows = []
        for issue in self.session.issues:
            made = _cells(self.session, issue)
            rows.append(Row(issue.id, tuple(made[name] for name in self.shown)))
        self.put(rows)

    @property
    def issue(self) -> Issue | None:
        """The issue under the cursor."""
        return next((one for one in self.session.issues if one.id == self.key), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs an issue is dimmed where there is none."""
        needs = {"write", "edit", "act", "topic", "status", "parking", "remove", "shift"}
        return None if action in needs and not self.issue else True

    def _change(self, label: str, change: Callable[..., Session], *said: object) -> None:
        if found := self.issue:
            self.attempt_or_say(
                f"{label}: {found.text}", lambda session: change(session, found.id, *said)
            )

    @work
    async def action_new(self, before: bool) -> None:
        """Ask for an issue."""
        seed, beside = self.fresh.seed(), self.key
        made = derive(seed, "i")

        def keep(said: Answers) -> str:
            def change(session: Session) -> Session:
                session = add_issue(
                    session,
                    said["text"],
                    seed=seed,
                    code=said["code"],
                    raised_by=said["raised_by"],
                )
                session = put_at(session, "issues", made, said["where"])
                return put_beside(session, "issues", made, beside, before=before)

            return self.attempt(f"New issue: {said['text']}", change)

        fields = _fields(self.session, Issue("", ""))
        if await self.app.push_screen_wait(Form("An issue", fields, keep)) is not None:
            self.go_to(made)

    @work
    async def action_edit(self) -> None:
        """Ask for what it says now."""
        if not (found := self.issue):
            return
        fields = _fields(self.session, found)
        was = {field.name: field.value for field in fields}

        def keep(said: Answers) -> str:
            moved = said["where"] != was["where"]

            def change(session: Session) -> Session:
                near = by_key(session, "issues", found.id).near
                session = change_issue(
                    session,
                    found.id,
                    text=said["text"],
                    code=said["code"],
                    near=near,
                    raised_by=said["raised_by"],
                )
                return put_at(session, "issues", found.id, said["where"]) if moved else session

            return self.attempt(f"Edit issue: {said['text']}", change)

        await self.app.push_screen_wait(Form("An issue", fields, keep))

    def action_act(self) -> None:
        """Make an action from it."""
        self.post_message(self.ActionWanted(self.key))

    def action_topic(self) -> None:
        """Explore it as a topic."""
        self.post_message(self.TopicWanted(self.key))

    def action_status(self) -> None:
        """Go on to the next status."""
        if found := self.issue:
            new = by_key(next_status(self.session, found.id), "issues", found.id)
            self._change(new.status.capitalize(), next_status)

    def action_parking(self) -> None:
        """Park it, or take it up again."""
        if found := self.issue:
            label = "Taken up again" if found.parked else "Parked"
            self._change(label, set_parked, not found.parked)

    def action_remove(self) -> None:
        """Take it away."""
        self._change("Removed", remove_issue)

    def action_shift(self, by: int) -> None:
        """Move it down or up."""
        self._change("Moved", lambda session, issue: move(session, "issues", issue, by))


def _fields(session: Session, issue: Issue) -> list[Field]:
    where = place(session, issue.activity, issue.near)
    people = [person.name for person in session.people]
    return [
        Field("text", "Issue", issue.text, "What is wrong, in a sentence."),
        Field("code", "Code", issue.code or "", CODES, chosen=True),
        Field("where", "Where", where, WHERE),
        Field("raised_by", "Raised by", issue.raised_by, "A name or a team.", people),
    ]


def _cells(session: Session, issue: Issue) -> dict[str, Cell]:
    over = issue.status is IssueStatus.CLOSED
    return {
        "code": (issue.code or "", "issue"),
        "parked": ("^", "open") if issue.parked else "",
        "text": (issue.text, "muted") if over else issue.text,
        "where": (place(session, issue.activity, issue.near), "muted"),
        "raised_by": issue.raised_by,
        "status": (issue.status, _LOOKS[issue.status]),
    }
