"""A part of a page: its text, links, buttons, lists, rows, fields, and the smaller parts in it."""

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from tests.screen.buttons import Button, button_of
from tests.screen.fields import Field, fields_in
from tests.screen.tree import HEADINGS, ancestors, following
from tests.screen.words import chosen, words_of


class Part:
    """What stands in some nodes of a page."""

    def __init__(self, nodes: Sequence[LexborNode]) -> None:
        self.nodes = nodes

    def __repr__(self) -> str:
        return f"<{type(self).__name__} “{self.text}”>"

    def all(self, css: str) -> list[LexborNode]:
        return [found for node in self.nodes if node.is_element_node for found in node.css(css)]

    def texts(self, css: str) -> list[str]:
        return [words_of(node) for node in self.all(css)]

    @property
    def text(self) -> str:
        """Everything that can be read in it."""
        return words_of(*self.nodes)

    def says(self, words: str) -> bool:
        """Whether the words stand in its text; ask for an element by its name where there is one."""
        return words in self.text

    @property
    def headings(self) -> list[str]:
        return self.texts(", ".join(HEADINGS))

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs, without the message about what has just been done."""
        return self.texts("p:not(.nhsuk-notification-banner__heading)")

    @property
    def tags(self) -> list[str]:
        """The words of coloured tags, as “Published”."""
        return self.texts(".nhsuk-tag")

    @property
    def insets(self) -> list[str]:
        """The texts that are set off by a bar at their side."""
        return self.texts(".nhsuk-inset-text")

    @property
    def pictures(self) -> list[str]:
        """What each picture shows, in the words above it."""
        return self.texts("figcaption")

    @property
    def items(self) -> list[str]:
        """The lines of all lists."""
        return self.texts("li")

    @property
    def lines(self) -> "list[Part]":
        """The lines of all lists, each with what stands in it."""
        return [Part([node]) for node in self.all("li")]

    def item(self, words: str) -> "Part":
        """The one line of a list in which the words stand."""
        lines = [node for node in self.all("li") if len(node.css("li")) == 1]
        named = [(words if words in words_of(one) else words_of(one), one) for one in lines]
        return Part([chosen("The line", words, named)])

    @property
    def links(self) -> list[str]:
        return self.texts("a[href]")

    def link(self, text: str) -> str:
        """The address of the link with this text; several that lead to the same address are one."""
        pairs = dict.fromkeys((words_of(node), node.attributes["href"] or "") for node in self.all("a[href]"))
        return chosen("The link", text, pairs)

    @property
    def buttons(self) -> list[str]:
        return self.texts("button")

    def button(self, text: str) -> Button:
        return chosen("The button", text, [(words_of(node), button_of(node)) for node in self.all("button")])

    @property
    def rows(self) -> list[str]:
        """The first cells of the rows of tables and of lists of questions and answers."""
        return [row.name for row in self.all_rows()]

    def row(self, name: str) -> "Row":
        """The row whose first cell is this."""
        return chosen("The row", name, [(row.name, row) for row in self.all_rows()])

    def all_rows(self) -> "Iterator[Row]":
        return (Row(node) for node in self.all("tbody > tr, tfoot > tr, dl > div"))

    def table(self, caption: str) -> "Part":
        return Part([chosen("The table", caption, [(words_of(*t.css("caption")), t) for t in self.all("table")])])

    def nav(self, label: str) -> "Part":
        """The links that stand together under this label, as “Menu” and “Pages”."""
        return Part([chosen("The navigation", label, [(n.attributes["aria-label"] or "", n) for n in self.all("nav")])])

    def section(self, heading: str) -> "Part":
        """What stands under a heading, down to the next heading of its kind."""
        node = chosen("The heading", heading, [(words_of(one), one) for one in self.all(", ".join(HEADINGS))])
        return Part(list(following(node)))

    @property
    def fields(self) -> list[str]:
        return [field.label for field in fields_in(self.nodes)]

    def all_fields(self, label: str) -> list[Field]:
        """The fields with this label, where a form asks the same of several things."""
        return [field for field in fields_in(self.nodes) if field.label == label]

    def field(self, label: str) -> Field:
        return chosen("The field", label, [(field.label, field) for field in fields_in(self.nodes)])


class Row(Part):
    """A row of a table or of a list of questions and answers."""

    def __init__(self, node: LexborNode) -> None:
        super().__init__([node])
        first, *self.others = [cell for cell in node.iter() if cell.tag in ("th", "td", "dt", "dd")]
        self.name = words_of(first)

    @property
    def cells(self) -> list[str]:
        """The texts of all its cells but the first."""
        return [words_of(cell) for cell in self.others]

    @property
    def value(self) -> str:
        """What stands next to its first cell."""
        return self.cells[0]

    def __getitem__(self, column: str) -> str:
        """The cell under this heading of its table."""
        table = next(node for node in ancestors(self.nodes[0]) if node.tag == "table")
        return chosen("The column", column, zip(Part([table]).texts("thead th"), [self.name, *self.cells], strict=True))
