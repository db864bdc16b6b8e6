"""All that leaves of a session, read as its readers do: one language, and one answer to a question.

Each paper, mail and calendar of each sample, and of sessions in which hardly anything is there, is
searched for codes, for words of the program, for plurals that do not agree, for headings with
nothing under them; and what two of them state of one thing is compared.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.actions import live
from offwall.model.actions.facts import Facts
from offwall.model.documents.brief.export import (
    brief_docx,
    illustrations,
    linked,
    markdown_text,
    paper_markdown,
)
from offwall.model.documents.brief.papers import briefing, plan_paper, report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.calendar import calendars
from offwall.model.documents.diagram.export import drawing_svg
from offwall.model.documents.mails import Mail, corporate_mail, owner_mails, participants_mail
from offwall.model.documents.mails import senior_mail as cover_mail
from offwall.model.documents.paper import Heading, PageBreak, Paper, Table
from offwall.model.records.fields import is_id
from offwall.model.records.session import (
    Action,
    ActionStatus,
    Activity,
    Issue,
    IssueStatus,
    Person,
    Photo,
    Role,
    Session,
    Stage,
    Workshop,
)
from offwall.model.tables.all_sheets import sheets_of
from offwall.model.workbook.write.export import export_workbook
from tests.nightly import rest_at_night

TODAY = dt.date(2026, 12, 10)
NOW = dt.datetime(2026, 12, 10, 16, tzinfo=dt.UTC)

SAMPLE = store.read_session(sample_sessions.path("contract-management"))

ONE_OF_EACH = Session(
    workshop=Workshop(title="Payments", date=TODAY),
    people=(Person("p-1", "Ann Lee", "xfin", "Finance"),),
    roles=(Role("xfin", "Finance Team"), Role("xlaw", "Legal Team")),
    stages=(Stage("S1", "Pay"),),
    activities=(Activity("a-1", "S1", "Check it", "xfin", decision="Right?", documents=("Bill",)),),
    issues=(Issue("i-1", "Slow"),),
    actions=(Action("n-1", "Speed up", issue="i-1", owner="xlaw", due=TODAY),),
)
DROPPED = replace(
    SAMPLE, actions=tuple(replace(one, status=ActionStatus.DROPPED) for one in SAMPLE.actions)
)
DONE = replace(
    SAMPLE, actions=tuple(replace(one, status=ActionStatus.DONE) for one in SAMPLE.actions)
)
SESSIONS = {
    **{name: store.read_session(sample_sessions.path(name)) for name in sample_sessions.NAMES},
    "nothing": Session(),
    "one of each": ONE_OF_EACH,
    "all dropped": DROPPED,
    "all done": DONE,
}
NAMES = sorted(SESSIONS)
PLAIN = [name for name in NAMES if name != "brackets"]
"""Sessions of which the words are people's; the texts of the other are made to look like errors."""


@cache
def papers(name: str) -> dict[str, Paper]:
    return {str(one): report(SESSIONS[name], one, TODAY) for one in Audience}


@cache
def mails(name: str) -> tuple[Mail, ...]:
    session, attached = SESSIONS[name], ["a.xlsx"]
    cover = cover_mail(session, attached, Audience.LEADERSHIP)
    both = (corporate_mail(session, TODAY, attached), cover)
    to_all = participants_mail(session, TODAY, attached)
    return (to_all, *filter(None, both), *owner_mails(session, TODAY))


def texts(name: str) -> Iterator[tuple[str, str]]:
    """What leaves of a session as text, under what it is."""
    for what, paper in papers(name).items():
        yield what, paper_markdown(paper)
    for mail in mails(name):
        yield f"mail to {mail.name}", mail.text
    for what, content in calendars(SESSIONS[name], now=NOW):
        lines = content.decode().replace("\r\n ", "").splitlines()
        yield what, "\n".join(one for one in lines if not one.startswith("UID"))
    for sheet in sheets_of(SESSIONS[name]):
        known = [n for n, one in enumerate(sheet.columns) if one.key not in KEYS]
        rows = [[str(row[n]) for n in known if row[n] is not None] for row in sheet.rows]
        yield f"sheet {sheet.name}", "\n".join(" | ".join(row) for row in rows)
    for what, paper in (
        ("plan", plan_paper(SESSIONS[name], TODAY)),
        ("slides", briefing(SESSIONS[name], Audience.LEADERSHIP, TODAY)),
    ):
        yield what, paper_markdown(paper)


KEYS = ("code", "id", "role_codes", "owners")
"""Columns of a sheet that are there to be matched by, not to be read."""

NOUNS = (
    "activity|action|issue|stage|decision|document|change|role|hand-off|step|gap|risk|person|point"
)
MANY = "activities|actions|issues|stages|decisions|documents|changes|roles|steps|people|points"
WRONG = {
    "a word of the program": r"\bNone\b(?! has| of)|\b(?:null|NaN|True|False)\b|\{\}|<built",
    "one of many": rf"\b(?:[02-9]|\d\d+) (?:{NOUNS})\b(?!-| points)",
    "many of one": rf"(?<!of )\b1 (?:{MANY})\b|\b1 (?:are|have|go|do|come)\b",
    "a verb that does not agree": r"\b(?:[2-9]|\d\d+) (?:is|has|goes)\b",
    "a sentence that ends twice": r"[^.]\.\.(?!\.)|[,;:]\.|\.;|\(\)|“”",
    "counts of faults": r"\b\d+ (?:errors?|points?|notices?)\b (?:that|for the group)",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAIN)
def test_no_text_holds_what_no_person_would_write(name: str) -> None:
    found = [
        (what, wrong, one[0], text[max(0, one.start() - 40) : one.end() + 40])
        for what, text in texts(name)
        for wrong, pattern in WRONG.items()
        for one in re.finditer(pattern, text)
    ]
    assert found == []


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.slow
def test_nobody_and_nothing_is_called_by_a_code(name: str) -> None:
    session = SESSIONS[name]
    # The board's code is a word that people write, too.
    codes = {role.code for role in session.roles} - {"board"}
    for what, text in texts(name):
        words = set(re.findall(r"[\w-]+", text))
        assert not words & codes, what
        assert not [word for word in words if is_id(word)], what


@pytest.mark.parametrize("name", NAMES)
def test_no_heading_stands_without_anything_under_it(name: str) -> None:
    for what, paper in papers(name).items():
        pairs = zip(paper.parts, (*paper.parts[1:], None), strict=True)
        for part, after in pairs:
            if isinstance(part, Heading):
                deeper = isinstance(after, Heading) and after.level > part.level
                assert part.text.strip(), what
                assert deeper or not isinstance(after, Heading | PageBreak | None), (what, part)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.slow
def test_a_draft_says_so_in_every_paper_and_of_a_first_draft_nothing_is_agreed(name: str) -> None:
    session = SESSIONS[name]
    waiting = sum(not one.confirmed for one in session.activities)
    for paper in papers(name).values():
        assert bool(paper.draft) is bool(waiting)
        assert paper_markdown(paper).count("(not yet confirmed)") in (0, waiting)
        if waiting == len(session.activities):
            assert "agreed the order" not in paper_markdown(paper)


@pytest.mark.parametrize("name", PLAIN)
def test_every_paper_calls_an_owner_the_same_and_gives_the_same_dates(name: str) -> None:
    facts = Facts(SESSIONS[name], TODAY)
    for action in live(SESSIONS[name].actions):
        owner, when = facts.who(action), facts.when(action)
        for paper in papers(name).values():
            told = [row for part in paper.parts if isinstance(part, Table) for row in part.rows]
            rows = [row for row in told if action.text in row]
            assert rows
            assert all(owner in row or facts.owner(action) in row for row in rows)
        for mail in mails(name):
            lines = mail.text.splitlines()
            at = [n for n, line in enumerate(lines) if line == f"- {action.text}"]
            assert all(lines[n + 1].startswith(f"  {when}") for n in at)


@pytest.mark.parametrize("name", PLAIN)
def test_the_diaries_and_the_action_plan_state_what_the_brief_states(name: str) -> None:
    session, facts = SESSIONS[name], Facts(SESSIONS[name], TODAY)
    everybody = dict(calendars(session, now=NOW)).get("calendar.ics", b"").decode()
    begun = set(re.findall(r"DTSTART(?:;[^:]*)?:(\d{8})", everybody))
    (plan,) = [one for one in sheets_of(session) if one.name == "Action_plan"]
    keys = [column.key for column in plan.columns]
    rows = {row[keys.index("id")]: dict(zip(keys, row, strict=True)) for row in plan.rows}
    for action in live(session.actions):
        assert {f"{one.date:%Y%m%d}" for one in facts.dates(action)} <= begun
        row, found = rows[action.id], facts.deadline(action)
        assert row["carrier"] == facts.called(action.owner)
        assert (row["due"], row["issue"] or "") == (action.due, facts.reason(action))
        assert row["papers_by"] == (found.papers_by if found else None)


@pytest.mark.slow
def test_the_map_says_that_it_is_a_draft_and_names_its_roles() -> None:
    for page in drawing_svg(SAMPLE):
        words = re.findall(r">([^<>]+)<", page.decode())
        assert any("3 of 48 activities are not yet confirmed" in one for one in words)
        assert not set(words) & {role.code for role in SAMPLE.roles}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAIN)
def test_what_is_done_about_an_issue_is_the_same_wherever_it_is_said(name: str) -> None:
    session, facts = SESSIONS[name], Facts(SESSIONS[name], TODAY)
    for issue in session.issues:
        said = f"| {markdown_text(facts.answer(issue))} |"
        for what, paper in papers(name).items():
            lines = paper_markdown(paper).splitlines()
            rows = [one for one in lines if markdown_text(issue.text) in one and one.endswith(said)]
            assert rows, (what, issue.text)
    open_ones = [one for one in session.issues if one.status is not IssueStatus.CLOSED]
    without = sum("No action yet" in facts.answer(one) for one in open_ones)
    assert without == len(facts.unanswered)
    for what, paper in papers(name).items():
        if what != Audience.PARTICIPANTS and open_ones:
            said = paper_markdown(paper)
            assert ("Each has an action" in said or "It has an action" in said) is not bool(without)


def test_an_action_that_was_dropped_is_none_and_one_that_is_done_is_one() -> None:
    assert len(Facts(DROPPED, TODAY).unanswered) == len(Facts(DROPPED, TODAY).open_issues)
    assert Facts(DONE, TODAY).unanswered == Facts(SAMPLE, TODAY).unanswered
    assert "Done: Pilot the tiering scorecard on 20 contracts" in paper_markdown(
        papers("all done")["management"]
    )


TURNED = "\u202e\u2066gpj.exe\u2069"

BAD_PATHS = (
    *("\x00", "a\x00b.jpg", "x" * 5000 + ".jpg", "\ud800.jpg"),
    *("..", "/etc/passwd", "C:\\x", TURNED),
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", rest_at_night(BAD_PATHS, gate=BAD_PATHS[:2]), ids=range(len(BAD_PATHS))
)
def test_a_photo_that_can_be_no_file_stops_no_paper(path: str, tmp_path: Path) -> None:
    session = replace(ONE_OF_EACH, photos=(Photo("f-1", path, "The wall"),))
    found = illustrations(session, tmp_path)
    assert found.pictures.process
    assert not found.pictures.wall
    assert found.sentences
    assert all(len(one) < 400 for one in found.sentences)
    assert linked(session, tmp_path, tmp_path / "brief.md").wall == ()


@pytest.mark.slow
def test_text_that_turns_its_direction_is_set_straight_in_all_that_leaves(tmp_path: Path) -> None:
    session = replace(
        ONE_OF_EACH,
        workshop=replace(ONE_OF_EACH.workshop, title=TURNED, process=TURNED, facilitator=TURNED),
        people=(replace(ONE_OF_EACH.people[0], name=TURNED, team=TURNED),),
        activities=(replace(ONE_OF_EACH.activities[0], text=TURNED, open_point=TURNED),),
        issues=(Issue("i-1", TURNED),),
        actions=(replace(ONE_OF_EACH.actions[0], text=TURNED, owner="p-1"),),
    )
    texts = [paper_markdown(report(session, one, TODAY)) for one in Audience]
    texts += [participants_mail(session, TODAY, []).text, owner_mails(session, TODAY)[0].text]
    texts += [content.decode().replace("\r\n ", "") for _, content in calendars(session, now=NOW)]
    texts += [page.decode() for page in drawing_svg(session)]
    word = brief_docx(report(session, Audience.MANAGEMENT, TODAY)).data
    workbook = tmp_path / "s.xlsx"
    export_workbook(session, workbook, exported_on=TODAY)
    for content in (word, workbook.read_bytes()):
        with ZipFile(BytesIO(content)) as archive:
            texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    assert not [text[:80] for text in texts if set(text) & set("\u202e\u2066\u2069")]
