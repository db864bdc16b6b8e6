"""What the light driver sends: little, in the right place, and never a half-known screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from offwall.tui.terminal.cells import (
    BLANK,
    PLAIN,
    CellStyle,
    ScreenCells,
    StrangeStyleError,
    apply_sgr,
    has_sure_width,
    space_look,
    style_change,
)
from offwall.tui.terminal.screen_diff import ScreenDiff, TerminalAbilities

BLUE = "\x1b[1;37;44m"
WIDTH, HEIGHT = 40, 10
FULL = TerminalAbilities(colours_erased=True, erases_cells=True)


def started(abilities: TerminalAbilities = FULL) -> ScreenDiff:
    """A wire whose terminal shows ten numbered rows."""
    wire = ScreenDiff(WIDTH, HEIGHT, abilities)
    wire.take("\n".join(f"\x1b[{y};1H{y} row {y * y}".ljust(WIDTH) for y in range(1, HEIGHT + 1)))
    wire.take("\x1b[1;1H")
    assert wire.paint()
    return wire


def sent(wire: ScreenDiff, data: str) -> str:
    return wire.take(data) + wire.paint()


def test_what_is_drawn_again_unchanged_sends_nothing() -> None:
    wire = started()
    assert sent(wire, "\x1b[3;1H3 row 9\x1b[0m   \x1b[1;1H") == ""


def test_a_typed_character_sends_that_character() -> None:
    wire = started()
    sent(wire, "\x1b[5;10H\x1b[7m \x1b[0m\x1b[5;10H")
    typed = sent(wire, "\x1b[5;1H5 row 25 a\x1b[7m \x1b[0m\x1b[5;11H")
    assert typed == "\x1b[ma\x1b[7m \b"


def test_a_long_blank_is_erased_and_a_terminal_without_colours_gets_spaces() -> None:
    colour = f"\x1b[4;1H{BLUE}{' ' * WIDTH}\x1b[0m\x1b[1;1H"
    assert len(sent(started(), colour)) < 30
    assert " " * WIDTH in sent(started(TerminalAbilities()), colour)


def test_rows_that_move_together_are_moved_by_the_terminal() -> None:
    wire = started()
    moved = "\n".join(f"\x1b[{y};1H{y + 1} row {(y + 1) ** 2}".ljust(40) for y in range(1, 10))
    assert "\x1b[1H\x1b[1M" in sent(wire, moved + "\x1b[1;1H")


def test_a_list_moves_beside_what_stays() -> None:
    """What stays, a card of three lines, is written again where it is the shorter part."""
    names = ["meet", "score the tier", "publish", "write", "agree", "check", "pay", "close", "end"]
    card = ["Meet", "R us", "A me", *[""] * 6]

    def screen(rows: list[str]) -> str:
        drawn = zip(rows, card, strict=True)
        lines = (f"\x1b[{y};1H{left:<30}| {said:<8}" for y, (left, said) in enumerate(drawn, 1))
        return "".join(lines) + "\x1b[1;1H"

    wire = started()
    sent(wire, screen([f"{name} with the supplier" for name in names]))
    moved = sent(wire, screen([f"{name} with the supplier" for name in [*names[1:], "more"]]))
    assert "\x1b[1H\x1b[1M" in moved
    assert not any(name in moved for name in names)
    assert "with" in moved, "the row that came in"


def test_a_sequence_that_nobody_knows_passes_and_the_screen_is_drawn_again() -> None:
    wire = started()
    answer = wire.take("\x1b[3;3H\x1b[5@x\x1b[1;1H")
    assert answer.endswith("\x1b[5@")
    assert "\x1b[2J" in wire.paint()


@pytest.mark.parametrize(
    "sequence",
    ["\x07", "\x1b[?25l", "\x1b[>1u", "\x1b[?2026$p", "\x1b]52;c;eA==\x07", "\x1b[6n"],
)
def test_what_touches_no_cell_passes_as_it_is(sequence: str) -> None:
    wire = started()
    assert sent(wire, sequence) == sequence


def test_another_screen_is_drawn_anew_and_the_shell_s_is_left_alone() -> None:
    wire = started()
    assert sent(wire, "\x1b[?1049l") == "\x1b[?1049l"
    assert sent(wire, "\x1b[2;2Hx") == ""
    assert "\x1b[2J" in sent(wire, "\x1b[?1049h")


def test_a_long_frame_is_bracketed_where_the_terminal_knows_that() -> None:
    page = "\n".join(f"\x1b[{y};1H\x1b[3{y % 8}m{chr(64 + y) * 39}\x1b[0m" for y in range(1, 11))
    wire = started()
    assert "\x1b[?2026h" not in sent(wire, page.replace("A", "Z") * 4)
    cells = [(x, y) for y in range(1, 11) for x in range(1, 40)]
    long = "".join(f"\x1b[{y};{x}H\x1b[3{(x + y) % 8}m*" for x, y in cells)
    drawn = sent(wire, f"\x1b[?2026h{long}\x1b[?2026l")
    assert drawn.startswith("\x1b[?2026h")
    assert drawn.endswith("\x1b[?2026l")


def test_after_a_character_of_unsure_width_the_place_is_told() -> None:
    wire = started()
    assert "😀\x1b[3G!" in sent(wire, "\x1b[2;1H😀!\x1b[1;1H")


@pytest.mark.parametrize(
    ("text", "known"), [("a", True), ("é", True), ("漢", True), ("│", True), ("😀", False)]
)
def test_which_widths_are_sure(text: str, known: bool) -> None:
    assert has_sure_width(text) is known


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=60), st.integers(0, 45))
def test_text_of_any_kind_keeps_the_row_whole(text: str, x: int) -> None:
    cells = ScreenCells(WIDTH, 2)
    cells.move(0, 1)
    cells.write("漢" * 20)
    cells.move(x, 1)
    cells.write(text)
    above, row = cells.frame()
    assert above == (BLANK,) * WIDTH
    assert len(row) == WIDTH
    for at, (shown, _) in enumerate(row):
        if shown == "":
            assert cell_len(row[at - 1][0]) >= 2
        elif cell_len(shown) >= 2:
            assert row[at + 1][0] == ""


LOOKS = st.frozensets(st.sampled_from([1, 2, 3, 4, 5, 7, 8, 9, 21, 53]), max_size=4)
COLOURS = st.sampled_from(["", "31", "97", "38;5;17", "38;2;1;2;3"])
GROUNDS = st.sampled_from(["", "41", "107", "48;5;200", "48;2;0;0;0"])
STYLES = st.builds(CellStyle, LOOKS, COLOURS, GROUNDS, st.just(""))


@given(STYLES, STYLES)
def test_a_change_of_style_leads_there(now: CellStyle, wanted: CellStyle) -> None:
    style = now
    for sequence in style_change(now, wanted).removesuffix("m").split("m"):
        style = apply_sgr(style, sequence.removeprefix("\x1b["))
    assert style == wanted if now != wanted else style_change(now, wanted) == ""


def test_a_style_that_nobody_knows_is_refused() -> None:
    for strange in ("58;5;1", "38;9", "38;5", "120"):
        with pytest.raises(StrangeStyleError):
            apply_sgr(PLAIN, strange)


def test_a_link_is_opened_and_closed() -> None:
    linked = CellStyle(link="id=1;https://example.org")
    assert style_change(PLAIN, linked) == "\x1b]8;id=1;https://example.org\x1b\\"
    assert style_change(linked, PLAIN) == "\x1b]8;;\x1b\\"
    assert space_look(linked) == linked
