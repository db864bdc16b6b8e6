"""What a topic is called where people read of it: never by the word that only the file uses."""

from collections.abc import Mapping
from functools import cache

from model.presets import topic_kinds
from model.session import Session, Topic


def topic_name(session: Session, topic: Topic) -> str:
    """Its own title, else the issue that it explores, else the catalogue's title, else its kind."""
    issue = next((one.text for one in session.issues if one.id == topic.issue), "")
    return topic.title or issue or _shipped().get(topic.kind, topic.kind)


@cache
def _shipped() -> Mapping[str, str]:
    return {kind.kind: kind.title for kind in topic_kinds()}
