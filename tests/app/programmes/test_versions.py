"""A lead writes a version and publishes it; once anybody learns by it, it stays, and a change is another version."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import Role
from app.models.programmes import Choose, Enrolment, PriorLearning, ProgrammeVersion
from app.rules.programmes.described import said_of_version
from tests.app.studies.filling_in import day
from tests.screen import shown

PART = {"title": "Options", "choose": "NUMBER", "number": "1"}


def rows(*modules):
    """The rows of a form about a part: title, credits, kind and what is unsure."""
    sent: dict[str, object] = {}
    for at, (title, worth, *unsure) in enumerate(modules, 1):
        sent |= {f"module_{at}": title, f"credits_{at}": str(worth), f"kind_{at}": "TAUGHT", f"unsure_{at}": unsure}
    return sent


@pytest.fixture
def versions(session, look_again):
    def read():
        look_again()
        return session.scalars(select(ProgrammeVersion).order_by(ProgrammeVersion.id)).all()

    return read


@pytest.fixture
def address(draft):
    return f"/programme-versions/{draft.id}"


def test_a_programme_is_begun_written_proved_and_published(lead, client, versions, provider):
    begun = {"provider": str(provider.id), "level": "PGCert", "title": "Certificate", "academic_year": "2026/27"}
    assert lead.post("/programmes/new", data=begun).location == "/programmes"
    assert lead.post("/programmes/new", data=begun).status_code == 422
    address = f"/programme-versions/{versions()[0].id}"
    assert shown(lead.get("/")).link("Publish the version 2026/27 of Certificate") == address
    page = shown(lead.get(address))
    assert page.says("It has no modules yet.")
    assert "Publish this version" not in page.buttons
    core = rows(("Ethics", 15), ("Trials", 15, "title"), ("Experience", 15, "credits")) | {"kind_3": "RPE"}
    lead.post(f"{address}/parts/new", data={"title": "Core", "choose": "ALL"} | core)
    lead.post(f"{address}/parts/new", data=PART | rows(("Statistics", 15), ("Leading", 20)))
    page = shown(lead.get(address))
    assert page.says("1 of the 2 ways reaches 65 credits and 650 hours; a level needs 60 and 600")
    refusal = lead.post(f"{address}/publish")
    assert (refusal.status_code, shown(refusal).says("It cannot be published yet.")) == (422, True)
    assert shown(client.get("/pathways")).says("No university has published a programme here yet.")
    lead.post(f"/programme-parts/{versions()[0].parts[1].id}", data=PART | rows(("Statistics", 15), ("Leading", 15)))
    assert "Publish this version" in shown(lead.get(address)).buttons
    lead.post(f"{address}/publish")
    assert shown(lead.get(address)).says("Each of the 2 ways through this version reaches 60 credits and 600 hours.")
    row = shown(client.get("/pathways")).row("University of Somewhere")
    assert "Trials, 15 credits, 150 hours" in row["Modules"]
    assert [part.choose for part in versions()[0].parts] == [Choose.ALL, Choose.NUMBER]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"title": "", **rows(("A", 15))}, {"Enter a name": "Name of the part"}),
        (rows(("", "")), {"Enter at least one module": "Title"}),
        (rows(("A", "")), {"Enter the credits of this module": "Credits"}),
        (rows(("A", 61)), {"The credits must be between 1 and 60": "Credits"}),
        ({"number": "", **rows(("A", 15))}, {"Enter how many learners choose": "How many modules?"}),
    ],
)
def test_what_is_missing_of_a_part_is_said_at_its_field(lead, address, versions, sent, error):
    before = said_of_version(versions()[0])
    answer = lead.post(f"{address}/parts/new", data=PART | sent)
    assert (answer.status_code, shown(answer).errors) == (422, error)
    assert said_of_version(versions()[0]) == before


def test_what_applicants_read_is_said_and_a_bad_address_is_refused_with_what_was_typed(lead, address, versions):
    said = {
        "academic_year": "2027/28",
        "entry_rules": "Nurses.\n\nOthers.",
        "prior_learning": "subject to approval",
    }
    answer = lead.post(f"{address}/facts", data=said | {"fees_address": "www.fees.example"})
    assert shown(answer).errors == {"The web address must begin with https://": "Web address of the fees (optional)"}
    assert lead.post(f"{address}/facts", data=said | {"fees_address": "https://fees.example"}).location == address
    version = versions()[0]
    assert (version.academic_year, version.entry_rules) == (2027, "Nurses. Others.")
    assert version.prior_learning is PriorLearning.SUBJECT_TO_APPROVAL
    assert lead.post(f"{address}/facts", data=said | {"academic_year": "2027"}).status_code == 422


def test_a_version_that_learners_are_on_stays_and_the_next_one_has_other_modules(
    lead, build, published, session, versions, look_again
):
    learner, programme = build.learner(), published.programme
    enrolment = build.enrolment(learner, programme)
    enrolment.version = published
    kept, programme_id = said_of_version(published), programme.id
    titles = [module.title for module in programme.modules]
    session.commit()
    address = f"/programme-versions/{published.id}"
    assert "Open it for changes" not in shown(lead.get(address)).buttons
    assert lead.post(f"{address}/open").status_code == 422
    assert lead.post(f"{address}/parts/new", data=PART | rows(("A", 15))).status_code == 422
    lead.post(f"/programmes/{programme_id}/versions/new", data={"academic_year": "2027/28"})
    assert lead.post(f"/programmes/{programme_id}/versions/new", data={"academic_year": "2027/28"}).status_code == 422
    new = next(one for one in versions() if one.number == 2)
    assert said_of_version(new).parts == kept.parts
    sent = rows((titles[1], 20), (titles[2], 20)) | {"title": "All", "choose": "ALL"}
    lead.post(f"/programme-parts/{new.parts[0].id}", data=sent)
    old, new = versions()
    assert said_of_version(old) == kept
    assert [(line.title, line.module.title, line.module.credits) for line in new.parts[0].lines] == [
        (title, f"{title}, 20 credits", 20) for title in titles[1:3]
    ]
    enrolment = session.scalars(select(Enrolment)).one()
    assert [module.credits for module in enrolment.modules] == [15, 15, 15, 15]
    address = f"/progress/{enrolment.id}"
    look_again()
    assert shown(lead.get(address)).table("Modules and what was decided").rows == titles


def test_a_version_is_open_until_its_first_cohort_begins(lead, published, today, versions):
    address = f"/programme-versions/{published.id}"
    cohort = {"name": "Spring", **day("ends_on", today + timedelta(days=300))}
    lead.post(f"{address}/cohorts/new", data=cohort | day("starts_on", today + timedelta(days=1)))
    assert lead.post(f"{address}/open").location == address
    lead.post(f"{address}/publish")
    changed, cohort_address = cohort | day("starts_on", today), f"/programme-cohorts/{versions()[0].cohorts[0].id}"
    assert lead.post(cohort_address, data=changed).location == address
    assert shown(lead.get(address)).says("A cohort of this version has begun. It stays as it is.")
    assert [lead.post(where).status_code for where in (f"{address}/open", f"{cohort_address}/remove")] == [422, 422]
    assert lead.post(cohort_address, data=changed).status_code == 422


def test_a_draft_is_discarded_and_its_modules_are_asked_for_no_more(lead, address, versions):
    assert lead.post(f"{address}/discard").status_code == 303
    assert versions() == []


def test_two_cohorts_of_a_version_have_names_and_dates_that_can_be(lead, address, today):
    cohort = {"name": "Spring", **day("starts_on", today), **day("ends_on", today + timedelta(days=300))}
    assert lead.post(f"{address}/cohorts/new", data=cohort).location == address
    page = shown(lead.post(f"{address}/cohorts/new", data=cohort))
    assert page.errors == {"Another cohort of this version has this name. Choose another name.": "Name"}
    backwards = cohort | {"name": "Autumn"} | day("ends_on", today - timedelta(days=1))
    assert shown(lead.post(f"{address}/cohorts/new", data=backwards)).errors == {
        "The last day must be on or after the first day.": "Last day"
    }


def test_another_lead_finds_nothing_and_deeds_are_in_the_trail(lead, lead_of, build, address, session, look_again):
    other = lead_of(build.provider())
    assert other.get(address).status_code == 404
    lead.post(f"{address}/publish")
    look_again()
    assert "published a version" in session.scalars(select(AuditLine.deed)).all()


def test_whoever_else_teaches_at_the_university_is_told_once_of_what_is_published(
    lead, lead_of, build, provider, draft, address, mails
):
    supervisor, both, elsewhere = (build.person(name=name) for name in ("Sue", "Bo", "Else"))
    build.grant(supervisor, Role.ACADEMIC_SUPERVISOR, provider=provider)
    for role in (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD):
        build.grant(both, role, provider=provider)
    build.grant(elsewhere, Role.PROGRAMME_LEAD, provider=build.provider())
    learner = build.learner()
    build.enrolment(learner, draft.programme)
    told, untold = {supervisor.email, both.email}, {elsewhere.email, learner.email}
    build.session.commit()
    for _ in range(2):
        page = lead.post(f"{address}/publish", follow_redirects=True)
    assert shown(page).says("Whoever else leads or supervises at the university is told by email.")
    sent = [recipient for recipient, subject, _ in mails() if "is published" in subject]
    assert sorted(sent) == sorted(told)
    assert not untold & set(sent)
