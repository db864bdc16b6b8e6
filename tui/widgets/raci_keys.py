"""The keys of the RACI: each gives the role of the column its part in the row's activity."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from model.edits.answers import brief
from model.edits.raci import BESIDE, clear, give
from model.raci import Part, letters, role_name
from model.session import Activity, Session
from tui.widgets.activity_keys import ActivityKeys


class RaciKeys(ActivityKeys):
    """Lead, also, accountable, consulted, informed; and clear."""

    NEEDS: ClassVar[frozenset[str]] = frozenset({"give", "clear"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "R", "give('R')", "Lead", id="raci.lead", tooltip="This role leads, not the one before"
        ),
        Binding("r", "give('r')", "Also", id="raci.also", tooltip="Responsible beside the lead"),
        Binding(
            "a",
            "give('A')",
            "Answers",
            id="raci.accountable",
            tooltip="This role is accountable, not the one before",
        ),
        Binding("c", "give('C')", "Consult", id="raci.consulted", tooltip="Asked before"),
        Binding("i", "give('I')", "Inform", id="raci.informed", tooltip="Told after"),
        Binding("full_stop", "clear", "Clear", id="raci.clear", tooltip="Empty this cell"),
    ]

    @property
    def role(self) -> str:
        """The code of the role that the column under the cursor is for."""
        raise NotImplementedError

    def action_give(self, letter: str) -> None:
        """Give the role this part."""
        part, role = Part(letter), self.role
        if found := self.activity:
            label = given(self.session, found, role, part)
            self.attempt_or_say(label, lambda s: give(s, found.id, role, part))

    def action_clear(self) -> None:
        """Take the role out."""
        role = self.role
        if found := self.activity:
            was = letters(found).get(role, "")
            label = f"Cleared {was} of {_called(self.session, role)} at {_ref(self.session, found)}"
            self.attempt_or_say(label + _lost(found, role), lambda s: clear(s, found.id, role))


SAID = {
    Part.LEAD: "leads",
    Part.ALSO: "is also responsible for",
    Part.ACCOUNTABLE: "is accountable for",
    Part.CONSULTED: "is consulted on",
    Part.INFORMED: "is informed of",
}
"""What a role does with an activity."""


def given(session: Session, activity: Activity, role: str, part: Part) -> str:
    """A change in words: who has the part now, and who has it no longer."""
    said = f"{_called(session, role)} {SAID[part]} {_ref(session, activity)}"
    before = {Part.LEAD: activity.lead, Part.ACCOUNTABLE: activity.accountable}.get(part, "")
    if before and before != role:
        said += f", no longer {_called(session, before)}"
    return said + _lost(activity, role, part)


def _lost(activity: Activity, role: str, part: Part | None = None) -> str:
    """What nobody does for the activity any more once the role's cell says something else."""
    stays = (part, *BESIDE[part]) if part else ()
    lost = [
        words
        for mine, words, known in (
            (Part.LEAD, "leads", activity.lead),
            (Part.ACCOUNTABLE, "is accountable", activity.accountable),
        )
        if known == role and mine not in stays
    ]
    return f"; nobody {' or '.join(lost)} now" if lost else ""


def _called(session: Session, role: str) -> str:
    return brief(role_name(session, role))


def _ref(session: Session, activity: Activity) -> str:
    return session.ref_by_id[activity.id]
