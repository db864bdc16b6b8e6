"""Set up's edits: what may be said, what follows, what is refused and in which words."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from offwall.model.actions.approvals import APPROVALS, rung_uses
from offwall.model.records.changes import apply, diff
from offwall.model.records.record_kind import RecordKind
from offwall.model.records.session import (
    DEFAULT_APPROVALS,
    Action,
    Activity,
    Board,
    Document,
    Group,
    Issue,
    Person,
    Photo,
    Remark,
    Rhythm,
    Role,
    Session,
    Stage,
)
from offwall.model.records.text import EditError, excerpt, join_texts, line_of, texts_from
from offwall.model.records.uses import describe_uses
from offwall.model.setup.documents import DOCUMENTS
from offwall.model.setup.glossary import WORDS
from offwall.model.setup.meetings import MEETINGS, NOTICE
from offwall.model.setup.people_and_roles import PEOPLE, ROLES, free_code, role_from
from offwall.model.setup.photos import PHOTOS
from offwall.model.setup.stages import STAGES, next_stage_id
from offwall.model.setup.workshop import WORKSHOP
from offwall.model.topics.board import BOARD, DECIDERS, GATES
from offwall.model.topics.tiers import TIERS
from tests.strategies import EXAMPLES, HOSTILE, sessions

TODAY = dt.date(2026, 12, 10)

WALL = Session(
    stages=(Stage("S1", "Mobilise", accountable="hos"), Stage("S2", "Manage")),
    roles=(
        Role("cm", "Contract Manager", ("Contracts Manager",)),
        Role("hos", "Head of Service"),
        Role("hop", "Head of Procurement"),
        Role("ict", "ICT"),
    ),
    people=(Person("p-1", "Jane Doe", "cm"), Person("p-2", "Ali")),
    activities=(
        Activity(
            "a-1",
            "S1",
            "Hold kick-off meeting",
            lead="cm",
            also=("hop", "cm"),
            accountable="hos",
            consulted=("cm", "hos"),
            informed=("cm",),
            decided_by="cm",
        ),
    ),
    actions=(
        Action("n-1", "Pilot it", owner="p-1", helper="cm", approval="Director"),
        Action("n-2", "Tell them", owner="Jane Doe", approval="full council"),
    ),
    documents=(Document("Risk log", owner="cm"),),
    issues=(Issue("i-1", "Nobody asked", raised_by="Jane Doe"),),
    photos=(Photo("f-1", taken_by="Jane Doe"),),
    remarks=(Remark("r-1", "S1", "Too short"), Remark("r-2", "a-1", "Quite")),
    board=Board("Board", chair="cm", members=("hos", "cm", "Jane Doe")),
)


KINDS: tuple[RecordKind[Any], ...] = (
    *(STAGES, ROLES, PEOPLE, MEETINGS, APPROVALS),
    *(DOCUMENTS, TIERS, WORDS, PHOTOS, GATES, DECIDERS),
)


def add(
    kind: RecordKind[Any],
    session: Session,
    name: str = "",
    *,
    today: dt.date = TODAY,
    seed: str = "s",
    beside: str = "",
    before: bool = False,
    **said: str,
) -> Session:
    """The session with a record of that name, where nothing else is answered."""
    answers = {kind.asks[0].name: name, **said}
    return kind.add(session, answers, today=today, seed=seed, beside=beside, before=before)


def change(
    kind: RecordKind[Any], session: Session, key: str, *, today: dt.date = TODAY, **said: str
) -> Session:
    return kind.change(session, key, said, today=today)


def role_of(session: Session, code: str) -> Role:
    return session.role_by_code[code]


# Stages


def test_a_stage_needs_nothing_but_its_name() -> None:
    session = add(STAGES, add(STAGES, Session(), " Mobilise\n"), "Manage", rhythm="cy")
    assert session.stages == (Stage("S1", "Mobilise"), Stage("S2", "Manage", rhythm=Rhythm.CYCLE))


def test_the_next_id_follows_the_highest_number_whatever_else_there_is() -> None:
    session = Session(stages=(Stage("s9", "A"), Stage("X", "B"), Stage("S2", "C")))
    assert next_stage_id(session) == "S10"


@pytest.mark.parametrize(
    ("beside", "before", "order"),
    [
        ("S1", False, ["S1", "S3", "S2"]),
        ("S1", True, ["S3", "S1", "S2"]),
        ("S2", True, ["S1", "S3", "S2"]),
        ("", False, ["S1", "S2", "S3"]),
        ("gone", True, ["S1", "S2", "S3"]),
    ],
)
def test_a_stage_goes_beside_another(beside: str, before: bool, order: list[str]) -> None:
    session = add(STAGES, WALL, "Between", beside=beside, before=before)
    assert [stage.id for stage in session.stages] == order


@pytest.mark.parametrize("said", ["S 1", "S1.2", "s2", "a\tb"])
def test_an_id_that_would_break_refs_is_refused(said: str) -> None:
    with pytest.raises(EditError, match=r"without a dot|already the id of Manage. S3 is free"):
        add(STAGES, WALL, "Other", id=said)


def test_a_new_id_is_followed_by_activities_and_remarks() -> None:
    said = {"rhythm": "dem", "accountable": "contract m", "about": "From here"}
    session = change(STAGES, WALL, "S1", name="Start", id="A", **said)
    assert session.stages[0] == Stage("A", "Start", "From here", Rhythm.ON_DEMAND, "cm")
    assert session.ref_by_id["a-1"] == "A.01"
    assert [remark.on for remark in session.remarks] == ["A", "a-1"]


def test_a_stage_may_be_given_its_own_id_in_other_letters() -> None:
    session = change(STAGES, WALL, "S1", name="Go", id="s1", rhythm="", accountable="", about="")
    assert [activity.stage for activity in session.activities] == ["s1"]


def test_only_a_stage_without_activities_can_go() -> None:
    with pytest.raises(EditError, match=r"S1 Mobilise still has 1 activity\. Move"):
        STAGES.remove(WALL, "S1")
    assert [stage.id for stage in STAGES.remove(WALL, "S2").stages] == ["S1"]
    with pytest.raises(EditError, match="Undo"):
        STAGES.remove(STAGES.remove(WALL, "S2"), "S2")


@pytest.mark.parametrize("said", ["", " ", "\x00", "\n"])
def test_nothing_can_be_without_a_name(said: str) -> None:
    for attempt in (
        lambda: add(STAGES, WALL, said),
        lambda: add(ROLES, WALL, said),
        lambda: add(PEOPLE, WALL, said),
        lambda: add(MEETINGS, WALL, said),
        lambda: add(APPROVALS, WALL, said),
    ):
        with pytest.raises(EditError, match=r"^Say "):
            attempt()


# Roles


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Senior Responsible Officer", "sro"),
        ("Finance", "fin"),
        ("Head of Service", "hos2"),
        ("Contracts Manager", "cm2"),
        ("ICT", "ict2"),
        ("Section 151 Officer", "s1o"),
        ("[/", "role"),
        ("Équipe", "équ"),
        ("name " * 400, "nnnnn"),
    ],
)
def test_a_code_is_made_from_the_name(name: str, code: str) -> None:
    assert free_code(WALL, name) == code


@pytest.mark.parametrize("code", ["a b", "cm,pro", "?", "a:b", "x>y", "-cm", "[PO]", "=1+1", "🧾"])
def test_a_code_that_cannot_be_typed_on_the_line_is_refused(code: str) -> None:
    with pytest.raises(EditError, match="cannot be typed after @"):
        add(ROLES, WALL, "Other", code=code)


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Audit", "code": "CM"},
        {"name": "contract  manager", "code": "x"},
        {"name": "Contracts manager", "code": "x"},
        {"name": "Audit", "code": "x", "also_called": "Scrutiny, ICT"},
        {"name": "hos", "code": "x"},
    ],
)
def test_no_word_means_two_roles(said: dict[str, str]) -> None:
    with pytest.raises(EditError, match="already means a role"):
        add(ROLES, WALL, **said)


def test_a_clash_that_is_there_already_stops_nobody() -> None:
    twins = Session(roles=(Role("a", "Same"), Role("b", "Same")))
    said = {"name": "Same", "code": "b", "also_called": "Other", "about": ""}
    assert role_of(change(ROLES, twins, "b", **said), "b").also_called == ("Other",)


def test_a_new_code_is_followed_by_all_that_names_the_role() -> None:
    said = {"name": "Contract Manager", "code": "k", "also_called": "", "about": ""}
    session = change(ROLES, WALL, "cm", **said)
    assert "'cm'" not in repr(session)
    assert describe_uses(session, "roles", "k") == describe_uses(WALL, "roles", "cm")
    activity = session.activities[0]
    assert (activity.lead, activity.also, activity.consulted) == ("k", ("hop", "k"), ("k", "hos"))
    assert session.board is not None
    assert session.board.members == ("hos", "k", "Jane Doe")


def test_a_role_that_is_named_stays_and_the_sentence_counts_where() -> None:
    with pytest.raises(
        EditError, match=r"1 activity, 1 person, 1 action, 1 document, the board. Name another"
    ):
        ROLES.remove(WALL, "cm")
    assert "ict" not in ROLES.remove(WALL, "ict").role_by_code


@pytest.mark.parametrize(
    ("said", "code"),
    [("HOS", "hos"), ("contract manager", "cm"), ("contracts", "cm"), ("ic", "ict"), ("", "")],
)
def test_a_role_is_found_by_code_name_other_name_or_its_start(said: str, code: str) -> None:
    assert role_from(WALL, said) == code


def test_what_means_no_role_or_two_is_said() -> None:
    with pytest.raises(EditError, match=r"hos \(Head of Service\), hop \(Head of Procurement\)"):
        role_from(WALL, "head")
    with pytest.raises(EditError, match=r"No role is called \[PO\]"):
        role_from(WALL, "[PO]")


# People


def test_a_person_is_typed_fast() -> None:
    session = add(PEOPLE, WALL, "Bo", role="head of s", group="s", seed="1", beside="p-1")
    made = session.people[1]
    assert (made.name, made.role, made.group) == ("Bo", "hos", Group.SENIOR)
    assert made.id.startswith("p-")
    assert add(PEOPLE, WALL, "Bo", role="head of s", group="s", seed="1", beside="p-1") == session


def test_a_person_twice_is_refused_unless_the_team_differs() -> None:
    with pytest.raises(EditError, match="already on the list"):
        add(PEOPLE, WALL, "jane doe")
    assert len(add(PEOPLE, WALL, "Jane Doe", team="Legal").people) == 3


def test_the_start_of_a_group_must_mean_one() -> None:
    with pytest.raises(EditError, match="core, participant, corporate, senior"):
        add(PEOPLE, WALL, "Bo", group="co")


def test_a_new_name_is_taken_over_where_the_old_one_stood() -> None:
    session = change(PEOPLE, WALL, "p-1", name="Jane Dow", role="cm", team="", group="core")
    assert session.actions[1].owner == session.issues[0].raised_by == "Jane Dow"
    assert session.photos[0].taken_by == "Jane Dow"
    assert session.board is not None
    assert "Jane Dow" in session.board.members


def test_the_name_of_two_people_is_not_taken_over() -> None:
    twins = replace(WALL, people=(*WALL.people, Person("p-3", "Jane Doe")))
    session = change(PEOPLE, twins, "p-3", name="Janet", role="", team="", group="")
    assert session.issues[0].raised_by == "Jane Doe"


def test_a_person_with_actions_stays() -> None:
    with pytest.raises(EditError, match="named by 2 actions, the board"):
        PEOPLE.remove(WALL, "p-1")
    assert [person.id for person in PEOPLE.remove(WALL, "p-2").people] == ["p-1"]
    helping = replace(WALL, actions=(Action("n-3", "Help", helper="p-2"),))
    with pytest.raises(EditError, match=r"Ali is still named by 1 action\. Name"):
        PEOPLE.remove(helping, "p-2")


# Meetings


def test_dates_are_said_as_people_say_them() -> None:
    session = add(MEETINGS, WALL, "Cabinet", date="9 Feb", papers_by="26/1")
    made = session.meetings[0]
    assert (made.date, made.papers_by) == (dt.date(2027, 2, 9), dt.date(2027, 1, 26))
    later = dt.date(2030, 1, 1)
    said = {"body": "Cabinet", "date": "9 Feb 2027", "papers_by": "26 Jan 2027"}
    assert change(MEETINGS, session, made.id, **said, today=later) == session
    assert MEETINGS.remove(session, made.id).meetings == ()


@pytest.mark.parametrize("said", ["soon", "31/2", "[/", "=1+1", "2" * 500, "9 Feb 27 🧾"])
def test_what_is_no_date_is_said_shortly(said: str) -> None:
    with pytest.raises(EditError, match=r"is no date\. Type one such as") as refused:
        add(MEETINGS, WALL, "Cabinet", date=said)
    assert len(str(refused.value)) < 140


def test_papers_are_due_before_the_meeting() -> None:
    with pytest.raises(EditError, match="Wed 10 Feb 2027, after the meeting on Tue 9 Feb 2027"):
        add(MEETINGS, WALL, "Cabinet", date="9 Feb", papers_by="10 Feb")


# Approvals


def test_the_ladder_is_the_councils_own_once_it_is_changed() -> None:
    session = add(APPROVALS, WALL, "chief executive", beside="director")
    assert session.workshop.approvals[3] == "chief executive"
    assert add(APPROVALS, WALL, "ward", beside="team", before=True).approvals[0] == "ward"
    assert APPROVALS.move(WALL, "team", 1).approvals[:2] == ("head of service", "team")
    assert WALL.workshop.approvals == ()


@pytest.mark.parametrize("said", ["DIRECTOR", " whole  council", "Full council"])
def test_a_rung_twice_is_refused(said: str) -> None:
    with pytest.raises(EditError, match="already on the ladder"):
        add(APPROVALS, WALL, said)
    with pytest.raises(EditError, match="already on the ladder"):
        change(APPROVALS, WALL, "team", text=said)


def test_actions_follow_a_rung_that_is_called_something_else() -> None:
    session = change(APPROVALS, WALL, "director", text="executive director")
    assert session.actions[0].approval == "executive director"
    assert change(APPROVALS, WALL, "Full Council", text="Council").actions[1].approval == "Council"
    assert change(APPROVALS, WALL, "director", text="Director").approvals[2] == "Director"
    assert change(APPROVALS, WALL, "director", text="director") is WALL


def test_a_rung_that_actions_need_stays_and_so_does_the_last() -> None:
    assert rung_uses(WALL, "whole council") == 1
    with pytest.raises(EditError, match="1 action still needs director"):
        APPROVALS.remove(WALL, "director")
    assert APPROVALS.remove(WALL, "team").approvals == DEFAULT_APPROVALS[1:]
    alone = replace(WALL, workshop=replace(WALL.workshop, approvals=("x",)))
    with pytest.raises(EditError, match="at least one"):
        APPROVALS.remove(alone, "x")
    with pytest.raises(EditError, match="already the last"):
        APPROVALS.move(alone, "x", 1)


# The workshop


def test_the_workshop_takes_what_is_said_and_keeps_the_rest() -> None:
    said = {"title": "Map", "date": "today", "objectives": "One; Two;; One", "topic": "45"}
    session = WORKSHOP.change(WALL, said, today=TODAY)
    assert session.workshop.objectives == ("One", "Two")
    assert (session.workshop.date, session.clock.topic.planned) == (TODAY, 45)
    back = WORKSHOP.change(session, {"topic": " ", "date": ""}, today=TODAY)
    assert (back.workshop.title, back.workshop.date) == ("Map", None)
    assert back.clock.topic.planned is None


@pytest.mark.parametrize("said", [{"topic": "an hour"}, {"plan": "0"}, {"date": "soon"}])
def test_the_workshop_refuses_what_is_no_date_and_no_minutes(said: dict[str, str]) -> None:
    with pytest.raises(EditError, match="Type one such as"):
        WORKSHOP.change(WALL, said, today=TODAY)


# Documents


def test_a_document_is_registered_once_and_a_new_name_is_followed_everywhere() -> None:
    wall = replace(WALL.activities[0], documents=("Risk log", "Exit plan"))
    session = replace(WALL, activities=(wall,))
    with pytest.raises(EditError, match="risk LOG is in the register already"):
        add(DOCUMENTS, session, "risk  LOG")
    assert DOCUMENTS.asks[0].choices(session) == ("Exit plan",)
    session = add(DOCUMENTS, session, "Exit plan", owner="head of s", template="T1", where="K:")
    assert session.documents[1] == Document("Exit plan", "hos", "T1", "K:")
    with pytest.raises(EditError, match="Exit plan is in the register already"):
        change(DOCUMENTS, session, "Risk log", name="Exit plan")
    session = change(DOCUMENTS, session, "Exit plan", name="Exit plan 2")
    assert session.activities[0].documents == ("Risk log", "Exit plan 2")
    said = list(DOCUMENTS.detail(session, session.documents[1]))
    assert said == ["Exit plan 2", "Head of Service", "template: T1", "K:", "used at S1.01"]


def test_a_document_that_is_named_stays_and_another_goes() -> None:
    session = add(DOCUMENTS, WALL, "Exit plan")
    used = replace(WALL.activities[0], documents=("Exit plan",))
    with pytest.raises(EditError, match=r"Exit plan is still named at S1\.01\. Take it off"):
        DOCUMENTS.remove(replace(session, activities=(used,)), "Exit plan")
    assert DOCUMENTS.remove(session, "Exit plan") == WALL


# Whatever there is

few = settings(max_examples=max(1, EXAMPLES // 4))
"""A whole session takes long to draw: a quarter of the examples that others try."""


def untouched(session: Session) -> Session:
    """Every form kept as it was shown."""
    for heading in (WORKSHOP, NOTICE, BOARD) if session.board else (WORKSHOP, NOTICE):
        session = heading.change(session, heading.shown(session), today=TODAY)
    for kind in KINDS:
        for key, record in kind.keyed(session).items():
            said = {ask.name: ask.show(session, getattr(record, ask.name)) for ask in kind.asks}
            session = kind.change(session, key, said, today=TODAY)
    return session


def named(session: Session) -> Session:
    """The session where each record has what it cannot be without."""

    def with_text(record: Any, name: str) -> Any:
        return record if line_of(getattr(record, name)) else replace(record, **{name: "Named"})

    rungs = tuple(filter(line_of, session.workshop.approvals))
    board = session.board and with_text(session.board, "name")
    return replace(
        session,
        stages=tuple(with_text(stage, "name") for stage in session.stages),
        roles=tuple(with_text(role, "name") for role in session.roles),
        people=tuple(with_text(person, "name") for person in session.people),
        board=board and replace(board, gates=tuple(filter(line_of, board.gates))),
        tiers=tuple(with_text(tier, "name") for tier in session.tiers),
        words=tuple(with_text(word, "say") for word in session.words),
        documents=tuple(with_text(document, "name") for document in session.documents),
        meetings=tuple(with_text(meeting, "body") for meeting in session.meetings),
        workshop=replace(session.workshop, approvals=rungs),
    )


@few
@given(sessions().map(named))
def test_a_form_that_is_kept_untouched_changes_nothing(session: Session) -> None:
    assert untouched(session) == session


@few
@given(sessions().map(named), st.data())
def test_a_new_code_leaves_no_pointer_behind_and_the_file_follows(
    session: Session, data: st.DataObject
) -> None:
    assume(session.roles)
    role = data.draw(st.sampled_from(session.roles))
    assume(not describe_uses(session, "roles", "zz9"))
    said = {
        "name": role.name,
        "also_called": join_texts(role.also_called, ","),
        "about": role.about,
    }
    changed = change(ROLES, session, role.code, **said, code="zz9")
    assert describe_uses(changed, "roles", role.code) == ""
    assert describe_uses(changed, "roles", "zz9") == describe_uses(session, "roles", role.code)
    assert apply(session, diff(session, changed)) == changed


@few
@given(sessions(), st.sampled_from(HOSTILE), st.booleans())
def test_whatever_is_typed_is_kept_as_one_line_or_refused_with_a_sentence(
    session: Session, text: str, before: bool
) -> None:
    beside = session.stages[-1].id
    sentences = []
    for attempt in (
        lambda s: add(STAGES, s, text, about=text, beside=beside, before=before),
        lambda s: add(ROLES, s, text, also_called=text, about=text),
        lambda s: add(PEOPLE, s, text, team=text, role=text),
        lambda s: add(APPROVALS, s, text),
        lambda s: WORKSHOP.change(s, {"title": text, "purpose": text}, today=TODAY),
    ):
        try:
            session = attempt(session)
        except EditError as sentence:
            sentences.append(str(sentence))
    assert all(said.endswith(".") and len(said) < 400 for said in sentences)
    new = [stage.name for stage in session.stages if stage.about and stage.name == stage.about]
    assert all("\n" not in name for name in new)


@pytest.mark.slow
@few
@given(sessions(), st.sampled_from([1, -1]))
def test_a_move_there_and_back_changes_nothing(session: Session, by: int) -> None:
    assume(len(session.stages) > 1)
    stage = session.stages[-1 if by < 0 else 0].id
    moved = STAGES.move(session, stage, by)
    assert moved.stages != session.stages
    assert STAGES.move(moved, stage, -by) == session


def test_nothing_moves_past_an_end() -> None:
    with pytest.raises(EditError, match="already the first"):
        ROLES.move(WALL, "cm", -1)


@pytest.mark.parametrize("texts", [("a", "b c"), (), ("[PO]", "=1+1", "🧾")])
def test_what_a_form_shows_joined_is_read_back(texts: tuple[str, ...]) -> None:
    assert texts_from(join_texts(texts, ";"), ";") == texts


def test_a_sentence_quotes_the_beginning_of_a_long_text() -> None:
    assert excerpt("x" * 500) == "x" * 39 + "…"
