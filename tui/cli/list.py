"""List the activities, a line each, by stage: ref, text, lead, and what is still to do."""

import argparse
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from offwall.model import store
from offwall.model.process import role_labels
from offwall.model.records import Activity, Session
from offwall.model.review.progress import unfinished
from offwall.model.store.toml.record_tables import plain
from offwall.tui.cli.parser import JSON, SESSION, Arguments, argument
from offwall.tui.cli.say import CommandError, aligned, by_stage, document, say, width_of_terminal

if TYPE_CHECKING:
    from offwall.model.line import Vocabulary

NOBODY = "?"

ARGUMENTS: Arguments = (
    SESSION,
    argument("--stage", metavar="S", help="only this stage: its id or its name"),
    argument(
        "--lead", metavar="R", help=f"only this lead: a role's code or name; {NOBODY} is nobody yet"
    ),
    argument("--unfinished", action="store_true", help="only what is still to fill"),
    JSON,
)


def run(args: argparse.Namespace) -> None:
    """Print the activities in the order of the wall."""
    session = store.read_session(args.session)
    found = chosen(session, stage=args.stage, lead=args.lead, only_unfinished=args.unfinished)
    if args.json:
        document(as_json(session, found))
    elif found:
        names = role_labels(session)
        rows = aligned([row(session, names, one) for one in found], width_of_terminal())
        stages = (activity.stage for activity in found)
        say(*by_stage(session, zip(stages, rows, strict=True)))
    elif not session.activities:
        say("No activities yet. Add one with: offwall add SESSION.toml 'Check the insurance @cm'")
    else:
        say("No activity matches.")


def chosen(
    session: Session, *, stage: str | None, lead: str | None, only_unfinished: bool
) -> list[Activity]:
    """The activities that the options ask for.

    Raises:
        CommandError: there is no such stage or role; the sentence names those there are.
    """
    in_stage = None if stage is None else _stage(session, stage)
    led_by = None if lead is None else _lead(session, lead)
    return [
        activity
        for activity in session.in_order
        if in_stage in (None, activity.stage)
        and led_by in (None, activity.lead)
        and not (only_unfinished and not unfinished(activity))
    ]


def _vocabulary(session: Session) -> "Vocabulary":
    """What the line knows; a list without an option does not load it."""
    from offwall.model.line import Vocabulary
    from offwall.tui.kit import context

    return Vocabulary.of(session, context.today())


def _stage(session: Session, text: str) -> str:
    """The stage by its id, the number in it, or the start of its name."""
    if found := _vocabulary(session).stage(text):
        return found
    raise _nonesuch("stage", text, (stage.id for stage in session.stages))


def _lead(session: Session, text: str) -> str:
    """The role by its code or any of its names; a lead that is no role by what is written."""
    if text == NOBODY:
        return ""
    leads = {activity.lead for activity in session.activities if activity.lead}
    found = _vocabulary(session).roles.find(text)
    if found or text in leads:
        return found or text
    raise _nonesuch("role", text, (role.code for role in session.roles))


def _nonesuch(thing: str, text: str, known: Iterable[str]) -> CommandError:
    there_are = ", ".join(known)
    return CommandError(
        f"there is no {thing} {text!r}: "
        + (f"there are {there_are}." if there_are else "this session has none yet.")
    )


def row(
    session: Session, names: Mapping[str, str], activity: Activity
) -> tuple[str, str, str, str]:
    """Ref, text, lead and state of one activity."""
    missing = ", ".join(unfinished(activity))
    state = missing or ("confirmed" if activity.confirmed else "to confirm")
    lead = names.get(activity.lead, activity.lead) or NOBODY
    return session.ref_by_id[activity.id], activity.text, lead, state


def as_json(session: Session, found: Iterable[Activity]) -> str:
    """One document: every field under its name in the session file, and the ref.

    Escaped to ASCII, so that it reads the same wherever it is piped, and commands no terminal.
    """
    import json

    activities = [{"ref": session.ref_by_id[one.id], **_safe(plain(one))} for one in found]
    return json.dumps({"activities": activities}, indent=2, allow_nan=False)


def _safe(value: Any) -> Any:
    """What JSON cannot hold as text: dates and times, and TOML's inf and nan."""
    if isinstance(value, dict):
        return {key: _safe(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_safe(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float) else str(value)
