"""Random RACI charts, plans and logs as people lay them out, each with what is right.

The words of `header_words.toml` and the seeds are split by their hashes into an open half and one
that is kept aside: what was made while looking at the one is measured with the other.

Run `python tests/workbook/generated_charts.py open 300` to print how many are read whole.
"""

import datetime as dt
import hashlib
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table

from offwall.model.process.raci import raci_columns
from offwall.model.records import Session
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.import_.proposals import Proposals, accept_proposals
from offwall.model.workbook.read.edited_copy import copy_from, read_workbook

OPEN, KEPT = "open", "kept"
LANGUAGES = ("en", "cy", "fr", "de")
TODAY = dt.date(2026, 11, 29)
VERBS = ("Agree", "Draft", "Check", "Send", "Review", "Approve", "Publish", "Record", "Close")
THINGS = (
    *("the scope", "the risk register", "a purchase order", "the tender papers", "insurance cover"),
    *("the handover file", "the board report", "all invoices", "the exit plan", "the award letter"),
    *("supplier meetings", "the contract", "savings", "the equality impact", "the lessons learned"),
)
STAGES = ("Before the meeting", "Plan", "Set up", "Deliver", "Close down", "After award")
PEOPLE = ("A. Person", "Jo Bloggs", "Sam Smith", "Dr P. Jones", "Ann Other", "K. Patel")
CODES = (
    dict(zip("DGTR", "DGTR", strict=True)),
    {"Documentation": "D", "Governance": "G", "Time risk": "T", "Risk": "R"},
)
STATUS = {"Open": "open", "Closed": "done", "In progress": "doing", "Cancelled": "dropped"}
WORDS = {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}


def half_of(said: str) -> str:
    """In which half a word or a seed lies."""
    return (OPEN, KEPT)[hashlib.sha256(said.encode()).digest()[0] & 1]


@cache
def words(half: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """The words of a half, by language and by what they head."""
    told = tomllib.loads((Path(__file__).parent / "header_words.toml").read_text("utf-8"))
    return {
        language: {
            means: tuple(word for word in said if half_of(word) == half) or tuple(said[:1])
            for means, said in told[language].items()
        }
        for language in LANGUAGES
    }


def seeds(half: str, number: int) -> Iterator[int]:
    """The first seeds of a half."""
    seed = found = 0
    while found < number:
        if half_of(str(seed)) == half:
            found += 1
            yield seed
        seed += 1


@dataclass
class Generated:
    """A workbook and what is right: rows of texts with what stands beside them."""

    kind: str
    book: Workbook
    layout: str
    rows: list[tuple[str, ...]] = field(default_factory=list)


def generated(seed: int, half: str) -> Generated:
    """The chart, plan or log of a seed."""
    pick = Random(f"{half}{seed}")  # noqa: S311
    said = words(half)[pick.choice(LANGUAGES)]
    kind = pick.choice(("raci", "raci", "raci", "plan", "issues"))
    made = Generated(kind, Workbook(), "")
    if kind == "raci":
        _Charts(pick, said, made).make()
    else:
        _log(pick, said, made)
    return made


def _texts(pick: Random, number: int) -> list[str]:
    every = [f"{verb} {thing}" for verb in VERBS for thing in THINGS]
    return pick.sample(every, number)


LAYOUTS = (
    *("plain", "title", "groups", "names", "phases", "merged phases", "stage column", "blanks"),
    *("count", "key below", "key beside", "two below", "two sheets", "side by side", "turned"),
    *("far", "many roles", "hidden", "table", "own column", "merged head", "merged across"),
)


class _Charts:
    """Lays a chart out, and notes what is right."""

    def __init__(self, pick: Random, said: dict[str, tuple[str, ...]], made: Generated) -> None:
        self._pick, self._said, self._made = pick, said, made
        self._letters = pick.choice(
            ("upper", "lower", "apart", "notes", "words", "nothing", "support")
        )
        self._texts = iter(_texts(pick, 60))
        made.layout = pick.choice(LAYOUTS)

    def make(self) -> None:
        layout, book = self._made.layout, self._made.book
        sheet = book.active
        sheet.title = self._pick.choice(self._said["sheet"])
        roles = self._roles(40 if layout == "many roles" else self._pick.randint(3, 6))
        if layout == "turned":
            return self._turned(sheet, roles)
        top, left = {"far": (7, 3), "title": (4, 1)}.get(layout, (1, 1))
        if layout in ("title", "far"):
            sheet.cell(1, 1, "Responsibilities of the project")
            sheet.cell(2, 1, "Last changed in March")
        bottom = self._chart(sheet, roles, top, left)
        if layout == "two below":
            self._chart(sheet, roles, bottom + 3, left)
        if layout == "side by side":
            self._chart(sheet, roles, top, left + len(roles) + 3)
        if layout == "two sheets":
            self._chart(book.create_sheet("Part two"), roles, 1, 1)
        if layout == "hidden":
            sheet.row_dimensions[top + 1].hidden = True
            sheet.column_dimensions[get_column_letter(left + 1)].hidden = True
        if layout == "table":
            ref = f"A1:{get_column_letter(sheet.max_column)}{bottom}"
            sheet.add_table(Table(displayName="Table1", ref=ref))
        return None

    def _roles(self, number: int) -> list[str]:
        known = list(self._said["role"])
        self._pick.shuffle(known)
        return (known + [f"Team {letter}{at}" for at in range(9) for letter in "KLMNP"])[:number]

    def _row(self, roles: list[str]) -> dict[str, str]:
        """The letters of a row by role: one R, one A, some C and I; and note what is right."""
        given = self._pick.sample(roles, len(roles))
        found = {given[0]: "R"}
        if self._pick.random() < 0.2:
            found[given[0]] = "RA"
        else:
            found[given[1]] = "A"
        for role in given[2:]:
            found[role] = self._pick.choice(("C", "I", ""))
        return found

    def _right(self, text: str, stage: str, letters: dict[str, str]) -> None:
        told = [
            f"{letter}:{role}"
            for role, said in letters.items()
            for letter in said
            if letter in "RACI"
        ]
        self._made.rows.append((text, stage, *sorted(told)))

    def _shown(self, said: str) -> str | None:
        style = self._letters
        if not said:
            return self._pick.choice((None, "-", "N/A")) if style == "nothing" else None
        if style == "words":
            return " / ".join(WORDS[one] for one in said)
        if style == "apart" and len(said) > 1:
            return self._pick.choice(("R/A", "A,R", "R & A"))
        if style == "notes" and self._pick.random() < 0.3:
            return self._pick.choice((f"{said}*", f"{said} (lead)", f"({said})"))
        if style == "support" and said == "C" and self._pick.random() < 0.4:
            return "C/S"
        return said.lower() if style == "lower" else said

    def _chart(self, sheet, roles: list[str], top: int, left: int) -> int:  # noqa: PLR0912
        """Write a chart, and return its last row."""
        layout, pick = self._made.layout, self._pick
        staged = layout == "stage column"
        at = left + staged
        if layout == "groups":
            sheet.cell(top, at + 1, "Council")
            sheet.cell(top, at + len(roles), "Others")
            top += 1
        if staged:
            sheet.cell(top, left, pick.choice(self._said["stage"]))
        sheet.cell(top, at, pick.choice(self._said["activity"]))
        wide = 2 if layout == "merged across" else 1
        if wide > 1:
            sheet.merge_cells(start_row=top, end_row=top, start_column=at, end_column=at + 1)
        first = at + wide
        for place, role in enumerate(roles, first):
            sheet.cell(top, place, role)
        own = first + len(roles)
        if layout == "own column":
            sheet.cell(top, own, pick.choice(self._said["own"]))
        head = top
        if layout == "names":
            top += 1
            for place in range(first, own):
                sheet.cell(top, place, pick.choice(PEOPLE))
        if layout == "merged head":
            top += 1
            for place in range(at, own):
                sheet.merge_cells(start_row=head, end_row=top, start_column=place, end_column=place)
        row = self._body(sheet, roles, (top, left, at, first))
        if layout == "count":
            sheet.cell(row + 1, at, pick.choice(("Number of A", "Total", "Count of R")))
            for place in range(first, own):
                sheet.cell(row + 1, place, pick.randint(0, 5))
        if layout == "key below":
            for down, (letter, word) in enumerate(WORDS.items(), 2):
                sheet.cell(row + down, at, f"{letter} = {word}")
        if layout == "key beside":
            for down, (letter, word) in enumerate(WORDS.items(), head + 1):
                sheet.cell(down, own + 1, letter)
                sheet.cell(down, own + 2, word)
        return row

    def _body(self, sheet, roles: list[str], places: tuple[int, int, int, int]) -> int:
        top, left, at, first = places
        layout, pick, row, stage = self._made.layout, self._pick, top, ""
        number = pick.randint(4, 9)
        stages = pick.sample(STAGES, 2)
        for place in range(number):
            half = place in (0, number // 2)
            if half and layout in ("phases", "merged phases", "stage column"):
                stage = stages[0 if place == 0 else 1]
            if half and layout in ("phases", "merged phases"):
                row += 1
                sheet.cell(row, at, stage)
                if layout == "merged phases":
                    sheet.merge_cells(
                        start_row=row, end_row=row, start_column=at, end_column=at + len(roles)
                    )
            if layout == "blanks" and place == number // 2:
                row += 1
            row += 1
            text, letters = next(self._texts), self._row(roles)
            sheet.cell(row, at, text)
            if layout == "stage column":
                sheet.cell(row, left, stage)
            if layout == "merged across":
                sheet.merge_cells(start_row=row, end_row=row, start_column=at, end_column=at + 1)
            for column, role in enumerate(roles, first):
                sheet.cell(row, column, self._shown(letters.get(role, "")))
            if layout == "own column":
                sheet.cell(row, first + len(roles), pick.choice(("x", 1200, "see file")))
            self._right(text, stage, letters)
        return row

    def _turned(self, sheet, roles: list[str]) -> None:
        sheet.cell(1, 1, self._pick.choice(("Role", "Rolle", "Rôle", "Role / task")))
        for down, role in enumerate(roles, 2):
            sheet.cell(down, 1, role)
        for place in range(2, 2 + self._pick.randint(7, 10)):
            text, letters = next(self._texts), self._row(roles)
            sheet.cell(1, place, text)
            for down, role in enumerate(roles, 2):
                sheet.cell(down, place, self._shown(letters.get(role, "")))
            self._right(text, "", letters)


def _log(pick: Random, said: dict[str, tuple[str, ...]], made: Generated) -> None:
    """A plan with dates, or a log of issues with their codes."""
    plan = made.kind == "plan"
    keys = ["action", "owner", "due", "status"] if plan else ["issue", "code", "raised_by"]
    if pick.random() < 0.4:
        keys = [keys[0], *pick.sample(keys[1:], len(keys) - 1)]
    if pick.random() < 0.6:
        keys = ["number", *keys]
    made.layout = pick.choice(("plain", "title", "blanks", "far", "own column"))
    if made.layout == "own column":
        keys.append("own")
    sheet = made.book.active
    sheet.title = pick.choice(("Log", "Sheet1", "Plan", "Tab 2"))
    top, left = {"far": (7, 3), "title": (4, 1)}.get(made.layout, (1, 1))
    if top > 1:
        sheet.cell(1, 1, "What we agreed")
    for place, key in enumerate(keys, left):
        sheet.cell(top, place, pick.choice(said[key]))
    owners = pick.sample(said["role"], min(3, len(said["role"])))
    codes, dated = pick.choice(CODES), pick.random() < 0.7
    row = top
    for number, text in enumerate(_texts(pick, pick.randint(4, 9)), 1):
        row += 2 if made.layout == "blanks" and number == 3 else 1
        due = TODAY + dt.timedelta(pick.randint(20, 400))
        status = pick.choice(tuple(STATUS))
        values = {
            "number": number,
            "owner": pick.choice(owners),
            "due": due if dated else f"{due.day} {due:%B %Y}",
            "status": status,
            "code": pick.choice(tuple(codes)),
            "raised_by": pick.choice(PEOPLE),
            "own": pick.choice(("x", 1200, "see file")),
        }
        for place, key in enumerate(keys, left):
            sheet.cell(row, place, values.get(key, text))
        if plan:
            made.rows.append((text, values["owner"], due.isoformat(), STATUS[status]))
        else:
            made.rows.append((text, codes[str(values["code"])]))


def read_again(made: Generated, folder: Path) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """The rows that a session started from the workbook has, and what was told."""
    path = folder / "chart.xlsx"
    made.book.save(path)
    try:
        copy = copy_from(path.name, read_workbook(path), None, lambda mark: None)
    except Exception as error:  # whatever it is, it is no chart read whole
        return [], (f"{type(error).__name__}: {error}",)
    found = propose_changes([copy], Session(), today=TODAY, seed="s")
    session = _accepted(found)
    names = {role.code: role.name for role in session.roles}
    if made.kind == "raci":
        stages = {one.id: one.name for one in session.stages}
        return [_activity(one, stages, names, made) for one in session.activities], found.told
    if made.kind == "plan":
        told = [
            (one.text, names.get(one.owner, one.owner), str(one.due), one.status)
            for one in session.actions
        ]
        return told, found.told
    return [(one.text, one.code or "") for one in session.issues], found.told


def _accepted(found: Proposals) -> Session:
    return accept_proposals(Session(), found, [one.id for one in found.found if one.unasked], {})


def _activity(one, stages: dict[str, str], names: dict[str, str], made: Generated):
    staged = any(row[1] for row in made.rows)
    people = [("R", (one.lead, *one.also)), ("A", (one.accountable,))]
    people += [("C", one.consulted), ("I", one.informed)]
    told = [f"{letter}:{names.get(code, code)}" for letter, of in people for code in of if code]
    return (one.text, stages[one.stage] if staged else "", *sorted(told))


ACTIVITY_HEADS = ("Activity", "Process step", "Task / Deliverable", "Project Activity", "Step")
HOLDERS = ("Role {}", "<name {}>", "[role {}]", "Person {}")


def blank_template(
    pick: Random, session: Session, half: str
) -> tuple[Workbook, int, dict[str, int]]:
    """An empty chart of a council, its header's last row, and where each column stands.

    Its roles go by code, by name, nearly, or stand in for a name.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = pick.choice(("RACI", "Sheet1", half))
    top, left = pick.choice(((1, 1), (4, 1), (7, 3)))
    if top > 1:
        sheet.cell(1, 1, "Responsibilities")
    sheet.cell(top, left, pick.choice(ACTIVITY_HEADS))
    columns = {"activity": left}
    codes = list(raci_columns(session))[: pick.randint(3, 6)]
    style = pick.choice(("code", "name", "nearly", "holder"))
    holder = pick.choice(HOLDERS)
    if style != "holder":
        pick.shuffle(codes)
    for place, code in enumerate(codes, left + 1):
        name = session.role_by_code[code].name
        shown = {
            "code": code.upper(),
            "name": name,
            "nearly": name + ("s" if len(name) > 8 else ""),
            "holder": holder.format(place - left),
        }[style]
        sheet.cell(top, place, shown)
        columns[code] = place
    header = top
    if pick.random() < 0.3:
        header += 1
        for place in columns.values():
            sheet.merge_cells(start_row=top, end_row=header, start_column=place, end_column=place)
    return book, header, columns


WHOLE, TOLD, WRONG = "whole", "told", "wrong"


def outcome(made: Generated, folder: Path) -> str:
    """Whether a workbook is read whole, told of, or wrong without a word."""
    rows, told = read_again(made, folder)
    if rows == made.rows:
        return WHOLE
    return TOLD if told else WRONG


def main(half: str, number: int, show: int = 0) -> None:
    """Print how many of a half's first seeds are read whole, and the layouts of the others."""
    counts: Counter[str] = Counter()
    others: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds(half, number):
            made = generated(seed, half)
            found = outcome(made, Path(folder))
            counts[found] += 1
            if found != WHOLE:
                others[f"{found}: {made.kind}, {made.layout}"] += 1
                if show:
                    show -= 1
                    rows, told = read_again(made, Path(folder))
                    print(seed, made.kind, made.layout, *told, sep="\n   ")
                    print("   right", made.rows[:4], "\n   read ", rows[:4])
    print(half, dict(counts))
    for said, often in others.most_common():
        print(f"  {often} {said}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
