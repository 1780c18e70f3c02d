"""A search finds names however they are typed, on either database: capitals, accents, apostrophes, dashes."""

import pytest
from sqlalchemy import insert, select

from app.models.organisations import Organisation
from app.models.people import Person
from app.rules.search import named, organisation_meant, organisations_like

SIAN = ["sian", "SIÂN", "siân o'neill", "O’NEILL", "oneill", "O Neill", "O´Neill", "neill sian"]


@pytest.mark.parametrize("typed", SIAN)
def test_a_person_is_found_however_her_name_is_typed(session, build, typed):
    person = build.person(name="Siân O’Neill")
    build.person(name="Sean Oneal")
    assert session.scalars(select(Person).where(named(Person.folded_name, typed))).all() == [person]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Élise Østberg", "elise ostberg"),
        ("ELISE", "élise"),
        ("Łukasz Strauß", "lukasz STRAUSS"),
        ("Ann‑Marie", "ann marie"),
    ],
)
def test_letters_that_a_database_does_not_fold_are_folded(session, build, name, typed):
    person = build.person(name=name)
    assert session.scalars(select(Person).where(named(Person.folded_name, typed))).all() == [person]


def test_signs_that_a_database_takes_for_any_letter_are_letters(session, build):
    build.person(name="Jane Example")
    for typed in ("j%e", "j_ne"):
        assert session.scalars(select(Person).where(named(Person.folded_name, typed))).all() == []


def test_a_new_name_is_found_and_the_old_one_no_longer(session, build):
    person = build.person(name="Jane Example")
    person.name = "Zoë Other"
    session.flush()
    assert person.folded_name == "zoe other"


def test_an_organisation_is_found_and_meant_whatever_its_accents(session, build):
    tower = build.organisation(name="Ysbyty Tŵr – St. John’s")
    for typed in ("ysbyty twr st. johns", "YSBYTY TŴR - ST. JOHN'S"):
        found = organisations_like(session, typed)
        assert found == [tower]
        assert organisation_meant(found, typed, "") is tower


def test_rows_that_are_written_without_objects_are_found_as_well(session, build):
    session.execute(insert(Organisation), [{"ods_code": "X1", "name": "Tŵr"}, {"ods_code": "X2", "name": "O’Neill"}])
    assert session.scalars(select(Organisation.folded_name).order_by(Organisation.ods_code)).all() == ["twr", "oneill"]


def test_a_study_is_found_by_both_its_titles(build):
    study = build.study(title="Ménière’s disease", short_title="MÉNI-2")
    assert study.folded_name == "menieres disease meni 2"
