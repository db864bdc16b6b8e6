"""Random charts, plans and logs: read whole, else told; filled, and read by another program."""

from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from offwall.model.process.raci import raci_columns
from offwall.model.workbook.template.fill import fill_template
from tests.built_workbooks import session_named
from tests.nightly import rest_at_night
from tests.workbook.charts import bytes_of
from tests.workbook.generated_charts import (
    KEPT,
    OPEN,
    WHOLE,
    WRONG,
    blank_template,
    generated,
    outcome,
    seeds,
    words,
)

NUMBER = 120
"""Workbooks of each half."""


def test_the_halves_share_no_word_but_where_a_list_has_one_alone() -> None:
    for language, said in words(OPEN).items():
        for means, found in said.items():
            other = words(KEPT)[language][means]
            assert not set(found) & set(other) or 1 in (len(found), len(other))
    assert not set(seeds(OPEN, 50)) & set(seeds(KEPT, 50))


@pytest.mark.slow
@pytest.mark.parametrize("half", rest_at_night([OPEN, KEPT], gate=(KEPT,)))
def test_charts_plans_and_logs_are_read_whole_or_told(half: str, tmp_path: Path) -> None:
    found = {seed: outcome(generated(seed, half), tmp_path) for seed in seeds(half, NUMBER)}
    assert [seed for seed, said in found.items() if said == WRONG] == []
    assert sum(said == WHOLE for said in found.values()) >= 0.98 * NUMBER


@pytest.mark.slow
@pytest.mark.parametrize("half", [OPEN, KEPT])
def test_blank_charts_are_filled_and_another_program_reads_them(half: str) -> None:
    session = session_named("contract-management")
    codes = raci_columns(session)
    for seed in seeds(half, 25):
        template, header, columns = blank_template(Random(f"{half}{seed}"), session, half)  # noqa: S311
        done = fill_template(bytes_of(template), session, "theirs.xlsx")
        book = CalamineWorkbook.from_filelike(BytesIO(done.content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)[header:]
        at = columns["activity"] - 1
        assert [row[at] for row in rows[: len(session.in_order)]] == [
            one.text for one in session.in_order
        ], seed
        first = session.in_order[0]
        for code in codes:
            if code in columns:
                letters = {letter for letter in str(rows[0][columns[code] - 1]) if letter in "RACI"}
                assert ("R" in letters) == (code in (first.lead, *first.also)), (seed, code)
                assert ("A" in letters) == (code == first.accountable), (seed, code)
                assert ("C" in letters) == (code in first.consulted), (seed, code)
                assert ("I" in letters) == (code in first.informed), (seed, code)
