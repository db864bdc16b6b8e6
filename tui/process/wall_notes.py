"""What hangs on the wall: how large its notes are on a screen, and what stands on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Region

from offwall.model.records import Session
from offwall.model.records.text import plain
from offwall.model.tables.wall import LANES, WallColumn, WallPart, wall_note
from offwall.tui.kit.row_view import set_in
from offwall.tui.process.activity_card import issue_codes_by_activity

HEAD_LINES = 1
"""Lines above the lanes: the names of the stages."""

LANE_NAME_CELLS = 10
"""Cells left of the columns: the names of the lanes."""

NARROWEST = 20
"""A note is at least this wide where the screen is, and the screen holds what columns it can."""

FEWEST, MOST = 3, 10
"""Lines on a note; with fewer it says nothing, with more the eye has to search."""


@dataclass(frozen=True, slots=True)
class WallLayout:
    """How many columns and lanes a screen holds, and how large a note is.

    A column is a cell for the gap and then ``width`` cells of note; a lane is ``lines`` lines of
    note and then one for the gap.
    """

    columns: int
    width: int
    lanes: int
    lines: int

    @classmethod
    def of(cls, width: int, height: int) -> "WallLayout":
        """What fits best into so many cells and lines."""
        across = max(2, width - LANE_NAME_CELLS)
        columns = max(1, across // (NARROWEST + 1))
        down = max(1, height - HEAD_LINES)
        lines = max(FEWEST, min(MOST, (down + 1) // len(LANES) - 1))
        lanes = max(1, min(len(LANES), (down + 1) // (lines + 1)))
        return cls(columns, across // columns - 1, lanes, lines)

    def region(self, column: int, lane: int) -> Region:
        """The cells of a note and of the gap at its left, counted from what is in view."""
        x = LANE_NAME_CELLS + column * (self.width + 1)
        return Region(x, HEAD_LINES + lane * (self.lines + 1), self.width + 1, self.lines)

    def at(self, x: int, y: int) -> tuple[int, int] | None:
        """Which column and lane in view has a cell; none where there is no note's place."""
        column, lane = (
            (x - LANE_NAME_CELLS) // (self.width + 1),
            (y - HEAD_LINES) // (self.lines + 1),
        )
        within = 0 <= column < self.columns and 0 <= lane < self.lanes
        return (column, lane) if within else None


def first_in_view(first: int, room: int, cursor: int, total: int) -> int:
    """What is the first in view, so that the cursor is in view and no room is left over."""
    first = max(min(first, cursor), cursor - room + 1)
    return max(0, min(first, total - room))


# What stands on a note of the wall, broken into the lines that it has.

ELLIPSIS = "…"
EMPTY_STAGE = "Nothing here yet: n makes its first."

NAMES_FROM = 4
"""A note of so many lines says roles by name; a shorter one by code."""

HANG = 2
"""Cells by which the later lines of a person, an answer or a document are set in."""

CACHED_NOTES = 2000
"""Notes kept made, so that a long walk along a long wall takes no more memory."""


class WallNotes:
    """The notes of one session in one size, each made when it is first looked at."""

    def __init__(self, session: Session, plan: WallLayout, *, names: bool = False) -> None:
        """``names`` says roles by name however short a note is, as the room wants it."""
        self._names = names or plan.lines >= NAMES_FROM
        self._session = session
        self._plan = plan
        self._codes = issue_codes_by_activity(session.issues)
        self._made: dict[tuple[WallColumn, int], list[Content]] = {}

    def lines(self, spot: WallColumn, lane: int) -> list[Content]:
        """The lines of one note; none where nothing is said. Their styles are names of looks."""
        key = (spot, lane)
        if key not in self._made:
            if len(self._made) >= CACHED_NOTES:
                self._made.clear()
            width, lines = self._plan.width - 2, self._plan.lines
            hang = 0 if LANES[lane] == "activity" else HANG
            self._made[key] = note_lines(self._parts(spot, lane), width, lines, hang)
        return self._made[key]

    def _parts(self, spot: WallColumn, lane: int) -> Sequence[WallPart]:
        found = self._session.activity_by_id.get(spot.activity)
        if found is None:
            return (((EMPTY_STAGE, "empty"),),) if lane == 0 else ()
        codes, name = self._codes.get(found.id, ""), LANES[lane]
        parts: Sequence[WallPart] = wall_note(
            self._session, found, name, codes=codes, names=self._names
        )
        if name == "people" and self._names:
            short = wall_note(self._session, found, name)
            parts = whole_names(parts, short, self._plan.width - 2, self._plan.lines)
        return parts


def whole_names(
    parts: Sequence[WallPart], coded: Sequence[WallPart], width: int, lines: int
) -> Sequence[WallPart]:
    """Who does what by names, as far as these are whole on a note; ``coded`` is the same by codes.

    Where they need more lines, the longest has its first names and how many more there are; codes
    stand for names that have no room even so.
    """
    shown, left = [*parts], [_names(part, code) for part, code in zip(parts, coded, strict=True)]
    while sum(counts := [len(_wrap(part, width, lines, HANG)) for part in shown]) > lines:
        # What is codes already gives no more way.
        longer = [n for n, count in enumerate(counts) if count > 1 and shown[n] is not coded[n]]
        if not longer:
            break
        place = max(longer, key=lambda nth: (counts[nth], nth))
        left[place] = left[place][:-1]
        shown[place] = coded[place]
        if names := left[place]:
            more = len(_names(parts[place], coded[place])) - len(names)
            [(_, look)] = parts[place]
            shown[place] = ((f"{', '.join(names)}, +{more}", look),)
    return shown


def _names(part: WallPart, coded: WallPart) -> list[str]:
    """A letter with its first name, and the other names; none where a name has a comma in it."""
    [(text, _)], [(codes, _)] = part, coded
    names = text.split(", ")
    return names if len(names) == codes.count(", ") + 1 else []


def note_lines(parts: Sequence[WallPart], width: int, lines: int, hang: int = 0) -> list[Content]:
    """The parts in at most so many lines of so many cells; an ellipsis says that there is more.
    The later lines of a part are set in by ``hang`` cells.

    Each part has a line before any has two, so that a long question does not push its answers off
    the note; a part in one line keeps its last span, which says where an answer leads. Parts that
    are more than the lines share the last line.
    """
    if len(parts) > lines:
        # As one, without their looks: only what comes first of it may be seen.
        rest = "  ".join("".join(text for text, _ in part) for part in parts[lines - 1 :])
        parts = (*parts[: lines - 1], ((rest, ""),))
    wrapped = [_wrap(part, width, lines, hang) for part in parts]
    shares = _share([len(part) for part in wrapped], lines)
    kept: list[Content] = []
    for part, whole, share in zip(parts, wrapped, shares, strict=True):
        if share == len(whole):
            kept += whole
        elif share == 1:
            kept.append(_squeeze(part, width))
        else:
            kept += [*whole[: share - 1], _with_ellipsis(whole[share - 1], width)]
    return kept


def _content(part: WallPart, longest: int) -> list[Content]:
    return [Content.styled(plain(text[:longest]), look) for text, look in part]


def _wrap(part: WallPart, width: int, lines: int, hang: int) -> list[Content]:
    """The lines of one part: those that could be shown and one besides."""
    # A cell holds one letter with at most three marks upon it; words may leave half a line empty.
    longest = (lines + 1) * width * 8
    return set_in(Content("").join(_content(part, longest)), width, hang)[: lines + 1]


def _share(wanted: list[int], room: int) -> list[int]:
    """How many of its lines each part has: the longest gives way first, of equals the later."""
    shares = list(wanted)
    while sum(shares) > room and max(shares) > 1:
        longest = max(range(len(shares)), key=lambda place: (shares[place], place))
        shares[longest] -= 1
    return shares


def _squeeze(part: WallPart, width: int) -> Content:
    """A part in one line: what comes before its last span gives way, down to a third."""
    *before, last = _content(part, width * 8)
    if not before:
        return _cut(last, width)
    room = max(width // 3, width - last.cell_length)
    return _cut(_cut(Content("").join(before), room) + last, width)


def _cut(line: Content, width: int) -> Content:
    return line if line.cell_length <= width else _with_ellipsis(line, width)


def _with_ellipsis(line: Content, width: int) -> Content:
    """The line with an ellipsis at its end."""
    if line.plain.endswith(ELLIPSIS):
        return line
    return line.rstrip().truncate(max(1, width - 1)).rstrip() + ELLIPSIS
