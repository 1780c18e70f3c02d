"""Mends what a client or a proxy says about a request before it is one: host, path, addresses in headers, sender."""

import re
from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

REFUSED = "rpe.refused"  # the status with which a request is refused that cannot be read as it came
HOST_LENGTH_MAX = 253
_LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"({_LABEL}(\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]+\])(:[0-9]{{1,5}})?")
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_ADDRESS_HEADERS = ("HTTP_REFERER", "HTTP_ORIGIN", "HTTP_HX_CURRENT_URL")
# Some proxies name the port as well, which would make each connection another sender.
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](:[0-9]+)?|(?P<four>[0-9.]+):[0-9]+")


class SoundEnvironment:
    """Takes out what cannot be read, and notes where the request must be refused for it."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        mend_host(environ)
        mend_sender(environ)
        drop_unreadable_headers(environ)
        mend_path(environ)
        return self.app(environ, start_response)


def parts_of(address: str) -> SplitResult | None:
    """The parts of an address, or None where it is none: `http://[` has an end that never comes."""
    try:
        parts = urlsplit(address)
        return parts if parts.hostname is None or parts.port is None or parts.port >= 0 else None
    except ValueError:
        return None


def drop_unreadable_headers(environ: dict[str, Any]) -> None:
    for name in [name for name in environ if name.startswith("HTTP_") and _CONTROLS.search(environ[name])]:
        del environ[name]
    for name in _ADDRESS_HEADERS:
        if name in environ and parts_of(environ[name]) is None:
            del environ[name]
    if environ["wsgi.url_scheme"] not in ("http", "https"):
        environ["wsgi.url_scheme"] = "http"


def mend_sender(environ: dict[str, Any]) -> None:
    """An address that a proxy passed on and that is none counts as that of the proxy."""
    passed_on = environ.get("werkzeug.proxy_fix.orig", {})
    for address in (environ.get("REMOTE_ADDR", ""), passed_on.get("REMOTE_ADDR", "")):
        if not address:
            break
        with_port = _WITH_PORT.fullmatch(address)
        plain = (with_port["six"] or with_port["four"]) if with_port else address
        try:
            environ["REMOTE_ADDR"] = str(ip_address(plain.partition("%")[0]))
        except ValueError:
            continue
        return
    environ.pop("REMOTE_ADDR", None)


def mend_host(environ: dict[str, Any]) -> None:
    host = environ.get("HTTP_HOST")
    if host is None or (len(host) <= HOST_LENGTH_MAX and _HOST.fullmatch(host) and parts_of(f"//{host}")):
        return
    del environ["HTTP_HOST"]  # SERVER_NAME stands in
    environ[REFUSED] = 400


def mend_path(environ: dict[str, Any]) -> None:
    """No page has an address with a control character, or one that is not in UTF-8."""
    path = environ.get("PATH_INFO", "")
    try:
        is_text = not _CONTROLS.search(path.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        is_text = False
    if not is_text:
        environ["PATH_INFO"] = "/"
        environ[REFUSED] = 404
