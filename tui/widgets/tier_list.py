"""The tiers: where each begins, by value and by risk, and how it is reviewed."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from model.edits.answers import brief
from model.edits.errors import EditError
from model.edits.tiers import (
    add_tier,
    change_tier,
    heir_of,
    pounds_from,
    remove_tier,
    take_illustrative_tiers,
)
from model.presets import preset
from model.session import Session, Tier
from model.tiering import called, faults, heaviest_first, pounds
from tui.dialogs.form import Answers, Field
from tui.fresh import Fresh
from tui.widgets.record_list import Column, Row
from tui.widgets.setup_list import SetupList, Spot

COLUMNS = (
    Column("Code", 8),
    Column("Tier"),
    Column("Value from", 13),
    Column("Risk from", 9),
    Column("Review"),
)
EMPTY = "No tiers yet: n adds the lowest, from £0; d takes examples."
EXAMPLES = "contract-management"
"""The preset whose tiers are offered, labelled as illustrative."""


class TierList(SetupList):
    """The tiers, heaviest first: their lines put them in order, so that none is moved by hand."""

    COLLECTION = "tiers"
    NOUN = "tier"
    CHAINED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "d",
            "illustrate",
            "Illustrative ones",
            id="tier.illustrate",
            tooltip="Begin with gold, silver and bronze as an example",
        ),
    ]

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, EMPTY, fresh)

    def keys_of(self, session: Session) -> list[str]:
        """The codes, heaviest first."""
        return [tier.code for tier in heaviest_first(session.tiers)]

    def lines(self, session: Session) -> list[Row]:
        """A row a tier."""
        wrong = faults(session.tiers)
        self.show_banner(wrong[0].text if wrong else "")
        marked = {code for fault in wrong for code in fault.tiers}
        return [_row(tier, tier.code in marked) for tier in heaviest_first(session.tiers)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Examples are for a session without tiers; the lines put the tiers in order."""
        if action == "illustrate":
            return None if self.session.tiers else True
        if action == "shift" or (action == "new" and parameters):
            return False
        return super().check_action(action, parameters)

    def action_illustrate(self) -> None:
        """Begin with the tiers of the preset."""
        tiers = preset(EXAMPLES, self.fresh.presets).tiers
        self.attempt_or_say(
            f"Took {len(tiers)} illustrative tiers: make the lines your own",
            lambda session: take_illustrative_tiers(session, tiers),
        )

    def called(self, key: str) -> str:
        """The tier's name."""
        return called(self._tier(self.session, key))

    def about(self, key: str) -> str:
        """Which contracts have the tier, what is wrong with it, and its review."""
        tier = self._tier(self.session, key)
        wrong = [fault.text for fault in faults(self.session.tiers) if key in fault.tiers]
        said = f"{called(tier)}: {_reach(self.session, tier)}."
        return " ".join([*wrong, said, tier.review])

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """What it is called, where it begins, and how it is reviewed."""
        tier = self._tier(session, key)
        value = "" if tier.value_from is None else f"{tier.value_from}"
        first = "0" if not session.tiers else value
        return [
            Field("name", "Tier", tier.name, "Such as Gold."),
            Field("code", "Code", tier.code, "One word to type: %gold. Empty makes one."),
            Field(
                "value_from",
                "Value from",
                first,
                "Whole-life pounds, such as 250k or 1.2m; the lowest begins at 0.",
                chosen=True,
                says=meant,
            ),
            Field(
                "risk_from",
                "Risk from",
                "" if tier.risk_from is None else f"{tier.risk_from}",
                "The risk score, 5 to 25; empty where the value alone decides.",
                chosen=True,
            ),
            Field("review", "Review", tier.review, "How often it is looked at, and by whom."),
        ]

    def made(self, session: Session, said: Answers, spot: Spot) -> Session:
        """A new tier."""
        return add_tier(session, **said)

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another name, code, line or review."""
        return change_tier(session, key, **said)

    def gone(self, session: Session, key: str) -> Session:
        """One tier less."""
        return remove_tier(session, key)

    def action_remove(self) -> None:
        """Remove a tier, and say which one takes over its contracts."""
        key, heir = self.key, heir_of(self.session, self.key)
        more = f"; {brief(called(heir))} begins at £0 now" if heir else ""
        label = f"Removed tier {brief(self.called(key))}{more}"
        self.attempt_or_say(label, lambda session: remove_tier(session, key))

    @staticmethod
    def _tier(session: Session, key: str) -> Tier:
        return next((found for found in session.tiers if found.code == key), Tier("", ""))


def meant(said: str) -> str:
    """What the words for a value mean."""
    try:
        value = pounds_from(said)
    except EditError:
        return ""
    return "" if value is None else pounds(value)


def _row(tier: Tier, wrong: bool) -> Row:
    value = "" if tier.value_from is None else pounds(tier.value_from)
    risk = "" if tier.risk_from is None else str(tier.risk_from)
    name = (called(tier), "wrong" if wrong else "")
    return Row(tier.code, ((tier.code, "lead"), name, value, risk, (tier.review, "muted")))


def _reach(session: Session, tier: Tier) -> str:
    """From where to where a tier reaches, in words."""
    parts = []
    values = [one.value_from for one in session.tiers if one.value_from is not None]
    risks = [one.risk_from for one in session.tiers if one.risk_from is not None]
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
