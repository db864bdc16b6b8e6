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

    def meant(self, text: str) -> str:
        """Who is meant by words: what somebody is called here, or any other name."""
        words = on_one_line(text)
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

    def _says(self, text: str) -> str:
        owner = self.meant(text)
        if owner in self._called:
            return f"{self._called[owner]}."
        if owner in GROUPS:
            members = [person for person in self._session.people if person.group in GROUPS[owner]]
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


def line(at: Here, action: Action | None, mode: str) -> Outcome:
    """Open the line; where next steps stand behind improvements, what is new is one of them."""
    place = ActionPlace(mode, action.id if action else NO_ACTION, at.view.kind)
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


def _ask(
    action: Action, field: Field, label: Label, change: ActionChange, *more: object
) -> Outcome:
    """Ask for one thing; each of those that are selected is changed by what is said."""
    return ask_one(
        action.text, field, lambda text: changed(action, label(text), change, text, *more)
    )


def score(at: Here, action: Action, digit: int) -> Outcome:
    """Set the impact; right after it, or where it alone is missing, the effort."""
    half = action.impact is not None and action.effort is None
    which = "effort" if half or at.view.effort_of == action.id else "impact"
    said = f"{which.capitalize()} {digit}"
    made = changed(action, said, set_score, which, digit)
    if which == "effort":
        return replace(made, view=replace(at.view, effort_of=""))
    now = f"{said}; now its effort, 1 to 5: {action.text}"
    return replace(made, view=replace(at.view, effort_of=action.id), say=now)


def scores(_: Here, action: Action) -> Outcome:
    """1 to 5 is the impact, then the effort; 0 asks for both."""
    now = f"{action.impact or '?'}/{action.effort or '?'}"
    hint = "1 is little, 5 is much, ? not yet. Empty takes both away."
    field = Field("scores", "Impact/effort", "" if now == "?/?" else now, hint, chosen=True)
    label = "Impact and effort {}".format
    return _ask(action, field, lambda text: label(text.strip() or "taken away"), set_scores)


def status(at: Here, action: Action) -> Outcome:
    """Open, doing, done, dropped."""
    new = following(tuple(ActionStatus), action.status)
    return changed(action, new.capitalize(), set_action_status, new, at.fresh.today())


def remove(_: Here, action: Action) -> Outcome:
    """Take it off the list; u brings it back."""
    return changed(action, "Removed", remove_action, asks="Remove")


def shift(at: Here, action: Action, by: int) -> Outcome:
    """Move it down or up: the group's own order."""
    ranked = action.kind is ActionKind.IMPROVEMENT
    listed = rank(at.session) if ranked else at.session.actions
    place = [each.id for each in listed if each.kind is action.kind].index(action.id) + 1 + by
    return replace(
        changed(action, "Moved", move_action, by), label=f"Moved to {place}: {action.text}"
    )


def unmove(_: Here, action: Action) -> Outcome:
    """Let it stand where it ranks."""
    return changed(action, "Back to where it ranks", clear_place)


def approval(at: Here, action: Action) -> Outcome:
    """Whose approval it needs."""
    rungs = (*at.session.approvals, "")
    names = [rung or NO_APPROVAL for rung in rungs]
    place = rungs.index(action.approval) if action.approval in rungs[:-1] else 0

    def chosen(rung: int) -> Outcome:
        return changed(action, f"Approval {names[rung]}", set_approval, rungs[rung])

    about = f"Now: {action.approval or NO_APPROVAL}"
    return Outcome(ask=Choose(f"Approval: {action.text}", names, chosen, about, place))


def needs(_: Here, action: Action) -> Outcome:
    """Who else must agree, such as the Section 151 officer."""
    field = Field("needs", "Must agree", join_texts(action.needs, ","), NEEDS_HINT)
    return _ask(
        action, field, lambda text: f"{text.strip() or 'Nobody else'} must agree", set_needs
    )


def _ask_who(at: Here, action: Action, name: str, nobody: str) -> Outcome:
    """Ask who it is that a field of the action names."""
    label, who = (
        name.capitalize(),
        OwnerChoices(at.session, at.fresh.today(), getattr(action, name)),
    )

    def keep(text: str) -> Outcome:
        meant = who.meant(text)
        return changed(action, f"{label} {who.called(meant) or nobody}", set_who, name, meant)

    return ask_one(action.text, who.field(name, label), keep)


def owner(at: Here, action: Action) -> Outcome:
    """Who does it: a role, a person or a group."""
    return _ask_who(at, action, "owner", "nobody yet")


def helper(at: Here, action: Action) -> Outcome:
    """Who helps."""
    return _ask_who(at, action, "helper", "nobody")


def when(at: Here, action: Action) -> Outcome:
    """The target date."""
    today, nation = at.fresh.today(), at.session.nation

    def say(text: str) -> str:
        due = parse_when(text, today)
        return say_due(due, nation) if due else ""

    def label(text: str) -> str:
        due = parse_when(text, today)
        return f"By {say_date(due) if due else 'no date yet'}"

    now = short_date(action.due) if action.due else ""
    hint = "29/1, 29 Jan, 2w or fri; empty takes it away."
    field = Field("when", "Target date", now, hint, chosen=True, says=say)
    return _ask(action, field, label, set_due, today)


def done_on(at: Here, action: Action) -> Outcome:
    """The day on which it was done; without one it is open again."""
    today = at.fresh.today()

    def say(text: str) -> str:
        day = parse_past(text, today)
        return f"{say_date(day)}." if day else ""

    now = short_date(action.done_on or today)
    hint = "today, 9/12, 9 Dec or fri, the last one; empty takes it away."
    field, reopened = (
        Field("day", "Done on", now, hint, chosen=True, says=say),
        "no day: open again.",
    )
    return _ask(action, field, lambda text: f"Done on {say(text) or reopened}", set_done_on, today)


def votes(_: Here, action: Action) -> Outcome:
    """How many votes it got."""
    now = str(action.votes or "")
    field = Field("votes", "Votes", now, "The dots or hands it got.", chosen=True)
    return _ask(action, field, lambda text: f"Votes {text.strip() or 'none'}", set_votes)


ACTION = Need(lambda at: at.record, "Move to an action first.")
ACTIONS = Need(lambda at: at.record or at.several or at.under, "Move to an action first.")
PICKED = Need(lambda at: at.record or at.several, ACTION.says)
IMPROVEMENT = Need(
    lambda at: at.record and at.record.kind is ActionKind.IMPROVEMENT,
    "That is for an improvement; a next step has no use for it.",
)


def _all_improvements(at: Here) -> bool:
    steps = {
        action.id for action in at.session.actions if action.kind is not ActionKind.IMPROVEMENT
    }
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
