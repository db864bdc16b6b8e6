"""The palette and the help are derived from the keys bound where one stands."""

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.binding import ActiveBinding
from textual.screen import Screen


def reachable(screen: Screen[object]) -> list[tuple[str, ActiveBinding]]:
    """What can be done here: the keys that do the same, and the first of their bindings."""
    found: dict[str, list[ActiveBinding]] = {}
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.description and not active.binding.system:
            said = active.tooltip or active.binding.description
            found.setdefault(f"{active.binding.description}\n{said}", []).append(active)
    app = screen.app
    return [
        (" ".join(app.get_key_display(active.binding) for active in same), same[0])
        for same in found.values()
    ]


def commands(app: App[None], screen: Screen[object]) -> Iterable[SystemCommand]:
    """A palette entry for each thing that can be done on ``screen``, named as in the footer."""

    def run(active: ActiveBinding) -> None:
        app.run_worker(app.run_action(active.binding.action, active.node))

    for keys, active in reachable(screen):
        said = active.tooltip or active.binding.description
        yield SystemCommand(active.binding.description, f"{said} ({keys})", partial(run, active))
    yield SystemCommand("Theme", "Choose the colours", app.action_change_theme)


def help_of(screen: Screen[object]) -> list[tuple[str, str]]:
    """The keys that apply on ``screen``, and what they do."""
    return [
        (keys, active.tooltip or active.binding.description) for keys, active in reachable(screen)
    ]
