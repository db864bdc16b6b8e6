"""The words: journeys in keys through what is said twice and what the group agreed to say."""

import re
from pathlib import Path

import pytest
from textual.strip import Strip

from offwall import sample_sessions
from offwall.model.records.session import Activity, Word
from offwall.model.records.uses import describe_uses
from offwall.model.setup.glossary import remaining_uses
from offwall.tui.kit.row_view import ListRow
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.setup.glossary_screen import GlossaryList, GlossaryScreen
from tests.journey import Journey, afternoon

SAID_TWICE = """
[[roles]]
code = "ctm"
name = "Contract managers"

[[roles]]
code = "=1+1"
name = "Senior Responsible Oficer"

[[activities]]
id = "a-dup00001"
stage = "S2"
text = "Keep the contract log [PO] up to date"
lead = "ctm"
consulted = ["cm"]
documents = ["Contract Registers", "KPI Report", "contract log"]
note = "Contract logs are kept by services"

[[actions]]
id = "n-dup00001"
text = "Clean the contract log"
owner = "Contracts managers"
"""


@pytest.fixture
def twice(own_sample: Path) -> Path:
    """The sample with a role, two documents and an owner named a second time."""
    own_sample.write_text(own_sample.read_text("utf-8") + SAID_TWICE, "utf-8")
    return own_sample


def words(journey: Journey) -> GlossaryList:
    return journey.app.screen.query_one(GlossaryList)


def row(journey: Journey) -> ListRow:
    found = words(journey)
    return next(row for row in found.rows if row.key == found.key)


def shown(journey: Journey) -> str:
    return " ".join(journey.seen().split())


def activity(journey: Journey) -> Activity:
    return journey.session.activity_by_id["a-dup00001"]


async def to(journey: Journey, text: str) -> None:
    """Stand on the first row that says the text, by keys."""
    await journey.press("g")
    for _ in words(journey).rows:
        if text in row(journey).text():
            return
        await journey.press("j")
    raise AssertionError(text)


@pytest.mark.slow
async def test_two_roles_are_merged_by_one_key_and_one_undo(twice: Path) -> None:
    async with afternoon(twice) as journey:
        before = journey.session
        await journey.press("2", "a")
        assert isinstance(journey.app.screen, GlossaryScreen)
        assert "Said twice?" in journey.seen()
        assert "Is Contract managers (ctm) the same role as Contract Manager (cm)?" in shown(
            journey
        )
        await journey.press("space")
        assert "Merged Contract managers into Contract Manager: 1 activity" in journey.seen()
        assert journey.session.role_by_code["cm"].also_called == (
            "Contracts Manager",
            "Contract managers",
            "ctm",
        )
        assert (activity(journey).lead, activity(journey).consulted) == ("cm", ())
        assert describe_uses(journey.session, "roles", "ctm") == ""
        assert "ctm" not in journey.on_disk().role_by_code
        assert "Contract register" in row(journey).text()
        await journey.press("u")
        assert journey.session == before == journey.on_disk()
        await journey.press("U", "escape")
        assert isinstance(journey.app.screen, RecordScreen)
        await journey.press("n", *"Meet them @ctm", "enter", "escape")
        assert next(a for a in journey.session.activities if a.text == "Meet them").lead == "cm"


@pytest.mark.slow
async def test_the_other_name_is_kept_where_that_is_wanted(twice: Path) -> None:
    async with afternoon(twice) as journey:
        await journey.press("2", "a", "T")
        assert "Is Contract Manager (cm) the same role as Contract managers (ctm)?" in shown(
            journey
        )
        await journey.press("space")
        assert "cm" not in journey.session.role_by_code
        assert journey.session.role_by_code["ctm"].also_called[:2] == ("Contract Manager", "cm")
        await journey.press("u", "g", "j", "T")
        assert "Is Contract managers (ctm) the same role as Contract Manager (cm)?" in shown(
            journey
        )


@pytest.mark.slow
async def test_documents_and_owners_are_merged_too(twice: Path) -> None:
    async with afternoon(twice) as journey:
        before = journey.session
        await journey.press("2", "a")
        await to(journey, "Contract Registers")
        await journey.press("space")
        assert "Merged Contract Registers into Contract register" in journey.seen()
        assert activity(journey).documents == ("Contract register", "KPI Report", "contract log")
        await to(journey, "Contracts managers")
        assert "the other name" not in shown(journey)
        await journey.press("T", "space")
        action = next(a for a in journey.session.actions if a.id == "n-dup00001")
        assert action.owner == "cm"
        assert action in journey.on_disk().actions
        await journey.press("u", "u")
        assert journey.session == before


@pytest.mark.slow
async def test_a_pair_that_is_left_stays_left_while_the_app_is_open(twice: Path) -> None:
    async with afternoon(twice) as journey:
        before = journey.session
        await journey.press("2", "a", "x")
        assert "Left both Contract Manager (cm) and Contract managers (ctm)" in journey.seen()
        await to(journey, "Oficer")
        await journey.press("x")
        assert "Said twice? 2 pairs left as named: I offers again." in shown(journey)
        assert journey.session == before
        await journey.press("q", "a")
        assert not [row for row in words(journey).rows if "(ctm)" in row.text()]
        await journey.press("X")
        assert len([row for row in words(journey).rows if "(ctm)" in row.text()]) == 1
    async with afternoon(twice) as journey:
        await journey.press("2", "a")
        assert "(ctm)" in row(journey).text()


@pytest.mark.slow
async def test_an_agreed_word_is_said_everywhere_by_one_key(twice: Path) -> None:
    async with afternoon(twice) as journey:
        before = journey.session
        await journey.press("2", "a")
        await to(journey, "contract log, ")
        assert "Said 4 times in 4 texts" in shown(journey)
        assert "S2.07: Keep the contract log [PO] up to date" in shown(journey)
        await journey.press("space")
        said = "Renamed contract log, contracts database to contract register: 4 times in 4 texts"
        assert said in shown(journey)
        assert activity(journey).text == "Keep the contract register [PO] up to date"
        assert activity(journey).note == "Contract registers are kept by services"
        assert activity(journey).documents[-1] == "contract register"
        assert remaining_uses(journey.on_disk()) == {}
        await journey.press("space")
        assert "Nothing says contract log, contracts database any more." in shown(journey)
        await journey.press("u")
        assert journey.session == before == journey.on_disk()


@pytest.mark.slow
async def test_words_are_agreed_changed_moved_and_removed(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "a")
        await to(journey, "improvement plan")
        await journey.press("n", *"contract register", "enter")
        assert "contract register is agreed already" in shown(journey)
        await journey.press(*" review", "tab", *"[/, =1+1, KPI", "enter")
        made = Word("contract register review", ("[/", "=1+1", "KPI"))
        assert journey.session.words[2] == made
        assert "contract register review" in row(journey).text()
        assert re.search(r"Said \d+ times in \d+ texts; space puts it right", shown(journey))
        await journey.press("e", "tab", "backspace", *"M", "enter")
        assert journey.session.words[2].avoid == ("[/", "=1+1", "KPM")
        await journey.press("K", "K")
        assert journey.session.words[0].say == "contract register review"
        await journey.press("K")
        assert "already the first" in journey.seen()
        await journey.press("x")
        assert "Removed the word contract register review" in journey.seen()
        assert journey.session == before
        await journey.press("u")
        assert journey.on_disk().words[0].say == "contract register review"
        await journey.press("g", "j", "j", "N", *"first", "enter")
        assert journey.session.words[0] == Word("first")
        await journey.press("space")
        assert "Say first (e) what not to say for first." in journey.seen()
        await journey.press(*"uuuuu")
        assert journey.session == before


@pytest.mark.slow
async def test_what_else_a_role_is_called_can_be_changed(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "a")
        await to(journey, "Category Lead")
        await journey.press("e", *", Head of Service", "enter")
        assert "already means a role (hos: Head of Service)" in shown(journey)
        await journey.press("escape", "enter", *", Buyer", "enter")
        called = journey.session.role_by_code["pro"].also_called
        assert called == ("Commercial Team", "Category Lead", "Buyer")
        assert "Changed what else Procurement is called" in journey.seen()
        await journey.press("u")
        assert journey.session.role_by_code["pro"].also_called == called[:2]


async def test_an_empty_session_says_what_to_do_and_takes_the_first_word(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    async with afternoon(path, size=(60, 20)) as journey:
        await journey.press("2", "a")
        assert "Nothing looks like one thing said twice." in journey.seen()
        assert "None yet: press n for the first." in journey.seen()
        await journey.press(*"eTxJKX", "space", "enter")
        assert not journey.session.words
        await journey.press("n", *"variation", "tab", *"amendment", "enter")
        assert journey.on_disk().words == (Word("variation", ("amendment",)),)
        assert "variation" in row(journey).text()
        assert "✓ nowhere" in journey.seen()


async def test_hostile_names_are_shown_merged_and_reworded_as_data(
    brackets: Path, tmp_path: Path
) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path) as journey:
        before = journey.session
        await journey.press("2", "a")
        assert "=1+1" in journey.seen()
        for _ in words(journey).rows:
            assert journey.seen().count("\n") == 23
            await journey.press("j")
        await journey.press("g", "j", "space", "space", "T", "space", "x")
        assert len(journey.session.roles) == len(before.roles) - 3
        await to(journey, "=1+1 not this")
        await journey.press("space", "e", "tab", *", x]", "enter")
        assert journey.session.words[0].avoid[-1] == "x]"
        assert journey.on_disk() == journey.session
        await journey.press(*"uuuuuu")
        assert journey.session == before


async def test_the_list_is_never_drawn_without_its_first_heading(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tops, drawn = set(), GlossaryList.render_line

    def render_line(found: GlossaryList, y: int) -> Strip:
        tops.add(found.plan.top)
        return drawn(found, y)

    monkeypatch.setattr(GlossaryList, "render_line", render_line)
    async with afternoon(own_sample) as journey:
        for _ in ("made", "opened again"):
            await journey.press("2", "a")
            await journey.press("escape", "q")
    assert tops == {0}
