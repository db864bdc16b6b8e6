"""The brief as Markdown: the session's text never becomes markup, links or HTML."""

import datetime as dt

import pytest

from offwall.model.documents.brief.content import (
    Audience,
    BulletsBlock,
    HeadingBlock,
    PageBreakBlock,
    ParagraphBlock,
    PicturesBlock,
    ReportContent,
    TableBlock,
)
from offwall.model.documents.brief.export import brief_markdown, markdown_text
from offwall.model.documents.brief.report import report
from offwall.model.store.photo_files import Picture
from tests.built_workbooks import session_named

TODAY = dt.date(2026, 12, 10)


def made(*blocks: object) -> ReportContent:
    return ReportContent(
        Audience.MANAGEMENT, "A | B", "from *us*", "OFFICIAL", "", "", TODAY, blocks  # type: ignore[arg-type]
    )  # fmt: skip


def test_each_block_is_written_as_markdown_has_it() -> None:
    said = brief_markdown(
        made(
            HeadingBlock("One"),
            HeadingBlock("Two", 2),
            ParagraphBlock("said", "Lead:"),
            BulletsBlock.of(["a", "b"]),
            TableBlock(("X", "Y"), (("1", "a|b"),), (1, 1), "about"),
            PageBreakBlock(),
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


def test_a_picture_with_a_name_is_linked_once_and_any_other_only_named() -> None:
    here = Picture(b"", "The wall", "Eight [columns]", name="wall 1(a).jpg")
    blocks = made(PicturesBlock(), PicturesBlock(large=True, wall="The wall, large"))
    assert brief_markdown(blocks, [here]).endswith(
        "![Eight \\[columns\\]](<wall%201%28a%29.jpg>)\n\n*The wall*\n"
    )
    assert brief_markdown(blocks, [Picture(b"", "The map", "")]).endswith("\n\n*The map*\n")
    assert brief_markdown(blocks, [Picture(b"", "", "Page 2")]) == brief_markdown(blocks)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", ["contract-management", "brackets", "nothing"])
def test_rows_keep_their_columns_whatever_the_text_holds(name: str, audience: Audience) -> None:
    content = report(session_named(name), audience, TODAY)
    lines = brief_markdown(content).split("\n")
    expected = [
        len(block.headers)
        for block in content.blocks
        if isinstance(block, TableBlock)
        for _ in range(len(block.rows) + 2)
    ]
    found = [line for line in lines if line.startswith("| ")]
    assert [
        line.replace("\\\\", "").replace("\\|", "").count("|") - 1 for line in found
    ] == expected
