"""Everything as it lies in the folder, each file read by another program: one language, one answer.

`test_papers_agree` asks the parts before they are written; here each has been through its writer,
and is read as whoever opens the file does.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import vobject
from defusedxml.ElementTree import fromstring
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from offwall.model.actions import live
from offwall.model.actions.facts import Facts
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.bundle import write_bundle
from offwall.model.documents.diagram.export import drawing_bpmn
from offwall.model.records.fields import is_id
from offwall.model.records.session import Session
from offwall.model.tables.all_sheets import sheets_of
from tests.documents.test_papers_agree import KEYS, SESSIONS, WRONG
from tests.nightly import rest_at_night
from tests.workbook.came_back import HEADER

TODAY = dt.date(2026, 12, 10)
NOW = dt.datetime(2026, 12, 10, 16, tzinfo=dt.UTC)

Read = Callable[[Path, Session], Iterator[str]]


def of_word(path: Path, _: Session) -> Iterator[str]:
    found = Document(str(path))
    for part in (found, *(o.header for o in found.sections), *(o.footer for o in found.sections)):
        yield from (one.text for one in part.paragraphs)
        yield from (cell.text for table in part.tables for row in table.rows for cell in row.cells)


def of_pdf(path: Path, _: Session) -> Iterator[str]:
    for page in PdfReader(path).pages:
        yield from page.extract_text().splitlines()


def of_slides(path: Path, _: Session) -> Iterator[str]:
    for slide in Presentation(str(path)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_text_frame:
                yield from (one.text for one in shape.text_frame.paragraphs)


def of_workbook(path: Path, session: Session) -> Iterator[str]:
    known = {
        (sheet.title, column.header): column.key
        for sheet in sheets_of(session)
        for column in sheet.columns
    }
    for sheet in load_workbook(path):
        heads = [cell.value for cell in sheet[HEADER]]
        for row in sheet.iter_rows(values_only=True):
            for head, value in zip(heads, row, strict=True):
                if value is not None and known.get((sheet.title, head)) not in KEYS:
                    yield str(value)


def of_drawing(path: Path, _: Session) -> Iterator[str]:
    for element in fromstring(path.read_bytes()).iter():
        yield element.text or ""
        yield element.get("name") or ""


def of_mail(path: Path, _: Session) -> Iterator[str]:
    mail: Any = message_from_bytes(path.read_bytes(), policy=policy.default)
    yield str(mail["subject"])
    yield from mail.get_body().get_content().splitlines()


def of_calendar(path: Path, _: Session) -> Iterator[str]:
    for event in vobject.readOne(path.read_text("utf-8")).vevent_list:
        yield event.summary.value
        yield from event.description.value.splitlines() if hasattr(event, "description") else ()


def of_text(path: Path, _: Session) -> Iterator[str]:
    yield from path.read_text("utf-8").splitlines()


def close(text: str) -> str:
    """A text without its spaces: a reader of PDF does not know which of them broke a line."""
    return "".join(text.split())


READERS: dict[str, Read] = {
    ".docx": of_word,
    ".pdf": of_pdf,
    ".pptx": of_slides,
    ".xlsx": of_workbook,
    ".svg": of_drawing,
    ".bpmn": of_drawing,
    ".eml": of_mail,
    ".ics": of_calendar,
    ".txt": of_text,
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", rest_at_night(["one of each", "contract-management", "cup-of-coffee"])
)
def test_no_file_has_a_code_a_word_of_the_program_or_a_plural_that_does_not_agree(
    name: str, tmp_path: Path
) -> None:
    session = SESSIONS[name]
    found = write_bundle(
        session,
        tmp_path / "record.toml",
        now=NOW,
        today=TODAY,
        folder=tmp_path / "out",
        audience=Audience.COMMITTEE,
    )
    assert (found.failed, found.left_out) == ((), ())
    (tmp_path / "out" / "record.bpmn").write_bytes(drawing_bpmn(session))
    files = [*found.files, tmp_path / "out" / "record.bpmn"]
    assert {file.suffix for file in files} >= {*READERS} - {".ics"}
    # The board's code is a word that people write, too.
    codes = {role.code for role in session.roles} - {"board"}
    wrong = []
    for file in files:
        for line in READERS[file.suffix](file, session):
            words = set(re.findall(r"[\w-]+", line))
            wrong += [(file.name, line) for word in words if word in codes or is_id(word)]
            wrong += [
                (file.name, fault, line)
                for fault, pattern in WRONG.items()
                if re.search(pattern, line)
            ]
    assert wrong == []


@pytest.mark.slow
def test_every_file_that_names_an_action_gives_it_one_owner_and_one_day(tmp_path: Path) -> None:
    session = SESSIONS["contract-management"]
    facts = Facts(session, TODAY)
    found = write_bundle(
        session, tmp_path / "record.toml", now=NOW, today=TODAY, folder=tmp_path / "out"
    )
    plans = [file for file in found.files if "plan" in file.name or "feedback" in file.name]
    assert len(plans) == 4
    for file in (*plans, tmp_path / "out" / "record.xlsx"):
        told = close("".join(READERS[file.suffix](file, session)))
        for action in live(session.actions):
            for said in (action.text, facts.owner(action)):
                assert close(said) in told, (file.name, said)
            deadline = facts.deadline(action)
            if deadline and deadline.papers_by and deadline.meeting:
                day = f"papers due {deadline.papers_by:%-d %b %Y}"
                assert close(day) in told, (file.name, day)
