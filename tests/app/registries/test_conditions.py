"""Conditions lead to specialties by our own table of words."""

import pytest

from app.models.values.specialties import SPECIALTIES
from app.registries.conditions import BEGINNINGS_OF_WORDS, specialties_from


def test_the_table_has_a_line_for_every_specialty() -> None:
    assert set(BEGINNINGS_OF_WORDS) == set(SPECIALTIES)


@pytest.mark.parametrize(
    ("conditions", "specialties"),
    [
        (["Stroke, Acute"], ("Stroke",)),
        (["Diabetic Retinopathy"], ("Diabetes", "Ophthalmology")),
        (["Ménière's disease"], ("Ear, Nose and Throat",)),
        (["Pregnancy", "Epilepsy"], ("Neurological Disorders", "Reproductive Health and Childbirth")),
        (["Healthy Volunteers"], ()),
        ([], ()),
    ],
)
def test_a_condition_points_to_its_specialties(conditions: list[str], specialties: tuple[str, ...]) -> None:
    assert specialties_from(conditions) == specialties


def test_a_cancer_of_an_organ_is_cancer_and_not_the_organs_specialty() -> None:
    assert specialties_from(["Lung cancer"]) == ("Cancer",)
    assert specialties_from(["Childhood brain tumour"]) == ("Cancer", "Children")
    assert specialties_from(["Lung cancer", "Asthma"]) == ("Cancer", "Respiratory Disorders")


def test_a_word_is_found_at_its_beginning_only() -> None:
    assert specialties_from(["Eyewitness memory"]) == ()
    assert specialties_from(["Nonrenal"]) == ()
