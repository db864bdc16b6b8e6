"""One proposal in full: what it is about, what is proposed, its readings, and who says so."""

from collections.abc import Iterator

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.importing import Kind, Proposal
from tui.text import plain, plain_lines

HOW = (
    "Enter accepts the line under the cursor, x leaves it; A accepts all but the clashes.\n"
    "u takes an acceptance back. What is missing in a workbook stays here unless you remove it."
)

SHOWN = 3
"""Readings that are shown; Enter lists all of them."""


class ImportCard(Widget):
    """Below the list, or beside it where there is room."""

    DEFAULT_CSS = """
    ImportCard { padding: 0 1; overflow: hidden; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._one: Proposal | None = None
        self._chosen: int | None = None
        self._said = ""

    def look_at(self, one: Proposal | None, chosen: int | None, said: str = "") -> None:
        """Show another proposal, and by which reading it was accepted; or a sentence."""
        self._one, self._chosen, self._said = one, chosen, said
        self.refresh()

    def render(self) -> RenderResult:
        """The proposal, else how it is done."""
        if self._one is None:
            return Content(plain(self._said) or HOW)
        return Content("\n").join(_lines(self._one, self._chosen))


def _lines(one: Proposal, chosen: int | None) -> Iterator[Content]:
    yield Content.styled(f"{one.place} {plain(one.what)}".strip(), "bold")
    yield Content(plain_lines(one.says))
    if len(one.readings) > 1:
        for place, reading in enumerate(one.readings):
            if place >= SHOWN and place != chosen:
                continue
            style = "$text-success" if place == chosen else ""
            yield Content.styled(
                f"  {'✓' if place == chosen else '·'} {plain(reading.says)}", style
            )
    verb = "written by" if one.kind is Kind.REMARK else "saved by"
    for source in one.sources:
        said = [plain(source.file), f"{verb} {plain(source.by)}" if source.by else ""]
        said.append(plain(source.place))
        yield Content.styled(", ".join(filter(None, said)), "$text-muted")
