"""The board: terms of reference and gates, and who decides at which step, within what limit."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from offwall.model.process import TierView
from offwall.model.records import Activity, EditError, Improve, Session
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, is_id
from offwall.model.records.record_kind import Line
from offwall.model.records.session import Besides
from offwall.model.records.text import plain
from offwall.model.records.uses import NOT_THERE, role_name
from offwall.model.setup.workshop import thing_of
from offwall.model.topics.board import (
    BOARD,
    DECIDERS,
    GATES,
    NOT_AGREED,
    ApprovalStep,
    approval_steps,
    gate_activities,
    gate_text,
    terms_of_reference,
    the_board,
    toggle_gate,
)
from offwall.model.topics.improvement import as_is, compare_figures, set_improve, to_be
from offwall.tui.kit import (
    Answers,
    Context,
    ListCell,
    ListRow,
    RecordList,
    SessionScreen,
    SessionWidget,
)
from offwall.tui.kit.frame import BESIDE, FactsPanel, ScrolledText, facts, framed, headed
from offwall.tui.kit.keys import Here, Need, Outcome, Question, foot, key, keys
from offwall.tui.kit.row_view import FittedColumn, ListColumn, hanging
from offwall.tui.kit.sections import Sections
from offwall.tui.kit.setup_list import fields_of, heading_question
from offwall.tui.process.activity_card import answer_text, route_place

GATE_KEY = "gate:"
"""What the key of a gate's row begins with."""

NO_GATES = "No gate yet. n says what on the process comes to the board."


def new_gate(at: Here, gate: Line | None) -> Outcome:
    """What comes to the board."""
    beside, had = gate.text if gate else "", GATES.keyed(at.session)

    def answered(answers: Answers) -> Outcome:
        change = partial(GATES.add, said=answers, beside=beside)
        try:
            after = GATES.keyed(change(at.session))
        except EditError as sentence:
            return Outcome(wrong=str(sentence))
        made = next((gate for gate in after if gate not in had), "")
        return Outcome(f"Gate: {answers['text']}", change, go=GATE_KEY + made)

    return Outcome(ask=Question("A gate to the board", fields_of(GATES, at.session), answered))


def edit(at: Here, gate: Line | None) -> Outcome:
    """Write the terms, or the gate."""
    if gate is None:
        return heading_question(at, BOARD, to=at.key if at.key != "gates" else "")

    def answered(answers: Answers) -> Outcome:
        return Outcome(f"Gate: {answers['text']}", lambda s: GATES.change(s, gate.text, answers))

    fields = fields_of(GATES, at.session, gate)
    return Outcome(ask=Question("A gate to the board", fields, answered))


def remove(at: Here, gate: Line) -> Outcome:
    """Let it not come; u undoes it."""
    said = gate_text(at.session, gate.text, gate_activities(at.session)[gate.text])
    return Outcome(f"Removed gate: {said}", lambda s: GATES.remove(s, gate.text))


def shift(_: Here, gate: Line, by: int) -> Outcome:
    """Move the gate down or up."""
    return Outcome("Moved a gate", lambda s: GATES.move(s, gate.text, by))


GATE = Need(lambda at: at.record is not None, "Move to a gate first.")


class BoardList(RecordList):
    """Enter writes the terms, or the gate under the cursor; ``n`` lets something else come."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "board",
        foot("n", "gate", "New gate", new_gate),
        foot("enter,e", "edit", "Edit", edit),
        foot("x", "remove", "Remove", remove, needs=GATE),
        key("J", "down", "Move down", partial(shift, by=1), "Gate down", GATE),
        key("K", "up", "Move up", partial(shift, by=-1), "Gate up", GATE),
    )
    FOLLOWED = True

    def __init__(self, fresh: Context) -> None:
        super().__init__((ListColumn("Term", 13), ListColumn("Agreed")), id="board")
        self.fresh = fresh

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor goes to a gate that was just added."""
        terms = BOARD.cells(session) if session.board else {}
        gates = gate_activities(session)
        rows = [
            ListRow(ask.name, (f"{ask.label} ", terms.get(ask.name) or ("not agreed yet", "muted")))
            for ask in BOARD.asks
        ]
        rows.append(ListRow("gates", ("Gates", "" if gates else NO_GATES), heading=True))
        for gate, activity in gates.items():
            how = "on the wall" if activity else "not there" if is_id(gate) else "in words"
            said = _gate_shown(session, gate, activity)
            rows.append(ListRow(GATE_KEY + gate, ((how, "muted"), said)))
        self.put(rows)
        self.refresh_bindings()

    @property
    def record(self) -> Line | None:
        """The gate under the cursor."""
        return Line(self.key.removeprefix(GATE_KEY)) if self.key.startswith(GATE_KEY) else None


def _gate_shown(session: Session, gate: str, activity: ActivityId) -> str:
    """A gate as people read it, without the id of what is gone."""
    return gate_text(session, gate, activity) if activity or not is_id(gate) else NOT_THERE


class BoardPage(SessionWidget, ScrolledText):
    """The terms of reference, made of what the session says."""

    DEFAULT_CSS = """
    BoardPage { padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="board-page")

    def on_mount(self) -> None:
        """Write the page."""
        self.watch_session()

    def on_resize(self) -> None:
        """Another width breaks other lines."""
        self.watch_session()

    def watch_session(self) -> None:
        """Write it again."""
        if self.is_mounted:
            # What was never shown has no width yet: the first picture should be right.
            width = self.scrollable_content_region.width or self.app.size.width - 4
            said = hanging(Content("\n").join(_page_lines(self.session)), width)
            self.query_one("#board-page", Static).update(said)


def _page_lines(session: Session) -> Iterator[Content]:
    yield Content.styled(f"{plain(the_board(session).name)}: terms of reference", "bold")
    for term in terms_of_reference(session):
        heading = Content.styled(term.heading, "$text-accent")
        if term.agreed:
            mark = "· " if len(term.lines) > 1 else "  "
            yield from (heading, *(Content(mark + plain(line)) for line in term.lines))
        else:
            yield Content.assemble(heading, "  ", (NOT_AGREED, "$text-muted"))


# Who decides what on the process: each step at which somebody decides, and what is proposed.

APPROVAL_COLUMNS = (
    FittedColumn("gate", "", 1),
    FittedColumn("ref", "Ref", 6),
    FittedColumn("text", "Decision"),
    FittedColumn("who", "Decides", 18, 24),
    FittedColumn("limit", "Limit", 13, 28, least=72),
    FittedColumn("waits", "Within", 13, 26, least=72),
    FittedColumn("proposed", "Proposed", 8),
)
BEFORE_PART_2 = "Listed after part 2. Gates may be plain words now: press h."
NO_DECISIONS = "No decision is recorded yet. In part 2, ?words on a line make one."
IMPROVE_LOOKS = {Improve.DROP: "wrong", Improve.CHANGE: "open", Improve.NEW: "good"}


def decide(at: Here, activity: Activity) -> Outcome:
    """Who decides, limit, how long."""
    ref, answers = at.session.ref_by_id[activity.id], role_name(at.session, activity.accountable)
    fields = fields_of(DECIDERS, at.session, activity)
    if answers:
        hint = f"Empty: the accountable ({answers}). {fields[0].hint}"
        fields[0] = replace(fields[0], hint=hint)

    def answered(answers: Answers) -> Outcome:
        return Outcome(f"Who decides at {ref}", lambda s: DECIDERS.change(s, activity.id, answers))

    return Outcome(ask=Question(f"{ref} {activity.text}", fields, answered))


def to_board(at: Here, activity: Activity) -> Outcome:
    """It comes to the board, or not."""
    gates = {step.activity.id for step in approval_steps(at.session) if step.gate}
    how = "does not come to the board" if activity.id in gates else "comes to the board"
    return Outcome(
        f"{at.session.ref_by_id[activity.id]} {how}", lambda s: toggle_gate(s, activity.id)
    )


def drop(at: Here, activity: Activity) -> Outcome:
    """Leave it out, or keep it."""
    ref, dropped = at.session.ref_by_id[activity.id], activity.improve is Improve.DROP
    label = f"{ref} stays" if dropped else f"{ref} is left out of the proposal"
    return Outcome(label, lambda s: set_improve(s, activity.id, "" if dropped else Improve.DROP))


DECISION = Need(lambda at: at.record, "There is no decision yet: in part 2, ?words make one.")
DROPS = Need(
    lambda at: at.record and at.session.records(Besides.MARKS),
    DECISION.says,
    lambda at: not at.session.records(Besides.MARKS),
)


class ApprovalList(RecordList):
    """Enter says who decides, within what limit and time; ``d`` leaves it out of the proposal."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "approval",
        foot("enter,e", "edit", "Edit", decide, needs=DECISION),
        foot("space", "gate", "Board", to_board, needs=DECISION),
        foot("x", "drop", "Leave out", drop, needs=DROPS),
    )

    def __init__(self, fresh: Context) -> None:
        super().__init__(APPROVAL_COLUMNS, id="approvals")
        self.fresh = fresh

    def rebuild(self) -> None:
        """Make the rows again."""
        self.empty = NO_DECISIONS if self.session.activities else BEFORE_PART_2
        besides = {"waits": Besides.TIMESCALES, "proposed": Besides.MARKS}
        unwanted = {name for name, what in besides.items() if not self.session.records(what)}
        self.take_columns([one for one in APPROVAL_COLUMNS if one.name not in unwanted])
        steps = approval_steps(self.session)
        self.put([self.row(step.activity.id, _cells(self.session, step)) for step in steps])

    @property
    def record(self) -> Activity | None:
        """The activity under the cursor."""
        return self.session.activity_by_id.get(self.key)


def _cells(session: Session, step: ApprovalStep) -> dict[str, ListCell]:
    one, who = step.activity, role_name(session, step.decider)
    return {
        "gate": ("B", "lead") if step.gate else "",
        "ref": (session.ref_by_id[one.id], "muted"),
        "text": one.decision or one.text,
        "who": (who or "who?", "lead" if one.decided_by else "muted" if who else "wrong"),
        "limit": one.limit,
        "waits": one.timescale,
        "proposed": (one.improve, IMPROVE_LOOKS.get(one.improve, "")) if one.improve else "",
    }


def _term_or_gate_text(session: Session, key: str) -> Content:
    """A term in full, or what it is for; a gate in its words."""
    if ask := next((ask for ask in BOARD.asks if ask.name == key), None):
        said = str(BOARD.cells(session)[key]) if session.board else ""
        head = f"{ask.label}: {said or 'not agreed yet'}"
        return headed(facts(head, [thing_of(session).named(ask.hint)]))
    if key.startswith(GATE_KEY):
        gate = key.removeprefix(GATE_KEY)
        activity = gate_activities(session).get(gate, NO_ACTIVITY)
        return Content(plain(_gate_shown(session, gate, activity)))
    return Content.styled("n says what on the process comes to the board.", "$text-muted")


def approval_detail(session: Session) -> Callable[[str], Content]:
    """The decision of an activity in full, what the proposal saves, its ways as is and to be."""
    saves = Content.styled(compare_figures(session), "$text-accent")
    made = cache(lambda process: process(session))

    def words(key: str) -> Content:
        one = session.activity_by_id.get(key)
        if one is None:
            return saves
        if one.decided_by:
            decider = f"{role_name(session, one.decided_by)} decides"
        elif one.accountable:
            decider = f"{role_name(session, one.accountable)} decides (accountable)"
        else:
            decider = "nobody decides yet"
        heading = Content.styled(plain(f"{session.ref_by_id[key]} {one.text}"), "bold")
        said = " · ".join(filter(None, (decider, one.limit, one.timescale)))
        now, then = (_ways(session, made(process), one.id) for process in (as_is, to_be))
        # A short screen cuts from below, so what is cut is the ways.
        lines = [heading, Content(plain(said)), saves]
        lines.append(Content.assemble(("Leads to  ", "$text-muted"), now))
        if then != now:
            lines.append(Content.assemble(("Proposed  ", "$text-muted"), then))
        return Content("\n").join(lines)

    return words


def _ways(session: Session, view: TierView, key: ActivityId) -> str:
    if key not in view.edges:
        return "not there"
    ref = session.ref_by_id
    ways = (
        f"{answer_text(way)} -> {ref.get(way.to) or route_place(session, way)}".strip()
        for way in view.edges[key]
    )
    return plain(", ".join(ways))


BOARD_SECTION, DECISIONS_SECTION, TERMS_SECTION = "Board", "Who decides", "Terms of reference"


class BoardScreen(SessionScreen):
    """The board with its gates, the steps at which somebody decides, and the page of terms."""

    TITLE = "1 Governance"
    PART = "topic"
    TOPIC = "governance"
    CSS_PATH = "board_screen.tcss"
    HORIZONTAL_BREAKPOINTS = BESIDE

    def body(self) -> ComposeResult:
        """The sections; each list with the words of what its cursor stands on."""
        session = SessionScreen.session
        with Sections(BOARD_SECTION, DECISIONS_SECTION, TERMS_SECTION):
            with Container(classes="with-words"):
                yield framed(BoardList(self.fresh), BOARD_SECTION).data_bind(session)
                words = FactsPanel(lambda session: partial(_term_or_gate_text, session))
                yield framed(words, "In full").data_bind(session)
            with Container(classes="with-words"):
                yield framed(ApprovalList(self.fresh), DECISIONS_SECTION).data_bind(session)
                words = FactsPanel(approval_detail, id="approval-words")
                yield framed(words, "In full").data_bind(session)
            yield framed(BoardPage(id="governance-terms"), TERMS_SECTION).data_bind(session)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for, or on the board."""
        sections = self.query_one(Sections)
        if self.place:
            self.query_one(ApprovalList).go_to(self.place)
        sections.show(DECISIONS_SECTION if self.place else BOARD_SECTION)

    def standing_on(self) -> ActivityId:
        """The activity at which somebody decides, where the cursor is on one."""
        found = self.query_one(ApprovalList).record
        there = self.query_one(Sections).current == DECISIONS_SECTION
        return found.id if found and there else NO_ACTIVITY
