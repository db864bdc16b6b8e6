"""Part 1's screen of topics: those chosen, the catalogue, issues, and their actions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from offwall.model.records import Session
from offwall.model.records.fields import NO_ISSUE, IssueId
from offwall.model.records.session import Besides, Topic
from offwall.model.records.text import plain, plain_lines
from offwall.model.setup.workshop import thing_of
from offwall.model.store import topic_kinds
from offwall.model.store.presets.catalogues import TopicKind
from offwall.model.topics.topic_signs import first_gap, topic_signs
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
from offwall.tui.actions.action_table import ActionScreen, ActionTable
from offwall.tui.actions.typed_lines import ActionLine, ActionPlace
from offwall.tui.kit import Context, Field, ListCell, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import BESIDE, DetailPanel, FactsPanel, framed
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
from offwall.tui.topics.issues import IssueActionWanted, IssueTable, TopicWanted, record_detail
from offwall.tui.topics.issues import explore as explore_issue

TOPIC_COLUMNS = (
    FittedColumn("title", "Topic"),
    FittedColumn("minutes", "Min", 4),
    FittedColumn("about", "About", least=76),
)
KIND_KEY = "kind:"
"""What the key of a row of the catalogue begins with."""

TOPIC_HINT = "Space chooses a topic. Its notes, outcome and minutes go into the workbook."
TopicKinds = Mapping[str, TopicKind]
KINDS_WITH_SCREEN = ("governance", "ranking", "tiering")
"""The kinds that have a screen of their own, called like them."""

WALL_CHOICES = (
    "Go to part 2, to the first gap",
    "Ask what could improve: keep, change, drop, new",
    "Stay, and write its notes",
)
TIMES_CHOICE = "Ask how long each stage takes, and how often"


def named_kinds(session: Session, kinds: TopicKinds) -> TopicKinds:
    """The catalogue in the words of what the session's process handles."""
    thing = thing_of(session)
    return {key: kind.named(thing) for key, kind in kinds.items()}


def topic_title(session: Session, kinds: TopicKinds, topic: Topic) -> str:
    """A topic's own title, the issue that it explores, or the catalogue's title."""
    if topic.title:
        return topic.title
    issue = next((issue for issue in session.issues if issue.id == topic.issue), None)
    if issue:
        return f"Issue: {issue.text}"
    kind = kinds.get(topic.kind)
    return thing_of(session).named(kind.title) if kind else topic.kind


def topic_detail(kinds: TopicKinds, session: Session) -> Callable[[str], Content]:
    """A topic that is chosen, or the catalogue's entry: what came or comes out, and what to ask."""
    kinds = named_kinds(session, kinds)

    def words(known: str) -> Content:
        topic = next((topic for topic in session.topics if topic.id == known), None)
        name = topic.kind if topic else known.removeprefix(KIND_KEY)
        kind = kinds.get(name)
        if topic:
            outcome = topic.outcome or "none yet: o writes it"
            notes = topic.notes or "none yet: e writes them"
            lines = [
                _line("", topic_title(session, kinds, topic), "bold"),
                _line("Outcome  ", outcome, "" if topic.outcome else "$text-muted"),
                _line("Notes    ", notes, "" if topic.notes else "$text-muted"),
            ]
        elif kind:
            lines = [
                _line("", kind.title, "bold"),
                _line("Worth it when   ", kind.when),
                _line("What comes out  ", kind.outcome),
            ]
        else:
            return Content(TOPIC_HINT)
        if found := "; ".join(topic_signs(session, name)):
            lines.append(_line("Now      " if topic else "This session    ", found, "$text-accent"))
        lines += [_line("· ", prompt) for prompt in (kind.prompts if kind else ())]
        return Content("\n").join(lines)

    return words


def _line(label: str, text: str, style: str = "") -> Content:
    shown = plain_lines(text).replace("\n", "\n" + " " * len(label))
    return Content.assemble((label, "$text-muted"), (shown, style))


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
    explored = topic and next(
        (issue for issue in at.session.issues if issue.id == topic.issue), None
    )
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
    if kind.kind != "own":
        return take_up(at, kind.kind, kind.title)
    field = Field("title", "What is it?")
    return ask_one("A topic of your own", field, lambda text: take_up(at, "own", text, title=text))


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
    names = [f"{'parked  ' * issue.parked}{issue.code or ' '}  {issue.text}" for issue in issues]
    return Outcome(ask=Choose("Which issue?", names, lambda place: explore(at, issues[place].id)))


def write(at: Here, topic: Topic | None, field: str) -> Outcome:
    """Write the notes or the outcome; that chooses the topic."""
    kind = _kind(at)
    made = Outcome() if topic or kind is None else take_up(at, kind.kind, kind.title)
    topic = topic or Topic(made.go, kind.kind if kind else "")
    title, known, begin = _called(at, topic), topic.id, made.change or (lambda session: session)
    about = ""
    if kind:
        asked = "\n".join(f"· {prompt}" for prompt in kind.prompts)
        about = asked if field == "notes" else kind.outcome

    def answered(text: str) -> Outcome:
        if made.change and not text.strip():
            return NOTHING
        label = f"{field.capitalize()} of {title}"
        return Outcome(label, lambda s: write_topic(begin(s), known, field, text), go=made.go)

    heading = f"{field.capitalize()}: {title}"
    return Outcome(ask=Write(heading, getattr(topic, field), answered, about))


def _ask(
    at: Here, topic: Topic, field: Field, change: Callable[[Session, str, str], Session]
) -> Outcome:
    def keep(text: str) -> Outcome:
        return Outcome(f"{field.label} {text}", lambda s: change(s, topic.id, text))

    return ask_one(_called(at, topic), field, keep)


def minutes(at: Here, topic: Topic) -> Outcome:
    """How long it took."""
    spent = sum(topic.minutes for topic in at.session.topics)
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


class TopicList(RecordList):
    """Enter opens a topic to look; space chooses it, and so does writing its notes or outcome."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "topic",
        foot("enter", "open", "Open", open_, needs=A_TOPIC),
        foot("space", "choose", "Choose", choose, needs=NOT_CHOSEN),
        foot("e", "notes", "Notes", partial(write, field="notes"), "Write its notes", WRITABLE),
        foot("o", "outcome", "Outcome", partial(write, field="outcome"), "What came out", WRITABLE),
        foot("number_sign", "minutes", "Minutes", minutes, needs=CHOSEN),
        key("underscore", "title", "Title", title, needs=CHOSEN),
        key("x", "remove", "Remove", remove, needs=CHOSEN),
    )

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
            title, said = topic_title(session, self._kinds, topic), topic.outcome or topic.notes
            rows.append(self._made(topic.id, title, str(topic.minutes or ""), plain(said)))
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
        return next((topic for topic in self.session.topics if topic.id == self.key), None)

    def here(self) -> Here:
        """The topic, and the catalogue."""
        kinds = named_kinds(self.session, self._kinds)
        return Here(self.session, self.fresh, self.key, self.record, kinds)

    def explore(self, issue: IssueId) -> None:
        """Take an issue up as a topic, or stand on the topic that it is already."""
        # Textual stops a message at the screen that was at work when it was sent; so the list
        # asks for the change when it is at work itself.
        self.call_later(lambda: self.perform(explore(self.here(), issue)))


TOPIC_SECTION, ISSUES_SECTION, ACTIONS_SECTION = "Topic", "Issues", "Actions"


class TopicScreen(ActionScreen):
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
                say = partial(topic_detail, self._kinds)
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
        section = TOPIC_SECTION
        if any(issue.id == self.place for issue in self.session.issues):
            section = ISSUES_SECTION
        elif any(action.id == self.place for action in self.session.actions):
            section = ACTIONS_SECTION
        self._sections.show(section)
        if self.place:
            for table in (TopicList, IssueTable, ActionTable):
                self.query_one(table).go_to(self.place)

    def on_topic_wanted(self, event: TopicWanted) -> None:
        """Take the issue up as a topic."""
        event.stop()
        self._sections.show(TOPIC_SECTION)
        self.query_one(TopicList).explore(event.issue)

    def on_issue_action_wanted(self, event: IssueActionWanted) -> None:
        """Take the line up for an action from the issue."""
        event.stop()
        self.query_one(ActionLine).open(ActionPlace("new", issue=event.issue))

    def on_typed_line_closed(self) -> None:
        """Back to the list."""
        self._sections.focus_section()
