"""Issues: what should improve, and what was parked for later."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from offwall.model.records import (
    EditError,
    Issue,
    IssueCode,
    IssueStatus,
    Session,
    by_key,
    line_of,
    updated,
)
from offwall.model.records.fields import NO_ACTIVITY, NO_ISSUE, ActivityId, IssueId
from offwall.model.records.record_kind import Answers, Ask, Reading, RecordKind, needed
from offwall.model.records.session import Option
from offwall.model.records.text import fold
from offwall.model.setup.people_and_roles import who_ask


def _read_code(_: Reading, letter: str) -> IssueCode | None:
    """The code of a letter; none for none. Raises `EditError` for any other letter."""
    wanted = letter.strip().upper()
    if not wanted:
        return None
    try:
        return IssueCode(wanted)
    except ValueError:
        raise EditError(
            f"{letter.strip()} is no issue code. D is a gap in documentation, G in governance, "
            "T a time risk, R a risk in the process; it may stay empty."
        ) from None


def _gone(session: Session, gone: Issue) -> Session:
    """Actions and topics that came of an issue stay and forget it."""
    return replace(
        session,
        actions=tuple(
            replace(action, issue=NO_ISSUE) if action.issue == gone.id else action
            for action in session.actions
        ),
        topics=tuple(
            replace(topic, issue=NO_ISSUE) if topic.issue == gone.id else topic
            for topic in session.topics
        ),
    )


ISSUES = RecordKind(
    collection="issues",
    noun="issue",
    blank=lambda _: Issue(NO_ISSUE, ""),
    asks=(
        Ask(
            "text",
            "Issue",
            "What is wrong, in a sentence.",
            read=needed("Say in a few words what the issue is."),
        ),
        Ask(
            "code",
            "Code",
            "D documentation, G governance, T time, R risk; may stay empty.",
            read=_read_code,
            chosen=True,
        ),
        Ask("near", "Where", "A ref such as S2.04, or words such as handover; may stay empty."),
        Ask(
            "raised_by",
            "Raised by",
            "A name or a team.",
            choices=lambda session: [person.name for person in session.people],
        ),
    ),
    gone=_gone,
)


def park(
    session: Session,
    text: str,
    *,
    seed: str,
    raised_by: str = "",
    activity: ActivityId = NO_ACTIVITY,
) -> Session:
    """Park a thought, so that the group can go on. Raises `EditError` without words."""
    said = {"text": text, "raised_by": raised_by}
    return ISSUES.add(session, said, seed=seed, activity=activity, parked=True)


def set_parked(session: Session, issue: IssueId, parked: bool) -> Session:
    """Park an issue, or take it up again."""
    return updated(session, "issues", by_key(session, "issues", issue), parked=parked)


def set_issue_status(session: Session, issue: IssueId, status: IssueStatus) -> Session:
    """Say how far an issue is: open, explored, closed."""
    return updated(session, "issues", by_key(session, "issues", issue), status=status)


# An issue is explored: what causes it, what could be done, what is preferred, who decides.

LEAVE = "Leave as it is"
"""The option that there always is, the first."""

_SIDE = re.compile(r"[;.,]?\s*\b(for|against):\s*", re.IGNORECASE)

OPTION_HINT = "Such as: One form; for: quick; against: one more click."


def say_option(option: Option) -> str:
    """An option on one line: ``One form; for: quick; against: one more click``."""
    said = (
        option.text,
        option.speaks_for and f"for: {option.speaks_for}",
        option.against and f"against: {option.against}",
    )
    return line_of("; ".join(filter(None, said)))


def options_from(text: str, options: Iterable[Option] = ()) -> tuple[Option, ...]:
    """The options of some lines, one each; one as it was ``known`` stays to the letter.

    To leave it as it is comes first, said or not; alone, and with nothing said of it, it is none.
    """
    before = {line: option for option in options for line in (option.text, say_option(option))}
    found = [_option(line_of(one), before) for one in re.split(r"\n| \| ", text) if line_of(one)]
    stay = [one for one in found if fold(one.text) == fold(LEAVE)] or [Option(LEAVE)]
    others = [one for one in found if one not in stay]
    return () if [*stay, *others] == [Option(LEAVE)] else (*stay, *others)


def _option(line: str, before: Mapping[str, Option]) -> Option:
    if line in before and say_option(before[line]) == line:
        return before[line]
    text, *sides = _SIDE.split(line)
    told: dict[str, list[str]] = {"for": [], "against": []}
    for side, words in zip(sides[::2], sides[1::2], strict=True):
        told[side.casefold()].append(words.rstrip(" ;"))
    old = before.get(text, Option())
    pro, con = ("; ".join(filter(None, words)) for words in told.values())
    return replace(old, text=text.rstrip(" ;") or LEAVE, speaks_for=pro, against=con)


def _read_preferred(reading: Reading, text: str) -> str:
    """An option by its words, or by its number."""
    typed, known = reading.said.get("options"), reading.old.options if reading.old else ()
    options = known if typed is None else options_from(typed, known)
    numbered: dict[str, str] = {str(number): one.text for number, one in enumerate(options, 1)}
    return numbered.get(line_of(text), line_of(text))


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class _Exploring(RecordKind[Issue]):
    """An open issue of which something is said is explored."""

    def change(self, session: Session, key: str, answers: Answers, **known: Any) -> Session:
        after = super().change(session, key, answers, **known)
        issue = self.find(after, key)
        told = issue.causes or issue.options or issue.preferred
        if after is session or not told or issue.status is not IssueStatus.OPEN:
            return after
        return set_issue_status(after, issue.id, IssueStatus.EXPLORED)


EXPLORING = _Exploring(
    collection="issues",
    noun="exploration",
    blank=lambda _: Issue(NO_ISSUE, ""),
    called=lambda issue: issue.text,
    asks=(
        Ask("causes", "Causes", "What causes it."),
        Ask(
            "options",
            "Options",
            OPTION_HINT,
            read=lambda reading, text: options_from(
                text, reading.old.options if reading.old else ()
            ),
            show=lambda _, options: " | ".join(map(say_option, options)),
        ),
        Ask(
            "preferred",
            "Preferred",
            "The option that the group prefers, by its words or number.",
            read=_read_preferred,
        ),
        who_ask("decides", "Who decides", "A role, a person, or words such as Cabinet."),
    ),
)
