"""Part 3's screen: plan, next steps offered, workload, photos; progress and deadlines below."""

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from offwall.model.actions import action_plan, deadline_for, live
from offwall.model.actions.deadlines import describe_deadline
from offwall.model.actions.next_steps import StepOffer, step_offers, take
from offwall.model.actions.plan import due_within, missing_in_action, without_action
from offwall.model.process import owner_labels, role_labels
from offwall.model.process.handed_out import PARTS, parts_out
from offwall.model.records import Action, Session, excerpt, line_of, say_date, short_date
from offwall.model.records.dates import day_off
from offwall.model.records.text import counted, plain
from offwall.model.store.presets.catalogues import next_steps
from offwall.tui.actions.action_table import ActionScreen, PlanTable
from offwall.tui.actions.typed_lines import ActionLine
from offwall.tui.actions.workload import ActionWanted, LoadList, WorkloadList, load_figures
from offwall.tui.kit import Context, ListCell, RecordList, SessionScreen, SessionWidget
from offwall.tui.kit.frame import BESIDE, DetailPanel, FactsPanel, facts, framed, headed
from offwall.tui.kit.keys import Here, Need, Outcome, foot, keys
from offwall.tui.kit.messages import Back, Go
from offwall.tui.kit.row_view import FittedColumn, flowing
from offwall.tui.kit.sections import Sections
from offwall.tui.kit.session_widget import app_state, follow
from offwall.tui.kit.setup_list import SetupList
from offwall.tui.review.close_down_screen import OpenItemsList
from offwall.tui.setup.photos import PhotoList

NEXT_STEP_COLUMNS = (
    FittedColumn("taken", "", 1),
    FittedColumn("text", "Next step"),
    FittedColumn("owner", "Owner", 18, wide=28, least=66),
    FittedColumn("by", "By", 15, whole=True),
)
NO_NEXT_STEPS = "Nothing left to offer. Go to the plan (h) and press n for a next step of your own."


def take_over(at: Here, offer: StepOffer) -> Outcome:
    """Take this next step over into the plan."""
    seed, label = at.fresh.seed(), f"In the plan: {excerpt(offer.text)}"
    stems = list(at.view)
    place = stems.index(offer.stem)
    order = (*stems[place + 1 :], *stems[:place])
    after = next((stem for stem in order if not at.view[stem].taken), offer.stem)
    return Outcome(label, lambda session: take(session, offer, seed=seed), go=after)


UNTAKEN = Need(lambda at: at.record and not at.record.taken, "That is in the plan already.")


class NextStepList(RecordList):
    """Each offer once; a tick stands before those that are in the plan."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "next-step", foot("enter,space", "take", "Take over", take_over, needs=UNTAKEN)
    )
    GONE = ("choose",)
    FOLLOWED = True
    LINES = 8

    def __init__(self, fresh: Context) -> None:
        super().__init__(NEXT_STEP_COLUMNS, empty=NO_NEXT_STEPS, id="next-steps")
        self.fresh = fresh
        self._catalogue = next_steps(fresh.presets)
        self._offers: dict[str, StepOffer] = {}

    def watch_session(self, session: Session) -> None:
        """Show what is offered now."""
        found = step_offers(session, self._catalogue, self.fresh.today())
        if not self._offers:
            self.go_to(next((offer.stem for offer in found if not offer.taken), ""))
        self._offers = {offer.stem: offer for offer in found}
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows."""
        called = owner_labels(self.session, role_labels(self.session))
        rows = []
        for stem, one in self._offers.items():
            name = called.get(one.owner, one.owner)
            who: ListCell = (name, "lead") if name else (f"{one.hint}?", "open")
            cells = {"taken": "", "text": one.text, "owner": who, "by": say_date(one.due)}
            if one.taken:
                text, who = (one.text, "muted"), ("in the plan", "muted")
                cells = {"taken": ("✓", "good"), "text": text, "owner": who, "by": ""}
            rows.append(self.row(stem, cells))
        self.put(rows)

    @property
    def record(self) -> StepOffer | None:
        """The offer under the cursor."""
        return self._offers.get(self.key)

    def here(self) -> Here:
        """The offer, and all of them."""
        return Here(self.session, self.fresh, self.key, self.record, self._offers)

    def words(self, key: str) -> Content:
        """An offer in full."""
        if not (offer := self._offers.get(key)):
            return Content("")
        if offer.taken:
            return headed(facts(offer.text, ["in the plan"]))
        called = owner_labels(self.session, role_labels(self.session))
        owner = called.get(offer.owner, offer.owner) or f"{offer.hint}?"
        return headed(facts(offer.text, [f"owner: {owner}", f"by {say_date(offer.due)}"]))


class DeadlineLine(DetailPanel):
    """What its date, helper and meeting are: two or three lines; none where no action has any."""

    DEFAULT_CSS = """
    DeadlineLine { height: 2; color: $text-muted; display: none; }
    DeadlineLine.-needed { display: block; }
    DeadlineLine.-more { height: 3; }
    """

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self._fresh = fresh

    def watch_session(self, session: Session) -> None:
        """Be there where it is needed."""
        today = self._fresh.today()
        reaching = any(deadline_for(session, action, today) for action in session.actions)
        more = any(any(_deadline_facts(session, action)) for action in session.actions)
        self.set_class(reaching or more, "-needed")
        self.set_class(reaching and more, "-more")
        self.refresh()

    def words(self, key: str) -> Content:
        """What there is to say of the action."""
        said: list[str] = []
        for action in (action for action in self.session.actions if action.id == key):
            said += _deadline_facts(self.session, action)
            if found := deadline_for(self.session, action, self._fresh.today()):
                said.append(describe_deadline(found))
        return Content(plain(" ".join(said)))


def _deadline_facts(session: Session, action: Action) -> Iterator[str]:
    if action.due and (off := day_off(action.due, session.nation)):
        yield f"{say_date(action.due)} is {off}."
    if action.helper:
        called = owner_labels(session, role_labels(session))
        yield f"Helper: {called.get(action.helper, action.helper)}."
    if action.done_on:
        yield f"Done on {say_date(action.done_on)}."
    if action.success_measure:
        yield f"It has worked when: {action.success_measure.rstrip('.')}."
    if said := ", ".join(filter(None, (action.rag, action.last_update))):
        yield f"Last update: {said.rstrip('.')}."


WIDE = 120
"""Columns from which the load stands beside the plan."""

SOON_DAYS = 28
NO_ACTIONS = "No action yet. Take over the next steps offered, or type one in the plan with n."


class PlanProgress(SessionWidget, Widget):
    """What must still be said before the afternoon can end."""

    DEFAULT_CSS = """
    PlanProgress { height: auto; max-height: 3; padding: 0 1; }
    """

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self._fresh = fresh

    def on_mount(self) -> None:
        """Leave people's names out as soon as the screen is private."""
        follow(self, lambda state: state.private, lambda _: self.watch_session(), init=False)

    def watch_session(self) -> None:
        """Count again."""
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """A few things, the most pressing first."""
        session, today = self.session, self._fresh.today()
        private, width = app_state(self).private, self.app.size.width
        out = _out_text(session, named=not private)
        if session.actions:
            parts = [_ready_text(session), _soon_text(session, today), out]
            # Who carries how many, where somebody of the core group has none.
            if not private and width < WIDE and without_action(session):
                parts += map(Content, load_figures(session, today))
        else:
            parts = [Content.styled(NO_ACTIONS, "$text-muted"), out]
        return flowing(filter(None, parts), " · ", width - 2)


def _ready_text(session: Session) -> Content:
    todo = live(session.actions)
    missing = sum(map(missing_in_action, todo))
    if missing:
        said = f"{len(todo) - missing} of {len(todo)} have an owner and a date"
        return Content.styled(said, "$text-warning")
    said = f"✓ {counted(len(todo), 'action')} to do, owned and dated"
    return Content.styled(said, "$text-success")


def _soon_text(session: Session, today: dt.date) -> Content:
    found = due_within(session, today, SOON_DAYS)
    overdue = sum(action.due is not None and action.due < today for action in found)
    coming = [action.due for action in found[overdue:] if action.due]
    parts = [f"{overdue} overdue"] if overdue else []
    if coming:
        when = ("first on " if len(coming) > 1 else "on ") + say_date(coming[0])
        parts.append(f"{len(coming)} due within {SOON_DAYS // 7} weeks, {when}")
    return Content(", ".join(parts))


def _out_text(session: Session, *, named: bool) -> Content:
    """How many parts of the map are out, and who has had one longest."""
    out = sorted(parts_out(session), key=lambda one: one.on or dt.date.min)
    if not out:
        return Content("")
    since = f" since {short_date(out[0].on)}" if out[0].on else ""
    who = f": {line_of(out[0].to)}{since}" if named else ""
    more = f" and {len(out) - 1} more" if who and len(out) > 1 else ""
    said = counted(len(out), "part is out", "parts are out")
    return Content.styled(plain(f"{said}{who}{more}"), "$text-warning")


class PartList(SetupList):
    """The parts of the map that were handed out; what is imported says so itself."""

    GONE = ("run('setup.new')", "run('setup.new-before')")


PLAN_SECTIONS = ("Plan", "Next steps offered", "Spread", "Photos")
PARTS_SECTION = "Parts out"
"""Is there where a part is out as the screen opens."""


class PlanScreen(ActionScreen):
    """Four sections; the line below them says what the plan still lacks.

    ``place`` is the id of an action or of a photo, or the name of a section.
    """

    TITLE = "3 Next steps, plan"
    PART = "plan"
    CSS_PATH = "plan_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), BESIDE[1]]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "plan",
        foot("C", "close", "Close down", "close_down", "What is still open over the whole session"),
    )

    def body(self) -> ComposeResult:
        """The sections, the line of an action, and what is open."""
        session = SessionScreen.session
        out = (PARTS_SECTION,) if parts_out(self.session) else ()
        with Sections(*PLAN_SECTIONS, *out):
            with Horizontal():
                with framed(Vertical(), "Plan"):
                    yield PlanTable(self.fresh).data_bind(session)
                    yield DeadlineLine(self.fresh).data_bind(session)
                with framed(Vertical(id="plan-load"), "Load"):
                    beside = LoadList(self.fresh, "load")
                    yield beside.data_bind(session)
                    yield DetailPanel(lambda _: beside.words, id="load-words").data_bind(session)
            with Container(classes="with-words"):
                steps = framed(NextStepList(self.fresh), "Next steps offered")
                yield steps.data_bind(session)
                yield framed(FactsPanel(lambda _: steps.words), "In full").data_bind(session)
            with Container(classes="with-words"):
                loads = framed(WorkloadList(self.fresh), "Spread")
                yield loads.data_bind(session)
                yield framed(FactsPanel(lambda _: loads.words), "In full").data_bind(session)
            with Container(classes="with-words"):
                photos = framed(PhotoList(self.fresh), "Photos")
                yield photos.data_bind(session)
                yield framed(FactsPanel(lambda _: photos.words), "In full").data_bind(session)
            if out:
                yield PartList(PARTS, self.fresh).data_bind(session)
        yield ActionLine(self.fresh).data_bind(session)
        yield PlanProgress(self.fresh).data_bind(session)

    def on_mount(self) -> None:
        """Stand on what was asked for, or on the first action that lacks something."""
        if any(photo.id == self.place for photo in self.session.photos):
            self.query_one(Sections).show("Photos")
            self.query_one(PhotoList).go_to(self.place)
            return
        if self.place in PLAN_SECTIONS:
            self.query_one(Sections).show(self.place)
            return
        self.table.focus()
        waiting = (action.id for action in action_plan(self.session) if missing_in_action(action))
        self.table.go_to(self.place or next(waiting, ""))

    def action_close_down(self) -> None:
        """Say what is still open over the whole session; back to that where one came from it."""
        below = self.app.screen_stack[-2]
        self.post_message(Back() if below.query(OpenItemsList) else Go("close"))

    def on_typed_line_closed(self) -> None:
        """Back to the list."""
        self.table.focus()

    def on_action_wanted(self, event: ActionWanted) -> None:
        """Show the action that a bar led to."""
        event.stop()
        self.query_one(Sections).show("Plan")
        self.table.go_to(event.action)
