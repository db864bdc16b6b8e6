"""A paper, or the pages of a drawing, as PDF: typst sets it, from data that is never markup.

It is tagged, with bookmarks, in the language of the paper, as PDF/UA-1 (ISO 14289-1) asks for.
How it looks is in `paper.typ` beside this.
"""

import datetime as dt
import importlib.util
import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files as resources
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from offwall.model.documents import extras
from offwall.model.documents.diagram.shapes import FAMILY
from offwall.model.documents.paper import (
    LANGUAGE,
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Picture,
    Table,
    plain,
)
from offwall.model.records.text import on_one_line

PDF = ".pdf"

FONTS = "font_source_sans_pro"
"""The package with Source Sans Pro, under the SIL Open Font License."""

LETTERS = ("Source Sans Pro", "Arial", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")
"""The families, each for the letters that those before it lack."""

UNSHOWN = "could not be displayed with"
"""What typst says of a letter that no font here has, in a paper and, in other words, in a drawing;
PDF/UA-1 forbids it, other PDF does not.
"""

UNSHOWN_NOTE = (
    "Some letters in {} have no shape in any font of this computer: boxes stand for them, and the"
    " file does not say that it is PDF/UA."
)

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF, and whether all its letters can be seen."""

    content: bytes
    complete: bool = True

    def notes(self, name: str) -> tuple[str, ...]:
        """What is to be said of it under its name."""
        return () if self.complete else (UNSHOWN_NOTE.format(name),)


def paper_pdf(paper: Paper, *, turned: bool = False) -> PdfFile:
    """A paper as PDF; ``turned`` lays it on the long side.

    Raises:
        ExportError: where the extra is not installed.
    """
    held: dict[str, bytes] = {}
    sheets: list[dict[str, Any]] = [{"turned": turned, "parts": []}]
    for part in paper.parts:
        if isinstance(part, PageBreak):
            turned = turned or part.turned
            sheets.append({"turned": turned, "parts": []})
        else:
            sheets[-1]["parts"].append(_part(part, held))
    return _set(paper, {"sheets": [sheet for sheet in sheets if sheet["parts"]]}, held)


def drawing_pdf(paper: Paper, pages: Sequence[bytes]) -> PdfFile:
    """Drawings, each an SVG of its size in millimetres, as the pages of one PDF.

    What an SVG says in its title and description is said instead of it. Of ``paper`` the title
    and what else is known of a file are taken.

    Raises:
        ExportError: where the extra is not installed.
    """
    held = {f"{number}.svg": _lettered(svg) for number, svg in enumerate(pages)}
    drawings = []
    for name, svg in held.items():
        root = ET.fromstring(svg)  # noqa: S314  # We have just written it.
        sides = {one: float(root.attrib[one].removesuffix("mm")) for one in ("width", "height")}
        about = (root.findtext(f"{SVG}{tag}", "") for tag in ("title", "desc"))
        drawings.append({"file": name, **sides, "alt": plain(". ".join(filter(None, about)))})
    return _set(paper, {"drawings": drawings}, held)


def _lettered(svg: bytes) -> bytes:
    """The drawing in the letters of the paper, which are a little narrower than Arial's."""
    return svg.replace(FAMILY.encode(), f"'{LETTERS[0]}', {FAMILY}".encode(), 1)


def _part(part: Part, held: dict[str, bytes]) -> dict[str, Any]:
    match part:
        case Heading():
            return {"kind": "heading", "level": part.level, "text": plain(part.text)}
        case Paragraph():
            return {"kind": "paragraph", **_said(part)}
        case Bullets():
            return {"kind": "bullets", "items": list(map(_said, part.items))}
        case Table():
            return {
                "kind": "table",
                "heads": list(map(plain, part.heads)),
                "rows": [list(map(plain, row)) for row in part.rows],
                "widths": list(part.widths),
            }
        case Picture():
            return _picture(part, held)
        case _:
            raise AssertionError(f"a paper has no part such as {type(part).__name__}")


def _said(paragraph: Paragraph) -> dict[str, str]:
    return {"lead": plain(paragraph.lead), "text": plain(paragraph.text)}


def _picture(picture: Picture, held: dict[str, bytes]) -> dict[str, Any]:
    name, caption = f"{len(held)}.svg", plain(picture.caption)
    try:
        held[name] = _lettered(picture.svg) if picture.svg else _wrapped(picture.data)
    except (OSError, ValueError):
        return {"kind": "paragraph", **_said(Paragraph(picture.unreadable))}
    alt = plain(picture.alt) or caption
    return {"kind": "picture", "file": name, "alt": alt, "caption": caption}


def _wrapped(data: bytes) -> bytes:
    """A picture within an SVG: typst takes its files as text."""
    from PIL import Image

    with Image.open(BytesIO(data)) as found:
        found.load()  # What is cut off would be left out in silence.
        (width, height), kind = found.size, Image.MIME[found.format or "PNG"]
    inside = f"data:{kind};base64,{b64encode(data).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="{inside}"/></svg>'
    ).encode()


def _set(paper: Paper, body: dict[str, Any], held: dict[str, bytes]) -> PdfFile:
    extras.PDF.check()
    from typst import TypstError

    language, _, region = LANGUAGE.partition("-")
    data = {
        "title": plain(on_one_line(paper.title)),
        "subtitle": plain(paper.subtitle),
        "author": plain(on_one_line(paper.author)),
        "keywords": plain(on_one_line(paper.marking)),
        "marking": plain(on_one_line(paper.marking)),
        "draft": plain(paper.draft),
        "footer": plain(on_one_line(paper.council)),
        "language": language,
        "region": region,
        "fonts": LETTERS,
        "sheets": [],
        "drawings": [],
        **body,
    }
    sources = {
        "main.typ": resources(__package__).joinpath("paper.typ").read_bytes(),
        "paper.json": json.dumps(data).encode(),
        **held,
    }
    try:
        return PdfFile(_compiled(sources, paper.date, "ua-1"))
    except TypstError as refused:
        if UNSHOWN not in str(refused):
            raise
    return PdfFile(_compiled(sources, paper.date, "1.7"), complete=False)


def _compiled(sources: dict[str, bytes], date: dt.date, standard: str) -> bytes:
    import typst

    spec = importlib.util.find_spec(FONTS)
    folders = (spec and spec.submodule_search_locations) or ()
    fonts = typst.Fonts(font_paths=[Path(folder, "files") for folder in folders])
    compiled: Any = typst.compile  # Its types leave out the sources by their names.
    made = compiled(
        sources,
        format="pdf",
        font_paths=fonts,
        pdf_standards=standard,
        timestamp=int(dt.datetime.combine(date, dt.time(), dt.UTC).timestamp()),
    )
    return bytes(made)
