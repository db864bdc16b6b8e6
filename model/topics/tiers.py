"""Tiers: where they begin by value and risk, how each treats an activity, and what each costs.

Values are whole pounds, risk scores 5 to 25.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

from offwall.model.process.graph import hand_offs, handed_over
from offwall.model.process.raci import raci_letters
from offwall.model.process.walk import tier_view
from offwall.model.records import (
    Activity,
    EditError,
    Issue,
    IssueCode,
    IssueStatus,
    Session,
    Stage,
    Treatment,
    excerpt,
    line_of,
    the_activity,
    updated,
)
from offwall.model.records.changes import changed, the_stage
from offwall.model.records.fields import NO_TIER, ActivityId, StageId, TierCode
from offwall.model.records.record_kind import Ask, Cell, Column, Reading, RecordKind, needed
from offwall.model.records.session import Tier, Treatments
from offwall.model.records.text import english_list, fold, number_from, shorten
from offwall.model.records.uses import repoint
from offwall.model.setup.workshop import thing_of

# A tier begins at a value, at a risk score, or at both; it reaches to where the next begins. Each
# thing has a tier by its value and a tier by its risk, and the heavier of the two decides. Where
# the things of a process have no value, the risk alone does.

LOWEST, HIGHEST = 5, 25
"""From what to what a risk score goes."""


@dataclass(frozen=True, slots=True)
class TierFault:
    """Why some value or risk would have no tier, or two: between which tiers, and a sentence."""

    kind: str
    tiers: tuple[str, ...]
    text: str


def heaviest_first(tiers: Iterable[Tier]) -> tuple[Tier, ...]:
    """The tiers by the value at which they begin, highest first.

    One that begins at no value stands by its risk score: after the last of at least that score,
    and above all where there is none.
    """
    known = list(tiers)
    order = sorted(
        (tier for tier in known if tier.value_from is not None),
        key=lambda tier: -(tier.value_from or 0),
    )
    by_risk = (tier for tier in known if tier.value_from is None)
    for tier in sorted(by_risk, key=lambda tier: -(tier.risk_from or 0)):
        score = tier.risk_from or 0
        above = [place for place, other in enumerate(order, 1) if (other.risk_from or 0) >= score]
        order.insert(max(above, default=0), tier)
    return tuple(order)


def pounds(value: int) -> str:
    """A value in words: ``£5,000,000``."""
    return f"£{value:,}"


def tier_faults(tiers: Sequence[Tier]) -> tuple[TierFault, ...]:
    """Where the tiers overlap, contradict each other, or leave something without a tier."""
    order = heaviest_first(tiers)
    found = [
        TierFault(
            "no line",
            (tier.code,),
            f"{tier.label} begins nowhere. Say from which value, or from which risk score.",
        )
        for tier in order
        if tier.value_from is None and tier.risk_from is None
    ]
    for upper, lower in combinations(order, 2):
        found += _between(upper, lower)
    return (*found, *_hole(order))


def _between(upper: Tier, lower: Tier) -> Iterable[TierFault]:
    """What two tiers do to each other; the lists are short."""
    both = (upper.code, lower.code)
    one, other = upper.label, lower.label
    if upper.value_from is not None and upper.value_from == lower.value_from:
        yield TierFault(
            "value overlap",
            both,
            f"{one} and {other} both begin at {pounds(upper.value_from)}. Give one another value.",
        )
    if upper.risk_from is None or lower.risk_from is None:
        return
    if upper.risk_from == lower.risk_from:
        text = f"{one} and {other} both begin at risk {upper.risk_from}. Give one another score."
        yield TierFault("risk overlap", both, text)
    elif upper.risk_from < lower.risk_from:
        text = (
            f"{one} begins at a higher value than {other}, but at a lower risk: "
            f"{upper.risk_from}, not more than {lower.risk_from}. Turn one of them round."
        )
        yield TierFault("crossed", both, text)


def _hole(order: Sequence[Tier]) -> Iterable[TierFault]:
    """What lies below the lowest line and has no tier."""
    values = [tier.value_from for tier in order if tier.value_from is not None]
    risks = [tier.risk_from for tier in order if tier.risk_from is not None]
    if values and min(values) > 0:
        lacking, begin = pounds(min(values)), "0; those above follow"
    elif not values and risks and min(risks) > LOWEST:
        lacking, begin = f"a risk score of {min(risks)}", f"a risk of {LOWEST}"
    else:
        return
    text = f"Below {lacking} there is no tier. Begin with the lowest tier, from {begin}."
    yield TierFault("hole", (), text)


MOST_POUNDS = 10**12
"""A million millions: more than every council buys in a lifetime."""

_CODE = re.compile(r"[^\W_][\w&/'-]*")
"""A word that can stand behind ``%`` on a line."""

_MONEY = re.compile(r"£?\s*(\d[\d,\s]*(?:\.\d+)?)\s*(k|m|bn|thousand|million|billion)?", re.ASCII)
_TIMES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**3}

Treated = TypeVar("Treated", Stage, Activity)


def heir_of(session: Session, tier: str) -> Tier | None:
    """The tier as it begins once this one, the lowest, is gone; none where it is not."""
    return next(iter(_heirs(session.tiers, TIERS.find(session, tier))), (None, None))[1]


def _heirs(tiers: Iterable[Tier], gone: Tier) -> Iterator[tuple[Tier, Tier]]:
    """The tier above the lowest as it is, and as it begins where that began."""
    order = heaviest_first(tiers)
    valued = [one for one in order if one.value_from is not None]
    lined = valued or [one for one in order if one.risk_from is not None]
    if len(lined) > 1 and lined[-1] is gone:
        heir = lined[-2]
        if valued and gone.value_from == 0:
            yield heir, replace(heir, value_from=0)
        elif not valued and (gone.risk_from or 0) <= LOWEST:
            yield heir, replace(heir, risk_from=gone.risk_from)


def take_illustrative_tiers(session: Session, tiers: tuple[Tier, ...]) -> Session:
    """Begin with tiers that a preset has. Raises `EditError` where there are some already."""
    if session.tiers:
        raise EditError("There are tiers already. Change those, or remove them first.")
    return replace(session, tiers=tiers)


def treat_stage(session: Session, stage: StageId, tier: TierCode, how: Treatment | None) -> Session:
    """Say how a tier treats a stage; None takes back what was said.

    Its activities, and those typed later, inherit it. Raises `EditError` for an unknown tier or
    stage, and where it is so already.
    """
    found = the_stage(session, stage)
    return updated(session, "stages", found, tiers=_treated(session, found, tier, how))


def treat_activity(
    session: Session, activity: ActivityId, tier: TierCode, how: Treatment | None
) -> Session:
    """Say how a tier treats one activity, whatever its stage says; None lets the stage speak.

    Raises `EditError` as `treat_stage` does.
    """
    found = the_activity(session, activity)
    return updated(session, "activities", found, tiers=_treated(session, found, tier, how))


def tier_from(session: Session, text: str) -> TierCode:
    """The tier of that code or name; none where nothing is said. Raises `EditError`."""
    if not text.strip():
        return NO_TIER
    for tier in session.tiers:
        if fold(text) in (fold(tier.code), fold(tier.name)):
            return tier.code
    there = english_list(tier.code for tier in session.tiers)
    raise EditError(
        f"There is no tier “{shorten(text, 40)}”. "
        + (f"There are {there}." if there else "The session has no tiers.")
    )


def _treated(
    session: Session, found: Stage | Activity, tier: TierCode, how: Treatment | None
) -> Treatments:
    codes = [tier.code for tier in session.tiers]
    if tier not in codes:
        known = ", ".join(codes) or "there are none yet"
        raise EditError(f"There is no tier {excerpt(tier)} (known: {known}). Add it first.")
    said = dict(found.tiers)
    if said.get(tier) == how:
        raise EditError("It is so already." if how else "Nothing is said here; it is inherited.")
    said.pop(tier, None)
    if how is not None:
        said[tier] = how
    order = {code: place for place, code in enumerate(codes)}
    return tuple(sorted(said.items(), key=lambda pair: order.get(pair[0], len(codes))))


def pounds_from(text: str) -> int | None:
    """Whole pounds, as ``100000``, ``£5,000,000``, ``250k`` or ``1.2m``; nothing for none.

    Raises `EditError` for anything else, for less than none, and above `MOST_POUNDS`.
    """
    words = line_of(text)
    if not words:
        return None
    found = _MONEY.fullmatch(words.casefold()) if len(words) <= 40 else None
    digits, unit = found.groups("") if found else ("NaN", "")
    pounds = Decimal(re.sub(r"[,\s]", "", digits)) * _TIMES.get(unit[:1], 1)
    if pounds.is_nan() or pounds != int(pounds) or pounds > MOST_POUNDS:
        raise EditError(
            f"{excerpt(words)} is no value. Type whole pounds from 0, such as 100000, 250k or 1.2m."
        )
    return int(pounds)


_NO_RISK = f"risk score. Type a whole number from 0 to {HIGHEST}, or nothing."


def _read_code(reading: Reading, text: str) -> str:
    """The code as typed; a new tier that is given none gets its name's first word."""
    if (
        not text
        and reading.old is None
        and (found := _CODE.search(reading.said["name"].casefold()))
    ):
        text = found[0]
    code = line_of(text, "Say the tier's code, one word such as high.")
    if not _CODE.fullmatch(code):
        raise EditError(f"{excerpt(code)} cannot be a code. It is one word such as high.")
    for tier in reading.session.tiers:
        if tier is not reading.old and tier.code.casefold() == code.casefold():
            raise EditError(f"{excerpt(code)} is already the code of {excerpt(tier.name)}.")
    return code


def _check(session: Session, new: Tier, old: Tier | None) -> None:
    """Raise `EditError` for a fault in the tiers that was not there before."""
    had = {(fault.kind, fault.tiers) for fault in tier_faults(session.tiers)}
    tiers = changed(session.tiers, old, new) if old else (*session.tiers, new)
    for fault in tier_faults(tiers):
        if (fault.kind, fault.tiers) not in had:
            raise EditError(fault.text)


def _gone(session: Session, gone: Tier) -> Session:
    """What is said of a tier goes with it. The next one up begins where it began.

    So nothing is left without a tier.
    """
    for heir, anew in _heirs((*session.tiers, gone), gone):
        session = replace(session, tiers=changed(session.tiers, heir, anew))
    return _each(session, lambda pairs: tuple(pair for pair in pairs if pair[0] != gone.code))


def _each(session: Session, change: Callable[[Treatments], Treatments]) -> Session:
    """The session with what every stage and activity says of tiers changed."""

    def with_it(record: Treated) -> Treated:
        pairs = change(record.tiers)
        return record if pairs == record.tiers else replace(record, tiers=pairs)

    return replace(
        session,
        stages=tuple(map(with_it, session.stages)),
        activities=tuple(map(with_it, session.activities)),
    )


def _value_meaning(_: Reading, text: str) -> str:
    """What the words for a value mean."""
    try:
        value = pounds_from(text)
    except EditError:
        return ""
    return "" if value is None else pounds(value)


def _tier_range(session: Session, tier: Tier) -> str:
    """From where to where a tier reaches, in words."""
    parts = []
    values = [tier.value_from for tier in session.tiers if tier.value_from is not None]
    risks = [tier.risk_from for tier in session.tiers if tier.risk_from is not None]
    if tier.value_from is not None:
        above = min((line for line in values if line > tier.value_from), default=None)
        to = f" to below {pounds(above)}" if above is not None else ""
        parts.append(f"from {pounds(tier.value_from)}{to}")
    if tier.risk_from is not None:
        over = min((line for line in risks if line > tier.risk_from), default=None)
        to = f" to {over - 1}" if over is not None else " or more"
        parts.append(f"a risk score of {tier.risk_from}{to}")
    higher = "; the higher of the two decides" if len(parts) > 1 else ""
    return (" or ".join(parts) or "begins nowhere yet") + higher


def _detail(session: Session, tier: Tier) -> Iterator[str]:
    """What has the tier, what is wrong with it, and its review."""
    wrong = [fault.text for fault in tier_faults(session.tiers) if tier.code in fault.tiers]
    said = f"{tier.label}: {_tier_range(session, tier)}."
    yield from (*wrong, said, tier.review)


def _names(session: Session) -> Callable[[Tier], Cell]:
    marked = {code for fault in tier_faults(session.tiers) for code in fault.tiers}
    return lambda tier: (tier.label, "wrong" if tier.code in marked else "")


EXAMPLES = (
    Tier(TierCode("complex"), "Complex", None, 15, "Example: a senior colleague looks at each"),
    Tier(TierCode("standard"), "Standard", None, 8, "Example: one in ten is looked at"),
    Tier(TierCode("simple"), "Simple", None, LOWEST, "Example: by exception"),
)
"""Tiers to begin with where the things of a process have no value."""


def _blank(session: Session) -> Tier:
    """The first tier begins at the lowest line."""
    if session.tiers:
        return Tier(NO_TIER, "")
    return Tier(NO_TIER, "", 0) if thing_of(session).money else Tier(NO_TIER, "", None, LOWEST)


TIERS = RecordKind(
    collection="tiers",
    noun="tier",
    chained=True,
    blank=_blank,
    called=lambda tier: tier.label,
    asks=(
        Ask(
            "name",
            "Tier",
            "Such as High.",
            read=needed("Say what the tier is called, such as High."),
        ),
        Ask("code", "Code", "One word to type: %high. Empty makes one.", read=_read_code),
        Ask(
            "value_from",
            "Value from",
            "Whole-life pounds, such as 250k or 1.2m; the lowest begins at 0.",
            read=lambda _, text: pounds_from(text),
            cell=lambda _, value: "" if value is None else pounds(value),
            means=_value_meaning,
            chosen=True,
            wanted=lambda session: thing_of(session).money,
        ),
        Ask(
            "risk_from",
            "Risk from",
            "The risk score, 5 to 25{value:; empty where the value alone decides}.",
            read=lambda _, text: number_from(text, 0, HIGHEST, _NO_RISK),
            chosen=True,
        ),
        Ask("review", "Review", "How often it is looked at, and by whom."),
    ),
    columns=(
        Column("code", 8, look="lead"),
        Column("name", cell=_names),
        Column("value_from", 13, figures=True),
        Column("risk_from", 9, figures=True),
        Column("review", look="muted"),
    ),
    empty="No tiers yet: n adds the lowest; I takes examples.",
    detail=_detail,
    check=_check,
    named_by="code",
    follow=lambda session, old, new: repoint(session, "tiers", old.code, new.code),
    gone=_gone,
    order=heaviest_first,
)
"""The tiers, heaviest first: their lines put them in order, so that none is moved by hand."""


# What each tier costs: how much of the process it goes through, and what the lightest skips.

RISKS = (IssueCode.RISK, IssueCode.TIME)
"""The codes on the wall that say that something is at risk."""

AFTER = "after part 2"
"""What stands for a figure while no activity is recorded."""


@dataclass(frozen=True, slots=True)
class EffortFigures:
    """How much there is to do: figures of the whole process, or of what a tier goes through.

    ``documents`` counts names, each once; ``hand_offs`` how often the work goes from one lead to
    another; ``roles`` those with any part in it, who decides included.
    """

    activities: int
    light: int
    decisions: int
    documents: int
    hand_offs: int
    roles: int


def tier_effort(session: Session, tier: TierCode = NO_TIER) -> EffortFigures | None:
    """What a tier costs, or the whole process without one; None while nothing is recorded."""
    if not session.activities:
        return None
    if not tier:
        return _counted(session.in_order, 0, sum(hand_offs(session).values()))
    view = tier_view(session, tier)
    handed = handed_over(view.edges, view.kept)
    return _counted(view.kept, len(view.light), sum(handed.values()))


def _counted(kept: Iterable[Activity], light: int, handed_over: int) -> EffortFigures:
    found = tuple(kept)
    documents = {name.casefold() for one in found for name in one.documents}
    roles = {code for one in found for code in (*raci_letters(one), one.decided_by) if code}
    decisions = sum(bool(one.decision or one.routes) for one in found)
    return EffortFigures(len(found), light, decisions, len(documents), handed_over, len(roles))


def stage_treatments(session: Session, tier: TierCode) -> Counter[Treatment]:
    """How many stages a tier does in full, lightly, and not at all."""
    return Counter(dict(stage.tiers).get(tier, Treatment.YES) for stage in session.stages)


def skipped_risks(session: Session) -> tuple[tuple[Activity, Issue], ...]:
    """The activities that the lightest tier leaves out, each with an open issue of a risk code."""
    order = heaviest_first(session.tiers)
    if not order:
        return ()
    left_out = tier_view(session, order[-1].code).hidden
    risks = [
        issue
        for issue in session.issues
        if issue.code in RISKS and issue.status is not IssueStatus.CLOSED
    ]
    return tuple(
        (activity, issue)
        for activity in left_out
        for issue in risks
        if issue.activity == activity.id
    )
