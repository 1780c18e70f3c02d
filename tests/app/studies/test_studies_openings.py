"""A mentor publishes, changes, pauses, resumes and withdraws openings."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import MentorProfile
from app.models.placements import OfferState
from app.models.programmes import Level
from app.models.studies import Opening, OpeningState
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from tests.app.studies.filling_in import day
from tests.screen import shown

DOES = "What will the learner do?"
WITHDRAWN = "This opening is withdrawn. Publish a new one instead."
TEACHES, HOURS = "What can a learner learn from you?", "Hours a month for all of them"
SURE = "It is right as it is: save it"
SECOND_LOOK = "If it is right as it is, tick the box"


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
    for typed in ("FALLS+age", "falls"):
        found = shown(browser.get(f"/openings/new?q={typed}")).field("Studies found")
        assert (found.choices, found.error) == (("Falls in old age",), "")
    unanswered = shown(browser.get("/openings/new?q=falls&go=1"))
    assert unanswered.field("Studies found").error == "Choose one of the studies"
    assert unanswered.field("Which study is the opening on?").value == "falls"
    answer = browser.get(f"/openings/new?q=falls&study={study.id}&go=1")
    assert answer.location == f"/openings/new/{study.id}"


def test_what_is_typed_brings_only_the_part_with_the_studies(sign_in, mentor, study):
    answer = sign_in(mentor).get("/openings/new?q=falls", headers={"HX-Request": "true"})
    part = shown(answer)
    assert (part.title, part.headings, part.fields) == ("", [], ["Studies found"])
    assert part.field("Studies found").choices == ("Falls in old age",)
    assert "1 study shown" in answer.headers["HX-Trigger-After-Settle"]


def test_the_organisation_is_found_without_a_script_and_what_was_typed_is_kept(sign_in, session, mentor, study, offer):
    browser = sign_in(mentor)
    answer = browser.post(f"/openings/new/{study.id}", data={**offer, "find": "organisation"})
    assert answer.status_code == 200
    page = shown(answer)
    assert page.field("Which one is it?").choices == ("Guy's and St Thomas' NHS Foundation Trust (RJ1)",)
    assert page.field("Organisation").value == "guys thomas"
    assert page.field(DOES).value == "Screening notes and consent."
    assert page.errors == {}
    assert session.scalars(select(Opening)).all() == []


def test_several_organisations_must_be_told_apart(sign_in, build, session, look_again, mentor, study, offer, hospital):
    other = build.organisation(hospital.network, name="Guys Cross Community Thomas Trust")
    browser = sign_in(mentor)
    answer = browser.post(f"/openings/new/{study.id}", data=offer)
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == ("Which one is it?", "Choose one of the organisations found")
    assert page.field("Which one is it?").choices == (
        f"{hospital.name} (RJ1)",
        f"Guys Cross Community Thomas Trust ({other.ods_code})",
    )
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
        page = shown(browser.get("/find/organisations", query_string={"organisation": typed}))
        assert page.field("Which one is it?").choices == (f"{hospital.name} (RJ1)",)
    page = shown(browser.get("/find/organisations?organisation=leeds"))
    assert page.fields == ["Organisation"]
    assert page.paragraphs[-1].startswith("No organisation has these words in its name.")


def test_an_organisation_without_a_network_asks_for_one(sign_in, build, mentor, study, offer, network):
    build.organisation(name="Somewhere Trust", ods_code="X99")
    browser = sign_in(mentor)
    answer = browser.post(f"/openings/new/{study.id}", data={**offer, "organisation": "X99"})
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert label == "Network"
    assert message.startswith("We do not know the network")
    answer = browser.post(
        f"/openings/new/{study.id}", data={**offer, "organisation": "X99", "network": str(network.id)}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("change", "label", "words"),
    [
        ({"organisation": ""}, "Organisation", "Enter the name or the code of the organisation"),
        ({"organisation": "nowhere at all"}, "Organisation", "No organisation has these words in its name"),
        ({"places": "0"}, "Places", "The number of places must be between 1 and 20"),
        ({"places": "21"}, "Places", "The number of places must be between 1 and 20"),
        ({"places": "two"}, "Places", "Places must be a whole number"),
        ({"levels": []}, "Levels", "Choose at least one level"),
        ({"learner_does": ""}, DOES, "Enter what the learner will do"),
        ({"learner_does": "x" * 4001}, DOES, "must be 4,000 characters or fewer"),
        ({"starts_on-day": "31", "starts_on-month": "2"}, "First day", "First day must be a real date"),
    ],
)
def test_bad_input_is_refused_and_the_rest_is_kept(sign_in, session, mentor, study, offer, change, label, words):
    answer = sign_in(mentor).post(f"/openings/new/{study.id}", data={**offer, **change})
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert where == label
    assert words in message
    typed = {**offer, **change}
    kept = {field: page.field(field).value for field in ("Organisation", "Places", DOES)}
    assert kept == {"Organisation": typed["organisation"], "Places": typed["places"], DOES: typed["learner_does"]}
    assert page.field("Levels").chosen == (("PGCert", "PGDip") if typed["levels"] else ())
    assert page.field("First day").value == " ".join(typed[f"starts_on-{part}"] for part in ("day", "month", "year"))
    assert session.scalars(select(Opening)).all() == []


@pytest.mark.parametrize(("days", "status"), [(27, 422), (28, 303)])
def test_an_opening_lasts_at_least_four_weeks(sign_in, mentor, study, offer, today, days, status):
    typed = {**offer, **day("ends_on", today + timedelta(days=30 + days)), "is_sure": "y"}
    assert sign_in(mentor).post(f"/openings/new/{study.id}", data=typed).status_code == status


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "question"),
    [
        (30, 30 + 1461, "From 2 April 2026 to 2 April 2030 is more than two years."),
        (400, 600, "The first day, 7 April 2027, is more than a year from now."),
        (30, 30 + 55, "That leaves 7 weeks, and the shortest module of these levels usually takes 8."),
        (-100, 40, "That leaves 5 weeks, and the shortest module of these levels usually takes 8."),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_dates_that_are_unlikely_are_asked_about(
    sign_in, build, session, look_again, mentor, study, offer, today, starts_in, ends_in, question, is_new
):
    first, last = today + timedelta(days=starts_in), today + timedelta(days=ends_in)
    typed = {**offer, **day("starts_on", first), **day("ends_on", last)}
    at = f"/openings/new/{study.id}" if is_new else f"/openings/{build.opening(mentor=mentor, study=study).id}/change"
    browser = sign_in(mentor)
    answer = browser.post(at, data=typed)
    page = shown(answer)
    assert answer.status_code == 422
    assert page.complaint == (SURE, f"{question} If it is right as it is, tick the box and send it again.")
    assert page.field("First day").value == f"{first.day} {first.month} {first.year}"
    assert page.field("Last day").value == f"{last.day} {last.month} {last.year}"
    assert browser.post(at, data={**typed, "is_sure": "y"}).status_code == 303
    look_again()
    assert (only_opening(session).starts_on, only_opening(session).ends_on) == (first, last)


def test_an_opening_that_starts_before_its_study_needs_a_tick(sign_in, build, mentor, offer, today):
    study = build.study(starts_on=today + timedelta(days=60))
    answer = sign_in(mentor).post(f"/openings/new/{study.id}", data=offer)
    assert answer.status_code == 422
    assert shown(answer).complaint[1].startswith("The study starts on 2 May 2026, after the opening begins.")


def test_an_opening_that_is_nearly_over_is_refused(sign_in, mentor, study, offer, today):
    dates = {**day("starts_on", today - timedelta(days=90)), **day("ends_on", today + timedelta(days=27))}
    answer = sign_in(mentor).post(f"/openings/new/{study.id}", data={**offer, **dates})
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert label == "Last day"
    assert message.startswith("The last day must be 31 March 2026 or later")


@pytest.mark.parametrize(
    ("change", "question"),
    [
        ({"places": "3"}, "you take at most 2 learners at once"),
        ({"learner_does": "Call Mrs Smith, NHS number 943 476 5919."}, "looks like an NHS number"),
    ],
)
def test_what_is_unlikely_needs_a_tick(sign_in, mentor, study, offer, change, question):
    browser = sign_in(mentor)
    answer = browser.post(f"/openings/new/{study.id}", data={**offer, **change})
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert label == SURE
    assert question in message
    assert message.endswith("and send it again.")
    sure = {"is_sure": "y", "why_sure": "It is a made-up number."}
    assert browser.post(f"/openings/new/{study.id}", data={**offer, **change, **sure}).status_code == 303


def test_an_opening_that_outlasts_its_study_needs_a_tick(sign_in, build, mentor, offer, today):
    study = build.study(completes_on=today + timedelta(days=100))
    browser = sign_in(mentor)
    page = shown(browser.post(f"/openings/new/{study.id}", data=offer))
    label, message = page.complaint
    assert label == SURE
    assert message.startswith("The study completes on 11 June 2026, before the opening ends.")
    [note] = [line for line in page.paragraphs if line.startswith("Good to know: ")]
    assert "it completes within six months" in note
    assert browser.post(f"/openings/new/{study.id}", data={**offer, "is_sure": "y"}).status_code == 303


@pytest.mark.parametrize("status", [s for s in StudyStatus if not s.can_take_learners])
def test_nobody_opens_a_study_that_takes_no_learners(sign_in, build, mentor, offer, status):
    study = build.study(status=status)
    browser = sign_in(mentor)
    asked = browser.get(f"/openings/new/{study.id}")
    sent = browser.post(f"/openings/new/{study.id}", data=offer)
    assert (asked.status_code, sent.status_code) == (422, 422)
    words = f"This study is {status.value}, so learners cannot join it. Choose another study."
    assert shown(asked).paragraphs[0] == words
    assert shown(sent).errors == {words: ""}


def test_a_mentor_opens_a_study_once_until_she_withdraws(sign_in, build, mentor, study, offer):
    opening = build.opening(mentor, study)
    browser = sign_in(mentor)
    answer = browser.post(f"/openings/new/{study.id}", data=offer)
    assert answer.status_code == 422
    assert shown(answer).errors == {
        "You have an opening on this study already. Change that one, or withdraw it and publish a new one.": ""
    }
    browser.post(f"/openings/{opening.id}/withdraw")
    assert browser.post(f"/openings/new/{study.id}", data=offer).status_code == 303


def test_a_change_is_shown_and_written(sign_in, build, session, look_again, mentor, study, offer, hospital, network):
    opening = build.opening(mentor, study, network, organisation=hospital, professions=[Profession.NURSE])
    browser = sign_in(mentor)
    page = shown(browser.get(f"/openings/{opening.id}/change"))
    assert page.heading == "Change your opening"
    assert page.field(DOES).value == "Screening, consent and data queries."
    assert (page.field("Levels").value, page.field("Professions").value) == ("PGCert", "Nurse")
    assert browser.post(f"/openings/{opening.id}/change", data={**offer, "levels": ["PGDIP"]}).status_code == 303
    look_again()
    changed = only_opening(session)
    assert (changed.places, changed.levels, changed.professions) == (2, {Level.PGDIP}, frozenset())
    assert changed.learner_does == "Screening notes and consent."


def test_a_withdrawn_opening_is_not_changed(sign_in, build, mentor, study, offer):
    opening = build.opening(mentor, study, state=OpeningState.WITHDRAWN)
    answer = sign_in(mentor).post(f"/openings/{opening.id}/change", data=offer)
    assert (answer.status_code, shown(answer).errors) == (422, {WITHDRAWN: ""})


def test_places_that_are_taken_or_offered_stay(sign_in, build, session, mentor, study, offer, network):
    opening = build.opening(mentor, study, network, places=2)
    build.offer(opening=opening)
    build.offer(opening=opening)
    browser = sign_in(mentor)
    answer = browser.post(f"/openings/{opening.id}/change", data={**offer, "places": "1"})
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert label == "Places"
    assert "there must be at least 2" in message


def test_a_place_kept_for_who_can_move_up_stays_and_she_hears_of_a_change(
    sign_in, build, session, look_again, mentor, study, offer, network, hospital
):
    opening = build.opening(mentor, study, network, places=2, organisation=hospital)
    learners = []
    for _ in range(2):
        wish = build.request(networks=[network], start_until=build.today + timedelta(days=100))
        hers = build.offer(wish, build.opening(network=network))
        build.better_place(hers, opening)
        learners.append(hers.request.learner.email)
    browser, at = sign_in(mentor), f"/openings/{opening.id}/change"
    answer = browser.post(at, data={**offer, "places": "1"})
    assert answer.status_code == 422
    assert "there must be at least 2" in shown(answer).complaint[1]
    assert browser.post(at, data={**offer, "places": "2"}).status_code == 303
    look_again()
    subject = f"The place with {mentor.name} that is kept for you has changed"
    told = session.execute(select(Message.recipient, Message.subject).order_by(Message.id)).all()
    assert list(map(tuple, told)) == [(learner, subject) for learner in learners]


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
        assert answer.status_code == 422
        assert shown(answer).paragraphs[0].startswith("This opening is withdrawn.")


def test_an_opening_is_not_resumed_once_its_study_is_over(sign_in, build, mentor):
    opening = build.opening(mentor, build.study(status=StudyStatus.COMPLETED), state=OpeningState.PAUSED)
    answer = sign_in(mentor).post(f"/openings/{opening.id}/resume")
    assert answer.status_code == 422
    assert shown(answer).paragraphs[0].startswith("This study is completed")


def test_withdrawing_says_whom_it_concerns_and_tells_the_coordinators(
    sign_in, build, session, look_again, mails, mentor, study, network
):
    coordinator, elsewhere = build.coordinator(network), build.coordinator(build.network())
    opening = build.opening(mentor, study, network, places=3)
    build.request(networks=[network], ranked=[opening])
    build.offer(opening=opening)
    build.offer(opening=opening, state=OfferState.DECLINED)
    browser = sign_in(mentor)
    page = shown(browser.get(f"/openings/{opening.id}/withdraw"))
    assert page.items == [
        "1 learner has an offer for it, which is taken back. They get an email.",
        "1 sent request names it. It will no longer fit them.",
    ]
    assert page.button("Withdraw the opening").action == f"/openings/{opening.id}/withdraw"
    assert browser.post(f"/openings/{opening.id}/withdraw").status_code == 303
    look_again()
    assert only_opening(session).state is OpeningState.WITHDRAWN
    first_line = f"{mentor.name} has withdrawn the opening on “{study.title}” at {opening.organisation.name}."
    assert (coordinator.email, "An opening was withdrawn", first_line) in mails()
    assert elsewhere.email not in [recipient for recipient, *_ in mails()]
    assert "Offers that were taken back: 1" in session.scalars(select(Message.body).order_by(Message.id.desc())).first()


def test_nobody_gets_a_mail_when_nobody_waited(sign_in, build, session, mentor, study, network):
    build.coordinator(network)
    opening = build.opening(mentor, study, network)
    browser = sign_in(mentor)
    page = shown(browser.get(f"/openings/{opening.id}/withdraw"))
    assert page.paragraphs[0] == "Nobody has asked for it, and nobody is placed on it."
    assert page.items == []
    browser.post(f"/openings/{opening.id}/withdraw")
    assert session.scalars(select(Message)).all() == []


def test_a_mentor_sees_how_many_asked_and_of_which_professions_but_not_who(sign_in, build, mentor, study, network):
    opening = build.opening(mentor, study, network, places=2)
    build.request(build.learner(Profession.NURSE, name="Secret Nurse"), [network], ranked=[opening])
    build.request(build.learner(Profession.DIETITIAN, name="Secret Dietitian"), [network], ranked=[opening])
    page = shown(sign_in(mentor).get(f"/openings/{opening.id}"))
    asked = page.section("Who asked")
    assert asked.paragraphs == ["2 sent requests name it. You see who a learner is once she is offered a place."]
    assert sorted(asked.items) == ["Dietitian: 1", "Nurse: 1"]
    assert not page.says("Secret")


def test_a_mentor_sees_whom_she_has_helped(sign_in, build, mentor):
    placement = build.placement(build.learner(name="A Learner"), mentor)
    page = shown(sign_in(mentor).get(f"/openings/{placement.opening_id}"))
    given = page.table("Placements on this opening")
    assert given.rows == ["A Learner, nurse"]
    assert given.link("A Learner") == f"/placements/{placement.id}"


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
    page = shown(browser.get("/"))
    assert page.link("Complete your profile") == "/mentor/profile"
    assert page.link("Publish your first opening") == "/openings/new"
    browser.post("/mentor/profile", data=answers)
    browser.post(f"/openings/new/{study.id}", data=offer)
    page = shown(browser.get("/"))
    assert page.section("How things stand").items == [
        "1 published opening Room for 2 more learners. 0 requests name them so far."
    ]
    assert page.section("How things stand").links[0] == "1 published opening"


def test_the_home_page_names_an_opening_that_is_nearly_over(sign_in, build, mentor, study, today):
    opening = build.opening(mentor, study, ends_on=today + timedelta(days=10))
    page = shown(sign_in(mentor).get("/"))
    assert page.link("Prolong or withdraw your opening on Falls in old age") == f"/openings/{opening.id}"
