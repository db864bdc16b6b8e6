"""What a line will become, in other words, under it as one types.

What is typed stands in the line just above and is not said again: each letter would be sent twice.
"""

from collections.abc import Iterator

from textual.content import Content

from model.dates import say_date
from model.line import Note, NoteRoute, Parsed
from model.raci import role_name
from model.session import END, Session
from model.tables.lists import CODE_MEANS
from tui.text import count, plain


def preview(parsed: Parsed, session: Session, heading: str, carried: tuple[str, str]) -> Content:
    """What is understood of a line, part by part.

    ``heading`` says what keeping it does; ``carried`` are the lead and the accountable that are
    carried over where the line says none, shown faint.
    """
    parts = [Content.styled(plain(heading), "bold"), *_people(parsed.note, session, carried)]
    parts += [Content(plain(part)) for part in _parts(parsed.note, session)]
    parts += [Content.styled(plain(part), "$text-warning") for part in _doubts(parsed)]
    return Content("  ").join(parts)


def _people(note: Note, session: Session, carried: tuple[str, str]) -> Iterator[Content]:
    lead, accountable = carried
    if note.ditto:
        yield Content("people as before")
    for label, said, over in (("R", note.lead, lead), ("A", note.accountable, accountable)):
        if said is not None:
            yield Content(plain(f"{label} {role_name(session, said) if said else 'nobody yet'}"))
        elif over and not note.ditto:
            yield Content.styled(plain(f"({label} {role_name(session, over)})"), "$text-muted")
    for label, codes in (("also R", note.also), ("C", note.consulted), ("I", note.informed)):
        if codes:
            yield Content(plain(f"{label} " + ", ".join(role_name(session, c) for c in codes)))


def _parts(note: Note, session: Session) -> Iterator[str]:
    if note.decision is not None:
        yield "? decision"
    yield from (f"> {_route(route, session)}" for route in note.routes)
    if note.then is not None:
        yield f"then {_where(note.then, session)}"
    if note.documents:
        yield f"+ {count(len(note.documents), 'document')}"
    yield from (f"!{issue.code} {CODE_MEANS[issue.code]}" for issue in note.issues)
    for action in note.actions:
        by = f" by {say_date(action.due)}" if action.due else ""
        owner = f" ({role_name(session, action.owner)})" if action.owner else ""
        yield f"* action{owner}{by}"
    yield from ("^ parked" for _ in note.parked)
    yield from (f"% {tier} {treatment}" for tier, treatment in note.tiers)
    yield from (f"% {tier} only" for tier in note.only)
    if note.stage is not None:
        yield f"in {note.stage} {session.stage_by_id[note.stage].name}"
    if note.timescale is not None:
        yield "w: timescale"
    if note.note is not None:
        yield "n: note"


def _route(route: NoteRoute, session: Session) -> str:
    return f"{route.answer} -> {_where(route.to, session)}"


def _where(target: str, session: Session) -> str:
    if not target:
        return "next"
    if target == END or target.upper() in session.id_by_ref:
        return target
    return session.ref_by_id.get(target, f"({target})")


def _doubts(parsed: Parsed) -> Iterator[str]:
    for role in parsed.unknown_roles:
        near = f"Tab takes {role.near}, " if role.near else ""
        yield f"{role.word} is no role: {near}Enter makes it."
    yield from (left.why for left in parsed.left_as_text)
