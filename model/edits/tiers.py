"""Tiers: where they begin, and how each treats a stage or an activity."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from model.edits.answers import brief, text_from, whole
from model.edits.errors import EditError
from model.edits.records import by_key, changed, the_activity, the_stage, updated
from model.edits.texts import line_of
from model.session import Activity, Session, Stage, Tier, Treatment, Treatments
from model.tiering import HIGHEST, faults, heaviest_first

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
    return _each(session, lambda pairs: _recoded(pairs, old.code, new.code))


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
        raise EditError(f"There is no tier {brief(tier)} (known: {known}). Add it first.")
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
            f"{brief(words)} is no value. Type whole pounds from 0, such as 100000, 250k or 1.2m."
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
    if (number := whole(words, 0, HIGHEST)) is None:
        raise EditError(
            f"{brief(words)} is no risk score. Type a whole number from 0 to {HIGHEST}, or nothing."
        )
    return number


def _code(session: Session, said: str, old: Tier | None = None) -> str:
    code = line_of(said, "Say the tier's code, one word such as gold.")
    if not _CODE.fullmatch(code):
        raise EditError(f"{brief(code)} cannot be a code. It is one word such as gold.")
    for tier in session.tiers:
        if tier is not old and tier.code.casefold() == code.casefold():
            raise EditError(f"{brief(code)} is already the code of {brief(tier.name)}.")
    return code


def _from_name(name: str) -> str:
    """The name's first word as a code; a name without any has to be given one."""
    found = _CODE.search(name.casefold())
    return found[0] if found else ""


def _with_tiers(session: Session, tiers: tuple[Tier, ...]) -> Session:
    """The session with other tiers, heaviest first. Raises `EditError` for a new fault in them."""
    had = {(fault.kind, fault.tiers) for fault in faults(session.tiers)}
    for fault in faults(tiers):
        if (fault.kind, fault.tiers) not in had:
            raise EditError(fault.text)
    return replace(session, tiers=heaviest_first(tiers))


def _recoded(pairs: Treatments, old: str, new: str) -> Treatments:
    return tuple((new if code == old else code, how) for code, how in pairs)


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
