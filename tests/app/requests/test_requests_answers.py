"""The questions of a request: what is saved, what is refused, and that what was typed is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import LearnerProfile, Role
from app.models.programmes import Enrolment, Level, ModuleKind
from app.models.requests import ExcludedMentor, ExclusionKind, PlacementRequest
from app.models.values.registration import Profession, Regulator
from tests.screen import shown

SURE = "It is right as it is: save it"
WHY_NOT = "Why must this person not be your mentor?"
NUMBER = "Registration number (optional)"


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_a_request_is_started_once_and_then_gone_on_with(sign_in, build, session, look_again):
    learner = build.learner()
    browser = sign_in(learner)
    assert shown(browser.get("/request")).button("Start now").action == "/request"
    question = browser.post("/request").location
    assert browser.post("/request").location == question
    first = browser.get("/request").location
    assert question == f"{first}/module"
    page = shown(browser.get(first))
    assert page.heading == "Your request for a placement"
    assert page.item("Openings that fit and your list").tags == ["Cannot start yet"]
    look_again()
    assert [line.deed for line in session.scalars(select(AuditLine))] == ["started a request"]


def test_profession_and_number_are_saved_in_the_form_of_the_register(browser, asking, read, session):
    answer = browser.post(
        f"{asking.address}/about",
        data={"profession": "PHYSIOTHERAPIST", "regulator": "HCPC", "number": " ph 12345 "},
    )
    assert answer.location == f"{asking.address}/job"
    profile = read().learner.learner_profile
    assert (profile.profession, profile.regulator) == (Profession.PHYSIOTHERAPIST, Regulator.HCPC)
    assert profile.registration_number == "PH12345"
    line = session.scalars(select(AuditLine)).one()
    assert (line.deed, line.details) == ("changed a request", {"part": "profession"})


def test_the_regulator_need_not_be_chosen_where_there_is_only_one(browser, asking, read):
    browser.post(f"{asking.address}/about", data={"profession": "NURSE", "number": "12a3456b"})
    assert read().learner.learner_profile.regulator is Regulator.NMC


@pytest.mark.parametrize(
    ("profession", "regulator", "number", "label", "words"),
    [
        ("", "", "", "Your profession", "Choose your profession"),
        ("NURSE", "NMC", "12345", NUMBER, "NMC numbers are two digits"),
        ("NURSE", "GMC", "1234567", NUMBER, "The GMC does not register a nurse"),
        ("PHARMACIST", "", "2012345", "Regulator (optional)", "Choose the regulator"),
        ("PHYSIOTHERAPIST", "HCPC", "RA12345", NUMBER, "is the number of a radiographer"),
    ],
)
def test_a_number_that_cannot_be_hers_is_refused_and_kept(
    browser, asking, read, profession, regulator, number, label, words
):
    answer = browser.post(
        f"{asking.address}/about", data={"profession": profession, "regulator": regulator, "number": number}
    )
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert where == label
    assert words in message
    assert page.field(NUMBER).value == number
    assert read().learner.learner_profile.registration_number == ""


def test_two_people_cannot_have_the_same_number(browser, asking, build, session):
    other = build.learner()
    other.learner_profile.registration_number = "12A3456B"
    session.commit()
    answer = browser.post(f"{asking.address}/about", data={"profession": "NURSE", "number": "12A3456B"})
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (NUMBER, "Somebody else here has this registration number. Check what you typed.")
    assert page.field(NUMBER).value == "12A3456B"


def test_what_is_odd_about_a_number_is_said_and_does_not_stop(browser, asking):
    data = {"profession": "PHARMACIST", "regulator": "GPHC", "number": "5012345"}
    page = shown(browser.post(f"{asking.address}/about", data=data, follow_redirects=True))
    assert "most numbers of pharmacists begin with 2" in page.banner
    assert page.heading == "Where you work"


def test_the_employer_is_found_by_typing_and_picked(browser, asking, build, session, read):
    build.organisation(name="Leeds Hospital NHS Trust")
    trust = build.organisation(name="Royal Derby Mental Health Trust")
    session.commit()
    part = browser.get(
        f"{asking.address}/job/employers?typed=derby", headers={"HX-Request": "true", "HX-Target": "picked-part"}
    )
    found = shown(part)
    assert found.field("Is it one of these?").choices == (
        "Derby Hospital NHS Trust",
        "Royal Derby Mental Health Trust",
        "None of these",
    )
    assert found.headings == []
    assert "2 organisations found" in part.headers["HX-Trigger-After-Settle"]
    browser.post(f"{asking.address}/job", data={"job_title": "Nurse", "typed": "derby", "picked": str(trust.id)})
    profile = read().learner.learner_profile
    assert (profile.employer_id, profile.employer_name, profile.job_title) == (trust.id, "", "Nurse")


def test_without_javascript_a_button_finds_employers_and_keeps_what_was_typed(browser, asking):
    data = {"job_title": "Ward nurse", "typed": "derby", "find": "1"}
    answer = browser.post(f"{asking.address}/job", data=data)
    assert answer.status_code == 200
    page = shown(answer)
    assert page.field("Is it one of these?").choices == ("Derby Hospital NHS Trust", "None of these")
    assert (page.field("Your job title").value, page.field("Your employer").value) == ("Ward nurse", "derby")


def test_an_employer_that_nobody_knows_stays_as_typed(browser, asking, read):
    browser.post(f"{asking.address}/job", data={"job_title": "Nurse", "typed": "The Old Surgery"})
    profile = read().learner.learner_profile
    assert (profile.employer_id, profile.employer_name) == (None, "The Old Surgery")


def test_a_pick_that_what_was_typed_no_longer_finds_does_not_count(browser, asking, read):
    data = {"job_title": "Nurse", "typed": "The Old Surgery", "picked": str(asking.employer.id)}
    browser.post(f"{asking.address}/job", data=data)
    assert read().learner.learner_profile.employer_id is None


def test_an_employer_is_needed(browser, asking):
    answer = browser.post(f"{asking.address}/job", data={"job_title": "Ward nurse", "typed": ""})
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == ("Your employer", "Enter your employer")
    assert page.field("Your job title").value == "Ward nurse"


def test_the_module_of_an_enrolment_is_chosen(browser, asking, build, session, read):
    other = build.enrolment(asking.learner).programme
    session.commit()
    question = shown(browser.get(f"{asking.address}/module")).field("Which module is this placement for?")
    assert question.choices == (
        f"Research Practice Experience, {asking.request.module.programme.title}",
        f"Research Practice Experience, {other.title}",
        "A module of another programme",
    )
    assert question.chosen == question.choices[:1]
    browser.post(f"{asking.address}/module", data={"module": str(other.modules[0].id)})
    assert read().module_id == other.modules[0].id


@pytest.mark.parametrize(("module", "message"), [("", "Choose a module"), ("999999", "Choose a module")])
def test_only_a_module_of_hers_can_be_chosen(browser, asking, module, message, read):
    answer = browser.post(f"{asking.address}/module", data={"module": module})
    assert answer.status_code == 422
    assert shown(answer).complaint == ("Which module is this placement for?", message)
    assert read().module_id == asking.request.module_id


def test_there_is_one_live_request_for_a_module(browser, asking, build, session):
    other = build.request(asking.learner, module=build.enrolment(asking.learner).programme.modules[0])
    session.commit()
    answer = browser.post(f"{asking.address}/module", data={"module": str(other.module_id)})
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert label == "Which module is this placement for?"
    assert message.startswith("You have asked for this module already")


def test_whoever_is_on_no_programme_names_hers_and_is_enrolled(sign_in, build, session, look_again, today):
    provider = build.provider("University of Testing")
    programme = build.programme(provider)
    without_rpe = build.programme(build.provider("University without"))
    without_rpe.modules[0].kind = ModuleKind.DISSERTATION
    learner = build.learner()
    browser = sign_in(learner)
    address = browser.post("/request").location.removesuffix("/module")
    assert browser.get(f"{address}/module").location == f"{address}/university"
    step = browser.get(f"{address}/university").location
    assert step == f"{address}/university/{provider.id}"
    question = shown(browser.get(step)).field("Which programme are you on?")
    assert question.choices == question.chosen == (programme.title,)
    look_again()
    build.programme(build.provider("University of Elsewhere"))
    session.commit()
    assert shown(browser.get(f"{address}/university")).field("Where do you study?").choices == (
        "University of Elsewhere",
        "University of Testing",
    )
    assert browser.get(f"{address}/university?sent=1&provider={provider.id}").location == step
    assert "I study at another university" in shown(browser.get(step)).links
    browser.post(step, data={"programme": str(programme.id), **days("started_on", today)})
    look_again()
    enrolment = session.scalars(select(Enrolment)).one()
    assert (enrolment.learner_id, enrolment.programme_id) == (learner.id, programme.id)
    assert session.scalars(select(PlacementRequest)).one().module_id == programme.modules[0].id


def test_a_start_of_the_programme_out_of_reach_is_refused(browser, asking, build, session, today):
    programme = build.programme(level=Level.PGDIP)
    session.commit()
    step = f"{asking.address}/university/{programme.provider_id}"
    data = {"programme": str(programme.id), **days("started_on", today.replace(year=2006))}
    answer = browser.post(step, data=data)
    assert answer.status_code == 422
    page = shown(answer)
    label, message = page.complaint
    assert "Check the year" in message
    assert page.field(label).value == "3 3 2006"
    assert session.scalar(select(Enrolment).where(Enrolment.programme_id == programme.id)) is None


def test_a_level_that_follows_another_is_begun_by_whoever_has_that_one(
    browser, asking, build, session, look_again, today
):
    programme = build.programme(level=Level.PGDIP)
    before = build.enrolment(asking.learner)
    session.commit()
    step = f"{asking.address}/university/{programme.provider_id}"
    data = {"programme": str(programme.id), **days("started_on", today)}
    answer = browser.post(step, data=data)
    assert answer.status_code == 422
    page = shown(answer)
    assert page.says("needs a PGCert, and none of yours is known here.")
    assert "Your programme" in page.links
    assert page.field("Which programme are you on?").chosen == (programme.title,)
    for module in before.programme.modules:
        build.credit_decision(before, module, build.person())
    session.commit()
    assert browser.post(step, data=data).status_code == 303
    look_again()
    assert session.scalar(select(Enrolment).where(Enrolment.programme_id == programme.id)) is not None


def test_interests_and_specialties_are_saved_in_order_and_without_gaps(browser, asking, read):
    ageing, stroke, _ = (str(one.id) for one in asking.specialties)
    data = {"interests": "Falls.", "first": stroke, "second": "", "third": ageing}
    browser.post(f"{asking.address}/interests", data=data)
    request = read()
    assert request.interests == "Falls."
    assert [(row.position, row.specialty.name) for row in request.specialty_rows] == [(1, "Stroke"), (2, "Ageing")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She has NHS number 943 476 5919.", "looks like an NHS number"),
        ("Mr A, date of birth 1 2 1950... born 01/02/1950.", "looks like a date of birth"),
        ("", "Write what interests you"),
    ],
)
def test_interests_that_cannot_be_or_name_a_patient_are_asked_about_and_kept(browser, asking, read, text, words):
    answer = browser.post(f"{asking.address}/interests", data={"interests": text})
    assert answer.status_code == 422
    page = shown(answer)
    _, message = page.complaint
    assert words in message
    assert page.field("In your own words").value == text
    assert read().interests == asking.request.interests


def test_what_only_looks_like_a_patients_details_is_saved_with_a_tick(browser, asking, read):
    text = "Trials like 943 476 5919."
    asked = shown(browser.post(f"{asking.address}/interests", data={"interests": text}))
    assert asked.field(SURE).name == "is_sure"
    assert asked.field(SURE).chosen == ()
    browser.post(f"{asking.address}/interests", data={"interests": text, "is_sure": "y", "why_sure": "A trial."})
    assert read().interests == text


def test_the_reason_of_a_conflict_is_asked_about_when_it_looks_like_a_patients_details(browser, asking, read):
    data = {"typed": "Pat Smith", "kind": "CONFLICT", "why": "Together we treat 943 476 5919."}
    asked = browser.post(f"{asking.address}/not-my-mentor/add", data=data)
    assert asked.status_code == 422
    page = shown(asked)
    where, message = page.complaint
    assert where == SURE
    assert "looks like an NHS number" in message
    assert page.field("In a few words").value == data["why"]
    browser.post(f"{asking.address}/not-my-mentor/add", data={**data, "is_sure": "y", "why_sure": "It is nobody."})
    assert [one.why for one in read().excluded] == [data["why"]]


def test_a_specialty_counts_once(browser, asking):
    ageing = str(asking.specialties[0].id)
    answer = browser.post(f"{asking.address}/interests", data={"interests": "x", "first": ageing, "second": ageing})
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (
        "Second (optional)",
        "You have chosen this specialty already. Choose another or none.",
    )
    assert (page.field("First").value, page.field("Second (optional)").value) == ("Ageing", "Ageing")


def test_networks_and_dates_are_saved_and_the_count_is_said(browser, asking, read, today):
    data = {
        "networks": [str(asking.network.id), str(asking.other_network.id)],
        **days("start_from", today),
        **days("start_until", today + timedelta(days=90)),
    }
    page = shown(browser.post(f"{asking.address}/where", data=data, follow_redirects=True))
    assert page.banner.endswith("Where and when are saved. 3 openings fit.")
    assert [network.name for network in read().networks] == ["East Midlands", "North London"]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (30, 10, "The latest start must be on or after the earliest start"),
        (-30, -10, "The latest start must be today or in the future"),
        (10, 900, "within the next two years"),
    ],
)
def test_days_that_cannot_be_are_refused_and_kept(browser, asking, today, start, end, words):
    until = today + timedelta(days=end)
    data = {
        "networks": [str(asking.network.id)],
        **days("start_from", today + timedelta(days=start)),
        **days("start_until", until),
    }
    answer = browser.post(f"{asking.address}/where", data=data)
    assert answer.status_code == 422
    page = shown(answer)
    label, message = page.complaint
    assert label == "Latest start"
    assert words in message
    assert page.field(label).value == f"{until.day} {until.month} {until.year}"


def test_a_network_is_needed(browser, asking, today):
    data = {**days("start_from", today), **days("start_until", today)}
    answer = browser.post(f"{asking.address}/where", data=data)
    assert answer.status_code == 422
    assert shown(answer).complaint == ("Networks within your reach", "Choose at least one network")


def test_nobody_can_be_the_answer_to_who_may_not_mentor(browser, asking, session, read):
    browser.post(f"{asking.address}/not-my-mentor", data={"anybody": "no"})
    assert read().nobody_excluded


def test_the_question_who_may_not_mentor_needs_an_answer(browser, asking):
    answer = browser.post(f"{asking.address}/not-my-mentor", data={})
    assert answer.status_code == 422
    assert shown(answer).complaint == (
        "Is there anybody who must not be your mentor?",
        "Choose whether there is anybody who must not be your mentor",
    )


def test_a_line_manager_who_mentors_here_is_found_and_excluded(browser, asking, build, session, read):
    manager = build.mentor(name="Morgan Manager")
    session.commit()
    part = browser.get(f"{asking.address}/not-my-mentor/mentors?typed=morgan", headers={"HX-Request": "true"})
    assert shown(part).field("Is it one of these mentors?").choices == (
        "Morgan Manager, Consultant and principal investigator",
        "None of these",
    )
    data = {"typed": "morgan", "picked": str(manager.id), "kind": "LINE_MANAGER"}
    browser.post(f"{asking.address}/not-my-mentor/add", data=data)
    excluded = read().excluded[0]
    assert (excluded.mentor_id, excluded.name, excluded.kind) == (
        manager.id,
        "Morgan Manager",
        ExclusionKind.LINE_MANAGER,
    )
    assert not read().nobody_excluded


def test_somebody_unknown_is_excluded_by_name_and_recognised_by_mail(browser, asking, build, session, read):
    mentor = build.mentor(email="known@nowhere.example")
    session.commit()
    data = {"typed": "Pat Smith", "email": "Known@nowhere.example", "kind": "CONFLICT", "why": "We run a company."}
    browser.post(f"{asking.address}/not-my-mentor/add", data=data)
    excluded = read().excluded[0]
    assert (excluded.name, excluded.mentor_id, excluded.why) == ("Pat Smith", mentor.id, "We run a company.")


@pytest.mark.parametrize(
    ("changes", "label", "words"),
    [
        ({"typed": ""}, "Name", "Enter the name of the person"),
        ({"kind": ""}, WHY_NOT, "Choose why this person must not be your mentor"),
        ({"email": "nonsense"}, "Email address (optional)", "Enter an email address like"),
        ({"kind": "CONFLICT", "why": ""}, "In a few words", "Say in a few words what the conflict is"),
        ({"why": "NHS number 943 476 5919"}, SURE, "looks like an NHS number"),
    ],
)
def test_an_exclusion_that_lacks_something_is_refused_and_kept(browser, asking, changes, label, words, read):
    data = {"typed": "Pat Smith", "email": "", "kind": "LINE_MANAGER", "why": "Because.", **changes}
    answer = browser.post(f"{asking.address}/not-my-mentor/add", data=data)
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert where == label
    assert words in message
    assert page.field("Name").value == data["typed"]
    assert page.field("Email address (optional)").value == data["email"]
    assert page.field("In a few words").value == data["why"]
    assert read().excluded == []


def test_nobody_is_excluded_twice_nor_herself(browser, asking, read):
    data = {"typed": "Pat Smith", "kind": "LINE_MANAGER"}
    browser.post(f"{asking.address}/not-my-mentor/add", data=data)
    again = browser.post(f"{asking.address}/not-my-mentor/add", data=data)
    assert again.status_code == 422
    assert shown(again).complaint == ("Name", "You have named this person already.")
    herself = {**data, "typed": "Me", "email": asking.learner.email}
    refused = shown(browser.post(f"{asking.address}/not-my-mentor/add", data=herself))
    assert "never be your own mentor" in refused.complaint[1]
    assert len(read().excluded) == 1


def test_removing_somebody_who_is_not_named_answers_nothing(browser, asking, session, read):
    asking.request.nobody_excluded = False
    session.commit()
    browser.post(f"{asking.address}/not-my-mentor/999999/remove")
    assert not read().nobody_excluded


def test_when_the_last_exclusion_is_removed_anybody_may_mentor(browser, asking, session, read):
    asking.request.excluded = [ExcludedMentor(name="Pat", kind=ExclusionKind.LINE_MANAGER)]
    asking.request.nobody_excluded = False
    session.commit()
    exclusion_id = asking.request.excluded[0].id
    browser.post(f"{asking.address}/not-my-mentor/{exclusion_id}/remove")
    request = read()
    assert request.excluded == []
    assert request.nobody_excluded


def test_whoever_has_no_profile_yet_gets_one(sign_in, build, session, look_again):
    learner = build.person(Role.LEARNER)
    browser = sign_in(learner)
    address = browser.post("/request").location.removesuffix("/about")
    assert browser.get(f"{address}/about").status_code == 200
    browser.post(f"{address}/about", data={"profession": "NURSE"})
    look_again()
    assert session.get_one(LearnerProfile, learner.id).profession is Profession.NURSE
