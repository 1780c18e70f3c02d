"""A learner logs hours: what works, what is refused, what is asked about, and taking an entry back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.language.refusal import Refused
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.operations.audit import AuditLine
from app.models.supervision import SessionForm, SupervisionSession
from app.rules.doubts import doubts_about_duration, week_of
from tests.screen import shown

DATE, KIND, TIME, EXACTLY = "Date", "What kind of learning was it?", "How long did it take?", "Time"
DID, LEARNT = "What did you do?", "What did you learn? (optional)"
WITHDRAW = "It did not happen: withdraw it"
LIKE = "Enter the time like 7 h 30 min, 7:30, 7.5 or 90 min"
SURE, SECOND_LOOK = "It is right as it is: save it", "If it is right as it is, tick the box and send it again."
THIRD_LOOK = "If it is right as it is, tick the box, say why and send it again."


def sent(day, **changes):
    values = {
        "worked_on-day": day.day,
        "worked_on-month": day.month,
        "worked_on-year": day.year,
        "category": "workplace learning",
        "minutes": "90",
        "did": "Screened notes for the stroke study.",
        "form_key": "0123456789abcdef0123",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def other(typed):
    return {"minutes": "other", "other_time": typed}


def logged(placement, **given):
    """An entry of one hour in the workplace, today unless told otherwise."""
    values = {
        "worked_on": date(2026, 3, 3),
        "category": HoursCategory.WORKPLACE,
        "minutes": 60,
        "did": "Screened notes for the stroke study.",
        "logged_at": datetime(2026, 3, 3, 12, 0, tzinfo=UTC),
        "form_key": f"entry {given}",
        "state": HoursState.SUBMITTED,
        **given,
    }
    return HoursEntry(placement=placement, **values)


def test_hours_are_logged_and_shown(browser, address, placement, entries, today, session):
    form = shown(browser.get(address))
    assert form.heading == "Log hours"
    assert form.field(DATE).value == "3 3 2026"
    answer = browser.post(address, data=sent(today, reflection="Consent takes time."))
    (entry,) = entries()
    assert answer.location == f"/placements/{placement.id}"
    assert (entry.category, entry.minutes, entry.worked_on) == (HoursCategory.WORKPLACE, 90, today)
    page = shown(browser.get(answer.location))
    assert page.banner == (
        "1 h 30 min of workplace learning logged. It is a draft: it counts once you have submitted it."
    )
    [line] = page.section("Record").lines
    assert line.link("Workplace learning, 1 h 30 min on 3 March 2026") == f"/hours/{entry.id}"
    assert line.paragraphs[1:] == ["Screened notes for the stroke study.", "Learnt: Consent takes time."]
    assert "logged hours" in session.scalars(select(AuditLine.deed)).all()


@pytest.mark.parametrize(
    ("minutes", "finding"),
    [
        (595, "9 h 55 min in the workplace, below the line to be on track: 40 h 5 min to go until the band"),
        (600, "10 h in the workplace, on track: 40 h to go until the band"),
    ],
)
def test_after_sixty_of_three_hundred_days_ten_hours_are_on_track(browser, placement, session, minutes, finding):
    """A fifth of the time wants a fifth of the 50 hours at which the band begins."""
    session.add(logged(placement, minutes=minutes))
    session.commit()
    page = shown(browser.get(f"/placements/{placement.id}"))
    assert page.section("Workplace hours").pictures == [f"{finding} of 50 to 100 hours"]


def test_a_logged_entry_has_a_page(browser, placement, session):
    entry = logged(placement, did="Screened notes.\n\nThen consent.", reflection="It takes time.")
    session.add(entry)
    session.commit()
    page = shown(browser.get(f"/hours/{entry.id}"))
    assert page.heading == "Hours of 3 March 2026"
    assert {name: page.row(name).value for name in page.rows} == {
        "Status": "Submitted It counts, and waits for your mentor",
        "Kind of learning": "Workplace learning",
        "Time": "1 h",
        "What you did": "Screened notes. Then consent.",
        "What you learnt": "It takes time.",
        "Logged": "3 March 2026, midday",
    }


def test_the_same_form_sent_twice_counts_once(browser, address, entries, today):
    answers = [browser.post(address, data=sent(today)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(entries()) == 1


def test_a_form_key_of_another_placement_is_refused(browser, address, entries, today, build, sign_in):
    theirs = build.placement()
    stranger = sign_in(theirs.learner)
    browser.post(address, data=sent(today))
    answer = stranger.post(f"/placements/{theirs.id}/hours/new", data=sent(today))
    assert answer.status_code == 422
    assert shown(answer).errors == {
        "This form was used before. Open the page again and enter the hours there.": "",
    }
    assert len(entries()) == 1


def test_same_as_last_time_takes_over_what_was_logged_last(browser, address, entries, today):
    browser.post(address, data=sent(today, **other("2 h 15")))
    same = shown(browser.get(address)).link("Same as last time: 2 h 15 min of workplace learning")
    assert same == f"{address}?same=1"
    form = shown(browser.get(same))
    assert [form.field(label).value for label in (KIND, TIME, EXACTLY, DID)] == [
        "Workplace learning",
        "Another time",
        "2 h 15 min",
        "Screened notes for the stroke study.",
    ]
    assert form.field(LEARNT).value == ""
    assert not any(link.startswith("Same as last time") for link in form.links)


@pytest.mark.parametrize(
    ("changes", "label", "message"),
    [
        ({"category": None}, KIND, "Choose what kind of learning it was"),
        ({"category": "sleeping"}, KIND, "Choose what kind of learning it was"),
        ({"minutes": None}, TIME, "Choose how long it took"),
        ({"minutes": "17"}, TIME, "Choose how long it took"),
        ({"did": ""}, DID, "Enter what you did, in a few words"),
        ({"did": "x" * 2001}, DID, "What you did must be 2,000 characters or fewer"),
        ({"reflection": "x" * 2001}, LEARNT, "What you learnt must be 2,000 characters or fewer"),
        (other(""), EXACTLY, LIKE),
        (other("0:00"), EXACTLY, "The time must be more than 0 minutes."),
        (other("-1"), EXACTLY, LIKE),
        (other("1_0"), EXACTLY, LIKE),
        (other("1:60"), EXACTLY, "Minutes must be fewer than 60: write 1 h 15 min, or 75 min"),
        (other("1h20"), EXACTLY, "Round the time to a quarter of an hour: 0, 15, 30 or 45 minutes."),
        (other("90"), EXACTLY, "Say whether 90 is hours or minutes, like 90 min"),
        (
            other("7.30"),
            EXACTLY,
            "7.30 may mean minutes or a part of an hour: write it like 7 h 30 min, 7:30, 7.5 or 90 min",
        ),
        (other("25 h"), TIME, "With this the day would have 25 h. Check the date and the time."),
        (other("9" * 20), EXACTLY, LIKE),
        ({"worked_on-day": "31", "worked_on-month": "2"}, DATE, "Date must be a real date, like 3 3 2026"),
        ({"worked_on-day": "", "worked_on-month": "", "worked_on-year": ""}, DATE, "Enter the date"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(
    browser, address, entries, today, changes, label, message
):
    answer = browser.post(address, data=sent(today, **({"did": "Kept words."} | changes)))
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (label, message)
    assert page.field(DID).value == changes.get("did", "Kept words.")
    assert entries() == []


def test_a_form_without_its_key_is_refused(browser, address, entries, today):
    answer = browser.post(address, data=sent(today, form_key=""))
    assert answer.status_code == 422
    assert shown(answer).headings[0] == "There is a problem"
    assert entries() == []


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (1, "The date must be today or in the past."),
        (-61, "The date must be on or after 2 January 2026, when the placement began."),
    ],
)
def test_a_day_outside_the_placement_or_in_the_future_is_refused(browser, address, entries, today, days, message):
    answer = browser.post(address, data=sent(today + timedelta(days=days)))
    assert answer.status_code == 422
    assert shown(answer).complaint == (DATE, message)
    assert entries() == []


def test_a_day_after_the_end_is_refused(build, sign_in, entries, today):
    placement = build.placement(ends_on=today - timedelta(days=3))
    answer = sign_in(placement.learner).post(
        f"/placements/{placement.id}/hours/new", data=sent(today - timedelta(days=2))
    )
    assert shown(answer).complaint == (
        DATE,
        "The date must be on or before 28 February 2026, when the placement ended.",
    )
    assert entries() == []


@pytest.mark.parametrize("days", [-60, -3])
def test_the_first_and_the_last_day_of_a_placement_take_hours(build, sign_in, entries, today, days):
    placement = build.placement(ends_on=today - timedelta(days=3))
    day = today + timedelta(days=days)
    sign_in(placement.learner).post(f"/placements/{placement.id}/hours/new", data=sent(day))
    assert [entry.worked_on for entry in entries()] == [day]


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        (other("12:15"), "That makes 12 h 15 min in one entry, which is more than 12 hours."),
        (
            {"did": "Saw patient 943 476 5919."},
            "“943 476 5919” looks like an NHS number. Take out whatever could identify a patient: "
            "write “a participant”, for instance.",
        ),
        (
            {"reflection": "She was born on 4 May 1961."},
            "“4 May 1961” looks like a date of birth. Take out whatever could identify a patient: "
            "write “a woman in her sixties”, for instance.",
        ),
    ],
)
def test_what_is_doubtful_is_asked_about_and_saved_with_a_tick(browser, address, entries, today, changes, doubt):
    assert SURE not in shown(browser.get(address)).fields
    answer = browser.post(address, data=sent(today, **changes))
    assert answer.status_code == 422
    assert shown(answer).complaint == (SURE, f"{doubt} {THIRD_LOOK if 'looks like' in doubt else SECOND_LOOK}")
    assert entries() == []
    sure = {"is_sure": "y", "why_sure": "It is a made-up number."}
    assert browser.post(address, data=sent(today, **changes, **sure)).status_code == 303
    assert len(entries()) == 1


def test_a_long_day_over_several_entries_and_placements_is_asked_about(sign_in, build, entries, today):
    learner = build.learner()
    first, second = build.placement(learner), build.placement(learner)
    browser = sign_in(learner)
    for number, placement in enumerate((first, second)):
        answer = browser.post(
            f"/placements/{placement.id}/hours/new",
            data=sent(today, **other("9"), did=f"Work {number}.", form_key=f"{number}0123456789abcdef"),
        )
    assert answer.status_code == 422
    assert shown(answer).complaint == (
        SURE,
        f"That makes 18 h on that day, which is more than 16 hours. {SECOND_LOOK}",
    )
    assert len(entries()) == 1


def test_a_tick_does_not_save_a_day_of_more_than_24_hours(browser, address, entries, today):
    browser.post(address, data=sent(today, **other("12")))
    answer = browser.post(address, data=sent(today, **other("12:15"), is_sure="y", form_key="f" * 20))
    assert shown(answer).errors == {
        "With this the day would have 24 h 15 min. Check the date and the time.": TIME,
    }
    assert len(entries()) == 1


def test_supervision_that_the_mentor_has_logged_is_not_logged_again_unawares(
    browser, address, placement, session, entries, today, now
):
    session.add(
        SupervisionSession(
            placement_id=placement.id,
            held_on=today,
            minutes=60,
            form=SessionForm.VIDEO,
            topics="Consent.",
            logged_by_id=placement.mentor_id,
            logged_at=now,
            form_key="theirs",
        )
    )
    session.commit()
    answer = browser.post(address, data=sent(today, category="supervision"))
    assert shown(answer).complaint == (
        SURE,
        "Your mentor has logged 1 h of supervision on that day, which counts by itself once you have confirmed it. "
        f"Log only other supervision here. {SECOND_LOOK}",
    )
    assert entries() == []
    assert browser.post(address, data=sent(today, category="supervision", is_sure="y")).status_code == 303


def test_only_the_learner_of_the_placement_can_log_hours_in_it(sign_in, placement, address, build, entries, today):
    for method in ("get", "post"):
        assert getattr(sign_in(placement.mentor), method)(address).status_code == 403
        assert getattr(sign_in(build.learner()), method)(address, data=sent(today)).status_code == 404
    assert entries() == []


def test_a_withdrawn_entry_stays_and_no_longer_counts(browser, address, placement, entries, today, sign_in, build):
    browser.post(address, data=sent(today))
    (entry,) = entries()
    page = shown(browser.get(f"/hours/{entry.id}"))
    assert page.button(WITHDRAW).action == f"/hours/{entry.id}/withdraw"
    for person, status in ((placement.mentor, 403), (build.learner(), 404)):
        assert sign_in(person).get(f"/hours/{entry.id}").status_code == status
        assert sign_in(person).post(f"/hours/{entry.id}/withdraw").status_code == status
    assert browser.post(f"/hours/{entry.id}/withdraw").status_code == 303
    assert entries()[0].withdrawn_at is not None
    page = shown(browser.get(f"/placements/{placement.id}"))
    assert page.section("Record").item("Screened notes for the stroke study.").tags == ["Withdrawn"]
    assert page.section("Workplace hours").pictures[0].startswith("0 h in the workplace, below the line")
    page = shown(browser.get(f"/hours/{entry.id}"))
    assert page.row("Status").value == "Withdrawn on 3 March 2026; it does not count"
    assert WITHDRAW not in page.buttons
    answer = browser.post(f"/hours/{entry.id}/withdraw")
    assert answer.status_code == 422
    assert shown(answer).paragraphs[0] == "You have withdrawn this entry already. It does not count."


def test_home_says_how_the_workplace_hours_stand(browser, address, placement, today):
    shown(browser.post(address, data=sent(today), follow_redirects=True))
    standing = shown(browser.get("/")).section("How things stand").item("0 h in the workplace")
    assert standing.link("0 h in the workplace") == f"/placements/{placement.id}"
    assert standing.paragraphs == [
        f"With {placement.mentor.name}, 50 h to go until the band of 50 to 100 hours. 1 h 30 min more in drafts or "
        "returned."
    ]


def test_home_asks_for_the_first_hours(browser, address):
    task = shown(browser.get("/")).item("Log your hours")
    assert task.link("Log your hours") == address
    assert task.paragraphs == ["There is no entry yet. It takes two minutes."]


@pytest.mark.parametrize(
    ("days", "why"), [(14, []), (15, ["The last entry is of 16 February 2026. It takes two minutes."])]
)
def test_home_asks_to_log_hours_when_two_weeks_have_none(browser, placement, session, today, days, why):
    session.add(logged(placement, worked_on=today - timedelta(days=days)))
    session.commit()
    page = shown(browser.get("/"))
    assert [line.paragraphs[0] for line in page.lines if "Log your hours" in line.links] == why


@pytest.mark.parametrize("days", [14, 15])
def test_home_does_not_ask_for_hours_in_the_first_two_weeks(build, sign_in, today, days):
    placement = build.placement(starts_on=today - timedelta(days=days))
    assert ("Log your hours" in shown(sign_in(placement.learner).get("/")).links) == (days > 14)


HOUR = 60


@pytest.mark.parametrize(
    ("minutes", "on_the_day", "in_the_week", "doubts"),
    [
        (12 * HOUR, 0, 0, []),
        (12 * HOUR + 1, 0, 0, ["12 h 1 min in one entry, which is more than 12 hours"]),
        (6 * HOUR, 10 * HOUR, 0, []),
        (6 * HOUR, 10 * HOUR + 15, 0, ["16 h 15 min on that day, which is more than 16 hours"]),
        (6 * HOUR, 0, 42 * HOUR, []),
        (6 * HOUR, 0, 42 * HOUR + 30, ["48 h 30 min in that week, which is more than 48 hours"]),
        (
            13 * HOUR,
            4 * HOUR,
            40 * HOUR,
            [
                "13 h in one entry, which is more than 12 hours",
                "17 h on that day, which is more than 16 hours",
                "57 h in that week, which is more than 48 hours",
            ],
        ),
    ],
)
def test_what_is_long_is_said_with_its_limit(today, minutes, on_the_day, in_the_week, doubts):
    logged_before = {today: on_the_day, today + timedelta(days=1): in_the_week, today + timedelta(days=9): 99 * HOUR}
    found = doubts_about_duration(today, minutes, logged_before, "minutes")
    assert found == [f"That makes {doubt}." for doubt in doubts]


def test_a_day_of_exactly_24_hours_is_asked_about_and_one_minute_more_is_refused(today):
    assert len(doubts_about_duration(today, 12 * HOUR, {today: 12 * HOUR}, "minutes")) == 1
    with pytest.raises(Refused, match="With this the day would have 24 h 1 min"):
        doubts_about_duration(today, 12 * HOUR + 1, {today: 12 * HOUR}, "minutes")


@given(
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    minutes=st.integers(1, 24 * 60),
    others=st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 20 * 60)), max_size=8),
)
def test_limits_refuse_impossible_days_and_ask_about_long_ones(day, minutes, others):
    logged = {day + timedelta(days=shift): length for shift, length in others}
    in_day = minutes + logged.get(day, 0)
    monday, sunday = week_of(day)
    in_week = minutes + sum(length for when, length in logged.items() if monday <= when <= sunday)
    if in_day > 24 * 60:
        with pytest.raises(Refused, match="With this the day would have"):
            doubts_about_duration(day, minutes, logged, "minutes")
        return
    doubts = " ".join(doubts_about_duration(day, minutes, logged, "minutes"))
    assert ("in one entry" in doubts) == (minutes > 12 * 60)
    assert ("on that day" in doubts) == (in_day > 16 * 60)
    assert ("in that week" in doubts) == (in_week > 48 * 60)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_week_goes_from_monday_to_sunday_and_holds_its_day(day):
    monday, sunday = week_of(day)
    assert (monday.weekday(), sunday.weekday()) == (0, 6)
    assert monday <= day <= sunday
