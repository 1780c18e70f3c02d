"""`rpe record` checks a record without a database, asks its service where it is told to, and makes keys."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from click.testing import CliRunner

from app.demo.signed_record import checked_lines, take_one
from app.models.course.signed_records import RecordKey
from app.platform.db import db
from app.platform.sealing.keys import new_key
from app.signed_records.bundle.archive import shown_key
from app.signed_records.commands import record_group
from app.signed_records.issuer import Issuer, NoAnswer
from tests.app.signed_records.test_every_byte_is_asked_for import bundle, bundle_with
from tests.conftest import NOON
from tests.records import key_of_tests


@pytest.fixture
def file(tmp_path):
    kept = tmp_path / "record.zip"
    kept.write_bytes(bundle().file)
    return kept


def verified(*arguments):
    done = CliRunner().invoke(record_group, ["verify", *map(str, arguments)])
    return done.exit_code, done.output


def key_file(tmp_path, key):
    kept = tmp_path / "key.json"
    kept.write_text(json.dumps(shown_key(key.public, "https://placements.example/keys/one")))
    return kept


def test_a_whole_record_is_good_and_its_key_is_to_be_compared(file):
    code, said = verified(file)
    assert code == 0
    assert said.count("yes  ") == 4
    assert "Compare the key" in said


def test_with_the_key_to_believe_nothing_is_left_to_compare(file, tmp_path):
    code, said = verified(file, "--key", key_file(tmp_path, key_of_tests()))
    assert code == 0
    assert "Compare" not in said


def test_a_record_of_another_key_is_not_believed(tmp_path):
    forged = tmp_path / "forged.zip"
    forged.write_bytes(bundle_with(new_key("Placements", NOON, bits=2048)).file)
    code, said = verified(forged, "--key", key_file(tmp_path, key_of_tests()))
    assert code == 1
    assert "not the one to believe" in said


def test_a_changed_record_is_not_good(file):
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    code, said = verified(file)
    assert code == 1
    assert "not a record as it was issued" in said


@pytest.mark.parametrize("content", [b"hello", None])
def test_what_is_no_record_is_bad_input(tmp_path, content):
    file = tmp_path / "other"
    if content:
        file.write_bytes(content)
    assert verified(file)[0] == 2


@pytest.mark.parametrize("address", ["http://placements.example", "placements.example", "file:///etc/passwd", ""])
def test_a_service_is_asked_over_https_alone(address):
    with pytest.raises(NoAnswer, match="https"):
        Issuer(address)


def test_a_service_that_sends_elsewhere_has_not_answered():
    class Elsewhere(BaseHTTPRequestHandler):
        asked: ClassVar[list[str]] = []

        def do_GET(self):
            self.asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *said):
            """It says nothing."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        answering = Thread(target=server.handle_request)
        answering.start()
        with pytest.raises(NoAnswer, match="answers with 302"):
            Issuer(f"http://127.0.0.1:{server.server_port}").key("one")
        answering.join()
    assert Elsewhere.asked == ["/keys/one"]


@pytest.mark.parametrize("standing", ["valid", "revoked"])
def test_its_service_is_asked_how_a_record_stands(file, monkeypatch, standing):
    key = key_of_tests().public
    told = {f"/keys/{key.id}": shown_key(key, ""), "/records/one/standing.json": {"standing": standing}}
    monkeypatch.setattr(Issuer, "get", lambda self, path: told.get(path))
    code, said = verified(file, "--at", "https://placements.example/")
    assert f"https://placements.example says that it is {standing}." in said
    assert code == (0 if standing == "valid" else 1)


def test_the_demo_takes_one_and_says_what_checking_it_says(app, sign_off):
    with app.test_request_context():
        take_one(db.session(), app.extensions["rpe_settings"])
        take_one(db.session(), app.extensions["rpe_settings"])
        lines = list(checked_lines(db.session()))
        db.session().rollback()
    assert "Robin Learner" in lines[1]
    assert [line[:5] for line in lines[2:6]] == ["  yes"] * 4


def test_a_key_is_called_compromised_by_its_address_once(app, build, session, look_again, now):
    build.record_key()
    session.commit()
    key = key_of_tests().public.id
    asked = ["compromised", f"https://placements.example/keys/{key}", "--since", "2026-01-01"]
    done = app.test_cli_runner().invoke(record_group, asked)
    assert (done.exit_code, "not believed from 2026-01-01 00:00 UTC on" in done.output) == (0, True)
    look_again()
    assert session.get_one(RecordKey, key).is_compromised_at(now)
    again = app.test_cli_runner().invoke(record_group, asked)
    assert (again.exit_code, "called compromised before" in again.output) == (1, True)


def test_asking_the_service_tells_that_its_key_is_compromised(file, monkeypatch):
    key = key_of_tests().public
    told = {f"/keys/{key.id}": {**shown_key(key, ""), "compromised_from": "2026-01-01T00:00:00+00:00"}}
    told["/records/one/standing.json"] = {"standing": "valid"}
    monkeypatch.setattr(Issuer, "get", lambda self, path: told.get(path))
    code, said = verified(file, "--at", "https://placements.example/")
    assert code == 1
    assert "somebody else may have this key, since 2026-01-01" in said
