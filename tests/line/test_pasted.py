"""Lists, chats and tables as programs copy them, and the bytes that come through a pipe."""

import pytest

from offwall.model.line.pasted import TextEncodingError, decoded, read_pasted

TWO = ("Check insurance", "File it")


@pytest.mark.parametrize(
    "text",
    [
        "a) Check insurance\nb) File it",
        "(a) Check insurance\n(b) File it",
        "(i) Check insurance\n(ii) File it",
        "I. Check insurance\nII. File it",
        "1.1 Check insurance\n1.2 File it",
        "1) Check insurance\n2) File it",
        "\uf0b7\tCheck insurance\n\uf0b7\tFile it",
        "1.\tCheck insurance\n2.\tFile it",
        "o\tCheck insurance\no\tFile it",
        "☐ Check insurance\n☑ File it",
        "[ ] Check insurance\n- [x] File it",
        "➢ Check insurance\r\n\r\n■ File it\r\n",
        "[10:02] Jane Doe: Check insurance\n[10:03] Tom O'Dea: File it",
        "10:02 - Jane Doe: Check insurance\n10:03 - Tom: File it",
        "Jane Doe  10:02 AM\nCheck insurance\nTom Ellery, 29/11/2026 10:03\nFile it",
        "[Yesterday 10:02] Doe, Jane\nCheck insurance\n[Yesterday 10:03] Ellery, Tom\nFile it",
        '"Check\ninsurance"\nFile it',
        "ID,BG Color,Text,Text Color,Created by\n1,r,Check insurance,b,J\n2,r,File it,b,T\n",
        "ID,Text,Area\n1,Check insurance,Top\n2,File it,Top\n",
        'Text;Colour\n"Check\ninsurance";red\nFile it;red',
        "\ufeff".join(["", "Note\tAuthor\nCheck insurance\tJane\nFile it\tTom"])[1:],
    ],
)
def test_what_stands_before_the_words_is_no_part_of_them(text: str) -> None:
    pasted = read_pasted(text)
    assert pasted.lines == TWO
    assert not pasted.columns


@pytest.mark.parametrize(
    "text",
    [
        "a) and b) of the lease apply\nCheck it",
        "I. Khan signs\nA. Frost countersigns",
        "1.5 days for the panel\n3.5 days for the rest",
        "10:30 start of the panel\nNote: keep the keys\nLegal: sign the deed",
        "Check insurance, then file\nPay, then close",
        '"\nCheck it\n"',
        "Check the contract, notes\nFile it, later",
        '"Gold" contracts first\nThen the "silver" ones',
    ],
)
def test_words_that_look_so_stay(text: str) -> None:
    assert list(read_pasted(text).lines) == text.splitlines()


def test_what_is_left_out_is_said() -> None:
    chat = read_pasted("[10:02] Jane Doe: One\n[10:03] Tom Ellery: Two")
    assert chat.told == ("The names and times of a chat are left out: Jane Doe, Tom Ellery.",)
    board = read_pasted('ID,BG Color,Text\n1,#FFF,"One, two"\n')
    assert (board.lines, board.numbers) == (("One, two",), (2,))
    assert board.told == ("Column Text is taken; left out: ID, BG Color.",)


def test_a_table_asks_for_its_column_once() -> None:
    table = read_pasted("Check insurance\tContract Manager\nPay the invoice\tFinance")
    assert (table.lines, table.asks()) == ((), "1 Check insurance, 2 Contract Manager")
    for said in ("", "0", "3", "9" * 5000, "²", "no such"):
        assert table.of_column(said) is None
    chosen = table.of_column("1")
    assert chosen is not None
    assert chosen.lines == ("Check insurance", "Pay the invoice")
    named = read_pasted("Activity\tLead\nCheck insurance\tContract Manager").of_column("activity")
    assert named is not None
    assert named.lines == ("Check insurance",)


def test_numbers_are_those_of_what_came() -> None:
    assert read_pasted("One\n\n- Two\n").numbers == (1, 3)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_is_told_by_its_bytes(encoding: str) -> None:
    text = "Contracts over £500k\r\n“Smart” quotes – and café\r\n"
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"One\nTwo \x81\nThree", 2),
        ("One £\nTwo\nThree ".encode() + b"\xa3", 3),
        (b"\xff\xfeO\x00n\x00e\x00\n\x00T", 2),
        (b"\xef\xbb\xbfOne\n\xff", 2),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(raw: bytes, line: int) -> None:
    with pytest.raises(TextEncodingError, match=f"Line {line} .*nothing is kept"):
        decoded(raw)


def test_nothing_is_text_too() -> None:
    assert decoded(b"") == ""
    assert read_pasted("").lines == ()
