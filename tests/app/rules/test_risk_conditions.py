"""What the database says of the risks of many placements is what the rule says of each."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.language.dates_and_times import day_in_words
from app.models.academic.enrolment_steps import StepKind
from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.course.progress_reviews import ProgressReviewState, ReviewKind
from app.models.course.readiness import Cover, CoverState, Need, NeedKind, NeedState
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.operations.parties import Party
from app.models.people import MentorAbsence
from app.models.placements import Outcome, Pause, Placement
from app.models.programmes import Enrolment, Level
from app.models.supervision import SessionForm, SupervisionSession
from app.models.values.study_status import StudyStatus
from app.phrasebook.risks import risks_in_words
from app.rules.course.courses import courses
from app.rules.course.risk_conditions import conditions, kinds_by_placement
from app.rules.course.risks import OF_ASKED, RESCUE, Risk, risks_of

DAY = timedelta(days=1)
near_limits = st.sampled_from([0, 1, 27, 28, 29, 30, 59, 60, 61, 90])
ago = st.one_of(near_limits, st.integers(0, 200))
meetings = st.tuples(ago, st.booleans(), st.booleans())  # how long ago, whether confirmed, whether withdrawn
entries = st.tuples(st.sampled_from(HoursCategory), st.integers(1, 50 * 60), st.sampled_from(HoursState))
pauses = st.tuples(st.integers(-120, 60), st.integers(1, 60))
covers = st.tuples(  # from and until which day, counted from the first of the placement, and what became of it
    st.integers(-30, 60), st.one_of(st.none(), st.integers(-1, 90)), st.sampled_from([CoverState.GOOD, *CoverState])
)
needs = st.tuples(
    st.sampled_from(NeedKind), st.sampled_from([NeedState.NEEDED, *NeedState]), st.lists(covers, max_size=3)
)
plans = st.tuples(  # how long before the placement it counts, whether reviews are asked for, and the weeks
    st.integers(-5, 30), st.sampled_from([True, True, False]), st.integers(1, 8), st.integers(0, 4), st.integers(4, 20)
)
reviews = st.tuples(  # which, in which state, and who has signed
    st.sampled_from(ReviewKind),
    st.sampled_from([ProgressReviewState.TO_SIGN, *ProgressReviewState]),
    st.sampled_from([(Party.LEARNER, Party.MENTOR), (Party.MENTOR,), ()]),
)
steps = st.tuples(  # when the learner stepped out of the programme or came back, and how long she meant to be away
    st.one_of(near_limits, st.integers(-30, 100)),
    st.sampled_from([StepKind.STEPPED_OUT, StepKind.RETURNED]),
    st.one_of(st.none(), st.integers(1, 90)),
)
lives = st.fixed_dictionaries(
    {
        "level": st.sampled_from(Level),
        "began": st.one_of(ago, st.integers(-20, -1)),
        "left": st.integers(-1, 300),
        "first_part": st.one_of(st.none(), st.integers(0, 100)),
        "outcome": st.sampled_from([None, None, None, Outcome.MOVED]),
        "status": st.sampled_from([StudyStatus.OPEN, *StudyStatus]),
        "closes": st.one_of(st.none(), st.integers(-5, 310)),
        "learner_stays": st.sampled_from([True, True, False]),
        "mentor_stays": st.sampled_from([True, True, False]),
        "asked": st.lists(st.tuples(st.sampled_from(AskedKind), st.sampled_from(AskedState)), max_size=1),
        "meetings": st.lists(meetings, max_size=3),
        "entries": st.lists(entries, max_size=3),
        "pauses": st.lists(pauses, max_size=2),
        "needs": st.lists(needs, max_size=2, unique_by=lambda need: need[0]),
        "plans": st.lists(plans, max_size=2),
        "reviews": st.lists(reviews, max_size=2, unique_by=lambda review: review[0]),
        "steps": st.lists(steps, max_size=3, unique_by=lambda step: step[0]),
        "absence": st.one_of(st.none(), st.tuples(st.integers(0, 30), st.integers(-3, 3))),
        "shown": st.lists(st.sampled_from(["missing", "here", "withdrawn", "earlier"]), max_size=3),
        "earlier_minutes": st.sampled_from([0, 0, 600, 3_000]),
        "recognised": st.sampled_from([0, 0, 7, 14]),
    }
)


def live(build, facts):
    """A placement of which these facts are true."""
    today = build.today
    began = today - facts["began"] * DAY
    placement = build.placement(
        level=facts["level"],
        starts_on=began,
        ends_on=today + facts["left"] * DAY,
        outcome=facts["outcome"],
        first_part_on=None if facts["first_part"] is None else began - facts["first_part"] * DAY,
    )
    study = placement.opening.study
    study.status = facts["status"]
    study.completes_on = None if facts["closes"] is None else today + facts["closes"] * DAY
    placement.mentor.is_active = facts["mentor_stays"]
    placement.learner.grants[0].ended_at = None if facts["learner_stays"] else build.now
    add_absence(build, placement, facts["absence"])
    add_wishes(build, placement, facts["asked"])
    add_pauses(build, placement, facts["pauses"])
    add_needs(build, placement, facts["needs"])
    add_record(build, placement, facts)
    add_evidence(build, placement, facts["shown"])
    add_reviews(build, placement, facts)
    add_steps(build, placement, facts["steps"])
    add_recognised(build, placement, facts["recognised"])
    return placement


def enrolment_of(build, placement):
    hers = select(Enrolment).where(Enrolment.learner_id == placement.learner_id)
    return build.session.scalars(hers.where(Enrolment.programme_id == placement.module.programme_id)).one()


def add_recognised(build, placement, number):
    """So many credits of the module are recognised as prior learning."""
    if number:
        claim = build.claim(enrolment_of(build, placement), module=placement.module, credits=number)
        build.granted(claim, placement.mentor, build.source(claim, credits=number))


def add_steps(build, placement, steps):
    enrolment = enrolment_of(build, placement)
    for days_ago, kind, length in steps:
        day = build.today - days_ago * DAY
        returns_on = None if length is None else day + length * DAY
        build.step(enrolment, kind, placement.learner, day=day, returns_on=returns_on)


def add_absence(build, placement, absence):
    """How long before the end the mentor goes, and how long after it she comes back."""
    if absence:
        before, after = absence
        last = placement.ends_on + after * DAY
        first = min(placement.ends_on - before * DAY, last)
        build.add(MentorAbsence(mentor_id=placement.mentor_id, starts_on=first, ends_on=last))


def add_wishes(build, placement, asked):
    for kind, state in asked:
        wish = {"kind": kind, "state": state, "from_on": build.today, "why": "Because."}
        build.add(ChangeAsked(placement=placement, asked_by=placement.learner, asked_at=build.now, **wish))


def add_pauses(build, placement, pauses):
    for first, length in pauses:
        away = build.today + first * DAY
        build.add(Pause(placement_id=placement.id, starts_on=away, resumes_on=away + length * DAY))


def add_needs(build, placement, needs):
    for kind, state, covers in needs:
        need = build.add(Need(placement=placement, kind=kind, state=state, due_on=placement.starts_on - 10 * DAY))
        for first, length, became in covers:
            first_day = placement.starts_on + first * DAY
            last_day = None if length is None else first_day + length * DAY
            build.add(Cover(need=need, from_on=first_day, until_on=last_day, state=became, entered_at=build.now))


def add_evidence(build, placement, shown):
    """A capability for each word, which says whether and where there is evidence for it."""
    for how in shown:
        capability = build.capability(placement.module.programme)
        part = placement
        if how == "earlier":
            part = build.placement(placement.learner, outcome=Outcome.MOVED, ends_on=placement.starts_on - DAY)
            part.module = placement.module
        if how != "missing":
            build.evidence(part, capability, withdrawn_at=build.now if how == "withdrawn" else None)


def add_reviews(build, placement, facts):
    for before, asked, initial, final, short in facts["plans"]:
        weeks = {"initial_weeks": initial, "final_weeks": final, "short_weeks": short}
        build.review_plan(placement, from_on=placement.starts_on - before * DAY, is_asked=asked, **weeks)
    for kind, state, signers in facts["reviews"]:
        review = build.progress_review(placement, kind)
        for party in signers:
            build.review_signature(review, party)
        review.state = state


def add_record(build, placement, facts):
    by = {"logged_by_id": placement.mentor_id, "logged_at": build.now}
    for number, (days, confirmed, withdrawn) in enumerate(facts["meetings"]):
        moments = {"confirmed_at": build.now if confirmed else None, "withdrawn_at": build.now if withdrawn else None}
        said = {"form": SessionForm.VIDEO, "topics": "Consent.", "form_key": f"{placement.id} {number}"}
        when = {"held_on": build.today - days * DAY, "minutes": 60}
        build.add(SupervisionSession(placement=placement, **when, **by, **said, **moments))
    for number, (category, minutes, state) in enumerate(facts["entries"]):
        add_entry(build, placement, f"{placement.id} {number}", category, minutes, state)
    if facts["earlier_minutes"]:
        earlier = build.placement(placement.learner, outcome=Outcome.MOVED, ends_on=placement.starts_on - DAY)
        earlier.module = placement.module
        build.session.flush()
        add_entry(build, earlier, f"{placement.id} earlier", HoursCategory.WORKPLACE, facts["earlier_minutes"])


def add_entry(build, placement, key, category, minutes, state=HoursState.SUBMITTED):
    withdrawn_at = build.now if state is HoursState.WITHDRAWN else None
    said = {"did": "Screening.", "logged_at": build.now, "form_key": key, "state": state, "withdrawn_at": withdrawn_at}
    build.add(HoursEntry(placement=placement, worked_on=build.today, category=category, minutes=minutes, **said))


@settings(
    max_examples=30,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(facts=st.lists(lives, min_size=1, max_size=4))
def test_the_database_finds_the_risks_that_the_rule_finds(session, build, today, facts):
    for one in facts:
        live(build, one)
    session.flush()
    by_rule = {one.placement_id: {found.risk for found in risks_of(one, today)} for one in courses(session, today)}
    told = kinds_by_placement(session, today)
    assert {id_: set(kinds) for id_, kinds in told.items()} == {id_: kinds for id_, kinds in by_rule.items() if kinds}
    some = kinds_by_placement(session, today, among=RESCUE, or_any=True)
    assert some == {id_: tuple(kind for kind in kinds if kind in RESCUE) for id_, kinds in told.items()}
    session.rollback()


def test_what_others_have_does_not_cover_what_one_lacks(session, build, today):
    at_risk, covered = build.placement(ends_on=today + 200 * DAY), build.placement(ends_on=today + 200 * DAY)
    for placement, lasts in ((at_risk, 90), (covered, 300)):
        began = (today - placement.starts_on).days
        add_needs(build, placement, [(NeedKind.GCP, NeedState.NEEDED, [(0, began + lasts, CoverState.GOOD)])])
    session.flush()
    kinds = kinds_by_placement(session, today)
    assert Risk.RUNS_OUT in kinds[at_risk.id]
    assert Risk.RUNS_OUT not in kinds.get(covered.id, ())


def test_a_release_that_was_withdrawn_is_a_reason_with_its_last_day(session, build, today):
    withdrawn, missing = build.placement(), build.placement()
    for placement, covers in ((withdrawn, [(0, 5, CoverState.ENDED)]), (missing, [])):
        add_needs(build, placement, [(NeedKind.RELEASE, NeedState.NEEDED, covers)])
        placement.starts_on = today - 20 * DAY
    session.flush()
    kinds = kinds_by_placement(session, today)
    assert Risk.RELEASE_WITHDRAWN in kinds[withdrawn.id]
    assert Risk.RELEASE_WITHDRAWN not in kinds.get(missing.id, ())
    [course] = courses(session, today, Placement.id == withdrawn.id)
    [told] = (one for one in risks_of(course, today) if one.risk is Risk.RELEASE_WITHDRAWN)
    assert told.day == today - 55 * DAY
    assert Risk.NOT_READY not in kinds[withdrawn.id], "it is told once"
    assert Risk.NOT_READY in kinds[missing.id]


def test_what_else_is_missing_is_told_beside_a_release_that_was_withdrawn(session, build, today):
    placement = build.placement()
    ended = (NeedKind.RELEASE, NeedState.NEEDED, [(0, 5, CoverState.ENDED)])
    add_needs(build, placement, [ended, (NeedKind.GCP, NeedState.NEEDED, [])])
    session.flush()
    [course] = courses(session, today)
    [told] = (one for one in risks_of(course, today) if one.risk is Risk.NOT_READY)
    assert told.lack
    assert told.lack is not None
    assert told.lack.missing == (NeedKind.GCP,)
    assert {Risk.NOT_READY, Risk.RELEASE_WITHDRAWN} <= set(kinds_by_placement(session, today)[placement.id])


@pytest.mark.parametrize(
    ("before", "after", "is_said"), [(14, 0, True), (13, 0, False), (14, -1, False), (60, 30, True)]
)
def test_a_mentor_who_is_away_until_after_the_end_is_a_reason(session, build, today, before, after, is_said):
    placement = build.placement(ends_on=today + 50 * DAY)
    add_absence(build, placement, (before, after))
    session.flush()
    assert (Risk.MENTOR_AWAY in kinds_by_placement(session, today).get(placement.id, ())) == is_said
    [course] = courses(session, today)
    said = risks_in_words(risks_of(course, today), today)
    day = day_in_words(placement.ends_on - before * DAY)
    assert (f"The mentor is away from {day} until after the placement ends." in said) == is_said


@pytest.mark.parametrize(("left", "shown", "number"), [(28, "missing", 1), (29, "missing", 0), (28, "here", 0)])
def test_what_has_no_evidence_near_the_end_is_a_reason(session, build, today, left, shown, number):
    placement = build.placement(ends_on=today + left * DAY)
    add_evidence(build, placement, [shown, "here"])
    build.capability(placement.module.programme, retired_at=build.now)
    session.flush()
    assert (Risk.NO_EVIDENCE in kinds_by_placement(session, today).get(placement.id, ())) == bool(number)
    [course] = courses(session, today)
    assert course.lacking_evidence == number
    if number:
        said = risks_in_words(risks_of(course, today), today)
        assert "1 capability has no evidence yet, and the placement ends on 31 March 2026." in said


def test_every_risk_has_its_condition_and_what_needs_somebody_most_comes_first(session, build, today, now):
    assert list(conditions(today)) == list(Risk)
    assert set(OF_ASKED) == set(AskedKind)
    placement = build.placement(starts_on=today - 100 * DAY)
    placement.opening.study.status = StudyStatus.STOPPED
    session.flush()
    found = kinds_by_placement(session, today)[placement.id]
    assert found == (Risk.STUDY_STOPPED, Risk.NO_SESSION, Risk.BEHIND)
