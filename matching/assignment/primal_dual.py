"""An optimal flow through a network, from any prices: shortest paths, and the largest flow along all of them at once.

Everyone starts at options that are best at the prices, as far as these are free. Learners without one, and nodes that
take in more than they may pass on, are an excess, which goes by shortest paths to where something is missing; prices
rise along the way so that these paths cost nothing (the primal-dual method; Ahuja, Magnanti and Orlin 1993, Network
Flows, section 9.8). All amounts are whole numbers.
A node's price is the dual of its balance of flow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from matching.assignment.flow_network import Network, best_of_spans, spans
from matching.deadline import Deadline
from matching.model.face import Bools, Ints

FAR = np.iinfo(np.int64).max // 4


class NoFlow(Exception):
    """The limits cannot be met."""


@dataclass(slots=True)
class Flow:
    """A flow on its way to the optimum.

    price   (nodes + 1,) of being in a node; only differences count
    option  (n,) what each learner takes, -1 for nothing as yet; always a best one at the prices
    passed  (nodes,) what each node passes on; always a best amount at the prices
    """

    network: Network
    price: Ints
    option: Ints
    passed: Ints
    finished: bool = False

    def value(self, options: Ints) -> Ints:
        """What these options are worth to their learners at the prices."""
        return self.network.worth[options] - self.price[self.network.node[options]]

    def at(self) -> Ints:
        """The node of each learner's option (n,), -1 for nothing as yet."""
        return np.where(self.option >= 0, self.network.node[self.option], -1)

    def excess(self) -> Ints:
        """What each node takes in beyond what it passes on, and the ground beyond all learners (nodes + 1,).

        O(n + nodes).
        """
        network, at = self.network, self.at()
        taken = np.bincount(at[at >= 0], minlength=network.ground + 1)
        np.add.at(taken, network.above[:-1], self.passed)
        return taken - np.append(self.passed, network.learners)

    def margins(self, nodes: Ints) -> tuple[Ints, Ints]:
        """The reduced costs, at the prices, of passing on one more in each of these nodes, and one less."""
        network = self.network
        extra = self.price[nodes] - self.price[network.above[nodes]] - 2 * network.squared[nodes] * self.passed[nodes]
        return network.squared[nodes] - extra, extra + network.squared[nodes]


def optimal_flow(network: Network, price: Ints, option: Ints, deadline: Deadline) -> Flow:
    """Return the optimal flow with its prices, or an unfinished one when the deadline is over. Raises `NoFlow`.

    The better the given prices and options are, the fewer and shorter are the paths. A round takes time in
    proportion to the options that its paths come by, and one more of n log n.
    """
    flow = _started(network, price, option)
    reach = 0
    while True:
        excess = flow.excess()
        wanting = int(np.maximum(excess, 0).sum()) + int((flow.option < 0).sum())
        flow.finished = wanting == 0
        if flow.finished or deadline.is_over():
            return flow
        distance = _distances(flow, excess, reach)
        beyond = distance[(distance > reach) & (distance < FAR)]
        if (distance[excess < 0] <= reach).any():
            flow.price += np.maximum(0, int(distance[distance <= reach].max()) - distance)
            if 4 * _push(flow, excess, distance <= reach) < wanting:
                reach = 2 * reach + 1
        elif len(beyond):
            reach = max(4 * reach, int(beyond.min()))
        else:
            raise NoFlow


def _started(network: Network, price: Ints, option: Ints) -> Flow:
    """Everyone at a best option, or at none, and every node passing on a best amount."""
    everyone = np.arange(network.learners)
    options, count = network.options_of(everyone)
    if (network.low > network.high).any() or not count.all():
        raise NoFlow
    flow = Flow(network, price.copy(), option.copy(), network.low.copy())
    value = flow.value(options)
    best = best_of_spans(value, count)
    flow.option[value[option] < best] = -1
    at = flow.at()
    taken = np.bincount(at[at >= 0], minlength=network.ground + 1)
    for nodes in network.levels():
        flow.passed[nodes] = _best_amount(flow, nodes, taken[nodes])
        np.add.at(taken, network.above[nodes], flow.passed[nodes])
    return flow


def _best_amount(flow: Flow, nodes: Ints, taken: Ints) -> Ints:
    """What it is best for the nodes to pass on at the prices, nearest to what they take in."""
    network = flow.network
    extra = flow.price[nodes] - flow.price[network.above[nodes]]
    squared = network.squared[nodes] == 1
    least = np.where(squared, extra // 2, np.where(extra > 0, network.high[nodes], network.low[nodes]))
    most = np.where(squared, (extra + 1) // 2, np.where(extra < 0, network.low[nodes], network.high[nodes]))
    return np.clip(np.clip(taken, least, most), network.low[nodes], network.high[nodes])


def _distances(flow: Flow, excess: Ints, reach: int) -> Ints:
    """What it takes at least to bring one of the excess to each node (nodes + 1,), exact as far as `reach`."""
    distance = np.where(excess > 0, 0, FAR)
    waiting = np.flatnonzero(flow.option < 0)
    options, count = flow.network.options_of(waiting)
    value = flow.value(options)
    reduced_cost = np.repeat(best_of_spans(value, count), count) - value
    np.minimum.at(distance, flow.network.node[options], reduced_cost)
    members = _members(flow)
    front = np.flatnonzero(distance <= reach)
    while len(front):
        node, offer = _offers(flow, members, front, distance[front])
        nearer = offer < distance[node]
        node, offer = node[nearer], offer[nearer]
        np.minimum.at(distance, node, offer)
        front = np.unique(node[distance[node] <= reach])
    return distance


def _members(flow: Flow) -> tuple[Ints, Ints]:
    """The learners by node, and where those of each node begin."""
    at = flow.at()
    by_node = np.argsort(at, kind="stable")
    return by_node, np.searchsorted(at[by_node], np.arange(flow.network.ground + 2))


def _offers(flow: Flow, members: tuple[Ints, Ints], front: Ints, distance: Ints) -> tuple[Ints, Ints]:
    """Where one more in each node of `front` could be passed on to, and at what distance."""
    network = flow.network
    positions, of_node = spans(members[1], front)
    learners = members[0][positions]
    options, count = network.options_of(learners)
    kept = np.repeat(np.repeat(distance, of_node) + flow.value(flow.option[learners]), count)
    inner = front < network.ground
    up, far = front[inner], distance[inner]
    open_ = flow.passed[up] < network.high[up]
    up, far = up[open_], far[open_]
    positions, of_node = spans(network.first_child, front)
    down, near = network.children[positions], np.repeat(distance, of_node)
    open_ = flow.passed[down] > network.low[down]
    down, near = down[open_], near[open_]
    return (
        np.concatenate([network.node[options], network.above[up], down]),
        np.concatenate([kept - flow.value(options), far + flow.margins(up)[0], near + flow.margins(down)[1]]),
    )


@dataclass(frozen=True, slots=True)
class _FreeArcs:
    """All along which units can go at reduced cost 0, as a graph: its vertices are nodes, learners, source and sink.

    nodes, learners  those within reach
    option, taker    options that are as good as any, and the positions of their learners among `learners`
    room             (vertices, vertices) how much can go from one to the other
    """

    nodes: Ints
    learners: Ints
    option: Ints
    taker: Ints
    room: csr_array

    @property
    def inner(self) -> int:
        """How many vertices are nodes or learners; source and sink follow."""
        return len(self.nodes) + len(self.learners)


def _push(flow: Flow, excess: Ints, reached: Bools) -> int:
    """Send as much of the excess as can go along arcs of reduced cost 0; return how much."""
    arcs = _free_arcs(flow, excess, reached)
    largest = maximum_flow(arcs.room, arcs.inner, arcs.inner + 1)
    moved = largest.flow.tocoo()
    moves = moved.data > 0
    _apply(flow, arcs, [one[moves].astype(np.int64) for one in (moved.row, moved.col, moved.data)])
    return int(largest.flow_value)


def _free_arcs(flow: Flow, excess: Ints, reached: Bools) -> _FreeArcs:
    """From the source to learners without an option and nodes with an excess, and from nodes that lack to the sink."""
    network, at = flow.network, flow.at()
    nodes = np.flatnonzero(reached)
    learners = np.flatnonzero((at < 0) | reached[at])
    number = np.full(network.ground + 1, -1)
    number[nodes] = np.arange(len(nodes))
    source = len(nodes) + len(learners)
    option, taker = _equally_good(flow, learners, reached)
    tail, head, room = _node_arcs(flow, nodes, reached)
    member = np.arange(len(nodes), source)
    arcs = [
        (np.where(at[learners] < 0, source, number[at[learners]]), member, np.ones(len(learners), dtype=np.int64)),
        (member[taker], number[network.node[option]], np.ones(len(taker), dtype=np.int64)),
        (number[tail], number[head], room),
        (np.full(len(nodes), source), np.arange(len(nodes)), np.maximum(0, excess[nodes])),
        (np.arange(len(nodes)), np.full(len(nodes), source + 1), np.maximum(0, -excess[nodes])),
    ]
    tails, heads, rooms = (np.concatenate(column).astype(np.int32) for column in zip(*arcs, strict=True))
    graph = csr_array((rooms, (tails, heads)), shape=(source + 2, source + 2))
    return _FreeArcs(nodes, learners, option, taker, graph)


def _equally_good(flow: Flow, learners: Ints, reached: Bools) -> tuple[Ints, Ints]:
    """Options of the learners within reach that are as good as any, and the positions of their learners."""
    options, count = flow.network.options_of(learners)
    value = flow.value(options)
    who = np.repeat(np.arange(len(learners)), count)
    good = (value == best_of_spans(value, count)[who]) & reached[flow.network.node[options]]
    good &= options != flow.option[learners][who]
    return options[good], who[good]


def _node_arcs(flow: Flow, nodes: Ints, reached: Bools) -> tuple[Ints, Ints, Ints]:
    """(tail, head, room) where nodes can pass on more, or less, at reduced cost 0."""
    network = flow.network
    nodes = nodes[nodes < network.ground]
    nodes = nodes[reached[network.above[nodes]]]
    above = network.above[nodes]
    more, less = (reduced_cost == 0 for reduced_cost in flow.margins(nodes))
    most = np.where(network.squared[nodes] == 1, 1, network.learners)
    up = np.minimum(most, network.high[nodes] - flow.passed[nodes]) * more
    down = np.minimum(most, flow.passed[nodes] - network.low[nodes]) * less
    return np.concatenate([nodes, above]), np.concatenate([above, nodes]), np.concatenate([up, down])


def _apply(flow: Flow, arcs: _FreeArcs, moved: list[Ints]) -> None:
    """Move learners and what nodes pass on by units (tail, head, how many) that go along the arcs."""
    (tail, head, units), network, nodes = moved, flow.network, arcs.nodes
    takes = (tail >= len(nodes)) & (tail < arcs.inner)
    taker, taken = tail[takes] - len(nodes), nodes[head[takes]]
    key = arcs.taker * (network.ground + 1) + network.node[arcs.option]
    order = np.argsort(key, kind="stable")
    which = order[np.searchsorted(key[order], taker * (network.ground + 1) + taken)]
    flow.option[arcs.learners[taker]] = arcs.option[which]
    between = (tail < len(nodes)) & (head < len(nodes))
    tail, head, units = nodes[tail[between]], nodes[head[between]], units[between]
    is_up = network.above[tail] == head
    flow.passed[tail[is_up]] += units[is_up]
    flow.passed[head[~is_up]] -= units[~is_up]
