"""What in a session is incomplete or inconsistent, as findings; nothing here ever raises.

An *error* is what the record cannot leave with: nobody leads, nobody answers, a pointer into
nothing, a question without answers. A *notice* is what the group may well want so.
"""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import chain
from typing import Any

from offwall.model.process import Edge, EdgeKind
from offwall.model.process.graph import edges, is_dead_end, loops, unreached_heads
from offwall.model.records import Action, Activity, Session, keyed
from offwall.model.records.changes import COLLECTIONS
from offwall.model.records.every_text import ROUTE, TEXT_FIELDS
from offwall.model.records.ids import ALPHABET, LENGTH
from offwall.model.records.session import Board, Clash, RemarkStatus
from offwall.model.review.finding import Finding, FindingLevel, error, notice, quoted, ref
from offwall.model.review.missing import check_completeness, check_completeness_at
from offwall.model.setup import role_name
from offwall.model.setup.glossary import GlossaryMatcher, avoided_by, fold_word, said_by
from offwall.model.setup.photos import leads_outside

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
    if len(set(activity.consulted)) > MANY_CONSULTED:
        yield notice(
            "many consulted",
            activity.id,
            f"{where} consults {len(set(activity.consulted))} roles; see whether some need only "
            "be informed.",
        )


def _unknown(session: Session, activity: Activity) -> Iterator[Finding]:
    parts = {
        "lead": (activity.lead,),
        "also responsible": activity.also,
        "accountable": (activity.accountable,),
        "consulted": activity.consulted,
        "informed": activity.informed,
        "who decides": (activity.decided_by,),
    }
    for part, codes in parts.items():
        for code in dict.fromkeys(codes):
            if code and code not in session.role_by_code:
                yield error(
                    "unknown role",
                    activity.id,
                    f"{ref(session, activity)} names {quoted(code)} ({part}), which is no role; "
                    "add the role or choose another.",
                    code,
                )


def _same_name(session: Session) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for role in session.roles:
        name = " ".join(role.name.casefold().split())
        if name and name in first:
            yield notice(
                "same name",
                role.code,
                f"Roles {first[name]} and {role.code} are both called {quoted(role.name)}; rename "
                "one, or remove one.",
            )
        first.setdefault(name, role.code)


def _unused(session: Session) -> Iterator[Finding]:
    used = set(_used(session))
    for role in session.roles:
        if role.code not in used:
            yield notice(
                "unused role",
                role.code,
                f"Role {quoted(role.name or role.code)} has nothing to do; give it an activity or "
                "remove it.",
            )


def _used(session: Session) -> Iterable[str]:
    for one in session.activities:
        yield from (one.lead, one.accountable, one.decided_by)
        yield from (*one.also, *one.consulted, *one.informed)
    yield from (stage.accountable for stage in session.stages)
    yield from (document.owner for document in session.documents)
    yield from _carrying(session.actions)
    board = session.board or Board()
    yield from (board.chair, *board.members)


def _carrying(actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        yield from (action.owner, action.helper)


# Where things lead: answers, targets, what is never reached and what never ends.

THEN = "then"
"""What a finding is about where no answer leads on, but the activity's ``then``."""


def check_routes(session: Session) -> Iterator[Finding]:
    """What is wrong with decisions, their targets, and the process as a whole."""
    for activity in session.in_order:
        yield from check_routes_at(session, activity)
    yield from _whole(session)


def check_routes_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """What is wrong with the decision of one activity, and with where it leads."""
    yield from _answers(session, activity)
    ways = edges(session, activity)
    for number, edge in enumerate(ways):
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
    for loop in loops(session):
        first, last = ref(session, loop[0]), ref(session, loop[-1])
        part = f"{first} goes" if len(loop) == 1 else f"{first} to {last} go"
        yield notice(
            "endless loop",
            loop[0].id,
            f"{part} round with no way out; give a decision an answer that leads on.",
        )


# Pointers to records that are gone.

ID = re.compile(f"[a-z]-[{ALPHABET}]{{{LENGTH}}}")
"""What an id looks like: where an id or words may stand, anything else is words."""

_KINDS = {
    "issues.activity": "an activity",
    "topics.issue": "an issue",
    "actions.issue": "an issue",
    "actions.activity": "an activity",
    "remarks.on": "a record",
    "board.gates": "an activity",
}
"""What each field points at, in words; a finding is about the field."""


def check_pointers(session: Session) -> Iterator[Finding]:
    """What issues, topics, actions, remarks and the board point at, where it is not there."""
    activities = session.activity_by_id
    issues = {issue.id for issue in session.issues}
    records = {*activities, *issues, *(action.id for action in session.actions)}
    records |= {topic.id for topic in session.topics} | {stage.id for stage in session.stages}
    for issue in session.issues:
        name = f"Issue {quoted(issue.text)}"
        yield from _lost(issue.id, name, "issues.activity", issue.activity, activities)
    for topic in session.topics:
        name = f"Topic {quoted(topic.title or topic.kind)}"
        yield from _lost(topic.id, name, "topics.issue", topic.issue, issues)
    for action in session.actions:
        name = f"Action {quoted(action.text)}"
        yield from _lost(action.id, name, "actions.issue", action.issue, issues)
        yield from _lost(action.id, name, "actions.activity", action.activity, activities)
    for remark in session.remarks:
        if remark.status is RemarkStatus.CLOSED:
            continue  # it was settled, whatever has become of what it was about
        name = f"Remark {quoted(remark.text)}"
        yield from _lost(remark.id, name, "remarks.on", remark.on, records)
    yield from _board(session)


def _lost(
    place: str, name: str, field: str, pointed: str, known: Container[str]
) -> Iterator[Finding]:
    if pointed and pointed not in known:
        text = f"{name} is about {_KINDS[field]} that is not there any more; choose another."
        yield notice("lost pointer", place, text, field)


def _board(session: Session) -> Iterator[Finding]:
    board = session.board
    if board is None:
        return
    name = f"Board {quoted(board.name)}" if board.name else "The board"
    for gate in board.gates:
        if ID.fullmatch(gate):
            yield from _lost("", name, "board.gates", gate, session.activity_by_id)
    known = {*session.role_by_code, *(person.id for person in session.people)}
    known |= {person.name for person in session.people}
    for member in dict.fromkeys((board.chair, *board.members)):
        if member and member not in known:
            text = f"{name} names {quoted(member)}, which is no role and no person; add it."
            yield notice("lost pointer", "", text)


# Photos whose path would lead out of the session's folder: nobody opens them.


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


# Words that the group agreed not to say.

RecordText = tuple[str, str, str]
"""A record's id, what a finding calls it, and its text."""


def check_wording(session: Session) -> Iterator[Finding]:
    """Where a word to avoid is still used, once for each word and record."""
    yield from _avoided(session, _texts(session))


def check_wording_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """Which words to avoid one activity still says."""
    yield from _avoided(session, [_text_of(session, activity)])


def words_to_avoid(session: Session) -> dict[str, str]:
    """What to say for each word not to say, which is folded; empty where nothing was agreed."""
    avoid: dict[str, str] = {}
    for entry in session.words:
        for word in avoided_by(entry):
            avoid.setdefault(fold_word(word), said_by(entry))
    return avoid


def _avoided(session: Session, texts: Iterable[RecordText]) -> Iterator[Finding]:
    avoid = words_to_avoid(session)
    if not avoid:
        return
    agreed = GlossaryMatcher(session.words)
    for place, name, text in texts:
        for word in dict.fromkeys(agreed.found(text)):
            say = f"; say {quoted(avoid[word])}" if avoid[word] else "; choose another word"
            yield notice("word to avoid", place, f"{name} says {quoted(word)}{say}.", word)


def _texts(session: Session) -> Iterator[RecordText]:
    for activity in session.in_order:
        yield _text_of(session, activity)
    for stage in session.stages:
        yield stage.id, stage.id, _said(stage, "stages")
    for issue in session.issues:
        yield issue.id, f"Issue {quoted(issue.text)}", _said(issue, "issues")
    for topic in session.topics:
        yield topic.id, f"Topic {quoted(topic.title or topic.kind)}", _said(topic, "topics")
    for action in session.actions:
        yield action.id, f"Action {quoted(action.text)}", _said(action, "actions")


def _text_of(session: Session, activity: Activity) -> RecordText:
    answers = [getattr(route, name) for route in activity.routes for name in ROUTE]
    texts = (_said(activity, "activities"), *activity.documents, *answers)
    return activity.id, ref(session, activity), BETWEEN.join(texts)


BETWEEN = "\n"
"""What parts two texts: no phrase goes on over the end of a line."""


def _said(record: Any, collection: str) -> str:
    """All that a record says in people's own words."""
    return BETWEEN.join(getattr(record, name) for name in TEXT_FIELDS[collection])


# What two people said differently at once, and nobody has settled yet.

KIND = "two said"
"""The kind of these findings."""

NAMING_FIELDS = ("text", "name", "title", "say", "body", "caption")
"""By which of its fields a record is called, the first that it has."""


SINGLE = {"people": "Person", "activities": "Activity"}
"""What one record is called, where that is not the collection's name without its ending."""


def check_conflicts(session: Session) -> Iterator[Finding]:
    """A notice for each field of which two people said different things."""
    for clash in session.clashes:
        field = "something" if clash.field == "extra" else f"the {clash.field.replace('_', ' ')}"
        text = f"{_named(session, clash)}: two said different things of {field}; settle it."
        yield notice(KIND, clash.record, text, clash.field)


def _named(session: Session, clash: Clash) -> str:
    """How a finding calls what a clash is about; a heading, or all of the file, by its name."""
    if clash.record in session.ref_by_id:
        return session.ref_by_id[clash.record]
    kind = clash.collection.removesuffix("s").capitalize()
    if clash.collection not in COLLECTIONS:
        return "The file" if clash.collection == "extra" else f"The {clash.collection}"
    record = keyed(clash.collection, getattr(session, clash.collection)).get(clash.record)
    name = next(filter(None, (getattr(record, each, "") for each in NAMING_FIELDS)), clash.record)
    return f"{SINGLE.get(clash.collection, kind)} {quoted(str(name))}"


# What in a session is incomplete or inconsistent, as findings; nothing here ever raises.
#
# An *error* is what the record cannot leave with: nobody leads, nobody answers, a pointer into
# nothing, a question without answers. A *notice* is what the group may well want so.


def findings(session: Session) -> tuple[Finding, ...]:
    """Everything found: errors first, then as the wall reads, then what has no place on it."""
    places = {activity.id: place for place, activity in enumerate(session.in_order)}
    checks = (
        check_raci,
        check_routes,
        check_completeness,
        check_pointers,
        check_photos,
        check_wording,
        check_conflicts,
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
    checks = (check_raci_at, check_routes_at, check_completeness_at, check_wording_at)
    found = chain.from_iterable(check(session, activity) for check in checks)
    return tuple(sorted(found, key=lambda one: one.level is not FindingLevel.ERROR))
