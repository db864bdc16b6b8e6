"""The XML of a workbook's parts: read with care, and written with all that it had.

lxml keeps what the standard library's reader loses: prefixes, what a newer Excel marked as
ignorable, the order of attributes. It expands no entity here and fetches nothing.
"""

import re
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

MOST_MARKS = 2_000_000
"""Pointed brackets of a part: our own workbook of 10,000 activities has 1,000,000. With what is
noted of it, each costs 300 bytes of memory, however short."""

_PROLOG = re.compile(rb"\A(\xef\xbb\xbf)?<\?xml[^>]*\?>\s*")


class XmlError(Exception):
    """A part that is no XML we read. Its text ends a sentence that begins with the part."""


def parsed(content: bytes) -> Any:
    """The tree of a part.

    Raises:
        XmlError: it is not well formed, has a document type or entities, or too many elements.
    """
    if content.count(b"<") > MOST_MARKS:
        raise XmlError("holds too many elements to be a template")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False
    )
    try:
        tree = etree.fromstring(content, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlError("is not well-formed XML") from error
    if tree.docinfo.doctype:
        raise XmlError("declares a document type, which no workbook needs; it was not read")
    return tree


def written(tree: Any, before: bytes) -> bytes:
    """The tree as bytes in UTF-8, under the declaration that the part had ``before``."""
    body: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=False)
    if before.startswith(b"<") and not before.startswith(b"<?xml"):
        return body
    prolog = _PROLOG.match(before)
    usual = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kept = prolog is not None and b"utf-8" in prolog[0].lower()
    return (prolog[0] if prolog and kept else usual) + body


def main(tag: str) -> str:
    """A tag of SpreadsheetML with its namespace."""
    return f"{{{MAIN}}}{tag}"
