"""Write the facilitator's run sheet: what to say, which key, when to stop, what to photograph."""

import argparse
from pathlib import Path

from offwall.model.documents.brief.export import export_brief
from offwall.model.documents.run_sheet import run_sheet
from offwall.model.store import ExportError
from offwall.tui.cli.parser import FORCE, Arguments, output
from offwall.tui.cli.say import hint, say
from offwall.tui.kit import context
from offwall.tui.services import free_name

ENDINGS = (".docx", ".md", ".pdf")

ARGUMENTS: Arguments = (
    output("FILE.docx|FILE.pdf|FILE.md", "run-sheet.docx here, under the next free name"),
    FORCE,
)


def run(args: argparse.Namespace) -> None:
    """Write it and say where it is."""
    target = args.output or free_name(Path("run-sheet.docx"))
    if target.suffix.lower() not in ENDINGS:
        raise ExportError(f"{target}: a run sheet's name ends in {' or '.join(ENDINGS)}.")
    for note in export_brief(run_sheet(context.today()), target, force=args.force):
        hint(note)
    say(f"Wrote {target}.")
