"""Agreed words found and said everywhere; two names for one thing made one."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.line.parse import parse
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.records.fields import Table
from offwall.model.records.session import (
    END,
    Action,
    Activity,
    Board,
    Document,
    Issue,
    Person,
    Photo,
    Remark,
    Role,
    Route,
    Session,
    Stage,
    Tier,
    Topic,
    Word,
    Workshop,
)
from offwall.model.records.text import EditError, fold
from offwall.model.records.uses import describe_uses, every_text, reword_every_text
from offwall.model.review.duplicates import merge_documents, merge_owners, merge_roles, merge_teams
from offwall.model.setup.glossary import (
    WORDS,
    GlossaryMatcher,
    plural,
    remaining_uses,
    remaining_uses_of,
    replace_everywhere,
)
from tests.journey import TODAY
from tests.strategies import EXAMPLES, HOSTILE, sessions, texts

LOG = Word("contract register", ("contract log", "contracts database"))


def put(text: str, *words: Word) -> str:
    word = (words or (LOG,))[0]
    return GlossaryMatcher(words or (LOG,)).put(text, map(fold, word.avoid))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Update the contract log", "Update the contract register"),
        ("Contract log kept", "Contract register kept"),
        ("CONTRACT  LOG", "Contract register"),
        ("two contract logs", "two contract registers"),
        ("the contract log's owner", "the contract register's owner"),
        ("contract log, contracts database.", "contract register, contract register."),
        ("contract logging", "contract logging"),
        ("subcontract log", "subcontract log"),
        ("contract log\u0301", "contract log\u0301"),
        ("contract\nlog", "contract\nlog"),
        ("CONTRACTS DATABASE", "Contract register"),
        ("[contract log]", "[contract register]"),
        ("=contract log+1", "=contract register+1"),
        ("\u202econtract log 🧾", "\u202econtract register 🧾"),
        ("", ""),
    ],
)
def test_whole_words_are_put_right(text: str, said: str) -> None:
    assert put(text) == said


def test_a_word_within_an_agreed_word_is_not_blamed() -> None:
    words = (Word("contract register", ("register",)),)
    assert put("the contract register and the register", *words) == (
        "the contract register and the contract register"
    )
    assert put("two contract registers", *words) == "two contract registers"
    assert list(GlossaryMatcher(words).found("Contract registers; Registers")) == ["register"]


@pytest.mark.parametrize("avoid", ["Straße", "İşlem", "ﬁle", "log ", "[/", "=1+1", "🧾 list"])
def test_a_word_is_found_as_it_is_spelt(avoid: str) -> None:
    assert put(f"the {avoid.strip()} here", Word("log book", (avoid,))).endswith("log book here")


def test_what_is_said_on_two_lines_is_put_on_one() -> None:
    word = Word("contract\n log", ("log",))
    assert put("the log", word) == "the contract log"
    assert put("the contract log", word) == "the contract log"


def test_what_the_group_wrote_comes_before_a_plural_made_of_it() -> None:
    assert put("records and record", Word("records", ("record",))) == "records and records"
    assert put("logs", Word("record", ("log",)), Word("journal", ("logs",))) == "logs"


def test_a_word_with_a_capital_of_its_own_asks_for_none() -> None:
    form = Word("scorecard", ("KPI form",))
    assert put("the KPI form", form) == "the scorecard"
    assert put("KPI forms kept. KPI form read", form) == "Scorecards kept. Scorecard read"


def test_a_capital_alone_is_no_word_to_avoid() -> None:
    assert put("kpi form", Word("KPI form", ("kpi form",))) == "kpi form"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("log", "logs"),
        ("policy", "policies"),
        ("day", "days"),
        ("process", "processes"),
        ("box", "boxes"),
        ("records", "records"),
        ("KPI", "KPIs"),
        ("[/", "[/"),
        ("", ""),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


@given(texts, texts, texts)
def test_any_word_can_be_avoided_in_any_text(text: str, say: str, avoid: str) -> None:
    word = Word(say, (avoid,))
    agreed = GlossaryMatcher((word,))
    if not list(agreed.found(text)):
        assert put(text, word) == text
    if fold(avoid) != fold(say):
        said = f"Ω {' '.join(avoid.split())} Ω"
        assert list(agreed.found(said)) == [fold(avoid)] * bool(fold(avoid))


EVERYWHERE = Session(
    workshop=Workshop(
        title="contract log", purpose="One contract log", objectives=("contract log",)
    ),
    people=(Person("p-1", "contract log", team="contract log"),),
    stages=(Stage("S1", "Contract log", about="the contract log"),),
    roles=(Role("cm", "contract log", ("contract log",)),),
    words=(LOG,),
    activities=(
        Activity(
            "a-1",
            "S1",
            "Update the contract log",
            decision="Is the contract log right?",
            limit="as the contract log says",
            routes=(Route("contract log is", "contract log"), Route("", to_words="Contract log")),
            then="check contract logs",
            documents=("Contract log", "contract register"),
            timescale="when the contract log changes",
            note="contract log\ncontract log",
            open_point="Which contract log?",
        ),
        Activity("contract log", "S1", "Meet", then=END, routes=(Route("yes", "contract log"),)),
    ),
    issues=(Issue("i-1", "No contract log", near="contract log", raised_by="contract log"),),
    topics=(Topic("t-1", "own", "contract log", notes="a contract log", outcome="contract log"),),
    tiers=(Tier("gold", "contract log", review="of the contract log"),),
    board=Board("contract log", "contract log", sees="contract log", gates=("contract log", "a-1")),
    actions=(Action("n-1", "Write a contract log", owner="contract log", near="contract log"),),
    documents=(Document("Contract log", "cm"), Document("contract register", where="Intranet")),
    remarks=(Remark("k-1", "a-1", "contract log", "contract log"),),
    photos=(Photo("f-1", "contract log.jpg", "contract log"),),
)


def test_an_agreed_word_reaches_every_text() -> None:
    session = replace_everywhere(EVERYWHERE, LOG)
    assert not [text for text in every_text(session) if "log" in text.said]
    assert remaining_uses(session) == {}
    first, second = session.activities
    assert first.text == "Update the contract register"
    assert first.then == "check contract registers"
    assert first.note == "contract register\ncontract register"
    assert first.routes[0] == Route("contract register is", "contract log")
    assert first.routes[1].to_words == "Contract register"
    assert session.stages[0].name == "Contract register"
    assert session.topics[0].notes == "a contract register"
    assert session.workshop.objectives == ("contract register",)
    assert session.board
    assert session.board.sees == "contract register"
    # An id is no text, even where it reads like one; nor is what is not the group's to reword.
    assert (second.id, second.routes[0].to) == ("contract log", "contract log")
    assert session.board.gates == ("contract log", "a-1")
    for name in ("people", "roles", "words", "remarks", "photos"):
        assert getattr(session, name) == getattr(EVERYWHERE, name)
    assert session.actions[0].owner == "contract log"
    assert replace_everywhere(session, LOG) == session


def test_documents_that_come_to_one_name_are_one() -> None:
    word = Word("Contract register", ("contract log", "Contract list"))
    session = replace(
        EVERYWHERE,
        words=(word,),
        activities=(
            Activity("a-1", "S1", "x", documents=("Contract list", "Risk log", "Contract log")),
        ),
        documents=(
            Document("Contract list", "cm", extra=Table((("later", 1),))),
            Document("Risk log"),
            Document("Contract log", "hos", where="Intranet"),
        ),
    )
    session = replace_everywhere(session, word)
    assert session.activities[0].documents == ("Contract register", "Risk log")
    assert session.documents == (
        Document("Contract register", "cm", where="Intranet", extra=Table((("later", 1),))),
        Document("Risk log"),
    )


def test_where_words_still_stand_is_counted() -> None:
    found = remaining_uses(EVERYWHERE)["contract log"]
    assert remaining_uses_of(EVERYWHERE, LOG) == found
    notes = [place for place in found if place.text.said.startswith("contract log\n")]
    assert [place.times for place in notes] == [2]
    places = [place.text.collection for place in found]
    assert places.count("activities") == 10
    assert places.count("documents") == 1
    assert remaining_uses(replace(EVERYWHERE, words=())) == {}


def test_words_are_agreed_changed_moved_and_removed() -> None:
    said = {"say": " contract  register ", "avoid": "contract log, , contract log"}
    session = WORDS.add(Session(), said)
    assert session.words == (Word("contract register", ("contract log",)),)
    log = session.words[0].say
    session = WORDS.add(session, {"say": "variation"}, beside=log, before=True)
    assert [word.say for word in session.words] == ["variation", "contract register"]
    said = {"say": "Contract register", "avoid": "contract log, list"}
    session = WORDS.change(session, log, said)
    assert session.words[1] == Word("Contract register", ("contract log", "list"))
    session = WORDS.move(session, "Contract register", -1)
    assert [word.say for word in session.words] == ["Contract register", "variation"]
    assert len(WORDS.remove(session, "Contract register").words) == 1
    with pytest.raises(EditError, match="no longer in the session"):
        WORDS.remove(session, log)
    with pytest.raises(EditError, match="already the first"):
        WORDS.move(session, "Contract register", -1)


@pytest.mark.parametrize(
    ("say", "avoid", "sentence"),
    [
        ("", "list", "Say which word"),
        ("  ", "", "Say which word"),
        ("Contract  Register", "", "is agreed already"),
        ("contract log", "", "is what not to say for contract register"),
        ("list", "List", "cannot be both"),
        ("list", "contract register", "is agreed to be said"),
        ("list", "Contract log", "agreed to say contract register already"),
    ],
)
def test_words_that_contradict_are_refused(say: str, avoid: str, sentence: str) -> None:
    with pytest.raises(EditError, match=sentence):
        WORDS.add(EVERYWHERE, {"say": say, "avoid": avoid})
    other = WORDS.add(EVERYWHERE, {"say": "other", "avoid": "another"})
    with pytest.raises(EditError, match=sentence):
        WORDS.change(other, "other", {"say": say, "avoid": avoid})


def test_an_entry_of_a_file_made_by_hand_can_be_changed_for_the_better() -> None:
    odd = (Word("a", ("a", "b, c")), Word("b, c", ("a",)))
    session = replace(EVERYWHERE, words=odd)
    assert WORDS.change(session, odd[0].say, {"say": "a", "avoid": "a, b, c"}).words == odd
    assert WORDS.change(session, odd[0].say, {"say": "a", "avoid": ""}).words[0] == Word("a")
    assert WORDS.change(session, odd[1].say, {"say": "d", "avoid": ""}).words[1] == Word("d")


def test_nothing_is_said_where_nothing_was_agreed() -> None:
    session = replace(EVERYWHERE, words=(Word("", ("contract log",)),))
    assert remaining_uses(session)
    with pytest.raises(EditError, match="what to say for contract log"):
        replace_everywhere(session, session.words[0])


def roles_everywhere() -> Session:
    return Session(
        stages=(Stage("S1", "Begin", accountable="ctm"),),
        roles=(
            Role("cm", "Contract Manager", ("CM",), "Runs it"),
            Role("hos", "Head of Service"),
            Role("ctm", "Contracts manager", ("Manager",), "Runs it", Table((("later", 1),))),
        ),
        people=(Person("p-1", "Jane", role="ctm"),),
        activities=(
            Activity("a-1", "S1", "Lead", lead="ctm", also=("cm",), accountable="hos"),
            Activity("a-2", "S1", "Ask", lead="cm", consulted=("ctm", "hos"), informed=("ctm",)),
            Activity(
                "a-3", "S1", "Say", accountable="ctm", decided_by="ctm", informed=("cm", "hos")
            ),
            Activity("a-4", "S1", "As it was", lead="cm", also=("cm",), informed=("cm",)),
        ),
        actions=(Action("n-1", "Tell", owner="ctm", helper="cm"),),
        documents=(Document("Log", owner="ctm"),),
        board=Board(chair="ctm", members=("cm", "ctm")),
    )


def test_two_roles_become_one_wherever_they_are_named() -> None:
    session = merge_roles(roles_everywhere(), "cm", "ctm")
    assert describe_uses(session, "roles", "ctm") == ""
    assert [role.code for role in session.roles] == ["cm", "hos"]
    merged = session.roles[0]
    assert merged.also_called == ("Contracts manager", "ctm", "Manager")
    assert (merged.about, merged.extra) == ("Runs it", Table((("later", 1),)))
    one, two, three, four = session.activities
    assert (one.lead, one.also) == ("cm", ())
    assert (two.lead, two.consulted, two.informed) == ("cm", ("hos",), ())
    assert (three.accountable, three.decided_by, three.informed) == ("cm", "cm", ("hos",))
    assert four is roles_everywhere().activities[3] or four == roles_everywhere().activities[3]
    assert session.stages[0].accountable == session.people[0].role == "cm"
    assert (session.actions[0].owner, session.documents[0].owner) == ("cm", "cm")
    assert session.board == Board(chair="cm", members=("cm",))


@pytest.mark.parametrize("typed", ["ctm", "Contracts manager", "manager", "cm"])
def test_the_other_names_of_a_merged_role_are_understood_on_the_line(typed: str) -> None:
    session = merge_roles(roles_everywhere(), "cm", "ctm")
    parsed = parse(f"Check it @{typed}", Vocabulary.of(session, TODAY))
    assert parsed.note.lead == "cm"


def test_a_name_that_differs_in_case_alone_is_not_remembered() -> None:
    roles = (Role("hos", "Head of Service"), Role("HOS2", "Head of service", about="Budget"))
    session = merge_roles(Session(roles=roles), "hos", "HOS2")
    assert session.roles == (Role("hos", "Head of Service", ("HOS2",), "Budget"),)


def test_a_role_that_is_gone_cannot_be_merged() -> None:
    with pytest.raises(EditError, match="no longer in the session"):
        merge_roles(roles_everywhere(), "cm", "nobody")
    assert merge_roles(roles_everywhere(), "cm", "cm") == roles_everywhere()


def test_documents_teams_and_owners_become_one() -> None:
    session = roles_everywhere()
    session = replace(
        session,
        people=(Person("p-1", "Jane", team="Finance team"), Person("p-2", "Joe", team="Finance")),
        issues=(Issue("i-1", "Late", raised_by="Finance team"),),
        actions=(Action("n-1", "Tell", owner="Forum", helper="The forum"),),
        board=Board(chair="The forum"),
    )
    session = merge_documents(session, "Risk log", "Log")
    assert session.documents == (Document("Risk log", owner="ctm"),)
    session = merge_teams(session, "Finance", "Finance team")
    assert {person.team for person in session.people} == {"Finance"}
    assert session.issues[0].raised_by == "Finance"
    session = merge_owners(session, "Forum", "The forum")
    assert (session.actions[0].owner, session.actions[0].helper) == ("Forum", "Forum")
    assert session.board == Board(chair="Forum")


@settings(max_examples=max(1, EXAMPLES // 5))
@given(sessions(), st.data())
def test_rewording_changes_texts_and_nothing_else(session: Session, data: st.DataObject) -> None:
    assert reword_every_text(session, lambda text: text) == session
    said = sorted({text.said for text in every_text(session)})
    avoid = data.draw(st.sampled_from(said or ["x"]) | st.sampled_from(HOSTILE))
    word = Word("agreed", (avoid,))
    session = replace(session, words=(word,))
    changed = replace_everywhere(session, word)
    for field in fields(Session):
        old, new = getattr(session, field.name), getattr(changed, field.name)
        if field.name in ("people", "roles", "words", "meetings", "remarks", "photos", "clock"):
            assert old == new
        elif isinstance(old, tuple) and field.name != "documents":
            assert len(old) == len(new)
    if not remaining_uses(session):
        assert changed == session


@settings(max_examples=max(1, EXAMPLES // 5))
@given(sessions())
def test_no_role_is_named_that_was_merged(session: Session) -> None:
    if len(session.roles) < 2:
        return
    keep, gone = session.roles[0].code, session.roles[1].code
    merged = merge_roles(session, keep, gone)
    assert describe_uses(merged, "roles", gone) == ""
    assert len(merged.roles) == len(session.roles) - 1
    assert [a.id for a in merged.activities] == [a.id for a in session.activities]
    for now, was in zip(merged.activities, session.activities, strict=True):
        told = {keep, gone} & {was.lead, *was.also, was.accountable, *was.consulted, *was.informed}
        assert bool(told) == (
            keep in {now.lead, *now.also, now.accountable, *now.consulted, *now.informed}
        )
