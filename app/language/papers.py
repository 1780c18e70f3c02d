"""What a paper says, whatever it is printed on: a title, and headings with their paragraphs and tables."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows of texts under their headings, each as many as there are headings; the caption names it."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> str:
        return "\n".join([self.caption, *self.headings, *(cell for row in self.rows for cell in row)])


@dataclass(frozen=True)
class Section:
    """A heading, its paragraphs, and its tables after them."""

    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """The whole of it."""

    title: str
    sections: tuple[Section, ...]

    @property
    def words(self) -> str:
        """Everything that it says, one after the other."""
        told = [
            line
            for section in self.sections
            for line in (section.heading, *section.paragraphs, *(table.words for table in section.tables))
        ]
        return "\n".join([self.title, *told])
