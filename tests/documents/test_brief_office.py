"""The brief as an office program prints it: two pages, then the appendix."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest

from offwall.model.documents.brief.export import brief_docx
from offwall.model.documents.brief.papers import Pictures, report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.paper import Picture
from tests.built_workbooks import session_named
from tests.documents.council_template import council_document, picture, saved

WRITER = shutil.which("lowriter")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(WRITER is None, reason="LibreOffice Writer (lowriter) is not installed"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed"),
]

TODAY = dt.date(2026, 12, 10)

PICTURES = Pictures(
    (Picture(picture("blue", (1600, 1200), "JPEG"), "Eight columns of post-its", "The wall"),),
    (
        Picture(picture("white", (1600, 1131)), "Page 1"),
        Picture(picture("white", (1600, 1131)), "Page 2"),
    ),
)


def pages(content: bytes, folder: Path) -> list[str]:
    """The text of each page that LibreOffice prints."""
    source = folder / "brief.docx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(WRITER), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=240)
    printed = ["pdftotext", "-layout", str(folder / "brief.pdf"), "-"]
    said = subprocess.run(printed, check=True, capture_output=True, text=True, timeout=60).stdout
    return said.split("\f")[:-1]


def brief(template: bytes | None = None) -> bytes:
    session = session_named("contract-management")
    return brief_docx(report(session, Audience.MANAGEMENT, TODAY, PICTURES), template).data


def test_the_brief_is_two_pages_and_an_appendix(tmp_path: Path) -> None:
    printed = pages(brief(), tmp_path)
    assert next(n for n, page in enumerate(printed, 1) if "Appendix" in page) == 3
    assert "What you are asked to do" in printed[0]
    assert "Meetings:" in printed[1]
    assert all("Draft: 3 of 48 activities" in page for page in printed)
    assert all("OFFICIAL" in page for page in printed)
    assert all(f"Page {n} of {len(printed)}" in page for n, page in enumerate(printed, 1))
    # The board's terms have a page of their own, and no page is empty.
    terms = next(page for page in printed if "Appendix: terms of" in page)
    assert "One more meeting that every report waits for." in terms
    assert "Consulted" not in terms
    assert "Appendix: the process map" in printed[-2]
    # The RACI's header row comes again where its table goes on.
    assert sum("Responsible" in page for page in printed) >= 3


def test_a_council_s_header_and_footer_are_on_every_page(tmp_path: Path) -> None:
    printed = pages(brief(saved(council_document())), tmp_path)
    for page in printed:
        assert "Sampleshire Borough Council" in page
        assert "Working for Sampleshire" in page
        assert "OFFICIAL" in page


def test_the_feedback_prints(tmp_path: Path) -> None:
    content = report(session_named("brackets"), Audience.PARTICIPANTS, TODAY)
    assert "Thank you" in pages(brief_docx(content).data, tmp_path)[0]
