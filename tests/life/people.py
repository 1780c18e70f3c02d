"""What learners, mentors and those who look after it all can do around a round, each by the form of a page."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy import select

from app.models.people import Person, RoleGrant
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.studies import Opening, Study
from app.models.values.study_status import StudyStatus
from app.platform.occasion import Occasion
from app.promises.consequences import take_back_broken
from app.rounds.figures.counting import figures_in
from app.rounds.inputs import inputs_of
from app.rounds.names.queries import undecided_in
from tests.app.promises.living_world import LIKE
from tests.app.studies.filling_in import day as typed_day

which = st.integers(0, 2)
later = st.integers(-10, 200)


class Deeds(RuleBasedStateMachine):
    """What each person can do, by the same forms as in a browser; what is refused changes nothing."""

    def __init__(self, world):
        super().__init__()
        self.world = world

    def teardown(self):
        self.world.close()

    def is_published(self):
        with self.world.rows() as session:
            return self.world.the_round(session).published_at is not None

    def moment(self, actor):
        return Occasion(actor, self.world.today, self.world.now, "")

    # Learners.

    @rule(n=which, name=st.sampled_from([*LIKE, "Pat Nobody"]), picks=st.booleans())
    def learner_excludes(self, n, name, picks):
        address = f"/request/{self.world.request_ids[n]}/not-my-mentor/add"
        data = {"typed": name, "kind": "LINE_MANAGER", "is_sure": "y", "picked": "none"}
        if picks and name in LIKE:
            with self.world.rows() as session:
                mentor = session.scalar(select(Person.id).where(Person.name == LIKE[name]))
            data["picked"] = str(mentor)
        self.world.send(self.world.learner_ids[n], address, **data)

    @rule(n=which, name=st.sampled_from(list(LIKE)))
    def a_name_stands_that_nobody_has_found(self, n, name):
        """As when the mentor joined after the learner had named her."""
        with self.world.rows() as session:
            named = ExcludedMentor(
                learner_id=self.world.learner_ids[n], kind=ExclusionKind.LINE_MANAGER, name=name, email=""
            )
            session.add(named)
            session.commit()

    @rule(n=which, accepts=st.booleans())
    def learner_answers(self, n, accepts):
        for offer_id in self.offers_of(n):
            deed, data = ("accept", {}) if accepts else ("decline", {"kind": "TRAVEL", "waits": "yes"})
            self.world.send(self.world.learner_ids[n], f"/offers/{offer_id}/{deed}", **data)

    def offers_of(self, n):
        with self.world.rows() as session:
            return [one.id for one in self.world.waiting(session) if one.request_id == self.world.request_ids[n]]

    # Mentors.

    @rule(n=which, deed=st.sampled_from(["pause", "resume", "withdraw"]))
    def mentor_moves_her_opening(self, n, deed):
        self.world.send(self.world.mentor_ids[n], f"/openings/{self.world.opening_ids[n]}/{deed}")

    @rule(n=which, starts=later, lasts=st.integers(20, 300), places=st.integers(1, 2))
    def mentor_changes_her_opening(self, n, starts, lasts, places):
        with self.world.rows() as session:
            opening = session.get_one(Opening, self.world.opening_ids[n])
            begins = self.world.today + timedelta(days=starts)
            data = {
                "organisation": opening.organisation.name,
                "organisation_id": str(opening.organisation_id),
                "network": str(opening.network_id),
                "places": str(places),
                **typed_day("starts_on", begins),
                **typed_day("ends_on", begins + timedelta(days=lasts)),
                "levels": [level.name for level in opening.levels],
                "learner_does": "Consent and data.",
                "is_sure": "y",
            }
        self.world.send(self.world.mentor_ids[n], f"/openings/{self.world.opening_ids[n]}/change", **data)

    @rule(n=which, starts=st.integers(0, 60), lasts=st.integers(0, 200))
    def mentor_is_away(self, n, starts, lasts):
        begins = self.world.today + timedelta(days=starts)
        data = typed_day("absence-starts_on", begins) | typed_day("absence-ends_on", begins + timedelta(days=lasts))
        self.world.send(self.world.mentor_ids[n], "/mentor/profile/absences", **data, **{"absence-is_sure": "y"})

    @rule(n=which, learners=st.integers(1, 2), hours=st.integers(1, 8))
    def mentor_cuts_what_she_gives(self, n, learners, hours):
        with self.world.rows() as session:
            where = session.get_one(Opening, self.world.opening_ids[n]).organisation
            data = {"organisation": where.name, "organisation_id": str(where.id)}
        data |= {"profession": "DOCTOR", "job_title": "Consultant", "teaches": "Consent.", "is_sure": "y"}
        data |= {"learners_max": str(learners), "hours_a_month": str(hours)}
        self.world.send(self.world.mentor_ids[n], "/mentor/profile", **data)

    # Those who look after it.

    @rule(n=which, is_mentor=st.booleans(), deed=st.sampled_from(["withdraw", "restore"]))
    def account_goes_or_comes_back(self, n, is_mentor, deed):
        person = (self.world.mentor_ids if is_mentor else self.world.learner_ids)[n]
        self.world.send(self.world.administrator_id, f"/admin/people/{person}/{deed}")

    @rule(n=which, is_mentor=st.booleans(), ends=st.booleans())
    def role_ends_or_is_given(self, n, is_mentor, ends):
        person = (self.world.mentor_ids if is_mentor else self.world.learner_ids)[n]
        if not ends:
            role = "MENTOR" if is_mentor else "LEARNER"
            self.world.send(self.world.administrator_id, f"/admin/people/{person}/roles", role=role)
            return
        with self.world.rows() as session:
            live = select(RoleGrant.id).where(RoleGrant.person_id == person, RoleGrant.ended_at.is_(None))
            grants = session.scalars(live).all()
        for grant in grants:
            self.world.send(self.world.administrator_id, f"/admin/people/{person}/roles/{grant}/end")

    @rule(n=which, status=st.sampled_from([StudyStatus.OPEN, StudyStatus.STOPPED]))
    def registry_says_of_a_study(self, n, status):
        """As an import does it: the row is written, then whoever waits is thought of."""
        with self.world.app.test_request_context(), self.world.rows() as session:
            study = session.get_one(Study, session.get_one(Opening, self.world.opening_ids[n]).study_id)
            study.status = status
            take_back_broken(session, self.moment(None), Opening.study_id == study.id)
            session.commit()

    @rule(limit=st.sampled_from(["", "1", "2"]))
    def coordinator_limits_a_study(self, limit):
        with self.world.rows() as session:
            study = session.get_one(Opening, self.world.opening_ids[0]).study_id
        self.world.send(self.world.coordinator_id, f"/studies/{study}/limit", learner_limit=limit)

    @rule(is_same=st.sampled_from(["yes", "no"]))
    def coordinator_says_who_is_meant(self, is_same):
        with self.world.rows() as session:
            round_, today = self.world.the_round(session), self.world.today
            coordinator = session.get_one(Person, self.world.coordinator_id)
            pairs = figures_in(inputs_of(session, round_, today)).undecided
            found = undecided_in(session, coordinator, round_, pairs, today)
            first = [(one.named.id, one.mentor.id) for one in found[:1]]
        for named, mentor in first:
            address = f"/rounds/{self.world.round_id}/names/{named}/{mentor}"
            assert self.world.send(self.world.coordinator_id, address, is_same=is_same) == 303

    @precondition(lambda self: not self.is_published())
    @rule()
    def coordinator_runs_the_round(self):
        started = self.world.send(self.world.coordinator_id, f"/rounds/{self.world.round_id}/runs/new", policy="fit")
        if started != 303:
            return  # nobody is left to place: the newest run is one of before
        with self.world.rows() as session:
            for one in self.world.newest_proposals(session):
                assert self.world.may_be(one.request, one.opening), "a run proposes only what may be"

    @rule()
    def coordinator_publishes(self):
        with self.world.rows() as session:
            run = self.world.latest_run(session)
            address = f"/runs/{run.id}/publish" if run else None
        if address:
            self.world.send(self.world.coordinator_id, address, has_looked="y")

    @rule()
    def coordinator_takes_back(self):
        with self.world.rows() as session:
            run = self.world.latest_run(session)
            address = f"/rounds/{run.round_id}/take-back" if run else None
        if address:
            said = {"kind": "somebody was left out", "reason": "A request was missing."}
            self.world.send(self.world.coordinator_id, address, **said)

    @rule(days=st.sampled_from([1, 7, 40]))
    def days_pass(self, days):
        self.world.day_number += days
