"""Sending a request, changing it until the round closes, and what its learner can do from then on."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.placements import OfferState
from app.models.programmes import Level
from app.models.requests import ExcludedMentor, ExclusionKind, PlacementRequest, RankedOpening, RequestState
from app.models.runs import UnplacedRequest
from app.models.studies import OpeningState
from app.models.values.study_status import StudyStatus
from tests.screen import shown

DEEDS = (
    "/about",
    "/job",
    "/module",
    "/interests",
    "/where",
    "/not-my-mentor",
    "/not-my-mentor/add",
    "/not-my-mentor/1/remove",
    "/any-other",
    "/submit",
    "/withdraw",
)
READINGS = ("", "/openings", "/request.json", "/print")


@pytest.fixture
def complete(asking, session):
    """The request with a list and every answer."""
    asking.request.ranked = [RankedOpening(opening=one, position=n) for n, one in enumerate(asking.openings, 1)]
    asking.request.takes_any_other = True
    session.commit()
    return asking


@pytest.fixture
def sent(complete, session):
    """The request in the round."""
    complete.request.submit(complete.request.created_at)
    complete.request.round = complete.round
    session.commit()
    return complete


def publish(build, session, sent, reason=""):
    run = build.run(sent.round, published_at=build.now)
    if reason:
        session.add(UnplacedRequest(run=run, request=sent.request, reason=reason))
    sent.round.published_at = build.now
    session.commit()


def test_all_answers_can_be_checked_and_changed_before_sending(browser, complete):
    page = shown(browser.get(f"{complete.address}/check"))
    answers = {
        "Employer": "Derby Hospital NHS Trust",
        "Specialties": "Ageing",
        "Networks": "East Midlands",
        "Start": "Between 3 March 2026 and 1 July 2026",
        "Must not be your mentor": "Nobody",
        "Any other opening that fits": "Yes",
    }
    assert {name: page.row(name).value for name in answers} == answers
    assert len(page.rows) == 12
    for name in page.rows:
        [change] = page.row(name).links
        assert browser.get(page.row(name).link(change)).status_code == 200
    chosen = page.section("My list").items
    assert [line.split(" Person")[0] for line in chosen] == [f"{n}. Heart failure clinics {n}" for n in (1, 2, 3)]
    assert (
        page.section("Send your request")
        .paragraphs[0]
        .startswith(f"It joins {complete.round.name}, which closes on 13 March 2026.")
    )


def test_a_sent_request_joins_the_round_and_its_learner_gets_a_mail(browser, complete, read, session, mails, now):
    answer = browser.post(f"{complete.address}/submit")
    assert answer.location == complete.address
    request = read()
    assert (request.state, request.round_id, request.submitted_at) == (
        RequestState.SUBMITTED,
        complete.round.id,
        now,
    )
    learner = complete.learner
    assert mails() == [(learner.email, "Your placement request is in", f"Dear {learner.name},")]
    mail = session.scalars(select(Message)).one()
    assert "closes on 13 March 2026" in mail.body
    assert session.scalars(select(AuditLine)).one().deed == "submitted a request"
    page = shown(browser.get(complete.address))
    assert page.tags == ["Submitted"]
    assert page.section("Your request").paragraphs[1] == (
        f"Your request is in {complete.round.name}. The round closes on 13 March 2026; "
        "you can change your request until then."
    )


def test_sending_twice_sends_once(browser, complete, session, read):
    browser.post(f"{complete.address}/submit")
    assert browser.post(f"{complete.address}/submit").status_code == 303
    read()
    assert len(session.scalars(select(Message)).all()) == 1


def test_of_several_open_rounds_the_one_that_closes_first_takes_it(browser, complete, build, session, read, today):
    sooner = build.round(complete.network, complete.other_network, closes_on=today + timedelta(days=2))
    build.round(complete.other_network, closes_on=today)
    build.round(complete.network, closes_on=today, level=Level.PGDIP)
    build.round(complete.network, closes_on=today, published_at=build.now)
    build.round(complete.network, opens_on=today + timedelta(days=1), closes_on=today + timedelta(days=1))
    session.commit()
    browser.post(f"{complete.address}/submit")
    assert read().round_id == sooner.id


def test_without_an_open_round_it_waits_and_says_so(browser, complete, session, read):
    complete.round.closes_on = complete.round.opens_on
    session.commit()
    sending = shown(browser.get(f"{complete.address}/check")).section("Send your request")
    assert "Your request waits, and joins the next round by itself." in sending.paragraphs[0]
    browser.post(f"{complete.address}/submit")
    assert (read().state, read().round_id) == (RequestState.SUBMITTED, None)
    page = shown(browser.get(complete.address))
    assert page.tags == ["Waiting for a round"]
    assert page.section("Your request").paragraphs[1].endswith("it waits, and joins the next one by itself.")


def test_an_incomplete_request_is_not_sent(browser, asking, read):
    answer = browser.post(f"{asking.address}/submit")
    assert answer.status_code == 422
    refused = shown(answer)
    assert refused.heading == "That is not possible"
    assert "“Openings that fit and your list” and “Any other opening that fits”" in refused.paragraphs[0]
    assert read().state is RequestState.DRAFT


def test_a_sent_request_changes_at_once_until_the_round_closes(browser, sent, read):
    page = shown(browser.post(f"{sent.address}/interests", data={"interests": "Falls."}, follow_redirects=True))
    assert "Your request has changed at once" in page.banner
    assert page.row("In your own words").value == "Falls."
    assert read().interests == "Falls."
    assert read().state is RequestState.SUBMITTED


def test_a_sent_request_stays_complete(browser, sent, read):
    assert browser.post(f"{sent.address}/interests", data={"interests": ""}).status_code == 422
    assert browser.post(f"{sent.address}/where", data={}).status_code == 422
    assert read().interests == sent.request.interests


def test_a_sent_request_goes_into_the_round_of_its_new_networks(browser, sent, build, session, read, today):
    other = build.round(sent.other_network)
    session.commit()
    data = {"networks": str(sent.other_network.id)}
    for name, day in (("start_from", today), ("start_until", today + timedelta(days=90))):
        data |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    browser.post(f"{sent.address}/where", data={**data, "is_sure": "y"})
    assert read().round_id == other.id
    assert read().ranked == []


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("closed", "The round closed on 2 March 2026, so this request can no longer be changed."),
        ("published", "The round closed on 13 March 2026, so this request can no longer be changed."),
        ("withdrawn", "You withdrew this request, so it cannot be changed."),
    ],
)
def test_a_frozen_request_is_read_and_not_changed(browser, sent, session, today, build, how, words, read):
    if how == "closed":
        sent.round.closes_on = today - timedelta(days=1)
    elif how == "published":
        sent.round.published_at = build.now
    else:
        sent.request.state = RequestState.WITHDRAWN
    session.commit()
    for address in READINGS:
        assert browser.get(sent.address + address).status_code == 200, address
    changes = [deed for deed in DEEDS if how == "withdrawn" or deed != "/not-my-mentor/add"]
    deeds = [*changes, *(f"/list/{sent.openings[0].id}/{deed}" for deed in ("add", "remove", "move"))]
    for deed in deeds:
        answer = browser.post(sent.address + deed)
        assert answer.status_code == 422, deed
        assert shown(answer).paragraphs[0].startswith(words), deed
    page = shown(browser.get(sent.address))
    assert (len(page.rows), [page.row(name).links for name in page.rows]) == (12, [[]] * 12)
    assert "Change my list" not in page.links
    assert "Withdraw it" not in page.links
    assert len(read().ranked) == 3


def test_it_can_be_downloaded_as_it_stands(browser, sent, session):
    sent.request.excluded = [ExcludedMentor(name="Pat", kind=ExclusionKind.LINE_MANAGER, why="Signs my leave.")]
    session.commit()
    answer = browser.get(f"{sent.address}/request.json")
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    copy = json.loads(answer.text)
    assert copy["format"] == "rpe-request/1"
    assert copy["round"] == sent.round.name
    assert [one["study"] for one in copy["my_list"]] == [one.study.title for one in sent.openings]
    assert copy["may_not_be_my_mentor"][0]["why"] == "Signs my leave."
    assert copy["networks"] == ["East Midlands"]
    printed = shown(browser.get(f"{sent.address}/print"))
    people = printed.section("People who must not be your mentor")
    assert people.row("Pat").value == "Line manager Signs my leave."


def test_the_page_before_withdrawing_says_what_follows_and_then_it_is_withdrawn(browser, sent, session, read):
    page = shown(browser.get(f"{sent.address}/withdraw"))
    assert page.heading == "Withdraw your request?"
    assert page.paragraphs[0].startswith(f"It leaves {sent.round.name}, and you are not offered a place there.")
    assert page.buttons == ["Withdraw my request"]
    browser.post(f"{sent.address}/withdraw")
    assert read().state is RequestState.WITHDRAWN
    assert session.scalars(select(AuditLine)).one().deed == "withdrew a request"
    assert shown(browser.get("/request")).buttons == ["Start now"]


@pytest.mark.parametrize(
    ("stage", "tag", "words"),
    [
        (
            "closed",
            "Round closed",
            "Autumn closed on 2 March 2026. The coordinator is matching requests and openings now.",
        ),
        ("offered", "Offer waiting", "You have an offer. Read it, and answer by 2 April 2026."),
        ("accepted", "Placed", "You accepted the offer from Autumn. Go to your placement."),
        ("lapsed", "Offer over", "The offer from Autumn lapsed."),
        ("declined", "Offer over", "The offer from Autumn was declined."),
        (
            "taken back",
            "Offer over",
            "The offer from Autumn was taken back. Its mentor has withdrawn it.",
        ),
        ("unplaced", "Not placed", "Autumn had no place for you. Both mentors of your first choice were taken."),
    ],
)
def test_the_page_says_where_the_request_stands(browser, sent, build, session, today, stage, tag, words):
    sent.round.name = "Autumn"
    if stage == "closed":
        sent.round.closes_on = today - timedelta(days=1)
    elif stage == "unplaced":
        publish(build, session, sent, "Both mentors of your first choice were taken.")
    else:
        sent.round.published_at = build.now
        state = {one.value: one for one in OfferState}.get(stage, OfferState.WAITING)
        answer_by = today - timedelta(days=1) if stage == "lapsed" else None
        offer = build.offer(sent.request, sent.openings[0], sent.round, state, answer_by)
        offer.taken_back_because = "its mentor has withdrawn it" if state is OfferState.TAKEN_BACK else ""
    session.commit()
    page = shown(browser.get(sent.address))
    assert (page.tags, page.paragraphs[1]) == ([tag], words)


def test_reasons_of_runs_that_were_not_published_are_not_told(browser, sent, build, session):
    session.add(UnplacedRequest(run=build.run(sent.round), request=sent.request, reason="Only a trial."))
    publish(build, session, sent)
    page = shown(browser.get(sent.address))
    assert page.tags == ["Not placed"]
    assert page.paragraphs[1] == f"{sent.round.name} had no place for you."


def test_whoever_got_no_place_asks_again_with_her_answers(browser, sent, build, session, read):
    publish(build, session, sent, "No place was left.")
    sent.openings[1].places = 0
    session.commit()
    location = browser.post(f"{sent.address}/again").location
    old = read()
    new = session.scalars(select(PlacementRequest).where(PlacementRequest.id != old.id)).one()
    assert location == f"/request/{new.id}"
    assert (new.state, new.module_id, new.interests) == (RequestState.DRAFT, old.module_id, old.interests)
    assert [row.opening_id for row in new.ranked] == [sent.openings[0].id, sent.openings[2].id]
    assert [row.position for row in new.ranked] == [1, 2]
    assert (old.state, old.round_id, len(old.ranked)) == (RequestState.SUBMITTED, sent.round.id, 3)
    assert browser.post(f"{sent.address}/again").status_code == 422
    assert browser.get("/request").location == location


def test_nobody_asks_again_while_her_request_is_under_way(browser, sent):
    answer = browser.post(f"{sent.address}/again")
    assert answer.status_code == 422
    assert "has not come to its end" in shown(answer).paragraphs[0]
    assert "Ask again with these answers" not in shown(browser.get(sent.address)).buttons


def test_a_withdrawn_request_can_be_the_beginning_of_another(browser, sent, session, read):
    browser.post(f"{sent.address}/withdraw")
    browser.post(f"{sent.address}/again")
    read()
    assert len(session.scalars(select(PlacementRequest)).all()) == 2
    assert browser.post(f"{sent.address}/again").status_code == 422


def test_the_home_page_says_what_is_to_do_or_how_it_stands(browser, complete, session, today, look_again):
    task = shown(browser.get("/")).item("Finish your request")
    assert task.link("Finish your request") == complete.address
    assert task.says("7 of 7 parts are done")
    assert task.says("closes on 13 March 2026")
    browser.post(f"{complete.address}/submit")
    standings = shown(browser.get("/")).section("How things stand")
    assert standings.items == [
        f"Your request is in: {complete.round.name} closes on 13 March 2026 "
        "You can change it until then. If you are offered a place, you answer by 2 April 2026."
    ]
    look_again()
    complete.round.closes_on = today - timedelta(days=1)
    session.commit()
    assert shown(browser.get("/")).section("How things stand").items == [
        f"{complete.round.name} closed on 2 March 2026 "
        "The coordinator is matching now. If you are offered a place, you answer by 2 April 2026."
    ]


def test_a_learner_without_a_request_is_asked_to_make_one(sign_in, build):
    assert shown(sign_in(build.learner()).get("/")).link("Ask for a placement") == "/request"


def test_another_learner_does_not_find_the_request(sign_in, build, complete):
    stranger = sign_in(build.learner())
    for page in (*READINGS, *DEEDS[:3], "/check", "/where/reach", "/withdraw"):
        assert stranger.get(complete.address + page).status_code == 404, page
    for deed in (*DEEDS, "/again", f"/list/{complete.openings[0].id}/add"):
        assert stranger.post(complete.address + deed).status_code == 404, deed


def test_a_mentor_cannot_ask_for_a_placement(sign_in, build, complete):
    mentor = sign_in(build.mentor())
    assert mentor.get("/request").status_code == 403
    for deed in (*DEEDS, "/again", f"/list/{complete.openings[0].id}/add"):
        assert mentor.post(complete.address + deed).status_code == 403, deed


def say_home(browser):
    return shown(browser.get("/"))


def test_when_no_choice_of_a_sent_request_is_left_it_is_something_to_do_at_once(browser, sent, session, build, read):
    sent.request.takes_any_other = False
    for one in sent.openings[:2]:
        one.state = OpeningState.PAUSED
    session.commit()
    standings = say_home(browser).section("How things stand")
    assert standings.says("2 of the 3 openings on your list fit no longer.")
    sent.openings[2].study.status = StudyStatus.COMPLETED
    session.commit()
    task = say_home(browser).item("Choose again: none of the openings on your list can be given to you any more")
    assert task.says("You take no others. You can change it until 13 March 2026.")
    other = build.opening(network=sent.network)
    session.commit()
    [link] = [one for one in say_home(browser).links if one.startswith("Choose again")]
    assert say_home(browser).link(link) == f"{sent.address}/openings"
    sent.request.takes_any_other = True
    session.commit()
    assert say_home(browser).item(link).says("You take any other opening, and 1 other opening fits.")
    sent.request.ranked = []
    session.commit()
    assert not [one for one in say_home(browser).links if one.startswith("Choose again")]
    other.places = 0
    session.commit()
    [link] = [one for one in say_home(browser).links if one.startswith("Change where and when")]
    assert say_home(browser).link(link) == f"{sent.address}/where"
    sent.round.closes_on -= timedelta(days=20)
    session.commit()
    assert say_home(browser).section("How things stand").says("closed on")


def test_the_home_page_takes_the_same_queries_however_many_choices_and_openings_there_are(
    browser, sent, session, build, queries
):
    def count():
        with queries() as statements:
            browser.get("/")
        return len(statements)

    alive = count()
    more = [build.opening(network=sent.network) for _ in range(6)]
    sent.request.ranked += [RankedOpening(opening=one, position=n) for n, one in enumerate(more, 4)]
    session.commit()
    assert count() == alive
    for row in sent.request.ranked:
        row.opening.state = OpeningState.PAUSED
    build.opening(network=sent.network)
    session.commit()
    over = count()
    for _ in range(6):
        build.opening(network=sent.network)
    session.commit()
    assert count() == over


def test_who_got_no_place_finds_the_advice_of_the_mail_on_her_home_and_can_act_on_it(browser, sent, build, session):
    run = build.run(sent.round, published_at=build.now)
    told = {"reason": "All 3 openings were filled.", "next_step": "If you can also go to Leeds, 2 more would fit."}
    session.add(UnplacedRequest(run=run, request=sent.request, **told))
    sent.round.name, sent.round.published_at = "Autumn", build.now
    session.commit()
    task = say_home(browser).item("You wait for a place of Autumn")
    assert task.says("You are in its next turn, if places come free, and need not ask again.")
    assert task.says("All 3 openings were filled. If you can also go to Leeds, 2 more would fit.")
    assert task.link("You wait for a place of Autumn") == sent.address
    page = shown(browser.get(sent.address))
    assert page.says("If you can also go to Leeds, 2 more would fit.")
    assert page.says("If you asked again today with the same answers: 3 openings fit.")
    assert "Ask again with these answers" in page.buttons


def test_who_declined_finds_on_her_home_what_she_could_have_today(browser, sent, build, session):
    sent.round.name, sent.round.published_at = "Autumn", build.now
    build.offer(sent.request, sent.openings[0], sent.round, OfferState.DECLINED)
    session.commit()
    task = say_home(browser).item("You wait for a place of Autumn")
    assert task.says("3 of the 3 openings on your list can still be given to you.")
    for one in sent.openings:
        one.places = 0
    session.commit()
    task = say_home(browser).item("You wait for a place of Autumn")
    assert task.says("0 openings fit your answers as they are.")


def test_answers_that_reach_nothing_are_not_called_done(browser, complete, session, build):
    for one in complete.openings:
        one.places = 0
    near = build.opening(network=complete.other_network)
    session.commit()
    page = shown(browser.get(complete.address))
    where = page.item("Where and when")
    assert where.tags == ["Nothing fits yet"]
    assert where.says(
        "0 openings fit; 3 more are full now. If you can also go to North London, 1 more opening would fit"
    )
    assert page.item("Openings that fit and your list").tags == ["Nothing fits yet"]
    near.network_id = complete.network.id
    session.commit()
    page = shown(browser.get(complete.address))
    assert page.item("Where and when").tags == []
    assert page.item("Openings that fit and your list").tags == ["Nothing fits yet"]
