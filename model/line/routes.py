"""What follows ``>``: an answer and, after the first ``=``, where it leads."""

import re

from model.note import NoteRoute

_SEPARATOR = re.compile(r"(?<!\\)=")
_PLAIN_EQUALS = re.compile(r"\\(\\*=)")
_EQUALS = re.compile(r"(\\*=)")


def read_route(value: str) -> NoteRoute:
    """An answer and its target; without an answer the target is the activity's ``then``.

    A backslash before an equals sign makes it part of the answer.
    """
    answer, *target = _SEPARATOR.split(value, maxsplit=1)
    return NoteRoute(_PLAIN_EQUALS.sub(r"\1", answer).strip(), "".join(target).strip())


def say_route(route: NoteRoute) -> str:
    """What to type after ``>``; `read_route` reads it back."""
    answer = _EQUALS.sub(r"\\\1", route.answer)
    if not route.to:
        return answer
    gap = " " if answer.endswith("\\") else ""
    return f"{answer}{gap}={route.to}"
