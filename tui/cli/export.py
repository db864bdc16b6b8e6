"""Write the workbook, or fill in the council's own.

With --for and without --all you get a part of it, for somebody to fill in at their desk: the stages
that a person, a role or a team leads, or those that --stage names. The session keeps who has which
part. Take the part back with offwall import.

With --all everything that people take away goes into a new folder: the workbook, the brief, the
feedback, the map and the action plan, and in folders below them the mails and the calendars.
"""

import argparse
from pathlib import Path

from offwall.model import store
from offwall.model.documents.brief.readers import READERS, Audience
from offwall.model.process.handed_out import (
    activities_of,
    hand_out,
    part_for,
    say_part,
    shared_with,
)
from offwall.model.records.text import counted
from offwall.model.store import photos_folder
from offwall.model.store.files import safe_name
from offwall.model.workbook.write import export as snapshots
from offwall.model.workbook.write.export import SUFFIX, export_workbook
from offwall.tui.cli.opened import keep, opened
from offwall.tui.cli.parser import BESIDE, FORCE, MAPPING, SESSION, Arguments, argument, output
from offwall.tui.cli.say import CommandError, as_reader, complain, hint, say
from offwall.tui.kit import Context, context
from offwall.tui.services import free_name, recent_sessions

BRIEFED = tuple(str(one) for one in READERS if one is not Audience.PARTICIPANTS)

FOR = (
    "a part for this person, role, team or stage; with --all, who the brief is for:"
    " head-of-service, director, leadership-team or committee"
)

ARGUMENTS: Arguments = (
    SESSION,
    output("OUT.xlsx|FOLDER", BESIDE),
    argument(
        "--all",
        action="store_true",
        help="all the documents to send, into a new folder (without -o: NAME and the day)",
    ),
    argument("--for", dest="whom", metavar="WHOM", default="", help=FOR),
    argument(
        "--stage",
        metavar="S",
        action="append",
        default=[],
        help="with --for, a stage of the part, by id, number or name; may be given again",
    ),
    argument(
        "--template",
        metavar="THEIRS.xlsx",
        type=Path,
        help="fill a copy of this workbook; all else in it stays as it is",
    ),
    argument(
        "--dry-run",
        action="store_true",
        help="say where each column goes and what would change; write nothing",
    ),
    FORCE,
    *MAPPING,
    argument(
        "--copy-sheet",
        action=argparse.BooleanOptionalAction,
        help="fill a copy of each sheet, and leave theirs as it is; remembered",
    ),
)


def run(args: argparse.Namespace) -> int:
    """Write the workbook and say where it is."""
    if args.all:
        return _everything(args)
    if args.template:
        # What fills a template takes a while to load, and the other commands do without.
        from offwall.tui.cli.fill import fill

        return fill(args)
    if args.whom or args.stage:
        _export_part(args)
    else:
        _export(args)
    return 0


def _export_part(args: argparse.Namespace) -> None:
    """Write a part for somebody, and keep in the session that they have it."""
    if args.template or not args.whom.strip():
        raise CommandError("A part is for somebody: say --for WHOM, and no --template.")
    file = opened(args.session)
    to, stages = part_for(file.session, args.whom, args.stage)
    session, part = hand_out(file.session, to, stages, context.today(), context.new_seed())
    rows = counted(len(activities_of(session, part)), "activity", "activities")
    called = safe_name(f"{args.session.stem}-{to}", "part")
    target = args.output or free_name(args.session.with_name(f"{called}{SUFFIX}"))
    if args.dry_run:
        say(f"Would write {target}: {rows}, {say_part(session, part)}. Nothing was written.")
        return
    mark = snapshots.keep_snapshot(recent_sessions.state_folder(), session, args.session)
    day = context.today()
    export_workbook(session, target, force=args.force, exported_on=day, mark=mark, part=part)
    keep(file, session)
    for other in shared_with(session, part):
        hint(f"{other} has some of these stages too; both can be imported.")
    say(f"Wrote {target}: {rows}. {say_part(session, part)}.")


def _export(args: argparse.Namespace) -> None:
    session = store.read_session(args.session)
    target = args.output or free_name(args.session.with_suffix(SUFFIX))
    activities = counted(len(session.activities), "activity", "activities")
    if args.dry_run:
        say(f"Would write {target}: {activities}. Nothing was written.")
        return
    written = export_workbook(
        session,
        target,
        force=args.force,
        exported_on=context.today(),
        photos_in=photos_folder(args.session),
        mark=snapshots.keep_snapshot(recent_sessions.state_folder(), session, args.session),
    )
    say(f"Wrote {written}: {activities}.")


def _everything(args: argparse.Namespace) -> int:
    """Write all that leaves; the exit status is 2 where a part could not be written."""
    if args.template:
        raise CommandError("--all does not fill a template; do one, then the other.")
    audience = as_reader(args.whom) if args.whom else "management"
    if audience not in BRIEFED or args.stage:
        raise CommandError(f"with --all, --for is one of {', '.join(BRIEFED)}; without --stage.")
    session = store.read_session(args.session)
    if args.dry_run:
        from offwall.model.documents.bundle import BUNDLE_PARTS

        where = args.output or f"a new folder beside {args.session.name}"
        say(f"Would write into {where}: {', '.join(BUNDLE_PARTS)}. Nothing was written.")
        return 0
    from offwall.tui.services.bundle import write_bundle

    written = write_bundle(
        session,
        args.session,
        Context(),
        folder=args.output,
        force=args.force,
        audience=Audience(audience),
        tell=lambda number, parts, name: hint(f"{number} of {parts}: {name}"),
    )
    for file in written.files:
        say(str(file))
    for sentence in written.notes:
        hint(sentence)
    for sentence in written.failed:
        complain(sentence)
    if written.files:
        say(f"Wrote {written.folder}: {counted(len(written.files), 'file')}.")
    return 2 if written.failed else 0
