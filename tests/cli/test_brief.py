"""offwall brief: where it goes, for whom, on what template, and what is refused."""

import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from offwall.model.documents import extras
from tests.documents.council_template import MINUTES, as_kind, council_document, saved


@pytest.fixture
def quick(wall: Path) -> Path:
    """A session without activities, and so without a drawing."""
    return wall


def headings(path: Path) -> list[str]:
    lines = docx.Document(str(path)).paragraphs
    return [one.text for one in lines if one.style is not None and one.style.name == "Heading 1"]


def refused(said: Any, *words: str) -> None:
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    for word in words:
        assert word in said.err


def test_at_a_terminal_it_is_asked_once_whom_it_is_for(offwall: Any, quick: Path) -> None:
    for answer, title in (
        ("Head of service\n", "the head of service"),
        ("\n", "senior management"),
    ):
        said = offwall("brief", quick, "-o", "b.md", "--force", stdin=answer, terminal=True)
        assert said.err.count("Who is it for?") == 1
        assert f"recommendations for {title}" in Path("b.md").read_text("utf-8")
    said = offwall("brief", quick, "-o", "b.md", "--for", "director", terminal=True)
    assert "Who is it for?" not in said.err
    said = offwall("brief", quick, "-o", "c.md", stdin="the king\n", terminal=True)
    assert (said.status, said.out, Path("c.md").exists()) == (2, "", False)
    assert "There is no reader the-king. Nothing is written." in said.err


@pytest.mark.slow
def test_beside_the_session_under_the_next_free_name(offwall: Any, quick: Path) -> None:
    for name in ("s-brief.docx", "s-brief-2.docx"):
        said = offwall("brief", quick)
        assert (said.status, said.err) == (0, "")
        assert f"Wrote {quick.with_name(name)}" in said.out
    assert headings(quick.with_name("s-brief.docx"))[0] == "What you are asked to do"
    assert offwall("brief", quick, "--for", "participants").status == 0
    assert headings(quick.with_name("s-feedback.docx"))[0] == "Thank you"


@pytest.fixture
def photographed(own_sample: Path) -> Path:
    """The sample with a photo beside it."""
    Image.new("RGB", (640, 480), "orange").save(own_sample.with_name("wall.jpg"))
    text = own_sample.read_text("utf-8")
    photo = 'caption = "The whole wall"'
    assert photo in text
    own_sample.write_text(text.replace(photo, f'{photo}\npath = "wall.jpg"'), "utf-8")
    return own_sample


@pytest.mark.slow  # the drawing of 48 activities takes a second
def test_the_sample_s_brief_has_the_drawing_and_the_photo(offwall: Any, photographed: Path) -> None:
    assert offwall("brief", photographed).status == 0
    body = docx.Document(str(photographed.with_name("contract-management-brief.docx"))).element.body
    described = body.xpath("//wp:docPr/@descr")
    assert "48 activities in 8 stages" in described[-1]
    assert any("The whole wall" in one for one in described)


def test_markdown_links_the_photos_that_are_there(
    offwall: Any, photographed: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    assert offwall("brief", photographed, "-o", tmp_path / "out" / "b.md").status == 0
    assert "](<../wall.jpg>)" in (tmp_path / "out" / "b.md").read_text("utf-8")
    photographed.with_name("wall.jpg").unlink()
    assert offwall("brief", photographed, "-o", tmp_path / "b.md").status == 0
    assert "wall.jpg" not in (tmp_path / "b.md").read_text("utf-8")


def test_a_photo_that_is_not_there_is_said_and_the_rest_is_written(
    offwall: Any, quick: Path
) -> None:
    with quick.open("a", encoding="utf-8") as file:
        file.write('\n[[photos]]\nid = "f-12345678"\npath = "gone.jpg"\n')
    said = offwall("brief", quick)
    assert said.status == 0
    assert "gone.jpg" in said.err
    assert headings(quick.with_name("s-brief.docx"))


def test_the_feedback_knows_the_session_before(
    offwall: Any, own_sample: Path, tmp_path: Path
) -> None:
    assert offwall("new", "two.toml", "--from", own_sample).status == 0
    two = tmp_path / "two.toml"
    two.write_text(two.read_text("utf-8").replace("open_point", "note"), "utf-8")
    assert offwall("brief", two, "--for", "participants", "-o", "f.md").status == 0
    written = (tmp_path / "f.md").read_text("utf-8")
    assert "**Open points settled:** “A gap: ideas are not logged today" in written
    own_sample.unlink()
    said = offwall("brief", two, "--for", "participants", "-o", "g.md")
    assert (said.status, said.err.count("\n")) == (0, 1)
    assert "since last time is left out" in said.err


@pytest.mark.slow
def test_what_is_too_much_to_draw_is_said(offwall: Any, quick: Path) -> None:
    lines = "".join(f"Step {number} @cm\n" for number in range(151))
    assert offwall("add", quick, stdin=lines).status == 0
    said = offwall("brief", quick)
    assert said.status == 0
    assert "151 activities are too many" in said.err
    document = docx.Document(str(quick.with_name("s-brief.docx")))
    assert not document.inline_shapes
    assert "S1.151" in "".join(document.element.body.xpath(".//w:t/text()"))


def test_the_suffix_decides_the_format(offwall: Any, quick: Path, tmp_path: Path) -> None:
    target = tmp_path / "OURS.MD"
    assert offwall("brief", quick, "-o", target).status == 0
    assert target.read_text("utf-8").startswith("# ")
    assert offwall("brief", quick, "-o", "ours.pdf").status == 0
    assert PdfReader("ours.pdf").metadata.title.endswith("recommendations for senior management")
    refused(offwall("brief", quick, "-o", "x.odt"), "x.odt", ".docx or .md or .pdf or .pptx")
    refused(
        offwall("brief", quick, "-o", "x.md", "--template", quick), "template is for Word or slides"
    )
    assert not (tmp_path / "x.md").exists()


def test_slides_are_of_the_brief_and_take_the_council_s_deck(offwall: Any, quick: Path) -> None:
    Presentation().save("theirs.pptx")
    said = offwall("brief", quick, "-o", "x.pptx", "--for", "director", "--template", "theirs.pptx")
    assert (said.status, said.out) == (0, "Wrote x.pptx.\n")
    assert len(Presentation("x.pptx").slides) == 6
    refused(offwall("brief", quick, "-o", "y.pptx", "--for", "participants"), "another reader")
    refused(offwall("brief", quick, "-o", "y.pptx", "--template", quick), "no PowerPoint file")


def test_what_is_not_installed_is_said_with_how_to_get_it(
    offwall: Any, quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PDF", "SLIDES"):
        lacking = replace(getattr(extras, name), modules=("typst_that_is_not_there",))
        monkeypatch.setattr(extras, name, lacking)
    refused(offwall("brief", quick, "-o", "x.pdf"), 'pip install "offwall[pdf]"')
    refused(offwall("brief", quick, "-o", "x.pptx"), 'pip install "offwall[slides]"')


@pytest.mark.slow
def test_no_output_is_overwritten_without_force(offwall: Any, quick: Path, tmp_path: Path) -> None:
    target = tmp_path / "ours.docx"
    target.write_text("mine")
    refused(offwall("brief", quick, "-o", target), "already there", "--force")
    assert target.read_text() == "mine"
    assert offwall("brief", quick, "-o", target, "--force").status == 0
    assert headings(target)


def test_a_council_s_template_gives_its_header(offwall: Any, quick: Path, tmp_path: Path) -> None:
    template = tmp_path / "council.docx"
    template.write_bytes(saved(council_document()))
    before = template.read_bytes()
    assert offwall("brief", quick, "-o", "ours.docx", "--template", template).status == 0
    document = docx.Document(str(tmp_path / "ours.docx"))
    assert "Sampleshire Borough Council" in document.sections[0].header.paragraphs[-1].text
    assert all(MINUTES not in line.text for line in document.paragraphs)
    assert template.read_bytes() == before


def truncated() -> bytes:
    return saved(council_document())[:5000]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: as_kind("xlsx"), "broken"),
        (truncated, "broken"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(100), "password"),
        (lambda: BytesIO(b"text").read(), "broken"),
    ],
)
def test_what_is_no_template_is_one_line_and_writes_nothing(
    offwall: Any, quick: Path, tmp_path: Path, make: Callable[[], bytes], said: str
) -> None:
    template = tmp_path / "bad.docx"
    template.write_bytes(make())
    refused(offwall("brief", quick, "--template", template), said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.docx", "s.toml"]


def test_a_template_that_is_not_there_or_a_folder(
    offwall: Any, quick: Path, tmp_path: Path
) -> None:
    refused(offwall("brief", quick, "--template", "none.docx"), "none.docx is not there")
    refused(offwall("brief", quick, "--template", tmp_path), "is a folder. Give the name")
    refused(offwall("brief", "none.toml"), "none.toml")
    refused(offwall("brief", quick, "--for", "everybody"), "management", "participants")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_template_that_may_not_be_read(offwall: Any, quick: Path, tmp_path: Path) -> None:
    template = tmp_path / "council.docx"
    template.write_bytes(saved(council_document()))
    template.chmod(0)
    refused(offwall("brief", quick, "--template", template), "Permission denied")
