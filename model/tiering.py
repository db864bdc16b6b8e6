"""Tiers and the contracts tried on them: which tier is the heavier, and which one a contract has.

A tier begins at a value, at a risk score, or at both; it reaches to where the next begins. A
contract has a tier by its value and a tier by its risk, and the heavier of the two decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from operator import attrgetter

from model.session import Contract, Criterion, Session, Tier, Vat

LOWEST, HIGHEST = 5, 25
"""From what to what a risk score goes."""

VAT_PERCENT = 20
"""The United Kingdom's standard rate."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why some value or risk would have no tier, or two: between which tiers, and a sentence."""

    kind: str
    tiers: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The tier that a contract has by its value, by its risk, and so in all."""

    by_value: Tier | None
    by_risk: Tier | None
    tier: Tier | None


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


def faults(tiers: Sequence[Tier]) -> tuple[Fault, ...]:
    """Where the tiers overlap, contradict each other, or leave something without a tier."""
    order = heaviest_first(tiers)
    found = [
        Fault("no line", (tier.code,), _NO_LINE.format(called(tier)))
        for tier in order
        if tier.value_from is None and tier.risk_from is None
    ]
    for upper, lower in combinations(order, 2):
        found += _between(upper, lower)
    return (*found, *_hole(order))


_NO_LINE = "{} begins nowhere. Say from which value, or from which risk score."


def called(tier: Tier) -> str:
    """The tier's name, or its code where it has none."""
    return tier.name or tier.code


def _between(upper: Tier, lower: Tier) -> Iterable[Fault]:
    """What two tiers do to each other; the lists are short."""
    both = (upper.code, lower.code)
    one, other = called(upper), called(lower)
    if upper.value_from is not None and upper.value_from == lower.value_from:
        yield Fault(
            "value overlap",
            both,
            f"{one} and {other} both begin at {pounds(upper.value_from)}. Give one another value.",
        )
    if upper.risk_from is None or lower.risk_from is None:
        return
    if upper.risk_from == lower.risk_from:
        text = f"{one} and {other} both begin at risk {upper.risk_from}. Give one another score."
        yield Fault("risk overlap", both, text)
    elif upper.risk_from < lower.risk_from:
        text = (
            f"{one} begins at a higher value than {other}, but at a lower risk: "
            f"{upper.risk_from}, not more than {lower.risk_from}. Turn one of them round."
        )
        yield Fault("crossed", both, text)


def _hole(order: Sequence[Tier]) -> Iterable[Fault]:
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
    yield Fault("hole", (), f"Contracts {lacking} would have no tier. {remedy}")


def unscored(session: Session, contract: Contract) -> tuple[Criterion, ...]:
    """The criteria that the contract is not scored on yet."""
    said = {score.criterion for score in contract.scores if score.score is not None}
    return tuple(criterion for criterion in session.criteria if criterion.id not in said)


def risk_score(session: Session, contract: Contract) -> int | None:
    """Five times the weighted mean of the scores: a whole number, a half counted up.

    None while a criterion is not scored, or where there is none. So the score keeps its scale,
    `LOWEST` to `HIGHEST`, whatever criteria and weights the group takes.
    """
    if not session.criteria or unscored(session, contract):
        return None
    said = {score.criterion: score.score or 0 for score in contract.scores}
    weights = sum(criterion.weight for criterion in session.criteria)
    total = sum(criterion.weight * said[criterion.id] for criterion in session.criteria)
    return (10 * total + weights) // (2 * weights)


def placed(session: Session, contract: Contract) -> Placed:
    """The contract's tier: the heavier of that by its value and that by its risk score."""
    order = heaviest_first(session.tiers)
    by_value = _reached(order, "value_from", contract.value)
    by_risk = _reached(order, "risk_from", risk_score(session, contract))
    found = [tier for tier in (by_value, by_risk) if tier is not None]
    return Placed(by_value, by_risk, min(found, key=order.index, default=None))


def _reached(order: Sequence[Tier], line: str, number: int | None) -> Tier | None:
    """The heaviest tier whose line the number reaches."""
    begins = attrgetter(line)
    if number is None:
        return None
    return next(
        (tier for tier in order if begins(tier) is not None and begins(tier) <= number), None
    )


def with_vat_otherwise(session: Session, contract: Contract) -> Tier | None:
    """The tier if the lines count VAT the other way than the value does; none where it is one.

    The rate is the standard one; the value is rounded down to whole pounds.
    """
    if contract.value is None or contract.vat is None:
        return None
    gross, net = 100 + VAT_PERCENT, 100
    up, down = (gross, net) if contract.vat is Vat.WITHOUT else (net, gross)
    other = placed(session, replace(contract, value=contract.value * up // down))
    return other.tier if other.tier != placed(session, contract).tier else None
