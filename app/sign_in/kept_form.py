"""Keeps what was typed when a session has ended, so that signing in again loses nothing."""

from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.sign_in.session import person_of_ended_session

KEPT_SECONDS = 3600
KEPT_CHARACTERS_MAX = 200_000


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that could not be taken, with the address it was sent to and the id of who filled it, if known."""

    path: str
    fields: tuple[tuple[str, str], ...]
    person_id: str

    def is_of(self, person_id: str) -> bool:
        """False when somebody else had been signed in: on a shared computer nobody is shown another's words."""
        return self.person_id in ("", person_id)


def sent_from_here() -> bool:
    """True when a page of ours sent this form: nobody else may have a form kept and sent in somebody's name."""
    site = request.headers.get("Sec-Fetch-Site")
    return site == "same-origin" if site else request.headers.get("Origin") == request.host_url.rstrip("/")


def form_sent() -> KeptForm | None:
    """The form of this request, when a page of ours sent it."""
    if request.method != "POST" or not sent_from_here():
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    return KeptForm(request.path, fields, person_of_ended_session())


def keep_sent_form() -> str:
    """The form of this request as a signed text for a hidden field; empty when there is nothing to keep."""
    form = form_sent()
    kept = _signer().dumps([form.path, form.fields, form.person_id]) if form else ""
    return kept if len(kept) <= KEPT_CHARACTERS_MAX else ""


def read_kept_form(text: str) -> KeptForm | None:
    """The form that `keep_sent_form` kept, or None when the text is not ours or too old."""
    if not text:
        return None
    try:
        path, fields, person_id = _signer().loads(text, max_age=KEPT_SECONDS)
    except BadData:
        return None
    return KeptForm(path, tuple((name, value) for name, value in fields), person_id)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="kept form")
