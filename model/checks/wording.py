"""Words that the group agreed not to say."""

from collections.abc import Iterable, Iterator
from typing import Any

from model.agreed import Agreed, avoided_by, folded, said_by
from model.checks.finding import Finding, notice, quoted, ref
from model.edits.every_text import ROUTE, TEXTS
from model.session import Activity, Session

Text = tuple[str, str, str]
"""A record's id, what a finding calls it, and its text."""


def wording(session: Session) -> Iterator[Finding]:
    """Where a word to avoid is still used, once for each word and record."""
    yield from _avoided(session, _texts(session))


def wording_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """Which words to avoid one activity still says."""
    yield from _avoided(session, [_text_of(session, activity)])


def words_to_avoid(session: Session) -> dict[str, str]:
    """What to say for each word not to say, which is folded; empty where nothing was agreed."""
    avoid: dict[str, str] = {}
    for entry in session.words:
        for word in avoided_by(entry):
            avoid.setdefault(folded(word), said_by(entry))
    return avoid


def _avoided(session: Session, texts: Iterable[Text]) -> Iterator[Finding]:
    avoid = words_to_avoid(session)
    if not avoid:
        return
    agreed = Agreed(session.words)
    for place, name, text in texts:
        for word in dict.fromkeys(agreed.found(text)):
            say = f"; say {quoted(avoid[word])}" if avoid[word] else "; choose another word"
            yield notice("word to avoid", place, f"{name} says {quoted(word)}{say}.", word)


def _texts(session: Session) -> Iterator[Text]:
    for activity in session.in_order:
        yield _text_of(session, activity)
    for stage in session.stages:
        yield stage.id, stage.id, _said(stage, "stages")
    for issue in session.issues:
        yield issue.id, f"Issue {quoted(issue.text)}", _said(issue, "issues")
    for topic in session.topics:
        yield topic.id, f"Topic {quoted(topic.title or topic.kind)}", _said(topic, "topics")
    for action in session.actions:
        yield action.id, f"Action {quoted(action.text)}", _said(action, "actions")


def _text_of(session: Session, activity: Activity) -> Text:
    answers = [getattr(route, name) for route in activity.routes for name in ROUTE]
    texts = (_said(activity, "activities"), *activity.documents, *answers)
    return activity.id, ref(session, activity), BETWEEN.join(texts)


BETWEEN = "\n"
"""What parts two texts: no phrase goes on over the end of a line."""


def _said(record: Any, collection: str) -> str:
    """All that a record says in people's own words."""
    return BETWEEN.join(getattr(record, name) for name in TEXTS[collection])
