"""What a university sees of its learners, and how a programme lead records credit."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.academic.enrolment_steps import StepKind
from app.models.operations.audit import AuditLine
from app.models.people import Person, Role
from app.models.programmes import CreditDecision, Enrolment
from app.rules.credit.counting import counting, credits_decided
from app.web.spreadsheet import harmless
from tests.app.progress.records import confirmed_session, placed, workplace_hours
from tests.screen import shown

MODULE, OUTCOME, DECIDED_ON = "Which module?", "What did the university decide?", "When was it decided?"
RECORD = "Record a credit decision"
NEVER_MET = "No session for 14 weeks. There has been none yet."


def sent(module_, today, **changes):
    values = {
        "module": module_.id,
        "outcome": "earned",
        "reason": "By the board.",
        "considered": "The marks.",
        "decided_on-day": today.day,
        "decided_on-month": today.month,
        "decided_on-year": today.year,
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def names_on(page):
    """The learners of the list, in its order, without programme and cohort below their names."""
    return [name.removesuffix(" PGCert") for name in page.rows]


def rows_of(answer):
    """The rows of a download, each with its cells by their headings."""
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_the_list_says_who_has_stepped_out(sign_in, build, session, supervisor, enrolment, today):
    browser = sign_in(supervisor)
    assert names_on(shown(browser.get("/progress"))) == ["Robin Learner"]
    assert rows_of(browser.get("/progress.csv"))[0]["Stands"] == "enrolled"
    build.step(enrolment, StepKind.STEPPED_OUT, build.person(), day=today - timedelta(days=3))
    session.commit()
    assert names_on(shown(browser.get("/progress"))) == ["Robin Learner PGCert Stepped out"]
    assert rows_of(browser.get("/progress.csv"))[0]["Stands"] == "stepped out"


def test_the_list_shows_credits_hours_sessions_and_risk_of_own_learners_only(
    sign_in, build, supervisor, university, enrolment, today
):
    late = placed(build, "Late Learner", today - timedelta(days=100), university)
    fine = placed(build, "Fine Learner", today - timedelta(days=20), university)
    confirmed_session(build, fine, today - timedelta(days=4))
    workplace_hours(build, fine, today, 150)
    placed(build, "Learner Elsewhere", today - timedelta(days=100))
    page = shown(sign_in(supervisor).get("/progress"))
    assert page.paragraphs[0] == "1 learner at risk, shown first with the reason."
    assert names_on(page) == ["Late Learner", "Fine Learner", "Robin Learner"]
    columns = ("Credits", "Hours of the RPE module", "In the workplace", "Last session", "Placement")
    cells = {name: [page.row(f"{name} PGCert")[column] for column in columns] for name in names_on(page)}
    assert cells == {
        "Late Learner": ["0 of 60", "0 h of 150 h", "0 h", "none yet", "Active"],
        "Fine Learner": ["0 of 60", "3 h 30 min of 150 h", "2 h 30 min", "27 February 2026", "Active"],
        "Robin Learner": ["0 of 60", "0 h of 150 h", "", "", "None yet"],
    }
    why = {name: page.row(f"{name} PGCert")["At risk because"] for name in names_on(page)}
    days = (late.ends_on - late.starts_on).days
    hours_by_now = 50 * 100 // days
    assert why["Late Learner"] == (
        f"{NEVER_MET} 0 h in the workplace. To reach 50 hours in time it would be about {hours_by_now} h by now."
    )
    assert (why["Fine Learner"], why["Robin Learner"]) == ("", "")


def test_where_nobody_is_at_risk_the_list_says_so(sign_in, build, supervisor, university, today):
    placed(build, "Fine Learner", today, university)
    page = shown(sign_in(supervisor).get("/progress"))
    assert page.paragraphs[0] == "Nobody is at risk today."


@pytest.mark.parametrize(
    ("starts_in_days", "ends_in_days", "state"),
    [(1, 90, "Not begun"), (0, 90, "Active"), (-90, 0, "Active"), (-90, -1, "Ended")],
)
def test_the_list_and_the_page_say_where_a_placement_stands(
    sign_in, build, supervisor, university, today, starts_in_days, ends_in_days, state
):
    placement = placed(build, "Robin Learner", today + timedelta(days=starts_in_days), university)
    placement.ends_on = today + timedelta(days=ends_in_days)
    browser = sign_in(supervisor)
    row = shown(browser.get("/progress")).row("Robin Learner PGCert")
    assert row["Placement"] == state
    page = shown(browser.get(row.link("Robin Learner")))
    assert page.section(f"Placement with {placement.mentor.name}").tags[0] == state


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=LATE", ["Late Learner"]),
        ("risk=1", ["Late Learner"]),
        ("programme=0", []),
        ("q=", ["Late Learner", "Robin Learner"]),
        ("", ["Late Learner", "Robin Learner"]),
    ],
)
def test_the_list_is_searched_and_filtered_in_the_address(
    sign_in, build, supervisor, university, enrolment, today, asked, names
):
    placed(build, "Late Learner", today - timedelta(days=100), university)
    browser = sign_in(supervisor)
    page = shown(browser.get(f"/progress?{asked}"))
    part = shown(browser.get(f"/progress?{asked}", headers={"HX-Request": "true"}))
    assert (page.title, part.title) == ("Progress of our learners – Research Practice Experience placements", "")
    assert page.part("learners").text == part.text
    assert names_on(part) == names
    number = "1 learner" if len(names) == 1 else f"{len(names)} learners"
    assert part.paragraphs[0] == f"{number}. Download this list (CSV)"
    if not names:
        assert part.paragraphs[1] == "No learner fits that. Clear the search to see everybody."


def test_the_filters_show_what_was_asked(sign_in, build, supervisor, enrolment, programme):
    asked = f"/progress?q=robin&programme={programme.id}&risk=1"
    page = shown(sign_in(supervisor).get(asked))
    assert [page.field(label).value for label in ("Name", "Programme", "Who")] == [
        "robin",
        programme.title,
        "At risk only",
    ]


def test_a_learners_page_shows_ledgers_and_record(sign_in, build, supervisor, university, today, session):
    placement = placed(build, "Robin Learner", today - timedelta(days=40), university)
    confirmed_session(build, placement, today - timedelta(days=4))
    workplace_hours(build, placement, today, 150)
    enrolment = session.scalar(select(Enrolment).where(Enrolment.learner_id == placement.learner_id))
    page = shown(sign_in(supervisor).get(f"/progress/{enrolment.id}"))
    assert page.heading == "Robin Learner"
    assert page.texts("ul.app-figures li") == [
        "0 of 60 credits decided",
        "3 h 30 min counted, 1 h of it verified, of about 150 h of the RPE module",
        "2 h 30 min in the workplace, 0 h of it verified",
        "27 February 2026 last session",
    ]
    credit = page.section("Credit")
    assert credit.row("Research Practice Experience").cells == ["15", "None yet", "", ""]
    assert credit.paragraphs[0] == (
        "Only a decision of the university awards credit. Hours never do: they show how far a learner is."
    )
    assert page.section("Workplace hours").pictures == [
        "2 h 30 min in the workplace, below the line to be on track: 47 h 30 min to go until the band of "
        "50 to 100 hours"
    ]
    assert page.section("All hours").pictures == ["3 h 30 min of about 150 hours of the module"]
    assert [line.paragraphs for line in page.section("Record").lines] == [
        ["3 March 2026 Workplace learning, 2 h 30 min Submitted", "Screening."],
        ["27 February 2026 Session, 1 h, video Confirmed", "About consent."],
    ]
    assert RECORD not in page.links
    assert page.insets == []


def test_a_learners_page_says_why_she_is_at_risk(sign_in, build, supervisor, university, today, session):
    placement = placed(build, "Late Learner", today - timedelta(days=61), university)
    workplace_hours(build, placement, today, 600)
    enrolment = session.scalar(select(Enrolment).where(Enrolment.learner_id == placement.learner_id))
    page = shown(sign_in(supervisor).get(f"/progress/{enrolment.id}"))
    assert page.insets == ["At risk. No session for 8 weeks. There has been none yet."]


def test_a_placement_that_began_today_is_not_late_for_a_session(sign_in, build, supervisor, university, today):
    """The last session of the placement before it says nothing about this one."""
    before = placed(build, "Robin Learner", today - timedelta(days=200), university)
    before.ends_on = today - timedelta(days=90)
    confirmed_session(build, before, before.ends_on)
    after = build.placement(before.learner, starts_on=today)
    after.module = before.module
    row = shown(sign_in(supervisor).get("/progress?q=robin")).row("Robin Learner PGCert")
    assert row["At risk because"] == ""
    assert (row["Placement"], row["Last session"]) == ("Active", "3 December 2025")


def test_a_learner_without_a_placement_has_a_page_too(sign_in, lead, enrolment):
    page = shown(sign_in(lead).get(f"/progress/{enrolment.id}"))
    assert page.section("Placement").paragraphs == [
        "There is none yet. It begins when the learner accepts an offer from a match round."
    ]
    assert page.link(RECORD) == f"/progress/{enrolment.id}/credit"


@pytest.fixture
def elsewhere(build):
    """An academic supervisor of another university."""
    person = build.person()
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=build.provider())
    return person


@pytest.mark.parametrize("page", ["/progress", "/progress.csv", "/progress/{}"])
def test_coordinators_learners_and_mentors_do_not_see_progress(sign_in, build, enrolment, page):
    for person in (build.coordinator(build.network()), build.mentor(), build.learner()):
        assert sign_in(person).get(page.format(enrolment.id)).status_code == 403


def test_another_university_does_not_see_progress(sign_in, supervisor, elsewhere, enrolment):
    assert names_on(shown(sign_in(supervisor).get("/progress"))) == ["Robin Learner"]
    assert names_on(shown(sign_in(elsewhere).get("/progress"))) == []
    assert [row["Learner"] for row in rows_of(sign_in(supervisor).get("/progress.csv"))] == ["Robin Learner"]
    assert rows_of(sign_in(elsewhere).get("/progress.csv")) == []
    assert sign_in(elsewhere).get(f"/progress/{enrolment.id}").status_code == 404


def test_a_role_that_has_ended_shows_nothing(sign_in, supervisor, lead, enrolment, now):
    supervisor.grants[0].ended_at = now
    assert sign_in(supervisor).get("/progress").status_code == 403


def test_credit_is_recorded_and_the_learner_told(sign_in, session, lead, enrolment, programme, today, mails):
    browser = sign_in(lead)
    form = shown(browser.get(f"/progress/{enrolment.id}/credit"))
    assert form.heading == "Record a credit decision for Robin Learner"
    assert "Record what the university has decided. Hours never award credit." in form.paragraphs[0]
    answer = browser.post(f"/progress/{enrolment.id}/credit", data=sent(programme.modules[1], today))
    learner = session.get(Person, enrolment.learner_id)
    assert mails() == [(learner.email, "A decision about Online module 1", "Hello Robin Learner,")]
    (decision,) = session.scalars(select(CreditDecision)).all()
    assert answer.location == f"/progress/{enrolment.id}"
    assert (decision.credits, decision.decided_on, decision.decided_by_id) == (15, today, lead.id)
    page = shown(browser.get(answer.location))
    assert page.texts("ul.app-figures li")[0] == "15 of 60 credits decided"
    assert page.row("Online module 1").cells == ["15", "Earned", "3 March 2026", lead.name]
    assert page.row("Online module 2").cells == ["15", "None yet", "", ""]
    assert "decided credit" in session.scalars(select(AuditLine.deed)).all()


def test_the_newest_decision_about_a_module_counts_and_earlier_ones_stay(
    sign_in, session, lead, enrolment, programme, today, look_again
):
    browser, address = sign_in(lead), f"/progress/{enrolment.id}/credit"
    browser.post(address, data=sent(programme.modules[1], today))
    browser.post(address, data=sent(programme.modules[1], today, outcome="failed", words="Talk to us."))
    look_again()
    page = shown(browser.get(f"/progress/{enrolment.id}"))
    assert page.texts("ul.app-figures li")[0] == "0 of 60 credits decided"
    assert page.row("Online module 1")["Decision"] == "Failed"
    by_whom = f"decided on 3 March 2026, recorded by {lead.name}"
    void = "Make it void: Online module 1, 3 March 2026"
    assert page.texts("details li") == [
        f"Online module 1: Earned, 15 credits, {by_whom}. Considered: The marks. {void}",
        f"Online module 1: Failed, {by_whom}. Considered: The marks. To the learner: Talk to us. {void}",
    ]
    assert len(session.scalars(select(CreditDecision)).all()) == 2


@pytest.mark.parametrize(
    ("changes", "label", "message"),
    [
        ({"module": None}, MODULE, "Choose the module"),
        ({"module": "0"}, MODULE, "Choose the module"),
        ({"outcome": None}, OUTCOME, "Choose what was decided"),
        ({"decided_on-day": ""}, DECIDED_ON, "The date must include a day"),
        ({"decided_on-day": "4"}, DECIDED_ON, "The date must be today or in the past."),
        (
            {"decided_on-year": "2025"},
            DECIDED_ON,
            "The date must be on or after 2 January 2026, when the learner enrolled.",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    sign_in, session, lead, enrolment, programme, today, changes, label, message
):
    answer = sign_in(lead).post(f"/progress/{enrolment.id}/credit", data=sent(programme.modules[1], today, **changes))
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (label, message)
    kept = {MODULE: ("Online module 1, 15 credits",), OUTCOME: ("The credits are earned",)}
    assert {one: page.field(one).chosen for one in kept if one != label} == {
        one: chosen for one, chosen in kept.items() if one != label
    }
    assert session.scalars(select(CreditDecision)).all() == []


def test_a_module_of_another_programme_cannot_be_chosen(sign_in, session, build, lead, enrolment, university, today):
    other = build.programme(university).modules[0]
    answer = sign_in(lead).post(f"/progress/{enrolment.id}/credit", data=sent(other, today))
    assert answer.status_code == 422
    assert session.scalars(select(CreditDecision)).all() == []


def test_no_more_credits_than_a_level_has_and_no_decision_twice(
    sign_in, session, lead, enrolment, programme, today, look_again
):
    programme.modules[3].credits = 30
    browser, address = sign_in(lead), f"/progress/{enrolment.id}/credit"
    for module in programme.modules[:3]:
        assert browser.post(address, data=sent(module, today)).status_code == 303
    refused = shown(browser.post(address, data=sent(programme.modules[3], today)))
    assert refused.complaint == (
        MODULE,
        "With these credits the learner would have 75; a level has 60. Check the modules that were decided before.",
    )
    refused = shown(browser.post(address, data=sent(programme.modules[0], today)))
    assert refused.complaint == (MODULE, "That decision is recorded already.")
    look_again()
    assert credits_decided(session.scalars(select(CreditDecision))) == 45


def test_only_a_programme_lead_of_the_university_decides_credit(
    sign_in, session, build, supervisor, enrolment, programme, today
):
    elsewhere = build.person()
    build.grant(elsewhere, Role.PROGRAMME_LEAD, provider=build.provider())
    for method in ("get", "post"):
        for person, status in ((supervisor, 403), (elsewhere, 404), (build.coordinator(build.network()), 403)):
            browser = sign_in(person)
            answer = getattr(browser, method)(
                f"/progress/{enrolment.id}/credit", data=sent(programme.modules[1], today)
            )
            assert answer.status_code == status
    assert session.scalars(select(CreditDecision)).all() == []


def test_somebody_who_leads_here_and_supervises_there_decides_only_here(sign_in, build, lead, today):
    there = build.provider()
    build.grant(lead, Role.ACADEMIC_SUPERVISOR, provider=there)
    enrolment = build.enrolment(build.learner(), build.programme(there))
    browser = sign_in(lead)
    page = browser.get(f"/progress/{enrolment.id}")
    assert page.status_code == 200
    assert RECORD not in shown(page).links
    assert browser.get(f"/progress/{enrolment.id}/credit").status_code == 404


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([0, 15])), max_size=20), st.randoms())
def test_the_newest_decision_of_each_module_counts_in_any_order(decided, chance):
    rows = [CreditDecision(id=n, module_id=module, credits=earned) for n, (module, earned) in enumerate(decided)]
    newest = dict(decided)
    chance.shuffle(rows)
    assert {module: decision.credits for module, decision in counting(rows).items()} == newest
    assert credits_decided(rows) == sum(newest.values())


def test_the_download_has_what_is_shown_and_runs_no_formula(sign_in, build, supervisor, university, today):
    placement = placed(build, '=HYPERLINK("http://evil.example")', today - timedelta(days=100), university)
    workplace_hours(build, placement, today, 150)
    placed(build, "Somebody Else", today, university)
    [row] = rows_of(sign_in(supervisor).get("/progress.csv?risk=1"))
    assert row["Learner"] == '\'=HYPERLINK("http://evil.example")'
    assert (row["Hours: workplace learning"], row["Hours in all"], row["Hours of the module"]) == ("2.5", "2.5", "150")
    assert row["Of these verified"] == "0.0"
    assert (row["Credits"], row["Credits of the level"]) == ("0", "60")
    assert (row["Placement"], row["Last session"]) == ("active", "")
    assert row["At risk because"].startswith(NEVER_MET)


@given(st.text(max_size=20))
def test_no_cell_of_the_download_begins_like_a_formula(text):
    cell = harmless(text)
    assert not str(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert str(cell).endswith(text)
