"""What an activity's row says of issues and actions: a text that nobody knew is a new one."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from model.importing.cells import Unread, folded, items, line
from model.importing.copy import Known
from model.importing.draft import Draft
from model.session import Action, Issue, IssueCode

HUNG: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"issues": ("issues", "i"), "actions": ("actions", "n")}
)
"""The columns of an activity's row that list other records: their collection and their letter."""


def hang(draft: Draft, activity: str, place: str, cells: dict[str, Any], known: Known) -> None:
    """Take the edited lists out of the cells, and make of them what they say."""
    codes = cells.pop("codes", None)
    for key, (collection, letter) in HUNG.items():
        if key in cells and not isinstance(cells[key], Unread):
            before = known.values.get(key)
            _list(draft, activity, place, collection, letter, cells.pop(key), before)
    if codes is not None and not isinstance(codes, Unread):
        _coded(draft, activity, place, codes)


def _list(
    draft: Draft, activity: str, place: str, collection: str, letter: str, now: Any, before: Any
) -> None:
    old = {folded(one): one for one in items(before)}
    new = {folded(one): one for one in items(now)}
    came = [new[one] for one in new if one not in old]
    went = [old[one] for one in old if one not in new]
    records = draft.records(collection)
    by_words = {folded(one.text): key for key, one in records.items()}
    if len(came) == len(went) == 1 and folded(went[0]) in by_words:
        key = by_words[folded(went[0])]
        draft.change(collection, key, text=came[0])
        draft.where.setdefault((collection, key), place)
        return
    for words in came:
        _add(draft, activity, place, collection, letter, words)
    for words in went:
        noun = collection.removesuffix("s")
        draft.tell(place, f"the {noun} “{line(words)}” is no longer named; it was left alone.")


def _add(draft: Draft, activity: str, place: str, collection: str, letter: str, words: str) -> None:
    known = {folded(one.text): one.id for one in getattr(draft.now, collection)}
    key = known.get(folded(words)) or draft.new_id(letter, activity, words)
    if key not in draft.records(collection):
        record = Issue(key, words) if letter == "i" else Action(key, words)
        draft.add(collection, key, replace(record, activity=activity))
        draft.where.setdefault((collection, key), place)


def _coded(draft: Draft, activity: str, place: str, value: Any) -> None:
    """Codes belong to issues: of an activity with one issue it is plain to which."""
    hung = [one for one in draft.records("issues").values() if one.activity == activity]
    letters = {one.value for one in IssueCode}
    codes = [one for one in items(str(value).replace(",", ";")) if one.upper() in letters]
    if len(hung) == 1 and len(codes) == 1:
        code = IssueCode(codes[0].upper())
        draft.change("issues", hung[0].id, code=code)
        draft.where.setdefault(("issues", hung[0].id), place)
    elif line(value):
        draft.tell(place, f"the issue codes “{line(value)}” were left alone; edit them on Issues.")
