"""``parse(render(note)) == note``, whatever the words: the promise that editing rests on."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from offwall.model.line.actions import parse_action, render_action
from offwall.model.line.grammar import one_line
from offwall.model.line.parse import parse, parse_lines, without_times
from offwall.model.line.render import render, say_note
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.keep_post_its import edit_post_it
from offwall.model.process.post_it import (
    ActionPostIt,
    LineKind,
    PostIt,
    PostItIssue,
    PostItRoute,
    post_it_of,
)
from offwall.model.records.session import (
    Activity,
    Besides,
    IssueCode,
    Person,
    Role,
    Session,
    Stage,
    Tier,
    Treatment,
    Workshop,
)
from offwall.model.records.spans import TIME_FIELDS
from tests.strategies import EXAMPLES, HOSTILE, sessions

TODAY = dt.date(2026, 12, 10)

ROLES = (
    Role("cm", "Contract Manager", ("Contracts Manager", "CM, deputy")),
    Role("hos", "Head of Service"),
    Role("pro", "Procurement"),
    Role("[PO]", "Purchase [/ Orders]"),
    Role("x.", "Role with +token a:hos in it"),
    Role("hat stand", "?"),
)
PEOPLE = (Person("p-1", "Jane Doe"), Person("p-2", "Jo @home +1"), Person("p-3", "Jane Roe"))
TIERS = (Tier("gold", "Gold"), Tier("[b]", "Bronze"))
STAGES = (Stage("S1", "Handover and set-up"), Stage("S2", "Run"), Stage("end", "The 3rd end"))
SESSION = Session(
    roles=ROLES,
    people=PEOPLE,
    tiers=TIERS,
    stages=STAGES,
    activities=(Activity("a-1", "S1", "Decide", decision="Ready"),),
)
VOCABULARY = Vocabulary.of(SESSION, TODAY)
TIMED = Vocabulary.of(replace(SESSION, workshop=Workshop(also_record=(Besides.TIMES,))), TODAY)

TRAPS = (
    *HOSTILE,
    *(
        "@home",
        "@cm",
        "@?",
        "+1",
        ">x",
        "a:b",
        "a:?",
        "r:cm,pro",
        '"',
        "/",
        "/1",
        "/nowhere",
        "+",
        ">",
    ),
    *("C:\\x", "c:\\x", "\\\\server\\share", "\\", "\\\\", "\\@home", "\\by", "by", "By", "fri"),
    *("5/1", "\\5/1", "=team", "=", ">=", ">=x", ">=5%", "!r", "!GT", "!urgent", "\\!r", "***"),
    *("%gold", "%gold=light", "%50", "^", "^x", "*x", "w:x", "n:x", "n:", "?", "?x", "???", "?!"),
    *("a=b", "=b", "a\\=b", "a\\", "\\=", "a\u00a0b\u2003c", "\u2028", "29 Jan", "2w", "C.M.", ","),
    *('"quoted words"', "1.", "-", "end", "S1.01", "é\u0301", "x" * 500),
    *("h:", "h:2h", "h:2", "hours", "to", "q:1+", "y:12", "b:1", "in", "5", "b:20", "%"),
)

words = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
    st.text('\\@?>+!*^%/":=acirwnby15 ', max_size=6),
)
maybe = st.lists(words, max_size=6).map(lambda said: one_line(" ".join(said)))
texts = maybe.filter(bool)

new_roles = st.from_regex(r"zz[a-z.@+-]{0,4}[a-z]( zz\+?)?", fullmatch=True)
roles = st.one_of(st.sampled_from([role.code for role in ROLES]), new_roles)
role_lists = st.lists(roles, max_size=3, unique=True).map(tuple)
owners = st.one_of(st.sampled_from([*(person.id for person in PEOPLE), ""]), roles)
dates = st.none() | st.dates(TODAY)
actions = st.builds(ActionPostIt, texts, owners, dates)
routes = st.builds(PostItRoute, texts, maybe)


times = st.fixed_dictionaries(
    {},
    optional={
        "hands_on": st.sampled_from(["2h", "1 to 2 days", "30 min+2h", "2 – 3 working days"]),
        "waiting": st.sampled_from(["3w", "1 working day to 2 weeks"]),
        "per_year": st.sampled_from(["12", "4 to 6", "monthly"]),
        "goes_back": st.sampled_from(["20%", "1 in 5", "10 to 20%"]),
    },
).map(lambda said: tuple((name, said[name]) for name in TIME_FIELDS if name in said))


def optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    """Said, or not."""
    return st.none() | strategy


@st.composite
def notes(draw: st.DrawFn, text: st.SearchStrategy[str] = maybe) -> PostIt:
    """Any note that a line can say."""
    lead = draw(optional(st.just("") | roles))
    decision = draw(optional(texts))
    places = st.sampled_from(["end", "S2.04", "a-7f3k2m9p"])
    return PostIt(
        text=draw(text),
        lead=lead,
        also=tuple(code for code in draw(role_lists) if code != lead),
        accountable=draw(optional(st.just("") | roles)),
        consulted=draw(role_lists),
        informed=draw(role_lists),
        decision=decision,
        routes=tuple(draw(st.lists(routes, max_size=3))) if decision else (),
        then=draw(optional(texts if decision else places)),
        documents=tuple(draw(st.lists(texts, max_size=3))),
        issues=tuple(
            draw(st.lists(st.builds(PostItIssue, st.sampled_from(IssueCode), maybe), max_size=4))
        ),
        actions=tuple(draw(st.lists(actions, max_size=2))),
        parked=tuple(draw(st.lists(texts, max_size=2))),
        tiers=tuple(
            draw(
                st.dictionaries(st.sampled_from(["gold", "[b]"]), st.sampled_from(Treatment))
            ).items()
        ),
        only=tuple(draw(st.lists(st.sampled_from(["gold", "[b]"]), unique=True))),
        stage=draw(optional(st.sampled_from([stage.id for stage in STAGES]))),
        timescale=draw(optional(texts)),
        note=draw(optional(texts)),
        ditto=draw(st.booleans()),
    )


@pytest.mark.slow
@given(notes(), times)
@example(PostIt(actions=(ActionPostIt("[PO] @home *", "p-1"),)), ())
@settings(max_examples=2 * EXAMPLES)
def test_a_note_with_times_is_read_back_and_the_room_is_told_none(
    note: PostIt, said: tuple[tuple[str, str], ...]
) -> None:
    timed = replace(note, times=said)
    line = render(timed, TIMED)
    assert parse(line, TIMED).note == timed
    assert not parse(without_times(line, TIMED), TIMED).note.times


@given(notes())
def test_a_line_says_its_note_and_nothing_else(note: PostIt) -> None:
    line = render(note, VOCABULARY)
    parsed = parse(line, VOCABULARY)
    assert parsed.note == note
    assert (parsed.way is LineKind.NEW) == bool(note.text or not line)


@given(notes(text=st.just("")))
@example(PostIt(parked=("[PO] ^0 +Risk log",)))
def test_a_line_that_adds_says_its_note(note: PostIt) -> None:
    adding = Vocabulary.of(SESSION, TODAY, "a-1")
    said = replace(note, decision=None)
    line = render(said, adding)
    assert parse(line, adding).note == (said if line else PostIt())


@given(maybe)
def test_what_is_typed_settles_at_once(line: str) -> None:
    note = parse(line, VOCABULARY).note
    if note.then and not note.decision:
        return  # with a decision there, more targets can be said than without
    assert parse(render(note, VOCABULARY), VOCABULARY).note == note


@given(st.text() | maybe)
def test_any_line_is_read_and_its_doubts_are_sentences(line: str) -> None:
    assert all(doubt.endswith(".") for doubt in parse(line, VOCABULARY).doubts)


@given(maybe)
def test_no_letter_typed_is_thrown_away(line: str) -> None:
    said = repr(parse(line, VOCABULARY).note)
    kept = {role.code for role in ROLES}
    for word in line.split():
        if word.isalpha() and word.casefold() not in kept | {"by", "fri", "jan"}:
            assert word in said


@given(texts)
def test_plain_words_stay_themselves(text: str) -> None:
    assert parse(render(PostIt(text=text), VOCABULARY), VOCABULARY).note == PostIt(text=text)


@given(
    st.builds(
        ActionPostIt,
        maybe,
        owners,
        dates,
        st.none() | st.integers(1, 5),
        st.none() | st.integers(1, 5),
        st.sampled_from(["", *SESSION.approvals]),
    )
)
def test_an_actions_line_says_its_note(note: ActionPostIt) -> None:
    assert parse_action(render_action(note, VOCABULARY), VOCABULARY).note == note


def codes_of(session: Session) -> list[str]:
    """Every code that a line of the session may name."""
    return [
        *(role.code for role in session.roles),
        *(
            code
            for found in session.activities
            for code in (
                *(found.lead, found.accountable),
                *(*found.also, *found.consulted, *found.informed),
            )
        ),
    ]


# A whole session is slow to draw; thirty of them hold as many activities as a hundred notes.
@pytest.mark.slow
@settings(max_examples=max(EXAMPLES // 3, 1))
@given(sessions(), texts)
def test_a_line_changes_only_what_was_changed_in_it(session: Session, text: str) -> None:
    clean_codes = all(code == one_line(code) for code in codes_of(session))
    for activity in session.activities:
        vocabulary = Vocabulary.of(session, TODAY, activity.id)
        filled_in = post_it_of(session, activity.id)
        before = parse(render(filled_in, vocabulary), vocabulary).note
        assert before == filled_in or not clean_codes
        after = replace(before, timescale=text)
        if after.text:
            edited = edit_post_it(session, activity.id, before, after, "seed")
            assert edited.activity_by_id[activity.id].timescale == text
            assert not {
                name
                for name in ("lead", "also", "accountable", "consulted", "informed", "decision")
                if getattr(edited.activity_by_id[activity.id], name) != getattr(activity, name)
            }
            assert (edited.roles, edited.issues) == (session.roles, session.issues)
            assert edited.actions == session.actions


@given(st.lists(st.text() | maybe, max_size=5))
def test_any_list_can_be_pasted(lines: list[str]) -> None:
    parsed = list(parse_lines(lines, SESSION, TODAY))
    assert len(parsed) <= len(lines)


PIECES = (
    *(
        "Check",
        "the",
        "roof",
        "+VAT",
        "+44",
        "+KPI",
        "form,",
        "24",
        "/7",
        "/S2",
        "/99",
        "@cm",
        "@home",
    ),
    *(
        "@cm's",
        "@Contract",
        "Manager",
        "a:hos",
        "a:",
        "c:pro",
        "and",
        "hos",
        "?Valid",
        ">yes",
        ">£5k",
    ),
    *(
        ">no=S2.04",
        ">=",
        "*Ask",
        "*bold*",
        "**loud**",
        "!r",
        "!rag",
        "^2",
        "^who",
        "n:a",
        "w:June",
        "w:",
    ),
    *(
        "%gold",
        "%20",
        '"',
        "5",
        "5/1",
        "=team",
        "\\+44",
        "@jane,hos",
        "@zz",
        "on",
        "+",
        "@",
        "C:\\x",
    ),
)
DATES = ("by Friday", "by Mon 5 Jan", "by 31 Feb", "by 5m", "before Cabinet", "in 2 weeks")


@given(st.lists(st.sampled_from((*PIECES, *DATES)), max_size=9).map(" ".join))
def test_each_typed_word_is_in_the_text_in_a_value_or_in_a_doubt(line: str) -> None:
    parsed = parse(line, VOCABULARY)
    parts = list(say_note(parsed.note, VOCABULARY))
    shown = " ".join([repr(parsed.note), *parts, *parsed.doubts])
    for word in line.split():
        for said in re.findall(r"\w+", re.sub("^[acnw]:", "", word)):
            taken = said.casefold() in ("by", "friday") and "due Fri" in shown
            weeks = said in ("in", "2", "weeks") and "due Thu 24 Dec" in shown
            assert said.casefold() in shown.casefold() or taken or weeks, word


@given(st.lists(st.sampled_from(PIECES).filter(str.isalpha), max_size=9).map(" ".join))
def test_a_text_without_signs_comes_out_as_it_went_in(line: str) -> None:
    parsed = parse(line, VOCABULARY)
    assert (parsed.note, parsed.doubts) == (PostIt(line), ())
    assert render(parsed.note, VOCABULARY) == line
