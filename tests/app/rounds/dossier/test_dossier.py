"""The dossier of a published round: nobody's name, the same bytes each time, and one changed byte is found."""

import io
import json
import zlib
from datetime import timedelta
from functools import partial
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

import matching
from app.cli import rpe
from app.models.operations.audit import AuditLine
from app.models.publications import Dossier, DossierPage, Publication
from app.models.rounds import PolicyAnnouncement
from app.models.runs import Pin, PinKind, Run
from app.platform.files.plain_zip import json_of, packed_plainly
from app.rounds.dossier import archive
from app.rounds.dossier.archive import NotADossier, packed, unpacked
from app.rounds.dossier.contents import parts_of
from app.rounds.dossier.decisions import decisions_before
from app.rounds.dossier.verify import QUESTIONS, verify
from app.rounds.dossier.words import WHAT
from tests.screen import shown


@pytest.fixture
def published(full_scene, sign_in, session, look_again):
    """A published round of three learners, one of them pinned."""
    build, round_ = full_scene.build, full_scene.round
    round_.seed.drawn_at = build.now - timedelta(days=20)
    build.add(
        Pin(
            round_id=round_.id,
            request=full_scene.requests[0],
            opening=full_scene.openings[1],
            kind=PinKind.AGREED_BEFORE,
            reason="A secret between Jane and Alex.",
            author=full_scene.coordinator,
            created_at=build.now - timedelta(hours=1),
        )
    )
    session.commit()
    browser = sign_in(full_scene.coordinator)
    browser.post(f"/rounds/{round_.id}/runs/new", data={"policy": "fit"})
    look_again()
    full_scene.run = session.scalar(select(Run))
    browser.post(f"/runs/{full_scene.run.id}/publish", data={"has_looked": "y"})
    look_again()
    return full_scene


def parts(session):
    return parts_of(session, session.scalar(select(Publication)), "Placements")


@pytest.fixture
def dossier(published, session):
    return packed(parts(session))


def wrong_in(data):
    return {one.question: one.wrong for one in verify(data) if one.wrong}


def test_everything_in_it_holds_and_the_command_says_so(dossier, tmp_path):
    assert wrong_in(dossier) == {}
    file = tmp_path / "dossier.zip"
    file.write_bytes(dossier)
    answer = CliRunner().invoke(rpe, ["round", "verify", str(file)])
    assert (answer.exit_code, "The dossier is valid and proved." in answer.output) == (0, True)
    for name, content in unpacked(dossier).items():
        (tmp_path / name).write_bytes(content)
    answer = CliRunner().invoke(rpe, ["check", str(tmp_path / "problem.json"), str(tmp_path / "solution.json")])
    assert answer.exit_code == 0
    assert "The solution is valid." in answer.output


def test_it_is_the_same_each_time_and_the_job_made_just_that(published, dossier, session):
    assert packed(parts(session)) == dossier
    kept = session.scalar(select(Dossier))
    assert len(zlib.decompress(kept.content)) == kept.number_of_bytes
    assert wrong_in(zlib.decompress(kept.content)) == {}


def test_it_has_every_part_that_its_own_words_name(dossier):
    assert set(unpacked(dossier)) == {*archive.PARTS, archive.MANIFEST}
    assert {*WHAT, archive.READ_ME} == set(unpacked(dossier))


def test_it_names_nobody_and_quotes_nobody(published, dossier):
    people = [request.learner for request in published.requests] + [opening.mentor for opening in published.openings]
    said = dossier.decode(errors="replace")
    for person in (*people, published.coordinator):
        assert person.name not in said
        assert person.email not in said
    assert "A secret between" not in said
    assert all(opening.study.title not in said for opening in published.openings)


def test_the_log_has_the_pin_with_its_code_the_runs_and_the_publication(published, session):
    publication = session.scalar(select(Publication))
    log = decisions_before(session, publication, matching.read_problem(published.run.problem))
    assert [one["what"] for one in log if one["what"] not in ("round set up",)] == [
        "seed drawn",
        "pin fixed",
        "published",
        "run started",
    ]
    pin = next(one for one in log if one["what"] == "pin fixed")
    assert (pin["why"], pin["kept_by_the_run"]) == ("agreed before the round", True)


def test_the_log_has_exceptions_and_announced_policies_without_saying_who(published, session):
    build, learner, mentor = published.build, published.requests[0].learner, published.openings[0].mentor
    conflict = build.conflict(learner, mentor)
    conflict.except_pair(published.coordinator, build.today, "The only one in reach.", build.now)
    elsewhere = build.conflict(learner, build.mentor())
    elsewhere.except_pair(published.coordinator, build.today, "Not of this round.", build.now)
    policy = PolicyAnnouncement(
        stages=["placed", "lottery"],
        reason="A secret reason.",
        announced_at=build.now,
        announced_by_id=published.coordinator.id,
    )
    published.round.announcements.append(policy)
    session.flush()
    publication = session.scalar(select(Publication))
    log = decisions_before(session, publication, matching.read_problem(published.run.problem))
    found = [{**one, "at": ""} for one in log if one["what"] in ("exception from a conflict", "policy announced")]
    assert found == [
        {"at": "", "what": "exception from a conflict"},
        {"at": "", "what": "policy announced", "policy": ["placed", "lottery"]},
    ]


def test_what_was_taken_back_stands_in_the_dossier_of_the_next_publication(published, sign_in, session, look_again):
    browser = sign_in(published.coordinator)
    why = {"kind": "somebody was left out", "reason": "Jane Example was forgotten."}
    browser.post(f"/rounds/{published.round.id}/take-back", data=why)
    browser.post(f"/runs/{published.run.id}/publish", data={"has_looked": "y"})
    look_again()
    data = zlib.decompress(session.scalar(select(Dossier).order_by(Dossier.publication_id.desc())).content)
    log = json.loads(unpacked(data)[archive.DECISIONS])
    taken_back = next(one for one in log if one["what"] == "publication taken back")
    assert taken_back["why"] == "somebody was left out"
    assert b"Jane Example" not in data
    assert wrong_in(data) == {}


def test_any_changed_byte_is_found(dossier):
    """Of the file itself, and of each part with the file packed again."""
    find_any_change(dossier, lambda changed: changed)
    for name, content in unpacked(dossier).items():
        find_any_change(content, partial(with_part, dossier, name))


def find_any_change(content, as_dossier):
    @given(st.integers(0, len(content) - 1), st.integers(1, 255))
    def one_byte(at, change):
        changed = bytearray(content)
        changed[at] ^= change
        assert is_refused(as_dossier(bytes(changed)))

    one_byte()


def with_part(dossier, name, content):
    return packed_plainly({**unpacked(dossier), name: content})


def is_refused(data):
    try:
        return bool(wrong_in(data))
    except NotADossier:
        return True


def repacked(dossier, name, change):
    """The dossier with one part changed by somebody who also makes the manifest fit."""
    found = {part: content for part, content in unpacked(dossier).items() if part != archive.MANIFEST}
    said = json.loads(found[name])
    change(said)
    return packed({**found, name: json_of(said)})


def spoil_seed(said):
    said["seed"] = "another seed"


def draw_late(said):
    said["seeds"][-1]["drawn_at"] = "2099-01-01T00:00:00.000000Z"


def draw_on_the_last_day(said):
    said["seeds"][-1]["drawn_at"] = said["closes_at"]


def lose_digest(said):
    said["problem_digest"] = "sha256:" + 64 * "0"


def change_policy(said):
    said["stages"] = ["placed", "rank_sum", "score", "lottery"]


def raise_aim(said):
    said["aims"][0]["value"] += 1


def place_one_more(said):
    said["placed"] += 1


def too_many(said):
    said["by"]["profession"] = {
        "groups_hidden": 0,
        "shown": [{"label": "nurse", "learners": 9, "placed": 9, "first_choices": 0}],
    }


def forget_pin(said):
    said[:] = [one for one in said if one["what"] != "pin fixed"]


def drop_one(said):
    said["placed"].pop()


@pytest.mark.parametrize(
    ("part", "change", "question"),
    [
        (archive.ROUND, spoil_seed, "The seed gives the digest, and the problem was solved with it"),
        (archive.ROUND, draw_late, "The seed was there before the round closed"),
        (archive.ROUND, draw_on_the_last_day, "The seed was there before the round closed"),
        (archive.ROUND, lose_digest, "The problem has the digest, and the solution is of it"),
        (archive.ROUND, change_policy, "The policy and its numbers are those of the problem and the solution"),
        (archive.ROUND, raise_aim, "The policy and its numbers are those of the problem and the solution"),
        (archive.SOLUTION, drop_one, "The solution obeys every limit"),
        (archive.QUALITY, place_one_more, "The measures of quality are right"),
        (archive.SHARES, too_many, "The fair shares can be so (who belongs to which group is in no file)"),
        (archive.DECISIONS, forget_pin, "The log of decisions has the pins of the problem"),
    ],
)
def test_what_is_not_so_is_found_even_where_the_manifest_fits(dossier, part, change, question):
    assert question in QUESTIONS
    assert question in wrong_in(repacked(dossier, part, change))


def test_a_part_too_few_or_too_many_is_found(dossier):
    found = unpacked(dossier)
    assert wrong_in(packed_plainly({**found, "more.txt": b"more"}))
    assert wrong_in(packed_plainly({k: v for k, v in found.items() if k != archive.SHARES}))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"hello"])
def test_what_is_no_dossier_is_told_apart(content, tmp_path):
    file = tmp_path / "other.zip"
    file.write_bytes(content)
    answer = CliRunner().invoke(rpe, ["round", "verify", str(file)])
    assert answer.exit_code == 2
    assert CliRunner().invoke(rpe, ["round", "verify", str(tmp_path / "nowhere.zip")]).exit_code == 2


def test_a_wrong_one_ends_with_another_status(dossier, tmp_path):
    file = tmp_path / "dossier.zip"
    file.write_bytes(repacked(dossier, archive.QUALITY, place_one_more))
    answer = CliRunner().invoke(rpe, ["round", "verify", str(file)])
    assert answer.exit_code == 1
    assert "no   The measures of quality are right" in answer.output


def test_the_coordinator_downloads_it_and_that_leaves_a_line(published, sign_in, session, look_again):
    browser = sign_in(published.coordinator)
    page = shown(browser.get(f"/rounds/{published.round.id}/dossier"))
    answer = browser.get(page.link("Download the dossier"))
    assert wrong_in(answer.data) == {}
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-2026-dossier.zip"'
    assert ZipFile(io.BytesIO(answer.data)).testzip() is None
    look_again()
    line = session.scalar(select(AuditLine).where(AuditLine.deed == "downloaded a file"))
    assert line.details["file"] == "spring-2026-dossier.zip"


def test_she_shows_it_to_everybody_and_hides_it_again(published, app, sign_in, session, look_again):
    browser, nobody = sign_in(published.coordinator), app.test_client()
    at = f"/rounds/{published.round.id}/dossier"
    browser.post(f"{at}/show")
    look_again()
    address = f"/published/{session.scalar(select(DossierPage)).address}"
    page = shown(nobody.get(address))
    assert page.heading == "How Spring 2026 was decided"
    assert page.says(published.round.seed.digest)
    assert page.says("2 of 3 learners were offered a place")
    assert wrong_in(nobody.get(f"{address}/dossier.zip").data) == {}
    assert not any(page.says(request.learner.name) for request in published.requests)
    browser.post(f"{at}/hide")
    assert nobody.get(address).status_code == 404
    assert nobody.get(f"{address}/dossier.zip").status_code == 404
    browser.post(f"{at}/show")
    assert nobody.get(address).status_code == 200
    look_again()
    deeds = [line.deed for line in session.scalars(select(AuditLine).where(AuditLine.deed.contains("dossier")))]
    assert sorted(deeds) == ["hid the dossier", "showed the dossier to everybody", "showed the dossier to everybody"]


def test_where_there_is_none_she_has_it_made(published, sign_in, session, look_again):
    session.delete(session.scalar(select(Dossier)))
    session.commit()
    browser = sign_in(published.coordinator)
    at = f"/rounds/{published.round.id}/dossier"
    page = shown(browser.get(at))
    assert page.says("The dossier is not made yet.")
    assert browser.get(f"{at}.zip").status_code == 303
    browser.post(page.button("Make the dossier").action)
    assert wrong_in(browser.get(f"{at}.zip").data) == {}


def test_nobody_guesses_the_address(published, app, sign_in):
    sign_in(published.coordinator).post(f"/rounds/{published.round.id}/dossier/show")
    assert app.test_client().get("/published/spring-2026").status_code == 404


def test_what_is_taken_back_is_shown_to_nobody_any_more(published, app, sign_in, session, look_again):
    browser = sign_in(published.coordinator)
    browser.post(f"/rounds/{published.round.id}/dossier/show")
    browser.post(f"/rounds/{published.round.id}/take-back", data={"kind": "another reason", "reason": "A mistake."})
    look_again()
    address = f"/published/{session.scalar(select(DossierPage)).address}"
    assert shown(app.test_client().get(address)).says("Nothing is published for this round at the moment.")
    assert app.test_client().get(f"{address}/dossier.zip").status_code == 303


def test_what_is_not_published_has_no_dossier(full_scene, sign_in):
    browser = sign_in(full_scene.coordinator)
    at = f"/rounds/{full_scene.round.id}/dossier"
    assert shown(browser.get(at)).says("The round is not published, so it has no dossier yet.")
    assert browser.get(f"{at}.zip").status_code == 303
    assert browser.post(f"{at}/show").status_code == 422


def test_strangers_and_other_roles_see_no_dossier(published, build, sign_in):
    at = f"/rounds/{published.round.id}/dossier"
    learner, elsewhere = build.learner(), build.coordinator(build.network())
    stranger = sign_in(elsewhere)
    assert [stranger.get(at).status_code, stranger.get(f"{at}.zip").status_code] == [404, 404]
    assert stranger.post(f"{at}/show").status_code == 404
    assert sign_in(learner).get(f"{at}.zip").status_code == 403
