"""Every way through the options of a version, against all of them written out one by one."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.programmes import Choose, Level, ModuleKind
from app.phrasebook.of_programmes.checks import found_in_words, result_in_words
from app.rules.programmes.check import Fault, Note, checked
from app.rules.programmes.said import ModuleSaid, PartSaid
from app.rules.programmes.ways import Total, total_of, ways_through
from tests.app.rules.programmes.said_at_random import parts

Way = tuple[ModuleSaid, ...]


def choices_one_by_one(part: PartSaid) -> list[Way]:
    if part.choose is Choose.ALL:
        return [part.modules]
    sizes = [part.amount] if part.choose is Choose.NUMBER else range(1, len(part.modules) + 1)
    chosen = chain.from_iterable(combinations(part.modules, size) for size in sizes)
    return [one for one in chosen if part.choose is Choose.NUMBER or sum(m.credits for m in one) == part.amount]


def every_way(asked: tuple[PartSaid, ...]) -> Iterator[Way]:
    for chosen in product(*(choices_one_by_one(part) for part in asked)):
        yield tuple(chain.from_iterable(chosen))


def total(way: Way) -> Total:
    return sum(map(total_of, way), Total())


@given(parts())
def test_totals_and_numbers_of_ways_are_those_of_all_ways_written_out(asked):
    written_out = Counter(total(way) for way in every_way(asked))
    found = ways_through(asked)
    assert {key: ways.number for key, ways in found.items()} == written_out
    ways_by_total = {key: ways.example for key, ways in found.items()}
    assert all(total(example) == key and example in set(every_way(asked)) for key, example in ways_by_total.items())


@given(parts(), st.sampled_from(Level))
def test_a_version_is_proved_just_when_every_way_written_out_is_a_level(asked, level):
    ways = list(every_way(asked))
    kind = ModuleKind.DISSERTATION if level is Level.MSC else ModuleKind.RPE
    are_good = [sum(m.credits for m in way) == 60 and [m.kind for m in way].count(kind) == 1 for way in ways]
    found = checked(level, asked)
    assert found.is_proved == (bool(ways) and all(are_good))
    assert found.ways == len(ways)
    of_credits = sum(fault.number for fault in found.faults if fault.what is Fault.CREDITS)
    assert of_credits == sum(sum(m.credits for m in way) != 60 for way in ways)
    for one in (*found.faults, *found.notes):
        assert found_in_words(level, found, one).endswith(".")


def module(worth: int, kind: ModuleKind = ModuleKind.TAUGHT, title: str = "") -> ModuleSaid:
    return ModuleSaid(title or f"Module of {worth}", worth, kind)


RPE = module(15, ModuleKind.RPE, "Experience")
CORE = PartSaid("Core", Choose.ALL, (RPE, module(15, title="Trials"), module(15, title="Ethics")))


def of_options(*worth: int, amount: int = 1) -> PartSaid:
    options = tuple(module(one, title=f"Option {number}") for number, one in enumerate(worth, 1))
    return PartSaid("Options", Choose.NUMBER, options, amount)


def said(level: Level, *asked: PartSaid) -> tuple[str, list[str]]:
    found = checked(level, asked)
    return result_in_words(found), [found_in_words(level, found, one) for one in (*found.faults, *found.notes)]


def test_a_certificate_of_three_fifteens_and_an_option_is_proved():
    assert said(Level.PGCERT, CORE, of_options(15, 15, 15)) == (
        "Each of the 3 ways through this version reaches 60 credits and 600 hours.",
        [],
    )


def test_the_way_that_does_not_reach_sixty_is_named():
    assert said(Level.PGCERT, CORE, of_options(15, 20)) == (
        "Not every way through this version is a level of 60 credits and 600 hours.",
        [
            "1 of the 2 ways reaches 65 credits and 650 hours; a level needs 60 and 600: Experience (15), Trials (15), "
            "Ethics (15) and Option 2 (20)."
        ],
    )


@pytest.mark.parametrize(
    ("level", "asked", "words"),
    [
        (Level.PGCERT, (), ["It has no modules yet. Add the part with the compulsory modules first."]),
        (
            Level.PGCERT,
            (CORE, of_options(15, amount=2)),
            ["In “Options” nobody can choose 2 modules. It has 1 module: add modules, or ask for fewer."],
        ),
        (
            Level.MSC,
            (PartSaid("Taught", Choose.ALL, (module(60),)),),
            ["The one way through it has no single dissertation; a MSc has just one: Module of 60 (60)."],
        ),
        (
            Level.PGDIP,
            (PartSaid("All", Choose.ALL, (RPE, module(45))),),
            [
                "The one way through it has other modules than is usual: a PGDip of the Framework has one Research "
                "Practice Experience and two online modules: Experience (15) and Module of 45 (45)."
            ],
        ),
        (
            Level.PGCERT,
            (PartSaid("All", Choose.ALL, (RPE, module(22), module(23))),),
            [
                "Module of 22 (22) and Module of 23 (23) have credits that are not a multiple of five. Check that they "
                "are right."
            ],
        ),
    ],
)
def test_what_is_found_is_said_with_what_to_do(level, asked, words):
    assert said(level, *asked)[1] == words


def test_what_is_only_unusual_keeps_nothing_from_being_proved():
    found = checked(Level.PGDIP, [PartSaid("All", Choose.ALL, (RPE, module(45)))])
    assert found.is_proved
    assert [one.what for one in found.notes] == [Note.SHAPE]


def test_thirty_options_of_which_fifteen_are_chosen_are_counted_and_not_written_out():
    options = tuple(module(1 + number % 4, title=f"Option {number}") for number in range(30))
    found = checked(Level.PGCERT, [PartSaid("Options", Choose.NUMBER, options, 15)])
    assert found.ways == 155_117_520
