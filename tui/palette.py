"""The palette and the help are derived from the keys bound where one stands."""

from collections.abc import Iterable

from textual.app import App, SystemCommand
from textual.screen import ActiveBinding, Screen


def reachable(screen: Screen[object]) -> list[ActiveBinding]:
    """The bindings that do something here and say what, one an action."""
    found: dict[str, ActiveBinding] = {}
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.description and not active.binding.system:
            found.setdefault(active.binding.action, active)
    return list(found.values())


def commands(app: App[object], screen: Screen[object]) -> Iterable[SystemCommand]:
    """A palette entry for each binding that applies on ``screen``, named as in the footer."""
    for active in reachable(screen):
        key = app.get_key_display(active.binding)
        yield SystemCommand(
            active.binding.description,
            f"{active.tooltip or active.binding.description} ({key})",
            lambda active=active: app.run_worker(
                app.run_action(active.binding.action, active.node), exclusive=False
            ),
        )
    yield SystemCommand("Theme", "Choose the colours", app.action_change_theme)


def keys(app: App[object], screen: Screen[object]) -> list[tuple[str, str]]:
    """Each key that applies on ``screen``, and what it does, for help."""
    return [
        (app.get_key_display(active.binding), active.tooltip or active.binding.description)
        for active in reachable(screen)
    ]
