"""How few people two families of nested groups tell apart: what follows from all sums that were published of them.

Pure. Editions of the whole cut the people into slices, editions of the groups into layers. Whoever knows the sums of
all of them can form the sum over any cut of the graph whose nodes are the slices and layers (and whoever is in none of
a family), and whose edges are people, and no smaller sum than that: x of a slice less y of a layer leaves a person out
exactly where x = y.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Person = Hashable
Weights = NDArray[np.int64]


def fewest(wholes: Collection[frozenset[Person]], groups: Iterable[Collection[frozenset[Person]]]) -> int | None:
    """Of how few people a sum follows from those of the wholes and of the editions of each group; None: of nobody.

    The sets of each family lie within each other, and every person of a group is in some whole.
    """
    slices = _layers(wholes)
    layers: dict[Person, tuple[int, int]] = {}
    for at, releases in enumerate(groups):
        layers |= {person: (at, layer) for person, layer in _layers(releases).items()}
    edges = Counter((("whole", slices[person]), ("group", layers.get(person))) for person in slices)
    nodes = sorted({node for edge in edges for node in edge}, key=repr)
    places = {node: place for place, node in enumerate(nodes)}
    weights = np.zeros((len(nodes), len(nodes)), dtype=np.int64)
    for (one, other), people in edges.items():
        weights[places[one], places[other]] += people
        weights[places[other], places[one]] += people
    cuts = [_smallest(weights[np.ix_(part, part)]) for part in _components(weights) if len(part) > 1]
    return min(cuts, default=None)


def _layers(sets: Collection[frozenset[Person]]) -> dict[Person, int]:
    """The smallest of the nested sets in which each person is, by its number."""
    found: dict[Person, int] = {}
    for layer, people in enumerate(sorted(set(sets), key=len)):
        for person in people:
            found.setdefault(person, layer)
    return found


def _components(weights: Weights) -> list[list[int]]:
    """The nodes that hang together, by number."""
    left = set(range(len(weights)))
    found: list[list[int]] = []
    while left:
        part, reached = [], [left.pop()]
        while reached:
            node = reached.pop()
            part.append(node)
            nearby = left & set(np.flatnonzero(weights[node]).tolist())
            left -= nearby
            reached += sorted(nearby)
        found.append(sorted(part))
    return found


def _smallest(weights: Weights) -> int:
    """The weight of the smallest cut of a connected graph of two or more nodes (Stoer and Wagner 1997)."""
    there = weights.copy()
    nodes = list(range(len(there)))
    best: int | None = None
    while len(nodes) > 1:
        before, last, cut = _phase(there, nodes)
        best = cut if best is None else min(best, cut)
        there[before] += there[last]
        there[:, before] = there[before]
        there[before, before] = 0
        nodes.remove(last)
    return best or 0


def _phase(weights: Weights, nodes: Sequence[int]) -> tuple[int, int, int]:
    """The last two nodes in the order of closeness to those before, and how strongly the last one hangs on."""
    left = list(nodes)
    close = weights[left[0]].copy()
    order = [left.pop(0)]
    while left:
        nearest = max(left, key=lambda node: int(close[node]))
        left.remove(nearest)
        order.append(nearest)
        if left:
            close += weights[nearest]
    return order[-2], order[-1], int(close[order[-1]])
