"""A call is decided once, as its seed says; bursaries are taken, left, lapse, are handed back, never one too many."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bursaries import queries
from app.bursaries.applying import service as applying
from app.bursaries.jobs import keep_bursary_offers_to_their_days
from app.bursaries.outcome import deadlines, service
from app.language.refusal import Refused
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall
from app.models.people import Role
from app.models.values.registration import Profession, Regulator
from app.platform.occasion import Occasion
from app.rules.bursaries.order import drawn
from tests.builders import Builder
from tests.conftest import NOON
from tests.screen import shown

OF = ApplicationState
NAMES = ("Ada", "Ben", "Cleo", "Dan")
REMINDER = "Please answer the offer of a bursary by 25 March 2026"


@pytest.fixture
def decided(sign_in, call, applied, lead, later):
    """The lottery of four for two bursaries, decided; gives the id of the call."""
    applied(call, *NAMES)
    call_id = call.id
    later(8)
    assert sign_in(lead).post(f"/bursary-calls/{call_id}/decide").status_code == 303
    return call_id


@pytest.fixture
def of(session, look_again):
    """The applications to a call in the order that was decided."""

    def read(call_id):
        look_again()
        found = select(BursaryApplication).where(BursaryApplication.call_id == call_id)
        return session.scalars(found.order_by(BursaryApplication.position)).all()

    return read


@pytest.fixture
def by_learner(sign_in, session):
    """Does something as the learner of an application."""

    def do(application, deed, **data):
        at = f"/bursary-applications/{application.id}/{deed}"
        return sign_in(application.learner).post(at, data=data)

    return do


def test_the_seed_decides_and_everybody_can_draw_it_again(app, session, decided, of, mails):
    ordered = of(decided)
    call = session.get_one(BursaryCall, decided)
    assert [one.reference for one in ordered] == [
        name for name, _ in drawn(call.secret, [x.reference for x in ordered])
    ]
    assert [one.state for one in ordered] == [OF.OFFERED, OF.OFFERED, OF.WAITING, OF.WAITING]
    told = {recipient: subject for recipient, subject, _ in mails()}
    assert told[ordered[0].learner.email].startswith("You are offered a bursary: answer by 25 March 2026")
    assert told[ordered[3].learner.email] == "“PGCert bursaries”: you are 2nd on the waiting list"
    page = shown(app.test_client().get(f"/bursaries/{decided}/draw"))
    assert page.says("the seed has the digest that was published, and gives the order that was decided")
    assert [row["Application"] for row in page.table("The order of the lottery").all_rows()] == [
        one.reference for one in ordered
    ]
    assert not page.says("Ada"), "nobody is named"


def test_before_it_is_decided_everybody_sees_the_digest_and_nobody_the_seed(app, session, call):
    call_id, secret, digest = call.id, call.secret, call.digest
    session.commit()
    for path in ("", "/draw"):
        answer = app.test_client().get(f"/bursaries/{call_id}{path}")
        assert shown(answer).says(digest)
        assert secret not in answer.text


def test_it_is_decided_once_and_not_before_the_close(sign_in, call, applied, lead, later, names_in):
    applied(call, *NAMES)
    call_id = call.id
    browser = sign_in(lead)
    at = f"/bursary-calls/{call_id}/decide"
    assert (browser.get(at).status_code, browser.post(at).status_code) == (422, 422)
    later(8)
    browser = sign_in(lead)
    assert shown(browser.get("/")).link("Decide “PGCert bursaries”") == f"/bursary-calls/{call_id}"
    assert shown(browser.get(at)).items[:2] == [
        "2 learners are offered a bursary, to be answered within 14 days.",
        "2 learners are put on the waiting list, in order.",
    ]
    assert (browser.post(at).status_code, browser.post(at).status_code) == (303, 409)
    assert len(names_in(call_id, OF.OFFERED)) == 2


def test_whoever_is_handed_back_goes_to_the_next_by_a_deed(sign_in, decided, of, by_learner, lead, mails):
    first, _, third, fourth = of(decided)
    first_name, third_name = first.learner.name, third.learner.name
    assert by_learner(first, "accept").status_code == 303
    assert by_learner(of(decided)[0], "hand-back", reason="").status_code == 422
    assert by_learner(of(decided)[0], "hand-back", reason="I move abroad.").status_code == 303
    assert (lead.email, "A bursary of “PGCert bursaries” is free") in {mail[:2] for mail in mails()}
    browser = sign_in(lead)
    assert shown(browser.get("/")).link("Offer 1 free bursary of “PGCert bursaries”")
    page = shown(browser.get(f"/bursary-calls/{decided}"))
    assert page.says(f"{third_name} ({third.reference}) comes next on the waiting list.")
    at = page.link("Offer it to the next")
    assert shown(browser.get(at)).heading == f"Offer a free bursary to {third_name}?"
    wrong = browser.post(at, data={"shown": str(fourth.id)})
    assert wrong.status_code == 409
    assert browser.post(at, data={"shown": str(third.id)}).status_code == 303
    assert browser.post(at, data={"shown": str(fourth.id)}).status_code == 409, "none is free any more"
    assert [one.state for one in of(decided)] == [OF.HANDED_BACK, OF.OFFERED, OF.OFFERED, OF.WAITING]
    browser = sign_in(lead)
    read = shown(browser.get(f"/bursary-calls/{decided}/applications/{first.id}"))
    assert read.section("What happened").says(f"{first_name} handed back a bursary. I move abroad.")


def test_an_offer_is_declined_or_lapses_and_whoever_is_late_is_told(app, decided, of, by_learner, later, mails):
    first, second, *_ = of(decided)
    assert by_learner(first, "decline").status_code == 303
    assert by_learner(of(decided)[0], "accept").status_code == 409
    later(60)
    late = by_learner(of(decided)[1], "accept")
    assert late.status_code == 409
    assert shown(late).says("This offer was open until 25 March 2026.")
    with app.app_context():
        keep_bursary_offers_to_their_days()
    assert [one.state for one in of(decided)][:2] == [OF.DECLINED, OF.LAPSED]
    assert (second.learner.email, "The offer of a bursary of “PGCert bursaries” is over") in {
        one[:2] for one in mails()
    }


def test_whoever_had_a_bursary_of_the_level_elsewhere_cannot_take_a_second(build, session, decided, of, by_learner):
    first = of(decided)[0]
    other = build.bursary_call(title="Another")
    held = build.bursary_application(other, first.learner, state=OF.ACCEPTED)
    session.commit()
    page = by_learner(of(decided)[0], "accept")
    assert page.status_code == 422
    assert shown(page).says("You had a bursary for this level before.")
    held.state = OF.HANDED_BACK
    session.commit()
    assert by_learner(of(decided)[0], "accept").status_code == 303, "nothing of the other was spent"


def test_who_does_not_meet_the_conditions_by_the_decision_is_left_out_and_told_why(
    sign_in, call, applied, lead, later, states, mails
):
    ada, _ = applied(call, "Ada", "Ben")
    ada.place = ""
    email, call_id = ada.learner.email, call.id
    later(8)
    browser = sign_in(lead)
    page = shown(browser.get(f"/bursary-calls/{call_id}/decide"))
    assert page.section("Left out").says("You hold no place on a course of this level that you have told us of.")
    browser.post(f"/bursary-calls/{call_id}/decide")
    assert states(call_id) == {"Ada": OF.NOT_ELIGIBLE, "Ben": OF.OFFERED}
    assert (email, "Your application to “PGCert bursaries” cannot be considered") in {mail[:2] for mail in mails()}


def test_it_waits_until_it_is_said_whether_doctors_count(sign_in, call, applied, lead, later, states):
    applied(call, "Dr Doctor", profession=Profession.DOCTOR, regulator=Regulator.GMC, registration_number="1234567")
    call_id = call.id
    later(8)
    browser = sign_in(lead)
    assert browser.post(f"/bursary-calls/{call_id}/decide").status_code == 422
    page = shown(browser.get(f"/bursary-calls/{call_id}/decide"))
    assert "Decide it" not in page.buttons
    browser.post(page.link("Say whether they may"), data={"doctors": "MAY_NOT_APPLY"})
    browser.post(f"/bursary-calls/{call_id}/decide")
    assert states(call_id) == {"Dr Doctor": OF.NOT_ELIGIBLE}


def test_somebody_is_ruled_out_with_a_reason_that_she_reads(sign_in, call, applied, lead, states, mails):
    (ada,) = applied(call, "Ada")
    call_id, ada_id, email, learner = call.id, ada.id, ada.learner.email, ada.learner
    browser = sign_in(lead)
    at = f"/bursary-calls/{call_id}/applications/{ada_id}"
    assert browser.post(f"{at}/rule-out", data={"reason": ""}).status_code == 422
    browser.post(f"{at}/rule-out", data={"reason": "The university has made no such offer."})
    assert states(call_id) == {"Ada": OF.NOT_ELIGIBLE}
    assert email in {mail[0] for mail in mails()}
    page = shown(sign_in(learner).get(f"/bursary-applications/{ada_id}"))
    assert page.says("It could not be considered: The university has made no such offer.")


def test_the_waiting_list_is_closed_once_no_offer_is_open(sign_in, decided, of, by_learner, lead, states, mails):
    at = f"/bursary-calls/{decided}/finish"
    browser = sign_in(lead)
    assert "Close the waiting list" not in shown(browser.get(at)).buttons
    assert browser.post(at).status_code == 422
    for one in of(decided)[:2]:
        by_learner(one, "accept")
    assert sign_in(lead).post(at).status_code == 303
    assert sorted(state.value for state in states(decided).values()) == ["accepted", "accepted"] + ["not awarded"] * 2
    closed = [mail for mail in mails() if mail[1] == "“PGCert bursaries”: the waiting list is closed"]
    assert len(closed) == 2


def test_whoever_runs_a_call_hands_back_for_a_learner_who_has_left(
    sign_in, session, decided, of, by_learner, lead, states
):
    first = of(decided)[0]
    by_learner(first, "accept")
    first = of(decided)[0]
    first.learner.is_active = False
    session.commit()
    at = f"/bursary-calls/{decided}/applications/{first.id}/hand-back"
    assert sign_in(lead).post(at, data={"reason": "Left the course."}).status_code == 303
    assert OF.HANDED_BACK in states(decided).values()


def test_a_call_that_is_cancelled_tells_everybody_why(app, sign_in, call, applied, lead, states, mails):
    (ada,) = applied(call, "Ada")
    call_id, email = call.id, ada.learner.email
    browser = sign_in(lead)
    browser.post(f"/bursary-calls/{call_id}/cancel", data={"reason": "No money this year."})
    assert states(call_id) == {"Ada": OF.NOT_AWARDED}
    assert (email, "“PGCert bursaries” is cancelled") in {mail[:2] for mail in mails()}
    assert shown(app.test_client().get(f"/bursaries/{call_id}")).insets == [
        "This call was cancelled: No money this year."
    ]


def test_whoever_has_not_answered_is_reminded_once_two_working_days_before_the_last(app, decided, later, of, mails):
    def reminded(days):
        later(days)
        with app.app_context():
            keep_bursary_offers_to_their_days()
        return [recipient for recipient, subject, _ in mails() if subject == REMINDER]

    offered = {one.learner.email for one in of(decided)[:2]}
    assert reminded(9) == [], "the last day is 25 March"
    assert reminded(18) == [], "on a Saturday, three working days before"
    assert set(reminded(20)) == offered
    assert len(reminded(21)) == 2, "once each"
    assert [one.state for one in of(decided)[:2]] == [OF.OFFERED] * 2


def test_who_has_answered_is_not_reminded(app, decided, later, of, by_learner, mails):
    by_learner(of(decided)[0], "accept")
    by_learner(of(decided)[1], "decline")
    later(20)
    with app.app_context():
        keep_bursary_offers_to_their_days()
    assert REMINDER not in {subject for _, subject, _ in mails()}


def test_once_the_list_is_closed_what_is_handed_back_is_promised_to_nobody(
    sign_in, decided, of, by_learner, lead, mails
):
    for one in of(decided)[:2]:
        by_learner(one, "accept")
    sign_in(lead).post(f"/bursary-calls/{decided}/finish")
    first = of(decided)[0]
    asked = shown(sign_in(first.learner).get(f"/bursary-applications/{first.id}/hand-back"))
    assert not asked.says("waiting list")
    by_learner(of(decided)[0], "hand-back", reason="I move abroad.")
    assert (lead.email, "A bursary of “PGCert bursaries” was handed back") in {mail[:2] for mail in mails()}


def test_a_lead_who_has_applied_herself_hears_nothing_of_the_others(
    build, sign_in, call, applied, lead, provider, mails
):
    both = build.person(Role.LEARNER, name="Bo Both")
    build.grant(both, Role.PROGRAMME_LEAD, provider=provider)
    build.bursary_application(call, both, state=OF.WAITING, position=2)
    (ada,) = applied(call, "Ada", state=OF.OFFERED, position=1, answer_until=NOON + timedelta(days=9))
    sign_in(ada.learner).post(f"/bursary-applications/{ada.id}/decline")
    told = {mail[0] for mail in mails()}
    assert lead.email in told
    assert both.email not in told


def test_who_was_to_assess_a_call_is_told_that_it_is_cancelled(sign_in, build, scored_call, lead, assess, mails):
    build.assessor(scored_call, lead)
    sam = build.assessor(scored_call, assess("Sam Senior")).person
    sign_in(lead).post(f"/bursary-calls/{scored_call.id}/cancel", data={"reason": "No money this year."})
    told = [
        recipient for recipient, subject, _ in mails() if subject == "“Scored” is cancelled: there is nothing to score"
    ]
    assert told == [sam.email], "and not whoever cancelled it"


DEEDS = ("accept", "decline", "hand back", "lapse", "offer next", "withdraw")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(1, 3),
    applicants=st.integers(0, 6),
    deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 5)), max_size=15),
)
def test_whatever_is_done_no_bursary_is_given_twice_and_the_list_keeps_its_order(engine, number, applicants, deeds):
    with Session(engine) as session:
        build = Builder(session, NOON)
        run, programme = build.person(), build.programme()
        call = build.bursary_call(number=number, closes_at=NOON - timedelta(hours=1))
        several = [build.bursary_application(call, build.learner(), programme=programme) for _ in range(applicants)]
        by = Occasion(run, build.today, NOON, "")
        service.decide_call(session, by, call)
        order = queries.order_drawn(session, call)
        offered = [one.reference for one in several if one.state is OF.OFFERED]
        assert set(offered) == set(order[:number])
        for deed, at in deeds:
            listed = [one.reference for one in queries.applications_in(session, call, OF.WAITING)]
            was_offered = do(session, by, call, several[at % applicants] if several else None, deed)
            if was_offered:
                assert was_offered == listed[0], "always the first who waits"
            session.flush()
            assert queries.number_taken(session, call) <= number
            assert queries.order_drawn(session, call) == order
        session.rollback()


def do(session, by, call, one, deed):
    """One deed, if it can be done; the reference of whoever was offered a bursary by it."""
    try:
        if deed == "offer next":
            next_one = service.next_on_list(session, by, call)
            return service.offer_next(session, by, call, next_one.id if next_one else 0).reference
        if one:
            own = Occasion(one.learner, by.today, by.now, by.home)
            if deed == "accept":
                service.accept(session, own, one)
            elif deed == "decline":
                service.decline(session, own, one, "", is_sure=False)
            elif deed == "hand back":
                service.hand_back(session, own, one, "I leave.", is_sure=False)
            elif deed == "lapse" and one.state is OF.OFFERED:
                one.answer_until = by.now
                session.flush()
                deadlines.lapse_overdue(session, by)
            elif deed == "withdraw":
                applying.withdraw(session, own, one)
    except Refused:
        return None
    return None
