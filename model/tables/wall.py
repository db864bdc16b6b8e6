"""The wall in plain cells: a strip a stage, the four lanes under each other.

A stage with more activities than a strip is wide goes on in the next strip, so that the sheet
stays one page wide.
"""

from collections.abc import Iterator, Mapping, Sequence

from model.photo_facts import say_facts
from model.session import Activity, Session
from model.tables.leads import routes
from model.tables.linked import Linked
from model.tables.names import role_labels
from model.tables.raci import shown_letters
from model.tables.table import Column, Row, Table

ACROSS = 8
"""Activities in a strip: what an A3 page holds at a size that can be read."""


def wall(session: Session) -> Table:
    """Stages down the page, activities across, the lanes activity, people, decision, documents."""
    return Table(
        name="Map",
        title="Map",
        about="The wall: a strip a stage, read from left to right; the lanes are activity, people, "
        "decision and documents. Issue codes stand behind an activity.",
        columns=(
            Column("stage", "Stage", width=18),
            Column("lane", "Lane", width=11),
            *(Column(f"column:{n}", f"Column {n}", width=25) for n in range(1, ACROSS + 1)),
        ),
        rows=(*_strips(session), *_photos(session)),
        pinned=2,
    )


def _strips(session: Session) -> Iterator[Row]:
    labels, linked = role_labels(session), Linked(session)
    for stage, found in session.by_stage.items():
        known = session.stage_by_id.get(stage)
        name = f"{stage} {known.name if known else ''}".strip()
        notes = [_notes(session, activity, labels, linked) for activity in found]
        for first in range(0, max(len(notes), 1), ACROSS):
            shown = f"{name}, continued" if first else name
            for lane in LANES:
                across = [note[lane] for note in notes[first : first + ACROSS]]
                yield _strip(shown, lane, across)


def _strip(stage: str, lane: str, across: Sequence[str]) -> Row:
    return (stage, lane, *across, *[""] * (ACROSS - len(across)))


LANES = ("activity", "people", "decision", "documents")
"""The lanes of the wall, from the top."""


def _notes(
    session: Session, activity: Activity, labels: Mapping[str, str], linked: Linked
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


def _photos(session: Session) -> Iterator[Row]:
    for photo in session.photos:
        said = [
            photo.caption,
            photo.path or "to be filed",
            photo.taken_by and f"by {photo.taken_by}",
            say_facts(photo),
        ]
        yield _strip("Photo of the wall", "photo", [text for text in said if text])
