"""Keep what a line says: a new activity, more for one, a changed one, lines in a row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from offwall.model.process.activities import ActivityBatch, move_to_ref, settle_targets
from offwall.model.process.post_it import (
    MEANINGS,
    SAID_ONCE,
    LineKind,
    PostIt,
    added_to,
    carried_records,
    in_full,
    roles_of,
    said_routes,
    whole_refs,
    with_new_records,
    with_roles,
)
from offwall.model.records import (
    Activity,
    EditError,
    Session,
    derive,
    line_of,
    the_activity,
    updated,
)
from offwall.model.records.changes import the_stage
from offwall.model.records.fields import (
    NO_ACTIVITY,
    NO_ROLE,
    ActivityId,
    Collection,
    RoleCode,
    StageId,
)
from offwall.model.records.session import Route

_ONCE = ("text", "lead", *SAID_ONCE)
_MANY = ("also", "consulted", "informed", "documents")


def edit_post_it(
    session: Session, activity: ActivityId, before: PostIt, after: PostIt, seed: str
) -> Session:
    """Change what differs between the line as it was filled in and as it is now.

    What a line does not carry is kept. An issue, a parked issue or an action whose token is gone
    is unlinked, with the activity's words as the place it was near; it is never deleted. Raises
    `EditError` without words, or where the activity or the stage is not there.
    """
    if not after.text:
        raise EditError("An activity needs words. Say what is done; x takes it off the wall.")
    old = the_activity(session, activity)
    if after == before:
        return session
    people = ActivityBatch(session).before(activity) if after.ditto else None
    after = whole_refs(after, session, after.stage or old.stage, keep=before.routes)
    after = in_full(after, session, people)
    now, after = with_roles(session, after, keep={*roles_of(before), *after.unsettled})
    now = updated(now, "activities", old, **_fields(session, old, before, after))
    if after.stage and after.stage != old.stage:
        now = move_to_ref(now, activity, after.stage)
    return settle_targets(_edit_records(now, old, before, after, seed), session)


def _fields(session: Session, old: Activity, before: PostIt, after: PostIt) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in (*_ONCE, *_MANY):
        said = getattr(after, name)
        if said != getattr(before, name):
            fields[name] = tuple(dict.fromkeys(said)) if name in _MANY else said or ""
    if before.routes != after.routes:
        fields["routes"] = _routes(session, old, after)
    if before.times != after.times:
        fields |= dict.fromkeys(dict(before.times), "") | dict(after.times)
    if before.tiers != after.tiers:
        gone = dict(before.tiers).keys() - dict(after.tiers).keys()
        kept = {code: how for code, how in old.tiers if code not in gone}
        fields["tiers"] = tuple((kept | dict(after.tiers)).items())
    return fields


def _routes(session: Session, old: Activity, after: PostIt) -> tuple[Route, ...]:
    """A route still said as it was stays the same record; one that no line can say stays too."""
    said = said_routes(session, old)
    sayable = [route for _, route in said]
    routes = []
    for new in after.routes:
        same = next((pair for pair in said if pair[0] == new), None)
        if same:
            said.remove(same)
        routes.append(same[1] if same else Route(new.answer, to_words=new.to))
    return (*routes, *(route for route in old.routes if route not in sayable))


def _edit_records(
    session: Session, old: Activity, before: PostIt, after: PostIt, seed: str
) -> Session:
    issues, parked, actions = carried_records(session, old.id)
    edit = partial(_edit_tokens, near=line_of(old.text))
    session, new_issues = edit(
        session,
        "issues",
        issues,
        (before.issues, after.issues),
        fields=lambda text: {"code": text.code, "text": text.text or MEANINGS[text.code]},
        akin=lambda was, text: was.code == text.code or was.text == text.text,
    )
    session, new_parked = edit(
        session,
        "issues",
        parked,
        (before.parked, after.parked),
        fields=lambda text: {"text": text},
    )
    session, new_actions = edit(
        session,
        "actions",
        actions,
        (before.actions, after.actions),
        fields=lambda text: {"text": text.text, "owner": text.owner, "due": text.due},
    )
    new = PostIt(issues=new_issues, parked=new_parked, actions=new_actions)
    return with_new_records(session, new, old.id, seed, 0)


def _edit_tokens(
    session: Session,
    collection: Collection,
    records: list[tuple[Any, Any]],
    tokens: tuple[tuple[Any, ...], tuple[Any, ...]],
    *,
    fields: Callable[[Any], dict[str, Any]],
    akin: Callable[[Any, Any], bool] = lambda was, text: True,
    near: str,
) -> tuple[Session, tuple[Any, ...]]:
    """The session with the records of tokens reworded and unlinked, and the tokens that are new.

    ``tokens`` are those before and after; of the new ones that is reworded which is ``akin``.
    """
    gone, new = list(tokens[0]), []
    for said in tokens[1]:
        if said in gone:
            gone.remove(said)
        else:
            new.append(said)
    for said in list(new):
        for was in [each for each in gone if akin(each, said)][:1]:
            gone.remove(was)
            new.remove(said)
            if record := _taken(records, was):
                session = updated(session, collection, record, **fields(said))
            else:  # somebody else changed it meanwhile: keep both
                new.append(said)
    for was in gone:
        if record := _taken(records, was):
            session = updated(session, collection, record, activity="", near=near)
    return session, tuple(new)


def _taken(records: list[tuple[Any, Any]], said: Any) -> Any:
    place = next((place for place, (token, _) in enumerate(records) if token == said), None)
    return None if place is None else records.pop(place)[1]


# Refs and words that say where a route leads are matched when every line is in.


@dataclass(frozen=True, slots=True)
class AddedPostIts:
    """The session with all lines in, and the activity that each line made or added to.

    ``activities`` has an id a line, "" for one that stands alone or says nothing; ``roles`` are
    the codes of the roles made for words that named none.
    """

    session: Session
    activities: tuple[ActivityId, ...]
    roles: tuple[RoleCode, ...]


def new_activity_id(seed: str, n: int = 0) -> ActivityId:
    """The id of the activity that the ``n``-th line kept with this seed makes."""
    return derive(seed, "a", n)


def add_post_it(
    session: Session,
    note: PostIt,
    *,
    stage: StageId,
    seed: str,
    after: ActivityId = NO_ACTIVITY,
    before: ActivityId = NO_ACTIVITY,
    lead: RoleCode = NO_ROLE,
    accountable: RoleCode = NO_ROLE,
) -> Session:
    """Make an activity, with its issues, actions and parked issues.

    It goes behind the activity ``after``, or before ``before``, in their stage; else to the end
    of the note's own stage, or of ``stage``. ``lead`` and ``accountable`` are carried over where
    the note says none, and no ``"`` for the people before. Raises `EditError` without words, or
    where the stage is not there.
    """
    if not note.ditto:
        note = replace(
            note,
            lead=(lead or None) if note.lead is None else note.lead,
            accountable=(accountable or None) if note.accountable is None else note.accountable,
        )
    keeping = _Batch(session, seed)
    keeping.place(note, 0, stage=stage, after=after, before=before)
    return keeping.kept()


def add_to_activity(session: Session, activity: ActivityId, note: PostIt, seed: str) -> Session:
    """Add what a note says to an activity: ``@ a: ? >= / w: n:`` replace, the rest is added.

    Raises `EditError` where the activity, or the stage that it moves to, is not there.
    """
    keeping = _Batch(session, seed)
    keeping.extend(activity, note, 0)
    return keeping.kept()


def add_loose_records(session: Session, note: PostIt, seed: str) -> Session:
    """Keep a line of only ``^...`` and ``*...``: parked issues and actions of no activity."""
    return with_new_records(session, note, NO_ACTIVITY, seed, 0)


def add_post_its(
    session: Session,
    notes: Iterable[tuple[PostIt, LineKind]],
    *,
    stage: StageId,
    seed: str,
    after: ActivityId = NO_ACTIVITY,
    before: ActivityId = NO_ACTIVITY,
    adding_to: ActivityId = NO_ACTIVITY,
) -> AddedPostIts:
    """Keep lines in a row. A line's stage holds for those after it; leads are never invented.

    ``after`` is the activity behind which the first new one goes, or ``before`` the one before
    which it goes; ``adding_to`` is the one that a line before any new activity adds to. Raises
    `EditError` naming the line; then none is kept.
    """
    keeping = _Batch(session, seed)
    here, at, kept = adding_to, after, []
    for n, (note, way) in enumerate(notes):
        try:
            if note == PostIt():  # a sign without a value, which makes nothing
                kept.append(NO_ACTIVITY)
                continue
            if way is LineKind.NEW:
                stage = note.stage or stage
                where = {"after": at} if at else {"before": before}
                here = at = keeping.place(note, n, stage=stage, people_of=here, **where)
            elif way is LineKind.ADDS:
                keeping.extend(here, note, n)
            else:
                keeping.records(note, NO_ACTIVITY, n)
        except EditError as error:
            raise EditError(f"Line {n + 1}: {error}") from None
        kept.append(NO_ACTIVITY if way is LineKind.ALONE else here)
    now = keeping.kept()
    roles = tuple(role.code for role in now.roles if role.code not in session.role_by_code)
    return AddedPostIts(now, tuple(kept), roles)


class _Batch:
    """Lines kept in a row: the activities are put together once, however many lines there are."""

    def __init__(self, session: Session, seed: str) -> None:
        self._screen = session
        self._seed = seed
        self._session = session  # with the roles, issues and actions so far
        self._working = ActivityBatch(session)

    def kept(self) -> Session:
        """The session with all lines in, and every target that now matches leading there."""
        return settle_targets(self._working.kept(self._session), self._screen)

    def place(
        self,
        note: PostIt,
        n: int,
        *,
        stage: StageId,
        after: ActivityId = NO_ACTIVITY,
        before: ActivityId = NO_ACTIVITY,
        people_of: ActivityId = NO_ACTIVITY,
    ) -> ActivityId:
        """Make an activity; the answer is its id. Raises `EditError` for a note without words."""
        if not note.text:
            raise EditError("An activity needs words. Say first what is done, then its tokens.")
        working, other = self._working, after or before
        beside = working.get(other)
        stage = the_stage(self._session, note.stage or (beside.stage if beside else stage)).id
        above = people_of or after
        note = self._in_codes(note, working.get(above) if above else working.end_of(stage), stage)
        made = new_activity_id(self._seed, n)
        if working.get(made):
            raise EditError("This line is already kept. Type it again to have it twice.")
        new = Activity(made, stage, note.text)
        new = replace(new, **added_to(new, note))
        if beside is None or beside.stage != stage:
            working.put_last(new)
        elif after:
            working.put_behind(new, other)
        else:
            working.put_before(new, other)
        self.records(note, made, n)
        return made

    def extend(self, activity: ActivityId, note: PostIt, n: int) -> None:
        """Add what a note says to an activity. Raises `EditError` where there is none."""
        if not activity:
            raise EditError(
                "It begins with a token, so it adds to an activity, and there is none yet. "
                "Begin with what is done."
            )
        old = self._working.get(activity) or the_activity(self._screen, activity)
        people = self._working.before(activity) if note.ditto else None
        note = self._in_codes(note, people, note.stage or old.stage)
        new = replace(old, **added_to(old, note))
        if note.stage and note.stage != old.stage:
            stage = the_stage(self._session, note.stage).id
            self._working.take(activity)
            self._working.put_last(replace(new, stage=stage))
        else:
            self._working.change(new)
        self.records(note, activity, n)

    def _in_codes(self, note: PostIt, people: Activity | None, stage: StageId) -> PostIt:
        """The note in full, its roles as codes; those not known yet are made."""
        said = in_full(whole_refs(note, self._screen, stage), self._screen, people)
        self._session, said = with_roles(self._session, said, keep=note.unsettled)
        return said

    def records(self, note: PostIt, activity: ActivityId, n: int) -> None:
        self._session = with_new_records(self._session, note, activity, self._seed, n)


# Put an activity right with one line: its words replace the words, its tokens are added to it.


def correct_activity(
    session: Session, activity: ActivityId, note: PostIt, way: LineKind, seed: str
) -> Session:
    """Put an activity right; what the line does not say stays, and one that stands alone does here.

    Raises `EditError` where the activity or its new stage is not there, or nothing is said.
    """
    if way is LineKind.ALONE:
        return add_loose_records(session, note, seed)
    old = the_activity(session, activity)
    if note == PostIt():
        raise EditError("Nothing was said; the activity stays as it is.")
    if note.text:
        session = updated(session, "activities", old, text=note.text)
    return add_to_activity(session, activity, replace(note, text=""), seed)
