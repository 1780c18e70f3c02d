"""A programme's lead edits what is asked for; what was said before keeps its words."""

import pytest
from sqlalchemy import select

from app.models.course.capabilities import Capability, CapabilityLevel, CapabilityRating, Rater
from app.models.course.starting_set import STARTING_SET
from app.models.people import Role
from tests.pages import form_to, own_form
from tests.screen import shown


@pytest.fixture
def set_address(programme):
    return f"/programmes/{programme.id}/capabilities"


@pytest.fixture
def names(session, look_again):
    def read():
        look_again()
        wanted = select(Capability).where(Capability.retired_at.is_(None)).order_by(Capability.position)
        return [one.name for one in session.scalars(wanted)]

    return read


def test_a_lead_begins_with_the_starting_set_once_and_confirms_it(lead, set_address, names):
    page = shown(lead.get(set_address))
    assert page.says("There are none yet")
    assert lead.post(f"{set_address}/begin").location == set_address
    assert names() == [one.name for one in STARTING_SET]
    assert lead.post(f"{set_address}/begin").status_code == 422
    assert len(names()) == len(STARTING_SET)
    assert shown(lead.get("/")).links.count("Confirm the capabilities of PGCert") <= 1
    page = shown(lead.get(set_address))
    assert page.says("12 capabilities below are of the starting set")
    assert "Confirm them as they stand" in page.buttons
    lead.post(f"{set_address}/confirm")
    page = shown(lead.get(set_address))
    assert page.banner == "12 capabilities confirmed."
    assert "Confirm them as they stand" not in page.buttons


def test_the_home_of_a_lead_asks_to_confirm_what_nobody_has_chosen(lead, set_address, programme):
    lead.post(f"{set_address}/begin")
    assert shown(lead.get("/")).link(f"Confirm the capabilities of {programme.title}") == "/capabilities"
    assert shown(lead.get("/capabilities")).says("12 to be confirmed")
    lead.post(f"{set_address}/confirm")
    assert f"Confirm the capabilities of {programme.title}" not in shown(lead.get("/")).links


def test_a_capability_is_added_at_the_end_and_needs_a_name_of_its_own(lead, set_address, consent, names):
    assert lead.post(set_address, data={"name": "Data", "words": "Keeps good data."}).location == set_address
    assert names() == ["Consent", "Data"]
    answer = lead.post(set_address, data={"name": "DATA", "words": "Kept words."})
    assert answer.status_code == 422
    page = shown(answer)
    assert page.errors == {"Another capability of this programme has this name. Choose another name.": "Name"}
    assert page.field("What somebody does who has it").value == "Kept words."
    assert lead.post(set_address, data={"name": "", "words": ""}).status_code == 422
    assert names() == ["Consent", "Data"]


def test_new_words_count_from_now_on_and_a_rating_keeps_those_of_its_time(
    lead, learner, placement, consent, build, session, address
):
    build.add(
        CapabilityRating(
            placement=placement,
            wording=consent.wording,
            rater=Rater.LEARNER,
            level=CapabilityLevel.CORE,
            rated_by=placement.learner,
            rated_at=build.now,
        )
    )
    session.commit()
    place = f"/capabilities/{consent.id}"
    form = own_form(place, lead.get(place)).fields
    assert lead.post(place, data=form | {"name": "Informed consent", "words": "Explains a study."}).status_code == 303
    page = shown(learner.get(address))
    assert page.row("Informed consent Explains a study.")["Learner’s rating"].startswith("Core")
    assert page.says("when it was worded “Consent: Does it well.”")
    asked = shown(learner.get(f"{address}/rate"))
    assert asked.field("Informed consent").value == "Not rated yet"
    assert shown(lead.get(place)).says("How it was worded: 2 versions")


def test_a_form_left_open_does_not_overwrite_what_a_colleague_changed(lead, consent, sign_in, build, programme):
    place = f"/capabilities/{consent.id}"
    old = own_form(place, lead.get(place)).fields
    colleague = build.person()
    build.grant(colleague, Role.PROGRAMME_LEAD, provider=programme.provider)
    other = sign_in(colleague)
    other.post(place, data=own_form(place, other.get(place)).fields | {"name": "Consent in full"})
    answer = lead.post(place, data=old | {"name": "Consenting"})
    assert answer.status_code == 409
    assert shown(answer).field("Name").value == "Consenting"


def test_what_is_retired_is_asked_of_nobody_and_can_be_brought_back(lead, learner, consent, screening, names, address):
    place = f"/capabilities/{consent.id}"
    for _ in range(2):
        assert lead.post(f"{place}/retire").status_code == 303
    assert names() == ["Screening"]
    assert shown(learner.get(address)).says("0 of 1 capabilities have evidence.")
    assert lead.post(f"{place}/bring-back").status_code == 303
    assert names() == ["Consent", "Screening"]


def test_a_capability_changes_places_with_the_one_before_it(lead, consent, screening, set_address, names):
    form = form_to(f"/capabilities/{screening.id}/up", lead.get(set_address))
    lead.post(form.action, data=form.fields)
    assert names() == ["Screening", "Consent"]
    lead.post(f"/capabilities/{screening.id}/up")
    assert names() == ["Screening", "Consent"]


def test_only_the_lead_of_the_university_reaches_its_set(build, sign_in, consent, set_address, learner, mentor):
    stranger = build.person()
    build.grant(stranger, Role.PROGRAMME_LEAD, provider=build.provider())
    for place in (set_address, f"/capabilities/{consent.id}"):
        assert sign_in(stranger).get(place).status_code == 404
        assert {one.get(place).status_code for one in (learner, mentor)} == {403}
        assert sign_in(stranger).post(place, data={"name": "A", "words": "B"}).status_code == 404
