"""A notice as a PDF file: a title, headings that readers can jump to, and the letters of many scripts."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from app.language.refusal import Refused
from app.reviews.notice_words import Notice

PLAIN, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
EVERYWHERE = "Helvetica"  # what each reader of PDF files has, for the letters of Latin-1
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "…": "..."})


def pdf_of(notice: Notice, service: str, made: datetime, fonts: Path) -> bytes:
    """The file, the same bytes each time; `fonts` is a folder that may hold DejaVu Sans, which has many scripts.

    Without it only the letters of western European languages can be shown. Raises Refused where one cannot.
    """
    page = NoticePage(fonts)
    page.refuse_unknown(page.straightened(notice.words))
    page.describe(notice.title, service, made)
    page.heading(notice.title, 20, level=0)
    for section in notice.sections:
        page.heading(section.heading, 14, level=1)
        page.text(section.paragraphs)
    return page.file


class NoticePage:
    """The pages of one file, written from top to bottom."""

    def __init__(self, fonts: Path) -> None:
        self.pdf = FPDF(format="A4")
        self.pdf.set_margin(20)
        self.plain = fonts / PLAIN
        self.has_font = self.plain.exists() and (fonts / BOLD).exists()
        self.family = "Notice" if self.has_font else EVERYWHERE
        if self.has_font:
            self.pdf.add_font(self.family, fname=self.plain)
            self.pdf.add_font(self.family, "B", fonts / BOLD)
        self.pdf.add_page()

    @property
    def file(self) -> bytes:
        made = bytes(self.pdf.output())
        self.close()
        return made

    @property
    def embedded(self) -> list[TTFFont]:
        return [font for font in self.pdf.fonts.values() if isinstance(font, TTFFont)]

    def close(self) -> None:
        """Let go of the files of the fonts."""
        for font in self.embedded:
            font.close()

    def describe(self, title: str, author: str, made: datetime) -> None:
        """What a reader of the file is told before its first line, its language among it."""
        self.pdf.set_title(title)
        self.pdf.set_lang("en-GB")
        self.pdf.set_author(author)
        self.pdf.set_creation_date(made)

    def straightened(self, text: str) -> str:
        return text if self.has_font else text.translate(STRAIGHT)

    def refuse_unknown(self, text: str) -> None:
        """Rather no file than one in which a name has gaps."""
        missing = self.letters_missing(text)
        if missing:
            self.close()
            raise Refused(
                f"The file cannot be made, because the service has no font for “{missing[0]}”. "
                "Print the page of your request instead."
            )

    def letters_missing(self, text: str) -> list[str]:
        if not self.has_font:
            return [letter for letter in text if letter != "\n" and ord(letter) > 255]
        known = {letter for font in self.embedded for letter in font.cmap}
        return [letter for letter in text if letter != "\n" and ord(letter) not in known]

    def heading(self, text: str, size: int, level: int) -> None:
        """A heading, in the outline of the file as well."""
        self.pdf.ln(3)
        self.pdf.set_font(self.family, "B", size)
        self.pdf.start_section(self.straightened(text), level=level)
        self.lines(text, size * 0.5)

    def text(self, paragraphs: Iterable[str]) -> None:
        self.pdf.set_font(self.family, size=11)
        for paragraph in paragraphs:
            self.lines(paragraph, 6)

    def lines(self, text: str, height: float) -> None:
        self.pdf.multi_cell(0, height, self.straightened(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.ln(1.5)
