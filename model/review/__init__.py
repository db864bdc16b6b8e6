"""The review: checks and their fixes, confirming, progress, the filter, duplicates, the second
session.

Nothing here raises for what a session holds; it is said as a finding.

Stands on process, line and below. Start with `checks`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.review.checks import findings
    from offwall.model.review.confirm import next_unconfirmed
    from offwall.model.review.filter import ALL, VisibleActivities
    from offwall.model.review.finding import Finding, FindingLevel
    from offwall.model.review.progress import StageCounter

__all__, __getattr__ = front(
    __name__,
    {
        "checks": "findings",
        "confirm": "next_unconfirmed",
        "filter": "ALL VisibleActivities",
        "finding": "Finding FindingLevel",
        "progress": "StageCounter",
    },
)
