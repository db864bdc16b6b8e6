"""A screen as the text of a web page: headings, tables and paragraphs in the order of reading.

What is drawn in a canvas cannot be read aloud, enlarged by the browser or searched; this can.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from offwall.model.records.text import plain
from offwall.tui.kit import RecordList
from offwall.tui.kit.frame import KeyBar, ScreenHeading
from offwall.tui.kit.sections import Sections, SectionTabs
from offwall.tui.kit.selection import SelectingWidget
from offwall.tui.kit.standing import cursor_of
from offwall.tui.projector.show_screen import ShowRows

TextRow = tuple[Sequence[str], bool, bool]
"""The cells of a row, whether it is a heading, and whether the recorder stands on it."""


def current_text(screen: Screen[Any]) -> str:
    """The row that the recorder stands on, to be read aloud when it is another; may be none."""
    at = cursor_of(screen)
    texts = at.texts() if at else ()
    return plain(texts[at.index]) if at and at.index < len(texts) else ""


def screen_html(screen: Screen[Any]) -> str:
    """All that is shown, but for the keys; text of the session is text."""
    return "\n".join(part for one in _leaves(screen) for part in _parts(one))


def _leaves(node: Widget) -> Iterator[Widget]:
    for child in node.children:
        if child.display and not isinstance(child, KeyBar):
            if child.children:
                yield from _leaves(child)
            else:
                yield child


def _parts(widget: Widget) -> Iterator[str]:
    if isinstance(widget, SectionTabs) and isinstance(widget.parent, Sections):
        yield f"<h2>{_text(widget.parent.current)}</h2>"
    elif isinstance(widget, RecordList):
        at = widget.key
        rows = [
            ([_cell(cell) for cell in row.cells], row.heading, row.key == at) for row in widget.rows
        ]
        yield from _tables(widget.titles, rows)
    elif isinstance(widget, ShowRows):
        yield from _tables(widget.titles, widget.text_rows())
    elif isinstance(widget, SelectingWidget):
        yield from _tables(
            ("",), [([one], False, n == widget.index) for n, one in enumerate(widget.texts())]
        )
    else:
        drawn = widget.render_lines(Region(0, 0, *widget.size))
        lines = ("".join(part.text for part in strip).strip() for strip in drawn)
        said = "<br>".join(filter(None, map(_text, lines)))
        tag = "h1" if isinstance(widget, ScreenHeading) else "p"
        yield f"<{tag}>{said}</{tag}>" if said else ""


def _tables(titles: Sequence[str], rows: Iterable[TextRow]) -> Iterator[str]:
    """A table for the rows under each heading."""
    head = "".join(f'<th scope="col">{_text(title)}</th>' for title in titles)
    for heading, several in groupby(rows, lambda row: row[1]):
        if heading:
            yield from (f"<h2>{_text(' '.join(cells))}</h2>" for cells, _, _ in several)
        else:
            body = "\n".join(_row(cells, here=here) for cells, _, here in several)
            yield f"<table><thead><tr>{head}</tr></thead>\n{body}</table>"


def _row(cells: Sequence[str], *, here: bool) -> str:
    mark = ' aria-current="true"' if here else ""
    return f"<tr{mark}>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"


def _cell(cell: str | tuple[str, str]) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _text(text: str) -> str:
    return escape(plain(text))
