"""Files are told by their content, kept where no address leads, and given only to those who may read them."""

import os
import socket
import struct
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from app.evidence.jobs import remove_what_nobody_needs
from app.models.values.file_kinds import FileKind, kind_of
from app.platform.files.handed_in import name_shown
from app.platform.files.kept import keep, path_of
from app.platform.files.scanning import NotScanned, virus_in
from tests.app.evidence.conftest import PDF, a_file, office_file
from tests.screen import shown


@pytest.fixture
def folder(app, tmp_path):
    """A folder of files of this test alone."""
    given = app.extensions["rpe_settings"]
    app.extensions["rpe_settings"] = type(given)(
        **{**vars(given), "files_folder": str(tmp_path), "file_megabytes_max": 1}
    )
    yield tmp_path
    app.extensions["rpe_settings"] = given


@pytest.fixture
def piece(learner, adding, consent, folder, pieces):
    assert learner.post(adding, data=a_file(consent)).status_code == 303
    return pieces()[0]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (b"\x89PNG\r\n\x1a\nrest", FileKind.PNG),
        (b"\xff\xd8\xff\xe0rest", FileKind.JPEG),
        (office_file("[Content_Types].xml", "word/document.xml"), FileKind.DOCX),
        (office_file("[Content_Types].xml", "xl/workbook.xml"), FileKind.XLSX),
        (office_file("[Content_Types].xml", "ppt/presentation.xml"), FileKind.PPTX),
        (office_file("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), None),
        (office_file("a.txt"), None),
        (b"PK\x03\x04 and nothing that can be read", None),
        (b"<html><script>alert(1)</script>", None),
        (b"GIF89a", None),
        (b"MZ a program", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_content_says(content, kind):
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("name", "is_shown_as"),
    [
        ("log.pdf", "log.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\log.docx", "log.pdf"),
        ("log.html", "log.pdf"),
        ("\r\nSet-Cookie: a=b", "Set-Cookie: a=b.pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("My log of 3.4.2026", "My log of 3.4.pdf"),
        ("a" * 300, "a" * 120 + ".pdf"),
    ],
)
def test_a_name_is_its_last_part_with_the_ending_of_its_kind(name, is_shown_as):
    assert name_shown(name, FileKind.PDF) == is_shown_as


def test_a_file_is_kept_under_a_random_name_that_others_cannot_read(piece, folder):
    [kept] = list(folder.iterdir())
    assert kept.name == piece.file.kept_as
    assert "log" not in kept.name
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (PDF, 0o600)
    assert (piece.file.name, piece.file.media_type, piece.file.size_bytes) == ("log.pdf", "application/pdf", len(PDF))


def test_whoever_may_read_it_is_given_the_file_and_the_browser_runs_nothing_of_it(learner, mentor, lead, piece):
    for browser in (learner, mentor, lead):
        answer = browser.get(f"/evidence/{piece.id}/file")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
        assert answer.headers["Content-Disposition"] == f"attachment; filename=evidence-{piece.id}.pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_that_is_lost_is_said_to_be(mentor, piece, folder, caplog):
    kept = folder / piece.file.kept_as
    kept.unlink()
    answer = mentor.get(f"/evidence/{piece.id}/file")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert shown(answer).heading == "The file is missing"
    assert kept.name in caplog.text
    assert mentor.get(f"/evidence/{piece.id}").status_code == 200


def test_nobody_else_is_given_it(build, sign_in, client, placement, piece):
    place = f"/evidence/{piece.id}/file"
    assert client.get(place).status_code == 303
    assert sign_in(build.coordinator(placement.opening.network)).get(place).status_code == 403
    for stranger in (build.learner(), build.mentor()):
        assert sign_in(stranger).get(place).status_code == 404


@pytest.mark.parametrize("content", [b"", b"<html>"])
def test_what_is_empty_or_of_another_kind_is_not_kept(learner, adding, consent, folder, pieces, content):
    answer = learner.post(adding, data=a_file(consent, content=content))
    assert answer.status_code == 422
    assert list(shown(answer).errors.values()) == ["File"]
    assert (pieces(), list(folder.iterdir())) == ([], [])


def test_a_file_that_is_too_large_is_not_kept(app, learner, adding, consent, folder, pieces):
    given = app.extensions["rpe_settings"]
    app.extensions["rpe_settings"] = replace(given, file_megabytes_max=0)
    answer = learner.post(adding, data=a_file(consent))
    assert answer.status_code == 422
    assert shown(answer).says("The file must be 0 MB or smaller.")
    assert (pieces(), list(folder.iterdir())) == ([], [])


def test_the_name_of_a_file_is_looked_at_as_well(learner, adding, consent, folder, pieces):
    answer = learner.post(adding, data=a_file(consent, name="NHS 943 476 5919.pdf"))
    assert answer.status_code == 422
    assert pieces() == []


def test_files_without_a_row_are_removed_after_a_day_and_no_others(app, learner, piece, folder):
    left, new = keep(folder, b"of a deed that was killed"), keep(folder, b"of a deed that runs")
    (folder / f"{'a' * 32}.part").write_bytes(b"half")
    (folder / "notes.txt").write_bytes(b"not ours")
    for name in (left, f"{'a' * 32}.part", piece.file.kept_as, "notes.txt"):
        made_old(app, folder / name)
    with app.app_context():
        remove_what_nobody_needs()
    assert {one.name for one in folder.iterdir()} == {piece.file.kept_as, new, "notes.txt"}


def test_the_file_of_withdrawn_evidence_is_given_to_nobody_and_removed_a_day_later(app, learner, piece, folder):
    learner.post(f"/evidence/{piece.id}/withdraw", data={"reason": "There was a name in it."})
    assert learner.get(f"/evidence/{piece.id}/file").status_code == 404
    made_old(app, folder / piece.file.kept_as)
    with app.app_context():
        remove_what_nobody_needs()
        assert [one.name for one in folder.iterdir()] == [piece.file.kept_as]
        noon = app.config["NOW"]()
        app.config["NOW"] = lambda: noon + timedelta(days=1, minutes=1)
        remove_what_nobody_needs()
    assert list(folder.iterdir()) == []


def test_a_deed_that_is_killed_between_file_and_row_leaves_no_row(
    learner, adding, consent, folder, pieces, monkeypatch
):
    def killed(*given, **named):
        raise SystemExit(9)

    monkeypatch.setattr("app.evidence.service.add_evidence", killed)
    with pytest.raises(SystemExit):
        learner.post(adding, data=a_file(consent))
    assert pieces() == []
    assert len(list(folder.iterdir())) == 1


def test_a_name_that_is_none_of_ours_leads_nowhere(tmp_path):
    with pytest.raises(ValueError, match="32"):
        path_of(tmp_path, "../rpe.sqlite3")


class Scanner:
    """A small clamd: takes one stream over a socket and answers it."""

    def __init__(self, answer):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.answer, self.stream, self.command = answer, b"", b""
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        connection, _ = self.listener.accept()
        with connection, connection.makefile("rb") as sent:
            self.command = sent.read(len(b"zINSTREAM\0"))
            while length := struct.unpack("!L", sent.read(4))[0]:
                self.stream += sent.read(length)
            connection.sendall(self.answer)

    def close(self):
        self.thread.join(10)
        self.listener.close()


@pytest.fixture
def scanner(request):
    one = Scanner(request.param)
    yield one
    one.close()


@pytest.mark.parametrize("scanner", [b"stream: OK\0"], indirect=True)
def test_clamd_is_sent_the_whole_file_in_chunks(scanner):
    content = os.urandom(200_000)
    assert virus_in(scanner.address, content) is None
    assert (scanner.command, scanner.stream) == (b"zINSTREAM\0", content)


@pytest.mark.parametrize("scanner", [b"stream: Eicar-Test-Signature FOUND\0"], indirect=True)
def test_a_file_in_which_clamd_finds_something_is_not_kept(app, learner, adding, consent, folder, pieces, scanner):
    set_up(app, scanner.address)
    answer = learner.post(adding, data=a_file(consent))
    assert answer.status_code == 422
    assert shown(answer).errors == {"The virus scanner found something in this file, so it was not kept.": "File"}
    assert (pieces(), list(folder.iterdir())) == ([], [])


@pytest.mark.parametrize("scanner", [b"INSTREAM size limit exceeded. ERROR\0", b""], indirect=True)
def test_an_answer_that_is_none_is_not_taken_for_a_clean_file(scanner):
    with pytest.raises(NotScanned):
        virus_in(scanner.address, b"x")


@pytest.mark.parametrize("scanner", [b"stream: OK\0"], indirect=True)
def test_a_page_says_that_a_file_was_scanned(app, learner, mentor, adding, consent, folder, pieces, scanner):
    set_up(app, scanner.address)
    learner.post(adding, data=a_file(consent))
    page = shown(mentor.get(f"/evidence/{pieces()[0].id}"))
    assert page.says("A virus scanner found nothing in it on 3 March 2026.")


def test_while_the_scanner_is_away_no_file_is_taken(app, learner, adding, consent, folder, pieces, tmp_path):
    set_up(app, f"unix://{tmp_path}/nobody.ctl")
    answer = learner.post(adding, data=a_file(consent))
    assert answer.status_code == 422
    assert pieces() == []


def set_up(app, address):
    given = app.extensions["rpe_settings"]
    app.extensions["rpe_settings"] = replace(given, clamd=address)


def made_old(app, path):
    two_days_ago = (app.config["NOW"]() - timedelta(days=2)).timestamp()
    os.utime(path, (two_days_ago, two_days_ago))
