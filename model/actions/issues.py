"""Issues: what should improve, and what was parked for later."""

from dataclasses import replace

from offwall.model.records import (
    EditError,
    Issue,
    IssueCode,
    IssueStatus,
    Session,
    by_key,
    derive,
    line_of,
    updated,
    without,
)
from offwall.model.records.edit import added


def add_issue(
    session: Session,
    text: str,
    *,
    seed: str,
    code: str = "",
    activity: str = "",
    near: str = "",
    raised_by: str = "",
    parked: bool = False,
) -> Session:
    """Note an issue. Raises `EditError` without words, or with a code that is none of D G T R."""
    issue = Issue(
        derive(seed, "i"),
        line_of(text, "Say in a few words what the issue is."),
        code=code_of(code),
        activity=activity,
        near=line_of(near),
        raised_by=line_of(raised_by),
        parked=parked,
    )
    return added(session, "issues", issue)


def park(
    session: Session, text: str, *, seed: str, raised_by: str = "", activity: str = ""
) -> Session:
    """Park a thought, so that the group can go on. Raises `EditError` without words."""
    return add_issue(session, text, seed=seed, raised_by=raised_by, activity=activity, parked=True)


def change_issue(
    session: Session, issue: str, *, text: str, code: str, near: str, raised_by: str
) -> Session:
    """Change what an issue says. Raises `EditError` as `add_issue` does."""
    return updated(
        session,
        "issues",
        by_key(session, "issues", issue),
        text=line_of(text, "Say in a few words what the issue is."),
        code=code_of(code),
        near=line_of(near),
        raised_by=line_of(raised_by),
    )


def set_parked(session: Session, issue: str, parked: bool) -> Session:
    """Park an issue, or take it up again."""
    return updated(session, "issues", by_key(session, "issues", issue), parked=parked)


def next_issue_status(session: Session, issue: str) -> Session:
    """An issue's next status: open, explored, closed, and open again."""
    found: Issue = by_key(session, "issues", issue)
    order = list(IssueStatus)
    following = order[(order.index(found.status) + 1) % len(order)]
    return updated(session, "issues", found, status=following)


def remove_issue(session: Session, issue: str) -> Session:
    """Take an issue away; actions and topics that came of it stay and forget it."""
    gone = by_key(session, "issues", issue)
    return replace(
        without(session, "issues", gone),
        actions=tuple(
            replace(action, issue="") if action.issue == issue else action
            for action in session.actions
        ),
        topics=tuple(
            replace(topic, issue="") if topic.issue == issue else topic for topic in session.topics
        ),
    )


def code_of(letter: str) -> IssueCode | None:
    """The code of a letter; none for none. Raises `EditError` for any other letter."""
    wanted = letter.strip().upper()
    if not wanted:
        return None
    try:
        return IssueCode(wanted)
    except ValueError:
        raise EditError(
            f"{letter.strip()} is no issue code. D is a gap in documentation, G in governance, "
            "T a time risk, R a risk in the process; it may stay empty."
        ) from None
