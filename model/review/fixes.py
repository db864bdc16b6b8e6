"""Fixes: the change for a finding that has one remedy, and that beyond doubt."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from offwall.model.process import PostIt
from offwall.model.process.activities import TargetMatcher
from offwall.model.process.names import REMOVED
from offwall.model.process.post_it import said_target, with_roles
from offwall.model.records import Session, excerpt, the_activity, updated
from offwall.model.records.changes import SessionChange, by_key
from offwall.model.records.fields import RECORDS, ActivityId
from offwall.model.records.session import Route
from offwall.model.records.uses import repoint, reword_every_text
from offwall.model.review.checks import THEN, Finding, words_to_avoid
from offwall.model.setup.glossary import GlossaryMatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a finding: the change, and in words what it does, for undo."""

    label: str
    change: SessionChange


class FixFinder:
    """Finds what mends the findings of one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._ways: Mapping[str, Callable[[Finding], Fix | None]] = {
            "unknown role": self._role,
            "lead also told": self._told,
            "no accountable": self._accountable,
            "missing target": self._missing,
            "open target": self._open,
            "word to avoid": self._word,
            "lost pointer": self._pointer,
        }

    def of(self, finding: Finding) -> Fix | None:
        """What mends the finding; None where that is for people to say."""
        way = self._ways.get(finding.kind)
        return way(finding) if way else None

    @cached_property
    def _targets(self) -> TargetMatcher:
        return TargetMatcher(self.session)

    def _ref(self, activity: str) -> str:
        return self.session.ref_by_id[activity]

    def _role(self, finding: Finding) -> Fix:
        word = finding.about
        made, code = role_for(self.session, word)
        name = excerpt(made.role_by_code[code].name)
        if len(made.roles) > len(self.session.roles):
            label = f"Made the role {name} ({code})"
        else:
            label = f"{excerpt(word)} is {name} now"
        return Fix(label, lambda session: _named(session, word))

    def _told(self, finding: Finding) -> Fix:
        field = finding.about

        def keep_the_lead(session: Session) -> Session:
            found = the_activity(session, ActivityId(finding.place))
            told = tuple(code for code in getattr(found, field) if code != found.lead)
            fields: dict[str, Any] = {field: told}
            return updated(session, "activities", found, **fields)

        lead = self.session.activity_by_id[finding.place].lead
        return Fix(f"{self._ref(finding.place)}: {lead} leads, not {field} too", keep_the_lead)

    def _accountable(self, finding: Finding) -> Fix | None:
        found = self.session.activity_by_id[finding.place]
        stage = self.session.stage_by_id.get(found.stage)
        role = self.session.role_by_code.get(stage.accountable) if stage else None
        if role is None:
            return None

        def as_the_stage(session: Session) -> Session:
            activity = the_activity(session, ActivityId(finding.place))
            return updated(session, "activities", activity, accountable=role.code)

        label = f"{self._ref(found.id)}: {excerpt(role.name)} accountable, as for the stage"
        return Fix(label, as_the_stage)

    def _missing(self, finding: Finding) -> Fix:
        label = f"{self._ref(finding.place)} leads to an open target: match it when it is known"
        return Fix(label, lambda session: _led(session, finding, Route(to_words=REMOVED)))

    def _open(self, finding: Finding) -> Fix | None:
        activity = self.session.activity_by_id[finding.place]
        about = finding.about
        words = activity.then if about == THEN else activity.routes[int(about)].to_words
        to = self._targets.find(words)
        if not to:
            return None
        label = f"{self._ref(activity.id)} leads to {said_target(self.session, to)} now"
        return Fix(label, lambda session: _led(session, finding, Route(to=to)))

    def _word(self, finding: Finding) -> Fix | None:
        word = finding.about
        say = words_to_avoid(self.session).get(word)
        if not say:
            return None

        def say_it(session: Session) -> Session:
            agreed = GlossaryMatcher(session.words)
            return reword_every_text(session, lambda text: agreed.put(text, (word,)))

        return Fix(f"Says {excerpt(say)} for {excerpt(word)} everywhere", say_it)

    def _pointer(self, finding: Finding) -> Fix | None:
        collection, _, field = finding.about.partition(".")
        if collection not in ("issues", "topics", "actions", "people", "documents"):
            return None

        info = RECORDS[collection]

        def point_at_nothing(session: Session) -> Session:
            record = by_key(session, info.collection, finding.place)
            return updated(session, info.collection, record, **{field: ""})

        return Fix(f"Let go of the {field} that is gone", point_at_nothing)


def role_for(session: Session, word: str) -> tuple[Session, str]:
    """The session with a role that the word means, made where there is none, and its code."""
    folded = word.casefold()
    for role in session.roles:
        if folded in map(str.casefold, role.also_called):
            return session, role.code
    made, note = with_roles(session, PostIt(lead=word))
    return made, note.lead or ""


def _named(session: Session, word: str) -> Session:
    """The session in which the word names a role wherever it stands for one."""
    made, code = role_for(session, word)
    return made if code == word else repoint(made, "roles", word, code)


def _led(session: Session, finding: Finding, to: Route) -> Session:
    """The session with the way that the finding is about leading elsewhere."""
    found = the_activity(session, ActivityId(finding.place))
    if finding.about == THEN:
        return updated(session, "activities", found, then=to.to or to.to_words)
    number = int(finding.about)
    routes = list(found.routes)
    routes[number] = replace(routes[number], to=to.to, to_words=to.to_words)
    return updated(session, "activities", found, routes=tuple(routes))
