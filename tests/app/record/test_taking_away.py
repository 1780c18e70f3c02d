"""The record as a page to print and as files: who gets which, what stands in them, and what never does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.sign_offs import SignOffException, SignOffState
from app.models.operations.audit import AuditLine
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.phrasebook.of_placements.whole_record import paper_of_record
from app.rules.record.reading import record_of
from app.web.delivery.workbook import Sheet, pieces_of_workbook
from tests.app.record.conftest import HEALTH, SECRET
from tests.screen import shown
from tests.screen.spreadsheets import lines_in, sheets_in

FILES = ("record.pdf", "record.xlsx", "record.csv")


def address(placement, name="record"):
    return f"/placements/{placement.id}/{name}"


@pytest.mark.parametrize("who", ["learner", "mentor", "supervisor", "coordinator"])
def test_everybody_whom_it_concerns_reads_it_and_takes_it_away(who, whole, supervisor, coordinator, sign_in):
    people = {"learner": whole.learner, "mentor": whole.mentor, "supervisor": supervisor, "coordinator": coordinator}
    of_page, *of_files = (address(whole, name) for name in ("record", *FILES))
    browser = sign_in(people[who])
    page = shown(browser.get(of_page))
    assert page.heading == "Placement record of Robin Learner"
    assert [browser.get(name).mimetype for name in of_files] == [
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/csv",
    ]


def test_a_stranger_gets_none_of_it(build, whole, sign_in):
    browser = sign_in(build.learner())
    assert {browser.get(address(whole, name)).status_code for name in ("record", *FILES)} == {404}


def test_the_lines_are_hours_and_sessions_in_order_of_time(whole, sign_in, today):
    found = lines_in(sign_in(whole.learner).get(address(whole, "record.csv")))
    assert [(one["Kind"], one["Hours"], one["State"]) for one in found] == [
        ("session", "2.0", "confirmed"),
        ("hours entry", "1.5", "verified"),
        ("hours entry", "1.0", "submitted"),
        ("hours entry", "0.5", "draft"),
    ]
    assert found[0]["What was done or talked about"] == "Consent and the protocol"


def test_a_coordinator_gets_days_and_hours_without_words(whole, coordinator, sign_in):
    browser = sign_in(coordinator)
    assert {one["What was done or talked about"] for one in lines_in(browser.get(address(whole, "record.csv")))} == {""}
    sheets = sheets_in(browser.get(address(whole, "record.xlsx")).data)
    texts = " ".join(cell for rows in sheets.values() for row in rows for cell in row)
    texts += browser.get(address(whole)).text
    for words in ("Consent and the protocol", "A consent that I took", "Screened notes", "To take consent"):
        assert words not in texts


def test_nobody_finds_a_private_note_or_an_adjustment_in_it(whole, supervisor, sign_in):
    for person in (whole.learner, whole.mentor, supervisor):
        browser = sign_in(person)
        texts = browser.get(address(whole)).text + browser.get(address(whole, "record.csv")).text
        sheets = sheets_in(browser.get(address(whole, "record.xlsx")).data)
        texts += " ".join(cell for rows in sheets.values() for row in rows for cell in row)
        assert SECRET not in texts
        assert HEALTH not in texts


def test_the_paper_of_the_pdf_is_that_of_the_page(session, whole, today, sign_in):
    paper = paper_of_record(record_of(session, whole, today), today)
    page = shown(sign_in(whole.learner).get(address(whole)))
    assert {section.heading for section in paper.sections} <= set(page.headings)
    assert SECRET not in paper.words
    assert HEALTH not in paper.words


def test_a_download_by_somebody_else_stands_in_the_audit_trail(session, whole, supervisor, sign_in, look_again):
    browser, who = sign_in(supervisor), supervisor.id
    for name in FILES:
        browser.get(address(whole, name)).get_data()
    look_again()
    files = [
        line.details["file"]
        for line in session.scalars(select(AuditLine).where(AuditLine.actor_id == who).order_by(AuditLine.id))
        if line.deed == "downloaded a file"
    ]
    assert [file.rpartition(".")[2] for file in files] == ["pdf", "xlsx", "csv"]
    assert {f"placement-record-{whole.id}" in file for file in files} == {True}


def test_a_text_in_a_workbook_is_no_formula_whatever_it_begins_with():
    rows = [("=1+1", "+1", "-1"), ("@SUM(A1)", '=HYPERLINK("http://a.example")', "https://b.example")]
    file = b"".join(pieces_of_workbook([Sheet("Words", ("A", "B", "C"), rows)]))
    assert sheets_in(file)["Words"][1:] == [list(row) for row in rows]


@pytest.fixture
def voided(session, whole, now):
    """The mentor's signatures under agreement and review are voided, though nothing that they cover has changed."""
    for signature in session.scalars(select(Signature).where(Signature.party == Party.MENTOR.value)):
        signature.voided_at, signature.voided_because = now, "Signed by mistake."
        signature.voided_by_name = "Dr A. Mentor"
    session.flush()
    return whole


def test_a_voided_signature_never_stands_in_the_record(session, voided, today):
    record = record_of(session, voided, today)
    assert [one.is_signed for one in record.agreements] + [one.is_signed for one in record.reviews] == [False, False]
    for section in paper_of_record(record, today).sections:
        for words in section.paragraphs:
            assert "State: signed" not in words
    [table] = next(one for one in paper_of_record(record, today).sections if one.heading == "Signatures").tables
    stands = {(row[0], row[1]): row[4] for row in table.rows}
    assert stands["Learning agreement", "mentor"] == "no: voided on 3 March 2026: Signed by mistake."
    assert stands["Initial review", "mentor"] == "no: voided on 3 March 2026: Signed by mistake."


def test_a_voided_signature_never_shows_as_signed_in_a_workbook(voided, sign_in):
    [headings, *rows] = sheets_in(sign_in(voided.learner).get(address(voided, "record.xlsx")).data)["Signatures"]
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    stands = {one["As"]: one["Stands"] for one in found}
    assert stands == {"learner": "yes", "mentor": "no", "academic supervisor": "yes"}


PAGES = (
    "/placements/{0.id}",
    "/placements/{0.id}/record",
    "/placements/{0.id}/agreement",
    "/placements/{0.id}/agreement/print",
    "/placements/{0.id}/progress-reviews",
    "/placements/{0.id}/progress-reviews/initial",
    "/placements/{0.id}/progress-reviews/initial/print",
)
AS_SIGNED = ("signed by all", "signed by both", "signed by learner", "have signed it")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_calls_signed_what_is_voided(page, voided, sign_in):
    for person in (voided.learner, voided.mentor):
        answer = sign_in(person).get(page.format(voided))
        assert answer.status_code == 200
        assert said_on(answer) == []


@pytest.mark.parametrize("page", PAGES)
def test_each_of_these_pages_calls_signed_what_is(page, whole, sign_in):
    """Or the test above would look for words that no page has."""
    assert said_on(sign_in(whole.learner).get(page.format(whole)))


def said_on(answer):
    screen = shown(answer)
    return [words for words in AS_SIGNED if screen.says(words) or screen.says(words.capitalize())]


def test_a_record_that_grew_is_read_in_as_many_queries(queries, build, whole, meet, today, sign_in, look_again):
    addresses = [address(whole, name) for name in ("record", *FILES)]
    browser = sign_in(whole.learner)

    def numbers_of_queries():
        found = []
        for name in addresses:
            with queries() as statements:
                browser.get(name).get_data()
            found.append(len(statements))
        return found

    numbers_of_queries()  # the first opening leaves a line in the audit trail
    few = numbers_of_queries()
    look_again()
    for back in range(1, 20):
        meet(whole, today - timedelta(days=back), minutes=back)
        build.entry(whole, worked_on=today - timedelta(days=back))
    build.session.commit()
    assert numbers_of_queries() == few


def test_it_says_who_signed_it_off_and_a_coordinator_reads_no_reasons(
    sign_in, build, session, look_again, placement, supervisor, coordinator
):
    mentor = sign_in(placement.mentor)
    assert shown(mentor.get(address(placement))).section("Sign-off").says("This placement is not signed off.")
    look_again()
    sign_off = build.sign_off(placement)
    build.sign_off_signature(sign_off, Party.MENTOR, placement.mentor)
    session.commit()
    assert shown(mentor.get(address(placement))).section("Sign-off").says("This placement is not signed off.")
    look_again()
    sign_off.state = SignOffState.VOID
    by = {"granted_by": supervisor, "granted_at": build.now, "reason": "A study of one."}
    build.add(SignOffException(sign_off=build.signed_off(placement, supervisor), person=placement.mentor, **by))
    session.commit()
    signed = shown(mentor.get(address(placement))).section("Signed off")
    assert signed.says("Sam Supervisor, academic supervisor, on 3 March 2026")
    assert signed.says("Sam Supervisor allowed Dr A. Mentor to stand in two parts: A study of one.")
    seen = shown(sign_in(coordinator).get(address(placement))).section("Signed off")
    assert seen.says("Sam Supervisor allowed Dr A. Mentor to stand in two parts")
    assert not seen.says("A study of one.")
