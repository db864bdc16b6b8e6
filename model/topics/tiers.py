"""Tiers: where they begin by value and risk, and how each treats a stage or an activity.

Values are whole pounds, risk scores 5 to 25.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

from offwall.model.records import (
    Activity,
    EditError,
    Session,
    Stage,
    Treatment,
    by_key,
    excerpt,
    line_of,
    text_from,
    the_activity,
    updated,
    whole_number,
)
from offwall.model.records.edit import changed, the_stage
from offwall.model.records.pointers import repoint
from offwall.model.records.session import Tier, Treatments

# Tiers: which one is the heavier, and what is wrong with where they begin.
#
# A tier begins at a value, at a risk score, or at both; it reaches to where the next begins. A
# contract has a tier by its value and a tier by its risk, and the heavier of the two decides.

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
        TierFault("no line", (tier.code,), _NO_LINE.format(tier_label(tier)))
        for tier in order
        if tier.value_from is None and tier.risk_from is None
    ]
    for upper, lower in combinations(order, 2):
        found += _between(upper, lower)
    return (*found, *_hole(order))


_NO_LINE = "{} begins nowhere. Say from which value, or from which risk score."


def tier_label(tier: Tier) -> str:
    """The tier's name, or its code where it has none."""
    return tier.name or tier.code


def _between(upper: Tier, lower: Tier) -> Iterable[TierFault]:
    """What two tiers do to each other; the lists are short."""
    both = (upper.code, lower.code)
    one, other = tier_label(upper), tier_label(lower)
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
        lacking = f"below {pounds(min(values))}"
        remedy = "Begin with the lowest tier, from 0; those above follow."
    elif not values and risks and min(risks) > LOWEST:
        lacking = f"with a risk score below {min(risks)}"
        remedy = f"Begin with the lowest tier, from a value of 0 or a risk of {LOWEST}."
    else:
        return
    yield TierFault("hole", (), f"Contracts {lacking} would have no tier. {remedy}")


# Tiers: where they begin, and how each treats a stage or an activity.

MOST_POUNDS = 10**12
"""A million millions: more than every council's contracts together."""

_CODE = re.compile(r"[^\W_][\w&/'-]*")
"""A word that can stand behind ``%`` on a line."""

_MONEY = re.compile(r"£?\s*(\d[\d,\s]*(?:\.\d+)?)\s*(k|m|bn|thousand|million|billion)?", re.ASCII)
_TIMES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**3}

Treated = TypeVar("Treated", Stage, Activity)


def add_tier(
    session: Session, *, code: str, name: str, value_from: str, risk_from: str, review: str
) -> Session:
    """Add a tier where its lines put it; without a code, one is made from the name.

    Raises `EditError` without a name, for a code that another has, for what is no value or score,
    and where some contract would have two tiers, or none.
    """
    named = line_of(name, "Say what the tier is called, such as Gold.")
    tier = Tier(
        _code(session, code or _from_name(named)),
        named,
        pounds_from(value_from),
        risk_from_words(risk_from),
        line_of(review),
    )
    return _with_tiers(session, (*session.tiers, tier))


def change_tier(
    session: Session,
    tier: str,
    *,
    code: str,
    name: str,
    value_from: str,
    risk_from: str,
    review: str,
) -> Session:
    """Change a tier; what is said of its code is said of the new one. Raises as `add_tier`."""
    old: Tier = by_key(session, "tiers", tier, "code")
    new = replace(
        old,
        code=old.code if line_of(code) == line_of(old.code) else _code(session, code, old),
        name=text_from(name, old.name, "Say what the tier is called, such as Gold."),
        value_from=pounds_from(value_from, old.value_from),
        risk_from=risk_from_words(risk_from, old.risk_from),
        review=text_from(review, old.review),
    )
    session = _with_tiers(session, changed(session.tiers, old, new))
    if new.code == old.code:
        return session
    return repoint(session, "tiers", old.code, new.code)


def remove_tier(session: Session, tier: str) -> Session:
    """Take a tier away, with all that was said of it. The next one up begins where it began.

    So no contract is left without a tier.
    """
    gone: Tier = by_key(session, "tiers", tier, "code")
    left = tuple(found for found in session.tiers if found is not gone)
    heir = heir_of(session, tier)
    if heir is not None:
        left = changed(left, heir, replace(heir, value_from=gone.value_from))
    session = replace(session, tiers=left)
    return _each(session, lambda pairs: tuple(pair for pair in pairs if pair[0] != tier))


def heir_of(session: Session, tier: str) -> Tier | None:
    """The tier that begins at 0 once this one, the lowest, is gone; none where it is not."""
    gone: Tier = by_key(session, "tiers", tier, "code")
    valued = [found for found in heaviest_first(session.tiers) if found.value_from is not None]
    return valued[-2] if gone.value_from == 0 and valued[-1] is gone and len(valued) > 1 else None


def take_illustrative_tiers(session: Session, tiers: tuple[Tier, ...]) -> Session:
    """Begin with tiers that a preset has. Raises `EditError` where there are some already."""
    if session.tiers:
        raise EditError("There are tiers already. Change those, or remove them first.")
    return replace(session, tiers=tiers)


def treat_stage(session: Session, stage: str, tier: str, how: Treatment | None) -> Session:
    """Say how a tier treats a stage; None takes back what was said.

    Its activities, and those typed later, inherit it. Raises `EditError` for an unknown tier or
    stage, and where it is so already.
    """
    found = the_stage(session, stage)
    return updated(session, "stages", found, tiers=_treated(session, found, tier, how))


def treat_activity(session: Session, activity: str, tier: str, how: Treatment | None) -> Session:
    """Say how a tier treats one activity, whatever its stage says; None lets the stage speak.

    Raises `EditError` as `treat_stage` does.
    """
    found = the_activity(session, activity)
    return updated(session, "activities", found, tiers=_treated(session, found, tier, how))


def _treated(
    session: Session, found: Stage | Activity, tier: str, how: Treatment | None
) -> Treatments:
    codes = [known.code for known in session.tiers]
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


def pounds_from(said: str, old: int | None = None) -> int | None:
    """Whole pounds, as ``100000``, ``£5,000,000``, ``250k`` or ``1.2m``; nothing for none.

    Raises `EditError` for anything else, for less than none, and above `MOST_POUNDS`.
    """
    words = line_of(said)
    if not words:
        return None
    if old is not None and words.replace(",", "").lstrip("£") == str(old):
        return old
    found = _MONEY.fullmatch(words.casefold()) if len(words) <= 40 else None
    pounds = _pounds(found[1], found[2] or "") if found else None
    if pounds is None or pounds != int(pounds) or pounds > MOST_POUNDS:
        raise EditError(
            f"{excerpt(words)} is no value. Type whole pounds from 0, such as 100000, 250k or 1.2m."
        )
    return int(pounds)


def _pounds(digits: str, unit: str) -> Decimal:
    number = Decimal(re.sub(r"[,\s]", "", digits))
    return number * _TIMES.get(unit[:1], 1)


def risk_from_words(said: str, old: int | None = None) -> int | None:
    """A risk score, a whole number from 0 to `HIGHEST`; nothing for none.

    Raises `EditError` for anything else.
    """
    words = line_of(said)
    if not words:
        return None
    if old is not None and words == str(old):
        return old
    if (number := whole_number(words, 0, HIGHEST)) is None:
        raise EditError(
            f"{excerpt(words)} is no risk score. Type a whole number from 0 to {HIGHEST}, "
            "or nothing."
        )
    return number


def _code(session: Session, said: str, old: Tier | None = None) -> str:
    code = line_of(said, "Say the tier's code, one word such as gold.")
    if not _CODE.fullmatch(code):
        raise EditError(f"{excerpt(code)} cannot be a code. It is one word such as gold.")
    for tier in session.tiers:
        if tier is not old and tier.code.casefold() == code.casefold():
            raise EditError(f"{excerpt(code)} is already the code of {excerpt(tier.name)}.")
    return code


def _from_name(name: str) -> str:
    """The name's first word as a code; a name without any has to be given one."""
    found = _CODE.search(name.casefold())
    return found[0] if found else ""


def _with_tiers(session: Session, tiers: tuple[Tier, ...]) -> Session:
    """The session with other tiers, heaviest first. Raises `EditError` for a new fault in them."""
    had = {(fault.kind, fault.tiers) for fault in tier_faults(session.tiers)}
    for fault in tier_faults(tiers):
        if (fault.kind, fault.tiers) not in had:
            raise EditError(fault.text)
    return replace(session, tiers=heaviest_first(tiers))


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
