"""The filter keys: show a part of the wall, by a query or as one tier goes through it."""

from typing import ClassVar, Protocol, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from offwall.model.line import Vocabulary
from offwall.model.process import TierView
from offwall.model.records import Session
from offwall.model.records.text import counted, cut_short
from offwall.model.review import ALL, VisibleActivities
from offwall.model.review.filter import (
    FilterError,
    next_tier,
    read_filter,
    seen_through_tier,
    with_filter,
)
from offwall.tui.kit import Answers, Context, Field, Form, Say
from offwall.tui.process.activity_keys import ActivityKeys
from offwall.tui.process.route_text import tier_name

FILTER_HINT = """Any words, and: @cm leads, any:cm takes part, a:cm,
c:cm, i:cm, /S2 stage, !d code, %gold, %gold=light,
unfinished, unconfirmed, confirmed, open.
Each narrows; a comma gives a choice: @cm,pro"""
LONGEST_TIER_NAME = 24
"""Characters of a tier's name that leave room for the counts."""

NO_TIERS = "There are no tiers yet. Agree them in part 1: press q, then 1, and choose tiering."


class _Dated(Protocol):
    """A screen that knows today."""

    fresh: Context


class FilterKeys(ActivityKeys):
    """Filter, the next tier, and all again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f",
            "filter",
            "Filter",
            show=False,
            id="activity.filter",
            tooltip="Show what a filter asks for: words, @role, /stage, !code, %tier, unfinished",
        ),
        Binding(
            "t",
            "tier",
            "Next tier",
            show=False,
            id="activity.tier",
            tooltip="Show the process for the next tier; after the last, all",
        ),
        Binding(
            "escape",
            "all",
            "Show all",
            show=False,
            id="activity.all",
            tooltip="Take the filter and the tier away",
        ),
    ]

    class Looked(Message):
        """The process is looked at through another tier, or through none."""

        def __init__(self, view: TierView | None) -> None:
            super().__init__()
            self.view = view

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """All can be shown again where not all is shown; nothing can be asked of nothing."""
        if action == "all" and self.seen is ALL:
            return None
        if action == "filter" and not self.session.activities:
            return None
        return super().check_action(action, parameters)

    def look(self, seen: VisibleActivities) -> None:
        """Show another part of the wall."""
        raise NotImplementedError

    @work
    async def action_filter(self) -> None:
        """Ask what to show."""
        today = cast(_Dated, self.screen).fresh.today()

        def check(answers: Answers) -> str:
            try:
                wanted = read_filter(answers["text"], Vocabulary.of(self.session, today))
            except FilterError as sentence:
                return str(sentence)
            seen = with_filter(self.session, self.seen, wanted)
            if wanted and not seen.ids:
                return "No activity is like that."
            self.look(seen)
            return ""

        text = self.seen.filter.text if self.seen.filter else ""
        field = Field("text", "Show", text, "Empty shows all again.", chosen=True)
        await self.app.push_screen_wait(Form("Filter", [field], check, FILTER_HINT))

    def action_tier(self) -> None:
        """Show the process for the next tier; after the last, for all."""
        if self.session.tiers:
            tier = next_tier(self.session, self.seen.tier)
            self.look(seen_through_tier(self.session, self.seen, tier))
        else:
            self.post_message(Say(NO_TIERS))

    def action_all(self) -> None:
        """Show everything again."""
        self.look(ALL)


def filter_banner(session: Session, seen: VisibleActivities) -> tuple[str, str]:
    """What is shown, of how much, and the keys that change it; nothing where all is shown."""
    if seen is ALL:
        return "", ""
    parts = []
    total = len(session.activities)
    shown = sum(activity.id in seen for activity in session.activities)
    if seen.view:
        kept = f"{len(seen.view.kept)} of {counted(total, 'activity', 'activities')}"
        light = f", {len(seen.view.light)} light" if seen.view.light else ""
        name = tier_name(session, seen.tier)
        parts.append(f"{cut_short(name, LONGEST_TIER_NAME)}: {kept}{light}")
    if seen.filter:
        of_all = "" if seen.view else f" of {total:,}"
        parts.append(f"shown {shown:,}{of_all}: {seen.filter.text}")
    keys = ["t next tier"] if seen.view and not seen.filter else []
    return "; ".join(parts), "; ".join([*keys, "Esc all"])
