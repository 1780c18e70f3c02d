"""A button of a form, and where the form goes."""

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from tests.screen.tree import ancestors
from tests.screen.words import words_of


@dataclass(frozen=True)
class Button:
    """A button and the address and method of the form that it sends."""

    text: str
    action: str
    method: str


def button_of(node: LexborNode) -> Button:
    form = next((one for one in ancestors(node) if one.tag == "form"), None)
    given = form.attributes if form else {}
    return Button(words_of(node), given.get("action") or "", given.get("method") or "get")
