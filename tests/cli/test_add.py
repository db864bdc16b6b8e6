"""offwall add: post-its from the arguments and from a pipe; nothing typed is lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

KICK_OFF = "Hold kick-off meeting @cm a:hos ?Ready >yes >no=mobilisation plan +Agenda\n+Risk log\n"


def listed(offwall: Any, path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(offwall("list", path, "--json").out)["activities"]
    return found


def test_one_activity_two_documents_and_an_open_target(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, stdin=KICK_OFF)
    assert (said.status, said.err) == (0, "")
    [activity] = listed(offwall, wall)
    assert activity["ref"] == "S1.01"
    assert activity["text"] == "Hold kick-off meeting"
    assert (activity["lead"], activity["accountable"]) == ("cm", "hos")
    assert activity["decision"] == "Ready"
    assert activity["routes"] == [
        {"answer": "yes"},
        {"answer": "no", "to_words": "mobilisation plan"},
    ]
    assert activity["documents"] == ["Agenda", "Risk log"]


def test_each_line_is_answered(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, stdin=KICK_OFF)
    assert said.out.splitlines() == [
        "1 S1.01 Hold kick-off meeting: R Contract Manager; A Head of Service; decision Ready; "
        "yes -> next; no -> (mobilisation plan); document Agenda",
        "2 S1.01 Hold kick-off meeting: document Risk log; adds to S1.01",
    ]


def test_an_open_target_is_found_by_the_activity_that_arrives(offwall: Any, wall: Path) -> None:
    offwall("add", wall, stdin=KICK_OFF)
    offwall("add", wall, "Mobilisation plan @cm")
    first, second = listed(offwall, wall)
    assert first["routes"][1] == {"answer": "no", "to": second["id"]}


def test_a_target_may_stand_further_down(offwall: Any, wall: Path) -> None:
    offwall("add", wall, stdin="Is it in order ?Ready >yes=S1.03 >no=end\nSecond\nThird\n")
    first, _, third = listed(offwall, wall)
    assert first["routes"] == [
        {"answer": "yes", "to": third["id"]},
        {"answer": "no", "to": "end"},
    ]


def test_arguments_keep_standard_input_unread(offwall: Any, wall: Path) -> None:
    offwall("add", wall, "From the arguments", stdin="From the pipe\n")
    assert [one["text"] for one in listed(offwall, wall)] == ["From the arguments"]


def test_lines_stay_in_the_stage_that_was_said(offwall: Any, wall: Path) -> None:
    offwall("add", wall, stdin="One\nTwo /S3\nThree\n")
    assert [one["ref"] for one in listed(offwall, wall)] == ["S1.01", "S3.01", "S3.02"]


def test_bullets_and_empty_lines_are_taken_off(offwall: Any, wall: Path) -> None:
    offwall("add", wall, stdin="- One\r\n\r\n  * Two\r\n• Three\n3. Four\n\n")
    assert [one["text"] for one in listed(offwall, wall)] == ["One", "Two", "Three", "Four"]


def test_an_unknown_role_is_made_and_reported(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, "Sign it @xyz")
    assert "new role: xyz" in said.out
    assert "xyz" in {one["lead"] for one in listed(offwall, wall)}
    assert "unknown role" not in offwall("check", wall).out


def test_no_lead_is_invented(offwall: Any, wall: Path) -> None:
    offwall("add", wall, "Led @cm a:hos", "Nobody said who")
    assert "lead" not in listed(offwall, wall)[1]


def test_parked_thoughts_and_actions_stand_alone(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, "^Who owns the register?", "*Ask Jane @cm by 2027-01-29")
    assert said.status == 0
    assert listed(offwall, wall) == []
    text = wall.read_text("utf-8")
    assert "Who owns the register?" in text
    assert "due = 2027-01-29" in text
    assert len(said.out.splitlines()) == 2


def test_a_token_first_with_nothing_to_add_to_stays_as_text(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, "+Risk log")
    assert said.status == 0
    assert "Risk log" in wall.read_text("utf-8")


def test_a_wall_without_stages_says_how_to_get_them(offwall: Any, tmp_path: Path) -> None:
    offwall("new", "blank.toml", "--preset", "blank")
    before = (tmp_path / "blank.toml").read_bytes()
    said = offwall("add", "blank.toml", "A line")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "stage" in said.err
    assert (tmp_path / "blank.toml").read_bytes() == before


def test_nothing_to_add_changes_nothing(offwall: Any, wall: Path) -> None:
    before = wall.read_bytes()
    assert offwall("add", wall, stdin="\n  \n").status == 0
    assert wall.read_bytes() == before


def test_someone_at_a_terminal_has_each_line_kept_at_once(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, stdin="One @cm\n+Plan\nTwo\n", terminal=True)
    assert "a post-it a line" in said.err
    one, two = listed(offwall, wall)
    assert (one["documents"], two["ref"]) == (["Plan"], "S1.02")


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "Close [PO] [/ [red]x",
        "=1+1",
        "emoji 👩‍👩‍👧 and e\u0301\u0302",
        "שלום עולם",
        "@",
        "?",
        ">yes=S9.99",
        "/nowhere",
        "!urgent",
        "\\",
        '"',
        "x" * 500,
        "C:\\x R: drive +",
        "-x",
    ],
)
def test_hostile_lines_are_kept(offwall: Any, wall: Path, line: str) -> None:
    said = offwall("add", wall, stdin=f"First @cm\n{line}\nLast @pro\n")
    assert (said.status, said.err) == (0, "")
    texts = [one["text"] for one in listed(offwall, wall)]
    assert (texts[0], texts[-1]) == ("First", "Last")
    kept = wall.read_text("utf-8")
    words = [word for word in line.replace("\\", " ").split() if word.isalnum()]
    assert all(word in kept for word in words)


def test_bytes_and_controls_are_kept_as_text_that_commands_nothing(
    offwall: Any, wall: Path
) -> None:
    said = offwall("add", wall, stdin=b"A \xff\xfe line\n\x1b]52;c;QUJD\x07 owned\nLast\n")
    assert said.status == 0
    assert "\x1b" not in said.out
    assert "\x1b" not in wall.read_text("utf-8")
    assert [one["text"] for one in listed(offwall, wall)][-1] == "Last"
    assert "owned" in wall.read_text("utf-8")


TOKENS = (
    *("@cm", "@?", "@xyz", "@", "a:hos", "a:", "c:fin, leg", "i:?", "r:pro", "@cm,pro", '@"a b"'),
    *("?Ready", "?", ">yes", ">no=S1.01", ">=end", ">=x y", ">x=", "+Doc", "+", "=", "S1.02"),
    *("!d", "!gt late", "*do @cm by fri", "*", "^park", "^", "%gold", "%gold=no", "%", "by", "end"),
    *("/S2", "/2", "/zz", "/", "w:two weeks", "n:note", "n:", '"', '"x', "\\", "\\@cm", "\\n:"),
    *("word", "- ", "•", "1.", "é", "\u202e", "😀", "[PO]", "[/", "#"),
)
# A tab is between two cells: a table is asked about, see below.
letters = st.characters(exclude_characters="\t", exclude_categories=("Cs",))
pieces = st.lists(st.sampled_from(TOKENS) | st.text(letters, max_size=8), max_size=5)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(pieces, max_size=3), before=pieces, glue=st.sampled_from(["", " ", "="]))
def test_no_line_loses_a_word_or_another_line(
    offwall: Any, tmp_path: Path, lines: list[list[str]], before: list[str], glue: str
) -> None:
    (tmp_path / "any.toml").unlink(missing_ok=True)
    offwall("new", "any.toml")
    typed = [" ".join(line) for line in lines] + [" ".join(before) + glue + "zq7x"]
    said = offwall("add", "any.toml", stdin="\n".join(typed).encode("utf-8", "surrogatepass"))
    assert (said.status, said.err) == (0, "")
    assert "zq7x" in (tmp_path / "any.toml").read_text("utf-8").casefold()
    assert offwall("list", "any.toml").status == 0


CASES = (
    *("Check insurance", "Receive goods", "@Finance to send the purchase order"),
    *("+ve feedback from the supplier", "?Who signs", "/1 of 3 reviews"),
)


def test_a_line_with_words_of_its_own_is_a_post_it_and_none_other_is_touched(
    offwall: Any, wall: Path
) -> None:
    said = offwall("add", wall, stdin="\n".join(CASES))
    found = listed(offwall, wall)
    assert [one["text"] for one in found] == [
        *("Check insurance", "Receive goods", "to send the purchase order"),
        *("+ve feedback from the supplier", "?Who signs", "/1 of 3 reviews"),
    ]
    assert [one.get("lead", "") for one in found] == ["", "", "fin", "", "", ""]
    assert "3 S1.03 to send the purchase order: R Finance" in said.out
    assert "  line 4: “+ve” stays as text" in said.out


def test_the_answer_says_what_each_line_became_with_its_number(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, stdin="Check it\n\n+KPI form *Ask @fin by 2027-12-07\n")
    assert said.out.splitlines() == [
        "1 S1.01 Check it",
        "3 S1.01 Check it: document KPI form; action Ask (Finance) due Tue 7 Dec 2027; "
        "adds to S1.01",
    ]


def test_a_doubt_is_said_with_its_line_and_nothing_is_lost(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, stdin="Check it\nRing +44 20 7946 0958\n@\n*Cut spend by 5m @fin\n")
    assert "  line 2: “+44” stays as text" in said.out
    assert "3 says nothing to keep" in said.out
    assert "  line 4: “by 5m” stays as text" in said.out
    assert [one["text"] for one in listed(offwall, wall)] == ["Check it", "Ring +44 20 7946 0958"]
    assert "Cut spend by 5m" in wall.read_text("utf-8")


def test_a_slip_of_a_role_is_a_finding_and_no_role(offwall: Any, wall: Path) -> None:
    said = offwall("add", wall, "Sign it a:hosX")
    assert "Head of Service may be meant" in said.out
    assert "new role" not in said.out
    assert "hosX" in offwall("check", wall).out


def test_an_open_target_that_is_matched_is_said(offwall: Any, wall: Path) -> None:
    offwall("add", wall, KICK_OFF.splitlines()[0])
    said = offwall("add", wall, "Mobilisation plan")
    assert "S1.01 no now leads to S1.02." in said.out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_what_programs_for_windows_pipe_is_read_whole(
    offwall: Any, wall: Path, encoding: str
) -> None:
    text = "Contracts over £500k @cm\r\n“Smart” quotes @fin\r\n"
    assert offwall("add", wall, stdin=text.encode(encoding)).status == 0
    texts = [one["text"] for one in listed(offwall, wall)]
    assert texts == ["Contracts over £500k", "“Smart” quotes"]


def test_bytes_that_are_no_text_are_refused_with_the_line(offwall: Any, wall: Path) -> None:
    before = wall.read_bytes()
    said = offwall("add", wall, stdin=b"One\nTwo \x81\n")
    assert (said.status, said.out) == (2, "")
    assert "Line 2" in said.err
    assert wall.read_bytes() == before


def test_a_board_s_export_has_its_words_and_a_table_asks_for_the_column(
    offwall: Any, wall: Path
) -> None:
    board = 'ID,BG Color,Text\n1,#FFF,"Check, then file"\n2,#FFF,"Goes\nto board"\n'
    said = offwall("add", wall, stdin=board)
    assert [one["text"] for one in listed(offwall, wall)] == ["Check, then file", "Goes to board"]
    assert "left out: ID, BG Color" in said.out
    cells = "Pay it\tFinance\nClose it\tLegal\n"
    said = offwall("add", wall, stdin=cells)
    assert (said.status, said.out) == (2, "")
    assert "--column" in said.err
    assert offwall("add", wall, "--column", "1", stdin=cells).status == 0
    assert [one["text"] for one in listed(offwall, wall)][2:] == ["Pay it", "Close it"]


def test_a_blank_session_gets_the_stage_that_a_line_names(offwall: Any, tmp_path: Path) -> None:
    offwall("new", "blank.toml", "--preset", "blank")
    said = offwall("add", "blank.toml", "Hold the kick-off /Handover", "File it /S4")
    assert said.status == 0
    assert [one["ref"] for one in listed(offwall, tmp_path / "blank.toml")] == ["S1.01", "S4.01"]
    assert 'name = "Handover"' in (tmp_path / "blank.toml").read_text("utf-8")


def test_cells_of_a_spreadsheet_are_read_by_their_headers(offwall: Any, wall: Path) -> None:
    rows = "Activity\tLead\tDocuments\tCost\nCheck *cover*\tcm\tPolicy\t12\nChase\tNobody\t\t\n"
    assert offwall("add", wall, stdin=rows).status == 0
    first, second = listed(offwall, wall)
    assert (first["text"], first["lead"], first["documents"]) == ("Check *cover*", "cm", ["Policy"])
    assert first["note"] == "Cost: 12"
    assert (second["text"], second["note"]) == ("Chase", "Lead: Nobody")
