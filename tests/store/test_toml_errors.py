"""A mistake made by hand in the file is one sentence: the line, the record, and what to do."""

import pytest

from offwall.model.store.toml.load import SessionFileError, loads

HEAD = """\
format = 1

[[stages]]
id = "S1"
name = "Begin"

[[activities]]
id = "a-1"
stage = "S1"
text = "Do it"
"""

CASES = [
    ("lead = 5", 11, "activity 1 (a-1)", "lead must be text, not the number 5; put it in quotes."),
    ("lead = true", 11, "activity 1 (a-1)", "lead must be text, not true; put it in quotes."),
    ("also = 'cm'", 11, "activity 1 (a-1)", 'also must be a list, not the text "cm"; write ["a",'),
    ("also = [1]", 11, "activity 1 (a-1)", "also, 1 must be text, not the number 1;"),
    ("lead_confirmed = 1", 11, "activity 1 (a-1)", "must be true or false, not the number 1;"),
    ("tiers = 'no'", 11, "activity 1 (a-1)", "tiers must be a table, not the text"),
    ("tiers = {x = 'maybe'}", 11, "activity 1 (a-1)", 'must be one of "yes", "light", "no", not'),
    ("improve = 'burn'", 11, "activity 1 (a-1)", 'one of "keep", "change", "drop", "new", not "bu'),
    ("improve = 2", 11, "activity 1 (a-1)", "not the number 2; write one of them."),
    ("routes = [{}, 'x']", 11, "activity 1 (a-1)", "routes, 2 must be a table, not the text"),
    ("routes = [\n {},\n {to = 1}]", 13, "activity 1 (a-1)", "routes, 2, to must be text"),
    (
        'lead = "\\u001b[2J"',
        11,
        "activity 1 (a-1)",
        "control character \\u001b, which no text may;",
    ),
    ('lead = "\\u0085"', 11, "activity 1 (a-1)", "control character \\u0085"),
    ('lead = "a\\r\\nb"', 11, "activity 1 (a-1)", "control character \\u000d"),
    ('also = ["ok", "\\u007f"]', 11, "activity 1 (a-1)", "also, 2 holds the control character"),
    ('tiers = {"\\b" = "no"}', 11, "activity 1 (a-1)", "holds the control character \\u0008"),
    ("hue = " + "[" * 60 + "]" * 60, 11, "activity 1 (a-1)", "more than 40 levels of lists"),
    ("hue = 0x" + "f" * 6000, 11, "activity 1 (a-1)", "hue is a whole number of more than 64 bits"),
    ("[[activities]]\nstage='S1'", 11, "activity 2", 'it has no text; add a line text = "..." to'),
    ("[[activities]]\ntext='x'", 11, "activity 2 (x)", "it has no stage; add a line stage ="),
    (
        "[[activities]]\nid='a-2'\nstage='S9'\ntext='x'",
        13,
        "activity 2 (a-2)",
        'stage "S9" is not one of the stages (S1); correct it, or add a stage with that id.',
    ),
    (
        "[[activities]]\nid='a-1'\nstage='S1'\ntext='x'",
        12,
        "activity 2 (a-1)",
        'id "a-1" is also that of activity 1 (a-1) on line 7; give one of them another id.',
    ),
    ("[[stages]]\nid='S1'\nname='x'", 12, "stage 2 (S1)", "also that of stage 1 (S1) on line 3;"),
    (
        "[[roles]]\ncode='cm'\nname='x'\n[[roles]]\nname='y'\ncode='cm'",
        16,
        "role 2 (cm)",
        'code "cm" is also that of role 1 (cm) on line 11; give one of them another code.',
    ),
    (
        "[[tiers]]\ncode='g'\nname='x'\n[[tiers]]\ncode='g'\nname='y'",
        15,
        "tier 2 (g)",
        "also that of tier 1 (g) on line 11",
    ),
    ("[[roles]]\ncode='cm'", 11, "role 1 (cm)", "it has no name; add a line name ="),
    ("[[tiers]]\ncode='g'\nname='x'\nvalue_from=1.5", 14, "tier 1 (g)", "not the number 1.5;"),
    ("[[actions]]\nid='n-1'\ntext='x'\nimpact=6", 14, "action 1 (n-1)", "from 1 to 5, not 6;"),
    ("[[actions]]\nid='n-1'\ntext='x'\neffort=0", 14, "action 1 (n-1)", "from 1 to 5, not 0;"),
    ("[[actions]]\nid='n-1'\ntext='x'\nvotes=-1", 14, "action 1 (n-1)", "0 or more, not -1;"),
    ("[[actions]]\nid='n-1'\ntext='x'\nimpact=true", 14, "action 1 (n-1)", "number, not true;"),
    (
        "[[actions]]\nid='n-1'\ntext='x'\ndue='10 December'",
        14,
        "action 1 (n-1)",
        'due must be a date, not the text "10 December"; write it as 2026-12-10, no quotes.',
    ),
    (
        "[[actions]]\nid='n-1'\ntext='x'\ndue=2026-12-10T10:00:00",
        14,
        "action 1 (n-1)",
        "not a date with a time of day",
    ),
    ("[[topics]]\nid='t-1'\nkind='own'\nminutes=-4", 14, "topic 1 (t-1)", "0 or more, not -4"),
    ("[clock]\ntopic={used=-1}", 12, "clock", "topic, used must be 0 or more, not -1"),
    ("[workshop]\ndate = 5", 12, "workshop", "date must be a date, not the number 5"),
    (
        "[people]\nname='Jane'",
        11,
        "people",
        "it must be a list, not a table; write each under a he",
    ),
    ("[[board]]\nname='CAB'", 11, "", "board must be a table, not a list"),
    ('[[people]]\nname="a\\qb"\n', 12, "person 1", "this is not TOML at column 10 (unescaped"),
    ("lead = cm", 11, "activity 1", "this is not TOML at column 8 (invalid value); correct it: te"),
    ("lead = 'cm\nalso=[]", 11, "activity 1", "this is not TOML, as what begins here does not en"),
    ('lead = "cm\nalso=[]', 11, "activity 1", "this is not TOML at column 11 (illegal character"),
    ('lead = """cm\nalso=[]', 11, "activity 1", "begins here does not end (unterminated string)"),
    ("also = [\n'cm',\n", 11, "activity 1", "begins here does not end (invalid value); correct"),
    (
        "also = [\n'cm'\n[[issues]]",
        13,
        "activity 1",
        "this is not TOML at column 1 (unclosed array)",
    ),
    ("stage = 'S1'", 11, "activity 1", "(cannot overwrite a value)"),
    ("[stages]", 11, "stages", "this is not TOML at column 8 (cannot declare"),
]


@pytest.mark.parametrize(("text", "line", "record", "says"), CASES)
def test_each_mistake_is_named_with_its_place(text: str, line: int, record: str, says: str) -> None:
    assert loads(HEAD)
    with pytest.raises(SessionFileError) as caught:
        loads(f"{HEAD}{text}\n")
    error = caught.value
    assert says in error.message
    assert error.record == record
    assert error.line == line
    assert str(error) == f"line {line}, {error.record}: {error.message}".replace(", :", ":")
    assert error.named("s.toml").startswith(f"s.toml, line {line}")
    assert str(error).isprintable()
    assert error.message.endswith(".")


def test_a_newer_format_is_refused_before_anything_else() -> None:
    with pytest.raises(SessionFileError, match="update Offwall") as caught:
        loads('# new\nformat = 2\nworkshop = "all different now"\n')
    assert caught.value.line == 2
    assert "format is 2: a newer Offwall wrote this file, and this one reads up to format 1" in str(
        caught.value
    )


@pytest.mark.parametrize("value", ["0", "-3", "'1'", "true", "1.0", "0x" + "f" * 6000])
def test_a_format_that_never_was_is_refused(value: str) -> None:
    with pytest.raises(SessionFileError, match="format"):
        loads(f"format = {value}\n")


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 100_000,
        "x = " + "9" * 5000,
        "\x00" * 200,
        "not toml at all\n",
        "PK\x03\x04 a workbook",
        '{"a": 1}',
        "a\u202eb",
        "[[",
        "[",
        "=",
        '"""',
        "'''" * 3,
    ],
)
def test_what_is_not_toml_is_one_printable_sentence(text: str) -> None:
    with pytest.raises(SessionFileError) as caught:
        loads(text)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_the_text_that_is_repeated_is_short_and_safe() -> None:
    with pytest.raises(SessionFileError) as caught:
        loads('[[actions]]\ntext = "\\u202e\\u001b[2Jx"\nimpact = 9\n')
    assert str(caught.value).isprintable()
    with pytest.raises(SessionFileError) as caught:
        loads(f'[[people]]\nname = "x"\ngroup = "{"é" * 500}"\n')
    assert len(str(caught.value)) < 300
