"""What records are called where people read them: roles, owners, places, targets."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from model.raci import columns
from model.session import Activity, Session

LIST = "; "
"""Between the items of a list in one cell."""

RACI_FIXED = ("Ref", "Stage", "Activity", "Lead (responsible)", "Check", "Your comment", "ID")
"""The headers of the RACI that are not roles."""


def role_labels(session: Session) -> dict[str, str]:
    """A label of its own for each role, by code, in order.

    Codes that are used but not set up come last, so that no R is lost. A role named like another,
    or like a fixed header of the RACI, gets its code added: ``Finance (fin2)``.
    """
    known = session.role_by_code
    pairs = [(code, known[code].name if code in known else code) for code in columns(session)]
    labels = distinct(pairs, RACI_FIXED)
    return {code: label for (code, _), label in zip(pairs, labels, strict=True)}


def owners(session: Session, labels: Mapping[str, str]) -> dict[str, str]:
    """What an owner is called: a role by code, a person by id. Other words stand as they are."""
    return {person.id: person.name for person in session.people} | dict(labels)


def called(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """Several roles or people in one cell."""
    return LIST.join(names.get(code, code) for code in codes)


def place(session: Session, activity: str, near: str = "") -> str:
    """Where something belongs: an activity's ref, else the words for where."""
    return session.ref_by_id.get(activity, activity) or near


def stage_name(session: Session, activity: Activity) -> str:
    """The name of an activity's stage."""
    stage = session.stage_by_id.get(activity.stage)
    return (stage.name if stage else "") or activity.stage


def heading(text: str) -> str:
    """A text on one line without control characters, as a header can bear it."""
    shown = "".join(" " if _hidden(mark) else mark for mark in text)
    return " ".join(shown.split())[:MOST]


def _hidden(mark: str) -> bool:
    """Controls, line breaks, halves of a pair, and the code points that are no characters."""
    return unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp") or ord(mark) & 0xFFFE == 0xFFFE


MOST = 200
"""Characters of a header at most; a spreadsheet's table takes 255."""


def distinct(names: Sequence[tuple[str, str]], fixed: Iterable[str] = ()) -> list[str]:
    """A header for each (code, name) that no other bears, whatever its capitals.

    A name that two bear, or that is one of the ``fixed`` headers, gets its code added; what still
    clashes gets a number.
    """
    wanted = [heading(name) or heading(code) or "?" for code, name in names]
    taken = {text.casefold() for text in fixed}
    count = Counter(text.casefold() for text in wanted)
    found = []
    for (code, _), text in zip(names, wanted, strict=True):
        clash = text.casefold() in taken or count[text.casefold()] > 1
        full = _numbered(f"{text} ({heading(code)})" if clash else text, taken)
        taken.add(full.casefold())
        found.append(full)
    return found


def _numbered(text: str, taken: set[str]) -> str:
    number, full = 1, text
    while full.casefold() in taken:
        number += 1
        full = f"{text} {number}"
    return full
