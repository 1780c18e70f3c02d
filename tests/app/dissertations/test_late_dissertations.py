"""What the database says of late dissertations is what the rule says of each."""

from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.models.academic.dissertations import DissertationState, Milestone, MilestoneKind
from app.models.academic.enrolment_steps import StepKind
from app.models.programmes import CreditOutcome
from app.rules.credit.counting import credits_decided
from app.rules.dissertations.late import first_overdue, overdue_by_enrolment
from app.rules.enrolments.standing import Standing, steps_of, way_of

DAY = timedelta(days=1)
WAYS = (
    (),
    (StepKind.STEPPED_OUT,),
    (StepKind.STEPPED_OUT, StepKind.RETURNED),
    (StepKind.STEPPED_OUT, StepKind.RETURNED, StepKind.COMPLETED),
    (StepKind.STEPPED_OUT, StepKind.WITHDREW),
    (StepKind.TRANSFERRED,),
)
near = st.sampled_from([-1, 0, 1, 2, 40])
lives = st.fixed_dictionaries(
    {
        "state": st.sampled_from([DissertationState.AGREED, *DissertationState]),
        "milestones": st.dictionaries(st.sampled_from(MilestoneKind), st.tuples(near, st.booleans()), max_size=3),
        "steps": st.tuples(
            st.sampled_from(WAYS), st.lists(st.sampled_from([-1, 0, 1, 30, 50]), min_size=3, unique=True)
        ),
        "outcomes": st.lists(st.sampled_from([CreditOutcome.EARNED, CreditOutcome.FAILED]), max_size=2),
    }
)


def live(build, facts):
    """A dissertation of which these facts are true; days are told by how long ago they were."""
    learner, programme = build.learner(), build.programme()
    enrolment, module = build.enrolment(learner, programme), build.master_module(programme)
    milestones = [
        Milestone(kind=kind, due_on=build.today - ago * DAY, done_on=build.today if is_done else None)
        for kind, (ago, is_done) in facts["milestones"].items()
    ]
    one = build.dissertation(enrolment, module, state=facts["state"], milestones=milestones)
    way, days = facts["steps"]
    for kind, ago in zip(way, sorted(days, reverse=True), strict=False):
        build.step(enrolment, kind, learner, day=build.today - ago * DAY)
    for outcome in facts["outcomes"]:
        build.credit_decision(enrolment, module, learner, outcome=outcome, words="Why.")
    return one


def is_late(session, one, today):
    """The rule: something is overdue while she is on her way, and has not the credits."""
    way = way_of(one.enrolment, steps_of(session, [one.enrolment_id])[one.enrolment_id])
    is_here = way.on(today) in (Standing.ENROLLED, Standing.TO_BEGIN)
    return first_overdue(one, today) is not None and is_here and not credits_decided(one.enrolment.decisions)


@settings(
    max_examples=30,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(facts=st.lists(lives, min_size=1, max_size=4))
def test_the_database_finds_the_dissertations_that_the_rule_finds_late(session, build, today, facts):
    every = [live(build, one) for one in facts]
    session.flush()
    late = {one.enrolment_id: first_overdue(one, today) for one in every if is_late(session, one, today)}
    assert overdue_by_enrolment(session, today) == late
    session.rollback()


def test_one_is_late_from_the_day_after_until_it_is_submitted_or_the_credits_are_there(session, build, today):
    facts = {"state": DissertationState.AGREED, "milestones": {MilestoneKind.RESEARCH: (1, False)}, "steps": ((), ())}
    one = live(build, facts | {"outcomes": []})
    (milestone,) = one.milestones
    assert overdue_by_enrolment(session, today) == {one.enrolment_id: milestone}
    assert overdue_by_enrolment(session, today - DAY) == {}
    decision = build.credit_decision(one.enrolment, one.module, build.person())
    assert overdue_by_enrolment(session, today) == {}
    build.void(decision, build.person())
    assert overdue_by_enrolment(session, today) == {one.enrolment_id: milestone}
    one.state = DissertationState.SUBMITTED
    assert overdue_by_enrolment(session, today) == {}
