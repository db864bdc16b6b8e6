"""Part 1's screen of topics: those taken up, the catalogue, issues, and their actions."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from offwall.model.actions.ranking import why_ranked
from offwall.model.process import owner_labels, place_label, role_labels
from offwall.model.process.post_it_fields import MEANINGS
from offwall.model.records import Action, ActionKind, ActionStatus, Issue, Session, say_date
from offwall.model.records.fields import value_of
from offwall.model.records.ids import NO_ISSUE, IssueId
from offwall.model.records.pointers import no_id
from offwall.model.records.session import Topic
from offwall.model.store import topic_kinds
from offwall.model.store.presets.catalogues import TopicKind
from offwall.model.topics.topic_signs import first_gap
from offwall.model.topics.topics import (
    new_topic_id,
    open_topic,
    remove_topic,
    rename_topic,
    set_minutes,
    topic_of,
    write_topic,
)
from offwall.tui.actions.action_line import ActionLine, ActionPlace
from offwall.tui.actions.action_table import ActionTable
from offwall.tui.kit import (
    Answers,
    Context,
    Field,
    Form,
    ListCell,
    ListRow,
    RecordList,
    Say,
    SessionScreen,
    SessionWidget,
    plain,
)
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.messages import Go
from offwall.tui.kit.multiline_form import MultilineForm
from offwall.tui.kit.record_list import FittedColumn, FittedList
from offwall.tui.kit.sections import Sections
from offwall.tui.process import STAGE_KEY
from offwall.tui.topics.issues import IssueTable
from offwall.tui.topics.topic_detail import (
    TopicKinds,
    topic_detail,
    topic_gist,
    topic_kind_detail,
    topic_prompts,
    topic_title,
)

TOPIC_COLUMNS = (
    FittedColumn("title", "Topic"),
    FittedColumn("minutes", "Min", 4),
    FittedColumn("about", "About", least=76),
)
KIND_KEY = "kind:"
"""What the key of a row of the catalogue begins with."""

TopicChange = Callable[[Session, str, str], Session]
KINDS_WITH_SCREEN = ("governance", "ranking", "tiering")
"""The kinds that have a screen of their own, called like them."""

WALL_CHOICES = (
    "Go to part 2, to the first gap",
    "Ask what could improve: keep, change, drop, new",
    "Stay, and write its notes",
)


class TopicList(SessionWidget, FittedList):
    """Enter takes a topic of the catalogue up; on one that is open it goes on with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="topic.open", tooltip="Take it up, or go on with it"),
        Binding("e", "write('notes')", "Notes", id="topic.notes", tooltip="Write its notes"),
        Binding("o", "write('outcome')", "Outcome", id="topic.outcome", tooltip="What came out"),
        Binding("m", "minutes", "Minutes", id="topic.minutes", tooltip="How long it took"),
        Binding("t", "title", "Title", show=False, id="topic.title", tooltip="Call it otherwise"),
        Binding("x", "remove", "Remove", show=False, id="topic.remove", tooltip="Take it away"),
    ]

    def __init__(self, fresh: Context, kinds: TopicKinds) -> None:
        super().__init__(TOPIC_COLUMNS, id="topics")
        self.fresh = fresh
        self._kinds = kinds

    def watch_session(self) -> None:
        """Show what changed; the cursor goes to a topic that was just taken up."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows: the topics taken up, then the rest of the catalogue."""
        session, rows = self.session, []
        if session.topics:
            rows.append(ListRow("open:", ("Taken up",), heading=True))
        for topic in session.topics:
            minutes = str(topic.minutes or "")
            title = topic_title(session, self._kinds, topic)
            rows.append(self._made(topic.id, title, minutes, topic_gist(topic)))
        rows.append(ListRow("catalogue:", ("Choose one for the hour",), heading=True))
        for kind in self._kinds.values():
            if not topic_of(session, kind.kind):
                rows.append(self._made(KIND_KEY + kind.kind, kind.title, "", kind.when))
        if not self.rows:
            self._awaited = self._awaited or next(row.key for row in rows if not row.heading)
        self.put(rows)

    def _made(self, key: str, title: str, minutes: str, about: str) -> ListRow:
        cells: dict[str, ListCell] = {"title": title, "minutes": minutes, "about": (about, "muted")}
        return ListRow(key, tuple(cells[name] for name in self.shown))

    @property
    def topic(self) -> Topic | None:
        """The topic under the cursor, where it is one that is taken up."""
        return next((one for one in self.session.topics if one.id == self.key), None)

    @property
    def kind(self) -> TopicKind | None:
        """The catalogue's entry under the cursor, or that of the topic there."""
        name = self.topic.kind if self.topic else self.key.removeprefix(KIND_KEY)
        return self._kinds.get(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a topic that is taken up is dimmed on others."""
        if action in ("write", "minutes", "title", "remove"):
            return True if self.topic else None
        return True if action != "open" or self.topic or self.kind else None

    @work
    async def action_open(self) -> None:
        """Take the topic up, and go on with it."""
        topic, kind = self.topic, self.kind
        if topic is None and kind is not None:
            if kind.kind == "issue":
                await self._choose_issue()
            elif kind.kind == "own":
                await self._name_own()
            elif self._take_up(kind.kind, kind.title):
                await self._go_on(kind.kind, None)
        elif topic is not None:
            await self._go_on(topic.kind, topic)

    async def _go_on(self, kind: str, topic: Topic | None) -> None:
        if kind == "mapping":
            place = await self.app.push_screen_wait(Choice("Go on mapping", WALL_CHOICES))
            if place == 0:
                stage, activity = first_gap(self.session)
                self.post_message(Go("record", activity or (stage and STAGE_KEY + stage)))
            elif place == 1:
                self.post_message(Go("challenge"))
            elif place == 2 and self.topic:
                await self._write(self.topic, "notes")
        elif kind in KINDS_WITH_SCREEN:
            self.post_message(Go(kind))
        elif topic is not None:
            await self._write(topic, "notes")

    def _take_up(
        self, kind: str, called: str, *, title: str = "", issue: IssueId = NO_ISSUE
    ) -> str:
        """Take a topic up. The answer is its id, or nothing where it cannot be."""
        seed = self.fresh.seed()

        def change(session: Session) -> Session:
            return open_topic(session, kind, seed=seed, title=title, issue=issue)

        if not self.attempt_or_say(f"Taken up: {called}", change):
            return ""
        self.go_to(new_topic_id(seed))
        return new_topic_id(seed)

    async def _choose_issue(self) -> None:
        issues = sorted(self.session.issues, key=lambda issue: not issue.parked)
        if not issues:
            said = "There is no issue yet. Press l, then n to note one; or p to park a thought."
            self.post_message(Say(said, wrong=True))
            return
        names = [_topic_name(issue) for issue in issues]
        place = await self.app.push_screen_wait(Choice("Which issue?", names))
        if place is not None:
            self._explore(issues[place].id)

    def explore(self, issue: IssueId) -> None:
        """Take an issue up as a topic, or stand on the topic that it is already."""
        # Textual stops a message at the screen that was at work when it was sent; so the list
        # asks for the change when it is at work itself.
        self.call_later(self._explore, issue)

    def _explore(self, issue: IssueId) -> None:
        found = topic_of(self.session, "issue", issue)
        if found:
            self.go_to(found.id)
            return
        text = next((one.text for one in self.session.issues if one.id == issue), "")
        self._take_up("issue", text, issue=issue)

    async def _name_own(self) -> None:
        seed = self.fresh.seed()

        def keep(said: Answers) -> str:
            return self.attempt(
                f"Taken up: {said['title']}",
                lambda session: open_topic(session, "own", seed=seed, title=said["title"]),
            )

        form = Form("A topic of your own", [Field("title", "What is it?")], keep)
        if await self.app.push_screen_wait(form) is not None:
            self.go_to(new_topic_id(seed))

    @work
    async def action_write(self, field: str) -> None:
        """Write the notes or the outcome."""
        if self.topic:
            await self._write(self.topic, field)

    async def _write(self, topic: Topic, field: str) -> None:
        title = topic_title(self.session, self._kinds, topic)

        def keep(text: str) -> str:
            return self.attempt(
                f"{field.capitalize()} of {title}",
                lambda session: write_topic(session, topic.id, field, text),
            )

        kind = self._kinds.get(topic.kind)
        about = topic_prompts(kind) if field == "notes" else (kind.outcome if kind else "")
        heading = f"{field.capitalize()}: {title}"
        await self.app.push_screen_wait(MultilineForm(heading, value_of(topic, field), keep, about))

    async def _ask(self, topic: Topic, field: Field, label: str, change: TopicChange) -> None:
        def keep(said: Answers) -> str:
            text = said[field.name]
            return self.attempt(f"{label} {text}", lambda s: change(s, topic.id, text))

        title = topic_title(self.session, self._kinds, topic)
        await self.app.push_screen_wait(Form(title, [field], keep))

    @work
    async def action_minutes(self) -> None:
        """Ask how long it took; the part's time that no topic has yet is offered."""
        if topic := self.topic:
            spent = sum(one.minutes for one in self.session.topics)
            left = max(0, self.session.clock.topic.used - spent)
            field = Field("minutes", "Minutes", str(topic.minutes or left or ""), chosen=True)
            await self._ask(topic, field, "Minutes", set_minutes)

    @work
    async def action_title(self) -> None:
        """Ask what to call it."""
        if topic := self.topic:
            await self._ask(topic, Field("title", "Title", topic.title), "Title", rename_topic)

    def action_remove(self) -> None:
        """Take it away."""
        if topic := self.topic:
            title = topic_title(self.session, self._kinds, topic)
            self.attempt_or_say(f"Removed: {title}", lambda s: remove_topic(s, topic.id))


def _topic_name(issue: Issue) -> str:
    parked = "parked  " if issue.parked else ""
    return f"{parked}{issue.code or ' '}  {issue.text}"


# All there is to say of the topic under the cursor: what to ask, what was said, what came out.

TOPIC_HINT = "Enter takes a topic up. Its notes, outcome and minutes go into the workbook."


class TopicDetail(SessionWidget, Widget):
    """Below the topics, or beside them where there is room."""

    DEFAULT_CSS = """
    TopicDetail { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, kinds: TopicKinds) -> None:
        super().__init__()
        self._kinds = kinds
        self._key = ""

    def look_at(self, key: str) -> None:
        """Show another row of the list."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The topic that is taken up, or the catalogue's entry."""
        for topic in self.session.topics:
            if topic.id == self._key:
                return topic_detail(self.session, self._kinds, topic)
        kind = self._kinds.get(self._key.removeprefix(KIND_KEY))
        return topic_kind_detail(self.session, kind) if kind else Content(TOPIC_HINT)


# The few lines under a list that say in full what its columns cut short.


class RecordDetail(SessionWidget, Widget):
    """Says the issue or the action under the cursor, by its id, in full."""

    DEFAULT_CSS = """
    RecordDetail { height: 4; padding: 0 1; border-top: solid $primary-background; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._key = ""

    def look_at(self, key: str) -> None:
        """Show another record."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The words of the record, and what there is to say about it."""
        session = self.session
        for action in session.actions:
            if action.id == self._key:
                improvement = action.kind is ActionKind.IMPROVEMENT
                reason = why_ranked(session, action) if improvement else ""
                return _lines(action.text, reason, " · ".join(_action_facts(session, action)))
        for issue in session.issues:
            if issue.id == self._key:
                return _lines(issue.text, " · ".join(_issue_facts(session, issue)))
        return Content("")


def _lines(text: str, *more: str) -> Content:
    said = [Content.styled(plain(line), "$text-muted") for line in more if line]
    return Content("\n").join([Content.styled(plain(text), "bold"), *said])


def _action_facts(session: Session, action: Action) -> Iterator[str]:
    called = owner_labels(session, role_labels(session))
    for label, who in zip(("", "with "), action.who, strict=True):
        if who:
            yield label + called.get(who, who)
    if action.status is not ActionStatus.OPEN:
        yield action.status
    if action.due:
        yield f"by {say_date(action.due)}"
    if action.done_on:
        yield f"done {say_date(action.done_on)}"
    if action.needs:
        yield f"needs {', '.join(action.needs)}"
    if where := place_label(session, action.activity, action.near):
        yield f"at {where}"
    yield from (f"issue: {one.text}" for one in session.issues if one.id == action.issue)


def _issue_facts(session: Session, issue: Issue) -> Iterator[str]:
    if issue.code:
        yield MEANINGS[issue.code]
    if issue.parked:
        yield "parked"
    if activity := session.activity_by_id.get(issue.activity):
        yield f"{session.ref_by_id[activity.id]} {activity.text}"
    elif where := place_label(session, issue.activity, issue.near):
        yield f"near {where}"
    if issue.raised_by:
        yield f"raised by {no_id(issue.raised_by)}"
    if issue.source:
        yield f"from {issue.source}"
    yield from (f"action: {one.text}" for one in session.actions if one.issue == issue.id)


# Part 1: consider a specialist topic, its issues, and the actions that come of it, ranked.

TOPIC_SECTION, ISSUES_SECTION, ACTIONS_SECTION = "Topic", "Issues", "Actions"


class TopicScreen(SessionScreen):
    """The topics, the issues and the actions, a section each, and the line of an action."""

    TITLE = "1 Consider a specialist topic"
    PART = "topic"
    CSS_PATH = "topic_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def __init__(self, session: Session, fresh: Context, place: str = "") -> None:
        super().__init__(session, fresh, place)
        self._kinds = {kind.kind: kind for kind in topic_kinds(fresh.presets)}

    def body(self) -> ComposeResult:
        """The sections, and the line under them while it is used."""
        session = SessionScreen.session
        with Sections(TOPIC_SECTION, ISSUES_SECTION, ACTIONS_SECTION):
            with Vertical(id="topic-topics"):
                yield TopicList(self.fresh, self._kinds).data_bind(session)
                yield TopicDetail(self._kinds).data_bind(session)
            with Vertical(id="topic-issues"):
                yield IssueTable(self.fresh).data_bind(session)
                yield RecordDetail().data_bind(session)
            with Vertical(id="topic-actions"):
                yield ActionTable(self.fresh).data_bind(session)
                yield RecordDetail().data_bind(session)
        yield ActionLine(self.fresh).data_bind(session)

    @property
    def _sections(self) -> Sections:
        return self.query_one(Sections)

    @property
    def topic(self) -> str:
        """The topic under the cursor, while the topics are shown."""
        found = self.query_one(TopicList).topic
        return found.id if found and self._sections.current == TOPIC_SECTION else ""

    def on_mount(self) -> None:
        """Stand on the record that was asked for, or on the topics."""
        self._sections.show(self._section_of(self.place))
        if self.place:
            for table in (TopicList, IssueTable, ActionTable):
                self.query_one(table).go_to(self.place)

    def _section_of(self, place: str) -> str:
        if any(issue.id == place for issue in self.session.issues):
            return ISSUES_SECTION
        if any(action.id == place for action in self.session.actions):
            return ACTIONS_SECTION
        return TOPIC_SECTION

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """What is said in full follows the cursor of the list above it."""
        event.stop()
        for shown in event.sender.siblings:
            if isinstance(shown, TopicDetail | RecordDetail):
                shown.look_at(event.key)

    def on_issue_table_topic_wanted(self, event: IssueTable.TopicWanted) -> None:
        """Take the issue up as a topic."""
        event.stop()
        self._sections.show(TOPIC_SECTION)
        self.query_one(TopicList).explore(event.issue)

    def on_issue_table_action_wanted(self, event: IssueTable.ActionWanted) -> None:
        """Take the line up for an action from the issue."""
        event.stop()
        self.query_one(ActionLine).open(ActionPlace("new", issue=event.issue))

    def on_action_table_line_wanted(self, event: ActionTable.LineWanted) -> None:
        """Take the line up where the cursor stands."""
        event.stop()
        self.query_one(ActionLine).open(event.place)

    def on_action_line_kept(self, event: ActionLine.Kept) -> None:
        """Stand on what was kept."""
        event.stop()
        self.query_one(ActionTable).go_to(event.action)

    def on_action_line_closed(self) -> None:
        """Back to the list."""
        self._sections.focus_section()
