"""What README and the guide tell people to type: code blocks, commands and keys, as they stand."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[1]
README = REPOSITORY / "README.md"
GUIDE = REPOSITORY / "docs" / "guide.md"

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


class Block(NamedTuple):
    """A code block and the language that is said behind its fence."""

    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """Every code block of a page."""
    return [Block(*found) for found in _BLOCK.findall(page.read_text("utf-8"))]


def sections(page: Path) -> dict[str, str]:
    """What stands under each heading, code blocks left out."""
    text = _BLOCK.sub("", page.read_text("utf-8"))
    heads = list(_HEADING.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head[1]: text[head.end() : end] for head, end in zip(heads, ends, strict=True)}


def codes(text: str) -> list[str]:
    """What stands in code within sentences."""
    return _CODE.findall(text)


def commands(page: Path) -> Iterator[list[str]]:
    """Every ``offwall`` command of a page, by its words: in blocks and in sentences."""
    found = [line for block in blocks(page) for line in block.text.splitlines()]
    found += [code for text in sections(page).values() for code in codes(text)]
    for line in found:
        for part in re.split(r" \| |\$\(|&& |; ", line):
            command = part.strip().removeprefix("$ ").removeprefix(".venv/bin/")
            if re.match(r"offwall( |$)", command):
                yield re.findall(r"[^\s\[\]()'\"]+", command)[1:]
