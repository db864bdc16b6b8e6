"""The process: activities and post-its, where they lead, who does what, the process as a graph.

Stands on records and set-up. Start with `post_it` and `keep_post_its` for what is written, with
`graph` for what is read.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.process.graph import Edge, EdgeKind
    from offwall.model.process.names import (
        LIST_SEPARATOR,
        owner_labels,
        place_label,
        role_labels,
        stage_name,
    )
    from offwall.model.process.post_it import ActionPostIt, PostIt
    from offwall.model.process.walk import TierView, treatment

__all__, __getattr__ = front(
    __name__,
    {
        "graph": "Edge EdgeKind",
        "names": "LIST_SEPARATOR owner_labels place_label role_labels stage_name",
        "post_it": "ActionPostIt PostIt",
        "walk": "TierView treatment",
    },
)
