"""What could improve: as is and to be side by side, the marks, and the questions with evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from offwall.model.actions.issues import ISSUES
from offwall.model.records import Activity, Improve, Issue, IssueStatus, Session, Stage
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
IMPROVE_BY_DIGIT = {"1": Improve.KEEP, "2": Improve.CHANGE, "3": Improve.DROP, "4": Improve.NEW}


def mark(at: Here, one: Activity, mark: str) -> Outcome:
    """Mark the activity under the cursor."""
    ref = at.session.ref_by_id[one.id]
    label = f"{ref}: {mark}" if mark else f"{ref}: no mark"
    return Outcome(label, lambda s: set_improve(s, one.id, mark))


def _stage(at: Here) -> Stage | None:
    """The stage whose heading the cursor is on."""
    return at.session.stage_by_id.get(StageId(at.key.removeprefix(STAGE_KEY)))


def _issue_of(at: Here, stage: Stage) -> Outcome:
    """Ask what could improve in a stage of which nothing need be recorded yet."""
    seed, where = at.fresh.seed(), _place_of(stage)

    def keep(said: str) -> Outcome:
        issue = {"text": said, "near": where}
        return Outcome(f"Issue at {stage.id}", lambda s: ISSUES.add(s, issue, seed=seed))

    hint = "It is kept as an issue near this stage. Empty: nothing is kept."
    return ask_one(f"What could improve in {where}?", Field("text", "Issue", hint=hint), keep)


def _place_of(stage: Stage) -> str:
    return f"{stage.id} {stage.name}".strip()


def note(at: Here, one: Activity | None) -> Outcome:
    """Write what was said; at a stage, what could improve there."""
    if one is None:
        stage = _stage(at)
        return _issue_of(at, stage) if stage else Outcome()
    ref = at.session.ref_by_id[one.id]
    field = Field("note", "Note", one.note, "What would be changed, and why.")

    def keep(said: str) -> Outcome:
        return Outcome(f"Note at {ref}", lambda s: note_activity(s, one.id, said))

    return ask_one(f"{ref} {one.text}", field, keep)


@looks
def next_sign(at: Here, _: Activity | None) -> Outcome:
    """The next the map questions."""
    order: list[str] = [one.id for one in at.session.in_order]
    here = order.index(at.key) + 1 if at.key in order else _first_below(at)
    found = next((one for one in (*order[here:], *order[:here]) if at.view.tells(one)), "")
    return Outcome(go=found, say="" if found else "The map shows nothing to improve yet.")


def _first_below(at: Here) -> int:
    """The place of the first activity below a stage's heading."""
    stages = takewhile(lambda stage: STAGE_KEY + stage != at.key, at.session.by_stage)
    return sum(len(at.session.by_stage[stage]) for stage in stages)


MARKS = (
    foot(digit, mark_, mark_.capitalize(), partial(mark, mark=mark_), f"Mark it: {mark_}", ACTIVITY)
    for digit, mark_ in IMPROVE_BY_DIGIT.items()
)
A_PLACE = Need(lambda at: at.record or _stage(at), "Move to a stage or an activity.")
IMPROVEMENT_KEYS = keys(
    "challenge",
    *MARKS,
    key("0", "unmark", "Unmark", partial(mark, mark=""), "No mark at all", ACTIVITY),
    foot("enter,e", "note", "Note", note, needs=A_PLACE),
    foot("m", "next", "Next !", next_sign, needs=ACTIVITIES),
)


class ImprovementList(RecordList):
    """Digits mark the activity under the cursor; ``m`` goes to the next that the map questions."""

    BINDINGS: ClassVar[list[BindingType]] = IMPROVEMENT_KEYS
    FOLLOWED = True
    LINES = 3

    def __init__(self, fresh: Context) -> None:
        super().__init__(IMPROVEMENT_COLUMNS, empty=NO_STAGES, id="challenge")
        self.fresh = fresh
        self._evidence: tuple[Session, ImprovementEvidence] | None = None

    def evidence_of(self, session: Session) -> ImprovementEvidence:
        """What the map says, found once for each session."""
        if self._evidence is None or self._evidence[0] is not session:
            self._evidence = (session, ImprovementEvidence(session))
        return self._evidence[1]

    def rebuild(self) -> None:
        """Make the rows again."""
        session, evidence = self.session, self.evidence_of(self.session)
        self.show_banner(side_by_side(session) or (BEFORE_PART_2 if session.stages else ""))
        rows: list[ListRow] = []
        for stage in session.stages:
            rows.append(ListRow(STAGE_KEY + stage.id, (f"{stage.id} {stage.name}",), heading=True))
            near = (one for one in session.issues if one.near == _place_of(stage))
            rows += [self.row(one.id, _issue_cells(one)) for one in near]
            for one in session.by_stage[stage.id]:
                cells = _cells(session, one, sign=evidence.tells(one.id))
                rows.append(self.row(one.id, cells))
        self.put(rows)

    @property
    def record(self) -> Activity | None:
        """The activity under the cursor."""
        return self.session.activity_by_id.get(self.key)

    activity = record

    def here(self) -> Here:
        """The activity, and what the map says."""
        said = self.evidence_of(self.session)
        return Here(self.session, self.fresh, self.key, self.record, said)


def _issue_cells(issue: Issue) -> dict[str, ListCell]:
    closed = issue.status is IssueStatus.CLOSED
    look = "muted" if closed else "issue"
    return {
        "sign": (issue.code or "", look),
        "ref": "",
        "now": (issue.text, look),
        "mark": ("closed" if closed else "", look),
        "then": "",
    }


def _cells(session: Session, one: Activity, *, sign: bool) -> dict[str, ListCell]:
    mark = one.improve
    look = IMPROVE_LOOKS[mark] if mark else ""
    return {
        "sign": ("!", "open") if sign else "",
        "ref": (session.ref_by_id[one.id], "muted"),
        "now": "" if mark is Improve.NEW else one.text,
        "mark": (mark, look) if mark else "",
        "then": "" if mark is Improve.DROP else (one.text, look),
    }


# The questions that are asked of one activity, with what the map itself says to them.


def improvement_detail(
    questions: Sequence[Question],
    evidence_of: Callable[[Session], ImprovementEvidence],
    session: Session,
) -> Callable[[str], Content]:
    """The activity, what was said, the questions with what the map says to them."""
    evidence, thing = evidence_of(session), thing_of(session)
    questions = [replace(one, text=thing.named(one.text)) for one in questions]

    def words(known: str) -> Content:
        stage = session.stage_by_id.get(StageId(known.removeprefix(STAGE_KEY)))
        title = f"Ask of {_place_of(stage)}" if stage else "Ask of each activity"
        lines = [Content.styled(plain(title), "bold")]
        if one := session.activity_by_id.get(known):
            ref = session.ref_by_id[one.id]
            lines = [Content.styled(plain(f"{ref} {one.text}"), "bold")]
            if one.note:
                lines.append(Content.assemble(("Note  ", "$text-muted"), plain(one.note)))
        said = evidence.of(known)
        lines += [_question_lines(question, said) for question in questions]
        return Content("\n").join(lines)

    return words


def _question_lines(question: Question, said: Mapping[str, str]) -> Content:
    answer = said.get(question.about, "")
    text = plain(question.text)
    return (
        Content.assemble(f"· {text} ", (plain(answer), "$text-accent"))
        if answer
        else Content(f"· {text}")
    )


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
            found = ImprovementList(self.fresh)
            questions = tuple(challenge_questions(self.fresh.presets))
            say = partial(improvement_detail, questions, found.evidence_of)
            yield framed(found, "Activities").data_bind(session)
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
        return self._list.activity.id if self._list.activity else NO_ACTIVITY
