"""A paper as Markdown: headings, lists, tables with pipes; the session's text never as markup."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from offwall.model.documents.paper import (
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Picture,
    Table,
)
from offwall.model.records.text import on_one_line, unturned, xml_safe

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")
"""What Markdown, or the HTML and formulas that may stand in it, would read as more than text."""

_FRONT = re.compile(r"^(\d+)([.)])|^([-+=:])")
"""What begins a list, a rule or a heading at the front of a line."""

_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto)(:)|(www)(\.)|(@)")
"""Where readers would make a link that nobody wrote."""


def paper_markdown(paper: Paper) -> str:
    """The paper as a text; a picture that has a way to its file is linked, others captioned."""
    marks = (f"**{markdown_text(one)}**" for one in (paper.marking, paper.draft) if one)
    head = [*marks, f"# {markdown_text(paper.title)}"]
    if paper.subtitle:
        head.append(markdown_text(paper.subtitle))
    parts = [*head, *filter(None, (said for part in paper.parts for said in _part(part)))]
    return "\n\n".join(parts) + "\n"


def markdown_text(said: str) -> str:
    """The session's text on one line, with every mark that means something made plain."""
    line = on_one_line(xml_safe(unturned(said)))
    line = _ADDRESS.sub(_plain_address, _MARKS.sub(r"\\\1", line))
    return _FRONT.sub(_plain_front, line)


def _plain_address(found: re.Match[str]) -> str:
    # A character reference reads as itself, and makes no link.
    said = found[0]
    return f"{said[:-1]}&#{ord(said[-1])};"


def _plain_front(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def _part(part: Part) -> Iterator[str]:
    match part:
        case Heading():
            yield f"{'#' * (part.level + 1)} {markdown_text(part.text)}"
        case Paragraph():
            yield _paragraph(part)
        case Bullets():
            yield "\n".join(f"- {_paragraph(item)}" for item in part.items)
        case Table():
            yield _table(part)
        case Picture():
            yield _picture(part)
        case PageBreak():
            yield "---"


def _paragraph(part: Paragraph) -> str:
    said = markdown_text(part.text)
    return f"**{markdown_text(part.lead)}** {said}".rstrip() if part.lead else said


def _table(part: Table) -> str:
    rule = " | ".join("---" for _ in part.heads)
    rows = (part.heads, *part.rows)
    lines = [f"| {' | '.join(map(markdown_text, row))} |" for row in rows]
    return "\n".join([lines[0], f"| {rule} |", *lines[1:]])


def _picture(picture: Picture) -> str:
    caption = f"*{markdown_text(picture.caption)}*" if picture.caption else ""
    if not picture.link:
        return caption
    return f"![{markdown_text(picture.alt)}](<{quote(picture.link)}>)\n\n{caption}".rstrip()
