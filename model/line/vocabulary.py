"""What a line is read against, found in a text: roles, people, stages, tiers and documents.

The longest name is found first.
"""

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from offwall.model.process.activities import TargetMatcher
from offwall.model.records import Activity, Session, Treatment
from offwall.model.records.fields import NO_STAGE, StageId, TierCode
from offwall.model.records.session import Besides
from offwall.model.records.text import on_one_line
from offwall.model.records.uses import role_name
from offwall.model.setup.stages import has_number

STOPS = ".;:!?)"
"""Punctuation that may follow a name and is no part of it."""

_BOUNDARY = re.compile(rf"(?=[\s,]|[{re.escape(STOPS)}]+(?:[\s,]|$)|$)")
_QUOTED = re.compile(rf'"([^"]*[^\s"][^"]*)"(?=[\s,{re.escape(STOPS)}]|$)')
_WORD = re.compile(r"[^\W\d_][^\s,]*")
HANGS = re.compile(r"[’'/@+&=:\\]")
"""What hangs another word on a name, as in ``@cm's`` and ``@cm/pro``."""
_UNLIKELY = re.compile(
    rf".*{HANGS.pattern}.*|(?:\w\w\w+ly|home|work|school|site|night|noon|once|least|present|all|the"
    r"|an?|and|or|then|to|daily|today|tomorrow)",
    re.I | re.S,
)


def unlikely(word: str) -> bool:
    """Whether a word that names nobody yet is hardly a role: ``@home``, ``@cm,monthly``."""
    return bool(_UNLIKELY.fullmatch(word.rstrip(STOPS)))


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name found in a text: what it stands for, where it stands, whether it is known."""

    value: str
    start: int
    end: int
    known: bool


class PhraseFinder:
    """Phrases and the value that each stands for; of two alike the first keeps it.

    A word that begins one of the ``codes`` and no other stands for that one too, so that ``@h``
    is enough where only one role's code begins with it.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], codes: Iterable[str] = ()) -> None:
        self._codes = tuple(dict.fromkeys(codes))
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for phrase, value in pairs:
            said = on_one_line(phrase)
            if said:
                self._exact.setdefault(said, value)
                self._folded.setdefault(said.casefold(), value)
        self._longest = max(map(len, self._exact), default=0)
        self._firsts = tuple({said.split()[0] for said in self._folded})

    def items(self) -> Iterable[tuple[str, str]]:
        """Each phrase as it is written, with its value."""
        return self._exact.items()

    def find(self, phrase: str) -> str | None:
        """What the whole phrase stands for: as it is written, else in any case."""
        value = self._exact.get(phrase)
        return self._folded.get(phrase.casefold()) if value is None else value

    def may_begin(self, word: str) -> bool:
        """Whether a name, known or not, could begin with this word."""
        return (
            word[0].isalpha()
            or (word[0] == '"' and len(word) > 1)
            or word.casefold().startswith(self._firsts)
        )

    def take(self, text: str, start: int = 0) -> FoundName | None:
        """The name that begins at ``start``: the longest known, else one in quotes, else a word."""
        if found := self.take_known(text, start):
            return found
        if quoted := _QUOTED.match(text, start):
            said = " ".join(quoted[1].split())
            value = self.find(said)
            known = value is not None
            return FoundName(said if value is None else value, start, quoted.end(), known)
        word = _WORD.match(text, start)
        said = word[0].rstrip(STOPS) if word else ""
        short, end = self._begun(said), start + len(said)
        return FoundName(short or said, start, end, known=bool(short)) if said else None

    def _begun(self, text: str) -> str:
        """The one code that begins with what is said; "" for none, and for several."""
        folded = text.casefold()
        begun = [code for code in self._codes if code.casefold().startswith(folded)]
        return begun[0] if text and len(begun) == 1 else ""

    def take_known(self, text: str, start: int = 0) -> FoundName | None:
        """The longest known name that begins at ``start``."""
        limit = min(len(text), start + self._longest)
        ends = [found.start() for found in _BOUNDARY.finditer(text, start + 1)] or [len(text)]
        for end in reversed([end for end in ends if end <= limit]):
            value = self.find(text[start:end])
            if value is not None:
                return FoundName(value, start, end, known=True)
        return None

    def say(self, value: str) -> str:
        """How to type a value that is its own name, or that is not known."""
        said = on_one_line(value)
        if self.find(said) == value:
            return said
        plain = _WORD.fullmatch(said) and said[-1] not in STOPS and not self._begun(said)
        return said if plain and not unlikely(said) else f'"{said}"'


# Several roles by comma, as they follow ``@ a: r: c: i:``, and the role nearest to a word.

_NOBODY = re.compile(r"\?(?=[\s,]|$)")
_COMMA = re.compile(r"\s*,\s*")
AND = re.compile(r" (?:and|&) ")
_END = re.compile(r"\W*$| ?[@?>+!*^%/,;.]| [abchinqrwy]:")
"""What may stand behind two names joined by *and*: nothing of theirs."""
NOBODY = FoundName("", 0, 1, known=True)
_NEAR = 0.7
"""How alike two names must be (difflib's ratio) for one to be offered for the other."""


def take_names(text: str, phrases: PhraseFinder, *, one: bool = False) -> list[FoundName]:
    """The names at the front of ``text``, or only ``one``; what follows is somebody else's.

    After a comma and a space only a known name goes on with the list, so that the end of a
    clause is not taken for a role.
    """
    first = NOBODY if _NOBODY.match(text) else phrases.take(text)
    names = [first] if first else []
    while names and not one and (found := _next(text, names[-1].end, phrases)):
        names.append(found)
    return names


def _next(text: str, at: int, phrases: PhraseFinder) -> FoundName | None:
    if (joined := AND.match(text, at)) and (name := phrases.take_known(text, joined.end())):
        return name if _END.match(text, name.end) else None
    comma = _COMMA.match(text, at)
    if not comma or comma.end() == len(text):
        return None
    take = phrases.take if comma[0] == "," else phrases.take_known
    return take(text, comma.end())


def nearest(word: str, phrases: PhraseFinder) -> str:
    """The value whose phrase the word begins, or whose initials it is, or is most like; or ""."""
    said = word.casefold()
    known = [(phrase.casefold(), value) for phrase, value in phrases.items()]
    for means in (str.startswith, lambda phrase, letters: initials(phrase) == letters):
        found = {value for phrase, value in known if means(phrase, said)}
        if len(found) == 1:
            return found.pop()
    close = difflib.get_close_matches(said, [phrase for phrase, _ in known], 1, _NEAR)
    return next((value for phrase, value in known if close and phrase == close[0]), "")


def initials(phrase: str) -> str:
    """The first letters of a name's words: ``hos`` for Head of Service."""
    return "".join(word[0] for word in phrase.split()).casefold()


# Each part is made when it is first asked for, so that a vocabulary costs nothing until used.

_REF = re.compile(r"[A-Za-z]+[0-9]*\.[0-9]+\b")

GROUPS = {
    "core group": ("core",),
    "participants": ("participant",),
    "corporate colleagues": ("corporate",),
    "senior management": ("senior",),
}
"""Groups that an action can be given to, in the words of the workshop, and what else they are
called (`model.records.session.Group`).
"""


@dataclass(frozen=True)
class Vocabulary:
    """The words of one session on one day.

    ``adding_to`` is the id of the activity that a line beginning with a token would add to, or
    that is being edited. ``decision`` says that it has a decision, so that ``>`` counts.
    """

    session: Session
    today: dt.date
    adding_to: str = ""
    decision: bool = False

    @classmethod
    def of(cls, session: Session, today: dt.date, adding_to: str = "") -> "Vocabulary":
        """The vocabulary for a line typed on ``adding_to``; "" is no activity."""
        activity = session.activity_by_id.get(adding_to)
        return cls(session, today, adding_to, bool(activity and activity.decision))

    @property
    def activity(self) -> Activity | None:
        """The activity that the line would add to, or that is being edited."""
        return self.session.activity_by_id.get(self.adding_to)

    @cached_property
    def roles(self) -> PhraseFinder:
        """Codes first, then names, then other names.

        What the activity itself says is a code, even where no role bears it: it must stay so.
        """
        return PhraseFinder(self._role_pairs(), (role.code for role in self.session.roles))

    @cached_property
    def owners(self) -> PhraseFinder:
        """Who can own an action: roles, people, groups named as owners so far, the usual groups."""
        return PhraseFinder(self._owner_pairs())

    def name_of(self, value: str) -> str:
        """What a role's code or a person's id stands for, as people say it."""
        people: dict[str, str] = {person.id: person.name for person in self.session.people}
        return people.get(value) or role_name(self.session, value)

    @cached_property
    def meetings(self) -> dict[str, tuple[dt.date, dt.date]]:
        """By a body's name in small letters, when it sits next and what *before* it means.

        That is the day for its papers, where it is known and to come, else the day before.
        """
        found: dict[str, tuple[dt.date, dt.date]] = {}
        for meeting in sorted(self.session.meetings, key=lambda one: one.date or dt.date.max):
            if meeting.date and meeting.date >= self.today:
                due = meeting.papers_by or dt.date.min
                due = due if due >= self.today else meeting.date - dt.timedelta(1)
                found.setdefault(meeting.body.lower(), (meeting.date, due))
        return found

    @cached_property
    def dues(self) -> frozenset[dt.date | None]:
        """Target dates that are there already, and so can be said again when they are past."""
        return frozenset(action.due for action in self.session.actions) - {None}

    def _role_pairs(self) -> Iterator[tuple[str, str]]:
        roles = self.session.roles
        yield from ((role.code, role.code) for role in roles)
        if found := self.activity:
            said = (found.lead, found.accountable, *found.also, *found.consulted, *found.informed)
            yield from ((code, code) for code in said)
        yield from ((role.name, role.code) for role in roles)
        yield from ((said, role.code) for role in roles for said in role.also_called)

    def _owner_pairs(self) -> Iterator[tuple[str, str]]:
        people = self.session.people
        yield from self._role_pairs()
        yield from ((person.name, person.id) for person in people)
        yield from ((person.id, person.id) for person in people)
        firsts = [(person.name.split()[0], person.id) for person in people if person.name.strip()]
        times = Counter(first.casefold() for first, _ in firsts)
        yield from (pair for pair in firsts if times[pair[0].casefold()] == 1)
        yield from ((action.owner, action.owner) for action in self.session.actions)
        yield from ((said, group) for group, words in GROUPS.items() for said in (group, *words))

    @cached_property
    def _tiers(self) -> dict[str, TierCode]:
        tiers, used = self.session.tiers, self.activity.tiers if self.activity else ()
        pairs: list[tuple[str, TierCode]] = [(tier.code, tier.code) for tier in tiers]
        pairs += [(code, code) for code, _ in used]
        pairs += [(tier.name, tier.code) for tier in tiers]
        codes: dict[str, TierCode] = {}
        for said, code in pairs:
            codes.setdefault(said.casefold(), code)
        return codes

    def tier(self, value: str) -> tuple[TierCode, Treatment | None] | None:
        """What follows ``%``: a tier, and how it treats this; None where it is no such thing."""
        said, equals, how = value.partition("=")
        code = self._tiers.get(said.casefold())
        if code is None:
            return None
        if not equals:
            return code, None
        treatment = next((each for each in Treatment if each == how.casefold()), None)
        return (code, treatment) if treatment else None

    @cached_property
    def times(self) -> bool:
        """Whether a line may say how long and how often."""
        return self.session.records(Besides.TIMES)

    @property
    def tier_codes(self) -> tuple[TierCode, ...]:
        """The codes that may follow ``%``."""
        return tuple(dict.fromkeys(self._tiers.values()))

    def stage(self, word: str) -> StageId:
        """The id of the one stage meant by an id, the number in an id, or the start of a name."""
        said = word.casefold()
        for means in (
            lambda stage: stage.id.casefold() == said,
            lambda stage: has_number(stage.id, said),
            lambda stage: stage.name.casefold() == said,
            lambda stage: stage.name.casefold().startswith(said),
        ):
            found = [stage.id for stage in self.session.stages if means(stage)]
            if found:
                return found[0] if len(found) == 1 else NO_STAGE
        return NO_STAGE

    @cached_property
    def targets(self) -> TargetMatcher:
        """Finds where routes lead."""
        return TargetMatcher(self.session)

    def odd_target(self, words: str) -> str:
        """Why words for a route's target may mean something else, as a clause, or ""."""
        if not words or self.targets.find(words):
            return ""
        if several := self.targets.several(words):
            return "it may be " + " or ".join(self.session.ref_by_id[each] for each in several[:3])
        ref = _REF.match(words)
        if ref and ref[0] == words:
            return "no activity is there"
        return "a ref stands alone" if ref and self.is_ref(ref[0]) else ""

    @cached_property
    def documents(self) -> Mapping[str, int]:
        """How often each document is used, by its name; those of the register first."""
        times = Counter({document.name: 0 for document in self.session.documents})
        times.update(name for activity in self.session.activities for name in activity.documents)
        return times

    def is_ref(self, word: str) -> bool:
        """Whether an activity bears this ref."""
        return word.upper() in self.session.id_by_ref or word in self.session.id_by_ref
