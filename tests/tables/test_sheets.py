"""The registry of sheets: each description holds together, and says all there is to say."""

import dataclasses
from typing import Any

import pytest

from offwall.model.records.changes import COLLECTIONS
from offwall.model.records.fields import RECORDS, StageId
from offwall.model.records.session import Session, Stage
from offwall.model.tables import header_words, template_kinds
from offwall.model.tables.all_sheets import LISTS, SHEETS, sheets_of
from offwall.model.tables.sheet import Facts, Sheet

EMPTY = Facts(Session())
every_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)


def test_no_two_sheets_are_called_the_same() -> None:
    filled = sheets_of(Session())
    for names in ([one.key for one in SHEETS], [one.name for one in filled]):
        assert len(set(names)) == len(names)
    called = [name for one in SHEETS for name in one.called.split(", ") if name]
    assert len(set(called)) == len(called)


@every_sheet
def test_its_columns_have_keys_and_headers_of_their_own(sheet: Sheet[Any]) -> None:
    columns = sheet.fill(EMPTY).columns
    for names in ([one.key for one in columns], [one.header.casefold() for one in columns]):
        assert len(set(names)) == len(names)
    assert {one.choices for one in columns if one.choices} <= LISTS.keys()


@every_sheet
def test_what_comes_back_says_what_a_row_is_about_and_which_record(sheet: Sheet[Any]) -> None:
    if sheet.comes_back:
        assert {sheet.anchor, sheet.known_by, "comment"} <= sheet.described.keys()
    if sheet.new is not None:
        assert sheet.collection in COLLECTIONS
        record = sheet.new(_Draft(), "Some words")
        assert getattr(record, RECORDS[sheet.collection].key)
        assert "Some words" in [getattr(record, one.name) for one in dataclasses.fields(record)]


class _Draft:
    """The least that making a record asks for."""

    naming = property(lambda self: self)

    def role(self, words: str) -> str:
        return "cod"

    def id_for(self, collection: str, letter: str, words: str) -> str:
        return f"{letter}-12345678"

    def new_stage(self, name: str) -> Stage:
        return Stage(StageId("S9"), name)


@pytest.mark.parametrize("kind", template_kinds())
def test_a_councils_header_means_one_column(kind: str) -> None:
    words = [word.casefold() for of in header_words(kind).values() for word in set(of)]
    assert sorted({word for word in words if words.count(word) > 1}) == []
