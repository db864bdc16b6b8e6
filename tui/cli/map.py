"""Draw the process: pages to print as SVG, or BPMN for those who redraw it.

SVG: all pages are in one file, one under another; with several pages each is in a file of its own
too, OUT-page-1.svg and so on, which prints on one sheet.
"""

import argparse
from os.path import lexists
from pathlib import Path

from offwall.model import store
from offwall.model.documents.diagram.export import LANES, PAPERS, drawing_bpmn, drawing_svg
from offwall.model.records import Session
from offwall.model.records.text import counted
from offwall.model.store import write_output
from offwall.tui.cli.say import CommandError, say
from offwall.tui.services.session_files import candidate_names

HELP = "draw the process, as SVG or BPMN"

FORMATS = ("svg", "bpmn")


def declare(parser: argparse.ArgumentParser) -> None:
    """The file, what is drawn of it and how, and where it goes."""
    parser.add_argument("session", metavar="SESSION.toml", type=Path)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT.svg|OUT.bpmn",
        type=Path,
        help="where to write (without it: beside the session, under the next free name)",
    )
    parser.add_argument("--tier", metavar="T", default="", help="only what this tier does")
    parser.add_argument(
        "--lanes",
        choices=LANES,
        default=LANES[0],
        help="a lane a role (roles), or the wall's four (wall)",
    )
    parser.add_argument(
        "--format", choices=FORMATS, help="without it: as the name after -o ends, else svg"
    )
    parser.add_argument(
        "--paper", choices=tuple(PAPERS), default="A3", help="the size of a page of SVG"
    )
    parser.add_argument("--force", action="store_true", help="overwrite what -o names")


def run(args: argparse.Namespace) -> int:
    """Write the drawing and say where it is."""
    session = store.read_session(args.session)
    form = _form(args.format, args.output)
    drawn = _drawn(session, form, args)
    target = args.output or _free(args.session.with_suffix(f".{form}"), len(drawn))
    # What is there already comes first: if it may not be replaced, nothing is written at all.
    pairs = zip(names(target, len(drawn)), drawn, strict=True)
    for path, content in sorted(pairs, key=lambda pair: not lexists(pair[0])):
        write_output(path, content, force=args.force)
    say(f"Wrote {target}: {counted(len(session.activities), 'activity', 'activities')}.")
    if len(drawn) > 1:
        first, *_, last = names(target, len(drawn))[1:]
        say(f"To print, a page each: {first.name} to {last.name}.")
    return 0


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
    if form == "svg":
        return drawing_svg(session, tier=args.tier, lanes=args.lanes, paper=args.paper)
    if args.lanes != LANES[0]:
        raise CommandError("BPMN has a lane a role: leave --lanes out.")
    return (drawing_bpmn(session, tier=args.tier),)


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
