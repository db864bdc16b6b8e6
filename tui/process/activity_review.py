"""The keys of the review: confirm an activity, record an open point, go to the next gap, fix."""

from itertools import takewhile
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from offwall.model.records import Activity, Session
from offwall.model.review import Finding, StageCounter, next_unconfirmed
from offwall.model.review.checks import THEN, findings_at
from offwall.model.review.confirm import confirm, record_open_point, unconfirm
from offwall.model.review.fixes import Fix, FixFinder
from offwall.model.review.progress import missing_words, next_to_fill
from offwall.model.topics.improvement import next_improve
from offwall.tui.kit import Answers, Field, Form, Say
from offwall.tui.process.activity_card import STAGE_KEY
from offwall.tui.process.activity_keys import ActivityKeys
from offwall.tui.process.activity_navigation import LineKeys

FIX_LINE_STARTS = {
    "no lead": "@",
    "no accountable": "a:",
    "too few answers": ">",
    "no question": "?",
    "time risk": "w:",
}
"""How the line begins that mends a finding where only people know the rest of it."""


def fix_line_start(session: Session, finding: Finding) -> str:
    """How the line begins that mends a finding at an activity; empty where no line does."""
    if finding.kind != "open target":
        return FIX_LINE_STARTS.get(finding.kind, "")
    if finding.about == THEN:
        return ">="
    answer = session.activity_by_id[finding.place].routes[int(finding.about)].answer
    # Signs within an answer would be read as the line's own; then the answer is typed again.
    return f">{answer}=" if answer.replace(" ", "").isalnum() else ">"


class ReviewKeys(ActivityKeys):
    """Confirm, record an open point, walk what is still to fill, mend."""

    counting: StageCounter
    """The counts of the stages."""

    NEEDS: ClassVar[frozenset[str]] = frozenset({"confirm", "open_point", "improve"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "confirm",
            "Confirm",
            id="activity.confirm",
            tooltip="Confirm sequence and lead; go to the next unconfirmed",
        ),
        Binding(
            "o",
            "open_point",
            "Open",
            id="activity.open-point",
            tooltip="Record what the group could not agree",
        ),
        Binding(
            "i",
            "improve",
            "Improve",
            show=False,
            id="activity.improve",
            tooltip="What to do with it: keep, change, drop, new, nothing said",
        ),
        Binding(
            "m",
            "still_to_fill",
            "To fill",
            show=False,
            id="activity.still-to-fill",
            tooltip="Go to the next that lacks something: lead, accountable, document ...",
        ),
        Binding(
            "full_stop",
            "mend",
            "Mend",
            show=False,
            id="activity.mend",
            tooltip="Mend what is wrong with it, where one key can, or begin the line that does",
        ),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Mending is dimmed where there is nothing that it could do."""
        if action == "mend" and not self._remedy():
            return None
        return super().check_action(action, parameters)

    def action_confirm(self) -> None:
        """Confirm, and go to the next to confirm; on one that is confirmed, look at it again."""
        if not (found := self.activity):
            return
        ref = self.session.ref_by_id[found.id]
        if found.confirmed:
            self.attempt_or_say(f"To look at again: {ref}", lambda s: unconfirm(s, found.id))
            return
        label = f"Confirmed {ref}" if found.lead else f"{ref}: place confirmed, no lead yet (@role)"
        label += f". Settled, in its note: {found.open_point}" if found.open_point else ""
        following = next_unconfirmed(confirm(self.session, found.id), found.id, self.seen)
        if self.attempt_or_say(label, lambda s: confirm(s, found.id)):
            self._go_on(label, following)

    def _go_on(self, label: str, following: Activity | None) -> None:
        """Stand on the next to confirm; where it was the last, say so, for the cursor stays."""
        if following:
            self.go_to(following.id)
        else:
            self.post_message(Say(f"{label}. That was the last to confirm."))

    @work
    async def action_open_point(self) -> None:
        """Ask what is not agreed."""
        if not (found := self.activity):
            return
        ref = self.session.ref_by_id[found.id]

        def check(answers: Answers) -> str:
            return self.attempt(
                f"Open point at {ref}",
                lambda s: record_open_point(s, found.id, answers["point"]),
            )

        field = Field("point", "Not agreed", found.open_point, "Empty takes it away.")
        await self.app.push_screen_wait(Form(f"Open point at {ref} {found.text}", [field], check))

    def action_improve(self) -> None:
        """Mark it with what comes next: keep, change, drop, new, nothing."""
        if found := self.activity:
            ref = self.session.ref_by_id[found.id]
            new = next_improve(self.session, found.id).activity_by_id[found.id].improve
            self.attempt_or_say(f"{ref}: {new or 'no mark'}", lambda s: next_improve(s, found.id))

    def action_still_to_fill(self) -> None:
        """Stand on the next that lacks something, and say what."""
        found = next_to_fill(self.session, self._behind, self.seen)
        if found is None:
            self.post_message(Say("Nothing is left to fill."))
            return
        self.go_to(found.id)
        what = ", ".join(missing_words(self.session, found))
        ref = self.session.ref_by_id[found.id]
        total = self.counting.total(self.session).to_fill
        self.post_message(Say(f"To fill at {ref}: {what}. m goes on ({total:,} in all)."))

    @property
    def _behind(self) -> str:
        """What the walk goes on from: on a heading, the last activity above it."""
        if self.activity:
            return self.activity.id
        stages = takewhile(lambda stage: STAGE_KEY + stage != self.key, self.session.by_stage)
        above = [one.id for stage in stages for one in self.session.by_stage[stage][-1:]]
        return above[-1] if above else ""

    def action_mend(self) -> None:
        """Mend the first finding that one key can, or begin the line that does."""
        remedy = self._remedy()
        if isinstance(remedy, Fix):
            self.attempt_or_say(remedy.label, remedy.change)
        elif remedy:
            self.post_message(LineKeys.LineWanted("add", self.key, remedy))

    def _remedy(self) -> Fix | str | None:
        """What mends the activity under the cursor: a change, else how its line begins."""
        if not (found := self.activity):
            return None
        wrong = findings_at(self.session, found)
        mender = FixFinder(self.session)
        changes = (mender.of(finding) for finding in wrong)
        starts = (fix_line_start(self.session, finding) for finding in wrong)
        return next(filter(None, changes), None) or next(filter(None, starts), None)
