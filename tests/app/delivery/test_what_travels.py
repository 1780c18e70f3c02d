"""Assets are kept by browsers for as long as they are what their address says; what is sent is small."""

import gzip
import re

import brotli
import pytest

from app.web.delivery.assets import Assets, read_once

ENCODINGS = {"Accept-Encoding": "gzip, deflate, br"}
OWN_PAGE = {**ENCODINGS, "Sec-Fetch-Site": "same-origin"}
MOST_BYTES = 60_000  # of the first page and all it needs: at 400 kilobits a second, little more than a second


def asked_for(page):
    """What a browser fetches for a page, each once."""
    links = re.findall(r'(?:<link [^>]*href|<script [^>]*src)="(/static/[^"]+)"', page)
    return list(dict.fromkeys(links))


def test_an_asset_is_compressed_and_kept_for_a_year(client):
    page = client.get("/").text
    assert len(asked_for(page)) > 4
    for address in asked_for(page):
        answer = client.get(address, headers=ENCODINGS)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        if len(answer.data) > 500:
            assert answer.headers["Content-Encoding"] == "br"
            assert "Accept-Encoding" in answer.headers["Vary"]


def test_what_is_kept_carries_nobodys_session(sign_in, build):
    browser = sign_in(build.learner())
    for address in asked_for(browser.get("/account").text):
        assert "Set-Cookie" not in browser.get(address).headers


def test_an_asset_arrives_as_it_is(client):
    address = f"/static/{read_once().version}/app.css"
    style = read_once().content["app.css"]
    assert client.get(address).data == style
    assert brotli.decompress(client.get(address, headers=ENCODINGS).data) == style
    assert gzip.decompress(client.get(address, headers={"Accept-Encoding": "gzip"}).data) == style


def test_an_asset_under_another_version_is_asked_for_anew(client):
    answer = client.get("/static/before-an-upgrade/app.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get("/static/before-an-upgrade/app.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["nothing.css", "../config.py", "%2e%2e/config.py", "/etc/passwd"])
def test_what_is_no_asset_is_not_found(client, name):
    assert client.get(f"/static/{read_once().version}/{name}", follow_redirects=True).status_code == 404
    assert client.get("/static/nothing").status_code == 404


def test_the_version_changes_with_any_content_and_with_any_name(tmp_path):
    versions = set()
    for name, content in (("a.css", "p"), ("a.css", "q"), ("b.css", "q"), ("in/b.css", "q")):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content)
        versions.add(Assets(tmp_path).version)
        file.unlink()
    assert len(versions) == 4


def test_scripts_and_styles_find_what_they_import_under_the_same_version(client):
    """They name it relative to themselves, so that the version in their own address is kept."""
    for name, content in read_once().content.items():
        if name.endswith((".js", ".css")):
            text = content.decode()
            assert not re.search(r"""(?:from|import)\s*["']/|url\(["']?/""", text), name


def test_a_page_is_compressed_where_one_of_ours_led_to_it(client):
    answer = client.get("/", headers=OWN_PAGE)
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Cache-Control"] == "no-store"
    assert brotli.decompress(answer.data).startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_a_page_is_not_compressed_where_somebody_else_may_have_chosen_its_address(client, site):
    headers = {**ENCODINGS, **({"Sec-Fetch-Site": site} if site else {})}
    assert "Content-Encoding" not in client.get("/?guess=1", headers=headers).headers


def test_the_first_page_and_all_it_needs_are_small(client):
    page = client.get("/", headers={**OWN_PAGE, "Sec-Fetch-Site": "none"})
    text = brotli.decompress(page.data).decode()
    sizes = {address: len(client.get(address, headers=ENCODINGS).data) for address in asked_for(text)}
    assert len(page.data) + sum(sizes.values()) < MOST_BYTES, sizes
