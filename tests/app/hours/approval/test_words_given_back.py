"""Who loses a placement while a form of hers is open gets back what she wrote into it."""

import pytest

from tests.screen import shown

WORDS = "The clinic ended at four."


@pytest.fixture
def returning(submitted, verifying):
    """returning() sends the words with which an entry goes back to the learner."""
    [entry] = submitted()
    return lambda: verifying(returned={entry.id: WORDS})


def test_a_mentor_whose_role_ended_keeps_her_words(returning, mentor_leaves):
    answer = returning()
    assert answer.status_code == 403
    page = shown(answer)
    assert page.heading == "You can no longer do this"
    assert page.section("What you wrote").says(WORDS)
    assert page.section("What you wrote").says("It is not saved.")


def test_a_mentor_whose_learner_went_to_another_keeps_her_words(returning, build, session, placement):
    placement.mentor = build.mentor()
    session.commit()
    answer = returning()
    assert answer.status_code == 404
    assert shown(answer).section("What you wrote").says(WORDS)


def test_a_page_that_is_only_looked_at_gives_nothing_back(mentor, placement, mentor_leaves):
    page = shown(mentor.get(f"/placements/{placement.id}/hours/verify?words=The+clinic+ended"))
    assert page.heading == "You do not have access to this page"
    assert "What you wrote" not in page.headings


def test_passwords_and_who_is_not_signed_in_get_nothing_back(client, mentor, mentor_leaves, placement):
    data = {"new_password": "three small words", "did": "Read"}
    answer = mentor.post(f"/placements/{placement.id}/hours/verify", data=data)
    assert "What you wrote" not in shown(answer).headings
    answer = client.post("/nowhere", data={"words": WORDS})
    assert "What you wrote" not in shown(answer).headings
