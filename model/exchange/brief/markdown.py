"""A report as Markdown: headings, lists, tables with pipes; the session's text never as markup."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from model.exchange.clean import clean
from model.exchange.picture import Picture
from model.report.content import (
    Block,
    Bullets,
    Content,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Pictures,
)

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")
"""What Markdown, or the HTML and formulas that may stand in it, would read as more than text."""

_FRONT = re.compile(r"^(\d+)([.)])|^([-+=:])")
"""What begins a list, a rule or a heading at the front of a line."""

_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto)(:)|(www)(\.)|(@)")
"""Where readers would make a link that nobody wrote."""


def brief_markdown(content: Content, pictures: Sequence[Picture] = ()) -> str:
    """The report as a text; a picture that bears a name is linked, any other is only captioned."""
    head = [f"# {text(content.title)}"]
    if content.marking:
        head.insert(0, f"**{text(content.marking)}**")
    if content.subtitle:
        head.append(text(content.subtitle))
    parts = [*head, *(part for block in content.blocks for part in _block(block, pictures))]
    return "\n\n".join(parts) + "\n"


def text(said: str) -> str:
    """The session's text on one line, with every mark that means something made plain."""
    line = " ".join(clean(said).split())
    line = _ADDRESS.sub(_plain_address, _MARKS.sub(r"\\\1", line))
    return _FRONT.sub(_plain_front, line)


def _plain_address(found: re.Match[str]) -> str:
    # A character reference reads as itself, and makes no link.
    said = found[0]
    return f"{said[:-1]}&#{ord(said[-1])};"


def _plain_front(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def _block(block: Block, pictures: Sequence[Picture]) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {text(block.text)}"
        case Paragraph():
            yield _paragraph(block)
        case Bullets():
            yield "\n".join(f"- {_paragraph(item)}" for item in block.items)
        case Grid():
            yield _table(block)
        case Pictures():
            # Large or small is the reader's to choose here, so they stand once.
            if not block.large:
                yield from filter(None, map(_picture, pictures))
        case PageBreak():
            yield "---"


def _paragraph(block: Paragraph) -> str:
    said = text(block.text)
    return f"**{text(block.lead)}** {said}".rstrip() if block.lead else said


def _table(block: Grid) -> str:
    rule = " | ".join("---" for _ in block.headers)
    rows = (block.headers, *block.rows)
    lines = [f"| {' | '.join(map(text, row))} |" for row in rows]
    return "\n".join([lines[0], f"| {rule} |", *lines[1:]])


def _picture(picture: Picture) -> str:
    caption = f"*{text(picture.caption)}*" if picture.caption else ""
    if not picture.name:
        return caption
    return f"![{text(picture.alternative)}](<{quote(picture.name)}>)\n\n{caption}".rstrip()
