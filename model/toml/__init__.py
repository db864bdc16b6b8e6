"""The session file: TOML text to a `Session` and back.

`loads` and `dumps` are each other's inverse. What Offwall does not know is kept and written back.
A mistake in the file is a `SessionFileError`: one sentence with the line, the record, and what to
do. `scan` says which lines hold which record.
"""

from model.toml.errors import SessionFileError, shown
from model.toml.load import loads
from model.toml.places import Block, Places, scan
from model.toml.write import dumps, plain, record_text

__all__ = [
    "Block",
    "Places",
    "SessionFileError",
    "dumps",
    "loads",
    "plain",
    "record_text",
    "scan",
    "shown",
]
