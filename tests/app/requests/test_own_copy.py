"""A learner's own copy of her request: what others recorded about her stands in it, as far as it is hers to know."""

import json

import pytest
from sqlalchemy import select

from app.models.course.progress_reviews import ProgressReviewState, ReviewKind
from app.models.meetings.feedback import MentorAsked
from app.models.operations.false_alarms import FalseAlarm
from app.models.operations.parties import Party
from app.models.pairs.conflicts import ConflictKind
from app.models.programmes import Enrolment
from app.models.rounds import PolicyAnnouncement
from tests.screen import shown

SECRET = "The mentor says that they fell out over a shift."


@pytest.fixture
def recorded(build, asking, session):
    """A nomination of the learner's, a conflict that stands and one that was lifted, and those of somebody else."""
    build.nomination(asking.learner, module=asking.request.module, name="Sam Supervisor")
    mentor, other = build.mentor(name="Dr C. Conflict"), build.mentor(name="Dr L. Lifted")
    build.conflict(asking.learner, mentor, kind=ConflictKind.OTHER, reason=SECRET)
    lifted = build.conflict(asking.learner, other)
    lifted.except_pair(build.person(name="Casey Coordinator"), build.today, "They no longer work together.", build.now)
    build.conflict(build.learner(), build.mentor(name="Dr E. Else"))
    build.nomination(name="Pat Else")
    session.commit()
    return asking


def test_the_file_has_nominations_and_conflicts_without_what_coordinators_wrote(recorded, browser):
    answer = browser.get(f"{recorded.address}/request.json")
    copy = json.loads(answer.text)
    [named] = copy["supervisors_i_named"]
    assert (named["name"], named["state"], named["named_on"]) == (
        "Sam Supervisor",
        "waiting for the supervisor",
        "2026-03-03",
    )
    assert copy["conflicts_recorded"] == [
        {"mentor": "Dr C. Conflict", "kind": "another conflict", "recorded_on": "2026-03-03", "lifted_on": None},
        {"mentor": "Dr L. Lifted", "kind": "line manager", "recorded_on": "2026-03-03", "lifted_on": "2026-03-03"},
    ]
    for words in (SECRET, "no longer work together", "Casey Coordinator", "Else"):
        assert words not in json.dumps(copy, ensure_ascii=False)


def test_the_page_to_print_has_them_too(recorded, browser):
    page = shown(browser.get(f"{recorded.address}/print"))
    assert (
        page.section("Supervisors whom you named")
        .row("Sam Supervisor")
        .value.startswith("Research Practice Experience")
    )
    conflicts = page.section("Conflicts that coordinators recorded")
    assert conflicts.row("Dr C. Conflict").value == "Another conflict, recorded on 3 March 2026"
    assert conflicts.row("Dr L. Lifted").value == "Line manager, recorded on 3 March 2026 Lifted on 3 March 2026"
    for words in (SECRET, "Casey Coordinator", "Else"):
        assert not page.says(words)


def test_the_copy_has_her_learning_agreements_and_every_signature(recorded, build, session, browser, queries):
    numbers = []
    for more in (1, 3):
        for _ in range(more):
            agreement = build.agreement(build.placement(recorded.learner), adjustments="A quiet room.")
            build.signature(agreement, Party.MENTOR, agreement.placement.mentor)
        build.agreement(build.placement(), adjustments="Of somebody else.")
        session.commit()
        with queries() as statements:
            copy = json.loads(browser.get(f"{recorded.address}/request.json").text)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
    assert [one["says"]["adjustments"] for one in copy["learning_agreements"]] == ["A quiet room."] * 4
    [signature] = copy["learning_agreements"][0]["signatures"]
    assert (signature["as"], signature["stands"]) == ("mentor", True)
    assert json.loads(signature["signed"])["content"] == copy["learning_agreements"][0]["says"]
    page = shown(browser.get(f"{recorded.address}/print")).section("Learning agreements")
    assert len(page.rows) == 4


def test_the_copy_has_her_progress_reviews_and_of_the_mentors_words_what_she_may_read(
    recorded, build, session, browser, queries
):
    numbers = []
    for more in (1, 3):
        for _ in range(more):
            placement = build.placement(recorded.learner)
            build.review_signature(build.progress_review(placement), Party.MENTOR)
            state = ProgressReviewState.PREPARING
            to_come = build.progress_review(placement, ReviewKind.MIDDLE, state=state, agreed="", numbers={})
            build.prepares(to_come, Party.MENTOR)
        session.commit()
        with queries() as statements:
            copy = json.loads(browser.get(f"{recorded.address}/request.json").text)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
    held, middle = copy["progress_reviews"][:2]
    assert [one["stands"] for one in held["signatures"]] == [True]
    assert json.loads(held["signatures"][0]["signed"])["content"] == held["says"]
    assert (middle["review"], middle["handed_in"]) == ("middle", [])
    page = shown(browser.get(f"{recorded.address}/print")).section("Progress reviews")
    assert len(page.rows) == 8


def test_the_copy_takes_as_many_queries_however_much_is_recorded(recorded, build, session, browser, queries):
    numbers = []
    for more in (0, 4):
        for n in range(more):
            build.conflict(recorded.learner, build.mentor(name=f"Dr {n}"))
        session.commit()
        with queries() as statements:
            assert browser.get(f"{recorded.address}/request.json").status_code == 200
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_her_request_says_what_counts_in_its_round(build, asking, session, browser, look_again):
    round_, request = asking.round, asking.request
    request.takes_any_other = True
    session.commit()
    page = shown(browser.get(f"{asking.address}/check"))
    assert page.section(f"What counts in {round_.name}").says("Its coordinator has not said yet.")
    announced = {"announced_at": build.now, "announced_by": build.coordinator(*round_.networks)}
    session.add(PolicyAnnouncement(round_id=round_.id, stages=["placed", "score", "lottery"], reason="", **announced))
    session.commit()
    look_again()
    words = "Place as many learners as possible, then the best fit overall. It rewards interests that match"
    assert shown(browser.get(f"{asking.address}/check")).section(f"What counts in {round_.name}").says(words)
    assert browser.post(f"{asking.address}/submit").status_code == 303
    section = shown(browser.get(asking.address)).section(f"What counts in {round_.name}")
    assert section.says(words)
    assert section.link(f"Read the plan of {round_.name}") == f"/rounds/{round_.id}/plan"


def test_the_card_of_an_opening_says_when_it_was_last_confirmed(build, asking, session, browser):
    asking.openings[0].confirmed_at = build.now
    session.commit()
    assert shown(browser.get(f"{asking.address}/openings")).says("Last confirmed by its mentor on 3 March 2026.")


def test_a_mentors_openings_lead_to_the_plan_of_their_round(asking, sign_in):
    page = shown(sign_in(asking.openings[0].mentor).get("/openings"))
    assert page.link(f"The plan of {asking.round.name}") == f"/rounds/{asking.round.id}/plan"
    assert sign_in(asking.openings[0].mentor).get(f"/rounds/{asking.round.id}/plan").status_code == 200


def test_what_she_kept_for_a_reason_and_brought_from_elsewhere_is_in_it(build, asking, session, browser, now):
    enrolment = session.scalars(select(Enrolment).where(Enrolment.learner_id == asking.learner.id)).one()
    build.record_of_elsewhere(enrolment, build.person(), taken_at=now, taken_by_name="Pat Lead")
    build.record_of_elsewhere(enrolment, build.person(), issuer_name="Not taken")
    said = {"at": now, "kinds": ["NHS_NUMBER"], "reason": "It is a freezer.", "deed": "logged hours"}
    about = {"subject_type": "HoursEntry", "subject_id": 1}
    build.add(FalseAlarm(person_id=asking.learner.id, person_name=asking.learner.name, **said, **about))
    build.add(MentorAsked(learner_id=asking.learner.id, mentor_id=build.mentor(name="Dr A. Mentor").id))
    session.commit()
    copy = json.loads(browser.get(f"{asking.address}/request.json").text)
    assert [one["taken_by"] for one in copy["records_from_elsewhere"]] == ["Pat Lead"]
    assert copy["mentors_i_was_asked_about"] == ["Dr A. Mentor"]
    [kept] = copy["words_i_kept_for_a_reason"]
    assert (kept["looked_like"], kept["why_it_identifies_nobody"]) == (["an NHS number"], "It is a freezer.")
    page = shown(browser.get(f"{asking.address}/print"))
    assert page.section("Prior learning from elsewhere").says("issued by Elsewhere")
    assert page.section("Words you kept that look like a patient’s details").says("It is a freezer.")


def test_whoever_has_asked_for_no_placement_has_a_copy_too(sign_in, build, session):
    learner = build.learner(name="Robin Learner")
    enrolment = build.enrolment(learner)
    claim = build.claim(enrolment, module=enrolment.programme.modules[1], words="I ran two trials.")
    build.source(claim, title="Trials")
    build.credit(enrolment, enrolment.programme.modules[2])
    build.claim(build.enrolment(build.learner()), words="Of somebody else.")
    session.commit()
    browser = sign_in(learner)
    assert "Your own copy of what is kept about you as a learner" in shown(browser.get("/account")).links
    copy = json.loads(browser.get("/my-copy.json").text)
    assert (copy["name"], copy["requests"], copy["placements"]) == ("Robin Learner", [], [])
    assert [one["programme"] for one in copy["enrolments"]] == [enrolment.programme.title]
    assert [one["words"] for one in copy["claims_of_prior_learning"]] == ["I ran two trials."]
    assert len(copy["decisions_about_my_credit"]) == 1
    page = shown(browser.get("/my-copy"))
    assert page.heading == "Your own copy"
    assert page.says("I ran two trials.")
    assert page.says("What was decided about your credit")
    assert not page.says("Of somebody else.")


def test_the_whole_copy_has_requests_and_placements_and_asks_no_more_for_more(
    recorded, sign_in, build, session, queries
):
    numbers = []
    for more in (1, 3):
        for _ in range(more):
            build.request(recorded.learner)
            build.agreement(build.placement(recorded.learner))
        session.commit()
        for address in ("/my-copy", "/my-copy.json"):
            with queries() as statements:
                answer = sign_in(recorded.learner).get(address)
            assert answer.status_code == 200
            numbers.append((address, len(statements)))
    assert numbers[:2] == numbers[2:]
    copy = json.loads(answer.text)
    assert len(copy["placements"]) == 4
    assert len(copy["requests"]) >= 5
    assert copy["supervisors_i_named"][0]["name"] == "Sam Supervisor"
    assert SECRET not in json.dumps(copy, ensure_ascii=False)


def test_a_copy_stays_with_whoever_is_a_learner_no_more(sign_in, build, session):
    learner = build.learner()
    build.agreement(build.placement(learner))
    for grant in learner.grants:
        grant.ended_at = build.now
    session.commit()
    browser = sign_in(learner)
    page = shown(browser.get("/my-copy"))
    assert page.says("Learning agreements")
    assert page.says("Your placements")
    assert "To print" not in page.links
    assert len(json.loads(browser.get("/my-copy.json").text)["placements"]) == 1
