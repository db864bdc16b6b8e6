"""What an activity's row says of issues and actions: a text that nobody knew is a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
            hanging = _Hanging(draft, activity, place, collection, letter)
            hanging.list(items(cells.pop(key)), items(before))
    if codes is not None and not isinstance(codes, Unread):
        _coded(draft, activity, place, codes)


@dataclass(frozen=True, slots=True)
class _Hanging:
    """Records of one collection that hang on an activity; ids begin with the ``letter``."""

    draft: Draft
    activity: str
    place: str
    collection: str
    letter: str

    def list(self, now: Sequence[str], before: Sequence[str]) -> None:
        """One text for another is another wording; what came is new, what went is told."""
        old, new = ({folded(one): one for one in said} for said in (before, now))
        came = [new[one] for one in new if one not in old]
        went = [old[one] for one in old if one not in new]
        records = self.draft.records(self.collection)
        by_words = {folded(one.text): key for key, one in records.items()}
        if len(came) == len(went) == 1 and (key := by_words.get(folded(went[0]))):
            self.draft.change(self.collection, key, text=came[0])
            self.draft.where.setdefault((self.collection, key), self.place)
            return
        for words in came:
            self._add(words)
        noun = self.collection.removesuffix("s")
        for words in went:
            said = f"the {noun} “{line(words)}” is no longer named; it was left alone."
            self.draft.tell(self.place, said)

    def _add(self, words: str) -> None:
        since = self.draft.since[self.collection].get(folded(words), ())
        known = next((one.id for one in since), "")
        key = known or self.draft.new_id(self.letter, self.activity, words)
        if key not in self.draft.records(self.collection):
            record = Issue(key, words) if self.letter == "i" else Action(key, words)
            self.draft.add(self.collection, key, replace(record, activity=self.activity))
            self.draft.where.setdefault((self.collection, key), self.place)


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
