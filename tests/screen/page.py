"""A whole page: its title, heading, message and list of errors; beyond that, its main part."""

from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.screen.fields import fields_in
from tests.screen.parts import Part
from tests.screen.words import chosen, words_of

NEVER_SEEN = "script, style, template, svg, [hidden], [aria-hidden=true], input[type=hidden]"


class Answer(Protocol):
    """What a server answered."""

    @property
    def text(self) -> str: ...
    @property
    def status_code(self) -> int: ...
    @property
    def mimetype(self) -> str | None: ...


class Screen(Part):
    """What a browser shows of a page, or of a part of one that it swaps in."""

    def __init__(self, html: str) -> None:
        self.tree = LexborHTMLParser(html)
        for node in self.tree.css(NEVER_SEEN):
            node.decompose()
        body = self.tree.body
        assert body is not None
        self.body = Part([body])
        super().__init__(self.body.all("main") or list(body.iter(include_text=True)))

    @property
    def title(self) -> str:
        """The words in the tab of the browser."""
        return words_of(*self.tree.css("title"))

    @property
    def heading(self) -> str:
        """The words of the page's first heading, with its caption."""
        found = self.texts("h1")
        assert len(found) == 1, f"a page has one heading of the first level, not {found}"
        return found[0]

    @property
    def banner(self) -> str:
        """The message about what has just been done; empty where there is none."""
        return " ".join(self.texts(".nhsuk-notification-banner__content"))

    @property
    def errors(self) -> dict[str, str]:
        """The list of what is wrong above a form: each line, and the labels of the fields to which it leads."""
        found: dict[str, list[str]] = {}
        for line in self.all(".nhsuk-error-summary li"):
            found.setdefault(words_of(line), []).append(self.led_to(line.css_first("a")))
        return {words: ", ".join(labels) for words, labels in found.items()}

    @property
    def complaint(self) -> tuple[str, str]:
        """The label of the one field that is wrong and what is said there, which the list above the form says too."""
        assert len(self.errors) == 1, f"one thing is wrong, not {self.errors}"
        [(message, label)] = self.errors.items()
        assert self.field(label).error == message
        return label, message

    def led_to(self, link: LexborNode | None) -> str:
        """The label of the field to which a line leads, or the heading of the part; empty where it leads nowhere."""
        if link is None:
            return ""
        id_ = (link.attributes["href"] or "").removeprefix("#")
        labels = [field.label for field in fields_in(self.nodes) if id_ in field.ids]
        return labels[0] if labels else self.part(id_).headings[0]

    @property
    def focused(self) -> list[str]:
        """The ids of what takes the focus as the page appears."""
        return [node.attributes.get("id") or "" for node in self.body.all("[data-focus]")]

    def nav(self, label: str) -> Part:
        """The links of the page, or above its main part, that stand together under this label."""
        return self.body.nav(label)

    def part(self, id_: str) -> Part:
        """The part of the page that has this id, as a script finds it."""
        return Part([chosen("The part", id_, [(n.attributes["id"] or "", n) for n in self.body.all("[id]")])])


def shown(answer: Answer) -> Screen:
    """The page of an answer, which is a page and no redirect."""
    assert answer.mimetype == "text/html", f"a page, and no {answer.mimetype}"
    assert not 300 <= answer.status_code < 400, "a page, and no redirect"
    return Screen(answer.text)
