"""A council's own report form in Word: the places that it has for what a paper says.

A place is a content control, a heading with nothing but instructions under it, or the empty cell
beside a label. What has no place follows at the end; both that and what of the form stays empty
are told. A document whose headings have text under them is no form: it gives its styles alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, cast

from docx.document import Document
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from offwall.model.documents.brief.word_page import plain
from offwall.model.documents.paper import Heading, PageBreak, Paper, Part
from offwall.model.records.dates import say_date
from offwall.model.records.text import english_list, fold, shorten

SECTIONS = {
    "What you are asked to do": (
        "recommendations", "recommendation", "recommendation(s)", "decision required",
        "decisions required", "decision requested", "proposals", "proposal",
    ),
    "Why": (
        "reasons for recommendations", "reasons for recommendation", "reasons for decision",
        "reason for decision", "reasons", "reason", "purpose", "purpose of report",
        "purpose of the report", "summary", "executive summary",
    ),
    "Options": (
        "options", "options considered", "other options considered", "alternative options",
        "alternative options considered", "options appraisal",
    ),
    "What was done": ("background", "introduction", "introduction and background", "context"),
    "The process at a glance": ("current position", "current process", "the process"),
    "Findings": ("findings", "key issues", "main issues", "detail", "details", "main report"),
    "Risks": ("risks", "risk", "risk management", "risk implications", "risk assessment"),
    "The plan": (
        "next steps", "timetable", "timetable for implementation", "implementation",
        "action plan", "timeline", "plan",
    ),
}  # fmt: skip
"""Our sections, and the headings under which councils' report forms have them."""

FACTS: dict[str, Callable[[Paper], str]] = {
    "title": lambda paper: paper.title,
    "report title": lambda paper: paper.title,
    "title of report": lambda paper: paper.title,
    "subject": lambda paper: paper.title,
    "report author": lambda paper: paper.author,
    "author": lambda paper: paper.author,
    "contact officer": lambda paper: paper.author,
    "report date": lambda paper: say_date(paper.date),
    "date of report": lambda paper: say_date(paper.date),
    "council": lambda paper: paper.council,
    "classification": lambda paper: paper.marking,
    "marking": lambda paper: paper.marking,
}
"""Labels of a form's heading, and what stands beside them."""

_INSTRUCTION = re.compile(
    r"^[\[<{(].*[\]>})]$|^(click|tap|insert|enter|type|add|set out)\b.*$", re.I
)
"""A paragraph that only says what to write there."""

_NUMBER = re.compile(r"^[\d.\s()]+|[\s.:*]+$")

Write = Callable[[Iterable[Part]], list[BaseOxmlElement]]


def _all(element: BaseOxmlElement, path: str) -> list[Any]:
    """What a path leads to; python-docx gives its own way of asking to some elements alone."""
    return cast("list[Any]", etree._Element.xpath(element, path, namespaces=nsmap))


def _words(text: str) -> str:
    return _NUMBER.sub("", fold(text))


def _text(element: BaseOxmlElement) -> str:
    return "".join(_all(element, ".//w:t/text()")).strip()


class WordForm:
    """The places of one document for one paper."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self.document, self.paper = document, paper
        self.body = document.element.body
        self._sections = _in_sections(paper.parts)
        self._headings = [one for one in self.body if self._is_heading(one)]
        self._controls = list(_all(self.body, ".//w:sdt"))
        self._filled: list[str] = []
        self._empty: list[str] = []
        self.fits = self._has_a_place()

    def _has_a_place(self) -> bool:
        """Whether the document is a form that has a place for anything that is said."""
        headings = any(self._ours(_text(one)) and self._is_free(one) for one in self._headings)
        return headings or any(self._known(name) for name in map(_control_name, self._controls))

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the form was filled, what follows at its end, and what stays empty."""
        if not self._filled:
            return (
                "The template has no place that is known for what the brief says: its styles, "
                "headers and logo are used, and its text is left out.",
            )
        said = [f"Filled in the template: {english_list(self._filled)}."]
        rest = [title for title in self._sections if title]
        if rest:
            said.append(f"At its end, as it has no place for them: {english_list(rest)}.")
        if self._empty:
            said.append(f"Still to be filled in by hand: {english_list(self._empty)}.")
        return tuple(said)

    def fill(self, write: Write) -> None:
        """Put each section in its place, and what has none at the end."""
        self._fill_controls(write)
        self._fill_cells()
        for heading in self._headings:
            name = _words(_text(heading))
            ours = self._ours(name)
            if not self._is_free(heading):
                continue
            if not ours:
                self._empty.append(shorten(_text(heading), 60))
                continue
            for old in self._under(heading):
                self.body.remove(old)
            self._put(heading, ours, write)
        rest = [part for parts in self._sections.values() for part in parts]
        write([PageBreak(), *rest] if rest else [])

    def _put(self, anchor: BaseOxmlElement, ours: str, write: Write) -> None:
        """Write a section behind an element of the body, without its own heading."""
        parts = self._sections.pop(ours)
        for element in reversed(write(part for part in parts[1:] if part != PageBreak())):
            anchor.addnext(element)
        self._filled.append(ours)

    def _ours(self, name: str) -> str:
        """The section that a heading of the form is for; empty where it is none, or is used."""
        words = _words(name)
        found = (ours for ours, theirs in SECTIONS.items() if words in theirs)
        return next((ours for ours in found if ours in self._sections), "")

    def _known(self, name: str) -> bool:
        return bool(self._ours(name)) or _words(name) in FACTS

    def _is_heading(self, element: BaseOxmlElement) -> bool:
        if element.tag != qn("w:p") or not _text(element):
            return False
        styles = _all(element, "./w:pPr/w:pStyle/@w:val")
        if styles and styles[0].casefold().replace(" ", "").startswith("heading"):
            return True
        runs = _all(element, "./w:r[w:t]")
        return bool(self._ours(_text(element))) and all(_all(run, "./w:rPr/w:b") for run in runs)

    def _under(self, heading: BaseOxmlElement) -> list[BaseOxmlElement]:
        """What stands under a heading, up to the next."""
        found = []
        for element in heading.itersiblings():
            if element in self._headings or element.tag == qn("w:sectPr"):
                break
            found.append(element)
        return found

    def _is_free(self, heading: BaseOxmlElement) -> bool:
        """Whether there is nothing under a heading but instructions."""
        return all(
            element.tag == qn("w:p")
            and (not _text(element) or _INSTRUCTION.match(_text(element)))
            and not _all(element, ".//w:sectPr | .//w:drawing | .//w:sdt")
            for element in self._under(heading)
        )

    def _fill_controls(self, write: Write) -> None:
        for control in self._controls:
            name = _control_name(control)
            fact, ours = FACTS.get(_words(name)), self._ours(name)
            if fact is not None:
                _say_in(control, fact(self.paper))
                self._filled.append(shorten(name, 60))
            elif ours:
                anchor = control
                while anchor.getparent() is not self.body:
                    anchor = anchor.getparent()
                self._put(anchor, ours, write)
                control.getparent().remove(control)
            elif _all(control, "./w:sdtPr/w:showingPlcHdr"):
                self._empty.append(shorten(name, 60))

    def _fill_cells(self) -> None:
        """The empty cell beside a label that is known."""
        for row in (row for table in self.document.tables for row in table.rows):
            for label, cell in pairwise(row.cells):
                fact, old = FACTS.get(_words(label.text)), cell.text.strip()
                if fact is not None and (not old or _INSTRUCTION.match(old)):
                    cell.text = plain(fact(self.paper))
                    self._filled.append(shorten(label.text, 60))


def _in_sections(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """The parts under the heading that opens their section; those before any under nothing."""
    found: dict[str, list[Part]] = {}
    title = ""
    for part in parts:
        if isinstance(part, Heading) and part.level == 1:
            title = part.text
        found.setdefault(title, []).append(part)
    return found


def _control_name(control: BaseOxmlElement) -> str:
    names: Iterator[str] = (
        value
        for key in ("alias", "tag")
        for value in _all(control, f"./w:sdtPr/w:{key}/@w:val")
        if value.strip()
    )
    return next(names, "").replace("_", " ")


def _say_in(control: BaseOxmlElement, text: str) -> None:
    """Put a text into a content control, in the manner of the run that it had."""
    first, *others = _all(control, "./w:sdtContent//w:t") or [None]
    if first is None:
        return
    first.text = plain(text)
    grey = ".//w:rStyle | ./w:sdtPr/w:showingPlcHdr"
    for old in (*others, *_all(control, grey)):
        old.getparent().remove(old)
