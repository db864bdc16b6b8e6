"""Which activities are shown: by a filter, by a tier, or all.

What is shown stays in view until the filter or the tier changes: an activity that is put right
does not vanish from under the hand that puts it right, nor does one that was just made.
"""

from dataclasses import dataclass, replace

from model.filter import Filter
from model.flow import TierView, tier_view
from model.session import Session, Treatment


@dataclass(frozen=True)
class Seen:
    """What of the wall is in view.

    ``ids`` are the activities shown, or None for all; ``view`` is the process as the tier goes
    through it.
    """

    filter: Filter | None = None
    view: TierView | None = None
    ids: frozenset[str] | None = None

    def __contains__(self, activity: object) -> bool:
        return self.ids is None or activity in self.ids

    @property
    def tier(self) -> str:
        """The code of the tier looked through, or empty."""
        return self.view.tier if self.view else ""

    def treatment(self, activity: str) -> Treatment:
        """How the tier looked through treats an activity; yes where none is."""
        if self.view is None:
            return Treatment.YES
        if activity not in self.view.edges:
            return Treatment.NO
        return Treatment.LIGHT if activity in self.view.light else Treatment.YES

    def and_also(self, activity: str) -> "Seen":
        """The same with one more activity in view: somebody went there."""
        if self.ids is None or activity in self.ids:
            return self
        return replace(self, ids=self.ids | {activity})


ALL = Seen()
"""Nothing is hidden."""


def narrowed(session: Session, seen: Seen, wanted: Filter | None) -> Seen:
    """What is in view with another filter, or with none."""
    return _taken(session, wanted, seen.view)


def through(session: Session, seen: Seen, tier: str) -> Seen:
    """What is in view through a tier, by its code; empty for all tiers."""
    return _taken(session, seen.filter, tier_view(session, tier) if tier else None)


def _taken(session: Session, wanted: Filter | None, view: TierView | None) -> Seen:
    if wanted is None and view is None:
        return ALL
    ids = wanted.matching(session) if wanted else frozenset(session.activity_by_id)
    if view:
        ids &= view.edges.keys()
    return Seen(wanted, view, ids)


def followed(seen: Seen, before: Session, after: Session) -> Seen:
    """What is in view when the session changed: the same, what was made, what matches now."""
    if seen.ids is None or before is after:
        return seen
    known = before.activity_by_id
    changed = [found for found in after.activities if known.get(found.id) is not found]
    made = {found.id for found in changed if found.id not in known}
    view = tier_view(after, seen.tier) if seen.view else None
    match = seen.filter.matching(after, changed) if seen.filter else {item.id for item in changed}
    if view:
        match = match & view.edges.keys()
    return Seen(seen.filter, view, seen.ids | made | match)


def next_tier(session: Session, tier: str) -> str:
    """The code of the tier after this one; empty, for all, after the last."""
    codes = ["", *(known.code for known in session.tiers), ""]
    return codes[codes.index(tier) + 1] if tier in codes else ""
