"""A learner writes her learning agreement, from nothing or from what there is, and gives it to be signed."""

from datetime import timedelta

import pytest

from app.models.course.agreements import AgreementState, Cadence, Objective
from app.models.placements import Outcome, Pause
from tests.pages import form_to
from tests.screen import shown

WORDS, CAPABILITIES = "What do you want to learn?", "Which capabilities is it about?"
WORKING = {"sessions": "every month", "working_pattern": "Tuesdays, 9am to 1pm.", "adjustments": "A quiet room."}


def hours(**given):
    return {f"hours-{name.replace('_', '-')}": number for name, number in given.items()}


@pytest.fixture
def learner(sign_in, placement):
    return sign_in(placement.learner)


@pytest.fixture
def draft(build, session, placement, supervisor):
    agreement = build.agreement(placement, state=AgreementState.DRAFT)
    session.commit()
    return agreement


def test_from_nothing_to_what_can_be_signed(sign_in, build, placement, supervisor, page, known, mails):
    one, _ = build.capabilities(placement.module.programme, "Consent", "Good data")
    learner, wording_id = sign_in(placement.learner), one.id
    assert shown(learner.get("/")).link("Write the learning agreement with Dr A. Mentor") == page
    assert shown(learner.get(page)).tags == ["Missing"]
    assert shown(learner.get(f"{page}/begin")).field("What do you want to begin with?").choices == (
        "An empty agreement",
    )
    learner.post(f"{page}/begin", data={"start": "empty"})
    assert shown(learner.get(page)).section("Give it to be signed").paragraphs == [
        "It cannot be signed yet. Say first: what the learner wants to learn, how many hours are planned, how often "
        "the two meet and the working pattern."
    ]
    answer = learner.get(f"{page}/objectives/new")
    assert shown(answer).field(CAPABILITIES).choices == ("Consent", "Good data")
    learner.post(f"{page}/objectives/new", data={"words": "To take consent.", "capabilities": [str(wording_id)]})
    learner.post(f"{page}/hours", data=hours(workplace_learning="40", supervision="10"))
    learner.post(f"{page}/working", data=WORKING)
    agreement = known()
    assert [one.words for one in agreement.objectives] == ["To take consent."]
    assert [one.name for one in agreement.objectives[0].capabilities] == ["Consent"]
    assert (sum(agreement.minutes_by_month.values()), agreement.planned_minutes) == (3_000, 3_000)
    assert agreement.sessions is Cadence.MONTH
    assert mails() == []
    assert "Give it to be signed" in shown(learner.get(page)).buttons
    answer = learner.post(f"{page}/give", follow_redirects=True)
    assert "told by email" in shown(answer).banner
    assert known().state is AgreementState.TO_SIGN
    subject = "Please read and sign the learning agreement of Robin Learner"
    assert mails() == [(placement.mentor.email, subject), (supervisor.email, subject)]


def test_what_it_lacks_is_not_given_to_be_signed_whatever_is_sent(sign_in, build, placement, page, known, mails):
    build.agreement(placement, state=AgreementState.DRAFT, objectives=[])
    learner = sign_in(placement.learner)
    assert "Give it to be signed" not in shown(learner.get(page)).buttons
    assert learner.post(f"{page}/give").status_code == 422
    assert (known().state, mails()) == (AgreementState.DRAFT, [])


def test_an_objective_without_a_capability_lacks_something_where_the_programme_has_some(
    sign_in, build, placement, page, draft
):
    build.capabilities(placement.module.programme, "Consent")
    learner = sign_in(placement.learner)
    lacks = shown(learner.get(page)).section("Give it to be signed").paragraphs
    assert lacks == ["It cannot be signed yet. Say first: which capabilities each objective is about."]


def test_the_months_must_add_up_and_what_was_typed_is_kept(sign_in, placement, page, draft, known):
    learner = sign_in(placement.learner)
    form = shown(learner.get(f"{page}/months"))
    assert form.field("January 2026").value == "5"
    answer = learner.post(f"{page}/months", data={"hours-2026-03": "20", "hours-2026-04": "30"})
    assert answer.status_code == 422
    assert list(shown(answer).errors) == ["The months add up to 50 h, and 60 h are planned. Add 10 h."]
    assert shown(answer).field("April 2026").value == "30"
    learner.post(f"{page}/months", data={"hours-2026-03": "20", "hours-2026-04": "40"})
    assert known().minutes_by_month == {"2026-03": 1_200, "2026-04": 2_400}


def test_another_number_of_hours_is_spread_anew_and_said(sign_in, session, placement, page, draft, known):
    learner = sign_in(placement.learner)
    learner.post(f"{page}/months", data={"hours-2026-03": "60"})
    answer = learner.post(f"{page}/hours", data=hours(workplace_learning="60"), follow_redirects=True)
    assert shown(answer).banner.endswith("The hours are saved.")
    assert known().minutes_by_month == {"2026-03": 3_600}
    answer = learner.post(f"{page}/hours", data=hours(workplace_learning="50", teaching="20"), follow_redirects=True)
    assert "spread over the months anew" in shown(answer).banner
    assert sum(known().minutes_by_month.values()) == 70 * 60


@pytest.mark.parametrize("typed", ["-1", "many", "1501", "7.5"])
def test_hours_that_are_none_are_refused_at_their_field(sign_in, placement, page, draft, typed, known):
    learner = sign_in(placement.learner)
    answer = learner.post(f"{page}/hours", data=hours(teaching=typed))
    assert answer.status_code == 422
    assert shown(answer).complaint[0] == "Teaching"
    assert shown(answer).field("Teaching").value == typed
    assert known().minutes_by_category == {"workplace learning": 3_600}


def test_what_looks_like_a_patient_is_asked_about_and_kept(sign_in, placement, page, draft, known):
    learner = sign_in(placement.learner)
    for part, sent, field in (
        ("objectives/new", {"words": "About 943 476 5919."}, WORDS),
        ("working", WORKING | {"adjustments": "As for 943 476 5919."}, "Adjustments (optional)"),
    ):
        answer = learner.post(f"{page}/{part}", data=sent)
        assert answer.status_code == 422
        assert "943 476 5919" in shown(answer).field(field).value
        assert (
            learner.post(
                f"{page}/{part}", data=sent | {"is_sure": "y", "why_sure": "It is a made-up number."}
            ).status_code
            == 303
        )
    assert known().adjustments == "As for 943 476 5919."


def test_an_objective_is_changed_and_removed(sign_in, placement, page, draft, known):
    learner, objective = sign_in(placement.learner), draft.objectives[0]
    address = f"{page}/objectives/{objective.id}"
    assert shown(learner.get(address)).field(WORDS).value == objective.words
    assert learner.post(address, data={"words": ""}).status_code == 422
    learner.post(address, data={"words": "Something else."})
    assert [one.words for one in known().objectives] == ["Something else."]
    learner.post(f"{address}/remove")
    assert known().objectives == []


def test_there_is_an_end_to_objectives(sign_in, build, placement, page):
    build.agreement(placement, state=AgreementState.DRAFT, objectives=[Objective(words=f"Aim {n}.") for n in range(12)])
    answer = sign_in(placement.learner).post(f"{page}/objectives/new", data={"words": "One more."})
    assert answer.status_code == 422
    assert shown(answer).field(WORDS).value == "One more."


def test_what_another_tab_has_changed_is_told_and_not_overwritten(sign_in, placement, page, draft, known):
    learner = sign_in(placement.learner)
    opened = form_to(f"{page}/working", learner.get(f"{page}/working")).fields
    learner.post(f"{page}/working", data=WORKING)
    answer = learner.post(f"{page}/working", data=opened | {"working_pattern": "Fridays."})
    assert answer.status_code == 409
    assert shown(answer).field("Working pattern").value == "Fridays."
    assert known().working_pattern == "Tuesdays, 9am to 1pm."


def test_nothing_is_written_once_it_can_be_signed(sign_in, placement, page, agreement, known):
    learner = sign_in(placement.learner)
    for part in ("hours", "months", "working", "objectives/new"):
        assert learner.get(f"{page}/{part}").location == page
        sent = WORKING | hours(teaching="1") | {"hours-2026-03": "60", "words": "More."}
        assert learner.post(f"{page}/{part}", data=sent).status_code == 409
    assert learner.post(f"{page}/objectives/{agreement.objectives[0].id}/remove").status_code == 409
    assert len(known().objectives) == 1


def test_it_begins_with_the_one_of_an_earlier_placement_but_for_adjustments(
    sign_in, build, session, placement, agreement, page, today
):
    agreement.adjustments = "A quiet room."
    placement.outcome, placement.ends_on = Outcome.MOVED, today
    after = build.placement(placement.learner, build.mentor(name="Dr B. Next"), continues_id=placement.id)
    learner, address = sign_in(placement.learner), f"/placements/{after.id}/agreement"
    choices = shown(learner.get(f"{address}/begin")).field("What do you want to begin with?")
    assert choices.choices == ("The one with Dr A. Mentor, from 2 January 2026", "An empty agreement")
    assert choices.chosen == choices.choices[:1]
    learner.post(f"{address}/begin", data={"start": str(agreement.id)})
    text = shown(learner.get(address))
    assert text.row("Working pattern").value == "Tuesdays on the ward, 9am to 1pm."
    assert text.row("Adjustments").value.startswith("None")
    assert text.headings.count("Signatures") == 1
    assert shown(learner.get(page)).buttons == []


def test_it_begins_with_what_the_programme_suggests(sign_in, build, placement, lead, page, known):
    template = f"/programmes/{placement.module.programme_id}/agreement-template"
    sent = {"objectives": "To screen.\n\nTo present.", "sessions": "every two weeks"} | hours(teaching="10")
    browser = sign_in(lead)
    assert browser.post(template, data=hours(teaching="x")).status_code == 422
    browser.post(template, data=sent)
    assert shown(browser.get(template)).field("Objectives (optional)").value.split("\n") == [
        "To screen.",
        "To present.",
    ]
    assert shown(browser.get("/progress")).link(placement.module.programme.title) == template
    learner = sign_in(placement.learner)
    learner.post(f"{page}/begin", data={"start": "template"})
    agreement = known()
    assert [one.words for one in agreement.objectives] == ["To screen.", "To present."]
    assert (agreement.sessions, agreement.planned_minutes) == (Cadence.TWO_WEEKS, 600)


def test_begun_twice_it_is_one(sign_in, placement, page, known):
    learner = sign_in(placement.learner)
    for _ in range(2):
        assert learner.post(f"{page}/begin", data={"start": "empty", "form_key": "0" * 32}).location == page
    assert learner.post(f"{page}/begin", data={"start": "empty"}).location == page
    assert known().state is AgreementState.DRAFT


def test_a_start_that_was_not_offered_is_refused(sign_in, build, placement, page, session):
    other = build.agreement(build.placement())
    learner = sign_in(placement.learner)
    assert learner.post(f"{page}/begin", data={"start": str(other.id)}).status_code == 422


def test_the_hours_of_a_pause_are_planned_before_or_after(sign_in, build, placement, page, known, today):
    build.add(Pause(placement_id=placement.id, starts_on=today, resumes_on=today + timedelta(days=90)))
    build.agreement(placement, state=AgreementState.DRAFT, minutes_by_category={}, minutes_by_month={})
    learner = sign_in(placement.learner)
    learner.post(f"{page}/hours", data=hours(teaching="70"))
    assert "2026-04" not in known().minutes_by_month
    assert shown(learner.get(page)).says("The placement is paused from 3 March 2026")
