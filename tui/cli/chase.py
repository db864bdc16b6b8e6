"""Weeks later: say what is done, overdue and due soon, and write a mail to each owner.

The report for the sponsor is printed, and written beside the mails as text and as a draft (.eml).
The session does not change.
"""

import argparse
import datetime as dt
from pathlib import Path

from offwall.model import store
from offwall.model.actions.facts import Facts, with_reviews
from offwall.model.documents.chase import chase_mails, chase_report, unheard
from offwall.model.documents.mails import EML, mail_body, mail_file
from offwall.model.records import counted
from offwall.model.records.text import date_from
from offwall.model.records.uses import role_name
from offwall.model.store import write_output
from offwall.model.store.files import safe_names
from offwall.tui.cli.parser import SESSION, TODAY, Arguments, argument, output
from offwall.tui.cli.say import CommandError, hint, say
from offwall.tui.kit import context
from offwall.tui.services import free_name

ARGUMENTS: Arguments = (
    SESSION,
    TODAY,
    output("FOLDER", "the folder NAME-chase and the day, beside the session"),
    argument("--dry-run", action="store_true", help="print the report; write nothing"),
)


def run(args: argparse.Namespace) -> None:
    """Print the report, and write it and the mails into a new folder."""
    session = store.read_session(args.session)
    today = date_from(args.today, context.today()) or context.today()
    facts = Facts(with_reviews(session), today)
    report, mails = chase_report(facts), chase_mails(facts)
    folder = None if args.dry_run else _made(args.output, args.session, today)
    say(*mail_body(report).splitlines())
    for code in unheard(facts):
        hint(f"Nobody on the list has the role {role_name(session, code)}: it gets no mail.")
    if folder is None:
        say(f"Would write the report and {counted(len(mails), 'mail')}. Nothing was written.")
        return
    names = ["report-to-sponsor", *safe_names((f"email-{one.name}" for one in mails), "owner")]
    for name, mail in zip(names, (report, *mails), strict=True):
        write_output(folder / f"{name}.txt", mail.text.encode())
        write_output(folder / f"{name}{EML}", mail_file(mail, {}, now=context.now()))
    say(f"Wrote {folder}: the report and {counted(len(mails), 'mail')}.")


def _made(wanted: Path | None, session: Path, today: dt.date) -> Path:
    """The new folder that the files go into."""
    called = session.with_name(f"{session.stem}-chase-{today.isoformat()}")
    folder = wanted or free_name(called)
    try:
        folder.mkdir()
    except FileExistsError:
        raise CommandError(f"{folder} is already there. Name another folder.") from None
    return folder
