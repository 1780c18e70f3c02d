"""Which node a search looks at next."""

from matching.branch_and_bound.nodes import Node
from matching.branch_and_bound.open_nodes import OpenNodes


def tree(*bounds: int) -> list[Node]:
    return [Node({}, {}, bound) for bound in bounds]


def taken(open_nodes: OpenNodes) -> list[int]:
    order = []
    while open_nodes:
        order.append(open_nodes.take())
    return order


def test_the_best_bound_comes_first_and_of_equals_the_last() -> None:
    assert taken(OpenNodes(tree(5, 9, 7, 9), range(4))) == [3, 1, 2, 0]


def test_the_better_child_comes_at_once_while_there_is_no_incumbent() -> None:
    open_nodes = OpenNodes(tree(100, 50, 60), [0])
    open_nodes.add([1, 2], incumbent_value=None)
    assert taken(open_nodes) == [2, 0, 1]


def test_with_an_incumbent_a_child_waits_if_it_lost_more_than_a_quarter_of_the_gap() -> None:
    for bound, order in ((75, [2, 0, 1]), (74, [0, 2, 1])):
        open_nodes = OpenNodes(tree(100, 50, bound), [0])
        open_nodes.add([1, 2], incumbent_value=0)
        assert taken(open_nodes) == order


def test_a_child_comes_at_once_where_nothing_else_is_open() -> None:
    open_nodes = OpenNodes(tree(100, 5, 10), [0])
    assert open_nodes.take() == 0
    open_nodes.add([1, 2], incumbent_value=0)
    assert open_nodes.highest_bound(besides=2) == 10
    assert taken(open_nodes) == [2, 1]
