"""Draw the process: a poster as SVG or PDF, pages with the detail, or BPMN.

The poster is the whole process on one sheet. With --pages the detail is written beside it, a file
for each sheet: OUT-page-1.svg and so on. With --lanes wall there is no poster: all pages are in one
file, and each is in a file of its own.
"""

import argparse
import datetime as dt
from os.path import lexists
from pathlib import Path

from offwall.model import store
from offwall.model.documents.diagram.export import (
    LANES,
    drawing_bpmn,
    drawing_svg,
    drawn_activities,
)
from offwall.model.records import Session
from offwall.model.records.text import counted
from offwall.model.store import write_output
from offwall.model.topics.tiers import tier_from
from offwall.tui.cli.parser import BESIDE, FORCE, SESSION, TIER, Arguments, argument, output
from offwall.tui.cli.say import CommandError, hint, say
from offwall.tui.kit import context
from offwall.tui.services.session_files import candidate_names

FORMATS = ("svg", "pdf", "bpmn")

SHEETS = ("A3", "A4")

ARGUMENTS: Arguments = (
    SESSION,
    output("OUT.svg|OUT.pdf|OUT.bpmn", BESIDE),
    TIER,
    argument(
        "--lanes",
        choices=LANES,
        default=LANES[0],
        help="a lane a role on the pages (roles), or the wall's four (wall)",
    ),
    argument("--format", choices=FORMATS, help="without it: as the name after -o ends, else svg"),
    argument(
        "--pages", choices=SHEETS, help="the detail too, on sheets of this size, a lane a role"
    ),
    FORCE,
)


def run(args: argparse.Namespace) -> None:
    """Write the drawing and say where it is."""
    session = store.read_session(args.session)
    args.tier = tier_from(session, args.tier)
    form = _form(args.format, args.output)
    drawn = _drawn(session, form, args)
    target = args.output or _free(args.session.with_suffix(f".{form}"), len(drawn))
    # What is there already comes first: if it may not be replaced, nothing is written at all.
    pairs = zip(names(target, len(drawn)), drawn, strict=True)
    for path, content in sorted(pairs, key=lambda pair: not lexists(pair[0])):
        write_output(path, content, force=args.force)
    every, shown = len(session.activities), drawn_activities(session, args.tier)
    of = f" of {every:,}" if shown != every else ""
    say(f"Wrote {target}: {shown:,}{of} {counted(every, 'activity', 'activities').split()[-1]}.")
    if len(drawn) > 1:
        pages = names(target, len(drawn))[1:]
        say(f"To print, a page each: {pages[0].name} to {pages[-1].name}.")


def _form(asked: str | None, output: Path | None) -> str:
    """The form that is asked for, or that the name of the file says."""
    if output is None or output.is_dir():
        return asked or FORMATS[0]
    named = output.suffix.lower().removeprefix(".")
    if named not in FORMATS or asked not in (None, named):
        endings = f".{asked}" if asked else " or ".join(f".{form}" for form in FORMATS)
        raise CommandError(f"{output}: the name of such a drawing ends in {endings}. Name it so.")
    return named


def _drawn(session: Session, form: str, args: argparse.Namespace) -> tuple[bytes, ...]:
    wall, today = args.lanes != LANES[0], context.today()
    if form == "bpmn":
        if wall:
            raise CommandError("BPMN has a lane a role: leave --lanes out.")
        return (drawing_bpmn(session, tier=args.tier),)
    files = drawing_svg(
        session,
        tier=args.tier,
        lanes=args.lanes,
        paper=args.pages or (SHEETS[0] if wall else ""),
        printed=today,
    )
    return files if form == "svg" else (_pdf(session, today, (wall and files[1:]) or files),)


def _pdf(session: Session, today: dt.date, pages: tuple[bytes, ...]) -> bytes:
    """The sheets as one PDF; letters that cannot be shown are said."""
    # What sets PDF is an extra, and needed for this alone.
    from offwall.model.documents.brief.papers import map_paper
    from offwall.model.documents.pdf import drawing_pdf

    made = drawing_pdf(map_paper(session, today), pages)
    for note in made.notes("the map"):
        hint(note)
    return made.content


def names(target: Path, files: int) -> list[Path]:
    """The file with everything, and a file for each page where there are several."""
    pages = (target.with_name(f"{target.stem}-page-{n}{target.suffix}") for n in range(1, files))
    return [target, *pages]


def _free(wanted: Path, files: int) -> Path:
    """The first candidate that nothing bears, and none of whose pages either."""
    return next(
        path
        for path in candidate_names(wanted)
        if not any(one.exists() or one.is_symlink() for one in names(path, files))
    )
