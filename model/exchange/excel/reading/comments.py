"""Notes and threaded comments of an Excel workbook, each with its author."""

import re
from collections.abc import Iterator
from typing import Any

from model.exchange.excel.filling.look import text_of
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import SheetPart, related, sheets, workbook_part
from model.exchange.excel.filling.xml import main
from model.importing import Comment

THREADS = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"

_NUMBER = re.compile(r"\d+")

_STANDS_FOR = "tc="
"""How the author of a note begins that only stands for a thread, for programs that know none."""

_SAYS = "Comment:"
"""After this word such a note says what the thread says."""


def comments_of(package: Package) -> Iterator[Comment]:
    """All comments, sheet by sheet: the threads, then the notes that stand for none of them."""
    people = _people(package)
    for sheet in sheets(package):
        threads = list(_threads(package, sheet, people))
        yield from threads
        yield from _notes(package, sheet, {one.cell for one in threads})


def _people(package: Package) -> dict[str, str]:
    found = {}
    for part in related(package, workbook_part(package), "person"):
        for one in package.xml(part).getroot().iter(f"{THREADS}person"):
            found[one.get("id", "")] = one.get("displayName", "")
    return found


def _threads(package: Package, sheet: SheetPart, people: dict[str, str]) -> Iterator[Comment]:
    for part in related(package, sheet.part, "threadedComment"):
        for one in package.xml(part).getroot().iter(f"{THREADS}threadedComment"):
            said = one.find(f"{THREADS}text")
            words = (said.text or "").strip() if said is not None else ""
            if words:
                yield _comment(
                    sheet, one.get("ref", ""), people.get(one.get("personId"), ""), words
                )


def _notes(package: Package, sheet: SheetPart, threads: set[str]) -> Iterator[Comment]:
    for part in related(package, sheet.part, "comments"):
        root = package.xml(part).getroot()
        authors = [one.text or "" for one in root.iter(main("author"))]
        for one in root.iter(main("comment")):
            by, words = _author(authors, one), _words(one)
            if by.startswith(_STANDS_FOR):
                if one.get("ref") in threads:
                    continue
                by, words = "", words.partition(_SAYS)[2].strip() or words
            words = words.removeprefix(f"{by}:").strip() if by else words
            if words:
                yield _comment(sheet, one.get("ref", ""), by, words)


def _author(authors: list[str], comment: Any) -> str:
    said = comment.get("authorId", "")
    return authors[int(said)].strip() if said.isdigit() and int(said) < len(authors) else ""


def _words(comment: Any) -> str:
    return "".join(text_of(one) for one in comment.iterchildren(main("text"))).strip()


def _comment(sheet: SheetPart, cell: str, by: str, words: str) -> Comment:
    number = _NUMBER.search(cell)
    return Comment(sheet.name, int(number[0]) if number else 0, cell, by, words)
