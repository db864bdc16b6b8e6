"""A screen of sections: a digit shows each, and a few words tell what the cursor stands on."""

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from tui.screens.session_screen import SessionScreen
from tui.text import plain
from tui.widgets.sections import Sections
from tui.widgets.setup_section import SetupSection


def section_keys(screen: str, title: str, names: Iterable[str]) -> list[Binding]:
    """Tab and the digits; ``screen`` is what their ids begin with."""
    return [
        Binding("tab", "section(1)", "Next section", show=False, id=f"{screen}.next"),
        Binding("shift+tab", "section(-1)", "Section before", show=False, id=f"{screen}.before"),
        *(
            Binding(
                str(number),
                f"go_to({name!r})",
                name,
                show=False,
                id=f"{screen}.{name.lower()}",
                tooltip=f"{title}: {name.lower()}",
            )
            for number, name in enumerate(names, 1)
        ),
    ]


class SectionsScreen(SessionScreen):
    """Has `Sections` in its body, and below them a `Static` of id ``about``."""

    def on_setup_section_told(self, message: SetupSection.Told) -> None:
        """Say in full what the cursor stands on; the box has its size, so nothing is laid out."""
        message.stop()
        self.query_one("#about", Static).update(Content(plain(message.text)), layout=False)

    def action_go_to(self, name: str) -> None:
        """Show a section."""
        self.query_one(Sections).show(name)

    def action_section(self, by: int) -> None:
        """Show the section after or before."""
        self.query_one(Sections).action_section(by)
