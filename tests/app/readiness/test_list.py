"""The list of what a placement needs: who reads what, who enters and checks, and what happens to the start."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.readiness import Cover, CoverState, Need, NeedKind, NeedState
from app.models.operations.audit import AuditLine
from app.models.organisations import Organisation
from app.models.values.access_papers import Employment
from app.promises.course.needs import begin_needs
from app.rules.readiness.missing import missing_on, needs_of
from tests.app.studies.filling_in import day
from tests.screen import shown

DAY = timedelta(days=1)
WORK = {"category": "workplace learning", "minutes": "60", "did": "Screened notes."}


def texts(page):
    return " ".join(page.texts("main"))


def test_all_three_read_the_same_list_with_who_does_what(sign_in, placement, needs, coordinator):
    learner, mentor, id_ = placement.learner, placement.mentor, placement.id
    page = texts(shown(sign_in(learner).get(f"/placements/{id_}")))
    assert "It starts on 31 March 2026, and 4 things are missing." in page
    assert "You see to it, by 24 March 2026." in page
    assert "The mentor sees to it, by 24 March 2026." in page
    assert "You see to it" in texts(shown(sign_in(mentor).get(f"/placements/{id_}")))
    assert "4 things are missing" in texts(shown(sign_in(coordinator).get(f"/our-placements/{id_}")))
    assert "4 things are missing" in texts(shown(sign_in(coordinator).get(f"/placements/{id_}/before-start")))


def test_what_a_learner_enters_counts_once_her_mentor_has_seen_it(
    sign_in, session, look_again, placement, gcp, today, mails
):
    need_id, learner, mentor = gcp.id, placement.learner, placement.mentor
    mentor_email = mentor.email
    browser = sign_in(learner)
    answer = browser.post(f"/before-start/{need_id}/enter", data=day("from_on", today - 10 * DAY))
    assert answer.status_code == 303
    look_again()
    need = session.get(Need, need_id)
    assert (need.waiting is not None, need.holds_on(today)) == (True, False)
    assert need.waiting.until_on.isoformat() == "2029-02-21"
    assert mails()[-1][:2] == (
        mentor_email,
        "Please check training in good clinical practice of Robin Learner",
    )
    cover_id = need.waiting.id
    home = shown(sign_in(mentor).get("/"))
    assert home.link("Check training in good clinical practice of Robin Learner") == f"/before-start/{need_id}"
    assert sign_in(mentor).post(f"/before-start/entries/{cover_id}/check").status_code == 303
    look_again()
    assert session.get(Need, need_id).holds_on(today)
    assert sign_in(mentor).post(f"/before-start/entries/{cover_id}/check").status_code == 409


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        (NeedKind.GCP, {"from_on": 1}, "The day must be today or in the past"),
        (NeedKind.GCP, {"from_on": -1200}, "That lapsed on"),
        (NeedKind.ACCESS, {"from_on": 0, "until_on": -1}, "The last day must not come before the first"),
        (NeedKind.RELEASE, {"from_on": -9, "until_on": -1}, "That lapsed on 2 March 2026"),
        (NeedKind.RELEASE, {}, "Enter the day"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(sign_in, placement, needs, today, kind, given, words):
    need_id = needs[kind].id
    typed: dict[str, str] = {}
    for name, days in given.items():
        typed |= day(name, today + days * DAY)
    answer = sign_in(placement.learner).post(f"/before-start/{need_id}/enter", data=typed)
    assert answer.status_code == 422
    assert words in texts(shown(answer))


def test_a_learner_can_neither_enter_the_log_nor_check_what_she_entered(sign_in, build, placement, needs, today):
    cover = build.cover(needs[NeedKind.GCP], state=CoverState.TO_CHECK)
    log_id, cover_id, need_id = needs[NeedKind.DELEGATION].id, cover.id, needs[NeedKind.GCP].id
    learner = placement.learner
    build.grant(learner, build.coordinator(placement.opening.network).grants[0].role, placement.opening.network)
    browser = sign_in(learner)  # who coordinates the network too
    assert browser.post(f"/before-start/{log_id}/enter", data=day("from_on", today)).status_code == 422
    assert browser.post(f"/before-start/entries/{cover_id}/check").status_code == 422
    assert "I have seen it" not in texts(shown(browser.get(f"/before-start/{need_id}")))


def test_the_mentor_does_not_check_the_release(sign_in, build, placement, needs, coordinator, look_again, session):
    cover = build.cover(needs[NeedKind.RELEASE], state=CoverState.TO_CHECK)
    cover_id, mentor = cover.id, placement.mentor
    assert sign_in(mentor).post(f"/before-start/entries/{cover_id}/check").status_code == 422
    assert sign_in(coordinator).post(f"/before-start/entries/{cover_id}/check").status_code == 303
    look_again()
    assert session.get(Cover, cover_id).state is CoverState.GOOD


def test_who_entered_it_reads_why_it_was_sent_back(sign_in, build, placement, gcp, mails, session, look_again):
    cover = build.cover(gcp, state=CoverState.TO_CHECK)
    cover_id, email, mentor = cover.id, placement.learner.email, placement.mentor
    browser = sign_in(mentor)
    assert browser.post(f"/before-start/entries/{cover_id}/send-back").status_code == 422
    answer = browser.post(f"/before-start/entries/{cover_id}/send-back", data={"reason": "It is somebody else’s."})
    assert answer.status_code == 303
    assert mails()[-1][:2] == (email, "Please enter training in good clinical practice again")
    look_again()
    assert session.get(Cover, cover_id).state is CoverState.SENT_BACK
    assert session.scalars(select(AuditLine.deed).order_by(AuditLine.id.desc())).first() == "sent back what was entered"


def test_the_last_thing_in_place_is_told_to_both(sign_in, build, placement, needs, mails, today):
    for kind, need in needs.items():
        if kind is not NeedKind.DELEGATION:
            build.cover(need)
    log_id, email, mentor = needs[NeedKind.DELEGATION].id, placement.learner.email, placement.mentor
    sign_in(mentor).post(f"/before-start/{log_id}/enter", data=day("from_on", today))
    assert mails()[-1][:2] == (email, "Everything is in place for the placement of Robin Learner")


def test_who_employs_the_learner_decides_the_paper_and_another_one_counts_no_longer(
    sign_in, build, placement, needs, session, look_again, today
):
    need = needs[NeedKind.ACCESS]
    build.cover(need)
    need_id, mentor, learner = need.id, placement.mentor, placement.learner
    page = f"/before-start/{need_id}/paper"
    assert sign_in(learner).get(page).status_code == 403
    browser = sign_in(mentor)
    assert browser.post(page, data={"employment": "OTHER"}).status_code == 422
    assert browser.post(page, data={"employment": "OTHER", "bears_on_care": "yes"}).status_code == 303
    look_again()
    assert not session.get(Need, need_id).holds_on(today)
    assert "honorary research contract" in texts(shown(browser.get(f"/before-start/{need_id}")))
    browser.post(page, data={"employment": "HOST"})
    look_again()
    assert session.get(Need, need_id).state is NeedState.NOT_NEEDED


def test_whoever_works_where_the_study_runs_needs_no_paper(build, session, placement, by):
    placement.learner.learner_profile.employer = placement.opening.organisation
    begin_needs(session, placement, by(placement.learner))
    assert NeedKind.ACCESS not in missing_on(needs_of(session, placement), placement.starts_on)


@pytest.mark.parametrize(
    ("employer", "employment"),
    [("Example NHS Trust", Employment.NHS), ("A University", None), ("", None)],
)
def test_the_employer_is_known_as_far_as_the_profile_says(build, session, placement, by, employer, employment):
    placement.learner.learner_profile.employer_name = employer
    begin_needs(session, placement, by(placement.learner))
    assert needs_of(session, placement)[0].employment is employment


def test_an_exception_has_a_reason_and_a_day_and_then_blocks_again(
    sign_in, build, placement, needs, coordinator, session, look_again, mails, today
):
    placement.starts_on = today - DAY
    for kind, need in needs.items():
        if kind is not NeedKind.RELEASE:
            build.cover(need)
    need_id, id_, email = needs[NeedKind.RELEASE].id, placement.id, placement.learner.email
    mentor_email = placement.mentor.email
    browser = sign_in(coordinator)
    page = f"/before-start/{need_id}/except"
    assert browser.post(page, data=day("until_on", today + 5 * DAY)).status_code == 422
    assert browser.post(page, data={**day("until_on", today - DAY), "reason": "On its way."}).status_code == 422
    answer = browser.post(page, data={**day("until_on", today + 5 * DAY), "reason": "On its way."})
    assert answer.status_code == 303
    told = {recipient for recipient, subject, _ in mails() if subject.startswith("An exception until 8 March 2026")}
    assert told == {email, mentor_email}
    look_again()
    needs_now = session.scalars(select(Need).where(Need.placement_id == id_)).all()
    assert [missing_on(needs_now, today + days * DAY) for days in (0, 5, 6)] == [[], [], [NeedKind.RELEASE]]
    assert "Exception" in texts(shown(browser.get(f"/placements/{id_}/before-start")))


def test_nobody_excepts_from_the_log_and_no_mentor_from_anything(sign_in, build, placement, needs, coordinator, today):
    log_id, gcp_id, mentor = needs[NeedKind.DELEGATION].id, needs[NeedKind.GCP].id, placement.mentor
    said = {**day("until_on", today + 60 * DAY), "reason": "On its way."}
    answer = sign_in(coordinator).post(f"/before-start/{log_id}/except", data=said)
    assert answer.status_code == 422
    assert "signed before the first task" in texts(shown(answer))
    assert sign_in(mentor).post(f"/before-start/{gcp_id}/except", data=said).status_code == 403


def test_some_studies_need_no_training(sign_in, placement, gcp, coordinator, session, look_again, today):
    need_id = gcp.id
    browser = sign_in(coordinator)
    assert browser.post(f"/before-start/{need_id}/not-needed").status_code == 422
    said = {"reason": "A study of questionnaires."}
    assert browser.post(f"/before-start/{need_id}/not-needed", data=said).status_code == 303
    look_again()
    assert session.get(Need, need_id).holds_on(today)
    assert "A study of questionnaires." in texts(shown(browser.get(f"/before-start/{need_id}")))
    browser.post(f"/before-start/{need_id}/needed")
    look_again()
    assert not session.get(Need, need_id).holds_on(today)


def begun(build, placement, today, needs, without=()):
    placement.starts_on = today - 20 * DAY
    for kind, need in needs.items():
        if kind not in without:
            build.cover(need)


@pytest.mark.parametrize("kind", [NeedKind.GCP, NeedKind.ACCESS, NeedKind.RELEASE])
def test_work_in_the_study_does_not_start_without_it_and_other_learning_does(
    sign_in, build, placement, needs, today, kind
):
    begun(build, placement, today, needs, without=[kind])
    id_, learner = placement.id, placement.learner
    browser = sign_in(learner)
    page = f"/placements/{id_}/hours/new"
    assert "Not in place today" in texts(shown(browser.get(page)))
    answer = browser.post(
        page, data={**WORK, **day("worked_on", today), "form_key": "the first of the forms", "is_sure": "y"}
    )
    assert answer.status_code == 422
    assert "could not start or go on" in texts(shown(answer))
    other = {
        **WORK,
        "category": "self-directed study",
        **day("worked_on", today),
        "form_key": "the second of the forms",
    }
    assert browser.post(page, data=other).status_code == 303


def test_before_the_log_names_her_a_learner_observes(sign_in, build, placement, needs, today):
    begun(build, placement, today, needs, without=[NeedKind.DELEGATION])
    id_, learner = placement.id, placement.learner
    browser = sign_in(learner)
    said = {**WORK, **day("worked_on", today), "form_key": "the first of the forms"}
    answer = browser.post(f"/placements/{id_}/hours/new", data=said)
    assert answer.status_code == 422
    assert "Log this only if you observed" in texts(shown(answer))
    assert browser.post(f"/placements/{id_}/hours/new", data={**said, "is_sure": "y"}).status_code == 303


def test_days_before_something_lapsed_can_still_be_logged(sign_in, build, placement, needs, today):
    begun(build, placement, today, needs, without=[NeedKind.GCP])
    build.cover(needs[NeedKind.GCP], until_on=today - 3 * DAY)
    id_, learner = placement.id, placement.learner
    browser = sign_in(learner)
    answers = [
        browser.post(
            f"/placements/{id_}/hours/new",
            data={**WORK, **day("worked_on", today - days * DAY), "form_key": f"a form of {days} days before today"},
        ).status_code
        for days in (3, 2)
    ]
    assert answers == [303, 422]


def test_what_counted_until_somebody_ended_it_still_counts_for_those_days(
    sign_in, build, placement, needs, all_in_place, session, look_again, today, mails
):
    cover_id, need_id = all_in_place[NeedKind.ACCESS].id, needs[NeedKind.ACCESS].id
    email = placement.learner.email
    said = {"reason": "The office took it back.", **day("last_day", today - DAY)}
    assert sign_in(placement.mentor).post(f"/before-start/entries/{cover_id}/end", data=said).status_code == 303
    look_again()
    need = session.get(Need, need_id)
    assert (need.holds_on(today - DAY), need.holds_on(today)) == (True, False)
    assert email in {recipient for recipient, subject, _ in mails() if "no longer counts" in subject}


def test_what_a_site_asks_holds_for_what_is_entered_there_from_now_on(
    sign_in, build, placement, gcp, coordinator, session, look_again, today
):
    host_id, need_id = placement.opening.organisation_id, gcp.id
    elsewhere_id = build.organisation().id
    mentor = placement.mentor
    asks = {"gcp_months": "24", "access_days": "40", "release_days": "20", "gcp_days": "10", "delegation_days": "5"}
    browser = sign_in(coordinator)
    assert browser.post(f"/what-sites-ask/{elsewhere_id}", data=asks).status_code == 404
    answer = browser.post(f"/what-sites-ask/{host_id}", data={**asks, "gcp_months": "0"})
    assert answer.status_code == 422
    assert browser.post(f"/what-sites-ask/{host_id}", data=asks).status_code == 303
    sign_in(mentor).post(f"/before-start/{need_id}/enter", data=day("from_on", today))
    look_again()
    assert session.get(Need, need_id).covers[0].until_on.isoformat() == "2028-03-03"
    assert session.get(Organisation, host_id) is not None
