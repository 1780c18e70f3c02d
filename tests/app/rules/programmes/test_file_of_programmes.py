"""The file of programmes: what is written reads back as the same, and what is wrong in it is named with its place."""

import re

import pytest
from hypothesis import given

from app.programmes.shipping import shipped_programmes
from app.rules.programmes.check import checked
from app.rules.programmes.reading import UnreadableProgrammes, programmes_in
from app.rules.programmes.writing import file_of
from tests.app.rules.programmes.said_at_random import programmes

GOOD = """format = "rpe-programmes/1"
[[programme]]
university = "University of Somewhere"
level = "PGCert"
title = "Certificate"
[[programme.version]]
academic_year = "2026/27"
[[programme.version.part]]
title = "All"
choose = "all"
[[programme.version.part.module]]
title = "Experience"
credits = 60
kind = "research practice experience"
[[programme.version.cohort]]
name = "Autumn"
starts_on = 2026-09-21
ends_on = 2027-07-30
"""
VERSION = "Programme 1 (University of Somewhere, PGCert), version 1 (2026/27)"
MODULE = f"{VERSION}, part 1 (All), module 1 (Experience)"


@given(programmes)
def test_what_is_written_reads_back_as_just_the_same(said):
    text = file_of(said)
    assert programmes_in(text) == said
    assert file_of(programmes_in(text)) == text


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("rpe-programmes/1", "rpe/9", "The file: “format” must be “rpe-programmes/1”."),
        ("credits = 60", "credits = 61", f"{MODULE}: “credits” must be a whole number from 1 to 60."),
        ("credits = 60", "credits = true", f"{MODULE}: “credits” must be a whole number from 1 to 60."),
        ("credits = 60\n", "", f"{MODULE}: “credits” is missing: write a whole number from 1 to 60."),
        ("kind =", "kinds =", f"{MODULE}: “kinds” is not known here. Known are title, to_confirm, credits, kind."),
        (
            "research practice experience",
            "lecture",
            f"{MODULE}: “kind” must be one of “research practice experience”, “online”, “dissertation”.",
        ),
        (
            "credits = 60",
            'credits = 60\nto_confirm = ["fees"]',
            f"{MODULE}: “to_confirm” must be a list with any of “title”, “credits”.",
        ),
        (
            "2026/27",
            "2026/28",
            "Programme 1 (University of Somewhere, PGCert), version 1: “academic_year” must be two years that follow "
            "each other, like “2026/27”.",
        ),
        (
            'choose = "all"',
            'choose = "all"\nchoose_number = 1',
            f"{VERSION}, part 1 (All): “choose” needs one of: choose = “all”, choose_number = 2, choose_credits = 30.",
        ),
        ("2027-07-30", "2026-07-30", f"{VERSION}, cohort 1 (Autumn): “ends_on” must be on or after “starts_on”."),
        (
            "2027-07-30",
            '"July"',
            f"{VERSION}, cohort 1 (Autumn): “ends_on” must be a date without quotation marks, like 2026-09-21.",
        ),
        (
            'academic_year = "2026/27"',
            'academic_year = "2026/27"\nfees = "www.fees.example"',
            f"{VERSION}: “fees” must be an address that begins with https://.",
        ),
        (
            'title = "Certificate"',
            "title = 3",
            "Programme 1 (University of Somewhere, PGCert): “title” must be a text in quotation marks.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_what_would_be_right(was, becomes, complaint):
    assert programmes_in(GOOD)
    with pytest.raises(UnreadableProgrammes) as raised:
        programmes_in(GOOD.replace(was, becomes, 1))
    assert complaint in raised.value.complaints


def test_everything_that_is_wrong_is_told_at_once():
    wrong = GOOD.replace("credits = 60", "credits = 0").replace("PGCert", "Doctorate") + 'place = "Leeds"\n'
    with pytest.raises(UnreadableProgrammes) as raised:
        programmes_in(wrong)
    assert [re.findall("“(.*?)”", one)[0] for one in raised.value.complaints] == ["level", "credits", "place"]


def test_two_of_one_name_are_told_apart_by_nobody():
    module = GOOD[GOOD.index("[[programme.version.part.module]]") : GOOD.index("[[programme.version.cohort]]")]
    with pytest.raises(UnreadableProgrammes) as raised:
        programmes_in(GOOD.replace(module, module + module))
    assert raised.value.complaints == (f"{VERSION}: 2 modules are called “Experience”. Give each a name of its own.",)


def test_no_toml_is_told_with_the_line():
    with pytest.raises(UnreadableProgrammes, match="at line 2, column"):
        programmes_in('format = "rpe-programmes/1"\nlevel = PGCert\n')


def test_every_way_through_the_programmes_of_the_framework_is_a_level():
    shipped = shipped_programmes()
    found = {
        (one.university, one.level.value): checked(one.level, version.parts)
        for one in shipped
        for version in one.versions
    }
    assert {key: (one.is_proved, one.ways, one.notes) for key, one in found.items()} == {
        ("University of Exeter", "PGCert"): (True, 3, ()),
        ("Newcastle University", "PGCert"): (True, 1, ()),
        ("King's College London", "PGDip"): (True, 6, ()),
        ("University of Exeter", "PGDip"): (True, 1, ()),
        ("The University of Sheffield", "PGDip"): (True, 3, ()),
        ("King's College London", "MSc"): (True, 1, ()),
        ("University of Exeter", "MSc"): (True, 1, ()),
        ("The University of Sheffield", "MSc"): (True, 1, ()),
    }
    assert programmes_in(file_of(shipped)) == shipped
