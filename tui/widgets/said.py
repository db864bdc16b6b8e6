"""A text that is drawn again only when it reads or looks differently."""

from collections.abc import Sequence

from textual.content import Content, Span
from textual.visual import VisualType
from textual.widgets import Static


class Said(Static):
    """A `Static` that each key may tell the same again, at no cost."""

    _last: tuple[str, Sequence[Span]] | None = None

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text; the very same is not drawn."""
        said = (content.plain, content.spans) if isinstance(content, Content) else None
        if said is None or said != self._last:
            self._last = said
            super().update(content, layout=layout)
