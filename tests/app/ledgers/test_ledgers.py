"""Credits, hours and capabilities stand beside each other for those who may read them; a transcript says the same."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.ledgers.queries import enrolments_of
from app.ledgers.transcript.paper import paper_of
from app.ledgers.transcript.reading import levels_of
from app.models.academic.enrolment_steps import StepKind
from app.models.hours import HoursCategory, HoursState
from app.models.people import Person, Role
from app.models.programmes import Enrolment, Level
from app.rules.prior_learning.awards import awards_of
from tests.screen import shown
from tests.screen.spreadsheets import lines_in, sheets_in


@pytest.fixture
def placement(build):
    return build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))


@pytest.fixture
def enrolment(session, placement):
    return session.scalars(select(Enrolment).where(Enrolment.learner_id == placement.learner_id)).one()


@pytest.fixture
def lead(build, enrolment):
    person = build.person(name="Lee Lead")
    build.grant(person, Role.PROGRAMME_LEAD, provider=enrolment.programme.provider)
    return person


def words_about(session, learner, today):
    """All that her transcript says."""
    levels, awards = levels_of(session, enrolments_of(session, learner)), awards_of(session, learner.id)
    return paper_of(learner.name, levels, awards, today).words


def recognised(build, enrolment, lead, module, title="Trials", credits_=15):
    claim = build.claim(enrolment, module=module, credits=credits_)
    source = build.source(claim, title=title, credits=credits_)
    build.granted(claim, lead, source)
    return claim


def test_the_three_ledgers_stand_on_one_page(sign_in, build, placement, enrolment, lead):
    _, first, second, _ = enrolment.programme.modules
    build.credit(enrolment, first)
    recognised(build, enrolment, lead, second)
    build.capability(enrolment.programme, "Consent")
    build.entry(placement, category=HoursCategory.WORKPLACE, minutes=600, state=HoursState.SUBMITTED)
    page = shown(sign_in(placement.learner).get("/my-progress"))
    assert page.says("30 of 60, 15 of them recognised as prior learning")
    assert page.row(first.title)["Decided"].startswith("Earned, ")
    assert page.row(second.title)["Decided"] == "15 recognised"
    assert page.says("In the workplace 10 h")
    assert page.says("0 of 1 capabilities have evidence.")
    assert page.says("The placement ends; then it is signed off.")
    assert page.says("30 credits of the level are not decided yet.")


def test_the_university_reads_all_of_it_and_a_mentor_what_is_of_her_placement(
    sign_in, build, placement, enrolment, lead
):
    build.credit(enrolment, enrolment.programme.modules[1])
    address = f"/ledgers/{enrolment.id}"
    whole = shown(sign_in(lead).get(address))
    assert whole.says("15 of 60")
    browser = sign_in(placement.mentor)
    hers = shown(browser.get(address))
    assert hers.says("Hours")
    assert hers.says("Capabilities")
    assert not hers.says("15 of 60")
    assert not hers.says("not decided yet"), "credits are between the learner and the university"
    assert browser.get(f"{address}/transcript").status_code == 403


def test_a_mentor_sees_nothing_of_the_placement_of_another(sign_in, build, placement, enrolment):
    build.entry(placement, category=HoursCategory.WORKPLACE, minutes=600, state=HoursState.SUBMITTED)
    stranger = build.mentor()
    assert sign_in(stranger).get(f"/ledgers/{enrolment.id}").status_code == 404
    placement.offer.request.asked_again_at = build.now
    later = build.placement(placement.learner, stranger, module=placement.module)
    page = shown(sign_in(later.mentor).get(f"/ledgers/{enrolment.id}"))
    assert not page.says("In the workplace 10 h")


def test_a_module_that_is_recognised_expects_no_hours(sign_in, build, lead, enrolment):
    learner = build.learner()
    other = build.enrolment(learner, enrolment.programme)
    recognised(build, other, lead, enrolment.programme.modules[0])
    page = shown(sign_in(learner).get("/my-progress"))
    assert page.says("Recognised as prior learning: no hours are expected.")
    assert not page.says("A placement for Research Practice Experience: none is agreed yet.")


def test_part_of_a_module_expects_ten_hours_a_credit_less(sign_in, build, lead, placement, enrolment):
    recognised(build, enrolment, lead, placement.module, credits_=5)
    page = shown(sign_in(placement.learner).get("/my-progress"))
    assert page.says("of about 100 hours")
    assert shown(sign_in(placement.learner).get(f"/placements/{placement.id}")).says("of about 100 hours of the module")


def test_whoever_is_on_no_programme_is_told_so(sign_in, build):
    page = shown(sign_in(build.learner()).get("/my-progress"))
    assert page.says("You are on no programme yet.")


def test_nothing_is_next_on_a_programme_that_she_has_left(sign_in, build, session, today):
    enrolment = build.enrolment(build.learner(name="Robin Learner"))
    learner = session.get_one(Person, enrolment.learner_id)
    assert shown(sign_in(learner).get("/my-progress")).says("60 credits of the level are not decided yet.")
    build.step(enrolment, StepKind.WITHDREW, build.person(), day=today - timedelta(days=2))
    session.commit()
    page = shown(sign_in(learner).get("/my-progress"))
    assert not page.says("credits of the level are not decided yet.")
    assert page.says("This programme ended on")


def test_the_transcript_says_decisions_and_marks_what_is_recognised(
    sign_in, build, session, placement, enrolment, lead
):
    _, first, second, third = enrolment.programme.modules
    build.credit(enrolment, first)
    recognised(build, enrolment, lead, second)
    page = shown(sign_in(placement.learner).get("/my-transcript"))
    assert page.says("30 credits in all. No level is complete yet.")
    assert page.row(first.title)["What counts"] == "15 credits earned"
    assert page.row(first.title)["Decided on"] == "24 February 2026"
    assert page.says("Trials, University of Somewhere")
    assert page.row(third.title)["What counts"] == "Not decided yet"
    assert not page.says("Co-Investigator"), "the level is not complete"
    pdf = sign_in(placement.learner).get("/my-transcript.pdf")
    assert pdf.status_code == 200
    assert pdf.data.startswith(b"%PDF")


def test_the_transcript_is_taken_to_a_spreadsheet_with_the_same_credits(sign_in, build, placement, enrolment, lead):
    _, first, second, third = enrolment.programme.modules
    build.credit(enrolment, first)
    recognised(build, enrolment, lead, second, title="=Trials")
    recognised(build, enrolment, lead, None, title="Practice", credits_=5)
    browser = sign_in(placement.learner)
    links = shown(browser.get("/my-transcript")).links
    assert {"all of it as a workbook (XLSX)", "its modules as a table (CSV)"} <= set(links)
    lines = {line["Module"]: line for line in lines_in(browser.get("/my-transcript.csv"))}
    assert (lines[first.title]["Credits decided"], lines[first.title]["Decided on"]) == ("15", "2026-02-24")
    assert (lines[second.title]["Credits recognised"], lines[second.title]["Decision"]) == ("15", "")
    assert lines[third.title]["Credits held"] == "0"
    assert sum(int(line["Credits held"]) for line in lines.values()) == 35
    sheets = sheets_in(browser.get("/my-transcript.xlsx").data)
    assert [row[3] for row in sheets["Modules"][1:]] == list(lines)
    assert sheets["Recognised"][1][3:7] == [second.title, "15", "=Trials", "University of Somewhere"]
    assert any("35 credits in all." in row[1] for row in sheets["Transcript"][1:])


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_the_files_of_a_transcript_are_for_those_who_read_it(sign_in, build, placement, enrolment, lead, kind):
    address = f"/ledgers/{enrolment.id}/transcript.{kind}"
    assert sign_in(lead).get(address).status_code == 200
    assert sign_in(placement.learner).get(address).status_code == 403
    elsewhere = build.person()
    build.grant(elsewhere, Role.PROGRAMME_LEAD, provider=build.provider())
    assert sign_in(elsewhere).get(address).status_code == 404


def test_levels_over_universities_add_up_and_name_the_role(build, session, today):
    """Three universities, 180 credits, each level complete: the story that the Framework is for."""
    learner = build.learner(name="Robin Learner")
    levels = [build.enrolment(learner, build.programme(level=level)) for level in Level]
    for enrolment in levels:
        for module in enrolment.modules:
            build.credit(enrolment, module)
    session.expire_all()
    words = paper_of(
        learner.name, levels_of(session, enrolments_of(session, learner)), awards_of(session, learner.id), today
    ).words
    assert "180 credits in all. Complete: PGCert, PGDip and MSc." in words
    assert words.count("This level is complete.") == 3
    assert "Local Co-Investigator on a variety of studies" in words
    assert "Typically local Principal Investigator on most studies" in words


def test_credit_that_goes_along_stands_once_on_the_transcript(build, session, today, lead):
    """Fifteen credits of a level that was left count in the next one, and the sum has them once."""
    learner = build.learner()
    left, goes_on = build.enrolment(learner), build.enrolment(learner)
    credit = build.credit(left, left.programme.modules[1])
    claim = build.claim(goes_on, module=goes_on.programme.modules[1])
    source = build.source(claim, title=credit.module.title, credit_decision=credit)
    build.granted(claim, lead, source)
    session.expire_all()
    words = paper_of(
        "Robin", levels_of(session, enrolments_of(session, learner)), awards_of(session, learner.id), today
    ).words
    assert "15 credits in all." in words
    assert "15 credits earned, counting in another level" in words


def test_pages_ask_no_more_for_more_levels(sign_in, build, queries, today):
    one, many = build.learner(), build.learner()
    build.enrolment(one)
    for _ in range(3):
        build.enrolment(many)
    numbers = []
    for learner in (one, many):
        browser = sign_in(learner)
        with queries() as statements:
            assert browser.get("/my-progress").status_code == 200
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
