"""The checks: errors first, each with the way to its place and, where there is one, its mending."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.records.session import Issue, Remark, Role, Session
from offwall.model.review.checks import findings
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.review.checks import ChecksScreen, FindingList, finding_place, keyed_findings
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night

WRONG = """
format = 1
[[stages]]
id = "S1"
name = "Begin"
accountable = "hos"
[[stages]]
id = "S2"
name = "[PO] go on"
accountable = "sro"
[[roles]]
code = "cm"
name = "Contract Manager"
[[roles]]
code = "hos"
name = "Head of Service"
[[roles]]
code = "idle"
name = "Nobody asks"
[[words]]
say = "contract register"
not = ["contract log"]
[[activities]]
id = "a-11111111"
stage = "S1"
text = "Score it in the contract log"
lead = "cm"
consulted = ["cm", "=1+1"]
documents = ["Form"]
decision = "Which tier?"
routes = [ { answer = "Gold", to = "a-gone0000" } ]
[[activities]]
id = "a-22222222"
stage = "S2"
text = "Hold [/ kick-off"
accountable = "hos"
[[documents]]
name = "Form"
template = "no"
[[issues]]
id = "i-1"
text = "Lost"
activity = "a-gone0000"
[[actions]]
id = "n-1"
text = "Tell them"
[[remarks]]
id = "r-1"
on = "a-gone0000"
text = "Why?"
"""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.toml"
    path.write_text(WRONG, encoding="utf-8")
    return path


def listed(journey: Journey) -> FindingList:
    return journey.app.screen.query_one(FindingList)


def at(journey: Journey) -> tuple[str, str]:
    """The kind and place of the finding under the cursor."""
    finding = listed(journey).record
    return (finding.kind, finding.place) if finding else ("", "")


async def stand_on(journey: Journey, kind: str) -> None:
    """Go down the list to a kind of finding, by keys."""
    await journey.press("g")
    for _ in listed(journey).rows:
        if at(journey)[0] == kind:
            return
        await journey.press("j")
    pytest.fail(f"no finding of the kind {kind}")


async def test_errors_come_first_then_notices_then_what_waits_and_the_whole_sentence_below(
    wrong: Path,
) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "g", "j", "c")
        seen = journey.seen()
        headings = [row.text() for row in listed(journey).rows if row.heading]
        assert [heading.split(":")[0] for heading in headings] == [
            "6 to put right before you send the documents",
            *("10 to look at", "2 not confirmed"),
        ]
        listed_above, in_full = seen.split("In full")
        assert "! S1.01 has nobody accountable. " in listed_above
        assert "S1.01 has nobody accountable; say who answers for it." in in_full
        assert ". mends it: S1.01: Head of Service accountable, as for the stage" in seen
        assert max(len(line) for line in seen.splitlines()) <= 80
        assert at(journey) == ("no accountable", "a-11111111")


@pytest.mark.slow
async def test_mending_one_after_the_other_and_undoing_each(wrong: Path) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "c")
        before = journey.session
        mended = 0
        await journey.press("g")
        for _ in range(40):
            if listed(journey).keys_told.startswith(". mends it"):
                left = len(findings(journey.session))
                await journey.press(".")
                assert len(findings(journey.session)) <= left
                mended += 1
            else:
                await journey.press("j")
        left_over = {one.kind for one in findings(journey.session)}
        assert left_over.isdisjoint(
            {"no accountable", "unknown role", "missing target", "lead also told", "word to avoid"}
        )
        first = journey.session.activities[0]
        assert first.accountable == "hos"
        assert first.text == "Score it in the contract register"
        assert len(first.consulted) == 1
        assert first.routes[0].to_words
        assert journey.on_disk() == journey.session
        await journey.press(*"u" * mended)
        assert journey.session == before
        assert "Undone" in journey.seen()


async def test_the_cursor_goes_on_to_the_next_finding_when_one_is_mended(wrong: Path) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "c", "g", "j")
        await journey.press(".")
        assert at(journey)[0] == "unknown role"
        assert "Head of Service accountable, as for the stage" in journey.app.state.said[0]
        assert "Made the role" in journey.seen() or ". mends it" in journey.seen()


async def test_what_has_no_remedy_is_dimmed_and_changes_nothing(wrong: Path) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "c")
        await stand_on(journey, "unused role")
        before = journey.session
        await journey.press(".")
        assert journey.session is before
        assert listed(journey).check_action("run", ("finding.mend",)) is None
        assert "No one key mends that" in journey.seen()


async def test_the_word_that_lacks_is_asked_for_and_the_cursor_goes_on(wrong: Path) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "c")
        await stand_on(journey, "no lead")
        assert ". asks: lead?" in journey.seen()
        following = [row.key for row in listed(journey).rows]
        following = following[following.index(listed(journey).key) + 1 :]
        before = journey.session
        await journey.press(".", "enter")
        assert "Type what stands for “Lead”; Esc leaves it." in journey.seen()
        await journey.press("c", "enter")
        assert journey.session.activity_by_id["a-22222222"].lead == "cm"
        assert at(journey)[0] != "no lead"
        kept = [key for key in following if key in {row.key for row in listed(journey).rows}]
        assert listed(journey).key == next(key for key in kept if not key.isalpha()), (
            "the next finding, not a heading"
        )
        await journey.press("u")
        assert journey.session == before


async def test_a_further_answer_is_asked_for_and_kept_as_it_is_typed(wrong: Path) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "c")
        await stand_on(journey, "too few answers")
        await journey.press(".", *"[PO] [/", "enter")
        first = journey.session.activities[0]
        assert [route.answer for route in first.routes] == ["Gold", "[PO] [/"]


async def test_enter_goes_back_to_the_table_at_the_activity(wrong: Path) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "g", "j", "c")
        depth = len(journey.app.screen_stack)
        await stand_on(journey, "no lead")
        await journey.press("enter")
        table = journey.app.screen.query_one(ActivityTable)
        assert table.key == "a-22222222"
        assert len(journey.app.screen_stack) == depth - 1
        # And the key that the words named begins the line there.
        await journey.press(".")
        await journey.paste("cm")
        await journey.press("enter")
        assert journey.session.activity_by_id["a-22222222"].lead == "cm"


async def test_one_comes_with_the_activity_and_leaves_with_it(wrong: Path) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "G", "c")
        assert at(journey)[1] == "a-22222222"
        await journey.press("p", *"A thought", "enter")
        assert journey.session.issues[-1].activity == "a-22222222"
        await journey.press("escape")
        assert journey.app.screen.query_one(ActivityTable).key == "a-22222222"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("unused role", ("setup", "Roles")),
        ("no template", ("record", "a-11111111")),
        ("no owner", ("plan", "n-1")),
    ],
)
async def test_enter_goes_where_the_rest_is_put_right(
    wrong: Path, kind: str, place: tuple[str, str]
) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "c")
        await stand_on(journey, kind)
        finding = listed(journey).record
        assert finding
        to = finding_place(journey.session, finding)
        assert to
        assert (to.screen, to.place) == place
        await journey.press("enter")
        assert not isinstance(journey.app.screen, ChecksScreen)
        assert {"setup": "Nobody asks", "record": "Score it", "plan": "Tell them"}[
            to.screen
        ] in journey.seen()


@pytest.mark.slow
async def test_what_no_screen_shows_is_said_to_be_in_the_file(wrong: Path) -> None:
    async with afternoon(wrong) as journey:
        await journey.press("2", "c", "G")
        lost = [one for one in findings(journey.session) if one.kind == "lost pointer"]
        assert [finding_place(journey.session, one) is None for one in lost] == [False, True]
        await stand_on(journey, "lost pointer")
        await journey.press("j", "enter")
        assert "[[remarks]]" in journey.app.state.said[0]
        assert isinstance(journey.app.screen, ChecksScreen)


def test_a_role_called_as_a_stage_is_still_a_role() -> None:
    session = Session(roles=(Role("S1", "One"),), issues=(Issue("i1", "x", activity="gone"),))
    unused, lost = findings(session)
    to = finding_place(session, unused)
    assert to
    assert to.screen == "setup"
    topic = finding_place(session, lost)
    assert topic
    assert (topic.screen, topic.place) == ("topic", "i1")
    remark = findings(Session(remarks=(Remark("r1", "gone", "x"),)))
    assert finding_place(Session(), remark[0]) is None


def test_the_same_finding_twice_has_two_keys() -> None:
    session = Session(remarks=(Remark("r1", "gone", "x"), Remark("r1", "gone", "x")))
    assert len(keyed_findings(findings(session))) == 2


@pytest.mark.slow
async def test_the_empty_sample_says_what_to_do_and_a_complete_one_that_it_is(
    tmp_path: Path,
) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    async with afternoon(path) as journey:
        await journey.press("2", "c", ".", "enter", "e", "j", "G")
        assert "Nothing is recorded yet" in journey.seen()
        assert journey.session.activities == ()
        await journey.press("q", "q", "2", "c")
        assert isinstance(journey.app.screen, ChecksScreen)


@pytest.mark.parametrize("size", rest_at_night([(60, 20), (120, 40)]))
async def test_hostile_text_is_walked_and_mended_as_text(
    brackets: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path, size=size) as journey:
        await journey.press("2", "c")
        for _ in listed(journey).rows:
            await journey.press("j", ".")
        await journey.press("g")
        seen = journey.seen()
        assert "[PO]" in seen
        assert "\x1b" not in seen
        assert journey.on_disk() == journey.session
