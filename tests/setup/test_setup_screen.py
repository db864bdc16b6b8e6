"""Set up: journeys in keys; what comes of them is looked for in the session and in the file."""

import datetime as dt
from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import Document, Group, Rhythm, Session
from offwall.tui.services.session_files import write_version
from tests.journey import Journey, afternoon


def copied(name: str, folder: Path) -> Path:
    copy = folder / f"{name}.toml"
    copy.write_bytes(sample_sessions.path(name).read_bytes())
    return copy


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return copied("empty", tmp_path)


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    return copied("cup-of-coffee", tmp_path)


def names(session: Session, collection: str) -> list[str]:
    return [record.name for record in getattr(session, collection)]


def listed(journey: Journey) -> str:
    """The screen without its heading and its footer."""
    return "\n".join(journey.seen().splitlines()[2:-1])


@pytest.mark.slow
async def test_from_nothing_to_the_first_post_it_in_one_burst(empty: Path) -> None:
    async with afternoon(empty) as journey:
        keys = [*"0n", *"Mobilise", "enter", *"Manage", "enter", "enter", "q"]
        await journey.press(*keys, *"2n", *"Hold kick-off meeting", "enter", "escape")
        kept = journey.on_disk()
        assert [(stage.id, stage.name) for stage in kept.stages] == [
            ("S1", "Mobilise"),
            ("S2", "Manage"),
        ]
        assert [(note.text, note.stage) for note in kept.activities] == [
            ("Hold kick-off meeting", "S1")
        ]


@pytest.mark.slow
async def test_every_empty_section_says_what_to_do_and_does_nothing_else(empty: Path) -> None:
    async with afternoon(empty) as journey:
        before = journey.session
        await journey.press("0")
        for key in "23457":
            await journey.press(key, *"exJK", "enter")
            assert "Press n and" in listed(journey)
        await journey.press("/", "x", "enter")
        assert "Nothing here has that text." in journey.seen()
        await journey.press("escape")
        assert journey.session == before
        await journey.press("1")
        assert "not said yet" in listed(journey)
        await journey.press("6")
        assert "Full Council" in listed(journey)


async def test_the_screen_at_its_size_shows_the_wall_and_the_stage_in_full(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("0", "tab", "j", "j")
        seen = journey.seen()
        assert "‹h  Workshop  Stages  Roles  People  Meetings  Approvals  Documents  l›" in seen
        assert "S3 Performance cycle Head of Service 7" in " ".join(seen.split())
        assert "Performance: goes round: its end leads back to its beginning" in seen
        assert "n New" in seen.splitlines()[-1]
        assert "? Help" in seen.splitlines()[-1]
        assert all(len(line) <= 80 for line in seen.splitlines())


async def test_a_form_has_room_for_its_keys_on_the_smallest_screen(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(60, 20)) as journey:
        await journey.press("0", "l", "l", "l", "n")
        for said in ("Such as Jane Doe.", "", "may stay empty", "core (part 2)"):
            assert said in journey.seen()
            assert "Tab next field, Enter keeps, Esc leaves" in journey.seen()
            await journey.press("tab")


async def test_sections_are_gone_through_either_way(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("0")
        assert "Starts with" in listed(journey)
        assert "What stands on every page" in journey.seen()
        for keys, shown in [
            (["tab", "l", "right"], "Team"),
            (["h", "left"], "Rhythm"),
            (["shift+tab", "h"], "Where"),
            (["h"], "lowest first"),
            (["5"], "Papers due"),
        ]:
            await journey.press(*keys)
            assert shown in journey.seen().splitlines()[2]


@pytest.mark.slow
async def test_a_stage_is_put_before_changed_moved_and_taken_back(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("0", "2", "G", "N", *"Wait", "tab", *"W", "tab", *"cy", "tab", *"kitch")
        assert "Kitchen Owner" in journey.seen()
        await journey.press("enter", "escape")
        assert [stage.id for stage in journey.session.stages] == ["S1", "W", "S2"]
        made = journey.session.stage_by_id["W"]
        assert (made.name, made.rhythm, made.accountable) == ("Wait", Rhythm.CYCLE, "kit")
        await journey.press("J", "e", *" long", "tab", *"Q", "enter")
        assert [stage.id for stage in journey.session.stages] == ["S1", "S2", "Q"]
        await journey.press("K", "x")
        assert "Removed stage Q Wait long" in journey.seen()
        await journey.press("u")
        assert names(journey.on_disk(), "stages") == ["Prepare", "Wait long", "Serve"]
        await journey.press(*"uuuu")
        assert journey.session == before


@pytest.mark.slow
async def test_a_stage_with_activities_stays_and_a_new_id_takes_the_refs_along(
    coffee: Path,
) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        held = len(before.by_stage["S1"])
        await journey.press("0", "2", "x")
        assert f"S1 Prepare still has {held} activities. Move them first" in journey.seen()
        assert journey.session == before
        await journey.press("e", "tab", *"P1", "enter")
        kept = journey.on_disk()
        assert len(kept.by_stage["P1"]) == held
        assert "P1.01" in kept.id_by_ref


@pytest.mark.slow
async def test_what_is_wrong_is_said_and_the_typing_stays(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("0", "2", "n", *"Tidy", "tab", *"S.9", "enter")
        assert "S.9 cannot be a stage's id. It is one word without a dot" in journey.seen()
        assert "Tidy" in journey.seen()
        assert journey.session == before
        await journey.press(*["backspace"] * 3, "T", "enter", "escape")
        assert journey.session.stages[1].id == "T"


@pytest.mark.slow
async def test_roles_are_typed_one_after_the_other(empty: Path) -> None:
    async with afternoon(empty) as journey:
        keys = [*"Contract Manager", "tab", "tab", *"Contracts Manager, CM team", "enter"]
        await journey.press("0", "3", "n", *keys, *"Head of Service", "enter", "enter")
        found = [(role.code, role.name, role.also_called) for role in journey.on_disk().roles]
        assert found == [
            ("cm", "Contract Manager", ("Contracts Manager", "CM team")),
            ("hos", "Head of Service", ()),
        ]
        await journey.press("n", *"cm team", "enter")
        assert "cm team already means a role (cm: Contract Manager)" in journey.seen()


async def test_a_new_code_is_followed_and_a_role_in_use_stays(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("0", "3", "e", "tab", *["backspace"] * 3, *"bar", "enter")
        kept = journey.on_disk()
        assert [note.lead for note in kept.activities] == [
            "bar" if note.lead == "mak" else note.lead for note in before.activities
        ]
        assert "mak" not in kept.role_by_code
        await journey.press("x")
        assert "Coffee Maker is still named by" in journey.seen()
        assert journey.session == kept
        await journey.press("u")
        assert journey.session == before


@pytest.mark.slow
async def test_people_who_were_there_are_typed_fast(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = len(journey.session.people)
        first = [*"Bo Lund", "tab", *"head", "tab", *"Housing", "tab", *"corx", "enter"]
        await journey.press("0", "4", "G", "n", *first)
        assert "does not say which group" in journey.seen()
        await journey.press("backspace")
        assert "› core" in journey.seen()
        await journey.press("enter", *"Al Noor", "enter", "enter")
        made = journey.on_disk().people[before:]
        assert [(one.name, one.role, one.team, one.group) for one in made] == [
            ("Bo Lund", "hos", "Housing", Group.CORE),
            ("Al Noor", "", "", Group.CORE),
        ]


@pytest.mark.slow
async def test_a_person_in_use_stays_and_another_goes_and_comes_back(own_sample: Path) -> None:
    text = own_sample.read_text("utf-8")
    first = store.read_session(own_sample).people[0]
    own_sample.write_text(text.replace('owner = "pro"', f'owner = "{first.id}"', 1), "utf-8")
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("0", "4", "x")
        assert f"{first.name} is still named by 1 " in journey.seen()
        assert journey.session == before
        await journey.press("g", "n", *"Zed", "enter", "escape", "x")
        assert journey.session == before
        assert "Removed person Zed" in journey.seen()
        await journey.press("u")
        assert journey.session.people[1].name == "Zed"


@pytest.mark.slow
async def test_meetings_take_dates_as_people_say_them(empty: Path) -> None:
    async with afternoon(empty) as journey:
        await journey.press("0", "5", "n", *"Cabinet", "tab", *"9 feb", "tab", *"26/1")
        assert "Tue 26 Jan 2027" in journey.seen()
        await journey.press("enter")
        made = journey.on_disk().meetings[0]
        assert (made.body, made.date, made.papers_by) == (
            "Cabinet",
            dt.date(2027, 2, 9),
            dt.date(2027, 1, 26),
        )
        await journey.press("e", "tab", *"soon", "enter")
        assert "soon is no date. Type one such as" in journey.seen()
        await journey.press("escape", "x", "u")
        assert journey.on_disk().meetings == (made,)


@pytest.mark.slow
async def test_the_ladder_is_changed_in_place(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("0", "6", "j", "j", "n", *"chief executive", "enter")
        assert journey.session.approvals[3] == "chief executive"
        await journey.press("K", "K", "e", *" team", "enter")
        assert journey.on_disk().approvals[1] == "chief executive team"
        await journey.press("G", "x")
        assert "1 action still needs Full Council" in " ".join(journey.seen().split())
        await journey.press(*"uuuu")
        assert journey.session == before


@pytest.mark.slow
async def test_the_register_of_documents_is_set_up_on_a_small_screen(own_sample: Path) -> None:
    async with afternoon(own_sample, (60, 20)) as journey:
        before = journey.session
        await journey.press("0", "7", "n", *"Exit [plan]", "tab", *"contract m")
        assert "Contract Manager" in journey.seen()
        await journey.press("tab", *"T1", "tab", *"K:", "enter")
        made = Document("Exit [plan]", "cm", "T1", "K:")
        assert made in journey.on_disk().documents
        assert "Approvals  Documents" in journey.seen().splitlines()[1]
        assert "template: T1 · K: · used nowhere yet" in " ".join(listed(journey).split())
        await journey.press("n", *"exit [PLAN]", "enter")
        assert "exit [PLAN] is in the register already" in " ".join(journey.seen().split())
        await journey.press("escape", "e", *" 2", "enter", "x")
        assert "Removed document Exit [plan] 2" in journey.seen()
        await journey.press(*"uuu", "l")
        assert journey.session == before
        strip = journey.seen().splitlines()[1].rstrip()
        assert strip.startswith(" ‹h  Workshop")
        assert strip.endswith("Meetings  l›")


async def test_a_document_of_the_wall_is_renamed_there_too(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        name = journey.session.documents[0].name
        at = next(one.id for one in journey.session.in_order if name in one.documents)
        await journey.press("0", "7", "g", "x")
        assert "is still named at" in journey.seen()
        await journey.press("e", *" 2", "enter")
        assert f"{name} 2" in journey.on_disk().activity_by_id[at].documents
        assert name not in journey.session.activity_by_id[at].documents


@pytest.mark.slow
async def test_the_workshop_is_said_from_the_field_under_the_cursor(empty: Path) -> None:
    async with afternoon(empty) as journey:
        before = journey.session
        await journey.press("0", "1", "j", "e", *"Sampleshire", "tab", *"Coffee", *["tab"] * 4)
        await journey.press(*"thu", "enter")
        workshop = journey.on_disk().workshop
        assert (workshop.council, workshop.process) == ("Sampleshire", "Coffee")
        assert workshop.date == dt.date(2026, 12, 17)
        assert "Thu 17 Dec 2026" in journey.seen()
        await journey.press("G", *"kkkkkkk", "enter", *"45", "up", "up", "up")
        await journey.press(*"One; Two", "enter")
        kept = journey.on_disk()
        assert kept.workshop.objectives == ("One", "Two")
        assert kept.clock.plan.planned == 45
        await journey.press(*"uu")
        assert journey.session == before


async def test_hostile_text_is_shown_on_a_small_screen_and_kept_to_the_letter(
    tmp_path: Path,
) -> None:
    async with afternoon(copied("brackets", tmp_path), (60, 20)) as journey:
        before = journey.session
        keys = [key for section in "1234567" for key in (section, "G", "e", "enter")]
        await journey.press("0", *keys, "1", "e", "enter")
        assert journey.session == before
        await journey.press("4", "g")
        assert "[PO] sends [red]x[/red] to [/" in " ".join(listed(journey).split())


async def test_hostile_text_is_typed_and_survives(empty: Path) -> None:
    async with afternoon(empty) as journey:
        typed = ["[PO]", "[/", "=1+1", "🧾e\u0301", "שלום"]
        keys = [key for text in typed for key in (*text, "enter")]
        await journey.press("0", "2", "n", *keys)
        await journey.paste("x" * 500)
        await journey.press("enter", "enter", "3", "n", *"[PO]", "tab", *"[/", "enter")
        assert "[/ cannot be typed after @" in journey.seen()
        assert names(journey.on_disk(), "stages") == [*typed, "x" * 500]


@pytest.mark.slow
async def test_all_of_it_is_in_help(own_sample: Path) -> None:
    async with afternoon(own_sample, (80, 60)) as journey:
        await journey.press("0", "2", "?")
        seen = journey.seen()
        for said in ("A new one after this", "Remove it; u brings it back", "Set up: meetings"):
            assert said in seen


@pytest.mark.slow
async def test_the_days_of_notice_are_the_councils_own(empty: Path) -> None:
    async with afternoon(empty) as journey:
        await journey.press(*"05w", "ctrl+u", *"x", "enter")
        assert "x is no number of days" in journey.seen()
        await journey.press("backspace", *"7", "down", "ctrl+u", "down", *"28 Dec, 29 Dec", "enter")
        notice = journey.session.notice
        assert (notice.agenda_days, notice.forward_plan_days) == (7, 28)
        assert [(day.day, day.month) for day in notice.closed] == [(28, 12), (29, 12)]
        await journey.press("w", "enter")
        assert journey.session.notice == notice == journey.on_disk().notice
        await journey.press("u")
        assert journey.session.notice.closed == ()


@pytest.mark.slow
async def test_who_keeps_it_up_is_said_and_a_version_is_recorded(empty: Path) -> None:
    async with afternoon(empty) as journey:
        await journey.press("0", "1", "G", *"kkkkkk", "enter", *"Jane [PO]", "tab")
        await journey.press(*"soonish", "enter")
        assert "is no date" in journey.seen()
        await journey.press("ctrl+u", *"1 feb 2028", "enter")
        workshop = journey.on_disk().workshop
        assert (workshop.owner, workshop.review_on) == ("Jane [PO]", dt.date(2028, 2, 1))
        await journey.press("G", "enter", "enter")
        await journey.until(lambda: "Say what the version is called" in journey.seen())
        await journey.press("enter", *"1.0", "enter")
        await journey.until(lambda: journey.session.versions)
        (version,) = journey.on_disk().versions
        assert (version.name, version.on) == ("1.0", dt.date(2026, 12, 10))
        assert "1.0, Thu 10 Dec 2026" in journey.seen()
        copy = store.read_session(empty.with_name(version.path))
        assert copy == journey.session
        await journey.press("enter", *"1.0", "enter")
        await journey.until(lambda: "There is a version 1.0 already" in journey.seen())
        assert journey.session.versions == (version,)
        assert len([*empty.parent.glob("*_version_*")]) == 1
        await journey.press("u")
        assert journey.session.versions == ()


@pytest.mark.slow
async def test_a_version_beside_the_file_is_no_copy_to_merge(empty: Path) -> None:
    session = store.read_session(empty)
    write_version(empty, session, "1.0", dt.date(2026, 12, 1))
    async with afternoon(empty) as journey:
        await journey.press("0")
        assert "There are copies beside it" not in journey.seen()
        assert "Set up" in journey.seen()
