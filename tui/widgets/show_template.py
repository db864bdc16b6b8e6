"""The template as it fills, for the room: what was kept last stands in the middle.

Few things, each in full: the ref, the activity, who leads, what is confirmed, what is open. It is
made of what is in view alone, so that ten thousand activities cost what ten do.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content

from model.raci import role_name
from model.session import Activity, Session
from tui.text import plain
from tui.widgets.session_widget import SessionWidget
from tui.widgets.show_led import Led
from tui.widgets.show_letters import draws_ascii, large_lines

NOTHING = "Nothing is recorded yet. What the recorder keeps appears here, a line each."

MARK, REF, CONFIRMED, OPEN = 2, 7, 9, 4
"""The widths of the columns that have one, in cells."""

LEAD_LEAST, LEAD_MOST = 12, 28
TEXT_LEAST, TEXT_MOST = 10, 80
"""Cells of the words: on a wide screen who leads stands near them all the same."""

LINES, MIDDLE_LINES = 2, 6
"""Lines that an activity takes at most, and the one in the middle."""

HIGH, LARGE_LINES = 22, 3
"""Lines of list from which the middle is drawn in large letters, and how many lines of those."""

GAP = " "
MIDDLE = "bold $block-cursor-foreground on $block-cursor-background"


class ShowTemplate(SessionWidget, Led, can_focus=True):
    """Rows around the one in the middle; keys put another there."""

    DEFAULT_CSS = """
    ShowTemplate { height: 1fr; padding: 0 1; overflow: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", show=False, id="show.down"),
        Binding("k,up", "move(-1)", "Up", show=False, id="show.up"),
        Binding("pagedown", "move(5)", "Page down", show=False, id="show.page-down"),
        Binding("pageup", "move(-5)", "Page up", show=False, id="show.page-up"),
        Binding("g,home", "to(0)", "To the first", show=False, id="show.first"),
        Binding("G,end", "to(-1)", "To the last", show=False, id="show.last"),
    ]

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

    def action_to(self, index: int) -> None:
        """Put the first (0) or the last (-1) into the middle."""
        self._to(index if index >= 0 else len(self._order) - 1)

    def _to(self, index: int) -> None:
        if order := self._order:
            self.stand_on(order[max(0, min(index, len(order) - 1))].id)
            self.moved()

    def render(self) -> RenderResult:
        """The titles and the rows that fit."""
        width, height = self.size.width, self.size.height
        if not self._order:
            return Content("\n" + NOTHING)
        view = _View(self.session, width, large=height >= HIGH and not draws_ascii(self.app))
        rows = _around(view, self._index, height - 1)
        return Content("\n").join([view.titles(), *rows])


def _around(view: "_View", at: int, room: int) -> list[Content]:
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


class _View:
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
        yield from self._lines(activity, said, "▶", MIDDLE)
        if activity.open_point:
            for line in _wrapped(f"Open: {activity.open_point}", self._text, MIDDLE_LINES):
                yield self._row(("", "", line, "", "", ""), MIDDLE)
        yield self._across("")

    def _across(self, text: str) -> Content:
        """A line of the middle from edge to edge."""
        line = Content(" " * MARK + text).truncate(self._width, pad=True)
        return line.stylize(MIDDLE)

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
