"""The action plan, the people by name and the stages come back; so does the layout before them."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from offwall.model.records.fields import Table
from offwall.model.records.session import (
    ActionKind,
    ActionStatus,
    Rag,
    Rhythm,
    Role,
    Session,
    Treatment,
)
from offwall.model.store.toml.load import loads
from offwall.model.workbook.import_.proposals import accept_proposals
from offwall.model.workbook.template.fill import fill_template
from offwall.model.workbook.template.header_reading import HeaderWords
from tests.cli.conftest import offwall
from tests.frozen.test_frozen import SAMPLE, WORKBOOKS, put_state, session
from tests.strategies import HOSTILE
from tests.workbook.came_back import body, edited, exported, proposed, put
from tests.workbook.test_template_filling import a_table

__all__ = ["offwall"]

Named = Callable[[str], Session]


def taken(before: Session, tmp_path: Path, edit: Callable[[Workbook], None]) -> tuple[Session, str]:
    """The session after an edited workbook was taken whole, and what was told of it."""
    out = exported(before, tmp_path / "state", tmp_path / "s.xlsx")
    found = proposed(before, tmp_path / "state", edited(out, edit, tmp_path / "back.xlsx"))
    after = accept_proposals(before, found, [one.id for one in found.found if one.unasked], {})
    return after, "\n".join(found.told)


@pytest.mark.slow
def test_a_plan_that_was_kept_up_in_excel_comes_back(session_of: Named, tmp_path: Path) -> None:
    before = session_of("contract-management")

    def edit(book: Workbook) -> None:
        for header, value in (
            ("RAG", "amber"),
            ("Success measure", "Every handover has its checklist"),
            ("Last update", "12 Jan: draft with [Legal] =1+1"),
            ("Status", "doing"),
        ):
            put(book, "Action plan", 0, header, value)
        put(book, "Action plan", 1, "RAG", "on track")
        put(book, "Action plan", 2, "Owner (role and name)", "Ruth Adeyemi")
        put(book, "Action plan", 3, "Owner (role and name)", "Procurement (Owen Price)")
        put(book, "Action plan", 10, "Improvement or next step", "improvement")
        put(book, "Action plan", 11, "Ref", 1)
        put(book, "Action plan", 16, "Action", "Tell the suppliers")
        put(book, "Action plan", 16, "Improvement or next step", "next step")
        put(book, "Action plan", 16, "By when", dt.date(2027, 2, 1))

    after, told = taken(before, tmp_path, edit)
    book = load_workbook(tmp_path / "s.xlsx")
    ids = [row[-1] for row in body(book["Action plan"])]
    by_id = {one.id: one for one in after.actions}
    first = by_id[ids[0]]
    assert (first.rag, first.status) == (Rag.AMBER, ActionStatus.DOING)
    assert first.success_measure == "Every handover has its checklist"
    assert first.last_update == "12 Jan: draft with [Legal] =1+1"
    assert "RAG “on track” is no colour of ours; it was kept as words" in told
    assert "on track" in str(by_id[ids[1]].extra)
    people = {one.name: one.id for one in before.people}
    assert by_id[ids[2]].owner == people["Ruth Adeyemi"]
    assert by_id[ids[3]].owner == people["Owen Price"]
    assert by_id[ids[10]].kind is ActionKind.IMPROVEMENT
    assert "a next step has no rank; its place was left alone" in told
    (new,) = (one for one in after.actions if one.id not in {*ids})
    assert (new.text, new.kind, new.due) == (
        "Tell the suppliers",
        ActionKind.NEXT_STEP,
        dt.date(2027, 2, 1),
    )


@pytest.mark.slow
def test_stages_come_back_and_a_new_one_takes_activities(session_of: Named, tmp_path: Path) -> None:
    before = session_of("contract-management")

    def edit(book: Workbook) -> None:
        for header, value in (
            ("Stage", "Handover"),
            ("What it covers", "From award to =the first meeting"),
            ("Rhythm", "On demand"),
            ("Accountable", "Procurement"),
            ("Tiers", "gold: yes; silver: light; bronze: no"),
        ):
            put(book, "Stages", 0, header, value)
        put(book, "Stages", 1, "Tiers", "platinum: yes")
        put(book, "Stages", 2, "Activities", 99)
        put(book, "Stages", len(before.stages), "Stage", "After the end")
        put(book, "Activities", 48, "Activity", "Keep the records")
        put(book, "Activities", 48, "Stage", "After the end")

    after, told = taken(before, tmp_path, edit)
    first, *_, last = after.stages
    assert (first.name, first.about) == ("Handover", "From award to =the first meeting")
    assert (first.rhythm, first.accountable) == (Rhythm.ON_DEMAND, "pro")
    assert first.tiers == (("silver", Treatment.LIGHT), ("bronze", Treatment.NO))
    assert after.stages[1] == before.stages[1]
    assert "tiers “platinum: yes” is not written like gold: yes, light, no" in told
    assert "activities is worked out from the rest" in told
    assert last.name == "After the end"
    assert [one.text for one in after.by_stage[last.id]] == ["Keep the records"]


@pytest.mark.slow
def test_people_by_name_come_back_and_the_raci_counts(session_of: Named, tmp_path: Path) -> None:
    before = session_of("contract-management")

    def edit(book: Workbook) -> None:
        put(book, "Activities", 0, "Also responsible", "Legal; Finance")
        put(book, "Activities", 0, "Accountable", "Procurement")
        put(book, "Activities", 1, "Lead (responsible)", "Finance")
        put(book, "Activities", 1, "Also responsible", "Procurement")
        put(book, "Activities", 2, "Informed", None)
        put(book, "Activities", 3, "Consulted", "Client Team")
        put(book, "RACI", 3, "Finance", "C")

    after, told = taken(before, tmp_path, edit)
    one, two, three, four = after.in_order[:4]
    assert (one.also, one.accountable) == (("leg", "fin"), "pro")
    assert (two.lead, two.also) == ("fin", ("pro",))
    assert three.informed == ()
    assert four.consulted == ("leg", "fin")
    assert "The people by name and the RACI were both edited; RACI counts." in told


@pytest.mark.slow
def test_the_layout_before_the_action_plan_comes_back(offwall: Any, tmp_path: Path) -> None:
    put_state()
    path = session(SAMPLE, tmp_path)
    old = Path(shutil.copyfile(WORKBOOKS / f"{SAMPLE}.xlsx", tmp_path / "old.xlsx"))

    def edit(book: Workbook) -> None:
        put(book, "Activities", 0, "Other people", "r:cm a:pro c:leg i:fin")
        put(book, "Actions", 0, "Owner", "Finance")
        put(book, "Actions", 1, "Impact", 1)
        put(book, "Next steps", 0, "Target date", dt.date(2027, 1, 5))

    back = edited(old, edit, tmp_path / "back.xlsx")
    said = offwall("import", back, path, "--yes")
    assert said.status == 0, said
    after = loads(path.read_text("utf-8"))
    assert (after.in_order[0].accountable, after.in_order[0].informed) == ("pro", ("fin",))
    plan = {one.id: one for one in after.actions}
    book = load_workbook(old)
    first, second = (plan[body(book["Actions"])[row][-1]] for row in (0, 1))
    assert (first.owner, second.impact) == ("fin", 1)
    assert plan[body(book["Next steps"])[0][-1]].due == dt.date(2027, 1, 5)
    assert "worked out from the rest" not in said.out


@pytest.mark.slow
def test_a_workbook_of_the_new_layout_proposes_nothing_by_itself(
    session_of: Named, tmp_path: Path
) -> None:
    for name in ("contract-management", "brackets"):
        found = taken(session_of(name), tmp_path / name, lambda book: None)
        assert found == (session_of(name), "")


# The council's own workbook.


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        (["Action", "Owner", "Due"], ("Procurement",)),
        (["Action", "Owner", "Owner's name"], ("Procurement", "Ruth Adeyemi")),
        (["Action", "Named officer", "Due"], ("Ruth Adeyemi",)),
        (["Action", "Owner (name and role)", "Due"], ("Procurement (Ruth Adeyemi)",)),
    ],
)
def test_a_template_names_the_owner_as_its_header_asks(
    headers: list[str], shown: tuple[str, ...], session_of: Named
) -> None:
    filled = rows(a_table(headers, name="Actions"), session_of("contract-management"))
    assert filled[1][1 : 1 + len(shown)] == shown


def test_what_people_filled_in_by_hand_stays_while_the_session_says_nothing(
    session_of: Named,
) -> None:
    before = session_of("contract-management")
    headers = ["Action", "RAG", "Last update"]
    template = a_table(headers, [before.actions[0].text, "Amber", "Well"], name="Actions")
    kept = {str(row[0]): row[1:3] for row in rows(template, before)}
    assert kept[before.actions[0].text] == ("Amber", "Well")


def rows(template: bytes, before: Session) -> list[tuple[Any, ...]]:
    done = fill_template(template, before, "t.xlsx")
    (sheet,) = load_workbook(BytesIO(done.content)).worksheets
    return [*sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("spare", [(), ("Lead",)])
def test_a_column_of_a_role_and_a_word_beside_it_is_that_roles(
    spare: tuple[str, ...], session_of: Named
) -> None:
    headers = [
        "Ref",
        "Activity",
        *spare,
        "Procurement Lead",
        "Finance",
        "Legal Svcs",
        "Contract Mgr",
    ]
    head, first, *_ = rows(a_table(headers, name="RACI"), session_of("contract-management"))
    assert list(head[: len(headers)]) == headers
    assert not {"Procurement", "Legal", "Contract Manager"} & {*head}
    found = dict(zip(head, first, strict=True))
    assert [found[one] for one in headers[-4:]] == ["R", "I", "C", "R"]
    assert {"Head of Service", "Supplier"} <= {*head}


def test_two_roles_that_a_header_may_mean_are_neither(session_of: Named) -> None:
    words = HeaderWords(
        replace(session_of("empty"), roles=(Role("cm", "Contract Manager"), Role("co", "Contract")))
    )
    assert words.meaning("raci", "Contract Mgr Lead")[0] == "role:cm"
    assert words.meaning("raci", "Lead Officer")[0] == "lead"
    twice = HeaderWords(
        replace(session_of("empty"), roles=(Role("a1", "Legal"), Role("b1", "Finance")))
    )
    assert not twice.role("Legal Finance Team", nearly=True)


@pytest.mark.slow
def test_a_key_of_a_councils_own_is_a_column_that_comes_back(
    session_of: Named, tmp_path: Path
) -> None:
    before = session_of("cup-of-coffee")
    first, second, *rest = before.activities
    kept = Table(
        (("x_council_ref", "PROC/1"), ("x_cost", 12), ("x_note", "Theirs"), ("x_list", ("a",)))
    )
    other = replace(second, extra=Table((("x_council_ref", "PROC/2"),)))
    before = replace(before, activities=(replace(first, extra=kept), other, *rest))
    out = exported(before, tmp_path / "state", tmp_path / "s.xlsx")
    assert proposed(before, tmp_path / "state", out).found == ()

    def edit(workbook: Workbook) -> None:
        put(workbook, "Activities", 0, "Council ref", "PROC/7")
        put(workbook, "Activities", 1, "Council ref", None)

    after, said = taken(before, tmp_path, edit)
    assert after.activity_by_id[first.id].extra == Table(
        (("x_council_ref", "PROC/7"), ("x_cost", 12), ("x_note", "Theirs"), ("x_list", ("a",)))
    )
    assert not after.activity_by_id[second.id].extra
    assert said == ""


@pytest.mark.slow
def test_no_value_under_a_key_of_their_own_comes_back_as_an_edit(
    session_of: Named, tmp_path: Path
) -> None:
    before = session_of("cup-of-coffee")
    first, *rest = before.activities
    values = (*HOSTILE, "  a  b ", "003", 3, True, 1.5, dt.date(2026, 1, 1), "", "x" * 33_000)
    kept = [(f"x_key {number}", value) for number, value in enumerate(values)]
    kept += [("x_id", "a-9"), ("x_your_comment", "No"), ("x_note", "Ours"), ("later", "kept")]
    before = replace(before, activities=(replace(first, extra=Table(tuple(kept))), *rest))
    out = exported(before, tmp_path / "state", tmp_path / "s.xlsx")
    assert proposed(before, tmp_path / "state", out).found == ()
    after, _ = taken(before, tmp_path, lambda book: put(book, "Activities", 0, "Key 0", "Mine"))
    assert after.activities[0].extra.items == (("x_key 0", "Mine"), *kept[1:])
