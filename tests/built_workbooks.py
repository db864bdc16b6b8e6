"""Workbooks to look into, each made once."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from offwall import sample_sessions
from offwall.model.records.session import Session
from offwall.model.store.toml.load import loads
from offwall.model.workbook.write.book import build_workbook


@cache
def session_named(name: str) -> Session:
    """A sample session, or one that holds nothing at all."""
    if name == "nothing":
        return Session()
    return loads(sample_sessions.path(name).read_text("utf-8"))


@cache
def content_named(name: str) -> bytes:
    return build_workbook(session_named(name))


@pytest.fixture
def session_of() -> Callable[[str], Session]:
    return session_named


@pytest.fixture
def content_of() -> Callable[[str], bytes]:
    return content_named


@pytest.fixture
def workbook_of() -> Callable[[str], Workbook]:
    return lambda name: load_workbook(BytesIO(content_named(name)))
