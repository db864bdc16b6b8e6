"""Issues and what was parked: a line each, keys that edit, explore and close one; and in full."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from offwall.model.actions.issues import (
    EXPLORING,
    ISSUES,
    LEAVE,
    OPTION_HINT,
    say_option,
    set_issue_status,
    set_parked,
)
from offwall.model.actions.ranking import why_ranked
from offwall.model.process import owner_labels, place_label, role_labels
from offwall.model.process.activities import put_at
from offwall.model.process.post_it import MEANINGS
from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    Issue,
    IssueStatus,
    Session,
    derive,
    say_date,
)
from offwall.model.records.changes import following
from offwall.model.records.fields import IssueId
from offwall.model.records.session import Option
from offwall.model.records.text import counted, plain
from offwall.model.records.uses import no_id
from offwall.model.topics.topics import close_issue, topic_of
from offwall.tui.actions.action_commands import changed
from offwall.tui.kit import Answers, Context, Field, ListCell
from offwall.tui.kit.frame import facts
from offwall.tui.kit.keys import (
    Here,
    Need,
    Outcome,
    Question,
    Write,
    foot,
    foot_each,
    key,
    key_each,
    keys,
)
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import WIDE_LIST, FittedColumn
from offwall.tui.kit.setup_list import fields_of

OPTION = "option"
"""What the field of each option is called, before its number."""

CLOSES_HINT = "An outcome closes the issue. Nothing written opens it again."
ISSUE_COLUMNS = (
    FittedColumn("code", "", 1),
    FittedColumn("kind", "Kind", 13, least=WIDE_LIST),
    FittedColumn("parked", "", 1),
    FittedColumn("text", "Issue"),
    FittedColumn("where", "Where", 10, 24),
    FittedColumn("raised_by", "Raised by", 12, 20, least=70),
    FittedColumn("status", "Status", 8),
)
NO_ISSUES = "No issue yet. Press n to note one, or p to park a thought."
_STATUS_LOOKS = {
    IssueStatus.OPEN: "open",
    IssueStatus.EXPLORED: "good",
    IssueStatus.CLOSED: "muted",
}


@dataclass
class IssueActionWanted(Message):
    """An action is wanted that comes from an issue, by its id."""

    issue: IssueId


class TopicWanted(IssueActionWanted):
    """The issue is wanted as the topic of the hour."""


def close(at: Here, issue: Issue) -> Outcome:
    """Close it with an outcome."""
    topic, seed = topic_of(at.session, "issue", issue.id), at.fresh.seed()
    title = f"What came out: {issue.text}"

    def answered(text: str) -> Outcome:
        return Outcome(title, lambda s: close_issue(s, issue.id, text, seed=seed))

    return Outcome(ask=Write(title, topic.outcome if topic else "", answered, CLOSES_HINT))


def explore(at: Here, issue: Issue) -> Outcome:
    """Causes, options, the preferred one, who decides."""
    first, *last = fields_of(EXPLORING, at.session, issue)
    offered = [say_option(option) for option in issue.options or (Option(LEAVE),)]
    rows = [
        Field(f"{OPTION}{number}", f"Option {number}", said, OPTION_HINT, says=str)
        for number, said in enumerate((*offered, ""), 1)
    ]
    chosen = replace(last[1], choices=[option.text for option in issue.options])

    def answered(answers: Answers) -> Outcome:
        told = {**answers, "options": "\n".join(answers[row.name] for row in rows)}
        return Outcome(f"Explored: {issue.text}", lambda now: EXPLORING.change(now, issue.id, told))

    return Outcome(ask=Question(issue.text, [first, *rows, chosen, last[2]], answered))


def new(at: Here, _: Issue | None, before: bool) -> Outcome:
    """Ask for an issue."""
    seed, beside = at.fresh.seed(), at.key
    made = derive(seed, "i")

    def change(session: Session, answers: Answers) -> Session:
        session = ISSUES.add(session, answers, seed=seed, beside=beside, before=before)
        return put_at(session, made, answers["near"])

    def answered(answers: Answers) -> Outcome:
        return Outcome(f"New issue: {answers['text']}", lambda now: change(now, answers), go=made)

    return Outcome(ask=Question("An issue", fields_of(ISSUES, at.session), answered))


def edit(at: Here, issue: Issue) -> Outcome:
    """Change what it says."""
    where = place_label(at.session, issue.activity, issue.near)

    def change(session: Session, answers: Answers) -> Session:
        told = {name: words for name, words in answers.items() if name != "near"}
        session, near = ISSUES.change(session, issue.id, told), answers["near"]
        return put_at(session, issue.id, near) if near != where else session

    def answered(answers: Answers) -> Outcome:
        return Outcome(f"Edit issue: {answers['text']}", lambda now: change(now, answers))

    fields = [
        replace(field, value=where) if field.name == "near" else field
        for field in fields_of(ISSUES, at.session, issue)
    ]
    return Outcome(ask=Question("An issue", fields, answered))


def act(_: Here, issue: Issue) -> Outcome:
    """Make an action from this issue."""
    return Outcome(post=IssueActionWanted(issue.id))


def topic(_: Here, issue: Issue) -> Outcome:
    """The topic that explores it."""
    return Outcome(post=TopicWanted(issue.id))


def status(at: Here, issue: Issue) -> Outcome:
    """Open, explored, closed."""
    now = following(tuple(IssueStatus), issue.status)
    return changed(issue, now.capitalize(), set_issue_status, now)


def parking(_: Here, issue: Issue) -> Outcome:
    """Park it, or do not park it any longer."""
    return changed(
        issue, "No longer parked" if issue.parked else "Parked", set_parked, not issue.parked
    )


def remove(_: Here, issue: Issue) -> Outcome:
    """Take it away."""
    return changed(issue, "Removed", ISSUES.remove, asks="Remove")


def shift(_: Here, issue: Issue, by: int) -> Outcome:
    """Move it down or up."""
    return changed(issue, "Moved", ISSUES.move, by)


ISSUE = Need(lambda at: at.record, "There is no issue yet: n notes one.")
SOME = Need(lambda at: at.record or at.several, ISSUE.says)
BEFORE = "Note an issue before this one"


class IssueTable(RecordList):
    """All issues in the order of the file, those parked among them."""

    NOUN = ("issue", "issues")
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "issue",
        foot("enter", "notes", "Explore", explore, needs=ISSUE),
        foot("o", "outcome", "Close", close, needs=ISSUE),
        foot("n", "new", "New", partial(new, before=False), "Note an issue after this one"),
        key("N", "new-before", "New before", partial(new, before=True), BEFORE),
        foot("e", "edit", "Edit", edit, needs=ISSUE),
        foot("asterisk", "act", "Action", act, needs=ISSUE),
        key("M", "topic", "Topic", topic, needs=ISSUE),
        foot_each("s", "status", "Status", status, needs=SOME),
        key("space", "next-status", "Status", status, needs=ISSUE),
        key_each("circumflex_accent", "park", "Parked", parking, needs=SOME),
        key_each("x", "remove", "Remove", remove, needs=SOME),
        key("J", "down", "Move down", partial(shift, by=1), "", ISSUE),
        key("K", "up", "Move up", partial(shift, by=-1), "", ISSUE),
    )

    def __init__(self, fresh: Context) -> None:
        super().__init__(ISSUE_COLUMNS, empty=NO_ISSUES, id="issues")
        self.fresh = fresh

    def rebuild(self) -> None:
        """Make the rows again."""
        self.put([self.row(issue.id, _cells(self.session, issue)) for issue in self.session.issues])

    def record_of(self, key: str) -> Issue | None:
        """The issue of a key."""
        return next((issue for issue in self.session.issues if issue.id == key), None)


def _cells(session: Session, issue: Issue) -> dict[str, ListCell]:
    over = issue.status is IssueStatus.CLOSED
    return {
        "code": (issue.code or "", "issue"),
        "kind": (issue.code.name.lower() if issue.code else "", "muted"),
        "parked": ("^", "open") if issue.parked else "",
        "text": (issue.text, "muted") if over else issue.text,
        "where": (place_label(session, issue.activity, issue.near), "muted"),
        "raised_by": no_id(issue.raised_by),
        "status": (issue.status, _STATUS_LOOKS[issue.status]),
    }


def record_detail(session: Session) -> Callable[[str], Content]:
    """The issue or the action of an id in full, and what there is to say about it."""

    def words(known: str) -> Content:
        for action in session.actions:
            if action.id == known:
                improvement = action.kind is ActionKind.IMPROVEMENT
                reason = why_ranked(session, action) if improvement else ""
                return _said_of(action.text, _action_facts(session, action), reason)
        for issue in session.issues:
            if issue.id == known:
                return _said_of(issue.text, _issue_facts(session, issue))
        return Content("")

    return words


def _said_of(text: str, said: Iterator[str], reason: str = "") -> Content:
    more = facts(reason, said).lstrip("\n")
    return Content.assemble((plain(text), "bold"), "\n" if more else "", more)


def _action_facts(session: Session, action: Action) -> Iterator[str]:
    called = owner_labels(session, role_labels(session))
    for label, who in zip(("owner: ", "with "), action.who, strict=True):
        if who:
            yield label + called.get(who, who)
    if action.status is not ActionStatus.OPEN:
        yield action.status
    if action.due:
        yield f"by {say_date(action.due)}"
    if action.done_on:
        yield f"done {say_date(action.done_on)}"
    if action.needs:
        yield f"needs {', '.join(action.needs)}"
    if where := place_label(session, action.activity, action.near):
        yield f"at {where}"
    yield from (f"issue: {issue.text}" for issue in session.issues if issue.id == action.issue)


def _issue_facts(session: Session, issue: Issue) -> Iterator[str]:
    if issue.code:
        yield MEANINGS[issue.code]
    if issue.parked:
        yield "parked"
    if activity := session.activity_by_id.get(issue.activity):
        yield f"{session.ref_by_id[activity.id]} {activity.text}"
    elif where := place_label(session, issue.activity, issue.near):
        yield f"near {where}"
    if issue.raised_by:
        yield f"raised by {no_id(issue.raised_by)}"
    if issue.source:
        yield f"from {issue.source}"
    if issue.causes:
        yield f"caused by: {issue.causes}"
    if issue.options:
        yield counted(len(issue.options), "option")
    if issue.preferred:
        yield f"preferred: {issue.preferred}"
    if issue.decides:
        called = owner_labels(session, role_labels(session))
        yield f"{called.get(issue.decides, issue.decides)} decides"
    yield from (f"action: {action.text}" for action in session.actions if action.issue == issue.id)
