"""Who does an action or helps with it: how it is asked, and who is meant by what is typed."""

import datetime as dt

from model.line import Vocabulary
from model.line.vocabulary import GROUPS
from model.session import Session
from model.tables.names import owners, role_labels
from tui.dialogs.form import Field
from tui.text import count


class Carriers:
    """The roles, people and groups of a session that an action can be given to.

    ``now`` is who has it: of two people with one name, that one stays.
    """

    def __init__(self, session: Session, today: dt.date, now: str) -> None:
        self._session = session
        self._now = now
        self._called = owners(session, role_labels(session))
        self._by_label = {label: key for key, label in self._called.items()}
        self._by_label[self.called(now)] = now
        self._known = Vocabulary.of(session, today).owners

    def called(self, owner: str) -> str:
        """What somebody is called."""
        return self._called.get(owner, owner)

    def meant(self, said: str) -> str:
        """Who is meant by words: what somebody is called here, or any other name."""
        words = " ".join(said.split())
        return self._by_label.get(words) or self._known.find(words) or words

    def field(self, name: str, label: str) -> Field:
        """The question."""
        choices = list(dict.fromkeys((*self._called.values(), *GROUPS)))
        hint = "A role, a person or a group; empty for nobody."
        now = self.called(self._now)
        return Field(name, label, now, hint, choices, chosen=True, says=self._says)

    def _says(self, said: str) -> str:
        owner = self.meant(said)
        if owner in self._called:
            return f"{self._called[owner]}."
        if owner in GROUPS:
            members = [one for one in self._session.people if one.group in GROUPS[owner]]
            return f"{owner}: a group of {count(len(members), 'person', 'people')}."
        return f"{owner}: no role or person, kept as a group." if owner else "Nobody yet."
