"""The wall as it hangs: stages across, a column an activity, four lanes down; and the same in
plain cells.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offwall.model.process import Edge, EdgeKind, role_labels
from offwall.model.process.graph import edges
from offwall.model.process.names import LinkedRecords, routes, target_label
from offwall.model.records import Activity, Session
from offwall.model.records.pointers import no_id
from offwall.model.setup.photos import say_facts
from offwall.model.tables.raci import shown_letters
from offwall.model.tables.sheet import Sheet, SheetColumn, SheetRow

# The wall in plain cells: a strip a stage, the four lanes under each other.
#
# A stage with more activities than a strip is wide goes on in the next strip, so that the sheet
# stays one page wide.

ACROSS = 8
"""Activities in a strip: what an A3 page holds at a size that can be read."""


def wall_sheet(session: Session) -> Sheet:
    """Stages down the page, activities across, the lanes activity, people, decision, documents."""
    return Sheet(
        name="Map",
        title="Map",
        about="The wall: a strip a stage, read from left to right; the lanes are activity, people, "
        "decision and documents. Issue codes stand behind an activity.",
        columns=(
            SheetColumn("stage", "Stage", width=18),
            SheetColumn("lane", "Lane", width=11),
            *(SheetColumn(f"column:{n}", f"Column {n}", width=25) for n in range(1, ACROSS + 1)),
        ),
        rows=(*_strips(session), *_photos(session)),
        pinned=2,
    )


def _strips(session: Session) -> Iterator[SheetRow]:
    labels, linked = role_labels(session), LinkedRecords(session)
    for stage, found in session.by_stage.items():
        known = session.stage_by_id.get(stage)
        name = f"{stage} {known.name if known else ''}".strip()
        notes = [_notes(session, activity, labels, linked) for activity in found]
        for first in range(0, max(len(notes), 1), ACROSS):
            shown = f"{name}, continued" if first else name
            for lane in LANES:
                across = [note[lane] for note in notes[first : first + ACROSS]]
                yield _strip(shown, lane, across)


def _strip(stage: str, lane: str, across: Sequence[str]) -> SheetRow:
    return (stage, lane, *across, *[""] * (ACROSS - len(across)))


LANES = ("activity", "people", "decision", "documents")
"""The lanes of the wall, from the top."""


def _notes(
    session: Session, activity: Activity, labels: Mapping[str, str], linked: LinkedRecords
) -> dict[str, str]:
    """What each lane says of an activity."""
    codes = "".join(dict.fromkeys(one.code for one in linked.issues(activity.id) if one.code))
    answers = [f"{answer} > {to}".strip() for answer, to in routes(session, activity)]
    return {
        "activity": f"{session.ref_by_id[activity.id]} {activity.text}"
        + (f" [{codes}]" if codes else ""),
        "people": "\n".join(
            f"{said} {labels[code]}" for code, said in shown_letters(activity).items()
        ),
        "decision": "\n".join(text for text in (activity.decision, *answers) if text),
        "documents": "\n".join(activity.documents),
    }


def _photos(session: Session) -> Iterator[SheetRow]:
    for photo in session.photos:
        said = [
            photo.caption,
            photo.path or "to be filed",
            photo.taken_by and f"by {no_id(photo.taken_by)}",
            say_facts(photo),
        ]
        yield _strip("Photo of the wall", "photo", [text for text in said if text])


# The wall as it hangs: stages across, a column an activity, four lanes down.
#
# What stands here is the order of the columns and the words on the notes; how wide a note is, and
# where its lines break, is for whoever shows it.

TextSpan = tuple[str, str]
"""Some text and how it looks: ``ref``, ``good``, ``open``, ``issue``, ``wrong``, or nothing."""

WallPart = tuple[TextSpan, ...]
"""What belongs together on a note and begins on a line of its own.

The last of several spans is what must not be lost where there is little room.
"""


@dataclass(frozen=True, slots=True)
class WallColumn:
    """One column: an activity in its stage. A stage without activities has one without."""

    stage: str
    activity: str = ""


def wall_columns(session: Session, shown: Container[str] | None = None) -> tuple[WallColumn, ...]:
    """The columns from left to right; of the activities ``shown`` only, if that is given.

    A stage that has no activities at all keeps its place; one whose activities are all left out
    has none.
    """
    found: list[WallColumn] = []
    for stage, column in session.by_stage.items():
        kept = [one.id for one in column if shown is None or one.id in shown]
        if not column and shown is None:
            kept = [""]
        found += [WallColumn(stage, known) for known in kept]
    return tuple(found)


def wall_note(
    session: Session, activity: Activity, lane: str, *, codes: str = "", names: bool = False
) -> tuple[WallPart, ...]:
    """What one lane's note says of an activity; nothing where there is no note.

    ``codes`` are the letters of its issues; ``names`` says roles by name, not by code.
    """
    match lane:
        case "activity":
            return _head(session, activity, codes), ((activity.text, ""),)
        case "people":
            return _people(session, activity, names=names)
        case "decision":
            return _decision(session, activity)
        case _:
            return tuple(((f"+ {name}", ""),) for name in activity.documents)


def _head(session: Session, activity: Activity, codes: str) -> WallPart:
    """The ref, how far the review has come, and the issues' letters."""
    state: TextSpan = ("", "")
    if activity.open_point:
        state = (" open", "open")
    elif activity.confirmed:
        state = (" ✓", "good")
    issues: TextSpan = (f" !{codes}", "issue") if codes else ("", "")
    every = ((session.ref_by_id[activity.id], "ref"), state, issues)
    return tuple(span for span in every if span[0])


def _people(session: Session, activity: Activity, *, names: bool) -> tuple[WallPart, ...]:
    def say(letter: str, *codes: str) -> WallPart:
        known = [code for code in codes if code]
        if not known:
            return ((f"{letter} nobody yet", "wrong"),)
        return ((f"{letter} " + ", ".join(_role(session, code, names) for code in known), ""),)

    first = (say("R", activity.lead, *activity.also), say("A", activity.accountable))
    rest = (("C", activity.consulted), ("I", activity.informed))
    return *first, *(say(letter, *codes) for letter, codes in rest if codes)


def _role(session: Session, code: str, names: bool) -> str:
    role = session.role_by_code.get(code)
    return role.name if role and names else code


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
    leads = f"-> {target_label(session, edge)}"
    return ((edge.label, ""), (f" {leads}", look)) if edge.label else ((leads, look),)
