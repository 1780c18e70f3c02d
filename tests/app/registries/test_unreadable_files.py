"""A file that cannot be used is turned away with one sentence that says what is wrong and what to do."""

import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.registries.organisations import read_organisations
from app.registries.records import UnreadableFile
from app.registries.studies import read_studies, recognise

HEADER = b"NCT Number,Study Title,Brief Summary\r\n"
ROW = b"NCT01234567,Walking,It helps\r\n"


def sentence_for(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as problem:
        list(read_studies(io.BytesIO(content)))
    sentence = str(problem.value)
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    return sentence


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b" \r\n\r\n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (HEADER, "column names and no studies"),
        (zipped(), "spreadsheet or a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old spreadsheet"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (json.dumps([{"nctId": "NCT01234567"}]).encode(), "JSON"),
        (b'{"studies": []}', "JSON"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><allTrials/>', "XML"),
        (HEADER.decode().encode("utf-16"), "UTF-16"),
        (HEADER.decode().encode("utf-16-le"), "Line 1 has bytes that no text has"),
        (HEADER + ROW + b"NCT01234568,Na\0me,x\r\n", "Line 3 has bytes that no text has"),
        (HEADER + ROW + "NCT01234568,Ménière,x\r\n".encode("cp1252"), "Line 3 has letters that are not in UTF-8"),
        (HEADER.replace(b"\n", b"") + ROW.replace(b"\n", b""), "The lines of this file end in a way"),
        (HEADER.replace(b",", b";") + ROW, "not separated by commas"),
        (HEADER.replace(b",", b"\t") + ROW, "not separated by commas"),
        (b"Name,Age\r\nAnn,30\r\n", "none of the column names that we know"),
        (b"TrialID,Scientific title,Study type,Study design\r\n", "none of the column names that we know"),
        (b",,,\r\n,,\r\n", "none of the column names that we know"),
        (b"NCT Number,Acronym,Study URL\r\n", "no column “Study Title”"),
        (b"Study Title,Brief Summary\r\n", "no column “NCT Number” or “Study URL”"),
        (b"Short Name,All Specialties,Link\r\n", "no column “Study Status”"),
        (b"NCT Number,Study Title,study  title\r\n", "“Study Title” comes twice"),
        (HEADER + b'NCT01234567,"Walk"ing,x\r\n', "broken in the row that begins at line 2"),
        (HEADER + ROW + b'NCT01234568,"Walking,x\r\n' + ROW, "broken in the row that begins at line 3"),
        (
            HEADER + b'NCT01234567,"Walking,x\r\n' + ROW + b'NCT01234569,Talking"\r\n',
            "broken in the row that begins at line 2",
        ),
        (HEADER + b'NCT01234567,"' + b"x" * (3 << 20), "longer than any row"),
        (HEADER + b'NCT01234567,"' + b"word\n" * 600_000, "broken in the row that begins at line 2"),
    ],
)
def test_each_kind_of_wrong_file_has_its_sentence(content: bytes, words: str) -> None:
    assert words in sentence_for(content)


@pytest.mark.parametrize("make", [random.Random(1).randbytes, lambda size: b"nonsense " * (size // 9)])  # noqa: S311
def test_ten_megabytes_of_nonsense_are_turned_away_without_being_held(make: Callable[[int], bytes]) -> None:
    content = io.BytesIO(make(10 << 20))
    tracemalloc.start()
    with pytest.raises(UnreadableFile):
        list(read_studies(content))
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 5 << 20


def test_a_long_file_is_read_without_being_held() -> None:
    rows = (b"NCT%08d,Walking,%s\r\n" % (number, b"long text " * 1000) for number in range(1500))
    content = io.BytesIO(HEADER + b"".join(rows))
    tracemalloc.start()
    count = sum(1 for _ in read_studies(content))
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1500
    assert peak_bytes < len(content.getvalue()) // 5


@given(st.binary(max_size=400))
@example(b'\xef\xbb\xbf\n\n"')
@example(HEADER + b'"')
def test_no_bytes_whatever_lead_to_anything_but_a_sentence(content: bytes) -> None:
    for read in (read_studies, read_organisations):
        with pytest.raises(UnreadableFile):
            list(read(io.BytesIO(content)))


@given(st.binary(max_size=300))
def test_whatever_follows_the_column_names_gives_records_refusals_or_a_sentence(content: bytes) -> None:
    results = read_studies(io.BytesIO(HEADER + ROW + content))
    sentence = ""
    try:
        first, *_ = results
    except UnreadableFile as problem:
        sentence = str(problem)
    assert sentence.endswith(".") if sentence else first.line == 2


@pytest.mark.parametrize("content", [b"", zipped(), b"[1]", b"Name,Age\n", b"NCT Number,Acronym,Study URL\n", b"a\rb"])
def test_recognising_turns_the_same_files_away(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        recognise(content)


def test_a_byte_order_mark_and_blank_lines_before_the_column_names_do_no_harm() -> None:
    (study,) = read_studies(io.BytesIO(b"\xef\xbb\xbf\r\n\r\n" + HEADER + ROW))
    assert study.line == 4


def test_a_path_is_read_and_closed_and_a_stream_is_left_open(tmp_path: Path) -> None:
    path = tmp_path / "studies.csv"
    path.write_bytes(HEADER + ROW)
    stream = path.open("rb")
    assert list(read_studies(path)) == list(read_studies(str(path))) == list(read_studies(stream))
    assert not stream.closed
    stream.close()
