"""Workbooks to look into, each made once."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

import sample_sessions
from model.exchange.excel.build import build
from model.session import Session
from model.toml import loads


@cache
def session_named(name: str) -> Session:
    """A sample session, or one that holds nothing at all."""
    if name == "nothing":
        return Session()
    return loads(sample_sessions.path(name).read_text("utf-8"))


@cache
def content_named(name: str) -> bytes:
    return build(session_named(name))


@pytest.fixture
def session_of() -> Callable[[str], Session]:
    return session_named


@pytest.fixture
def content_of() -> Callable[[str], bytes]:
    return content_named


@pytest.fixture
def workbook_of() -> Callable[[str], Workbook]:
    return lambda name: load_workbook(BytesIO(content_named(name)))
