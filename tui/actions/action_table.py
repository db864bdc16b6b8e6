"""Actions, one line each, in the group's order."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from offwall.model.actions import action_plan, rank
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import Action, ActionKind
from offwall.model.records.fields import value_of
from offwall.model.records.ids import NO_ACTION
from offwall.model.records.text import counted
from offwall.model.review.missing import LIVE
from offwall.tui.actions.action_columns import (
    ACTION_COLUMNS,
    RANKING_COLUMNS,
    ColumnContext,
    action_cells,
)
from offwall.tui.actions.action_commands import NEEDS_ACTION, ActionCommands
from offwall.tui.actions.action_line import ActionPlace
from offwall.tui.kit import Context as Fresh
from offwall.tui.kit import ListRow, RecordList, Say

KIND_KEY = "kind:"
"""What the key of a kind's heading begins with."""

KIND_TITLES = {ActionKind.IMPROVEMENT: "Improvements", ActionKind.NEXT_STEP: "Next steps"}
NO_ACTIONS = "No action yet. Press n and type the first; Enter keeps it."
WHAT_IS_MISSING = {"impact": "impact", "effort": "effort", "owner": "an owner", "due": "a date"}
"""What an action may lack, and what that is called."""


class ActionTable(ActionCommands):
    """The actions of some kinds, in some of the columns of ``FITS``.

    ``needed`` are the fields, of those in ``NEEDED``, that Enter looks for the lack of. Several
    kinds stand under a heading each.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "line('new')", "New", id="action.new", tooltip="A new action"),
        Binding(
            "N",
            "line('before')",
            "New before",
            show=False,
            id="action.new-before",
            tooltip="A new action before this",
        ),
        Binding("e", "line('edit')", "Edit", show=False, id="action.edit", tooltip="Edit its line"),
        Binding(
            "enter",
            "next",
            "Next",
            id="action.next",
            tooltip="Go to the next action that lacks something",
        ),
    ]

    deeds: ClassVar[frozenset[str]] = NEEDS_ACTION
    """Acts that need an action under the cursor."""

    class LineWanted(Message):
        """The line is wanted for a new action, or to edit one."""

        def __init__(self, place: ActionPlace) -> None:
            super().__init__()
            self.place = place

    def __init__(
        self,
        fresh: Fresh,
        *,
        kinds: Sequence[ActionKind] = (ActionKind.IMPROVEMENT,),
        columns: Sequence[str] = RANKING_COLUMNS,
        needed: Sequence[str] = tuple(WHAT_IS_MISSING),
        empty: str = NO_ACTIONS,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__([ACTION_COLUMNS[name] for name in columns], empty=empty, id=id)
        self.fresh = fresh
        self._kinds = tuple(kinds)
        self._needed = tuple(needed)
        self._listed: dict[str, Action] = {}

    def watch_session(self) -> None:
        """Show what changed; the cursor goes to an action that was just made."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows: the actions of each kind, under a heading where there are several."""
        session = self.session
        self._listed = {one.id: one for one in action_plan(session) if one.kind in self._kinds}
        ranks = {action.id: place for place, action in enumerate(rank(session), 1)}
        names = owner_labels(session, role_labels(session))
        context = ColumnContext(session, ranks, names, self.wide)
        rows: list[ListRow] = []
        for kind in self._kinds:
            found = [action for action in self._listed.values() if action.kind is kind]
            if len(self._kinds) > 1:
                heading = (KIND_TITLES[kind], f"({counted(len(found), 'action')})")
                rows.append(ListRow(KIND_KEY + kind, heading, heading=True))
            rows += [
                ListRow(action.id, action_cells(self.shown, action, context)) for action in found
            ]
        self.put(rows)

    @property
    def action(self) -> Action | None:
        """The action under the cursor; none on a heading."""
        return self._listed.get(self.key)

    @property
    def kind(self) -> ActionKind:
        """The kind that the cursor stands among."""
        if self.key.startswith(KIND_KEY):
            return ActionKind(self.key.removeprefix(KIND_KEY))
        return self.action.kind if self.action else self._kinds[0]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs an action is dimmed where there is none."""
        if action == "line" and parameters != ("new",):
            return True if self.action else None
        return True if action not in self.deeds or self.able(action) else None

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """Elsewhere a digit is an impact again."""
        self.forget_score()

    def action_line(self, mode: str) -> None:
        """Open the line."""
        beside = self.action.id if self.action else NO_ACTION
        self.post_message(self.LineWanted(ActionPlace(mode, beside, self.kind)))

    def action_next(self) -> None:
        """Stand on the next action that lacks something, and say what."""
        listed = list(self._listed.values())
        start = next((place for place, one in enumerate(listed, 1) if one.id == self.key), 0)
        for action in (*listed[start:], *listed[:start]):
            if lacks := self._lacks(action):
                self.stand_on(action.id)
                self.post_message(Say(f"Still to give: {', '.join(lacks)}."))
                return
        if listed:
            named = ", ".join(WHAT_IS_MISSING[name] for name in self._needed)
            self.post_message(Say(f"Every action to be done has {named}."))

    def _lacks(self, action: Action) -> list[str]:
        if action.status not in LIVE:
            return []
        return [WHAT_IS_MISSING[name] for name in self._needed if not value_of(action, name)]
