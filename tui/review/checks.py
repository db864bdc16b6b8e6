"""The checks: the findings as a list, what mends each, the way to it, and their screen."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from offwall.model.actions.date_checks import MEETING_KIND, TIMES_KIND, all_findings
from offwall.model.actions.facts import BOARD_REVIEW, REVIEW
from offwall.model.line import Vocabulary
from offwall.model.line.parse import parse
from offwall.model.process.activities import target_candidate
from offwall.model.process.keep_post_its import add_to_activity
from offwall.model.process.post_it import LineKind, whole_refs
from offwall.model.records import Session
from offwall.model.records.changes import once
from offwall.model.records.fields import NO_ACTIVITY, ActivityId
from offwall.model.review import Finding, FindingLevel
from offwall.model.review.fixes import FixFinder
from offwall.model.review.requirements import KIND as REQUIREMENTS_KIND
from offwall.model.setup.people_and_roles import role_candidates
from offwall.tui.kit import Context, Field, ListRow, RecordList, Say, SessionScreen
from offwall.tui.kit.frame import BESIDE, TALL, FactsPanel, framed
from offwall.tui.kit.keys import Here, Need, Outcome, ask_one, foot, key, keys
from offwall.tui.kit.messages import Back, Go
from offwall.tui.kit.row_view import ListColumn
from offwall.tui.kit.session_screen import back
from offwall.tui.kit.session_widget import app_state
from offwall.tui.process import STAGE_KEY
from offwall.tui.process.activity_card import activity_card
from offwall.tui.process.activity_commands import fix_line_start
from offwall.tui.process.activity_table import ActivityTable

# A finding is mended where it is listed: by one key, or by the one word that lacks.


def mend(at: Here, finding: Finding) -> Outcome:
    """Mend it, where there is one remedy; else ask for the word that does."""
    fix = at.view.of(finding)
    return Outcome(fix.label, fix.change) if fix else _ask(at, finding)


ASKED = {"@": "Lead", "a:": "Accountable", "?": "Decision", "w:": "How long it takes"}
"""What is asked for, by how the line begins that mends a finding."""


def asked_for(begun: str) -> str:
    """What is asked for to mend a finding by a line that begins so."""
    return "Leads to" if begun.endswith("=") else ASKED.get(begun, "Answer")


def _ask(at: Here, finding: Finding) -> Outcome:
    """Ask for what lacks; the line that says it is added to the activity."""
    session, today, seed = at.session, at.fresh.today(), at.fresh.seed()
    begun = fix_line_start(session, finding)
    activity = session.activity_by_id[ActivityId(finding.place)]
    words = Vocabulary.of(session, today, activity.id)

    def keep(text: str) -> Outcome:
        parsed = parse(f"{begun}{text.strip()}", words)
        if not text.strip() or parsed.way is not LineKind.ADDS:
            return Outcome(wrong=f"Type what stands for “{asked_for(begun)}”; Esc leaves it.")
        note = whole_refs(parsed.note, session, activity.stage, ())
        label = f"Added to {session.ref_by_id[activity.id]} {parsed.line.strip()}"
        doubts = " ".join(parsed.doubts)
        return Outcome(label, lambda s: add_to_activity(s, activity.id, note, seed), say=doubts)

    refs, choices = session.ref_by_id, role_candidates(session) if begun in ("@", "a:") else ()
    if begun.endswith("="):
        choices = tuple(
            target_candidate(refs[activity.id], activity) for activity in session.in_order
        )
    field = Field("word", asked_for(begun), choices=choices)
    return ask_one(f"{refs[activity.id]} {activity.text}", field, keep, finding.text)


FINDING_COLUMNS = (
    ListColumn("", 1),
    ListColumn("What is incomplete or inconsistent"),
    ListColumn("Key", 3),
)
LEVEL_MARKS = {FindingLevel.ERROR: ("!", "wrong"), FindingLevel.NOTICE: ("-", "open")}
ALL_COMPLETE = "Nothing found: complete and consistent. q goes back."
NOTHING_RECORDED = "Nothing is recorded yet. q goes back; n there makes the first post-it."


ABOUT_GROUP = {
    "error": "to put right before you send the documents",
    "notice": "to look at: does the group want it so?",
    "waiting": "not confirmed: space in part 2 confirms",
}
"""What the findings are listed under; what waits for the review comes last, it may be many."""

FINDING = Need(lambda at: at.record, "That is a heading. Move to a line below it.")
MENDS = Need(
    lambda at: at.record and (at.view.of(at.record) or fix_line_start(at.session, at.record)),
    "No one key mends that: Enter goes there.",
)


class FindingList(RecordList):
    """The findings. Enter goes to the place, ``.`` mends where one key can."""

    LINES = 3
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "finding",
        foot("enter,e", "list.choose", "Go there", "choose", "Go to the place", FINDING),
        foot("full_stop", "mend", "Mend", mend, needs=MENDS),
    )
    FOLLOWED = True

    def __init__(self, fresh: Context) -> None:
        super().__init__(FINDING_COLUMNS, empty=NOTHING_RECORDED, id="findings")
        self.fresh = fresh
        self._found: dict[str, Finding] = {}
        self._mender = FixFinder(Session())

    def watch_session(self, session: Session) -> None:
        """Look again; the cursor stays on its finding, or where it was."""
        if session is self._mender.session:  # the binding tells it twice at the start
            return
        self.empty = ALL_COMPLETE if session.activities else NOTHING_RECORDED
        self._mender = FixFinder(session)
        stood = self.record
        self._found, rows = finding_rows(session, self.fresh.today())
        self.show(rows)
        if stood and not self.record:  # the last of its group is mended: on to the next group's
            self.action_move(1)
        self.refresh_bindings()

    @property
    def record(self) -> Finding | None:
        """The finding under the cursor; none on a heading."""
        return self._found.get(self.key)

    def here(self) -> Here:
        """The finding, and what mends it."""
        return Here(self.session, self.fresh, self.key, self.record, self._mender)

    @property
    def keys_told(self) -> str:
        """What the keys would do with the finding under the cursor."""
        found = self.record
        if fix := self._mender.of(found) if found else None:
            return f". mends it: {fix.label}"
        begins = fix_line_start(self.session, found) if found else ""
        more = f"; . asks: {asked_for(begins).casefold()}?" if begins else ""
        return f"Enter goes there{more}" if found else ""

    def stand_at(self, place: str) -> None:
        """Stand on the first finding at a place, else on the first of all."""
        there = (key for key, finding in self._found.items() if finding.place == place)
        first = next(iter(self._found), "")
        self.stand_on(next(there, first))


def keyed_findings(findings: Sequence[Finding]) -> dict[str, Finding]:
    """The findings under keys that stay the same while others come and go."""
    seen: Counter[tuple[str, str, str]] = Counter()
    keys = {}
    for finding in findings:
        same = (finding.kind, finding.place, finding.about)
        seen[same] += 1
        keys["\x1f".join((*same, str(seen[same])))] = finding
    return keys


@once
def finding_rows(session: Session, today: dt.date) -> tuple[dict[str, Finding], list[ListRow]]:
    """The findings by key, and a row of each under the heading of its group."""
    mender, found = FixFinder(session), keyed_findings(all_findings(session, today))
    groups: dict[str, list[ListRow]] = {section: [] for section in ABOUT_GROUP}
    for known, finding in found.items():
        mends = mender.of(finding) or fix_line_start(session, finding)
        # What to do about it is said below, of the one under the cursor.
        cells = (LEVEL_MARKS[finding.level], f"{finding.parts[0]}.", "." if mends else "")
        group = "waiting" if finding.kind == "unconfirmed" else finding.level
        groups[group].append(ListRow(known, cells))
    rows: list[ListRow] = []
    for section, listed in groups.items():
        if listed:
            heading = f"{len(listed):,} {ABOUT_GROUP[section]}"
            rows += [ListRow(section, (heading,), True), *listed]
    return found, rows


class FindingDetail(FactsPanel):
    """A finding in full, what its keys would do, and the activity, if there is room."""

    _about = NO_ACTIVITY

    def say(self, text: str, keys: str, about: ActivityId) -> None:
        """Show a finding, what its keys do, and where it is."""
        self._about = about
        self.look_at(f"{text}\n{'' if app_state(self).showing else keys}")
        self.refresh()

    def words(self, key: str) -> Content:
        """The two lines, and the card of the activity."""
        said, (width, height) = super().words(key), self.size
        activity = self.session.activity_by_id.get(self._about)
        if activity is None or height < TALL:
            return said
        card = activity_card(self.session, activity, width, height, findings=False)
        return Content("\n\n").join([said, card])


# What a list of findings on a whole screen shares: the words below it, and the way to each.

IN_THE_FILE = "That is put right in the session file, under [board], [[documents]] or [[remarks]]."


class FindingScreen(SessionScreen):
    """A list that says what its keys do (``keys_told``), and what is under its cursor in full."""

    LIST: ClassVar[type[Any]]
    LISTED: ClassVar[str]
    HORIZONTAL_BREAKPOINTS = BESIDE

    def body(self) -> ComposeResult:
        """The list and the words."""
        session = SessionScreen.session
        with Container(classes="with-words"):
            yield framed(self.LIST(self.fresh), self.LISTED).data_bind(session)
            yield framed(FindingDetail(), "In full").data_bind(session)

    @property
    def _list(self) -> Any:
        return self.query_one(self.LIST)

    def way_to(self, finding: Finding) -> Go | None:
        """The screen on which a finding is settled, and where on it; None where there is none."""
        return finding_place(self.session, finding)

    def standing_on(self) -> ActivityId:
        """The activity that the one under the cursor is about."""
        place = found.place if (found := self._list.record) else ""
        return ActivityId(place) if place in self.session.activity_by_id else NO_ACTIVITY

    def watch_session(self) -> None:
        """What was found may be gone, or the cursor may stand on another."""
        self.call_after_refresh(self._say)

    def moved(self, records: RecordList) -> None:
        """The words follow the cursor."""
        self._say()

    def _say(self) -> None:
        text = found.text if (found := self._list.record) else ""
        self.query_one(FindingDetail).say(text, self._list.keys_told, self.standing_on())
        self.refresh_bindings()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go to the place."""
        event.stop()
        if not (found := self._list.record):
            return
        if to := self.way_to(found):
            self.go(to)
        else:
            self.post_message(Say(IN_THE_FILE))

    def go(self, to: Go) -> None:
        """Open the screen."""
        self.post_message(to)


class ChecksScreen(FindingScreen):
    """The findings, and the one under the cursor in full."""

    TITLE = "2 Checks"
    PART = "record"
    BINDINGS: ClassVar[list[BindingType]] = keys("checks", key("escape,c", "back", "Back", back))
    LIST, LISTED = FindingList, "Findings"

    def on_mount(self) -> None:
        """Stand on what was found at the activity that one came from."""
        self._list.focus()
        self._list.stand_at(self.place)
        self._say()

    def go(self, to: Go) -> None:
        """Back to part 2 where one came from there, else to another screen."""
        below = self.app.screen_stack[-2].query(ActivityTable)
        if to.screen == "record" and below:
            table = below.first()
            stand = table.go_to if to.place in self.session.activity_by_id else table.stand_on
            stand(to.place)
            self.post_message(Back())
        else:
            super().go(to)


POINTING = {
    "people": ("setup", "People"),
    "meetings": ("setup", "Meetings"),
    "board": ("governance", ""),
    "documents": ("words", ""),
    "requirements": ("requirements", ""),
}
"""Where records that point at what is gone are put right, if not at a place of their own."""

PLACES_OF = {
    "unused role": ("setup", "Roles"),
    "same name": ("setup", "Roles"),
    "nobody holds": ("setup", "People"),
    MEETING_KIND: ("setup", "Meetings"),
    REVIEW: ("setup", "Workshop/review_on"),
    BOARD_REVIEW: ("governance", ""),
    REQUIREMENTS_KIND: ("requirements", ""),
    TIMES_KIND: ("times", None),
    "two said": ("clashes", ""),
}
"""Where a finding of that kind is put right: the screen, and what on it; None for its own place."""


def finding_place(session: Session, finding: Finding) -> Go | None:
    """The screen on which a finding is put right, and where on it; None where there is none."""
    place = finding.place
    if there := PLACES_OF.get(finding.kind):
        screen, on = there
        return Go(screen, place if on is None else on)
    if finding.kind == "lost pointer" and (to := POINTING.get(finding.about.partition(".")[0])):
        return Go(*to)
    if finding.kind == "no template":
        place = next(
            (activity.id for activity in session.in_order if place in activity.documents), ""
        )
    if place in session.activity_by_id:
        return Go("record", place)
    if place in session.stage_by_id:
        return Go("record", STAGE_KEY + place)
    if place in {action.id for action in session.actions} | {photo.id for photo in session.photos}:
        return Go("plan", place)
    known = {issue.id for issue in session.issues} | {topic.id for topic in session.topics}
    return Go("topic", place) if place in known else None
