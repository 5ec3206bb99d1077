"""The lightest cut of a weighted graph: how little keeps two parts of it together (Stoer and Wagner, 1997)."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

Graph = dict[str, dict[str, int]]


def lightest_cut(edges: Mapping[tuple[str, str], int]) -> float:
    """The least weight that divides a connected part of the graph in two; infinite where no part can be divided.

    Parts with nothing between them are looked at one by one. Weights are above zero. Takes the cube of the number of
    nodes.
    """
    graph: Graph = {}
    for (first, second), weight in edges.items():
        graph.setdefault(first, {})[second] = weight
        graph.setdefault(second, {})[first] = weight
    lightest = inf
    while len(graph) > 1:
        order, weight = _gathered(graph)
        if len(order) == 1:  # nothing is tied to it
            del graph[order[0]]
            continue
        lightest = min(lightest, weight)
        _merge(graph, order[-1], order[-2])
    return lightest


def _gathered(graph: Graph) -> tuple[list[str], int]:
    """The nodes tied to the first one, each time the most strongly tied next, and how strongly the last is tied."""
    first = min(graph)
    order, ties, last = [first], dict(graph[first]), 0
    while ties:
        node = max(ties, key=lambda each: (ties[each], each))
        last = ties.pop(node)
        order.append(node)
        for neighbour, weight in graph[node].items():
            if neighbour not in order:
                ties[neighbour] = ties.get(neighbour, 0) + weight
    return order, last


def _merge(graph: Graph, gone: str, into: str) -> None:
    for neighbour, weight in graph.pop(gone).items():
        del graph[neighbour][gone]
        if neighbour != into:
            graph[into][neighbour] = graph[into].get(neighbour, 0) + weight
            graph[neighbour][into] = graph[into][neighbour]
