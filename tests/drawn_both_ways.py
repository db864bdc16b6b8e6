"""Every journey can be had drawn both ways: ``OFFWALL_COMPARE=1 python -m pytest tests/tui``."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from offwall.tui.terminal.screen_diff import TerminalAbilities
from tests.both_ways import compared

COMPARE = os.environ.get("OFFWALL_COMPARE", "") == "1"


@pytest.fixture(autouse=COMPARE)
def _drawn_both_ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """Compare every frame; a difference ends the journey. What is not cleaned has no cells."""
    if request.node.name.endswith("[stock]"):
        yield
        return
    with compared(TerminalAbilities(colours_erased=True, erases_cells=True)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _looks_read_once() -> Iterator[None]:
    """Every journey opens an App with the same looks: they are read for the first, and kept.

    Where a theme sets a colour otherwise they are other looks, and read anew.
    """
    read = Stylesheet._parse_rules
    known: dict[tuple[Any, ...], list[RuleSet]] = {}

    def once(sheet: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:
        key = (source, tuple(more.items()), tuple(sheet._variables.items()))
        if key not in known:
            known[key] = read(sheet, *source, **more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield


QUICK_SIZE = (80, 24)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hostile text and other sizes, screen by screen, take as long as all journeys together.

    `test_everywhere` walks every screen with hostile text in the quick tests; the gate walks them
    one by one.
    """
    for item in items:
        size = getattr(item, "callspec", None) and item.callspec.params.get("size", QUICK_SIZE)
        elsewhere = isinstance(size, tuple) and size != QUICK_SIZE
        if "afternoon" in vars(item.module) and ("hostile" in item.name or elsewhere):
            item.add_marker(pytest.mark.slow)
