"""What a coordinator does with a placement that cannot stay: pause, end, another mentor, another study."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.language.dates_and_times import day_in_words
from app.models.course.changes_asked import AskedKind
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.hours import HoursEntry
from app.models.people import Role
from app.models.placements import Cause, Outcome, Pause, Placement, PlacementState
from app.models.requests import ExcludedMentor, ExclusionKind
from app.rules.capacity import Held
from app.rules.record_totals import summaries_with_earlier
from tests.app.progress.records import confirmed_session, workplace_hours
from tests.app.studies.filling_in import day
from tests.screen import shown

DAYS = timedelta(days=1)
CHILD = "Patient 943 476 5919 asked for it."
SURE = "It is right as it is: save it"


def moved(today, first=0, last=200, **more):
    return {
        **day("first_day", today + first * DAYS),
        **day("last_day", today + last * DAYS),
        "cause": "MENTOR_LEAVES",
        "reason": "Dr A. Mentor has left.",
        **more,
    }


def offered(today, **more):
    return moved(today, 30, **day("answer_by", today + 7 * DAYS), **more)


def paused(today, first=0, resumes=30, ends=270, **more):
    days = (("from_on", first), ("resumes_on", resumes), ("ends_on", ends))
    dates = {key: value for name, offset in days for key, value in day(name, today + offset * DAYS).items()}
    return {**dates, "reason": "A term elsewhere.", **more}


def ended(today, last=0, **more):
    said = {"outcome": "INCOMPLETE", "cause": "CIRCUMSTANCES", "reason": "It cannot go on."}
    return {**said, **day("last_day", today + last * DAYS), **more}


def elsewhere(placement, opening):
    return f"/our-placements/{placement.id}/elsewhere/{opening.id}"


def test_another_mentor_of_the_study_takes_over_and_the_record_stays(
    sign_in, build, placement, coordinator, successor, session, look_again, today, mails
):
    successor.starts_on = today - DAYS
    confirmed_session(build, placement, today - 9 * DAYS)
    workplace_hours(build, placement, today - 9 * DAYS, 120)
    lead = build.person()
    build.grant(lead, Role.PROGRAMME_LEAD, provider=placement.module.programme.provider)
    address, old_id, coordinator_email = elsewhere(placement, successor), placement.id, coordinator.email
    people = {one.email for one in (placement.learner, placement.mentor, successor.mentor, lead)}
    browser = sign_in(coordinator)
    assert shown(browser.get(address)).heading == "Move Robin Learner to Dr S. Successor?"
    page = shown(browser.post(address, data=moved(today), follow_redirects=True))
    assert page.heading == "Placement of Robin Learner"
    assert "From 3 March 2026 the placement goes on with Dr S. Successor." in page.banner
    look_again()
    old, new = session.scalars(select(Placement).order_by(Placement.id)).all()
    assert (old.id, old.standing_on(today), old.outcome, old.cause) == (
        old_id,
        "goes on elsewhere",
        Outcome.MOVED,
        Cause.MENTOR_LEAVES,
    )
    assert (old.ends_on, new.starts_on, new.continues_id, new.first_part_on) == (
        today - DAYS,
        today,
        old.id,
        old.starts_on,
    )
    assert session.scalars(select(HoursEntry.placement_id)).all() == [old.id]
    assert summaries_with_earlier(session, [new])[new.id].total_minutes == 180
    assert {recipient for recipient, _, _ in mails()} >= people
    assert coordinator_email not in {recipient for recipient, _, _ in mails()}


def test_the_place_of_the_earlier_mentor_is_free_again(
    sign_in, build, placement, coordinator, successor, session, look_again, today
):
    successor.starts_on = today
    address, old_mentor, new_mentor = elsewhere(placement, successor), placement.mentor_id, successor.mentor_id
    sign_in(coordinator).post(address, data=moved(today))
    look_again()
    held = Held.on(session, today)
    assert (held.by_mentor.get(old_mentor, 0), held.by_mentor[new_mentor]) == (0, 1)


def test_what_goes_on_elsewhere_later_stays_where_it_is_until_then_and_is_counted_once(
    sign_in, build, placement, coordinator, successor, session, look_again, today
):
    placement.opening.study.learner_limit = 1
    address, placement_id = elsewhere(placement, successor), placement.id
    keys = placement.mentor_id, successor.mentor_id, successor.study_id
    browser = sign_in(coordinator)
    assert browser.post(address, data=moved(today, first=30)).status_code == 303
    look_again()
    old = session.get_one(Placement, placement_id)
    later = today + 30 * DAYS
    assert [old.standing_on(one) for one in (today, later)] == ["active", "goes on elsewhere"]
    now, then = Held.on(session, today), Held.on(session, later)
    assert (now.by_mentor[keys[0]], now.by_mentor[keys[1]], now.by_study[keys[2]]) == (1, 1, 1)
    assert (then.by_mentor.get(keys[0], 0), then.by_mentor[keys[1]], then.by_study[keys[2]]) == (0, 1, 1)
    assert browser.post(address, data=moved(today, first=30)).status_code == 409


def test_sessions_of_the_time_before_are_logged_with_the_mentor_of_then_and_later_ones_are_not(
    sign_in, build, placement, coordinator, successor, today
):
    successor.starts_on = today
    address, placement_id, mentor = elsewhere(placement, successor), placement.id, placement.mentor
    coordinating, mentoring = sign_in(coordinator), sign_in(mentor)
    coordinating.post(address, data=moved(today))
    meeting = {
        "how": "video",
        "topics": "Consent.",
        "minutes": "60",
        "is_sure": "y",
        "form_key": "0123456789abcdef0123",
    }
    log = f"/placements/{placement_id}/sessions/new"
    assert mentoring.post(log, data={**meeting, **day("held_on", today - DAYS)}).status_code == 303
    late = shown(mentoring.post(log, data={**meeting, **day("held_on", today), "form_key": "f" * 20}))
    assert "on or before 2 March 2026" in late.complaint[1]


@pytest.mark.parametrize("why", ["full", "excluded", "paused", "mentor gone", "too soon", "too long", "past"])
def test_what_an_opening_cannot_take_is_refused_and_what_was_typed_is_kept(
    sign_in, build, placement, coordinator, successor, session, look_again, today, why
):
    successor.starts_on = today
    given = moved(today)
    if why == "full":
        build.placement(mentor=successor.mentor)
        build.placement(mentor=successor.mentor)
    if why == "paused":
        successor.pause()
    if why == "mentor gone":
        successor.mentor.is_active = False
    if why == "excluded":
        build.add(
            ExcludedMentor(
                learner_id=placement.learner_id,
                kind=ExclusionKind.CONFLICT,
                name=successor.mentor.name,
                mentor_id=successor.mentor_id,
            )
        )
    if why == "too soon":
        successor.starts_on = today + 5 * DAYS
    if why == "too long":
        given = moved(today, last=301)
    if why == "past":
        given = moved(today, first=-1)
    address = elsewhere(placement, successor)
    answer = sign_in(coordinator).post(address, data=given)
    assert answer.status_code == (422 if why.startswith(("too", "past")) else 409)
    assert shown(answer).field("Say why, in a few words").value == "Dr A. Mentor has left."
    look_again()
    assert len(session.scalars(select(Placement).where(Placement.continues_id.is_not(None))).all()) == 0


def test_a_place_on_another_study_waits_for_the_learner_and_is_kept(
    sign_in, build, placement, coordinator, other_study, session, look_again, today, mails
):
    address, email = elsewhere(placement, other_study), placement.learner.email
    opening_id, mentor_id = other_study.id, other_study.mentor_id
    page = shown(sign_in(coordinator).post(address, data=offered(today), follow_redirects=True))
    assert "Robin Learner has been told and can answer until 10 March 2026" in page.banner
    look_again()
    [place] = session.scalars(select(NextPlace)).all()
    assert (place.opening_id, place.state, place.answer_by) == (opening_id, NextPlaceState.WAITING, today + 7 * DAYS)
    held = Held.on(session, today)
    assert (held.by_opening[opening_id], held.by_mentor[mentor_id]) == (1, 1)
    assert Held.on(session, today + 8 * DAYS).by_opening.get(opening_id, 0) == 0
    assert [recipient for recipient, _, _ in mails()] == [email]


def test_another_study_of_the_same_mentor_takes_no_second_of_her_places(
    sign_in, build, placement, coordinator, session, look_again, today
):
    placement.mentor.mentor_profile.learners_max = 1
    other = build.opening(placement.mentor, build.study(), placement.opening.network)
    address, mentor_id = elsewhere(placement, other), placement.mentor_id
    assert sign_in(coordinator).post(address, data=offered(today)).status_code == 303
    look_again()
    assert Held.on(session, today).by_mentor[mentor_id] == 1


def test_a_place_that_waits_is_taken_back_and_the_learner_told(
    sign_in, build, placement, coordinator, other_study, session, look_again, today, mails
):
    address, placement_id = elsewhere(placement, other_study), placement.id
    browser = sign_in(coordinator)
    browser.post(address, data=offered(today))
    assert browser.post(f"/our-placements/{placement_id}/next-place/take-back").status_code == 303
    look_again()
    assert session.scalars(select(NextPlace.state)).all() == [NextPlaceState.TAKEN_BACK]
    assert mails()[-1][1] == "The place to go on with was taken back"
    assert browser.post(f"/our-placements/{placement_id}/next-place/take-back").status_code == 409


def test_the_engine_proposes_a_place_for_each_and_two_never_share_one(
    sign_in, build, placement, coordinator, network, successor, today
):
    successor.mentor.mentor_profile.learners_max = 1
    second = build.placement(build.learner(name="Ada Second"), build.mentor(name="Dr B. Gone"))
    second.opening.network = network
    for one in (placement, second):
        one.mentor.is_active = False
        request = one.offer.request
        request.networks.append(network) if network not in request.networks else None
    build.opening(build.mentor(name="Dr O. Other"), build.study("Falls"), network)
    page = shown(sign_in(coordinator).get("/our-placements/rescue"))
    assert page.paragraphs[0] == "2 placements in your networks cannot stay as they are."
    assert page.link("Move Robin Learner to Dr S. Successor")
    assert page.link("Offer Ada Second the place with Dr O. Other")


def test_the_weeks_that_an_opening_leaves_between_the_two_are_said(
    sign_in, placement, coordinator, network, successor, today
):
    placement.mentor.is_active = False
    request = placement.offer.request
    request.networks.append(network) if network not in request.networks else None
    successor.starts_on = today + 30 * DAYS
    browser = sign_in(coordinator)
    words = f"That leaves 4 weeks between the two, from {day_in_words(today)} on."
    assert shown(browser.get("/our-placements/rescue")).says(words)
    assert shown(browser.get(f"/our-placements/{placement.id}/elsewhere")).says(", 4 weeks later")


def test_a_mentor_who_leaves_is_not_her_own_successor(sign_in, build, placement, coordinator, network, today):
    placement.opening.withdraw()
    own = build.opening(placement.mentor, placement.opening.study, network)
    build.wish(placement, placement.mentor, AskedKind.MENTOR_LEAVES)
    address = f"/our-placements/{placement.id}/elsewhere"
    answered = f"{address}/{own.id}"
    browser = sign_in(coordinator)
    assert shown(browser.get(address)).rows == []
    assert browser.post(answered, data=moved(today, 30)).status_code == 409


def test_a_pause_keeps_the_place_and_nothing_of_it_can_be_logged(
    sign_in, build, placement, coordinator, session, look_again, today, app
):
    placement_id, learner, mentor_id = placement.id, placement.learner, placement.mentor_id
    browser, learning = sign_in(coordinator), sign_in(learner)
    page = shown(browser.post(f"/our-placements/{placement_id}/pause", data=paused(today), follow_redirects=True))
    assert page.banner.endswith("the other coordinators and the university have been told.")
    look_again()
    kept = session.get_one(Placement, placement_id)
    assert (kept.ends_on, [(one.starts_on, one.resumes_on) for one in kept.pauses]) == (
        today + 270 * DAYS,
        [(today, today + 30 * DAYS)],
    )
    assert Held.on(session, today).by_mentor[mentor_id] == 1
    entry = {
        "category": "workplace learning",
        "did": "Screening.",
        "minutes": "60",
        "is_sure": "y",
        "form_key": "0123456789abcdef0123",
    }
    log = f"/placements/{placement_id}/hours/new"
    refused = shown(learning.post(log, data={**entry, **day("worked_on", today)}))
    assert "was paused from 3 March 2026" in refused.complaint[1]
    assert learning.post(log, data={**entry, **day("worked_on", today - DAYS)}).status_code == 303


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({"first": -61}, "First day of the pause"),
        ({"resumes": 0}, "Day on which it goes on"),
        ({"resumes": 366}, "Day on which it goes on"),
        ({"ends": 29}, "New last day of the placement"),
        ({"ends": 301}, "New last day of the placement"),
        ({"first": -10}, "First day of the pause"),
    ],
)
def test_a_pause_that_cannot_be_is_refused_at_its_day(sign_in, build, placement, coordinator, today, given, label):
    confirmed_session(build, placement, today - 5 * DAYS)
    address = f"/our-placements/{placement.id}/pause"
    answer = sign_in(coordinator).post(address, data=paused(today, **given))
    assert answer.status_code == 422
    assert shown(answer).complaint[0] == label
    assert shown(answer).field("Say why, in a few words").value == "A term elsewhere."


def test_a_pause_ends_sooner_when_the_coordinator_says_so(
    sign_in, build, placement, coordinator, session, look_again, today
):
    build.add(Pause(placement_id=placement.id, starts_on=today - 9 * DAYS, resumes_on=today + 9 * DAYS))
    address = f"/our-placements/{placement.id}/go-on"
    browser = sign_in(coordinator)
    assert browser.post(address).status_code == 303
    look_again()
    assert session.scalars(select(Pause.resumes_on)).all() == [today]
    assert browser.post(address).status_code == 409


def test_a_placement_ends_with_its_outcome_and_everything_logged_stays(
    sign_in, build, placement, coordinator, session, look_again, today, mails
):
    workplace_hours(build, placement, today - 9 * DAYS, 120)
    placement_id, email = placement.id, placement.learner.email
    browser = sign_in(coordinator)
    page = shown(browser.post(f"/our-placements/{placement_id}/end", data=ended(today), follow_redirects=True))
    assert "The placement has ended: incomplete." in page.banner
    look_again()
    over = session.get_one(Placement, placement_id)
    assert (over.state, over.outcome, over.ends_on) == (PlacementState.ENDED, Outcome.INCOMPLETE, today)
    assert Held.on(session, today).by_learner == {}
    assert session.scalars(select(HoursEntry.placement_id)).all() == [placement_id]
    assert ("The placement of Robin Learner has ended") in [subject for to, subject, _ in mails() if to == email]
    assert browser.post(f"/our-placements/{placement_id}/end", data=ended(today)).status_code == 409


@pytest.mark.parametrize("last", [1, -10, -61])
def test_the_last_day_is_no_day_to_come_and_none_before_what_is_logged(
    sign_in, build, placement, coordinator, today, last
):
    workplace_hours(build, placement, today - 9 * DAYS, 120)
    address = f"/our-placements/{placement.id}/end"
    answer = sign_in(coordinator).post(address, data=ended(today, last))
    assert answer.status_code == 422
    assert shown(answer).complaint[0] == "Last day"


def test_a_placement_that_never_began_can_only_be_withdrawn(
    sign_in, build, placement, coordinator, session, look_again, today
):
    placement.starts_on = today + 5 * DAYS
    placement_id = placement.id
    browser = sign_in(coordinator)
    address = f"/our-placements/{placement_id}/end"
    assert browser.post(address, data=ended(today)).status_code == 422
    assert browser.post(address, data=ended(today, outcome="WITHDRAWN")).status_code == 303
    look_again()
    assert session.get_one(Placement, placement_id).never_began


@pytest.mark.parametrize("deed", ["pause", "end", "elsewhere"])
def test_what_looks_like_a_patient_is_asked_about(sign_in, build, placement, coordinator, successor, today, deed):
    successor.starts_on = today
    addresses = {
        "pause": (f"/our-placements/{placement.id}/pause", paused(today, reason=CHILD)),
        "end": (f"/our-placements/{placement.id}/end", ended(today, reason=CHILD)),
        "elsewhere": (elsewhere(placement, successor), moved(today, reason=CHILD)),
    }
    address, given = addresses[deed]
    browser = sign_in(coordinator)
    asked = browser.post(address, data=given)
    assert (asked.status_code, shown(asked).field(SURE).error != "") == (422, True)
    assert browser.post(address, data={**given, "is_sure": "y", "why_sure": "It is nobody."}).status_code == 303


@pytest.mark.parametrize("page", ["", "/pause", "/end", "/elsewhere", "/elsewhere/{opening}"])
def test_only_a_coordinator_of_the_network_reaches_these_pages(sign_in, build, placement, successor, page):
    address = f"/our-placements/{placement.id}{page.format(opening=successor.id)}"
    stranger, learner = build.coordinator(build.network()), placement.learner
    assert sign_in(stranger).get(address).status_code == 404
    assert sign_in(learner).get(address).status_code == 403


def test_an_opening_in_another_network_is_not_hers_to_give(sign_in, build, placement, coordinator):
    address = elsewhere(placement, build.opening())
    assert sign_in(coordinator).get(address).status_code == 404


def test_the_pages_show_what_is_asked_and_offer_nothing_once_it_is_over(
    sign_in, build, placement, coordinator, successor, other_study, today
):
    placement_id = placement.id
    browser = sign_in(coordinator)
    page = shown(browser.get(f"/our-placements/{placement_id}/elsewhere"))
    assert page.rows == ["Dr S. Successor", "Dr O. Other"]
    for name in ("pause", "end"):
        assert browser.get(f"/our-placements/{placement_id}/{name}").status_code == 200
    browser.post(f"/our-placements/{placement_id}/end", data=ended(today))
    assert "What comes next" not in shown(browser.get(f"/our-placements/{placement_id}")).headings
    for name in ("pause", "end", "elsewhere"):
        assert browser.get(f"/our-placements/{placement_id}/{name}").status_code == 409


def test_what_goes_on_elsewhere_before_it_began_frees_its_place_at_once(
    sign_in, build, placement, coordinator, successor, session, look_again, today
):
    placement.starts_on = successor.starts_on = today + 30 * DAYS
    session.commit()
    address, old_id, old_mentor = elsewhere(placement, successor), placement.id, placement.mentor_id
    assert sign_in(coordinator).post(address, data=moved(today, first=30)).status_code == 303
    look_again()
    held, old = Held.on(session, today), session.get_one(Placement, old_id)
    assert (held.by_mentor.get(old_mentor, 0), held.by_mentor[successor.mentor_id]) == (0, 1)
    assert (old.state, old.outcome, old.never_began) == (PlacementState.ENDED, Outcome.MOVED, True)
    assert old.standing_on(today) == "goes on elsewhere"
