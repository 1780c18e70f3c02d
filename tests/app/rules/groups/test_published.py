"""What is published of groups: every small number is hidden, and no subtraction of any tables brings one back."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.groups.published import EVERYBODY, Part, Published, added_up, out_of, published, published_in_turn
from app.rules.groups.small_numbers import FEWEST, hidden_among
from tests.app.rules.groups.taking_apart import Attack, ways_of

PLACES = (
    Part("placed"),
    Part("offered", of="placed", of_the_rest=True),
    Part("completed", of="placed"),
    Part("credits", of="completed"),
)
ANSWERS = (Part("answered"), Part("first", of="answered"), Part("second", of="answered"))


@st.composite
def populations(draw, parts):
    """The same people grouped in two ways, from nobody to many, often just around what is small."""
    ways = list(ways_of(parts))
    people = []
    for first, second, way in product(range(draw(st.integers(1, 4))), range(draw(st.integers(1, 3))), ways):
        number = draw(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 9]))
        people.append((f"p{first}", f"q{second}", way, number))
    return {"profession": grouped(people, 0, parts), "region": grouped(people, 1, parts)}


def grouped(people, at, parts):
    found: dict[str, dict[str, int]] = {}
    for *labels, way, number in people:
        own = found.setdefault(labels[at], dict.fromkeys((EVERYBODY, *(part.name for part in parts)), 0))
        own[EVERYBODY] += number
        for part, is_in in zip(parts, way, strict=True):
            own[part.name] += number * is_in
    return {label: own for label, own in found.items() if own[EVERYBODY]}


def small_and_hidden(groupings, parts, told, attack):
    """Each hidden number under five, and each that few are beside, as what to look for and what it truly is."""
    for name, groups in groupings.items():
        shown = {line.label: line for line in told.tables[name] if line.label}
        for label, own in groups.items():
            line = shown.get(label)
            if line is None and own[EVERYBODY] < FEWEST:
                yield attack.of(name, [label], attack.ways), own[EVERYBODY]
            for part in parts:
                if line is None or line.numbers[part.name] is None:
                    inside = attack.of(name, [label], attack.in_part(part.name))
                    if 0 < own[part.name] < FEWEST:
                        yield inside, own[part.name]
                    beside = out_of(own, part, parts) - own[part.name]
                    if 0 < beside < FEWEST:
                        outside = [way for way in attack.ways if is_beside(attack, part, parts, way)]
                        yield attack.of(name, [label], outside), beside


def is_beside(attack, part, parts, way):
    around = set(attack.in_part(part.of))
    if part.of_the_rest:
        other = next(one for one in parts if one.name == part.of)
        around = set(attack.in_part(other.of)) - around
    return way in around and way not in attack.in_part(part.name)


@pytest.mark.parametrize("parts", [PLACES, ANSWERS], ids=["fair shares", "results"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_small_number_can_be_had_from_all_tables_together(data, parts):
    groupings = data.draw(populations(parts))
    told = published(groupings, parts)
    if told is None:
        return
    attack = Attack(groupings, parts, told)
    for wanted, truth in small_and_hidden(groupings, parts, told, attack):
        assert attack.could_be_another(wanted, truth), (groupings, told)


@pytest.mark.parametrize("parts", [PLACES, ANSWERS], ids=["fair shares", "results"])
@given(data=st.data())
def test_what_is_shown_is_true_and_never_small(data, parts):
    groupings = data.draw(populations(parts))
    told = published(groupings, parts)
    whole = added_up(groupings["region"].values(), parts)
    assert (told is None) == (whole[EVERYBODY] < FEWEST)
    for name, lines in told.tables.items() if told else ():
        apart = [line.label for line in lines if line.label]
        for line in lines:
            labels = [line.label] if line.label else [one for one in groupings[name] if one not in apart]
            true = added_up((groupings[name][one] for one in labels), parts)
            for shown, number in line.numbers.items():
                assert number is None or number == true[shown] >= FEWEST
            for part in parts:
                if line.numbers[part.name] is not None:
                    assert out_of(true, part, parts) - true[part.name] >= FEWEST


@st.composite
def populations_in_turn(draw):
    """People on levels, at universities, in cohorts: a university has some levels, and a cohort belongs to one."""
    people = {}
    for level, university in product(range(draw(st.integers(1, 2))), range(draw(st.integers(1, 3)))):
        for cohort in range(draw(st.integers(0, 3))):
            numbers = {way: draw(st.sampled_from([0, 0, 1, 3, 5, 6, 9])) for way in ways_of(ANSWERS)}
            own = {EVERYBODY: sum(numbers.values())}
            for at, part in enumerate(ANSWERS):
                own[part.name] = sum(number for way, number in numbers.items() if way[at])
            if own[EVERYBODY]:
                people[f"l{level}", f"u{university}", f"c{cohort}"] = own
    return people


@settings(max_examples=40, deadline=None)
@given(people=populations_in_turn())
def test_no_small_number_can_be_had_from_tables_that_stand_within_each_other(people):
    told = published_in_turn(people, ANSWERS, "/".join)
    assert (told is None) == (sum(own[EVERYBODY] for own in people.values()) < FEWEST)
    if told is None:
        return
    atoms = {"/".join(labels): own for labels, own in people.items()}
    attack = Attack({"": atoms}, ANSWERS, Published(told.whole, {"": []}))
    hidden = []
    for title, lines in told.tables.items():
        of = tuple(title.split("/")) if title else ()
        inside = {labels: own for labels, own in people.items() if labels[: len(of)] == of}
        shown = {line.label: line for line in lines if line.label}
        groups = {labels[len(of)] for labels in inside}
        for line in lines:
            labels = [line.label] if line.label else groups - shown.keys()
            attack.say_line("", atoms_of(inside, len(of), labels), line)
        for label in groups:
            mine = atoms_of(inside, len(of), [label])
            own = added_up((atoms[one] for one in mine), ANSWERS)
            hidden += [(attack.of("", mine, ways), truth) for ways, truth in hidden_of(attack, own, shown.get(label))]
    for wanted, truth in hidden:
        assert attack.could_be_another(wanted, truth), (people, told)


def atoms_of(people, depth, labels):
    return ["/".join(one) for one in people if one[depth] in labels]


def hidden_of(attack, own, line):
    """The small numbers of a group that its line, where it has one, does not show; each as its ways and its truth."""
    if line is None and own[EVERYBODY] < FEWEST:
        yield attack.ways, own[EVERYBODY]
    for part in ANSWERS:
        if line is None or line.numbers[part.name] is None:
            beside = out_of(own, part, ANSWERS) - own[part.name]
            for ways, number in (
                (attack.in_part(part.name), own[part.name]),
                ([way for way in attack.ways if is_beside(attack, part, ANSWERS, way)], beside),
            ):
                if 0 < number < FEWEST:
                    yield ways, number


def test_a_level_at_one_university_is_not_had_by_taking_another_from_the_level():
    """All of the PGCert but two are at Newcastle, where there is nothing else: both numbers would tell of the two."""
    people: dict[tuple[str, ...], dict[str, int]] = {
        ("PGCert", "Newcastle"): {EVERYBODY: 10, "answered": 5, "first": 5, "second": 5},
        ("PGCert", "Exeter"): {EVERYBODY: 2, "answered": 1, "first": 0, "second": 1},
        ("PGDip", "Exeter"): {EVERYBODY: 20, "answered": 10, "first": 5, "second": 5},
    }
    told = published_in_turn(people, ANSWERS, "/".join)
    assert told is not None
    assert {title: [line.label for line in lines] for title, lines in told.tables.items()} == {
        "": ["PGCert", "PGDip"],
        "PGCert": [],
        "PGDip": ["Exeter"],
    }


def test_who_knows_the_rule_learns_no_more():
    """Of every world of four groups up to seven: each small group has another number in a world that looks the same."""
    worlds = defaultdict(set)
    for sizes in product(range(14), repeat=4):
        worlds[looks(sizes)].add(sizes)
    for shown, together in [look for look in worlds if look[1] >= FEWEST]:
        alike = worlds[shown, together]
        hidden = [at for at in range(4) if at not in dict(shown)]
        for sizes in (one for one in alike if max(one) <= 7):
            for at in hidden:
                assert sizes[at] >= FEWEST or len({one[at] for one in alike}) > 1, (shown, together, sizes)


def looks(sizes):
    """What is seen of four groups: those shown, and the sum of the others; who is not there is not named."""
    people = {f"p{at}": size for at, size in enumerate(sizes) if size}
    hidden = hidden_among(people)
    shown = tuple((at, size) for at, size in enumerate(sizes) if size and f"p{at}" not in hidden)
    return shown, sum(people[label] for label in hidden) if shown else sum(sizes)


def test_where_all_are_large_all_are_shown():
    own = {EVERYBODY: 40, "answered": 20, "first": 10, "second": 12}
    told = published({"level": {"PGCert": own, "PGDip": own}}, ANSWERS)
    assert told is not None
    assert [(line.label, dict(line.numbers)) for line in told.tables["level"]] == [("PGCert", own), ("PGDip", own)]
    assert told.whole.numbers == {EVERYBODY: 80, "answered": 40, "first": 20, "second": 24}


def test_one_small_group_stands_with_the_first_large_one():
    assert hidden_among({"a": 30, "b": 3, "c": 30}) == {"a", "b"}
    assert hidden_among({"a": 5, "b": 1, "c": 30, "d": 9}) == {"a", "b", "c"}, "five and one would tell the one"
    assert hidden_among({"a": 5, "b": 9}) == set()
