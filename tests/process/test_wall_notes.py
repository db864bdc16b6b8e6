"""Where notes stand, and how what they say is broken into lines: for any size, any text."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from offwall.model.records.text import plain
from offwall.model.tables.wall import LANES, WallPart
from offwall.tui.process.wall_notes import (
    HEAD_LINES,
    LANE_NAME_CELLS,
    WallLayout,
    first_in_view,
    note_lines,
    whole_names,
)

HOSTILE = st.sampled_from(
    ["[PO]", "[/", "=1+1", "👩🏽", "日本語", "Z͑ͫ̓a̶", "مرحبا", "\x1b[2J", "x" * 500]
)
TEXTS = st.lists(st.one_of(HOSTILE, st.text(max_size=40)), max_size=6).map(" ".join)
PARTS = st.lists(
    st.lists(st.tuples(TEXTS, st.sampled_from(["", "open"])), min_size=1, max_size=3).map(tuple),
    max_size=12,
)


@given(width=st.integers(1, 400), height=st.integers(1, 200))
def test_every_note_in_view_stands_on_the_screen_and_is_found_there(
    width: int, height: int
) -> None:
    plan = WallLayout.of(width, height)
    for column in range(plan.columns):
        for lane in range(plan.lanes):
            region = plan.region(column, lane)
            assert region.right <= max(width, LANE_NAME_CELLS + 2)
            assert height < HEAD_LINES + 3 or region.bottom <= height
            assert plan.at(region.x, region.y) == (column, lane)
            assert plan.at(region.right - 1, region.bottom - 1) == (column, lane)


def test_what_a_screen_holds() -> None:
    assert WallLayout.of(80, 21) == WallLayout(columns=3, width=22, lanes=4, lines=4)
    assert WallLayout.of(60, 17) == WallLayout(columns=2, width=24, lanes=4, lines=3)
    assert WallLayout.of(200, 47) == WallLayout(columns=9, width=20, lanes=4, lines=10)
    assert WallLayout.of(80, 12).lanes < len(LANES)


def test_there_is_no_note_left_of_the_columns_or_above_the_lanes() -> None:
    plan = WallLayout.of(80, 21)
    assert plan.at(LANE_NAME_CELLS - 1, 5) is None
    assert plan.at(40, 0) is None
    assert plan.at(79, 5) is None


@given(st.integers(-50, 50), st.integers(1, 9), st.integers(0, 40), st.integers(1, 41))
def test_the_cursor_is_always_in_view_and_no_room_is_left_over(
    first: int, room: int, cursor: int, total: int
) -> None:
    cursor = min(cursor, total - 1)
    new = first_in_view(first, room, cursor, total)
    assert new <= cursor < new + room
    assert new == 0 or new + room <= total
    assert first_in_view(new, room, cursor, total) == new


@given(parts=PARTS, width=st.integers(6, 40), lines=st.integers(1, 10))
def test_a_note_keeps_within_its_lines_and_cells(
    parts: list[WallPart], width: int, lines: int
) -> None:
    made = note_lines(parts, width, lines)
    assert len(made) <= lines
    assert all(cell_len(line.plain) <= width for line in made)
    assert not any(ord(letter) < 32 for line in made for letter in line.plain)


@given(parts=PARTS)
def test_a_note_with_room_says_every_letter(parts: list[WallPart]) -> None:
    made = note_lines(parts, 200, 200)
    shown = "".join(line.plain for line in made).replace(" ", "")
    meant = "".join(plain(text) for part in parts for text, _ in part).replace(" ", "")
    assert "".join(shown.split()) == "".join(meant.split())


def test_a_long_question_leaves_its_answers_their_targets() -> None:
    parts: list[WallPart] = [
        (("? " + "Is the board assured that all is well? " * 5, ""),),
        (("Yes", ""), (" -> S5.06", "")),
        (("No, more assurance is needed", ""), (" -> S3.06", "")),
    ]
    question, *answers = [line.plain for line in note_lines(parts, 20, 3)]
    assert question == "? Is the board assu…"
    assert answers == ["Yes -> S5.06", "No, more a… -> S3.06"]
    assert len(note_lines(parts, 20, 5)) == 5


def test_more_parts_than_lines_share_the_last() -> None:
    parts: list[WallPart] = [((text, ""),) for text in ("R cm", "A hos", "C cli", "I fin")]
    assert [line.plain for line in note_lines(parts, 20, 3)] == ["R cm", "A hos", "C cli  I fin"]
    assert [line.plain for line in note_lines(parts, 8, 3)] == ["R cm", "A hos", "C cli…"]


def test_what_goes_on_in_another_line_is_set_in() -> None:
    parts: list[WallPart] = [((text, ""),) for text in ("+ Order on a slip of paper", "+ Recipe")]
    shown = [line.plain for line in note_lines(parts, 18, 5, 2)]
    assert shown == ["+ Order on a slip", "  of paper", "+ Recipe"]
    # An activity's own words begin in the same cell in each line.
    assert [line.plain for line in note_lines(parts[:1], 18, 5)] == [*shown[:1], "of paper"]


def test_a_note_that_says_nothing_has_no_lines() -> None:
    assert note_lines((), 20, 4) == []


def test_names_on_a_short_note_are_whole_and_what_has_no_room_is_counted() -> None:
    named = ((("R Procurement, Contract Manager", ""),), (("A Contract Assurance Board", ""),))
    coded = ((("R pro, cm", ""),), (("A cab", ""),))
    said = [one[0][0] for one in whole_names(named, coded, 20, 4)]
    assert said == ["R Procurement, Contract Manager", "A Contract Assurance Board"]
    said = [one[0][0] for one in whole_names(named, coded, 20, 3)]
    assert said == ["R Procurement, Contract Manager", "A cab"]
    said = [one[0][0] for one in whole_names(named, coded, 20, 2)]
    assert said == ["R Procurement, +1", "A cab"]
    # A name may have a comma: then it is not known where one ends, and the codes stand for all.
    comma = ((("R Legal, HR and more of them", ""),),)
    assert whole_names(comma, ((("R lhr", ""),),), 12, 1) == [(("R lhr", ""),)]
    assert whole_names((), (), 12, 1) == []
