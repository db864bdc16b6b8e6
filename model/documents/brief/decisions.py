"""What is asked to be decided, by whom and when; the plan; rows for the implications."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from offwall.model.actions import Band, action_plan, band, deadline_for, live, rank
from offwall.model.actions.deadlines import Deadline
from offwall.model.actions.plan import missing_in_action
from offwall.model.actions.ranking import same_rung
from offwall.model.documents.brief.content import (
    CELL,
    NOBODY,
    Block,
    HeadingBlock,
    ParagraphBlock,
    carriers,
    cell_day,
    table_block,
)
from offwall.model.records import Action, Session, counted, line_of
from offwall.model.records.text import english_list, first_of, fold, shorten
from offwall.model.review.progress import as_printed

MOST_ASKED = 10
"""Recommendations in the first two pages; the appendix has all."""

TITLE = "Recommendations and decisions asked for"

ASKED_COLUMNS = (
    ("Approval", 17),
    ("Recommendation", 35),
    ("Brought by", 24),
    ("Meeting, or target date", 24),
)


def decisions_asked(session: Session, today: dt.date) -> Iterator[Block]:
    """The section that comes first: what is asked of whom, in one table."""
    found = recommended(session)
    yield HeadingBlock(TITLE)
    if not found:
        yield ParagraphBlock("The group has not agreed any recommendation yet.")
        return
    yield ParagraphBlock(_in_all(session, found))
    yield from asked_table(session, found[:MOST_ASKED], today)
    if (more := len(found) - MOST_ASKED) > 0:
        yield ParagraphBlock(f"And {more} more, in the appendix.")


def asked_table(session: Session, found: Sequence[Action], today: dt.date) -> tuple[Block, ...]:
    """Recommendations as rows."""
    names = carriers(session)
    about = "Each recommendation, whose approval it needs, who brings it, and by when."
    return table_block(
        about, ASKED_COLUMNS, (_asked_row(session, one, names, today) for one in found)
    )


def recommended(session: Session) -> tuple[Action, ...]:
    """The improvements still to be made: the highest approval first, then as the group ranks."""
    ladder = [same_rung(rung) for rung in session.approvals]

    def height(action: Action) -> int:
        rung = same_rung(action.approval)
        return ladder.index(rung) if rung in ladder else -1

    return tuple(sorted(live(rank(session)), key=height, reverse=True))


def _in_all(session: Session, found: Sequence[Action]) -> str:
    """How many are asked for at each rung of the ladder, and how many are quick wins."""
    rungs: dict[str, int] = {}
    for action in found:
        rung = approver(action)
        rungs[rung] = rungs.get(rung, 0) + 1
    each = english_list(f"{number} by {rung}" for rung, number in rungs.items() if rung != OWN)
    said = f"{counted(len(found), 'recommendation')}"
    said += f", for approval: {each}" if each else ""
    quick = sum(band(one, session.approvals) is Band.QUICK_WIN for one in found)
    wins = f" {counted(quick, 'is a quick win', 'are quick wins').capitalize()}." if quick else ""
    return f"{said}.{wins}"


OWN = "none named"


def approver(action: Action) -> str:
    """Whose approval an action needs."""
    return line_of(action.approval) or OWN


def _asked_row(
    session: Session, action: Action, names: Mapping[str, str], today: dt.date
) -> tuple[str, ...]:
    needs = english_list(map(line_of, action.needs))
    approval = approver(action)
    return (
        f"{approval[:1].upper()}{approval[1:]}" + (f", with {needs}" if needs else ""),
        shorten(as_printed(action.text), CELL),
        shorten(names.get(action.owner, action.owner)) or NOBODY,
        _when(deadline_for(session, action, today), action),
    )


def _when(found: Deadline | None, action: Action) -> str:
    """What an action must reach and by when, or its target date where no meeting decides."""
    target = f"By {cell_day(action.due)}" if action.due else "No date yet"
    if found is None:
        return target
    said = "; ".join(_reached(found))
    return said or f"{target}; no meeting is set for it yet"


def _reached(found: Deadline) -> Iterator[str]:
    if found.meeting and found.meeting.date:
        held = f"{line_of(found.meeting.body)}, {cell_day(found.meeting.date)}"
        late = f"no meeting by {cell_day(found.due)}: the next is " if not found.serves else ""
        yield f"{late}{held}"
    if found.papers_by:
        yield f"papers by {cell_day(found.papers_by)}"
    if found.announced_by and found.announced_in_time:
        yield f"if a key decision, on the forward plan by {cell_day(found.announced_by)}"
    elif found.announced_by:
        yield f"too late for the forward plan ({cell_day(found.announced_by)}) if a key decision"


# The plan: who does what by when, the soonest first.

MOST_PLANNED = 10
"""Actions in the first two pages; the appendix has all."""

PLAN_COLUMNS = (("By", 15), ("What", 49), ("Who", 36))


def plan_section(session: Session) -> Iterator[Block]:
    """The section: what comes soonest, and what still lacks an owner or a date."""
    yield HeadingBlock("The plan")
    found = in_time(session)
    if not found:
        yield ParagraphBlock("No action is agreed yet.")
        return
    yield from plan_table(session, found[:MOST_PLANNED])
    more = len(found) - MOST_PLANNED
    lacking = sum(map(missing_in_action, found))
    facts = (
        f"And {more} more, in the appendix." if more > 0 else "",
        f"{counted(lacking, 'action has', 'actions have')} no owner or no date yet."
        if lacking
        else "",
    )
    if any(facts):
        yield ParagraphBlock(" ".join(filter(None, facts)))


def in_time(session: Session) -> tuple[Action, ...]:
    """The actions still to be done, by target date; those without one come last."""
    return tuple(sorted(live(action_plan(session)), key=lambda action: action.due or dt.date.max))


def plan_table(session: Session, found: Sequence[Action]) -> tuple[Block, ...]:
    """Actions as rows."""
    names = carriers(session)
    about = "What is to be done, by which date and by whom; the soonest comes first."
    return table_block(about, PLAN_COLUMNS, (_plan_row(action, names) for action in found))


def _plan_row(action: Action, names: Mapping[str, str]) -> tuple[str, ...]:
    return cell_day(action.due), shorten(as_printed(action.text), CELL), who(action, names)


def who(action: Action, names: Mapping[str, str]) -> str:
    """The owner, and who helps."""
    owner, other = (shorten(names.get(code, code), 80) for code in action.who)
    return (owner or NOBODY) + (f", with {other}" if other else "")


# Rows for the implications that every report to members has, to be filled in by those who advise.
#
# Councils' report templates ask for finance, legal and HR comments; equalities come from the public
# sector equality duty (section 149 of the Equality Act 2010).

KINDS = (
    ("Finance", ("151", "financ", "budget")),
    ("Legal", ("legal", "monitoring", "solicitor")),
    ("HR", ("hr", "human resources", "personnel")),
    ("Equalities", ("equalit", "equality")),
)
"""Each kind, and how the words begin that say that somebody of it must agree to an action."""

STUB = "To be completed"

IMPLICATION_COLUMNS = (
    ("Implications", 16),
    ("To be completed by the adviser", 50),
    ("The group names", 34),
)


def implications(session: Session) -> Iterator[Block]:
    """A stub row a kind, with the actions that somebody of it must agree to."""
    yield HeadingBlock("Implications")
    about = "Finance, legal, HR and equalities implications, to be completed by the advisers."
    rows = ((kind, f"{STUB}.", _named(session, words)) for kind, words in KINDS)
    yield from table_block(about, IMPLICATION_COLUMNS, rows)


def _named(session: Session, words: tuple[str, ...]) -> str:
    found = [
        f"{line_of(need)}: {shorten(as_printed(action.text), 60)}"
        for action in live(session.actions)
        for need in action.needs
        if _means(need, words)
    ]
    return first_of(found, 2, "in the workbook") if found else "Nothing yet"


def _means(need: str, words: tuple[str, ...]) -> bool:
    said = fold(need).replace("/", " ").split()
    text = f" {' '.join(said)}"
    return any(f" {word}" in text for word in words)
