"""A coordinator verifies a supervisor whom a learner named: from then on it is a placement, and counts."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.models.pairs.conflicts import Conflict
from app.models.pairs.nominations import CheckQuestion, Nomination, NominationState
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.requests import ExcludedMentor, ExclusionKind, PlacementRequest, RequestState
from app.models.runs import Pin
from app.models.studies import Opening, OpeningState, Study
from app.models.values.identifiers import Scheme
from app.rules.capacity import Held
from tests.app.nominations.conftest import EMAIL
from tests.screen import shown

YES = {question.name.lower(): "yes" for question in CheckQuestion}


@pytest.fixture
def confirmed(found):
    """A nomination whose supervisor has said yes and is known to nobody."""
    return found.build.nomination(
        found.learner,
        module=found.module,
        network=found.network,
        organisation=found.organisation,
        study=found.study,
        email=EMAIL,
        state=NominationState.CONFIRMED,
    )


def verify(sign_in, found, nomination, **says):
    id_ = nomination.id
    return sign_in(found.coordinator).post(f"/nominations/{id_}", data={**YES, **says})


def test_verifying_makes_mentor_opening_and_placement_and_tells_both(
    found, confirmed, sign_in, session, look_again, mails, today
):
    learner_id, learner, coordinator_id = found.learner.id, found.learner.email, found.coordinator.id
    answer = verify(sign_in, found, confirmed, gcp_note="Certificate of May 2025.")
    assert answer.status_code == 303
    look_again()
    placement = session.scalar(select(Placement))
    mentor, opening = placement.mentor, placement.opening
    assert (placement.offer_id, placement.learner_id, mentor.email) == (None, learner_id, EMAIL)
    assert (mentor.roles, mentor.mentor_profile.learners_max) == (frozenset({Role.MENTOR}), 1)
    assert (opening.state, opening.places, opening.study_id) == (OpeningState.PAUSED, 1, found.study.id)
    assert (placement.starts_on, placement.ends_on) == (today + timedelta(days=30), today + timedelta(days=200))
    assert Held.on(session, today).places_left(opening) == 0
    assert [(one[0], one[1]) for one in mails()] == [
        (learner, "Your placement with Sam Example"),
        (EMAIL, "Alex Learner will be your learner"),
        (EMAIL, "Your account for Research Practice Experience placements"),
    ]
    nomination = session.scalar(select(Nomination))
    assert nomination.state is NominationState.VERIFIED
    assert [(one.question, one.is_yes, one.note) for one in nomination.checks][1] == (
        CheckQuestion.GCP,
        True,
        "Certificate of May 2025.",
    )
    placement_id, mentor_id = placement.id, mentor.id
    for person_id in (learner_id, mentor_id):
        browser = sign_in(session.get(Person, person_id))
        assert browser.get(f"/placements/{placement_id}").status_code == 200
        assert not shown(browser.get("/")).says("Ask for a placement")
        look_again()
    browser = sign_in(session.get(Person, coordinator_id))
    assert browser.post(f"/nominations/{nomination.id}", data=YES).status_code == 409
    assert shown(browser.get(f"/nominations/{nomination.id}")).says("Certificate of May 2025.")


def test_a_mentor_who_is_known_gets_no_second_account_and_her_opening_is_used(
    found, confirmed, sign_in, session, look_again, build
):
    mentor = build.mentor(email=EMAIL)
    opening = build.opening(mentor, found.study, found.network)
    ids = mentor.id, opening.id
    assert verify(sign_in, found, confirmed).status_code == 303
    look_again()
    placement = session.scalar(select(Placement))
    assert (placement.mentor_id, placement.opening_id) == ids
    assert session.scalar(select(func.count()).where(Person.email == EMAIL)) == 1
    assert session.get(Opening, ids[1]).state is OpeningState.PUBLISHED


def test_it_counts_against_the_mentors_limit_and_is_refused_beyond_it(found, confirmed, sign_in, session, build):
    mentor = build.mentor(email=EMAIL, learners_max=1)
    build.placement(mentor=mentor)
    answer = verify(sign_in, found, confirmed)
    assert (answer.status_code, shown(answer).says("no room for another learner")) == (422, True)
    assert session.scalar(select(Nomination.state)) is NominationState.CONFIRMED
    assert session.scalar(select(func.count()).select_from(Opening)) == 1


@pytest.mark.parametrize("question", [one for one in CheckQuestion if one is not CheckQuestion.INDEPENDENT])
def test_a_no_keeps_it_from_counting(found, confirmed, sign_in, session, question):
    answer = verify(sign_in, found, confirmed, **{question.name.lower(): "no", "gcp_note": "Asked on Monday."})
    assert answer.status_code == 422
    assert "This cannot count" in shown(answer).complaint[1]
    assert "Asked on Monday." in [one.value for one in shown(answer).all_fields("Note (optional)")]
    assert session.scalar(select(Placement)) is None
    assert session.scalar(select(Person).where(Person.email == EMAIL)) is None


def test_every_question_is_answered(found, confirmed, sign_in):
    answer = verify(sign_in, found, confirmed, weeks="")
    assert (answer.status_code, shown(answer).complaint[1]) == (422, "Choose yes or no")


def test_a_line_manager_supervises_only_by_an_exception_with_a_reason(
    found, confirmed, sign_in, session, look_again, today
):
    coordinator_id = found.coordinator.id
    bare = verify(sign_in, found, confirmed, independent="no")
    assert (bare.status_code, shown(bare).says("Say in the note why an exception is made")) == (422, True)
    look_again()
    assert verify(sign_in, found, confirmed, independent="no", independent_note="The only one here.").status_code == 303
    look_again()
    conflict = session.scalar(select(Conflict))
    assert (conflict.excepted_on, conflict.exception_reason, conflict.excepted_by_id) == (
        today,
        "The only one here.",
        coordinator_id,
    )


def test_a_conflict_or_whom_the_learner_excluded_keeps_it_from_counting(found, confirmed, sign_in, build, look_again):
    mentor = build.mentor(email=EMAIL)
    build.conflict(found.learner, mentor)
    answer = verify(sign_in, found, confirmed)
    assert (answer.status_code, shown(answer).says("a conflict is recorded")) == (422, True)
    look_again()
    build.add(
        ExcludedMentor(learner_id=found.learner.id, kind=ExclusionKind.CONFLICT, name="Sam", email=EMAIL, why="Private")
    )
    assert shown(verify(sign_in, found, confirmed)).says("must not mentor this learner")


def test_the_learners_request_leaves_its_round_with_its_pin_and_the_round_hears(
    found, confirmed, sign_in, session, look_again, build, mails
):
    round_ = build.round(found.network, coordinator=found.coordinator, closes_on=build.today - timedelta(days=1))
    other = build.coordinator(found.network).email
    wish = build.request(found.learner, [found.network], found.module, round_id=round_.id)
    pin = build.add(
        Pin(
            round_id=round_.id,
            request=wish,
            opening=build.opening(network=found.network),
            reason="Agreed.",
            author=found.coordinator,
            created_at=build.now,
        )
    )
    ids = wish.id, pin.id
    assert verify(sign_in, found, confirmed).status_code == 303
    look_again()
    assert session.get(PlacementRequest, ids[0]).state is RequestState.WITHDRAWN
    assert session.get(Pin, ids[1]).lifted_at is not None
    assert (other, f"Alex Learner has left {session.get(type(round_), round_.id).name}") in [m[:2] for m in mails()]


def test_an_offer_that_waits_is_answered_first(found, confirmed, sign_in, build):
    build.offer(build.request(found.learner, [found.network], found.module))
    answer = verify(sign_in, found, confirmed)
    assert (answer.status_code, shown(answer).says("has an offer for this module")) == (422, True)


def test_a_study_that_was_typed_is_added_with_its_number(found, sign_in, session, look_again):
    nomination = found.build.nomination(
        found.learner,
        module=found.module,
        network=found.network,
        study=None,
        study_title="A study of ours",
        scheme=Scheme.CPMS,
        number="54321",
        state=NominationState.CONFIRMED,
    )
    assert verify(sign_in, found, nomination).status_code == 303
    look_again()
    study = session.scalar(select(Study).where(Study.title == "A study of ours"))
    assert [(one.scheme, one.value) for one in study.identifiers] == [(Scheme.CPMS, "54321")]
    assert "54321" in study.search_text
    assert session.scalar(select(Placement)).opening.study_id == study.id


def test_not_verifying_says_why_to_the_learner(found, confirmed, sign_in, session, look_again, mails):
    id_, learner_id, learner = confirmed.id, found.learner.id, found.learner.email
    browser = sign_in(found.coordinator)
    assert browser.post(f"/nominations/{id_}/refuse", data={"reason": " "}).status_code == 422
    assert browser.post(f"/nominations/{id_}/refuse", data={"reason": "The study is closed."}).status_code == 303
    assert [one[0] for one in mails()] == [learner, EMAIL]
    page = shown(sign_in(session.get(Person, learner_id)).get(f"/my-supervisor/{id_}"))
    assert page.texts(".nhsuk-tag") == ["Not verified"]
    assert page.says("Why: The study is closed.")


def test_nobody_decides_on_herself_and_nobody_elsewhere_decides(found, confirmed, sign_in, build, session, look_again):
    confirmed.email = found.coordinator.email
    id_ = confirmed.id
    assert shown(sign_in(found.coordinator).get(f"/nominations/{id_}")).says("Another coordinator of")
    look_again()
    assert verify(sign_in, found, confirmed).status_code == 422
    look_again()
    elsewhere, learner = build.coordinator(build.network()), found.learner
    browser = sign_in(elsewhere)
    assert [browser.get(f"/nominations/{id_}").status_code, browser.post(f"/nominations/{id_}").status_code] == [
        404
    ] * 2
    assert sign_in(learner).post(f"/nominations/{id_}").status_code == 403


def test_the_list_has_what_waits_first_and_a_filter(found, confirmed, sign_in, build):
    build.nomination(build.learner(name="Bo Learner"), network=found.network)
    browser = sign_in(found.coordinator)
    page = shown(browser.get("/nominations"))
    assert page.texts("tbody th") == ["Alex Learner", "Bo Learner"]
    assert shown(browser.get("/nominations?state=proposed")).texts("tbody th") == ["Bo Learner"]
    assert shown(browser.get("/nominations?q=alex")).texts("tbody th") == ["Alex Learner"]
