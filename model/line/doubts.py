"""Signs inside real words: when what follows a sign is not its value, so that it stays text.

``+44 20 7946 0958`` is no document, ``24 /7`` no stage, ``*all*`` no action, ``@cm's`` no lead.
"""

import re
from collections.abc import Sequence

from offwall.model.line.grammar import AMOUNT, SpanKind, looks_like_token, sign_of, unescape
from offwall.model.line.vocabulary import NOBODY, Vocabulary, nearest, take_names, unlikely

ROLE_KINDS = frozenset(
    {SpanKind.LEAD, SpanKind.ALSO, SpanKind.ACCOUNTABLE, SpanKind.CONSULTED, SpanKind.INFORMED}
)
_SHORT = re.compile(r"[A-Z]{2,3}")
_JOINING = re.compile(r"(?:and|or|on|at|per|to|for|from|in|is|as|if|when|with|of|a|the|where)\b")
_ENDS = ".,;:!?)"


def why_plain(
    kind: SpanKind,
    value: str,
    before: str,
    after: Sequence[str],
    vocabulary: Vocabulary,
    *,
    running: bool = False,
) -> str:
    """Why a sign with this value is none here, as a clause; "" where it is one.

    ``before`` is the word before it, ``after`` are those that follow; ``running`` says that a
    decision is being said and has no route yet.
    """
    if kind in ROLE_KINDS:
        return _no_role(kind, " ".join([value, *map(unescape, after)]), before, vocabulary)
    following = after[0] if after and not looks_like_token(after[0]) else ""
    plain = {
        SpanKind.DOCUMENT: lambda: _no_document(value, following, vocabulary),
        SpanKind.ACTION: lambda: _is_bold(value, after),
        SpanKind.STAGE: lambda: value[:1].isdigit() and (_counted(before) or following == "of"),
        SpanKind.ROUTE: lambda: running and _is_limit(value, after),
        SpanKind.PARKED: lambda: value.rstrip(_ENDS).isdecimal() and not following,
        SpanKind.NOTE: lambda: value.casefold() == "a" and not following,
        SpanKind.DITTO: lambda: before[-1:].isdigit() and bool(following),
    }
    return _WHY[kind] if kind in plain and plain[kind]() else ""


_WHY = {
    SpanKind.DOCUMENT: "it may be a number or an amount; a document begins with a word",
    SpanKind.ACTION: "a star behind it makes it heavy type, not an action",
    SpanKind.STAGE: "it belongs to the words beside it",
    SpanKind.ROUTE: "it may be a limit; an answer has = and where it leads, or a word first",
    SpanKind.PARKED: "it is a number",
    SpanKind.NOTE: "it may be “not applicable”",
    SpanKind.DITTO: "it may be inches",
}


def _no_document(value: str, following: str, vocabulary: Vocabulary) -> bool:
    if AMOUNT.match(value):
        return True
    short = _SHORT.fullmatch(value.rstrip(_ENDS))
    alone = not following or value[-1] in _ENDS or _JOINING.match(following)
    return bool(short and alone) and value not in vocabulary.documents


def _is_bold(value: str, after: Sequence[str]) -> bool:
    if value.startswith(("*", "\\")):
        return value.startswith("*")
    for word in (value, *after):
        if word.rstrip(_ENDS).endswith("*"):
            return True
        if word is not value and sign_of(word):
            return False
    return False


def _counted(before: str) -> bool:
    return before[-1:].isdigit() or (len(before) > 1 and before.isalpha() and before.isupper())


def _is_limit(value: str, after: Sequence[str]) -> bool:
    """Whether ``>£500k`` goes on with the decision: an amount that leads nowhere."""
    if not AMOUNT.match(value.removeprefix("=")):
        return False
    answer = [value.removeprefix("=")]
    for word in after:
        if sign_of(word):
            break
        answer.append(word)
    return not any("=" in word for word in answer)


def _no_role(kind: SpanKind, said: str, before: str, vocabulary: Vocabulary) -> str:
    """Why no role is meant: nothing may hang on its name, and a new one needs an end after it."""
    roles = vocabulary.roles
    found = take_names(said, roles, one=kind is SpanKind.ACCOUNTABLE)
    if not found.names:
        return ""
    glued, _, rest = said[found.end :].partition(" ")
    unknown = [said[name.start : name.end] for name in found.unknown]
    if (
        glued.strip(_ENDS + ",")
        or glued[1:].strip(_ENDS)
        or any(word[0] != '"' and unlikely(word) for word in unknown)
    ):
        return "it is no role’s name, or more hangs on it"
    last = found.names[-1]
    whole = roles.find(said[last.start : last.end]) is not None or last is NOBODY
    slip = not last.known and nearest(last.value, roles)
    if whole or slip or glued or not rest:
        return ""
    opens = not before and (said[0].isupper() or rest.startswith("to "))
    plain = not looks_like_token(rest.split()[0])
    return "no role is called so, and the words go on" if plain and not opens else ""
