"""The activity's card: RACI, decision, documents, issues, actions; in a pane, or by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from offwall.model.process import Edge, EdgeKind, TierView
from offwall.model.records import END, Activity, Issue, Session, say_date
from offwall.model.records.fields import ActivityId
from offwall.model.records.session import Clash, Rhythm
from offwall.model.records.text import plain
from offwall.model.records.uses import role_name
from offwall.model.review.checks import findings_at
from offwall.model.review.progress import unfinished, was_confirmed
from offwall.model.store.conflicts import (
    conflicts_about,
    ours_in_words,
    theirs_in_words,
)
from offwall.tui.kit import SessionWidget
from offwall.tui.kit.context import called
from offwall.tui.kit.frame import TALL, ScrolledText
from offwall.tui.kit.keys import foot, keys
from offwall.tui.kit.row_view import flowing, hung, within
from offwall.tui.terminal.textual_private import ThriftyDialog

if TYPE_CHECKING:
    from textual.timer import Timer

STAGE_KEY = "stage:"
"""What the key of a stage's heading begins with; no id does."""

RHYTHM_WORDS = {
    Rhythm.ONCE: "Once: gone through once, then the next stage.",
    Rhythm.CYCLE: "Cycle: its end leads back to its first activity.",
    Rhythm.ON_DEMAND: "On demand: only an answer leads into it and out of it.",
}

FINDINGS_SHOWN_ELSEWHERE = (
    "no lead",
    "no accountable",
    "too few answers",
    "open point",
    "unconfirmed",
)
"""The findings that a card shows without their sentences."""


@dataclass(frozen=True, slots=True)
class LineAhead:
    """What a line that is typed will make: the session then, and the activity that it is about.

    ``carried`` are the letters of the people whom the line does not name.
    """

    session: Session
    activity: ActivityId
    carried: frozenset[str] = frozenset()

    def card(self, width: int, height: int) -> Content:
        """The activity as it will be."""
        found = self.session.activity_by_id[self.activity]
        return activity_card(self.session, found, width, height, carried=self.carried)


SHORT_GAP = "   "


def activity_card(
    session: Session,
    activity: Activity,
    width: int,
    height: int,
    *,
    view: TierView | None = None,
    carried: frozenset[str] | None = None,
    findings: bool = True,
) -> Content:
    """All that is known of an activity, by names, in so many cells and lines.

    ``view`` is the tier that its routes are followed for, ``carried``, of what is only typed yet,
    the letters of those said of another. ``findings`` are left out where they are said beside it.
    """
    people, facts = list(_people(session, activity)), list(_facts(session, activity))
    missing = [("To fill", ", ".join(found))] if (found := unfinished(activity)) else []
    through = [("Tier", tier_route_text(session, view, activity.id))] if view else []
    ref = f"{session.ref_by_id[activity.id]} "
    lines = [hung(ref, activity.text, width, "bold", cells=len(ref)).stylize("bold")]
    faint, typed = carried or (), carried is not None
    if session.clashes and not typed:
        lines += conflict_lines(session, activity.id, width)
    if height >= TALL:
        lines += [] if typed else [Content(_review(activity))]
        lines += [
            hung(label, said, width, "$text-muted" if letter in faint else "")
            for letter, label, said in people
        ]
        lines += [hung(*fact, width) for fact in (*through, *facts, *missing)]
        # What is found is said of what is kept: a line half typed is always short of something.
        for one in findings_at(session, activity) if findings and not typed else ():
            if one.kind not in FINDINGS_SHOWN_ELSEWHERE:
                lines.append(hung("-", one.text.removeprefix(ref), width, cells=2))
    else:
        parts = [_short(label, said, letter in faint) for letter, label, said in people]
        # A short card may end before its last line, so what is still to fill comes early there.
        lines.append(flowing(parts, SHORT_GAP, width))
        lines += [_short(*fact) for fact in (*through, *missing, *_together(facts))]
    return Content("\n").join(lines)


def _together(facts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The facts, those without a label behind the one before."""
    kept: list[tuple[str, str]] = []
    for label, said in facts:
        kept.append((label, said) if label else (kept[-1][0], f"{kept.pop()[1]}  {said}"))
    return kept


def _short(label: str, text: str, faint: bool = False) -> Content:
    value = (plain(text), "$text-muted" if faint else "")
    return Content.assemble((label, "$text-muted"), " ", value)


def _review(activity: Activity) -> str:
    """What the group confirmed, and what it did not."""
    if activity.confirmed:
        return "✓ Sequence and lead confirmed"
    if activity.sequence_confirmed:
        return "- Sequence confirmed, the lead is not"
    return "Not confirmed yet"


def _stage(session: Session, key: str) -> Content:
    """What a stage's heading says."""
    stage = session.stage_by_id.get(key.removeprefix(STAGE_KEY))
    if stage is None:
        return Content("")
    lines = [stage.about, RHYTHM_WORDS[stage.rhythm]]
    if stage.accountable:
        lines.append(f"Accountable for new activities: {role_name(session, stage.accountable)}")
    lines.append("n adds an activity here.")
    name = plain(f"{stage.id} {stage.name}")
    return Content.assemble((name, "bold"), "\n", "\n".join(plain(line) for line in lines if line))


def _people(session: Session, activity: Activity) -> Iterator[tuple[str, str, str]]:
    """Who does what at it: the letter, what it is called, and the names."""
    letters = (
        ("R", "Lead", (activity.lead,)),
        ("", "Also", activity.also),
        ("A", "Accountable", (activity.accountable,)),
        ("C", "Consulted", activity.consulted),
        ("I", "Informed", activity.informed),
    )
    for letter, label, codes in letters:
        names = ", ".join(
            role_name(session, code) + ("" if code in session.role_by_code else " (no such role)")
            for code in codes
            if code
        )
        if names or letter in ("R", "A"):
            yield letter, label, names or "nobody yet"


def _facts(session: Session, activity: Activity) -> Iterator[tuple[str, str]]:
    """What else is said of it, label by label; an answer has none, and stands by its question."""
    if activity.open_point:
        yield "Open point", activity.open_point
    if before := was_confirmed(activity):
        yield "Last time", before
    if activity.decision or activity.routes:
        yield "Decision", activity.decision or "(no question yet)"
    for route in activity.routes:
        open_words = f"({route.to_words})" if route.to_words else "next"
        yield "", f"{route.answer} -> {target_text(session, route.to) if route.to else open_words}"
    if activity.then:
        yield "Then", target_text(session, activity.then)
    if activity.documents:
        yield "Documents", ", ".join(activity.documents)
    for issue in session.issues:
        if issue.activity == activity.id:
            yield "Parked" if issue.parked else f"Issue {issue.code or ''}".rstrip(), issue.text
    for action in session.actions:
        if action.activity == activity.id:
            people: dict[str, str] = {person.id: person.name for person in session.people}
            owner = people.get(action.owner) or role_name(session, action.owner)
            who_when = ", ".join(filter(None, (owner, say_date(action.due) if action.due else "")))
            yield "Action", f"{action.text} ({who_when})" if who_when else action.text
    for label, text in (
        ("Improve", activity.improve),
        ("Timescale", activity.timescale),
        ("Note", activity.note),
        ("Tiers", ", ".join(f"{session.tier_name(tier)} {how}" for tier, how in activity.tiers)),
    ):
        if text:
            yield label, text


def target_text(session: Session, to: str) -> str:
    """Where a pointer leads, as people read it."""
    if found := session.activity_by_id.get(to):
        return f"{session.ref_by_id[found.id]} {found.text}"
    return "the end" if to == END else "(removed)"


# Where a way out of it leads, in words.

ROUTE_WORDS = {EdgeKind.RETURN: "Round again", EdgeKind.LEAVE: "Done", EdgeKind.NEXT: "On"}
"""What a way is called that is no answer, where there are several."""

NO_TIERS = "There are no tiers yet. Agree them in part 1: press q, then 1, and choose tiering."


def answer_text(edge: Edge) -> str:
    """What leads that way: the answer, or what is done there."""
    return edge.label or ROUTE_WORDS.get(edge.kind, "")


def route_place(session: Session, edge: Edge) -> str:
    """Where a way leads: ``S3.05 Agree the plan``, the end, or words."""
    if activity := session.activity_by_id.get(edge.to):
        return f"{session.ref_by_id[activity.id]} {activity.text}"
    if edge.to == END:
        return "the end"
    if edge.kind is EdgeKind.LEAVE:
        return "back to whoever asked for it"
    return f"({edge.words})" if edge.kind is EdgeKind.OPEN else "(removed)"


def route_nowhere(edge: Edge) -> str:
    """The sentence for a way that no activity lies at the end of, and what to do about it."""
    said = f"“{edge.label}”" if edge.label else "it"
    if edge.to == END:
        return f"{said} ends the process."
    if edge.kind is EdgeKind.LEAVE:
        return "the stage is on demand: from here one goes back to whoever asked for it."
    if edge.kind is EdgeKind.OPEN:
        return f"{said} leads to “{edge.words}”, which is no activity yet. Type one, or e aims it."
    return f"{said} leads to an activity that was removed. Press e and aim it elsewhere."


def tier_route_text(session: Session, view: TierView, activity: ActivityId) -> str:
    """Where an activity leads for one tier, hidden steps bridged: ``Bronze: Yes -> S3.05``."""
    name = session.tier_name(view.tier)
    if activity not in view.edges:
        return f"{name}: left out"
    light = " light," if activity in view.light else ""
    ways = ", ".join(
        f"{edge.label} -> {_route_ref(session, edge)}"
        if edge.label
        else f"then {_route_ref(session, edge)}"
        for edge in view.edges[activity]
    )
    return f"{name}:{light} {ways}"


def _route_ref(session: Session, edge: Edge) -> str:
    return session.ref_by_id.get(edge.to) or route_place(session, edge)


# The widget.

REST_SECONDS = 0.12
"""Seconds after another activity was drawn in which the next has to wait. A key that is held down
goes past many, and what they say is ten times what a move takes.
"""


class ActivityCard(SessionWidget, Widget):
    """What the activity under the cursor says, beside the table or below it.

    An activity is shown at once; of several that are gone past quickly, the first and the last.
    """

    DEFAULT_CSS = """
    ActivityCard { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._activity = self._wanted = self._drawn = ""
        self._drawn_at = -REST_SECONDS
        self._view: TierView | None = None
        self._ahead: LineAhead | None = None
        self._waiting: Timer | None = None

    def look_at(self, activity: str) -> None:
        """Show another activity; empty for none."""
        self._wanted = activity
        if self._waiting is not None:
            self._waiting.reset()
        elif monotonic() - self._drawn_at < REST_SECONDS:
            self._waiting = self.set_timer(REST_SECONDS, self.look_now)
        else:
            self.look_now()

    @property
    def waits(self) -> bool:
        """Whether another activity is still to be shown."""
        return self._waiting is not None

    def look_now(self) -> None:
        """Show what is wanted, without waiting."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        if self._activity != self._wanted:
            self._activity = self._wanted
            stage = self._wanted.startswith(STAGE_KEY)
            self.border_title = "This stage" if stage else "This post-it"
            self.refresh()

    def look_through(self, view: TierView | None) -> None:
        """Say where it leads for one tier; None for all."""
        self._view = view
        self.refresh()

    def look_ahead(self, ahead: LineAhead | None) -> None:
        """Show what a line that is typed will make; None shows again what is there."""
        if ahead != self._ahead:
            self._ahead = ahead
            self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The lines that have something to say, most wanted first: the screen may be short."""
        if self._activity != self._drawn:
            self._drawn, self._drawn_at = self._activity, monotonic()
        width, height = self.size
        if self._ahead:
            return self._ahead.card(width, height)
        activity = self.session.activity_by_id.get(self._activity)
        if activity is None:
            return _stage(self.session, self._activity)
        card = activity_card(self.session, activity, width, height, view=self._view)
        return card if self.styles.is_auto_height else within(card, *self.size)


# Conflicts, what two recorders said differently, in words.


def conflict_lines(session: Session, activity: ActivityId, width: int) -> list[Content]:
    """What two gave an activity, below each other; the footer has the keys that settle it."""
    lines = []
    for one in conflicts_about(session, activity):
        field, ours, theirs = conflict_field(one), who_said(session, one), who_else_said(one)
        record = f"{field.capitalize()} in the record{ours and f' ({ours})'}"
        other = f"The other version{theirs and f' ({theirs})'}"
        lines.append(hung("≠", f"{record}: {our_text(session, one)}", width, cells=2))
        lines.append(hung("", f"{other}: {their_text(one)}", width, cells=2))
    return lines


def who_said(session: Session, clash: Clash) -> str:
    """Who gave the value in the record; nobody where it was put right since."""
    still = clash.by != clash.theirs_by and ours_in_words(session, clash) == clash.ours
    return called(clash.by) if still else ""


def who_else_said(clash: Clash) -> str:
    """Who gave the other value; where one person has two windows open that tells nothing."""
    return called(clash.theirs_by) if clash.by != clash.theirs_by else ""


def conflict_field(clash: Clash) -> str:
    """The field that it is about, as people read it."""
    return plain(clash.field).replace("_", " ")


def their_text(clash: Clash) -> str:
    """The other value on one line."""
    return plain(theirs_in_words(clash)) or "(taken away)"


def our_text(session: Session, clash: Clash) -> str:
    """The value that stands in the record, on one line."""
    return plain(ours_in_words(session, clash)) or "(nothing)"


def issue_codes_by_activity(issues: tuple[Issue, ...]) -> dict[str, str]:
    """The letters of each activity's issues, once each."""
    codes: dict[str, str] = {}
    for issue in issues:
        if issue.activity and issue.code and issue.code not in codes.get(issue.activity, ""):
            codes[issue.activity] = codes.get(issue.activity, "") + issue.code
    return codes


class ActivityCardScreen(ThriftyDialog[None]):
    """A card held up over what one was looking at."""

    CSS_PATH = "wall.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "card", foot("escape,q", "close", "Close", "dismiss")
    )

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)

    def __init__(self, session: Session, activity: ActivityId) -> None:
        super().__init__()
        self.set_reactive(ActivityCardScreen.session, session)
        self._activity = activity

    def compose(self) -> ComposeResult:
        """The card, and how to put it down."""
        with ScrolledText(id="card") as frame:
            frame.border_subtitle = "Esc closes"
            yield ActivityCard(id="card-whole").data_bind(ActivityCardScreen.session)

    def on_mount(self) -> None:
        """Show the activity."""
        card = self.query_one(ActivityCard)
        card.look_at(self._activity)
        # It says more where it is tall, so its height is found only once it has a height.
        self.call_after_refresh(card.refresh, layout=True)
