"""The session file: TOML text to a `Session` and back, and its JSON Schema.

Keys and types come from the records' dataclasses; an error names the line. Start with `load` and
`write`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.store.toml.load import loads
    from offwall.model.store.toml.read import MisfitError, unknown_keys
    from offwall.model.store.toml.write import dumps, unknown_keys_text

__all__, __getattr__ = front(
    __name__,
    {
        "load": "loads",
        "read": "MisfitError unknown_keys",
        "write": "dumps unknown_keys_text",
    },
)
