"""Reads an entry of `phrases.toml` as the line, the plan or a paste does; says what differs."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from offwall.model.line.actions import parse_action
from offwall.model.line.grammar import SpanKind
from offwall.model.line.parse import Parsed, parse, parse_lines
from offwall.model.line.pasted import read_pasted
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.post_it import ActionPostIt, LineKind
from offwall.model.records.session import Session

TODAY = dt.date(2026, 11, 29)
MANY = ("also", "consulted", "informed", "documents", "parked")
ONCE = ("lead", "accountable", "decision", "stage", "timescale", "note", "then")
ABOUT = {"id", "kind", "in", "on", "session", "line", "lines", "why", "or", "or_due", "near"}
ABOUT |= {"says", "doubt", "makes_stages"}

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Read:
    """What came of an entry: values by the fields of the file, and what was said of them."""

    values: dict[str, Any]
    doubts: tuple[str, ...]


def differences(entry: Entry, session: Session) -> tuple[list[str], bool]:
    """What is read otherwise than right, and whether it is right only by the entry's ``or``."""
    found = read(entry, session)
    wrong = list(_wrong(entry, found))
    if wrong and "or" in entry and not list(_wrong(_other(entry), found)):
        return [], True
    return wrong, False


def read(entry: Entry, session: Session) -> Read:
    """The entry, read where it says that it is typed."""
    where = entry.get("in", "post-it")
    if where == "action":
        found = parse_action(entry["line"], Vocabulary.of(session, TODAY))
        return Read(_action(found.note), found.doubts)
    if where == "list":
        return _list(entry["lines"], session)
    on = session.id_by_ref[entry.get("on", "S1.02")]
    parsed = parse(entry["line"], Vocabulary.of(session, TODAY, on))
    values = _note(parsed, session)
    if parsed.way is LineKind.ADDS:
        values["adds_to"] = session.ref_by_id[on]
    return Read(values, parsed.doubts)


def _list(lines: list[str], session: Session) -> Read:
    pasted = read_pasted("\n".join(lines))
    notes: list[dict[str, Any]] = []
    doubts, made = list(pasted.told), 0
    for parsed in parse_lines(pasted.lines, session, TODAY):
        values = _note(parsed, session)
        values.pop("cancels", None)
        if parsed.way is LineKind.ADDS:
            values["adds_to"] = f"note {made}"
        notes.append(values)
        made = len(notes) if parsed.way is LineKind.NEW else made
        doubts += parsed.doubts
    found = {"notes": notes, "ask": "column" if pasted.columns else ""}
    return Read({name: value for name, value in found.items() if value}, tuple(doubts))


def _action(note: ActionPostIt) -> dict[str, Any]:
    fields = ("text", "owner", "due", "impact", "effort", "approval")
    return {name: said for name in fields if (said := getattr(note, name))}


def _note(parsed: Parsed, session: Session) -> dict[str, Any]:
    note = parsed.note
    values: dict[str, Any] = {"text": note.text, "ditto": note.ditto}
    values |= {name: list(getattr(note, name)) for name in MANY}
    said = {name: getattr(note, name) for name in ONCE}
    values |= {name: "?" if value == "" else value for name, value in said.items() if value != None}  # noqa: E711
    values["issues"] = [{"code": str(one.code), "text": one.text} for one in note.issues]
    values["actions"] = [_action(one) for one in note.actions]
    values["tiers"] = {tier: str(how) for tier, how in note.tiers}
    values["tiers"] |= dict.fromkeys(note.only, "only")
    values["routes"] = [
        {"answer": one.answer} | _target(one.to, parsed, session) for one in note.routes
    ]
    carried = {SpanKind.LEAD, SpanKind.ACCOUNTABLE, SpanKind.STAGE} & parsed.cancels
    values["cancels"] = str(next(iter(carried), ""))
    values["makes_roles"] = list(parsed.new_roles)
    return {name: value for name, value in values.items() if value}


def _target(words: str, parsed: Parsed, session: Session) -> dict[str, str]:
    found = Vocabulary.of(session, TODAY).targets.find(words)
    if not found:
        return {"to_words": words} if words else {}
    return {"to": session.ref_by_id.get(found, found)}


def _other(entry: Entry) -> Entry:
    """The other right reading that an entry names."""
    other = entry["or"]
    kept = {name: value for name, value in entry.items() if name in ABOUT}
    if other == "doubt":
        return kept | {"text": None, "doubt": True, "owner": None}
    if "ask" in other:
        return kept | other
    return {**entry, **other}


def _wrong(entry: Entry, found: Read) -> Iterator[str]:
    right = {name: value for name, value in entry.items() if name not in ABOUT}
    right = {name: value for name, value in right.items() if value not in ("", [])}
    for name in sorted({*right, *found.values}):
        want, got = right.get(name), found.values.get(name)
        dues = (want, *entry.get("or_due", ())) if name == "due" else (want,)
        if name == "text" and name in right and want is None:
            yield from _whole(entry, got)
        elif got not in dues and not (name == "owner" and name in right and want is None):
            yield f"{name}: {got!r}, not {want!r}"
    doubt = entry.get("doubt")
    said = " ".join(found.doubts).casefold()
    if doubt is False and said:
        yield f"doubted: {said}"
    if (doubt is True and not said) or (isinstance(doubt, str) and doubt.casefold() not in said):
        yield f"no doubt: {said}"


def _whole(entry: Entry, text: str) -> Iterator[str]:
    """Whether the line is kept as text, whole but for a known owner."""
    kept = [word for word in entry["line"].split() if not word.startswith("@")]
    if [word for word in (text or "").split() if not word.startswith("@")] != kept:
        yield f"text: {text!r} is not the whole line"
