"""Random sessions for property tests: ``from tests.strategies import sessions``.

They are made from the dataclasses themselves, so a new field is tried without a word here.
The gate tries the same examples every time, so that it is red only for what was changed.
``HYPOTHESIS_PROFILE=night`` tries others each time, and many; what it finds becomes an
``@example`` of its property. ``OFFWALL_EXAMPLES`` says how many it tries (`PROFILES` otherwise).
"""

import datetime as dt
import os
from dataclasses import MISSING, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from offwall.model.records.fields import RECORDS, Table
from offwall.model.records.session import Session, Stage, Treatment
from offwall.model.store.toml.write import dumps

PROFILES = {"gate": 12, "night": 500}
"""How many examples a property tries; the slower ones try a share of these."""

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "gate")
EXAMPLES = int(os.environ.get("OFFWALL_EXAMPLES", PROFILES[PROFILE]))

# A machine that is busy with something else is no fault of the code: no deadline.
settings.register_profile(
    PROFILE,
    max_examples=EXAMPLES,
    derandomize=PROFILE == "gate",
    print_blob=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile(PROFILE)

HOSTILE = (
    "[PO]",
    "[/",
    "[red]x",
    "=1+1",
    "+Risk log",
    '"""',
    "'''",
    "\\",
    "C:\\report\\new",
    "# not a comment",
    "[[activities]]",
    'a = "b"',
    "🧾👩🏽‍💻",
    "e\u0301\u0323",
    "\u202eright to left עברית",
    "one\ntwo\n",
    "\n",
    "tab\there",
    "é" * 500,
)
"""Text that has broken programs like this one."""

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
    st.text("ab \n\t\"'\\#[]=.", max_size=12),
)
"""What a person, or a hostile file, may put in a text."""

words = st.text("abcdefghS0123456789-", min_size=1, max_size=6)
"""An id or a code."""

LIMITED = {
    "impact": st.integers(1, 5),
    "effort": st.integers(1, 5),
    "votes": st.integers(0, 2**63 - 1),
    "minutes": st.integers(0, 600),
    "planned": st.integers(0, 600),
    "used": st.integers(0, 600),
    "voters": st.integers(0, 999),
    "dots": st.integers(0, 999),
    "agenda_days": st.integers(0, 999),
    "forward_plan_days": st.integers(0, 999),
}

plain_values = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(),
    st.times(),
)


def _keys() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(["later", "x y", "", "a.b", "é"]), st.text(max_size=4)).map(
        lambda key: f"{key}~"
    )


def _ordered(values: dict[str, Any]) -> dict[str, Any]:
    """Plain keys before tables, as TOML has them."""
    return dict(sorted(values.items(), key=lambda pair: isinstance(pair[1], dict)))


unknown = st.recursive(
    st.one_of(plain_values, st.lists(plain_values, max_size=3)),
    lambda inner: st.dictionaries(_keys(), inner, max_size=3).map(_ordered),
    max_leaves=5,
)
extras = st.one_of(
    st.just({}), st.just({}), st.dictionaries(_keys(), unknown, max_size=2).map(_ordered)
).map(Table.of)
"""What a newer version, or a person, may have put into a record."""


def _of(kind: Any) -> st.SearchStrategy[Any]:
    arguments = get_args(kind)
    if get_origin(kind) in (Union, UnionType):
        return st.one_of(map(_of, arguments))
    if get_origin(kind) is tuple:
        item = arguments[0]
        if get_origin(item) is tuple:
            pairs = st.dictionaries(texts, st.sampled_from(Treatment), max_size=2)
            return pairs.map(lambda found: tuple(found.items()))
        return st.lists(_of(item), max_size=3).map(tuple)
    if is_dataclass(kind):
        return records(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    kind = getattr(kind, "__supertype__", kind)  # a kind of id is text
    return {
        str: texts,
        type(None): st.none(),
        bool: st.booleans(),
        int: st.integers(-9, 2**63 - 1),
        dt.date: st.dates(),
    }[kind]


@cache
def records(kind: type) -> st.SearchStrategy[Any]:
    """One record of a class of ``model.records.session``, each field of it filled or left out."""
    hints = get_type_hints(kind)
    return st.builds(
        kind, **{field.name: _field(field, hints[field.name]) for field in fields(kind)}
    )


def _field(field: Any, hint: Any) -> st.SearchStrategy[Any]:
    if field.name == "extra":
        return extras
    if field.default is MISSING:
        return words if field.name in ("id", "code") else _of(hint)
    return st.just(field.default) | (LIMITED[field.name] if field.name in LIMITED else _of(hint))


def _collection(name: str, kind: type) -> st.SearchStrategy[tuple[Any, ...]]:
    attribute = RECORDS[name].key
    return st.lists(
        records(kind), max_size=3, unique_by=lambda record: getattr(record, attribute)
    ).map(tuple)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session that can be: ids and codes differ, each activity stands on a stage."""
    values: dict[str, Any] = {}
    for name, kind in get_type_hints(Session).items():
        if name == "extra":
            values[name] = draw(extras)
        elif get_origin(kind) is tuple:
            values[name] = draw(_collection(name, get_args(kind)[0]))
        elif name != "format":
            values[name] = draw(_of(kind))
    stages = values["stages"] or (Stage("S1", "Begin"),)
    known = [stage.id for stage in stages]
    activities = tuple(
        replace(activity, stage=draw(st.sampled_from(known))) for activity in values["activities"]
    )
    return Session(**(values | {"stages": stages, "activities": activities}))


def files(number: int, drawn_from: int) -> list[str]:
    """So many session files; the same number to draw from gives the same files."""
    found: list[str] = []

    @seed(drawn_from)
    @settings(max_examples=number, database=None, phases=(Phase.generate,))
    @given(sessions())
    def collect(session: Session) -> None:
        found.append(dumps(session))

    collect()
    return found[:number]
