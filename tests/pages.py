"""Reads a page as a browser would: its forms, ready to be sent, and what a strict browser would refuse to run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.screen.page import Answer

WORDS = {"day": "2", "month": "3", "year": "2026", "time": "", "started": "", "ended": ""}


@dataclass
class SentForm:
    """A form of a page: where it goes, how, and what a person in a hurry would send."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    has_file: bool = False
    chosen: set[str] = field(default_factory=set)  # names of the boxes and buttons that the page itself has chosen


class Page:
    """A parsed page; `unsafe` lists what the content security policy forbids."""

    def __init__(self, address: str, text: str) -> None:
        tree = LexborHTMLParser(text)
        self.ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
        self.unsafe = [part for node in tree.css("*") for part in unsafe_parts(str(node.tag), given_to(node))]
        self.forms = [form_of(address, node) for node in tree.css("form")]


def form_to(action: str, answer: Answer) -> SentForm:
    """The form of a page that goes there, as a browser sends it."""
    return next(form for form in Page("", answer.text).forms if form.action == action)


def own_form(address: str, answer: Answer) -> SentForm:
    """The form of the page at an address that is posted to that address."""
    return next(form for form in Page(address, answer.text).forms if (form.action, form.method) == (address, "post"))


def given_to(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def form_of(address: str, node: LexborNode) -> SentForm:
    given = given_to(node)
    form = SentForm(urljoin(address, given.get("action", "")), given.get("method", "get"))
    for control in node.css("input, button, select, textarea"):
        fill_in(form, str(control.tag), given_to(control), control)
    return form


def fill_in(form: SentForm, tag: str, given: dict[str, str], control: LexborNode) -> None:
    """Put in what one control would send."""
    name, fields = given.get("name", ""), form.fields
    if tag == "input" and given.get("type") == "file":
        form.has_file = True
    elif tag == "input" and given.get("type") in ("radio", "checkbox"):
        value, is_chosen = given.get("value", "on"), "checked" in given
        if is_chosen and name in form.chosen and given["type"] == "checkbox":
            fields[name].append(value)
        elif is_chosen or name not in fields:
            fields[name] = [value]
        form.chosen |= {name} if is_chosen else set()
    elif tag == "input":
        fields.setdefault(name, []).append(given.get("value") or words_for(name, given))
    elif tag == "button" and name:
        fields.setdefault(name, [given.get("value", "")])
    elif tag == "select" and (
        options := [given_to(one) for one in control.css("option") if one.attributes.get("value")]
    ):
        marked = [option for option in options if "selected" in option]
        fields[name] = [(marked or options)[0]["value"]]
    elif tag == "textarea":
        fields[name] = [control.text().strip() or "Words that somebody wrote."]


def words_for(name: str, given: dict[str, str]) -> str:
    """What somebody would type into an empty field."""
    if name.rpartition("-")[2] in WORDS:
        return WORDS[name.rpartition("-")[2]]
    if given.get("inputmode") == "numeric":
        return "3"
    if given.get("type") == "email":
        return "somebody.new@nowhere.example"
    return "four words put together" if given.get("type") in ("password", "text") else ""


def unsafe_parts(tag: str, given: dict[str, str]) -> Iterator[str]:
    """What in an element would need `unsafe-inline` or `unsafe-eval`, or would leave this site."""
    if tag == "style" or (tag == "script" and "src" not in given):
        yield f"<{tag}> within the page"
    for name, value in given.items():
        if name == "style" or name.startswith(("on", "hx-on")):
            yield f"{tag} {name}={value}"
        if value.strip().lower().startswith(("javascript:", "js:")):
            yield f"{tag} {name}={value}"
        if name == "src" and value.startswith(("http:", "https:", "//")):
            yield f"{tag} {name}={value}"
