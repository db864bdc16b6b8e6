"""What the keys of part 2's table do to an activity, as functions, and the keys in a table each.

Families, top to bottom: the line and the stages, routes, the review, the order of the wall, other
views. `ActivityTable` is a list with all of them, and with those of its filter.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile

from textual.message import Message

from offwall.model.process import Edge
from offwall.model.process.activities import (
    activity_above,
    move_across_stages,
    move_to_ref,
    move_together,
    move_within_stage,
    remove_activity,
)
from offwall.model.process.graph import edges
from offwall.model.process.join_activities import (
    join_activities,
    join_together,
    split_activity,
    split_id,
)
from offwall.model.records import Activity, EditError, Session
from offwall.model.records.fields import ActivityId
from offwall.model.records.session import Besides, Clash
from offwall.model.review import ALL, Finding, VisibleActivities, next_unconfirmed
from offwall.model.review.checks import THEN, findings_at
from offwall.model.review.fixes import Fix, FixFinder
from offwall.model.review.progress import confirm as confirmed
from offwall.model.review.progress import next_to_fill, record_open_point, unconfirm, unfinished
from offwall.model.store.conflicts import conflicts_about
from offwall.model.topics.improvement import next_improve, set_improve
from offwall.tui.kit import Answers, Field
from offwall.tui.kit.keys import (
    NOTHING,
    ActsOn,
    Choose,
    Command,
    Here,
    Need,
    Outcome,
    Question,
    Same,
    ask_one,
    foot,
    key,
    key_each,
    keys,
    looks,
)
from offwall.tui.kit.messages import Go
from offwall.tui.process.activity_card import (
    STAGE_KEY,
    answer_text,
    route_nowhere,
    route_place,
)

SPLIT_HINT = (
    "People, documents, issues and actions stay with the first; the lead is in both. The decision "
    "with its routes goes to the second."
)
MOVED_OUT_OF_VIEW = "{}, the one above, is not shown now. Esc shows all; then & joins the two."
FIX_LINE_STARTS = {
    "no lead": "@",
    "no accountable": "a:",
    "too few answers": ">",
    "no question": "?",
    "time risk": "w:",
}
"""How the line begins that mends a finding where only people know the rest of it."""


@dataclass(frozen=True, slots=True)
class ActivityView:
    """How the table is looked at: what is in view, and what was left by following, in order."""

    seen: VisibleActivities = ALL
    trail: tuple[str, ...] = ()


ACTIVITY = Need(lambda at: at.record, "Move to an activity first.")
SOME = Need(lambda at: at.record or at.several or at.under, ACTIVITY.says)
MARKS = Need(
    lambda at: at.session.records(Besides.MARKS) and SOME.of(at),
    ACTIVITY.says,
    lambda at: not at.session.records(Besides.MARKS),
)
HAS_TIERS = Need(lambda at: at.session.records(Besides.TIERS), hides=True)
TIMES = Need(lambda at: at.session.records(Besides.TIMES), hides=True)
THE_LAW = Need(lambda at: at.session.records(Besides.REQUIREMENTS), hides=True)
PICKED = Need(lambda at: at.record or at.several, ACTIVITY.says)
ACTIVITIES = Need(lambda at: at.session.activities, "There is no activity yet: n makes the first.")
STAGES = Need(lambda at: at.session.stages, "There are no stages yet: press q, then 0.")


def _ref(at: Here, activity: Activity) -> str:
    return at.session.ref_by_id[activity.id]


# The line: a new post-it, or more to the one under the cursor.


@dataclass
class LineWanted(Message):
    """The line is wanted: ``new``, ``before``, ``edit`` or ``add``, at the row of the cursor; or
    to add to ``several``.
    """

    mode: str
    prefix: str = ""
    several: tuple[ActivityId, ...] = ()


def line(at: Here, activity: Activity | None, mode: str, prefix: str = "") -> Outcome:
    """Open the line."""
    return Outcome(post=LineWanted(mode, prefix, (at.several or at.under) if mode == "add" else ()))


def _line(mode: str, prefix: str = "") -> partial[Outcome]:
    return partial(line, mode=mode, prefix=prefix)


ADD = "Add to this one: lead, document, issue, action ..."
LINE_KEYS = keys(
    "activity",
    foot("n", "new", "New", _line("new"), "A new post-it after this", STAGES),
    key("N", "new-before", "New before", _line("before"), "A new post-it before this", ACTIVITY),
    *(
        key(sign, f"add-{number}", "Add to it", _line("add", sign if number else ""), ADD, SOME)
        for number, sign in enumerate(";@+!*^%>")
    ),
)
STAGE_KEYS = keys(
    "activity",
    key("l,right", "next-stage", "Next stage", "stage(1)"),
    key("h,left", "stage-before", "Stage before", "stage(-1)"),
)
EDIT_KEYS = keys(
    "list",
    foot("enter,e", "choose", "Edit", _line("edit"), "Open the one under the cursor", ACTIVITY),
)


# Routes: where an activity leads, back again, and through the whole process.


@looks
def follow(at: Here, activity: Activity) -> Outcome:
    """Go where it leads; at a decision, choose the answer."""
    tier = at.view.seen.view
    bridged = tier.edges.get(activity.id) if tier else None
    ways = edges(at.session, activity) if bridged is None else bridged
    if len(ways) == 1:
        return _take(at, activity, ways[0])
    title = f"{_ref(at, activity)} {activity.decision or activity.text}"
    options = [f"{answer_text(way)} -> {route_place(at.session, way)}".strip() for way in ways]
    return Outcome(ask=Choose(title, options, lambda place: _take(at, activity, ways[place])))


def _take(at: Here, activity: Activity, edge: Edge) -> Outcome:
    ref = _ref(at, activity)
    if edge.to not in at.session.activity_by_id:
        return Outcome(say=f"{ref}: {route_nowhere(edge)}")
    answer = f" {edge.label}" if edge.label else ""
    said = f"{ref}{answer} -> {route_place(at.session, edge)}. b goes back."
    return Outcome(view=replace(at.view, trail=(*_trail(at), activity.id)), go=edge.to, say=said)


def _trail(at: Here) -> tuple[str, ...]:
    """Those of the activities left that are still on the wall."""
    return tuple(one for one in at.view.trail if one in at.session.activity_by_id)


@looks
def go_back(at: Here, _: Activity | None) -> Outcome:
    """Go back along what was followed."""
    *rest, last = _trail(at)
    more = " b goes further back." if rest else ""
    view = replace(at.view, trail=tuple(rest))
    return Outcome(view=view, go=last, say=f"Back at {at.session.ref_by_id[last]}.{more}")


@looks
def walk(at: Here, _: Activity | None) -> Outcome:
    """Read a path from start to end, an answer at each decision."""
    return Outcome(post=Go("walk", at.key))


FOLLOWED = Need(_trail, "Nothing was followed yet: ] goes where an activity leads.")
ROUTE_KEYS = keys(
    "activity",
    key("right_square_bracket", "follow", "Follow", follow, needs=ACTIVITY),
    key("b", "return", "Back", go_back, needs=FOLLOWED),
    key("R", "walk", "Walk", walk, needs=ACTIVITIES),
)


# The review: confirm, record an open point, go to the next gap, fix.


def confirm(at: Here, activity: Activity) -> Outcome:
    """Confirm sequence and lead; go to the next unconfirmed."""
    ref = _ref(at, activity)
    if activity.confirmed:
        return Outcome(f"Not confirmed any more: {ref}", lambda s: unconfirm(s, activity.id))
    label = f"Confirmed {ref}" if activity.lead else f"{ref}: place confirmed, no lead yet (@role)"
    label += f". Settled, in its note: {activity.open_point}" if activity.open_point else ""
    after = next_unconfirmed(confirmed(at.session, activity.id), activity.id, at.view.seen)
    last = "" if after else f"{label}. That was the last to confirm."
    return Outcome(
        label, lambda s: confirmed(s, activity.id), go=after.id if after else "", say=last
    )


def open_point(at: Here, activity: Activity) -> Outcome:
    """Record what the group could not agree; go to the next unconfirmed."""
    label = f"Open point at {_ref(at, activity)}"
    field = Field("point", "Not agreed", activity.open_point, "Empty takes it away.")

    def keep(text: str) -> Outcome:
        after = next_unconfirmed(at.session, activity.id, at.view.seen) if text.strip() else None
        go = after.id if after else ""
        return Outcome(label, lambda s: record_open_point(s, activity.id, text), go=go)

    return ask_one(f"{label} {activity.text}", field, keep)


def improve(at: Here, activity: Activity) -> Outcome:
    """What to do with it: keep, change, drop, new, nothing said."""
    new = next_improve(at.session, activity.id).activity_by_id[activity.id].improve
    said = new or "no mark"
    same = Same(said.capitalize(), lambda s, each: set_improve(s, each, new or ""))
    return Outcome(
        f"{_ref(at, activity)}: {said}", lambda s: same.change(s, activity.id), same=same
    )


@looks
def still_to_fill(at: Here, activity: Activity | None) -> Outcome:
    """Go to the next that lacks something."""
    found = next_to_fill(at.session, activity.id if activity else _above(at), at.view.seen)
    if found is None:
        return Outcome(say="Nothing is left to fill.")
    what = ", ".join(unfinished(found))
    total = sum(bool(unfinished(each)) for each in at.session.activities)
    said = f"To fill at {_ref(at, found)}: {what}. m goes on ({total:,} in all)."
    return Outcome(go=found.id, say=said)


def _above(at: Here) -> str:
    """The last activity above a heading; empty for none."""
    stages = takewhile(lambda stage: STAGE_KEY + stage != at.key, at.session.by_stage)
    above = [activity.id for stage in stages for activity in at.session.by_stage[stage][-1:]]
    return above[-1] if above else ""


def fix_line_start(session: Session, finding: Finding) -> str:
    """How the line begins that mends a finding at an activity; empty where no line does."""
    if finding.kind != "open target":
        return FIX_LINE_STARTS.get(finding.kind, "")
    if finding.about == THEN:
        return ">="
    answer = session.activity_by_id[finding.place].routes[int(finding.about)].answer
    # Signs within an answer would be read as the line's own; then the answer is typed again.
    return f">{answer}=" if answer.replace(" ", "").isalnum() else ">"


def mend(at: Here, activity: Activity) -> Outcome:
    """Mend what is wrong with it, where one key can, or begin the line that does."""
    remedy = _remedy(at)
    if isinstance(remedy, Fix):
        return Outcome(remedy.label, remedy.change)
    return line(at, activity, "add", remedy) if remedy else NOTHING


def _remedy(at: Here) -> Fix | str | None:
    """What mends the activity under the cursor: a change, else how its line begins."""
    if at.record is None:
        return None
    wrong = findings_at(at.session, at.record)
    finder = FixFinder(at.session)
    changes = (finder.of(finding) for finding in wrong)
    starts = (fix_line_start(at.session, finding) for finding in wrong)
    return next(filter(None, changes), None) or next(filter(None, starts), None)


TO_FILL = "Go to the next without lead or accountable, or with an open point"
REMEDY = Need(_remedy, "Nothing is found here that a key or a line could mend.")
REVIEW_KEYS = keys(
    "activity",
    foot("space", "confirm", "Confirm", confirm, needs=ACTIVITY),
    foot("o", "open-point", "Open", open_point, needs=ACTIVITY),
    key_each("i", "improve", "Improve", improve, needs=MARKS),
    key("m", "still-to-fill", "To fill", still_to_fill, TO_FILL, acts_on=ActsOn.HEADING),
    key("full_stop", "mend", "Mend", mend, needs=REMEDY),
)


# The order of the wall: move up and down, across stages and to a ref; join, split; remove.


def remove(at: Here, activity: Activity) -> Outcome:
    """Take it off the wall."""
    label = f"Removed {_ref(at, activity)} {activity.text}"
    same = Same("Removed", remove_activity, "Remove")
    return Outcome(label, lambda s: remove_activity(s, activity.id), same=same)


def move_within(at: Here, activity: Activity, by: int) -> Outcome:
    """Move it up or down in its stage."""
    made = _moved(at, activity, lambda s, known: move_within_stage(s, known, by))
    return replace(made, same=None)


def _moved(at: Here, activity: Activity, move: Callable[[Session, ActivityId], Session]) -> Outcome:
    """Say where to. Several stay together: the first is moved, the others come behind it."""
    same, label = Same("Moved", move, "Move", partial(move_together, move=move)), "Moved"
    with suppress(EditError):
        label = f"Moved to {move(at.session, activity.id).ref_by_id[activity.id]}:"
    return Outcome(f"{label} {activity.text}", lambda s: move(s, activity.id), same=same)


def move_across(at: Here, activity: Activity, by: int) -> Outcome:
    """Move it to the stage after or before."""
    return _moved(at, activity, lambda s, known: move_across_stages(s, known, by))


def move_to(at: Here, activity: Activity) -> Outcome:
    """Ask for a ref and move it there."""
    field = Field("ref", "To", hint="A place such as S2.04, or a stage such as S2.")
    return ask_one(
        f"Move {activity.text}",
        field,
        lambda text: _moved(at, activity, lambda s, known: move_to_ref(s, known, text)),
    )


def join(at: Here, activity: Activity) -> Outcome:
    """Make one of this and the one above it, or of all that are selected."""
    if len(at.several) > 1:
        return Outcome(same=Same("Joined", join_activities, "Join", join_together))
    upper = activity_above(at.session, activity)
    if upper is None:
        return NOTHING
    if upper.id not in at.view.seen:  # nobody should join with what they do not see
        return Outcome(wrong=MOVED_OUT_OF_VIEW.format(_ref(at, upper)))
    label = f"Joined {_ref(at, activity)} with {_ref(at, upper)}"
    return Outcome(label, lambda s: join_activities(s, activity.id), go=upper.id)


def split(at: Here, activity: Activity) -> Outcome:
    """Make two of it: the second comes right after."""
    seed, label = at.fresh.seed(), f"Split {_ref(at, activity)} {activity.text}"

    def answered(answers: Answers) -> Outcome:
        first, second = answers["first"], answers["second"]
        return Outcome(
            label,
            lambda s: split_activity(s, activity.id, first, second, seed=seed),
            go=split_id(seed),
        )

    fields = [Field("first", "First", activity.text), Field("second", "Second")]
    return Outcome(ask=Question(label, fields, answered, SPLIT_HINT))


ABOVE = Need(
    lambda at: len(at.several) > 1 or (at.record and activity_above(at.session, at.record)),
    "There is none above it in its stage to join it with.",
)
ORDER_KEYS = keys(
    "activity",
    key_each("x", "remove", "Remove", remove, needs=PICKED),
    key("J", "move-down", "Move down", partial(move_within, by=1), "", ACTIVITY),
    key("K", "move-up", "Move up", partial(move_within, by=-1), "", ACTIVITY),
    key_each("L", "stage-on", "To the next stage", partial(move_across, by=1), "", PICKED),
    key_each("H", "stage-back", "To the stage before", partial(move_across, by=-1), "", PICKED),
    key_each("M", "move-to", "Move to ...", move_to, "", PICKED),
    key_each("&", "join", "Join", join, needs=ABOVE),
    key("S", "split", "Split ...", split, needs=ACTIVITY),
)


def clash_at(at: Here) -> Clash | None:
    """The first thing that two said differently about what the cursor stands on."""
    if isinstance(at.record, Clash):
        return at.record
    found = at.session.clashes and conflicts_about(at.session, at.key)
    return next(iter(found), None)


# Other views of the same activity: RACI, the wall, the checks, the words.


def _view(screen: str) -> Command:
    """Go to another view, standing on the same activity."""
    return looks(lambda at, _: Outcome(post=Go(screen, at.key)))


VIEW_KEYS = keys(
    "view",
    key("r", "raci", "RACI", _view("raci"), "RACI, activities by roles"),
    key("W", "wall", "Wall", _view("wall"), "The wall as on the paper"),
    key("c", "checks", "Checks", _view("checks"), "What is incomplete or inconsistent"),
    key("a", "words", "Words", _view("words"), "What the group agreed to say"),
    key("#", "times", "Times", _view("times"), "How long and how often", TIMES),
    key(")", "requirements", "The law", _view("requirements"), "What the law asks", THE_LAW),
)
