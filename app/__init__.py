"""Joins the parts of the application; nothing imports it but the command line, the server and the tests.

The parts are imported when they are joined: the command line stands in this package, and asks for less.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.config import Settings
    from app.platform.db import TransactionalFlask
    from app.rules.calendars.events import CalendarSource
    from app.rules.home_items import Source

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
FEATURES = (
    "home",
    "calendars",
    "sign_in",
    "studies",
    "requests",
    "nominations",
    "placements",
    "readiness",
    "agreements",
    "progress_reviews",
    "sign_offs",
    "rounds",
    "reviews",
    "oversight",
    "network_return",
    "fair_shares",
    "evaluation",
    "at_risk",
    "supervision",
    "hours",
    "evidence",
    "progress",
    "ledgers",
    "prior_learning",
    "programmes",
    "enrolments",
    "supervisors",
    "boards",
    "dissertations",
    "record",
    "signed_records",
    "bursaries",
    "questions",
    "updates",
    "admin",
)


def create_app(settings: Settings | None = None) -> TransactionalFlask:
    """Build the application; without settings, on what the environment says. Raises Misconfigured."""
    from flask_migrate import Migrate
    from htmx_flask import Htmx

    from app.config import Settings
    from app.platform.db import TransactionalFlask, connect, db
    from app.platform.jobs import Queue
    from app.platform.mailing import send_after_commits
    from app.sign_in.session import keep_sessions
    from app.web import edge, errors, security
    from app.web.deeds.drafts import tell_of_drafts
    from app.web.delivery.assets import offer_assets
    from app.web.delivery.compression import compress_answers
    from app.web.edge.logs import keep_private
    from app.web.looking import note_downloads
    from app.web.rendering import prepare_templates

    settings = settings or Settings.from_environ()
    keep_private()
    app = TransactionalFlask("app", static_folder=None)
    app.extensions["rpe_settings"] = settings
    Htmx(app)
    edge.guard(app)
    prepare_templates(app)
    offer_assets(app)
    compress_answers(app)
    security.protect(app, settings)
    connect(app, settings.database_url)
    Migrate(app, db, directory=str(MIGRATIONS), compare_type=True, render_as_batch=True)
    keep_sessions(app, settings)
    errors.register(app)
    app.extensions["rpe_queue"] = Queue(app, is_at_once=settings.jobs == "at-once")
    send_after_commits(app, settings)
    note_downloads(app)
    tell_of_drafts(app)
    join_features(app)
    return app


def join_features(app: TransactionalFlask) -> None:
    """Register each feature's pages, and what it tells a person's home page and her own calendar."""
    from app.rules.home_items import asked_by_day

    sources: list[Source] = []
    dates: list[CalendarSource] = []
    for name in FEATURES:
        views = import_module(f"app.{name}.views")
        app.register_blueprint(views.blueprint)
        sources += getattr(views, "HOME_SOURCES_NOW", ())
        sources += map(asked_by_day, getattr(views, "HOME_SOURCES", ()))
        dates += getattr(views, "CALENDAR_SOURCES", ())
    app.extensions["rpe_home_sources"] = sources
    app.extensions["rpe_calendar_sources"] = dates


__all__ = ["create_app"]
