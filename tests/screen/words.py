"""The words that a person sees, and how a test asks for one thing among several."""

from collections.abc import Iterable
from typing import TypeVar

from selectolax.lexbor import LexborNode

Thing = TypeVar("Thing")
WITHIN_A_LINE = {"a", "abbr", "b", "button", "code", "em", "i", "label", "small", "span", "strong", "sub", "sup", "wbr"}


def words_of(*nodes: LexborNode) -> str:
    """The text of nodes with single spaces; a space stands between blocks, none between words and their emphasis."""
    return " ".join("".join(text_of(node) for node in nodes).split())


def text_of(node: LexborNode) -> str:
    if node.is_text_node:
        return node.text_content or ""
    if not node.is_element_node:
        return ""
    inner = "".join(text_of(child) for child in node.iter(include_text=True))
    return inner if node.tag in WITHIN_A_LINE else f" {inner} "


def chosen(kind: str, wanted: str, there: Iterable[tuple[str, Thing]]) -> Thing:
    """The one thing of that name; where there is none, or more than one, the failure says what there is."""
    pairs = list(there)
    matches = [thing for name, thing in pairs if name == wanted]
    if len(matches) == 1:
        return matches[0]
    number = f"{len(matches)} are" if matches else "no such thing is"
    listed = "".join(f"\n  “{name}”" for name, _ in pairs) or " none"
    raise AssertionError(f"{kind} “{wanted}”: {number} on the page. There are:{listed}")
