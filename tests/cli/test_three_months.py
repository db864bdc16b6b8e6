"""One session from the day to its review: parts go out and back, chases, a second session."""

from pathlib import Path
from typing import Any

import pytest

from offwall.model import store
from offwall.model.process.handed_out import parts_out
from offwall.model.records.session import IssueStatus, Option
from tests.cli.test_export_part import PEOPLE, edited, handed, read, rows
from tests.journey import afternoon

pytestmark = pytest.mark.slow


def chased(offwall: Any, path: Path, day: str) -> str:
    """What the sponsor reads on a day; the session stays as it is."""
    before = path.read_bytes()
    said = offwall("chase", path, "--today", day, "--dry-run")
    assert (said.status, path.read_bytes()) == (0, before)
    return " ".join(said.out.split())


def done(offwall: Any, path: Path, *words: str) -> str:
    said = offwall(*words[:1], path, *words[1:])
    assert said.status == 0, said.err
    return str(said.out)


async def the_day(path: Path) -> None:
    """A parked issue is explored; the process gets an owner and a review date."""
    async with afternoon(path) as journey:
        place = next(n for n, one in enumerate(journey.session.issues) if one.parked)
        await journey.press("1", "l", *"j" * place, "enter", *"Nobody set it up", "tab", "tab")
        await journey.press(*"Its lead directorate. For: one name", "tab", *"2", "enter")
        await journey.press("q", "0", "1", "G", *"kkkkkk", "enter", *"hos", "tab")
        await journey.press(*"1 mar 2027", "tab", *"sro", "tab", *"Leadership team", "enter")
        kept = journey.on_disk()
        assert kept.issues[place].status is IssueStatus.EXPLORED
        assert kept.issues[place].preferred == "Its lead directorate"
        assert (kept.workshop.owner, kept.workshop.presenter) == ("hos", "sro")


async def test_a_session_is_followed_for_three_months(offwall: Any, own_sample: Path) -> None:
    path = own_sample
    await the_day(path)
    done(offwall, path, "version", "1.0", "--today", "2026-12-11")

    # Four parts go out; the first chase names them.
    parts = [handed(offwall, path, who, *stages) for who, stages in PEOPLE.items()]
    said = chased(offwall, path, "2027-01-10")
    assert "of 18 actions: 2 overdue, 4 due in the next 14 days and 12 due later." in said
    assert all(f"with {who} since" in said for who in PEOPLE)
    told = "Presenting the findings: Senior Responsible Officer (Marian Cole), Leadership team."
    assert told in said
    assert "due for review" not in said
    for number, part in enumerate(parts):
        edited(part, rows(part)[0], "Activities", "Note", f"filled by {number}")
    for part in reversed(parts):
        assert offwall("import", part, path, "--yes").status == 0
    assert parts_out(read(path)) == ()

    # The second chase: what is done is done, the feedback and the brief are out.
    for words in ("Keep a photo", "Pull issues", "Brief senior"):
        done(offwall, path, "set", "action", words, "status=done")
    said = chased(offwall, path, "2027-02-15")
    counts = "3 done, 7 overdue, 3 due in the next 14 days and 5 due later."
    assert f"of 18 actions: {counts}" in said
    assert "with Ann Lee" not in said
    assert told not in said
    assert "Review the process “Contract management”" in said

    # The second session keeps the owner, the date and the versions.
    later = path.with_name("second.toml")
    assert offwall("new", later, "--from", path).status == 0
    assert "Nothing changed" not in done(offwall, path, "version")
    done_in = offwall("version", later)
    assert (done_in.status, done_in.err) == (0, "")
    assert [one for one in done_in.out.splitlines() if "filled by 0" in one]
    stage = offwall("set", later, "stage", "1", "name=Hand over [PO]")
    assert stage.status == 0
    assert offwall("brief", later, "--for", "director", "-o", "brief.md").err == ""
    brief = path.with_name("brief.md").read_text("utf-8")
    assert "## What changed since version 1.0" in brief
    assert "Hand over \\[PO\\]" in brief
    assert "### Who owns contracts that cross two directorates?" in brief
    assert "The group prefers: Its lead directorate." in brief

    # The review: it is due, it is done, and the next date and version are set.
    due = "has been due for review since 1 Mar 2027"
    assert due in chased(offwall, later, "2027-03-10")
    assert offwall("version", later, "2.0", "--today", "2027-03-10").status == 0
    assert offwall("set", later, "workshop", "review_on=2028-03-01").status == 0
    assert due not in chased(offwall, later, "2027-03-10")
    assert due not in chased(offwall, later, "2028-02-29")
    assert "due for review since 1 Mar 2028" in chased(offwall, later, "2028-03-01")
    end = store.read_session(later)
    assert [one.name for one in end.versions] == ["1.0", "2.0"]
    assert Option("Its lead directorate", "one name") in end.issues[-2].options
    changed = offwall("version", later).out
    assert "review date now Wed 1 Mar 2028" in changed
    assert "filled by 0" not in changed
