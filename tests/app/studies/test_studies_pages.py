"""The list of studies, the page of one study, and the coordinator's limit of learners."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.audit import AuditLine
from app.models.people import Role
from app.models.studies import OpeningState, Study, StudyIdentifier, StudySite
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.studies.imports.service import search_text_of


@pytest.fixture
def coordinator(build):
    return build.coordinator(build.network("North London"))


@pytest.fixture
def falls(build):
    study = build.study("Falls in Ménière’s disease", [build.specialty("Ear, Nose and Throat")], short_title="FALLS")
    study.search_text = search_text_of(study)
    return study


def rows(page):
    """What stands in the list, without the filters above it."""
    return page.text.split('<div id="studies">')[1]


@pytest.mark.parametrize("typed", ["meniere", "FALLS disease", "ear throat", "cpms", "Ménière’s"])
def test_a_study_is_found_by_words_names_and_numbers(sign_in, build, coordinator, falls, typed):
    other = build.study("Asthma at work")
    other.search_text = "asthma at work"
    page = sign_in(coordinator).get("/studies", query_string={"q": typed})
    assert "Falls in Ménière’s disease" in rows(page)
    assert "Asthma" not in rows(page)
    assert "1 study" in rows(page)


def test_signs_that_a_database_could_take_for_jokers_are_only_letters(sign_in, coordinator, falls):
    browser = sign_in(coordinator)
    for typed in ("fall%disease", "f_lls", "100%"):
        assert "No study has all of that" in browser.get("/studies", query_string={"q": typed}).text


def test_the_list_is_filtered_by_status_and_specialty_in_the_address(sign_in, build, coordinator, falls):
    build.study("Asthma at work", [build.specialty("Respiratory")], status=StudyStatus.COMPLETED)
    browser = sign_in(coordinator)
    assert "Falls" not in rows(browser.get("/studies?status=COMPLETED"))
    assert "Asthma" in rows(browser.get("/studies?status=COMPLETED"))
    page = browser.get(f"/studies?specialty={falls.specialties[0].id}")
    assert "Asthma" not in rows(page)
    assert "selected>Ear, Nose and Throat" in page.text
    assert "2 studies" in rows(browser.get("/studies?status=nonsense&specialty=x&page=-3"))


def test_the_list_is_put_in_another_order_and_downloaded_as_it_is_shown(sign_in, build, coordinator, falls):
    build.opening(study=build.study("Walking to work", status=StudyStatus.COMPLETED))
    build.study("=Asthma at work", [build.specialty("Respiratory")])
    browser = sign_in(coordinator)
    titles = ("=Asthma at work", "Falls in", "Walking to work")

    def order(sort):
        page = rows(browser.get("/studies", query_string={"sort": sort}))
        return sorted(titles, key=page.index)

    assert order("title") == order("nonsense") == list(titles)
    assert order("openings")[0] == "Walking to work"
    assert order("status")[0] == "Walking to work"
    assert "/studies.csv?q=&amp;status=OPEN&amp;specialty=&amp;sort=openings" in rows(
        browser.get("/studies?status=OPEN&sort=openings")
    )
    lines = browser.get("/studies.csv?status=OPEN").text.splitlines()
    assert lines[0] == "\ufeffTitle,Short name,Status,Specialties,Registry numbers,Openings"
    assert [line.split(",")[0] for line in lines[1:]] == ["'=Asthma at work", "Falls in Ménière’s disease"]
    assert lines[1].startswith("'=Asthma at work,,open,Respiratory,CPMS 9")


def test_the_list_is_cut_into_pages_that_keep_the_search(sign_in, build, coordinator):
    for n in range(51):
        build.study(f"Trial {n:02}")
    browser = sign_in(coordinator)
    first, second = browser.get("/studies?q=trial"), browser.get("/studies?q=trial&page=2")
    assert "51 studies, page 1 of 2" in rows(first)
    assert "q=trial&amp;status=&amp;specialty=&amp;sort=title&amp;page=2" in rows(first)
    assert ("Trial 49" in rows(first), "Trial 50" in rows(first)) == (True, False)
    assert ("Trial 49" in rows(second), "Trial 50" in rows(second)) == (False, True)


def test_typing_brings_only_the_list(sign_in, coordinator, falls):
    answer = sign_in(coordinator).get("/studies?q=falls", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<div id="studies">')
    assert "1 study" in answer.headers["HX-Trigger-After-Settle"]


def test_the_list_takes_the_same_queries_however_many_studies_there_are(sign_in, build, coordinator, queries):
    def add():
        build.opening(study=build.study(specialties=[build.specialty(), build.specialty()]))

    def count():
        browser = sign_in(coordinator)
        with queries() as statements:
            assert browser.get("/studies").status_code == 200
        return len(statements)

    add()
    few = count()
    for _ in range(9):
        add()
    assert count() == few


def test_without_studies_the_list_says_where_they_come_from(sign_in, build, coordinator):
    assert "The administrator of this service can import them" in sign_in(coordinator).get("/studies").text
    assert "Import studies" in sign_in(build.person(Role.ADMINISTRATOR)).get("/studies").text


def test_the_page_of_a_study_says_what_the_registries_say(sign_in, build, coordinator, falls):
    falls.identifiers.append(StudyIdentifier(scheme=Scheme.NCT, value="NCT01234567"))
    falls.identifiers.append(StudyIdentifier(scheme=Scheme.IRAS, value="12"))
    falls.sites = [StudySite(name="Old Infirmary", city="Leeds", country="United Kingdom")]
    falls.summary, falls.phase = "Who falls, and why.", "Phase 3"
    page = sign_in(coordinator).get(f"/studies/{falls.id}").text
    for words in ("Who falls, and why.", "Phase 3", "Old Infirmary, Leeds", "Ear, Nose and Throat", "Format only"):
        assert words in page
    assert 'href="https://clinicaltrials.gov/study/NCT01234567"' in page
    assert "12 looks unusual" in page
    assert "it has a single site" in page


def test_the_page_of_a_study_shows_its_openings_but_not_those_withdrawn(sign_in, build, coordinator, falls):
    build.opening(build.mentor(name="Here Mentor"), falls, places=2)
    build.opening(build.mentor(name="Gone Mentor"), falls, state=OpeningState.WITHDRAWN)
    page = sign_in(coordinator).get(f"/studies/{falls.id}").text
    assert "Here Mentor" in page
    assert "Gone Mentor" not in page


def test_the_page_of_a_study_takes_the_same_queries_however_many_openings_it_has(
    sign_in, build, coordinator, falls, queries
):
    def count():
        browser = sign_in(coordinator)
        with queries() as statements:
            assert browser.get(f"/studies/{falls.id}").status_code == 200
        return len(statements)

    build.opening(study=falls)
    few = count()
    for _ in range(6):
        build.opening(study=falls)
    assert count() == few


def test_a_mentor_is_led_to_offer_places_or_to_the_opening_that_she_has(sign_in, build, falls):
    mentor = build.mentor()
    browser = sign_in(mentor)
    assert "Offer places on this study" in browser.get(f"/studies/{falls.id}").text
    opening = build.opening(mentor, falls)
    browser = sign_in(mentor)
    page = browser.get(f"/studies/{falls.id}").text
    assert f'href="/openings/{opening.id}"' in page
    assert "Offer places on this study" not in page


@pytest.mark.parametrize(("typed", "limit"), [("3", 3), ("0", 0), ("", None)])
def test_a_coordinator_limits_the_learners_of_a_study(sign_in, session, look_again, coordinator, falls, typed, limit):
    falls.learner_limit = 5
    answer = sign_in(coordinator).post(f"/studies/{falls.id}/limit", data={"learner_limit": typed})
    assert answer.status_code == 303
    look_again()
    assert session.get(Study, falls.id).learner_limit == limit
    line = session.scalars(select(AuditLine)).one()
    assert (line.deed, line.details) == ("limited the learners of a study", {"before": 5, "after": limit})


@pytest.mark.parametrize("typed", ["-1", "201", "three", "2.5"])
def test_a_limit_that_is_none_is_refused_and_kept_as_typed(sign_in, session, look_again, coordinator, falls, typed):
    page = sign_in(coordinator).post(f"/studies/{falls.id}/limit", data={"learner_limit": typed})
    assert (page.status_code, f'value="{typed}"' in page.text) == (422, True)
    look_again()
    assert session.get(Study, falls.id).learner_limit is None


def test_a_limit_leaves_fewer_places_on_every_opening(sign_in, build, coordinator, falls):
    mentor = build.mentor()
    opening = build.opening(mentor, falls, places=2)
    build.offer(opening=opening)
    sign_in(coordinator).post(f"/studies/{falls.id}/limit", data={"learner_limit": "1"})
    assert "2, 0 left" in sign_in(mentor).get(f"/openings/{opening.id}").text


def test_only_coordinators_limit_and_only_those_who_may_see_studies(sign_in, build, falls):
    learner, mentor = build.learner(), build.mentor()
    assert sign_in(mentor).post(f"/studies/{falls.id}/limit", data={"learner_limit": "1"}).status_code == 403
    assert "Save the limit" not in sign_in(mentor).get(f"/studies/{falls.id}").text
    for path in ("/studies", f"/studies/{falls.id}"):
        assert sign_in(learner).get(path).status_code == 403


def test_a_study_that_is_not_there_is_not_found(sign_in, coordinator):
    browser = sign_in(coordinator)
    assert browser.get("/studies/999").status_code == 404
    assert browser.post("/studies/999/limit", data={"learner_limit": "1"}).status_code == 404


def test_a_study_in_setup_that_opens_late_or_is_commercial_says_so(sign_in, build, coordinator, today):
    study = build.study(status=StudyStatus.IN_SETUP, starts_on=today + timedelta(days=200), is_commercial=True)
    page = sign_in(coordinator).get(f"/studies/{study.id}").text
    assert "because it is commercial and it opens more than four months from now" in page
