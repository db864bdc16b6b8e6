"""The lines and date phrases to be read are well formed, and neither half of the lines is thin."""

import datetime as dt
import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
KINDS = {
    *("date", "amount", "action", "sign", "plain", "decision", "route", "bare", "people"),
    *("stage", "value", "post", "adds", "list"),
}
ABOUT = {"id", "kind", "in", "on", "session", "line", "lines", "why"}
READING = {
    *("text", "lead", "also", "accountable", "consulted", "informed", "decision", "routes"),
    *("then", "documents", "issues", "parked", "stage", "timescale", "note", "tiers", "ditto"),
    *("adds_to", "actions", "owner", "due", "impact", "effort", "approval", "notes"),
    *("near", "makes_roles", "makes_stages", "cancels", "ask", "says", "doubt", "or", "or_due"),
}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


LINES: list[dict[str, Any]] = _read("phrases.toml")["lines"]
SESSION_TABLE: dict[str, Any] = _read("phrases.toml")["session"]


def said(entry: dict[str, Any]) -> str:
    """The line, or the lines joined, that an entry types, pastes or pipes."""
    return entry["line"] if "line" in entry else "\n".join(entry["lines"])


def is_open(entry: dict[str, Any]) -> bool:
    """Whether it is in the half that may be looked at while the reader is written."""
    return hashlib.sha256(said(entry).encode()).digest()[0] % 2 == 0


def test_ids_are_unique_and_there_are_enough() -> None:
    assert len({entry["id"] for entry in LINES}) == len(LINES) >= 300
    assert {entry["kind"] for entry in LINES} == KINDS
    dated = [entry for entry in LINES if entry["kind"] in ("date", "amount")]
    assert len(dated) >= 90


@pytest.mark.parametrize("entry", LINES, ids=lambda entry: str(entry["id"]))
def test_an_entry_says_what_is_typed_where_and_what_must_come_of_it(entry: dict[str, Any]) -> None:
    where = entry.get("in", "post-it")
    assert where in ("post-it", "action", "adds-to", "list")
    assert ("lines" in entry) == (where == "list") == ("notes" in entry)
    assert ("line" in entry) != ("lines" in entry)
    assert ("on" in entry) == (where == "adds-to")
    assert said(entry).strip()
    assert not set(entry) - ABOUT - READING
    assert set(entry) & READING
    assert isinstance(entry.get("doubt", False), bool | str)
    assert type(entry.get("due", dt.date.min)) is dt.date


def test_either_half_is_a_good_part() -> None:
    share = sum(map(is_open, LINES)) / len(LINES)
    assert 0.35 <= share <= 0.65
    for kind in KINDS:
        halves = {is_open(entry) for entry in LINES if entry["kind"] == kind}
        assert halves == {True, False}, kind


PHRASES: list[dict[str, Any]] = _read("date_phrases.toml")["phrases"]


@pytest.mark.parametrize("entry", PHRASES, ids=lambda entry: str(entry["said"]))
def test_a_date_phrase_has_a_date_or_a_doubt(entry: dict[str, Any]) -> None:
    assert not set(entry) - {"said", "due", "or_due", "doubt", "or", "says", "why"}
    assert entry["said"].strip()
    assert ("due" in entry) != ("doubt" in entry)
    for due in (entry.get("due"), *entry.get("or_due", ())):
        assert due is None or dt.date(2026, 11, 29) <= due < dt.date(2030, 1, 1)


def test_date_phrases_are_enough_and_each_is_there_once() -> None:
    assert len({entry["said"] for entry in PHRASES}) == len(PHRASES) >= 150
    assert sum("doubt" in entry for entry in PHRASES) >= 50
