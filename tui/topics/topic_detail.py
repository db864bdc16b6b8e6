"""Topics in words: title, questions to ask, what came out; and their issues and actions in full."""

from collections.abc import Callable, Iterator, Mapping

from textual.content import Content

from offwall.model.actions.ranking import why_ranked
from offwall.model.process import owner_labels, place_label, role_labels
from offwall.model.process.post_it import MEANINGS
from offwall.model.records import Action, ActionKind, ActionStatus, Issue, Session, say_date
from offwall.model.records.session import Topic
from offwall.model.records.text import counted, plain, plain_lines
from offwall.model.records.uses import no_id
from offwall.model.setup.workshop import thing_of
from offwall.model.store.presets.catalogues import TopicKind
from offwall.model.topics.topic_signs import topic_signs
from offwall.tui.kit.frame import facts

KIND_KEY = "kind:"
"""What the key of a row of the catalogue begins with."""

TOPIC_HINT = "Space chooses a topic. Its notes, outcome and minutes go into the workbook."
TopicKinds = Mapping[str, TopicKind]


def named_kinds(session: Session, kinds: TopicKinds) -> TopicKinds:
    """The catalogue in the words of what the session's process handles."""
    thing = thing_of(session)
    return {key: kind.named(thing) for key, kind in kinds.items()}


def topic_title(session: Session, kinds: TopicKinds, topic: Topic) -> str:
    """A topic's own title, the issue that it explores, or the catalogue's title."""
    if topic.title:
        return topic.title
    issue = next((issue for issue in session.issues if issue.id == topic.issue), None)
    if issue:
        return f"Issue: {issue.text}"
    kind = kinds.get(topic.kind)
    return thing_of(session).named(kind.title) if kind else topic.kind


def topic_prompts(kind: TopicKind | None) -> str:
    """The questions to put to the group, a line each."""
    return "\n".join(f"· {prompt}" for prompt in (kind.prompts if kind else ()))


def topic_detail(kinds: TopicKinds, session: Session) -> Callable[[str], Content]:
    """A topic that is chosen: what came out, what was said, what to ask next; or the catalogue's
    entry: when it is worth the hour, what comes out, what speaks for it.
    """
    kinds = named_kinds(session, kinds)

    def words(known: str) -> Content:
        topic = next((one for one in session.topics if one.id == known), None)
        name = topic.kind if topic else known.removeprefix(KIND_KEY)
        kind = kinds.get(name)
        if topic:
            outcome = topic.outcome or "none yet: o writes it"
            notes = topic.notes or "none yet: e writes them"
            lines = [
                _line("", topic_title(session, kinds, topic), "bold"),
                _line("Outcome  ", outcome, "" if topic.outcome else "$text-muted"),
                _line("Notes    ", notes, "" if topic.notes else "$text-muted"),
            ]
        elif kind:
            lines = [
                _line("", kind.title, "bold"),
                _line("Worth it when   ", kind.when),
                _line("What comes out  ", kind.outcome),
            ]
        else:
            return Content(TOPIC_HINT)
        if found := "; ".join(topic_signs(session, name)):
            lines.append(_line("Now      " if topic else "This session    ", found, "$text-accent"))
        lines += [_line("· ", prompt) for prompt in (kind.prompts if kind else ())]
        return Content("\n").join(lines)

    return words


def _line(label: str, text: str, style: str = "") -> Content:
    shown = plain_lines(text).replace("\n", "\n" + " " * len(label))
    return Content.assemble((label, "$text-muted"), (shown, style))


# What is said of an issue or an action under the cursor, also what its columns have no room for.


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
    yield from (f"issue: {one.text}" for one in session.issues if one.id == action.issue)


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
    yield from (f"action: {one.text}" for one in session.actions if one.issue == issue.id)
