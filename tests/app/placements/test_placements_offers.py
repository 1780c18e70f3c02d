"""Answering an offer: what the page says, what accepting and declining do, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import MentorAbsence, Person, Role
from app.models.placements import DeclineKind, OfferState, Placement, PlacementState
from app.models.programmes import Level
from app.models.rounds import MatchRound
from app.models.studies import OpeningState, StudyIdentifier
from app.models.values.identifiers import Scheme
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.placements.queries import proposal_behind
from app.placements.why_not import why_not
from app.rules.capacity import Held
from tests.screen import shown

WHY = "Why does this offer not suit you?"
REASON = "What else should your coordinator know? (optional)"
DECLINED = {"kind": "TRAVEL", "waits": "yes"}
SURE = "It is right as it is: save it"
WHY_NOT = "Why not one higher on your list"
TAKEN_BY_NOBODY = Held()
LAPSED = (
    "The time to answer this offer is over, so it has lapsed. Write to your coordinator, who can tell you whether "
    "the place is still free."
)


@pytest.fixture
def offer(build):
    return build.offer()


def proposal_of(session, offer):
    proposal = proposal_behind(session, offer)
    assert proposal is not None
    return proposal


def placements(session):
    return session.scalars(select(Placement)).all()


def test_the_offer_page_says_with_whom_on_what_where_from_when_and_why(sign_in, build, session, now):
    opening = build.opening(mentor=build.mentor(name="Dr A. Mentor"), study=build.study("Walking after a stroke"))
    opening.study.identifiers.append(StudyIdentifier(scheme=Scheme.ISRCTN, value="ISRCTN12345678"))
    request = build.request(networks=[opening.network], ranked=[build.opening(), opening])
    offer = build.offer(request, opening)
    proposal = proposal_of(session, offer)
    proposal.rank, proposal.why = 2, "Strong fit: stroke, walking."
    page = shown(sign_in(request.learner).get(f"/offers/{offer.id}"))
    assert page.heading == "Your offer: a place with Dr A. Mentor"
    assert page.paragraphs[0] == "Answer by 2 April 2026. Until then the place is held for you."
    assert page.row("Mentor").value == "Dr A. Mentor Consultant and principal investigator"
    assert page.row("Study").value.startswith("Walking after a stroke CPMS ")
    assert page.row("Study").link("ISRCTN12345678 in the registry") == "https://www.isrctn.com/ISRCTN12345678"
    assert page.row("Where").value == f"{opening.organisation.name} {opening.network.name}"
    assert page.row("From").value == "2 April 2026 to 28 December 2026"
    assert page.row("What you would do").value == "Screening, consent and data queries."
    assert page.section("Why this one").paragraphs == [
        "It is number 2 on your list.",
        "Strong fit: stroke, walking.",
        "Fit: 700 out of 1,000. The round weighed the wishes of all learners together.",
    ]
    assert page.button("Accept this place").action == f"/offers/{offer.id}/accept"
    assert page.link("Decline") == f"/offers/{offer.id}/decline"


@pytest.mark.parametrize(
    ("rank", "is_pinned", "words"),
    [
        (1, False, ["It is number 1 on your list: your first choice.", "The round weighed the wishes of all learners"]),
        (2, False, ["It is number 2 on your list.", "The round weighed the wishes of all learners together."]),
        (1, True, ["It is number 1 on your list: your first choice.", "Your coordinator chose this pairing."]),
        (
            None,
            False,
            [
                "It is not on your list. You said that any other opening that fits is welcome.",
                "The round weighed the wishes of all learners together.",
            ],
        ),
    ],
)
def test_the_offer_page_says_where_it_stood_on_the_list_and_who_chose_it(
    sign_in, build, session, rank, is_pinned, words
):
    ranked = [build.opening(), build.opening()]
    opening = ranked[rank - 1] if rank else build.opening()
    request = build.request(networks=[opening.network], ranked=ranked)
    offer = build.offer(request, opening)
    proposal = proposal_of(session, offer)
    proposal.rank, proposal.is_pinned, proposal.why = rank, is_pinned, ""
    page = shown(sign_in(request.learner).get(f"/offers/{offer.id}"))
    first, last = page.section("Why this one").paragraphs
    assert first == words[0]
    assert last.startswith(f"Fit: 700 out of 1,000. {words[1]}")


def test_a_first_choice_has_nothing_above_it(sign_in, build, session):
    opening = build.opening()
    request = build.request(networks=[opening.network], ranked=[opening])
    offer = build.offer(request, opening)
    proposal_of(session, offer).rank = 1
    page = shown(sign_in(request.learner).get(f"/offers/{offer.id}"))
    assert page.headings == [page.heading, "Why this one", "Your answer"]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("opening", "Its only place went to another learner."),
        ("places", "Its 2 places went to other learners."),
        ("mentor", "Dr B. Mentor has as many learners as one mentor can support."),
        ("study", "The study has as many learners as it can take."),
        ("paused", "It is not published at the moment."),
        ("dates", "It starts later than you can."),
        ("none", "The round did not pair you with it. Your coordinator can tell you more."),
    ],
)
def test_the_page_says_why_not_a_better_ranked_one_as_far_as_records_tell(sign_in, build, session, limit, words):
    places = {"opening": 1, "places": 2}.get(limit, 5)
    better = build.opening(places=places, mentor=build.mentor(name="Dr B. Mentor", learners_max=5))
    if limit == "mentor":
        better.mentor.mentor_profile.learners_max = 1
    if limit == "study":
        better.study.learner_limit = 1
    if limit == "paused":
        better.state = OpeningState.PAUSED
    if limit == "dates":
        better.starts_on = better.ends_on
    for _ in range({"none": 0, "dates": 0, "places": 2}.get(limit, 1)):
        build.offer(opening=better)
    opening = build.opening()
    request = build.request(networks=[opening.network, better.network], ranked=[better, opening])
    offer = build.offer(request, opening)
    proposal_of(session, offer).rank = 2
    page = shown(sign_in(request.learner).get(f"/offers/{offer.id}"))
    assert page.section(WHY_NOT).items == [f"1. Dr B. Mentor, {better.study.title} {words}"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"levels": [Level.PGDIP]}, "It is for another level."),
        ({"professions": [Profession.DOCTOR]}, "It does not accept your profession."),
        ({"ends_on": date(2026, 3, 30)}, "It closes before you can start."),
        ({"starts_on": date(2026, 7, 2)}, "It starts later than you can."),
    ],
)
def test_each_obstacle_has_its_sentence(build, today, changes, words):
    opening = build.opening(**changes)
    assert why_not(build.request(networks=[opening.network]), opening, TAKEN_BY_NOBODY, today) == words


def test_a_closed_study_another_network_and_a_mentor_who_must_not_or_is_away_have_their_sentences(build, today):
    opening = build.opening(study=build.study(status=StudyStatus.STOPPED))
    request = build.request(networks=[opening.network])
    assert why_not(request, opening, TAKEN_BY_NOBODY, today) == "Its study no longer takes anybody."
    elsewhere = build.opening()
    assert why_not(request, elsewhere, TAKEN_BY_NOBODY, today) == "It is in a network that you did not choose."
    both = build.person(Role.LEARNER, Role.MENTOR)
    own = build.opening(mentor=both, network=opening.network)
    own_request = build.request(own.mentor, networks=[opening.network])
    assert why_not(own_request, own, TAKEN_BY_NOBODY, today) == "Its mentor is somebody who must not mentor you."
    away = build.opening(network=opening.network)
    away.mentor.mentor_profile.absences.append(MentorAbsence(starts_on=today, ends_on=today + timedelta(days=400)))
    assert why_not(request, away, TAKEN_BY_NOBODY, today) == "Its mentor is away when you can start."


def test_accepting_makes_a_placement_and_tells_both(sign_in, session, offer, look_again, mails):
    learner, mentor = offer.request.learner, offer.opening.mentor
    offer.request.start_from = offer.opening.starts_on + timedelta(days=7)
    answer = sign_in(learner).post(f"/offers/{offer.id}/accept")
    look_again()
    (placement,) = placements(session)
    assert answer.status_code == 303
    assert answer.location == f"/placements/{placement.id}"
    assert placement.state is PlacementState.ACTIVE
    assert (placement.learner_id, placement.mentor_id) == (learner.id, mentor.id)
    assert placement.starts_on == offer.opening.starts_on + timedelta(days=7)
    assert placement.ends_on == offer.opening.ends_on
    assert offer.state is OfferState.ACCEPTED
    assert mails() == [
        (learner.email, f"Your placement with {mentor.name}", f"Hello {learner.name},"),
        (mentor.email, f"{learner.name} will be your learner", f"Hello {mentor.name},"),
    ]
    page = shown(sign_in(learner).get(f"/offers/{offer.id}"))
    assert page.paragraphs[0] == "Accepted You accepted this offer on 3 March 2026. Go to your placement"
    assert page.link("Go to your placement") == answer.location
    assert page.buttons == []
    assert "accepted an offer" in session.scalars(select(AuditLine.deed)).all()


def test_a_placement_begins_on_the_day_of_acceptance_where_the_opening_has_begun(
    sign_in, session, build, today, look_again
):
    offer = build.offer(opening=build.opening(starts_on=today - timedelta(days=10)))
    offer.request.start_from = today - timedelta(days=20)
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept")
    look_again()
    assert placements(session)[0].starts_on == today


def test_accepting_twice_is_accepting_once(sign_in, session, offer, look_again):
    browser = sign_in(offer.request.learner)
    first, second = (browser.post(f"/offers/{offer.id}/accept") for _ in range(2))
    look_again()
    assert first.location == second.location
    assert len(placements(session)) == 1
    assert len(session.scalars(select(Message)).all()) == 2


@pytest.mark.parametrize("deed", ["", "/accept", "/decline"])
def test_a_mentor_may_not_answer_and_another_learner_does_not_find_the_offer(sign_in, offer, build, deed):
    mentor, stranger = sign_in(offer.opening.mentor), sign_in(build.learner())
    address = f"/offers/{offer.id}{deed}"
    methods = ("get",) if not deed else ("post",)
    for method in methods:
        assert getattr(mentor, method)(address).status_code == 403
        assert getattr(stranger, method)(address, data={"reason": "x"}).status_code == 404


def test_declining_keeps_the_reason_and_gives_the_place_back(sign_in, session, offer, look_again):
    browser = sign_in(offer.request.learner)
    asked = shown(browser.get(f"/offers/{offer.id}/decline"))
    assert asked.heading == f"Decline the place with {offer.opening.mentor.name}"
    assert asked.paragraphs[0].startswith("The place can then go to another learner, and this cannot be undone here.")
    assert asked.button("Decline this place").action == f"/offers/{offer.id}/decline"
    answer = browser.post(f"/offers/{offer.id}/decline", data={**DECLINED, "reason": "Two hours each way."})
    look_again()
    assert answer.status_code == 303
    assert (offer.state, offer.decline_kind) == (OfferState.DECLINED, DeclineKind.TRAVEL)
    assert offer.decline_reason == "Two hours each way."
    assert offer.request.wants_a_place
    assert placements(session) == []
    page = shown(browser.get(f"/offers/{offer.id}"))
    assert page.paragraphs[0] == (
        "Declined You declined this offer on 3 March 2026. Your coordinators know why. Your request says whether you "
        "wait for another place."
    )
    assert "Accept this place" not in page.buttons
    assert browser.get(f"/offers/{offer.id}/decline").status_code == 303


def test_declining_without_a_reason_asks_for_one(sign_in, offer, look_again):
    address = f"/offers/{offer.id}/decline"
    answer = sign_in(offer.request.learner).post(address, data={**DECLINED, "reason": "x" * 1001})
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (REASON, "The reason must be 1,000 characters or fewer")
    assert page.field(REASON).value == "x" * 1001
    answer = sign_in(offer.request.learner).post(address, data={"waits": "yes"})
    assert shown(answer).complaint == (WHY, "Choose why the offer does not suit you")
    answer = sign_in(offer.request.learner).post(address, data={"kind": "OTHER", "waits": "no", "reason": " "})
    assert shown(answer).complaint == (REASON, "Enter why the offer does not suit you, in a few words")
    look_again()
    assert offer.state is OfferState.WAITING


def test_a_reason_that_looks_like_a_patients_details_is_asked_about(sign_in, offer, look_again):
    browser, reason = sign_in(offer.request.learner), "I care for 943 476 5919."
    asked = browser.post(f"/offers/{offer.id}/decline", data={**DECLINED, "reason": reason})
    assert asked.status_code == 422
    page = shown(asked)
    label, message = page.complaint
    assert label == SURE
    assert message.startswith("“943 476 5919” looks like an NHS number.")
    assert page.field(REASON).value == reason
    look_again()
    assert offer.state is OfferState.WAITING
    browser.post(
        f"/offers/{offer.id}/decline",
        data={**DECLINED, "reason": reason, "is_sure": "y", "why_sure": "It is a made-up number."},
    )
    look_again()
    assert offer.decline_reason == reason


@pytest.mark.parametrize("deed", ["accept", "decline"])
def test_an_offer_can_be_answered_on_its_last_day_and_lapses_after_it(
    sign_in, app, session, build, now, today, look_again, deed
):
    offer = build.offer(answer_by=today)
    browser = sign_in(offer.request.learner)
    app.config["NOW"] = lambda: now + timedelta(days=1)
    browser = sign_in(offer.request.learner)
    answer = browser.post(f"/offers/{offer.id}/{deed}", data={**DECLINED, "reason": "Too far."})
    assert answer.status_code == 422
    page = shown(answer)
    assert LAPSED in (page.errors if deed == "decline" else page.paragraphs)
    page = shown(browser.get(f"/offers/{offer.id}"))
    assert page.tags == ["Lapsed"]
    assert page.paragraphs[0].startswith("Lapsed You could answer until 3 March 2026, so")
    assert (page.buttons, "Decline" in page.links) == ([], False)
    app.config["NOW"] = lambda: now
    answer = sign_in(offer.request.learner).post(f"/offers/{offer.id}/{deed}", data={**DECLINED, "reason": "Too far."})
    assert answer.status_code == 303


def test_an_answered_offer_cannot_be_answered_otherwise(sign_in, offer, look_again):
    browser = sign_in(offer.request.learner)
    browser.post(f"/offers/{offer.id}/accept")
    answer = browser.post(f"/offers/{offer.id}/decline", data={**DECLINED, "reason": "Too far."})
    assert answer.status_code == 422
    page = shown(answer)
    assert page.errors == {"You have accepted this offer already. Your placement is on your home page.": ""}
    assert page.field(REASON).value == "Too far."
    look_again()
    assert offer.state is OfferState.ACCEPTED


def reduce_opening(build, offer):
    offer.opening.places = 0


def fill_opening(build, offer):
    other = build.offer(opening=offer.opening, state=OfferState.ACCEPTED)
    place(build, other)


def fill_mentor(build, offer):
    offer.opening.mentor.mentor_profile.learners_max = 1
    place(build, build.offer(opening=build.opening(mentor=offer.opening.mentor), state=OfferState.ACCEPTED))


def fill_study(build, offer):
    offer.opening.study.learner_limit = 1
    place(build, build.offer(opening=build.opening(study=offer.opening.study), state=OfferState.ACCEPTED))


def fill_hours(build, offer):
    hours = offer.request.module.supervision_hours_a_month
    offer.opening.mentor.mentor_profile.hours_a_month = 2 * hours - 1
    place(build, build.offer(opening=build.opening(mentor=offer.opening.mentor), state=OfferState.ACCEPTED))


def place(build, offer, **given):
    values = {"starts_on": build.today, "ends_on": build.today + timedelta(days=100), **given}
    return build.add(
        Placement(
            learner=offer.request.learner,
            mentor=offer.opening.mentor,
            opening=offer.opening,
            module=offer.request.module,
            offer=offer,
            state=PlacementState.ACTIVE,
            agreed_at=build.now,
            **values,
        )
    )


TAKEN = "the last place with {mentor} on this study has just been taken"


@pytest.mark.parametrize(
    ("lose", "sorry"),
    [
        (reduce_opening, TAKEN),
        (fill_opening, TAKEN),
        (fill_mentor, TAKEN),
        (fill_study, TAKEN),
        (fill_hours, TAKEN),
    ],
)
def test_a_place_that_is_gone_is_refused_kindly_and_the_coordinator_is_told(
    sign_in, session, build, look_again, offer, lose, sorry, mails
):
    coordinator = session.get(Person, session.get(MatchRound, offer.round_id).created_by_id)
    lose(build, offer)
    before = len(placements(session))
    answer = sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept")
    look_again()
    assert answer.status_code == 409
    page = shown(answer)
    assert page.heading == "You cannot accept this place"
    assert page.paragraphs[0] == (
        f"We are sorry: {sorry.format(mentor=offer.opening.mentor.name)}. Your coordinators have been told and can "
        "look for another place for you; that is not certain. The offer stays open: if that changes before its last "
        "day, you can accept it then."
    )
    assert len(placements(session)) == before
    assert offer.state is OfferState.WAITING
    subject = f"{offer.request.learner.name} could not accept an offer"
    assert (coordinator.email, subject, f"Hello {coordinator.name},") in mails()
    assert offer.request.learner.email not in [recipient for recipient, *_ in mails()]
    assert "found an offered place taken" in session.scalars(select(AuditLine.deed)).all()
    assert offer.found_taken_at == build.now


def test_the_coordinator_is_told_once_however_often_the_learner_tries(sign_in, session, build, look_again, offer):
    reduce_opening(build, offer)
    browser = sign_in(offer.request.learner)
    assert [browser.post(f"/offers/{offer.id}/accept").status_code for _ in range(3)] == [409] * 3
    look_again()
    assert len(session.scalars(select(Message)).all()) == 1


def test_a_placement_that_is_over_takes_no_place(sign_in, session, build, today, offer, look_again):
    over = build.offer(opening=offer.opening, state=OfferState.ACCEPTED)
    place(build, over, starts_on=today - timedelta(days=200), ends_on=today - timedelta(days=1))
    assert sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept").status_code == 303


def test_home_asks_to_answer_by_the_day(sign_in, build, app, now, offer):
    mentor, study = offer.opening.mentor.name, offer.opening.study.title
    browser = sign_in(offer.request.learner)
    task = shown(browser.get("/")).item("Answer your offer")
    assert task.link("Answer your offer by 2 April 2026") == f"/offers/{offer.id}"
    assert task.paragraphs == [f"A place with {mentor} on “{study}”."]
    app.config["NOW"] = lambda: now + timedelta(days=60)
    page = shown(sign_in(offer.request.learner).get("/"))
    standing = page.section("How things stand").item(f"Your offer with {mentor} lapsed on 2 April 2026")
    assert standing.paragraphs == ["Write to your coordinator if you still want the place."]
    assert [link.split(":")[0] for link in page.texts("ol > li > a")] == ["Ask again"]


def test_the_offer_page_needs_as_many_queries_for_a_long_list_as_for_a_short_one(sign_in, build, queries):
    counts = []
    for number in (1, 9):
        better = [build.opening() for _ in range(number)]
        for opening in better:
            build.offer(opening=opening)
        opening = build.opening()
        request = build.request(networks=[opening.network], ranked=[*better, opening])
        offer = build.offer(request, opening)
        browser = sign_in(request.learner)
        with queries() as statements:
            assert browser.get(f"/offers/{offer.id}").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_coordinator_of_another_network_or_of_the_past_is_not_told(sign_in, session, build, offer, look_again, now):
    build.coordinator(build.network())
    former = build.person()
    build.grant(former, Role.COORDINATOR, network=offer.opening.network).ended_at = now
    reduce_opening(build, offer)
    sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept")
    look_again()
    recipients = {message.recipient for message in session.scalars(select(Message))}
    assert former.email not in recipients
    assert len(recipients) == 1
