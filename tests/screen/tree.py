"""Where a node stands in its page: above it, after its heading, by its id."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

HEADINGS = ("h1", "h2", "h3", "h4")


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """What it stands in, from the inside out."""
    while node.parent is not None:
        node = node.parent
        yield node


def following(heading: LexborNode) -> Iterator[LexborNode]:
    """What stands under a heading, down to the next one of its kind."""
    node = heading.next
    while node is not None and not (node.tag in HEADINGS and str(node.tag) <= str(heading.tag)):
        yield node
        node = node.next


def by_id(anywhere: LexborNode, id_: str) -> LexborNode | None:
    """The element of the same page that has this id."""
    *_, top = anywhere, *ancestors(anywhere)
    return next((node for node in top.css("[id]") if node.attributes["id"] == id_), None)
