"""The fingerprint of a round changes with everything that its problem and figures depend on, and with nothing else."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from app.models.people import MentorAbsence
from app.models.programmes import Level
from app.models.requests import (
    ExcludedMentor,
    ExclusionAnswer,
    ExclusionKind,
    RankedOpening,
    RequestSpecialty,
    RequestState,
)
from app.models.runs import Pin
from app.models.studies import OpeningLevel, OpeningProfession, OpeningState
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.platform.audit import record
from app.rounds.fingerprint import fingerprint_of, fingerprints_of
from app.rounds.hindrances import blocked_among, idle_among
from app.rounds.inputs import inputs_of
from app.rounds.snapshot import problem_of
from app.rules.fit import index_of
from tests.app.promises.living_world import LivingWorld
from tests.life.people import Deeds


def test_whatever_happens_one_fingerprint_stands_for_one_problem_and_one_set_of_figures(app, engine):
    class Life(Deeds):
        def __init__(self):
            super().__init__(LivingWorld(app, engine))
            self.known: dict[bool, dict[str, object]] = {True: {}, False: {}}

        @invariant()
        def same_fingerprint_same_round(self):
            with self.world.rows() as session:
                round_, today = self.world.the_round(session), self.world.today
                inputs = inputs_of(session, round_, today)
                for with_texts, found in ((True, problem_in(session, round_, inputs)), (False, figures_in(inputs))):
                    print_ = fingerprints_of(session, [round_], today, with_texts=with_texts)[round_.id]
                    assert self.known[with_texts].setdefault(print_, found) == found

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def problem_in(session, round_, inputs):
    blocked = blocked_among(session, round_, inputs, inputs.without_opening)
    return (
        problem_of(inputs, index_of(inputs.openings), [], ["placed", "score"], "seed"),
        [(one.request.id, one.sentence, [opening.id for opening in one.openings]) for one in blocked],
    )


def figures_in(inputs):
    taken = {opening.id for request in inputs.requests for opening in inputs.possible_for(request)}
    idle = [opening for opening in inputs.openings if opening.id not in taken]
    return (
        {request.id: [opening.id for opening in inputs.possible_for(request)] for request in inputs.requests},
        inputs.places,
        [(one.opening.id, one.sentence) for one in idle_among(inputs, idle)],
    )


@pytest.fixture
def told(full_scene, session, build):
    """A round whose every kind of row is there once."""
    opening, request = full_scene.openings[0], full_scene.requests[0]
    specialty = build.specialty()
    opening.study.specialties.append(specialty)
    request.specialty_rows.append(RequestSpecialty(specialty=specialty, position=1))
    request.ranked.append(RankedOpening(opening=opening, position=1))
    named = ExcludedMentor(learner_id=request.learner_id, kind=ExclusionKind.CONFLICT, name="Pat Nobody")
    session.add(named)
    session.flush()
    return full_scene


def a_pin(told):
    return Pin(
        round_id=told.round.id,
        request=told.requests[0],
        opening=told.openings[0],
        reason="Agreed.",
        author_id=told.coordinator.id,
        created_at=told.build.now,
    )


CHANGES = {
    "a request is taken back": lambda t: setattr(t.requests[0], "state", RequestState.WITHDRAWN),
    "another start": lambda t: setattr(t.requests[0], "start_from", t.build.today + timedelta(days=3)),
    "another last start": lambda t: setattr(t.requests[0], "start_until", t.build.today + timedelta(days=3)),
    "only listed openings": lambda t: setattr(t.requests[0], "takes_any_other", False),
    "another network": lambda t: t.requests[0].networks.append(t.build.network("Wessex")),
    "no network": lambda t: t.requests[0].networks.clear(),
    "another rank": lambda t: setattr(t.requests[0].ranked[0], "position", 2),
    "a ranked opening": lambda t: t.requests[0].ranked.append(RankedOpening(opening=t.openings[1], position=2)),
    "a name of an excluded": lambda t: setattr(t.requests[0].excluded[0], "name", "Pat Somebody"),
    "an answer about a name": lambda t: (
        t.requests[0]
        .excluded[0]
        .answers.append(
            ExclusionAnswer(
                mentor_id=t.openings[0].mentor_id,
                is_same=False,
                answered_by_id=t.coordinator.id,
                answered_at=t.build.now,
            )
        )
    ),
    "another profession": lambda t: setattr(t.requests[0].learner.learner_profile, "profession", Profession.DOCTOR),
    "a learner who leaves": lambda t: setattr(t.requests[0].learner, "is_active", False),
    "a role that ends": lambda t: setattr(t.requests[0].learner.grants[0], "ended_at", t.build.now),
    "hours of the module": lambda t: setattr(t.requests[0].module, "supervision_hours_a_month", 7),
    "credits of the module": lambda t: setattr(t.requests[0].module, "credits", 30),
    "level of the programme": lambda t: setattr(t.requests[0].module.programme, "level", Level.MSC),
    "a pin": lambda t: t.build.add(a_pin(t)),
    "an offer": lambda t: t.build.offer(t.requests[0], t.openings[0], t.round),
    "a placement elsewhere with the mentor": lambda t: t.build.placement(mentor=t.openings[0].mentor),
    "another day for answers": lambda t: setattr(t.round, "answer_by", t.round.answer_by + timedelta(days=9)),
    "a network of the round": lambda t: t.round.networks.append(t.build.network("Wessex")),
    "a paused opening": lambda t: setattr(t.openings[0], "state", OpeningState.PAUSED),
    "a new opening": lambda t: t.opening(),
    "places": lambda t: setattr(t.openings[0], "places", 5),
    "first day of an opening": lambda t: setattr(t.openings[0], "starts_on", t.build.today),
    "last day of an opening": lambda t: setattr(t.openings[0], "ends_on", t.build.today + timedelta(days=90)),
    "a level of an opening": lambda t: t.openings[0].level_rows.append(OpeningLevel(level=Level.MSC)),
    "a profession of an opening": lambda t: t.openings[0].profession_rows.append(
        OpeningProfession(profession=Profession.NURSE)
    ),
    "a mentor who leaves": lambda t: setattr(t.openings[0].mentor, "is_active", False),
    "a mentor's role that ends": lambda t: setattr(t.openings[0].mentor.grants[0], "ended_at", t.build.now),
    "a mentor's name": lambda t: setattr(t.openings[0].mentor, "name", "Pat Nobody"),
    "a mentor's address": lambda t: setattr(t.openings[0].mentor, "email", "pat@nowhere.example"),
    "a mentor's learners": lambda t: setattr(t.openings[0].mentor.mentor_profile, "learners_max", 9),
    "a mentor's hours": lambda t: setattr(t.openings[0].mentor.mentor_profile, "hours_a_month", 9),
    "with how many a mentor starts": lambda t: setattr(t.openings[0].mentor.mentor_profile, "minimum_if_used", 2),
    "how many a round must give a mentor": lambda t: setattr(t.openings[0].mentor.mentor_profile, "learner_minimum", 2),
    "an absence": lambda t: t.openings[0].mentor.mentor_profile.absences.append(
        MentorAbsence(starts_on=t.build.today, ends_on=t.build.today)
    ),
    "a study that closes": lambda t: setattr(t.openings[0].study, "status", StudyStatus.STOPPED),
    "a limit of a study": lambda t: setattr(t.openings[0].study, "learner_limit", 1),
    "with how many a study starts": lambda t: setattr(t.openings[0].study, "minimum_if_used", 2),
    "how many a round must give a study": lambda t: setattr(t.openings[0].study, "learner_minimum", 2),
    "its publication": lambda t: setattr(t.round, "published_at", t.build.now),
}
TEXTS = {
    "interests": lambda t: setattr(t.requests[0], "interests", "Wounds."),
    "specialty of a request": lambda t: t.requests[0].specialty_rows.clear(),
    "the name of a specialty": lambda t: setattr(t.requests[0].specialty_rows[0].specialty, "name", "Stroke"),
    "specialty of a study": lambda t: t.openings[0].study.specialties.clear(),
    "title of a study": lambda t: setattr(t.openings[0].study, "title", "Falls"),
    "short title": lambda t: setattr(t.openings[0].study, "short_title", "FALLS"),
    "summary": lambda t: setattr(t.openings[0].study, "summary", "Falls."),
    "conditions": lambda t: setattr(t.openings[0].study, "conditions", "Falls."),
    "what the learner does": lambda t: setattr(t.openings[0], "learner_does", "Consent."),
    "what the mentor teaches": lambda t: setattr(t.openings[0].mentor.mentor_profile, "teaches", "Consent."),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_of_who_may_be_placed_changes_both_fingerprints(told, session, today, change):
    before = both(session, told.round, today)
    CHANGES[change](told)
    after = both(session, told.round, today)
    assert before[0] != after[0]
    assert before[1] != after[1]


@pytest.mark.parametrize("change", TEXTS)
def test_a_changed_text_changes_the_problem_and_not_the_figures(told, session, today, change):
    before = both(session, told.round, today)
    TEXTS[change](told)
    after = both(session, told.round, today)
    assert before[0] != after[0]
    assert before[1] == after[1]


def both(session, round_, today):
    session.flush()
    return [fingerprints_of(session, [round_], today, with_texts=texts)[round_.id] for texts in (True, False)]


def test_what_has_nothing_to_do_with_the_round_leaves_its_fingerprint(told, session, build, today, now):
    before = fingerprint_of(session, told.round, today)
    record(session, told.coordinator, "looked", told.round, now=now)
    build.request(state=RequestState.DRAFT, round_id=told.round.id, networks=[told.network])
    build.opening()
    build.round(told.network)
    told.requests[0].learner.name = "Another Name"
    session.flush()
    assert fingerprint_of(session, told.round, today) == before


def test_a_day_changes_the_fingerprint_only_once_somebody_could_have_started(told, session, today):
    told.round.answer_by = today
    for request in told.requests:
        request.start_from = today + timedelta(days=2)
    session.flush()
    of_days = [fingerprint_of(session, told.round, today + timedelta(days=days)) for days in range(4)]
    assert len(set(of_days)) == 4, "the day from which advice counts moves on after the last day for answers"
    told.round.answer_by = today + timedelta(days=9)
    of_days = [fingerprint_of(session, told.round, today + timedelta(days=days)) for days in range(4)]
    assert of_days[0] == of_days[1] == of_days[2] != of_days[3]


def test_fingerprints_take_the_same_queries_for_many_rounds(told, session, build, today, queries):
    numbers = []
    for rounds in ([told.round], [told.round, *(build.round(build.network()) for _ in range(3))]):
        with queries() as statements:
            assert len(fingerprints_of(session, rounds, today)) == len(rounds)
        numbers.append(len(statements))
    assert numbers == [3, 3]
