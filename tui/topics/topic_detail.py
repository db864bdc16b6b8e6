"""Topics in words: the title, the questions to ask, what was said, and what came out."""

from collections.abc import Iterator, Mapping

from textual.content import Content

from offwall.model.records import Session
from offwall.model.records.session import Topic
from offwall.model.records.text import plain, plain_lines
from offwall.model.setup.workshop import thing_of
from offwall.model.store.presets.catalogues import TopicKind
from offwall.model.topics.topic_signs import topic_signs

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


def topic_detail(session: Session, kinds: TopicKinds, topic: Topic) -> Content:
    """A topic that is open: what came out, what was said, and what to ask next."""
    lines = [
        _line("", topic_title(session, kinds, topic), "bold"),
        _line("Outcome  ", topic.outcome or "none yet: o writes it", _faint(topic.outcome)),
        _line("Notes    ", topic.notes or "none yet: e writes them", _faint(topic.notes)),
        *_signs(session, topic.kind, "Now      "),
        *_prompts(kinds.get(topic.kind)),
    ]
    return Content("\n").join(lines)


def topic_kind_detail(session: Session, kind: TopicKind) -> Content:
    """A topic of the catalogue: when it is worth the hour, what comes out, what speaks for it."""
    lines = [
        _line("", kind.title, "bold"),
        _line("Worth it when   ", kind.when),
        _line("What comes out  ", kind.outcome),
        *_signs(session, kind.kind, "This session    "),
        *_prompts(kind),
    ]
    return Content("\n").join(lines)


def topic_prompts(kind: TopicKind | None) -> str:
    """The questions to put to the group, a line each."""
    return "\n".join(f"· {prompt}" for prompt in (kind.prompts if kind else ()))


def _prompts(kind: TopicKind | None) -> Iterator[Content]:
    for prompt in kind.prompts if kind else ():
        yield _line("· ", prompt)


def _signs(session: Session, kind: str, label: str) -> Iterator[Content]:
    """What the session itself says to a topic."""
    if found := "; ".join(topic_signs(session, kind)):
        yield _line(label, found, "$text-accent")


def _line(label: str, text: str, style: str = "") -> Content:
    shown = plain_lines(text).replace("\n", "\n" + " " * len(label))
    return Content.assemble((label, "$text-muted"), (shown, style))


def _faint(said: str) -> str:
    return "" if said else "$text-muted"


def topic_gist(topic: Topic) -> str:
    """What an open topic says, in one line."""
    return plain(topic.outcome or topic.notes)
