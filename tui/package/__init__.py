"""Offwall takes a council's process map off the wall: the one package that is installed.

`offwall.model` is plain Python: records, rules, files. `offwall.tui` is what people see and type:
the editor and the commands. `offwall.sample_sessions` are sessions to learn from. Their folders
stand at the top of the repository; pyproject.toml says which package each one is.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def front(room: str, homes: Mapping[str, str]) -> tuple[list[str], Callable[[str], Any]]:
    """The `__all__` and `__getattr__` of a room: a name is loaded when it is first asked for.

    ``room`` is the package's name; ``homes`` has, by module of the room, the names that others may
    use, with spaces between. So a front costs a start only what the first screen needs.
    """
    home = {name: module for module, names in homes.items() for name in names.split()}

    def load(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value = getattr(import_module(f"{room}.{home[name]}"), name)
        setattr(sys.modules[room], name, value)
        return value

    return list(home), load


def __getattr__(name: str) -> str:
    """`__version__`, asked of what is installed; reading that takes longer than most commands."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("offwall")
