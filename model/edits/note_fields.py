"""A note's tokens as an activity's fields."""

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from typing import Any

from model.edits.stages import has_number
from model.note import Note, NoteRoute
from model.session import Activity, Route, Session, Treatment

_SHORT = re.compile(r"(?:([0-9]{1,3})\.)?([0-9]{1,3})")
"""A ref without its stage's letter, or without its stage."""


def new_activity(note: Note, made: str, stage: str) -> Activity:
    """The activity that a note makes; the targets of its routes are still words."""
    return replace(Activity(made, stage, note.text), **_fields(Activity(made, stage, ""), note))


def added_to(old: Activity, note: Note) -> dict[str, Any]:
    """The fields of an activity that a note adds to: what may be said once replaces."""
    fields = _fields(old, note)
    if note.text and not f" {old.text}".casefold().endswith(f" {note.text}".casefold()):
        fields["text"] = f"{old.text} {note.text}".strip()
    return fields


def _fields(old: Activity, note: Note) -> dict[str, Any]:
    lead = old.lead if note.lead is None else note.lead
    once = {
        "accountable": note.accountable,
        "decision": note.decision,
        "then": note.then,
        "timescale": note.timescale,
        "note": note.note,
    }
    return {
        "lead": lead,
        "also": tuple(code for code in union(old.also, note.also) if code != lead),
        "consulted": union(old.consulted, note.consulted),
        "informed": union(old.informed, note.informed),
        "routes": _with_routes(old.routes, note.routes),
        "documents": union(old.documents, note.documents, str.casefold),
        "tiers": tuple((dict(old.tiers) | dict(note.tiers)).items()),
        **{name: value for name, value in once.items() if value is not None},
    }


def union(
    old: tuple[str, ...], new: Iterable[str], fold: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Both, in order, none twice; ``fold`` says what makes two alike."""
    said = {fold(text) for text in old}
    more = []
    for text in new:
        if fold(text) not in said:
            said.add(fold(text))
            more.append(text)
    return (*old, *more)


def route_of(said: NoteRoute) -> Route:
    """A route as typed; its target is words until it is matched."""
    return Route(said.answer, to_words=said.to)


def _with_routes(old: tuple[Route, ...], new: tuple[NoteRoute, ...]) -> tuple[Route, ...]:
    """An answer that is there already leads where the note says; any other is added."""
    routes = list(old)
    answers = [route.answer.casefold() for route in old]
    for said in new:
        answer = said.answer.casefold()
        if answer in answers:
            place = answers.index(answer)
            routes[place] = replace(old[place], to="", to_words=said.to)
        else:
            routes.append(route_of(said))
    return tuple(routes)


def only_tiers(session: Session, note: Note) -> Note:
    """The note with ``%gold`` alone said in full: yes to gold, no to every other tier."""
    if not note.only:
        return note
    codes = dict.fromkeys([*(tier.code for tier in session.tiers), *note.only])
    said = {code: Treatment.YES if code in note.only else Treatment.NO for code in codes}
    said.update(note.tiers)
    return replace(note, tiers=tuple(said.items()), only=())


def same_people(note: Note, people: Activity | None) -> Note:
    """The note with the people of another activity wherever it names none itself."""
    if people is None:
        return note
    return replace(
        note,
        lead=people.lead or None if note.lead is None else note.lead,
        also=note.also or people.also,
        accountable=people.accountable or None if note.accountable is None else note.accountable,
        consulted=note.consulted or people.consulted,
        informed=note.informed or people.informed,
    )


def whole_refs(note: Note, session: Session, stage: str, keep: Container[NoteRoute] = ()) -> Note:
    """The note with ``3.5`` said as ``S3.05``, and ``5`` as the fifth place of ``stage``.

    Routes in ``keep`` stay as they are: they were there before.
    """
    routes = tuple(
        route if route in keep else replace(route, to=_whole_ref(route.to, session, stage))
        for route in note.routes
    )
    return note if routes == note.routes else replace(note, routes=routes)


def _whole_ref(words: str, session: Session, stage: str) -> str:
    short = _SHORT.fullmatch(words)
    if not short:
        return words
    number, place = short.groups()
    if number is not None:
        known = [known for known in session.stage_by_id if has_number(known, number)]
        stage = known[0] if len(known) == 1 else ""
    return f"{stage}.{int(place):02}" if stage else words


def in_full(note: Note, session: Session, people: Activity | None) -> Note:
    """The note with its shorthand said in full: ``"`` as the people of the note before it."""
    return only_tiers(session, same_people(note, people) if note.ditto else note)
