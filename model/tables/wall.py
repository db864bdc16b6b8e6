"""The wall as it hangs: stages across, a column an activity, four lanes down."""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from offwall.model.process import Edge, EdgeKind
from offwall.model.process.graph import edges
from offwall.model.process.names import routes, target_label
from offwall.model.records import Activity, Session
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, StageId
from offwall.model.records.uses import no_id
from offwall.model.setup.photos import say_facts
from offwall.model.tables.process import shown_letters
from offwall.model.tables.sheet import Cell, Facts, Sheet

# The wall in plain cells: a strip a stage, the four lanes under each other. A stage with more
# activities than a strip is wide goes on in the next one, so that the sheet stays one page wide.

ACROSS = 8
"""Activities in a strip: what an A3 page holds at a size that can be read."""


class _Strip(NamedTuple):
    """A lane of some activities of a stage, side by side."""

    stage: str
    lane: str
    across: Sequence[str]


def _strips(at: Facts) -> Iterator[_Strip]:
    session = at.session
    for stage, found in session.by_stage.items():
        known = session.stage_by_id.get(stage)
        name = f"{stage} {known.name if known else ''}".strip()
        notes = [_notes(at, activity) for activity in found]
        for first in range(0, max(len(notes), 1), ACROSS):
            shown = f"{name}, continued" if first else name
            here = notes[first : first + ACROSS]
            yield from (_Strip(shown, lane, [note[lane] for note in here]) for lane in LANES)


LANES = ("activity", "people", "decision", "documents")
"""The lanes of the wall, from the top."""

TO_CONFIRM = "(to confirm)"
"""The mark of an activity whose place or lead the group has not confirmed."""


def _notes(at: Facts, activity: Activity) -> dict[str, str]:
    """What each lane says of an activity."""
    session, issues = at.session, at.linked.issues
    codes = "".join(dict.fromkeys(one.code for one in issues(activity.id) if one.code))
    answers = [f"{answer} > {to}".strip() for answer, to in routes(session, activity)]
    return {
        "activity": f"{session.ref_by_id[activity.id]} {activity.text}"
        + (f" [{codes}]" if codes else "")
        + ("" if activity.confirmed else f" {TO_CONFIRM}"),
        "people": "\n".join(
            f"{said} {at.labels[code]}" for code, said in shown_letters(activity).items()
        ),
        "decision": "\n".join(text for text in (activity.decision, *answers) if text),
        "documents": "\n".join(activity.documents),
    }


def _photos(session: Session) -> Iterator[_Strip]:
    for photo in session.photos:
        by = photo.taken_by and f"by {no_id(photo.taken_by)}"
        said = photo.caption, photo.path or "to be filed", by, say_facts(photo)
        yield _Strip("Photo of the wall", "photo", list(filter(None, said)))


def _columns(at: Facts) -> Iterator[Cell[_Strip]]:
    """As many as the longest stage has activities, up to a whole strip; photos take that."""
    longest = max((len(found) for found in at.session.by_stage.values()), default=1)
    for place in range(ACROSS if at.session.photos else min(max(longest, 1), ACROSS)):
        yield _across(place)


def _across(place: int) -> Cell[_Strip]:
    def value(at: Facts, row: _Strip) -> str:
        return row.across[place] if place < len(row.across) else ""

    return Cell(f"column:{place + 1}", f"Column {place + 1}", value, 24)


WALL_SHEET: Sheet[_Strip] = Sheet(
    key="map",
    title="Map",
    about="The wall: a strip a stage, read from left to right; the lanes are activity, people, "
    "decision and documents. Issue codes follow the activity in brackets.",
    rows=lambda at: (*_strips(at), *_photos(at.session)),
    cells=(Cell("stage", "Stage", width=18), Cell("lane", "Lane", width=11), _columns),
    pinned=2,
)


# What stands here is the order of the columns and the words on the notes; how wide a note is, and
# where its lines break, is for whoever shows it.

TextSpan = tuple[str, str]
"""Some text and how it looks: ``ref``, ``good``, ``open``, ``issue``, ``wrong``, or nothing."""

WallPart = tuple[TextSpan, ...]
"""What belongs together on a note and begins on a line of its own.

The last of several spans is what must not be lost where there is little room.
"""


class WallColumn(NamedTuple):
    """One column: an activity in its stage. A stage without activities has one without."""

    stage: StageId
    activity: ActivityId = NO_ACTIVITY


def wall_columns(session: Session, shown: Container[str] | None = None) -> tuple[WallColumn, ...]:
    """The columns from left to right; of the activities ``shown`` only, if that is given.

    A stage that has no activities at all keeps its place; one whose activities are all left out
    has none.
    """
    return tuple(
        WallColumn(stage, known)
        for stage, column in session.by_stage.items()
        for known in ([one.id for one in column] or [NO_ACTIVITY])
        if shown is None or known in shown
    )


def wall_note(
    session: Session, activity: Activity, lane: str, *, codes: str = "", names: bool = False
) -> tuple[WallPart, ...]:
    """What one lane's note says of an activity; nothing where there is no note.

    ``codes`` are the letters of its issues; ``names`` says roles by name, not by code.
    """
    if lane == "activity":
        return _head(session, activity, codes), ((activity.text, ""),)
    if lane == "people":
        return _people(session, activity, names=names)
    if lane == "decision":
        return _decision(session, activity)
    return tuple(((f"+ {name}", ""),) for name in activity.documents)


def _head(session: Session, activity: Activity, codes: str) -> WallPart:
    """The ref, how far the review has come, and the issues' letters."""
    head: list[TextSpan] = [(session.ref_by_id[activity.id], "ref")]
    if activity.open_point:
        head.append((" open", "open"))
    elif activity.sequence_confirmed:
        head.append((" ✓" if activity.confirmed else " place ✓", "good"))
    if codes:
        head.append((f" !{codes}", "issue"))
    return tuple(head)


def _people(session: Session, activity: Activity, *, names: bool) -> tuple[WallPart, ...]:
    def say(letter: str, *codes: str) -> WallPart:
        known = [code for code in codes if code]
        if not known:
            return ((f"{letter} nobody yet", "wrong"),)
        roles = session.role_by_code if names else {}
        said = (roles[code].name if code in roles else code for code in known)
        return ((f"{letter} {', '.join(said)}", ""),)

    first = (say("R", activity.lead, *activity.also), say("A", activity.accountable))
    rest = (("C", activity.consulted), ("I", activity.informed))
    return *first, *(say(letter, *codes) for letter, codes in rest if codes)


def _decision(session: Session, activity: Activity) -> tuple[WallPart, ...]:
    """The question, and where each answer leads; or where it leads instead of to the next."""
    asked: list[WallPart] = [((f"? {activity.decision}", ""),)] if activity.decision else []
    if activity.routes or activity.then:
        asked += [_way(session, edge) for edge in edges(session, activity)]
    elif asked:
        asked.append((("no answers yet", "wrong"),))
    return tuple(asked)


def _way(session: Session, edge: Edge) -> WallPart:
    look = {EdgeKind.OPEN: "open", EdgeKind.MISSING: "wrong"}.get(edge.kind, "")
    leads = f"-> {target_label(session.ref_by_id, edge)}"
    return ((edge.label, ""), (f" {leads}", look)) if edge.label else ((leads, look),)
