"""A mentor describes herself and publishes, changes, pauses, resumes and withdraws openings."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.audit import AuditLine
from app.models.outbox import Message
from app.models.people import MentorProfile, Role
from app.models.placements import OfferState
from app.models.programmes import Level
from app.models.studies import Opening, OpeningState
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus

SECOND_LOOK = "If it is right as it is, tick the box"


def day(field, date):
    return {f"{field}-day": str(date.day), f"{field}-month": str(date.month), f"{field}-year": str(date.year)}


@pytest.fixture
def network(build):
    return build.network("North London")


@pytest.fixture
def hospital(build, network):
    return build.organisation(network, name="Guy's and St Thomas' NHS Foundation Trust", ods_code="RJ1")


@pytest.fixture
def mentor(build, hospital):
    return build.mentor(name="A Mentor")


@pytest.fixture
def study(build):
    return build.study("Falls in old age")


@pytest.fixture
def offer(hospital, today):
    """What a mentor fills in on a new opening."""
    return {
        "organisation": "guys thomas",
        "places": "2",
        "levels": ["PGCERT", "PGDIP"],
        "learner_does": "Screening notes and consent.",
        **day("starts_on", today + timedelta(days=30)),
        **day("ends_on", today + timedelta(days=200)),
    }


@pytest.fixture
def answers(hospital):
    """What a mentor fills in on her profile."""
    return {
        "profession": "NURSE",
        "job_title": "Research nurse",
        "organisation": "RJ1",
        "teaches": "Consent talks with older people.",
        "learners_max": "3",
        "hours_a_month": "12",
    }


def only_opening(session):
    return session.scalars(select(Opening)).one()


def test_a_published_opening_says_all_that_was_offered(
    sign_in, session, look_again, mentor, study, offer, network, today
):
    answer = sign_in(mentor).post(f"/openings/new/{study.id}", data={**offer, "professions": ["NURSE"]})
    look_again()
    opening = only_opening(session)
    assert (answer.status_code, answer.location) == (303, f"/openings/{opening.id}")
    assert (opening.state, opening.places, opening.network_id) == (OpeningState.PUBLISHED, 2, network.id)
    assert (opening.levels, opening.professions) == ({Level.PGCERT, Level.PGDIP}, {Profession.NURSE})
    assert opening.starts_on == today + timedelta(days=30)
    line = session.scalars(select(AuditLine)).one()
    assert (line.deed, line.subject_id) == ("published an opening", opening.id)


def test_the_study_is_found_by_typing_and_chosen_without_a_script(sign_in, build, mentor, study):
    build.study("Falls that are over", status=StudyStatus.COMPLETED)
    browser = sign_in(mentor)
    page = browser.get("/openings/new?q=FALLS+age").text
    assert "Falls in old age" in page
    assert "Falls that are over" not in browser.get("/openings/new?q=falls").text
    assert "Choose one of the studies" in browser.get("/openings/new?q=falls&go=1").text
    answer = browser.get(f"/openings/new?q=falls&study={study.id}&go=1")
    assert answer.location == f"/openings/new/{study.id}"


def test_what_is_typed_brings_only_the_part_with_the_studies(sign_in, mentor, study):
    answer = sign_in(mentor).get("/openings/new?q=falls", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "Falls in old age" in answer.text
    assert "1 study shown" in answer.headers["HX-Trigger-After-Settle"]


def test_the_organisation_is_found_without_a_script_and_what_was_typed_is_kept(sign_in, session, mentor, study, offer):
    browser = sign_in(mentor)
    page = browser.post(f"/openings/new/{study.id}", data={**offer, "find": "organisation"})
    assert page.status_code == 200
    assert "Guy&#39;s and St Thomas&#39; NHS Foundation Trust (RJ1)" in page.text
    assert "Screening notes and consent." in page.text
    assert "There is a problem" not in page.text
    assert session.scalars(select(Opening)).all() == []


def test_several_organisations_must_be_told_apart(sign_in, build, session, look_again, mentor, study, offer, hospital):
    other = build.organisation(hospital.network, name="Guys Cross Community Thomas Trust")
    browser = sign_in(mentor)
    page = browser.post(f"/openings/new/{study.id}", data=offer)
    assert page.status_code == 422
    assert "Choose one of the organisations found" in page.text
    assert "Guys Cross Community Thomas Trust" in page.text
    browser.post(f"/openings/new/{study.id}", data={**offer, "organisation_id": str(other.id)})
    look_again()
    assert only_opening(session).organisation_id == other.id


def test_an_organisation_that_was_picked_before_other_words_were_typed_does_not_count(
    sign_in, build, session, look_again, mentor, study, offer, hospital
):
    other = build.organisation(hospital.network, name="Lewisham Trust")
    sign_in(mentor).post(f"/openings/new/{study.id}", data={**offer, "organisation_id": str(other.id)})
    look_again()
    assert only_opening(session).organisation_id == hospital.id


def test_organisations_are_found_by_any_words_of_their_name_or_by_code(sign_in, build, hospital):
    build.organisation(name="Guy's Old Hospital", closed_on=build.today)
    browser = sign_in(build.learner())
    for typed in ("guys", "st thomas", "GUY'S", "rj1", "thomas’ found"):
        assert "(RJ1)" in browser.get("/find/organisations", query_string={"organisation": typed}).text
    assert "Old Hospital" not in browser.get("/find/organisations?organisation=guys").text
    assert "No organisation has these words" in browser.get("/find/organisations?organisation=leeds").text


def test_an_organisation_without_a_network_asks_for_one(sign_in, build, mentor, study, offer, network):
    build.organisation(name="Somewhere Trust", ods_code="X99")
    browser = sign_in(mentor)
    page = browser.post(f"/openings/new/{study.id}", data={**offer, "organisation": "X99"})
    assert (page.status_code, "We do not know the network" in page.text) == (422, True)
    answer = browser.post(
        f"/openings/new/{study.id}", data={**offer, "organisation": "X99", "network": str(network.id)}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"organisation": ""}, "Enter the name or the code of the organisation"),
        ({"organisation": "nowhere at all"}, "No organisation has these words in its name"),
        ({"places": "0"}, "The number of places must be between 1 and 20"),
        ({"places": "21"}, "The number of places must be between 1 and 20"),
        ({"places": "two"}, "Places must be a whole number"),
        ({"levels": []}, "Choose at least one level"),
        ({"learner_does": ""}, "Enter what the learner will do"),
        ({"learner_does": "x" * 4001}, "must be 4,000 characters or fewer"),
        ({"starts_on-day": "31", "starts_on-month": "2"}, "First day must be a real date"),
    ],
)
def test_bad_input_is_refused_and_the_rest_is_kept(sign_in, session, mentor, study, offer, change, message):
    page = sign_in(mentor).post(f"/openings/new/{study.id}", data={**offer, **change})
    assert page.status_code == 422
    assert message in page.text
    assert 'value="guys thomas"' in page.text or "organisation" in change
    assert session.scalars(select(Opening)).all() == []


@pytest.mark.parametrize(("days", "status"), [(27, 422), (28, 303)])
def test_an_opening_lasts_at_least_four_weeks(sign_in, mentor, study, offer, today, days, status):
    last = today + timedelta(days=30 + days)
    answer = sign_in(mentor).post(f"/openings/new/{study.id}", data={**offer, **day("ends_on", last)})
    assert answer.status_code == status


def test_an_opening_that_is_nearly_over_is_refused(sign_in, mentor, study, offer, today):
    dates = {**day("starts_on", today - timedelta(days=90)), **day("ends_on", today + timedelta(days=27))}
    answer = sign_in(mentor).post(f"/openings/new/{study.id}", data={**offer, **dates})
    assert answer.status_code == 422
    assert "The last day must be 31 March 2026 or later" in answer.text


@pytest.mark.parametrize(
    ("change", "question"),
    [
        ({"places": "3"}, "you take at most 2 learners at once"),
        ({"learner_does": "Call Mrs Smith, NHS number 943 476 5919."}, "looks like an NHS number"),
    ],
)
def test_what_is_unlikely_needs_a_tick(sign_in, mentor, study, offer, change, question):
    browser = sign_in(mentor)
    page = browser.post(f"/openings/new/{study.id}", data={**offer, **change})
    assert page.status_code == 422
    assert question in page.text
    assert SECOND_LOOK in page.text
    assert browser.post(f"/openings/new/{study.id}", data={**offer, **change, "is_sure": "y"}).status_code == 303


def test_an_opening_that_outlasts_its_study_needs_a_tick(sign_in, build, mentor, offer, today):
    study = build.study(completes_on=today + timedelta(days=100))
    browser = sign_in(mentor)
    page = browser.post(f"/openings/new/{study.id}", data=offer)
    assert "The study completes on 11 June 2026, before the opening ends." in page.text
    assert "it completes within six months" in page.text
    assert browser.post(f"/openings/new/{study.id}", data={**offer, "is_sure": "y"}).status_code == 303


@pytest.mark.parametrize("status", [s for s in StudyStatus if not s.can_take_learners])
def test_nobody_opens_a_study_that_takes_no_learners(sign_in, build, mentor, offer, status):
    study = build.study(status=status)
    browser = sign_in(mentor)
    for answer in (browser.get(f"/openings/new/{study.id}"), browser.post(f"/openings/new/{study.id}", data=offer)):
        assert answer.status_code == 422
        assert f"This study is {status.value}" in answer.text


def test_a_mentor_opens_a_study_once_until_she_withdraws(sign_in, build, mentor, study, offer):
    opening = build.opening(mentor, study)
    browser = sign_in(mentor)
    answer = browser.post(f"/openings/new/{study.id}", data=offer)
    assert (answer.status_code, "You have an opening on this study already" in answer.text) == (422, True)
    browser.post(f"/openings/{opening.id}/withdraw")
    assert browser.post(f"/openings/new/{study.id}", data=offer).status_code == 303


def test_a_change_is_shown_and_written(sign_in, build, session, look_again, mentor, study, offer, hospital, network):
    opening = build.opening(mentor, study, network, organisation=hospital, professions=[Profession.NURSE])
    browser = sign_in(mentor)
    page = browser.get(f"/openings/{opening.id}/change").text
    assert "Screening, consent and data queries." in page
    assert browser.post(f"/openings/{opening.id}/change", data={**offer, "levels": ["PGDIP"]}).status_code == 303
    look_again()
    changed = only_opening(session)
    assert (changed.places, changed.levels, changed.professions) == (2, {Level.PGDIP}, frozenset())
    assert changed.learner_does == "Screening notes and consent."


def test_a_withdrawn_opening_is_not_changed(sign_in, build, mentor, study, offer):
    opening = build.opening(mentor, study, state=OpeningState.WITHDRAWN)
    answer = sign_in(mentor).post(f"/openings/{opening.id}/change", data=offer)
    assert (answer.status_code, "This opening is withdrawn" in answer.text) == (422, True)


def test_places_that_are_taken_or_offered_stay(sign_in, build, session, mentor, study, offer, network):
    opening = build.opening(mentor, study, network, places=2)
    build.offer(opening=opening)
    build.offer(opening=opening)
    browser = sign_in(mentor)
    page = browser.post(f"/openings/{opening.id}/change", data={**offer, "places": "1"})
    assert (page.status_code, "there must be at least 2" in page.text) == (422, True)


def test_an_opening_is_paused_and_resumed(sign_in, build, session, look_again, mentor, study):
    opening = build.opening(mentor, study)
    browser = sign_in(mentor)
    assert browser.post(f"/openings/{opening.id}/resume").status_code == 422
    for deed, state in (("pause", OpeningState.PAUSED), ("resume", OpeningState.PUBLISHED)):
        assert browser.post(f"/openings/{opening.id}/{deed}").status_code == 303
        look_again()
        assert only_opening(session).state is state
    browser.post(f"/openings/{opening.id}/withdraw")
    for deed in ("pause", "resume", "withdraw"):
        answer = browser.post(f"/openings/{opening.id}/{deed}")
        assert (answer.status_code, "This opening is withdrawn" in answer.text) == (422, True)


def test_an_opening_is_not_resumed_once_its_study_is_over(sign_in, build, mentor):
    opening = build.opening(mentor, build.study(status=StudyStatus.COMPLETED), state=OpeningState.PAUSED)
    answer = sign_in(mentor).post(f"/openings/{opening.id}/resume")
    assert (answer.status_code, "This study is completed" in answer.text) == (422, True)


def test_withdrawing_says_whom_it_concerns_and_tells_the_coordinators(
    sign_in, build, session, look_again, mentor, study, network
):
    coordinator, elsewhere = build.coordinator(network), build.coordinator(build.network())
    opening = build.opening(mentor, study, network, places=3)
    build.request(networks=[network], ranked=[opening])
    build.offer(opening=opening)
    build.offer(opening=opening, state=OfferState.DECLINED)
    browser = sign_in(mentor)
    page = browser.get(f"/openings/{opening.id}/withdraw").text
    assert "1 learner has an offer for it, which can then no longer be accepted." in page
    assert "1 sent request names it." in page
    assert browser.post(f"/openings/{opening.id}/withdraw").status_code == 303
    look_again()
    assert only_opening(session).state is OpeningState.WITHDRAWN
    messages = session.scalars(select(Message)).all()
    recipients = {message.recipient for message in messages}
    assert coordinator.email in recipients
    assert elsewhere.email not in recipients
    assert "Offers that can no longer be accepted: 1" in messages[0].body


def test_nobody_gets_a_mail_when_nobody_waited(sign_in, build, session, mentor, study, network):
    build.coordinator(network)
    opening = build.opening(mentor, study, network)
    browser = sign_in(mentor)
    assert "Nobody has asked for it" in browser.get(f"/openings/{opening.id}/withdraw").text
    browser.post(f"/openings/{opening.id}/withdraw")
    assert session.scalars(select(Message)).all() == []


def test_a_mentor_sees_how_many_asked_and_of_which_professions_but_not_who(sign_in, build, mentor, study, network):
    opening = build.opening(mentor, study, network, places=2)
    build.request(build.learner(Profession.NURSE, name="Secret Nurse"), [network], ranked=[opening])
    build.request(build.learner(Profession.DIETITIAN, name="Secret Dietitian"), [network], ranked=[opening])
    page = sign_in(mentor).get(f"/openings/{opening.id}").text
    assert "2 sent requests name it." in page
    assert "Nurse: 1" in page
    assert "Dietitian: 1" in page
    assert "Secret" not in page


def test_a_mentor_sees_whom_she_has_helped(sign_in, build, mentor):
    placement = build.placement(build.learner(name="A Learner"), mentor)
    page = sign_in(mentor).get(f"/openings/{placement.opening_id}").text
    assert "A Learner" in page
    assert f"/placements/{placement.id}" in page


def test_a_profile_is_kept_and_shown(sign_in, session, look_again, build, mentor, answers, hospital):
    stroke = build.specialty("Stroke")
    browser = sign_in(mentor)
    assert browser.post("/mentor/profile", data={**answers, "specialties": [str(stroke.id)]}).status_code == 303
    look_again()
    profile = session.get(MentorProfile, mentor.id)
    assert (profile.profession, profile.job_title, profile.organisation_id) == (
        Profession.NURSE,
        "Research nurse",
        hospital.id,
    )
    assert (profile.learners_max, profile.hours_a_month) == (3, 12)
    assert [one.name for one in profile.specialties] == ["Stroke"]
    page = browser.get("/mentor/profile").text
    assert "Consent talks with older people." in page
    assert "Guy&#39;s and St Thomas&#39; NHS Foundation Trust (RJ1)" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"profession": ""}, "Choose your profession"),
        ({"job_title": " "}, "Enter your job title"),
        ({"organisation": "nowhere"}, "No organisation has these words"),
        ({"teaches": ""}, "Enter what a learner can learn from you"),
        ({"learners_max": "0"}, "The learners at once must be between 1 and 10"),
        ({"hours_a_month": "many"}, "must be a whole number"),
        ({"teaches": "As with MRN 1234567."}, SECOND_LOOK),
    ],
)
def test_a_bad_profile_is_refused_and_what_was_typed_is_kept(sign_in, mentor, answers, change, message):
    page = sign_in(mentor).post("/mentor/profile", data={**answers, **change})
    assert page.status_code == 422
    assert message in page.text
    assert 'value="12"' in page.text or "hours_a_month" in change


def test_a_mentor_without_a_profile_can_make_one(sign_in, build, session, look_again, answers):
    person = build.person(Role.MENTOR)
    browser = sign_in(person)
    assert browser.get("/mentor/profile").status_code == 200
    assert browser.get("/openings").status_code == 200
    assert browser.post("/mentor/profile", data=answers).status_code == 303
    look_again()
    assert session.get(MentorProfile, person.id).job_title == "Research nurse"


def test_absences_are_added_and_removed(sign_in, session, look_again, mentor, today):
    browser = sign_in(mentor)
    away = {**day("absence-starts_on", today), **day("absence-ends_on", today + timedelta(days=10))}
    assert browser.post("/mentor/profile/absences", data=away).status_code == 303
    assert "3 March 2026 to 13 March 2026" in browser.get("/mentor/profile").text
    page = browser.post("/mentor/profile/absences", data=away)
    assert (page.status_code, "You are away on some of these days already" in page.text) == (422, True)
    look_again()
    absence = session.get(MentorProfile, mentor.id).absences[0]
    assert browser.post(f"/mentor/profile/absences/{absence.id}/remove").status_code == 303
    assert browser.post(f"/mentor/profile/absences/{absence.id}/remove").status_code == 404


def test_an_absence_in_the_wrong_order_or_over_is_refused(sign_in, mentor, today):
    browser = sign_in(mentor)
    for first, last, message in ((5, 1, "on or after the first day"), (-9, -2, "must be today or later")):
        dates = {
            **day("absence-starts_on", today + timedelta(days=first)),
            **day("absence-ends_on", today + timedelta(days=last)),
        }
        page = browser.post("/mentor/profile/absences", data=dates)
        assert (page.status_code, message in page.text) == (422, True)


def test_a_stranger_finds_neither_opening_nor_absence(sign_in, build, session, look_again, mentor, study, offer, today):
    opening = build.opening(mentor, study)
    away = {**day("absence-starts_on", today), **day("absence-ends_on", today)}
    sign_in(mentor).post("/mentor/profile/absences", data=away)
    look_again()
    absence_id = session.get(MentorProfile, mentor.id).absences[0].id
    browser = sign_in(build.mentor())
    for path in ("", "/change", "/withdraw"):
        assert browser.get(f"/openings/{opening.id}{path}").status_code == 404
    for deed in ("change", "pause", "resume", "withdraw"):
        assert browser.post(f"/openings/{opening.id}/{deed}", data=offer).status_code == 404
    assert browser.post(f"/mentor/profile/absences/{absence_id}/remove").status_code == 404


def test_only_mentors_reach_these_pages(sign_in, build, mentor, study):
    opening = build.opening(mentor, study)
    browser = sign_in(build.coordinator(build.network()))
    for path in (
        "/openings",
        "/openings/new",
        f"/openings/new/{study.id}",
        f"/openings/{opening.id}",
        "/mentor/profile",
    ):
        assert browser.get(path).status_code == 403
    for path in (f"/openings/new/{study.id}", f"/openings/{opening.id}/pause", "/mentor/profile"):
        assert browser.post(path).status_code == 403


def test_the_list_of_openings_takes_the_same_queries_however_many_there_are(sign_in, build, mentor, network, queries):
    def open_one():
        build.request(networks=[network], ranked=[build.opening(mentor, network=network)])

    def count():
        browser = sign_in(mentor)
        with queries() as statements:
            assert browser.get("/openings").status_code == 200
        return len(statements)

    open_one()
    few = count()
    for _ in range(8):
        open_one()
    assert count() == few


def test_the_home_page_says_what_a_mentor_has_to_do_next(sign_in, build, mentor, study, answers, offer):
    browser = sign_in(mentor)
    page = browser.get("/").text
    assert "Complete your profile" in page
    assert "Publish your first opening" in page
    browser.post("/mentor/profile", data=answers)
    browser.post(f"/openings/new/{study.id}", data=offer)
    page = browser.get("/").text
    assert "Complete your profile" not in page
    assert "1 published opening" in page
    assert "Room for 2 more learners" in page


def test_the_home_page_names_an_opening_that_is_nearly_over(sign_in, build, mentor, study, today):
    build.opening(mentor, study, ends_on=today + timedelta(days=10))
    assert "Prolong or withdraw your opening on Falls in old age" in sign_in(mentor).get("/").text
