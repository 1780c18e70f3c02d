"""Registration numbers: each register's own form, the right register for a profession, and what is merely odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.registration import (
    HCPC_PREFIXES,
    BadRegistrationNumber,
    Profession,
    Regulator,
    check_registration_number,
    registration_warnings,
)


@pytest.mark.parametrize(
    ("profession", "regulator", "typed", "stored"),
    [
        (Profession.DOCTOR, Regulator.GMC, " 123 4567 ", "1234567"),
        (Profession.DOCTOR, Regulator.GMC, "l123456", "L123456"),
        (Profession.DOCTOR, Regulator.GMC, "C1234567", "1234567"),
        (Profession.PHYSICIAN_ASSOCIATE, Regulator.GMC, "a1234567", "A1234567"),
        (Profession.NURSE, Regulator.NMC, "71a2998e", "71A2998E"),
        (Profession.MIDWIFE, Regulator.NMC, "12 A 3456 B", "12A3456B"),
        (Profession.PHARMACIST, Regulator.GPHC, "2012345", "2012345"),
        (Profession.PHYSIOTHERAPIST, Regulator.HCPC, "ph123456", "PH123456"),
        (Profession.PRACTITIONER_PSYCHOLOGIST, Regulator.HCPC, "PYL123456", "PYL123456"),
        (Profession.OPERATING_DEPARTMENT_PRACTITIONER, Regulator.HCPC, "ODP1", "ODP1"),
        (Profession.HEARING_AID_DISPENSER, Regulator.HCPC, "HAD12345", "HAD12345"),
        (Profession.OPTOMETRIST, Regulator.GOC, "01–09491", "01-09491"),
        (Profession.SOCIAL_WORKER, Regulator.SWE, "sw12345", "SW12345"),
    ],
)
def test_a_number_in_its_registers_form_is_stored_in_capitals_without_spaces(
    profession: Profession, regulator: Regulator, typed: str, stored: str
) -> None:
    assert check_registration_number(profession, regulator, typed) == stored


@pytest.mark.parametrize(
    ("profession", "regulator", "typed"),
    [
        (Profession.DOCTOR, Regulator.GMC, "123456"),
        (Profession.DOCTOR, Regulator.GMC, "12345678"),
        (Profession.DOCTOR, Regulator.GMC, "L1234567"),
        (Profession.DOCTOR, Regulator.GMC, "A1234567"),  # an associate's number
        (Profession.DOCTOR, Regulator.GMC, "123456\u0667"),
        (Profession.DOCTOR, Regulator.GMC, "1234567\nX"),
        (Profession.NURSE, Regulator.NMC, "71A2998"),
        (Profession.NURSE, Regulator.NMC, "A712998E"),
        (Profession.PHARMACY_TECHNICIAN, Regulator.GPHC, "501234"),
        (Profession.PHYSIOTHERAPIST, Regulator.HCPC, "123456"),
        (Profession.PHYSIOTHERAPIST, Regulator.HCPC, "PH1234567"),
        (Profession.PHYSIOTHERAPIST, Regulator.HCPC, "PH"),
        (Profession.DENTIST, Regulator.GDC, "none"),
        (Profession.DENTIST, Regulator.GDC, "1" * 21),
    ],
)
def test_a_number_in_another_form_is_refused_with_what_was_typed(
    profession: Profession, regulator: Regulator, typed: str
) -> None:
    with pytest.raises(BadRegistrationNumber, match=r"You gave “.+”\.$"):
        check_registration_number(profession, regulator, typed)


def test_a_physiotherapist_is_told_the_letters_of_her_own_numbers() -> None:
    with pytest.raises(BadRegistrationNumber, match="PH and up to six digits, for example PH12345"):
        check_registration_number(Profession.PHYSIOTHERAPIST, Regulator.HCPC, "123456")


def test_the_letters_of_another_hcpc_profession_are_refused_and_named() -> None:
    with pytest.raises(BadRegistrationNumber) as refusal:
        check_registration_number(Profession.PHYSIOTHERAPIST, Regulator.HCPC, "OT12345")
    assert str(refusal.value) == (
        "OT12345 is the number of an occupational therapist, and you chose a physiotherapist,"
        " whose numbers begin with PH. Change the number or the profession."
    )


@given(
    own=st.sampled_from(sorted(HCPC_PREFIXES, key=lambda one: one.value)),
    shown=st.sampled_from(sorted(HCPC_PREFIXES, key=lambda one: one.value)),
    number=st.integers(1, 999_999),
)
def test_an_hcpc_number_is_taken_from_its_own_profession_only(own: Profession, shown: Profession, number: int) -> None:
    text = f"{HCPC_PREFIXES[shown]}{number}"
    if own is shown:
        assert check_registration_number(own, Regulator.HCPC, text) == text
    else:
        with pytest.raises(BadRegistrationNumber):
            check_registration_number(own, Regulator.HCPC, text)


def test_a_regulator_that_does_not_register_the_profession_is_refused_and_the_right_one_named() -> None:
    with pytest.raises(BadRegistrationNumber, match=r"choose the Nursing and Midwifery Council \(NMC\)"):
        check_registration_number(Profession.NURSE, Regulator.GMC, "1234567")
    with pytest.raises(BadRegistrationNumber, match=r"\(GPhC\) or Pharmaceutical Society of Northern Ireland \(PSNI\)"):
        check_registration_number(Profession.PHARMACIST, Regulator.GMC, "1234567")


def test_a_role_without_a_regulator_needs_no_number() -> None:
    assert Profession.OTHER.regulators == ()
    with pytest.raises(BadRegistrationNumber, match="leave the number out"):
        check_registration_number(Profession.OTHER, Regulator.HCPC, "PH12345")


def test_a_number_may_be_left_out_and_an_empty_one_says_so() -> None:
    with pytest.raises(BadRegistrationNumber, match="Enter the NMC number, or leave it out"):
        check_registration_number(Profession.NURSE, Regulator.NMC, "  ")


@pytest.mark.parametrize(
    ("profession", "regulator", "number"),
    [
        (Profession.PHARMACIST, Regulator.GPHC, "5012345"),
        (Profession.PHYSICIAN_ASSOCIATE, Regulator.GMC, "1234567"),
        (Profession.OPTOMETRIST, Regulator.GOC, "D-12345"),
        (Profession.DENTIST, Regulator.GDC, "1234567"),
        (Profession.OSTEOPATH, Regulator.GOSC, "12A"),
        (Profession.CHIROPRACTOR, Regulator.GCC, "12A"),
        (Profession.SOCIAL_WORKER, Regulator.SWE, "12345"),
        (Profession.PHARMACIST, Regulator.PSNI, "P123"),
    ],
)
def test_an_odd_number_is_taken_with_a_warning(profession: Profession, regulator: Regulator, number: str) -> None:
    assert check_registration_number(profession, regulator, number) == number
    (warning,) = registration_warnings(profession, regulator, number)
    assert warning.startswith(f"{number} looks unusual")


@pytest.mark.parametrize(
    ("profession", "regulator", "number"),
    [
        (Profession.PHARMACIST, Regulator.GPHC, "2012345"),
        (Profession.PHARMACY_TECHNICIAN, Regulator.GPHC, "5012345"),
        (Profession.ANAESTHESIA_ASSOCIATE, Regulator.GMC, "A1234567"),
        (Profession.OPTOMETRIST, Regulator.GOC, "01-09491"),
        (Profession.DENTIST, Regulator.GDC, "123456"),
        (Profession.SOCIAL_WORKER, Regulator.SWE, "SW12345"),
        (Profession.NURSE, Regulator.NMC, "71A2998E"),
    ],
)
def test_a_usual_number_raises_no_warning(profession: Profession, regulator: Regulator, number: str) -> None:
    assert registration_warnings(profession, regulator, number) == []


def test_every_profession_but_the_last_has_a_regulator_and_every_regulator_a_profession() -> None:
    assert [one for one in Profession if not one.regulators] == [Profession.OTHER]
    assert {regulator for one in Profession for regulator in one.regulators} == set(Regulator)
    assert len(HCPC_PREFIXES) == 15


@given(
    profession=st.sampled_from([one for one in Profession if one.regulators]), text=st.text(max_size=40), data=st.data()
)
def test_any_text_is_either_a_lasting_number_or_refused_in_words(
    profession: Profession, text: str, data: st.DataObject
) -> None:
    regulator = data.draw(st.sampled_from(profession.regulators))
    try:
        number = check_registration_number(profession, regulator, text)
    except BadRegistrationNumber as refusal:
        number, sentence = "", str(refusal)
    if number:
        assert check_registration_number(profession, regulator, number) == number
    else:
        assert sentence.endswith(".")
