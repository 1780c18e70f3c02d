"""What production insists on: a safe start, cookies that stay here, https, and true addresses behind proxies."""

from dataclasses import asdict, replace

import pytest
from flask import request
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from app.config import Misconfigured, Settings
from tests.conftest import settings_for

GOOD = {
    "RPE_ENV": "production",
    "RPE_SECRET_KEY": "x" * 32,
    "RPE_BASE_URL": "https://placements.example",
    "RPE_DATABASE_URL": "sqlite:////srv/rpe.sqlite3",
    "RPE_SMTP_URL": "smtp://mail.example:25",
}


def test_production_starts_where_all_is_said():
    settings = Settings.from_environ(GOOD)
    assert settings.is_production
    assert settings.jobs == "worker", "mail and runs wait for a process of their own"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"RPE_SECRET_KEY": ""}, "RPE_SECRET_KEY"),
        ({"RPE_SECRET_KEY": "x" * 31}, "RPE_SECRET_KEY"),
        ({"RPE_BASE_URL": ""}, "RPE_BASE_URL"),
        ({"RPE_BASE_URL": "http://placements.example"}, "https"),
        ({"RPE_BASE_URL": "https://placements.example/rpe"}, "RPE_BASE_URL"),
        ({"RPE_DEMO": "1"}, "RPE_DEMO"),
        ({"RPE_JOBS": "at-once"}, "RPE_JOBS"),
        ({"RPE_SMTP_URL": ""}, "RPE_SMTP_URL"),
        ({"RPE_ENV": "prod"}, "RPE_ENV"),
        ({"RPE_JOBS": "sqlite"}, "RPE_JOBS"),
        ({"RPE_JOBS": "sqlite:////srv/jobs.sqlite3"}, "jobs are rows of the database"),
        ({"RPE_JOBS": "redis://localhost"}, "jobs are rows of the database"),
        ({"RPE_SMTP_URL": "mail.example:25"}, "RPE_SMTP_URL"),
        ({"RPE_SESSION_HOURS": "0"}, "RPE_SESSION_HOURS"),
        ({"RPE_PROXIES": "one"}, "RPE_PROXIES"),
    ],
)
def test_production_does_not_start_where_something_is_unsafe(changes, words):
    with pytest.raises(Misconfigured, match=words):
        Settings.from_environ(GOOD | changes)


texts = st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=20)


@given(
    st.builds(
        replace,
        st.just(settings_for("sqlite:////srv/rpe.sqlite3")),
        is_demo=st.booleans(),
        secret_key=texts,
        service_name=texts,
        contact=texts,
        jobs=st.sampled_from(["at-once", "worker"]),
        session_hours=st.integers(1, 99),
        proxies=st.integers(0, 3),
    )
)
def test_a_process_beside_the_server_gets_the_same_settings(settings):
    assert asdict(Settings.from_environ(settings.to_environ())) == asdict(settings)


def production(**changes):
    settings = settings_for(
        "sqlite://",
        is_production=True,
        secret_key="x" * 32,
        base_url="https://placements.example",
        jobs="worker",
    )
    return replace(settings, **changes)


def answer_of(app, **headers):
    return app.test_client().get("/sign-in", base_url="http://placements.example", headers=headers)


def test_the_cookie_goes_nowhere_else():
    answer = answer_of(create_app(production()))
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-rpe=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_browsers_are_told_to_stay_on_https_and_to_guess_nothing():
    headers = answer_of(create_app(production())).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("proxies", "address", "scheme"), [(0, "127.0.0.1", "http"), (1, "198.51.100.7", "https")])
def test_only_a_proxy_that_is_announced_is_believed(proxies, address, scheme):
    app = create_app(production(proxies=proxies))
    seen = []
    app.before_request(lambda: seen.append(request_as_seen()))
    answer_of(app, **{"X-Forwarded-For": "203.0.113.66, 198.51.100.7", "X-Forwarded-Proto": "https"})
    assert seen == [(address, scheme, "placements.example")]


def request_as_seen():
    return request.remote_addr, request.scheme, request.host
