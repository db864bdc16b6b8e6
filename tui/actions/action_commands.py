"""What the keys do to an action: score, approval, owner, helper, date, votes, status, order."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from textual.message import Message

from offwall.model.actions.edit_actions import (
    clear_place,
    move_action,
    remove_action,
    set_action_status,
    set_approval,
    set_done_on,
    set_due,
    set_needs,
    set_score,
    set_scores,
    set_votes,
    set_who,
)
from offwall.model.actions.plan import say_due
from offwall.model.actions.ranking import rank
from offwall.model.line import Vocabulary
from offwall.model.line.complete import owner_candidates
from offwall.model.line.vocabulary import GROUPS
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    Issue,
    Session,
    say_date,
    short_date,
)
from offwall.model.records.changes import following
from offwall.model.records.dates import parse_past, parse_when
from offwall.model.records.fields import NO_ACTION
from offwall.model.records.text import counted, join_texts, on_one_line
from offwall.model.records.uses import GONE
from offwall.tui.actions.typed_lines import ActionPlace
from offwall.tui.kit import Field
from offwall.tui.kit.keys import (
    Choose,
    Here,
    Need,
    Outcome,
    Same,
    ask_one,
    foot,
    foot_each,
    key,
    key_each,
    keys,
)


class OwnerChoices:
    """The roles, people and groups of a session that an action can be given to.

    ``now`` is who has it: of two people with one name, that one stays.
    """

    def __init__(self, session: Session, today: dt.date, now: str) -> None:
        self._session, self._now = session, now
        self._called = owner_labels(session, role_labels(session))
        self._by_label = {label: key for key, label in self._called.items()}
        self._by_label[self.called(now)] = now
        self._known = Vocabulary.of(session, today)

    def called(self, owner: str) -> str:
        """What somebody is called."""
        return self._called.get(owner, owner)

    def meant(self, said: str) -> str:
        """Who is meant by words: what somebody is called here, or any other name."""
        words = on_one_line(said)
        return self._by_label.get(words) or self._known.owners.find(words) or words

    def field(self, name: str, label: str) -> Field:
        """The question."""
        choices = [
            replace(one, text=called if self._by_label.get(called) == one.text else one.text)
            for one in owner_candidates(self._known)
            if (called := self.called(one.text)) != GONE
        ]
        now, hint = self.called(self._now), "A role, a person or a group; empty for nobody."
        return Field(name, label, now, hint, choices, chosen=True, says=self._says)

    def _says(self, said: str) -> str:
        owner = self.meant(said)
        if owner in self._called:
            return f"{self._called[owner]}."
        if owner in GROUPS:
            members = [one for one in self._session.people if one.group in GROUPS[owner]]
            return f"{owner}: a group of {counted(len(members), 'person', 'people')}."
        return f"{owner}: no role or person, kept as a group." if owner else "Nobody yet."


NEEDS_HINT = "By comma, such as Section 151, Monitoring Officer, legal, HR, ICT."
NO_APPROVAL = "not said"


@dataclass(frozen=True, slots=True)
class ActionView:
    """The action whose effort the next digit is, the cursor's kind, and whether there are more."""

    effort_of: str = ""
    kind: ActionKind = ActionKind.IMPROVEMENT
    mixed: bool = False


@dataclass
class ActionLineWanted(Message):
    """The line is wanted for a new action, or to edit one."""

    place: ActionPlace


def line(at: Here, one: Action | None, mode: str) -> Outcome:
    """Open the line; where next steps stand behind improvements, what is new is one of them."""
    place = ActionPlace(mode, one.id if one else NO_ACTION, at.view.kind)
    if at.view.mixed and mode != "edit" and at.view.kind is not ActionKind.NEXT_STEP:
        place = ActionPlace("new", kind=ActionKind.NEXT_STEP)
    return Outcome(post=ActionLineWanted(place))


ActionChange = Callable[..., Session]
Label = Callable[[str], str]


def changed(
    one: Action | Issue, label: str, change: ActionChange, *said: object, asks: str = ""
) -> Outcome:
    """Change one by what was said, or each of those that are selected."""
    same = Same(label, lambda session, each: change(session, each, *said), asks)
    return Outcome(
        f"{label}: {one.text}", lambda session: change(session, one.id, *said), same=same
    )


def _ask(one: Action, field: Field, label: Label, change: ActionChange, *more: object) -> Outcome:
    """Ask for one thing; each of those that are selected is changed by what is said."""
    return ask_one(one.text, field, lambda said: changed(one, label(said), change, said, *more))


def score(at: Here, one: Action, digit: int) -> Outcome:
    """Set the impact; right after it, or where it alone is missing, the effort."""
    half = one.impact is not None and one.effort is None
    which = "effort" if half or at.view.effort_of == one.id else "impact"
    said = f"{which.capitalize()} {digit}"
    made = changed(one, said, set_score, which, digit)
    if which == "effort":
        return replace(made, view=replace(at.view, effort_of=""))
    now = f"{said}; now its effort, 1 to 5: {one.text}"
    return replace(made, view=replace(at.view, effort_of=one.id), say=now)


def scores(_: Here, one: Action) -> Outcome:
    """1 to 5 is the impact, then the effort; 0 asks for both."""
    now = f"{one.impact or '?'}/{one.effort or '?'}"
    hint = "1 is little, 5 is much, ? not yet. Empty takes both away."
    field = Field("scores", "Impact/effort", "" if now == "?/?" else now, hint, chosen=True)
    label = "Impact and effort {}".format
    return _ask(one, field, lambda said: label(said.strip() or "taken away"), set_scores)


def status(at: Here, one: Action) -> Outcome:
    """Open, doing, done, dropped."""
    new = following(tuple(ActionStatus), one.status)
    return changed(one, new.capitalize(), set_action_status, new, at.fresh.today())


def remove(_: Here, one: Action) -> Outcome:
    """Take it off the list; u brings it back."""
    return changed(one, "Removed", remove_action, asks="Remove")


def shift(at: Here, one: Action, by: int) -> Outcome:
    """Move it down or up: the group's own order."""
    ranked = one.kind is ActionKind.IMPROVEMENT
    listed = rank(at.session) if ranked else at.session.actions
    place = [each.id for each in listed if each.kind is one.kind].index(one.id) + 1 + by
    return replace(changed(one, "Moved", move_action, by), label=f"Moved to {place}: {one.text}")


def unmove(_: Here, one: Action) -> Outcome:
    """Let it stand where it ranks."""
    return changed(one, "Back to where it ranks", clear_place)


def approval(at: Here, one: Action) -> Outcome:
    """Whose approval it needs."""
    rungs = (*at.session.approvals, "")
    names = [rung or NO_APPROVAL for rung in rungs]
    place = rungs.index(one.approval) if one.approval in rungs[:-1] else 0

    def chosen(rung: int) -> Outcome:
        return changed(one, f"Approval {names[rung]}", set_approval, rungs[rung])

    about = f"Now: {one.approval or NO_APPROVAL}"
    return Outcome(ask=Choose(f"Approval: {one.text}", names, chosen, about, place))


def needs(_: Here, one: Action) -> Outcome:
    """Who else must agree, such as the Section 151 officer."""
    field = Field("needs", "Must agree", join_texts(one.needs, ","), NEEDS_HINT)
    return _ask(one, field, lambda said: f"{said.strip() or 'Nobody else'} must agree", set_needs)


def _ask_who(at: Here, one: Action, name: str, nobody: str) -> Outcome:
    """Ask who it is that a field of the action names."""
    label, who = name.capitalize(), OwnerChoices(at.session, at.fresh.today(), getattr(one, name))

    def keep(said: str) -> Outcome:
        meant = who.meant(said)
        return changed(one, f"{label} {who.called(meant) or nobody}", set_who, name, meant)

    return ask_one(one.text, who.field(name, label), keep)


def owner(at: Here, one: Action) -> Outcome:
    """Who does it: a role, a person or a group."""
    return _ask_who(at, one, "owner", "nobody yet")


def helper(at: Here, one: Action) -> Outcome:
    """Who helps."""
    return _ask_who(at, one, "helper", "nobody")


def when(at: Here, one: Action) -> Outcome:
    """The target date."""
    today, nation = at.fresh.today(), at.session.nation

    def say(said: str) -> str:
        due = parse_when(said, today)
        return say_due(due, nation) if due else ""

    def label(said: str) -> str:
        due = parse_when(said, today)
        return f"By {say_date(due) if due else 'no date yet'}"

    now = short_date(one.due) if one.due else ""
    hint = "29/1, 29 Jan, 2w or fri; empty takes it away."
    field = Field("when", "Target date", now, hint, chosen=True, says=say)
    return _ask(one, field, label, set_due, today)


def done_on(at: Here, one: Action) -> Outcome:
    """The day on which it was done; without one it is open again."""
    today = at.fresh.today()

    def say(said: str) -> str:
        day = parse_past(said, today)
        return f"{say_date(day)}." if day else ""

    now = short_date(one.done_on or today)
    hint = "today, 9/12, 9 Dec or fri, the last one; empty takes it away."
    field, reopened = (
        Field("day", "Done on", now, hint, chosen=True, says=say),
        "no day: open again.",
    )
    return _ask(one, field, lambda said: f"Done on {say(said) or reopened}", set_done_on, today)


def votes(_: Here, one: Action) -> Outcome:
    """How many votes it got."""
    now = str(one.votes or "")
    field = Field("votes", "Votes", now, "The dots or hands it got.", chosen=True)
    return _ask(one, field, lambda said: f"Votes {said.strip() or 'none'}", set_votes)


ACTION = Need(lambda at: at.record, "Move to an action first.")
ACTIONS = Need(lambda at: at.record or at.several or at.under, "Move to an action first.")
PICKED = Need(lambda at: at.record or at.several, ACTION.says)
IMPROVEMENT = Need(
    lambda at: at.record and at.record.kind is ActionKind.IMPROVEMENT,
    "That is for an improvement; a next step has no use for it.",
)


def _all_improvements(at: Here) -> bool:
    steps = {one.id for one in at.session.actions if one.kind is not ActionKind.IMPROVEMENT}
    return steps.isdisjoint(at.several or at.under or (at.key,))


IMPROVEMENTS = Need(lambda at: ACTIONS.of(at) and _all_improvements(at), IMPROVEMENT.says)
MOVED = Need(
    lambda at: at.record and at.record.place is not None, "The group has not moved it by hand."
)
BEFORE = "A new action before this"
DOWN, UP = "Move it down: the group's own order", "Move it up: the group's own order"
ACTION_KEYS = keys(
    "action",
    *(
        key_each(str(digit), f"score-{digit}", "", partial(score, digit=digit), "", IMPROVEMENTS)
        for digit in range(1, 6)
    ),
    foot_each("0", "scores", "Score", scores, needs=IMPROVEMENTS, shown="1-5"),
    foot_each("equals_sign", "approval", "Approval", approval, needs=IMPROVEMENTS),
    key_each("a", "needs", "Also agree", needs, needs=IMPROVEMENTS),
    foot_each("at", "owner", "Owner", owner, needs=ACTIONS),
    foot_each("w", "when", "When", when, needs=ACTIONS),
    key("D", "votes", "Votes of one", votes, needs=IMPROVEMENT),
    key_each("s", "status", "Status", status, needs=ACTIONS),
    key_each("x", "remove", "Remove", remove, needs=PICKED),
    key("J", "down", "Move down", partial(shift, by=1), DOWN, ACTION),
    key("K", "up", "Move up", partial(shift, by=-1), UP, ACTION),
    key("minus", "unmove", "Unmove", unmove, needs=MOVED),
)
ACTION_LINE_KEYS = keys(
    "action",
    foot("n", "new", "New", partial(line, mode="new"), "A new action"),
    key("N", "new-before", "New before", partial(line, mode="before"), BEFORE, ACTION),
    key("enter,e", "edit", "Edit", partial(line, mode="edit"), "Edit its line", ACTION),
    foot("m", "next", "Next", tooltip="Go to the next action that lacks something"),
)
PLAN_KEYS = keys(
    "plan",
    # Scores and approval were part 1's; their keys work on, the footer names what is wanted.
    key_each("0", "scores", "Score", scores, "Impact and effort", IMPROVEMENTS),
    key_each("equals_sign", "approval", "Approval", approval, needs=IMPROVEMENTS),
    foot_each("s", "status", "Status", status, needs=ACTIONS),
    key_each("plus", "helper", "Helper", helper, needs=ACTIONS),
    key_each("vertical_line", "done-on", "Done on", done_on, needs=ACTIONS),
)
