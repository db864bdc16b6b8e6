"""A council's own Word document as the ground of a paper: opened, emptied, or filled where it has
places for what the paper says.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from itertools import chain, pairwise
from typing import Any, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree
from lxml.etree import LxmlError

from offwall.model.documents.paper import LANGUAGE, Heading, PageBreak, Paper, Part, plain
from offwall.model.records.dates import say_date
from offwall.model.records.text import english_list, fold, shorten
from offwall.model.store import ExportError

OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How files of Word 97, and files with a password, begin (MS-CFB)."""

MOST_UNPACKED = 400_000_000
"""Bytes of a template once unpacked; more is no template but a trap."""


def open_word_template(template: bytes | None) -> Document:
    """The template as it is, or a plain document where none is given.

    Raises:
        ExportError: it is no Word document, has a password, or is broken.
    """
    if template is None:
        document = docx.Document()
        # What says that it is of an old Word for the Mac.
        settings = document.settings.element
        for mode in settings.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']"):
            mode.set(qn("w:val"), WORD_2013)
        for old in settings.xpath("./w:compat/w:useFELayout"):
            old.getparent().remove(old)
        for spoken in settings.xpath("./w:themeFontLang"):
            spoken.set(qn("w:val"), LANGUAGE)
        return document
    if template.startswith(OLD_WORD):
        raise ExportError(
            "The template has a password, or is of Word 97. Take the password off, or save it "
            "as a Word document (.docx)."
        )
    try:
        document = docx.Document(BytesIO(_as_document(template)))
        # The parts that a brief needs can be read at all, and each is there once.
        _ = len(document.styles), len(document.sections), document.core_properties.title
        _ = document.settings.odd_and_even_pages_header_footer
        names = [part.partname for part in document.part.package.iter_parts()]
    except UNREADABLE:
        raise ExportError(BROKEN) from None
    if len(set(names)) < len(names):
        raise ExportError(BROKEN)
    return document


WORD_2013 = "15"
"""The mode of every Word since; below it Word writes "Compatibility Mode" over the document."""


UNREADABLE = (
    *(BadZipFile, OpcError, LxmlError, OSError, EOFError, zlib.error, struct.error, ValueError),
    *(AttributeError, AssertionError, RuntimeError, TypeError, LookupError),
)
"""What a broken file raises; the latter python-docx, where a part that it counts on is missing."""

_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KINDS = re.compile(
    rb"application/(?:vnd\.openxmlformats-officedocument\.wordprocessingml\.template\.main\+xml"
    rb"|vnd\.ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main\+xml)"
)
"""What the main part of a .dotx, .docm and .dotm says that it is."""

_STYLE = re.compile(rb"<w:style(?=[\s>])(?![^>]*\bw:type=)")
"""A style that does not say of what it is: a paragraph's (ECMA-376, 17.7.4.17)."""


def _as_document(template: bytes) -> bytes:
    """A template, or one with macros, as the document that Word makes of it, without macros."""
    made = BytesIO()
    with ZipFile(BytesIO(template)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        if sum(entry.file_size for entry in source.infolist()) > MOST_UNPACKED:
            raise ExportError("The template is too large once unpacked. Take a smaller one.")
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "[Content_Types].xml":
                content = _KINDS.sub(_DOCUMENT, content)
            elif entry.filename.endswith("styles.xml"):
                content = _STYLE.sub(b'<w:style w:type="paragraph"', content)
            target.writestr(entry, content)
    return made.getvalue()


BROKEN = (
    "The template is no Word document that can be read: it is broken, or of another kind. Open it "
    "in Word, save it as a Word document (.docx), and try again."
)


# Take a document's text out, and with it all that belongs to that text: nothing of it leaves.

KEPT = {
    *(REL.STYLES, REL.NUMBERING, REL.SETTINGS, REL.WEB_SETTINGS, REL.FONT_TABLE, REL.THEME),
    REL.CUSTOM_XML,
}
"""What a document keeps though its page does not point to it."""

REFERENCES = "./w:headerReference | ./w:footerReference"


def empty_document(document: Document) -> None:
    """Leave the page with its headers and footers, the styles and the theme; the rest goes.

    Pictures, notes and comments of the old text are in parts of their own: they go too.
    """
    body = document.element.body
    _inherit(document)
    page = body.sectPr
    for child in list(body):
        if child is not page:
            body.remove(child)
    if page is None:
        page = OxmlElement("w:sectPr")
        body.append(page)
    # A report stands upright, in one column, without numbers of lines.
    for odd in page.xpath("./w:cols | ./w:lnNumType | ./w:sectPrChange"):
        page.remove(odd)
    for size in page.xpath("./w:pgSz"):
        wide, high = size.get(qn("w:w")), size.get(qn("w:h"))
        if wide and high and wide.isdigit() and high.isdigit() and int(wide) > int(high):
            size.set(qn("w:w"), high)
            size.set(qn("w:h"), wide)
        size.attrib.pop(qn("w:orient"), None)
    _forget(document)


def _inherit(document: Document) -> None:
    """Give the last section the headers and footers that it has from those before it."""
    body = document.element.body
    sections = body.xpath(".//w:sectPr[not(ancestor::w:sectPrChange)]")
    if not sections or body.sectPr is None:
        return
    last = sections[-1]
    known = {(one.tag, one.get(qn("w:type"))) for one in last.xpath(REFERENCES)}
    earlier = (one for before in reversed(sections[:-1]) for one in before.xpath(REFERENCES))
    for reference in earlier:
        kind = (reference.tag, reference.get(qn("w:type")))
        if kind not in known:
            known.add(kind)
            last.insert(0, reference)


def _forget(document: Document) -> None:
    """Let go of every part that the page does not point to."""
    used = set(document.element.body.xpath("//@r:id"))
    relations = document.part.rels
    for key in [key for key, one in relations.items() if one.reltype not in KEPT]:
        if key not in used:
            del relations[key]
    gone = "./w:footnotePr | ./w:endnotePr | ./w:documentProtection | ./w:trackRevisions"
    for notes in document.settings.element.xpath(gone):
        # They name the lines above the notes, which went with the notes; and nobody could edit a
        # brief that is locked for forms.
        notes.getparent().remove(notes)
    package = document.part.package.rels
    for key, one in list(package.items()):
        # A picture of the old first page, and counts of its words.
        if one.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package[key]


# A council's own report form: the places that it has for what a paper says. A place is a content
# control, a heading with nothing but instructions under it, or the empty cell beside a label. What
# has no place follows at the end; both that and what of the form stays empty are told. A document
# whose headings have text under them is no form: it gives its styles alone.

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
    **dict.fromkeys(
        ("title", "report title", "title of report", "subject"), lambda paper: paper.title
    ),
    **dict.fromkeys(("report author", "author", "contact officer"), lambda paper: paper.author),
    **dict.fromkeys(("report date", "date of report"), lambda paper: say_date(paper.date)),
    **dict.fromkeys(("classification", "marking"), lambda paper: paper.marking),
    "council": lambda paper: paper.council,
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
        # Whether the document is a form that has a place for anything that is said.
        names = map(_control_name, self._controls)
        self.fits = any(
            self._ours(_text(one)) and self._is_free(one) for one in self._headings
        ) or any(self._ours(name) or _words(name) in FACTS for name in names)

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the form was filled, what follows at its end, and what stays empty."""
        if not self._filled:
            return (
                "The template has no place that is known for what the brief says: its styles, "
                "headers and logo are used, and its text is left out.",
            )
        said = [f"Filled in the template: {english_list(self._filled)}."]
        if rest := [title for title in self._sections if title]:
            said.append(f"At its end, as it has no place for them: {english_list(rest)}.")
        if self._empty:
            said.append(f"Still to be filled in by hand: {english_list(self._empty)}.")
        return tuple(said)

    def fill(self, write: Write) -> None:
        """Put each section in its place, and what has none at the end."""
        self._fill_controls(write)
        self._fill_cells()
        for heading in filter(self._is_free, self._headings):
            if ours := self._ours(_text(heading)):
                for old in self._under(heading):
                    self.body.remove(old)
                self._put(heading, ours, write)
            else:
                self._empty.append(shorten(_text(heading), 60))
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

    def _is_heading(self, element: BaseOxmlElement) -> bool:
        if element.tag != qn("w:p") or not _text(element):
            return False
        styles = _all(element, "./w:pPr/w:pStyle/@w:val")
        if styles and styles[0].casefold().replace(" ", "").startswith("heading"):
            return True
        runs = _all(element, "./w:r[w:t]")
        return bool(self._ours(_text(element))) and all(_all(run, "./w:rPr/w:b") for run in runs)

    def _under(self, heading: BaseOxmlElement) -> list[BaseOxmlElement]:
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
    names = [_all(control, f"./w:sdtPr/w:{key}/@w:val") for key in ("alias", "tag")]
    return next(filter(str.strip, chain(*names)), "").replace("_", " ")


def _say_in(control: BaseOxmlElement, text: str) -> None:
    """Put a text into a content control, in the manner of the run that it had."""
    first, *others = _all(control, "./w:sdtContent//w:t") or [None]
    if first is None:
        return
    first.text = plain(text)
    grey = ".//w:rStyle | ./w:sdtPr/w:showingPlcHdr"
    for old in (*others, *_all(control, grey)):
        old.getparent().remove(old)
