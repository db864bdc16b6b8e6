"""Columns: as wide as what stands in them, cut where there is no room, broken between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from offwall.tui.kit.row_view import (
    ListColumn,
    ListRow,
    RowPlan,
    fitted,
    flowing,
    hanging,
    hung,
    in_lines,
    narrowest,
    widths,
    within,
)
from offwall.tui.terminal.textual_private import row_starts

TEXTS = st.text(alphabet="ab 日é-", max_size=60)


@pytest.mark.parametrize(
    ("wanted", "natural", "room", "found"),
    [
        ((1, 0, 18), (1, 60, 12), 40, [1, 25, 12]),  # no wider than what stands in it
        ((0, 8), (20, 15), 60, [44, 15]),  # what the words do not need goes to what was cut
        ((0, 8), (60, 15), 40, [31, 8]),  # the words need it themselves
        ((0, 0), (10, 90), 61, [10, 50]),  # a short one leaves its share to the long
        ((6, 0), (6, 30), 3, [6, 4]),  # there is no room at all
    ],
)
def test_columns_share_what_there_is(
    wanted: tuple[int, ...], natural: tuple[int, ...], room: int, found: list[int]
) -> None:
    assert widths(wanted, natural, room) == found


@pytest.mark.parametrize(
    ("wanted", "natural", "unbroken", "room", "found"),
    [
        ((0, 15), (20, 4), (60, 15), 60, [44, 15]),  # a date is whole before the words are
        ((0, 18), (20, 9), (60, 30), 50, [31, 18]),  # no more than it is wanted, while words lack
        ((0, 10), (20, 9), (20, 30), 50, [20, 29]),  # and more than that where they do not
        ((0, 0), (20, 20), (60, 60), 71, [35, 35]),  # what lacks as much shares alike
        ((0, 6), (5, 6), (5, 6), 40, [33, 6]),  # the words take what nobody needs
        ((0, 6), (5, 6), (5, 6), 100, [48, 51]),  # but what follows them stays near
    ],
)
def test_what_is_left_keeps_words_on_one_line(
    wanted: tuple[int, ...],
    natural: tuple[int, ...],
    unbroken: tuple[int, ...],
    room: int,
    found: list[int],
) -> None:
    assert widths(wanted, natural, room, unbroken) == found


def test_a_column_that_is_empty_has_no_room_where_others_are_cut() -> None:
    columns = (ListColumn("Issue"), ListColumn("Raised by", 12), ListColumn("Status", 7))
    words = "Signing off a small change takes five weeks"

    def sizes(width: int, raised: str) -> list[int]:
        plan = RowPlan(lambda: (width, 10), lambda row: row.cells, 2, follows=True)
        plan.take_columns(columns)
        plan.take_rows((ListRow("1", (words, raised, "open")),))
        return [size for _, size in plan.sized()]

    assert sizes(50, "") == [43, 0, 6]
    assert sizes(80, "")[1:] == [9, 21]  # it keeps its place where there is room
    assert sizes(50, "Finance")[1] == 9


def test_a_name_needs_as_much_as_its_longer_half() -> None:
    assert narrowest("Senior Responsible Officer", 2) == len("Senior Responsible")
    assert narrowest("Procurement", 2) == len("Procurement")
    assert narrowest("Head of Service", 1) == len("Head of Service")


@given(text=TEXTS, size=st.integers(4, 20), lines=st.integers(1, 3))
def test_lines_fill_their_cells_and_lose_nothing_without_saying_so(
    text: str, size: int, lines: int
) -> None:
    made = in_lines(text, size, lines)
    assert 1 <= len(made) <= lines
    assert all(cell_len(line) == size for line in made)
    if "…" not in "".join(made):
        assert "".join("".join(made).split()) == "".join(text.split())


@given(text=TEXTS, width=st.integers(2, 20))
def test_rows_hold_all_of_a_text_in_their_width(text: str, width: int) -> None:
    starts = row_starts(text, width)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    rows = [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    assert "".join(rows) == text
    assert all(cell_len(row.rstrip()) <= width for row in rows)


def test_what_is_cut_says_so() -> None:
    assert fitted("Contract Manager", 8) == "Contrac…"
    assert in_lines("Take the change to the board", 10, 2) == ["Take the  ", "change to…"]


def test_later_lines_begin_where_the_first_one_does() -> None:
    said = Content(
        "This session  nothing is recorded yet\n· Which stage has the fewest?\nA plain line"
    )
    assert hanging(said, 24).plain.splitlines() == [
        "This session  nothing is",
        "              recorded",
        "              yet",
        "· Which stage has the",
        "  fewest?",
        "A plain line",
    ]
    assert within(said, 24, 2).plain.splitlines() == [
        "This session  nothing is",
        "recorded yet…",
    ]
    assert within(said, 40, 3) == said
    assert hung("Lead", "Contract Manager", 21).plain.splitlines() == [
        "Lead         Contract",
        "             Manager",
    ]


def test_a_line_of_parts_ends_between_two_of_them() -> None:
    parts = [Content("Lead Legal"), Content("Accountable nobody yet"), Content("Also Finance")]
    assert flowing(parts, "   ", 35).plain == "Lead Legal   Accountable nobody yet\nAlso Finance"
    assert flowing(parts, "   ", 34).plain == "Lead Legal\nAccountable nobody yet\nAlso Finance"


def test_no_label_ends_a_line() -> None:
    parts = [Content("Lead Coffee Maker"), Content("Consulted Coffee Drinker, Kitchen Owner")]
    assert flowing(parts, "   ", 30).plain.splitlines() == [
        "Lead Coffee Maker",
        "Consulted Coffee Drinker,",
        "Kitchen Owner",
    ]
    # What has room for its label and a beginning goes on in the line.
    parts = [Content("C Legal"), Content("I Contract Manager, Finance, Procurement")]
    assert flowing(parts, "  ", 30).plain.splitlines()[0] == "C Legal  I Contract Manager,"
    assert flowing([], "  ", 30).plain == ""


def test_words_without_room_say_so() -> None:
    said = Content("Gap in documentation: no checklist for the handover")
    assert within(said, 20, 4) == said
    assert within(said, 20, 2).plain.splitlines() == ["Gap in", "documentation: no…"]


def test_figures_stand_under_each_other_by_their_ends() -> None:
    plan = RowPlan(lambda: (40, 10), lambda row: row.cells, 2, follows=True)
    plan.take_columns((ListColumn("Role"), ListColumn("Leads", 5, figures=True)))
    rows = tuple(ListRow(number, ("Legal", number)) for number in ("20", "7", "1,200,000"))
    plan.take_rows(rows)
    shown = [plan.lines_of(row)[1][0].rstrip() for row in rows]
    assert shown == ["       20", "        7", "1,200,000"]
