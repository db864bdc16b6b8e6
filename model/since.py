"""What changed since the session before, record by record, for the walk of a second session."""

from model.differing import Section, about, sentences
from model.second_session import second_session
from model.session import Session


class Since:
    """What changed since last time, asked record by record."""

    def __init__(self, earlier: Session) -> None:
        # As the second session began: that all is to be confirmed again is nobody's change.
        self._begun = second_session(earlier, seed="")
        self._known: tuple[Session, tuple[Section, ...]] | None = None

    def of(self, session: Session, collection: str, key: str) -> str:
        """What changed of one record; empty where nothing did."""
        return about(self._begun, session, key, collection)

    def all(self, session: Session) -> tuple[Section, ...]:
        """All that changed, found once for each session."""
        if self._known is None or self._known[0] is not session:
            self._known = (session, sentences(self._begun, session))
        return self._known[1]
