"""Good first prices and pairs for a large assignment, by an auction in which all learners bid at once.

Each learner bids for her best option what it is worth to her above the second best, and a little more. A node keeps
its highest bids and costs the lowest of them when it is full (Bertsekas 1988, Annals of Operations Research 14). The
prices are duals of the network's nodes. What comes out is not trusted to be optimal; `primal_dual` makes it so, with
little left to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.assignment.flow_network import Network, best_of_spans
from matching.deadline import Deadline
from matching.model.face import Bools, Ints

FRACTION = 64  # bids are told in this part of one, so that prices come out nearly exact
BIDS_OF_A_LEARNER = 40  # more of them on average are a price war, which larger steps end sooner
COARSEST = 8  # the first steps of a price war are this part of the largest worth
FINER = 4  # each round of a price war takes steps so much smaller than the last,
HEADROOM = 16  # from prices so many of its steps lower: what starts too dear finds nobody, and is left to be mended
LONGEST_WAR = 100


@dataclass(slots=True)
class _Sale:
    """A running auction. Amounts are told in 1 / FRACTION.

    full_price (nodes + 1,) the lowest bid that a full node keeps, of its own and of what lies below it
    option, node, bid (n,) what each learner holds, -1 for nothing, its node, the ground for nothing, and her bid
    """

    network: Network
    worth: Ints
    nothing: int
    full_price: Ints
    option: Ints
    node: Ints
    bid: Ints

    def price(self, nodes: Ints) -> Ints:
        """What an option in each of these nodes costs."""
        return np.maximum(self.full_price[nodes], self.full_price[self.network.above[nodes]])

    def hold(self, learners: Ints, option: Ints, bid: Ints) -> None:
        """Give each of the learners (k,) an option for her bid."""
        self.option[learners], self.node[learners], self.bid[learners] = option, self.network.node[option], bid

    def drop(self, learners: Ints) -> None:
        """Take away what these learners (k,) hold."""
        self.option[learners], self.node[learners] = -1, self.network.ground


def auction(network: Network, deadline: Deadline) -> tuple[Ints, Ints]:
    """Return whole prices of the nodes (nodes + 1,), 0 for the ground, and the option of each learner (n,), or -1.

    At most `BIDS_OF_A_LEARNER` bids for each learner, or `LONGEST_WAR` for each of a few sizes of steps; a round of
    bids costs O(k log k) for the k options of those who bid. Neither has to be optimal.
    """
    sale = _opened(network, np.zeros(network.ground + 1, dtype=np.int64))
    if not _bid_out(sale, 1, BIDS_OF_A_LEARNER, deadline):
        for step in _smaller_steps(int(np.abs(sale.worth).max(initial=0))):
            sale = _opened(network, np.maximum(0, sale.full_price - HEADROOM * step))
            _bid_out(sale, step, LONGEST_WAR, deadline)
    return sale.price(np.arange(network.ground + 1)) // FRACTION, sale.option


def _smaller_steps(largest: int) -> Iterator[int]:
    step = largest // COARSEST
    while step > 1:
        yield step
        step //= FINER
    yield 1


def _opened(network: Network, full_price: Ints) -> _Sale:
    worth = FRACTION * network.worth
    nothing = -4 * (int(np.abs(worth).max(initial=0)) + FRACTION) - int(full_price.max())
    closed = np.append(network.high == 0, False)
    worth[(closed | closed[network.above])[network.node]] = nothing
    everyone = np.zeros(network.learners, dtype=np.int64)
    return _Sale(network, worth, nothing, full_price, everyone - 1, everyone + network.ground, everyone)


def _bid_out(sale: _Sale, step: int, bids_of_a_learner: int, deadline: Deadline) -> bool:
    """Let learners bid until nobody wants to; False when that takes more bids than this."""
    bids_left = bids_of_a_learner * sale.network.learners
    bidders = np.arange(sale.network.learners)
    while len(bidders) and bids_left > 0 and not deadline.is_over():
        bids_left -= len(bidders)
        bidders = _round(sale, bidders, step)
    return not len(bidders)


def _round(sale: _Sale, bidders: Ints, step: int) -> Ints:
    """All of `bidders` bid at once; return who has to bid again."""
    network = sale.network
    bidders = bidders[network.start[bidders + 1] > network.start[bidders]]
    option, bid = _bids(sale, bidders, step)
    out = network.node[option] == network.ground
    sale.hold(bidders[out], option[out], bid[out])
    bids = ~out & (bid > sale.nothing)
    bidders, option, bid = bidders[bids], option[bids], bid[bids]
    touched = np.zeros(network.ground + 1, dtype=bool)
    touched[network.node[option]] = touched[network.above[network.node[option]]] = True
    touched[network.ground] = False
    holders = np.flatnonzero((touched | touched[network.above])[sale.node])
    sale.hold(bidders, option, bid)
    return _lowest_dropped(sale, np.concatenate([holders, bidders]), len(holders))


def _bids(sale: _Sale, bidders: Ints, step: int) -> tuple[Ints, Ints]:
    """The best option of each bidder, the first of equals, and her bid, or `nothing` where no option is left.

    A bid is what makes the best option as good as the second best, and a step more.
    """
    network = sale.network
    options, count = network.options_of(bidders)
    value = sale.worth[options] - sale.price(network.node[options])
    best = best_of_spans(value, count)
    bidder = np.repeat(np.arange(len(bidders)), count)
    at_best = np.flatnonzero(value == best[bidder])
    first = at_best[np.diff(bidder[at_best], prepend=-1) != 0]
    value[first] = sale.nothing
    second = best_of_spans(value, count)
    bid = sale.worth[options[first]] - np.maximum(second, sale.nothing) + step
    return options[first], np.where(best > sale.nothing, bid, sale.nothing)


def _lowest_dropped(sale: _Sale, rivals: Ints, holders: int) -> Ints:
    """Keep the highest bids in each leaf, then in what lies above, the holder before a new one; return the others."""
    network = sale.network
    is_new = np.arange(len(rivals)) >= holders
    kept = np.ones(len(rivals), dtype=bool)
    node = sale.node[rivals]
    for _ in range(2):
        among = np.flatnonzero(kept & (node != network.ground))
        among = among[np.lexsort((rivals[among], is_new[among], -sale.bid[rivals[among]], node[among]))]
        kept[among] = _keep(sale, node[among], sale.bid[rivals[among]])
        node = network.above[node]
    lost = rivals[~kept]
    sale.drop(lost)
    return np.sort(lost)


def _keep(sale: _Sale, node: Ints, bid: Ints) -> Bools:
    """Which of the bids, grouped by node and falling, there is room for; raises the prices of full nodes."""
    first = np.flatnonzero(np.diff(node, prepend=-1) != 0)
    rank = np.arange(len(node)) - np.repeat(first, np.diff(np.append(first, len(node))))
    room = sale.network.high[node]
    last = rank == room - 1
    sale.full_price[node[last]] = np.maximum(sale.full_price[node[last]], bid[last])
    return rank < room
