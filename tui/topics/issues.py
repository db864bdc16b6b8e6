"""Issues and what was parked: a line each, and keys that edit, explore and close one."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from offwall.model.actions.issues import ISSUES, next_issue_status, set_parked
from offwall.model.process import place_label
from offwall.model.process.targets import put_at
from offwall.model.records import Issue, IssueStatus, Session, by_key, derive
from offwall.model.records.fields import value_of
from offwall.model.records.ids import IssueId
from offwall.model.records.pointers import no_id
from offwall.model.store import topic_kinds
from offwall.model.topics.topics import topic_of, write_issue
from offwall.tui.kit import Answers, Context, Form, ListCell, ListRow, SessionWidget
from offwall.tui.kit.multiline_form import MultilineForm
from offwall.tui.kit.record_list import FittedColumn, FittedList
from offwall.tui.kit.setup_list import fields_of
from offwall.tui.topics.topic_detail import topic_prompts

NOTE_FIELDS = {"notes": "Causes and options", "outcome": "What came out"}
CLOSES_HINT = "An outcome closes the issue. Nothing written opens it again."


class IssueNotes(SessionWidget, FittedList):
    """The keys that write what the topic of an issue says; they take it up where it is not yet."""

    fresh: Context
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "write('notes')", "Explore", id="issue.notes", tooltip="Causes and options"
        ),
        Binding(
            "o", "write('outcome')", "Close", id="issue.outcome", tooltip="Close with an outcome"
        ),
    ]

    @property
    def issue(self) -> Issue | None:
        """The issue under the cursor."""
        raise NotImplementedError

    @work
    async def action_write(self, field: str) -> None:
        """Write the notes or the outcome."""
        if not (found := self.issue):
            return
        topic = topic_of(self.session, "issue", found.id)
        seed = self.fresh.seed()

        def keep(text: str) -> str:
            return self.attempt(
                f"{NOTE_FIELDS[field]}: {found.text}",
                lambda session: write_issue(session, found.id, field, text, seed=seed),
            )

        before = value_of(topic, field) if topic else ""
        about = self._questions() if field == "notes" else CLOSES_HINT
        await self.app.push_screen_wait(
            MultilineForm(f"{NOTE_FIELDS[field]}: {found.text}", before, keep, about)
        )

    def _questions(self) -> str:
        kinds = topic_kinds(self.fresh.presets)
        return topic_prompts(next((kind for kind in kinds if kind.kind == "issue"), None))


# Issues and what was parked, one line each, and the keys that act on one.

ISSUE_COLUMNS = (
    FittedColumn("code", "", 1),
    FittedColumn("parked", "", 1),
    FittedColumn("text", "Issue"),
    FittedColumn("where", "Where", 10, 24),
    FittedColumn("raised_by", "Raised by", 12, 20, least=70),
    FittedColumn("status", "Status", 8),
)
NO_ISSUES = "No issue yet. Press n to note one, or p to park a thought."
_STATUS_LOOKS = {
    IssueStatus.OPEN: "open",
    IssueStatus.EXPLORED: "good",
    IssueStatus.CLOSED: "muted",
}


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

        def __init__(self, issue: IssueId) -> None:
            super().__init__()
            self.issue = issue

    class ActionWanted(Wanted):
        """An action that comes from the issue."""

    class TopicWanted(Wanted):
        """The issue as the topic of the hour."""

    def __init__(self, fresh: Context) -> None:
        super().__init__(ISSUE_COLUMNS, empty=NO_ISSUES, id="issues")
        self.fresh = fresh

    def watch_session(self) -> None:
        """Show what changed; the cursor goes to an issue that was just noted."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows again."""
        rows = []
        for issue in self.session.issues:
            made = _cells(self.session, issue)
            rows.append(ListRow(issue.id, tuple(made[name] for name in self.shown)))
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

        def change(session: Session, said: Answers) -> Session:
            session = ISSUES.add(session, said, seed=seed, beside=beside, before=before)
            return put_at(session, "issues", made, said["near"])

        def keep(said: Answers) -> str:
            return self.attempt(f"New issue: {said['text']}", lambda now: change(now, said))

        form = Form("An issue", fields_of(ISSUES, self.session), keep)
        if await self.app.push_screen_wait(form) is not None:
            self.go_to(made)

    @work
    async def action_edit(self) -> None:
        """Ask for what it says now."""
        if not (found := self.issue):
            return
        where = place_label(self.session, found.activity, found.near)

        def change(session: Session, said: Answers) -> Session:
            said, near = dict(said), said["near"]
            del said["near"]
            session = ISSUES.change(session, found.id, said)
            return put_at(session, "issues", found.id, near) if near != where else session

        def keep(said: Answers) -> str:
            return self.attempt(f"Edit issue: {said['text']}", lambda now: change(now, said))

        fields = [
            replace(field, value=where) if field.name == "near" else field
            for field in fields_of(ISSUES, self.session, found)
        ]
        await self.app.push_screen_wait(Form("An issue", fields, keep))

    def action_act(self) -> None:
        """Make an action from it."""
        if found := self.issue:
            self.post_message(self.ActionWanted(found.id))

    def action_topic(self) -> None:
        """Explore it as a topic."""
        if found := self.issue:
            self.post_message(self.TopicWanted(found.id))

    def action_status(self) -> None:
        """Go on to the next status."""
        if found := self.issue:
            new = by_key(next_issue_status(self.session, found.id), "issues", found.id)
            self._change(new.status.capitalize(), next_issue_status)

    def action_parking(self) -> None:
        """Park it, or take it up again."""
        if found := self.issue:
            label = "Taken up again" if found.parked else "Parked"
            self._change(label, set_parked, not found.parked)

    def action_remove(self) -> None:
        """Take it away."""
        self._change("Removed", ISSUES.remove)

    def action_shift(self, by: int) -> None:
        """Move it down or up."""
        self._change("Moved", ISSUES.move, by)


def _cells(session: Session, issue: Issue) -> dict[str, ListCell]:
    over = issue.status is IssueStatus.CLOSED
    return {
        "code": (issue.code or "", "issue"),
        "parked": ("^", "open") if issue.parked else "",
        "text": (issue.text, "muted") if over else issue.text,
        "where": (place_label(session, issue.activity, issue.near), "muted"),
        "raised_by": no_id(issue.raised_by),
        "status": (issue.status, _STATUS_LOOKS[issue.status]),
    }
