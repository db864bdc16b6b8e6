"""What stands on a note of the wall, broken into the lines that it has."""

from collections.abc import Sequence

from textual.content import Content

from model.session import Session
from model.wall import LANES, Part, Spot, note
from tui.text import plain
from tui.widgets.activity_rows import codes_by_activity
from tui.widgets.wall_layout import WallLayout

ELLIPSIS = "…"
NO_ACTIVITY = "Nothing here yet: q, then n on this stage makes its first."

NAMES_FROM = 6
"""A note of so many lines says roles by name; a shorter one by code."""

KEPT = 2000
"""Notes kept made, so that a long walk along a long wall takes no more memory."""


class WallNotes:
    """The notes of one session in one size, each made when it is first looked at."""

    def __init__(self, session: Session, plan: WallLayout) -> None:
        self._session = session
        self._plan = plan
        self._codes = codes_by_activity(session.issues)
        self._made: dict[tuple[Spot, int], list[Content]] = {}

    def lines(self, spot: Spot, lane: int) -> list[Content]:
        """The lines of one note; none where nothing is said. Their styles are names of looks."""
        key = (spot, lane)
        if key not in self._made:
            if len(self._made) >= KEPT:
                self._made.clear()
            self._made[key] = lines_of(
                self._parts(spot, lane), self._plan.width - 1, self._plan.lines
            )
        return self._made[key]

    def _parts(self, spot: Spot, lane: int) -> Sequence[Part]:
        found = self._session.activity_by_id.get(spot.activity)
        if found is None:
            return (((NO_ACTIVITY, "empty"),),) if lane == 0 else ()
        codes = self._codes.get(found.id, "")
        names = self._plan.lines >= NAMES_FROM
        return note(self._session, found, LANES[lane], codes=codes, names=names)


def lines_of(parts: Sequence[Part], width: int, lines: int) -> list[Content]:
    """The parts in at most so many lines of so many cells; an ellipsis says that there is more.

    Each part has a line before any has two, so that a long question does not push its answers off
    the note; a part in one line keeps its last span, which says where an answer leads. Parts that
    are more than the lines share the last line.
    """
    if len(parts) > lines:
        parts = (*parts[: lines - 1], _together(parts[lines - 1 :]))
    wrapped = [_wrap(part, width, lines) for part in parts]
    shares = _share([len(part) for part in wrapped], lines)
    kept: list[Content] = []
    for part, whole, share in zip(parts, wrapped, shares, strict=True):
        if share == len(whole):
            kept += whole
        elif share == 1:
            kept.append(_squeeze(part, width))
        else:
            kept += [*whole[: share - 1], _more(whole[share - 1], width)]
    return kept


def _together(parts: Sequence[Part]) -> Part:
    """Several parts as one, without their looks: only what comes first of it may be seen."""
    return (("  ".join("".join(text for text, _ in part) for part in parts), ""),)


def _content(part: Part, longest: int) -> list[Content]:
    return [Content.styled(plain(text[:longest]), look) for text, look in part]


def _wrap(part: Part, width: int, lines: int) -> list[Content]:
    """The lines of one part: those that could be shown and one besides."""
    # A cell holds one letter with at most three marks upon it; words may leave half a line empty.
    longest = (lines + 1) * width * 8
    return Content("").join(_content(part, longest)).wrap(max(2, width))[: lines + 1]


def _share(wanted: list[int], room: int) -> list[int]:
    """How many of its lines each part has: the longest gives way first, of equals the later."""
    shares = list(wanted)
    while sum(shares) > room and max(shares) > 1:
        longest = max(range(len(shares)), key=lambda place: (shares[place], place))
        shares[longest] -= 1
    return shares


def _squeeze(part: Part, width: int) -> Content:
    """A part in one line: what comes before its last span gives way, down to a third."""
    *before, last = _content(part, width * 8)
    if not before:
        return _cut(last, width)
    room = max(width // 3, width - last.cell_length)
    return _cut(_cut(Content("").join(before), room) + last, width)


def _cut(line: Content, width: int) -> Content:
    return line if line.cell_length <= width else _more(line, width)


def _more(line: Content, width: int) -> Content:
    """The line with an ellipsis at its end."""
    if line.plain.endswith(ELLIPSIS):
        return line
    return line.rstrip().truncate(max(1, width - 1)).rstrip() + ELLIPSIS
