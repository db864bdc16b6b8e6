"""The process as a graph: what leads where, what cannot be reached, how a tier shortens it."""

from model.flow.shape import (
    dead_ends,
    hand_offs,
    is_dead_end,
    loops,
    open_targets,
    reachable,
    start,
    unreachable,
    unreached_heads,
)
from model.flow.steps import Reading, Step, Stop, read_through, walk
from model.flow.tiers import TierView, tier_view, treatment
from model.flow.ways import Edge, Way, edges, graph

__all__ = [
    "Edge",
    "Reading",
    "Step",
    "Stop",
    "TierView",
    "Way",
    "dead_ends",
    "edges",
    "graph",
    "hand_offs",
    "is_dead_end",
    "loops",
    "open_targets",
    "reachable",
    "read_through",
    "start",
    "tier_view",
    "treatment",
    "unreachable",
    "unreached_heads",
    "walk",
]
