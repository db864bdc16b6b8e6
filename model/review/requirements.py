"""What the law asks of the process, and which activity does it: no legal advice, a reminder.

The requirements come from a pack, which is data, and are the session's own from then on, so that
every paper and every computer says the same. What is not asked for by the set-up is nowhere.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from offwall.model.process.activities import find_target, target_candidate
from offwall.model.process.keep_post_its import add_post_it, new_activity_id
from offwall.model.process.post_it import PostIt
from offwall.model.records import (
    END,
    Activity,
    EditError,
    Improve,
    Session,
    by_key,
    counted,
    excerpt,
    line_of,
    say_date,
    short_date,
    updated,
)
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, StageId
from offwall.model.records.record_kind import (
    Ask,
    Cell,
    Column,
    Reading,
    RecordKind,
    date_ask,
    needed,
    texts_ask,
)
from offwall.model.records.session import Requirement
from offwall.model.records.text import fold
from offwall.model.review.checks import Finding, notice

KIND = "requirements"
"""The kind of the finding."""

NO_ADVICE = "A reminder, no legal advice."
OLD_RULES = "Contracts under the Public Contracts Regulations 2015 stay under those."
NEW_RULES = "Procurement Act"

NOT_READ, NOBODY = "not read at its source yet", "no activity yet"


def old_rules(session: Session) -> str:
    """What stays under the rules of before, where something of the new ones is asked."""
    return (
        OLD_RULES
        if any(requirement.section.startswith(NEW_RULES) for requirement in session.requirements)
        else ""
    )


def does_it(session: Session, requirement: Requirement) -> Activity | None:
    """The activity that does it: the one that was named, else the first known by its words."""
    if found := session.activity_by_id.get(requirement.activity):
        return found
    words = [said for said in map(fold, requirement.words) if said]
    return next((at for at in session.in_order if any(word in _says(at) for word in words)), None)


def _says(activity: Activity) -> str:
    """What an activity is known by; what is to be dropped does nothing any more."""
    dropped = activity.improve is Improve.DROP
    return "" if dropped else fold(" ".join((activity.text, *activity.documents)))


def in_force(session: Session, day: dt.date | None) -> tuple[Requirement, ...]:
    """Those of the process that hold on a day; without one, all of them."""
    inside = (requirement for requirement in session.requirements if not requirement.outside)
    return tuple(one for one in inside if not (day and one.since and one.since > day))


def says_who(session: Session, requirement: Requirement) -> str:
    """Which activity does it, or why none has to; empty where that is still to be said."""
    if requirement.outside:
        return f"outside: {line_of(requirement.outside)}"
    if (found := does_it(session, requirement)) is None:
        return ""
    by_words = "" if found.id == requirement.activity else ", by its words"
    return f"{session.ref_by_id[found.id]} {line_of(found.text)}{by_words}"


def limits(session: Session, requirement: Requirement) -> str:
    """To what it applies: value, tiers, and whatever else."""
    tiers = [line_of(tier.name) for tier in session.tiers if tier.code in requirement.for_tiers]
    above = f"above £{requirement.above:,}" if requirement.above else ""
    return "; ".join(filter(None, (line_of(requirement.applies), above, ", ".join(tiers))))


def where_read(requirement: Requirement) -> str:
    """Its section, and whether it was read there."""
    read = f"read there on {short_date(requirement.read_on)}" if requirement.read_on else NOT_READ
    return f"{line_of(requirement.section) or 'No section'}: {read}"


def _who(session: Session) -> Callable[[Requirement], Cell]:
    def said(requirement: Requirement) -> Cell:
        who = says_who(session, requirement)
        return (who, "muted") if requirement.outside else who or (NOBODY, "open")

    return said


def check_requirements(session: Session, day: dt.date | None) -> Iterator[Finding]:
    """One line: how many that hold on the day have an activity, and how many begin later."""
    if not session.requirements:
        yield notice(KIND, "", "No requirement of the law is listed: ) in part 2, then I.")
        return
    now = in_force(session, day)
    have = sum(does_it(session, one) is not None for one in now)
    later = [one.since for one in in_force(session, None) if one not in now and one.since]
    more = f"{counted(len(later), 'more begins', 'more begin')} later" if later else ""
    begins = f" {more}, the first on {short_date(min(later))}." if later else ""
    if have < len(now) or later:
        some = f"{have} of {counted(len(now), 'requirement')} of the law"
        has = "has" if have == 1 else "have"
        yield notice(KIND, "", f"{some} {has} an activity: ) in part 2 lists them.{begins}")


def take_in(session: Session, pack: Iterable[Requirement]) -> Session:
    """The session with a pack's requirements; what the group said of one stays."""
    known = {requirement.id: requirement for requirement in session.requirements}
    tiers = {tier.code for tier in session.tiers}
    for one in pack:
        old = known.get(one.id, one)
        kept = {field: getattr(old, field) for field in ("activity", "outside", "extra")}
        own = tuple(tier for tier in one.for_tiers if tier in tiers)
        known[one.id] = replace(one, for_tiers=own, **kept)
    return replace(session, requirements=tuple(known.values()))


def make_activity(session: Session, key: str, stage: StageId, seed: str) -> Session:
    """The session with an activity for it, last in a stage; the words are its own."""
    one: Requirement = by_key(session, "requirements", key)
    made = add_post_it(session, PostIt(line_of(one.text)), stage=stage, seed=seed)
    return updated(made, "requirements", one, activity=new_activity_id(seed), outside="")


# The list of them, of which each is said, done or left out.


def _read_activity(reading: Reading, text: str) -> ActivityId:
    if not line_of(text):
        return NO_ACTIVITY
    if (found := find_target(reading.session, line_of(text))) and found != END:
        return found
    raise EditError(f"No activity is meant by {excerpt(text)}. Type a place such as S2.04.")


ACTIVITY = Ask(
    "activity",
    "Done by",
    "The activity that does it: a place such as S2.04, or its words.",
    read=_read_activity,
    show=lambda session, known: session.ref_by_id.get(known, ""),
    choices=lambda session: [
        target_candidate(session.ref_by_id[activity.id], activity) for activity in session.in_order
    ],
    chosen=True,
)

OUTSIDE = Ask(
    "outside",
    "Outside, because",
    "Why it is none of this process; empty: it is one.",
)


def _detail(session: Session, requirement: Requirement) -> Iterator[str]:
    yield line_of(requirement.text)
    told = (
        ("Needs", requirement.must),
        ("Applies to", limits(session, requirement)),
        ("Exempt", requirement.exempt),
        ("Since", say_date(requirement.since) if requirement.since else ""),
        ("Section", where_read(requirement)),
        ("Read it at", requirement.source),
    )
    yield from (f"{label:<12}{line_of(said)}" for label, said in told if said)


REQUIREMENTS = RecordKind(
    collection="requirements",
    noun="requirement",
    blank=lambda _: Requirement("", ""),
    asks=(
        Ask("text", "Requirement", "In the words of an activity.", read=needed("Say what it is.")),
        ACTIVITY,
        OUTSIDE,
        Ask("section", "Section", "Such as Procurement Act 2023, section 80."),
        Ask("source", "Read it at", "An address, or who can say."),
        date_ask("read_on", "Read there on", "When somebody last read it there; may stay empty."),
        date_ask("since", "In force since"),
        Ask("applies", "Applies to", "Which {things}, in words."),
        Ask("exempt", "Exempt", "What the law leaves out."),
        Ask("must", "Needs", "What must be there, and by when."),
        texts_ask("words", "Known by", "Words of an activity that does it, by semicolon.", ";"),
    ),
    columns=(Column("text"), Column("state", 0, "Done by", cell=_who)),
    empty="No requirement is listed yet. I lists those of public procurement, n makes your own.",
    detail=_detail,
)
