"""Write the brief for senior management, or the feedback to the participants.

The formats are Word and Markdown, and with their extras PDF and slides. The brief is two pages and
an appendix, and begins with what is asked for.

With --template, a council's report form is filled in. Any other document of theirs gives its
styles, headers and logo.
"""

import argparse
import sys
from functools import partial
from pathlib import Path

from offwall.model import store
from offwall.model.documents.brief.export import (
    MARKDOWN,
    SLIDES,
    brief_name,
    export_brief,
    illustrations,
    linked,
)
from offwall.model.documents.brief.papers import Pictures, briefing, report
from offwall.model.documents.brief.readers import Audience
from offwall.model.records import Session, excerpt
from offwall.tui.cli.parser import FORCE, SESSION, Arguments, argument, output
from offwall.tui.cli.say import CommandError, as_reader, hint, say
from offwall.tui.kit import context
from offwall.tui.services import free_name
from offwall.tui.services.session_files import earlier_session, session_before, version_session

FOR = (
    "head-of-service, director, leadership-team or committee: who is asked to approve, support and"
    " note; management (as it is where nobody can be asked); participants (the feedback)"
)

ARGUMENTS: Arguments = (
    SESSION,
    output(
        "OUT.docx|OUT.pdf|OUT.pptx|OUT.md",
        "beside the session, NAME-brief.docx or NAME-feedback.docx, under the next free name",
        "where to write: Word, PDF, slides or Markdown",
    ),
    argument(
        "--for",
        dest="audience",
        choices=list(map(str, Audience)),
        type=as_reader,
        metavar="WHOM",
        help=FOR,
    ),
    argument(
        "--template",
        metavar="COUNCIL.docx|COUNCIL.pptx",
        type=Path,
        help="a Word document of the council's: its report form is filled, by content controls "
        "or headings, or its styles, headers and logo are used; or slides, whose looks are used",
    ),
    FORCE,
)


def run(args: argparse.Namespace) -> None:
    """Write the report and say where it is."""
    session = store.read_session(args.session)
    audience = Audience(args.audience or _asked_for())
    target = args.output or free_name(brief_name(args.session, audience))
    told = audience is Audience.PARTICIPANTS
    last = partial(session_before, path=args.session, session=session, tell=hint)
    earlier = last("time", earlier_session) if told and session.earlier else None
    version = None if told else last("version", version_session)
    if target.suffix.lower() == SLIDES:
        if audience is Audience.PARTICIPANTS:
            raise CommandError("Slides are for those who decide. Name another reader after --for.")
        paper = briefing(session, audience, context.today())
    else:
        pictures = _pictures(session, args.session.parent, target)
        paper = report(
            session, audience, context.today(), pictures, earlier=earlier, version=version
        )
    for note in export_brief(paper, target, template=args.template, force=args.force):
        hint(note)
    say(f"Wrote {target}.")


def _asked_for() -> str:
    """Who it is for: asked where somebody sits at the terminal, else senior management."""
    if not sys.stdin.isatty():
        return Audience.MANAGEMENT
    hint(f"Who is it for? {', '.join(Audience)}. Enter alone: {Audience.MANAGEMENT}.")
    said = as_reader(sys.stdin.readline()) or Audience.MANAGEMENT
    if said not in list(Audience):
        raise CommandError(f"There is no reader {excerpt(said)}. Nothing is written.")
    return said


def _pictures(session: Session, folder: Path, target: Path) -> Pictures:
    """The drawing and the photos; one that cannot be used is said, and the rest goes on."""
    if target.suffix.lower() == MARKDOWN:
        return linked(session, folder, target)
    found = illustrations(session, folder)
    for sentence in found.sentences:
        hint(sentence)
    return found.pictures
