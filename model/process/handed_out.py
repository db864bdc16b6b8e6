"""A part of the map in somebody else's hands: whose it is, which stages, since when, and back.

A part is whole stages, so that a row's place and its ref mean the same in both.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial

from offwall.model.process.raci import raci_letters
from offwall.model.records import EditError, Session, derive, line_of, short_date
from offwall.model.records.changes import added
from offwall.model.records.fields import NO_ROLE, RoleCode, StageId
from offwall.model.records.record_kind import Ask, Column, RecordKind, date_ask, needed
from offwall.model.records.session import HandedOut
from offwall.model.records.text import english_list, fold, quoted

NOT_HERE = "A part is handed out by: offwall export SESSION.toml --for WHOM."


def part_for(
    session: Session, text: str, named: Iterable[str] = ()
) -> tuple[str, tuple[StageId, ...]]:
    """Who is meant by a name, and the stages that are theirs, or those ``named``.

    Without named stages the words are a stage, a role, a person or a team; a role's are the stages
    in which it leads, or else answers for, an activity.

    Raises:
        EditError: nobody and nothing is called so, or nothing is theirs.
    """
    who = line_of(text)
    if chosen := tuple(dict.fromkeys(_stage(session, one) for one in named)):
        return who, chosen
    wanted = fold(who)
    for stage in session.stages:
        if wanted in (fold(stage.id), fold(stage.name)):
            return stage.name or stage.id, (stage.id,)
    if not (meant := _meant(session, wanted)):
        raise EditError(
            f"No stage, role, person or team is called {quoted(who)}. Add the stages: --stage S3."
        )
    called, roles = meant
    found = _of_roles(session, roles)
    if not found:
        raise EditError(f"{quoted(called)} leads nothing on the map. Add the stages: --stage S3.")
    return called, found


def _stage(session: Session, text: str) -> StageId:
    for number, one in enumerate(session.stages, 1):
        if fold(text) in (fold(one.id), fold(one.name), str(number)):
            return one.id
    there = english_list(stage.id for stage in session.stages)
    raise EditError(f"There is no stage {quoted(text)}. There are {there or 'none'}.")


def _meant(session: Session, wanted: str) -> tuple[str, set[RoleCode]] | None:
    """The role, person or team that is called so, and the roles of it; None where none is."""
    for role in session.roles:
        if wanted in map(fold, (role.code, role.name, *role.also_called)):
            return role.name or role.code, {role.code}
    for person in session.people:
        if wanted == fold(person.name):
            return person.name, {person.role} - {NO_ROLE}
    team = [person for person in session.people if wanted == fold(person.team)]
    return (team[0].team, {one.role for one in team} - {NO_ROLE}) if wanted and team else None


def _of_roles(session: Session, roles: set[RoleCode]) -> tuple[StageId, ...]:
    theirs: set[StageId] = set()
    for letter in "RA":
        theirs = theirs or {
            activity.stage
            for activity in session.activities
            for code, said in raci_letters(activity).items()
            if code in roles and letter in said.upper()
        }
    return tuple(stage.id for stage in session.stages if stage.id in theirs)


def hand_out(
    session: Session, to: str, stages: tuple[StageId, ...], today: dt.date, seed: str
) -> tuple[Session, HandedOut]:
    """The session in which the part is out, and the part; one that is out already stays as it is.

    Two parts may share a stage: what comes back is compared with what was given.
    """
    for one in parts_out(session):
        if fold(one.to) == fold(to) and set(one.stages) == set(stages):
            return session, one
    part = HandedOut(derive(seed, "h"), to, stages, today)
    return added(session, "handed_out", part), part


def parts_out(session: Session) -> tuple[HandedOut, ...]:
    """The parts that are out."""
    return tuple(one for one in session.handed_out if one.back is None)


def say_part(session: Session, part: HandedOut) -> str:
    """Which stages are with whom since when, such as ``Performance: with Jane Doe since 1 Jan``."""
    since = f" since {short_date(part.on)}" if part.on else ""
    return f"{part_name(session, part)}: with {line_of(part.to)}{since}"


def part_name(session: Session, part: HandedOut) -> str:
    """The stages of a part by their names."""
    known = (session.stage_by_id[key] for key in part.stages if key in session.stage_by_id)
    return english_list(line_of(one.name) or one.id for one in known) or "A part"


def shared_with(session: Session, part: HandedOut) -> tuple[str, ...]:
    """Who else has a stage of this part now."""
    others = (one for one in parts_out(session) if one.id != part.id)
    return tuple(line_of(one.to) for one in others if {*one.stages} & {*part.stages})


def activities_of(session: Session, part: HandedOut) -> frozenset[str]:
    """The ids of the activities that stand in a part."""
    return frozenset(
        activity.id for activity in session.activities if activity.stage in part.stages
    )


def _detail(session: Session, part: HandedOut) -> Iterator[str]:
    yield say_part(session, part)
    if part.back:
        yield f"back on {short_date(part.back)}"


def _check(_: Session, new: HandedOut, old: HandedOut | None) -> None:
    if old is None:
        raise EditError(NOT_HERE)


PARTS = RecordKind(
    collection="handed_out",
    noun="part",
    blank=lambda _: HandedOut(""),
    asks=(
        Ask("to", "With", "Who has it.", read=needed("Say who has it.")),
        date_ask("on", "Since"),
        date_ask("back", "Back on"),
    ),
    columns=(
        Column("stages", title="Part", cell=lambda session: partial(part_name, session)),
        *(Column("to", 24), Column("on", 15), Column("back", 15)),
    ),
    empty=NOT_HERE,
    detail=_detail,
    check=_check,
)
