"""The list of studies, the page of one study, and the coordinator's limit of learners."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import Role
from app.models.studies import OpeningState, Study, StudyIdentifier, StudySite
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.studies.imports.service import search_text_of
from tests.screen import shown


@pytest.fixture
def coordinator(build):
    return build.coordinator(build.network("North London"))


@pytest.fixture
def falls(build):
    study = build.study("Falls in Ménière’s disease", [build.specialty("Ear, Nose and Throat")], short_title="FALLS")
    study.search_text = search_text_of(study)
    return study


def titles(page):
    """The titles of the studies in the order of their rows."""
    return [row.links[0] for row in page.table("Studies").all_rows()]


def summary(page):
    """What stands above the list: the number of studies, and what can be done with all of them."""
    return page.part("studies").paragraphs[0]


@pytest.mark.parametrize("typed", ["meniere", "FALLS disease", "ear throat", "cpms", "Ménière’s"])
def test_a_study_is_found_by_words_names_and_numbers(sign_in, build, coordinator, falls, typed):
    other = build.study("Asthma at work")
    other.search_text = "asthma at work"
    page = shown(sign_in(coordinator).get("/studies", query_string={"q": typed}))
    assert titles(page) == ["Falls in Ménière’s disease"]
    assert summary(page) == "1 study. Show all. Download it as CSV"
    assert page.field("Words or a number").value == typed


def test_signs_that_a_database_could_take_for_jokers_are_only_letters(sign_in, coordinator, falls):
    browser = sign_in(coordinator)
    for typed in ("fall%disease", "f_lls", "100%"):
        page = shown(browser.get("/studies", query_string={"q": typed}))
        assert page.rows == []
        assert page.part("studies").paragraphs == [
            "0 studies. Show all",
            "No study has all of that. Try fewer words or another status.",
        ]


def test_the_list_is_filtered_by_status_and_specialty_in_the_address(sign_in, build, coordinator, falls):
    build.study("Asthma at work", [build.specialty("Respiratory")], status=StudyStatus.COMPLETED)
    browser = sign_in(coordinator)
    completed = shown(browser.get("/studies?status=COMPLETED"))
    assert titles(completed) == ["Asthma at work"]
    assert completed.table("Studies").tags == ["Completed"]
    assert completed.field("Status").value == "Completed"
    of_ears = shown(browser.get(f"/studies?specialty={falls.specialties[0].id}"))
    assert titles(of_ears) == ["Falls in Ménière’s disease"]
    assert of_ears.field("Specialty").value == "Ear, Nose and Throat"
    nonsense = shown(browser.get("/studies?status=nonsense&specialty=x&page=-3"))
    assert titles(nonsense) == ["Asthma at work", "Falls in Ménière’s disease"]
    assert (nonsense.field("Status").value, nonsense.field("Specialty").value) == ("Every status", "Every specialty")


def test_the_list_is_put_in_another_order_and_downloaded_as_it_is_shown(sign_in, build, coordinator, falls):
    build.opening(study=build.study("Walking to work", status=StudyStatus.COMPLETED))
    build.study("=Asthma at work", [build.specialty("Respiratory")])
    browser = sign_in(coordinator)
    asthma, of_falls, walking = "=Asthma at work", "Falls in Ménière’s disease", "Walking to work"

    def order(sort):
        return titles(shown(browser.get("/studies", query_string={"sort": sort})))

    assert order("title") == order("nonsense") == [asthma, of_falls, walking]
    assert order("openings") == [walking, asthma, of_falls]
    assert order("status") == [walking, asthma, of_falls]
    page = shown(browser.get("/studies?status=OPEN&sort=openings"))
    assert page.link("Download them as CSV") == "/studies.csv?q=&status=OPEN&specialty=&sort=openings"
    lines = browser.get("/studies.csv?status=OPEN").text.splitlines()
    assert lines[0] == "\ufeffTitle,Short name,Status,Specialties,Registry numbers,Openings"
    assert [line.split(",")[0] for line in lines[1:]] == ["'=Asthma at work", "Falls in Ménière’s disease"]
    assert lines[1].startswith("'=Asthma at work,,open,Respiratory,CPMS 9")


def test_the_list_is_cut_into_pages_that_keep_the_search(sign_in, build, coordinator):
    for n in range(51):
        build.study(f"Trial {n:02}")
    browser = sign_in(coordinator)
    first = shown(browser.get("/studies?q=trial"))
    assert summary(first).startswith("51 studies, page 1 of 2.")
    assert titles(first) == [f"Trial {n:02}" for n in range(50)]
    second = shown(browser.get(first.nav("Pages").link("Next: Page 2 of 2")))
    assert titles(second) == ["Trial 50"]
    assert second.field("Words or a number").value == "trial"
    assert second.nav("Pages").links == ["Previous: Page 1 of 2"]


def test_typing_brings_only_the_list(sign_in, coordinator, falls):
    answer = sign_in(coordinator).get("/studies?q=falls", headers={"HX-Request": "true"})
    part = shown(answer)
    assert (part.headings, part.fields, titles(part)) == ([], [], ["Falls in Ménière’s disease"])
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
    page = shown(sign_in(coordinator).get("/studies"))
    assert page.paragraphs[1] == "The administrator of this service can import them."
    assert "Import studies" not in page.links
    page = shown(sign_in(build.person(Role.ADMINISTRATOR)).get("/studies"))
    assert page.link("Import studies") == "/studies/import"


def test_the_page_of_a_study_says_what_the_registries_say(sign_in, build, coordinator, falls):
    falls.identifiers.append(StudyIdentifier(scheme=Scheme.NCT, value="NCT01234567"))
    falls.identifiers.append(StudyIdentifier(scheme=Scheme.IRAS, value="12"))
    falls.sites = [StudySite(name="Old Infirmary", city="Leeds", country="United Kingdom")]
    falls.summary, falls.phase = "Who falls, and why.", "Phase 3"
    page = shown(sign_in(coordinator).get(f"/studies/{falls.id}"))
    assert page.heading == "Falls in Ménière’s disease"
    assert "Who falls, and why." in page.paragraphs
    assert (page.row("Phase").value, page.row("Specialties").value) == ("Phase 3", "Ear, Nose and Throat")
    numbers = page.row("Registry numbers")
    assert numbers.link("NCT01234567 in the registry") == "https://clinicaltrials.gov/study/NCT01234567"
    assert "12 looks unusual" in numbers.paragraphs[2]
    assert numbers.paragraphs[3].startswith("Format only")
    [note] = [line for line in page.paragraphs if line.startswith("Good to know: ")]
    assert "it has a single site" in note
    assert page.section("Sites").items == ["Old Infirmary, Leeds"]


def test_the_page_of_a_study_shows_its_openings_but_not_those_withdrawn(sign_in, build, coordinator, falls):
    build.opening(build.mentor(name="Here Mentor"), falls, places=2)
    build.opening(build.mentor(name="Gone Mentor"), falls, state=OpeningState.WITHDRAWN)
    openings = shown(sign_in(coordinator).get(f"/studies/{falls.id}")).table("Openings on this study")
    assert openings.rows == ["Here Mentor"]
    assert (openings.row("Here Mentor")["Places"], openings.row("Here Mentor")["Left"]) == ("2", "2")


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
    page = shown(browser.get(f"/studies/{falls.id}"))
    assert page.link("Offer places on this study") == f"/openings/new/{falls.id}"
    assert "Your opening on this study" not in page.links
    opening = build.opening(mentor, falls)
    browser = sign_in(mentor)
    page = shown(browser.get(f"/studies/{falls.id}"))
    assert page.link("Your opening on this study") == f"/openings/{opening.id}"
    assert "Offer places on this study" not in page.links


@pytest.mark.parametrize(("typed", "limit"), [("3", 3), ("0", 0), ("", None)])
def test_a_coordinator_limits_the_learners_of_a_study(
    sign_in, build, session, look_again, coordinator, falls, typed, limit
):
    falls.learner_limit = 5
    build.opening(study=falls, network=coordinator.grants[0].network)
    answer = sign_in(coordinator).post(f"/studies/{falls.id}/limit", data={"learner_limit": typed})
    assert answer.status_code == 303
    look_again()
    assert session.get(Study, falls.id).learner_limit == limit
    line = session.scalars(select(AuditLine)).one()
    assert line.deed == "limited the learners of a study"
    assert line.details == {
        "before": "5 learners at most",
        "after": {3: "3 learners at most", 0: "0 learners at most", None: "any number of learners"}[limit],
    }


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-1", "must be between 0 and 200"),
        ("201", "must be between 0 and 200"),
        ("three", "must be a whole number"),
        ("2.5", "must be a whole number"),
    ],
)
def test_a_limit_that_is_none_is_refused_and_kept_as_typed(
    sign_in, session, look_again, coordinator, falls, typed, words
):
    answer = sign_in(coordinator).post(f"/studies/{falls.id}/limit", data={"learner_limit": typed})
    assert answer.status_code == 422
    page = shown(answer)
    label, message = page.complaint
    assert label == "Most learners at once over all openings"
    assert words in message
    assert page.field(label).value == typed
    look_again()
    assert session.get(Study, falls.id).learner_limit is None


@pytest.mark.parametrize(
    ("typed", "label", "words"),
    [
        ({"minimum_if_used": "1"}, "Fewest learners to start with", "must be between 2 and 200"),
        ({"learner_minimum": "0"}, "Learners that a round must give it", "must be between 1 and 200"),
        ({"minimum_if_used": "5"}, "Fewest learners to start with", "takes at most 4 at once, so 5 can never be there"),
        ({"learner_minimum": "5"}, "Learners that a round must give it", "takes at most 4 at once, so 5 can never"),
    ],
)
def test_more_learners_at_the_least_than_at_the_most_are_refused(
    sign_in, build, session, look_again, coordinator, falls, typed, label, words
):
    build.opening(study=falls, network=coordinator.grants[0].network)
    answer = sign_in(coordinator).post(f"/studies/{falls.id}/limit", data={"learner_limit": "4", **typed})
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert (where, words in message) == (label, True)
    assert page.field(label).value == next(iter(typed.values()))
    look_again()
    assert (falls.learner_limit, falls.learner_minimum, falls.minimum_if_used) == (None, 0, 0)


def test_a_study_that_trains_groups_says_so_and_its_mentors_hear_it(
    sign_in, build, look_again, coordinator, falls, mails
):
    mentor = build.opening(study=falls, network=coordinator.grants[0].network).mentor
    typed = {"learner_limit": "", "minimum_if_used": "3", "learner_minimum": "4"}
    email, browser = mentor.email, sign_in(coordinator)
    assert browser.post(f"/studies/{falls.id}/limit", data=typed).status_code == 303
    look_again()
    assert (falls.learner_minimum, falls.minimum_if_used) == (4, 3)
    [(to, subject, _)] = mails()
    assert (to, "any number of learners, nobody or at least 3, at least 4 from a round" in subject) == (email, True)
    page = shown(browser.get(f"/studies/{falls.id}"))
    assert page.row("Fewest learners to start with").value == "3"
    assert page.field("Fewest learners to start with").value == "3"


def test_a_limit_leaves_fewer_places_on_every_opening(sign_in, build, coordinator, falls):
    mentor = build.mentor()
    opening = build.opening(mentor, falls, places=2, network=coordinator.grants[0].network)
    build.offer(opening=opening)
    sign_in(coordinator).post(f"/studies/{falls.id}/limit", data={"learner_limit": "1"})
    assert shown(sign_in(mentor).get(f"/openings/{opening.id}")).row("Places").value == "2, 0 left"


def test_only_coordinators_limit_and_only_those_who_may_see_studies(sign_in, build, falls):
    learner, mentor = build.learner(), build.mentor()
    assert sign_in(mentor).post(f"/studies/{falls.id}/limit", data={"learner_limit": "1"}).status_code == 403
    assert "Save the numbers" not in shown(sign_in(mentor).get(f"/studies/{falls.id}")).buttons
    coordinator = build.coordinator(build.opening(study=falls).network)
    assert "Save the numbers" in shown(sign_in(coordinator).get(f"/studies/{falls.id}")).buttons
    for path in ("/studies", f"/studies/{falls.id}"):
        assert sign_in(learner).get(path).status_code == 403


def test_whoever_hosts_a_study_limits_it_and_the_others_are_told(sign_in, build, falls, mails):
    here, elsewhere = build.opening(study=falls), build.opening(study=falls)
    build.opening(study=falls, state=OpeningState.WITHDRAWN)
    limiting, other = build.coordinator(here.network), build.coordinator(elsewhere.network)
    emails = {limiting.email, other.email, here.mentor.email, elsewhere.mentor.email}
    own = limiting.email
    address = f"/studies/{falls.id}"
    assert sign_in(limiting).post(f"{address}/limit", data={"learner_limit": "3"}).status_code == 303
    assert {to for to, _, _ in mails()} == emails - {own}
    assert {subject for _, subject, _ in mails()} == {"“FALLS” now takes 3 learners at most"}
    assert sign_in(limiting).post(f"{address}/limit", data={"learner_limit": "3"}).status_code == 303
    assert len(mails()) == 3, "nothing changed, so nobody is told again"


@pytest.mark.parametrize("state", [None, OpeningState.WITHDRAWN])
def test_nobody_limits_a_study_that_is_not_in_her_network(
    sign_in, build, session, falls, coordinator, look_again, state
):
    build.opening(study=falls)
    if state:
        build.opening(study=falls, network=coordinator.grants[0].network, state=state)
    browser, address = sign_in(coordinator), f"/studies/{falls.id}"
    page = shown(browser.get(address))
    assert "Save the numbers" not in page.buttons
    assert page.says("You coordinate no network in which this study has an opening.")
    assert browser.post(f"{address}/limit", data={"learner_limit": "0"}).status_code == 422
    look_again()
    assert falls.learner_limit is None


def test_a_study_that_is_not_there_is_not_found(sign_in, coordinator):
    browser = sign_in(coordinator)
    assert browser.get("/studies/999").status_code == 404
    assert browser.post("/studies/999/limit", data={"learner_limit": "1"}).status_code == 404


def test_a_study_in_setup_that_opens_late_or_is_commercial_says_so(sign_in, build, coordinator, today):
    study = build.study(status=StudyStatus.IN_SETUP, starts_on=today + timedelta(days=200), is_commercial=True)
    page = shown(sign_in(coordinator).get(f"/studies/{study.id}"))
    assert page.tags == ["In set-up"]
    [note] = [line for line in page.paragraphs if line.startswith("Good to know: ")]
    assert "because it is commercial and it opens more than four months from now" in note
