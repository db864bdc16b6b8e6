"""The RACI as a grid, activities down, roles across, and the keys that give a letter."""

from collections.abc import Sequence
from functools import cache, partial
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType

from offwall.model.process.raci import (
    BESIDE,
    RaciPart,
    clear_raci,
    raci_columns,
    raci_letters,
    set_raci,
)
from offwall.model.records import Activity, Session, excerpt
from offwall.model.records.fields import NO_ROLE, RoleCode
from offwall.model.records.text import counted, plain
from offwall.model.records.uses import role_name
from offwall.tui.kit import Context, ListCell, ListRow
from offwall.tui.kit.cell_grid import CellGrid
from offwall.tui.kit.keys import Here, Outcome, Same, foot_each, key, keys
from offwall.tui.kit.record_list import LIST_KEYS
from offwall.tui.kit.row_view import ListColumn, fitted, in_lines, narrowest
from offwall.tui.kit.selection import UNSELECT_KEYS
from offwall.tui.process.activity_card import STAGE_KEY
from offwall.tui.process.activity_commands import SOME
from offwall.tui.process.activity_table import code_legend

PART_WORDS = {
    RaciPart.LEAD: "leads",
    RaciPart.ALSO: "is also responsible for",
    RaciPart.ACCOUNTABLE: "is accountable for",
    RaciPart.CONSULTED: "is consulted on",
    RaciPart.INFORMED: "is informed of",
}
"""What a role does with an activity."""


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


def give(at: Here, activity: Activity, part: RaciPart) -> Outcome:
    """Give the role under the cursor this part."""
    role = at.view
    said = f"{_role_name(at.session, role)} {PART_WORDS[part]}"
    label = f"{said} {at.session.ref_by_id[activity.id]}"
    had = {RaciPart.LEAD: activity.lead, RaciPart.ACCOUNTABLE: activity.accountable}.get(
        part, NO_ROLE
    )
    if had and had != role:
        label += f", no longer {_role_name(at.session, had)}"
    label += _lost_parts(activity, role, part)
    same = Same(said, lambda s, each: set_raci(s, each, role, part))
    return Outcome(label, lambda s: set_raci(s, activity.id, role, part), same=same)


def clear(at: Here, activity: Activity) -> Outcome:
    """Empty this cell."""
    role, was = at.view, raci_letters(activity).get(at.view, "")
    label = (
        f"Cleared {was} of {_role_name(at.session, role)} at {at.session.ref_by_id[activity.id]}"
    )
    same = Same(
        f"Cleared {_role_name(at.session, role)}", lambda s, each: clear_raci(s, each, role)
    )
    label += _lost_parts(activity, role)
    return Outcome(label, lambda s: clear_raci(s, activity.id, role), same=same)


ACCOUNTABLE = "This role is accountable, not the one before"


def _give(letter: str) -> partial[Outcome]:
    return partial(give, part=RaciPart(letter))


RACI_KEYS = keys(
    "raci",
    foot_each("R", "lead", "Lead", _give("R"), "This role leads, not the one before", SOME),
    foot_each("a", "accountable", "Accountable", _give("A"), ACCOUNTABLE, SOME),
    foot_each("c", "consulted", "Consult", _give("C"), "Asked before", SOME),
    foot_each("i", "informed", "Inform", _give("I"), "Told after", SOME),
    foot_each("r", "also", "Also", _give("r"), "Responsible beside the lead", SOME),
    foot_each("minus", "clear", "Clear", clear, needs=SOME),
)
RACI_COLUMN_KEYS = keys(
    "raci",
    key("l,right", "right", "Next role", "column(1)"),
    key("h,left", "left", "Role before", "column(-1)"),
    key("right_square_bracket", "next-stage", "Next stage", "heading(1)"),
    key("left_square_bracket", "stage-before", "Stage before", "heading(-1)"),
)
TEXT_MOST = 64
"""Cells from which the words leave what is to spare to the roles: letters far off are misread."""

ROLE_LEAST, ROLE_MOST = 3, 8
"""Cells of a role's column: two letters fit into the least, a long code is cut at the most."""

WORDS_LEAST, WORDS_ENOUGH = 24, 40
"""Cells that the words keep beside names: enough to be read, or what the longest needs."""

NO_ROLES = "There are no roles yet. Press q to go back, then 0, and say who takes part."
NO_ACTIVITIES = "Nothing recorded yet. Press q to go back, then n, and type the first post-it."
LETTER_LOOKS = {"R": "lead", "r": "lead", "A": "issue", "C": "good", "I": "muted"}
OWN_LETTERS, TOLD_LETTERS = frozenset("RrA"), frozenset("CI")


class RaciGrid(CellGrid, inherit_bindings=False):
    """A cell says what a role is to an activity: R leads, r also responsible, A, C, I."""

    FIXED = (ListColumn("", 1), ListColumn("Ref", 6), ListColumn("Activity"))
    BINDINGS: ClassVar[list[BindingType]] = [
        *(*UNSELECT_KEYS, *RACI_KEYS),
        *LIST_KEYS,
        *RACI_COLUMN_KEYS,
    ]
    FOLLOWED = True
    LINES = 4
    NOUN = ("activity", "activities")

    _made: ClassVar[dict[str, tuple[Activity, str, tuple[str, ...], ListRow]]] = {}
    """What each row was made of, for all grids: the next to come up makes none again."""

    def __init__(self, fresh: Context, *, legend: bool = True) -> None:
        """Without ``legend`` who the codes are is said elsewhere."""
        super().__init__(id="raci")
        self.fresh, self._with_legend = fresh, legend
        self._words = WORDS_ENOUGH

    @property
    def role(self) -> RoleCode:
        """The code of the role under the cursor; empty where there are no roles."""
        return RoleCode(self.names[self.column]) if self.names else NO_ROLE

    def record_of(self, key: str) -> Activity | None:
        """The activity of a key."""
        return self.session.activity_by_id.get(key)

    def here(self) -> Here:
        """The activity, and the role."""
        return Here(self.session, self.fresh, self.key, self.record, self.role, *self.chosen)

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor stays on its activity and its role."""
        codes, stood = raci_columns(session), self.role
        self._words = _enough_words(session)
        if codes != self.names:
            self.take(codes, codes.index(stood) if stood in codes else 0)
            if stood != self.role:
                self.post_message(self.Turned())
        self.empty = NO_ACTIVITIES if codes else NO_ROLES
        self._tell_codes()
        rows: list[ListRow] = []
        refs = session.ref_by_id
        for stage in session.stages if codes and session.activities else ():
            column = session.by_stage[stage.id]
            said = f"({counted(len(column), 'activity', 'activities')})"
            rows.append(ListRow(STAGE_KEY + stage.id, (f"{stage.id} {stage.name}", said), True))
            rows += [self._row_of(activity, refs[activity.id]) for activity in column]
        self.show(rows)

    def turn(self, column: int) -> None:
        """Stand in a column; the legend begins with its code."""
        super().turn(column)
        self._tell_codes()

    def _tell_codes(self) -> None:
        """Above the heads: what their codes mean, or the upper halves of names on two lines."""
        if self.by_name:
            sized = [size for _, size in self.plan.sized()]
            fixed = sized[: len(self.FIXED)]
            named = zip(self.names, self.cell_sizes(), strict=True)
            halves = [fitted(self._name_lines(code)[0], size) for code, size in named]
            self.show_legend(" " * (sum(fixed) + len(fixed)) + " ".join(halves))
        elif self._with_legend:
            names = {code: role_name(self.session, code) for code in self.names}
            self.show_legend(code_legend(self.names[self.column :], names))
        else:
            self.show_legend("")

    def fit_columns(self, width: int) -> None:
        """As many columns as there is room for, by name where all have it."""
        super().fit_columns(width)
        self._tell_codes()

    def head_of(self, place: int) -> str:
        """A role's code; its name where all have room, of which this is the last line."""
        code = self.names[place]
        return self._name_lines(code)[-1] if self.by_name else code

    def _name_sizes(self) -> list[int]:
        """The cells that the roles' names need on two lines."""
        names = (role_name(self.session, code) for code in self.names)
        return [narrowest(name, 2, ROLE_LEAST) for name in names]

    def _name_lines(self, code: str) -> list[str]:
        """The two lines of a role's name; the upper one is empty where it needs one."""
        name = plain(role_name(self.session, code))
        lines = in_lines(name, narrowest(name, 2, ROLE_LEAST), 2)
        return ["", *lines][-2:]

    def _needed(self, sizes: Sequence[int]) -> int:
        """The cells of a grid with role columns of these sizes and enough of the words."""
        fixed = sum(column.width + 1 for column in self.FIXED)
        return fixed + self._words + sum(sizes) + len(sizes)

    @property
    def by_name(self) -> bool:
        """Whether roles stand by name above their columns."""
        return bool(self.names) and self._needed(self._name_sizes()) <= self.room

    def wanted_of(self, most: int) -> int:
        """The cells, of so many at most, in which all roles stand: by name where that can be."""
        by_name = self._needed(self._name_sizes())
        return by_name if by_name <= most else self._needed(self._code_sizes())

    def _row_of(self, activity: Activity, ref: str) -> ListRow:
        """The row of an activity; the one made before where nothing in it changed."""
        made = self._made.get(activity.id)
        if made and made[0] is activity and made[1:3] == (ref, self.names):
            return made[3]
        said = raci_letters(activity)
        lacking = not (activity.lead and activity.accountable)
        flag: ListCell = ("!", "wrong") if lacking else ""
        cells = [_raci_cell(said[code]) if code in said else "" for code in self.names]
        row = ListRow(activity.id, (flag, (ref, "muted"), activity.text, *cells))
        self._made[activity.id] = (activity, ref, self.names, row)
        return row

    def cell_sizes(self) -> list[int]:
        """The width of each role's column: its name's, or its code's and more."""
        by_name = self.by_name
        sizes = self._name_sizes() if by_name else self._code_sizes()
        fixed = sum(column.width + 1 for column in self.FIXED)
        spare = self.room - fixed - TEXT_MOST - sum(sizes) - len(sizes)
        more = max(0, spare // max(1, len(sizes)))
        return [min(size + more, size + ROLE_MOST if by_name else ROLE_MOST) for size in sizes]

    def _code_sizes(self) -> list[int]:
        return [max(ROLE_LEAST, min(cell_len(plain(code)), ROLE_MOST)) for code in self.names]


def _enough_words(session: Session) -> int:
    """The cells that the words of the rows keep beside names; one long text says it of all."""
    texts = [activity.text for activity in session.activities]
    if any(len(text) >= WORDS_ENOUGH for text in texts):
        return WORDS_ENOUGH
    return min(WORDS_ENOUGH, max([WORDS_LEAST, *(cell_len(plain(text)) for text in texts)]))


@cache  # there are few letters, and many cells
def _raci_cell(text: str) -> ListCell:
    """Letters and their look; those that do not go together stand out."""
    at_odds = (OWN_LETTERS & set(text) and TOLD_LETTERS & set(text)) or set(text) >= TOLD_LETTERS
    return text, "open" if at_odds else LETTER_LOOKS[text[0]]
