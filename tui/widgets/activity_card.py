"""All that is known of one activity: its RACI, decision, documents, issues and actions."""

from time import monotonic

from textual.app import RenderResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from model.checks import findings_at, unfinished
from model.flow import TierView
from model.raci import role_name
from model.second_session import was_confirmed
from model.session import END, Activity, Rhythm, Session
from tui.text import plain
from tui.widgets.clash_words import on_activity
from tui.widgets.session_widget import SessionWidget
from tui.widgets.way_words import in_tier

STAGE = "stage:"
"""What the key of a stage's heading begins with; no id does."""

RHYTHMS = {
    Rhythm.ONCE: "Once: falls through to the next stage.",
    Rhythm.CYCLE: "Cycle: returns to its own first activity.",
    Rhythm.ON_DEMAND: "On demand: entered and left by a route.",
}

SAID = ("no lead", "no accountable", "too few answers", "open point", "unconfirmed")
"""The findings that a card shows without their sentences."""


REST = 0.12
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
        self._drawn_at = -REST
        self._view: TierView | None = None
        self._waiting: Timer | None = None

    def look_at(self, activity: str) -> None:
        """Show another activity; empty for none."""
        self._wanted = activity
        if self._waiting is not None:
            self._waiting.reset()
        elif monotonic() - self._drawn_at < REST:
            self._waiting = self.set_timer(REST, self.look_now)
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
        through = [in_tier(self.session, self._view, activity.id)] if self._view else []
        missing = _missing(self.session, activity)
        facts = _facts(self.session, activity)
        # A short card may end before its last line, so what is still to fill comes early there.
        known = [*facts, *missing, *_wrong(self.session, activity)] if tall else [*missing, *facts]
        blocks = [*on_activity(self.session, activity.id), raci, *through, *known]
        heading = f"{self.session.ref_by_id[activity.id]} {activity.text}"
        return Content.assemble((plain(heading), "bold"), "\n", "\n".join(map(plain_block, blocks)))


def _stage(session: Session, key: str) -> Content:
    """What a stage's heading says."""
    stage = session.stage_by_id.get(key.removeprefix(STAGE))
    if stage is None:
        return Content("")
    lines = [stage.about, RHYTHMS[stage.rhythm]]
    if stage.accountable:
        lines.append(f"Accountable for new activities: {role_name(session, stage.accountable)}")
    lines.append("n makes its first activity.")
    name = plain(f"{stage.id} {stage.name}")
    return Content.assemble((name, "bold"), "\n", "\n".join(plain(line) for line in lines if line))


def plain_block(text: str) -> str:
    """Each line of a block, safe to show."""
    return "\n".join(plain(line) for line in text.split("\n"))


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
        facts.append(f"then {target(session, activity.then)}")
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


def _missing(session: Session, activity: Activity) -> list[str]:
    missing = unfinished(session, activity)
    return ["Still to fill: " + ", ".join(missing)] if missing else []


def _wrong(session: Session, activity: Activity) -> list[str]:
    """What is found at it, in words, but for what the card says anyway."""
    ref = f"{session.ref_by_id[activity.id]} "
    found = findings_at(session, activity)
    return [f"- {one.text.removeprefix(ref)}" for one in found if one.kind not in SAID]


def _route(session: Session, answer: str, to: str, words: str) -> str:
    if to:
        return f"{answer} -> {target(session, to)}"
    return f"{answer} -> ({words})" if words else f"{answer} -> next"


def target(session: Session, to: str) -> str:
    """Where a pointer leads, as people read it."""
    return "end" if to == END else session.ref_by_id.get(to, "(removed)")
