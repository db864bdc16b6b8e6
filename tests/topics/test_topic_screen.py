"""Part 1: journeys in keys; what comes of them is looked for in the session and in the file."""

import datetime as dt
from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.actions.ranking import rank
from offwall.model.records.session import ActionStatus, IssueStatus, Option, Session
from offwall.tui.kit.record_list import RecordList
from tests.journey import Journey, afternoon

HOSTILE = "[PO] =1+1"
STRANGE = "[/ 🧾e\u0301 ש"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    return path


def ranked(session: Session) -> list[str]:
    return [action.text for action in rank(session)]


async def undone(journey: Journey, before: Session, times: int) -> None:
    """Take back what was done and find the session as it was; make it again, and it is as now."""
    after = journey.session
    await journey.press(*"u" * times)
    assert journey.session == before
    await journey.press(*"U" * times)
    assert journey.session == after


@pytest.mark.slow
async def test_a_topic_is_taken_up_with_its_notes_and_outcome(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("1", "j", "j")
        assert "Every contract is handled the same way" in journey.seen()
        await journey.press("enter", "q")
        assert journey.session is before  # looking chooses nothing
        assert "Which values and risks set a tier apart" in journey.seen()
        await journey.press("e", *"5m", "enter", *STRANGE, "enter", "enter")
        await journey.press("o", *"Three", "enter", "enter", "#", *"41", "enter")
        (topic,) = journey.on_disk().topics
        assert (topic.kind, topic.minutes) == ("tiering", 41)
        assert topic.notes == f"5m\n{STRANGE}"
        assert topic.outcome == "Three"
        await undone(journey, before, 4)
        await journey.press("g", "j", "x")
        assert journey.session.topics == ()
        assert "Removed: How tiering changes the process" in journey.seen()


@pytest.mark.slow
async def test_leaving_the_notes_as_they_were_changes_nothing(
    brackets: Path, tmp_path: Path
) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path) as journey:
        before = journey.session
        # The first has two lines; the fifth a line with a character that is never shown.
        await journey.press("1", "g", "j", "e", "escape", *"jjjj", "o", "escape")
        assert journey.session == before
        await journey.press("e", "!", "enter", "enter")
        assert journey.session.topics[4].notes == before.topics[4].notes + "!"


@pytest.mark.slow
async def test_a_parked_issue_a_topic_of_ones_own_and_the_ways_on(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "j", "enter")
        assert "Who owns contracts" in journey.seen()
        await journey.press("enter", "G", "enter", "enter")
        assert "Say in a few words what the topic is." in journey.seen()
        await journey.press(*HOSTILE, "enter")
        issue, own = journey.session.topics
        assert issue.issue == next(one.id for one in journey.session.issues if one.parked)
        assert own.title == HOSTILE
        [shown] = [rows for rows in journey.app.screen.query(RecordList) if rows.has_focus]
        assert any("Issue: Who owns contracts" in text for text in shown.texts())
        await journey.press("G", "k", "enter")
        assert journey.session.topics == (issue, own), "looking chooses nothing"
        assert "1 Rank the actions" in journey.seen()
        assert "Adopt one handover checklist" in journey.seen()
        await journey.press("q", "g", *"jjjj")
        assert "Part of the wall is still empty" in journey.seen()
        await journey.press("enter", "enter")
        assert "2 Review and record" in journey.seen()


@pytest.mark.slow
async def test_what_an_issue_s_letter_is_short_for_is_said_where_there_is_room(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("1", "l")
        assert "D documentation   No standard handover" in journey.seen()


async def test_issues_are_noted_changed_parked_and_moved(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("1", "l", "n", *HOSTILE, "tab", "x", "enter")
        assert "x is no issue code." in journey.seen()
        await journey.press("backspace", "g", "tab", *"S2.01", "tab", *"Finance", "enter")
        issue = journey.session.issues[1]
        assert (issue.text, issue.code, issue.raised_by) == (HOSTILE, "G", "Finance")
        assert journey.session.ref_by_id[issue.activity] == "S2.01"
        assert HOSTILE[:9] in journey.seen()
        await journey.press("^", "s", "J", "e", *"?", "enter")
        changed = journey.on_disk().issues[2]
        assert (changed.id, changed.text, changed.activity) == (
            issue.id,
            f"{HOSTILE}?",
            issue.activity,
        )
        assert (changed.parked, changed.status) == (True, IssueStatus.EXPLORED)
        await journey.press("x")
        assert issue.id not in {one.id for one in journey.session.issues}
        await undone(journey, before, 6)


@pytest.mark.slow
async def test_an_action_comes_from_an_issue_and_the_issue_becomes_a_topic(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "l", "j", "*", *"Try it @pro 5/1 =team", "enter", "enter", "M")
        action, issue = journey.session.actions[-1], journey.session.issues[1]
        assert (action.text, action.issue, action.owner) == ("Try it", issue.id, "pro")
        assert (action.impact, action.effort, action.approval) == (5, 1, "team")
        assert journey.session.topics[-1].issue == issue.id
        await journey.press("l", "M")
        assert len(journey.session.topics) == 1
        needed = ("Section 151", "ICT")
        before = journey.session
        await journey.press("l", "l", "G", "a", "ctrl+u", *"Section 151,  ICT,", "enter")
        assert needed in {one.needs for one in journey.on_disk().actions}
        await journey.press("u")
        assert journey.session == before


@pytest.mark.slow
async def test_a_parked_issue_is_explored_closed_and_becomes_two_actions(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        place, parked = next((n, one) for n, one in enumerate(before.issues) if one.parked)
        await journey.press("1", "l", *"j" * place, "enter")
        assert "Leave as it is" in journey.seen()
        await journey.press(*f"No rule {STRANGE}", "tab", *". Against: it waits", "tab")
        await journey.press(*"One owner. For: clear; against: =1+1", "tab", *"2", "tab")
        await journey.press(*"sro", "enter")
        explored = journey.on_disk().issues[place]
        assert (explored.causes, explored.status) == (f"No rule {STRANGE}", IssueStatus.EXPLORED)
        assert explored.options == (
            Option("Leave as it is", "", "it waits"),
            Option("One owner", "clear", "=1+1"),
        )
        assert (explored.preferred, explored.decides) == ("One owner", "sro")
        assert "2 options · preferred: One owner" in " ".join(journey.seen().split())
        await journey.press("enter")
        assert "Option 3" in journey.seen()
        await journey.press("enter")
        assert journey.session.issues[place] == explored
        await journey.press("*", *"Try it @pro", "enter", *"Tell all", "enter", "enter")
        made = journey.session.actions[-2:]
        assert [(one.text, one.issue) for one in made] == [
            ("Try it", parked.id),
            ("Tell all", parked.id),
        ]
        await journey.press("o", *"Settled", "enter", "enter")
        assert journey.on_disk().issues[place].status is IssueStatus.CLOSED
        assert journey.session.topics[0].outcome == "Settled"
        await journey.press("o", *["backspace"] * 7, "enter")
        assert journey.session.issues[place].status is IssueStatus.EXPLORED
        await undone(journey, before, 5)


@pytest.mark.slow
async def test_the_line_of_an_action_keeps_and_opens_the_next(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("1", "l", "l", "n", *"Share the checklist @ow")
        assert "ow is no role or person" in journey.seen()
        await journey.press("tab", *" by 29 Jan 4/2 =dir")
        seen = journey.seen()
        assert "@ Owen Price  by Fri 29 Jan 2027  impact 4, effort 2" in seen
        await journey.press("enter", *HOSTILE, "enter", *"half", "escape")
        share, hostile = journey.session.actions[1:3]
        assert share.due == dt.date(2027, 1, 29)
        assert share.approval == "director"
        assert hostile.text == HOSTILE
        await journey.press("e", *" 3/3", "enter")
        assert journey.on_disk().actions[2].impact == 3
        await undone(journey, before, 3)


@pytest.mark.slow
async def test_a_draft_is_kept_and_a_paste_of_lines_makes_an_action_each(empty: Path) -> None:
    async with afternoon(empty) as journey:
        await journey.press("1", "l", "l", "n", *"half a th", "escape", "n", "right")
        await journey.press(*"ought", "enter")
        await journey.paste("- one\n* two @team\n\n3. three 5/1\n")
        assert "3 actions pasted" in journey.seen()
        await journey.press("enter")
        texts = [action.text for action in journey.session.actions]
        assert texts == ["half a thought", "one", "two", "three"]
        await journey.press("enter", "u")
        assert [action.text for action in journey.session.actions] == ["half a thought"]


@pytest.mark.slow
async def test_digits_score_and_the_cursor_stays_on_its_action(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "l", "l", "n", *"Last of all", "enter", "escape")
        assert ranked(journey.session)[-1] == "Last of all"
        assert "impact and effort not scored yet" in journey.seen()
        await journey.press("5")
        assert "Impact 5; now its effort" in journey.seen()
        await journey.press("1", "D", *"9", "enter")
        assert ranked(journey.session)[0] == "Last of all"
        assert "impact 5, effort 1, no approval named; 9 votes." in journey.seen()
        # A digit once more is an impact; then the effort.
        await journey.press("4", "2", "0", *"3/3", "enter", "0", *"9/9", "enter")
        assert "9/9 is no score." in journey.seen()
        await journey.press("escape")
        found = journey.session.actions[1]
        assert (found.text, found.impact, found.effort, found.votes) == ("Last of all", 3, 3, 9)
        await journey.press("u", "u", "u")
        assert ranked(journey.session)[0] == "Last of all"


@pytest.mark.slow
async def test_approval_owner_date_and_status_by_keys(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "l", "l")
        first = rank(journey.session)[0]
        await journey.press("=", "j", "enter", "@", *"owen price", "enter", "w", *"soon", "enter")
        assert "soon is no date." in journey.seen()
        await journey.press("escape", "w", *"15/1", "enter", "s", "s")
        found = next(one for one in journey.on_disk().actions if one.id == first.id)
        owen = next(one for one in journey.session.people if one.name == "Owen Price")
        assert (found.approval, found.owner) == ("director", owen.id)
        assert (found.due, found.status) == (dt.date(2027, 1, 15), ActionStatus.DONE)
        await journey.press("@", "delete", "enter", "x")
        assert first.id not in {action.id for action in journey.session.actions}
        await journey.press("u", "u")
        assert found in journey.session.actions


@pytest.mark.slow
async def test_the_group_moves_an_action_and_lets_it_rank_again(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "l", "l")
        before = ranked(journey.session)
        await journey.press("K")
        assert "It is already the first." in journey.seen()
        await journey.press("J", "J")
        assert ranked(journey.session) == [*before[1:3], before[0], *before[3:]]
        assert "The group moved it to place 3." in " ".join(journey.seen().split())
        await journey.press("-")
        assert ranked(journey.session) == before


async def test_enter_goes_to_what_lacks_something(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "l", "l", "m")
        assert "Every action to be done has impact, effort, an owner, a date." in journey.seen()
        await journey.press("n", *"Half done 2/5", "enter", "escape", "g", "m")
        assert "Still to give: an owner, a date." in journey.seen()
        assert " Half done\n" in journey.seen()


@pytest.mark.slow
async def test_the_empty_session_says_what_to_do(empty: Path) -> None:
    async with afternoon(empty, size=(60, 20)) as journey:
        await journey.press("1")
        assert "Go on mapping" in journey.seen()
        await journey.press("j", "enter")
        assert "There is no issue yet." in journey.seen()
        await journey.press("l")
        assert "No issue yet. Press n to note one" in journey.seen()
        # What needs a record does nothing where there is none.
        await journey.press(*"e*sxJK^M", "enter", "l")
        assert "No action yet. Press n and type the first; Enter keeps it." in journey.seen()
        await journey.press(*"ex15@wD=sJK-0", "enter")
        assert journey.session == journey.on_disk()
        assert journey.session.actions == ()
        await journey.press("p", *"Later", "enter", "h")
        assert "Later" in journey.seen()


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_hostile_text_is_shown_as_it_is(
    brackets: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path, size=size) as journey:
        await journey.press("1")
        for _ in range(3):
            [shown] = [rows for rows in journey.app.screen.query(RecordList) if rows.has_focus]
            assert any("[PO] sends [red]x[/red] to [/" in text for text in shown.texts())
            assert "[PO] sends" in journey.seen()
            await journey.press("g", *"jjjjjjjjjj", "l")


@pytest.mark.slow
async def test_what_is_filled_in_and_kept_as_it_is_changes_nothing(
    brackets: Path, tmp_path: Path
) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path) as journey:
        before = journey.session
        await journey.press("1", "l", "l", *(["e", "enter", "j"] * len(rank(before))))
        await journey.press("=", "escape", "@", "enter", "h", "g", "j", "enter", "enter")
        assert journey.session == before
