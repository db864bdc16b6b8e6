"""A school's admissions: no screen, no check and no catalogue speaks of contracts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import Screen

from offwall.model.actions.next_steps import step_offers
from offwall.model.documents.close_down import close_down_list
from offwall.model.records import Session
from offwall.model.review import findings
from offwall.model.setup.workshop import thing_of
from offwall.model.store.presets.catalogues import challenge_questions, next_steps, topic_kinds
from offwall.model.store.toml.load import loads
from offwall.model.topics.topic_signs import SIGNS, topic_signs
from offwall.tui.kit.messages import Go
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.sections import Sections
from offwall.tui.kit.session_screen import SCREENS
from tests.journey import TODAY, Journey, afternoon
from tests.nightly import rest_at_night

ADMISSIONS = """
[workshop]
title = "School admissions"
process = "School admissions"
thing = "application"

[[people]]
id = "p-1"
name = "Amira Khan"
group = "core"

[[roles]]
code = "ao"
name = "Admissions Officer"

[[roles]]
code = "sch"
name = "School"

[[stages]]
id = "S1"
name = "Receive"

[[stages]]
id = "S2"
name = "Offer"

[[stages]]
id = "S3"
name = "Appeal"

[[tiers]]
code = "late"
name = "Late"
risk_from = 9

[[activities]]
id = "a-1"
stage = "S1"
text = "Check the application"
lead = "ao"
decision = "Complete?"
timescale = "5 days"
routes = [{ answer = "yes" }, { answer = "no", to_words = "ask the parent" }]

[[activities]]
id = "a-2"
stage = "S2"
text = "Send offers"
open_point = "Who signs them?"
improve = "change"

[[issues]]
id = "i-1"
text = "Nobody knows the date"
code = "G"
parked = true

[[actions]]
id = "n-1"
text = "Publish the dates"
kind = "improvement"

[[actions]]
id = "n-2"
text = "Ask the schools"
kind = "next step"
"""

OTHERS = re.compile(r"contract|procure|supplier|tender|\bVAT\b|£|\bbronze|\bgold", re.IGNORECASE)
"""What belongs to other processes; that a case may have a value is asked in set-up alone."""

NEEDS_MORE = ("importing", "mapping", "filling", "history", "then")
"""Screens of a workbook or a moment that somebody chose first."""

OF_CONTRACTS = ("requirements",)
"""What the law asks of contracts: a screen that is there for these alone."""


def sentences(session: Session) -> Iterator[str]:
    """What the checks and the catalogues say."""
    yield from (one.text for one in findings(session))
    thing, steps = thing_of(session), next_steps()
    for kind in topic_kinds():
        said = kind.named(thing)
        yield from (said.title, said.when, said.outcome, *said.prompts)
    yield from (one.text for one in challenge_questions())
    yield from (text for kind in SIGNS for text in topic_signs(session, kind))
    yield from (f"{one.text} {one.hint}" for one in step_offers(session, steps, TODAY))
    for found in close_down_list(session, TODAY, steps).values():
        yield from (one.text for one in found)


def test_no_check_and_no_catalogue_speaks_of_another_process() -> None:
    session = loads(ADMISSIONS)
    said = [*sentences(session), *sentences(Session())]
    assert [one for one in said if OTHERS.search(one) or "{" in one] == []
    assert any("Every application is handled the same way" in one for one in said)
    assert any("Every case is handled the same way" in one for one in said)


async def everything_on(journey: Journey) -> list[str]:
    """What is seen on a screen: each section, its rows, and what n asks, field by field."""
    seen, told, screen = [journey.seen()], set(), journey.app.screen
    while (section := section_of(screen)) not in told:
        told.add(section)
        rows = [len(one.rows) for one in screen.query(RecordList) if one.display]
        for key in "j" * max(rows, default=0) + "n":
            await journey.press(key)
            seen.append(journey.seen())
        for _ in range(10 if journey.app.screen is not screen else 0):
            await journey.press("tab")
            seen.append(journey.seen())
        await journey.press("escape")
        for one in screen.query(Sections):
            one.action_section(1)
        await journey.settle()
    return seen


def section_of(screen: Screen[object]) -> str:
    """The section that is shown; empty where there are none."""
    return "".join(one.current for one in screen.query(Sections))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    rest_at_night(
        (name for name in SCREENS if name not in (*NEEDS_MORE, *OF_CONTRACTS)),
        gate=("home", "topic", "record", "plan"),
    ),
)
async def test_no_screen_speaks_of_another_process(tmp_path: Path, name: str) -> None:
    path = tmp_path / "admissions.toml"
    path.write_text(ADMISSIONS, encoding="utf-8")
    async with afternoon(path, (120, 40)) as journey:
        journey.app.post_message(Go(name))
        await journey.settle()
        for seen in await everything_on(journey):
            assert OTHERS.search(seen) is None, seen


def offered(screen: Screen[object], found: RecordList) -> list[str]:
    """The keys of a list that its footer offers now."""
    active = screen.active_bindings.items()
    return [key for key, one in active if one.node is found and one.enabled and one.binding.show]


async def come_back(journey: Journey, screen: Screen[object]) -> None:
    """Leave whatever a key opened."""
    await journey.press("escape")
    for key in ("escape", "q") * 4:
        if journey.app.screen is not screen:
            await journey.press(key)
    assert journey.app.screen is screen, journey.seen()


# From the RACI a heading leads on to part 2, which is no question to come back from.
@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    rest_at_night(
        (name for name in SCREENS if name not in (*NEEDS_MORE, "raci")),
        gate=("topic", "record", "checks"),
    ),
)
async def test_what_the_footer_offers_on_a_heading_does_something(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "admissions.toml"
    path.write_text(ADMISSIONS, encoding="utf-8")
    async with afternoon(path, (120, 40)) as journey:
        journey.app.post_message(Go(name))
        await journey.settle()
        screen = journey.app.screen
        lists = [one for one in screen.query(RecordList) if one.display and one.size.height]
        places = [(one, row.key) for one in lists for row in one.rows if row.heading]
        for found, heading in places:
            found.focus()
            found.stand_on(heading)
            await journey.settle()
            for key in offered(screen, found) if found.key == heading else ():
                journey.app.say("")
                await journey.settle()
                before = (journey.seen(), journey.session)
                await journey.press(key)
                assert (journey.seen(), journey.session) != before, (heading, key)
                await come_back(journey, screen)
                found.focus()
                found.stand_on(heading)
                await journey.settle()
