"""The last line: the keys that apply where one stands.

Textual's `Footer` makes a widget a key and composes them all anew whenever the bindings may have
changed: most of what a key costs. This is one line of text, drawn again only when it reads
differently.
"""

from textual.app import RenderResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget


class KeyBar(Widget):
    """Shows the bindings with ``show`` set, one for each action; dimmed where they cannot act."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $panel; color: $text; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Content, ...] = ()

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)

    def _changed(self, screen: Screen[object]) -> None:
        keys = self._shown(screen)
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _shown(self, screen: Screen[object]) -> tuple[Content, ...]:
        actions: dict[str, Content] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.action not in actions:
                key = self.app.get_key_display(binding)
                look = "bold $text-accent" if active.enabled else "$text-disabled"
                said = "$text" if active.enabled else "$text-disabled"
                actions[binding.action] = Content.assemble(
                    (key, look), " ", (binding.description, said)
                )
        return tuple(actions.values())

    def render(self) -> RenderResult:
        """The keys, closer together where room is short, and cut where the line ends."""
        line = Content("  ").join(self._keys)
        if line.cell_length > self.size.width:
            line = Content(" ").join(self._keys)
        return line.truncate(self.size.width, ellipsis=True)
