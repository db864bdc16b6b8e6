"""Deeds of an afternoon beyond a note itself: the fewest keys for each, and the same in a sheet.

Each is done at every place of the sample where it can be done, by keys alone; what must come of it
is looked at, and one undo takes it back. Keys beyond own words are counted: words of an open point
and the letters of a word put right are own words; letters that choose somebody are not.

By hand: one sheet of activities and one of actions, the cursor on the row and in its first column;
a chord is one key, a cell is completed as soon as what is typed begins no other of its column.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from statistics import median

from reference import TODAY, sample

from offwall.model.line.vocabulary import Vocabulary
from offwall.model.records.session import Session
from offwall.model.review import next_unconfirmed
from offwall.tui.app import OffwallApp
from offwall.tui.kit.record_list import RecordList
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.review.checks import FindingList
from tests.key_driver import KeyDriver

Hands = KeyDriver[OffwallApp]
Recording = Callable[[Session], AbstractAsyncContextManager[Hands]]
DATE = "9/1"
"""A target date as both take it."""
DELETE_WORD = "ctrl+w"
"""What Alt+Backspace sends; a chord, as ctrl+shift+left is. Backspace does it letter by letter."""


@dataclass(frozen=True)
class Deed:
    """What is done, the keys that it took before, the aim, and the same in a sheet."""

    done: Callable[[Recording], AsyncIterator[tuple[int, int]]]
    before: int | str
    aim: int


def shortest(wanted: str, others: Iterable[str]) -> int:
    """Letters after which a sheet has only this one of a column to complete."""
    rest = [other.casefold() for other in others if other != wanted]
    lengths = range(1, len(wanted))
    said = wanted.casefold()
    return next(
        (n for n in lengths if not any(other.startswith(said[:n]) for other in rest)), len(wanted)
    )


async def undone(hands: Hands, before: Session) -> None:
    await hands.press("u")
    assert hands.app.session == before, "not taken back by one undo"


async def another_lead(recording: Recording) -> AsyncIterator[tuple[int, int]]:
    """The accountable leads, or the first that is consulted."""
    async with recording(sample()) as hands:
        table = hands.app.screen.query_one(ActivityTable)
        codes = [role.code for role in hands.app.session.roles]
        for one in hands.app.session.in_order:
            others = (one.accountable, *one.consulted, *one.informed)
            lead = next(role for role in others if role and role != one.lead)
            words = Vocabulary.of(hands.app.session, TODAY, one.id).roles
            short = next(
                lead[:n]
                for n in range(1, len(lead) + 1)
                if (name := words.take(lead[:n])) and name.value == lead and name.known
            )
            table.go_to(one.id)
            await hands.settle()
            before = hands.app.session
            keys = ["@", *short, "enter"]
            await hands.press(*keys)
            assert hands.app.session.activity_by_id[one.id].lead == lead
            await undone(hands, before)
            yield len(keys), len(["right", "right", "enter"]) + shortest(lead, codes)


async def a_word_put_right(recording: Recording) -> AsyncIterator[tuple[int, int]]:
    """The last word of the wording is another."""
    async with recording(sample()) as hands:
        table = hands.app.screen.query_one(ActivityTable)
        for one in hands.app.session.in_order:
            first, space, last = one.text.rpartition(" ")
            if not last.isalpha():
                continue
            table.go_to(one.id)
            await hands.settle()
            before = hands.app.session
            await hands.press("e", DELETE_WORD, *last[::-1].casefold(), "enter")
            now = hands.app.session.activity_by_id[one.id].text
            assert now == f"{first}{space}{last[::-1].casefold()}", now
            await undone(hands, before)
            yield len(["e", DELETE_WORD, "enter"]), len(["f2", "ctrl+shift+left", "enter"])


async def an_open_point_and_on(recording: Recording) -> AsyncIterator[tuple[int, int]]:
    """What was not agreed, and the cursor on the next to confirm."""
    full = sample()
    waiting = tuple(
        replace(one, sequence_confirmed=False, lead_confirmed=False, open_point="")
        for one in full.activities
    )
    async with recording(replace(full, activities=waiting)) as hands:
        table = hands.app.screen.query_one(ActivityTable)
        for one in hands.app.session.in_order:
            table.go_to(one.id)
            await hands.settle()
            before = hands.app.session
            await hands.press("o", *"Who", "enter")
            assert hands.app.session.activity_by_id[one.id].open_point == "Who"
            following = next_unconfirmed(hands.app.session, one.id)
            assert following
            assert table.key == following.id, "the cursor is on the next"
            await undone(hands, before)
            yield len(["o", "enter"]), len(["ctrl+right", "enter"])


async def owner_and_date(recording: Recording) -> AsyncIterator[tuple[int, int]]:
    """A person who was there does it, by a date."""
    full = sample()
    people = full.people
    async with recording(full) as hands:
        await hands.press("q", "3")
        table = next(one for one in hands.app.screen.query(RecordList) if one.has_focus)
        for number, one in enumerate(hands.app.session.actions):
            who = people[number % len(people)]
            table.go_to(one.id)
            await hands.settle()
            before = hands.app.session
            for length in range(1, len(who.name) + 1):
                keys = ["@", *who.name[:length].casefold(), "enter", "w", *DATE, "enter"]
                await hands.press(*keys)
                now = next(each for each in hands.app.session.actions if each.id == one.id)
                steps = (now.owner != one.owner) + (now.due != one.due)
                await hands.press(*["u"] * steps)
                assert hands.app.session == before
                if now.owner == who.id:
                    break
            hand = shortest(who.name, [each.name for each in people])
            yield len(keys), len(["right", "right"]) + hand + len(["tab", *DATE, "enter"])


async def a_finding_mended_and_on(recording: Recording) -> AsyncIterator[tuple[int, int]]:
    """Nobody leads or answers for an activity, as the checks say; and on to the next finding."""
    full = sample()
    stages = tuple(replace(one, accountable="") for one in full.stages)
    bare = tuple(replace(one, lead="", accountable="") for one in full.activities)
    async with recording(replace(full, stages=stages, activities=bare)) as hands:
        await hands.press("c")
        listed = hands.app.screen.query_one(FindingList)
        codes = [role.code for role in full.roles]
        for one in full.in_order:
            for kind, role in (("no lead", one.lead), ("no accountable", one.accountable)):
                places = {
                    found.place: key for key, found in listed._found.items() if found.kind == kind
                }
                if not role or one.id not in places:
                    continue
                listed.go_to(places[one.id])
                await hands.settle()
                before = hands.app.session
                for length in range(1, len(role) + 1):
                    keys = [".", *role[:length], "enter"]
                    await hands.press(*keys)
                    now = hands.app.session.activity_by_id[one.id]
                    if role == (now.lead if kind == "no lead" else now.accountable):
                        break
                    await undone(hands, before)
                assert listed.record, "the cursor is on another finding"
                yield len(keys), len(["ctrl+down", "enter"]) + shortest(role, codes)


DEEDS = {
    "another lead": Deed(another_lead, 5, 3),
    "a word put right, beyond its letters": Deed(a_word_put_right, "18-28", 3),
    "an open point, and on": Deed(an_open_point_and_on, 3, 2),
    "owner and date of an action": Deed(owner_and_date, 14, 9),
    "one finding mended, on to the next": Deed(a_finding_mended_and_on, "7+", 4),
}


async def print_deeds(recording: Recording) -> None:
    """Print each deed: how often it was done, the keys it takes, and those of a sheet."""
    head = ("n", "median", "most", "before", "aim", "sheet")
    print("\n{:<40}{:>5}{:>8}{:>6}{:>8}{:>5}{:>7}".format("Keys of a deed", *head))
    for label, deed in DEEDS.items():
        both = [counted async for counted in deed.done(recording)]
        keys, sheet = [one for one, _ in both], [one for _, one in both]
        told = "met" if median(keys) <= deed.aim else "missed"
        print(
            f"{label:<40}{len(keys):>5}{median(keys):>8g}{max(keys):>6}{deed.before:>8}"
            f"{deed.aim:>5}{median(sheet):>7g}  {told}"
        )
