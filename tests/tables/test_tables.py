"""The rows that screens, the workbook and plain commands share."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from offwall.model.process.names import distinct, header_text
from offwall.model.records.session import (
    END,
    Action,
    ActionKind,
    Activity,
    Board,
    Document,
    Improve,
    Issue,
    IssueCode,
    Meeting,
    Person,
    Photo,
    Rhythm,
    Role,
    Route,
    Session,
    Stage,
    Tier,
    Treatment,
    Word,
    Workshop,
)
from offwall.model.store.toml.load import loads
from offwall.model.tables.actions import ACTIONS_SHEET, ISSUES_SHEET, NEXT_STEPS_SHEET
from offwall.model.tables.all_sheets import lists_sheet, read_me_sheet, sheets_of
from offwall.model.tables.process import ACTIVITIES_SHEET, DECISIONS_SHEET, RACI_SHEET
from offwall.model.tables.setup import (
    DOCUMENTS_SHEET,
    PEOPLE_SHEET,
    ROLES_SHEET,
    STAGES_SHEET,
    WORDS_SHEET,
)
from offwall.model.tables.sheet import CellValue, Facts, FilledSheet
from offwall.model.tables.topics import BOARD_SHEET, TIERS_SHEET
from offwall.model.tables.visio import VISIO_SHEET
from offwall.model.tables.wall import WALL_SHEET
from tests.strategies import EXAMPLES, HOSTILE, sessions

NAMES = (
    *("Read_me", "Activities", "RACI", "Action_plan", "Stages", "Decisions", "Documents"),
    *("Issues", "Tiers", "Board", "Roles", "People", "Words", "Map", "Visio", "Lists"),
)

A_FIFTH = settings(max_examples=max(EXAMPLES // 5, 1))
"""A whole session takes long to draw."""

WALL = Session(
    workshop=Workshop(
        title="Contracts",
        council="Sampleshire",
        date=dt.date(2026, 12, 10),
        also_record=("timescales", "tiers", "marks"),
    ),
    stages=(
        Stage("S1", "Handover", tiers=(("bronze", Treatment.LIGHT),)),
        Stage("S2", "Performance", rhythm=Rhythm.CYCLE),
        Stage("S3", "Change", rhythm=Rhythm.ON_DEMAND),
    ),
    roles=(Role("cm", "Contract Manager"), Role("hos", "Head of Service"), Role("fin", "Finance")),
    people=(Person("p-1", "Jane Doe", role="fin"),),
    tiers=(Tier("gold", "Gold", value_from=5_000_000), Tier("bronze", "Bronze")),
    activities=(
        Activity(
            "a-score",
            "S1",
            "Score the contract",
            lead="cm",
            also=("fin",),
            accountable="hos",
            consulted=("fin", "leg"),
            decision="Which tier, then?",
            limit="to £500k",
            routes=(
                Route("Gold, silver"),
                Route("Bronze", to="a-pay"),
                Route("Not ours", to=END),
                Route("Unsure", to_words="ask the board, soon"),
            ),
            documents=("Scorecard", "Register"),
            sequence_confirmed=True,
            lead_confirmed=True,
        ),
        Activity(
            "a-enter", "S1", "Enter it", lead="fin", accountable="fin", documents=("register",)
        ),
        Activity("a-pay", "S2", "Pay", lead="cm", tiers=(("bronze", Treatment.NO),)),
        Activity("a-vary", "S3", "Vary it", lead_confirmed=True),
    ),
    issues=(
        Issue("i-1", "No rule", code=IssueCode.GOVERNANCE, activity="a-score", raised_by="Jane"),
        Issue("i-2", "Car park", near="the front door", parked=True),
    ),
    actions=(
        Action("n-big", "Rewrite it", impact=5, effort=5, approval="whole council"),
        Action("n-small", "Pilot it", issue="i-1", owner="p-1", impact=5, effort=1, votes=2),
        Action(
            "n-next", "Tell all", kind=ActionKind.NEXT_STEP, owner="hos", due=dt.date(2027, 1, 4)
        ),
    ),
    documents=(Document("Register", owner="fin", where="Intranet"),),
    board=Board(name="Board", chair="hos", members=("fin", "x"), gates=("a-pay", "exit")),
    meetings=(Meeting("m-1", "Cabinet", dt.date(2027, 2, 9), dt.date(2027, 1, 26)),),
    words=(Word("register", ("log", "list")),),
    photos=(Photo("f-1", caption="The wall"),),
)


def column(table: FilledSheet, key: str) -> list[CellValue]:
    return [record[key] for record in table.records()]


def one(table: FilledSheet, key: str, value: CellValue) -> dict[str, CellValue]:
    (found,) = [record for record in table.records() if record[key] == value]
    return found


def test_all_tables_in_the_order_of_the_workbook() -> None:
    assert tuple(table.name for table in sheets_of(WALL)) == NAMES


def test_headers_of_the_activities_and_the_raci() -> None:
    assert [one.header for one in ACTIVITIES_SHEET.of(WALL).columns] == [
        *("Ref", "Stage", "Activity", "Lead (responsible)", "Also responsible", "Accountable"),
        *(
            "Consulted",
            "Informed",
            "Decision",
            "Routes",
            "Next",
            "Documents",
            "Timescale",
            "Issue codes",
            "Issues",
            "Actions",
            "Open point",
        ),
        *("Tiers", "Improve", "Status", "Note", "Your comment", "ID"),
    ]
    assert [one.header for one in RACI_SHEET.of(WALL).columns] == [
        *("Ref", "Stage", "Activity", "Lead (responsible)", "Contract Manager", "Head of Service"),
        *("Finance", "leg", "Confirmed", "Check", "Your comment", "ID"),
    ]
    assert [one.header for one in VISIO_SHEET.of(WALL).columns] == [
        *("Process Step ID", "Process Step Description", "Next Step ID", "Connector Label"),
        *("Shape Type", "Function", "Phase", "Accountable", "Documents", "Tier", "Alt Description"),
    ]


def test_what_is_not_recorded_has_no_column() -> None:
    def headers(session: Session) -> set[str]:
        return {one.header for one in ACTIVITIES_SHEET.of(session).columns}

    extra, bare = {"Timescale", "Tiers", "Improve"}, replace(WALL, workshop=Workshop(), tiers=())
    assert extra <= headers(WALL)
    assert not extra & headers(Session())
    marked = Activity("a-9", "S1", "Do", timescale="5 days", improve=Improve.KEEP)
    there = replace(bare, activities=(marked,))
    assert headers(there) & extra == {"Timescale", "Improve"}


def test_an_activity_says_all_that_the_wall_says() -> None:
    row = one(ACTIVITIES_SHEET.of(WALL), "ref", "S1.01")
    assert row == {
        "ref": "S1.01",
        "stage": "Handover",
        "activity": "Score the contract",
        "lead": "Contract Manager",
        "also": "Finance",
        "accountable": "Head of Service",
        "consulted": "Finance; leg",
        "informed": "",
        "decision": "Which tier, then?",
        "routes": "Gold, silver > S1.02; Bronze > S2.01; Not ours > end; "
        "Unsure > ask the board, soon (open)",
        "next": "",
        "documents": "Scorecard; Register",
        "timescale": "",
        "codes": "G",
        "issues": "No rule",
        "actions": "Pilot it",
        "open_point": "",
        "tiers": "gold, bronze (light)",
        "improve": "",
        "status": "confirmed",
        "note": "",
        "comment": "",
        "id": "a-score",
    }


def test_where_an_activity_leads_follows_its_stages_rhythm() -> None:
    assert column(ACTIVITIES_SHEET.of(WALL), "next") == ["", "S2.01", "S2.01", "back"]


def test_status_says_what_is_confirmed() -> None:
    both = ["confirmed", "to confirm", "to confirm", "lead only"]
    assert column(ACTIVITIES_SHEET.of(WALL), "status") == both


def test_a_tier_that_leaves_it_out_is_not_named() -> None:
    assert one(ACTIVITIES_SHEET.of(WALL), "id", "a-pay")["tiers"] == "gold"
    none = replace(WALL, tiers=(Tier("bronze", "Bronze"),))
    assert one(ACTIVITIES_SHEET.of(none), "id", "a-pay")["tiers"] == "none"


def test_raci_letters_and_check() -> None:
    score = one(RACI_SHEET.of(WALL), "ref", "S1.01")
    assert [score[f"role:{code}"] for code in ("cm", "hos", "fin", "leg")] == ["R", "A", "RC", "C"]
    assert score["check"] == "two letters; unknown role"
    assert one(RACI_SHEET.of(WALL), "ref", "S1.02")["role:fin"] == "RA"
    assert one(RACI_SHEET.of(WALL), "ref", "S1.02")["check"] == "ok"
    assert one(RACI_SHEET.of(WALL), "ref", "S3.01")["check"] == "no lead; no accountable"


@A_FIFTH
@given(sessions())
def test_raci_and_activities_cannot_disagree(session: Session) -> None:
    first, second = ACTIVITIES_SHEET.of(session), RACI_SHEET.of(session)
    for key in ("ref", "stage", "activity", "lead", "id"):
        assert column(first, key) == column(second, key)
    header = {one.header: place for place, one in enumerate(second.columns)}
    for row in second.rows:
        lead = str(row[header["Lead (responsible)"]])
        if lead:
            assert str(row[header[lead]]).startswith("R")


@A_FIFTH
@given(sessions())
def test_every_row_fits_its_columns_and_every_header_is_its_own(session: Session) -> None:
    for table in sheets_of(session):
        headers = [one.header.casefold() for one in table.columns]
        assert len(set(headers)) == len(headers)
        assert all(headers)
        for row in table.rows:
            assert len(row) == len(table.columns)
            for value, one_ in zip(row, table.columns, strict=True):
                wanted = {"text": str, "int": int, "date": dt.date}[one_.kind]
                assert value in (None, "") or isinstance(value, wanted)


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        (["Finance", "finance"], ["Finance (r0)", "finance (r1)"]),
        (["Check", "your COMMENT", "ID"], ["Check (r0)", "your COMMENT (r1)", "ID (r2)"]),
        (["Stage", "Lead (responsible)"], ["Stage (r0)", "Lead (responsible) (r1)"]),
        (["", "r0"], ["r0 (r0)", "r0 (r1)"]),
        (["Legal", "Legal (r2)", "Legal"], ["Legal (r0)", "Legal (r2)", "Legal (r2) 2"]),
        (["a\nb\x1b[31m"], ["a b [31m"]),
    ],
)
def test_a_role_named_like_another_header_gets_its_code(named: list[str], shown: list[str]) -> None:
    session = Session(roles=tuple(Role(f"r{n}", name) for n, name in enumerate(named)))
    assert [one.header for one in RACI_SHEET.of(session).columns[4:-4]] == shown


def test_headings_are_one_line_short_and_never_empty() -> None:
    assert header_text("one\r\ntwo\u2028three\x00\ufffe") == "one two three"
    assert len(header_text("é" * 500)) == 200
    assert distinct([("", "")]) == ["?"]
    assert len(set(distinct([(text, text) for text in HOSTILE * 2]))) == 2 * len(HOSTILE)


def test_decisions_have_a_row_an_answer() -> None:
    found = DECISIONS_SHEET.of(WALL).records()
    assert [(row["answer"], row["leads_to"], row["leads_to_text"]) for row in found] == [
        ("Gold, silver", "S1.02", "Enter it"),
        ("Bronze", "S2.01", "Pay"),
        ("Not ours", "end", ""),
        ("Unsure", "ask the board, soon (open)", ""),
    ]
    assert {(row["decided_by"], row["limit"]) for row in found} == {("Head of Service", "to £500k")}


def test_a_decision_without_answers_still_has_its_row_and_its_decider() -> None:
    asked = Activity("a-1", "S1", "Ask", decision="Go?", decided_by="fin", accountable="hos")
    row = one(DECISIONS_SHEET.of(replace(WALL, activities=(asked,))), "decision", "Go?")
    assert (row["answer"], row["leads_to"], row["decided_by"]) == ("", "", "Finance")


def test_documents_join_the_register_and_the_wall() -> None:
    found = DOCUMENTS_SHEET.of(WALL).records()
    assert [row["document"] for row in found] == ["Register", "Scorecard"]
    assert (found[0]["used_in"], found[0]["times"], found[0]["owner"]) == (
        "S1.01; S1.02",
        2,
        "Finance",
    )
    assert [row["registered"] for row in found] == ["yes", "no"]


def test_issues_say_where_they_are() -> None:
    placed, parked = ISSUES_SHEET.of(WALL).records()
    assert (placed["ref"], placed["where"], placed["means"]) == (
        "S1.01",
        "Score the contract",
        "gap in governance",
    )
    assert placed["actions"] == "Pilot it"
    assert (parked["ref"], parked["where"], parked["parked"]) == ("", "the front door", "yes")


def test_actions_are_ranked_and_next_steps_follow() -> None:
    found = ACTIONS_SHEET.of(WALL).records()
    assert [(row["rank"], row["id"], row["band"], row["kind"]) for row in found] == [
        (1, "n-small", "quick win", "improvement"),
        (2, "n-big", "significant change", "improvement"),
        (3, "n-next", "", "next step"),
    ]
    assert (found[0]["carrier"], found[0]["where"], found[0]["issue"]) == (
        "Jane Doe",
        "S1.01",
        "No rule",
    )
    assert [(row["status"], row["rag"], row["last_update"]) for row in found] == [
        ("open", "", "")
    ] * 3


def test_an_owner_is_a_role_by_name_and_who_has_it() -> None:
    owned = replace(WALL.actions[0], owner="fin", approval="cabinet", due=dt.date(2027, 2, 9))
    row = ACTIONS_SHEET.of(replace(WALL, actions=(owned,))).records()[0]
    assert row["carrier"] == "Finance (Jane Doe)"
    assert row["reaches"] == (
        "Cabinet decides on 9 Feb 2027; papers due 26 Jan 2027; if a key decision, publish the "
        "notice by 11 Jan 2027"
    )
    every = ACTIONS_SHEET.every_value(Facts(replace(WALL, actions=(owned,))))
    assert [(one["owner"], one["owner_name"]) for one in every] == [("Finance", "Jane Doe")]


def test_next_steps_are_the_soonest_first_and_undated_last() -> None:
    steps = tuple(
        Action(f"n-{n}", f"Step {n}", ActionKind.NEXT_STEP, due=due)
        for n, due in enumerate((None, dt.date(2027, 1, 5), dt.date(2026, 12, 11)))
    )
    plan = ACTIONS_SHEET.of(replace(WALL, actions=steps))
    assert column(plan, "action") == ["Step 2", "Step 1", "Step 0"]


def test_stages_say_what_they_cover_and_how_each_tier_treats_them() -> None:
    found = STAGES_SHEET.of(WALL).records()
    assert [(row["id"], row["rhythm"], row["tiers"], row["activities"]) for row in found] == [
        ("S1", "once", "gold: yes; bronze: light", 2),
        ("S2", "cycle", "gold: yes; bronze: yes", 1),
        ("S3", "on demand", "gold: yes; bronze: yes", 1),
    ]


def test_what_is_printed_stands_first_and_what_is_empty_behind_it() -> None:
    table, printed = ACTIVITIES_SHEET.of(WALL).for_paper()
    shown = [one.key for one in table.columns[:printed]]
    assert shown[:6] == ["ref", "stage", "activity", "lead", "also", "accountable"]
    assert {"timescale", "informed", "open_point", "note", "comment", "id"}.isdisjoint(shown)
    assert [one.key for one in table.columns[-2:]] == ["comment", "id"]
    plan, printed = ACTIONS_SHEET.of(WALL).for_paper()
    shown = [one.key for one in plan.columns[:printed]]
    # What people fill in by hand is printed though it is empty.
    assert {"carrier", "due", "status", "rag", "success_measure", "last_update"} <= {*shown}
    assert {"impact", "effort", "votes", "kind", "helper"}.isdisjoint(shown)
    assert plan.records()[0] == ACTIONS_SHEET.of(WALL).records()[0]


def test_who_owns_next_steps_in_a_table_of_their_own() -> None:
    (step,) = NEXT_STEPS_SHEET.of(WALL).records()
    assert (step["owner"], step["due"]) == ("Head of Service", dt.date(2027, 1, 4))


def test_tiers_count_what_they_do() -> None:
    found = TIERS_SHEET.of(WALL).records()
    assert [(row["full"], row["light"], row["none"]) for row in found] == [(4, 0, 0), (1, 2, 1)]


def test_board_says_its_terms_gates_and_meetings() -> None:
    said = [(row["item"], row["says"]) for row in BOARD_SHEET.of(WALL).records()]
    assert said == [
        ("Name", "Board"),
        ("Chair", "Head of Service"),
        ("Members", "Finance; x"),
        ("Gate", "S2.01 Pay"),
        ("Gate", "exit"),
        ("Meeting", "Cabinet"),
    ]
    assert one(BOARD_SHEET.of(WALL), "item", "Meeting")["papers_by"] == dt.date(2027, 1, 26)


def test_roles_count_letters_and_hand_offs() -> None:
    fin, cm = one(ROLES_SHEET.of(WALL), "code", "fin"), one(ROLES_SHEET.of(WALL), "code", "cm")
    assert [fin[key] for key in "RACI"] == [2, 1, 1, 0]
    assert [cm[key] for key in "RACI"] == [2, 0, 0, 0]
    # S1.01 to S1.02 and S1.02 to S2.01 change the lead; S1.01 to S2.01 does not.
    assert (cm["hands_over"], cm["takes_over"]) == (1, 1)
    assert one(ROLES_SHEET.of(WALL), "code", "leg")["about"] == "not set up"


def test_people_and_words() -> None:
    assert one(PEOPLE_SHEET.of(WALL), "name", "Jane Doe")["role"] == "Finance"
    assert one(WORDS_SHEET.of(WALL), "say", "register")["avoid"] == "log; list"


def test_the_wall_has_four_lanes_a_stage() -> None:
    found = WALL_SHEET.of(WALL).records()
    assert [row["lane"] for row in found] == [
        *("activity", "people", "decision", "documents") * 3,
        "photo",
    ]
    assert found[0]["column:1"] == "S1.01 Score the contract [G]"
    assert found[1]["column:1"] == "R Contract Manager\nRC Finance\nA Head of Service\nC leg"
    assert found[2]["column:1"].split("\n")[:2] == ["Which tier, then?", "Gold, silver > S1.02"]
    assert found[3]["column:1"] == "Scorecard\nRegister"
    assert found[-1]["column:2"] == "to be filed"


def test_a_long_stage_goes_on_in_the_next_strip() -> None:
    many = tuple(Activity(f"a-{n}", "S1", f"Do {n}") for n in range(1, 20))
    strips = [
        row
        for row in WALL_SHEET.of(replace(WALL, activities=many)).records()
        if row["lane"] == "activity"
    ]
    assert [row["stage"] for row in strips[:3]] == [
        "S1 Handover",
        "S1 Handover, continued",
        "S1 Handover, continued",
    ]
    shown = [str(row[f"column:{n}"]) for row in strips[:3] for n in range(1, 9)]
    assert [text for text in shown if text] == [
        f"S1.{n:02} Do {n} (to confirm)" for n in range(1, 20)
    ]


def test_visio_lists_match_by_position_and_lead_to_steps_that_are_there() -> None:
    done = one(VISIO_SHEET.of(WALL), "step", "S1.01")
    assert (done["next"], done["shape"]) == ("S1.01 decides", "Process")
    assert (done["description"], done["documents"]) == (
        "Score the contract",
        "Scorecard; Register",
    )
    assert one(VISIO_SHEET.of(WALL), "step", "S1.02")["description"] == "Enter it (to confirm)"
    row = one(VISIO_SHEET.of(WALL), "step", "S1.01 decides")
    assert row["description"] == "Which tier, then?"
    assert row["next"] == "S1.02,S2.01,End,Open 1"
    assert row["label"] == "Gold silver,Bronze,Not ours,Unsure"
    assert (row["shape"], row["function"], row["phase"]) == (
        "Decision",
        "Contract Manager",
        "Handover",
    )
    assert one(VISIO_SHEET.of(WALL), "step", "Start")["next"] == "S1.01"
    assert (
        one(VISIO_SHEET.of(WALL), "step", "Open 1")["description"] == "ask the board, soon (open)"
    )
    assert one(VISIO_SHEET.of(WALL), "step", "S3.01")["function"] == "Nobody yet"


@A_FIFTH
@given(sessions())
def test_visio_holds_together_for_any_session(session: Session) -> None:
    found = VISIO_SHEET.of(session).records()
    steps = [row["step"] for row in found]
    assert len(set(steps)) == len(steps)
    for row in found:
        onward = str(row["next"]).split(",") if row["next"] else []
        assert set(onward) <= set(steps)
        if row["step"] not in ("Start", "End") and onward:
            assert str(row["label"]).count(",") == len(onward) - 1
    assert bool(found) == bool(session.activities)


def test_lists_offer_what_the_columns_name() -> None:
    known = {one.key for one in lists_sheet(WALL).columns}
    wanted = {one.choices for table in sheets_of(WALL) for one in table.columns if one.choices}
    assert wanted <= known
    offered = {key: [v for v in column(lists_sheet(WALL), key) if v != ""] for key in known}
    assert offered["roles"] == ["Contract Manager", "Head of Service", "Finance", "leg"]
    assert offered["approvals"] == list(WALL.approvals)
    assert offered["owners"][-1] == "Jane Doe"


def test_read_me_names_every_sheet_with_its_rows() -> None:
    others = (ACTIVITIES_SHEET.of(WALL), RACI_SHEET.of(WALL))
    found = read_me_sheet(WALL, others).records()
    assert [(row["item"], row["rows"]) for row in found if row["part"] == "Sheets"] == [
        ("Activities", 4),
        ("RACI", 4),
    ]
    said = {row["item"]: row["says"] for row in found}
    assert said["Date"] == "10 December 2026"
    assert "have no accountable" in str(said["Still to do"])


def test_nothing_recorded_is_no_rows_and_no_error() -> None:
    empty = {table.name: len(table.rows) for table in sheets_of(Session())}
    assert {name: empty[name] for name in ("Activities", "RACI", "Visio", "Map")} == {
        **dict.fromkeys(("Activities", "RACI", "Visio", "Map"), 0)
    }
    # What nobody explored or agreed is no sheet.
    assert not {"Topic", "Tiers", "Board", "Words"} & empty.keys()


def test_the_sample_has_its_48_activities_in_both(sample: Path) -> None:
    session = loads(sample.read_text("utf-8"))
    assert len(ACTIVITIES_SHEET.of(session).rows) == len(RACI_SHEET.of(session).rows) == 48
    assert len(DECISIONS_SHEET.of(session).rows) == 29
