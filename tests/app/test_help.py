"""Help: what can be done here comes first, in groups and in our words, and is searched."""

from pathlib import Path

import pytest

from offwall.model.records.session import Session, Workshop
from offwall.tui.kit.help import HelpScreen, line_part
from tests.journey import afternoon


@pytest.mark.slow
async def test_this_screen_s_keys_come_first_and_long_words_keep_their_column(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample, size=(60, 20)) as journey:
        await journey.press("question_mark")
        first = shown(journey.seen())
        at = first.index("On this screen")
        assert first[at + 1] == "1                Consider a topic"
        await journey.press(*"stage")
        last = shown(journey.seen())
        at = next(row for row, line in enumerate(last) if line.startswith("/stage"))
        words = last[at].index("another")
        assert last[at + 1][:words].isspace()
        assert not last[at + 1][words].isspace()


@pytest.mark.slow
async def test_the_framework_s_keys_are_told_last_and_in_plain_words(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(80, 60)) as journey:
        await journey.press("question_mark")
        said = journey.seen()
        assert said.index("On this screen") < said.index("Anywhere")
        for framework in ("Scroll Left", "Page Down", "Focus Next", "super+"):
            assert framework not in said


@pytest.mark.slow
async def test_typing_finds_a_key_by_what_it_does_and_its_group(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "question_mark", *"post-it new")
        found = shown(journey.seen())
        assert any("A new post-it after this" in line for line in found)
        assert not any("Confirm sequence" in line for line in found)
        await journey.press("ctrl+u", *"quite another word")
        assert "Nothing here does that." in journey.seen()


@pytest.mark.slow
@pytest.mark.parametrize("keys", [["question_mark"], ["q"], ["escape"], [*"un", "question_mark"]])
async def test_help_is_closed_by_three_keys(own_sample: Path, keys: list[str]) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("question_mark")
        assert isinstance(journey.app.screen, HelpScreen)
        await journey.press(*keys)
        assert not isinstance(journey.app.screen, HelpScreen)


@pytest.mark.slow
async def test_q_within_a_word_is_a_letter(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "question_mark", *"seq")
        assert "Confirm sequence and lead" in journey.seen()


def shown(seen: str) -> list[str]:
    """The lines within the box, without its border and its scrollbar."""
    lines = (line.strip("│╭╮╰╯─").rstrip("▁▂▃▄▅▆▇█ ")[2:] for line in seen.splitlines())
    return [line for line in lines if line]


def test_the_line_is_told_without_what_the_session_does_not_record() -> None:
    _, bare, _ = line_part(Session())
    recorded = Session(workshop=Workshop(also_record=("timescales", "tiers")))
    _, full, _ = line_part(recorded)
    assert {said for said, _ in full} - {said for said, _ in bare} == {"w:text", "%tier=light"}
    assert "n:text" in dict(bare)
