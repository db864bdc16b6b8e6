"""Part 1's screen of topics: those chosen, the catalogue, issues, and their actions."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from offwall.model.actions.ranking import why_ranked
from offwall.model.process import owner_labels, place_label, role_labels
from offwall.model.process.post_it import MEANINGS
from offwall.model.records import Action, ActionKind, ActionStatus, Issue, Session, say_date
from offwall.model.records.fields import value_of
from offwall.model.records.ids import NO_ISSUE, IssueId
from offwall.model.records.session import Besides, Topic
from offwall.model.records.text import counted, plain
from offwall.model.records.uses import no_id
from offwall.model.store import topic_kinds
from offwall.model.store.presets.catalogues import TopicKind
from offwall.model.topics.topic_signs import first_gap
from offwall.model.topics.topics import (
    SEVERAL_KINDS,
    new_topic_id,
    open_topic,
    remove_topic,
    rename_topic,
    set_minutes,
    topic_of,
    write_topic,
)
from offwall.tui.actions.action_commands import ActionLineWanted
from offwall.tui.actions.action_line import ActionLine, ActionPlace
from offwall.tui.actions.action_table import ActionTable
from offwall.tui.kit import Context, Field, ListCell, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import BESIDE, DetailPanel, FactsPanel, facts, framed
from offwall.tui.kit.keys import (
    NOTHING,
    Choose,
    Here,
    Need,
    Outcome,
    Write,
    ask_one,
    foot,
    key,
    keys,
    looks,
)
from offwall.tui.kit.messages import Go
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.kit.sections import Sections
from offwall.tui.process import STAGE_KEY
from offwall.tui.topics.issues import IssueActionWanted, IssueTable, TopicWanted
from offwall.tui.topics.issues import explore as explore_issue
from offwall.tui.topics.topic_detail import (
    TopicKinds,
    named_kinds,
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
TIMES_CHOICE = "Ask how long each stage takes, and how often"


def _called(at: Here, topic: Topic) -> str:
    return topic_title(at.session, at.view, topic)


def _kind(at: Here) -> TopicKind | None:
    """The catalogue's entry under the cursor, or that of the topic there."""
    name = at.record.kind if at.record else at.key.removeprefix(KIND_KEY)
    found: TopicKind | None = at.view.get(name)
    return found


@looks
def open_(at: Here, topic: Topic | None) -> Outcome:
    """Open it to look; only what is written or chosen is kept."""
    kind = topic.kind if topic else at.key.removeprefix(KIND_KEY)
    if kind == "mapping":
        choices = WALL_CHOICES + (TIMES_CHOICE,) * at.session.records(Besides.TIMES)
        return Outcome(ask=Choose("Go on mapping", choices, partial(_on_the_wall, at, topic)))
    if kind in KINDS_WITH_SCREEN:
        return Outcome(post=Go(kind))
    explored = topic and next((one for one in at.session.issues if one.id == topic.issue), None)
    if explored and kind == "issue":
        return explore_issue(at, explored)
    return write(at, topic, "notes") if topic else choose(at, None)


def choose(at: Here, _: Topic | None) -> Outcome:
    """Choose it for the hour: it then has notes, an outcome and minutes."""
    kind = _kind(at)
    if kind is None:
        return NOTHING
    if kind.kind == "issue":
        return _choose_issue(at)
    return _name_own(at) if kind.kind == "own" else take_up(at, kind.kind, kind.title)


def _on_the_wall(at: Here, topic: Topic | None, place: int) -> Outcome:
    if place == 0:
        stage, activity = first_gap(at.session)
        return Outcome(post=Go("record", activity or (stage and STAGE_KEY + stage)))
    if place == 1:
        return Outcome(post=Go("challenge"))
    if place == 3:
        return Outcome(post=Go("times"))
    return write(at, topic, "notes")


def take_up(
    at: Here, kind: str, called: str, title: str = "", issue: IssueId = NO_ISSUE
) -> Outcome:
    """Choose a topic, and stand on it."""
    seed = at.fresh.seed()
    return Outcome(
        f"Chosen: {called}",
        lambda session: open_topic(session, kind, seed=seed, title=title, issue=issue),
        go=new_topic_id(seed),
    )


def explore(at: Here, issue: IssueId) -> Outcome:
    """Choose an issue as a topic, or stand on the topic that it is already."""
    if found := topic_of(at.session, "issue", issue):
        return Outcome(go=found.id)
    text = next((one.text for one in at.session.issues if one.id == issue), "")
    return take_up(at, "issue", text, issue=issue)


def _choose_issue(at: Here) -> Outcome:
    issues = sorted(at.session.issues, key=lambda issue: not issue.parked)
    if not issues:
        said = "There is no issue yet. Press l, then n to note one; or p to park a thought."
        return Outcome(wrong=said)
    names = [_topic_name(issue) for issue in issues]
    return Outcome(ask=Choose("Which issue?", names, lambda place: explore(at, issues[place].id)))


def _name_own(at: Here) -> Outcome:
    field = Field("title", "What is it?")
    return ask_one("A topic of your own", field, lambda said: take_up(at, "own", said, title=said))


def write(at: Here, topic: Topic | None, field: str) -> Outcome:
    """Write the notes or the outcome; that chooses the topic."""
    kind = _kind(at)
    made = Outcome() if topic or kind is None else take_up(at, kind.kind, kind.title)
    topic = topic or Topic(made.go, kind.kind if kind else "")
    title, known, begin = _called(at, topic), topic.id, made.change or (lambda session: session)
    about = topic_prompts(kind) if field == "notes" else (kind.outcome if kind else "")

    def answered(text: str) -> Outcome:
        if made.change and not text.strip():
            return NOTHING
        label = f"{field.capitalize()} of {title}"
        return Outcome(label, lambda s: write_topic(begin(s), known, field, text), go=made.go)

    heading = f"{field.capitalize()}: {title}"
    return Outcome(ask=Write(heading, value_of(topic, field), answered, about))


def _ask(at: Here, topic: Topic, field: Field, change: TopicChange) -> Outcome:
    def keep(said: str) -> Outcome:
        return Outcome(f"{field.label} {said}", lambda s: change(s, topic.id, said))

    return ask_one(_called(at, topic), field, keep)


def minutes(at: Here, topic: Topic) -> Outcome:
    """How long it took."""
    spent = sum(one.minutes for one in at.session.topics)
    left = max(0, at.session.clock.topic.used - spent)
    field = Field("minutes", "Minutes", str(topic.minutes or left or ""), chosen=True)
    return _ask(at, topic, field, set_minutes)


def title(at: Here, topic: Topic) -> Outcome:
    """Call it otherwise."""
    return _ask(at, topic, Field("title", "Title", topic.title), rename_topic)


def remove(at: Here, topic: Topic) -> Outcome:
    """Take it away."""
    return Outcome(f"Removed: {_called(at, topic)}", lambda s: remove_topic(s, topic.id))


CHOSEN = Need(lambda at: at.record, "That topic is not chosen yet: space chooses it.")
NOT_CHOSEN = Need(lambda at: not at.record and _kind(at), "It is chosen already.")
WRITABLE = Need(
    lambda at: at.record or ((kind := _kind(at)) and kind.kind not in SEVERAL_KINDS),
    "Move to a topic. For an issue, or a topic of your own, press space first.",
)
A_TOPIC = Need(lambda at: at.record or _kind(at), "That is a heading. Move to a topic.")
TOPIC_KEYS = keys(
    "topic",
    foot("enter", "open", "Open", open_, needs=A_TOPIC),
    foot("space", "choose", "Choose", choose, needs=NOT_CHOSEN),
    foot("e", "notes", "Notes", partial(write, field="notes"), "Write its notes", WRITABLE),
    foot("o", "outcome", "Outcome", partial(write, field="outcome"), "What came out", WRITABLE),
    foot("number_sign", "minutes", "Minutes", minutes, needs=CHOSEN),
    key("underscore", "title", "Title", title, needs=CHOSEN),
    key("x", "remove", "Remove", remove, needs=CHOSEN),
)


class TopicList(RecordList):
    """Enter opens a topic to look; space chooses it, and so does writing its notes or outcome."""

    BINDINGS: ClassVar[list[BindingType]] = TOPIC_KEYS

    def __init__(self, fresh: Context, kinds: TopicKinds) -> None:
        super().__init__(TOPIC_COLUMNS, id="topics")
        self.fresh = fresh
        self._kinds = kinds

    def rebuild(self) -> None:
        """Make the rows: the topics chosen, then the rest of the catalogue."""
        session, rows = self.session, []
        if session.topics:
            rows.append(ListRow("open:", ("Chosen",), heading=True))
        for topic in session.topics:
            minutes = str(topic.minutes or "")
            title = topic_title(session, self._kinds, topic)
            rows.append(self._made(topic.id, title, minutes, topic_gist(topic)))
        rows.append(ListRow("catalogue:", ("Choose one for the hour",), heading=True))
        rows += [
            self._made(KIND_KEY + kind.kind, kind.title, "", kind.when)
            for kind in named_kinds(session, self._kinds).values()
            if not topic_of(session, kind.kind)
        ]
        if not self.rows:
            self._awaited = self._awaited or next(row.key for row in rows if not row.heading)
        self.put(rows)

    def _made(self, key: str, title: str, minutes: str, about: str) -> ListRow:
        cells: dict[str, ListCell] = {"title": title, "minutes": minutes, "about": (about, "muted")}
        return self.row(key, cells)

    @property
    def record(self) -> Topic | None:
        """The topic under the cursor, where it is one that is chosen."""
        return next((one for one in self.session.topics if one.id == self.key), None)

    def here(self) -> Here:
        """The topic, and the catalogue."""
        return Here(
            self.session, self.fresh, self.key, self.record, named_kinds(self.session, self._kinds)
        )

    def explore(self, issue: IssueId) -> None:
        """Take an issue up as a topic, or stand on the topic that it is already."""
        # Textual stops a message at the screen that was at work when it was sent; so the list
        # asks for the change when it is at work itself.
        self.call_later(lambda: self.perform(explore(self.here(), issue)))


def _topic_name(issue: Issue) -> str:
    parked = "parked  " if issue.parked else ""
    return f"{parked}{issue.code or ' '}  {issue.text}"


# All there is to say of the topic under the cursor: what to ask, what was said, what came out.

TOPIC_HINT = "Space chooses a topic. Its notes, outcome and minutes go into the workbook."


def any_topic_detail(kinds: TopicKinds, session: Session) -> Callable[[str], Content]:
    """The topic that is chosen, or the catalogue's entry."""
    taken = {topic.id: topic for topic in session.topics}
    kinds = named_kinds(session, kinds)

    def words(known: str) -> Content:
        if known in taken:
            return topic_detail(session, kinds, taken[known])
        kind = kinds.get(known.removeprefix(KIND_KEY))
        return topic_kind_detail(session, kind) if kind else Content(TOPIC_HINT)

    return words


# What is said of an issue or an action under the cursor, also what its columns have no room for.


def record_detail(session: Session) -> Callable[[str], Content]:
    """The issue or the action of an id in full, and what there is to say about it."""

    def words(known: str) -> Content:
        for action in session.actions:
            if action.id == known:
                improvement = action.kind is ActionKind.IMPROVEMENT
                reason = why_ranked(session, action) if improvement else ""
                return _said_of(action.text, _action_facts(session, action), reason)
        for issue in session.issues:
            if issue.id == known:
                return _said_of(issue.text, _issue_facts(session, issue))
        return Content("")

    return words


def _said_of(text: str, said: Iterator[str], reason: str = "") -> Content:
    more = facts(reason, said).lstrip("\n")
    return Content.assemble((plain(text), "bold"), "\n" if more else "", more)


def _action_facts(session: Session, action: Action) -> Iterator[str]:
    called = owner_labels(session, role_labels(session))
    for label, who in zip(("owner: ", "with "), action.who, strict=True):
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
    if issue.causes:
        yield f"caused by: {issue.causes}"
    if issue.options:
        yield counted(len(issue.options), "option")
    if issue.preferred:
        yield f"preferred: {issue.preferred}"
    if issue.decides:
        called = owner_labels(session, role_labels(session))
        yield f"{called.get(issue.decides, issue.decides)} decides"
    yield from (f"action: {one.text}" for one in session.actions if one.issue == issue.id)


# Part 1: consider a specialist topic, its issues, and the actions that come of it, ranked.

TOPIC_SECTION, ISSUES_SECTION, ACTIONS_SECTION = "Topic", "Issues", "Actions"


class TopicScreen(SessionScreen):
    """The topics, the issues and the actions, a section each, and the line of an action."""

    TITLE = "1 Consider a specialist topic"
    PART = "topic"
    CSS_PATH = "topic_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), BESIDE[1]]  # noqa: RUF012

    def __init__(self, session: Session, fresh: Context, place: str = "") -> None:
        super().__init__(session, fresh, place)
        self._kinds = {kind.kind: kind for kind in topic_kinds(fresh.presets)}

    def body(self) -> ComposeResult:
        """The sections, and the line under them while it is used."""
        session = SessionScreen.session
        with Sections(TOPIC_SECTION, ISSUES_SECTION, ACTIONS_SECTION):
            with Vertical(id="topic-topics"):
                yield framed(TopicList(self.fresh, self._kinds), "Topics").data_bind(session)
                say = partial(any_topic_detail, self._kinds)
                yield framed(DetailPanel(say, id="topic-words"), "This topic").data_bind(session)
            with Container(classes="with-words"):
                yield framed(IssueTable(self.fresh), ISSUES_SECTION).data_bind(session)
                yield framed(FactsPanel(record_detail), "This issue").data_bind(session)
            with Container(classes="with-words"):
                yield framed(ActionTable(self.fresh), ACTIONS_SECTION).data_bind(session)
                yield framed(FactsPanel(record_detail), "This action").data_bind(session)
        yield ActionLine(self.fresh).data_bind(session)

    @property
    def _sections(self) -> Sections:
        return self.query_one(Sections)

    @property
    def topic(self) -> str:
        """The topic under the cursor, while the topics are shown."""
        found = self.query_one(TopicList).record
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

    def on_topic_wanted(self, event: TopicWanted) -> None:
        """Take the issue up as a topic."""
        event.stop()
        self._sections.show(TOPIC_SECTION)
        self.query_one(TopicList).explore(event.issue)

    def on_issue_action_wanted(self, event: IssueActionWanted) -> None:
        """Take the line up for an action from the issue."""
        event.stop()
        self.query_one(ActionLine).open(ActionPlace("new", issue=event.issue))

    def on_action_line_wanted(self, event: ActionLineWanted) -> None:
        """Take the line up where the cursor stands."""
        event.stop()
        self.query_one(ActionLine).open(event.place)

    def on_action_line_kept(self, event: ActionLine.Kept) -> None:
        """Stand on what was kept."""
        event.stop()
        self.query_one(ActionTable).go_to(event.action)

    def on_typed_line_closed(self) -> None:
        """Back to the list."""
        self._sections.focus_section()
