"""What the families of keys on an activity share: the activity that they act on."""

from typing import ClassVar

from textual.widget import Widget

from offwall.model.records import Activity
from offwall.model.review import ALL, VisibleActivities
from offwall.tui.kit import SessionWidget


class ActivityKeys(SessionWidget, Widget):
    """Keys that act on the activity under the cursor; `ActivityTable` is made of these."""

    NEEDS: ClassVar[frozenset[str]] = frozenset()
    """The actions that need an activity under the cursor; dimmed on a heading."""

    seen: VisibleActivities = ALL
    """Which activities are in view."""

    @property
    def key(self) -> str:
        """What the row under the cursor is known by."""
        raise NotImplementedError

    @property
    def activity(self) -> Activity | None:
        """The activity under the cursor; none on a heading."""
        return self.session.activity_by_id.get(self.key)

    def go_to(self, activity: str) -> None:
        """Stand on an activity, now or as soon as it is there."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs an activity is dimmed where there is none."""
        needs = any(action in vars(kind).get("NEEDS", ()) for kind in type(self).__mro__)
        return None if needs and not self.activity else True
