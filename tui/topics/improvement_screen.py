"""What could improve: as is and to be side by side, the marks, and the questions with evidence."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from offwall.model.actions.issues import ISSUES
from offwall.model.records import Activity, Improve, Issue, IssueStatus, Session, Stage
from offwall.model.records.changes import once
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, StageId
from offwall.model.records.text import plain
from offwall.model.setup.workshop import thing_of
from offwall.model.store.presets.catalogues import Question, challenge_questions
from offwall.model.topics.improvement import (
    ImprovementEvidence,
    note_activity,
    set_improve,
    side_by_side,
)
from offwall.tui.kit import Context, Field, ListCell, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import DetailPanel, framed
from offwall.tui.kit.keys import Here, Need, Outcome, ask_one, foot, key, keys, looks
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.process import STAGE_KEY
from offwall.tui.process.activity_commands import ACTIVITIES, ACTIVITY

IMPROVEMENT_COLUMNS = (
    FittedColumn("sign", "", 1),
    FittedColumn("ref", "Ref", 6),
    FittedColumn("now", "As it is"),
    FittedColumn("mark", "", 6),
    FittedColumn("then", "To be"),
)
NO_STAGES = "There are no stages yet. Press q, q, then 0, and name those across your wall."
BEFORE_PART_2 = "Ask of each stage: Enter notes what could improve there."
IMPROVE_LOOKS = {
    Improve.KEEP: "muted",
    Improve.CHANGE: "open",
    Improve.DROP: "wrong",
    Improve.NEW: "good",
}
evidence_of = once(ImprovementEvidence)
"""What the map says, found once for a session."""


def mark(at: Here, activity: Activity, mark: str) -> Outcome:
    """Mark the activity under the cursor."""
    ref = at.session.ref_by_id[activity.id]
    label = f"{ref}: {mark}" if mark else f"{ref}: no mark"
    return Outcome(label, lambda s: set_improve(s, activity.id, mark))


def _stage(at: Here) -> Stage | None:
    """The stage whose heading the cursor is on."""
    return at.session.stage_by_id.get(StageId(at.key.removeprefix(STAGE_KEY)))


def _issue_of(at: Here, stage: Stage) -> Outcome:
    """Ask what could improve in a stage of which nothing need be recorded yet."""
    where, add = _place_of(stage), partial(ISSUES.add, seed=at.fresh.seed())
    hint = "It is kept as an issue near this stage. Empty: nothing is kept."

    def keep(text: str) -> Outcome:
        return Outcome(f"Issue at {stage.id}", lambda s: add(s, {"text": text, "near": where}))

    return ask_one(f"What could improve in {where}?", Field("text", "Issue", hint=hint), keep)


def _place_of(stage: Stage) -> str:
    return f"{stage.id} {stage.name}".strip()


def note(at: Here, activity: Activity | None) -> Outcome:
    """Write what was said; at a stage, what could improve there."""
    if activity is None:
        stage = _stage(at)
        return _issue_of(at, stage) if stage else Outcome()
    ref = at.session.ref_by_id[activity.id]
    field = Field("note", "Note", activity.note, "What would be changed, and why.")

    def keep(text: str) -> Outcome:
        return Outcome(f"Note at {ref}", lambda s: note_activity(s, activity.id, text))

    return ask_one(f"{ref} {activity.text}", field, keep)


@looks
def next_sign(at: Here, _: Activity | None) -> Outcome:
    """The next the map questions."""
    order: list[str] = [activity.id for activity in at.session.in_order]
    if at.key in order:
        here = order.index(at.key) + 1
    else:
        above = takewhile(lambda stage: STAGE_KEY + stage != at.key, at.session.by_stage)
        here = sum(len(at.session.by_stage[stage]) for stage in above)
    found = next((one for one in (*order[here:], *order[:here]) if at.view.tells(one)), "")
    return Outcome(go=found, say="" if found else "The map shows nothing to improve yet.")


MARKS = (
    foot(str(digit), how, how.capitalize(), partial(mark, mark=how), f"Mark it: {how}", ACTIVITY)
    for digit, how in enumerate(Improve, 1)
)
A_PLACE = Need(lambda at: at.record or _stage(at), "Move to a stage or an activity.")


class ImprovementList(RecordList):
    """Digits mark the activity under the cursor; ``m`` goes to the next that the map questions."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "challenge",
        *MARKS,
        key("0", "unmark", "Unmark", partial(mark, mark=""), "No mark at all", ACTIVITY),
        foot("enter,e", "note", "Note", note, needs=A_PLACE),
        foot("m", "next", "Next !", next_sign, needs=ACTIVITIES),
    )
    FOLLOWED = True
    LINES = 3

    def __init__(self, fresh: Context) -> None:
        super().__init__(IMPROVEMENT_COLUMNS, empty=NO_STAGES, id="challenge")
        self.fresh = fresh

    def rebuild(self) -> None:
        """Make the rows again."""
        session = self.session
        self.show_banner(side_by_side(session) or (BEFORE_PART_2 if session.stages else ""))
        rows: list[ListRow] = []
        for stage in session.stages:
            rows.append(ListRow(STAGE_KEY + stage.id, (f"{stage.id} {stage.name}",), heading=True))
            near = (issue for issue in session.issues if issue.near == _place_of(stage))
            rows += [self.row(one.id, _issue_cells(one)) for one in near]
            rows += [
                self.row(activity.id, _cells(session, activity))
                for activity in session.by_stage[stage.id]
            ]
        self.put(rows)

    @property
    def record(self) -> Activity | None:
        """The activity under the cursor."""
        return self.session.activity_by_id.get(self.key)

    def here(self) -> Here:
        """The activity, and what the map says."""
        return Here(self.session, self.fresh, self.key, self.record, evidence_of(self.session))


def _issue_cells(issue: Issue) -> dict[str, ListCell]:
    closed = issue.status is IssueStatus.CLOSED
    look = "muted" if closed else "issue"
    sign, mark = (issue.code or "", look), ("closed" if closed else "", look)
    return {"sign": sign, "ref": "", "now": (issue.text, look), "mark": mark, "then": ""}


def _cells(session: Session, activity: Activity) -> dict[str, ListCell]:
    mark = activity.improve
    look = IMPROVE_LOOKS[mark] if mark else ""
    return {
        "sign": ("!", "open") if evidence_of(session).tells(activity.id) else "",
        "ref": (session.ref_by_id[activity.id], "muted"),
        "now": "" if mark is Improve.NEW else activity.text,
        "mark": (mark, look) if mark else "",
        "then": "" if mark is Improve.DROP else (activity.text, look),
    }


def improvement_detail(questions: Sequence[Question], session: Session) -> Callable[[str], Content]:
    """The activity, what was said, the questions with what the map says to them."""
    thing = thing_of(session)

    def words(known: str) -> Content:
        one = session.activity_by_id.get(known)
        stage = session.stage_by_id.get(StageId(known.removeprefix(STAGE_KEY)))
        title = f"Ask of {_place_of(stage)}" if stage else "Ask of each activity"
        if one:
            title = f"{session.ref_by_id[one.id]} {one.text}"
        lines = [Content.styled(plain(title), "bold")]
        if one and one.note:
            lines.append(Content.assemble(("Note  ", "$text-muted"), plain(one.note)))
        said = evidence_of(session).of(known)
        for question in questions:
            text, answer = plain(thing.named(question.text)), plain(said.get(question.about, ""))
            line = f"· {text} " if answer else f"· {text}"
            lines.append(Content.assemble(line, (answer, "$text-accent")))
        return Content("\n").join(lines)

    return words


class ImprovementScreen(SessionScreen):
    """The process twice, and the questions of process mapping with what the map says to them."""

    TITLE = "1 What could improve"
    PART = "topic"
    TOPIC = "mapping"
    CSS_PATH = "improvement_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The list, and the questions below it or beside it."""
        session = SessionScreen.session
        with Container(id="challenge-wall"):
            yield framed(ImprovementList(self.fresh), "Activities").data_bind(session)
            say = partial(improvement_detail, tuple(challenge_questions(self.fresh.presets)))
            words = framed(DetailPanel(say, id="challenge-words"), "How it could improve")
            yield words.data_bind(session)

    @property
    def _list(self) -> ImprovementList:
        return self.query_one(ImprovementList)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for, or on the first."""
        self._list.focus()
        first = next(iter(self.session.in_order), None)
        stages = [STAGE_KEY + stage.id for stage in self.session.stages[:1]]
        self._list.go_to(self.place or (first.id if first else "".join(stages)))
        self.query_one(DetailPanel).look_at(self._list.key)

    def standing_on(self) -> ActivityId:
        """The activity under the cursor."""
        return found.id if (found := self._list.record) else NO_ACTIVITY
