"""No input breaks a page: what cannot be read is left out, refused or shown again, and never a fault of ours."""

import ast
from pathlib import Path

import pytest
from flask import request
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder

from app import create_app
from app.models.people import Role
from app.rules.search import TYPED_MAX
from app.sign_in.views import local_path
from app.web.edge.environment import REFUSED, SoundEnvironment, parts_of
from app.web.edge.numbers import ROW_ID_MAX, id_in
from app.web.edge.texts import sound
from tests.conftest import settings_for
from tests.endurance.fuzz import fuzzer_in
from tests.screen import shown

ROOT = Path(__file__).resolve().parents[3]
REQUESTS = 1_500


def test_odd_requests_to_every_route_as_every_role_break_nothing(app, engine):
    """The short form of `python -m tests.endurance.fuzz`."""
    with Session(engine) as session:
        findings = fuzzer_in(app, session, engine, seed=2026).go(REQUESTS)
    assert findings.kinds == {}, findings.report()
    assert {200, 303, 400, 404, 405, 422} <= findings.answers.keys(), "it came everywhere"


@pytest.mark.parametrize("number", [0, ROW_ID_MAX + 1, 2**63, 2**64, 10**30])
def test_an_id_that_no_row_can_have_is_not_found(number, sign_in, build):
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    assert browser.get(f"/admin/people/{number}").status_code == 404
    assert shown(browser.get(f"/studies/{number}")).title.startswith("Page not found")


@pytest.mark.parametrize("number", ["١٢", "１", "007", "+1", "1_0", "-1", "1.0", "0x1", " 1"])
def test_an_id_is_written_in_one_way(number, app):
    address = app.url_map.bind("localhost")
    assert not address.test(f"/studies/{number}", "GET")
    assert address.test("/studies/7", "GET")


def test_an_id_in_a_query_that_no_row_can_have_asks_for_nothing(sign_in, build):
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    for typed in (2**31, 2**63, "9" * 5_000, "None", "%00", "-1"):
        assert browser.get(f"/studies?specialty={typed}&page={typed}").status_code == 200
    assert [id_in(text) for text in ("7", str(ROW_ID_MAX), str(ROW_ID_MAX + 1), "", None, "٣")] == [
        7, ROW_ID_MAX, None, None, None, None,
    ]  # fmt: skip


def test_no_view_reads_a_number_out_of_a_query_by_itself():
    """int() knows numbers that no column holds: `app/web/edge/numbers.py` reads them."""
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".args.get", ".form.get", ".values.get"))
        if any(ast.unparse(keyword) in ("type=int", "type=float") for keyword in node.keywords)
    ]
    assert calls == []


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_keeps_all_that_a_keyboard_writes_and_no_control_character(text):
    cleaned = sound(text)
    assert not any(char < " " and char not in "\t\r\n" for char in cleaned)
    assert "\x7f" not in cleaned
    kept = [char for char in text if char.isprintable()]
    assert [char for char in cleaned if char.isprintable()] == kept
    assert sound(cleaned) == cleaned


def test_a_form_with_control_characters_is_taken_without_them(app, client):
    sent = client.post("/sign-in", data={"email": "some\0body@nowhere.example\x07", "password": "four\0words"})
    assert sent.status_code == 422
    with app.test_request_context(
        "/?q=a%00b&x=%01", method="POST", data={"a\0": "line\x0bbreak\0", "b": "\t kept\r\n"}
    ):
        assert dict(request.args) == {"q": "ab", "x": ""}
        assert dict(request.form) == {"a": "line\nbreak", "b": "\t kept\r\n"}


def test_no_page_reads_what_is_sent_as_json(client):
    sent = client.post("/password/forgotten", data=b"[" * 100_000, content_type="application/json")
    assert sent.status_code == 422


@pytest.mark.parametrize("host", ["a..b", "[", "a b", "localhost:port", "x" * 300, ".", "é", "-a", "localhost:99999"])
def test_a_host_that_is_none_is_answered_with_a_page(host, client):
    answer = client.get("/", environ_overrides={"HTTP_HOST": host.encode().decode("latin-1")})
    assert answer.status_code == 400
    assert shown(answer).title.startswith("We could not read that")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:8000", "a_b", "nhs.example."])
def test_a_host_that_is_one_is_served(host, client):
    assert client.get("/", environ_overrides={"HTTP_HOST": host}).status_code == 200


@pytest.mark.parametrize("method", ["FOO", "PROPFIND", "TRACE"])
def test_a_method_that_there_is_not_is_answered_with_a_page(method, client):
    answer = client.open("/", environ_overrides={"REQUEST_METHOD": method})
    assert answer.status_code == 405
    assert shown(answer).title.startswith("That cannot")


@pytest.mark.parametrize("path", ["/\0", "/\xff\xfe", "/password/a\nb", "/static/\0.css"])
def test_a_path_that_is_no_text_is_not_found(path, client):
    assert client.get("/", environ_overrides={"PATH_INFO": path}).status_code == 404


@pytest.mark.parametrize("address", ["http://[", "//[", "http://x:port/", "/\t/nowhere.example", "//nowhere.example"])
def test_nobody_is_sent_on_to_an_address_that_is_none_or_elsewhere(address, client, sign_in, build):
    assert local_path(address) == ""
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    assert browser.get("/sign-in", query_string={"next": address}).location == "/"
    headers = {"HX-Request": "true", "HX-Current-URL": address, "Referer": address, "Origin": address}
    assert client.get("/studies", headers=headers).status_code < 500


@given(st.text(st.characters(max_codepoint=255), max_size=30))
def test_whatever_a_header_says_an_address_is_read_or_left_out(text):
    environ = environ_with(HTTP_REFERER=text, HTTP_ORIGIN=text, HTTP_HX_CURRENT_URL=text, HTTP_HOST=text)
    for name in ("HTTP_REFERER", "HTTP_ORIGIN", "HTTP_HX_CURRENT_URL"):
        assert name not in environ or parts_of(environ[name]) is not None
    assert (REFUSED in environ) == ("HTTP_HOST" not in environ) or text == ""


@pytest.mark.parametrize(
    ("passed_on", "sender"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:50123", "192.0.2.7"),
        ("[2001:db8::7]:50123", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ("nobody", "127.0.0.1"),
        ("::::", "127.0.0.1"),
        ("999.1.1.1", "127.0.0.1"),
        ("1.2.3.4\r\nforged line", "127.0.0.1"),
    ],
)
def test_a_forwarded_address_that_is_none_counts_as_that_of_the_proxy(passed_on, sender, tmp_path):
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'rpe.sqlite3'}", proxies=1))
    seen = []
    app.before_request(lambda: seen.append(request.remote_addr))
    environ = EnvironBuilder("/sign-in").get_environ() | {
        "HTTP_X_FORWARDED_FOR": passed_on,
        "HTTP_X_FORWARDED_PROTO": "nothing",
        "REMOTE_ADDR": "127.0.0.1",
    }
    assert app.test_client().open(environ_overrides=environ).status_code < 500
    assert seen == [sender]


def environ_with(**headers):
    """What is left of an environment once it was mended."""
    environ = EnvironBuilder("/").get_environ() | headers
    SoundEnvironment(lambda environ, start: [])(environ, None)  # type: ignore[arg-type]
    return environ


TOO_MUCH_TYPED = ("word " * 1_000, "%" * 60_000)


def test_a_search_for_more_than_anybody_types_is_an_error_at_its_field(sign_in, build):
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    for typed in TOO_MUCH_TYPED:
        for page in ("/admin/people", "/admin/audit"):
            answer = browser.get(page, query_string={"q": typed})
            assert answer.status_code == 422
            said = shown(answer)
            where, words = said.complaint
            assert words.startswith("Search for fewer words: 200 characters are the most.")
            assert said.field(where).value == typed.strip()
            assert said.title.startswith("Error: ")


def test_the_field_takes_no_more_than_can_be_searched_for(sign_in, build):
    page = shown(sign_in(build.person(Role.ADMINISTRATOR)).get("/admin/people"))
    [searched] = page.all("[name=q]")
    assert searched.attributes["maxlength"] == str(TYPED_MAX)


def test_a_choice_that_was_not_offered_is_refused_also_the_word_none(sign_in, build):
    administrator, person = build.person(Role.ADMINISTRATOR), build.person()
    browser = sign_in(administrator)
    for made_up in ("None", "2147483648", "nothing we offered"):
        sent = {"role": Role.COORDINATOR.name, "network": made_up, "provider": made_up}
        assert browser.post(f"/admin/people/{person.id}/roles", data=sent).status_code == 422
