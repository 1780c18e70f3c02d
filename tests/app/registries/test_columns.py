"""Column names that registries and people write otherwise, and those that somebody has to say."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.study_status import StudyStatus
from app.registries.columns import digest_of, guessed_columns, layout_for
from app.registries.layouts import UnknownColumns
from app.registries.records import Site, StudyRecord, UnreadableFile
from app.registries.studies import LAYOUTS, read_studies

OWN = "Ref,Project,Stage,Rubbish\nNCT01234567,Walking,RECRUITING,x\n"


def file(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def only_study(text: str, mapped: dict[str, str] | None = None) -> StudyRecord:
    (record,) = read_studies(file(text), mapped)
    assert isinstance(record, StudyRecord)
    return record


@pytest.mark.parametrize(
    "header",
    [
        "NCT_Number,Study_Title,Study_Status",
        "NCT.Number,Study.Title,Study.Status",
        "nct number,STUDY TITLE,study status",
        " NCT  Number ,StudyTitle,study-status",
        "“NCT Number”,Study Title:,Study Status*",
    ],
)
def test_a_column_is_known_whatever_its_case_spaces_and_marks(header):
    study = only_study(f"{header}\nNCT01234567,Walking,TERMINATED\n")
    assert (study.title, study.status) == ("Walking", StudyStatus.STOPPED)


@given(spelled=st.data())
def test_any_marks_between_the_words_of_any_column_change_nothing(spelled):
    for layout in LAYOUTS:
        header = [spelled.draw(st.sampled_from("_. -/")).join(name.split(" ")) for name in layout.columns]
        assert layout_for(header, {}, LAYOUTS)[0] is layout


@pytest.mark.parametrize("hint", ["sep=,", '"sep=,"', "SEP=,", "sep=,,,", "\ufeffsep=,"])
def test_a_spreadsheets_hint_on_the_first_line_is_no_header(hint):
    study = only_study(f"{hint}\nNCT Number,Study Title\nNCT01234567,A study\n")
    assert (study.title, study.line) == ("A study", 3)


def test_the_hint_says_what_stands_between_the_cells():
    assert only_study("sep=;\nNCT Number;Study Title\nNCT01234567;A, B and C\n").title == "A, B and C"


def test_a_file_of_nothing_but_the_hint_is_turned_away():
    with pytest.raises(UnreadableFile):
        list(read_studies(file("sep=,\n")))


@pytest.mark.parametrize(
    ("written", "city"),
    [
        ("Example Site, Enfield, LND, EN3 4GS", "Enfield"),
        ("Example Surgery, Winchester, Hants, SO22 5DG", "Winchester"),
        ("Example Surgery, Winchester, Hants., SO22 5DG", "Winchester"),
        ("Example Site, Slough, GB-SLG, SL1 1AA", "Slough"),
        ("Example Site, Oxford, Oxon, OX1 1AA", "Oxford"),
        ("Example Site, Ayr, South Ayrshire, KA6 6DX", "Ayr"),
        ("Example Site, ELY, CB6 1DN", "ELY"),
        ("Example Site, Bath, BA1 3NG", "Bath"),
    ],
)
def test_a_county_however_short_is_no_city(written, city):
    text = f'NCT Number,Study Title,Locations\nNCT01234568,A study,"{written}, United Kingdom"\n'
    (site,) = only_study(text).sites
    assert site == Site(written.split(",")[0], city, written.rpartition(", ")[2], "United Kingdom")


def test_columns_with_names_of_their_own_are_named_so_that_somebody_can_say_which_is_which():
    with pytest.raises(UnknownColumns) as complaint:
        list(read_studies(file(OWN)))
    assert complaint.value.header == ("Ref", "Project", "Stage", "Rubbish")


def test_what_a_person_says_of_the_columns_is_how_they_are_read():
    study = only_study(OWN, {"ref": "NCT Number", "Project": "Study Title", "Stage": "Study Status"})
    assert (study.title, study.identifiers[0].value, study.status) == ("Walking", "NCT01234567", StudyStatus.OPEN)


def test_a_column_that_is_left_out_is_not_read_though_its_name_is_known():
    text = "Ref,Study Title,Brief Summary\nNCT01234567,Walking,Secret\n"
    assert only_study(text, {"Ref": "NCT Number", "Study Title": "Study Title"}).summary == ""


@pytest.mark.parametrize(
    ("mapped", "sentence"),
    [
        ({"Ref": "NCT Number"}, "Say also which column is “Study Title”, as in a file of ClinicalTrials.gov"),
        ({"Ref": "Study Title", "Project": "Study Title", "Stage": "NCT Number"}, "choose one of the two"),
    ],
)
def test_a_mapping_that_lacks_something_says_what(mapped, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        only_study(OWN, mapped)


def test_each_column_gets_a_guess_by_its_name_or_by_what_stands_in_it():
    text = "Ref,Trial title,Overall_Status,Summry,Rubbish\nNCT01234567,Walking,RECRUITING,It helps,x\n"
    guesses = {column.name: (column.guess, column.example) for column in guessed_columns(file(text), LAYOUTS)}
    assert guesses == {
        "Ref": ("NCT Number", "NCT01234567"),
        "Trial title": ("Study Title", "Walking"),
        "Overall_Status": ("Study Status", "RECRUITING"),
        "Summry": ("Brief Summary", "It helps"),
        "Rubbish": ("", "x"),
    }


def test_no_two_columns_get_the_same_guess():
    guesses = [one.guess for one in guessed_columns(file("Title,Study title,Public title\na,b,c\n"), LAYOUTS)]
    assert guesses.count("Study Title") == 1


def test_the_order_and_spelling_of_names_do_not_make_another_set():
    assert digest_of(["A b", "C"]) == digest_of(["c", "a_B"]) != digest_of(["a", "b", "c"])
