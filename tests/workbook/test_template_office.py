"""Filled templates as an office program makes and opens them, and the workbook on its pages."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from offwall.model.workbook.template.choice import MappingChoice
from offwall.model.workbook.template.fill import fill_template
from offwall.model.workbook.write.book import build_workbook
from tests.built_workbooks import session_named
from tests.nightly import rest_at_night
from tests.workbook.charts import bytes_of
from tests.workbook.council_charts import (
    chart_in_a_table,
    chart_of_few_roles,
    chart_with_phases,
    charts_of_stages,
    plan_form,
)
from tests.workbook.templates import (
    as_excel_saves_it,
    by_libreoffice,
    by_openpyxl,
    by_xlsxwriter,
    converted,
    parts_of,
)

OFFICE = shutil.which("soffice") or ""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not OFFICE, reason="LibreOffice (soffice) is not installed"),
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
]

MAKERS = {
    "openpyxl": lambda _: by_openpyxl(),
    "xlsxwriter": lambda _: as_excel_saves_it(by_xlsxwriter()),
    "libreoffice": lambda folder: by_libreoffice(OFFICE, folder),
}


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("maker", rest_at_night(MAKERS))
def test_a_template_of_each_program_opens_in_each_after_it_was_filled(
    maker: str, tmp_path: Path
) -> None:
    session = session_named("contract-management")
    before = MAKERS[maker](tmp_path)
    done = fill_template(before, session, "theirs.xlsx")
    old, new = parts_of(before), parts_of(done.content)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == set(done.parts)
    assert all(
        re.match(r"xl/(worksheets/sheet|tables/table|workbook)\d*\.xml", name)
        for name in done.parts
    )
    load_workbook(BytesIO(done.content))
    path = tmp_path / "filled.xlsx"
    path.write_bytes(done.content)
    theirs = sheets_of(converted(OFFICE, "xlsx", path, tmp_path / "out").read_bytes())
    found = done.tables[0].found
    ours = sheets_of(done.content)[found.sheet]
    calculated = {at for at, said in found.headers.items() if said in done.tables[0].calculated}
    for one, other in zip(ours, theirs[found.sheet], strict=False):
        kept = [value for at, value in enumerate(one, 1) if at not in calculated]
        assert [value for at, value in enumerate(other, 1) if at not in calculated][
            : len(kept)
        ] == kept
    for number, row in enumerate(theirs[found.sheet][found.first - 1 :][: len(session.activities)]):
        for at in calculated:
            # LibreOffice worked the carried formula out: the length of the activity's text.
            assert row[at - 1] == len(session.in_order[number].text)


@pytest.mark.parametrize(
    ("book", "copied"),
    [
        (chart_of_few_roles(), False),
        pytest.param(chart_with_phases(), False, marks=pytest.mark.night),
        pytest.param(chart_in_a_table(), True, marks=pytest.mark.night),
        pytest.param(
            charts_of_stages("Mobilisation", "Performance"), False, marks=pytest.mark.night
        ),
        (plan_form(), True),
    ],
    ids=["few", "phases", "table", "stacked", "plan"],
)
def test_another_program_opens_wider_charts_and_copies_as_they_were_written(
    book: Workbook, copied: bool, tmp_path: Path
) -> None:
    session = session_named("contract-management")
    choice = MappingChoice(copy_sheet=copied)
    path = tmp_path / "filled.xlsx"
    path.write_bytes(fill_template(bytes_of(book), session, "theirs.xlsx", choice).content)
    theirs = sheets_of(converted(OFFICE, "xlsx", path, tmp_path / "out").read_bytes())
    ours = sheets_of(path.read_bytes())
    assert list(theirs) == list(ours)
    counts = {number for number, row in enumerate(ours.get("RACI", [])) if row[0] == "Letters"}
    for name, rows in ours.items():
        kept = [row for number, row in enumerate(rows) if number not in counts]
        others = [row for number, row in enumerate(theirs[name]) if number not in counts]
        assert [row[: len(kept[0])] for row in others[: len(kept)]] == kept
    for number in counts:
        # It counted the letters under each role, the new ones too.
        letters = [sum(bool(row[at]) for row in ours["RACI"][3:number]) for at in range(2, 13)]
        assert theirs["RACI"][number][2:13] == letters


PAPER = {"A3": (8, (1191, 842)), "A4": (9, (842, 595))}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("paper", rest_at_night(PAPER))
def test_the_default_workbook_prints_to_whole_pages(paper: str, tmp_path: Path) -> None:
    session = session_named("contract-management")
    book = load_workbook(BytesIO(build_workbook(session)))
    number, size = PAPER[paper]
    for sheet in book:
        sheet.page_setup.paperSize = number
    path = tmp_path / f"{paper}.xlsx"
    book.save(path)
    pdf = converted(OFFICE, "pdf", path, tmp_path / "out")
    info = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    shown = [round(float(one)) for one in re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", info)[0]]
    assert tuple(shown) == size
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    )
    pages = text.stdout.rstrip("\f").split("\f")
    # One page wide: a sheet that was cut would put its last column on a page of its own.
    process = [page for page in pages if re.search(r"\bActivities\s.*\bPage \d+ of", page)]
    assert process
    assert all("Ref" in page and "Status" in page for page in process)
    for ref in session.ref_by_id.values():
        assert sum(bool(re.search(rf"(?m)^\s*{ref}\b", page)) for page in process) == 1, ref
