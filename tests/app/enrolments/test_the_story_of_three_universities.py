"""A certificate at Newcastle, a diploma begun at King's and finished at Sheffield, a dissertation at King's: one story.

The programmes are those that come with the service, and everything is done on the pages by the people who would do it.
"""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from app.models.academic.boards import Board, BoardLine
from app.models.academic.prior_awards import PriorAward
from app.models.academic.prior_learning import ClaimState, PriorLearningClaim
from app.models.academic.way_asked import WayAsked
from app.models.hours import HoursCategory, HoursState
from app.models.people import Person, Role
from app.models.programmes import CreditDecision, CreditOutcome, Enrolment, Level, Programme, Provider
from app.models.requests import PlacementRequest
from app.platform.occasion import Occasion
from app.programmes.importing import take_in
from app.programmes.shipping import shipped_programmes
from tests.app.prior_learning.conftest import a_module
from tests.app.studies.filling_in import day
from tests.pages import form_to
from tests.screen import shown

NEWCASTLE, KINGS, SHEFFIELD = "Newcastle University", "King's College London", "The University of Sheffield"
EARNED = CreditOutcome.EARNED.value
ON_PAPER = "The university has seen the portfolio on paper."
CAP = 30
LEADING = "Optional module in clinical leadership"
LEADING_THERE, INCLUSIVE = "Leading and Managing Health Care Services", "Inclusive Research Practice"
PRACTICE = "Research Practice Experience"


class Story:
    """The people of the story, each in a browser of her own, on the day that it is."""

    def __init__(self, app, session, build, sign_in, look_again):
        self.app, self.session, self.build = app, session, build
        self.sign_in, self.look_again = sign_in, look_again
        self.robin = build.learner(name="Robin Learner").id
        self.leads: dict[str, int] = {}

    def on(self, year, month, day_):
        """Let it be noon of a day."""
        self.today = date(year, month, day_)
        moment = datetime.combine(self.today, time(12), UTC)
        self.app.config["NOW"] = lambda: moment

    def has_staff(self, university, role, name):
        self.look_again()
        provider = self.session.scalars(select(Provider).where(Provider.name == university)).one()
        person = self.build.person(name=name)
        self.build.grant(person, role, provider=provider)
        self.session.commit()
        return person.id

    def as_(self, person_id):
        self.look_again()
        return self.sign_in(self.session.get_one(Person, person_id))

    def as_robin(self):
        return self.as_(self.robin)

    def as_lead(self, university):
        return self.as_(self.leads[university])

    def does(self, browser, address, said=None):
        """Send a form that is done; gives where it leads."""
        answer = browser.post(address, data=said or {})
        assert answer.status_code == 303, shown(answer).errors or answer.text
        return answer.location

    def is_refused(self, browser, address, said):
        answer = browser.post(address, data=said)
        assert answer.status_code == 422
        return shown(answer)

    def newest(self, kind):
        self.look_again()
        return self.session.scalars(select(kind).order_by(kind.id.desc())).first()

    def programme(self, university, level):
        self.look_again()
        at = select(Programme).join(Programme.provider).where(Provider.name == university, Programme.level == level)
        return self.session.scalars(at).one()

    def enrolment(self, university, level):
        programme = self.programme(university, level)
        hers = Enrolment.learner_id == self.robin, Enrolment.programme_id == programme.id
        return self.session.scalars(select(Enrolment).where(*hers)).one()

    def module(self, university, level, title):
        return next(one for one in self.programme(university, level).modules if one.title == title)

    def asks_for_a_place(self, university, level, leaving=None):
        """She asks for the cohort of the programme; gives what the lead does with it, and what the lead sends."""
        cohort = self.programme(university, level).versions[-1].cohorts[0]
        asked = {"start": f"c{cohort.id}", "leaving": str(leaving or ""), "words": "I work on a ward."}
        self.does(self.as_robin(), "/my-programme/apply", asked)
        wish = self.newest(WayAsked)
        return f"/enrolments/asked/{wish.id}/enrol", {"start": f"c{wish.cohort_id}", **day("started_on", self.today)}

    def board_decides(self, university, level, titles):
        """A board of today decides that she has earned these modules."""
        browser = self.as_lead(university)
        provider = self.programme(university, level).provider_id
        about = {"provider": str(provider), "name": "Board of examiners", "reference": f"BoE {self.today:%Y/%m}"}
        self.does(browser, "/boards/new", about | {"outside": "Prof E. External"} | day("meets_on", self.today))
        board = f"/boards/{self.newest(Board).id}"
        enrolment = self.enrolment(university, level)
        modules = [self.module(university, level, title) for title in titles]
        lines = [f"{enrolment.id}-{one.id}" for one in modules]
        self.does(browser, f"{board}/learners", {"lines": lines})
        self.look_again()
        for line in self.session.scalars(select(BoardLine.id).where(BoardLine.board_id == int(board[8:]))).all():
            self.does(browser, f"{board}/lines/{line}", {"outcome": EARNED, "reason": ON_PAPER})
        deciding = f"{board}/decide"
        self.does(browser, deciding, {"seen": form_to(deciding, browser.get(deciding)).fields["seen"][0]})

    def lead_decides(self, university, level, title):
        """A lead records by herself what was decided about one module."""
        module = self.module(university, level, title)
        said = {"module": str(module.id), "outcome": EARNED, "considered": "The marks.", "reason": ON_PAPER}
        address = f"/progress/{self.enrolment(university, level).id}/credit"
        self.does(self.as_lead(university), address, said | day("decided_on", self.today))

    def completes(self, university, level):
        address = f"/enrolments/{self.enrolment(university, level).id}/note/complete"
        self.does(self.as_lead(university), address, day("day", self.today - timedelta(days=1)))

    def claims(self, title, source):
        """She claims credit for a module at Sheffield and sends it; gives the claim."""
        module, browser = self.module(SHEFFIELD, Level.PGDIP, title), self.as_robin()
        of = self.enrolment(SHEFFIELD, Level.PGDIP).id
        self.does(browser, f"/prior-learning/of/{of}/new", {"module": str(module.id), "words": "It is the same."})
        claim = self.newest(PriorLearningClaim).id
        keyed = source | {"form_key": f"a key of a source {claim}"}
        self.does(browser, f"/prior-learning/claims/{claim}/sources/new", keyed)
        self.does(browser, f"/prior-learning/claims/{claim}/send")
        return self.newest(PriorLearningClaim)

    def decision_on(self, claim, number):
        """What Sheffield's lead sends to recognise so many credits; none refuses."""
        said = {"outcome": "granted" if number else "refused", f"credits_{claim.sources[0].id}": str(number)}
        said |= {"revision": str(claim.revision), "reason": "As the board saw it."}
        return f"/prior-learning/claims/{claim.id}/decide", said | day("decided_on", self.today)

    def decisions(self):
        """Every decision about her credit, as it stands in the database."""
        self.look_again()
        columns = CreditDecision.__table__.columns
        return [tuple(row) for row in self.session.execute(select(*columns).order_by(CreditDecision.id))]


@pytest.fixture
def story(app, session, build, sign_in, look_again):
    told = Story(app, session, build, sign_in, look_again)
    told.on(2022, 8, 1)
    now = app.config["NOW"]()
    take_in(session, shipped_programmes(), Occasion(None, told.today, now, ""))
    session.commit()
    for university in (NEWCASTLE, KINGS, SHEFFIELD):
        told.leads[university] = told.has_staff(university, Role.PROGRAMME_LEAD, f"Lead at {university}")
    return told


def test_a_learner_goes_from_newcastle_by_kings_and_sheffield_to_a_masters_degree(story):
    newcastle_is_begun(story)
    kings_takes_her_for_an_award_of_before(story)
    newcastle_awards_the_certificate(story)
    she_steps_out_at_kings(story)
    she_goes_on_at_sheffield(story)
    earned_before = story.decisions()
    sheffield_recognises_what_she_brings_once(story)
    sheffield_completes_the_diploma(story)
    kings_takes_her_for_the_dissertation(story)
    assert story.decisions()[: len(earned_before)] == earned_before, "what others decided stays as it was"
    the_transcript_says_all_of_it(story)
    the_ledgers_say_the_same(story)
    her_own_copy_has_it_all(story)


def newcastle_is_begun(story):
    story.on(2022, 9, 1)
    address, said = story.asks_for_a_place(NEWCASTLE, Level.PGCERT)
    story.does(story.as_lead(NEWCASTLE), address, said)
    module = story.module(NEWCASTLE, Level.PGCERT, "Research Delivery in Practice")
    placement = story.build.placement(
        story.session.get_one(Person, story.robin),
        module=module,
        starts_on=date(2022, 10, 1),
        ends_on=date(2023, 6, 30),
    )
    story.build.entry(
        placement,
        category=HoursCategory.WORKPLACE,
        minutes=80 * 60,
        worked_on=date(2023, 3, 1),
        state=HoursState.SUBMITTED,
    )
    story.session.commit()


def kings_takes_her_for_an_award_of_before(story):
    """Newcastle's board meets only later in the month; what opens the diploma is a certificate of years ago."""
    story.on(2023, 9, 4)
    address, said = story.asks_for_a_place(KINGS, Level.PGDIP)
    page = story.is_refused(story.as_lead(KINGS), address, said)
    assert page.says("needs a PGCert, and none of Robin Learner is known here.")
    award = {
        "level": Level.PGCERT.name,
        "title": "PGCert Health Research",
        "awarded_by": "University of Elsewhere",
        "reference": "Certificate 12",
        "provider": str(story.programme(KINGS, Level.PGDIP).provider_id),
        **day("awarded_on", date(2019, 7, 1)),
    }
    story.does(story.as_robin(), "/my-programme/prior-awards/new", award)
    confirm = f"/enrolments/prior-awards/{story.newest(PriorAward).id}/confirm"
    story.does(story.as_lead(KINGS), confirm)
    story.does(story.as_lead(KINGS), address, said)


def newcastle_awards_the_certificate(story):
    story.on(2023, 9, 20)
    story.board_decides(
        NEWCASTLE, Level.PGCERT, [one.title for one in story.programme(NEWCASTLE, Level.PGCERT).modules]
    )
    story.completes(NEWCASTLE, Level.PGCERT)


def she_steps_out_at_kings(story):
    story.on(2023, 12, 15)
    story.lead_decides(KINGS, Level.PGDIP, LEADING)
    enrolment = story.enrolment(KINGS, Level.PGDIP).id
    wish = {"reason": "WORK", **day("day", date(2024, 1, 8)), **day("returns_on", date(2024, 4, 2))}
    story.does(story.as_robin(), f"/my-programme/{enrolment}/ask/step-out", wish)
    page = f"/enrolments/{enrolment}/note/step-out"
    assert shown(story.as_lead(KINGS).get(page)).field("Why?").chosen == ("Work, or time released from work",)
    story.does(story.as_lead(KINGS), page, wish)


def she_goes_on_at_sheffield(story):
    story.on(2024, 3, 1)
    left = story.enrolment(KINGS, Level.PGDIP).id
    address, said = story.asks_for_a_place(SHEFFIELD, Level.PGDIP, leaving=left)
    story.does(story.as_lead(SHEFFIELD), address, said)
    assert story.enrolment(KINGS, Level.PGDIP).ended_on == date(2024, 2, 29)


def sheffield_recognises_what_she_brings_once(story):
    story.on(2024, 3, 11)
    provider = story.programme(SHEFFIELD, Level.PGDIP).provider_id
    rule = {"cap": str(CAP), "reference": "Regulations of the faculty, 7"}
    story.does(story.as_lead(SHEFFIELD), f"/prior-learning/rules/{provider}/{Level.PGDIP.name}", rule)
    credit = next(one for one in story.enrolment(KINGS, Level.PGDIP).decisions if one.module.title == LEADING)
    claim = story.claims(LEADING_THERE, {"kind": "HERE", "decision": str(credit.id)})
    offered = form_to(
        f"/prior-learning/claims/{claim.id}/decide",
        story.as_lead(SHEFFIELD).get(f"/prior-learning/claims/{claim.id}/decide"),
    )
    assert offered.fields[f"credits_{claim.sources[0].id}"] == ["15"]
    story.does(story.as_lead(SHEFFIELD), *story.decision_on(claim, 15))
    assert story.newest(PriorLearningClaim).state is ClaimState.GRANTED

    the_same = a_module(story.today, title=LEADING.upper(), body=KINGS, credits="15")
    again = story.claims(INCLUSIVE, the_same)
    page = story.is_refused(story.as_lead(SHEFFIELD), *story.decision_on(again, 15))
    assert page.says("the same credit counts once")
    story.does(story.as_lead(SHEFFIELD), *story.decision_on(again, 0))

    too_much = story.claims(PRACTICE, a_module(story.today, title="Practice elsewhere", credits="30"))
    page = story.is_refused(story.as_lead(SHEFFIELD), *story.decision_on(too_much, 30))
    assert page.says(f"With these 45 credits would be recognised; at this level the university recognises {CAP} at the")
    story.does(story.as_lead(SHEFFIELD), *story.decision_on(too_much, 0))


def sheffield_completes_the_diploma(story):
    story.on(2024, 8, 28)
    story.board_decides(SHEFFIELD, Level.PGDIP, [PRACTICE, INCLUSIVE])
    story.completes(SHEFFIELD, Level.PGDIP)


def kings_takes_her_for_the_dissertation(story):
    story.on(2024, 9, 2)
    address, said = story.asks_for_a_place(KINGS, Level.MSC)
    story.does(story.as_lead(KINGS), address, said)
    enrolment = story.enrolment(KINGS, Level.MSC).id
    sam = story.has_staff(KINGS, Role.ACADEMIC_SUPERVISOR, "Sam Supervisor")
    story.does(story.as_lead(KINGS), f"/supervisors/{enrolment}", {"supervisor": str(sam)})
    page = story.does(story.as_robin(), f"/my-dissertation/{enrolment}")
    written = {"title": "Walking after a fall", "proposal": "To ask those who fell.", "without_study": "None is near."}
    story.does(story.as_robin(), f"{page}/proposal", written)
    story.does(story.as_robin(), f"{page}/send")
    story.on(2024, 10, 14)
    story.does(story.as_(sam), f"{page}/agree")
    story.on(2025, 8, 20)
    story.does(story.as_robin(), f"{page}/submission", day("submitted_on", story.today))
    story.on(2025, 9, 30)
    story.board_decides(KINGS, Level.MSC, ["Dissertation"])
    story.completes(KINGS, Level.MSC)


def the_transcript_says_all_of_it(story):
    browser = story.as_robin()
    page = shown(browser.get("/my-transcript"))
    assert page.says("180 credits in all. Complete: PGCert, PGDip and MSc.")
    assert page.says("PGCert Health Research")
    assert page.says("It is no credit of the universities below.")
    assert page.row("Research Delivery in Practice")["What counts"] == "20 credits earned"
    assert page.row("Research Delivery in Practice")["Decided on"] == "20 September 2023"
    assert page.row(LEADING)["What counts"] == "15 credits earned, counting in another level"
    assert page.says("15 credits of its modules count in another level, and not here.")
    at_sheffield = page.table("Modules of Postgraduate Diploma in clinical research")
    assert at_sheffield.row(LEADING_THERE)["What counts"] == "15 credits recognised"
    assert page.says(f"{LEADING}, {KINGS}, 15 December 2023")
    assert page.row("Dissertation")["What counts"] == "60 credits earned"
    assert not page.says("Practice elsewhere"), "what was refused is no credit"
    assert browser.get("/my-transcript.pdf").mimetype == "application/pdf"


def the_ledgers_say_the_same(story):
    page = shown(story.as_robin().get("/my-progress"))
    assert page.says("60 of 60, 15 of them recognised as prior learning")
    assert page.says("0 of 60")
    assert page.says("In the workplace 80 h")


def her_own_copy_has_it_all(story):
    """Her copy of the request that it began with has every decision, claim and award since then."""
    request = story.newest(PlacementRequest).id
    copy = json.loads(story.as_robin().get(f"/request/{request}/request.json").text)
    assert len(copy["enrolments"]) == 4
    assert sum(one["credits"] for one in copy["decisions_about_my_credit"]) == 60 + 15 + 45 + 60
    assert [one["state"] for one in copy["claims_of_prior_learning"]] == ["granted", "refused", "refused"]
    assert len(copy["my_dissertations"]) == len(copy["awards_from_elsewhere"]) == 1
