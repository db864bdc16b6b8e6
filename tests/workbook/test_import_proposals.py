"""What people edited comes back as proposals: what is offered, and what comes of accepting it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from offwall.model.records.session import (
    Action,
    Activity,
    Document,
    Issue,
    IssueCode,
    Person,
    Role,
    Route,
    Session,
    Stage,
    Tier,
    Word,
)
from offwall.model.records.text import EditError
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.tables.all_sheets import SHEETS
from offwall.model.tables.read_back import UnreadableCell
from offwall.model.tables.sheet import own_columns
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.import_.copied_rows import CellComment, EditedCopy
from offwall.model.workbook.import_.proposals import (
    Proposal,
    ProposalKind,
    Proposals,
    accept_proposals,
    count_proposals,
    made_already,
)
from tests.strategies import sessions
from tests.workbook.copies import changed, copy, letters, setting, table

TODAY = dt.date(2026, 12, 10)

SESSION = Session(
    stages=(Stage("S1", "Plan"), Stage("S2", "Run")),
    roles=(
        Role("cm", "Contract Manager"),
        Role("fin", "Finance", ("Accounts",)),
        Role("hos", "Head of Service"),
        Role("leg", "Legal"),
    ),
    people=(Person("p-jane0000", "Jane Doe", "cm"),),
    words=(Word("contract register", ("log",)),),
    tiers=(Tier("gold", "Gold"), Tier("bronze", "Bronze")),
    documents=(Document("Form A", "fin"),),
    activities=(
        Activity(
            *("a-1", "S1", "Write the plan", "cm"),
            accountable="hos",
            consulted=("fin",),
            decision="Ready?",
            routes=(Route("Yes", "a-2"), Route("No", to_words="start again")),
            documents=("Form A",),
        ),
        Activity("a-2", "S1", "Agree the plan", "hos", accountable="hos"),
        Activity("a-3", "S2", "Hold the review", "cm", informed=("leg",)),
        Activity("a-4", "S2", "Pay the invoice", "fin", accountable="hos"),
    ),
    issues=(Issue("i-1", "No template", IssueCode.DOCUMENTATION, "a-1"),),
    actions=(Action("n-1", "Write one", owner="cm", due=dt.date(2027, 1, 29), impact=4, effort=2),),
)


def proposed(*copies: EditedCopy, now: Session = SESSION) -> Proposals:
    return propose_changes(copies, now, today=TODAY, seed="seed")


def lines(found: Proposals) -> list[tuple[str, str, str]]:
    return [(str(one.kind), one.key, one.says) for one in found.found]


def all_of(found: Proposals, now: Session = SESSION, **choices: int) -> Session:
    """The session with everything accepted that needs no choice; it can be written and read."""
    new = accept_proposals(now, found, [one.id for one in found.found if one.unasked], choices)
    assert loads(dumps(new)) == new
    return new


def only(found: Proposals) -> Proposal:
    assert len(found.found) == 1, lines(found)
    return found.found[0]


def one(found: Proposals, kind: ProposalKind) -> Proposal:
    return next(each for each in found.found if each.kind is kind)


@pytest.mark.parametrize("kind", ["activities", "raci", "issues", "actions", "people", "decisions"])
def test_what_nobody_edited_proposes_nothing(kind: str) -> None:
    found = proposed(copy(SESSION, table(SESSION, kind)))
    assert (found.found, found.told) == ((), ())


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"activity": "Write  a plan"}, "text", "Write a plan"),
        ({"lead": "Accounts"}, "lead", "fin"),
        ({"lead": None}, "lead", ""),
        ({"decision": "=1+1"}, "decision", "=1+1"),
        ({"timescale": 7.0}, "timescale", "7"),
        ({"note": "+44 20\nring @noon"}, "note", "+44 20\nring @noon"),
        ({"open_point": "[PO] \N{GRINNING FACE}"}, "open_point", "[PO] \N{GRINNING FACE}"),
        ({"documents": "Form A; Form B\n• Form C"}, "documents", ("Form A", "Form B", "Form C")),
        ({"improve": "Change"}, "improve", "change"),
        ({"status": "sequence only"}, "sequence_confirmed", True),
        ({"tiers": "gold (light)"}, "tiers", (("gold", "light"), ("bronze", "no"))),
        ({"next": "end"}, None, None),
        ({"others": "a:hos c:leg, Finance i:cm"}, "consulted", ("leg", "fin")),
        ({"also": "Legal; Finance"}, "also", ("leg", "fin")),
        ({"accountable": "Finance"}, "accountable", "fin"),
        ({"consulted": "Legal; Finance"}, "consulted", ("leg", "fin")),
        ({"consulted": None}, "consulted", ()),
        ({"informed": "Accounts"}, "informed", ("fin",)),
    ],
)
def test_one_cell_is_one_change(cells: dict[str, Any], field: str | None, value: Any) -> None:
    row = 1 if "next" in cells else 0
    found = proposed(copy(SESSION, table(SESSION, "activities", setting(row, **cells))))
    new = all_of(found)
    if field is None:
        assert new.activity_by_id["a-2"].then == "end"
    else:
        assert getattr(new.activity_by_id["a-1"], field) == value
    if "others" not in cells:
        assert only(found).kind is ProposalKind.CHANGED
        assert only(found).sources[0].by == "Jane Doe"


def test_the_words_proposed_are_shown_before_they_are_taken_over() -> None:
    old = SESSION.activity_by_id["a-1"].text
    found = proposed(copy(SESSION, table(SESSION, "activities", setting(0, activity="Write it"))))
    assert only(found).says == f"words now “Write it” (was “{old}”)"


def test_a_route_that_was_not_edited_keeps_what_it_points_at() -> None:
    edit = setting(0, routes="Yes > S1.02; No > S2.01; Perhaps > ask Jane")
    new = all_of(proposed(copy(SESSION, table(SESSION, "activities", edit))))
    assert new.activity_by_id["a-1"].routes == (
        Route("Yes", "a-2"),
        Route("No", "a-3"),
        Route("Perhaps", to_words="ask Jane"),
    )


def test_refs_mean_who_bore_them_when_it_was_exported() -> None:
    moved = replace(SESSION, activities=(SESSION.activities[1], SESSION.activities[0]))
    moved = replace(moved, activities=(*moved.activities, *SESSION.activities[2:]))
    edit = setting(0, routes="Yes > S1.02; No > S1.02")
    new = all_of(proposed(copy(SESSION, table(SESSION, "activities", edit)), now=moved), moved)
    assert [route.to for route in new.activity_by_id["a-1"].routes] == ["a-2", "a-2"]


def test_rows_are_known_by_id_else_by_ref_else_by_wording() -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        rows[0].update(note="by id", ref=None, activity="Write the plan together")
        rows[1].update(note="by ref", id=None, activity="Agree the plan with Jane")
        rows[2].update(note="by words", id=None, ref=None)
        rows[3].update(note="nearly", id=None, ref=None, activity="Pay the invoices")

    new = all_of(proposed(copy(SESSION, table(SESSION, "activities", edit))))
    notes = [activity.note for activity in new.activities]
    assert notes == ["by id", "by ref", "by words", "nearly"]


def test_a_row_that_was_copied_with_its_id_is_new() -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        rows.insert(1, {**rows[0], "activity": "Publish the plan", "routes": None})

    found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
    new = one(found, ProposalKind.NEW)
    assert new.what == "Publish the plan"
    texts = [activity.text for activity in all_of(found).by_stage["S1"]]
    assert texts == ["Write the plan", "Publish the plan", "Agree the plan"]


@pytest.mark.parametrize("ref", ["S1.02", None], ids=["by its ref", "by its words"])
def test_a_row_that_bears_anothers_id_is_not_the_record_that_its_ref_or_words_come_near(
    ref: str | None,
) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        # The first row copied over the second, with words that come near those it had.
        rows[1] = {key: rows[0][key] for key in ("id", "stage", "lead")}
        rows[1] |= {"ref": ref, "activity": "Agree the plans"}

    found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
    assert [(str(one.kind), one.what) for one in found.found] == [
        (str(ProposalKind.NEW), "Agree the plans"),
        (str(ProposalKind.MISSING), "Agree the plan"),
    ]


TWICE = replace(SESSION, activities=(*SESSION.activities, Activity("a-5", "S1", "Pay the invoice")))


def test_the_same_words_in_another_stage_are_another_record() -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        del rows[2]  # of the first stage
        rows[3].update(id=None, ref=None, note="of the second stage")

    found = proposed(copy(TWICE, table(TWICE, "activities", edit)), now=TWICE)
    assert {(one.key, str(one.kind)) for one in found.found} == {
        ("a-4", str(ProposalKind.CHANGED)),
        ("a-5", str(ProposalKind.MISSING)),
    }


def test_the_same_new_words_in_two_stages_are_two_activities_on_every_sheet() -> None:
    def added(rows: list[dict[str, Any]]) -> None:
        rows += [{"activity": "Tell people", "stage": name} for name in ("Plan", "Run")]

    def lettered(rows: list[dict[str, Any]]) -> None:
        rows += [
            {"activity": "Tell people", "stage": name, f"role:{code}": "R"}
            for name, code in (("Run", "leg"), ("Plan", "fin"))
        ]

    both = copy(SESSION, table(SESSION, "activities", added), table(SESSION, "raci", lettered))
    new = all_of(proposed(both))
    told = [(one.stage, one.lead) for one in new.activities if one.text == "Tell people"]
    assert sorted(told) == [("S1", "fin"), ("S2", "leg")]


def test_a_councils_own_numbers_are_no_refs() -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        for row, number in zip(rows, ("S1.02", "S2.01", "S2.02", "S1.01"), strict=True):
            row.update(ref=number, id=None)

    found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
    assert found.found == ()
    assert "ref now says" in found.told[0]


def test_a_sheet_that_was_sorted_moves_nothing() -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        rows.sort(key=lambda row: str(row["activity"]))
        rows.append({"activity": "Zeta", "stage": "Plan"})

    found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
    assert only(found).kind is ProposalKind.NEW
    assert "sorted otherwise" in found.told[0]
    assert all_of(found).by_stage["S1"][-1].text == "Zeta"


def test_a_row_moved_by_hand_moves() -> None:
    many = replace(
        SESSION, activities=tuple(Activity(f"a-{n}", "S1", f"Do {n * 7 % 11}") for n in range(11))
    )

    def edit(rows: list[dict[str, Any]]) -> None:
        rows.insert(2, rows.pop(8))

    found = proposed(copy(many, table(many, "activities", edit)), now=many)
    assert (only(found).kind, only(found).key) == (ProposalKind.MOVED, "a-8")
    assert [a.id for a in all_of(found, many).activities][:4] == ["a-0", "a-1", "a-8", "a-2"]


def test_another_stage_moves_an_activity_and_a_new_one_is_made() -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        rows[0]["stage"] = "run"
        rows[3]["stage"] = "Close"

    found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
    new = all_of(found)
    assert [stage.name for stage in new.stages] == ["Plan", "Run", "Close"]
    assert new.activity_by_id["a-1"].stage == "S2"
    assert new.ref_by_id["a-4"] == "S3.01"
    close = next(each for each in found.found if each.key == "a-4")
    alone = accept_proposals(SESSION, found, [close.id], {})
    assert alone.ref_by_id["a-4"] == "S3.01", "what it needs is accepted with it"


def test_a_row_that_is_gone_is_shown_and_stays() -> None:
    found = proposed(copy(SESSION, table(SESSION, "activities", lambda rows: rows.pop(1))))
    assert (only(found).kind, only(found).key) == (ProposalKind.MISSING, "a-2")
    assert all_of(found) == SESSION
    removed = accept_proposals(SESSION, found, [only(found).id], {})
    assert "a-2" not in removed.activity_by_id


def test_what_came_into_the_session_since_is_not_missing() -> None:
    now = replace(SESSION, activities=(*SESSION.activities, Activity("a-9", "S1", "Since then")))
    assert proposed(copy(SESSION, table(SESSION, "activities")), now=now).found == ()


def test_both_changed_is_a_clash_and_lists_are_united() -> None:
    now = changed(SESSION, "a-1", timescale="now", documents=("Form A", "Form Z"))
    edit = setting(0, timescale="then", documents="Form A; Form B")
    found = proposed(copy(SESSION, table(SESSION, "activities", edit)), now=now)
    clash, change = one(found, ProposalKind.CLASH), one(found, ProposalKind.CHANGED)
    new = all_of(found, now)
    assert set(new.activity_by_id["a-1"].documents) == {"Form A", "Form B", "Form Z"}
    assert new.activity_by_id["a-1"].timescale == "now"
    theirs = accept_proposals(new, found, [clash.id], {clash.id: 0})
    assert theirs.activity_by_id["a-1"].timescale == "then"
    ours = accept_proposals(new, found, [clash.id], {clash.id: 1})
    assert ours.activity_by_id["a-1"].timescale == "now"
    assert change.id in made_already(new, found)


def test_what_both_changed_alike_is_no_proposal() -> None:
    now = changed(SESSION, "a-1", timescale="soon")
    found = proposed(
        copy(SESSION, table(SESSION, "activities", setting(0, timescale="soon"))), now=now
    )
    assert found.found == ()


def test_what_was_removed_here_and_edited_there_is_asked() -> None:
    now = replace(SESSION, activities=SESSION.activities[1:])
    found = proposed(copy(SESSION, table(SESSION, "activities", setting(0, note="x"))), now=now)
    assert only(found).kind is ProposalKind.CLASH
    back = accept_proposals(now, found, [only(found).id], {})
    assert back.activity_by_id["a-1"].note == "x"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"leg": "C"}, {"consulted": ("fin", "leg")}),
        ({"fin": ""}, {"consulted": ()}),
        ({"fin": "i"}, {"consulted": (), "informed": ("fin",)}),
        ({"hos": "", "leg": "A"}, {"accountable": "leg"}),
        ({"leg": "R"}, {"also": ("leg",)}),
        ({"cm": "R/A", "hos": None}, {"accountable": "cm"}),
        ({"cm": "RA", "hos": "C"}, {"accountable": "cm", "consulted": ("fin", "hos")}),
    ],
)
def test_letters_are_read(said: dict[str, Any], expected: dict[str, Any]) -> None:
    new = all_of(proposed(copy(SESSION, table(SESSION, "raci", letters(0, **said)))))
    assert new == changed(SESSION, "a-1", **expected)


def test_a_letter_that_is_none_is_left_alone_and_told() -> None:
    found = proposed(copy(SESSION, table(SESSION, "raci", letters(0, leg="X"))))
    assert found.found == ()
    assert "“X” is no letter" in found.told[0]


def test_two_as_are_a_clash_with_both_readings() -> None:
    found = proposed(copy(SESSION, table(SESSION, "raci", letters(0, leg="A"))))
    clash = only(found)
    says = [reading.says for reading in clash.readings]
    assert says == ["Head of Service is accountable", "Legal is accountable"]
    assert all_of(found) == SESSION
    legal = accept_proposals(SESSION, found, [clash.id], {clash.id: 1})
    assert legal == changed(SESSION, "a-1", accountable="leg")


def test_an_r_away_from_the_lead_is_a_clash_with_both_readings() -> None:
    found = proposed(copy(SESSION, table(SESSION, "raci", letters(0, cm="", leg="R"))))
    clash = only(found)
    assert clash.says == "the R is not with the lead"
    kept, followed = (accept_proposals(SESSION, found, [clash.id], {clash.id: n}) for n in (0, 1))
    assert kept == changed(SESSION, "a-1", lead="cm", also=("leg",))
    assert followed == changed(SESSION, "a-1", lead="leg")


def test_a_new_lead_takes_the_r_along() -> None:
    """Whoever names another lead often leaves the letters as they were."""
    found = proposed(copy(SESSION, table(SESSION, "raci", setting(0, lead="Legal"))))
    assert all_of(found) == changed(SESSION, "a-1", lead="leg")
    edit = setting(0, lead="Legal", **{"role:cm": "", "role:leg": "R"})
    both = proposed(copy(SESSION, table(SESSION, "raci", edit)))
    assert all_of(both) == changed(SESSION, "a-1", lead="leg")


def test_the_raci_wins_where_other_people_were_edited_too() -> None:
    one_copy = copy(
        SESSION,
        table(SESSION, "activities", setting(0, others="a:leg c:fin,cm")),
        table(SESSION, "raci", letters(0, hos="", fin="A")),
    )
    found = proposed(one_copy)
    new = all_of(found).activity_by_id["a-1"]
    assert (new.accountable, new.consulted) == ("fin", ())
    assert any("RACI counts" in said for said in found.told)


def test_a_role_that_nobody_knew_is_new_or_another_name() -> None:
    edit = setting(0, lead="Legal adviser")
    found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
    role, lead = one(found, ProposalKind.NEW), one(found, ProposalKind.CHANGED)
    assert lead.needs == (role.id,)
    as_new = accept_proposals(SESSION, found, [lead.id], {})
    assert as_new.role_by_code["la"].name == "Legal adviser"
    assert as_new.activity_by_id["a-1"].lead == "la"
    legal = next(n for n, each in enumerate(role.readings) if "Legal (leg)" in each.says)
    as_name = accept_proposals(SESSION, found, [lead.id], {role.id: legal})
    assert as_name.role_by_code["leg"].also_called == ("Legal adviser",)
    assert as_name.activity_by_id["a-1"].lead == "leg"
    later = accept_proposals(SESSION, found, [role.id], {role.id: legal})
    assert accept_proposals(later, found, [lead.id], {role.id: legal}) == as_name
    assert set(made_already(as_name, found)) == {role.id, lead.id}


def test_a_slip_is_first_another_name() -> None:
    edit = setting(0, lead="Contract Manger")
    found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
    assert all_of(found).role_by_code["cm"].also_called == ("Contract Manger",)
    assert all_of(found).activity_by_id["a-1"].lead == "cm"


def test_a_column_for_an_unknown_role_makes_it() -> None:
    edit = setting(0, **{"new role:Insurance": "C"})
    read = table(SESSION, "raci", edit)
    new = all_of(proposed(copy(SESSION, read)))
    assert new.role_by_code["ins"].name == "Insurance"
    assert new.activity_by_id["a-1"].consulted == ("fin", "ins")


def test_several_copies_agree_or_clash_each_with_its_file() -> None:
    def came(file: str, **cells: Any) -> EditedCopy:
        return copy(SESSION, table(SESSION, "activities", setting(0, **cells)), file=file, by=file)

    found = proposed(came("a.xlsx", note="same"), came("b.xlsx", note="same", timescale="b"))
    assert [source.file for source in found.found[0].sources] == ["a.xlsx", "b.xlsx"]
    assert count_proposals(found.found) == "2 changed"
    found = proposed(came("a.xlsx", note="one"), came("b.xlsx", note="other"))
    clash = only(found)
    assert [reading.says[-8:] for reading in clash.readings] == ["(a.xlsx)", "(b.xlsx)"]
    assert (
        accept_proposals(SESSION, found, [clash.id], {clash.id: 1}).activity_by_id["a-1"].note
        == "other"
    )


def test_several_copies_bring_a_new_row_once_and_no_two_roles_share_a_code() -> None:
    def came(file: str, lead: str) -> EditedCopy:
        def edit(rows: list[dict[str, Any]]) -> None:
            rows.append({"activity": "Close it", "stage": "End", "lead": lead})

        return copy(SESSION, table(SESSION, "activities", edit), file=file)

    same = proposed(came("a.xlsx", "Zoning officer"), came("b.xlsx", "Zoning officer"))
    assert count_proposals(same.found) == "3 new"
    other = proposed(came("a.xlsx", "Zoning officer"), came("b.xlsx", "Zonal owner"))
    assert [each.what for each in other.found if each.collection == "roles"] == [
        "Zoning officer",
        "Zonal owner",
    ]
    assert len({each.key for each in other.found if each.collection == "roles"}) == 2
    assert one(other, ProposalKind.CLASH).what == "Close it"


def test_each_copy_is_compared_with_what_it_was_exported_from() -> None:
    later = changed(SESSION, "a-1", timescale="later")
    first = copy(SESSION, table(SESSION, "activities", setting(0, note="first")), file="a.xlsx")
    second = copy(later, table(later, "activities", setting(1, note="second")), file="b.xlsx")
    found = proposed(first, second, now=later)
    assert [(each.key, each.says) for each in found.found] == [
        ("a-1", "note: “first”"),
        ("a-2", "note: “second”"),
    ]


def test_remarks_come_with_their_author_once() -> None:
    comments = (
        CellComment("Activities", 6, "C6", "Bob", "Is it so?"),
        CellComment("Activities", 7, "C7", "", "Ann:\nNot here"),
        CellComment("Activities", 1, "A1", "Bob", "About all of it"),
    )
    came = copy(
        SESSION, table(SESSION, "activities", setting(0, comment="[/ yes")), comments=comments
    )
    found = proposed(came)
    new = all_of(found)
    assert {(each.on, each.by, each.text) for each in new.remarks} == {
        ("a-1", "Jane Doe", "[/ yes"),
        ("a-2", "Bob", "Is it so?"),
        ("a-3", "Ann", "Not here"),
    }
    assert "is about no record" in found.told[0]
    assert proposed(came, now=new).found == ()


def test_own_columns_are_kept_on_the_record() -> None:
    read = table(SESSION, "activities", setting(0, Budget="A1", Score=3.0), own=("Budget", "Score"))
    found = proposed(copy(SESSION, read))
    assert only(found).says == "Budget: A1; Score: 3"
    assert own_columns(all_of(found).activity_by_id["a-1"].extra) == {"Budget": "A1", "Score": "3"}


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("activities", {"lead": UnreadableCell("is an error (#REF!)")}),
        ("activities", {"activity": ""}),
        ("activities", {"improve": "perhaps"}),
        ("activities", {"status": "maybe"}),
        ("activities", {"tiers": "platinum"}),
        ("activities", {"others": "everybody"}),
        ("activities", {"next": "nowhere"}),
        ("activities", {"check": "x"}),
        ("issues", {"code": "Z"}),
        ("issues", {"status": "who knows"}),
        ("actions", {"impact": 9}),
        ("actions", {"approval": "the king"}),
        ("actions", {"band": "mine"}),
        ("actions", {"owner": "Contract Manager", "owner_name": "Anna Roe"}),
    ],
)
def test_what_cannot_be_meant_is_left_alone_and_told(kind: str, cells: dict[str, Any]) -> None:
    read = table(SESSION, kind, setting(0, **cells))
    read = replace(read, keys=(*read.keys, *(key for key in cells if key not in read.keys)))
    found = proposed(copy(SESSION, read))
    assert found.found == ()
    assert len(found.told) == 1
    assert found.told[0].startswith("a.xlsx: ")


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"due": dt.datetime(2027, 3, 1, 9, 30, tzinfo=dt.UTC)}, "due", dt.date(2027, 3, 1)),
        ({"due": "1/3/2027"}, "due", dt.date(2027, 3, 1)),
        ({"due": "01.03.2027"}, "due", dt.date(2027, 3, 1)),
        ({"due": 46447}, "due", dt.date(2027, 3, 1)),
        ({"due": None}, "due", None),
        ({"owner": "Jane Doe"}, "owner", "p-jane0000"),
        ({"owner": "the Housing team"}, "owner", "the Housing team"),
        ({"owner": "Contract Manager (Jane Doe)"}, "owner", "cm"),
        ({"owner": "Finance (Jane Doe)"}, "owner", "p-jane0000"),
        ({"carrier": "Jane Doe"}, "owner", "p-jane0000"),
        ({"carrier": "Finance"}, "owner", "fin"),
        ({"owner_name": "Jane Doe"}, "owner", "cm"),
        ({"owner": None, "owner_name": "Anna Roe"}, "owner", "Anna Roe"),
        ({"rag": "A"}, "rag", "amber"),
        ({"rag": "GREEN"}, "rag", "green"),
        ({"success_measure": "Nine in ten on time"}, "success_measure", "Nine in ten on time"),
        ({"last_update": "12 Jan: with Legal"}, "last_update", "12 Jan: with Legal"),
        ({"approval": "whole council"}, "approval", "Full Council"),
        ({"status": "In progress"}, "status", "doing"),
        ({"impact": "5"}, "impact", 5),
        ({"where": "s2.01"}, "activity", "a-3"),
        ({"issue": "no template"}, "issue", "i-1"),
    ],
)
def test_an_actions_cells(cells: dict[str, Any], field: str, value: Any) -> None:
    found = proposed(copy(SESSION, table(SESSION, "actions", setting(0, **cells))))
    assert getattr(all_of(found).actions[0], field) == value


def test_the_same_day_as_text_is_no_edit() -> None:
    for said in ("29 January 2027", "29/01/2027", "2027-01-29", 46416, "2027-01-29 00:00:00"):
        read = table(SESSION, "actions", setting(0, due=said))
        assert proposed(copy(SESSION, read)).found == ()


def test_lists_in_an_activitys_row_make_issues_and_actions() -> None:
    edit = setting(1, issues="Too slow; No form", actions="Make a form", codes=None)
    new = all_of(proposed(copy(SESSION, table(SESSION, "activities", edit))))
    assert [(i.text, i.activity) for i in new.issues[1:]] == [
        ("Too slow", "a-2"),
        ("No form", "a-2"),
    ]
    assert (new.actions[1].text, new.actions[1].activity) == ("Make a form", "a-2")
    reworded = setting(0, issues="No template at all")
    new = all_of(proposed(copy(SESSION, table(SESSION, "activities", reworded))))
    assert [issue.text for issue in new.issues] == ["No template at all"]


@pytest.mark.parametrize(
    ("kind", "edit", "expected"),
    [
        ("people", setting(0, team="Housing"), lambda new: new.people[0].team == "Housing"),
        (
            "people",
            lambda rows: rows.append({"name": "Bob", "group": "senior"}),
            lambda new: (new.people[1].name, new.people[1].group) == ("Bob", "senior"),
        ),
        (
            "roles",
            setting(1, also_called="Accounts; Treasury"),
            lambda new: new.role_by_code["fin"].also_called == ("Accounts", "Treasury"),
        ),
        ("words", setting(0, avoid="log; list"), lambda new: new.words[0].avoid == ("log", "list")),
        (
            "documents",
            setting(0, where="Intranet"),
            lambda new: new.documents[0].where == "Intranet",
        ),
        (
            "decisions",
            setting(0, decided_by="Legal", limit="to £5m"),
            lambda new: (
                (new.activities[0].decided_by, new.activities[0].limit) == ("leg", "to £5m")
            ),
        ),
        (
            "decisions",
            setting(1, leads_to="S2.02"),
            lambda new: new.activities[0].routes[1].to == "a-4",
        ),
    ],
)
def test_the_lists_of_our_own_workbook(kind: str, edit: Any, expected: Any) -> None:
    new = all_of(proposed(copy(SESSION, table(SESSION, kind, edit))))
    assert expected(new)


def test_a_session_begins_with_a_sheet() -> None:
    nothing = Session()

    def edit(rows: list[dict[str, Any]]) -> None:
        rows += [
            {"activity": "Plan it", "stage": "Plan", "lead": "Service manager"},
            {"activity": "Do it", "lead": "Service manager / Finance", "new role:Board": "A"},
            {"activity": "Check it", "stage": "Check", "new role:Board": "A", "new role:SRO": "A"},
        ]

    found = proposed(copy(nothing, table(nothing, "activities", edit)), now=nothing)
    new = all_of(found, nothing)
    assert [(stage.id, stage.name) for stage in new.stages] == [("S1", "Plan"), ("S2", "Check")]
    assert [new.ref_by_id[one.id] for one in new.activities] == ["S1.01", "S1.02", "S2.01"]
    assert new.activities[1].also == ("fin",)
    assert count_proposals(found.found).startswith("1 conflict, ")
    assert new.activities[2].accountable == ""


def test_accepting_twice_is_accepting_once() -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        rows[0].update(note="x", lead="Buyer", stage="Run")
        rows.append({"activity": "Close", "stage": "End"})

    found = proposed(copy(SESSION, table(SESSION, "activities", edit)))
    once = all_of(found)
    assert all_of(found, once) == once
    assert set(made_already(once, found)) == _ids(found.found)
    assert made_already(SESSION, found) == {}
    again = proposed(copy(SESSION, table(SESSION, "activities", edit)), now=once)
    assert again.found == ()


def _ids(found: Iterable[Proposal]) -> set[str]:
    return {each.id for each in found}


@pytest.mark.parametrize("ref", ["", UnreadableCell("is an error (#REF!)")])
def test_without_a_ref_the_words_beside_it_say_where_an_issue_belongs(ref: Any) -> None:
    edit = setting(0, ref=ref, where="at the till")
    found = all_of(proposed(copy(SESSION, table(SESSION, "issues", edit))))
    assert (found.issues[0].activity, found.issues[0].near) == ("", "at the till")


def test_a_stage_that_has_gone_meanwhile_is_said() -> None:
    found = proposed(copy(SESSION, table(SESSION, "activities", setting(0, stage="Run"))))
    left = tuple(a for a in SESSION.activities if a.stage == "S1")
    now = replace(SESSION, stages=SESSION.stages[:1], activities=left)
    with pytest.raises(EditError, match="a stage that is no longer here"):
        accept_proposals(now, found, [only(found).id], {})


@pytest.mark.slow
@given(sessions())
def test_whatever_a_session_holds_what_nobody_edited_proposes_nothing(session: Session) -> None:
    back = [one.key for one in SHEETS if one.comes_back]
    found = proposed(copy(session, *(table(session, kind) for kind in back)), now=session)
    assert (found.found, found.told) == ((), ())


def test_nobody_agrees_to_a_lead_that_is_not_there() -> None:
    agreed = changed(SESSION, "a-1", lead_confirmed=True, sequence_confirmed=True)
    edit = setting(0, lead=None)
    found = proposed(copy(agreed, table(agreed, "activities", edit)), now=agreed)
    assert only(found).says == "no lead now (was Contract Manager); its lead is no longer confirmed"
    new = all_of(found, agreed)
    assert (new.activity_by_id["a-1"].lead, new.activity_by_id["a-1"].lead_confirmed) == ("", False)


def test_one_cell_that_says_two_things_is_one_line() -> None:
    found = proposed(copy(SESSION, table(SESSION, "activities", setting(0, status="confirmed"))))
    assert only(found).says == "its place is confirmed; its lead is confirmed"
    assert all_of(found).activity_by_id["a-1"].confirmed
