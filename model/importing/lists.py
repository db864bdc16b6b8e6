"""Roles, people, words and documents, and what Decisions says beside the activities."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from model.importing.cells import folded, items, line, says_nothing, text
from model.importing.draft import Draft
from model.importing.following import Fields, Reader
from model.session import Document, Group, Person, Role, Word
from model.table_kinds import DOCUMENTS, PEOPLE, ROLES, WORDS


def _words(name: str, key: str = "") -> Reader:
    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        return {name: line(cells[key or name])}

    return read


def _list(name: str, key: str = "") -> Reader:
    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        return {name: items(cells[key or name])}

    return read


def _name(name: str, key: str) -> Reader:
    def read(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
        if words := line(cells[key]):
            return {name: words}
        draft.tell(place, "its name was taken out; it was left alone.")
        return {}

    return read


def _owner(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    value = cells["owner"]
    return {"owner": "" if says_nothing(value) else draft.naming.owner(value)}


def _role(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    """A person's role: one that is known, else the words."""
    value = cells["role"]
    return {"role": draft.naming.role(value) if draft.naming.known(value) else text(value)}


def _group(draft: Draft, place: str, cells: Mapping[str, Any]) -> Fields:
    said = folded(cells["group"])
    found = next((one for one in Group if one == said), None)
    if found is None and said:
        draft.tell(place, f"group “{line(said)}” is none of {', '.join(Group)}; left alone.")
        return {}
    return {"group": found or Group.PARTICIPANT}


@dataclass(frozen=True, slots=True)
class Listed:
    """How a table of ours becomes records: the collection, its columns, and a record anew."""

    collection: str
    readers: Mapping[str, Reader]
    new: Callable[[Draft, str], Any]
    derived: frozenset[str] = frozenset()


LISTED: Mapping[str, Listed] = MappingProxyType(
    {
        ROLES: Listed(
            "roles",
            {
                "role": _name("name", "role"),
                "also_called": _list("also_called"),
                "about": _words("about"),
            },
            lambda draft, words: Role(draft.naming.role(words), words),
            frozenset({"R", "A", "C", "I", "hands_over", "takes_over", "code"}),
        ),
        PEOPLE: Listed(
            "people",
            {
                "name": _name("name", "name"),
                "role": _role,
                "team": _words("team"),
                "group": _group,
            },
            lambda draft, words: Person(draft.new_id("p", words), words),
        ),
        WORDS: Listed(
            "words",
            {"avoid": _list("avoid")},
            lambda draft, words: Word(words),
        ),
        DOCUMENTS: Listed(
            "documents",
            {
                "owner": _owner,
                "template": _words("template"),
                "where": _words("where"),
            },
            lambda draft, words: Document(words),
            frozenset({"used_in", "times", "registered"}),
        ),
    }
)
"""The lists that only our own workbook has, by kind."""
