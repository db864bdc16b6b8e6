"""What the group recommends and asks to have decided: by whose approval, by whom, and when."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from model.council_dates import Reach, reach
from model.edits.answers import counted
from model.edits.texts import line_of
from model.plan import live
from model.ranking import Band, band, rank, same_rung
from model.report.content import Block, Heading, Paragraph, grid
from model.report.words import CELL, NOBODY, carriers, cell_day, listed, short
from model.session import Action, Session

MOST = 10
"""Recommendations in the first two pages; the appendix has all."""

TITLE = "Recommendations and decisions asked for"

COLUMNS = (
    ("Approval", 17),
    ("Recommendation", 35),
    ("Brought by", 24),
    ("Meeting, or target date", 24),
)


def asked(session: Session, today: dt.date) -> Iterator[Block]:
    """The section that comes first: what is asked of whom, in one table."""
    found = recommended(session)
    yield Heading(TITLE)
    if not found:
        yield Paragraph("The group has not agreed any recommendation yet.")
        return
    yield Paragraph(_in_all(session, found))
    yield from table(session, found[:MOST], today)
    if (more := len(found) - MOST) > 0:
        yield Paragraph(f"And {more} more, in the appendix.")


def table(session: Session, found: Sequence[Action], today: dt.date) -> tuple[Block, ...]:
    """Recommendations as rows."""
    names = carriers(session)
    about = "Each recommendation, whose approval it needs, who brings it, and by when."
    return grid(about, COLUMNS, (_row(session, one, names, today) for one in found))


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
    each = listed(f"{number} by {rung}" for rung, number in rungs.items() if rung != OWN)
    said = f"{counted(len(found), 'recommendation')}"
    said += f", for approval: {each}" if each else ""
    quick = sum(band(one, session.approvals) is Band.QUICK_WIN for one in found)
    wins = f" {counted(quick, 'is a quick win', 'are quick wins').capitalize()}." if quick else ""
    return f"{said}.{wins}"


OWN = "none named"


def approver(action: Action) -> str:
    """Whose approval an action needs."""
    return line_of(action.approval) or OWN


def _row(
    session: Session, action: Action, names: Mapping[str, str], today: dt.date
) -> tuple[str, ...]:
    needs = listed(map(line_of, action.needs))
    approval = approver(action)
    return (
        f"{approval[:1].upper()}{approval[1:]}" + (f", with {needs}" if needs else ""),
        short(action.text, CELL),
        short(names.get(action.owner, action.owner)) or NOBODY,
        _when(reach(session, action, today), action),
    )


def _when(found: Reach | None, action: Action) -> str:
    """What an action must reach and by when, or its target date where no meeting decides."""
    target = f"By {cell_day(action.due)}" if action.due else "No date yet"
    if found is None:
        return target
    said = "; ".join(_reached(found))
    return said or f"{target}; no meeting is set for it yet"


def _reached(found: Reach) -> Iterator[str]:
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
