"""A coordinator reports how people new to research were mentored: in words, in tables, and row by row."""

import csv
import io
from datetime import date, timedelta

import pytest

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.people import LearnerProfile
from app.models.placements import Cause, Outcome, PlacementState
from app.models.supervision import SessionForm, SupervisionSession
from app.models.values.registration import Profession
from app.network_return.forms import in_parts
from tests.screen import shown

YEAR = "first-day=1&first-month=4&first-year=2025&last-day=31&last-month=3&last-year=2026"


@pytest.fixture
def network(build):
    return build.network("South London")


@pytest.fixture
def coordinator(build, network):
    return build.coordinator(network)


@pytest.fixture
def placed(build, network, session):
    """A placement in the network, of a learner of some profession."""

    def place(name, profession=Profession.NURSE, **given):
        placement = build.placement(build.learner(name=name), **given)
        placement.opening.network = network
        profile = placement.learner.learner_profile or build.add(LearnerProfile(person=placement.learner))
        profile.profession = profession
        session.flush()
        return placement

    return place


def met(build, placement, day, minutes=60, **given):
    values = {"form": SessionForm.VIDEO, "topics": "Consent.", "confirmed_at": build.now, **given}
    build.add(
        SupervisionSession(
            placement=placement,
            held_on=day,
            minutes=minutes,
            logged_by_id=placement.mentor_id,
            logged_at=build.now,
            form_key=f"{placement.id} {day}",
            **values,
        )
    )


def logged(build, placement, day, state, minutes=120, category=HoursCategory.WORKPLACE):
    build.add(
        HoursEntry(
            placement=placement,
            worked_on=day,
            category=category,
            minutes=minutes,
            did="Screening.",
            logged_at=build.now,
            form_key=f"{placement.id} {day} {state.name}",
            state=state,
        )
    )


@pytest.fixture
def year(build, placed):
    """Two placements of the year, with something of each kind that counts and of each that does not."""
    robin = placed("Robin Learner", starts_on=date(2025, 2, 1), ends_on=date(2025, 12, 1))
    robin.end(Outcome.COMPLETED_EARLY, Cause.ALL_DONE, date(2025, 12, 1))
    robin.state = PlacementState.ENDED
    amal = placed("Amal Learner", Profession.PHARMACIST, starts_on=date(2026, 1, 5))
    for day in (date(2025, 3, 31), date(2025, 4, 1), date(2025, 11, 1)):
        met(build, robin, day)
    met(build, robin, date(2025, 6, 1), confirmed_at=None)
    met(build, amal, date(2026, 2, 1), minutes=45)
    logged(build, amal, date(2026, 2, 2), HoursState.VERIFIED)
    logged(build, amal, date(2026, 2, 3), HoursState.SUBMITTED, 60)
    logged(build, amal, date(2026, 2, 4), HoursState.DRAFT, 600)
    placed("Early Learner", starts_on=date(2024, 1, 1), ends_on=date(2025, 3, 31))
    placed("Coming Learner", starts_on=build.today + timedelta(days=1), ends_on=date(2026, 12, 1))
    build.placement(build.learner(name="Elsewhere Learner"))
    build.session.commit()
    return robin, amal


def test_the_year_is_told_in_words_with_what_counts_in_it(sign_in, coordinator, year):
    page = shown(sign_in(coordinator).get("/network-return"))
    assert page.says("1 April 2025 to 31 March 2026, as far as it is on the record on 3 March 2026.")
    assert page.says("2 learners of the Clinician Researcher Credentials had 2 placements with 2 mentors, in 2 studies")
    assert page.says("1 placement began in the period.")
    assert page.says("2 learners had 3 confirmed supervision sessions in the period. Altogether 5 h 45 min count: ")
    assert page.says("2 h 45 min of supervision and 3 h of workplace learning.")
    assert page.says("What became of the placements: 1 still running and 1 completed early.")
    assert page.says("None was signed off by a university in the period.")


def test_two_periods_say_who_is_in_both_and_what_can_be_added(sign_in, coordinator, year):
    browser = sign_in(coordinator)

    def of(first, last):
        return shown(browser.get("/network-return", query_string=in_parts(first=first, last=last)))

    before, after = of(date(2025, 4, 1), date(2025, 9, 30)), of(date(2025, 10, 1), date(2026, 3, 31))
    whole = of(date(2025, 4, 1), date(2026, 3, 31))
    assert before.says("1 learner had 1 confirmed supervision session in the period.")
    assert after.says("2 learners had 2 confirmed supervision sessions in the period.")
    assert whole.says("2 learners had 3 confirmed supervision sessions in the period.")
    for page in (before, after, whole):
        assert page.says("1 placement had begun before: a return of that time counts it too.")
        assert page.says("Do not add the learners, mentors and placements of two returns")
        assert "Do not add" in page.field("Copy this text into your report").value


def test_the_numbers_are_the_sums_of_rows_that_lead_to_the_placements(sign_in, coordinator, year):
    browser = sign_in(coordinator)
    page = shown(browser.get("/network-return"))
    assert YEAR in page.link("2 placements that these numbers add up")
    rows = shown(browser.get(page.link("2 placements that these numbers add up")))
    robin, amal = year
    assert rows.link("Robin Learner") == f"/our-placements/{robin.id}"
    university = amal.module.programme.provider.name
    assert rows.row(f"Amal Learner pharmacist, PGCert, {university}")["Hours"] == "3 h 45 min"
    file = browser.get(rows.link("Download this list (CSV)"))
    table = list(csv.DictReader(io.StringIO(file.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [one["Learner"] for one in table] == ["Amal Learner", "Robin Learner"]
    assert sum(int(one["Sessions"]) for one in table) == 3
    hours = sum(float(one[name]) for one in table for name in one if name.startswith("Hours"))
    assert hours * 60 == 5 * 60 + 45


def test_what_is_copied_is_what_is_downloaded_and_names_nobody(sign_in, coordinator, year):
    browser = sign_in(coordinator)
    file = browser.get(f"/network-return.txt?{YEAR}")
    assert (file.status_code, file.mimetype) == (200, "text/plain")
    copied = shown(browser.get(f"/network-return?{YEAR}")).field("Copy this text into your report").value
    assert file.get_data(as_text=True).rstrip() == copied
    for placement in year:
        assert placement.learner.name not in copied
        assert placement.mentor.name not in copied
        assert placement.opening.study.name in copied


def test_small_groups_are_put_together(sign_in, coordinator, placed, build):
    for number in range(6):
        placed(f"Nurse {number}")
    for number in range(11):
        placed(f"Doctor {number}", Profession.DOCTOR)
    placed("One Pharmacist", Profession.PHARMACIST)
    placed("One Dentist", Profession.DENTIST)
    build.session.commit()
    page = shown(sign_in(coordinator).get("/network-return"))
    professions = page.section("By profession")
    assert not professions.says("pharmacist")
    assert not professions.says("dentist")
    assert professions.row("nurse").value.startswith("6")
    others = professions.row("Others together (3 groups)")
    assert others.value.startswith("13"), "eleven doctors hide two groups of up to four"


def test_where_no_group_is_large_enough_none_is_told_apart(sign_in, coordinator, year):
    page = shown(sign_in(coordinator).get("/network-return"))
    for heading in ("By profession", "By level", "By university"):
        assert page.section(heading).paragraphs == ["No group has five learners or more, so that none is shown apart."]


def test_a_period_that_is_none_says_what_is_wrong_and_keeps_what_was_typed(sign_in, coordinator, year):
    answer = sign_in(coordinator).get(f"/network-return?{YEAR.replace('2026', '2024')}")
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == ("Last day", "The last day must not be before the first")


def test_a_network_of_somebody_else_is_not_reported(sign_in, coordinator, build, year):
    other = build.network("Elsewhere")
    build.session.commit()
    browser = sign_in(coordinator)
    assert browser.get(f"/network-return?network={other.id}").status_code == 422
    for path in ("/network-return.txt", "/network-return/placements", "/network-return/placements.csv"):
        assert browser.get(f"{path}?network={other.id}").status_code == 404


def test_where_nobody_was_placed_it_says_so(sign_in, coordinator):
    page = shown(sign_in(coordinator).get("/network-return"))
    assert page.says("Nobody new to research had a placement in the network in this time.")
