"""What records are called where people read them, and what hangs on what."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from offwall.model.process.graph import Edge, EdgeKind, edges
from offwall.model.process.raci import raci_columns
from offwall.model.records import END, Action, Activity, Issue, Session
from offwall.model.records.fields import ActivityId, IssueId, is_id
from offwall.model.records.text import free_name, on_one_line
from offwall.model.records.uses import called_gone, role_name

LIST_SEPARATOR = "; "
"""Between the items of a list in one cell."""

RACI_FIXED = (
    *("Ref", "Stage", "Activity", "Lead (responsible)", "Check", "Confirmed", "Your comment", "ID"),
)
"""The headers of the RACI that are not roles."""


def role_labels(session: Session) -> dict[str, str]:
    """A label of its own for each role, by code, in order.

    Codes that are used but not set up come last, so that no R is lost. A role named like another,
    or like a fixed header of the RACI, gets its code added: ``Finance (fin2)``.
    """
    pairs = [(code, role_name(session, code)) for code in raci_columns(session)]
    labels = distinct(pairs, RACI_FIXED)
    return {code: label for (code, _), label in zip(pairs, labels, strict=True)}


def owner_labels(session: Session, labels: Mapping[str, str]) -> dict[str, str]:
    """What an owner is called: a role by code, a person by id. Other words stand as they are.

    An id that is nobody's any more is `GONE`, as no id is anybody's name.
    """
    people: dict[str, str] = {person.id: person.name for person in session.people}
    return {**called_gone(session), **people, **labels}


def join_labels(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """Several roles or people in one cell."""
    return LIST_SEPARATOR.join(names.get(code, code) for code in codes)


def place_label(session: Session, activity: str, near: str = "") -> str:
    """Where something belongs: an activity's ref, else the words for where."""
    return session.ref_by_id.get(activity, "" if is_id(activity) else activity) or near


def stage_name(session: Session, activity: Activity) -> str:
    """The name of an activity's stage."""
    stage = session.stage_by_id.get(activity.stage)
    return (stage.name if stage else "") or activity.stage


def header_text(text: str) -> str:
    """A text on one line without control characters, as a header can bear it."""
    shown = "".join(" " if _hidden(mark) else mark for mark in text)
    return on_one_line(shown)[:LONGEST_HEADER]


def _hidden(mark: str) -> bool:
    """Controls, line breaks, halves of a pair, and the code points that are no characters."""
    return unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp") or ord(mark) & 0xFFFE == 0xFFFE


LONGEST_HEADER = 200
"""Characters of a header at most; a spreadsheet's table takes 255."""


def distinct(names: Sequence[tuple[str, str]], fixed: Iterable[str] = ()) -> list[str]:
    """A header for each (code, name) that no other bears, whatever its capitals.

    A name that two bear, or that is one of the ``fixed`` headers, gets its code added; what still
    clashes gets a number.
    """
    wanted = [header_text(name) or header_text(code) or "?" for code, name in names]
    taken = {text.casefold() for text in fixed}
    count = Counter(text.casefold() for text in wanted)
    found = []
    for (code, _), text in zip(names, wanted, strict=True):
        clash = text.casefold() in taken or count[text.casefold()] > 1
        told = f" ({header_text(code)})" if clash and not is_id(code) else ""
        full = free_name(f"{text}{told}", taken, " ", str.casefold)
        taken.add(full.casefold())
        found.append(full)
    return found


# Where each activity leads, in the words that people read.

BACK = "back"
"""Where a stage on demand leads when it is done: to whoever asked for it."""

REMOVED = "a removed activity"
"""The words for a target that is gone, with all that it said: an id is nobody's word."""


def target_label(refs: Mapping[str, str], edge: Edge) -> str:
    """Where one way leads: a ref, ``end``, ``back``, or words marked as not yet matched."""
    if edge.kind is EdgeKind.LEAVE:
        return BACK
    if edge.kind is EdgeKind.MISSING:
        return REMOVED
    if edge.kind is EdgeKind.OPEN:
        return f"{edge.words} ({edge.kind})"
    return edge.to if edge.to == END else refs[edge.to]


def routes(session: Session, activity: Activity) -> tuple[tuple[str, str], ...]:
    """The answers to an activity's decision and where each leads; none without routes."""
    ways = edges(session, activity) if activity.routes else ()
    return tuple((edge.label, target_label(session.ref_by_id, edge)) for edge in ways)


def routes_text(session: Session, activity: Activity) -> str:
    """The routes in one cell: ``Gold or silver > S1.04; Bronze > S2.01``."""
    return LIST_SEPARATOR.join(
        f"{answer} > {to}".strip() for answer, to in routes(session, activity)
    )


def next_label(session: Session, activity: Activity) -> str:
    """Where an activity without routes leads; empty where it has routes, which say it."""
    if activity.routes:
        return ""
    (edge,) = edges(session, activity)
    return target_label(session.ref_by_id, edge)


# Which issues and actions hang on which activity, looked up once a table.


class LinkedRecords:
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

    def issues(self, activity: ActivityId) -> tuple[Issue, ...]:
        """The issues of an activity, in the order of the file."""
        return tuple(self._issues.get(activity, ())) if activity else ()

    def actions(self, known: str) -> tuple[Action, ...]:
        """The actions of an activity or an issue: its own, and those of an activity's issues."""
        return tuple(self._actions.get(known, ())) if known else ()

    def issue_text(self, issue_id: IssueId) -> str:
        """The words of the issue of that id; the id where there is none."""
        issue = self.issue_by_id.get(issue_id)
        return issue.text if issue else issue_id

    def activity_of(self, action: Action) -> str:
        """The activity that an action is about: its own, else its issue's."""
        issue = self.issue_by_id.get(action.issue)
        return action.activity or (issue.activity if issue else "")
