"""What the law asks of the process: which activity does each, and why some are outside."""

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from offwall.model.records import Session, line_of
from offwall.model.records.fields import NO_ACTIVITY, ActivityId
from offwall.model.records.record_kind import Ask
from offwall.model.records.session import Requirement
from offwall.model.review.requirements import (
    ACTIVITY,
    OUTSIDE,
    REQUIREMENTS,
    check_requirements,
    does_it,
    make_activity,
    old_rules,
    take_in,
)
from offwall.model.store.presets.catalogues import requirements
from offwall.tui.kit import Answers, Context, SessionScreen
from offwall.tui.kit.frame import FactsPanel, framed
from offwall.tui.kit.keys import Choose, Here, Need, Outcome, Question, foot, keys
from offwall.tui.kit.sections import SectionsScreen
from offwall.tui.kit.setup_list import RECORD, SetupList, field_of


def pack(at: Here, _: Requirement | None) -> Outcome:
    """List those of public procurement; what was said of each stays."""
    found = requirements(at.fresh.presets)
    return Outcome(f"Took in {len(found)} requirements", lambda now: take_in(now, found))


def make(at: Here, requirement: Requirement) -> Outcome:
    """Make the activity, in a stage of your choice."""
    stages, seed = at.session.stages, at.fresh.seed()

    def chosen(place: int) -> Outcome:
        stage = stages[place].id
        label = f"Made an activity in {line_of(stages[place].name)}: {line_of(requirement.text)}"
        return Outcome(label, lambda now: make_activity(now, requirement.id, stage, seed))

    names = [f"{line_of(stage.id)} {line_of(stage.name)}" for stage in stages]
    return Outcome(ask=Choose("In which stage?", names, chosen, line_of(requirement.text)))


def say(at: Here, requirement: Requirement, ask: Ask) -> Outcome:
    """Ask for one thing that the group says of it; what its words tell is offered."""
    field = field_of(ask, at.session, getattr(requirement, ask.name), None, requirement)
    by_words = does_it(at.session, requirement) if ask is ACTIVITY else None
    field = replace(field, value=at.session.ref_by_id[by_words.id]) if by_words else field
    inside: dict[str, Any] = {"outside": ""} if ask is ACTIVITY else {}

    def answered(answers: Answers) -> Outcome:
        label = (
            f"{ask.label} {line_of(answers[ask.name]) or 'nothing'}: {line_of(requirement.text)}"
        )
        return Outcome(
            label, lambda now: REQUIREMENTS.change(now, requirement.id, answers, **inside)
        )

    return Outcome(ask=Question(line_of(requirement.text), [field], answered))


STAGED = Need(
    lambda at: at.record and at.session.stages,
    "There is no requirement here, or no stage to put its activity into.",
)


class RequirementList(SetupList):
    """The requirements. Enter changes one; above them stands what they are not."""

    LINES = 3
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "law",
        foot("full_stop", "make", "Make it", make, needs=STAGED),
        foot("space", "this", "This one", partial(say, ask=ACTIVITY), "Say what does it", RECORD),
        foot("x", "outside", "Leave out", partial(say, ask=OUTSIDE), "Say why not", RECORD),
        foot("I", "pack", "Standard list", pack),
    )
    GONE = ("run('setup.new-before')", "run('setup.remove')")

    def __init__(self, fresh: Context) -> None:
        super().__init__(REQUIREMENTS, fresh)

    def watch_session(self, session: Session) -> None:
        """Show what changed, and how many have an activity today."""
        found = next(check_requirements(session, self.fresh.today()), None)
        said = found.text.partition(":")[0].replace(" of the law", "") if found else ""
        self.show_banner(said, "no legal advice")
        self.show_legend(old_rules(session))
        super().watch_session(session)

    def about(self, key: str) -> str:
        """A requirement in full, a line for each thing that the law says."""
        one = self.record
        return "\n".join(REQUIREMENTS.detail(self.session, one)) if one else ""


class RequirementsScreen(SectionsScreen):
    """The list, and the one under the cursor in full."""

    TITLE = "2 What the law asks"
    PART = "record"
    CSS_PATH = "requirements_screen.tcss"

    def body(self) -> ComposeResult:
        """The list and the words."""
        with Container(classes="with-words"):
            listed = framed(RequirementList(self.fresh), "Requirements")
            yield listed.data_bind(SessionScreen.session)
            yield framed(FactsPanel(), "In full")

    def standing_on(self) -> ActivityId:
        """The activity that does the one under the cursor."""
        one = self.query_one(RequirementList).record
        found = does_it(self.session, one) if one else None
        return found.id if found else NO_ACTIVITY
