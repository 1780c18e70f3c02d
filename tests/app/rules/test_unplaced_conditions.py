"""Whom the database finds without a placement close to the start is whom the rule, said of plain facts, finds."""

from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.academic.enrolment_steps import StepKind
from app.models.people import Person
from app.models.placements import Outcome
from app.models.programmes import Enrolment, Module
from app.models.requests import RequestState
from app.rules.of_learners.places import ASKS_AGAIN
from app.rules.of_learners.unplaced import is_put_aside, is_unplaced_soon

DAY = timedelta(days=1)
DAYS = 42
near = st.sampled_from([-1, 0, 1, DAYS - 1, DAYS, DAYS + 1, 90])
lives = st.fixed_dictionaries(
    {
        "begins": near,
        "outcome": st.sampled_from(["none", "none", "none", None, *Outcome]),
        "request": st.one_of(st.none(), st.tuples(st.sampled_from(RequestState), near, st.booleans(), st.booleans())),
        "is_away": st.booleans(),
        "ends": st.sampled_from([False, False, True]),
        "takes_part": st.sampled_from([True, True, False]),
        "has_credit": st.sampled_from([False, False, True]),
        "aside": st.lists(st.tuples(near, st.integers(-1, 1), st.booleans()), max_size=2),
    }
)


def starts_in(facts):
    """In how many days, by the request with which she looks for a place, or else by the programme."""
    if facts["request"]:
        state, days, asked_again, stopped = facts["request"]
        if state is RequestState.SUBMITTED and not asked_again and not stopped:
            return days
    return facts["begins"]


def is_unplaced(facts):
    has_place = facts["outcome"] != "none" and facts["outcome"] not in ASKS_AGAIN
    is_here = facts["takes_part"] and not facts["is_away"] and not facts["ends"]
    return is_here and not has_place and not facts["has_credit"] and starts_in(facts) <= DAYS


def is_aside(facts):
    """By the newest that was said: its start then, its last day, and whether somebody had it back."""
    if not facts["aside"]:
        return False
    started, until, had_back = facts["aside"][-1]
    return until >= 0 and not had_back and started <= starts_in(facts)


def live(build, facts, lead):
    """An enrolment of which these facts are true; the module is the first of its programme."""
    today, learner = build.today, build.learner()
    enrolment = build.enrolment(learner)
    module = enrolment.programme.modules[0]
    enrolment.started_on = today + facts["begins"] * DAY
    enrolment.ended_on = today + 5 * DAY if facts["ends"] else None
    learner.is_active = facts["takes_part"]
    if facts["outcome"] != "none":
        build.placement(learner, outcome=facts["outcome"]).module = module
    if facts["request"]:
        state, days, asked_again, stopped = facts["request"]
        build.request(
            learner,
            module=module,
            state=state,
            start_until=today + days * DAY,
            asked_again_at=build.now if asked_again else None,
            stopped_waiting_at=build.now if stopped else None,
        )
    if facts["is_away"]:
        build.step(enrolment, StepKind.STEPPED_OUT, lead, day=today)
    if facts["has_credit"]:
        build.credit_decision(enrolment, module, lead)
    for started, until, had_back in facts["aside"]:
        said = {"starts_by": today + started * DAY, "until_on": today + until * DAY}
        build.put_unplaced_aside(enrolment, module, lead, ended_at=build.now if had_back else None, **said)
        build.session.flush()
    return enrolment


@settings(
    max_examples=40,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(several=st.lists(lives, min_size=1, max_size=6))
def test_the_database_finds_whom_the_rule_finds(session, build, today, several):
    lead = build.person()
    made = [(live(build, facts, lead).id, facts) for facts in several]
    session.flush()
    pairs = select(Enrolment.id).join(Module, Module.programme_id == Enrolment.programme_id)
    pairs = pairs.join(Person, Person.id == Enrolment.learner_id).where(Enrolment.id.in_([id_ for id_, _ in made]))
    found = session.scalars(pairs.where(is_unplaced_soon(today, DAYS))).all()
    assert sorted(found) == sorted(id_ for id_, facts in made if is_unplaced(facts))
    aside = session.scalars(pairs.where(is_unplaced_soon(today, DAYS), is_put_aside(today))).all()
    assert sorted(aside) == sorted(id_ for id_, facts in made if is_unplaced(facts) and is_aside(facts))
    session.rollback()
