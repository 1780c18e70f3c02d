"""Whatever leads note of a learner's way, in whatever order: days never overlap, and nothing is ever lost."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.enrolments.enrolling import Around, Entry, enrol
from app.enrolments.moves import COMPLETE, READMIT, RETURN, STEP_OUT, TRANSFER, WITHDRAW
from app.enrolments.steps import Said, take_back_step, take_step
from app.language.refusal import Refused
from app.models.academic.enrolment_steps import WayReason
from app.models.people import Role
from app.models.programmes import CreditDecision, Enrolment
from app.platform.occasion import Occasion
from app.promises.stepping_away import Meanwhile
from app.rules.enrolments.standing import Standing, Way, stands_so_on, steps_of, way_of
from app.rules.enrolments.starts import Start

DAY = timedelta(days=1)
notes = st.tuples(
    st.sampled_from([STEP_OUT, RETURN, READMIT, TRANSFER, COMPLETE, WITHDRAW, "enrol", "take back"]),
    st.integers(0, 1),  # of which of two programmes
    st.integers(-40, 120),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noted=st.lists(notes, min_size=1, max_size=8))
def test_days_never_overlap_and_decisions_are_never_lost(build, session, noted):
    programmes = [build.programme(), build.programme()]
    lead = build.person()
    for one in programmes:
        build.grant(lead, Role.PROGRAMME_LEAD, provider=one.provider)
    learner = build.learner()
    first = build.enrolment(learner, programmes[0])
    decision = build.credit_decision(first, programmes[0].modules[0], lead)
    occasion = Occasion(lead, build.today, build.now, "https://rpe.example")
    for what, of, offset in noted:
        enrolled = enrolments_of(session, learner)
        day = build.today + offset * DAY
        try:
            if what == "enrol":
                entry = Entry(Start(programmes[of]), day, Around())
                enrol(session, occasion, learner, entry, is_sure=True)
            elif programmes[of].id in enrolled:
                note(session, occasion, enrolled[programmes[of].id], learner, what, day)
        except Refused:
            pass
        session.flush()
        for enrolment in enrolments_of(session, learner).values():
            hold_what_is_true(session, enrolment, build.today)
    assert session.get_one(CreditDecision, decision.id).enrolment_id == first.id


def enrolments_of(session, learner):
    rows = session.scalars(select(Enrolment).where(Enrolment.learner_id == learner.id)).all()
    by_programme = {one.programme_id: one for one in rows}
    assert len(by_programme) == len(rows)  # never twice on one programme
    return by_programme


def note(session, occasion, enrolment, learner, what, day):
    if what == "take back":
        take_back_step(session, occasion, enrolment, learner)
    else:
        said = Said(day, WayReason.WORK)
        take_step(session, occasion, enrolment, learner, what, said, Meanwhile(), is_sure=True)


def hold_what_is_true(session, enrolment, today):
    way = way_of(enrolment, steps_of(session, [enrolment.id])[enrolment.id])
    days = [enrolment.started_on, *(step.day for step in way.steps)]
    assert all(one < other for one, other in pairwise(days))
    assert enrolment.ended_on == way.last_day
    for day in (*days, today, date.max - 2 * DAY):
        said = [one for one in Standing if stands(session, enrolment, one, day)]
        assert said == [way.on(day)]
    if way.at_last in (Standing.WITHDRAWN, Standing.TRANSFERRED, Standing.COMPLETED):
        assert way.on(way.last_day) in (Standing.ENROLLED, Standing.STEPPED_OUT)


def stands(session, enrolment, standing, day):
    same = select(Enrolment.id).where(Enrolment.id == enrolment.id, stands_so_on(standing, day))
    return session.scalar(same) is not None


def test_a_way_without_steps_is_one_of_before(today):
    way = Way(today)
    assert way.on(today - DAY) is Standing.TO_BEGIN
    assert way.on(today) is Standing.ENROLLED
    assert way.last_day is None
