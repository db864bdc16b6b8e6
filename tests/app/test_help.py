"""Help: what can be done here comes first, in our words, and is read with the keys of a list."""

from pathlib import Path

from tests.journey import afternoon


async def test_own_keys_come_first_and_long_words_keep_their_column(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(60, 20)) as journey:
        await journey.press("question_mark")
        first = shown(journey.seen())
        assert first[first.index("Keys here") + 1] == "1                Consider a topic"
        await journey.press("G")
        last = shown(journey.seen())
        assert last[-1] == "Esc closes"
        at = next(row for row, line in enumerate(last) if line.startswith("/stage"))
        words = last[at].index("another")
        assert last[at + 1][:words].isspace()
        assert not last[at + 1][words].isspace()
        await journey.press("g")
        assert "Keys here" in shown(journey.seen())


async def test_the_framework_s_keys_are_told_last_and_in_plain_words(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("question_mark", "end")
        said = journey.seen()
        for framework in ("Scroll Left", "Page Down", "Focus Next", "super+"):
            assert framework not in said


def shown(seen: str) -> list[str]:
    """The lines within the box, without its border and its scrollbar."""
    lines = (line.strip("│╭╮╰╯─").rstrip("▁▂▃▄▅▆▇█ ")[2:] for line in seen.splitlines())
    return [line for line in lines if line]
