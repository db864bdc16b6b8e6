"""The activity's card: RACI, decision, documents, issues, actions; in a pane, or by itself."""

from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget

from offwall.model.process import TierView
from offwall.model.records import END, Activity, Issue, Session
from offwall.model.records.fields import value_of
from offwall.model.records.ids import ActivityId
from offwall.model.records.session import Clash, Rhythm
from offwall.model.review.checks import findings_at
from offwall.model.review.progress import unfinished, was_confirmed
from offwall.model.setup import role_name
from offwall.model.store.conflicts import (
    conflicts_about,
    ours_in_words,
    record_in_conflict,
    theirs_in_words,
)
from offwall.tui.kit import SessionWidget, plain
from offwall.tui.kit.detail_panel import ScrolledText
from offwall.tui.kit.keys import foot, keys
from offwall.tui.kit.text import plain_lines
from offwall.tui.process.route_text import tier_route_text

STAGE_KEY = "stage:"
"""What the key of a stage's heading begins with; no id does."""

RHYTHM_WORDS = {
    Rhythm.ONCE: "Once: falls through to the next stage.",
    Rhythm.CYCLE: "Cycle: returns to its own first activity.",
    Rhythm.ON_DEMAND: "On demand: entered and left by a route.",
}

FINDINGS_SHOWN_ELSEWHERE = (
    "no lead",
    "no accountable",
    "too few answers",
    "open point",
    "unconfirmed",
)
"""The findings that a card shows without their sentences."""


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
            self.refresh()

    def look_through(self, view: TierView | None) -> None:
        """Say where it leads for one tier; None for all."""
        self._view = view
        self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The lines that have something to say, most wanted first: the screen may be short."""
        if self._activity != self._drawn:
            self._drawn, self._drawn_at = self._activity, monotonic()
        activity = self.session.activity_by_id.get(self._activity)
        if activity is None:
            return _stage(self.session, self._activity)
        tall = self.size.height >= 12
        joint = "\n" if tall else "   "
        raci = joint.join(_raci(self.session, activity, names=tall))
        through = [tier_route_text(self.session, self._view, activity.id)] if self._view else []
        missing = _missing_line(self.session, activity)
        facts = _facts(self.session, activity)
        # A short card may end before its last line, so what is still to fill comes early there.
        known = (
            [*facts, *missing, *_finding_lines(self.session, activity)]
            if tall
            else [*missing, *facts]
        )
        blocks = [*conflict_lines(self.session, activity.id), raci, *through, *known]
        blocks = [_review(activity), *blocks] if tall else blocks
        heading = f"{self.session.ref_by_id[activity.id]} {activity.text}"
        return Content.assemble((plain(heading), "bold"), "\n", "\n".join(map(plain_lines, blocks)))


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
    lines.append("n makes its first activity.")
    name = plain(f"{stage.id} {stage.name}")
    return Content.assemble((name, "bold"), "\n", "\n".join(plain(line) for line in lines if line))


def _raci(session: Session, activity: Activity, *, names: bool) -> list[str]:
    def say(*codes: str) -> str:
        return ", ".join(_role(session, code, names=names) for code in codes if code)

    letters = [
        ("R", say(activity.lead, *activity.also) or "nobody yet"),
        ("A", say(activity.accountable) or "nobody yet"),
        ("C", say(*activity.consulted)),
        ("I", say(*activity.informed)),
    ]
    return [f"{letter} {who}" for letter, who in letters if who]


def _role(session: Session, code: str, *, names: bool) -> str:
    role = session.role_by_code.get(code)
    if role is None:
        return f"{code} (no such role)"
    return role.name if names else code


def _facts(session: Session, activity: Activity) -> list[str]:
    facts: list[str] = []
    if activity.open_point:
        facts.append(f"Open: {activity.open_point}")
    if before := was_confirmed(activity):
        facts.append(f"Last time: {before}")
    if activity.decision:
        routes = ", ".join(
            _route(session, route.answer, route.to, route.to_words) for route in activity.routes
        )
        facts.append(f"? {activity.decision} {routes}")
    if activity.then:
        facts.append(f"then {target_text(session, activity.then)}")
    if activity.documents:
        facts.append("+ " + ", ".join(activity.documents))
    facts += [
        f"!{issue.code or ''} {issue.text}" if not issue.parked else f"^ {issue.text}"
        for issue in session.issues
        if issue.activity == activity.id
    ]
    facts += [f"* {action.text}" for action in session.actions if action.activity == activity.id]
    facts += [
        f"{label}: {text}"
        for label, text in (
            ("Improve", activity.improve),
            ("Within", activity.timescale),
            ("Note", activity.note),
        )
        if text
    ]
    if activity.tiers:
        facts.append("Tiers: " + ", ".join(f"{tier} {how}" for tier, how in activity.tiers))
    return facts


def _missing_line(session: Session, activity: Activity) -> list[str]:
    missing = unfinished(session, activity)
    return ["Still to fill: " + ", ".join(missing)] if missing else []


def _finding_lines(session: Session, activity: Activity) -> list[str]:
    """What is found at it, in words, but for what the card says anyway."""
    ref = f"{session.ref_by_id[activity.id]} "
    found = findings_at(session, activity)
    return [
        f"- {one.text.removeprefix(ref)}"
        for one in found
        if one.kind not in FINDINGS_SHOWN_ELSEWHERE
    ]


def _route(session: Session, answer: str, to: str, words: str) -> str:
    if to:
        return f"{answer} -> {target_text(session, to)}"
    return f"{answer} -> ({words})" if words else f"{answer} -> next"


def target_text(session: Session, to: str) -> str:
    """Where a pointer leads, as people read it."""
    return "end" if to == END else session.ref_by_id.get(to, "(removed)")


# Conflicts, what two recorders said differently, in words.

RECORD_NOUNS = {"people": "person", "activities": "activity", "extra": "the file"}
"""What one record is called, where that is not the collection's name without its ending."""

NAME_FIELDS = ("text", "name", "title", "say", "body", "caption")
"""By which of its fields a record is called, the first that it has."""


def conflict_lines(session: Session, activity: ActivityId) -> list[str]:
    """A line for each value that somebody else gave an activity, and the keys that settle it."""
    found = conflicts_about(session, "activities", activity)
    keys = " (T takes it, O keeps ours)"
    return [f"≠ {clash.field}: {their_text(clash)}{keys}" for clash in found]


def their_text(clash: Clash) -> str:
    """The other value on one line."""
    return plain(theirs_in_words(clash)) or "(taken away)"


def our_text(session: Session, clash: Clash) -> str:
    """The value that stands in the record, on one line."""
    return plain(ours_in_words(session, clash)) or "(nothing)"


def conflict_place(session: Session, clash: Clash) -> str:
    """Which record and field it is about: ``S3.04 text``, ``role Contract Manager, name``."""
    ref = session.ref_by_id.get(clash.record) if clash.collection == "activities" else None
    if ref:
        return f"{ref} {plain(clash.field)}"
    kind = RECORD_NOUNS.get(clash.collection, clash.collection.removesuffix("s"))
    record = record_in_conflict(session, clash) if clash.record else None
    names = (value_of(record, field, "") for field in NAME_FIELDS)
    name = next(filter(None, names), clash.record)
    return plain(f"{kind} {name}, {clash.field}" if name else f"{kind}, {clash.field}")


def issue_codes_by_activity(issues: tuple[Issue, ...]) -> dict[str, str]:
    """The letters of each activity's issues, once each."""
    codes: dict[str, str] = {}
    for issue in issues:
        if issue.activity and issue.code and issue.code not in codes.get(issue.activity, ""):
            codes[issue.activity] = codes.get(issue.activity, "") + issue.code
    return codes


class ActivityCardScreen(ModalScreen[None]):
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
