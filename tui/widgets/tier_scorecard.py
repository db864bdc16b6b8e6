"""The scorecard: what a contract's risk is scored by, and how much each line weighs."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from model.edits.scorecard import add_criterion, change_criterion, remove_criterion
from model.edits.tiers import take_illustrative_criteria
from model.presets import preset
from model.report.words import ended
from model.session import Criterion, Session
from model.tiering import HIGHEST, LOWEST
from tui.dialogs.form import Answers, Field
from tui.fresh import Fresh
from tui.widgets.record_list import Column, Row
from tui.widgets.setup_list import SetupList, Spot
from tui.widgets.tier_list import EXAMPLES

COLUMNS = (Column("Weight", 6), Column("Scored 1 to 5"), Column("About"))
EMPTY = "No scorecard yet: n adds a line, d takes an example."


class CriterionList(SetupList):
    """The lines of the scorecard, as they are asked."""

    COLLECTION = "criteria"
    NOUN = "criterion"
    CHAINED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "d",
            "illustrate",
            "Illustrative one",
            id="criterion.illustrate",
            tooltip="Begin with a scorecard as an example",
        ),
    ]

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, EMPTY, fresh)

    def lines(self, session: Session) -> list[Row]:
        """A row a criterion."""
        return [
            Row(one.id, (f"×{one.weight}", one.name, (one.about, "muted")))
            for one in session.criteria
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An example is for a session without a scorecard."""
        if action == "illustrate":
            return None if self.session.criteria else True
        return super().check_action(action, parameters)

    def action_illustrate(self) -> None:
        """Begin with the scorecard of the preset."""
        criteria = preset(EXAMPLES, self.fresh.presets).criteria
        self.attempt_or_say(
            "Took an illustrative scorecard: make it your own",
            lambda session: take_illustrative_criteria(session, criteria),
        )

    def called(self, key: str) -> str:
        """What is scored."""
        return self._criterion(self.session, key).name

    def about(self, key: str) -> str:
        """The criterion in full, and how the risk score comes of all."""
        one = self._criterion(self.session, key)
        return (
            f"{one.name} (counts {one.weight} of {sum(c.weight for c in self.session.criteria)}). "
            f"{ended(one.about)} The risk score is five times the weighted mean: "
            f"{LOWEST} to {HIGHEST}."
        )

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """What is scored, what 1 and 5 mean, and the weight."""
        one = self._criterion(session, key)
        return [
            Field("name", "What is scored", one.name, "Such as Hard to replace the supplier."),
            Field("about", "What 1 and 5 mean", one.about, "Such as 1 within days, 5 nobody else."),
            Field("weight", "Weight", str(one.weight), "1 to 9.", chosen=True),
        ]

    def made(self, session: Session, said: Answers, spot: Spot) -> Session:
        """A new criterion."""
        return add_criterion(
            session, **said, seed=spot.seed, beside=spot.beside, before=spot.before
        )

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another wording or weight."""
        return change_criterion(session, key, **said)

    def gone(self, session: Session, key: str) -> Session:
        """One criterion less."""
        return remove_criterion(session, key)

    @staticmethod
    def _criterion(session: Session, key: str) -> Criterion:
        return next((one for one in session.criteria if one.id == key), Criterion("", ""))
