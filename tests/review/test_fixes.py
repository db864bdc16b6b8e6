"""One key mends: the finding is gone, nothing else is touched, and its name says what it did."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings

from offwall.model.process.names import REMOVED
from offwall.model.records.session import (
    END,
    Action,
    Activity,
    Document,
    Issue,
    Person,
    Remark,
    Role,
    Route,
    Session,
    Stage,
    Topic,
    Word,
)
from offwall.model.review.checks import Finding, findings
from offwall.model.review.fixes import Fix, FixFinder
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import EXAMPLES, HOSTILE, sessions

ROLES = (Role("cm", "Contract Manager", ("Contracts Manager",)), Role("hos", "Head of Service"))
GOOD = Activity(
    "a1",
    "S1",
    "Check the invoice",
    lead="cm",
    accountable="hos",
    sequence_confirmed=True,
    lead_confirmed=True,
)
CLEAN = Session(stages=(Stage("S1", "One"),), roles=ROLES, activities=(GOOD,))


def with_activity(**changes: object) -> Session:
    return replace(CLEAN, activities=(replace(GOOD, **changes),))  # type: ignore[arg-type]


def mend(session: Session, kind: str) -> tuple[str, Session]:
    """What mending the first finding of a kind says and gives."""
    finding = next(one for one in findings(session) if one.kind == kind)
    mending = FixFinder(session).of(finding)
    assert mending
    mended = mending.change(session)
    assert finding not in findings(mended)
    return mending.label, mended


def no_mending(session: Session, kind: str) -> bool:
    finding = next(one for one in findings(session) if one.kind == kind)
    return FixFinder(session).of(finding) is None


def test_an_unknown_role_is_made_and_every_record_names_it() -> None:
    session = with_activity(lead="xyz", consulted=("xyz",))
    session = replace(session, actions=(Action("n1", "x", owner="xyz"),))
    said, mended = mend(session, "unknown role")
    assert said == "Made the role Xyz (xyz)"
    assert mended.roles == (*ROLES, Role("xyz", "Xyz"))
    assert mended.activities == session.activities


def test_a_word_that_cannot_be_a_code_is_given_one() -> None:
    session = with_activity(consulted=("[/", "Legal Team"))
    _, mended = mend(session, "unknown role")
    _, mended = mend(mended, "unknown role")
    assert mended.activities[0].consulted == ("role", "legal-team")
    assert [role.name for role in mended.roles[2:]] == ["[/", "Legal Team"]


@pytest.mark.parametrize("word", ["Contracts manager", "CONTRACT MANAGER", "CM"])
def test_a_role_that_is_known_by_another_name_is_taken(word: str) -> None:
    said, mended = mend(with_activity(informed=(word,)), "unknown role")
    assert said == f"{word} is Contract Manager now"
    assert mended.roles == ROLES
    assert mended.activities[0].informed == ("cm",)


def test_the_role_that_a_stage_offers_is_made_too() -> None:
    session = replace(CLEAN, stages=(Stage("S1", "One", accountable="sro"),))
    assert mend(session, "unknown role")[1].role_by_code["sro"]


@pytest.mark.parametrize("field", ["consulted", "informed"])
def test_a_lead_is_not_told_of_its_own_work(field: str) -> None:
    said, mended = mend(with_activity(**{field: ("hos", "cm")}), "lead also told")
    assert getattr(mended.activities[0], field) == ("hos",)
    assert said == f"S1.01: cm leads, not {field} too"


def test_nobody_accountable_takes_the_stage_s_where_that_is_a_role() -> None:
    session = with_activity(accountable="")
    assert no_mending(session, "no accountable")
    session = replace(session, stages=(Stage("S1", "One", accountable="nobody"),))
    assert no_mending(session, "no accountable")
    session = replace(session, stages=(Stage("S1", "One", accountable="hos"),))
    said, mended = mend(session, "no accountable")
    assert mended.activities == (GOOD,)
    assert said == "S1.01: Head of Service accountable, as for the stage"


def test_a_way_to_a_removed_activity_becomes_an_open_target() -> None:
    routes = (Route("Yes", "a-gone"), Route("No", END), Route("Else", "a-lost"))
    session = with_activity(decision="Right?", routes=routes)
    _, mended = mend(session, "missing target")
    assert mended.activities[0].routes == (Route("Yes", "", REMOVED), *routes[1:])
    _, mended = mend(mended, "missing target")
    assert mended.activities[0].routes[2] == Route("Else", "", REMOVED)
    assert [one.kind for one in findings(mended)] == ["open target", "open target"]
    _, mended = mend(with_activity(then="a-gone"), "missing target")
    assert mended.activities[0].then == REMOVED
    assert "open target" in [one.kind for one in findings(mended)]
    assert loads(dumps(mended)) == mended


def test_an_open_target_that_means_an_activity_by_now_is_matched() -> None:
    other = replace(GOOD, id="a2", text="Mobilisation plan")
    routes = (Route("Yes"), Route("No", to_words="mobilisation plan"), Route("Else", to_words="?"))
    session = replace(with_activity(decision="Right?", routes=routes), roles=ROLES)
    assert no_mending(session, "open target")
    session = replace(session, activities=(*session.activities, other))
    said, mended = mend(session, "open target")
    assert said == "S1.01 leads to S1.02 now"
    assert mended.activities[0].routes[1] == Route("No", "a2")
    assert mended.activities[0].routes[2] == routes[2]
    jump = replace(with_activity(then="Mobilisation"), activities=(replace(GOOD, then="x y"),))
    assert no_mending(jump, "open target")


def test_a_word_to_avoid_is_said_as_agreed_everywhere_whole_and_with_its_capital() -> None:
    words = (Word("contract register", ("register", "contract log")), Word("", ("CAB",)))
    session = replace(
        with_activity(
            text="Registered on the contract register? See the Contract  log and the register",
            decision="Is it on the REGISTER?",
            routes=(Route("On register"), Route("No")),
            documents=("Register", "Form"),
        ),
        words=words,
        documents=(Document("Register", owner="cm"), Document("Log")),
        issues=(Issue("i1", "The contract log is lost"),),
        actions=(Action("n1", "Tell the CAB", owner="cm"),),
    )
    said, mended = mend(session, "word to avoid")
    assert said == "Says contract register for contract log everywhere"
    assert mended.issues[0].text == "The contract register is lost"
    said, mended = mend(mended, "word to avoid")
    found = mended.activities[0]
    assert found.text == (
        "Registered on the contract register? See the Contract register and the contract register"
    )
    assert found.decision == "Is it on the Contract register?"
    assert found.routes[0] == Route("On contract register")
    assert found.documents == ("Contract register", "Form")
    assert mended.documents == (Document("Contract register", owner="cm"), Document("Log"))
    assert no_mending(mended, "word to avoid")


def test_what_holds_the_very_word_that_it_stands_for_is_put_on_one_line() -> None:
    session = replace(with_activity(text="Log, log"), words=(Word("a\nlog", ("log",)),))
    _, mended = mend(session, "word to avoid")
    assert mended.activities[0].text == "A log, a log"
    assert "word to avoid" not in {each.kind for each in findings(mended)}


@pytest.mark.parametrize("blank", ["", " ", "\t \n", "\u00a0\u3000"])
def test_a_word_with_nothing_to_say_for_it_is_for_the_group_to_choose(blank: str) -> None:
    session = replace(with_activity(text="The log"), words=(Word(blank, ("log",)),))
    (found,) = (each for each in findings(session) if each.kind == "word to avoid")
    assert found.text.endswith("; choose another word.")
    assert FixFinder(session).of(found) is None


@pytest.mark.parametrize("say", [" register", "the\n register ", "\tregister\u00a0"])
@pytest.mark.parametrize("avoid", [" Log", "log\n"])
def test_blank_space_in_a_word_of_a_file_made_by_hand_is_not_of_the_word(
    say: str, avoid: str
) -> None:
    session = replace(with_activity(text="Logs: ask for the log"), words=(Word(say, (avoid,)),))
    said, mended = mend(session, "word to avoid")
    line = " ".join(say.split())
    assert said == f"Says {line} for log everywhere"
    assert mended.activities[0].text.endswith(f" {line}")
    assert "word to avoid" not in {each.kind for each in findings(mended)}


def test_what_points_at_something_gone_points_at_nothing() -> None:
    session = replace(
        CLEAN,
        issues=(Issue("i1", "x", activity="a-gone"),),
        topics=(Topic("t1", "issue", issue="i-gone"),),
        actions=(Action("n1", "x", owner="cm", activity="a1", issue="i-gone"),),
    )
    for _ in range(3):
        session = mend(session, "lost pointer")[1]
    assert not any(one.kind == "lost pointer" for one in findings(session))
    assert session.actions[0].activity == "a1"
    remark = replace(CLEAN, remarks=(Remark("r1", "gone", "x"),))
    assert no_mending(remark, "lost pointer")


@pytest.mark.parametrize(
    ("session", "kind"),
    [
        (with_activity(lead=""), "no lead"),
        (with_activity(open_point="Who?"), "open point"),
        (with_activity(lead_confirmed=False), "unconfirmed"),
        (with_activity(decision="?", routes=(Route("Yes"),)), "too few answers"),
        (replace(CLEAN, documents=(Document("Form", template="no"),)), "no template"),
        (replace(CLEAN, roles=(*ROLES, Role("fin", "Finance"))), "unused role"),
    ],
)
def test_what_people_have_to_say_has_no_mending(session: Session, kind: str) -> None:
    assert no_mending(session, kind)


def test_a_mending_made_again_changes_nothing_more() -> None:
    session = with_activity(lead="xyz", informed=("xyz",), accountable="Head of service")
    for finding in findings(session):
        mending = FixFinder(session).of(finding)
        if mending:
            once = mending.change(session)
            assert mending.change(once) == once


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 500])
def test_hostile_words_become_roles_and_stay_text(text: str) -> None:
    session = replace(with_activity(lead=text), people=(Person("p1", "Jane", role=text),))
    said, mended = mend(session, "unknown role")
    assert mended.activities[0].lead in mended.role_by_code
    assert mended.people[0].role == mended.activities[0].lead
    assert "\n" not in said
    assert loads(dumps(mended)) == mended


@pytest.mark.slow
@settings(max_examples=max(1, EXAMPLES // 2))
@example(
    replace(
        CLEAN,
        stages=(Stage("S1", "Check the contract log"),),
        words=(Word(" ", ("contract log",)),),
    )
)
@given(sessions())
def test_no_mending_raises_and_each_leaves_a_session_that_can_be_kept(session: Session) -> None:
    mender = FixFinder(session)
    found: dict[str, tuple[Finding, Fix]] = {}
    for finding in findings(session):
        mending = mender.of(finding)
        if mending:
            found.setdefault(finding.kind, (finding, mending))
    for finding, mending in found.values():
        mended = mending.change(session)
        assert mended != session
        assert mending.label
        assert [each.id for each in mended.activities] == [each.id for each in session.activities]
        assert loads(dumps(mended)) == mended
        assert findings(mended).count(finding) < findings(session).count(finding)
