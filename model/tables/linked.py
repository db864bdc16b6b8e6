"""Which issues and actions hang on which activity, looked up once a table."""

from collections import defaultdict

from model.session import Action, Issue, Session


class Linked:
    """The issues of each activity, and the actions of each activity and of each issue."""

    def __init__(self, session: Session) -> None:
        self._issues: dict[str, list[Issue]] = defaultdict(list)
        self._actions: dict[str, list[Action]] = defaultdict(list)
        self.issue_by_id = {issue.id: issue for issue in session.issues}
        for issue in session.issues:
            self._issues[issue.activity].append(issue)
        for action in session.actions:
            for known in {action.issue, self.activity_of(action)}:
                self._actions[known].append(action)

    def issues(self, activity: str) -> tuple[Issue, ...]:
        """The issues of an activity, in the order of the file."""
        return tuple(self._issues.get(activity, ())) if activity else ()

    def actions(self, known: str) -> tuple[Action, ...]:
        """The actions of an activity or an issue: its own, and those of an activity's issues."""
        return tuple(self._actions.get(known, ())) if known else ()

    def activity_of(self, action: Action) -> str:
        """The activity that an action is about: its own, else its issue's."""
        issue = self.issue_by_id.get(action.issue)
        return action.activity or (issue.activity if issue else "")
