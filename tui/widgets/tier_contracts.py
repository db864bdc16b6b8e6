"""The contracts that the tiers are tried on: value, risk score, and the tier that comes of them."""

from model.edits.answers import counted
from model.edits.scorecard import add_contract, change_contract, remove_contract
from model.session import Contract, Session, Tier
from model.tiering import (
    HIGHEST,
    VAT_PERCENT,
    called,
    placed,
    pounds,
    risk_score,
    unscored,
    with_vat_otherwise,
)
from tui.dialogs.form import Answers, Field
from tui.fresh import Fresh
from tui.widgets.record_list import Column, Row
from tui.widgets.setup_list import SetupList, Spot
from tui.widgets.tier_list import meant

COLUMNS = (
    Column("Contract"),
    Column("Value", 14),
    Column("VAT", 7),
    Column("Risk", 4),
    Column("Tier", 12),
)
LABEL = 18
"""Cells of a form's labels."""
EMPTY = "None tried yet: press n and type one that all know."


class ContractList(SetupList):
    """Contracts kept as examples, each with its tier."""

    COLLECTION = "contracts"
    NOUN = "contract"

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, EMPTY, fresh)
        self._asked: tuple[str, ...] = ()

    def lines(self, session: Session) -> list[Row]:
        """A row a contract."""
        return [_row(session, contract) for contract in session.contracts]

    def called(self, key: str) -> str:
        """Which contract."""
        return self._contract(self.session, key).name

    def about(self, key: str) -> str:
        """Why the contract has its tier, and what is not said yet."""
        contract = self._contract(self.session, key)
        return f"{contract.name}: {' '.join(_why(self.session, contract))}"

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """The contract, its value, and a score for each line of the scorecard."""
        contract = self._contract(session, key)
        self._asked = tuple(criterion.id for criterion in session.criteria)
        scored = {one.criterion: str(one.score or "") for one in contract.scores}
        return [
            Field("name", "Contract", contract.name, "Such as Grounds maintenance."),
            Field(
                "value",
                "Whole-life value",
                "" if contract.value is None else str(contract.value),
                "Pounds over all years, such as 250k or 1.2m.",
                chosen=True,
                says=meant,
            ),
            Field(
                "vat",
                "VAT",
                contract.vat or "",
                "with or without; empty while nobody knows.",
                choices=("with", "without"),
                chosen=True,
            ),
            *(
                Field(
                    f"score-{place}",
                    _label(criterion.name),
                    scored.get(criterion.id, ""),
                    f"{criterion.name}, 1 to 5. {criterion.about}",
                    chosen=True,
                )
                for place, criterion in enumerate(session.criteria)
            ),
        ]

    def made(self, session: Session, said: Answers, spot: Spot) -> Session:
        """A new contract."""
        return add_contract(
            session,
            said["name"],
            value=said["value"],
            vat=said["vat"],
            scores=self._scores(said),
            seed=spot.seed,
            beside=spot.beside,
            before=spot.before,
        )

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another value or score."""
        return change_contract(
            session,
            key,
            name=said["name"],
            value=said["value"],
            vat=said["vat"],
            scores=self._scores(said),
        )

    def gone(self, session: Session, key: str) -> Session:
        """One contract less."""
        return remove_contract(session, key)

    def _scores(self, said: Answers) -> dict[str, str]:
        return {key: said[f"score-{place}"] for place, key in enumerate(self._asked)}

    @staticmethod
    def _contract(session: Session, key: str) -> Contract:
        return next((one for one in session.contracts if one.id == key), Contract("", ""))


def _label(name: str) -> str:
    """A criterion's name as a form has room for it; the hint says it in full."""
    return name if len(name) < LABEL else f"{name[: LABEL - 2]}…"


def _row(session: Session, contract: Contract) -> Row:
    score = risk_score(session, contract)
    tier = placed(session, contract).tier
    doubtful = with_vat_otherwise(session, contract) is not None
    return Row(
        contract.id,
        (
            contract.name,
            "" if contract.value is None else pounds(contract.value),
            (contract.vat or ("?" if contract.value else ""), "muted"),
            "" if score is None else str(score),
            ((called(tier) if tier else "not yet") + ("?" if doubtful else ""), "lead"),
        ),
    )


def _why(session: Session, contract: Contract) -> list[str]:
    """The tier, what it comes of, and what is open."""
    found, score = placed(session, contract), risk_score(session, contract)
    said = []
    if found.tier:
        said.append(f"{called(found.tier)}.")
    elif not session.tiers:
        said.append("There are no tiers yet: press 1.")
    if contract.value is not None:
        vat = f"{contract.vat} VAT" if contract.vat else "say whether with or without VAT"
        said.append(f"{pounds(contract.value)} ({vat}) is {_tier(found.by_value)}.")
    else:
        said.append("The value is not said yet.")
    if score is not None:
        said.append(f"Risk {score} of {HIGHEST} is {_tier(found.by_risk)}; the higher decides.")
    elif session.criteria:
        said.append(f"{counted(len(unscored(session, contract)), 'score')} not said yet.")
    other = with_vat_otherwise(session, contract)
    if other is not None:
        said.append(
            f"Counted the other way, at {VAT_PERCENT}% VAT, it is {called(other)}: "
            "agree whether the lines count VAT."
        )
    return said


def _tier(tier: Tier | None) -> str:
    return called(tier) if tier else "below every line"
