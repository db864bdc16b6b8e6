"""The scorecard: what a contract's risk is scored by, and the contracts that it was tried on."""

from collections.abc import Mapping
from dataclasses import replace

from model.edits.answers import brief, kind_from, text_from, whole
from model.edits.errors import EditError
from model.edits.lists import found, put
from model.edits.records import updated, without
from model.edits.texts import line_of
from model.edits.tiers import pounds_from
from model.ids import derive
from model.session import Contract, Criterion, Score, Session, Vat

MOST_CRITERIA = 8
"""Lines that a group still scores, and that fit a form on a small screen."""

MOST_WEIGHT = 9
_CRITERION = "Say what is scored, such as Harm to residents if it fails."
_CONTRACT = "Say which contract, such as Grounds maintenance."


def add_criterion(
    session: Session,
    name: str,
    *,
    about: str,
    weight: str,
    seed: str,
    beside: str = "",
    before: bool = False,
) -> Session:
    """Add a line to the scorecard. Nothing for the weight is 1.

    Raises `EditError` without a name, for what is no weight, and where the scorecard is full.
    """
    if len(session.criteria) >= MOST_CRITERIA:
        raise EditError(f"A scorecard has {MOST_CRITERIA} lines at most. Change or remove one.")
    criterion = Criterion(
        derive(seed, "k"), line_of(name, _CRITERION), line_of(about), _weight(weight)
    )
    return put(session, "criteria", criterion, beside, before)


def change_criterion(
    session: Session, criterion: str, *, name: str, about: str, weight: str
) -> Session:
    """Change a line of the scorecard. Raises `EditError` as `add_criterion` does."""
    old: Criterion = found(session, "criteria", criterion)
    return updated(
        session,
        "criteria",
        old,
        name=text_from(name, old.name, _CRITERION),
        about=text_from(about, old.about),
        weight=_weight(weight),
    )


def remove_criterion(session: Session, criterion: str) -> Session:
    """Take a line away, and what every contract scored on it."""
    gone = found(session, "criteria", criterion)
    contracts = tuple(
        replace(one, scores=tuple(s for s in one.scores if s.criterion != criterion))
        for one in session.contracts
    )
    return without(replace(session, contracts=contracts), "criteria", gone)


def add_contract(
    session: Session,
    name: str,
    *,
    value: str,
    vat: str,
    scores: Mapping[str, str],
    seed: str,
    beside: str = "",
    before: bool = False,
) -> Session:
    """Try a contract; ``scores`` are what was typed for each criterion, by its id.

    Raises `EditError` without a name, for what is no value or score, and where it is not clear
    whether the value counts VAT.
    """
    contract = Contract(derive(seed, "e"), line_of(name, _CONTRACT))
    contract = _answered(session, contract, value, vat, scores)
    return put(session, "contracts", contract, beside, before)


def change_contract(
    session: Session, contract: str, *, name: str, value: str, vat: str, scores: Mapping[str, str]
) -> Session:
    """Change a contract that was tried. Raises `EditError` as `add_contract` does."""
    old: Contract = found(session, "contracts", contract)
    new = replace(old, name=text_from(name, old.name, _CONTRACT))
    new = _answered(session, new, value, vat, scores)
    contracts = tuple(new if one is old else one for one in session.contracts)
    return replace(session, contracts=contracts)


def remove_contract(session: Session, contract: str) -> Session:
    """Take a contract away."""
    return without(session, "contracts", found(session, "contracts", contract))


def _answered(
    session: Session, contract: Contract, value: str, vat: str, scores: Mapping[str, str]
) -> Contract:
    return replace(
        contract,
        value=pounds_from(value, contract.value),
        vat=kind_from(vat, Vat, Vat.WITHOUT, "of the two") if line_of(vat) else None,
        scores=_scores(session, contract, scores),
    )


def _scores(session: Session, contract: Contract, said: Mapping[str, str]) -> tuple[Score, ...]:
    """The scores as typed; what a score has besides is kept, and those of no criterion too."""
    old = {score.criterion: score for score in contract.scores}
    typed = {one.id: _score(said[one.id], one) for one in session.criteria if one.id in said}
    new = {
        key: replace(old.get(key, Score(key)), score=score) if score else None
        for key, score in typed.items()
    }
    return tuple(score for score in {**old, **new}.values() if score is not None)


def _score(said: str, criterion: Criterion) -> int | None:
    words = line_of(said)
    if not words:
        return None
    if words not in ("1", "2", "3", "4", "5"):
        raise EditError(
            f"{brief(criterion.name)}: {brief(words)} is no score. "
            "Type 1 for little up to 5 for much, or nothing."
        )
    return int(words)


def _weight(said: str) -> int:
    words = line_of(said)
    number = whole(words, 1, MOST_WEIGHT)
    if words and number is None:
        raise EditError(f"{brief(words)} is no weight. Type one from 1 to {MOST_WEIGHT}.")
    return number or 1
