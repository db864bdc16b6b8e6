"""The clock of part 1: it counts for the topic at work, under a question too, and can be paused."""

from pathlib import Path

from tests.journey import afternoon


async def test_a_minute_counts_for_the_part_and_the_topic_at_work(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "j", "j", "j", "space", "enter")
        journey.app.minute_passed()
        await journey.press("q", "e")
        journey.app.minute_passed()
        await journey.press("escape", "l")
        journey.app.minute_passed()
        session = journey.on_disk()
        (topic,) = session.topics
        assert (topic.kind, topic.minutes) == ("governance", 2)
        assert session.clock.topic.used == 3
        await journey.press("u")
        assert journey.session.clock.topic.used == 3


async def test_a_key_pauses_it_and_says_what_is_left(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1")
        for _ in range(2):
            journey.app.minute_passed()
        await journey.press("Z")
        assert "2 of 60 minutes are used, 58 left." in journey.seen()
        assert "2 of 60 min paused" in journey.seen()
        journey.app.minute_passed()
        await journey.press("q", "2")
        journey.app.minute_passed()
        assert journey.session.clock.topic.used == 2
        assert journey.session.clock.record.used == 0
        await journey.press("Z")
        assert "The clock goes on." in journey.seen()
        journey.app.minute_passed()
        assert journey.session.clock.record.used == 1


async def test_at_home_no_part_is_timed(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        journey.app.minute_passed()
        await journey.press("Z")
        assert "The clock is paused" in journey.seen()
        assert journey.session == before
