"""Boxes in columns and bands, and the channels between them in which the lines run.

No line comes through a box, as every line keeps to the channels: upright ones between columns,
level ones between bands, and one left of all bands. The poster and the BPMN diagram stand on it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from offwall.model.documents.diagram.shapes import Point

# Which line runs beside which in a channel, so that few of them cross and none lie on another.

Key = TypeVar("Key")

TOUCH = 0.6
"""Lines that end nearer to each other than this, in millimetres, need tracks of their own."""

LIES_ON = 1000
"""What it costs that two lines would lie on each other: more than any number of crossings."""

PASSES = 12
"""How often neighbours are looked at again, to see whether they had better change places."""


@dataclass(slots=True)
class Wire:
    """What runs along a channel to one place: where lines join it from either side.

    ``low`` are the joins from the left of an upright channel, or from above a level one; ``high``
    those from the right, or from beneath; ``ends`` are ends on neither side.
    """

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it runs."""
        every = [*self.low, *self.high, *self.ends]
        return min(every), max(every)


def ordered_tracks(wires: Mapping[Key, Wire]) -> dict[Key, int]:
    """A track for each wire, numbered from 0, the low side first; few tracks and few crossings.

    Wires that touch have different tracks, in an order that is found by letting neighbours change
    places while that spares a crossing.
    """
    keys = sorted(wires, key=lambda key: wires[key].span)
    spans = {key: wires[key].span for key in keys}
    for _ in range(PASSES):
        moved = [_sunk(keys, at, wires, spans) for at in range(1, len(keys))]
        if not any(moved):
            break
    placed: dict[Key, int] = {}
    for key in keys:
        low, high = spans[key]
        beside = [
            track
            for other, track in placed.items()
            if spans[other][0] < high + TOUCH and low < spans[other][1] + TOUCH
        ]
        placed[key] = max(beside, default=-1) + 1
    return placed


def _sunk(
    keys: list[Key],
    at: int,
    wires: Mapping[Key, Wire],
    spans: Mapping[Key, tuple[float, float]],
) -> bool:
    """Move one wire as far towards the low side as spares most; whether it moved."""
    key, gain, best, place = keys[at], 0, 0, at
    for before in range(at - 1, -1, -1):
        other = keys[before]
        gain += _cost(wires, spans, other, key) - _cost(wires, spans, key, other)
        if gain > best:
            best, place = gain, before
    if best:
        keys.insert(place, keys.pop(at))
    return bool(best)


def _cost(
    wires: Mapping[Key, Wire], spans: Mapping[Key, tuple[float, float]], key: Key, other: Key
) -> int:
    """What it costs that ``one`` runs on the low side of ``other``."""
    first, second = wires[key], wires[other]
    lies = sum(abs(a - b) < TOUCH for a in first.high for b in second.low)
    crosses = _within(first.high, spans[other]) + _within(second.low, spans[key])
    return crosses + LIES_ON * lies


def _within(places: Sequence[float], span: tuple[float, float]) -> int:
    return sum(span[0] + TOUCH / 2 < place < span[1] - TOUCH / 2 for place in places)


FAR = 1e6

Spot = tuple[int, int]
"""A band and a column of it; or a band and the channel left of that column."""


@dataclass(slots=True)
class BoardBox:
    """A box: ``entry`` is how far under its top ways come in, ``run`` what it needs on its right.

    ``y`` is set before, from the top of its band; ``x`` is found, and ``y`` then counts from the
    top of the board.
    """

    id: str
    width: float
    height: float
    entry: float
    y: float = 0.0
    run: float = 0.0
    x: float = 0.0


@dataclass(slots=True)
class BoardWay:
    """A way from one box to another: ``port`` is how far under the first one's top it leaves.

    ``down`` is whether it only goes to the box beneath. ``points`` are found.
    """

    start: str
    goal: str
    port: float
    down: bool = False
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardRoom:
    """The room between lines, beside them, for an arrow; what is to spare between columns."""

    track: float
    pad: float
    arrow: float
    wide: float = 0.0


@dataclass(frozen=True, slots=True)
class _Led:
    """The channels of a way: beside its two boxes, and between the bands of either."""

    first: Spot
    last: Spot
    gutters: tuple[int, ...] = ()


class Board:
    """Gives every box its place and every way its points.

    With ``both_sides`` ways leave and come in on the left of a box too, where that is nearer.
    ``deep`` are the heights of the bands, where they hold more than the boxes.
    """

    def __init__(
        self,
        bands: Sequence[Sequence[Sequence[BoardBox]]],
        ways: Sequence[BoardWay],
        room: BoardRoom,
        *,
        both_sides: bool,
        deep: Sequence[float] = (),
    ) -> None:
        self._bands, self.ways, self._room, self._both = bands, ways, room, both_sides
        self.boxes: dict[str, BoardBox] = {}
        self._spot: dict[str, Spot] = {}
        for band, columns in enumerate(bands):
            for at, column in enumerate(columns):
                self.boxes |= {box.id: box for box in column}
                self._spot |= {box.id: (band, at) for box in column}
        self._deep = deep or [
            max((box.y + box.height for column in band for box in column), default=0.0)
            for band in bands
        ]
        self._led = [self._lead(way) for way in ways]
        for way, led in zip(ways, self._led, strict=True):
            self._clear_port(way, led.first)
        self._upright = self._upright_tracks()
        wires: dict[str, Wire] = defaultdict(Wire)
        for way, led in zip(ways, self._led, strict=True):
            if len(led.gutters) > 1:
                wires[way.goal].high += [gutter * 100.0 for gutter in led.gutters]
        self._margin = ordered_tracks(wires)
        self._place_across()
        self._level = self._level_tracks()
        self._place_down()
        self._draw()

    def _lead(self, way: BoardWay) -> _Led:
        start, goal = self.boxes[way.start], self.boxes[way.goal]
        (band, column), (other, at) = self._spot[way.start], self._spot[way.goal]
        if band == other and (at == column + 1 or (self._both and abs(at - column) <= 1)):
            upwards = at == column and goal.y <= start.y
            beside = (band, column if at < column or upwards else column + 1)
            return _Led(beside, beside)
        back = self._both and band == other and at < column
        first, last = (band, column + (not back)), (other, at + back)
        if band == other:
            low = start.y + way.port + goal.y + goal.entry > self._deep[band]
            return _Led(first, last, (band + low,))
        if abs(band - other) == 1:
            return _Led(first, last, (max(band, other),))
        return _Led(first, last, (band + (other > band), other + (other < band)))

    def _clear_port(self, way: BoardWay, spot: Spot) -> None:
        """No way leaves at the very height at which another comes into the box opposite."""
        box, (band, column) = self.boxes[way.start], self._spot[way.start]
        opposite = spot[1] - (spot[1] == column)
        near = self._bands[band][opposite] if 0 <= opposite < len(self._bands[band]) else ()
        others = [one.y + one.entry for one in near if one.id != way.goal]
        step = self._room.track / 2
        if not way.down:
            while any(abs(box.y + way.port - other) < step * 0.9 for other in others):
                way.port += step

    def _upright_tracks(self) -> dict[Spot, dict[str, int]]:
        wires: dict[Spot, dict[str, Wire]] = defaultdict(lambda: defaultdict(Wire))
        for way, led in zip(self.ways, self._led, strict=True):
            if way.down:
                continue
            start, goal = self.boxes[way.start], self.boxes[way.goal]
            first, last = wires[led.first][way.goal], wires[led.last][way.goal]
            self._joins(first, led.first, way.start).append(start.y + way.port)
            self._joins(last, led.last, way.goal).append(goal.y + goal.entry)
            if led.gutters:
                first.ends.append(FAR if led.gutters[0] > led.first[0] else -FAR)
                last.ends.append(FAR if led.gutters[-1] > led.last[0] else -FAR)
        return {spot: ordered_tracks(found) for spot, found in wires.items()}

    def _joins(self, wire: Wire, spot: Spot, box: str) -> list[float]:
        return wire.low if self._spot[box][1] < spot[1] else wire.high

    def _place_across(self) -> None:
        room, tracks = self._room, max(self._margin.values(), default=-1) + 1
        self._left = room.pad * bool(tracks) + tracks * room.track
        self._lefts: list[list[float]] = []
        self._rights: list[list[float]] = []
        for band, columns in enumerate(self._bands):
            x, lefts, rights = self._left, [], [self._left]
            for at in range(len(columns) + 1):
                used = self._upright.get((band, at), {})
                x += room.pad + max(used.values(), default=0) * room.track
                x += room.arrow * bool(used) + room.wide * (0 < at < len(columns))
                lefts.append(x)
                if at < len(columns):
                    for box in columns[at]:
                        box.x = x
                    x += max(box.width + box.run for box in columns[at])
                    rights.append(x)
            self._lefts.append(lefts)
            self._rights.append(rights)
        self.width = max((lefts[-1] for lefts in self._lefts), default=0.0)

    def _track(self, spot: Spot, goal: str) -> float:
        """How far right the line to a goal runs in an upright channel."""
        band, column = spot
        before, after = self._rights[band][column], self._lefts[band][column]
        tracks = self._upright[spot]
        spare = after - before - max(tracks.values()) * self._room.track
        # Where arrows point to the right alone, they have the greater part of the room.
        share = spare / 2 if self._both else min(self._room.pad, spare / 2)
        # Lines from above and from beneath the channel between two bands never meet end to end.
        shift = band % 2 * self._room.track / 2
        return before + share + shift + tracks[goal] * self._room.track

    def _level_tracks(self) -> dict[int, dict[str, int]]:
        wires: dict[int, dict[str, Wire]] = defaultdict(lambda: defaultdict(Wire))
        for way, led in zip(self.ways, self._led, strict=True):
            for spot, at in ((led.first, 0), (led.last, -1)) if led.gutters else ():
                wire = wires[led.gutters[at]][way.goal]
                joins = wire.low if spot[0] < led.gutters[at] else wire.high
                joins.append(self._track(spot, way.goal))
                if len(led.gutters) > 1:
                    wire.ends.append(self._margin[way.goal] * self._room.track)
        return {gutter: ordered_tracks(found) for gutter, found in wires.items()}

    def _place_down(self) -> None:
        room, y = self._room, 0.0
        self._along: dict[tuple[int, str], float] = {}
        self.tops: list[float] = []
        for band in range(len(self._bands) + 1):
            levels = self._level.get(band, {})
            top = y + room.pad
            for goal, track in levels.items():
                self._along[band, goal] = top + track * room.track
            y = top + (max(levels.values(), default=-1) + 1) * room.track
            if band < len(self._bands):
                self.tops.append(y)
                for column in self._bands[band]:
                    for box in column:
                        box.y += y
                y += self._deep[band]
        self.height = y

    def _draw(self) -> None:
        for way, led in zip(self.ways, self._led, strict=True):
            start, goal = self.boxes[way.start], self.boxes[way.goal]
            if way.down:
                x = start.x + start.width - self._room.arrow
                way.points = ((x, start.y + start.height), (x, goal.y))
                continue
            y, entry = start.y + way.port, goal.y + goal.entry
            first, last = self._track(led.first, way.goal), self._track(led.last, way.goal)
            points = [(self._side(start, led.first), y), (first, y)]
            levels = [self._along[gutter, way.goal] for gutter in led.gutters]
            if len(levels) > 1:
                x = self._margin[way.goal] * self._room.track
                points += [(first, levels[0]), (x, levels[0]), (x, levels[1]), (last, levels[1])]
            elif levels:
                points += [(first, levels[0]), (last, levels[0])]
            points += [(last, entry), (self._side(goal, led.last), entry)]
            way.points = plain_points(points)

    def _side(self, box: BoardBox, spot: Spot) -> float:
        return box.x + box.width * (self._spot[box.id][1] < spot[1])


def plain_points(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points without those that a line only passes."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(point[0] - kept[-1][0]) < 1e-6 and abs(point[1] - kept[-1][1]) < 1e-6:
            continue
        if len(kept) > 1 and any(kept[-2][at] == kept[-1][at] == point[at] for at in (0, 1)):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)
