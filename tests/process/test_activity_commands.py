"""What the keys do to an activity, as functions: no App, no screen, the outcome says it all."""

from dataclasses import replace

import pytest

from offwall.model.records import Activity, EditError, Session, Stage
from offwall.model.records.session import Route
from offwall.model.review import ALL
from offwall.tui.kit.context import Context
from offwall.tui.kit.keys import Choose, Here, Question
from offwall.tui.kit.messages import Go
from offwall.tui.process import activity_commands as do
from offwall.tui.process import activity_table as table
from offwall.tui.process.activity_card import STAGE_KEY

STAGES = (Stage("S1", "Begin"), Stage("S2", "Go on"))
ASK = Activity("a-1", "S1", "Ask", lead="cm", accountable="cm")
CHECK = Activity("a-2", "S1", "Check", decision="Right?", routes=(Route("Yes", "a-3"),))
SIGN = Activity("a-3", "S2", "Sign", open_point="Who?")
WALL = Session(stages=STAGES, activities=(ASK, CHECK, SIGN))


def at(key: str, session: Session = WALL, view: do.ActivityView | None = None) -> Here:
    fresh = Context(seed=lambda: "seed")
    return Here(session, fresh, key, session.activity_by_id.get(key), view or do.ActivityView())


def test_confirming_goes_on_and_the_last_says_so() -> None:
    made = do.confirm(at("a-1"), ASK)
    assert (made.label, made.go, made.say) == ("Confirmed S1.01", "a-2", "")
    assert made.change is not None
    after = made.change(WALL)
    assert after.activities[0].confirmed
    again = do.confirm(at("a-1", after), after.activities[0])
    assert again.label == "Not confirmed any more: S1.01"
    alone = replace(WALL, activities=(ASK,))
    assert do.confirm(at("a-1", alone), ASK).say.endswith("That was the last to confirm.")
    assert do.confirm(at("a-2"), CHECK).label == "S1.02: place confirmed, no lead yet (@role)"


def test_an_open_point_is_asked_for_and_no_words_are_refused() -> None:
    asked = do.open_point(at("a-1"), ASK).ask
    assert isinstance(asked, Question)
    said = asked.answered({"point": "Who asks?"})
    assert said.change is not None
    assert said.change(WALL).activities[0].open_point == "Who asks?"


def test_following_leaves_a_trail_and_going_back_takes_it_up() -> None:
    gone = do.follow(at("a-2"), CHECK)
    if isinstance(gone.ask, Choose):
        gone = gone.ask.answered(0)
    assert (gone.go, gone.view.trail) == ("a-3", ("a-2",))
    back = do.go_back(at("a-3", view=gone.view), SIGN)
    assert (back.go, back.view.trail) == ("a-2", ())
    assert back.say == "Back at S1.02."
    open_end = replace(CHECK, routes=(Route("Yes", to_words="the lawyers"),))
    nowhere = replace(WALL, activities=(ASK, open_end, SIGN))
    lost = do.follow(at("a-2", nowhere), open_end)
    lost = lost.ask.answered(0) if isinstance(lost.ask, Choose) else lost
    assert not lost.go
    assert "the lawyers" in lost.say


def test_what_is_to_fill_is_looked_for_from_a_heading_too() -> None:
    assert do.still_to_fill(at("a-1"), ASK).go == "a-2"
    assert do.still_to_fill(at(STAGE_KEY + "S2"), None).go == "a-3"
    whole = replace(WALL, activities=())
    assert do.still_to_fill(at("", whole), None).say == "Nothing is left to fill."


def test_joining_needs_one_above_that_is_in_view() -> None:
    assert do.ABOVE.of(at("a-2"))
    assert not do.ABOVE.of(at("a-1"))
    assert not do.ABOVE.of(at("S1"))
    joined = do.join(at("a-2"), CHECK)
    assert joined.label == "Joined S1.02 with S1.01"
    assert joined.go == "a-1"
    narrow = table.narrow(at("a-2"), None).ask
    assert isinstance(narrow, Question)
    seen = narrow.answered({"text": "check"}).view
    assert do.join(at("a-2", view=seen), CHECK).wrong.startswith("S1.01, the one above, is not")


def test_a_filter_that_nothing_is_like_is_refused_and_all_comes_back() -> None:
    narrow = table.narrow(at("a-1"), ASK).ask
    assert isinstance(narrow, Question)
    assert narrow.answered({"text": "lawn"}).wrong == "No activity matches."
    view = narrow.answered({"text": "sign"}).view
    assert "a-3" in view.seen
    assert "a-1" not in view.seen
    assert table.NARROWED.of(at("a-3", view=view))
    assert not table.NARROWED.of(at("a-3"))
    assert table.show_all(at("a-3", view=view), SIGN).view.seen is ALL
    assert "no tiers yet" in table.tier(at("a-1"), ASK).say


def test_splitting_stands_on_the_second() -> None:
    asked = do.split(at("a-1"), ASK).ask
    assert isinstance(asked, Question)
    made = asked.answered({"first": "Ask", "second": "Ask again"})
    assert made.change is not None
    after = made.change(WALL)
    assert after.activity_by_id[made.go].text == "Ask again"


def test_moving_within_a_stage_and_no_further() -> None:
    down, up = do.move_within(at("a-1"), ASK, 1).change, do.move_within(at("a-1"), ASK, -1).change
    assert down is not None
    assert [one.id for one in down(WALL).by_stage["S1"]] == ["a-2", "a-1"]
    assert up is not None
    with pytest.raises(EditError, match="already the first"):
        up(WALL)


def test_a_view_is_another_screen_at_the_same_place() -> None:
    gone = do.walk(at("a-2"), CHECK).post
    assert isinstance(gone, Go)
    assert (gone.screen, gone.place) == ("walk", "a-2")
