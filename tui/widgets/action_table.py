"""Actions, one line each, in the group's order."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from model.checks.completeness import LIVE
from model.plan import plan
from model.ranking import rank
from model.session import Action, ActionKind
from model.tables.names import owners, role_labels
from tui.fresh import Fresh
from tui.messages import Say
from tui.text import count
from tui.widgets.action_columns import FITS, RANKED, Context, cells
from tui.widgets.action_deeds import DEEDS, ActionDeeds
from tui.widgets.action_line import ActionPlace
from tui.widgets.record_list import RecordList, Row

KIND = "kind:"
"""What the key of a kind's heading begins with."""

TITLES = {ActionKind.IMPROVEMENT: "Improvements", ActionKind.NEXT_STEP: "Next steps"}
EMPTY = "No action yet. Press n and type the first; Enter keeps it."
NEEDED = {"impact": "impact", "effort": "effort", "owner": "an owner", "due": "a date"}
"""What an action may lack, and what that is called."""


class ActionTable(ActionDeeds):
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

    deeds: ClassVar[frozenset[str]] = DEEDS
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
        columns: Sequence[str] = RANKED,
        needed: Sequence[str] = tuple(NEEDED),
        empty: str = EMPTY,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__([FITS[name] for name in columns], empty=empty, id=id)
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
        self._listed = {one.id: one for one in plan(session) if one.kind in self._kinds}
        ranks = {action.id: place for place, action in enumerate(rank(session), 1)}
        names = owners(session, role_labels(session))
        context = Context(session, ranks, names, self.wide)
        rows: list[Row] = []
        for kind in self._kinds:
            found = [action for action in self._listed.values() if action.kind is kind]
            if len(self._kinds) > 1:
                heading = (TITLES[kind], f"({count(len(found), 'action')})")
                rows.append(Row(KIND + kind, heading, heading=True))
            rows += [Row(action.id, cells(self.shown, action, context)) for action in found]
        self.put(rows)

    @property
    def action(self) -> Action | None:
        """The action under the cursor; none on a heading."""
        return self._listed.get(self.key)

    @property
    def kind(self) -> ActionKind:
        """The kind that the cursor stands among."""
        if self.key.startswith(KIND):
            return ActionKind(self.key.removeprefix(KIND))
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
        beside = self.action.id if self.action else ""
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
            named = ", ".join(NEEDED[name] for name in self._needed)
            self.post_message(Say(f"Every action to be done has {named}."))

    def _lacks(self, action: Action) -> list[str]:
        if action.status not in LIVE:
            return []
        return [NEEDED[name] for name in self._needed if not getattr(action, name)]
