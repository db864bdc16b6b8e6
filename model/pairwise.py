"""Which comes first? Put things in order by asking about two at a time, as few times as can be.

The way is a merge sort: at most n log2 n questions, where comparing each with each would take
n (n - 1) / 2. Nothing is remembered but the answers: the same answers always lead to the same next
question, so that an answer taken back, or one that somebody else gave, needs no care.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

Answer = tuple[str, str]
"""Two keys: the first was said to come before the second."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """How far the sorting is: the ``order`` where it is settled; else the ``question`` to ask
    next, and how many questions are ``left`` at the most, this one among them.
    """

    order: tuple[str, ...] | None
    question: Answer | None = None
    left: int = 0


def sort(keys: Sequence[str], answers: Iterable[Answer]) -> Sorted:
    """Sort the keys by the answers given so far.

    Answers about other keys count nothing; what follows from two answers is not asked. Where
    answers contradict one another, the one that was given about the very pair counts.
    """
    here = set(keys)
    return _sort(tuple(keys), _Known(pair for pair in answers if here.issuperset(pair)))


def settled(keys: Sequence[str], answers: Iterable[Answer]) -> tuple[str, ...]:
    """The keys in the order that the answers ask for, and else as they stand.

    Answers that go round in a circle leave those on it as they stand.
    """
    known = set(keys)
    place = {key: number for number, key in enumerate(keys)}
    pairs = {pair for pair in answers if known.issuperset(pair) and pair[0] != pair[1]}
    behind: defaultdict[str, list[str]] = defaultdict(list)
    waits = dict.fromkeys(keys, 0)
    for first, second in pairs:
        behind[first].append(second)
        waits[second] += 1
    ready = [place[key] for key in keys if not waits[key]]
    heapify(ready)
    order: dict[str, None] = {}
    while len(order) < len(place):
        if not ready:
            ready.append(min(place[key] for key in keys if key not in order))
        key = keys[heappop(ready)]
        if key in order:
            continue
        order[key] = None
        for second in behind[key]:
            waits[second] -= 1
            if waits[second] == 0:
                heappush(ready, place[second])
    return tuple(order)


def most_questions(number: int) -> int:
    """How many questions a merge sort of so many things takes at the most."""
    if number < 2:
        return 0
    half = number // 2
    return most_questions(half) + most_questions(number - half) + number - 1


class _Known:
    """What the answers say of a pair, and what follows from them."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._said = set(answers)
        self._behind: Mapping[str, set[str]] = defaultdict(set)
        for first, second in self._said:
            self._behind[first].add(second)
        self._reached: dict[str, set[str]] = {}

    def before(self, one: str, other: str) -> bool | None:
        """Whether one comes before the other; None where nobody said."""
        if ((one, other) in self._said) is not ((other, one) in self._said):
            return (one, other) in self._said
        follows, leads = other in self._after(one), one in self._after(other)
        return follows if follows or leads else None

    def _after(self, key: str) -> set[str]:
        """All that come behind a key, however far."""
        if key not in self._reached:
            found: set[str] = set()
            waiting = [key]
            while waiting:
                new = self._behind.get(waiting.pop(), set()) - found
                found |= new
                waiting += new
            self._reached[key] = found
        return self._reached[key]


def _sort(keys: tuple[str, ...], known: _Known) -> Sorted:
    if len(keys) < 2:
        return Sorted(keys)
    half = len(keys) // 2
    left, right = _sort(keys[:half], known), _sort(keys[half:], known)
    if left.order is None or right.order is None:
        question = left.question or right.question
        return Sorted(None, question, left.left + right.left + len(keys) - 1)
    return _merge(left.order, right.order, known)


def _merge(left: tuple[str, ...], right: tuple[str, ...], known: _Known) -> Sorted:
    order: list[str] = []
    one = other = 0
    while one < len(left) and other < len(right):
        first = known.before(left[one], right[other])
        if first is None:
            most = len(left) - one + len(right) - other - 1
            return Sorted(None, (left[one], right[other]), most)
        order.append(left[one] if first else right[other])
        one, other = one + first, other + (not first)
    return Sorted((*order, *left[one:], *right[other:]))
