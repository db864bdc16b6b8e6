"""Editing by the line: only what its tokens say otherwise changes, and no record is deleted."""

import datetime as dt
from dataclasses import replace

import pytest

from offwall.model.line.parse import parse
from offwall.model.line.render import render
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.keep_post_its import edit_post_it
from offwall.model.process.post_it import PostIt, post_it_of
from offwall.model.records.fields import Table
from offwall.model.records.session import (
    END,
    Action,
    Activity,
    Improve,
    Issue,
    IssueCode,
    Person,
    Role,
    Route,
    Session,
    Stage,
    Tier,
    Treatment,
)
from offwall.model.records.text import EditError

TODAY = dt.date(2026, 12, 10)
MORE = Table.of({"later": 1})
SCORE = Activity(
    "a-1",
    "S1",
    "Score it",
    lead="cm",
    also=("fin",),
    accountable="ghost role",
    consulted=("hos",),
    decision="Which tier",
    decided_by="hos",
    limit="to £500k",
    routes=(Route("gold", to="a-2", extra=MORE), Route("none", to_words="another plan")),
    documents=("Card",),
    timescale="May",
    note="two\nlines",
    lead_confirmed=True,
    open_point="who?",
    improve=Improve.CHANGE,
    tiers=(("gold", Treatment.LIGHT), ("two words", Treatment.NO)),
    extra=MORE,
)
SESSION = Session(
    stages=(Stage("S1", "Begin"), Stage("S2", "Run")),
    roles=(Role("cm", "Contract Manager"), Role("hos", "Head of Service"), Role("fin", "Finance")),
    people=(Person("p-1", "Jane Doe"),),
    tiers=(Tier("gold", "Gold"), Tier("silver", "Silver")),
    activities=(
        SCORE,
        Activity("a-2", "S2", "Run it", routes=(Route("x", to=END),), then="a-1"),
    ),
    issues=(
        Issue("i-1", "no rule", IssueCode.GOVERNANCE, "a-1", raised_by="Jo", parked=True),
        Issue("i-2", "late", IssueCode.TIME, "a-1"),
        Issue("i-3", "who pays?", None, "a-1", parked=True),
        Issue("i-4", "no code", None, "a-1"),
    ),
    actions=(Action("n-1", "Pilot it", activity="a-1", owner="p-1", votes=4),),
)
LINE = (
    "Score it @cm,fin a:ghost role c:hos ?Which tier >gold=S2.01 >none=another plan +Card "
    "!g no rule !t late *Pilot it @Jane Doe ^who pays? %gold=light w:May n:two lines"
)


def edited(*changes: tuple[str, str], activity: str = "a-1") -> Session:
    """The session after these words of the line were replaced by others."""
    words = Vocabulary.of(SESSION, TODAY, activity)
    before = post_it_of(SESSION, activity)
    line = render(before, words)
    for old, new in changes:
        assert old in line
        line = line.replace(old, new)
    return edit_post_it(SESSION, activity, before, parse(line, words).note, "s")


def test_the_line_filled_in() -> None:
    words = Vocabulary.of(SESSION, TODAY, "a-1")
    assert render(post_it_of(SESSION, "a-1"), words) == LINE
    other = Vocabulary.of(SESSION, TODAY, "a-2")
    assert render(post_it_of(SESSION, "a-2"), other) == "Run it >=S1.01"
    with pytest.raises(EditError, match="no longer"):
        post_it_of(SESSION, "a-9")


def test_a_line_left_alone_changes_nothing() -> None:
    assert edited() == SESSION


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("Score it", "Score it again", {"text": "Score it again"}),
        ("@cm,fin", "@hos,fin", {"lead": "hos"}),
        ("@cm,fin", "@cm", {"also": ()}),
        ("@cm,fin", "", {"lead": "", "also": ()}),
        ("a:ghost role", "a:hos", {"accountable": "hos"}),
        ("a:ghost role", "", {"accountable": ""}),
        ("c:hos", "c:hos,fin i:cm", {"consulted": ("hos", "fin"), "informed": ("cm",)}),
        ("?Which tier", "?Tier", {"decision": "Tier"}),
        ("+Card", "", {"documents": ()}),
        ("+Card", "+Card +Card +Form", {"documents": ("Card", "Form")}),
        ("w:May", "w:June", {"timescale": "June"}),
        ("n:two lines", "", {"note": ""}),
        ("%gold=light", "", {"tiers": (("two words", Treatment.NO),)}),
        (
            "%gold=light",
            "%gold=no %silver=yes",
            {
                "tiers": (
                    *(("gold", Treatment.NO), ("two words", Treatment.NO)),
                    ("silver", Treatment.YES),
                )
            },
        ),
        (
            "=S2.01",
            "=end",
            {"routes": (Route("gold", to=END), SCORE.routes[1])},
        ),
        (">none=another plan", ">=S2.01", {"routes": SCORE.routes[:1], "then": "a-2"}),
        (">none", ">no >none", {"routes": (SCORE.routes[0], Route("no"), SCORE.routes[1])}),
    ],
)
def test_one_change_is_one_change(old: str, new: str, fields: dict[str, object]) -> None:
    new_session = edited((old, new))
    assert new_session == replace(
        SESSION, activities=(replace(SCORE, **fields), SESSION.activities[1])
    )


def test_a_stage_moves_it() -> None:
    new = edited(("Score it", "Score it /S2"))
    assert [found.id for found in new.by_stage["S2"]] == ["a-2", "a-1"]
    assert new.activity_by_id["a-1"] == replace(SCORE, stage="S2")


def test_an_issue_reworded_stays_the_record() -> None:
    new = edited(("!g no rule", "!g no agreed rule"), ("!t late", "!d late"))
    assert new.issues == (
        replace(SESSION.issues[0], text="no agreed rule"),
        replace(SESSION.issues[1], code=IssueCode.DOCUMENTATION),
        *SESSION.issues[2:],
    )


def test_a_token_gone_unlinks_its_record() -> None:
    new = edited(("!t late", ""), ("^who pays?", ""), ("*Pilot it @Jane Doe", ""))
    for record in (*new.issues[1:3], *new.actions):
        assert (record.activity, record.near) == ("", "Score it")
    assert new.issues[0] == SESSION.issues[0]
    assert new.issues[3] == SESSION.issues[3]
    assert len(new.issues) == 4


def test_a_token_more_makes_a_record() -> None:
    new = edited(("!t late", "!t late !r lost"), ("*Pilot", "*Tell all @fin *Pilot"))
    assert [issue.text for issue in new.issues] == [
        *("no rule", "late", "who pays?", "no code", "lost"),
    ]
    assert [(action.text, action.owner) for action in new.actions] == [
        *(("Pilot it", "p-1"), ("Tell all", "fin")),
    ]
    assert new.actions[0] == SESSION.actions[0]


def test_an_action_reworded_keeps_its_votes() -> None:
    (action,) = edited(("*Pilot it @Jane Doe", "*Pilot it twice by 2w")).actions
    assert (action.id, action.text, action.owner, action.votes) == ("n-1", "Pilot it twice", "", 4)
    assert action.due == dt.date(2026, 12, 24)


def test_what_somebody_changed_meanwhile_is_kept_beside() -> None:
    before = post_it_of(SESSION, "a-1")
    theirs = replace(
        SESSION, issues=(replace(SESSION.issues[0], text="theirs"), *SESSION.issues[1:])
    )
    words = Vocabulary.of(SESSION, TODAY, "a-1")
    after = parse(LINE.replace("no rule", "mine"), words).note
    new = edit_post_it(theirs, "a-1", before, after, "s")
    assert {issue.text for issue in new.issues} >= {"theirs", "mine"}


def test_a_new_role_is_made_and_an_old_stray_code_stays() -> None:
    new = edited(("c:hos", "c:hos,xyz"))
    assert new.roles == (*SESSION.roles, Role("xyz", "Xyz"))
    assert new.activity_by_id["a-1"].accountable == "ghost role"


def test_routes_that_no_line_can_say_are_kept() -> None:
    new = edited(("Run it", "Run it well"), activity="a-2")
    assert new.activity_by_id["a-2"] == replace(SESSION.activities[1], text="Run it well")


def test_an_activity_without_words_is_refused() -> None:
    with pytest.raises(EditError, match="needs words"):
        edit_post_it(SESSION, "a-1", post_it_of(SESSION, "a-1"), PostIt(lead="cm"), "s")
