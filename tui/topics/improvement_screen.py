"""What could improve: as is and to be side by side, the marks, and the questions with evidence."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from offwall.model.records import Activity, Improve, Session
from offwall.model.records.ids import NO_ACTIVITY, ActivityId
from offwall.model.store.presets.catalogues import Question, challenge_questions
from offwall.model.topics.improvement import (
    ImprovementEvidence,
    note_activity,
    set_improve,
    side_by_side,
)
from offwall.tui.kit import (
    Answers,
    Field,
    Form,
    ListCell,
    ListRow,
    RecordList,
    SessionScreen,
    SessionWidget,
    plain,
)
from offwall.tui.kit.record_list import FittedColumn, FittedList
from offwall.tui.process import STAGE_KEY

IMPROVEMENT_COLUMNS = (
    FittedColumn("sign", "", 1),
    FittedColumn("ref", "Ref", 6),
    FittedColumn("now", "As it is"),
    FittedColumn("mark", "", 6),
    FittedColumn("then", "To be"),
)
NO_STAGES = "There are no stages yet. Press q, q, then 0, and name those across your wall."
BEFORE_PART_2 = "Ask of the wall; the map answers after part 2."
IMPROVE_LOOKS = {
    Improve.KEEP: "muted",
    Improve.CHANGE: "open",
    Improve.DROP: "wrong",
    Improve.NEW: "good",
}
IMPROVE_BY_DIGIT = {"1": Improve.KEEP, "2": Improve.CHANGE, "3": Improve.DROP, "4": Improve.NEW}


class ImprovementList(SessionWidget, FittedList):
    """Digits mark the activity under the cursor; ``m`` goes to the next that the map questions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                digit,
                f"mark('{mark}')",
                mark.capitalize(),
                id=f"challenge.{mark}",
                tooltip=f"Mark it: {mark}",
            )
            for digit, mark in IMPROVE_BY_DIGIT.items()
        ),
        Binding(
            "0", "mark('')", "Unmark", show=False, id="challenge.unmark", tooltip="No mark at all"
        ),
        Binding("enter,e", "note", "Note", id="challenge.note", tooltip="Write what was said"),
        Binding(
            "m", "next_sign", "Next !", id="challenge.next", tooltip="The next the map questions"
        ),
    ]

    def __init__(self) -> None:
        super().__init__(IMPROVEMENT_COLUMNS, empty=NO_STAGES, id="challenge")
        self._evidence: tuple[Session, ImprovementEvidence] | None = None

    @property
    def evidence(self) -> ImprovementEvidence:
        """What the map says, found once for each session."""
        if self._evidence is None or self._evidence[0] is not self.session:
            self._evidence = (self.session, ImprovementEvidence(self.session))
        return self._evidence[1]

    def watch_session(self) -> None:
        """Show what changed."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows again."""
        session, evidence = self.session, self.evidence
        self.show_banner(side_by_side(session) or (BEFORE_PART_2 if session.stages else ""))
        rows: list[ListRow] = []
        for stage in session.stages:
            rows.append(ListRow(STAGE_KEY + stage.id, (f"{stage.id} {stage.name}",), heading=True))
            for one in session.by_stage[stage.id]:
                cells = _cells(session, one, sign=evidence.tells(one.id))
                rows.append(ListRow(one.id, tuple(cells[name] for name in self.shown)))
        self.put(rows)

    @property
    def activity(self) -> Activity | None:
        """The activity under the cursor."""
        return self.session.activity_by_id.get(self.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be an activity to mark; on paper there is none."""
        if action in ("mark", "note"):
            return True if self.activity else None
        return True if action != "next_sign" or self.session.activities else None

    def on_record_list_moved(self) -> None:
        """A heading cannot be marked."""
        self.refresh_bindings()

    def action_mark(self, mark: str) -> None:
        """Mark the activity under the cursor."""
        if found := self.activity:
            ref = self.session.ref_by_id[found.id]
            label = f"{ref}: {mark}" if mark else f"{ref}: no mark"
            self.attempt_or_say(label, lambda s: set_improve(s, found.id, mark))

    @work
    async def action_note(self) -> None:
        """Ask what was said of it."""
        if not (found := self.activity):
            return
        ref = self.session.ref_by_id[found.id]

        def keep(said: Answers) -> str:
            return self.attempt(
                f"Note at {ref}", lambda s: note_activity(s, found.id, said["note"])
            )

        field = Field("note", "Note", found.note, "What would be changed, and why.")
        await self.app.push_screen_wait(Form(f"{ref} {found.text}", [field], keep))

    def action_next_sign(self) -> None:
        """Stand on the next activity that the map has a sign at, round to the start."""
        keys = [row.key for row in self.rows]
        here = keys.index(self.key)
        for key in (*keys[here + 1 :], *keys[: here + 1]):
            if self.evidence.tells(key):
                self.stand_on(key)
                return


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


class ImprovementDetail(SessionWidget, Widget):
    """Below the list, or beside it where there is room."""

    DEFAULT_CSS = """
    ImprovementDetail { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self._questions = tuple(questions)
        self._key = ""
        self._evidence = ImprovementEvidence(Session())

    def look_at(self, key: str, evidence: ImprovementEvidence) -> None:
        """Show another activity, and what the map says of it."""
        self._key, self._evidence = key, evidence
        self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The activity, what was said, the questions."""
        one = self.session.activity_by_id.get(self._key)
        lines = []
        if one:
            ref = self.session.ref_by_id[one.id]
            lines.append(Content.styled(plain(f"{ref} {one.text}"), "bold"))
            if one.note:
                lines.append(Content.assemble(("Note  ", "$text-muted"), plain(one.note)))
        else:
            lines.append(Content.styled("Ask of each activity", "bold"))
        said = self._evidence.of(self._key)
        lines += [_question_lines(question, said) for question in self._questions]
        return Content("\n").join(lines)


def _question_lines(question: Question, said: Mapping[str, str]) -> Content:
    answer = said.get(question.about, "")
    text = plain(question.text)
    return (
        Content.assemble(f"· {text} ", (plain(answer), "$text-accent"))
        if answer
        else Content(f"· {text}")
    )


# Part 1: review what could improve, activity by activity; as it is and to be, side by side.


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
            yield ImprovementList().data_bind(session)
            yield ImprovementDetail(challenge_questions(self.fresh.presets)).data_bind(session)

    @property
    def _list(self) -> ImprovementList:
        return self.query_one(ImprovementList)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for, or on the first."""
        self._list.focus()
        first = next(iter(self.session.in_order), None)
        self._list.go_to(self.place or (first.id if first else ""))
        self._look(self._list.key)

    def standing_on(self) -> ActivityId:
        """The activity under the cursor."""
        return self._list.activity.id if self._list.activity else NO_ACTIVITY

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The questions follow the cursor."""
        event.stop()
        self._look(event.key)

    def watch_session(self) -> None:
        """The map may say something else now."""
        if self.is_mounted:
            self.call_after_refresh(lambda: self._look(self._list.key))

    def _look(self, key: str) -> None:
        self.query_one(ImprovementDetail).look_at(key, self._list.evidence)
