"""A council's own Word document as the ground: its styles, headers and logo, without its body."""

import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from model.exchange.brief.emptying import empty
from model.exchange.brief.language import LANGUAGE
from model.exchange.files import ExportError

OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How files of Word 97, and files with a password, begin (MS-CFB)."""

MOST_UNPACKED = 400_000_000
"""Bytes of a template once unpacked; more is no template but a trap."""


def opened(template: bytes | None) -> Document:
    """The template as an empty document, or a plain one where none is given.

    Raises:
        ExportError: it is no Word document, has a password, or is broken.
    """
    if template is None:
        document = docx.Document()
        _of_today(document)
    else:
        document = _read(template)
        _check_parts(document)
    empty(document)
    return document


WORD_2013 = "15"
"""The mode of every Word since; below it Word writes "Compatibility Mode" over the document."""


def _of_today(document: Document) -> None:
    """Take out of python-docx's own document what says that it is of an old Word for the Mac."""
    settings = document.settings.element
    for mode in settings.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), WORD_2013)
    for old in settings.xpath("./w:compat/w:useFELayout"):
        old.getparent().remove(old)
    for spoken in settings.xpath("./w:themeFontLang"):
        spoken.set(qn("w:val"), LANGUAGE)


def _read(template: bytes) -> Document:
    if template.startswith(OLD_WORD):
        raise ExportError(
            "The template has a password, or is of Word 97. Take the password off, or save it "
            "as a Word document (.docx)."
        )
    try:
        _check_size(template)
        return docx.Document(BytesIO(template))
    except ValueError:
        # A template (.dotx) or one with macros (.docm): python-docx knows documents alone.
        raise ExportError(
            "The template is no Word document (.docx): a .dotx or .docm is not taken. Open it in "
            "Word and save it as a Word document (.docx)."
        ) from None
    except (BadZipFile, KeyError, OpcError, LxmlError, OSError, EOFError, zlib.error, struct.error):
        raise ExportError(BROKEN) from None
    except (AttributeError, AssertionError, RuntimeError, TypeError, IndexError):
        # What python-docx raises where a part that it counts on is not there.
        raise ExportError(BROKEN) from None


BROKEN = (
    "The template is no Word document that can be read: it is broken, or of another kind. Open it "
    "in Word, save it as a Word document (.docx), and try again."
)


def _check_size(template: bytes) -> None:
    with ZipFile(BytesIO(template)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise ExportError("The template is too large once unpacked. Take a smaller one.")


def _check_parts(document: Document) -> None:
    """Make sure that the parts which a brief needs can be read at all."""
    try:
        len(document.styles)
        len(document.sections)
        _ = document.settings.odd_and_even_pages_header_footer, document.core_properties.title
    except (AttributeError, KeyError, LxmlError, OpcError, ValueError, TypeError):
        raise ExportError(BROKEN) from None
    names = [part.partname for part in document.part.package.iter_parts()]
    if len(set(names)) < len(names):
        raise ExportError(BROKEN)
