"""The page's text: headings, tables, the row where the recorder stands; no markup of a user's."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.records.session import Session
from offwall.tui.kit.session_screen import SCREENS
from offwall.tui.kit.standing import Standing
from offwall.tui.projector.page_text import current_text, screen_html
from offwall.tui.projector.show_views import NOT_SHOWN
from tests.projector.showing import room
from tests.projector.test_show import keep

TAGS = {"h1", "h2", "p", "br", "table", "thead", "tr", "th", "td"}


class Outline(HTMLParser):
    """The tags of a page, and the texts within each kind."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said: list[tuple[str, str]] = []
        self._in = [""]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "br":
            self._in.append("here" if ("aria-current", "true") in attrs else tag)

    def handle_endtag(self, tag: str) -> None:
        self._in.pop()

    def handle_data(self, data: str) -> None:
        kind = "here" if "here" in self._in else self._in[-1]
        self.said.append((kind, data.strip()))

    def of(self, kind: str) -> list[str]:
        """The texts of one kind."""
        return [text for found, text in self.said if found == kind and text]


def marked(session: Session) -> Session:
    """Words that would be markup."""
    first = replace(session.activities[0], text="<script>alert(1)</script> & <b>sign</b>")
    return replace(session, activities=(first, *session.activities[1:]))


def stages(session: Session) -> Iterator[str]:
    """What the headings say."""
    return (f"{stage.id} {stage.name}" for stage in session.stages)


async def test_the_record_is_read_by_stages_with_names_and_its_current_row(
    own_sample: Path,
) -> None:
    keep(own_sample, marked)
    async with room(own_sample, (120, 40)) as hands:
        await hands.press("g", "j")
        page = Outline(screen_html(hands.app.screen))
        assert any("2 Review and record activity" in text for text in page.of("h1"))
        assert page.of("h2") == list(stages(store.read_session(own_sample)))
        assert "<script>alert(1)</script> & <b>sign</b>" in page.of("here")
        assert "Procurement" in page.of("here")
        assert {"Activity", "Lead", "Accountable"} <= set(page.of("th"))
        assert any("45 confirmed" in text for text in page.of("p"))
        assert "<b>sign</b>" in current_text(hands.app.screen)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SCREENS.keys() - NOT_SHOWN))
async def test_every_screen_is_text(name: str, own_sample: Path) -> None:
    keep(own_sample, marked)
    async with room(own_sample, (120, 40)) as hands:
        await hands.app._go(Standing(name))
        await hands.settle()
        page = Outline(screen_html(hands.app.screen))
        assert page.tags <= TAGS
        assert len(page.of("h1")) == 1
        words = " ".join(text for _, text in page.said)
        assert len(words) > 100 or name == "clashes"
