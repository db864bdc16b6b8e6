"""Take back what people changed in workbooks.

Each change is listed with the file that it comes from, and nothing is taken until you say so. A
workbook that Offwall wrote is compared with what it was exported from. In a terminal a screen opens
where you accept or leave each change. If SESSION.toml is not there yet, the workbook starts it.
Nothing is removed unless you accept that line.
"""

import argparse
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path

from offwall.model import store
from offwall.model.records import Session, derive
from offwall.model.records.session import Workshop
from offwall.model.records.text import counted, plain
from offwall.model.workbook import Proposals
from offwall.model.workbook.import_.proposals import (
    Proposal,
    ProposalKind,
    accept_proposals,
    count_proposals,
)
from offwall.model.workbook.template.choice import MappingChoice, with_columns
from offwall.tui.cli.opened import opened
from offwall.tui.cli.parser import MAPPING, SESSION, Arguments, argument
from offwall.tui.cli.say import CommandError, at_screen, hint, say, width_of_terminal
from offwall.tui.kit import context
from offwall.tui.services.workbooks import Importing, read_workbooks

INDENT = "    "
WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".ods", ".csv", ".tsv")
LISTED = 4
"""Readings of a proposal that are listed; a new role may be another name for any."""

TOLD = 30
"""Sentences about what was left alone that are listed."""

ARGUMENTS: Arguments = (
    argument(
        "workbooks",
        metavar="WORKBOOK",
        type=Path,
        nargs="+",
        help="one or more, .xlsx, .ods or .csv",
    ),
    SESSION,
    [
        argument("--dry-run", action="store_true", help="list what they propose; no more"),
        argument("--yes", action="store_true", help="accept all but conflicts; nothing is removed"),
    ],
    *MAPPING,
)


def mapping_of(args: argparse.Namespace) -> MappingChoice:
    """What was said of the workbook."""
    return MappingChoice(tuple(args.column), args.sheet, args.table)


def wants_screen(args: argparse.Namespace) -> bool:
    """Whether the list is to be shown in the editor: at a terminal, where no option says else."""
    return at_screen() and not (args.dry_run or args.yes)


def begun(args: argparse.Namespace) -> Importing | None:
    """What the screen is to show, if one is; a session that is not there is started, empty."""
    if not wants_screen(args):
        return None
    session, importing = _read(args)
    if not os.path.lexists(args.session):
        store.create_session(args.session, session)
    return importing


def run(args: argparse.Namespace) -> int:
    """List what the workbooks propose, and accept it where that was asked for."""
    session, importing = _read(args)
    found = importing.propose(session, strictly=True)
    shown = found.mapping if args.dry_run else found.summary
    if shown:
        say(*map(plain, shown))
    _list(found, whole=args.yes)
    if args.dry_run:
        say("Nothing was changed.")
        return 0
    if not args.yes:
        hint("Nothing was changed. --yes accepts all but conflicts; at a terminal a screen opens.")
        return 1 if found.found else 0
    return _accept(args, session, found)


def _read(args: argparse.Namespace) -> tuple[Session, Importing]:
    """The session as it is, or a new one, with what was said of columns; and the workbooks."""
    if args.session.suffix.lower() in WORKBOOKS:
        raise CommandError(
            f"{args.session} is a workbook; name the workbooks first, and the session last."
        )
    new = not os.path.lexists(args.session)
    if new and not args.session.parent.is_dir():
        raise CommandError(f"{args.session}: there is no folder {args.session.parent}; make it.")
    session = _begun(args.workbooks[0]) if new else store.read_session(args.session)
    choice = mapping_of(args)
    session = with_columns(session, choice)
    return session, read_workbooks(args.workbooks, choice, context.Context(), starts=new)


def _begun(workbook: Path) -> Session:
    """A new session, called as the workbook is."""
    return Session(workshop=Workshop(id=derive(context.new_seed(), "w"), title=workbook.stem))


def _list(proposals: Proposals, *, whole: bool) -> None:
    width = width_of_terminal()
    several = len({source.file for one in proposals.found for source in one.sources}) > 1
    for one in proposals.found:
        for line in _lines(one, several=several):
            say(*(textwrap.wrap(line, width, subsequent_indent=INDENT * 3) if width else [line]))
    listed = proposals.told if whole else proposals.told[:TOLD]
    for sentence in listed:
        hint(sentence)
    if len(proposals.told) > len(listed):
        hint(f"and {counted(len(proposals.told) - TOLD, 'more line')} about what was left alone.")
    say(summary(proposals))


def _lines(proposal: Proposal, *, several: bool) -> Iterator[str]:
    """The proposal, its readings where there are several, and where it is from."""
    what = f"{proposal.place} {plain(proposal.what)}".strip()
    said = f"{proposal.kind:<8} {what}: {plain(proposal.says)}"
    yield said
    if len(proposal.readings) > 1:
        for number, reading in enumerate(proposal.readings[:LISTED], 1):
            yield f"{INDENT}{number} {plain(reading.says)}"
        if len(proposal.readings) > LISTED:
            yield f"{INDENT}or {counted(len(proposal.readings) - LISTED, 'other')}, on the screen"
    if several or any(source.by for source in proposal.sources):
        yield INDENT + "; ".join(dict.fromkeys(from_whom(proposal)))


def from_whom(proposal: Proposal) -> Iterator[str]:
    """The workbooks that propose it, and who saved each last, or wrote the remark."""
    for source in proposal.sources:
        verb = "by" if proposal.kind is ProposalKind.REMARK else "saved by"
        by = f", {verb} {plain(source.by)}" if source.by else ""
        place = f", {plain(source.place)}" if source.place else ""
        yield f"{plain(source.file)}{by}{place}"


def summary(proposals: Proposals) -> str:
    """How many proposals there are of each kind."""
    said = count_proposals(proposals.found)
    return f"{counted(len(proposals.found), 'proposal')}: {said}." if said else "Nothing new."


def _accept(args: argparse.Namespace, session: Session, proposals: Proposals) -> int:
    """Accept all that needs no choice; the exit status is 1 where something waits for one."""
    path: Path = args.session
    ids = [one.id for one in proposals.found if one.unasked]
    if not os.path.lexists(path):
        store.create_session(path, accept_proposals(session, proposals, ids, {}))
        say(f"Started {path}.")
    else:
        file = opened(path)
        now = with_columns(file.session, mapping_of(args))
        file.save(accept_proposals(now, proposals, ids, {}))
    say(f"Accepted {counted(len(ids), 'proposal')}.")
    left = [one for one in proposals.found if one.kind is ProposalKind.CLASH]
    missing = sum(one.kind is ProposalKind.MISSING for one in proposals.found)
    if missing:
        gone = counted(missing, "record is", "records are")
        say(f"{gone} no longer in the workbook; nothing was removed.")
    if left:
        hint(f"{counted(len(left), 'conflict')} left: open the session, or say which is right.")
    return 1 if left else 0
