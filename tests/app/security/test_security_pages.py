"""Every page that anybody can see: no inline code, a token in every form, names shown as text and not as markup."""

import csv
import io
from typing import TypeVar

import pytest
from sqlalchemy import inspect

from app.web.security import CONTENT_SECURITY_POLICY
from tests.builders import Builder
from tests.pages import Page
from tests.screen import shown
from tests.world import holders, make_world, routes

HOSTILE = "=1+1<img src=x onerror=alert(1)>\"' "
Row = TypeVar("Row")


class HostileBuilder(Builder):
    """Somebody who writes markup and formulas into every field that takes free text."""

    free_text = ("name", "title", "interests", "topics", "did", "reason", "why", "summary", "learner_does", "teaches")

    def add(self, row: Row) -> Row:
        written = inspect(type(row)).column_attrs
        for name in self.free_text:
            if name in written and isinstance(getattr(row, name), str):
                setattr(row, name, HOSTILE + getattr(row, name))
        return super().add(row)


@pytest.fixture
def hostile_world(app, session, now, engine):
    return make_world(app, HostileBuilder(session, now), engine)


def pages_of(world, kind="text/html"):
    """Every page that somebody whom it concerns can open, with its address and answer."""
    for rule, method, permission in routes(world.app):
        if method != "GET":
            continue
        people = world.owners if permission is None else holders(world.owners, permission)
        for person_id in [*people.values(), *([None] if permission is None else [])]:
            address = world.address_of(rule)
            answer = world.browser_of(person_id).get(address)
            if answer.status_code == 200 and answer.mimetype == kind:
                yield address, answer


def test_no_page_needs_inline_code_or_another_site(world):
    wrong = []
    for address, answer in pages_of(world):
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        page = Page(address, answer.text)
        wrong += [f"{address}: {part}" for part in page.unsafe]
        wrong += [f"{address}: id {one} twice" for one in sorted(set(page.ids)) if page.ids.count(one) > 1]
    assert wrong == []


def test_the_policy_allows_nothing_inline_and_nobody_to_frame_us():
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_every_form_that_is_posted_carries_a_token(app, world, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    posted = [
        (address, form)
        for address, answer in pages_of(world)
        for form in Page(address, answer.text).forms
        if form.method.lower() == "post"
    ]
    assert [f"{address}: {form.action}" for address, form in posted if not any(form.fields.get("csrf_token", []))] == []
    assert len({form.action for _, form in posted}) > 20


def test_every_post_without_a_token_is_refused(app, world, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    wrong = []
    for rule, method, permission in routes(app):
        people = world.owners if permission is None else holders(world.owners, permission)
        for person_id in people.values() if method == "POST" else ():
            answer = world.browser_of(person_id).post(
                world.address_of(rule), headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
            )
            if answer.status_code != 400 or not shown(answer).says("open for too long"):
                wrong.append(f"{world.address_of(rule)}: {answer.status}")
    assert wrong == []


def test_what_people_write_is_shown_as_text(hostile_world):
    seen = 0
    wrong = []
    for address, answer in pages_of(hostile_world):
        seen += "&lt;img src=x onerror=alert(1)&gt;" in answer.text
        wrong += [f"{address}: {part}" for part in Page(address, answer.text).unsafe]
        wrong += [f"{address}: escaped twice" for twice in ("&amp;lt;", "&amp;#3") if twice in answer.text]
    assert wrong == []
    assert seen > 20


def test_what_people_write_is_no_formula_in_a_download(hostile_world):
    wrong = [
        f"{address}: {cell}"
        for address, answer in pages_of(hostile_world, "text/csv")
        for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
        for cell in row
        if cell.startswith("=")
    ]
    assert wrong == []
