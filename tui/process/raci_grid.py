"""The RACI as a grid, activities down, roles across, and the keys that give a letter."""

from functools import cache
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from offwall.model.process.raci import (
    BESIDE,
    RaciPart,
    clear_raci,
    raci_columns,
    raci_letters,
    set_raci,
)
from offwall.model.records import Activity, Session, excerpt
from offwall.model.records.ids import NO_ROLE, RoleCode
from offwall.model.records.text import counted
from offwall.model.setup import role_name
from offwall.tui.kit import ListCell, ListRow, RecordList, plain
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.process.activity_card import STAGE_KEY
from offwall.tui.process.activity_keys import ActivityKeys


class RaciKeys(ActivityKeys):
    """Lead, also, accountable, consulted, informed; and clear."""

    NEEDS: ClassVar[frozenset[str]] = frozenset({"give", "clear"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "R", "give('R')", "Lead", id="raci.lead", tooltip="This role leads, not the one before"
        ),
        Binding("r", "give('r')", "Also", id="raci.also", tooltip="Responsible beside the lead"),
        Binding(
            "a",
            "give('A')",
            "Answers",
            id="raci.accountable",
            tooltip="This role is accountable, not the one before",
        ),
        Binding("c", "give('C')", "Consult", id="raci.consulted", tooltip="Asked before"),
        Binding("i", "give('I')", "Inform", id="raci.informed", tooltip="Told after"),
        Binding("full_stop", "clear", "Clear", id="raci.clear", tooltip="Empty this cell"),
    ]

    @property
    def role(self) -> RoleCode:
        """The code of the role that the column under the cursor is for."""
        raise NotImplementedError

    def action_give(self, letter: str) -> None:
        """Give the role this part."""
        part, role = RaciPart(letter), self.role
        if found := self.activity:
            label = part_change_text(self.session, found, role, part)
            self.attempt_or_say(label, lambda s: set_raci(s, found.id, role, part))

    def action_clear(self) -> None:
        """Take the role out."""
        role = self.role
        if found := self.activity:
            was = raci_letters(found).get(role, "")
            label = (
                f"Cleared {was} of {_role_name(self.session, role)} at "
                f"{_activity_ref(self.session, found)}"
            )
            self.attempt_or_say(
                label + _lost_parts(found, role), lambda s: clear_raci(s, found.id, role)
            )


PART_WORDS = {
    RaciPart.LEAD: "leads",
    RaciPart.ALSO: "is also responsible for",
    RaciPart.ACCOUNTABLE: "is accountable for",
    RaciPart.CONSULTED: "is consulted on",
    RaciPart.INFORMED: "is informed of",
}
"""What a role does with an activity."""


def part_change_text(session: Session, activity: Activity, role: RoleCode, part: RaciPart) -> str:
    """A change in words: who has the part now, and who has it no longer."""
    said = f"{_role_name(session, role)} {PART_WORDS[part]} {_activity_ref(session, activity)}"
    before = {RaciPart.LEAD: activity.lead, RaciPart.ACCOUNTABLE: activity.accountable}.get(
        part, NO_ROLE
    )
    if before and before != role:
        said += f", no longer {_role_name(session, before)}"
    return said + _lost_parts(activity, role, part)


def _lost_parts(activity: Activity, role: RoleCode, part: RaciPart | None = None) -> str:
    """What nobody does for the activity any more once the role's cell says something else."""
    stays = (part, *BESIDE[part]) if part else ()
    lost = [
        words
        for mine, words, known in (
            (RaciPart.LEAD, "leads", activity.lead),
            (RaciPart.ACCOUNTABLE, "is accountable", activity.accountable),
        )
        if known == role and mine not in stays
    ]
    return f"; nobody {' or '.join(lost)} now" if lost else ""


def _role_name(session: Session, role: RoleCode) -> str:
    return excerpt(role_name(session, role))


def _activity_ref(session: Session, activity: Activity) -> str:
    return session.ref_by_id[activity.id]


# The RACI as a grid: activities down, roles across, and a cursor on one cell.

FIXED_COLUMNS = (ListColumn("", 1), ListColumn("Ref", 6), ListColumn("Activity"))
"""The columns that stay when the roles scroll sideways."""

FIXED_WIDTH = sum(column.width + 1 for column in FIXED_COLUMNS)
"""Cells that they take, but for the words themselves."""

TEXT_LEAST = 20
"""Cells that the activity's words keep, however many roles there are."""

TEXT_MOST = 64
"""Cells from which the words leave what is to spare to the roles: letters far off are misread."""

ROLE_LEAST, ROLE_MOST = 3, 8
"""Cells of a role's column: two letters fit into the least, a long code is cut at the most."""

NO_ROLES = "There are no roles yet. Press q to go back, then 0, and say who takes part."
NO_ACTIVITIES = "Nothing recorded yet. Press q to go back, then n, and type the first post-it."
LETTER_LOOKS = {"R": "lead", "r": "lead", "A": "issue", "C": "good", "I": "muted"}
OWN_LETTERS, TOLD_LETTERS = frozenset("RrA"), frozenset("CI")


class RaciGrid(RecordList, RaciKeys):
    """A cell says what a role is to an activity: R leads, r also responsible, A, C, I."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,right", "column(1)", "Next role", show=False, id="raci.right"),
        Binding("h,left", "column(-1)", "Role before", show=False, id="raci.left"),
    ]

    class Turned(Message):
        """The cursor stands in another role's column."""

    def __init__(self) -> None:
        super().__init__(FIXED_COLUMNS, id="raci")
        self._codes: tuple[RoleCode, ...] = ()
        self._column = 0
        self._left = 0
        self._made: dict[str, tuple[Activity, str, ListRow]] = {}

    @property
    def role(self) -> RoleCode:
        """The code of the role under the cursor; empty where there are no roles."""
        return self._codes[self._column] if self._codes else NO_ROLE

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor stays on its activity and its role."""
        self._take(raci_columns(session))
        self.empty = NO_ACTIVITIES if self._codes else NO_ROLES
        rows: list[ListRow] = []
        for stage in session.stages if self._codes and session.activities else ():
            column = session.by_stage[stage.id]
            said = f"({counted(len(column), 'activity', 'activities')})"
            rows.append(ListRow(STAGE_KEY + stage.id, (f"{stage.id} {stage.name}", said), True))
            rows += [self._row_of(activity) for activity in column]
        self.show(rows)

    def _take(self, codes: tuple[RoleCode, ...]) -> None:
        """Have a column for each of these roles."""
        if codes == self._codes:
            return
        stood, self._codes = self.role, codes
        self._column = codes.index(stood) if stood in codes else 0
        self._made = {}
        self._scroll_sideways()
        self.refresh()
        if stood != self.role:
            self.post_message(self.Turned())

    def _row_of(self, activity: Activity) -> ListRow:
        """The row of an activity; the one made before where nothing in it changed."""
        ref = self.session.ref_by_id[activity.id]
        made = self._made.get(activity.id)
        if made and made[0] is activity and made[1] == ref:
            return made[2]
        row = _raci_row(activity, ref, self._codes)
        self._made[activity.id] = (activity, ref, row)
        return row

    def go_to(self, activity: str) -> None:
        """Stand on an activity."""
        self.stand_on(activity)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A cell is set by a letter; there is nothing to open in it."""
        return False if action == "choose" else super().check_action(action, parameters)

    def action_column(self, by: int) -> None:
        """Stand in the column to the right (1) or to the left (-1)."""
        self._turn(self._column + by)

    def _turn(self, column: int) -> None:
        before, left = self._column, self._left
        self._column = max(0, min(column, len(self._codes) - 1))
        if self._column == before:
            return
        self._scroll_sideways()
        if left != self._left:
            self.refresh()
        else:
            self.refresh(*self._regions(before), *self._regions(self._column))
        self.post_message(self.Turned())

    def _regions(self, column: int) -> list[Region]:
        """The title of a role's column and its cell in the row under the cursor."""
        place = column - self._left + len(FIXED_COLUMNS)
        sizes = [size for _, size in self._sized(self.size.width)]
        x = sum(sizes[:place]) + place
        lines = (0, self._index - self._top + 1)
        return [Region(x, line, sizes[place], 1) for line in lines]

    def _role_sizes(self) -> list[int]:
        """The width of each role's column: its code's, and more where there is room."""
        sizes = [max(ROLE_LEAST, min(cell_len(plain(code)), ROLE_MOST)) for code in self._codes]
        spare = self.size.width - FIXED_WIDTH - TEXT_MOST - sum(sizes) - len(sizes)
        more = max(0, spare // max(1, len(sizes)))
        return [min(size + more, max(size, ROLE_MOST)) for size in sizes]

    def _scroll_sideways(self) -> None:
        """Show the columns that fit, the one under the cursor among them."""
        sizes = self._role_sizes()
        room = self.size.width - FIXED_WIDTH - TEXT_LEAST

        def fits(start: int, end: int) -> bool:
            return sum(sizes[start:end]) + end - start <= room

        self._left = min(self._left, self._column)
        while self._left < self._column and not fits(self._left, self._column + 1):
            self._left += 1
        while self._left and fits(self._left - 1, len(sizes)):
            self._left -= 1
        end = min(self._column + 1, len(sizes))
        while end < len(sizes) and fits(self._left, end + 1):
            end += 1
        shown = range(self._left, end)
        roles = [ListColumn(self._codes[place], sizes[place]) for place in shown]
        self.columns = (*FIXED_COLUMNS[:-1], ListColumn(self._unseen(end)), *roles)

    def _unseen(self, end: int) -> str:
        """The title of the activities, and how many roles lie to the left and to the right."""
        left = f" ‹{self._left}" if self._left else ""
        right = f" {len(self._codes) - end}›" if end < len(self._codes) else ""
        return f"Activity{left}{right}"

    def on_resize(self, event: Resize) -> None:
        """As many columns as the width has room for; the list itself draws all of it again."""
        self._scroll_sideways()

    async def _on_click(self, event: Click) -> None:
        await super()._on_click(event)
        x = 0
        for place, (_, size) in enumerate(self._sized(self.size.width)):
            if x <= event.x < x + size and place >= len(FIXED_COLUMNS):
                self._turn(self._left + place - len(FIXED_COLUMNS))
            x += size + 1

    def cells(self, row: ListRow) -> tuple[ListCell, ...]:
        """The cells of the columns that are shown."""
        start = len(FIXED_COLUMNS) + self._left
        return (*row.cells[: len(FIXED_COLUMNS)], *row.cells[start : start + len(self.columns)])

    def look_over(self, index: int, column: int | None = None) -> str:
        """The cursor lies on one cell; its row is marked faintly."""
        look = super().look_over(index, column)
        here = column == self._column - self._left + len(FIXED_COLUMNS) or self.rows[index].heading
        return look if here or not look else "cursor-blurred"

    def _titles(self, width: int) -> Strip:
        """The roles' codes; the one under the cursor stands out."""
        at = self._column - self._left + len(FIXED_COLUMNS)
        title, here = self._look("title"), self._look("title") + self._look("heading")
        segments = []
        for place, (column, size) in enumerate(self._sized(width)):
            style = here if place == at else title
            segments += [Segment(self._fit(column.title, size), style), Segment(" ", title)]
        return self._strip(segments, width)


def _raci_row(activity: Activity, ref: str, codes: tuple[str, ...]) -> ListRow:
    said = raci_letters(activity)
    lacking = not (activity.lead and activity.accountable)
    flag: ListCell = ("!", "wrong") if lacking else ""
    cells = [_raci_cell(said[code]) if code in said else "" for code in codes]
    return ListRow(activity.id, (flag, (ref, "muted"), activity.text, *cells))


@cache  # there are few letters, and many cells
def _raci_cell(said: str) -> ListCell:
    """Letters and their look; those that do not go together stand out."""
    at_odds = (OWN_LETTERS & set(said) and TOLD_LETTERS & set(said)) or set(said) >= TOLD_LETTERS
    return said, "open" if at_odds else LETTER_LOOKS[said[0]]
