"""Write a page for each role, to pin up: what I do, for whom, whom I ask and tell, with what.

The pages are in Word, and with that extra as PDF. One workbook has them all.
"""

import argparse

from offwall.model import store
from offwall.model.actions.facts import Facts
from offwall.model.documents import extras
from offwall.model.documents.brief.role_pages import role_files, roles_with_a_part
from offwall.model.records import counted
from offwall.model.records.fields import RoleCode
from offwall.model.records.uses import role_name
from offwall.model.setup.people_and_roles import role_from
from offwall.model.store import write_output
from offwall.model.topics.tiers import tier_from
from offwall.tui.cli.parser import SESSION, TIER, Arguments, argument, output
from offwall.tui.cli.say import CommandError, hint, say
from offwall.tui.kit import context
from offwall.tui.services import free_name

ARGUMENTS: Arguments = (
    SESSION,
    output("FOLDER", "the folder NAME-roles beside the session, under the next free name"),
    argument("--role", metavar="R", default="", help="this role alone: a code or name"),
    TIER,
    argument("--force", action="store_true", help="overwrite files that are there"),
)


def run(args: argparse.Namespace) -> None:
    """Write the pages and say where they are, and which roles have none."""
    session = store.read_session(args.session)
    facts = Facts(session, context.today())
    asked = RoleCode(role_from(session, args.role))
    tier = tier_from(session, args.tier)
    files = list(role_files(facts, (asked,) if asked else roles_with_a_part(facts), tier))
    if not files:
        who = role_name(session, asked) if asked else "any role"
        raise CommandError(f"{args.session}: nothing is recorded for {who} yet.")
    folder = args.output or free_name(args.session.with_name(f"{args.session.stem}-roles"))
    there = [name for name, *_ in files if (folder / name).exists()]
    if there and not args.force:
        raise CommandError(f"{folder / there[0]} is already there. Name a folder, or say --force.")
    folder.mkdir(exist_ok=True)
    for name, content, notes in files:
        write_output(folder / name, content, force=args.force)
        for note in notes:
            hint(note)
    if missing := extras.PDF.missing:
        hint(f"No PDF was written. {missing}")
    pages = sum(name.endswith(".docx") for name, *_ in files)
    say(f"Wrote {folder}: {counted(pages, 'page')}, and every-role.xlsx.")
