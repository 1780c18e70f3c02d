"""Keeps what was typed when a session has ended, for whoever typed it, so that signing in again loses nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app, request
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer

from app.models.people import Person
from app.platform.clock import now

KEPT_FOR = timedelta(hours=24)
KEPT_CHARACTERS_MAX = 200_000
FILLED_BY = "filled_by"
NOT_KEPT = frozenset({"csrf_token", FILLED_BY})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that could not be taken: the address it was sent to, whose page it was, and until when it is kept."""

    path: str
    fields: tuple[tuple[str, str], ...]
    person_id: str
    until: datetime

    def is_of(self, person: Person) -> bool:
        """False for anybody else: on a shared computer nobody is shown another's words."""
        return self.person_id == str(person.id)

    def is_good(self) -> bool:
        return now() < self.until


def filled_by() -> str:
    """Who fills in the forms of this page, signed; it goes with each of them, as the session may end before."""
    return _signer("filled by").dumps(str(current_user.person.id)) if current_user.is_authenticated else ""


def person_who_filled() -> str:
    """The id of the person for whom the page of this form was made; empty when nobody can tell."""
    try:
        return str(_signer("filled by").loads(request.form.get(FILLED_BY, "")))
    except BadData:
        return ""


def sent_from_here() -> bool:
    """True when a page of ours sent this form: nobody else may have a form kept and sent in somebody's name."""
    site = request.headers.get("Sec-Fetch-Site")
    return site == "same-origin" if site else request.headers.get("Origin") == request.host_url.rstrip("/")


def form_sent() -> KeptForm | None:
    """The form of this request, when a page of ours sent it, we know whose it is, and it has no password."""
    person_id = person_who_filled()
    has_secret = any("password" in name for name in request.form)
    if request.method != "POST" or not sent_from_here() or not person_id or has_secret:
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT)
    return KeptForm(request.path, fields, person_id, now() + KEPT_FOR)


def as_text(form: KeptForm | None) -> str:
    """A form as a signed text for a hidden field; empty when there is nothing to keep, or too much."""
    if form is None:
        return ""
    kept = str(_signer("kept form").dumps([form.path, form.fields, form.person_id, form.until.timestamp()]))
    return kept if len(kept) <= KEPT_CHARACTERS_MAX else ""


def read_kept_form(text: str) -> KeptForm | None:
    """The form that `as_text` wrote, or None when the text is not ours; whether it is still good, it says itself."""
    if not text:
        return None
    try:
        path, fields, person_id, until = _signer("kept form").loads(text)
    except BadData:
        return None
    return KeptForm(path, tuple((name, value) for name, value in fields), person_id, datetime.fromtimestamp(until, UTC))


def _signer(salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=salt)
