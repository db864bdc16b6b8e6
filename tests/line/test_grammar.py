"""The rules of the line, one by one, and what looks like a token and is none."""

import datetime as dt
from dataclasses import replace

import pytest

from offwall.model.line.parse import parse, parse_lines
from offwall.model.line.pasted import read_pasted, strip_bullets
from offwall.model.line.render import render
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.post_it import ActionPostIt, LineKind, PostIt, PostItIssue, PostItRoute
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

TODAY = dt.date(2026, 12, 10)
SESSION = Session(
    stages=(
        Stage("S1", "Handover and set-up"),
        Stage("S2", "Contract start"),
        Stage("S3", "Contract end"),
        Stage("S12", "Exit"),
    ),
    roles=(
        Role("cm", "Contract Manager", ("Contracts Manager",)),
        Role("con", "Contract"),
        Role("hos", "Head of Service"),
        Role("ins", "Insurance"),
        Role("pro", "Procurement"),
        Role("fin", "Finance"),
        Role("leg", "Legal"),
    ),
    people=(Person("p-1", "Jane Doe"), Person("p-2", "Ann Roe"), Person("p-3", "Ann Poe")),
    tiers=(Tier("gold", "Gold"), Tier("bronze", "Bronze")),
    activities=(
        Activity("a-1", "S2", "Check insurance", decision="Valid"),
        Activity("a-2", "S2", "File it"),
    ),
)
WORDS = Vocabulary.of(SESSION, TODAY)


def note(line: str, vocabulary: Vocabulary = WORDS) -> PostIt:
    return parse(line, vocabulary).note


def test_the_line_of_the_guide() -> None:
    line = (
        "Check insurance certificates are current @cm a:hos c:ins ?Valid >yes >no=S2.04 "
        "+Insurance certificate !r expires unnoticed"
    )
    parsed = parse(line, WORDS)
    assert parsed.note == PostIt(
        text="Check insurance certificates are current",
        lead="cm",
        accountable="hos",
        consulted=("ins",),
        decision="Valid",
        routes=(PostItRoute("yes"), PostItRoute("no", "S2.04")),
        documents=("Insurance certificate",),
        issues=(PostItIssue(IssueCode.RISK, "expires unnoticed"),),
    )
    assert render(parsed.note, WORDS) == line
    assert parsed.way is LineKind.NEW
    assert not parsed.new_roles


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sign and / or seal + file",
        "Reply to the !urgent letter",
        "Save it to C:\\x",
        "Copy to the R: drive",
        "Move R:drive A:x W:y N:z",
        "Contracts >£5m go to the board",
        "Values >=5% and >= 5 count",
        "mail jane@example.org or a@b",
        "50% of 5/6 and a+b, x^2, 3*4, what?",
        "%50 off, /nowhere, @ home, @5pm",
        "why ??? and ?! and *** and +/- and ^^",
        "\\\\server\\share and \\x",
        "a: b c: d n: e w: f",
        "!dd !gtx ! d",
        "[PO] [/ [red]x =1+1 '' «»",
        "* a star, - a dash",
        "e\u0301 👩🏽‍💻 \u202eעברית",
        "é" * 500,
    ],
)
def test_what_is_no_token_is_text(text: str) -> None:
    parsed = parse(text, WORDS)
    assert parsed.note == PostIt(text=text)
    assert parsed.way is LineKind.NEW
    assert render(parsed.note, WORDS) == text


def test_a_backslash_makes_a_token_plain_and_only_then_goes() -> None:
    assert note('Send to \\@cm \\+1 \\>x \\" \\!r \\/1 C:\\x \\\\@cm') == PostIt(
        text='Send to @cm +1 >x " !r /1 C:\\x \\@cm'
    )
    assert note("Do it +\\--- ?\\...") == PostIt(text="Do it", documents=("---",), decision="...")


def test_control_characters_go_and_white_space_becomes_a_space() -> None:
    line = "Do\x1b[31m\tthe \u00a0\u2028thing\x00 \ud800 +For\x9bm"
    parsed = parse(line, WORDS)
    assert parsed.note == PostIt(text="Do[31m the thing \ufffd", documents=("Form",))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("@cm", PostIt(lead="cm")),
        ("@CM", PostIt(lead="cm")),
        ("@cm,pro", PostIt(lead="cm", also=("pro",))),
        ("@cm, pro", PostIt(lead="cm", also=("pro",))),
        ("@cm @pro", PostIt(lead="cm", also=("pro",))),
        ("@cm r:pro,cm,fin @pro", PostIt(lead="cm", also=("pro", "fin"))),
        ("@?", PostIt(lead="")),
        ("a:?", PostIt(accountable="")),
        ("@Contract Manager", PostIt(lead="cm")),
        ("@contracts manager", PostIt(lead="cm")),
        ("@Contract", PostIt(lead="con")),
        ("@contract x", PostIt(lead="con", text="x")),
        (
            "c:fin, leg i:Head of Service,cm",
            PostIt(consulted=("fin", "leg"), informed=("hos", "cm")),
        ),
        ("Do @cm then file", PostIt(text="Do then file", lead="cm")),
        ("Ask c:fin, then file", PostIt(text="Ask, then file", consulted=("fin",))),
        ("Led by @cm.", PostIt(text="Led by.", lead="cm")),
        ("Do a:hos a:fin", PostIt(text="Do a:fin", accountable="hos")),
        ("Do a:hos,fin", PostIt(text="Do a:hos,fin")),
        ("Ask c:fin and legal", PostIt(text="Ask", consulted=("fin", "leg"))),
        ("Ask c:fin and legal aid", PostIt(text="Ask and legal aid", consulted=("fin",))),
    ],
)
def test_roles(line: str, expected: PostIt) -> None:
    assert note(line) == expected


@pytest.mark.parametrize(
    ("line", "word", "near"),
    [
        ("@xyz", "xyz", ""),
        ("Do @proc", "proc", "Procurement"),
        ("Do @insurence", "insurence", "Insurance"),
        ("Do a:hos c:fin,Comms", "Comms", ""),
        ('Do @"Contract Sponsor"', "Contract Sponsor", ""),
    ],
)
def test_an_unknown_role_is_said_with_the_near_one(line: str, word: str, near: str) -> None:
    parsed = parse(line, WORDS)
    assert parsed.new_roles == (() if near else (word,))
    assert parsed.note.unsettled == ((word,) if near else ())
    (doubt,) = parsed.doubts
    assert doubt.startswith(word)
    assert (near in doubt) if near else ("makes it" in doubt)


def test_two_unknown_roles_are_both_said() -> None:
    parsed = parse("Do mnop @abcdef,ghijkl", WORDS)
    assert (parsed.note.lead, parsed.note.also) == ("abcdef", ("ghijkl",))
    assert parsed.note.text == "Do mnop"
    assert parsed.new_roles == ("abcdef", "ghijkl")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Do ?Is it valid? >yes",
            PostIt("Do", decision="Is it valid?", routes=(PostItRoute("yes"),)),
        ),
        (
            "Do ?X >not ours=end >a b=mobilisation plan",
            PostIt(
                "Do",
                decision="X",
                routes=(PostItRoute("not ours", "end"), PostItRoute("a b", "mobilisation plan")),
            ),
        ),
        ("Do ?X >=S2.01", PostIt("Do", decision="X", then="S2.01")),
        ("Do ?X >=£5m", PostIt("Do", decision="X >=£5m")),
        ("Do ?X >=\\£5m", PostIt("Do", decision="X", then="£5m")),
        ("Do >=S2.01", PostIt("Do", then="S2.01")),
        ("Do >=end", PostIt("Do", then="end")),
        ("Do ?X >a=b=c", PostIt("Do", decision="X", routes=(PostItRoute("a", "b=c"),))),
        ("Do ?X >a\\=b=c", PostIt("Do", decision="X", routes=(PostItRoute("a=b", "c"),))),
        ("Do ?X >a=", PostIt("Do", decision="X", routes=(PostItRoute("a"),))),
        ("Do ?X ?Y", PostIt("Do", decision="X ?Y")),
        ("Do >yes ?X", PostIt("Do >yes", decision="X")),
    ],
)
def test_decisions_and_routes(line: str, expected: PostIt) -> None:
    assert note(line) == expected


def test_a_route_counts_on_its_own_where_a_decision_stands() -> None:
    deciding = Vocabulary.of(SESSION, TODAY, "a-1")
    assert note(">no=end", deciding).routes == (PostItRoute("no", "end"),)
    assert note("+Form >no", deciding).routes == (PostItRoute("no"),)
    assert note("Contracts >£5m", deciding) == PostIt("Contracts >£5m")
    assert note(">no=end", Vocabulary.of(SESSION, TODAY, "a-2")) == PostIt(">no=end")


@pytest.mark.parametrize(
    ("token", "codes"),
    [("!d", "D"), ("!G", "G"), ("!gt", "GT"), ("!TR", "TR"), ("!dgtr", "DGTR")],
)
def test_an_issue_a_code(token: str, codes: str) -> None:
    said = note(f"Do it {token} nobody knows").issues
    assert said == tuple(PostItIssue(IssueCode(code), "nobody knows") for code in codes)
    assert note(f"Do it {token}").issues == tuple(PostItIssue(IssueCode(code)) for code in codes)


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("*Pilot it @pro by 29/1", ActionPostIt("Pilot it", "pro", dt.date(2027, 1, 29))),
        ("*Pilot it by fri @jane", ActionPostIt("Pilot it", "p-1", dt.date(2026, 12, 11))),
        ("*Pilot it @Jane Doe", ActionPostIt("Pilot it", "p-1")),
        ("*Pilot it @ann", ActionPostIt("Pilot it", "ann")),
        ("*Pilot it @everyone now", ActionPostIt("Pilot it now", "everyone")),
        ("*Stand by the gate", ActionPostIt("Stand by the gate")),
        ("*Be ready \\by fri", ActionPostIt("Be ready by fri")),
        ("*Ask \\@cm @fin", ActionPostIt("Ask @cm", "fin")),
        ("*Ask @cm and @fin", ActionPostIt("Ask and @fin", "cm")),
    ],
)
def test_after_a_star_the_role_is_the_owner(line: str, action: ActionPostIt) -> None:
    parsed = parse(line, WORDS)
    assert parsed.note == PostIt(actions=(action,))
    assert parsed.way is LineKind.ALONE
    assert note(f"Do it {line} +Form") == PostIt("Do it", actions=(action,), documents=("Form",))


@pytest.mark.parametrize(
    ("token", "stage"),
    [
        *(("/S2", "S2"), ("/s2", "S2"), ("/2", "S2"), ("/12", "S12"), ("/1", "S1")),
        *(("/hand", "S1"), ("/EXIT", "S12")),
    ],
)
def test_a_stage_by_id_number_or_start_of_its_name(token: str, stage: str) -> None:
    assert note(f"Do {token} it") == PostIt("Do it", stage=stage)


@pytest.mark.parametrize("digits", ["9" * 5000, "٣", "²"])
def test_digits_that_are_no_number_of_a_stage_stay_text(digits: str) -> None:
    assert note(f"Do /{digits}") == PostIt(f"Do /{digits}")


def test_a_stage_that_has_no_name_is_no_word_of_the_text() -> None:
    nameless = Vocabulary.of(Session(stages=(Stage("S1", "Start"), Stage("S2", ""))), TODAY)
    assert note("/S2 Pay the invoice", nameless) == PostIt("Pay the invoice", stage="S2")


def test_a_start_that_two_stages_share_stays_text_and_is_said() -> None:
    parsed = parse("Do /contract", WORDS)
    assert parsed.note == PostIt("Do /contract")
    (left,) = parsed.doubts
    assert left.startswith("“/contract” stays as text")


def test_tiers() -> None:
    assert note("Do %gold=Light %Bronze=no") == PostIt(
        "Do", tiers=(("gold", Treatment.LIGHT), ("bronze", Treatment.NO))
    )
    assert note("Do %GOLD it") == PostIt("Do it", only=("gold",))
    assert note("Do %gold=maybe %tin") == PostIt("Do %gold=maybe %tin")


def test_the_rest_of_the_tokens() -> None:
    assert note("Do w:2 weeks before n:see S1 ^who pays? ^x +A +B c") == PostIt(
        "Do",
        timescale="2 weeks before",
        note="see S1",
        parked=("who pays?", "x"),
        documents=("A", "B c"),
    )
    assert note('Do it "') == PostIt("Do it", ditto=True)
    assert note('A 5 " pipe') == PostIt('A 5 " pipe')
    assert note('"quoted" words') == PostIt('"quoted" words')


@pytest.mark.parametrize(
    ("line", "way"),
    [
        ("Do @cm", LineKind.NEW),
        ("@hos", LineKind.ADDS),
        ("+Form ^later", LineKind.ADDS),
        ('"', LineKind.ADDS),
        ("^later", LineKind.ALONE),
        ("*Do it @cm ^later", LineKind.ALONE),
        ("^later @cm", LineKind.ADDS),
        ("\\@hos", LineKind.NEW),
        ("/nowhere", LineKind.NEW),
        ("/S2", LineKind.ADDS),
        ("/S2 @cm", LineKind.ADDS),
        ("/S2 Pay the invoice @cm", LineKind.NEW),
        ("/S2 @cm Pay the invoice", LineKind.NEW),
        ("@cm /S2 now", LineKind.NEW),
        ("", LineKind.NEW),
    ],
)
def test_what_keeping_the_line_does(line: str, way: LineKind) -> None:
    assert parse(line, WORDS).way is way


@pytest.mark.parametrize(
    ("line", "stripped"),
    [
        *(("- text", "text"), ("* text", "text"), ("• text", "text"), ("•text", "text")),
        *(("1. text", "text"), ("12) text", "text"), ("  -  two  words", "two words")),
        *(
            ("*text", "*text"),
            ("-5 days", "-5 days"),
            ("1.5 days", "1.5 days"),
            ("2027. x", "2027. x"),
        ),
        *(("", ""), ("-", ""), ("- - x", "- x"), ("\x1b- x", "x")),
    ],
)
def test_bullets(line: str, stripped: str) -> None:
    assert strip_bullets(line) == stripped


def test_pasted_lines_know_the_decision_of_the_line_before() -> None:
    lines = ["- Do it ?Ready", "", "  ", ">no=end", "2. Next", ">no"]
    first, route, following, text = parse_lines(read_pasted("\n".join(lines)).lines, SESSION, TODAY)
    assert first.note.text == "Do it"
    assert route.note.routes == (PostItRoute("no", "end"),)
    assert following.note.text == "Next"
    assert text.note == PostIt(">no")
    (more,) = parse_lines([">no"], SESSION, TODAY, "a-1")
    (new,) = parse_lines(["/S2 Pay >no"], SESSION, TODAY, "a-1")
    assert more.way is LineKind.ADDS
    assert (new.way, new.note) == (LineKind.NEW, PostIt("Pay >no", stage="S2"))


def test_a_vocabulary_keeps_a_code_that_no_role_bears() -> None:
    ghost = Activity("a-9", "S1", "Haunt", lead="head of nothing", tiers=(("tin", Treatment.NO),))
    session = Session(stages=SESSION.stages, activities=(ghost,))
    words = Vocabulary.of(session, TODAY, "a-9")
    line = render(PostIt("Haunt", lead="head of nothing", tiers=ghost.tiers), words)
    assert line == "Haunt @head of nothing %tin=no"
    assert note(line, words) == PostIt("Haunt", lead="head of nothing", tiers=ghost.tiers)


def test_how_long_and_how_often_count_where_they_are_recorded_alone() -> None:
    line = "Check it h:2-3h q:1 to 2 days y:12 b:1 in 5 @cm"
    assert parse(line, WORDS).note.text == line.removesuffix(" @cm")
    assert not parse(line, WORDS).doubts
    timed = replace(SESSION, workshop=Workshop(also_record=(Besides.TIMES,)))
    words = Vocabulary.of(timed, TODAY)
    found = parse(line, words)
    assert (found.note.text, found.doubts) == ("Check it", ())
    assert found.note.times == (
        *(("hands_on", "2-3h"), ("waiting", "1 to 2 days")),
        *(("per_year", "12"), ("goes_back", "1 in 5")),
    )
    assert parse("h:2h Check it", words).way is LineKind.NEW
    assert parse("h:2h q:3w", words).way is LineKind.ADDS
    assert note("Pay b:20 % of it", words).text == "Pay of it"


@pytest.mark.parametrize("word", ["h:ages", "h:2", "q:tomorrow", "y:often", "b:120%", "b:1"])
def test_what_is_no_time_stays_as_text_with_a_doubt(word: str) -> None:
    timed = replace(SESSION, workshop=Workshop(also_record=(Besides.TIMES,)))
    found = parse(f"Check it {word}", Vocabulary.of(timed, TODAY))
    assert (found.note.text, found.note.times) == (f"Check it {word}", ())
    assert f"“{word}” stays as text: it is no" in found.doubts[0]
