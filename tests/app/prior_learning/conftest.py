"""A learner on a programme of four modules, and a university with two programme leads who have said their caps."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.academic.prior_learning import ClaimState, PriorLearningClaim, PriorLearningRule
from app.models.operations.outbox import Message
from app.models.people import Role
from app.rules.prior_learning.said import Said
from tests.app.studies.filling_in import day

SAID = Said(cap=20, exempt_cap=30, age_years=5, lowest_level=7, appeal_days=20, reference="Regulations, 4")


@pytest.fixture
def learner(build):
    return build.learner(name="Robin Learner")


@pytest.fixture
def enrolment(build, learner):
    return build.enrolment(learner)


@pytest.fixture
def provider(enrolment):
    return enrolment.programme.provider


@pytest.fixture
def of_university(build, provider):
    """Makes somebody with a role there."""

    def make(name, role=Role.PROGRAMME_LEAD):
        person = build.person(name=name)
        build.grant(person, role, provider=provider)
        return person

    return make


@pytest.fixture
def lead(of_university):
    return of_university("Lee Lead")


@pytest.fixture
def other_lead(of_university):
    return of_university("Lou Lead")


@pytest.fixture
def says(build, session, provider, enrolment, lead):
    """says(cap=40): what the university says of the level from now on."""

    def say(**changes):
        said = replace(SAID, **changes)
        values = {name: getattr(said, name) for name in SAID.__dataclass_fields__}
        level = enrolment.programme.level
        build.add(PriorLearningRule(provider=provider, level=level, set_at=build.now, set_by=lead, **values))
        session.commit()

    return say


@pytest.fixture
def module(enrolment):
    """One of 15 credits that is learnt online."""
    return enrolment.programme.modules[1]


@pytest.fixture
def mails(session, look_again):
    """The subjects of all mails, by who reads them, the newest last."""

    def read():
        look_again()
        found: dict[str, list[str]] = {}
        for mail in session.scalars(select(Message).order_by(Message.id)):
            found.setdefault(mail.recipient, []).append(mail.subject)
        return found

    return read


def a_module(today, years_ago=1, **changes):
    """What the form of a module elsewhere says."""
    awarded = today.replace(year=today.year - years_ago)
    return {
        "kind": "MODULE",
        "title": "Clinical Trials",
        "body": "University of Somewhere",
        "level": "7",
        "credits": "30",
        "words": "Design and conduct of trials.",
        "form_key": f"a key of a source {changes.get('title', '')}".ljust(16, "x"),
        **day("finished_on", awarded),
        **changes,
    }


@pytest.fixture
def claim(session, look_again):
    """The claim that was made last, as it stands by now."""

    def newest():
        look_again()
        return session.scalars(select(PriorLearningClaim).order_by(PriorLearningClaim.id.desc())).first()

    return newest


@pytest.fixture
def claims(sign_in, enrolment, learner, today, claim):
    """claims(module=...) writes a claim with one source and sends it, as its learner does; gives the claim."""

    def make(module=None, amount=None, of=None, sources=None, is_sent=True):
        of, browser = of or enrolment, sign_in(learner)
        aim = {"module": module.id if module else "amount", "credits": amount or "", "words": "It is the same."}
        answer = browser.post(f"/prior-learning/of/{of.id}/new", data=aim)
        assert answer.status_code == 303, answer.text
        made = claim()
        for source in sources or [a_module(today)]:
            keyed = {**source, "form_key": f"{source['form_key']} {made.id}"}
            answer = browser.post(f"/prior-learning/claims/{made.id}/sources/new", data=keyed)
            assert answer.status_code == 303, answer.text
        if is_sent:
            assert browser.post(f"/prior-learning/claims/{made.id}/send").status_code == 303
            assert claim().state is ClaimState.SENT
        return claim()

    return make


@pytest.fixture
def decides(today):
    """decides(browser, claim, 15) grants so many credits of the first source, 0 refuses; gives the answer."""

    def send(browser, claim, *granted, **changes):
        amounts = {f"credits_{one.id}": str(number) for one, number in zip(claim.sources, granted, strict=False)}
        said = {"outcome": "granted" if any(granted) else "refused", **amounts, "revision": str(claim.revision)}
        said |= {"reason": "As the board saw it.", **day("decided_on", today), **changes}
        return browser.post(f"/prior-learning/claims/{claim.id}/decide", data=said)

    return send
