"""Stages: the columns of the wall, each with the rhythm in which it is gone through."""

import re

from offwall.model.records import (
    EditError,
    Session,
    Stage,
    counted,
    excerpt,
    line_of,
    text_from,
    updated,
    whole_number,
    without,
)
from offwall.model.records.edit import put_record, record_by_key
from offwall.model.records.pointers import repoint
from offwall.model.records.session import Rhythm
from offwall.model.records.text import choice_from
from offwall.model.setup.roles import role_from

_NUMBERED = re.compile(r"S([0-9]{1,9})", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,9}")


def next_stage_id(session: Session) -> str:
    """The id offered to a new stage: ``S`` and the number after the highest."""
    numbers = [
        int(known[1]) for stage in session.stages if (known := _NUMBERED.fullmatch(stage.id))
    ]
    return f"S{max(numbers, default=0) + 1}"


def has_number(stage: str, said: str) -> bool:
    """Whether a stage's id has one number and ``said`` is it: ``3``, or ``03``, says ``S3``."""
    number = whole_number(said, 0, 10**9)
    return number is not None and [int(found) for found in _DIGITS.findall(stage)] == [number]


def add_stage(
    session: Session,
    name: str,
    *,
    id: str = "",  # noqa: A002
    rhythm: str = "",
    accountable: str = "",
    about: str = "",
    beside: str = "",
    before: bool = False,
) -> Session:
    """Add a stage beside another, or at the end; without an id it gets the next.

    Raises `EditError` without a name, and for an id, a rhythm or a role that cannot be.
    """
    stage = Stage(
        _id(session, id) if line_of(id) else next_stage_id(session),
        line_of(name, "Say what the stage is called, such as Mobilise."),
        line_of(about),
        _rhythm(rhythm),
        role_from(session, accountable),
    )
    return put_record(session, "stages", stage, beside, before)


def change_stage(
    session: Session,
    stage: str,
    *,
    name: str,
    id: str,  # noqa: A002
    rhythm: str,
    accountable: str,
    about: str,
) -> Session:
    """Change a stage; its activities follow a new id. Raises `EditError` as `add_stage` does."""
    old: Stage = record_by_key(session, "stages", stage)
    new = old.id if line_of(id) == line_of(old.id) else _id(session, id, old)
    changed = updated(
        session,
        "stages",
        old,
        id=new,
        name=text_from(name, old.name, "Say what the stage is called, such as Mobilise."),
        about=text_from(about, old.about),
        rhythm=_rhythm(rhythm),
        accountable=role_from(session, accountable, old.accountable),
    )
    return changed if new == old.id else repoint(changed, "stages", old.id, new)


def remove_stage(session: Session, stage: str) -> Session:
    """Take away a stage without activities. Raises `EditError` where it has some."""
    gone: Stage = record_by_key(session, "stages", stage)
    if held := session.by_stage[stage]:
        raise EditError(
            f"{excerpt(gone.id)} {excerpt(gone.name)} still has "
            f"{counted(len(held), 'activity', 'activities')}. "
            "Move them first: in part 2, H and L take one to the next stage."
        )
    return without(session, "stages", gone)


def _id(session: Session, said: str, old: Stage | None = None) -> str:
    name = line_of(said, "Say the stage's id, one word such as S1.")
    if " " in name or "." in name:
        raise EditError(
            f"{excerpt(name)} cannot be a stage's id. It is one word without a dot, such as S1, "
            "because S1.04 is the fourth activity of S1."
        )
    for stage in session.stages:
        if stage is not old and stage.id.casefold() == name.casefold():
            raise EditError(
                f"{excerpt(name)} is already the id of {excerpt(stage.name)}. "
                f"{next_stage_id(session)} is free."
            )
    return name


def _rhythm(said: str) -> Rhythm:
    return choice_from(said, Rhythm, Rhythm.ONCE, "rhythm")
