"""The ranking: improvements in order, why each stands there, and the map of impact and effort."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message

from offwall.model.actions import Band, band, deadline_for, rank
from offwall.model.actions.deadlines import describe_deadline
from offwall.model.actions.ranking import (
    ORDER,
    clear_votes,
    dots_left,
    numbered_improvements,
    same_rung,
    set_voting,
    usual_approval,
    votes_cast,
    why_behind,
    why_ranked,
)
from offwall.model.records import Action, Group, Session
from offwall.model.records.text import counted, plain
from offwall.model.review.progress import LIVE
from offwall.tui.actions.action_commands import (
    ACTIONS,
    IMPROVEMENT,
    ActionLineWanted,
    owner,
    votes,
    when,
)
from offwall.tui.actions.action_table import (
    ActionScreen,
    ActionTable,
    ColumnContext,
    action_cells,
)
from offwall.tui.actions.typed_lines import ActionLine, VoteLine
from offwall.tui.kit import Answers, Context, Field, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import DetailPanel, framed
from offwall.tui.kit.keys import NOTHING, Here, Need, Outcome, Question, foot, key, key_each, keys

DOTS_EACH = 3
"""Dots for each person that are offered: what a sheet of stickers gives a room."""


class VoteWanted(Message):
    """Votes are to be called out."""


def call_votes(at: Here, _: Action | None) -> Outcome:
    """Votes as people call them out, by number."""
    wanted = Outcome(post=VoteWanted())
    if dots_left(at.session) is None and not votes_cast(at.session):
        return _ask_dots(at.session, "Esc goes on to the votes, and counts no dots.", wanted)
    return wanted


def dots(at: Here, _: Action | None) -> Outcome:
    """How many people vote, and with how many dots each."""
    return _ask_dots(at.session)


def _ask_dots(session: Session, about: str = "", then: Outcome = NOTHING) -> Outcome:
    voting, there = session.voting, (Group.CORE, Group.PARTICIPANT)
    voters = voting.voters or sum(person.group in there for person in session.people)
    each = str(voting.dots or DOTS_EACH)
    fields = [
        Field("voters", "People", str(voters or ""), "How many vote.", chosen=True),
        Field("dots", "Dots each", each, "Both empty: no count.", (), True),
    ]

    def answered(answers: Answers) -> Outcome:
        label = f"Dots: {answers['voters'] or 'no'} people, {answers['dots'] or 'none'} each"
        return replace(
            then, label=label, change=lambda s: set_voting(s, answers["voters"], answers["dots"])
        )

    return Outcome(ask=Question("Dot votes", fields, answered, about, left=then))


def clear(at: Here, _: Action | None) -> Outcome:
    """Take every vote away, to vote again."""
    return Outcome(f"Cleared {counted(votes_cast(at.session), 'vote')}", clear_votes)


RANKED = Need(lambda at: rank(at.session), "There is no action to vote on: n makes one.")
CAST = Need(lambda at: votes_cast(at.session), "No vote was given yet.")


class RankingTable(ActionTable):
    """Digits score, ``=`` says who approves; d votes, J and K are the group's move."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "rank",
        foot("d", "vote", "Vote", call_votes, needs=RANKED),
        key("D", "votes", "Votes of one", votes, "How many votes this one got", IMPROVEMENT),
        key("Q", "dots", "Dots", dots),
        key("X", "clear", "Clear votes", clear, needs=CAST),
        key("m", "next", "Next", tooltip="Go to the next action that lacks a score"),
        key_each("at", "owner", "Owner", owner, needs=ACTIONS),
        key_each("w", "when", "When", when, needs=ACTIONS),
    )
    COLUMNS = ("rank", "text", "score", "band", "approval", "votes")
    NEEDED = ("impact", "effort")
    EMPTY = "No action yet. Press n and type the first as people call it out."
    ID = "rank"
    _by_number = False

    def rebuild(self) -> None:
        """Make the rows: as they rank, or by the number that they are voted for by."""
        session = self.session
        listed = dict(enumerate(rank(session), 1))
        if self._by_number:
            listed = dict(numbered_improvements(session))
        self._listed = {action.id: action for action in listed.values()}
        numbers = {action.id: number for number, action in listed.items()}
        context = ColumnContext(session, numbers, {}, self.wide)
        # A number is a number then, wherever the group moved the action.
        shown = [replace(one, place=None) if self._by_number else one for one in listed.values()]
        self._say_votes()
        self.put([ListRow(one.id, action_cells(self.shown, one, context)) for one in shown])

    @property
    def view_said(self) -> tuple[str, ...]:
        """Whether it is listed by number, for the votes."""
        return ("number",) if self._by_number else ()

    def take_view(self, said: Sequence[str]) -> None:
        """List it in the same order."""
        self.by_number(wanted=bool(said))

    def _say_votes(self) -> None:
        if not self._by_number:
            self.show_banner("")
            return
        voting, left, cast = self.session.voting, dots_left(self.session), votes_cast(self.session)
        if left is None:
            said = f"{counted(cast, 'vote')} given"
        else:
            who = f"{voting.voters} people, {counted(voting.dots or 0, 'dot')} each"
            said = f"{cast} of {cast + left} votes, {left} left ({who})"
        self.show_banner(f"By number: {said}", "Esc ranks them")

    def by_number(self, *, wanted: bool) -> None:
        """List the actions by number, so that they stay where they are while votes come in."""
        if wanted != self._by_number:
            self._by_number = wanted
            self.rebuild()
            self.refresh()


# Impact against effort: the numbers of the ranked list on a grid of five by five.

BAND_LETTERS = {Band.QUICK_WIN: "Q", Band.PLAN: "P", Band.SIGNIFICANT: "S", Band.UNSCORED: "?"}
BAND_LOOKS = {Band.QUICK_WIN: "$text-success", Band.SIGNIFICANT: "$text-secondary"}
BAND_MEANINGS = {
    Band.QUICK_WIN: "impact 3+, effort 1-2",
    Band.PLAN: "the rest",
    Band.SIGNIFICANT: "members, or effort 5",
    Band.UNSCORED: "not on the map",
}
LEGEND_WIDTH, AXIS_WIDTH = 25, 3
"""Cells of the legend beside the grid, and of the impact's digit with the line beside it."""

NO_SCORES = "The map comes after scoring: 1 to 5 is the impact, then the effort."
MapLine = list[tuple[str, str]]


class RankingMap(DetailPanel):
    """Impact goes up, effort across; a letter says the band, so that no colour is needed."""

    DEFAULT_CSS = """
    RankingMap { height: 13; border-top: solid $primary-background; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._cells: defaultdict[tuple[int, int], list[tuple[int, Action]]] = defaultdict(list)
        self._bands: Counter[Band] = Counter()

    def watch_session(self, session: Session) -> None:
        """Place every action that is still to be done."""
        self._cells.clear()
        self._bands.clear()
        for number, action in enumerate(rank(session), 1):
            if action.status in LIVE:
                self._bands[band(action, session.approvals)] += 1
                if action.impact and action.effort:
                    self._cells[action.impact, action.effort].append((number, action))
        self.refresh()

    def words(self, key: str) -> Content:
        """The grid with its legend; before there is a score, what gives one."""
        if not self._cells:
            return Content.styled(NO_SCORES, "$text-muted")
        width, height = self.content_size
        beside = LEGEND_WIDTH if width >= 60 else 0
        size = max(4, (width - beside - AXIS_WIDTH) // 5 - 1)
        lines = self._grid(size, max(1, (height - 2) // 5))
        legend = self._legend() if beside else []
        legend += [[]] * (len(lines) - len(legend))
        pairs = zip(lines, legend, strict=False)
        return Content("\n").join(Content.assemble(*line, *more) for line, more in pairs)

    def _grid(self, size: int, tall: int) -> list[MapLine]:
        lines: list[MapLine] = []
        for impact in range(5, 0, -1):
            row = [self._cell(impact, effort, size, tall) for effort in range(1, 6)]
            for part in range(tall):
                label = f"{impact} " if part == 0 else "  "
                line: MapLine = [(label, "bold"), ("│", "$text-muted")]
                for cell in row:
                    line += [*cell[part], ("│", "$text-muted")]
                lines.append(line)
        rule = "  └" + "┴".join(["─" * size] * 5) + "┘"
        digits = "".join(f"{effort:^{size + 1}}" for effort in range(1, 6))
        return [*lines, [(rule, "$text-muted")], [("   " + digits, "bold")]]

    def _cell(self, impact: int, effort: int, size: int, tall: int) -> list[MapLine]:
        """The numbers in one cell, in so many lines; what has no room is counted."""
        found = self._cells.get((impact, effort), [])
        marks = [self._mark(number, action) for number, action in found]
        lines: list[MapLine] = [[] for _ in range(tall)]
        for place, mark in enumerate(marks):
            line = next((line for line in lines if _width([*line, mark]) <= size), None)
            if line is None:
                _count_rest(lines[-1], len(marks) - place, size)
                break
            line.append(mark)
        return [_filled(line, size) for line in lines]

    def _mark(self, number: int, action: Action) -> tuple[str, str]:
        found = band(action, self.session.approvals)
        look = "reverse bold" if action.id == self.key else BAND_LOOKS.get(found, "")
        return f"{number}{BAND_LETTERS[found]}", look

    def _legend(self) -> list[MapLine]:
        lines: list[MapLine] = []
        for each in ORDER:
            name = each.removesuffix(" change")
            said = f"{BAND_LETTERS[each]} {name:<12}{self._bands[each]:>4}"
            lines.append([("  ", ""), (said, f"bold {BAND_LOOKS.get(each, '')}".strip())])
            lines.append([(f"    {BAND_MEANINGS[each]}", "$text-muted")])
        axes, sign = "  impact ↑   effort →", "  1Q: first in the list"
        return [*lines, [], [(axes, "$text-muted")], [(sign, "$text-muted")]]


def _width(line: MapLine) -> int:
    return sum(len(text) + 1 for text, _ in line) - 1


def _count_rest(line: MapLine, rest: int, size: int) -> None:
    """Say at the end of a full line how many more there are."""
    while line and _width([*line, (f"+{rest}", "")]) > size:
        line.pop()
        rest += 1
    line.append((f"+{rest}", "$text-muted"))


def _filled(line: MapLine, size: int) -> MapLine:
    """The marks with a space between them, in exactly ``size`` cells."""
    spaced: MapLine = []
    for mark in line:
        spaced += [mark, (" ", "")]
    used = _width(line) if line else 0
    return [*spaced[:-1], (" " * max(0, size - used), "")]


class RankingDetail(DetailPanel):
    """The action under the cursor, why it is there, and what its approval asks for."""

    DEFAULT_CSS = """
    RankingDetail { height: 6; border-top: solid $primary-background; }
    """

    def __init__(self, fresh: Context) -> None:
        super().__init__(partial(_ranked_text, fresh))


def _ranked_text(fresh: Context, session: Session) -> Callable[[str], Content]:
    """What there is to say of each action; the reasons are found once."""
    reasons, today = why_behind(session), fresh.today()

    def lines(action: Action) -> Iterator[Content]:
        yield Content.styled(plain(action.text), "bold")
        # Its place first: beside the map there is room for one line.
        said = f"{reasons.get(action.id, '')} {why_ranked(session, action)}"
        yield Content.styled(plain(said), "$text-muted")
        usual = usual_approval(session, action.text)
        if usual and same_rung(usual) != same_rung(action.approval):
            said = f"Usually {usual}: it changes the council's own rules; = says so."
            yield Content.styled(plain(said), "$text-warning")
        if found := deadline_for(session, action, today):
            late = found.meeting is not None and not (found.serves and found.announced_in_time)
            look = "$text-warning" if late else ""
            yield Content.styled(plain(describe_deadline(found)), look)
        if action.source:
            yield Content.styled(plain(f"From {action.source}."), "$text-muted")

    def words(key: str) -> Content:
        found = (action for action in session.actions if action.id == key)
        return Content("\n").join(line for action in found for line in lines(action))

    return words


WIDE, HIGH = 150, 30
"""Cells from which the map stands beside the list, and lines from which it stands under it."""

NO_ROOM = Need(
    lambda at: at.view.width < WIDE and at.view.height < HIGH,
    "There is room for the map here, so it is there always.",
)


class RankingScreen(ActionScreen):
    """The ranked list, why each stands there, the map, and what is typed under them."""

    TITLE = "1 Rank the actions"
    PART = "topic"
    TOPIC = "ranking"
    CSS_PATH = "ranking_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (24, "-low"), (HIGH, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "ranking", foot("W", "map", "Map", "", "Impact against effort, or not", NO_ROOM)
    )

    def here(self) -> Here:
        """How large the screen is, for what has room on it."""
        return replace(super().here(), view=self.size)

    def body(self) -> ComposeResult:
        """The list and the map, the words, and the lines that are typed into."""
        session = SessionScreen.session
        with Container(id="ranking"):
            yield framed(RankingTable(self.fresh), "Actions").data_bind(session)
            yield framed(RankingMap(), "Impact and effort").data_bind(session)
        yield RankingDetail(self.fresh).data_bind(session)
        yield VoteLine().data_bind(session)
        yield ActionLine(self.fresh).data_bind(session)

    @property
    def table(self) -> RankingTable:
        """The ranked list."""
        return self.query_one(RankingTable)

    def on_mount(self) -> None:
        """Stand on the action that was asked for, or on the first."""
        self.table.focus()
        if self.place:
            self.table.go_to(self.place)
        self.moved(self.table)

    def action_map(self) -> None:
        """Show the map under the list, or not."""
        self.toggle_class("-map")

    def moved(self, records: RecordList) -> None:
        """The words and the map follow the cursor."""
        for panel in self.query(DetailPanel):
            panel.look_at(records.key)

    def on_action_line_wanted(self, event: ActionLineWanted) -> None:
        """Make room; Textual has `ActionScreen` hear it too, which takes the line up."""
        self.add_class("-typing")

    def on_vote_wanted(self) -> None:
        """List by number, and take votes."""
        self.add_class("-typing", "-voting")
        self.table.by_number(wanted=True)
        self.query_one(VoteLine).open()

    def on_vote_line_kept(self, event: VoteLine.Kept) -> None:
        """Stand on what was voted for."""
        event.stop()
        self.table.go_to(event.action)

    def on_vote_line_look(self, event: VoteLine.Look) -> None:
        """Move the list while votes are typed."""
        event.stop()
        self.table.action_move(event.by)

    def on_typed_line_closed(self) -> None:
        """Back to the list, ranked by what was voted on."""
        self.table.by_number(wanted=False)
        self.remove_class("-typing", "-voting")
        self.table.focus()
