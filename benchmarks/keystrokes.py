"""How many keys a post-it takes beyond its own words: ``python benchmarks/keystrokes.py``.

The reference process is typed into the real app, and what comes of it is compared with it.

Own words are the characters of an activity, a decision, an answer, a document, an issue, a
timescale and a note, with the spaces between them. Every other key counts as one: signs, roles'
codes, refs, the space before a sign, Enter, Tab, Esc, moves of the cursor. What Tab completes was
not typed and is not counted; nothing is ever counted as less than nothing. Not typed, because the
line does not carry them: who decides, limits, open points, and that an activity is confirmed.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from statistics import quantiles

import clone  # noqa: F401
from corrections import CORRECTIONS
from deeds import print_deeds
from recorder import Line, Place, Stroke, beyond, say
from reference import (
    TODAY,
    Reduction,
    a_decision,
    blank,
    content,
    is_a_decision,
    lead_only,
    on_disk,
    reduced_to,
    sample,
    whole,
)
from spreadsheet import by_hand

from offwall.model.line.vocabulary import Vocabulary
from offwall.model.records.session import Activity, Session
from offwall.tui.app import OffwallApp
from offwall.tui.kit.context import Context
from offwall.tui.kit.line_input import LineInput
from offwall.tui.process.activity_table import ActivityTable
from tests.key_driver import KeyDriver


@asynccontextmanager
async def recording(session: Session) -> AsyncIterator[KeyDriver[OffwallApp]]:
    """The app on part 2 of a session."""
    seeds = count(1)
    with on_disk(session) as path:
        app = OffwallApp(path, Context(lambda: f"seed-{next(seeds)}", lambda: TODAY))
        try:
            async with app.run_test(size=(80, 24)) as pilot:
                hands = KeyDriver(app, app.keys, pilot)
                await hands.settle()
                await hands.press("2")
                yield hands
        finally:
            app.services.close()


async def press(hands: KeyDriver[OffwallApp], strokes: Sequence[Stroke]) -> None:
    """Press keys. A run of own words goes in as one: it is not what is counted."""
    for stroke in strokes:
        if stroke.own and len(stroke.keys) > 1:
            await hands.paste("".join(stroke.keys))
        else:
            await hands.press(*stroke.keys)


async def record(reduce: Reduction) -> list[tuple[Activity, Line]]:
    """Type the process, reduced, from an empty wall; each activity and the line that it took."""
    full = sample()
    wanted = reduced_to(full, reduce)
    typed = []
    async with recording(blank(full)) as hands:
        await hands.press("n")
        place = Place(hands.app.session, None, wanted.stages[0].id)
        for activity in wanted.activities:
            vocabulary = Vocabulary.of(place.now, TODAY, place.before.id if place.before else "")
            line = say(activity, wanted, place, vocabulary)
            await press(hands, line.strokes[:-1])
            field = hands.app.screen.query_one(LineInput)
            assert field.value == line.text, f"{line.text!r} stands as {field.value!r}"
            await press(hands, line.strokes[-1:])
            typed.append((activity, line))
            now = hands.app.session
            place = Place(now, now.activities[-1], activity.stage)
        for made, meant in zip(content(hands.app.session), content(wanted), strict=True):
            assert made == meant, f"{made} should be {meant}"
    return typed


async def correct(kind: str) -> list[int]:
    """Make one correction at every activity where it can be made, taking each back with ``u``."""
    found = []
    async with recording(sample()) as hands:
        for each in CORRECTIONS[kind](hands.app.session):
            table = hands.app.screen.query_one(ActivityTable)
            table.go_to(each.activity.id)
            await hands.settle()
            before = hands.app.session
            await press(hands, each.strokes)
            assert each.right(hands.app.session), f"{kind} at {each.activity.text}"
            await hands.press("u")
            assert hands.app.session == before, f"{kind} is not taken back by one undo"
            found.append(beyond(each.strokes))
    return found


def spread(label: str, keys: Sequence[int], aim: int | None = None) -> str:
    """One line of the table."""
    low, middle, high = quantiles(keys, n=4, method="inclusive")
    told = f"  aim {aim}: {'met' if middle <= aim else 'missed'}" if aim else ""
    return (
        f"{label:<44}{len(keys):>4}{min(keys):>6}{low:>6.0f}{middle:>8g}{high:>6.0f}"
        f"{max(keys):>6}{told}"
    )


async def main() -> None:
    """Print the keys beyond own words: of each kind of note, of corrections, and by hand."""
    head = ("n", "min", "25%", "median", "75%", "max")
    print("{:<44}{:>4}{:>6}{:>6}{:>8}{:>6}{:>6}".format("Keys beyond own words", *head))
    for label, reduction, counted, aim in (
        ("A note with a lead only", lead_only, None, 4),
        ("Lead, accountable, 2 consulted, decision ...", a_decision, is_a_decision, 12),
        ("All that a line can say of each activity", whole, None, None),
    ):
        typed = await record(reduction)
        full = sample()
        chosen = [n for n, one in enumerate(full.in_order) if not counted or counted(one)]
        print(spread(label, [beyond(typed[n][1].strokes) for n in chosen], aim))
        reduced = reduced_to(full, reduction)
        hand = by_hand(reduced, issues=reduction is whole)
        print(spread("  the same by hand, in a spreadsheet", [hand[n] for n in chosen]))
        words = sum(len(s.keys) for _, line in typed for s in line.strokes if s.own)
        keys = sum(len(s.keys) for _, line in typed for s in line.strokes)
        print(f"  {words:,} characters of own words typed, {keys:,} keys in all")
    for kind in CORRECTIONS:
        print(spread(kind.capitalize(), await correct(kind)))
    await print_deeds(recording)


if __name__ == "__main__":
    asyncio.run(main())
