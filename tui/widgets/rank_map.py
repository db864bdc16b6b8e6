"""Impact against effort: the numbers of the ranked list on a grid of five by five."""

from collections import defaultdict
from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.ranking import ORDER, Band, band, rank
from model.session import Action, ActionStatus, Session
from tui.widgets.session_widget import SessionWidget

LETTERS = {Band.QUICK_WIN: "Q", Band.PLAN: "P", Band.SIGNIFICANT: "S", Band.UNSCORED: "?"}
LOOKS = {Band.QUICK_WIN: "$text-success", Band.SIGNIFICANT: "$text-secondary"}
MEANS = {
    Band.QUICK_WIN: "impact 3+, effort 1-2",
    Band.PLAN: "the rest",
    Band.SIGNIFICANT: "members, or effort 5",
    Band.UNSCORED: "not on the map",
}
LEGEND = 25
"""Cells of the legend beside the grid."""

AXIS = 3
"""Cells of the impact's digit and the line beside it."""

AFTER = "The map comes after scoring: 1 to 5 is the impact, then the effort."
Line = list[tuple[str, str]]


class RankMap(SessionWidget, Widget):
    """Impact goes up, effort across; a letter says the band, so that no colour is needed."""

    DEFAULT_CSS = """
    RankMap { height: 13; padding: 0 1; border-top: solid $primary-background; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._cells: dict[tuple[int, int], list[tuple[int, Action]]] = {}
        self._bands: dict[Band, int] = {}

    def look_at(self, key: str) -> None:
        """Mark another action."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self, session: Session) -> None:
        """Place every action that is still to be done."""
        cells: defaultdict[tuple[int, int], list[tuple[int, Action]]] = defaultdict(list)
        self._bands = dict.fromkeys(ORDER, 0)
        for number, action in enumerate(rank(session), 1):
            if action.status in (ActionStatus.OPEN, ActionStatus.DOING):
                self._bands[band(action, session.approvals)] += 1
                if action.impact and action.effort:
                    cells[action.impact, action.effort].append((number, action))
        self._cells = dict(cells)
        self.refresh()

    def render(self) -> RenderResult:
        """The grid with its legend; before there is a score, what gives one."""
        if not self._cells:
            return Content.styled(AFTER, "$text-muted")
        width, height = self.content_size
        beside = LEGEND if width >= 60 else 0
        size = max(4, (width - beside - AXIS) // 5 - 1)
        tall = max(1, (height - 2) // 5)
        lines = self._grid(size, tall)
        legend = self._legend() if beside else []
        legend += [[]] * (len(lines) - len(legend))
        return Content("\n").join(
            Content.assemble(*line, *more) for line, more in zip(lines, legend, strict=False)
        )

    def _grid(self, size: int, tall: int) -> list[Line]:
        lines: list[Line] = []
        for impact in range(5, 0, -1):
            row = [self._cell(impact, effort, size, tall) for effort in range(1, 6)]
            for part in range(tall):
                label = f"{impact} " if part == 0 else "  "
                line: Line = [(label, "bold"), ("│", "$text-muted")]
                for cell in row:
                    line += [*cell[part], ("│", "$text-muted")]
                lines.append(line)
        rule = "  └" + "┴".join(["─" * size] * 5) + "┘"
        digits = "".join(f"{effort:^{size + 1}}" for effort in range(1, 6))
        lines.append([(rule, "$text-muted")])
        lines.append([("   " + digits, "bold")])
        return lines

    def _cell(self, impact: int, effort: int, size: int, tall: int) -> list[Line]:
        """The numbers in one cell, in so many lines; what has no room is counted."""
        marks = [self._mark(number, action) for number, action in self._at(impact, effort)]
        lines: list[Line] = [[] for _ in range(tall)]
        for place, mark in enumerate(marks):
            line = next((one for one in lines if _width([*one, mark]) <= size), None)
            if line is None:
                _count_rest(lines[-1], len(marks) - place, size)
                break
            line.append(mark)
        return [_filled(line, size) for line in lines]

    def _at(self, impact: int, effort: int) -> Sequence[tuple[int, Action]]:
        return self._cells.get((impact, effort), [])

    def _mark(self, number: int, action: Action) -> tuple[str, str]:
        found = band(action, self.session.approvals)
        look = "reverse bold" if action.id == self._key else LOOKS.get(found, "")
        return f"{number}{LETTERS[found]}", look

    def _legend(self) -> list[Line]:
        lines: list[Line] = []
        for each in ORDER:
            name = each.removesuffix(" change")
            said = f"{LETTERS[each]} {name:<12}{self._bands[each]:>4}"
            lines.append([("  ", ""), (said, f"bold {LOOKS.get(each, '')}".strip())])
            lines.append([(f"    {MEANS[each]}", "$text-muted")])
        return [
            *lines,
            [],
            [("  impact ↑   effort →", "$text-muted")],
            [("  1Q: first in the list", "$text-muted")],
        ]


def _width(line: Line) -> int:
    return sum(len(text) + 1 for text, _ in line) - 1


def _count_rest(line: Line, rest: int, size: int) -> None:
    """Say at the end of a full line how many more there are."""
    while line and _width([*line, (f"+{rest}", "")]) > size:
        line.pop()
        rest += 1
    line.append((f"+{rest}", "$text-muted"))


def _filled(line: Line, size: int) -> Line:
    """The marks with a space between them, in exactly ``size`` cells."""
    spaced: Line = []
    for mark in line:
        spaced += [mark, (" ", "")]
    used = _width(line) if line else 0
    return [*spaced[:-1], (" " * max(0, size - used), "")]
