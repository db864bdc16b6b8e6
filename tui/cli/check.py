"""Say what is incomplete or inconsistent, by stage.

"To put right" must be put right before documents are sent; "to look at" is for you to decide. The
exit status is 1 where there is something to put right.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from offwall.model import store
from offwall.model.actions.date_checks import all_findings
from offwall.model.records import Session
from offwall.model.records.fields import ActivityId
from offwall.model.records.text import counted
from offwall.model.review import Finding, FindingLevel
from offwall.tui.cli.parser import JSON, SESSION, Arguments, argument
from offwall.tui.cli.say import by_stage, document, say
from offwall.tui.kit import context

LEVELS = {FindingLevel.ERROR: "to put right", FindingLevel.NOTICE: "to look at"}
"""What a level is called, as the checks screen calls it."""

ARGUMENTS: Arguments = (
    SESSION,
    JSON,
    argument(
        "--files",
        action="store_true",
        help="say whether the file, its journals, copies and photos would serve, in one line",
    ),
)


def run(args: argparse.Namespace) -> int:
    """Print the findings: stage by stage, then of the session as a whole, the gravest first."""
    if args.files:
        return _files(args.session)
    session = store.read_session(args.session)
    found = all_findings(session, context.today())
    errors = sum(finding.level is FindingLevel.ERROR for finding in found)
    if args.json:
        document(as_json(session, found))
    else:
        order = [*session.stage_by_id, ""]
        lines = [(_stage(session, one), f"{LEVELS[one.level]}: {one.text}") for one in found]
        lines.sort(key=lambda line: order.index(line[0]))
        say(*by_stage(session, lines), *([""] if lines else []), _total(found, errors))
    return 1 if errors else 0


def _stage(session: Session, finding: Finding) -> str:
    """The stage that a finding is about; empty for the whole session."""
    activity = session.activity_by_id.get(ActivityId(finding.place))
    place = activity.stage if activity else finding.place
    return place if place in session.stage_by_id else ""


def _files(path: Path) -> int:
    """One line; the exit status is 1 where something would not serve."""
    from offwall.model.store.recovery import folders, wrong_files
    from offwall.tui.services import recent_sessions

    state = recent_sessions.state_folder()
    places = folders(state, path) or [state / "none"]
    wrong = [sentence for folder in places for sentence in wrong_files(folder, path)]
    if wrong:
        more = f" And {counted(len(wrong) - 1, 'more fault')}." if len(wrong) > 1 else ""
        say(f"{wrong[0]}{more}")
    else:
        say("All would serve: the file, its journals, its copies and its photos.")
    return 1 if wrong else 0


def as_json(session: Session, findings: Sequence[Finding]) -> str:
    """One document: each finding with the ref of the activity that it is about, if it is one."""
    import json

    return json.dumps(
        {
            "findings": [
                {
                    "level": finding.level,
                    "kind": finding.kind,
                    "place": finding.place,
                    "ref": session.ref_by_id.get(finding.place, ""),
                    "text": finding.text,
                }
                for finding in findings
            ]
        },
        indent=2,
    )


def _total(findings: Sequence[Finding], errors: int) -> str:
    if not findings:
        return "Nothing found: complete and consistent."
    counts = (errors, len(findings) - errors)
    return ", ".join(f"{n} {said}" for n, said in zip(counts, LEVELS.values(), strict=True)) + "."
