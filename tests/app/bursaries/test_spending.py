"""What is spent is noted by holder or lead, never more than the bursary; a return's sums are those of its rows."""

import csv
import io
import json
from datetime import timedelta

import pytest

from app.models.bursaries.applications import ApplicationState
from tests.app.studies.filling_in import day
from tests.screen import shown


@pytest.fixture
def held(call, applied):
    return applied(call, "Ada", state=ApplicationState.ACCEPTED)[0]


def says(today, **changes):
    return day("spent_on", today) | {"kind": "FEES", "sum": "1,500.50", "words": "The first term"} | changes


def test_a_holder_notes_what_was_spent_up_to_the_bursary(sign_in, held, today):
    at = f"/bursary-applications/{held.id}/spending"
    browser = sign_in(held.learner)
    page = shown(browser.post(at, data=says(today), follow_redirects=True))
    assert page.says("£1,500.50 of £4,500. £2,999.50 are left.")
    over = shown(browser.post(at, data=says(today, sum="3000")))
    assert over.complaint == ("Sum in pounds", "Of this bursary £2,999.50 are left. Enter no more than that.")
    assert over.field("Sum in pounds").value == "3,000"
    assert browser.post(at, data=says(today, sum="lots")).status_code == 422
    assert browser.post(at, data=says(today, sum="0")).status_code == 422


def test_what_was_wrong_is_taken_out_once_and_stays(sign_in, build, held, lead):
    sum_ = build.spending(held)
    mine, theirs = f"/bursary-applications/{held.id}/spending", f"/bursary-calls/{held.call_id}/applications/{held.id}"
    out = f"{theirs}/spending/{sum_.id}/take-out"
    learner = held.learner
    run = sign_in(lead)
    assert shown(run.get(f"{theirs}/spending")).says("£1,000 of £4,500.")
    assert run.post(out, data={"why": ""}).status_code == 422
    assert run.post(out, data={"why": "Entered twice."}).status_code == 303
    assert run.post(out, data={"why": "Entered twice."}).status_code == 409
    page = shown(sign_in(learner).get(mine))
    assert page.says("£0 of £4,500.")
    assert page.says("Taken out on 3 March 2026 by Lee Lead: Entered twice.")


def test_the_sums_of_the_return_are_those_of_its_rows(sign_in, build, call, held, applied, lead):
    (ben,) = applied(call, "Ben", state=ApplicationState.HANDED_BACK)
    for one, pence in ((held, 100_050), (held, 20_000), (ben, 5_000)):
        build.spending(one, pence=pence)
    build.spending(held, pence=99, taken_out_at=build.now, taken_out_by_id=held.learner_id, taken_out_why="Wrong")
    call_id = call.id
    browser = sign_in(lead)
    page = shown(browser.get(f"/bursary-calls/{call_id}/return"))
    assert page.says("£1,250.50 in all.")
    assert page.row("Ada")["Sum"] == "£1,200.50"
    assert page.row("Ben")["Sum"] == "£50"
    rows = list(csv.DictReader(io.StringIO(browser.get(f"/bursary-calls/{call_id}/return.csv").text.lstrip("\ufeff"))))
    assert sum(float(row["Pounds"]) for row in rows) == 1250.50
    assert {row["Holder"] for row in rows} == {"Ada", "Ben"}


def test_nothing_is_spent_of_what_nobody_holds(sign_in, call, applied, today):
    (ada,) = applied(call, "Ada")
    at = f"/bursary-applications/{ada.id}/spending"
    browser = sign_in(ada.learner)
    assert "Note it" not in shown(browser.get(at)).buttons
    assert browser.post(at, data=says(today)).status_code == 409


def test_her_own_copy_has_her_applications_and_what_was_spent(sign_in, build, held, session):
    build.spending(held)
    request = build.request(held.learner, [build.network()])
    at, reference = f"/request/{request.id}", held.reference
    browser = sign_in(held.learner)
    copy = json.loads(browser.get(f"{at}/request.json").text)
    assert [(one["reference"], one["spent"][0]["pence"]) for one in copy["bursaries"]] == [(reference, 100_000)]
    page = shown(browser.get(f"{at}/print"))
    assert page.section("Your applications for bursaries").says("£1,000 for The first term")


def test_once_it_is_handed_back_nothing_later_is_spent_of_it(sign_in, held, later, today):
    mine = f"/bursary-applications/{held.id}"
    browser = sign_in(held.learner)
    browser.post(f"{mine}/hand-back", data={"reason": "I move abroad."})
    later(3)
    browser = sign_in(held.learner)
    assert shown(browser.get(f"{mine}/spending")).says("handed back on 3 March 2026: note what was spent until then.")
    late = shown(browser.post(f"{mine}/spending", data=says(today + timedelta(days=2))))
    assert late.complaint == (
        "When was it spent?",
        "It was handed back on 3 March 2026: enter that day or an earlier one",
    )
    assert browser.post(f"{mine}/spending", data=says(today)).status_code == 303
