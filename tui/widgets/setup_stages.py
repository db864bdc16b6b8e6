"""Set up's stages: the columns of the wall."""

from model.edits.answers import brief
from model.edits.stages import add_stage, change_stage, next_stage_id, remove_stage
from model.raci import role_name
from model.session import Rhythm, Session, Stage
from tui.dialogs.form import Answers, Field
from tui.fresh import Fresh
from tui.text import count
from tui.widgets.record_list import Column, Row
from tui.widgets.setup_list import SetupList, Spot
from tui.widgets.setup_words import role_cell, role_field

COLUMNS = (
    Column("Id", 6),
    Column("Stage"),
    Column("Rhythm", 10),
    Column("Accountable", 11),
    Column("Activities", 10),
)
EMPTY = "No stages yet. Press n and type the name of the first."
RHYTHMS = {
    Rhythm.ONCE: "gone through once, then the next stage",
    Rhythm.CYCLE: "goes round: its end leads back to its beginning",
    Rhythm.ON_DEMAND: "entered and left by a route",
}


class StageList(SetupList):
    """The stages in the order of the wall."""

    COLLECTION = "stages"
    NOUN = "stage"
    CHAINED = True

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(COLUMNS, EMPTY, fresh)

    def lines(self, session: Session) -> list[Row]:
        """A row a stage, with how many activities it holds."""
        return [
            Row(
                stage.id,
                (
                    (stage.id, "muted"),
                    stage.name,
                    stage.rhythm,
                    role_cell(session, stage.accountable),
                    str(len(session.by_stage[stage.id]) or ""),
                ),
            )
            for stage in session.stages
        ]

    def called(self, key: str) -> str:
        """The stage's id and name."""
        return f"{key} {self.session.stage_by_id[key].name}"

    def about(self, key: str) -> str:
        """The stage in full."""
        stage = self.session.stage_by_id[key]
        held = len(self.session.by_stage[key])
        accountable = role_name(self.session, stage.accountable)
        facts = [
            f"{brief(stage.name)}: {RHYTHMS[stage.rhythm]}",
            count(held, "activity", "activities"),
            f"new ones are offered {accountable} as accountable" if accountable else "",
            stage.about,
        ]
        return " · ".join(fact for fact in facts if fact)

    def fields(self, session: Session, key: str, last: Answers) -> list[Field]:
        """The name first: all else may stay."""
        stage = session.stage_by_id.get(key) or Stage(next_stage_id(session), "")
        return [
            Field("name", "Stage", stage.name, "What the wall calls it, such as Mobilise."),
            Field("id", "Id", stage.id, "One word, for refs such as S1.04.", chosen=True),
            Field(
                "rhythm",
                "Rhythm",
                stage.rhythm,
                "once, cycle (goes round) or on demand (entered by a route).",
                tuple(Rhythm),
                chosen=True,
            ),
            role_field(
                session,
                "accountable",
                "Accountable",
                stage.accountable,
                "Offered to new activities.",
            ),
            Field("about", "About", stage.about, "From what to what; may stay empty."),
        ]

    def made(self, session: Session, said: Answers, spot: Spot) -> Session:
        """A new stage."""
        return add_stage(session, **said, beside=spot.beside, before=spot.before)

    def changed(self, session: Session, key: str, said: Answers) -> Session:
        """Another name, id, rhythm or accountable."""
        return change_stage(session, key, **said)

    def gone(self, session: Session, key: str) -> Session:
        """One stage less."""
        return remove_stage(session, key)
