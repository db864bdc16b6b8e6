"""Actions and issues: ranking, approvals, votes, the plan, deadlines, next steps, workload.

Stands on review and below. Start with `ranking` and `plan`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.actions.deadlines import deadline_for
    from offwall.model.actions.plan import action_plan, live
    from offwall.model.actions.ranking import Band, band, rank

__all__, __getattr__ = front(
    __name__,
    {
        "deadlines": "deadline_for",
        "plan": "action_plan live",
        "ranking": "Band band rank",
    },
)
