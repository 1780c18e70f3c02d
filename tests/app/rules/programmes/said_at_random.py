"""Programmes as hypothesis makes them."""

from datetime import date

from hypothesis import strategies as st

from app.models.programmes import Choose, Level, ModuleKind, PriorLearning
from app.rules.programmes.said import CohortSaid, ModuleSaid, PartSaid, ProgrammeSaid, VersionSaid

WORDS = st.text(st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
TITLES = WORDS.filter(bool)
KINDS = st.sampled_from(ModuleKind)
CREDITS = st.sampled_from((5, 10, 15, 20, 30, 45, 60))


def modules(titles: st.SearchStrategy[str]) -> st.SearchStrategy[ModuleSaid]:
    return st.builds(ModuleSaid, titles, CREDITS, KINDS, st.booleans(), st.booleans())


@st.composite
def parts(draw: st.DrawFn, most: int = 5, at_most: int = 3) -> tuple[PartSaid, ...]:
    """Parts whose modules have titles of their own; some ask for what cannot be chosen."""
    made, number = [], 0
    for _ in range(draw(st.integers(1, at_most))):
        size = draw(st.integers(1, most))
        titles = [f"{draw(TITLES)} {number + at}" for at in range(size)]
        number += size
        choose = draw(st.sampled_from(Choose))
        amount = {
            Choose.ALL: 0,
            Choose.NUMBER: draw(st.integers(1, most)),
            Choose.CREDITS: draw(CREDITS),
        }[choose]
        made.append(PartSaid(draw(TITLES), choose, tuple(draw(modules(st.just(title))) for title in titles), amount))
    return tuple(made)


@st.composite
def cohorts(draw: st.DrawFn) -> tuple[CohortSaid, ...]:
    days = st.dates(date(2022, 1, 1), date(2030, 12, 31))
    names = draw(st.lists(TITLES, max_size=2, unique=True))
    made = []
    for name in names:
        first, last = sorted((draw(days), draw(days)))
        made.append(CohortSaid(name, first, last, draw(st.booleans())))
    return tuple(made)


versions = st.builds(
    VersionSaid,
    st.integers(2020, 2030),
    parts(),
    cohorts(),
    st.booleans(),
    WORDS,
    st.sampled_from(("", "https://fees.example/a?b=c")),
    WORDS,
    st.sampled_from(PriorLearning),
    WORDS,
)
programmes = st.lists(
    st.builds(
        ProgrammeSaid, TITLES, st.sampled_from(Level), TITLES, st.lists(versions, min_size=1, max_size=2).map(tuple)
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: (one.university, one.level, one.title),
).map(tuple)
