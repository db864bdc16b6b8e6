"""Change what is set up, or an action, or make a new one.

WHICH is an id, a code, a name or its beginning, or a number of the list. To make a new one, type
new and its name instead. FIELD=VALUE changes a field, and FIELD= empties it. Without FIELD=VALUE
the record is shown.

Examples: role HOS='Head of Service'; person new 'Jane Doe' team=Legal; action 3 status=done
due=2026-12-01.
"""

import argparse
import shlex
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from offwall.model import store
from offwall.model.actions.approvals import APPROVALS
from offwall.model.actions.edit_actions import ACTIONS
from offwall.model.actions.issues import EXPLORING, ISSUES
from offwall.model.compare.describe import describe_changes
from offwall.model.process.handed_out import PARTS
from offwall.model.records import Session, excerpt
from offwall.model.records.fields import RECORDS
from offwall.model.records.record_kind import Ask, HeadingKind, RecordKind, values_of
from offwall.model.records.text import fold
from offwall.model.review.requirements import REQUIREMENTS
from offwall.model.setup.documents import DOCUMENTS
from offwall.model.setup.glossary import WORDS
from offwall.model.setup.meetings import MEETINGS, NOTICE
from offwall.model.setup.people_and_roles import PEOPLE, ROLES
from offwall.model.setup.stages import STAGES
from offwall.model.setup.workshop import WORKSHOP
from offwall.model.topics.board import BOARD, GATES
from offwall.model.topics.tiers import TIERS
from offwall.tui.cli.opened import keep, opened
from offwall.tui.cli.parser import SESSION, Arguments, argument, as_text
from offwall.tui.cli.say import CommandError, say
from offwall.tui.kit import context

HEADINGS: Mapping[str, HeadingKind] = {"workshop": WORKSHOP, "board": BOARD, "notice": NOTICE}
"""What a session has one of."""

LISTS = (
    *(STAGES, ROLES, PEOPLE, MEETINGS, APPROVALS, DOCUMENTS),
    *(WORDS, TIERS, GATES, ISSUES, EXPLORING, ACTIONS, PARTS, REQUIREMENTS),
)
"""What it has lists of. A kind of record that is named here can be set."""

Kind = HeadingKind | RecordKind[Any]
KINDS: Mapping[str, Kind] = {**HEADINGS, **{kind.noun: kind for kind in LISTS}}

Answers = dict[str, str]

MOST_NAMED = 8
"""Records that are named where none of them was meant, or several."""

ARGUMENTS: Arguments = (
    SESSION,
    argument("kind", metavar="KIND", help=f"one of: {', '.join(KINDS)}"),
    argument(
        "words",
        metavar="WHICH FIELD=VALUE",
        nargs="*",
        default=[],  # else argparse says that it is required
        type=as_text,
        help="such as: 3 status=done",
    ),
)


def run(args: argparse.Namespace) -> None:
    """Make the change and say it in sentences, or list what there is."""
    if (found := _choose(args.kind, {name: (name,) for name in KINDS})) is None:
        raise CommandError(f"{excerpt(args.kind)!r} is none of: {', '.join(KINDS)}.")
    kind = KINDS[found]
    new = args.words[:1] == ["new"] and len(args.words) > 1
    named, answers = _read(kind, args.words[new:])
    if isinstance(kind, HeadingKind) and named:
        raise CommandError(f"there is one {found}; say FIELD=VALUE.")
    if not (answers or new):
        say(*_listed(kind, store.read_session(args.session), named))
        return
    file = opened(args.session)
    before, after = file.session, _changed(kind, file.session, named, answers, new=new)
    told = describe_changes(before, keep(file, after))
    sentences = [sentence.text for section in told for sentence in section.sentences]
    say(*sentences or ["Nothing changed: it says so already."])


def _choose(text: str, known: Mapping[str, Sequence[str]], *, whole: bool = False) -> str | None:
    """The one that has this name, else a word of which begins so. Raises where that is several."""
    wanted = fold(text)
    found = [key for key, names in known.items() if wanted in map(fold, names)]
    if wanted and not (found or whole):
        found = [
            key for key, names in known.items() if f" {wanted}" in fold(f"; {'; '.join(names)}")
        ]
    if len(found) > 1:
        names = ", ".join(excerpt(known[key][0]) for key in found)
        raise CommandError(f"{excerpt(text)!r} may be {names}; type all of it, or its number.")
    return next(iter(found), None)


def _read(kind: Kind, words: Sequence[str]) -> tuple[str, Answers]:
    """Which one is meant, and the answers by field; a code before the = is the field of that."""
    named: list[str] = []
    answers: Answers = {}
    fields = {ask.name: (ask.name, ask.name.replace("_", " "), ask.label) for ask in kind.asks}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            named.append(word)
        elif field := _choose(name.replace("-", " "), fields):
            if field in answers:
                raise CommandError(f"{field} is said twice.")
            answers[field] = value
        elif _key(kind) and not (named or answers or get_close_matches(name, fields)):
            named.append(name)
            answers |= {_key(kind): name, kind.asks[0].name: value}
        else:
            known = ", ".join(fields)
            raise CommandError(f"there is no field {excerpt(name)!r}: there are {known}.")
    return " ".join(named), answers


def _key(kind: Kind) -> str:
    """The field of a code or an id that people type; empty where there is none."""
    info = RECORDS.get(kind.collection) if isinstance(kind, RecordKind) else None
    return info.key if info and any(ask.name == info.key for ask in kind.asks[1:]) else ""


def _changed(kind: Kind, session: Session, named: str, answers: Answers, *, new: bool) -> Session:
    today, key = context.today(), _key(kind)
    if isinstance(kind, HeadingKind):
        return kind.change(session, answers, today=today)
    known = _names(kind, session)
    if new or (key in answers and not _choose(named, known, whole=True)):
        said = {kind.asks[0].name: named, **answers} if named else answers
        return kind.add(session, said, today=today, seed=context.new_seed())
    if answers.get(key) == named:
        del answers[key]  # a code stays as it was typed first
    return kind.change(session, _one(kind, known, named), answers, today=today)


def _names(kind: RecordKind[Any], session: Session) -> dict[str, Sequence[str]]:
    """What each record is called, by its key, in the order of the list."""
    ask, left = kind.asks[0], list(kind.keyed(session).items())

    def key_of(record: Any) -> str:
        # A line is made anew each time, so it is the same record where it is the same text.
        return left.pop(next(n for n, (_, one) in enumerate(left) if one == record))[0]

    return {
        key: (ask.show(session, getattr(one, ask.name)), kind.name(session, one), key)
        for one in kind.listed(session)
        for key in (key_of(one),)
    }


def _one(kind: RecordKind[Any], known: Mapping[str, Sequence[str]], text: str) -> str:
    """The key of the record that is meant. Raises `CommandError` where that is none, or several."""
    numbered = dict(enumerate(known, 1))
    exact = _choose(text, known, whole=True) if text else None
    found = numbered.get(int(text)) if text.isdecimal() and not exact else _choose(text, known)
    if found is not None and text:
        return found
    names = ", ".join(excerpt(one[0]) for one in list(known.values())[:MOST_NAMED]) or "none yet"
    names += ", ..." if len(known) > MOST_NAMED else ""
    raise CommandError(
        f"there is no {kind.noun} {excerpt(text)!r}: there are {names}; new makes one."
        if text
        else f"say which {kind.noun}: {names}."
    )


def _listed(kind: Kind, session: Session, named: str) -> Iterable[str]:
    """What there is, a line each, as it may be typed."""
    if isinstance(kind, HeadingKind):
        return [_typed(kind.asks, session, kind.values(session))]
    known, records = _names(kind, session), kind.keyed(session)
    only = _one(kind, known, named) if named else ""
    return [
        f"{number}  {_typed(kind.asks, session, values_of(records[key]))}"
        for number, key in enumerate(known, 1)
        if only in ("", key)
    ] or [f"There is no {kind.noun} yet."]


def _typed(asks: Iterable[Ask], session: Session, values: Mapping[str, Any]) -> str:
    shown = ((ask.name, ask.show(session, values[ask.name])) for ask in asks)
    return "  ".join(f"{name}={shlex.quote(value)}" for name, value in shown if value)
