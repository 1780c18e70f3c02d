"""The notice of a learner as PDF: what was decided, why, what she can do, and how it can be checked."""

from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from app.language.papers import Paper, Section
from app.language.refusal import Refused
from app.reviews.notice_words import notice_about
from app.reviews.queries import decided_about
from app.web.delivery.pdf_pages import pdf_of
from tests.screen import shown

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
NOWHERE = Path("/nowhere")


@pytest.fixture
def offer(build):
    network = build.network()
    coordinator = build.coordinator(network)
    opening = build.opening(network=network)
    round_ = build.round(network, name="Spring 2026", published_at=build.now, coordinator=coordinator)
    made = build.offer(build.request(networks=[network]), opening, round_)
    build.publication(made, coordinator)
    build.session.commit()
    return made


def test_it_says_what_was_decided_why_and_what_comes_next(offer, session):
    decided = decided_about(session, offer.request)
    assert decided
    told = notice_about(decided, date(2026, 3, 17)).words
    opening = offer.opening
    assert f"You were offered a place with {opening.mentor.name} on “{opening.study.title}”." in told
    assert "Accept or decline the offer until 2 April 2026" in told
    assert "Until 17 March 2026 you can ask that a person looks again" in told
    assert offer.request.round.seed.digest in told
    assert f"your request is R{offer.request_id}" in told


def test_she_downloads_it_from_her_offer(offer, sign_in):
    browser = sign_in(offer.request.learner)
    answer = browser.get(shown(browser.get(f"/offers/{offer.id}")).link("download your notice (PDF)"))
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.data[:5] == b"%PDF-"


def test_before_anything_is_decided_there_is_none(build, sign_in):
    request = build.request(networks=[build.network()])
    answer = sign_in(request.learner).get(f"/request/{request.id}/notice.pdf")
    assert answer.location == f"/request/{request.id}/review"


def test_nobody_else_gets_it(offer, build, sign_in):
    learner, mentor = build.learner(), build.mentor()
    build.session.commit()
    assert sign_in(learner).get(f"/request/{offer.request_id}/notice.pdf").status_code == 404
    assert sign_in(mentor).get(f"/request/{offer.request_id}/notice.pdf").status_code == 403


def made(title, now, fonts):
    return pdf_of(
        Paper(title, (Section("Why", ("Because.",)),)),
        "Placements",
        now,
        fonts,
        "Print the page of your request instead.",
    )


@pytest.mark.parametrize(
    ("name", "fonts"),
    [("Ann", NOWHERE), ("Zoë “Z” Müller", NOWHERE), ("Ólafur", DEJAVU), ("Wiśniewska Ελένη Ольга", DEJAVU)],
)
def test_the_file_has_a_title_a_language_an_outline_and_the_same_bytes_each_time(name, fonts, now):
    if fonts == DEJAVU and not DEJAVU.exists():
        pytest.skip("this machine has no such font")
    file = made(name, now, fonts)
    assert file == made(name, now, fonts)
    assert b"/Lang(en-GB)" in file
    assert b"/Outlines" in file
    assert b"/Title" in file


def test_the_file_is_tagged_and_says_so_for_those_who_do_not_see_it(now):
    file = made("Ann", now, NOWHERE)
    assert b"/StructTreeRoot" in file
    assert b"pdfuaid:part>1<" in file


def test_it_is_made_at_any_moment(now):
    assert made("Ann", now.replace(microsecond=123_456), NOWHERE)[:5] == b"%PDF-"


def test_a_process_forked_from_one_that_had_made_a_paper_makes_one_too(now):
    made("Ann", now, NOWHERE)
    child = get_context("fork").Process(target=made, args=("Bea", now, NOWHERE))
    child.start()
    child.join(100)
    has_ended = child.exitcode
    child.kill()
    assert has_ended == 0


def test_what_is_written_is_text_and_never_part_of_the_layout(now):
    """Neither marks nor commands of the layout's own language do anything."""
    assert made('#panic("no") *bold* \\ $x$ <a> @b // c', now, NOWHERE)[:5] == b"%PDF-"


def test_a_file_with_gaps_in_a_name_is_not_made(now):
    with pytest.raises(Refused, match="no font for “你”"):
        made("你好", now, NOWHERE)
