"""Each line of a home page about offers, placements, hours and sessions: words, where it leads, and on which day."""

from datetime import timedelta

import pytest

from app.hours import home as of_hours
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.people import Role
from app.models.placements import OfferState, PlacementState
from app.models.programmes import Level
from app.models.supervision import SessionForm, SupervisionSession
from app.placements import home as of_placements
from app.rules.home_items import Shortcut, Standing, ToDo
from app.supervision import home as of_supervision

DAYS = timedelta(days=1)
BAND = "to go until the band of 50 to 100 hours"


@pytest.fixture
def placement(build):
    """A placement of Lee Learner with Dr A. Mentor that began on 2 January, sixty days ago."""
    return build.placement(build.learner(name="Lee Learner"), build.mentor(name="Dr A. Mentor"))


def entry(placement, day, **given):
    values = {"category": HoursCategory.WORKPLACE, "minutes": 90, "did": "Screening.", **given}
    key = f"{placement.id} {day} {given}"
    values = {"state": HoursState.SUBMITTED, **values}
    return HoursEntry(placement=placement, worked_on=day, logged_at=placement.agreed_at, form_key=key, **values)


def meeting(placement, day, logged_at, **given):
    return SupervisionSession(
        placement=placement,
        held_on=day,
        minutes=45,
        form=SessionForm.VIDEO,
        topics="Consent.",
        logged_by_id=placement.mentor_id,
        logged_at=logged_at,
        form_key=f"{placement.id} {day} {given}",
        **given,
    )


def lines(items):
    """What is said, without the buttons."""
    return [one for one in items if not isinstance(one, Shortcut)]


def buttons(items):
    return [(one.text, one.endpoint, one.values) for one in items if isinstance(one, Shortcut)]


def log_of(placement, why):
    return ToDo("Log your hours", f"{why} It takes two minutes.", "hours.new", {"placement_id": placement.id})


@pytest.mark.parametrize(
    ("days", "minutes", "is_withdrawn", "first", "why"),
    [
        (14, 90, False, f"1 h 30 min in the workplace|48 h 30 min {BAND}", ""),
        (15, 90, False, f"1 h 30 min in the workplace|48 h 30 min {BAND}", "The last entry is of 16 February 2026."),
        (0, 90, True, f"0 h in the workplace|50 h {BAND}", "There is no entry yet."),
    ],
)
def test_hours_are_asked_for_after_two_weeks_without(
    build, session, today, now, placement, days, minutes, is_withdrawn, first, why
):
    session.add(entry(placement, today - days * DAYS, minutes=minutes, withdrawn_at=now if is_withdrawn else None))
    session.flush()
    text, position = first.split("|")
    standing = Standing(text, f"With Dr A. Mentor, {position}.", "placements.show", {"placement_id": placement.id})
    asked = [log_of(placement, why)] if why else []
    assert lines(of_hours.home_items_of(session, placement.learner, today)) == [standing, *asked]


@pytest.mark.parametrize(("days", "is_asked"), [(14, False), (15, True)])
def test_the_first_entry_is_asked_for_two_weeks_after_the_first_day(build, session, today, days, is_asked):
    placement = build.placement(starts_on=today - days * DAYS)
    [_, *asked] = lines(of_hours.home_items_of(session, placement.learner, today))
    assert asked == ([log_of(placement, "There is no entry yet.")] if is_asked else [])


@pytest.mark.parametrize(
    ("given", "is_there"),
    [
        ({"starts_on": 0}, True),
        ({"starts_on": 1}, False),
        ({"ends_on": 0}, True),
        ({"ends_on": -1}, False),
        ({"state": PlacementState.ENDED}, False),
    ],
)
def test_hours_are_said_of_placements_that_run(build, session, today, given, is_there):
    days = {name: today + value * DAYS for name, value in given.items() if isinstance(value, int)}
    placement = build.placement(**{**given, **days})
    assert bool(lines(of_hours.home_items_of(session, placement.learner, today))) == is_there
    assert lines(of_hours.home_items_of(session, placement.mentor, today)) == []


def test_each_placement_is_said_with_its_own_hours_and_without_a_band_no_position(build, session, today, placement):
    other = build.placement(placement.learner, build.mentor(name="Dr B. Mentor"), Level.MSC)
    session.add_all([entry(placement, today), entry(other, today - DAYS, minutes=60), entry(build.placement(), today)])
    session.flush()
    assert [(item.text, item.why) for item in lines(of_hours.home_items_of(session, placement.learner, today))] == [
        ("1 h 30 min in the workplace", f"With Dr A. Mentor, 48 h 30 min {BAND}."),
        ("1 h in the workplace", "With Dr B. Mentor."),
    ]


@pytest.mark.parametrize(
    ("late", "item"),
    [
        (0, ToDo("Answer your offer by 3 March 2026", "A place with Dr A. Mentor on {study}.", "placements.offer")),
        (
            1,
            Standing(
                "Your offer with Dr A. Mentor lapsed on 2 March 2026",
                "Write to your coordinator if you still want the place.",
                "placements.offer",
            ),
        ),
    ],
)
@pytest.mark.parametrize("short_title", ["", "WALK"])
def test_an_offer_is_something_to_do_until_its_last_day_is_over(build, session, today, now, late, item, short_title):
    study = build.study("Walking after a stroke", short_title=short_title)
    opening = build.opening(mentor=build.mentor(name="Dr A. Mentor"), study=study)
    offer = build.offer(opening=opening, answer_by=today - late * DAYS)
    [found] = of_placements.home_items_of(session, offer.request.learner, now)
    assert (type(found), found.text, found.endpoint, found.values) == (
        type(item),
        item.text,
        item.endpoint,
        {"offer_id": offer.id},
    )
    assert not isinstance(found, Shortcut)
    assert found.why == item.why.format(study="“Walking after a stroke”")
    assert getattr(found, "due", None) == (None if late else today)
    assert of_placements.home_items_of(session, offer.opening.mentor, now) == []


def test_offers_stand_in_the_order_of_their_last_days_and_answered_ones_are_gone(build, session, today, now):
    learner = build.learner()
    for days in (9, 3, 6):
        build.offer(build.request(learner), answer_by=today + days * DAYS)
    build.offer(build.request(learner), state=OfferState.DECLINED)
    build.offer()
    found = of_placements.home_items_of(session, learner, now)
    assert [item.due for item in found if isinstance(item, ToDo)] == [today + days * DAYS for days in (3, 6, 9)]


@pytest.mark.parametrize(
    ("given", "is_coming"),
    [
        ({"starts_on": 1}, True),
        ({"starts_on": 0}, False),
        ({"starts_on": 1, "ends_on": -1}, False),
    ],
)
def test_a_placement_to_come_is_said_to_both_with_the_name_of_the_other(build, session, today, now, given, is_coming):
    days = {name: today + value * DAYS for name, value in given.items()}
    placement = build.placement(build.learner(name="Lee Learner"), build.mentor(name="Dr A. Mentor"), **days)
    for person, other in ((placement.learner, "Dr A. Mentor"), (placement.mentor, "Lee Learner")):
        line = Standing(
            f"Your placement with {other} begins on 4 March 2026",
            f"Agree with {other} when you first meet.",
            "placements.show",
            {"placement_id": placement.id},
        )
        assert of_placements.home_items_of(session, person, now) == ([line] if is_coming else [])
    assert of_placements.home_items_of(session, build.person(Role.ADMINISTRATOR), now) == []


def test_a_learner_confirms_the_oldest_session_first_and_only_what_waits_for_her(build, session, today, now, placement):
    old, new = meeting(placement, today - 9 * DAYS, now - 2 * DAYS), meeting(placement, today, now)
    session.add_all(
        [
            new,
            old,
            meeting(placement, today - 2 * DAYS, now, confirmed_at=now),
            meeting(placement, today - 3 * DAYS, now, disputed_at=now, dispute="Never met."),
            meeting(placement, today - 4 * DAYS, now, withdrawn_at=now),
            meeting(build.placement(), today, now),
        ]
    )
    session.flush()
    assert lines(of_supervision.home_items_of(session, placement.learner, today)) == [
        ToDo(
            "Confirm the session of 22 February 2026",
            "45 min with Dr A. Mentor. Waiting since 1 March 2026.",
            "supervision.show",
            {"session_id": old.id},
        ),
        ToDo(
            "Confirm the session of 3 March 2026",
            "45 min with Dr A. Mentor. Waiting since 3 March 2026.",
            "supervision.show",
            {"session_id": new.id},
        ),
    ]


def test_a_mentor_answers_what_her_learner_questions(build, session, today, now, placement):
    asked = meeting(placement, today - DAYS, now, disputed_at=now, dispute="It was half an hour.")
    session.add_all([asked, meeting(placement, today - 2 * DAYS, now)])
    session.flush()
    assert lines(of_supervision.home_items_of(session, placement.mentor, today))[0] == ToDo(
        "Answer Lee Learner about the session of 2 March 2026",
        "“It was half an hour.” Correct the session or withdraw it.",
        "supervision.show",
        {"session_id": asked.id},
    )
    assert len(lines(of_supervision.home_items_of(session, placement.mentor, today))) == 2


@pytest.mark.parametrize(
    ("began", "met", "kind", "text", "why"),
    [
        (60, 30, Standing, "Log a session with Lee Learner", "You last met on 1 February 2026."),
        (30, None, Standing, "Log a session with Lee Learner", "You have not met yet."),
        (0, None, Standing, "Log a session with Lee Learner", "You have not met yet."),
        (60, 31, ToDo, "Meet Lee Learner: no session for 4 weeks", "You last met on 31 January 2026."),
        (60, 35, ToDo, "Meet Lee Learner: no session for 5 weeks", "You last met on 27 January 2026."),
        (31, None, ToDo, "Meet Lee Learner: no session for 4 weeks", "The placement began 4 weeks ago."),
        (41, None, ToDo, "Meet Lee Learner: no session for 5 weeks", "The placement began 5 weeks ago."),
    ],
)
def test_a_mentor_is_asked_to_meet_whom_she_has_not_met_for_more_than_thirty_days(
    build, session, today, now, began, met, kind, text, why
):
    mentor = build.mentor()
    placement = build.placement(build.learner(name="Lee Learner"), mentor, starts_on=today - began * DAYS)
    if met is not None:
        session.add(meeting(placement, today - met * DAYS, now, confirmed_at=now))
    session.flush()
    more = " If you have met, log the session." if kind is ToDo else ""
    assert lines(of_supervision.home_items_of(session, mentor, today)) == [
        kind(text, f"{why}{more}", "supervision.new", {"placement_id": placement.id})
    ]


@pytest.mark.parametrize("days", [{"starts_on": 1}, {"ends_on": -1}])
def test_nobody_is_asked_to_meet_before_or_after_a_placement(build, session, today, days):
    placement = build.placement(**{name: today + number * DAYS for name, number in days.items()})
    assert lines(of_supervision.home_items_of(session, placement.mentor, today)) == []


def test_a_learner_logs_hours_by_a_button_while_her_placement_runs(build, session, today, placement):
    here = {"placement_id": placement.id}
    found = of_hours.home_items_of(session, placement.learner, today)
    assert buttons(found) == [("Log hours", "hours.new", here)]
    other = build.placement(placement.learner, build.mentor(name="Dr B. Mentor"), starts_on=today)
    build.placement(placement.learner, starts_on=today + DAYS)
    assert buttons(of_hours.home_items_of(session, placement.learner, today)) == [
        ("Log hours with Dr A. Mentor", "hours.new", here),
        ("Log hours with Dr B. Mentor", "hours.new", {"placement_id": other.id}),
    ]


def test_a_mentor_logs_a_session_by_a_button_and_among_several_learners_chooses_first(build, session, today, placement):
    build.placement(mentor=placement.mentor, starts_on=today + DAYS)
    found = of_supervision.home_items_of(session, placement.mentor, today)
    assert buttons(found) == [("Log a session", "supervision.new", {"placement_id": placement.id})]
    build.placement(mentor=placement.mentor, starts_on=today)
    found = of_supervision.home_items_of(session, placement.mentor, today)
    assert buttons(found) == [("Log a session", "supervision.learners", {})]


def test_what_waits_longest_for_a_yes_is_confirmed_by_a_button(session, today, now, placement):
    old, new = meeting(placement, today - 9 * DAYS, now), meeting(placement, today, now)
    session.add_all([new, old])
    session.flush()
    found = of_supervision.home_items_of(session, placement.learner, today)
    assert buttons(found) == [("Confirm a session", "supervision.show", {"session_id": old.id})]
    old.confirmed_at = new.confirmed_at = now
    session.flush()
    assert buttons(of_supervision.home_items_of(session, placement.learner, today)) == []
