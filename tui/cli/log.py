"""Say what was done to a session: when, by whom and what changed, the latest last.

It comes from what the editor keeps on this computer. To write the session as it was at one of these
times, use offwall recover --at.
"""

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from itertools import groupby

from offwall.model.compare.log import LoggedChange, read_log
from offwall.model.records import say_date
from offwall.model.records.text import counted, plain
from offwall.tui.cli.diff import broken
from offwall.tui.cli.parser import JSON, SESSION, Arguments
from offwall.tui.cli.say import document, hint, say, width_of_terminal
from offwall.tui.services import recent_sessions

ARGUMENTS: Arguments = (SESSION, JSON)


def run(args: argparse.Namespace) -> None:
    """Print every change that is known."""
    log = read_log(recent_sessions.state_folder(), args.session)
    if args.json:
        document(json.dumps({"changes": [_plain(change) for change in log.changes]}, indent=2))
    elif log.changes:
        say(*_lines(log.changes, width_of_terminal()))
    else:
        say(f"Nothing that was done to {args.session} in the editor is kept on this computer.")
    if log.untold:
        hint(f"Of {counted(log.untold, 'run')} nothing can be told: what they began with is gone.")


def _lines(changes: tuple[LoggedChange, ...], width: int | None) -> Iterator[str]:
    for day, found in groupby(changes, key=lambda one: one.at and one.at.date()):
        yield say_date(day) if isinstance(day, dt.date) else "On a day that is not known"
        for one in found:
            time = f"{one.at:%H:%M}" if one.at else "--:--"
            yield from broken(plain(f"{time}  {one.label}{one.by and f'  ({one.by})'}"), width)
            yield from (
                line
                for sentence in one.sentences
                for line in broken(plain(sentence.text), width, 4)
            )


def _plain(change: LoggedChange) -> dict[str, object]:
    """One change, escaped to ASCII by the document."""
    return {
        "at": change.at.isoformat() if change.at else None,
        "by": change.by,
        "label": change.label,
        "changes": [sentence.text for sentence in change.sentences],
    }
