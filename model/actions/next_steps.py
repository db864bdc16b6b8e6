"""What part 3 offers as next steps: the catalogue, filled in with what the session says of each."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from offwall.model.actions.edit_actions import add_action
from offwall.model.actions.facts import Facts
from offwall.model.actions.ranking import ApprovalLevel, approval_level
from offwall.model.line import Vocabulary
from offwall.model.process import ActionPostIt
from offwall.model.records import (
    Action,
    ActionKind,
    EditError,
    Group,
    IssueStatus,
    Session,
    counted,
    line_of,
)
from offwall.model.records.changes import once
from offwall.model.records.dates import working_day
from offwall.model.records.fields import NO_ACTIVITY, NO_ISSUE, NO_OWNER, ActivityId, IssueId
from offwall.model.records.session import Owner
from offwall.model.records.text import fold
from offwall.model.records.uses import owner_of
from offwall.model.review.progress import LIVE, missing_summary
from offwall.model.review.second_session import of_this_session
from offwall.model.setup.workshop import thing_of
from offwall.model.store.presets.catalogues import CatalogueStep

MAPPING = "Complete the rest of the mapping and RACI templates"
SECOND = "Hold a second session to review improvements"
THORNY = "Resolve the thorny issue that was left open"
GATHER = "Pull the issues and actions of the two days together in one list"
FEEDBACK = "Send feedback and next steps to participants and corporate colleagues"
SENIOR = "Arrange to present the findings and brief senior management, with recommendations"
PHOTO = "File the photo of the process map with the record"
"""Entries of the catalogue that the session can say more about."""


def step_evidence(session: Session, step: str) -> str:
    """What the session adds to the step of that text; empty where it has nothing to add."""
    found = _FACTS.get(step)
    return ", ".join(found(session)) if found else ""


def _improvements(session: Session) -> list[Action]:
    kind = ActionKind.IMPROVEMENT
    return [action for action in session.actions if action.kind is kind and action.status in LIVE]


def _to_review(session: Session) -> Iterator[str]:
    if found := _improvements(session):
        yield counted(len(found), "improvement")
    if points := sum(bool(activity.open_point) for activity in session.activities):
        yield counted(points, "open point")


def _to_gather(session: Session) -> Iterator[str]:
    facts = Facts(session)
    if without := len(facts.unanswered):
        yield f"{without} of {counted(len(facts.open_issues), 'issue')} without an action"
    unscored = sum(one.impact is None or one.effort is None for one in _improvements(session))
    if unscored:
        yield f"{counted(unscored, 'action')} without a score"


def _to_tell(session: Session) -> Iterator[str]:
    there = sum(person.group in (Group.CORE, Group.PARTICIPANT) for person in session.people)
    corporate = sum(person.group is Group.CORPORATE for person in session.people)
    if there:
        yield f"{counted(there, 'person', 'people')} who took part"
        named = counted(corporate, "corporate colleague")
        yield named if corporate else "no corporate colleague is listed yet"


def _to_decide(session: Session) -> Iterator[str]:
    levels = (approval_level(one.approval, session.approvals) for one in _improvements(session))
    if members := sum(level > ApprovalLevel.OFFICER for level in levels):
        yield f"{counted(members, 'action')} for members to approve"


_FACTS = {
    MAPPING: missing_summary,
    SECOND: _to_review,
    GATHER: _to_gather,
    FEEDBACK: _to_tell,
    SENIOR: _to_decide,
}


# The toolkit names seven next steps. Where the session says more than the catalogue can, the offer
# says it: which stages lack what, each open point, each parked issue, each photo still to be filed.


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A next step to take over.

    ``stem`` is what it is known by, while the figures in ``text`` change. ``owner`` is an
    action's owner, empty where ``hint`` names nobody in particular. ``taken`` is the id of the
    action that it became.
    """

    text: str
    stem: str
    owner: Owner
    hint: str
    due: dt.date
    issue: IssueId = NO_ISSUE
    activity: ActivityId = NO_ACTIVITY
    taken: str = ""


@once
def step_offers(
    session: Session, catalogue: Iterable[CatalogueStep], today: dt.date
) -> tuple[StepOffer, ...]:
    """The next steps to choose from, each once: the catalogue's in its order, filled in.

    What the session shows to be done is left out.
    """
    made, thing = _Offers(session, today), thing_of(session)
    found: dict[str, StepOffer] = {}
    for step in catalogue:
        named = replace(step, text=thing.named(step.text), also=tuple(map(thing.named, step.also)))
        for offer in made.of(named):
            found.setdefault(fold(offer.stem), offer)
    return tuple(found.values())


def take(session: Session, offer: StepOffer, *, seed: str) -> Session:
    """Take an offer over as a next step, with its owner and target date.

    Raises `EditError` where it was taken before.
    """
    if offer.taken or _taken(of_this_session(session), offer.stem, offer.issue):
        raise EditError("That next step is in the plan already.")
    note = ActionPostIt(offer.text, offer.owner, offer.due)
    return add_action(
        session,
        note,
        seed=seed,
        kind=ActionKind.NEXT_STEP,
        issue=offer.issue,
        activity=offer.activity,
    )


class _Offers:
    """Makes the offers of one session on one day."""

    def __init__(self, session: Session, today: dt.date) -> None:
        self.session = session
        self.today = today
        self.known = Vocabulary.of(session, today).owners

    def of(self, step: CatalogueStep) -> Iterator[StepOffer]:
        """What an entry of the catalogue becomes."""
        if step.text == MAPPING:
            yield from self._mapping(step)
        elif step.text == THORNY:
            yield from self._issues(step)
        elif step.text == PHOTO:
            yield from self._photos(step)
        else:
            yield self._whole(step)

    def _whole(self, step: CatalogueStep) -> StepOffer:
        """The entry as it is, with what the session adds to it."""
        detail = step_evidence(self.session, step.text)
        return self._offer(step, step.text, self._owner(step.owner), detail=detail)

    def _mapping(self, step: CatalogueStep) -> Iterator[StepOffer]:
        if step_evidence(self.session, step.text):
            yield self._whole(step)
        for activity in self.session.in_order:
            if activity.open_point:
                owner = activity.accountable or activity.lead
                yield self._offer(
                    step, f"Settle: {activity.open_point}", owner, activity=activity.id
                )

    def _issues(self, step: CatalogueStep) -> Iterator[StepOffer]:
        parked = [
            issue
            for issue in self.session.issues
            if issue.parked and issue.status is not IssueStatus.CLOSED
        ]
        for issue in parked:
            text = f"Resolve parked issue: {issue.text}"
            yield self._offer(step, text, self._named(issue.raised_by), issue=issue.id)
        if not parked:
            yield self._whole(step)

    def _photos(self, step: CatalogueStep) -> Iterator[StepOffer]:
        waiting = [photo for photo in self.session.photos if not photo.path]
        if waiting:
            by = next((photo.taken_by for photo in waiting if photo.taken_by), "")
            owner = self._named(by) or self._owner(step.owner)
            yield self._offer(step, step.text, owner)
        elif not self.session.photos:
            yield self._whole(step)

    def _offer(
        self,
        step: CatalogueStep,
        stem: str,
        owner: Owner,
        *,
        detail: str = "",
        issue: IssueId = NO_ISSUE,
        activity: ActivityId = NO_ACTIVITY,
    ) -> StepOffer:
        stem = line_of(stem)
        text = f"{stem}: {detail}" if detail else stem
        return StepOffer(
            line_of(text),
            stem,
            owner,
            line_of(step.owner.rpartition(";")[2]),
            self._due(step),
            issue,
            activity,
            self._taken(step, stem, issue),
        )

    def _taken(self, step: CatalogueStep, stem: str, issue: IssueId) -> str:
        """The action that says it already; the entry itself in other words too."""
        others = step.also if stem == line_of(step.text) else ()
        wanted = filter(None, map(line_of, (stem, *others)))
        actions = of_this_session(self.session)
        found = (_taken(actions, words, issue) for words in wanted)
        return next(filter(None, found), "")

    def _due(self, step: CatalogueStep) -> dt.date:
        """Some days after the workshop; after today where that has gone by."""
        due = step.due(self.session.workshop.date or self.today)
        found = due if due >= self.today else step.due(self.today)
        return working_day(found, self.session.nation)

    def _owner(self, hint: str) -> Owner:
        """Who a hint means in this session; empty where it means nobody in particular."""
        workshop = self.session.workshop
        said = {"the facilitator": workshop.facilitator, "the recorder": workshop.recorder}
        for words in map(line_of, hint.split(";")):
            known = self._named(said[words]) if words in said else self.known.find(words)
            if known:
                return owner_of(self.session, known)
        return NO_OWNER

    def _named(self, words: str) -> Owner:
        """A role or a person by name, else the words as they are."""
        said = line_of(words)
        return owner_of(self.session, self.known.find(said) or said)


def _taken(actions: Iterable[Action], stem: str, issue: IssueId) -> str:
    """The id of the action that says this, whatever figures follow, or acts on the issue."""
    wanted = fold(stem)
    for action in actions:
        said = fold(action.text)
        if said == wanted or said.startswith(f"{wanted}: ") or (issue and action.issue == issue):
            return action.id
    return ""
