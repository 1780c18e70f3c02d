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
# Programs that read mail post there, who have neither a session nor a token: a signed secret in the address is needed.
BY_SECRET = {"home.stop", "updates.stop"}


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


def answers_of(world):
    """Every page and every file that somebody whom it concerns can open, with its address."""
    for rule, method, permission in routes(world.app):
        if method != "GET":
            continue
        people = world.owners if permission is None else holders(world.owners, permission)
        for person_id in [*people.values(), *([None] if permission is None else [])]:
            address = world.address_of(rule)
            answer = world.browser_of(person_id).get(address)
            if answer.status_code == 200:
                yield address, answer


def test_whatever_people_write_pages_and_files_are_safe(app, hostile_world, monkeypatch):
    """One walk for all that is looked at: to open every page as everybody takes long."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    wrong, seen, actions = [], 0, set()
    for address, answer in answers_of(hostile_world):
        if answer.mimetype == "text/csv":
            wrong += [f"{address}: {cell} is a formula" for cell in formulas_in(answer)]
        if answer.mimetype == "text/html":
            page = Page(address, answer.text)
            wrong += [f"{address}: {fault}" for fault in faults_of(page, answer)]
            actions |= {form.action for form in posted_by(page)}
            seen += "&lt;img src=x onerror=alert(1)&gt;" in answer.text
    assert wrong == []
    assert seen > 20
    assert len(actions) > 20


def faults_of(page, answer):
    """What on a page is inline code or of another site, is written twice, or could be sent by another site."""
    yield from page.unsafe
    if answer.headers["Content-Security-Policy"] != CONTENT_SECURITY_POLICY:
        yield "another policy"
    yield from (f"id {one} twice" for one in sorted(set(page.ids)) if page.ids.count(one) > 1)
    yield from (f"escaped twice: {twice}" for twice in ("&amp;lt;", "&amp;#3") if twice in answer.text)
    yield from (
        f"{form.action} without a token" for form in posted_by(page) if not any(form.fields.get("csrf_token", []))
    )


def posted_by(page):
    return [form for form in page.forms if form.method.lower() == "post"]


def formulas_in(answer):
    rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    return [cell for row in rows for cell in row if cell.startswith("=")]


def test_the_policy_allows_nothing_inline_and_nobody_to_frame_us():
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_every_post_without_a_token_is_refused_but_those_by_a_secret(app, world, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    wrong = []
    for rule, method, permission in routes(app):
        people = world.owners if permission is None else holders(world.owners, permission)
        for person_id in people.values() if method == "POST" else ():
            answer = world.browser_of(person_id).post(
                world.address_of(rule), headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
            )
            is_refused = answer.status_code == 400 and shown(answer).says("open for too long")
            if is_refused == (rule.endpoint in BY_SECRET):
                wrong.append(f"{world.address_of(rule)}: {answer.status}")
    assert wrong == []
