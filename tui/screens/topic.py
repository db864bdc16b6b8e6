"""Part 1: consider a specialist topic, its issues, and the actions that come of it, ranked."""

from textual.app import ComposeResult
from textual.containers import Vertical

from model.presets import topic_kinds
from model.session import Session
from tui.fresh import Fresh
from tui.screens.session_screen import SessionScreen
from tui.widgets.action_line import ActionLine, ActionPlace
from tui.widgets.action_table import ActionTable
from tui.widgets.issue_table import IssueTable
from tui.widgets.record_list import RecordList
from tui.widgets.record_words import RecordWords
from tui.widgets.sections import Sections
from tui.widgets.topic_card import TopicCard
from tui.widgets.topic_list import TopicList

TOPIC, ISSUES, ACTIONS = "Topic", "Issues", "Actions"


class TopicScreen(SessionScreen):
    """The topics, the issues and the actions, a section each, and the line of an action."""

    TITLE = "1 Consider a specialist topic"
    PART = "topic"
    CSS_PATH = "topic.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def __init__(self, session: Session, fresh: Fresh, place: str = "") -> None:
        super().__init__(session, fresh, place)
        self._kinds = {kind.kind: kind for kind in topic_kinds(fresh.presets)}

    def body(self) -> ComposeResult:
        """The sections, and the line under them while it is used."""
        session = SessionScreen.session
        with Sections(TOPIC, ISSUES, ACTIONS):
            with Vertical(id="topic-topics"):
                yield TopicList(self.fresh, self._kinds).data_bind(session)
                yield TopicCard(self._kinds).data_bind(session)
            with Vertical(id="topic-issues"):
                yield IssueTable(self.fresh).data_bind(session)
                yield RecordWords().data_bind(session)
            with Vertical(id="topic-actions"):
                yield ActionTable(self.fresh).data_bind(session)
                yield RecordWords().data_bind(session)
        yield ActionLine(self.fresh).data_bind(session)

    @property
    def _sections(self) -> Sections:
        return self.query_one(Sections)

    @property
    def topic(self) -> str:
        """The topic under the cursor, while the topics are shown."""
        found = self.query_one(TopicList).topic
        return found.id if found and self._sections.current == TOPIC else ""

    def on_mount(self) -> None:
        """Stand on the record that was asked for, or on the topics."""
        self._sections.show(self._section_of(self.place))
        if self.place:
            for table in (TopicList, IssueTable, ActionTable):
                self.query_one(table).go_to(self.place)

    def _section_of(self, place: str) -> str:
        if any(issue.id == place for issue in self.session.issues):
            return ISSUES
        if any(action.id == place for action in self.session.actions):
            return ACTIONS
        return TOPIC

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """What is said in full follows the cursor of the list above it."""
        event.stop()
        for shown in event.sender.siblings:
            if isinstance(shown, TopicCard | RecordWords):
                shown.look_at(event.key)

    def on_issue_table_topic_wanted(self, event: IssueTable.TopicWanted) -> None:
        """Take the issue up as a topic."""
        event.stop()
        self._sections.show(TOPIC)
        self.query_one(TopicList).explore(event.issue)

    def on_issue_table_action_wanted(self, event: IssueTable.ActionWanted) -> None:
        """Take the line up for an action from the issue."""
        event.stop()
        self.query_one(ActionLine).open(ActionPlace("new", issue=event.issue))

    def on_action_table_line_wanted(self, event: ActionTable.LineWanted) -> None:
        """Take the line up where the cursor stands."""
        event.stop()
        self.query_one(ActionLine).open(event.place)

    def on_action_line_kept(self, event: ActionLine.Kept) -> None:
        """Stand on what was kept."""
        event.stop()
        self.query_one(ActionTable).go_to(event.action)

    def on_action_line_closed(self) -> None:
        """Back to the list."""
        self._sections.focus_section()
