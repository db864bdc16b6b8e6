"""The session file: TOML text to a `Session` and back, and its JSON Schema.

Keys and types come from the records' dataclasses; an error names the line. Start with `load` and
`record_tables`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.store.toml.load import loads
    from offwall.model.store.toml.record_tables import dumps

__all__, __getattr__ = front(__name__, {"load": "loads", "record_tables": "dumps"})
