"""What a directed graph tells of itself, in time that grows with its size alone.

A graph is a mapping from each node to the nodes that it leads to; every node has an entry.
Nothing here recurses: a map of 10,000 activities in one chain is deeper than Python's stack.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

Graph = Mapping[str, Sequence[str]]


def reach(ways: Graph, first: Iterable[str], past: Set[str] = frozenset()) -> set[str]:
    """All nodes that can be come to from ``first``, those included, without entering ``past``."""
    found = {node for node in first if node in ways}
    ahead = list(found)
    while ahead:
        for node in ways[ahead.pop()]:
            if node not in found and node not in past:
                found.add(node)
                ahead.append(node)
    return found


def turned(ways: Graph) -> dict[str, list[str]]:
    """The same graph with every way turned round."""
    back: dict[str, list[str]] = {node: [] for node in ways}
    for node, targets in ways.items():
        for target in targets:
            back[target].append(node)
    return back


def components(ways: Graph) -> list[list[str]]:
    """Groups of nodes that lead to one another, each node in one group (Kosaraju's way).

    A group comes before the groups that it leads to.
    """
    back = turned(ways)
    taken: set[str] = set()
    groups = []
    for node in reversed(list(_finished(ways))):
        if node in taken:
            continue
        group = [node]
        taken.add(node)
        for member in group:  # it grows while it is read
            fresh = [other for other in dict.fromkeys(back[member]) if other not in taken]
            taken.update(fresh)
            group.extend(fresh)
        groups.append(group)
    return groups


def _finished(ways: Graph) -> Iterator[str]:
    """The nodes in the order in which a depth-first search is done with them."""
    seen: set[str] = set()
    for first in ways:
        if first in seen:
            continue
        seen.add(first)
        path = [(first, iter(ways[first]))]
        while path:
            node, rest = path[-1]
            ahead = next((other for other in rest if other not in seen), None)
            if ahead is None:
                path.pop()
                yield node
            else:
                seen.add(ahead)
                path.append((ahead, iter(ways[ahead])))
