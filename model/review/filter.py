"""The filter: words and signs that narrow the wall, and what is in view by it or by a tier.

Raises `FilterError`, a sentence.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from offwall.model.line import Vocabulary
from offwall.model.line.grammar import one_line
from offwall.model.line.vocabulary import PhraseFinder, nearest, take_names
from offwall.model.process import TierView, treatment
from offwall.model.process.raci import everybody
from offwall.model.process.walk import tier_view
from offwall.model.records import Activity, Issue, IssueCode, Session, Treatment
from offwall.model.records.fields import NO_TIER, ActivityId, TierCode
from offwall.model.records.uses import texts_of
from offwall.model.review.progress import unfinished

# It is typed as the line is: ``@cm /S2 !d unfinished`` is what the contract manager leads in stage
# S2 that bears a D and is not filled in. Each word narrows; of several after a comma one is enough.


class FilterError(ValueError):
    """What is asked for is not there; the text is a sentence for the user."""


class _Wall:
    """A session, with what several activities are asked about made once."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def issues(self) -> dict[str, list[Issue]]:
        """The issues of each activity."""
        found: dict[str, list[Issue]] = {}
        for issue in self.session.issues:
            found.setdefault(issue.activity, []).append(issue)
        return found


Test = Callable[[_Wall, Activity], bool]
_Read = tuple[Test, str]
"""What a word asks for, and what is left of the filter behind it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for, as typed and as tests; all of them must hold."""

    text: str
    tests: tuple[Test, ...]

    def matching(self, session: Session, among: Iterable[Activity] | None = None) -> frozenset[str]:
        """The ids of the activities, all or some, that are asked for."""
        wall = _Wall(session)
        activities = session.activities if among is None else among
        return frozenset(
            item.id for item in activities if all(test(wall, item) for test in self.tests)
        )


def read_filter(text: str, vocabulary: Vocabulary) -> Filter | None:
    """The filter that is typed; None where nothing is.

    Raises `FilterError` where it names a role, a stage, a code or a tier that there is not.
    """
    said = one_line(text)
    tests = tuple(_tests(said, vocabulary))
    return Filter(said, tests) if tests else None


def _tests(text: str, vocabulary: Vocabulary) -> Iterator[Test]:
    while text:
        word, _, rest = text.partition(" ")
        sign = next((sign for sign in _READERS if word.startswith(sign) and word != sign), "")
        if sign:
            test, rest = _READERS[sign](text.removeprefix(sign), sign, vocabulary)
        elif word == "!":
            test = _bears(tuple(IssueCode))
        else:
            test = _STATES.get(word.casefold()) or _says(word.removeprefix("\\"))
        yield test
        text = rest.lstrip()


_STATES: dict[str, Test] = {
    "unfinished": lambda _, item: bool(unfinished(item)),
    "unconfirmed": lambda _, item: not item.confirmed,
    "confirmed": lambda _, item: item.confirmed,
    "open": lambda _, item: bool(item.open_point),
}
"""The words that ask for a state; after a backslash they are text."""

_PARTS: dict[str, Callable[[Activity], tuple[str, ...]]] = {
    "@": lambda item: (item.lead, *item.also),
    "r:": lambda item: item.also,
    "a:": lambda item: (item.accountable,),
    "c:": lambda item: item.consulted,
    "i:": lambda item: item.informed,
    "any:": everybody,
}
"""The parts that a role can have in an activity, by the sign that asks for them."""


def _says(word: str) -> Test:
    sought = word.casefold()
    return lambda wall, item: any(sought in text.casefold() for text in _texts(wall, item))


def _texts(wall: _Wall, item: Activity) -> Iterator[str]:
    yield wall.session.ref_by_id[item.id]
    yield from texts_of(wall.session, item)
    yield from (issue.text for issue in wall.issues.get(item.id, ()))


def _roles(value: str, sign: str, vocabulary: Vocabulary) -> _Read:
    phrases = PhraseFinder([*vocabulary.roles.items(), *_codes_used(vocabulary.session)])
    names = take_names(value, phrases)
    wrong = next((name.value for name in names if not name.known), "")
    if wrong or not names:
        wrong = wrong or value.partition(" ")[0]
        near = nearest(wrong, phrases)
        hint = f"did you mean {sign}{near}?" if near else "type a code, a name, or ? for nobody."
        raise FilterError(f"No role is called “{wrong}”: {hint}")
    codes = {name.value for name in names}
    part = _PARTS[sign]

    def plays(_: _Wall, item: Activity) -> bool:
        held = {code for code in part(item) if code}
        return bool(codes & held) or ("" in codes and not held)

    return plays, value[names[-1].end :]


def _codes_used(session: Session) -> set[tuple[str, str]]:
    """Codes that no role bears, but that activities name: they can be asked for, too."""
    used = {code for item in session.activities for code in _PARTS["any:"](item)}
    return {(code, code) for code in used}


def _stage(value: str, _: str, vocabulary: Vocabulary) -> _Read:
    word, _, rest = value.partition(" ")
    stages = {vocabulary.stage(said) for said in word.split(",") if said}
    if "" in stages or not stages:
        raise FilterError(f"No one stage is meant by “/{word}”: type its id, such as /S2.")
    return lambda _, item: item.stage in stages, rest


def _code(value: str, _: str, vocabulary: Vocabulary) -> _Read:
    word, _, rest = value.partition(" ")
    letters = tuple(word.upper())
    if unknown := set(letters) - set(IssueCode):
        raise FilterError(f"No issue bears “{min(unknown)}”: the codes are !d !g !t !r.")
    tests = [_bears((letter,)) for letter in letters]
    return lambda wall, item: all(test(wall, item) for test in tests), rest


def _bears(codes: tuple[str, ...]) -> Test:
    return lambda wall, item: any(issue.code in codes for issue in wall.issues.get(item.id, ()))


def _tier(value: str, _: str, vocabulary: Vocabulary) -> _Read:
    word, _, rest = value.partition(" ")
    found = vocabulary.tier(word)
    if found is None:
        codes = " ".join(f"%{code}" for code in vocabulary.tier_codes)
        hint = f"there are {codes}; =light or =no may follow." if codes else "there are none yet."
        raise FilterError(f"No tier is called “%{word}”: {hint}")
    tier, how = found
    wanted = {how} if how else {Treatment.YES, Treatment.LIGHT}
    return lambda wall, item: treatment(wall.session, item, tier) in wanted, rest


_READERS: dict[str, Callable[[str, str, Vocabulary], _Read]] = {
    **dict.fromkeys(_PARTS, _roles),
    "/": _stage,
    "!": _code,
    "%": _tier,
}


# What is shown stays in view until the filter or the tier changes: an activity that is put right
# does not vanish from under the hand that puts it right, nor does one that was just made.


@dataclass(frozen=True)
class VisibleActivities:
    """What of the wall is in view.

    ``ids`` are the activities shown, or None for all; ``view`` is the process as the tier goes
    through it.
    """

    filter: Filter | None = None
    view: TierView | None = None
    ids: frozenset[str] | None = None

    def __contains__(self, activity: object) -> bool:
        return self.ids is None or activity in self.ids

    @property
    def tier(self) -> TierCode:
        """The code of the tier looked through, or empty."""
        return self.view.tier if self.view else NO_TIER

    def treatment(self, activity: ActivityId) -> Treatment:
        """How the tier looked through treats an activity; yes where none is."""
        if self.view is None:
            return Treatment.YES
        if activity not in self.view.edges:
            return Treatment.NO
        return Treatment.LIGHT if activity in self.view.light else Treatment.YES

    def and_also(self, activity: str) -> "VisibleActivities":
        """The same with one more activity in view: somebody went there."""
        if self.ids is None or activity in self.ids:
            return self
        return replace(self, ids=self.ids | {activity})


ALL = VisibleActivities()
"""Nothing is hidden."""


def with_filter(
    session: Session, seen: VisibleActivities, wanted: Filter | None
) -> VisibleActivities:
    """What is in view with another filter, or with none."""
    return _taken(session, wanted, seen.view)


def seen_through_tier(
    session: Session, seen: VisibleActivities, tier: TierCode
) -> VisibleActivities:
    """What is in view through a tier, by its code; empty for all tiers."""
    return _taken(session, seen.filter, tier_view(session, tier) if tier else None)


def _taken(session: Session, wanted: Filter | None, view: TierView | None) -> VisibleActivities:
    if wanted is None and view is None:
        return ALL
    ids = wanted.matching(session) if wanted else frozenset(session.activity_by_id)
    if view:
        ids &= view.edges.keys()
    return VisibleActivities(wanted, view, ids)


def followed(seen: VisibleActivities, before: Session, after: Session) -> VisibleActivities:
    """What is in view when the session changed: the same, what was made, what matches now."""
    if seen.ids is None or before is after:
        return seen
    known = before.activity_by_id
    changed = [activity for activity in after.activities if known.get(activity.id) is not activity]
    made = {found.id for found in changed if found.id not in known}
    view = tier_view(after, seen.tier) if seen.view else None
    match = seen.filter.matching(after, changed) if seen.filter else {item.id for item in changed}
    if view:
        match = match & view.edges.keys()
    return VisibleActivities(seen.filter, view, seen.ids | made | match)


def said_of_view(seen: VisibleActivities) -> tuple[str, ...]:
    """What is in view in words: the code of the tier and the filter as typed; none for all."""
    filtered = seen.filter.text if seen.filter else ""
    return (seen.tier, filtered) if seen.tier or filtered else ()


def view_of(session: Session, said: Sequence[str], today: dt.date) -> VisibleActivities:
    """What is in view by such words; all where they ask for what there is not."""
    if len(said) != 2:
        return ALL
    tier, text = said
    try:
        wanted = read_filter(text, Vocabulary.of(session, today))
    except FilterError:
        return ALL
    known = (one.code for one in session.tiers if one.code == tier)
    return seen_through_tier(session, with_filter(session, ALL, wanted), next(known, NO_TIER))


def next_tier(session: Session, tier: TierCode) -> TierCode:
    """The code of the tier after this one; empty, for all, after the last."""
    codes = [NO_TIER, *(tier.code for tier in session.tiers), NO_TIER]
    return codes[codes.index(tier) + 1] if tier in codes else NO_TIER
