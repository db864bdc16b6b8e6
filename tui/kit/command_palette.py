"""The command palette and the help, both derived from the keys bound where one stands."""

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.binding import ActiveBinding
from textual.screen import Screen

SIDEWAYS = {"Scroll Left", "Scroll Right", "Page Left", "Page Right"}
"""What the framework binds everywhere, and no list of ours is wide enough for."""


def reachable_keys(screen: Screen[object]) -> list[tuple[str, ActiveBinding]]:
    """What can be done here: the keys that do the same, and the first of their bindings.

    Offwall's own come first: they have an id, and the framework's have none.
    """
    found: dict[str, list[ActiveBinding]] = {}
    for active in screen.active_bindings.values():
        if _key_words(active):
            said = active.tooltip or active.binding.description
            found.setdefault(f"{active.binding.description}\n{said}", []).append(active)
    app = screen.app
    every = [
        (" ".join(app.get_key_display(active.binding) for active in same), same[0])
        for same in found.values()
    ]
    return sorted(every, key=lambda one: not one[1].binding.id)


def _key_words(active: ActiveBinding) -> bool:
    binding = active.binding
    if not active.enabled or binding.system or binding.key.startswith("super+"):
        return False
    return bool(binding.description) and binding.description not in SIDEWAYS


def _action_name(active: ActiveBinding) -> str:
    """What it does, in a word or two; the framework writes Each Word Large."""
    description = active.binding.description
    return description if active.binding.id else description.capitalize()


NO_COMMANDS = {"move", "page", "to", "column", "section", "command_palette"}
"""The actions that only a key is for: who moves about presses it, and the palette is open."""


def _is_command(active: ActiveBinding) -> bool:
    """Whether it is worth a line of the palette; what the framework binds moves and types."""
    binding = active.binding
    return bool(binding.id) and binding.action.partition("(")[0] not in NO_COMMANDS


def palette_commands(app: App[None], screen: Screen[object]) -> Iterable[SystemCommand]:
    """A palette entry for each thing that can be done on ``screen``, named as in the footer."""

    def run(active: ActiveBinding) -> None:
        app.run_worker(app.run_action(active.binding.action, active.node))

    for keys, active in filter(lambda one: _is_command(one[1]), reachable_keys(screen)):
        said = active.tooltip or _action_name(active)
        yield SystemCommand(_action_name(active), f"{said} ({keys})", partial(run, active))
    yield SystemCommand("Theme", "Choose the colours", app.action_change_theme)


HERE, MOVING, ANYWHERE = "On this screen", "Moving about", "Anywhere"


def key_help(screen: Screen[object]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys that apply on ``screen`` and what they do: its own, those of any list, the rest."""
    groups: dict[str, list[tuple[str, str]]] = {HERE: [], MOVING: [], ANYWHERE: []}
    for keys, active in reachable_keys(screen):
        room, _, name = (active.binding.id or "").partition(".")
        moves = not room or (room in ("list", "sections") and name != "choose")
        group = ANYWHERE if room in ("app", "screen") else MOVING if moves else HERE
        groups[group].append((keys, active.tooltip or _action_name(active)))
    return [*groups.items()]
