"""Stages: the columns of the wall, each with the rhythm in which it is gone through."""

import re
from collections.abc import Callable, Iterator

from offwall.model.records import (
    EditError,
    Session,
    Stage,
    counted,
    excerpt,
    line_of,
    whole_number,
)
from offwall.model.records.fields import NO_STAGE, StageId
from offwall.model.records.record_kind import (
    Ask,
    Cell,
    Column,
    Reading,
    RecordKind,
    choice_ask,
    needed,
)
from offwall.model.records.session import Rhythm
from offwall.model.records.uses import repoint, role_name
from offwall.model.setup.people_and_roles import role_ask

_NUMBERED = re.compile(r"S([0-9]{1,9})", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,9}")

RHYTHM_HINTS = {
    Rhythm.ONCE: "gone through once, then the next stage",
    Rhythm.CYCLE: "goes round: its end leads back to its beginning",
    Rhythm.ON_DEMAND: "entered and left by a route",
}


def next_stage_id(session: Session) -> StageId:
    """The id offered to a new stage: ``S`` and the number after the highest."""
    numbers = [
        int(known[1]) for stage in session.stages if (known := _NUMBERED.fullmatch(stage.id))
    ]
    return StageId(f"S{max(numbers, default=0) + 1}")


def has_number(stage: str, text: str) -> bool:
    """Whether a stage's id has one number and ``said`` is it: ``3``, or ``03``, says ``S3``."""
    number = whole_number(text, 0, 10**9)
    return number is not None and [int(found) for found in _DIGITS.findall(stage)] == [number]


def _read_id(reading: Reading, text: str) -> str:
    """The id as typed, else the next one for a new stage."""
    if reading.old is None and not line_of(text):
        return next_stage_id(reading.session)
    name = line_of(text, "Say the stage's id, one word such as S1.")
    if " " in name or "." in name:
        raise EditError(
            f"{excerpt(name)} cannot be a stage's id. It is one word without a dot, such as S1, "
            "because S1.04 is the fourth activity of S1."
        )
    for stage in reading.session.stages:
        if stage is not reading.old and stage.id.casefold() == name.casefold():
            raise EditError(
                f"{excerpt(name)} is already the id of {excerpt(stage.name)}. "
                f"{next_stage_id(reading.session)} is free."
            )
    return name


def _held(session: Session) -> Callable[[Stage], Cell]:
    return lambda stage: str(len(session.by_stage[stage.id]) or "")


def _detail(session: Session, stage: Stage) -> Iterator[str]:
    accountable = role_name(session, stage.accountable)
    yield f"{excerpt(stage.name)}: {RHYTHM_HINTS[stage.rhythm]}"
    yield counted(len(session.by_stage[stage.id]), "activity", "activities")
    yield f"accountable for new ones: {accountable}" if accountable else ""
    yield stage.about
    shown = [photo.path or "to be filed" for photo in session.photos if photo.stage == stage.id]
    yield f"photo: {', '.join(shown)}" if shown else ""


def _in_use(session: Session, stage: Stage) -> str:
    held = counted(len(session.by_stage[stage.id]), "activity", "activities")
    said = (
        f"{excerpt(stage.id)} {excerpt(stage.name)} still has {held}. "
        "Move them first: in part 2, H and L take one to the next stage."
    )
    return said if session.by_stage[stage.id] else ""


STAGES = RecordKind(
    collection="stages",
    noun="stage",
    chained=True,
    blank=lambda session: Stage(next_stage_id(session), ""),
    called=lambda stage: f"{stage.id} {stage.name}",
    asks=(
        Ask(
            "name",
            "Stage",
            "What the wall calls it, such as Mobilise.",
            read=needed("Say what the stage is called, such as Mobilise."),
        ),
        Ask("id", "Id", "One word, for refs such as S1.04.", read=_read_id, chosen=True),
        choice_ask(
            "rhythm",
            "Rhythm",
            "once, cycle (goes round) or on demand (entered by a route).",
            Rhythm,
            Rhythm.ONCE,
        ),
        role_ask("accountable", "Accountable", "Offered to new activities."),
        Ask("about", "About", "From what to what; may stay empty."),
    ),
    columns=(
        Column("id", 6, look="muted"),
        Column("name"),
        Column("rhythm", 10),
        Column("accountable", 18),
        Column("activities", 10, title="Activities", cell=_held, figures=True),
    ),
    empty="No stages yet. Press n and type the name of the first.",
    detail=_detail,
    named_by="id",
    follow=lambda session, old, new: repoint(session, "stages", old.id, new.id),
    in_use=_in_use,
    gone=lambda session, gone: repoint(session, "stages", gone.id, NO_STAGE),
)
