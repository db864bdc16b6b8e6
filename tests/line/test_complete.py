"""What the line offers while it is typed; taking an offer gives a line that is understood."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall.model.line.complete import complete, complete_action
from offwall.model.line.parse import parse
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.records.session import (
    Action,
    Activity,
    Document,
    Meeting,
    Person,
    Role,
    Session,
    Stage,
    Tier,
)

SESSION = Session(
    stages=(Stage("S1", "Handover"), Stage("S2", "Mobilise")),
    roles=(
        Role("cm", "Contract Manager", ("Supplier lead",)),
        Role("hos", "Head of Service"),
        Role("[PO]", "Orders +1"),
    ),
    people=(Person("p-1", "Jane Doe"), Person("p-2", "Jim Poe")),
    tiers=(Tier("gold", "Gold"), Tier("bronze", "Bronze")),
    documents=(Document("Risk log"), Document("Risk +register"), Document("--- list")),
    activities=(
        Activity("a-1", "S1", "Check insurance", decision="Valid", documents=("Agenda",)),
        Activity("a-2", "S2", "Insure the site"),
    ),
    meetings=(Meeting("m-1", "Cabinet", dt.date(2027, 1, 12)),),
    actions=(Action("n-1", "Write", owner="all leads", approval="the Mayor"),),
)
WORDS = Vocabulary.of(SESSION, dt.date(2026, 12, 10))


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("Do @", ["Do @cm", "Do @hos", "Do @[PO]"]),
        ("Do @c", ["Do @cm"]),
        ("Do @Contract M", ["Do @cm"]),
        ("Do @supp", ["Do @cm"]),
        ("Do @hO", ["Do @hos"]),
        ("Do a:", ["Do a:cm", "Do a:hos", "Do a:[PO]"]),
        ("Do c:cm,he", ["Do c:cm,hos"]),
        ("Do i:cm, he", ["Do i:cm, hos"]),
        ("Do @cm ", []),
        ("Do @cm then he", []),
        ("Do /", ["Do /S1", "Do /S2"]),
        ("Do /mob", ["Do /S2"]),
        ("Do /2", ["Do /S2"]),
        ("Do %", ["Do %gold", "Do %bronze"]),
        ("Do %b", ["Do %bronze"]),
        ("Do %gold=l", ["Do %gold=light"]),
        ("Do +Ag", ["Do +Agenda"]),
        ("Do +reg", ["Do +Risk \\+register"]),
        ("Do +Risk ", ["Do +Risk log", "Do +Risk \\+register"]),
        ("Do +log", ["Do +Risk log"]),
        ("Do ?Ok >no=S2", ["Do ?Ok >no=S2.01"]),
        ("Do ?Ok >no=ins", ["Do ?Ok >no=S2.01", "Do ?Ok >no=S1.01"]),
        ("Do ?Ok >no=e", ["Do ?Ok >no=end"]),
        ("Do ?Ok >no", []),
        ("*Do it @j", ["*Do it @Jane Doe", "*Do it @Jim Poe"]),
        ("*Do it @all", ["*Do it @all leads"]),
        ("Do", []),
        ("", []),
        ("Do !", ["Do !d", "Do !g", "Do !t", "Do !r"]),
        ("Do !d", []),
        ("Do @hs", ["Do @hos"]),
        ("*Do it before c", ["*Do it before Cabinet"]),
        ("Do @\x1b", []),
    ],
)
def test_offers(typed: str, completed: list[str]) -> None:
    offers = complete(typed, len(typed), WORDS)
    assert [typed[: offer.start] + offer.text + typed[offer.end :] for offer in offers] == completed


def test_a_word_in_the_middle_keeps_what_follows() -> None:
    line = "Do @c +Form"
    (offer,) = complete(line, 5, WORDS)
    assert line[: offer.start] + offer.text + line[offer.end :] == "Do @cm +Form"
    assert offer.label == "cm Contract Manager"


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("Do it @ji", ["Do it @Jim Poe"]),
        ("Do it =cab", ["Do it =cabinet member", "Do it =cabinet or committee"]),
        ("Do it =may", ["Do it =the Mayor"]),
        ("Do it by 2w before ", ["Do it by 2w before Cabinet"]),
        ("Do it before awa", []),
        ("Do it @jp", ["Do it @Jim Poe"]),
        ("Do it @poe", ["Do it @Jim Poe"]),
        ("Do it", []),
        ("", []),
    ],
)
def test_offers_in_the_plan(typed: str, completed: list[str]) -> None:
    offers = complete_action(typed, len(typed), WORDS)
    assert [typed[: offer.start] + offer.text for offer in offers] == completed


@given(st.text('@?>+!*^%/":=acirwn S12\\', max_size=12), st.integers(0, 14))
def test_every_offer_fits_into_the_line(typed: str, cursor: int) -> None:
    for offers in (complete(typed, cursor, WORDS), complete_action(typed, cursor, WORDS)):
        for offer in offers:
            assert 0 <= offer.start <= offer.end <= max(cursor, len(typed))
            assert offer.text
            assert offer.label
            parse(typed[: offer.start] + offer.text + typed[offer.end :], WORDS)
