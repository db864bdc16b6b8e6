"""What in a session is incomplete or inconsistent, as findings; nothing here ever raises.

An *error* is what the record cannot leave with: nobody leads, nobody answers, a pointer into
nothing, a question without answers. A *notice* is what the group may well want so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from typing import Any

from offwall.model.process import Edge, EdgeKind
from offwall.model.process.graph import (
    edges,
    edges_by_activity,
    is_dead_end,
    loops,
    unreached_heads,
)
from offwall.model.process.handed_out import parts_out, say_part
from offwall.model.process.walk import tier_view
from offwall.model.records import Action, Activity, Issue, IssueCode, IssueStatus, Session
from offwall.model.records.changes import COLLECTIONS, keyed_in, once
from offwall.model.records.fields import RECORDS, FieldInfo, field_infos, is_id
from offwall.model.records.session import Besides, Clash, RemarkStatus
from offwall.model.records.text import fold, quoted
from offwall.model.records.uses import (
    GONE,
    Pointer,
    lost_pointers,
    pointers,
    role_name,
    texts_of,
)
from offwall.model.review.progress import LIVE, UNREAD
from offwall.model.setup.glossary import GlossaryMatcher, avoided_by, said_by
from offwall.model.setup.photos import leads_outside


class FindingLevel(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something incomplete or inconsistent.

    ``place`` is what the record is known by: an id, a stage's id, a role's code, a document's
    name; empty where it is the board. ``text`` is a sentence: where, what, what to do. ``about``
    is which part of the record is meant, for what mends it: a role's code, a field, a word, the
    number of an answer.
    """

    level: FindingLevel
    kind: str
    place: str
    text: str
    about: str = ""

    @property
    def parts(self) -> tuple[str, str]:
        """What is so, without its full stop, and what to do about it; no part of what is quoted."""
        said, sep, todo = self.text.rpartition("; ")
        return (said, todo) if sep and "”" not in todo else (self.text.removesuffix("."), "")


def error(kind: str, place: str, text: str, about: str = "") -> Finding:
    """A finding that the record cannot leave with."""
    return Finding(FindingLevel.ERROR, kind, place, text, about)


def notice(kind: str, place: str, text: str, about: str = "") -> Finding:
    """A finding that the group may want so."""
    return Finding(FindingLevel.NOTICE, kind, place, text, about)


def ref(session: Session, activity: Activity) -> str:
    """How a finding calls an activity: its printed place."""
    return session.ref_by_id.get(activity.id, activity.id)


MANY_CONSULTED = 4
"""More consulted than this, and the activity waits for its slowest answer."""


def check_raci(session: Session) -> Iterator[Finding]:
    """What is wrong with the roles of the activities, and with the roles themselves."""
    for activity in session.in_order:
        yield from check_raci_at(session, activity)
    for stage in session.stages:
        if stage.accountable and stage.accountable not in session.role_by_code:
            yield error(
                "unknown role",
                stage.id,
                f"{stage.id} offers {quoted(stage.accountable)} as accountable, which is no role; "
                "add the role or choose another.",
                stage.accountable,
            )
    yield from _same_name(session)
    yield from _unused(session)


def check_raci_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """What is wrong with the roles of one activity."""
    yield from _people(session, activity)
    yield from _unknown(session, activity)


def _people(session: Session, activity: Activity) -> Iterator[Finding]:
    where = ref(session, activity)
    if not activity.lead:
        yield error("no lead", activity.id, f"{where} has no lead; say who does it.")
    if not activity.accountable:
        text = f"{where} has nobody accountable; say who answers for it."
        yield error("no accountable", activity.id, text)
    for told, codes in (("consulted", activity.consulted), ("informed", activity.informed)):
        if activity.lead and activity.lead in codes:
            lead = quoted(role_name(session, activity.lead))
            yield notice(
                "lead also told",
                activity.id,
                f"{where} has {lead} both as lead and as {told}; keep the lead only.",
                told,
            )
    for code in sorted(activity.in_two_letters - {activity.lead}):
        name = quoted(role_name(session, code))
        yield notice(
            "two letters",
            activity.id,
            f"{where} has {name} with two letters that do not go together; keep one of them.",
            code,
        )
    if (number := len(set(activity.consulted))) > MANY_CONSULTED:
        yield notice(
            "many consulted",
            activity.id,
            f"{where} consults {number} roles; see whether some need only be informed.",
        )


def _unknown(session: Session, activity: Activity) -> Iterator[Finding]:
    for name, info in _role_fields():
        held = getattr(activity, name)
        for code in (held,) if isinstance(held, str) else dict.fromkeys(held):
            if code and code not in session.role_by_code:
                yield error(
                    "unknown role",
                    activity.id,
                    f"{ref(session, activity)} names {quoted(code)} ({info.noun or name}), which "
                    "is no role; add the role or choose another.",
                    code,
                )


@cache
def _role_fields() -> tuple[tuple[str, FieldInfo], ...]:
    return tuple((name, told) for name, told in field_infos(Activity).items() if "roles" in told.to)


def _same_name(session: Session) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for role in session.roles:
        name = fold(role.name)
        if name and name in first:
            yield notice(
                "same name",
                role.code,
                f"Roles {first[name]} and {role.code} are both called {quoted(role.name)}; rename "
                "one, or remove one.",
            )
        first.setdefault(name, role.code)


def _unused(session: Session) -> Iterator[Finding]:
    idle = {str(role.code): role for role in session.roles}
    for pointer in pointers(session, "roles"):
        if pointer.collection != "people":
            idle.pop(pointer.value, None)
        if not idle:
            return
    for role in idle.values():
        yield notice(
            "unused role",
            role.code,
            f"Role {quoted(role.name or role.code)} has nothing to do; give it an activity or "
            "remove it.",
        )


# Where things lead: answers, targets, what is never reached and what never ends.

THEN = "then"
"""What a finding is about where no answer leads on, but the activity's ``then``."""


def check_routes(session: Session) -> Iterator[Finding]:
    """What is wrong with decisions, their targets, and the process as a whole."""
    for activity, ways in zip(session.in_order, edges_by_activity(session).values(), strict=True):
        yield from _ways(session, activity, ways)
    yield from _whole(session)


def check_routes_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """What is wrong with the decision of one activity, and with where it leads."""
    yield from _ways(session, activity, edges(session, activity))


def _ways(session: Session, activity: Activity, ways: tuple[Edge, ...]) -> Iterator[Finding]:
    if activity.routes or activity.decision:
        yield from _answers(session, activity)
    for number, edge in enumerate(ways):
        if not edge.to:
            yield from _target(session, activity, edge, number)
    if is_dead_end(ways):
        yield notice(
            "dead end",
            activity.id,
            f"{ref(session, activity)} leads nowhere and is not the end; say what comes next, or "
            "that the process ends.",
        )


def _target(session: Session, activity: Activity, edge: Edge, number: int) -> Iterator[Finding]:
    where = ref(session, activity)
    told = f" (answer {quoted(edge.label)})" if edge.label else ""
    about = str(number) if activity.routes else THEN
    if edge.kind is EdgeKind.MISSING:
        text = f"{where} leads{told} to an activity that is not there any more; choose another."
        yield error("missing target", activity.id, text, about)
    elif edge.kind is EdgeKind.OPEN:
        text = (
            f"{where} leads{told} to {quoted(edge.words)}, which matches no activity yet; match it "
            "or add the activity."
        )
        yield notice("open target", activity.id, text, about)


def _answers(session: Session, activity: Activity) -> Iterator[Finding]:
    where = ref(session, activity)
    if activity.decision and len(activity.routes) < 2:
        count = "one answer" if activity.routes else "no answers"
        yield error(
            "too few answers",
            activity.id,
            f"{where} asks {quoted(activity.decision)} and has {count}; a decision needs two.",
        )
    answers = [fold(route.answer) for route in activity.routes]
    for answer in dict.fromkeys(
        answer for answer in answers if answer and answers.count(answer) > 1
    ):
        text = f"{where} has the answer {quoted(answer)} twice; keep one of them."
        yield notice("answer twice", activity.id, text, answer)
    if activity.routes and not activity.decision:
        text = f"{where} has answers without a question; say what is decided."
        yield notice("no question", activity.id, text)


def _whole(session: Session) -> Iterator[Finding]:
    for activity, more in unreached_heads(session):
        after = f", nor can {more} after it" if more else ""
        yield notice(
            "unreachable",
            activity.id,
            f"{ref(session, activity)} cannot be reached from the start{after}; let a route or a "
            "jump lead to it.",
        )
    for tier in session.tiers:
        view = tier_view(session, tier.code)
        for activity in (one for one in view.kept if one.id in view.unled):
            text = f"{tier.name or tier.code}: nothing leads to {ref(session, activity)}; let a "
            text += "route lead to it, or leave it out of this tier."
            yield notice("tier leads past", activity.id, text, tier.code)
    for loop in loops(session):
        first, last = ref(session, loop[0]), ref(session, loop[-1])
        part = f"{first} goes" if len(loop) == 1 else f"{first} to {last} go"
        yield notice(
            "endless loop",
            loop[0].id,
            f"{part} round with no way out; give a decision an answer that leads on.",
        )


def check_pointers(session: Session) -> Iterator[Finding]:
    """Whatever points at a record that is not there, once for each field and value."""
    told: set[tuple[int, str, str]] = set()
    # Others of an activity are told with its roles and its routes.
    for lost in lost_pointers(session, activities=("tiers",)):
        same = id(lost.record), lost.field, lost.value
        if same in told or (lost.collection, lost.field) == ("stages", "accountable"):
            continue
        told.add(same)
        if lost.collection == "remarks" and lost.record.status is RemarkStatus.CLOSED:
            continue  # it was settled, whatever has become of what it was about
        about = f"{lost.collection}.{lost.field}"
        yield notice(
            "lost pointer", lost.key, f"{_pointing(session, lost)} {_at_what(lost)}", about
        )


def _pointing(session: Session, lost: Pointer) -> str:
    """How a finding calls the record that points."""
    if lost.collection in ("stages", "activities"):
        return session.ref_by_id.get(lost.key) or lost.key
    info = RECORDS[lost.collection]
    name = info.name_of(lost.record) or getattr(lost.record, "kind", "")
    if not info.key and not name:
        return f"The {info.noun}"
    return f"{info.noun.capitalize()} {quoted(name)}"


def _at_what(lost: Pointer) -> str:
    """What a finding says of a pointer that leads nowhere."""
    to, noun = lost.info.to, lost.info.noun or lost.field.replace("_", " ")
    if "people" in to or "roles" in to:
        if is_id(lost.value):
            return f"names {GONE} ({noun}); choose another."
        if "people" in to:
            return f"names {quoted(lost.value)}, which is no role and no person; add it."
        return f"names {quoted(lost.value)} ({noun}), which is no role; add it or choose another."
    what = RECORDS[to[0]].noun if len(to) == 1 else "record"
    article = "an" if what[0] in "aeiou" else "a"
    return f"is about {article} {what} that is not there any more; choose another."


def check_photos(session: Session) -> Iterator[Finding]:
    """What a session made by hand, or by somebody who means ill, may say of a photo."""
    for photo in session.photos:
        if leads_outside(photo.path):
            yield error(
                "photo elsewhere",
                photo.id,
                f"Photo {quoted(photo.path)} leads out of the session's folder and is not opened; "
                "put the picture beside the session file and name it there.",
            )


RecordText = tuple[str, str, str]
"""A record's id, what a finding calls it, and its text."""


def words_to_avoid(session: Session) -> dict[str, str]:
    """What to say for each word not to say, which is folded; empty where nothing was agreed."""
    avoid: dict[str, str] = {}
    for entry in session.words:
        for word in avoided_by(entry):
            avoid.setdefault(fold(word), said_by(entry))
    return avoid


def check_wording(session: Session, activity: Activity | None = None) -> Iterator[Finding]:
    """Where a word to avoid is still used, once for each word and record; or in one activity."""
    avoid = words_to_avoid(session)
    if not avoid:
        return
    agreed = GlossaryMatcher(session.words)
    for place, name, text in [_text_of(session, activity)] if activity else _texts(session):
        for word in dict.fromkeys(agreed.found(text)):
            say = f"; say {quoted(avoid[word])}" if avoid[word] else "; choose another word"
            yield notice("word to avoid", place, f"{name} says {quoted(word)}{say}.", word)


def _texts(session: Session) -> Iterator[RecordText]:
    for activity in session.in_order:
        yield _text_of(session, activity)
    for stage in session.stages:
        yield stage.id, stage.id, _said(session, stage)
    for issue in session.issues:
        yield issue.id, f"Issue {quoted(issue.text)}", _said(session, issue)
    for topic in session.topics:
        yield topic.id, f"Topic {quoted(topic.title or topic.kind)}", _said(session, topic)
    for action in session.actions:
        yield action.id, f"Action {quoted(action.text)}", _said(session, action)


def _text_of(session: Session, activity: Activity) -> RecordText:
    return activity.id, ref(session, activity), _said(session, activity)


BETWEEN = "\n"
"""What parts two texts: no phrase goes on over the end of a line."""


def _said(session: Session, record: Any) -> str:
    """All that a record says in people's own words."""
    return BETWEEN.join(texts_of(session, record))


KIND = "two said"
PART_OUT = "part out"
"""The kind of these findings."""


def check_conflicts(session: Session) -> Iterator[Finding]:
    """A notice for each field of which two people said different things."""
    for clash in session.clashes:
        field = "something" if clash.field == "extra" else f"the {clash.field.replace('_', ' ')}"
        text = f"{_named(session, clash)}: two said different things of {field}; settle it."
        yield notice(KIND, clash.record, text, clash.field)


def check_handed_out(session: Session) -> Iterator[Finding]:
    """A notice for each part of the map that is out with somebody."""
    for part in parts_out(session):
        text = f"{say_part(session, part)}; import the workbook when it comes back."
        yield notice(PART_OUT, next(iter(part.stages), ""), text, part.id)


def _named(session: Session, clash: Clash) -> str:
    """How a finding calls what a clash is about; a heading, or all of the file, by its name."""
    if clash.record in session.ref_by_id:
        return session.ref_by_id[clash.record]
    if clash.collection not in COLLECTIONS:
        return "The file" if clash.collection == "extra" else f"The {clash.collection}"
    info = RECORDS[clash.collection]
    record = keyed_in(session, clash.collection).get(clash.record)
    name = (info.name_of(record) if record else "") or clash.record
    return f"{info.noun.capitalize()} {quoted(name)}"


def check_completeness(session: Session) -> Iterator[Finding]:
    """What is not agreed, and what lacks a template, a timescale, an owner or a date."""
    for activity in session.in_order:
        yield from _agreed(session, activity)
    if session.records(Besides.TIMESCALES):
        for issue in session.issues:
            yield from _time(session, issue)
    for document in session.documents:
        if document.template.strip().casefold() == "no":
            yield notice(
                "no template",
                document.name,
                f"Document {quoted(document.name)} has no template; agree who drafts one.",
            )
    for action in session.actions:
        if action.status in LIVE:
            yield from _carried(action)


def check_completeness_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """What of one activity is not agreed, and whether its time risk has a timescale."""
    yield from _agreed(session, activity)
    if session.records(Besides.TIMESCALES):
        for issue in session.issues:
            if issue.activity == activity.id:
                yield from _time(session, issue)


def _agreed(session: Session, activity: Activity) -> Iterator[Finding]:
    where = ref(session, activity)
    if activity.open_point:
        yield notice(
            "open point",
            activity.id,
            f"{where} has an open point: {quoted(activity.open_point)}; settle it, or give it "
            "to somebody.",
        )
    if not activity.confirmed:
        parts = (
            ("its sequence", activity.sequence_confirmed),
            ("its lead", activity.lead_confirmed),
        )
        missing = " and ".join(part for part, done in parts if not done)
        text = f"{where} is not confirmed: {missing}; read it to the group."
        yield notice("unconfirmed", activity.id, text)


def _time(session: Session, issue: Issue) -> Iterator[Finding]:
    activity = session.activity_by_id.get(issue.activity)
    live = issue.code is IssueCode.TIME and issue.status is not IssueStatus.CLOSED
    if activity and live and not activity.timescale:
        yield notice(
            "time risk",
            activity.id,
            f"{ref(session, activity)} has a time risk ({quoted(issue.text)}) and no "
            "timescale; say within when.",
        )


def _carried(action: Action) -> Iterator[Finding]:
    for token in UNREAD.findall(action.text):
        text = f"Action {quoted(action.text)}: {quoted(token)} could not be read; edit it."
        yield notice("not read", action.id, text, token)
    if not action.owner:
        text = f"Action {quoted(action.text)} has no owner; say who does it."
        yield notice("no owner", action.id, text)
    if action.due is None:
        text = f"Action {quoted(action.text)} has no target date; say by when."
        yield notice("no date", action.id, text)


@once
def findings(session: Session) -> tuple[Finding, ...]:
    """Everything found: errors first, then as the wall reads, then what has no place on it."""
    places: dict[str, int] = {one.id: place for place, one in enumerate(session.in_order)}
    checks = (
        check_raci,
        check_routes,
        check_completeness,
        check_pointers,
        check_photos,
        check_wording,
        check_conflicts,
        check_handed_out,
    )
    found = chain.from_iterable(check(session) for check in checks)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.level is not FindingLevel.ERROR,
                places.get(one.place, len(places)),
            ),
        )
    )


def findings_at(session: Session, activity: Activity) -> tuple[Finding, ...]:
    """What is found in one activity alone, errors first; quick enough to ask at every key.

    What takes the whole process to see, that nothing leads here or that it goes round for ever,
    is not among it.
    """
    checks = (check_raci_at, check_routes_at, check_completeness_at, check_wording)
    found = chain.from_iterable(check(session, activity) for check in checks)
    return tuple(sorted(found, key=lambda one: one.level is not FindingLevel.ERROR))
