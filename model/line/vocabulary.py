"""What a line is read against: the session's roles, people, stages, tiers and documents.

Each part is made when it is first asked for, so that a vocabulary costs nothing until used.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from model.edits.stages import has_number
from model.line.phrases import Phrases
from model.session import Activity, Session, Stage, Treatment

GROUPS = {
    "core group": ("core",),
    "participants": ("participant",),
    "corporate colleagues": ("corporate",),
    "senior management": ("senior",),
}
"""Groups that an action can be given to, as they are written down, and what else they are called.

They are the groups that people are in (`model.session.Group`), in the words of the workshop.
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
    def roles(self) -> Phrases:
        """Codes first, then names, then other names.

        What the activity itself says is a code, even where no role bears it: it must stay so.
        """
        return Phrases(self._role_pairs(), (role.code for role in self.session.roles))

    @cached_property
    def owners(self) -> Phrases:
        """Who can own an action: roles, people, groups named as owners so far, the usual groups."""
        return Phrases(self._owner_pairs())

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
        firsts = [person.name.split()[0].casefold() for person in people if person.name.strip()]
        for person in people:
            first = (person.name.split() or [""])[0]
            if firsts.count(first.casefold()) == 1:
                yield first, person.id
        yield from ((action.owner, action.owner) for action in self.session.actions)
        yield from ((said, group) for group, words in GROUPS.items() for said in (group, *words))

    @cached_property
    def _tiers(self) -> dict[str, str]:
        found = self.activity
        used = [code for code, _ in found.tiers] if found else []
        tiers = self.session.tiers
        pairs = [*((tier.code, tier.code) for tier in tiers), *((code, code) for code in used)]
        pairs += [(tier.name, tier.code) for tier in tiers]
        codes: dict[str, str] = {}
        for said, code in pairs:
            codes.setdefault(said.casefold(), code)
        return codes

    def tier(self, value: str) -> tuple[str, Treatment | None] | None:
        """What follows ``%``: a tier, and how it treats this; None where it is no such thing."""
        said, equals, how = value.partition("=")
        code = self._tiers.get(said.casefold())
        if code is None:
            return None
        if not equals:
            return code, None
        treatment = next((each for each in Treatment if each == how.casefold()), None)
        return (code, treatment) if treatment else None

    @property
    def tier_codes(self) -> tuple[str, ...]:
        """The codes that may follow ``%``."""
        return tuple(dict.fromkeys(self._tiers.values()))

    def stage(self, word: str) -> str:
        """The id of the one stage meant by an id, the number in an id, or the start of a name."""
        said = word.casefold()
        for means in (_is_id, _has_number, _is_name, _begins):
            found = [stage.id for stage in self.session.stages if means(stage, said)]
            if found:
                return found[0] if len(found) == 1 else ""
        return ""

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The names of documents used so far, those of the register first."""
        register = (document.name for document in self.session.documents)
        used = (name for found in self.session.activities for name in found.documents)
        return tuple(dict.fromkeys([*register, *used]))

    def is_ref(self, word: str) -> bool:
        """Whether an activity bears this ref."""
        return word.upper() in self.session.id_by_ref or word in self.session.id_by_ref


def _is_id(stage: Stage, said: str) -> bool:
    return stage.id.casefold() == said


def _has_number(stage: Stage, said: str) -> bool:
    return has_number(stage.id, said)


def _is_name(stage: Stage, said: str) -> bool:
    return stage.name.casefold() == said


def _begins(stage: Stage, said: str) -> bool:
    return stage.name.casefold().startswith(said)
