"""Each kind of change since a run, in one sentence with names: why a coordinator cannot publish it any more."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rounds.publishing.changes import SHOWN, Change, Named, Names, differences
from matching import Problem
from matching.problem import Learner, Mentor, Opening, Pair, Pin, Study

NAMES = Names({"R1": "Ann", "R2": "Bo", "M1": "Dr A", "M2": "Dr B", "S1": "“Falls”", "S2": "“Sight”"})
SOLVED = Problem(
    learners=(Learner("R1"), Learner("R2")),
    mentors=(Mentor("M1", 2, hours=20), Mentor("M2", 1)),
    studies=(Study("S1", 5), Study("S2", 5)),
    openings=(Opening("M1", "S1", 1), Opening("M2", "S2", 1)),
    pairs=(Pair("R1", "M1", "S1", 700, 1), Pair("R2", "M1", "S1", 500), Pair("R2", "M2", "S2", 400)),
    pins=(Pin("R2", "M2", "S2", "agreed"),),
)
DR_A = (Mentor("M1", 2, hours=20),)


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, []),
        ({"seed": "another", "stages": ("placed",)}, []),
        ({"learners": SOLVED.learners[1:], "pairs": SOLVED.pairs[1:]}, ["No longer there: 1 request (Ann)."]),
        ({"learners": (*SOLVED.learners, Learner("R3"))}, ["New since the run: 1 request (R3)."]),
        ({"learners": (), "pairs": ()}, ["No longer there: 2 requests (Ann, Bo)."]),
        ({"openings": SOLVED.openings[1:]}, ["No longer there: 1 opening (Dr A on “Falls”)."]),
        (
            {"openings": (*SOLVED.openings, Opening("M1", "S2", 1), Opening("M3", "S3", 1))},
            ["New since the run: 2 openings (Dr A on “Sight”, M3 on S3)."],
        ),
        (
            {"openings": (Opening("M1", "S1", 2), SOLVED.openings[1])},
            ["Places or hours changed at 1 opening: Dr A on “Falls”."],
        ),
        (
            {"openings": (Opening("M1", "S1", 2), Opening("M2", "S2", 2))},
            ["Places or hours changed at 2 openings: Dr A on “Falls”, Dr B on “Sight”."],
        ),
        ({"mentors": (Mentor("M1", 3, hours=20), SOLVED.mentors[1])}, ["Places or hours changed at 1 mentor: Dr A."]),
        ({"mentors": (Mentor("M1", 2, hours=19), SOLVED.mentors[1])}, ["Places or hours changed at 1 mentor: Dr A."]),
        ({"studies": (Study("S1", 4), Study("S2", 4))}, ["Places or hours changed at 2 studies: “Falls”, “Sight”."]),
        ({"studies": (Study("S1", 5), Study("S2", 6))}, ["Places or hours changed at 1 study: “Sight”."]),
        ({"pins": ()}, ["No longer there: 1 pin (Bo)."]),
        ({"pins": (*SOLVED.pins, Pin("R1", "M1", "S1", "hers"))}, ["New since the run: 1 pin (Ann)."]),
        (
            {"pins": (Pin("R2", "M1", "S1", "agreed"),)},
            ["No longer there: 1 pin (Bo).", "New since the run: 1 pin (Bo)."],
        ),
        ({"pairs": SOLVED.pairs[1:]}, ["What fits, or how well, changed for 1 learner: Ann."]),
        (
            {"pairs": (Pair("R1", "M1", "S1", 701, 1), *SOLVED.pairs[2:])},
            ["What fits, or how well, changed for 2 learners: Ann, Bo."],
        ),
        (
            {"pairs": (*SOLVED.pairs, Pair("R1", "M2", "S2", 1))},
            ["What fits, or how well, changed for 1 learner: Ann."],
        ),
    ],
)
def test_each_change_has_its_sentence(changes, sentences):
    assert told(replace(SOLVED, **changes)) == sentences


def told(live):
    return [change.text for change in differences(SOLVED, live, NAMES)]


def test_what_is_there_has_a_link_and_what_is_gone_has_none():
    pairs = (Pair("R1", "M1", "S1", 701, 1), *SOLVED.pairs[1:])
    opening, fitting = differences(SOLVED, replace(SOLVED, openings=SOLVED.openings[1:], pairs=pairs), NAMES)
    assert opening.about == (Named("Dr A on “Falls”"),)
    assert fitting.about == (Named("Ann", request_id=1),)
    (places,) = differences(SOLVED, replace(SOLVED, studies=(Study("S1", 4), SOLVED.studies[1])), NAMES)
    assert places.about == (Named("“Falls”", search="Falls"),)


def test_what_concerns_people_comes_first():
    live = replace(
        SOLVED, learners=SOLVED.learners[1:], openings=(), studies=(Study("S1", 4), SOLVED.studies[1]), pins=()
    )
    kinds = [sentence.partition(":")[2].split()[1] for sentence in told(live)[:2]]
    assert kinds == ["request", "openings"]
    assert [sentence.split(":")[0] for sentence in told(live)] == [
        "No longer there",
        "No longer there",
        "Places or hours changed at 1 study",
        "No longer there",
    ]


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=20, unique=True))
def test_eight_names_are_told_and_the_rest_counted(names):
    words, _, more = Change("", tuple(map(Named, sorted(names))), "").text.partition(" and ")
    assert words.split(", ") == sorted(names)[:SHOWN]
    assert more == (f"{len(names) - 8} more" if len(names) > 8 else "")
