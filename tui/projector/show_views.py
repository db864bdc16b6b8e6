"""The views for the room: template as it fills, RACI, plan, wall, topic, and counts as bars.

The template shows few things, each in full, made of what is in view alone, so that ten thousand
activities cost what ten do; what was kept last stands in the middle.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from offwall.model.actions import live
from offwall.model.actions.plan import missing_in_action
from offwall.model.records import Activity, Session
from offwall.model.records.session import Topic
from offwall.model.review import StageCounter
from offwall.model.setup import role_name
from offwall.tui.kit import RecordList, SessionWidget, plain
from offwall.tui.kit.detail_panel import ScrolledText
from offwall.tui.kit.keys import Need, foot, key, keys
from offwall.tui.kit.messages import LookedAway
from offwall.tui.kit.selection import MOVE_KEYS
from offwall.tui.kit.text import plain_lines
from offwall.tui.process.wall import WallView
from offwall.tui.projector.large_letters import draws_ascii, large_lines, large_text
from offwall.tui.topics.topic_detail import TopicKinds, named_kinds, topic_title

# The template as it fills, for the room: what was kept last stands in the middle.
#
# Few things, each in full: the ref, the activity, who leads, what is confirmed, what is open. It is
# made of what is in view alone, so that ten thousand activities cost what ten do.

NOTHING_RECORDED = "Nothing is recorded yet. What the recorder keeps appears here, a line each."

MARK, REF, CONFIRMED, OPEN = 2, 7, 9, 4
"""The widths of the columns that have one, in cells."""

LEAD_LEAST, LEAD_MOST = 12, 28
TEXT_LEAST, TEXT_MOST = 10, 80
"""Cells of the words: on a wide screen who leads stands near them all the same."""

LINES, MIDDLE_LINES = 2, 6
"""Lines that an activity takes at most, and the one in the middle."""

PAGE = 5
"""Activities by which a page moves."""

HIGH_LIST, LARGE_LINES = 22, 3
"""Lines of list from which the middle is drawn in large letters, and how many lines of those."""

GAP = " "
MIDDLE_STYLE = "bold $block-cursor-foreground on $block-cursor-background"


class ShowTemplate(SessionWidget, Widget, can_focus=True):
    """Rows around the one in the middle; keys put another there."""

    DEFAULT_CSS = """
    ShowTemplate { height: 1fr; padding: 0 1; overflow: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = MOVE_KEYS

    def __init__(self) -> None:
        super().__init__()
        self._middle = ""

    @property
    def key(self) -> str:
        """The id of the activity in the middle; empty where there is none."""
        found = self._order
        return found[self._index].id if found else ""

    @property
    def _order(self) -> tuple[Activity, ...]:
        return self.session.in_order

    @property
    def _index(self) -> int:
        place = (n for n, activity in enumerate(self._order) if activity.id == self._middle)
        return next(place, 0)

    def stand_on(self, activity: str) -> None:
        """Put an activity into the middle."""
        if activity != self._middle:
            self._middle = activity
            self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def action_move(self, by: int) -> None:
        """Put the one after or before into the middle."""
        self._to(self._index + by)

    def action_page(self, direction: int) -> None:
        """Put one that is a few after or before into the middle."""
        self._to(self._index + direction * PAGE)

    def action_to(self, index: int) -> None:
        """Put the first (0) or the last (-1) into the middle."""
        self._to(index if index >= 0 else len(self._order) - 1)

    def _to(self, index: int) -> None:
        if order := self._order:
            self.stand_on(order[max(0, min(index, len(order) - 1))].id)
            self.post_message(LookedAway())

    def render(self) -> RenderResult:
        """The titles and the rows that fit."""
        width, height = self.size.width, self.size.height
        if not self._order:
            return Content("\n" + NOTHING_RECORDED)
        view = _TemplateView(
            self.session, width, large=height >= HIGH_LIST and not draws_ascii(self.app)
        )
        rows = _lines_around(view, self._index, height - 1)
        return Content("\n").join([view.titles(), *rows])


def _lines_around(view: "_TemplateView", at: int, room: int) -> list[Content]:
    """The lines of the one in the middle, and of as many around it as there is room for."""
    middle = view.block(at, middle=True)[: max(1, room)]
    above: list[Content] = []
    left = (room - len(middle)) // 2
    for place in range(at - 1, -1, -1):
        block = view.block(place)
        if len(above) + len(block) > left:
            break
        above = [*block, *above]
    lines = above + middle
    for place in range(at + 1, len(view.order)):
        if len(lines) >= room:
            break
        lines += view.block(place)
    return lines[:room]


class _TemplateView:
    """How a session's activities read in so many cells."""

    def __init__(self, session: Session, width: int, *, large: bool) -> None:
        self.session = session
        self._large = large
        self.order = session.in_order
        self._lead = max(LEAD_LEAST, min(LEAD_MOST, width // 5))
        taken = MARK + REF + self._lead + CONFIRMED + OPEN + 4 * len(GAP)
        self._text = max(TEXT_LEAST, min(TEXT_MOST, width - taken))
        self._width = width

    def titles(self) -> Content:
        """What the columns are."""
        cells = ("", "Stage", "Activity", "Lead", "Confirmed", "Open")
        return self._row(cells, "$text-muted underline")

    def block(self, place: int, *, middle: bool = False) -> list[Content]:
        """An activity's lines, under its stage's name where it is the first of that."""
        activity = self.order[place]
        if middle:
            return list(self._middle(activity))
        lines = list(self._lines(activity, _wrapped(activity.text, self._text, LINES)))
        if place and self.order[place - 1].stage == activity.stage:
            return lines
        stage = self.session.stage_by_id[activity.stage]
        name = Content(plain(f"{stage.id} {stage.name}")).truncate(self._width, ellipsis=True)
        return [name.stylize("bold $text-accent"), *lines]

    def _middle(self, activity: Activity) -> Iterator[Content]:
        """What was kept last, in large letters where there is room for them."""
        drawn: list[str] = []
        if self._large:
            drawn = large_lines(plain(activity.text), self._width - MARK - 1, LARGE_LINES)
        # Below large letters, which are capitals, it still says how the words are written.
        said = _wrapped(activity.text, self._text, LINES if drawn else MIDDLE_LINES)
        yield self._across("")
        for line in drawn:
            yield self._across(line)
        yield from self._lines(activity, said, "▶", MIDDLE_STYLE)
        if activity.open_point:
            for line in _wrapped(f"Open: {activity.open_point}", self._text, MIDDLE_LINES):
                yield self._row(("", "", line, "", "", ""), MIDDLE_STYLE)
        yield self._across("")

    def _across(self, text: str) -> Content:
        """A line of the middle from edge to edge."""
        line = Content(" " * MARK + text).truncate(self._width, pad=True)
        return line.stylize(MIDDLE_STYLE)

    def _lines(
        self, activity: Activity, texts: Sequence[str], mark: str = "", style: str = ""
    ) -> Iterator[Content]:
        lead = role_name(self.session, activity.lead) if activity.lead else "nobody yet"
        leads = _wrapped(lead, self._lead, LINES)
        ref = self.session.ref_by_id[activity.id]
        for line in range(max(len(texts), len(leads))):
            text = texts[line] if line < len(texts) else ""
            who = leads[line] if line < len(leads) else ""
            if line:
                yield self._row(("", "", text, who, "", ""), style)
            else:
                state = _confirmed(activity), "open" if activity.open_point else ""
                yield self._row((mark, ref, text, who, *state), style)

    def _row(self, cells: tuple[str, ...], style: str) -> Content:
        sizes = (MARK, REF, self._text, self._lead, CONFIRMED, OPEN)
        fitted = [
            Content(plain(cell)).truncate(size, ellipsis=True, pad=True)
            for cell, size in zip(cells, sizes, strict=True)
        ]
        mark, *rest = fitted
        line = mark + Content(GAP).join(rest)
        return line.stylize(style) if style else line


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """The text in lines of so many cells; the last says by an ellipsis that there is more."""
    lines = [line.plain for line in Content(plain(text)).wrap(width)]
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return lines or [""]


def _confirmed(activity: Activity) -> str:
    """What the group agreed: all of it, or which half."""
    if activity.confirmed:
        return "✓ yes"
    if activity.sequence_confirmed:
        return "sequence"
    return "lead" if activity.lead_confirmed else ""


# The topic of part 1 for the room: what came out, what was said, and what to ask next.

NO_TOPIC = "No topic is chosen yet. What the recorder keeps appears here."


SEVERAL = Need(lambda shown: len(shown.session.topics) > 1, "There is no other topic.")


class ShowTopic(SessionWidget, ScrolledText):
    """One topic at a time; a long one scrolls."""

    DEFAULT_CSS = """
    ShowTopic { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    ShowTopic > Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "show",
        foot("l,right", "topic-next", "Next topic", "topic(1)", needs=SEVERAL),
        key("h,left", "topic-before", "Topic before", "topic(-1)", needs=SEVERAL),
    )

    def __init__(self, kinds: TopicKinds) -> None:
        super().__init__()
        self._kinds = kinds
        self._topic = ""

    def compose(self) -> ComposeResult:
        """All of the topic."""
        yield Static()

    @property
    def key(self) -> str:
        """The id of the topic that is shown; empty where there is none."""
        return self._found.id if self._found else ""

    @property
    def _found(self) -> Topic | None:
        topics = self.session.topics
        wanted = (topic for topic in topics if topic.id == self._topic)
        return next(wanted, topics[0] if topics else None)

    @property
    def title(self) -> str:
        """What the topic is called."""
        return topic_title(self.session, self._kinds, self._found) if self._found else ""

    def stand_on(self, topic: str) -> None:
        """Show a topic."""
        if topic != self._topic:
            self._topic = topic
            self.scroll_home(animate=False)
            self._say()

    def on_mount(self) -> None:
        """Show what there is."""
        self._say()

    def watch_session(self) -> None:
        """Show what changed."""
        self._say()

    def _say(self) -> None:
        if self.is_mounted:
            found = self._found
            said = _topic_detail(self.session, found, self._kinds) if found else Content(NO_TOPIC)
            self.query_one(Static).update(said)

    def action_topic(self, by: int) -> None:
        """Show the topic after or before, round at either end."""
        topics = [topic.id for topic in self.session.topics]
        if topics:
            self.stand_on(topics[(topics.index(self.key) + by) % len(topics)])
            self.post_message(LookedAway())


def _topic_detail(session: Session, topic: Topic, kinds: TopicKinds) -> Content:
    kind = named_kinds(session, kinds).get(topic.kind)
    blocks = [
        ("What came out", topic.outcome or "Not said yet."),
        ("What was said", topic.notes),
        ("To ask", "\n".join(f"· {prompt}" for prompt in (kind.prompts if kind else ()))),
    ]
    return Content("\n\n").join(_block(title, text) for title, text in blocks if text)


def _block(title: str, text: str) -> Content:
    return Content.assemble((title, "bold $text-accent"), "\n", (plain_lines(text), "bold"))


ShownView = RecordList | WallView | ShowTemplate | ShowTopic
"""What a screen for the room shows: a view of its own, or one of the editor's, read only."""


# How far it has come, for the room: a bar and its figures, larger where there is room.

HIGH_SCREEN = 36
"""Lines of screen from which the counts are drawn in large letters."""


@dataclass(frozen=True, slots=True)
class ProgressFigures:
    """What is done of all there is, in words, and what else there is to say."""

    done: int = 0
    everything: int = 0
    said: str = ""
    rest: tuple[str, ...] = ()


class ReviewFigures:
    """How far the review has come; a stage in which nothing changed is not counted again."""

    def __init__(self) -> None:
        self._counting = StageCounter()

    def __call__(self, session: Session) -> ProgressFigures:
        """The figures now."""
        found = self._counting.total(session)
        pairs = ((found.open, "open"), (found.to_fill, "still to fill"))
        rest = tuple(f"{number:,} {words}" for number, words in pairs if number)
        return ProgressFigures(found.confirmed, found.activities, "confirmed", rest)


def plan_figures(session: Session) -> ProgressFigures:
    """How many of the actions to be done have an owner and a date."""
    found = live(session.actions)
    ready = sum(not missing_in_action(action) for action in found)
    return ProgressFigures(ready, len(found), "with owner and date")


class ShowCounts(SessionWidget, Widget):
    """What is done, as a bar and in figures."""

    DEFAULT_CSS = """
    ShowCounts { height: 2; padding: 0 1; }
    ShowCounts.-high { height: 5; padding: 1 1 0 1; }
    ShowCounts.-none { display: none; }
    """

    found: reactive[ProgressFigures] = reactive(ProgressFigures())

    def __init__(self, counted: Callable[[Session], ProgressFigures]) -> None:
        super().__init__()
        self._counted = counted

    def watch_session(self) -> None:
        """Count again; it is drawn again only where that differs."""
        self.found = self._counted(self.session)
        self.set_class(not self.found.everything, "-none")

    def on_resize(self) -> None:
        """Large figures need lines."""
        self.set_class(self.app.size.height >= HIGH_SCREEN, "-high")

    def render(self) -> RenderResult:
        """The bar, and the figures."""
        found, width = self.found, max(1, self.size.width)
        if not found.everything:
            return Content("")
        figures = f"{found.done:,} of {found.everything:,}"
        drawn = large_text(figures, width // 2) if self.has_class("-high") else []
        if not drawn:
            said = "   ".join((f"{figures} {found.said}", *found.rest))
            return Content.assemble(_bar(found, width), "\n", (said, "bold"))
        words = (found.said, *found.rest, "", "")
        lines = [
            Content.assemble((line, "bold $text-success"), "   ", (word, "bold"))
            for line, word in zip(drawn, words, strict=False)
        ]
        return Content("\n").join([_bar(found, width), *lines])


def _bar(found: ProgressFigures, width: int) -> Content:
    """As much of a line as is done."""
    done = found.done * width // found.everything
    return Content.assemble(("━" * done, "$text-success"), ("─" * (width - done), "$text-muted"))
