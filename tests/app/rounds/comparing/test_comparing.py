"""Two or three runs side by side: their numbers, how groups fared, and exactly who gets something else."""

import numpy as np
import pytest
from sqlalchemy import select

from app.models.figures import RunFigures
from app.models.people import Role
from app.models.runs import Run, RunState
from app.rounds.comparing.chosen import HOW_MANY
from app.rounds.comparing.differing import CHANGES, rows_listed, sums_of
from app.rounds.runs.counting.shares import TOGETHER
from tests.screen import shown

NUMBERS, WHO = "Numbers of the runs", "Learners to whom the runs do not give the same"
FIRST = "First choice, of those whose first choice was possible"


def address(scene, *runs, more=""):
    return f"/rounds/{scene.round.id}/compare?" + "&".join(f"run={run.id}" for run in runs) + more


def named(scene, name, **given):
    return scene.request(learner=scene.build.learner(name=name), **given)


@pytest.fixture
def two(scene, solved):
    """Run 1 gives Ann and Cy a place, run 2 Ann a better one and Bo that of Cy; Di gets the same in both."""
    ann, bo, cy, di = (named(scene, f"{name} Example") for name in ("Ann", "Bo", "Cy", "Di"))
    a, b, c, d = (scene.opening() for _ in range(4))
    first = solved({ann: (a, 700, 2), bo: None, cy: (c, 300, None), di: (d, 500, 1)})
    second = solved({ann: (b, 600, 1), bo: (c, 200, None), cy: None, di: (d, 500, 1)})
    return first, second


def test_numbers_stand_side_by_side_and_say_what_they_differ_by(scene, two, sign_in):
    first, second = two
    page = shown(sign_in(scene.coordinator).get(address(scene, *two)))
    assert page.heading == f"Spring 2026 Compare runs {first.id} and {second.id}"
    numbers = page.table(NUMBERS)
    one, other = (f"Run {run.id}" for run in two)
    assert numbers.row("Placed")[one] == "3 of 4 (75%)"
    assert numbers.row("Placed")[other] == "3 of 4 (75%) the same"
    assert numbers.row(FIRST)[other] == "2 of 4 (50%) 1 more"
    assert numbers.row("Fit, on the average (0 to 1,000)")[other] == "433 67 lower"
    assert numbers.row("Lowest fit")[other] == "200 100 lower"
    assert numbers.row("Given an opening that is not on their list")[other] == "1 the same"
    assert page.link(one) == f"/runs/{first.id}"


def test_exactly_those_who_get_something_else_are_named_with_what_each_run_gives(scene, two, sign_in):
    page = shown(sign_in(scene.coordinator).get(address(scene, *two)))
    assert page.paragraphs[0] == "3 of 4 learners get something else."
    table, (one, other) = page.table(WHO), (f"Run {run.id}" for run in two)
    assert table.rows == ["Ann Example Nurse", "Bo Example Nurse", "Cy Example Nurse"]
    ann, bo, cy = table.all_rows()
    assert "Number 2 on the list, strong fit 700" in ann[one]
    why = [f"Why {run.lower()} does this for" for run in (one, other)]
    gives = "Number 1 on the list, good fit 600 Higher on the list, fit 100 lower"
    assert ann[other].endswith(f"{gives} {why[1]} Ann Example")
    assert bo[one] == f"Not placed {why[0]} Bo Example"
    assert bo[other].endswith(f"Not on the list, some fit 200 Gains a place {why[1]} Bo Example")
    assert cy[other] == f"Not placed Loses the place {why[1]} Cy Example"
    assert table.link("Ann Example") == f"/rounds/{scene.round.id}/requests/{scene.requests[0].id}"
    assert page.section("Who gets something else").items[0] == (
        f"{other}: 2 learners get something that they rank better, 1 something that they rank worse. "
        "Among them, 1 has a place only here, and 1 has none here."
    )


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ("better", ["Ann", "Bo"]),
        ("worse", ["Cy"]),
        ("higher", ["Bo"]),
        ("lower", ["Ann", "Cy"]),
        ("gained", ["Bo"]),
        ("lost", ["Cy"]),
        ("nonsense", ["Ann", "Bo", "Cy"]),
        ("&q=bo", ["Bo"]),
    ],
)
def test_who_differs_is_filtered_by_what_they_gain_or_lose(scene, two, sign_in, change, names):
    browser, at = sign_in(scene.coordinator), address(scene, *two, more=f"&change={change}")
    part = shown(browser.get(at, headers={"HX-Request": "true"}))
    assert part.headings == []
    assert part.rows == [f"{name} Example Nurse" for name in names]
    assert shown(browser.get(at)).part("differing").rows == part.rows


def test_an_address_with_the_runs_in_any_order_is_the_same_page(scene, two, sign_in):
    browser = sign_in(scene.coordinator)
    assert shown(browser.get(address(scene, *two[::-1]))).text == shown(browser.get(address(scene, *two))).text


def test_three_runs_are_told_by_their_difference_from_the_first(scene, two, solved, sign_in):
    ann, bo, cy, di = scene.requests
    third = solved({ann: (scene.openings[0], 700, 2), bo: None, cy: None, di: None})
    page = shown(sign_in(scene.coordinator).get(address(scene, *two, third)))
    assert page.paragraphs[0] == "4 of 4 learners get something else."
    assert page.table(NUMBERS).row("Placed")[f"Run {third.id}"] == "1 of 4 (25%) 2 fewer"
    assert page.table(WHO).row("Di Example Nurse")[f"Run {third.id}"] == (
        f"Not placed Loses the place Why run {third.id} does this for Di Example"
    )


def test_runs_that_give_the_same_name_nobody(scene, two, solved, sign_in):
    first, _ = two
    ann, bo, cy, di = scene.requests
    a, _, c, d = scene.openings
    again = solved({ann: (a, 700, 2), bo: None, cy: (c, 300, None), di: (d, 500, 1)})
    page = shown(sign_in(scene.coordinator).get(address(scene, first, again)))
    assert page.paragraphs[0] == "Every learner gets the same."
    assert "Learner’s name" not in page.fields


def test_somebody_who_was_in_one_run_only_gains_and_loses_nothing(scene, two, solved, sign_in):
    first, _ = two
    late = named(scene, "Late Example")
    third = solved({late: (scene.openings[1], 400, 1), **dict.fromkeys(scene.requests[:4])})
    table = shown(sign_in(scene.coordinator).get(address(scene, first, third))).table(WHO)
    row = table.row("Late Example Nurse")
    assert row[f"Run {first.id}"] == "Was not in this run"
    assert row[f"Run {third.id}"].endswith(
        f"Number 1 on the list, good fit 400 Why run {third.id} does this for Late Example"
    )
    part = shown(sign_in(scene.coordinator).get(address(scene, first, third, more="&change=better")))
    assert WHO not in part.texts("caption")


@pytest.mark.parametrize("number", [1, 4])
def test_one_run_or_four_cannot_be_compared_and_what_was_ticked_stays_ticked(scene, solved, sign_in, number):
    wish, opening = scene.request(), scene.opening()
    runs = [solved({wish: (opening, 700, 1)}) for _ in range(5)]
    answer = sign_in(scene.coordinator).get(address(scene, *runs[:number]))
    assert answer.status_code == 422
    page = shown(answer)
    assert list(page.errors) == [HOW_MANY]
    ticked = [page.field(f"Compare run {run.id}").value for run in runs]
    assert [bool(value) for value in ticked] == [True] * number + [False] * (5 - number)


def test_without_any_run_the_page_asks_which(scene, two, sign_in):
    answer = sign_in(scene.coordinator).get(f"/rounds/{scene.round.id}/compare?run=none")
    assert (answer.status_code, shown(answer).errors) == (200, {})
    assert shown(answer).heading == "Spring 2026 Runs"


def test_a_run_of_before_the_numbers_is_named_with_what_to_do(scene, two, build, sign_in):
    old = build.run(scene.round)
    answer = sign_in(scene.coordinator).get(address(scene, two[0], old))
    assert answer.status_code == 422
    assert list(shown(answer).errors) == [
        f"Run {old.id} was made before the numbers of runs were kept. Start it again to compare it."
    ]


def test_only_solved_runs_of_this_round_can_be_compared_and_by_its_coordinators(scene, two, build, sign_in):
    under_way = build.run(scene.round, state=RunState.RUNNING)
    elsewhere = build.run(build.round(scene.network))
    here = address(scene, *two)
    learner, stranger = build.person(Role.LEARNER, Role.MENTOR), build.coordinator(build.network())
    colleague = build.coordinator(scene.network)
    for other in (under_way, elsewhere):
        assert sign_in(scene.coordinator).get(address(scene, two[0], other)).status_code == 404
    assert sign_in(learner).get(here).status_code == 403
    assert sign_in(stranger).get(here).status_code == 404
    page = shown(sign_in(colleague).get(here))
    assert all(scene.coordinator.name in line for line in page.items if line.startswith("Run ") and "Started" in line)


def test_runs_of_other_requests_or_another_seed_say_so(scene, two, solved, sign_in):
    ann, opening = scene.requests[0], scene.openings[0]
    changed = solved({ann: (opening, 700, 2)}, inputs="other")
    reseeded = solved({ann: (opening, 700, 2)}, seed="another")
    browser = sign_in(scene.coordinator)
    assert shown(browser.get(address(scene, *two))).insets == []
    assert "Requests, openings or pins changed" in shown(browser.get(address(scene, two[0], changed))).insets[0]
    assert "different seeds" in shown(browser.get(address(scene, two[0], reseeded))).insets[0]


def test_a_random_order_stands_beside_them_and_cannot_be_published(scene, two, sign_in):
    page = shown(sign_in(scene.coordinator).get(address(scene, *two)))
    assert page.table(NUMBERS).row("Placed")["Random order"] == "3 of 4 (75%) the same"
    assert page.says("It is not a run and cannot be published.")


def test_where_a_random_order_would_break_a_limit_there_is_no_such_column(scene, two, sign_in, session):
    for figures in session.scalars(select(RunFigures)):
        figures.details = {**figures.details, "random_order": None}
    page = shown(sign_in(scene.coordinator).get(address(scene, *two)))
    assert "Random order" not in page.table(NUMBERS).texts("th")
    assert page.says("There is no such column here")


def test_profiles_are_of_those_whose_first_choice_was_possible(scene, two, sign_in):
    page = shown(sign_in(scene.coordinator).get(address(scene, *two)))
    one, other = (f"Run {run.id}" for run in two)
    assert page.pictures[:2] == [
        f"{one}: 2 of 4 got one of their first two choices",
        f"{other}: 2 of 4 got one of their first two choices",
    ]


def shares(**placed_and_first):
    rates = [
        [{"label": label, "requests": requests, "got": got} for label, (requests, got) in groups.items()]
        for groups in placed_and_first.values()
    ]
    return dict(zip(placed_and_first, rates, strict=True))


def test_groups_stand_with_places_and_first_choices_the_small_ones_together(scene, two, sign_in, session):
    told = shares(
        placed={"Nurse": (20, 10), "Doctor": (6, 6), TOGETHER: (7, 5)}, first={"Nurse": (10, 4), TOGETHER: (8, 2)}
    )
    for figures in session.scalars(select(RunFigures)):
        numbers = {**figures.details["run"], "shares": {**figures.details["run"]["shares"], "profession": told}}
        figures.details = {"run": numbers, "random_order": None}
    page = shown(sign_in(scene.coordinator).get(address(scene, *two)))
    table, name = page.table("Profession: placed and first choice"), f"Run {two[0].id}"
    assert [(row.name, row[name]) for row in table.all_rows()] == [
        ("Doctor", "6 of 6 (100%) First choice: too few to say"),
        ("Nurse", "10 of 20 (50%) First choice: 4 of 10 (40%)"),
        (TOGETHER, "5 of 7 (71%)"),
        ("First choice where there are too few to say, together", "2 of 8 (25%)"),
    ]
    assert page.says("Too few people to tell groups apart.")


def test_real_runs_can_be_compared(full_scene, sign_in, session, look_again):
    browser = sign_in(full_scene.coordinator)
    for policy in ("fit", "generous", "first"):
        browser.post(f"/rounds/{full_scene.round.id}/runs/new", data={"policy": policy, "minutes": "10"})
    look_again()
    runs = session.scalars(select(Run).order_by(Run.id)).all()
    page = shown(browser.get(address(full_scene, *runs)))
    assert page.table(NUMBERS).row("Placed").cells == ["2 of 3 (67%)", *["2 of 3 (67%) the same"] * 3]


def test_queries_of_a_comparison_do_not_grow_with_who_differs(scene, solved, sign_in, queries):
    counts = []
    for _ in range(2):
        wishes, openings = [scene.request() for _ in range(4)], [scene.opening() for _ in range(4)]
        runs = [
            solved({wish: (opening, 500, 1) for wish, opening in zip(wishes, some, strict=True)})
            for some in (openings, openings[::-1])
        ]
        browser = sign_in(scene.coordinator)
        with queries() as statements:
            assert browser.get(address(scene, *runs)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_who_differs_comes_ten_at_a_time(scene, solved, sign_in):
    wishes, opening = [scene.request() for _ in range(11)], scene.opening()
    first = solved(dict.fromkeys(wishes, (opening, 500, 1)))
    second = solved(dict.fromkeys(wishes))
    pages = [
        shown(sign_in(scene.coordinator).get(f"{address(scene, first, second)}&page={number}")) for number in (1, 2)
    ]
    lists = [page.table("Learners to whom the runs do not give the same").rows for page in pages]
    assert [len(names) for names in lists] == [10, 1]
    assert len({*lists[0], *lists[1]}) == 11


def expected(first, other, change):
    """By hand: whether a result, (opening, score, rank) or None, is so beside the first; "away" was not in the run."""
    if "away" in (first, other):
        return False
    ranks = [10**6 if one is None else one[2] or 10**5 for one in (first, other)]
    fits = [-1 if one is None else one[1] for one in (first, other)]
    return {
        "better": ranks[1] < ranks[0],
        "worse": ranks[1] > ranks[0],
        "higher": fits[1] > fits[0],
        "lower": fits[1] < fits[0],
        "gained": first is None and other is not None,
        "lost": first is not None and other is None,
    }[change]


@pytest.mark.parametrize("seed", range(3))
def test_what_the_database_counts_is_what_anybody_would_count(scene, solved, session, seed):
    chance = np.random.default_rng(seed)
    wishes, openings = [scene.request() for _ in range(12)], [scene.opening() for _ in range(4)]

    def result():
        kind = chance.random()
        if kind < 0.35:
            return "away" if kind < 0.15 else None
        rank = (None, 1, 2)[chance.integers(3)]
        return openings[chance.integers(4)], 100 * int(chance.integers(4)), rank

    given = [{wish: result() for wish in wishes} for _ in range(3)]
    runs = [solved({wish: got for wish, got in one.items() if got != "away"}) for one in given]
    session.flush()
    opening = [{w: got[0] if isinstance(got, tuple) else None for w, got in one.items()} for one in given]
    differ = [wish for wish in wishes if len({one[wish] for one in opening}) > 1]
    sums = sums_of(session, runs)
    assert sums.differing == len(differ)
    for change in CHANGES:
        flags = [{w: expected(given[0][w], one[w], change) for w in differ} for one in given[1:]]
        assert [sums.by_run[run.id][change] for run in runs[1:]] == [sum(one.values()) for one in flags]
        found = rows_listed(session, runs, "", change, 1).rows
        assert {row.request for row in found} == {w for w in differ if any(one[w] for one in flags)}
