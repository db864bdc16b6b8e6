"""Print the JSON Schema of the session file, for editors that check what you type.

Write it with: offwall schema > session.schema.json. Then put this on the session's first line:
#:schema ./session.schema.json. VS Code with Even Better TOML, and taplo, then show mistakes.
"""

import argparse
import json

from offwall.tui.cli.parser import Arguments
from offwall.tui.cli.say import document

ARGUMENTS: Arguments = ()


def run(_: argparse.Namespace) -> None:
    """Print one document."""
    document(text())


def text() -> str:
    """The schema as JSON, the same bytes on every computer."""
    from offwall.model.store.toml.schema import schema

    return json.dumps(schema(), indent=2, ensure_ascii=False)
