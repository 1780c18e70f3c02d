"""Style sheets, scripts and pictures, under an address that changes with their content, so that browsers keep them."""

import mimetypes
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin

FOLDER = Path(__file__).resolve().parents[2] / "static"
YEAR_SECONDS = 365 * 24 * 60 * 60
VERSION_LENGTH = 16
mimetypes.add_type("text/javascript", ".js")  # some systems say otherwise, and browsers then run no modules


class Assets:
    """The files of a folder as they were when it was read; `version` says what they hold together.

    All have one version, as a folder in their address: a script finds what it imports, and a style sheet its images,
    beside itself and under the same version.
    """

    def __init__(self, folder: Path) -> None:
        self.content = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        digest = sha256()
        for name, content in self.content.items():
            digest.update(f"{name} {len(content)} ".encode())
            digest.update(content)
        self.version = digest.hexdigest()[:VERSION_LENGTH]


@cache
def read_once() -> Assets:
    return Assets(FOLDER)


def assets() -> Assets:
    """The assets of this process; read again each time while somebody works on them."""
    return Assets(FOLDER) if current_app.debug else read_once()


def asset(name: str) -> str:
    """The address of an asset as it is now."""
    return url_for("static", version=assets().version, filename=name)


def show_asset(version: str, filename: str) -> Response:
    """An asset, to be kept for a year where the address says what is in it.

    Under a version that is not ours, as on a page from before an upgrade, it is what we have, and asked for anew.
    """
    ours = assets()
    if filename not in ours.content:
        abort(404)
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    response = Response(ours.content[filename], mimetype=kind)
    if version == ours.version:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
        response.add_etag()
    response.make_conditional(request)
    return response


class SessionsOfPages(SecureCookieSessionInterface):
    """Sessions for everything but assets: what browsers keep is the same for everybody, and sets nobody's cookie."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "static":
            super().save_session(app, session, response)


def offer_assets(app: Flask) -> None:
    """Let the app show its assets, and its templates name them."""
    app.session_interface = SessionsOfPages()
    app.add_url_rule("/static/<version>/<path:filename>", "static", show_asset)
    app.jinja_env.globals["asset"] = asset
