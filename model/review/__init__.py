"""The review: checks and their fixes, confirming, progress, the filter, duplicates, the second
session.

Nothing here raises for what a session holds; it is said as a finding.

Stands on process, line and below. Start with `checks`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.review.checks import Finding, FindingLevel, findings
    from offwall.model.review.filter import ALL, VisibleActivities
    from offwall.model.review.progress import next_unconfirmed

__all__, __getattr__ = front(
    __name__,
    {
        "checks": "findings Finding FindingLevel",
        "filter": "ALL VisibleActivities",
        "progress": "next_unconfirmed",
    },
)
