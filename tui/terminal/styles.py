"""How a cell looks, as a terminal is told: SGR (ECMA-48, 8.3.117) and links (OSC 8).

A style is a value. `after` reads what Textual sends; `change` is the shortest that a terminal can
be sent to get from one style to the next.
"""

from functools import lru_cache
from typing import NamedTuple

_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 21: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29} | {
    51: 54,
    52: 54,
    53: 55,
}
"""What turns each look off. Bold and faint share one, as both underlines do."""

_SEEN_ON_A_SPACE = frozenset({4, 7, 9, 21, 51, 52, 53})
"""Looks that a space shows too: lines through, over, under and around it, and reverse."""


class StrangeStyleError(ValueError):
    """A sequence that is none of those that Textual sends."""


class Style(NamedTuple):
    """What is switched on, the colours as SGR parameters (empty: the terminal's own), the link."""

    looks: frozenset[int] = frozenset()
    ink: str = ""
    paper: str = ""
    link: str = ""


PLAIN = Style()


@lru_cache(4096)
def after(style: Style, parameters: str) -> Style:
    """The style that holds after ``CSI parameters m``. Raises `StrangeStyleError`."""
    looks, ink, paper, link = style
    codes = [int(code or "0") for code in parameters.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            looks, ink, paper = frozenset(), "", ""
        elif code in _OFF:
            looks |= {code}
        elif code in _OFF.values():
            looks -= {on for on, off in _OFF.items() if off == code}
        elif code in (39, 49):
            ink, paper = ("", paper) if code == 39 else (ink, "")
        elif (colour := _colour(code, codes))[0]:
            ink, paper = (colour[1], paper) if colour[0] == 3 else (ink, colour[1])
        else:
            raise StrangeStyleError(parameters)
    return Style(looks, ink, paper, link)


def _colour(code: int, rest: list[int]) -> tuple[int, str]:
    """3 for ink or 4 for paper, and the colour's own parameters; takes them out of ``rest``."""
    if code in (38, 48):
        length = {5: 2, 2: 4}.get(rest[0] if rest else 0, 0)
        taken, rest[:length] = rest[:length], []
        if len(taken) == length > 0:
            return code // 10, ";".join(map(str, [code, *taken]))
    elif 30 <= code <= 37 or 90 <= code <= 97:
        return 3, str(code)
    elif 40 <= code <= 47 or 100 <= code <= 107:
        return 4, str(code)
    return 0, ""


@lru_cache(4096)
def of_a_space(style: Style) -> Style:
    """What of the style can be seen on a space: nearly always its paper alone."""
    if style.looks & _SEEN_ON_A_SPACE:
        return style
    return Style(paper=style.paper, link=style.link)


@lru_cache(4096)
def for_a_space(pen: Style, wanted: Style) -> Style:
    """The style nearest to the pen's in which a space looks as wanted."""
    if wanted.looks:
        return wanted
    return Style(pen.looks - _SEEN_ON_A_SPACE, pen.ink, wanted.paper, wanted.link)


@lru_cache(4096)
def change(now: Style, wanted: Style) -> str:
    """The shortest sequence from one style to another."""
    link = f"\x1b]8;{wanted.link or ';'}\x1b\\" if now.link != wanted.link else ""
    if now[:3] == wanted[:3]:
        return link
    return link + min(_differences(now, wanted), _anew(wanted), key=len)


def _differences(now: Style, wanted: Style) -> str:
    off = {_OFF[look] for look in now.looks - wanted.looks}
    kept = {look for look in now.looks if _OFF[look] not in off}
    codes = [*map(str, sorted(off)), *map(str, sorted(wanted.looks - kept))]
    if now.ink != wanted.ink:
        codes.append(wanted.ink or "39")
    if now.paper != wanted.paper:
        codes.append(wanted.paper or "49")
    return f"\x1b[{';'.join(codes)}m"


def _anew(wanted: Style) -> str:
    codes = [*map(str, sorted(wanted.looks)), wanted.ink, wanted.paper]
    said = ";".join(filter(None, codes))
    return f"\x1b[0;{said}m" if said else "\x1b[m"
