"""Every screen at every size, in the looks that a room sees: nothing is cut that had room, all
begin in one column, the terminal's cursor is where the work is, and every word can be read.

The gate walks four screens at each of the four sizes; the night walks all of them, in every session
of the gallery.
"""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.app import App
from textual.screen import ModalScreen
from textual.widget import Widget

from docs.gallery import LOOKS, SCREENS, SESSIONS, SIZES, walk, wear
from offwall.model.records.text import plain
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.kit.cell_grid import CellGrid
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import in_lines
from tests.journey import Journey, afternoon
from tests.looks.test_contrast import unread

QUICK = ("home", "record", "plan", "topic")
"""The screens that are walked in the gate: one of each part."""

FIRST_COLUMNS = {1, 3}
"""Where the first ink of whatever stands at the left may be."""

UNPOINTED: frozenset[str] = frozenset()
"""Screens on which the terminal's cursor is not looked at."""

ELLIPSIS = "…"


def cut_with_room(rows: RecordList) -> Iterator[str]:
    """The cells that end in an ellipsis though their row has what they lack in blanks."""
    sized = rows.plan.sized()
    for row in rows.rows:
        if row.heading:
            continue
        texts = [plain(cell if isinstance(cell, str) else cell[0]) for cell in rows.cells(row)]
        lines = rows.plan.lines_of(row)
        free = [
            size - max(len(line.rstrip()) for line in shown)
            for (_, size), shown in zip(sized, lines, strict=False)
        ]
        for place, (text, shown) in enumerate(zip(texts, lines, strict=False)):
            if not shown[-1].rstrip().endswith(ELLIPSIS) or text.endswith(ELLIPSIS):
                continue
            roomier = in_lines(text, sized[place][1] + sum(free), rows.plan.lines)
            if not roomier[-1].rstrip().endswith(ELLIPSIS):
                yield f"{text!r} is cut beside {sum(free)} blanks"


def first_inks(app: App[object]) -> Iterator[str]:
    """Where what stands at the left begins, where that is in no column that it may be."""
    lines = [
        "".join(part.text for part in strip) for strip in app.screen._compositor.render_strips()
    ]
    for widget in leaves(app):
        region = widget.region
        if region.x > max(FIRST_COLUMNS):
            continue
        shown = (lines[y][: region.right] for y in range(region.y, min(region.bottom, len(lines))))
        # A rule goes from edge to edge.
        inked = [
            len(line) - len(line.lstrip()) for line in shown if line.strip() and line[0] != "─"
        ]
        if inked and min(inked) not in FIRST_COLUMNS:
            yield f"{widget!r} begins in column {min(inked)}"


def leaves(app: App[object]) -> Iterator[Widget]:
    """What is seen and holds nothing else."""
    for widget in app.screen.query("*"):
        if widget.is_on_screen and widget.display and widget.region and not widget.children:
            yield widget


def cursor_astray(app: App[object]) -> str:
    """Where the terminal's cursor is, if that is not within what has the keys."""
    focused, at = app.screen.focused, app.cursor_position
    if focused is None or focused.content_region.contains(*at):
        return ""
    return f"the cursor is at {at}, not within {focused!r}"


def faults(journey: Journey, name: str) -> Iterator[str]:
    """What is wrong with the screen that is shown."""
    app = journey.app
    for rows in app.screen.query(RecordList):
        # The columns of a grid are its matrix: their blanks are nobody's to take.
        if rows.is_on_screen and not isinstance(rows, CellGrid):
            yield from cut_with_room(rows)
    # What asks something floats above all.
    if not isinstance(app.screen, ModalScreen):
        yield from first_inks(app)
    if name not in UNPOINTED and (astray := cursor_astray(app)):
        yield astray


async def walked(
    session: str, size: tuple[int, int], screens: Sequence[str], folder: Path
) -> list[str]:
    """What is wrong on these screens."""
    path, found = folder / f"{session}.toml", []
    path.write_text(await asyncio.to_thread(lambda: dumps(SESSIONS[session]())), "utf-8")
    async with afternoon(path, size) as journey:

        async def look(name: str) -> None:
            found.extend(f"{name}: {fault}" for fault in faults(journey, name))
            for theme in ("projector", "dark"):
                wear(journey.app, LOOKS[theme])
                await journey.settle()
                unreadable = unread(journey, ColorSystem.TRUECOLOR)
                found.extend(f"{name}, {theme}: {words}" for words in unreadable)

        await walk(journey, screens, look)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_four_screens_can_be_read_at_every_size(
    size: tuple[int, int], tmp_path: Path
) -> None:
    assert not await walked("sample", size, QUICK, tmp_path)


@pytest.mark.night
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("session", SESSIONS)
async def test_every_screen_can_be_read_at_every_size(
    session: str, size: tuple[int, int], tmp_path: Path
) -> None:
    assert not await walked(session, size, [*SCREENS], tmp_path)
