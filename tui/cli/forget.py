"""Remove what this computer keeps of a session beside its file: copies, journals, drafts.

They hold what people said. The session file itself stays.
"""

import argparse
import shutil

from offwall.model.records.text import counted
from offwall.model.store.journal import in_use
from offwall.model.store.recovery import folders
from offwall.model.store.session_file import sweep
from offwall.tui.cli.parser import SESSION, Arguments
from offwall.tui.cli.say import CommandError, say
from offwall.tui.services import recent_sessions
from offwall.tui.services.live_line import remove_stale_lines
from offwall.tui.services.lock_file import other_openers, this_opener

ARGUMENTS: Arguments = (SESSION,)


def run(args: argparse.Namespace) -> None:
    """Remove everything, and say what it was."""
    found = folders(recent_sessions.state_folder(), args.session)
    if any(in_use(folder) for folder in found):
        raise CommandError(f"{args.session} is open in Offwall; leave it there, and try again.")
    removed = [file.name for folder in found for file in folder.iterdir()]
    for folder in found:
        shutil.rmtree(folder)
    removed += ["before."] * (sweep(beside) if (beside := args.session.parent).is_dir() else 0)
    other_openers(args.session)
    remove_stale_lines(args.session, this_opener(""))
    listed = recent_sessions.forget(args.session)
    if not removed and not listed:
        say(f"Nothing is kept of {args.session} on this computer.")
        return
    parts = [
        counted(number, one, many)
        for one, many, stem in KINDS
        if (number := sum(name.lstrip(".").startswith(stem) for name in removed))
    ]
    parts += ["its place in the list of recent sessions"] if listed else []
    say(f"Removed {', '.join(parts)}. {args.session} itself was left alone.")


KINDS: tuple[tuple[str, str, str | tuple[str, ...]], ...] = (
    ("copy", "copies", "copy-"),
    ("whole session", "whole sessions", "whole-"),
    ("session of before a merge", "sessions of before a merge", "prior-"),
    ("journal", "journals", ("journal-", "kept-")),
    ("damaged journal", "damaged journals", "damaged-"),
    ("draft", "drafts", "draft-"),
    ("text that was copied", "texts that were copied", "copied."),
    ("note of what was exported", "notes of what was exported", "export-"),
    ("note of where it lies", "notes of where it lies", "about"),
    ("half-written file", "half-written files", ("before.", "after.")),
)
"""What lies there: one of it, several, and how its name begins."""
