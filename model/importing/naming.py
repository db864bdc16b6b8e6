"""Whom a cell names: roles by label, code, name or other name; owners; and roles nobody knew."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from model.edits.roles import free_code
from model.importing.cells import folded, line, says_nothing
from model.line.vocabulary import GROUPS
from model.session import Role, Session
from model.tables.names import owners, role_labels

LONGEST = 60
"""Characters of a role's name at most; more of them are a sentence."""

_APART = re.compile(r"[;\n]|\s*/\s*|\s*,\s*|\s+&\s+|\s+and\s+|\s\+\s")


class Naming:
    """The names that a copy may use, and the roles that it adds to them.

    A role that came into the session since the export is known too. ``shared`` are the roles that
    other copies add, by name: the same one has one code in all of them. ``labels`` say what each
    role is called, by code.
    """

    def __init__(self, base: Session, now: Session, shared: dict[str, Role]) -> None:
        self._shared = shared
        self._roles: dict[str, str] = {}
        for session in (base, now):
            for said, code in _words(session):
                self._roles.setdefault(folded(said), code)
        known = {folded(name): code for code, name in owners(now, role_labels(now)).items()}
        known |= {folded(name): code for code, name in owners(base, role_labels(base)).items()}
        known |= {folded(said): group for group, said in _groups()}
        self._owners = self._roles | known
        self.labels = role_labels(base)
        more = (*_only_in(base, now), *shared.values())
        self._taken = replace(now, roles=(*now.roles, *more))
        self.new: dict[str, Role] = {}

    def role(self, said: Any) -> str:
        """The code of the role that the words name; one that nobody knew is made."""
        words = line(said)
        if says_nothing(words):
            return ""
        found = self._roles.get(words.casefold()) or self._roles.get(_without_aside(words))
        return found or self._make(words)

    def roles(self, said: Any) -> tuple[str, ...]:
        """The codes of all roles that a cell names, each once; a name may hold ``and``."""
        words = line(said)
        if says_nothing(words):
            return ()
        if code := self._roles.get(words.casefold()):
            return (code,)
        parts = [part for part in _APART.split(str(said)) if not says_nothing(part)]
        return tuple(dict.fromkeys(filter(None, map(self.role, parts))))

    def owner(self, said: Any) -> str:
        """A role's code, a person's id, else the words as they stand."""
        words = line(said)
        return self._owners.get(words.casefold(), words)

    def known(self, said: Any) -> bool:
        """Whether the words name a role that is known."""
        return folded(said) in self._roles

    def _make(self, words: str) -> str:
        if len(words) > LONGEST:
            return ""
        said = words.casefold()
        if said not in self._shared:
            role = Role(free_code(self._taken, words), words)
            self._taken = replace(self._taken, roles=(*self._taken.roles, role))
            self._shared[said] = role
        role = self._shared[said]
        self._roles[said] = self._owners[said] = role.code
        self.new[role.code], self.labels[role.code] = role, role.name
        return role.code


def _only_in(base: Session, now: Session) -> tuple[Role, ...]:
    return tuple(role for role in base.roles if role.code not in now.role_by_code)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    labels = role_labels(session)
    yield from ((label, code) for code, label in labels.items())
    yield from ((code, code) for code in labels)
    yield from ((role.name, role.code) for role in session.roles)
    yield from ((said, role.code) for role in session.roles for said in role.also_called)


def _groups() -> Iterator[tuple[str, str]]:
    for group, words in GROUPS.items():
        yield from ((group, said) for said in (group, *words))


def _without_aside(words: str) -> str:
    return re.sub(r"\s*\([^()]*\)\s*", " ", words).strip().casefold()
