"""Reads a page as a browser would: its forms, ready to be sent, and what a strict browser would refuse to run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

WORDS = {"day": "2", "month": "3", "year": "2026"}


@dataclass
class SentForm:
    """A form of a page: where it goes, how, and what a person in a hurry would send."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    has_file: bool = False


class Page(HTMLParser):
    """A parsed page; `unsafe` lists what the content security policy forbids."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[SentForm] = []
        self.unsafe: list[str] = []
        self.ids: list[str] = []
        self._form: SentForm | None = None
        self._select, self._textarea = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.unsafe += list(unsafe_parts(tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "form":
            action = urljoin(self.address, given.get("action", ""))
            self._form = SentForm(action, given.get("method", "get"))
            self.forms.append(self._form)
        elif self._form is not None:
            self.read_field(tag, given)

    def read_field(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name, fields = given.get("name", ""), self._form.fields
        if tag == "input" and given.get("type") == "file":
            self._form.has_file = True
        elif tag == "input" and given.get("type") in ("radio", "checkbox"):
            if name not in fields or "checked" in given:
                fields[name] = [given.get("value", "on")]
        elif tag == "input":
            fields.setdefault(name, []).append(given.get("value") or words_for(name, given))
        elif tag == "button" and name:
            fields.setdefault(name, [given.get("value", "")])
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and given.get("value", ""):
            if self._select not in fields or "selected" in given:
                fields[self._select] = [given["value"]]
        elif tag == "textarea":
            self._textarea = name
            fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._textarea and self._form:
            self._form.fields[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._form:
            written = self._form.fields[self._textarea][0].strip()
            self._form.fields[self._textarea] = [written or "Words that somebody wrote."]
            self._textarea = ""


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
