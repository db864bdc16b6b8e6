"""Tiers: which one is the heavier, and what is wrong with where they begin.

A tier begins at a value, at a risk score, or at both; it reaches to where the next begins. A
contract has a tier by its value and a tier by its risk, and the heavier of the two decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from model.session import Tier

LOWEST, HIGHEST = 5, 25
"""From what to what a risk score goes."""


@dataclass(frozen=True, slots=True)
class Fault:
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
