"""Words that the group agreed not to say."""

import re
from collections.abc import Iterable, Iterator

from model.checks.finding import Finding, notice, quoted, ref
from model.session import Activity, Session

Text = tuple[str, str, str]
"""A record's id, what a finding calls it, and its text."""


def wording(session: Session) -> Iterator[Finding]:
    """Where a word to avoid is still used, once for each word and record."""
    yield from _avoided(session, _texts(session))


def wording_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """Which words to avoid one activity still says."""
    yield from _avoided(session, [(activity.id, ref(session, activity), _words_of(activity))])


def _avoided(session: Session, texts: Iterable[Text]) -> Iterator[Finding]:
    avoid = words_to_avoid(session)
    if not avoid:
        return
    pattern = _agreed(session, avoid)
    for place, name, text in texts:
        used = dict.fromkeys(_same(match[0]) for match in pattern.finditer(text))
        for word in used:
            if word in avoid:
                say = f"; say {quoted(avoid[word])}" if avoid[word] else "; choose another word"
                yield notice("word to avoid", place, f"{name} says {quoted(word)}{say}.", word)


def words_to_avoid(session: Session) -> dict[str, str]:
    """What to say for each word not to say, which is folded; empty where nothing was agreed."""
    avoid = {_same(word): entry.say for entry in session.words for word in entry.avoid}
    avoid.pop("", None)
    return avoid


def reworded(session: Session, text: str, word: str) -> str:
    """The text with what was agreed wherever it says a word to avoid; a capital stays one."""
    avoid = words_to_avoid(session)
    say = avoid.get(word, "")
    if not say:
        return text

    def instead(match: re.Match[str]) -> str:
        if _same(match[0]) != word:
            return match[0]
        return say[0].upper() + say[1:] if match[0][0].isupper() else say

    return _agreed(session, avoid).sub(instead, text)


def _agreed(session: Session, avoid: Iterable[str]) -> re.Pattern[str]:
    """The words to say and not to say, as `_pattern` finds them."""
    return _pattern({*avoid, *(_same(entry.say) for entry in session.words)} - {""})


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _pattern(words: set[str]) -> re.Pattern[str]:
    """Any of the words, as whole words; the longest first.

    The words to say are among them, so that "contract register" is not blamed for "register".
    """
    longest = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _texts(session: Session) -> Iterator[Text]:
    for activity in session.in_order:
        yield activity.id, ref(session, activity), _words_of(activity)
    for issue in session.issues:
        yield issue.id, f"Issue {quoted(issue.text)}", issue.text
    for action in session.actions:
        yield action.id, f"Action {quoted(action.text)}", action.text


def _words_of(activity: Activity) -> str:
    """All that an activity says; a mark between, so that no word is found across two texts."""
    answers = (route.answer for route in activity.routes)
    return " | ".join((activity.text, activity.decision, *answers, *activity.documents))
