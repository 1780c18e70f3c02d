"""Headers, cookies and limits that protect every page."""

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
from app.platform.tallies import ADDRESS

UPLOAD_BYTES_MAX = 20 * 1024 * 1024
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
IPV6_BITS_OF_A_HOUSEHOLD = 64


def protect(app: Flask, settings: Settings) -> None:
    """Set cookies, CSRF, limits and headers."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
        SESSION_COOKIE_NAME="__Host-rpe" if settings.is_production else "rpe",
        # The database knows when a session ends; an answer that many may keep must not carry its cookie.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=UPLOAD_BYTES_MAX,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=ADDRESS,
        RATELIMIT_HEADERS_ENABLED=False,
    )
    if settings.proxies:
        # Only what a proxy always sets itself is believed; the host is passed on as it came.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0
        )
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(add_headers)
    if settings.is_production:
        app.after_request(insist_on_https)


def add_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def insist_on_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def sender() -> str:
    """Where a request comes from, for limits: an address, or with IPv6 the /64 that one household has to itself."""
    address = request.remote_addr or "a socket of this machine"
    return str(ip_network(f"{address}/{IPV6_BITS_OF_A_HOUSEHOLD}", strict=False)) if ":" in address else address


def email_sent() -> str:
    """The email address in the form of this request, as the database would write it."""
    return f"email {request.form.get('email', '').strip().lower()}"


def limit_guesses(rate: str, key: Callable[[], str] = sender) -> Callable[[Any], Any]:
    """Let a view refuse, with 429, who has been refused more often than `rate` allows; what succeeds does not count.

    What is not found was a guess too, where the address carries a secret.

    A whole hospital may share one address, so those who know their password must not use up the tries of the others.
    """
    return limiter.limit(rate, key_func=key, deduct_when=lambda response: response.status_code in (404, 422))


def limit_deeds(rate: str, key: Callable[[], str] = sender) -> Callable[[Any], Any]:
    """Let a view refuse, with 429, whoever has done its deed more often than `rate` allows.

    Counted once the deed is done: within its transaction a count would wait for the lock that it holds.
    """
    return limiter.limit(rate, key_func=key, deduct_when=lambda response: response.status_code < 400)


csrf = CSRFProtect()
limiter = Limiter(sender)


@limiter.request_filter
def limits_are_off() -> bool:
    """Flask-Limiter itself looks at this setting only when it is joined to an app, and then for all apps alike."""
    return not current_app.config["RATELIMIT_ENABLED"]
