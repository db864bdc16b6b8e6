"""Make or change what is set up, or an action.

WHICH is an id, a code, a name or the start of one, or the number in the list; after ``new`` it is
what a new one is called. FIELD=VALUE says what it is from now on, nothing after the = takes away
what is there; with no FIELD=VALUE it is listed. Such as: role CM='Contract manager', person new
'Jane Doe' team=Legal, action 3 status=done due=2026-12-01.
"""

import argparse
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from offwall.model import store
from offwall.model.actions.approvals import APPROVALS
from offwall.model.actions.edit_actions import ACTIONS
from offwall.model.actions.issues import ISSUES
from offwall.model.compare.describe import describe_changes
from offwall.model.records import Session, excerpt
from offwall.model.records.edit import check_lengths
from offwall.model.records.fields import RECORDS
from offwall.model.records.record_kind import Ask, HeadingKind, RecordKind, values_of
from offwall.model.records.text import fold
from offwall.model.setup.glossary import WORDS
from offwall.model.setup.meetings import MEETINGS, NOTICE
from offwall.model.setup.people import PEOPLE
from offwall.model.setup.roles import ROLES
from offwall.model.setup.stages import STAGES
from offwall.model.setup.workshop import WORKSHOP
from offwall.model.topics.board import BOARD, GATES
from offwall.model.topics.tiers import TIERS
from offwall.tui.cli.arguments import as_text
from offwall.tui.cli.errors import CommandError
from offwall.tui.cli.opened import opened
from offwall.tui.cli.say import say
from offwall.tui.kit import context

HELP = "make or change a stage, role, person, meeting, action and the like"

HEADINGS: Mapping[str, HeadingKind] = {"workshop": WORKSHOP, "board": BOARD, "notice": NOTICE}
"""What a session has one of."""

KINDS: Mapping[str, RecordKind[Any]] = {
    kind.noun: kind
    for kind in (
        *(STAGES, ROLES, PEOPLE, MEETINGS, APPROVALS, WORDS, TIERS, GATES, ISSUES, ACTIONS),
    )
}
"""What it has lists of. A kind of record that can be set here is a line."""

Answers = dict[str, str]

MOST_NAMED = 8
"""Records that are named where none of them was meant, or several."""


def declare(parser: argparse.ArgumentParser) -> None:
    """The file, what kind of thing, which one, and what it is to say."""
    parser.add_argument("session", metavar="SESSION.toml", type=Path)
    parser.add_argument("kind", metavar="KIND", help=f"one of: {', '.join((*HEADINGS, *KINDS))}")
    parser.add_argument(
        "words",
        metavar="WHICH FIELD=VALUE",
        nargs="*",
        type=as_text,
        help="such as: 3 status=done due=2026-12-01",
    )


def run(args: argparse.Namespace) -> int:
    """Make the change and say it in sentences, or list what there is."""
    kind = _kind(args.kind)
    new = args.words[:1] == ["new"] and len(args.words) > 1
    named, answers = _read(kind, args.words[new:])
    if isinstance(kind, HeadingKind) and named:
        raise CommandError(f"there is one {args.kind}; say FIELD=VALUE: {_fields(kind)}.")
    if not (answers or new):
        say(*_listed(kind, store.read_session(args.session), named))
        return 0
    file = opened(args.session)
    before = file.session
    after = _changed(kind, before, named, answers, new=new)
    check_lengths(before, after)
    told = describe_changes(before, file.save(after))
    sentences = [sentence.text for section in told for sentence in section.sentences]
    say(*sentences or ["Nothing changed: it says so already."])
    return 0


def _kind(said: str) -> HeadingKind | RecordKind[Any]:
    kinds: dict[str, HeadingKind | RecordKind[Any]] = {**HEADINGS, **KINDS}
    found = [name for name in kinds if name == said.casefold()] or [
        name for name in kinds if said and name.startswith(said.casefold())
    ]
    if len(found) != 1:
        raise CommandError(f"{excerpt(said)!r} is none of: {', '.join(found or kinds)}.")
    return kinds[found[0]]


def _fields(kind: HeadingKind | RecordKind[Any]) -> str:
    return ", ".join(ask.name for ask in kind.asks)


def _read(kind: HeadingKind | RecordKind[Any], words: Sequence[str]) -> tuple[str, Answers]:
    """Which one is meant, and the answers by field."""
    named: list[str] = []
    answers: Answers = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            named.append(word)
        elif (field := _field(kind, name)) is not None:
            if field in answers:
                raise CommandError(f"{field} is said twice.")
            answers[field] = value
        elif (key := _typed_key(kind)) and not (named or answers):
            named.append(name)
            answers |= {key: name, kind.asks[0].name: value}
        else:
            raise CommandError(f"there is no field {excerpt(name)!r}: there are {_fields(kind)}.")
    return " ".join(named), answers


def _field(kind: HeadingKind | RecordKind[Any], said: str) -> str | None:
    """The field by its name, its label or the start of either; None where it is none of them."""
    wanted = fold(said.replace("_", " ").replace("-", " "))
    names = {ask.name: (ask.name.replace("_", " "), fold(ask.label)) for ask in kind.asks}
    exact = [name for name, known in names.items() if wanted in known]
    begun = [
        name for name, known in names.items() if wanted and any(n.startswith(wanted) for n in known)
    ]
    if len(exact or begun) > 1:
        raise CommandError(f"{excerpt(said)!r} may be {', '.join(begun)}; type more of it.")
    near = get_close_matches(wanted, names, 1)
    if not (exact or begun) and near:
        raise CommandError(f"there is no field {excerpt(said)!r}: {near[0]} may be meant.")
    return next(iter(exact or begun), None)


def _typed_key(kind: HeadingKind | RecordKind[Any]) -> str:
    """The field of a kind's code or id that people type; empty where there is none."""
    info = RECORDS.get(kind.collection) if isinstance(kind, RecordKind) else None
    others = [ask.name for ask in kind.asks[1:]]
    return info.key if info and info.key in others else ""


def _changed(
    kind: HeadingKind | RecordKind[Any],
    session: Session,
    named: str,
    answers: Answers,
    *,
    new: bool,
) -> Session:
    today = context.today()
    if isinstance(kind, HeadingKind):
        return kind.change(session, answers, today=today)
    key = _typed_key(kind)
    made = key in answers and not _meant(kind, session, named, whole=True)
    if new or made:
        first = kind.asks[0].name
        said = {first: named, **answers} if named else answers
        return kind.add(session, said, today=today, seed=context.new_seed())
    if answers.get(key) == named:  # the code stays as it was typed first
        del answers[key]
    return kind.change(session, _one(kind, session, named), answers, today=today)


def _one(kind: RecordKind[Any], session: Session, said: str) -> str:
    """The key of the record that is meant. Raises `CommandError` where that is none, or several."""
    keys = _meant(kind, session, said)
    if len(keys) == 1:
        return keys[0]
    names = [_called(kind, session, key) for key in keys or kind.keyed(session)]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    known = (", ".join(map(excerpt, names[:MOST_NAMED])) or "none yet") + more
    if keys:
        raise CommandError(f"{excerpt(said)!r} may be {known}; type its id or its number.")
    raise CommandError(
        f"there is no {kind.noun} {excerpt(said)!r}: there are {known}; new makes one."
        if said
        else f"say which {kind.noun}: {known}."
    )


def _meant(kind: RecordKind[Any], session: Session, said: str, *, whole: bool = False) -> list[str]:
    """The keys of what may be meant: by key or name, else by number, else by the start of one."""
    wanted = fold(said)
    names = {
        key: (fold(key), fold(kind.name(session, record)), fold(_called(kind, session, key)))
        for key, record in kind.keyed(session).items()
    }
    exact = [key for key, known in names.items() if wanted in known]
    if exact or whole or not wanted:
        return exact
    if said.isdecimal():
        return [key for number, key, _ in _numbered(kind, session) if number == int(said)]
    return [key for key, known in names.items() if any(f" {wanted}" in f" {n}" for n in known)]


def _called(kind: RecordKind[Any], session: Session, key: str) -> str:
    """What a record says first, as its form shows it."""
    ask = kind.asks[0]
    return ask.show(session, getattr(kind.find(session, key), ask.name))


def _numbered(kind: RecordKind[Any], session: Session) -> Iterator[tuple[int, str, Any]]:
    keys = {id(record): key for key, record in kind.keyed(session).items()}
    for number, record in enumerate(kind.listed(session), 1):
        yield number, keys[id(record)], record


def _listed(kind: HeadingKind | RecordKind[Any], session: Session, named: str) -> Iterable[str]:
    """What there is, a line each, as it may be set."""
    if isinstance(kind, HeadingKind):
        return [_settings(kind.asks, session, kind.values(session), "\n")]
    only = _one(kind, session, named) if named else ""
    return [
        f"{number}  {_settings(kind.asks, session, values_of(record))}"
        for number, key, record in _numbered(kind, session)
        if only in ("", key)
    ] or [f"There is no {kind.noun} yet."]


def _settings(
    asks: Iterable[Ask], session: Session, values: Mapping[str, Any], between: str = "  "
) -> str:
    shown = ((ask.name, ask.show(session, values[ask.name])) for ask in asks)
    return between.join(f"{name}={shlex.quote(value)}" for name, value in shown if value)
