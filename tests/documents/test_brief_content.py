"""What a brief and the feedback say, held against the session by a plain count."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest

from offwall import sample_sessions
from offwall.model.documents.brief.papers import report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.paper import (
    Bullets,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Table,
)
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Activity,
    Board,
    Improve,
    Issue,
    IssueCode,
    IssueStatus,
    Meeting,
    Person,
    Role,
    Session,
    Stage,
    Workshop,
)
from offwall.model.review.second_session import second_session
from offwall.model.store.toml.load import loads

TODAY = dt.date(2026, 12, 10)


def named(name: str) -> Session:
    return loads(sample_sessions.path(name).read_text("utf-8"))


def brief(
    session: Session, today: dt.date = TODAY, audience: Audience = Audience.MANAGEMENT
) -> tuple[Part, ...]:
    return report(session, audience, today).parts


def feedback(session: Session) -> tuple[Part, ...]:
    return report(session, Audience.PARTICIPANTS, TODAY).parts


def headings(blocks: Sequence[Part]) -> list[str]:
    return [one.text for one in blocks if isinstance(one, Heading) and one.level == 1]


def part(blocks: Sequence[Part], heading: str) -> tuple[Part, ...]:
    """What stands under a heading, up to the next of its level."""
    places = [n for n, one in enumerate(blocks) if isinstance(one, Heading) and one.level == 1]
    start = next(n for n in places if getattr(blocks[n], "text", "") == heading)
    return tuple(blocks[start + 1 : next((n for n in places if n > start), len(blocks))])


def rows(blocks: Sequence[Part]) -> list[tuple[str, ...]]:
    return [row for one in blocks if isinstance(one, Table) for row in one.rows]


def words(blocks: Sequence[Part]) -> str:
    said = []
    for one in blocks:
        if isinstance(one, Paragraph):
            said.append(f"{one.lead} {one.text}")
        elif isinstance(one, Bullets):
            said += [f"{item.lead} {item.text}" for item in one.items]
    return "\n".join(said)


def action(number: int, **said: object) -> Action:
    return dataclasses.replace(Action(f"n-{number}", f"Do {number}"), **said)  # type: ignore[arg-type]


ASKED = "What you are asked to do"


def test_what_is_asked_for_comes_first_and_the_rest_in_a_reader_s_order() -> None:
    assert headings(brief(named("contract-management"))) == [
        ASKED,
        "Why",
        "What was done",
        "The process at a glance",
        "Findings",
        "Risks",
        "The plan",
        "Appendix: the issues, stage by stage",
        "Appendix: the plan",
        "Appendix: who does what (RACI)",
        "Appendix: terms of reference, Contract Assurance Board",
    ]


LADDERED = Session(
    people=(Person("p-1", "Ann", role="leg"), Person("p-2", "Bo", role="cm")),
    roles=(Role("leg", "Legal"), Role("cm", "Contract Manager")),
    issues=(Issue("i-1", "Nobody may sign"),),
    meetings=(Meeting("m-1", "Cabinet", dt.date(2027, 2, 9), dt.date(2027, 1, 26)),),
    actions=(
        action(1, approval="team", owner="cm", due=dt.date(2027, 1, 15)),
        action(2, approval="cabinet or committee", owner="leg", due=dt.date(2027, 3, 1)),
        action(3, approval="whole council", needs=("Section 151", "Monitoring Officer")),
        action(4, approval="director", status=ActionStatus.DONE),
        action(5, approval="director", status=ActionStatus.DROPPED),
        action(6, kind=ActionKind.NEXT_STEP),
        action(7),
        action(8, approval="Director", issue="i-1", owner="p-1"),
        action(9, approval="head of service"),
        action(10, approval="CLT"),
    ),
)


def asked(audience: Audience) -> dict[str, list[str]]:
    """The recommendations under each thing that a reader is asked to do."""
    found: dict[str, list[str]] = {}
    kind = ""
    for one in part(brief(LADDERED, audience=audience), ASKED):
        if isinstance(one, Heading):
            kind = one.text
        if isinstance(one, Table):
            found[kind] = [row[0].removeprefix("Do ") for row in one.rows]
    return found


def test_each_reader_approves_what_is_theirs_supports_what_goes_on_and_notes_the_rest() -> None:
    assert asked(Audience.HEAD_OF_SERVICE) == {
        "Approve": ["9"],
        "Support": ["3", "2", "10", "8"],
        "Note": ["1", "7"],
    }
    assert asked(Audience.DIRECTOR) == {
        "Approve": ["8"],
        "Support": ["3", "2", "10"],
        "Note": ["9", "1", "7"],
    }
    for team in (Audience.LEADERSHIP, Audience.MANAGEMENT):
        assert asked(team) == {
            "Approve": ["10", "8"],
            "Support": ["3", "2"],
            "Note": ["9", "1", "7"],
        }
    assert asked(Audience.COMMITTEE) == {
        "Approve": ["2"],
        "Support": ["3"],
        "Note": ["10", "8", "9", "1", "7"],
    }


def test_a_recommendation_has_its_reason_its_owner_by_name_and_every_date() -> None:
    found = part(brief(LADDERED), ASKED)
    # A table in which nothing has a reason has no column for it.
    assert [row[1:] for row in rows(found)] == [
        ("No issue is linked to it", "not yet assigned", "CLT. No date yet."),
        ("Nobody may sign", "Ann", "Director. No date yet."),
        ("not yet assigned",
         "Full Council. Also to agree: Section 151 and Monitoring Officer. No date yet; no meeting "
         "is set for it yet."),
        ("Legal (Ann)",
         "Cabinet or committee. By 1 Mar 2027; Cabinet decides on 9 Feb 2027; papers due 26 Jan "
         "2027; if a key decision, publish the notice by 11 Jan 2027."),
        ("not yet assigned", "Head of service. No date yet."),
        ("Contract Manager (Bo)", "Team. By 15 Jan 2027."),
        ("not yet assigned", "Approval not named yet. No date yet."),
    ]  # fmt: skip
    said = words(found)
    assert "Approve: 2 changes within your authority." in said
    assert "2 changes that go on for a decision: Full Council; cabinet or committee." in said
    assert "Note: 3 changes that do not need your approval." in said


def test_a_cabinet_member_s_decision_keeps_its_target_date_beside_its_notice() -> None:
    due = dt.date(2027, 2, 5)
    session = Session(actions=(action(1, approval="cabinet member", due=due),))
    assert rows(part(brief(session), ASKED))[0][-1] == (
        "Cabinet member. By 5 Feb 2027; if a key decision, publish the notice by 7 Jan 2027."
    )


def test_a_meeting_that_comes_too_late_or_is_announced_too_late_is_said() -> None:
    session = Session(
        meetings=(Meeting("m-1", "Cabinet", dt.date(2027, 2, 9), dt.date(2027, 1, 26)),),
        actions=(action(1, approval="cabinet or committee", due=dt.date(2027, 1, 31)),),
    )
    assert rows(part(brief(session, dt.date(2027, 1, 20)), ASKED))[0][-1] == (
        "Cabinet or committee. By 31 Jan 2027; Cabinet decides on 9 Feb 2027, after the target "
        "date; papers due 26 Jan 2027; if a key decision, the notice was due on 11 Jan 2027: "
        "choose a later date."
    )
    # Once the papers were due there is no meeting to reach.
    assert "no meeting is set" in rows(part(brief(session, dt.date(2027, 1, 27)), ASKED))[0][-1]


def test_long_lists_are_cut_in_the_two_pages_and_whole_in_the_appendix() -> None:
    session = Session(actions=tuple(action(n, due=TODAY) for n in range(25)))
    blocks = brief(session)
    assert len(rows(part(blocks, ASKED))) == 8
    assert "And 17 more, in the appendix." in words(part(blocks, ASKED))
    plan = words(part(blocks, "The plan"))
    assert "The plan has 25 actions, from 10 December 2026 to 10 December 2026." in plan
    assert "25 actions have no owner or no date yet." in plan
    assert len(rows(part(blocks, "Appendix: all changes to note"))) == 25
    assert len(rows(part(blocks, "Appendix: the plan"))) == 25
    assert PageBreak() in blocks


def test_the_findings_are_the_session_s_own_figures() -> None:
    session = named("contract-management")
    said = words(part(brief(session), "Findings"))
    open_ones = [one for one in session.issues if one.status is not IssueStatus.CLOSED]
    acted_on = {one.issue for one in session.actions}
    codes = [one.code for one in open_ones]
    accountable = sum(one.accountable == "hos" for one in session.activities)
    kept = [
        one
        for one in session.activities
        if dict((*session.stage_by_id[one.stage].tiers, *one.tiers)).get("bronze") != "no"
    ]
    assert f"{len(open_ones)} issues are open: {codes.count(IssueCode.DOCUMENTATION)} gaps" in said
    assert f"{sum(one.id not in acted_on for one in open_ones)} have no action yet" in said
    assert f"Head of Service answers for {accountable} of {len(session.activities)}" in said
    assert f"Bronze needs {len(kept)} of 48 activities" in said
    assert "Who keeps the log?" in said


ISSUES = "Appendix: the issues, stage by stage"


def test_every_issue_stands_under_its_stage_with_what_is_done_about_it() -> None:
    session = Session(
        stages=(Stage("S1", "Pay"), Stage("S2", "Review")),
        activities=(Activity("a-1", "S1", "Check"), Activity("a-2", "S2", "Look")),
        issues=(
            Issue("i-1", "Late", IssueCode.TIME, "a-2"),
            Issue("i-2", "Unclear", IssueCode.GOVERNANCE, "a-1"),
            Issue("i-3", "Old", activity="a-1", status=IssueStatus.CLOSED),
            Issue("i-4", "Some day", parked=True),
            Issue("i-5", "Somewhere", near="handover"),
        ),
        actions=(
            action(1, issue="i-1", status=ActionStatus.DROPPED),
            action(2, issue="i-2", status=ActionStatus.DONE, done_on=TODAY),
        ),
    )
    expected = [
        ("Governance: Unclear", "S1.01", "Done: Do 2 (10 Dec 2026)"),
        ("Old", "S1.01", "Closed"),
        ("Time: Late", "S2.01", "No action yet"),
        ("Somewhere", "handover", "No action yet"),
        ("Some day", "", "No action yet"),
    ]
    told = part(feedback(session), "What you raised, and what is done about it")
    for found in (part(brief(session), ISSUES), told):
        assert rows(found) == expected
        assert [one.text for one in found if isinstance(one, Heading)] == [
            "Pay",
            "Review",
            "Not placed on the map",
            "Parked for another day",
        ]
    # What is done counts as an action, what was dropped does not.
    assert "4 issues are open, 1 with an action." in words(part(brief(session), "Why"))


def test_one_rule_for_who_has_an_action_however_many_have_none() -> None:
    issues = (Issue("i-1", "A"), Issue("i-2", "B"))
    none = Session(issues=issues)
    one = Session(issues=issues, actions=(action(1, issue="i-1"),))
    both = Session(issues=issues, actions=(action(1, issue="i-1"), action(2, issue="i-2")))
    assert "None has an action yet." in words(part(brief(none), "Findings"))
    assert "One has no action yet." in words(part(brief(one), "Findings"))
    assert "Each has an action." in words(part(brief(both), "Findings"))


def test_a_risk_that_nobody_acts_on_comes_first_and_a_closed_one_not_at_all() -> None:
    session = Session(
        issues=(
            Issue("i-1", "Late", IssueCode.TIME),
            Issue("i-2", "Unchecked", IssueCode.RISK, near="handover"),
            Issue("i-3", "Settled", IssueCode.RISK, status=IssueStatus.CLOSED),
            Issue("i-4", "No form", IssueCode.DOCUMENTATION),
        ),
        actions=(action(1, issue="i-1", owner="the group", due=TODAY),),
    )
    assert rows(part(brief(session), "Risks")) == [
        ("Risk: Unchecked", "handover", "No action yet"),
        ("Time: Late", "", "Do 1: the group, 10 Dec 2026"),
    ]


def test_the_plan_is_in_order_of_time_without_what_is_done() -> None:
    session = Session(
        actions=(
            action(1),
            action(2, due=dt.date(2027, 5, 1)),
            action(3, due=dt.date(2027, 1, 1), kind=ActionKind.NEXT_STEP, helper="Ann"),
            action(4, due=dt.date(2026, 1, 1), status=ActionStatus.DONE),
        )
    )
    assert rows(part(brief(session), "The plan")) == [
        ("1 Jan 2027", "Do 3", "not yet assigned, with Ann"),
        ("1 May 2027", "Do 2", "not yet assigned"),
        ("no date yet", "Do 1", "not yet assigned"),
    ]


AUTHOR = "For the author: what the report still needs"


def test_a_committee_s_report_has_a_page_for_its_author_and_nobody_else_s_has() -> None:
    needs = ("Section 151", "HR", "Three", "Monitoring Officer", "Equalities lead")
    session = Session(actions=(action(1, needs=needs),))
    told = rows(part(brief(session, audience=Audience.COMMITTEE), AUTHOR))
    found = {row[0]: row[2] for row in told}
    assert {
        *("Key decision", "Open or exempt", "Wards affected", "Consultation", "Reasons"),
        *("Other options", "Clearance", "Background papers"),
    } <= set(found)
    assert [found[f"{kind} implications"] for kind in ("Finance", "Legal", "HR", "Equalities")] == [
        "Section 151: Do 1",
        "Monitoring Officer: Do 1",
        "HR: Do 1",
        "Equalities lead: Do 1",
    ]
    assert found["Climate implications"] == "Nothing raised"
    for other in set(Audience) - {Audience.COMMITTEE}:
        assert AUTHOR not in headings(report(session, other, TODAY).parts)


def test_options_stand_where_the_group_marked_what_to_drop() -> None:
    stage = (Stage("S1", "Pay"),)
    marked = (Activity("a-1", "S1", "Stamp", improve=Improve.DROP), Activity("a-2", "S1", "Pay"))
    found = rows(part(brief(Session(stages=stage, activities=marked)), "Options"))
    assert [row[0] for row in found] == ["Leave as it is", "Change as the group proposes"]
    assert "2 steps" in found[0][1]
    assert "1 step" in found[1][1]
    assert "Options" not in headings(brief(named("contract-management")))


def test_the_author_is_not_told_that_nothing_was_raised_where_the_report_says_it() -> None:
    sample = named("contract-management")
    marked = dataclasses.replace(
        sample,
        activities=tuple(
            dataclasses.replace(one, improve=Improve.DROP) for one in sample.activities
        ),
    )
    for session, options in ((sample, "Nothing raised"), (marked, "See Options")):
        told = rows(part(brief(session, audience=Audience.COMMITTEE), AUTHOR))
        found = {row[0]: row[2] for row in told}
        assert found["Risk implications"] == "See Risks"
        assert found["Other options"] == options


def test_a_recommendation_says_how_its_success_is_measured() -> None:
    session = Session(actions=(action(1, success_measure="Every handover has its checklist"),))
    (found,) = rows(part(brief(session), ASKED))
    assert found[0] == "Do 1. Success is measured by: Every handover has its checklist."


def test_the_plan_and_the_risks_say_when_papers_are_due_and_the_board_who_sits_on_it() -> None:
    blocks = brief(named("contract-management"))
    plan = {row[1]: row[0] for row in rows(part(blocks, "Appendix: the plan"))}
    assert plan["Draft terms of reference for a Contract Assurance Board"] == (
        "31 Mar 2027 (papers due 3 Feb 2027)"
    )
    (_, _, told), *_ = rows(part(blocks, "Risks"))
    assert told.endswith("20 May 2027 (papers due 10 May 2027)")
    board = words(part(blocks, "Appendix: terms of reference, Contract Assurance Board"))
    assert "Senior Responsible Officer (Marian Cole)" in board
    assert "Legal (Sadie Marsh)" in board


def test_the_raci_names_every_activity_once_with_the_names_of_its_roles() -> None:
    session = named("contract-management")
    found = rows(part(brief(session), "Appendix: who does what (RACI)"))
    assert [row[0] for row in found] == list(session.ref_by_id.values())
    names = {role.code: role.name for role in session.roles}
    for row, one in zip(found, session.in_order, strict=True):
        assert row[1] == one.text + ("" if one.confirmed else " (not yet confirmed)")
        assert row[2].split(", ") == [names[code] for code in (one.lead, *one.also)]
        assert row[3] == names[one.accountable]
        assert row[5] == ", ".join(names[code] for code in one.informed)


def test_the_board_s_terms_have_a_page_with_what_is_not_agreed_said() -> None:
    session = Session(
        roles=(Role("sro", "Director"),),
        board=Board("The Board", chair="sro", members=("sro", "fin"), gates=("award",)),
    )
    blocks = brief(session)
    heading = "Appendix: terms of reference, The Board"
    place = blocks.index(Heading(heading))
    assert blocks[place - 1] == PageBreak()
    found = part(blocks, heading)
    said = words(found)
    assert "Director." in said
    assert "fin" in said
    assert "award." in said
    assert "Still to be agreed: purpose, power, reports to, secretary, quorum, meets," in said
    assert [one.text for one in found if isinstance(one, Heading)] == [
        "Chair",
        "Members",
        "What comes to it",
    ]
    assert "Appendix: terms" not in " ".join(headings(brief(Session())))


def test_the_feedback_thanks_says_what_next_and_what_changed() -> None:
    session = Session(
        workshop=Workshop(process="Payments", facilitator="Fay"),
        people=(Person("p-1", "Ann", team="Finance"),),
        stages=(Stage("S1", "Pay"),),
        activities=(
            Activity("a-1", "S1", "Check the invoice", improve=Improve.CHANGE),
            Activity("a-2", "S1", "Stamp it", improve=Improve.DROP, open_point="Who has it?"),
        ),
        issues=(
            Issue("i-1", "Slow", status=IssueStatus.CLOSED),
            Issue("i-2", "Grants", parked=True),
        ),
        actions=(
            action(1, kind=ActionKind.NEXT_STEP, owner="p-1", due=TODAY),
            action(2, owner="zoe"),
            action(3, status=ActionStatus.DONE),
        ),
    )
    blocks = feedback(session)
    assert headings(blocks) == [
        "Thank you",
        "What was recorded",
        "The process, stage by stage",
        "What you raised, and what is done about it",
        "What happens next",
        "What changed at the workshop",
        "Tell us what is wrong or missing",
    ]
    assert "Ann (Finance)" in words(part(blocks, "Thank you"))
    assert rows(part(blocks, "What happens next")) == [
        ("10 Dec 2026", "Do 1", "Ann"),
        ("no date yet", "Do 2", "zoe"),
    ]
    assert "S1.02 Stamp it: Who has it?" in words(part(blocks, "What was recorded"))
    changed = words(part(blocks, "What changed at the workshop"))
    for said in (
        "To change: S1.01 Check the invoice.",
        "To drop: S1.02 Stamp it.",
        "Issues closed: “Slow”.",
        "Done already: “Do 3”.",
    ):
        assert said in changed
    assert "send it back to Fay" in words(blocks)


def test_the_feedback_of_a_second_session_says_what_changed_since_the_first() -> None:
    first = named("contract-management")
    point = next(one for one in first.activities if one.open_point)
    began = second_session(first, seed="x")
    later = dataclasses.replace(
        began,
        activities=tuple(
            dataclasses.replace(one, open_point="", lead="pro") if one.id == point.id else one
            for one in began.activities
        ),
    )
    said = report(later, Audience.PARTICIPANTS, TODAY, earlier=first).parts
    found = words(part(said, "What changed at the workshop"))
    assert f"Open points settled: “{point.open_point}”" in found
    assert Heading("What changed since last time", 2) in said
    assert f"{first.ref_by_id[point.id]} “{point.text}”" in found
    assert "To be confirmed again" not in found
    same = report(began, Audience.PARTICIPANTS, TODAY, earlier=first).parts
    assert Heading("What changed since last time", 2) not in same
    # Seen from nowhere, nothing is known to be settled.
    assert "Open points settled" not in words(feedback(later))


def test_nothing_recorded_is_said_and_no_figure_is_made_up() -> None:
    said = words(brief(Session())) + words(feedback(Session()))
    assert "The group has not agreed any recommendation yet." in said
    assert "No activity is recorded yet." in said
    assert "No open risk is recorded." in said
    assert not any(character.isdigit() for character in said)
    stages = Session(stages=(Stage("S1", "Pay"),))
    assert rows(part(brief(stages), "The process at a glance"))[0][1] == "not recorded yet"


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", sample_sessions.NAMES)
def test_every_sample_makes_content_without_a_line_break_or_a_control(
    name: str, audience: Audience
) -> None:
    content = report(named(name), audience, TODAY)
    texts = [content.title, content.subtitle, content.marking, words(content.parts)]
    texts += [cell for row in rows(content.parts) for cell in row]
    assert all(text == "\n".join(filter(None, text.split("\n"))) for text in texts)
    assert not any(ord(mark) < 32 and mark != "\n" for text in texts for mark in text)
    assert all(len(row) == len(one.heads) for one in content.parts if isinstance(one, Table)
               for row in one.rows)  # fmt: skip
