"""The topics of part 1: those taken up, and the catalogue to choose from."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.edits.topics import (
    new_topic_id,
    open_topic,
    remove_topic,
    rename_topic,
    set_minutes,
    topic_of,
    write_topic,
)
from model.presets import TopicKind
from model.session import Issue, Session, Topic
from model.topic_signs import first_gap
from tui.dialogs.ask_block import AskBlock
from tui.dialogs.choice import Choice
from tui.dialogs.form import Answers, Field, Form
from tui.fresh import Fresh
from tui.messages import Go, Say
from tui.widgets.activity_card import STAGE
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Cell, Row
from tui.widgets.session_widget import SessionWidget
from tui.widgets.topic_words import Kinds, gist, prompts, title_of

FITS = (Fit("title", "Topic"), Fit("minutes", "Min", 4), Fit("about", "About", least=76))
KIND = "kind:"
"""What the key of a row of the catalogue begins with."""

Change = Callable[[Session, str, str], Session]
TOOLS = ("governance", "ranking", "tiering")
"""The kinds that have a screen of their own, called like them."""

ON_WALL = (
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

    def __init__(self, fresh: Fresh, kinds: Kinds) -> None:
        super().__init__(FITS, id="topics")
        self.fresh = fresh
        self._kinds = kinds

    def watch_session(self) -> None:
        """Show what changed; the cursor goes to a topic that was just taken up."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows: the topics taken up, then the rest of the catalogue."""
        session, rows = self.session, []
        if session.topics:
            rows.append(Row("open:", ("Taken up",), heading=True))
        for topic in session.topics:
            minutes = str(topic.minutes or "")
            title = title_of(session, self._kinds, topic)
            rows.append(self._made(topic.id, title, minutes, gist(topic)))
        rows.append(Row("catalogue:", ("Choose one for the hour",), heading=True))
        for kind in self._kinds.values():
            if not topic_of(session, kind.kind):
                rows.append(self._made(KIND + kind.kind, kind.title, "", kind.when))
        if not self.rows:
            self._wanted = self._wanted or next(row.key for row in rows if not row.heading)
        self.put(rows)

    def _made(self, key: str, title: str, minutes: str, about: str) -> Row:
        cells: dict[str, Cell] = {"title": title, "minutes": minutes, "about": (about, "muted")}
        return Row(key, tuple(cells[name] for name in self.shown))

    @property
    def topic(self) -> Topic | None:
        """The topic under the cursor, where it is one that is taken up."""
        return next((one for one in self.session.topics if one.id == self.key), None)

    @property
    def kind(self) -> TopicKind | None:
        """The catalogue's entry under the cursor, or that of the topic there."""
        name = self.topic.kind if self.topic else self.key.removeprefix(KIND)
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
            place = await self.app.push_screen_wait(Choice("Go on mapping", ON_WALL))
            if place == 0:
                stage, activity = first_gap(self.session)
                self.post_message(Go("record", activity or (stage and STAGE + stage)))
            elif place == 1:
                self.post_message(Go("challenge"))
            elif place == 2 and self.topic:
                await self._write(self.topic, "notes")
        elif kind in TOOLS:
            self.post_message(Go(kind))
        elif topic is not None:
            await self._write(topic, "notes")

    def _take_up(self, kind: str, called: str, *, title: str = "", issue: str = "") -> str:
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
        names = [_called(issue) for issue in issues]
        place = await self.app.push_screen_wait(Choice("Which issue?", names))
        if place is not None:
            self._explore(issues[place].id)

    def explore(self, issue: str) -> None:
        """Take an issue up as a topic, or stand on the topic that it is already."""
        # Textual stops a message at the screen that was at work when it was sent; so the list
        # asks for the change when it is at work itself.
        self.call_later(self._explore, issue)

    def _explore(self, issue: str) -> None:
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
        title = title_of(self.session, self._kinds, topic)

        def keep(text: str) -> str:
            return self.attempt(
                f"{field.capitalize()} of {title}",
                lambda session: write_topic(session, topic.id, field, text),
            )

        kind = self._kinds.get(topic.kind)
        about = prompts(kind) if field == "notes" else (kind.outcome if kind else "")
        heading = f"{field.capitalize()}: {title}"
        await self.app.push_screen_wait(AskBlock(heading, getattr(topic, field), keep, about))

    async def _ask(self, topic: Topic, field: Field, label: str, change: Change) -> None:
        def keep(said: Answers) -> str:
            text = said[field.name]
            return self.attempt(f"{label} {text}", lambda s: change(s, topic.id, text))

        title = title_of(self.session, self._kinds, topic)
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
            title = title_of(self.session, self._kinds, topic)
            self.attempt_or_say(f"Removed: {title}", lambda s: remove_topic(s, topic.id))


def _called(issue: Issue) -> str:
    parked = "parked  " if issue.parked else ""
    return f"{parked}{issue.code or ' '}  {issue.text}"
