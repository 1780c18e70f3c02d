"""A mentor sees what she has given in a period of her own, and keeps it as a file."""

import io
from datetime import date

import pytest

from app.models.supervision import SessionForm, SupervisionSession
from tests.screen import shown

APPRAISAL = "first-day=1&first-month=4&first-year=2025&last-day=31&last-month=3&last-year=2026"


@pytest.fixture
def placement(build, now):
    placement = build.placement(build.learner(name="Robin Learner"), starts_on=date(2025, 2, 1))
    for day in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 2, 1)):
        build.add(
            SupervisionSession(
                placement=placement,
                held_on=day,
                minutes=45,
                form=SessionForm.PHONE,
                topics="Progress.",
                logged_by_id=placement.mentor_id,
                logged_at=now,
                form_key=str(day),
                confirmed_at=now,
            )
        )
    return placement


def test_the_period_of_an_appraisal_has_hours_studies_and_organisations(sign_in, placement):
    study, organisation = placement.opening.study.name, placement.opening.organisation.name
    page = shown(sign_in(placement.mentor).get(f"/my-contribution?{APPRAISAL}"))
    period = page.section("1 April 2025 to 31 March 2026")
    assert period.row("Hours given").value == "1 h 30 min"
    assert (period.row("Sessions").value, period.row("Learners").value) == ("2", "1")
    assert (period.row("Studies").value, period.row("Organisations").value) == (study, organisation)
    assert not page.says("Robin Learner"), "an appraiser need not know whom she supervises"
    assert APPRAISAL in page.link("save this period as a PDF")


def test_the_file_is_a_pdf_of_the_period_or_of_all_years(sign_in, placement):
    browser = sign_in(placement.mentor)
    for query in ("", f"?{APPRAISAL}"):
        answer = browser.get(f"/my-contribution.pdf{query}")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.data.startswith(b"%PDF-")


def test_an_impossible_period_is_refused_and_what_was_typed_is_kept(sign_in, placement):
    browser = sign_in(placement.mentor)
    answer = browser.get(
        "/my-contribution?first-day=1&first-month=4&first-year=2026&last-day=1&last-month=3&last-year=2026"
    )
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == ("Last day", "The last day must not be before the first")
    assert shown(browser.get("/my-contribution")).errors == {}


def test_a_learner_has_no_contribution(sign_in, placement):
    browser = sign_in(placement.learner)
    assert [browser.get(one).status_code for one in ("/my-contribution", "/my-contribution.pdf")] == [403, 403]


def test_a_signed_statement_is_made_kept_and_known_to_whoever_checks_it(sign_in, client, build, placement, session):
    mentor = sign_in(placement.mentor)
    assert mentor.post(f"/my-contribution/signed?{APPRAISAL}").status_code == 303
    [link] = [
        path
        for text, path in pairs_of(shown(mentor.get("/my-contribution")))
        if text.startswith("Supervision given by")
    ]
    file = mentor.get(link).data
    assert sign_in(build.mentor()).get(link).status_code == 404
    answer = shown(client.post("/check-record", data={"file": (io.BytesIO(file), "one.pdf")}))
    assert answer.heading == "This paper is as it was sealed here"
    assert answer.row("Paper").value.endswith("1 April 2025 to 31 March 2026")
    changed = file[:200] + bytes([file[200] ^ 1]) + file[201:]
    answer = shown(client.post("/check-record", data={"file": (io.BytesIO(changed), "one.pdf")}))
    assert answer.heading == "This file is not as it was issued"


def pairs_of(page):
    return [(text, page.link(text)) for text in page.links if text]
