"""Publishing a run: offers and mails, once, and only while the round is as the run saw it."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Barrier

import pytest
from sqlalchemy import event, func, select

from app.language.dates_and_times import day_in_words
from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import MentorAbsence
from app.models.placements import DeclineKind, Offer, OfferState, Terms
from app.models.requests import RequestState
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.models.studies import OpeningState
from app.rounds.inputs import inputs_of
from app.rounds.publishing import changes
from app.studies.openings.forms import RPE_LEVELS
from tests.app.rounds.conftest import Scene
from tests.screen import shown


@pytest.fixture
def solved(full_scene, sign_in, session, look_again):
    """A round with a solved run that could be published."""
    sign_in(full_scene.coordinator).post(f"/rounds/{full_scene.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    full_scene.run = session.scalar(select(Run))
    return full_scene


def publish(sign_in, scene):
    return sign_in(scene.coordinator).post(f"/runs/{scene.run.id}/publish", data={"has_looked": "y"})


def test_publishing_says_who_is_affected_and_makes_offers_and_tells_everybody(
    solved, sign_in, session, look_again, mails
):
    page = shown(sign_in(solved.coordinator).get(f"/runs/{solved.run.id}/publish"))
    assert page.heading == f"Spring 2026 Publish run {solved.run.id}?"
    assert page.items[0] == "1 offer rests on little fit"
    assert page.items[1:] == [
        "2 learners get an offer by email, to be answered by 2 April 2026, which is 21 working days "
        "from today; the places are held until then",
        "1 learner is told by email why there is no place, and what happens next",
        "2 mentors are told by email to whom a place was offered",
    ]
    assert page.button("Publish and send the mails").action == f"/runs/{solved.run.id}/publish"
    answer = publish(sign_in, solved)
    assert answer.location == f"/rounds/{solved.round.id}/answers"
    look_again()
    offers = session.scalars(select(Offer)).all()
    assert [offer.state for offer in offers] == [OfferState.WAITING] * 2
    assert {offer.answer_by for offer in offers} == {solved.round.answer_by}
    assert solved.round.published_at == solved.run.published_at == solved.build.now
    learners = [request.learner for request in solved.requests]
    mentors = [opening.mentor for opening in solved.openings]
    assert sorted((recipient, line) for recipient, _, line in mails()) == sorted(
        (person.email, f"Dear {person.name},") for person in (*learners, *mentors)
    )
    assert Counter(subject for _, subject, _ in mails()) == {
        "You are offered a place: answer by 2 April 2026": 2,
        f"No place for you yet in the round “{solved.round.name}”": 1,
        "Your openings were offered to a learner": 2,
    }
    assert session.scalar(select(AuditLine).where(AuditLine.deed == "published a run")).subject_id == solved.run.id


def test_the_mail_of_an_offer_leads_to_the_offer_and_says_why(solved, sign_in, session, look_again):
    publish(sign_in, solved)
    look_again()
    for offer in session.scalars(select(Offer)):
        mail = session.scalar(select(Message).where(Message.recipient == offer.request.learner.email))
        assert f"http://localhost/offers/{offer.id}" in mail.body
        assert offer.opening.mentor.name in mail.body
        assert "Why this one:" in mail.body


def test_the_mail_without_a_place_has_a_reason_and_a_next_step(solved, sign_in, session, look_again):
    publish(sign_in, solved)
    look_again()
    mail = session.scalar(select(Message).where(Message.subject.contains("No place for you yet")))
    assert "filled by other learners" in mail.body
    assert "ask again for the next round" in mail.body


def test_a_round_is_published_once(solved, sign_in, session):
    assert publish(sign_in, solved).status_code == 303
    answer = publish(sign_in, solved)
    assert answer.status_code == 409
    page = shown(answer)
    assert page.heading == "Somebody was faster"
    assert "is published already" in page.paragraphs[0]
    assert session.scalar(select(func.count(Offer.id))) == 2


def withdraw_request(scene):
    scene.requests[0].state = RequestState.WITHDRAWN


def pause_opening(scene):
    scene.openings[0].state = OpeningState.PAUSED


def take_place(scene):
    scene.build.offer(opening=scene.openings[0])


def add_place(scene):
    scene.openings[1].places = 2


def change_dates_of_opening(scene):
    scene.openings[0].starts_on += timedelta(days=200)
    scene.openings[0].ends_on += timedelta(days=200)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (withdraw_request, "No longer there: 1 request"),
        (pause_opening, "No longer there: 1 opening"),
        (take_place, "Places or hours changed at 1 opening: "),
        (add_place, "Places or hours changed at 1 opening: "),
        (change_dates_of_opening, "What fits, or how well, changed for 3 learners"),
    ],
)
def test_a_round_that_has_changed_since_the_run_is_not_published(solved, sign_in, session, change, sentence):
    change(solved)
    page = shown(sign_in(solved.coordinator).get(f"/runs/{solved.run.id}/publish"))
    assert page.paragraphs[0] == "The round has changed since this run, so it cannot be published."
    assert [sentence in item for item in page.items].count(True) == 1, page.items
    assert "Publish and send the mails" not in page.buttons
    assert page.link("Start a new run") == f"/rounds/{solved.round.id}/runs/new"
    before = session.scalar(select(func.count(Offer.id)))
    answer = publish(sign_in, solved)
    assert answer.status_code == 422
    assert "Start a new run" in shown(answer).paragraphs[0]
    assert session.scalar(select(func.count(Offer.id))) == before
    assert session.scalar(select(MatchRound.published_at).where(MatchRound.id == solved.round.id)) is None


def test_what_changes_elsewhere_does_not_hinder_publication(solved, build, sign_in):
    build.opening()
    build.request()
    assert publish(sign_in, solved).status_code == 303


def test_an_open_round_is_not_published(solved, sign_in, today):
    solved.round.closes_on = today
    page = shown(sign_in(solved.coordinator).get(f"/runs/{solved.run.id}/publish"))
    assert ["Learners can change their requests until 3 March 2026" in inset for inset in page.insets] == [True]
    assert "Publish and send the mails" not in page.buttons
    assert publish(sign_in, solved).status_code == 422


def test_nothing_is_published_that_nobody_has_time_to_answer(solved, sign_in, today):
    solved.round.answer_by = today
    answer = publish(sign_in, solved)
    assert answer.status_code == 422
    assert "no time to answer" in shown(answer).paragraphs[0]


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.RUNNING, RunState.CLASH, RunState.FAILED])
def test_only_a_solved_run_is_published(scene, build, sign_in, state):
    scene.run = build.run(scene.round, state=state)
    answer = publish(sign_in, scene)
    assert answer.status_code == 422
    assert shown(answer).paragraphs[0].startswith("Only a run that is solved")


def test_answers_are_watched_and_filtered(solved, sign_in, session, look_again, today, now):
    publish(sign_in, solved)
    look_again()
    first, second = session.scalars(select(Offer).order_by(Offer.id))
    first.state, first.answered_at, first.decline_kind = OfferState.DECLINED, now, DeclineKind.OTHER
    first.decline_reason = "I am moving away."
    browser = sign_in(solved.coordinator)
    page = shown(browser.get(f"/rounds/{solved.round.id}/answers?state=declined"))
    assert page.rows == [first.request.learner.name]
    assert page.row(first.request.learner.name)["Answer"] == "Declined Another reason. I am moving away."
    assert page.nav("Answers").links == [
        "All (2)",
        "Waiting for an answer (1)",
        "Accepted (0)",
        "Declined (1)",
        "Lapsed (0)",
        "Taken back (0)",
    ]
    second.answer_by = today - timedelta(days=1)
    session.commit()
    page = shown(browser.get(f"/rounds/{solved.round.id}/answers?state=lapsed"))
    assert page.rows == [second.request.learner.name]
    assert page.row(second.request.learner.name).tags == ["Lapsed"]


def test_queries_of_the_answers_do_not_grow_with_the_offers(scene, build, sign_in, queries):
    scene.round.published_at = build.now
    counts = []
    for number in (1, 6):
        for _ in range(number):
            build.offer(round_=scene.round)
        browser = sign_in(scene.coordinator)
        with queries() as statements:
            assert browser.get(f"/rounds/{scene.round.id}/answers").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


TOGETHER_SECONDS = 120
LOCK_OF_ROUND = re.compile(r"FROM match_rounds\s.*FOR UPDATE", re.DOTALL)


def publish_together(browsers, engine, runs, lock=LOCK_OF_ROUND):
    """Each publishes a run at once; on PostgreSQL they meet once more just before what the statement locks."""
    at_door, at_lock = Barrier(len(browsers)), Barrier(len(browsers))
    addresses = [f"/runs/{run.id}/publish" for run in runs]  # read here: the test's session is no thread's
    arrivals = count(1)  # who was overtaken begins anew, and meets nobody then

    def meet(connection, cursor, statement, *rest):
        if lock.search(statement) and next(arrivals) <= len(browsers):
            at_lock.wait(TOGETHER_SECONDS)

    def post(browser, address):
        at_door.wait(TOGETHER_SECONDS)
        return browser.post(address, data={"has_looked": "y"})

    event.listen(engine, "before_cursor_execute", meet)
    try:
        with ThreadPoolExecutor(len(browsers)) as pool:
            return list(pool.map(post, browsers, addresses))
    finally:
        event.remove(engine, "before_cursor_execute", meet)


def test_two_coordinators_who_publish_at_the_same_moment_publish_once(
    solved, build, sign_in, session, engine, look_again
):
    browsers = [sign_in(person) for person in (solved.coordinator, build.coordinator(solved.network))]
    answers = publish_together(browsers, engine, [solved.run] * 2)
    look_again()
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    overtaken = next(answer for answer in answers if answer.status_code == 409)
    assert "is published already" in shown(overtaken).paragraphs[0]
    assert session.scalar(select(func.count()).select_from(Offer)) == 2
    assert session.scalar(select(func.count()).select_from(Message)) == 5


LOCK_OF_MENTORS = re.compile(r"FROM mentor_profiles\s.*FOR UPDATE", re.DOTALL)


def test_two_rounds_published_at_the_same_moment_do_not_offer_one_place_twice(
    scene, build, sign_in, session, engine, look_again
):
    """A mentor with one place takes learners of both levels, and each level has its round."""
    build.opening(network=scene.network, mentor=build.mentor(learners_max=1), levels=list(RPE_LEVELS))
    runs, browsers = [], []
    for level in RPE_LEVELS:
        coordinator = build.coordinator(scene.network)
        yesterday = build.today - timedelta(days=1)
        own = build.round(scene.network, coordinator=coordinator, level=level, closes_on=yesterday)
        learner = build.learner()
        module = build.enrolment(learner, build.programme(level=level)).programme.modules[0]
        build.request(learner, [scene.network], module, round_id=own.id)
        browser = sign_in(coordinator)
        browser.post(f"/rounds/{own.id}/runs/new", data={"policy": "fit"})
        browsers.append(browser)
        look_again()
        runs.append(session.scalar(select(Run).where(Run.round_id == own.id)))
    answers = publish_together(browsers, engine, runs, LOCK_OF_MENTORS)
    look_again()
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    refused = next(one for one in answers if one.status_code == 422)
    assert "The round has changed since this run" in shown(refused).paragraphs[0]
    assert session.scalar(select(func.count()).select_from(Offer)) == 1


def test_a_lapsed_offer_neither_holds_a_place_nor_keeps_its_request_out_of_a_run(scene, build, session, today):
    opening, request = scene.opening(), scene.request()
    offer = build.offer(request=request, opening=opening, round_=scene.round, answer_by=today)
    session.flush()
    waiting = inputs_of(session, scene.round, today)
    assert (waiting.requests, waiting.places[opening.id]) == ([], 0)
    offer.answer_by = today - timedelta(days=1)
    session.flush()
    overdue = inputs_of(session, scene.round, today)
    assert (overdue.requests, overdue.places[opening.id]) == ([], 1)
    offer.state = OfferState.LAPSED
    session.flush()
    lapsed = inputs_of(session, scene.round, today)
    assert (lapsed.requests, lapsed.places[opening.id]) == ([request], 1)


def test_as_long_as_nothing_has_changed_publishing_does_not_read_the_round_again(solved, sign_in, monkeypatch):
    def read_again(*given):
        raise AssertionError("the round was read again")

    monkeypatch.setattr(changes, "snapshot_of", read_again)
    assert (
        "Publish and send the mails" in shown(sign_in(solved.coordinator).get(f"/runs/{solved.run.id}/publish")).buttons
    )
    assert publish(sign_in, solved).status_code == 303


def test_a_change_that_leaves_the_problem_as_it_was_does_not_hinder_publication(solved, sign_in, session):
    """Another fingerprint is only the reason to look: here the same place is said in other words."""
    solved.run.inputs_fingerprint = "that of a round with the same problem"
    assert publish(sign_in, solved).status_code == 303


def test_publishing_takes_as_many_queries_for_many_learners_as_for_few(scene, sign_in, session, look_again, queries):
    taken: list[int] = []
    for number in (2, 9):
        for _ in range(number):
            scene.opening()
            scene.request()
        coordinator = sign_in(scene.coordinator)
        coordinator.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
        look_again()
        run_id = session.scalar(select(func.max(Run.id)))
        with queries() as statements:
            assert coordinator.get(f"/runs/{run_id}/publish").status_code == 200
        taken.append(len(statements))
    assert taken[0] == taken[1]


def test_the_deed_takes_as_many_statements_for_many_learners_as_for_few(
    build, sign_in, session, look_again, mails, queries
):
    taken: list[int] = []
    for number in (2, 9):
        look_again()
        network = build.network()
        coordinator = build.coordinator(network)
        yesterday = build.today - timedelta(days=1)
        scene = Scene(build, network, coordinator, build.round(network, coordinator=coordinator, closes_on=yesterday))
        for _ in range(number):
            scene.opening()
            scene.request()
            scene.request()
        sign_in(coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
        look_again()
        scene.run = session.scalar(select(Run).where(Run.round_id == scene.round.id))
        with queries() as statements:
            assert publish(sign_in, scene).status_code == 303
        taken.append(len(statements))
    assert len(mails()) == (2 + 9) * 3
    assert taken[0] == taken[1]


def test_a_study_is_named_by_its_title_and_not_by_its_code_word(scene, build, sign_in, session, look_again):
    scene.opening(study=build.study("Walking after a stroke", short_title="WALK"))
    learner = scene.request().learner
    sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    scene.run = session.scalar(select(Run))
    publish(sign_in, scene)
    look_again()
    of_offer = session.scalar(select(Message.body).where(Message.recipient == learner.email))
    assert "  Study: Walking after a stroke" in of_offer.splitlines()
    to_mentor = session.scalar(select(Message.body).where(Message.recipient == scene.openings[0].mentor.email))
    assert f"  {learner.name}: Walking after a stroke" in to_mentor.splitlines()


def test_the_mail_says_from_when_with_the_mentors_absences_left_out(scene, build, sign_in, session, look_again, today):
    """The same first day as on the page of the offer: not one on which the mentor is away."""
    opening = scene.opening(starts_on=today + timedelta(days=30), ends_on=today + timedelta(days=300))
    away = MentorAbsence(starts_on=today + timedelta(days=25), ends_on=today + timedelta(days=44))
    opening.mentor.mentor_profile.absences.append(away)
    request = scene.request(start_from=today + timedelta(days=10), start_until=today + timedelta(days=90))
    sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    scene.run = session.scalar(select(Run))
    publish(sign_in, scene)
    look_again()
    body = session.scalar(select(Message.body).where(Message.recipient == request.learner.email))
    first, last = (day_in_words(today + timedelta(days=days)) for days in (45, 300))
    assert f"  From: {first} to {last}" in body.splitlines()


def test_offers_say_the_terms_of_their_openings(solved, sign_in, session, look_again, now):
    solved.openings[0].learner_does = "Sees patients at home."
    session.commit()
    sign_in(solved.coordinator).post(f"/rounds/{solved.round.id}/runs/new", data={"policy": "fit"})
    look_again()
    solved.run = session.scalars(select(Run).order_by(Run.id.desc())).first()
    publish(sign_in, solved)
    look_again()
    offers = session.scalars(select(Offer)).all()
    assert [len(one.terms_said) for one in offers] == [1, 1]
    assert {one.said.terms for one in offers} == {Terms.of(opening) for opening in solved.openings}
    assert {(one.said.number, one.said.said_at) for one in offers} == {(1, now)}
