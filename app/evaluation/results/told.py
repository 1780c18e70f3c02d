"""Published results in the shape of their tables, of their trends, and of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.evaluation.results.counting import ANSWERED
from app.models.evaluation.figures import PublishedFigures
from app.rules.evaluation.kept import published_in
from app.rules.groups.published import Line, Published
from app.rules.programmes.years import year_in_words

HIDDEN = "not shown"
TOGETHER = "Others together"
EVERYBODY_ASKED = "Everybody asked"


@dataclass(frozen=True)
class Asked:
    """A question as it was asked in a year."""

    mark: str
    theme: str
    words: str

    @property
    def key(self) -> str:
        return self.mark.partition("/")[0]


@dataclass(frozen=True)
class YearResults:
    """One survey of one year: what was asked, and the numbers."""

    year: int
    questions: Sequence[Asked]
    told: Published

    @property
    def answered(self) -> int | None:
        return self.told.whole.numbers[ANSWERED]

    def columns(self, grouping: str) -> list[tuple[str, Line]]:
        """Everybody, then the groups of a grouping that are shown."""
        groups = [(line.label or TOGETHER, line) for line in self.told.tables[grouping]]
        return [(EVERYBODY_ASKED, self.told.whole), *groups]


def results_in(figures: Sequence[PublishedFigures]) -> list[YearResults]:
    """The years of which there is anything to show, in the order in which they come."""
    found = ((one, published_in(one)) for one in figures)
    return [
        YearResults(one.year, [Asked(*said) for said in one.content["questions"]], told) for one, told in found if told
    ]


def rate_of(line: Line) -> str:
    """How many answered, of those asked."""
    number = line.numbers[ANSWERED]
    return HIDDEN if number is None else f"{number} ({share(number, line.people)}%)"


def share_of(line: Line, mark: str) -> int | None:
    """The share of those who answered that agreed, or said yes, in percent; None where it is not shown."""
    number, answered = line.numbers.get(mark), line.numbers[ANSWERED]
    return None if number is None or not answered else share(number, answered)


def share_in_words(line: Line, mark: str) -> str:
    percent = share_of(line, mark)
    return HIDDEN if percent is None else f"{line.numbers[mark]} ({percent}%)"


def share(number: int, of: int) -> int:
    return round(100 * number / of)


def response_trend(years: Sequence[YearResults]) -> list[tuple[str, int]]:
    """The share of answers in each year, the first year first."""
    oldest_first = sorted(years, key=lambda one: one.year)
    return [
        (year_in_words(one.year), share(one.answered, one.told.whole.people))
        for one in oldest_first
        if one.answered is not None
    ]


def trend_of(years: Sequence[YearResults], key: str) -> list[tuple[str, int]]:
    """The share that agreed to a question, in each year in which it is shown, whatever its words were."""
    found = []
    for one in sorted(years, key=lambda each: each.year):
        marks = [question.mark for question in one.questions if question.key == key]
        percent = share_of(one.told.whole, marks[0]) if marks else None
        if percent is not None:
            found.append((year_in_words(one.year), percent))
    return found


def finding_of(trend: Sequence[tuple[str, int]], of: str) -> str:
    """What a picture of years shows, as its title."""
    (first, before), (last, now) = trend[0], trend[-1]
    if len(trend) == 1:
        return f"{of}: {now}% in {last}"
    change = "as many as" if now == before else ("more than" if now > before else "fewer than")
    return f"{of}: {now}% in {last}, {change} the {before}% of {first}"


def lines_of(year: YearResults) -> Iterator[tuple[str | int, ...]]:
    """The tables as lines of a file, the same numbers as on the page."""
    groups = [("Everybody", "", year.told.whole)]
    groups += [(name, line.label or TOGETHER, line) for name, lines in year.told.tables.items() for line in lines]
    for name, label, line in groups:
        answered = line.numbers[ANSWERED]
        yield name, label, "Asked", "", line.people
        yield name, label, "Answered", "", HIDDEN if answered is None else answered
        for question in year.questions:
            number = line.numbers[question.mark]
            yield name, label, question.theme, question.words, HIDDEN if number is None else number
