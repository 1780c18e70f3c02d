"""Two deeds at the same moment: each counts once, nobody is told twice, and nobody who has left is offered a place."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.models.operations.audit import AuditLine
from app.models.people import MentorAbsence, Role
from app.models.placements import Offer
from app.models.requests import ExcludedMentor, ExclusionAnswer, ExclusionKind, PlacementRequest
from app.models.runs import Run
from app.models.studies import Opening
from tests.app.studies.filling_in import day
from tests.in_between import in_between


@pytest.fixture
def administrators(build):
    return [build.person(Role.ADMINISTRATOR) for _ in range(2)]


def number_of(session, deed):
    return session.scalar(select(func.count()).select_from(AuditLine).where(AuditLine.deed == deed))


def withdraw(browser, person):
    return browser.post(f"/admin/people/{person.id}/withdraw")


def end_role(browser, person):
    return browser.post(f"/admin/people/{person.id}/roles/{person.grants[0].id}/end")


@pytest.mark.parametrize(
    ("deed", "words", "second"), [(withdraw, "withdrew an account", 303), (end_role, "ended a role", 404)]
)
def test_whoever_leaves_leaves_once(
    sign_in, session, engine, build, administrators, mails, look_again, deed, words, second
):
    placement = build.placement()
    one, other = (sign_in(person) for person in administrators)
    mentor = placement.mentor
    answers = in_between(engine, lambda: deed(one, mentor), lambda: deed(other, mentor))
    assert [answer.status_code for answer in answers] == [303, second]
    look_again()
    assert number_of(session, words) == 1
    told = [mail for mail in mails() if mail[0] == placement.learner.email]
    assert len(told) == 1


@pytest.fixture
def to_check(build):
    """A name to check: two coordinators, the mentor who may be meant, and where they answer."""
    network = build.network()
    jane = build.mentor(name="Jane Example")
    build.opening(jane, network=network)
    coordinators = [build.coordinator(network) for _ in range(2)]
    round_ = build.round(network, coordinator=coordinators[0])
    named = ExcludedMentor(kind=ExclusionKind.CONFLICT, name="Jane Example", why="A conflict.")
    request = build.request(networks=[network], round_id=round_.id)
    request.excluded.append(named)
    build.session.flush()
    return coordinators, f"/rounds/{round_.id}/names/{named.id}/{jane.id}"


def test_two_coordinators_say_who_an_excluded_person_is_and_the_first_counts(
    sign_in, session, engine, to_check, look_again
):
    coordinators, address = to_check
    one, other = (sign_in(person) for person in coordinators)
    answers = in_between(
        engine,
        lambda: one.post(address, data={"is_same": "yes"}),
        lambda: other.post(address, data={"is_same": "no"}),
    )
    assert [answer.status_code for answer in answers] == [303, 409]
    look_again()
    assert session.scalars(select(ExclusionAnswer.is_same)).all() == [True]


@pytest.mark.parametrize("said", [{}, {"is_same": ""}, {"is_same": "perhaps"}])
def test_only_a_clear_answer_says_that_it_is_somebody_else(sign_in, session, to_check, look_again, said):
    coordinators, address = to_check
    assert sign_in(coordinators[0]).post(address, data=said).status_code == 422
    look_again()
    assert session.scalars(select(ExclusionAnswer)).all() == []


@pytest.fixture
def solved(build, sign_in, session, today, look_again):
    """A run to be published, with one learner for one opening."""
    network = build.network()
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator, closes_on=today - timedelta(days=1))
    build.opening(network=network)
    build.request(networks=[network], round_id=round_.id)
    browser = sign_in(coordinator)
    browser.post(f"/rounds/{round_.id}/runs/new", data={"policy": "fit"})
    look_again()
    run = session.scalars(select(Run)).one()
    return browser, run


@pytest.mark.parametrize("who", ["learner", "mentor"])
@pytest.mark.parametrize("deed", [withdraw, end_role])
def test_a_round_published_while_somebody_leaves_leaves_no_offer_to_answer(
    sign_in, session, engine, build, administrators, solved, look_again, today, deed, who
):
    publisher, run = solved
    request = session.scalars(select(PlacementRequest)).one()
    opening = session.scalars(select(Opening)).one()
    person = request.learner if who == "learner" else opening.mentor
    administrator = sign_in(administrators[0])
    in_between(
        engine,
        lambda: publisher.post(f"/runs/{run.id}/publish", data={"has_looked": "y"}),
        lambda: deed(administrator, person),
        before="^INSERT INTO offers",
    )
    look_again()
    assert session.scalars(select(Offer).where(Offer.is_open_on(today))).all() == []


def test_a_round_published_while_its_learner_excludes_the_mentor_leaves_no_offer(
    sign_in, session, engine, solved, look_again, today
):
    publisher, run = solved
    request = session.scalars(select(PlacementRequest)).one()
    mentor = session.scalars(select(Opening)).one().mentor
    learner = sign_in(request.learner)
    given = {"kind": "LINE_MANAGER", "typed": mentor.name, "picked": str(mentor.id), "is_sure": "y"}
    _, excluded = in_between(
        engine,
        lambda: publisher.post(f"/runs/{run.id}/publish", data={"has_looked": "y"}),
        lambda: learner.post(f"/request/{request.id}/not-my-mentor/add", data=given),
        before="^INSERT INTO offers",
    )
    assert excluded.status_code == 303
    look_again()
    assert session.scalars(select(Offer).where(Offer.is_open_on(today))).all() == []


def test_a_run_is_not_published_when_another_seed_is_drawn_at_that_moment(
    sign_in, session, engine, solved, look_again, today
):
    publisher, run = solved
    digest = run.round.seed.digest
    drawn, published = in_between(
        engine,
        lambda: publisher.post(
            f"/rounds/{run.round_id}/seed", data={"shown_digest": digest, "reason": "A mistake was found."}
        ),
        lambda: publisher.post(f"/runs/{run.id}/publish", data={"has_looked": "y"}),
    )
    assert (drawn.status_code, published.status_code) == (303, 422)
    look_again()
    assert session.scalars(select(Offer)).all() == []


def test_the_same_absence_noted_twice_at_once_is_noted_once(sign_in, session, engine, build, look_again, today):
    mentor = sign_in(build.mentor())
    away = {**day("absence-starts_on", today), **day("absence-ends_on", today)}
    answers = in_between(
        engine,
        lambda: mentor.post("/mentor/profile/absences", data=away),
        lambda: mentor.post("/mentor/profile/absences", data=away),
    )
    assert [answer.status_code for answer in answers] == [303, 422]
    look_again()
    assert len(session.scalars(select(MentorAbsence)).all()) == 1
