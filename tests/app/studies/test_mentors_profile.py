"""A mentor describes herself and says when she is away."""

from datetime import timedelta

import pytest

from app.models.people import MentorProfile, Role
from app.models.values.registration import Profession
from tests.app.studies.filling_in import day
from tests.screen import shown

DOES = "What will the learner do?"
WITHDRAWN = "This opening is withdrawn. Publish a new one instead."
TEACHES, HOURS = "What can a learner learn from you?", "Hours a month for all of them"
SURE = "It is right as it is: save it"
SECOND_LOOK = "If it is right as it is, tick the box"


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
    page = shown(browser.get("/mentor/profile"))
    assert page.field(TEACHES).value == "Consent talks with older people."
    assert page.field("Which one is it?").chosen == (f"{hospital.name} (RJ1)",)
    assert page.field("Your specialties").chosen == ("Stroke",)


@pytest.mark.parametrize(
    ("change", "label", "words"),
    [
        ({"profession": ""}, "Your profession", "Choose your profession"),
        ({"job_title": " "}, "Your job title", "Enter your job title"),
        ({"organisation": "nowhere"}, "Organisation", "No organisation has these words"),
        ({"teaches": ""}, TEACHES, "Enter what a learner can learn from you"),
        ({"learners_max": "0"}, "Most learners at once", "The learners at once must be between 1 and 10"),
        ({"minimum_if_used": "1"}, "Fewest learners to start with", "must be between 2 and 10"),
        ({"minimum_if_used": "4"}, "Fewest learners to start with", "You take at most 3 at once"),
        ({"hours_a_month": "many"}, HOURS, "must be a whole number"),
        ({"teaches": "As with MRN 1234567."}, SURE, SECOND_LOOK),
    ],
)
def test_a_bad_profile_is_refused_and_what_was_typed_is_kept(sign_in, mentor, answers, change, label, words):
    answer = sign_in(mentor).post("/mentor/profile", data={**answers, **change})
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert where == label
    assert words in message
    typed = {**answers, **change}
    for field, name in (
        ("Your job title", "job_title"),
        (TEACHES, "teaches"),
        ("Most learners at once", "learners_max"),
        (HOURS, "hours_a_month"),
    ):
        assert page.field(field).value == typed[name].strip()


def test_a_mentor_who_teaches_in_groups_says_with_how_many_she_starts(sign_in, session, look_again, mentor, answers):
    browser = sign_in(mentor)
    assert browser.post("/mentor/profile", data={**answers, "minimum_if_used": "2"}).status_code == 303
    look_again()
    assert session.get(MentorProfile, mentor.id).minimum_if_used == 2
    assert shown(browser.get("/mentor/profile")).field("Fewest learners to start with").value == "2"


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
    again = browser.post("/mentor/profile/absences", data=away)
    assert again.status_code == 422
    assert shown(again).complaint == (
        "First day away",
        "You are away on some of these days already. Remove that entry first.",
    )
    look_again()
    noted = shown(browser.get("/mentor/profile")).section("When you are away")
    assert noted.items == ["3 March 2026 to 13 March 2026 Remove"]
    absence = session.get(MentorProfile, mentor.id).absences[0]
    assert noted.button("Remove").action == f"/mentor/profile/absences/{absence.id}/remove"
    assert browser.post(f"/mentor/profile/absences/{absence.id}/remove").status_code == 303
    noted = shown(browser.get("/mentor/profile")).section("When you are away")
    assert (noted.items, noted.paragraphs) == ([], ["You have not noted any time away."])
    assert browser.post(f"/mentor/profile/absences/{absence.id}/remove").status_code == 404


def test_an_absence_in_the_wrong_order_or_over_is_refused(sign_in, mentor, today):
    browser = sign_in(mentor)
    for first, last, message in ((5, 1, "on or after the first day"), (-9, -2, "must be today or later")):
        dates = {
            **day("absence-starts_on", today + timedelta(days=first)),
            **day("absence-ends_on", today + timedelta(days=last)),
        }
        answer = browser.post("/mentor/profile/absences", data=dates)
        assert answer.status_code == 422
        label, said = shown(answer).complaint
        assert label == "Last day away"
        assert message in said
