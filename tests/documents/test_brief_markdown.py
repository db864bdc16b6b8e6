"""The brief as Markdown: the session's text never becomes markup, links or HTML."""

import dataclasses
import datetime as dt

import pytest

from offwall.model.documents.brief.export import markdown_text, paper_markdown
from offwall.model.documents.brief.papers import report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.paper import (
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Table,
)
from tests.built_workbooks import session_named

TODAY = dt.date(2026, 12, 10)


def made(*blocks: object) -> Paper:
    return Paper("A | B", "from *us*", "", "OFFICIAL", TODAY, blocks)  # type: ignore[arg-type]


def test_each_block_is_written_as_markdown_has_it() -> None:
    said = paper_markdown(
        made(
            Heading("One"),
            Heading("Two", 2),
            Paragraph("said", "Lead:"),
            Bullets.of(["a", "b"]),
            Table(("X", "Y"), (("1", "a|b"),), (1, 1), "about"),
            PageBreak(),
        )
    )
    assert said == (
        "**OFFICIAL**\n\n# A \\| B\n\nfrom \\*us\\*\n\n## One\n\n### Two\n\n**Lead:** said\n\n"
        "- a\n- b\n\n| X | Y |\n| --- | --- |\n| 1 | a\\|b |\n\n---\n"
    )


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("+ no item", "\\+ no item"),
        ("1. no item", "1\\. no item"),
        ("=====", "\\====="),
        ("[PO](javascript:x)", "\\[PO\\](javascript:x)"),
        ("<b>&amp;", "\\<b\\>\\&amp;"),
        ("http://x.example", "http&#58;//x.example"),
        ("www.x.example", "www&#46;x.example"),
        ("a@b.example", "a&#64;b.example"),
        ("two\nlines\x00\x1b", "two lines��"),
        ("$x$ `y` ~z~", "\\$x\\$ \\`y\\` \\~z\\~"),
    ],
)
def test_marks_in_the_session_s_text_are_plain(said: str, written: str) -> None:
    assert markdown_text(said) == written


def test_a_picture_with_a_way_to_its_file_is_linked_and_any_other_only_named() -> None:
    here = Picture(b"", "Eight [columns]", "The wall", "wall 1(a).jpg")
    assert paper_markdown(made(here)).endswith(
        "![Eight \\[columns\\]](<wall%201%28a%29.jpg>)\n\n*The wall*\n"
    )
    assert paper_markdown(made(Picture(b"", "", "The map"))).endswith("\n\n*The map*\n")
    assert paper_markdown(made(Picture(b"", "Page 2"))) == paper_markdown(made())


def test_a_draft_says_so_and_text_that_turns_its_direction_is_set_straight() -> None:
    said = paper_markdown(dataclasses.replace(made(Paragraph("a\u202eb")), draft="Draft: 1 of 2"))
    assert said.startswith("**OFFICIAL**\n\n**Draft: 1 of 2**\n\n# ")
    assert said.endswith("ab\n")


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", ["contract-management", "brackets", "nothing"])
def test_rows_keep_their_columns_whatever_the_text_holds(name: str, audience: Audience) -> None:
    content = report(session_named(name), audience, TODAY)
    lines = paper_markdown(content).split("\n")
    expected = [
        len(block.heads)
        for block in content.parts
        if isinstance(block, Table)
        for _ in range(len(block.rows) + 2)
    ]
    found = [line for line in lines if line.startswith("| ")]
    assert [
        line.replace("\\\\", "").replace("\\|", "").count("|") - 1 for line in found
    ] == expected
