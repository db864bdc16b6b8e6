"""What part 3 offers as next steps: the catalogue, filled in with what the session really lacks.

The toolkit names seven next steps. Where the session says more than the catalogue can, the offer
says it: which stages lack what, each open point, each parked issue, each photo still to be filed.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from model.bank_holidays import working_day
from model.edits import EditError
from model.edits.action_notes import add_action
from model.edits.texts import line_of
from model.line.vocabulary import Vocabulary
from model.note import ActionNote
from model.presets import NextStep
from model.second_session import of_this_session
from model.session import Action, ActionKind, IssueStatus, Session
from model.step_facts import MAPPING, PHOTO, THORNY, facts


@dataclass(frozen=True, slots=True)
class Offer:
    """A next step to take over.

    ``stem`` is what it is known by, while the figures in ``text`` change. ``owner`` is an
    action's owner, empty where ``hint`` names nobody in particular. ``taken`` is the id of the
    action that it became.
    """

    text: str
    stem: str
    owner: str
    hint: str
    due: dt.date
    issue: str = ""
    activity: str = ""
    taken: str = ""


def offers(session: Session, catalogue: Iterable[NextStep], today: dt.date) -> tuple[Offer, ...]:
    """The next steps to choose from, each once: the catalogue's in its order, filled in.

    What the session shows to be done is left out.
    """
    made = _Offers(session, today)
    found: dict[str, Offer] = {}
    for step in catalogue:
        for offer in made.of(step):
            found.setdefault(_folded(offer.stem), offer)
    return tuple(found.values())


def take(session: Session, offer: Offer, *, seed: str) -> Session:
    """Take an offer over as a next step, with its owner and target date.

    Raises `EditError` where it was taken before.
    """
    if offer.taken or _taken(of_this_session(session), offer.stem, offer.issue):
        raise EditError("That next step is in the plan already.")
    note = ActionNote(offer.text, offer.owner, offer.due)
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

    def of(self, step: NextStep) -> Iterator[Offer]:
        """What an entry of the catalogue becomes."""
        if step.text == MAPPING:
            yield from self._mapping(step)
        elif step.text == THORNY:
            yield from self._issues(step)
        elif step.text == PHOTO:
            yield from self._photos(step)
        else:
            yield self._whole(step)

    def _whole(self, step: NextStep) -> Offer:
        """The entry as it is, with what the session adds to it."""
        detail = facts(self.session, step.text)
        return self._offer(step, step.text, self._owner(step.owner), detail=detail)

    def _mapping(self, step: NextStep) -> Iterator[Offer]:
        if facts(self.session, step.text):
            yield self._whole(step)
        for activity in self.session.in_order:
            if activity.open_point:
                owner = activity.accountable or activity.lead
                yield self._offer(
                    step, f"Settle: {activity.open_point}", owner, activity=activity.id
                )

    def _issues(self, step: NextStep) -> Iterator[Offer]:
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

    def _photos(self, step: NextStep) -> Iterator[Offer]:
        waiting = [photo for photo in self.session.photos if not photo.path]
        if waiting:
            by = next((photo.taken_by for photo in waiting if photo.taken_by), "")
            owner = self._named(by) or self._owner(step.owner)
            yield self._offer(step, step.text, owner)
        elif not self.session.photos:
            yield self._whole(step)

    def _offer(
        self,
        step: NextStep,
        stem: str,
        owner: str,
        *,
        detail: str = "",
        issue: str = "",
        activity: str = "",
    ) -> Offer:
        stem = line_of(stem)
        text = f"{stem}: {detail}" if detail else stem
        return Offer(
            line_of(text),
            stem,
            owner,
            line_of(step.owner),
            self._due(step),
            issue,
            activity,
            self._taken(step, stem, issue),
        )

    def _taken(self, step: NextStep, stem: str, issue: str) -> str:
        """The action that says it already; the entry itself in other words too."""
        others = step.also if stem == line_of(step.text) else ()
        wanted = filter(None, map(line_of, (stem, *others)))
        actions = of_this_session(self.session)
        found = (_taken(actions, words, issue) for words in wanted)
        return next(filter(None, found), "")

    def _due(self, step: NextStep) -> dt.date:
        """Some days after the workshop; after today where that has gone by."""
        due = step.due(self.session.workshop.date or self.today)
        found = due if due >= self.today else step.due(self.today)
        return working_day(found, self.session.nation)

    def _owner(self, hint: str) -> str:
        """Who a hint means in this session; empty where it means nobody in particular."""
        workshop = self.session.workshop
        said = {"the facilitator": workshop.facilitator, "the recorder": workshop.recorder}
        words = line_of(hint)
        if words in said:
            return self._named(said[words])
        return self.known.find(words) or ""

    def _named(self, words: str) -> str:
        """A role or a person by name, else the words as they are."""
        return self.known.find(line_of(words)) or line_of(words)


def _taken(actions: Iterable[Action], stem: str, issue: str) -> str:
    """The id of the action that says this, whatever figures follow, or acts on the issue."""
    wanted = _folded(stem)
    for action in actions:
        said = _folded(action.text)
        if said == wanted or said.startswith(f"{wanted}: ") or (issue and action.issue == issue):
            return action.id
    return ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
