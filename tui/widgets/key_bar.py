"""The last line: the keys that apply where one stands.

Textual's `Footer` makes a widget a key and composes them all anew whenever the bindings may have
changed: most of what a key costs. This is one line of text, drawn again only when it reads
differently.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

NEEDED = ("back", "leave", "dismiss", "app.leave", "help")
"""Actions whose keys are shown however little room there is: the way out, and what says more."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does, and whether it can be done now."""

    text: Content
    able: bool
    needed: bool


def fitted(keys: Sequence[Key], width: int) -> Content:
    """The keys in one line: closer together where room is short; then without those that can do
    nothing now, then without the last ones. Help, which always stays, lists them all.
    """
    left = list(keys)
    for gap in ("  ", " "):
        line = Content(gap).join(key.text for key in left)
        if line.cell_length <= width:
            return line
    spare = sorted((key for key in left if not key.needed), key=lambda key: key.able, reverse=True)
    while spare and line.cell_length > width:
        left.remove(spare.pop())
        line = Content(" ").join(key.text for key in left)
    return line.truncate(width, ellipsis=True)


class KeyBar(Widget):
    """Shows the bindings with ``show`` set, one for each action; dimmed where they cannot act."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $panel; color: $text; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)

    def _changed(self, screen: Screen[object]) -> None:
        keys = self._shown(screen)
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _shown(self, screen: Screen[object]) -> tuple[Key, ...]:
        actions: dict[str, Key] = {}
        for active in screen.active_bindings.values():
            if active.binding.show and active.binding.action not in actions:
                actions[active.binding.action] = self._key(active)
        return tuple(actions.values())

    def _key(self, active: ActiveBinding) -> Key:
        binding, able = active.binding, active.enabled
        key = self.app.get_key_display(binding)
        look, said = ("bold $text-accent", "$text") if able else ("$text-disabled",) * 2
        text = Content.assemble((key, look), " ", (binding.description, said))
        return Key(text, able, binding.action in NEEDED)

    def render(self) -> RenderResult:
        """As many keys as there is room for."""
        return fitted(self._keys, self.size.width)
