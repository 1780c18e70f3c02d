"""What people read when something is not allowed, not found, too fast or broken, as a page or, for htmx, as a part."""

from flask import Flask, Response, current_app, request
from flask_limiter.errors import RateLimitExceeded
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.language.refusal import Overtaken, Refused
from app.platform.db import WRITING_METHODS, has_hit_a_constraint, is_busy
from app.web.deeds.once import NOT_SAID
from app.web.deeds.words_sent import words_sent
from app.web.htmx import answer

WORDS: dict[int, tuple[str, str]] = {
    400: ("We could not read that", "Go back, check what you entered and send it again."),
    403: (
        "You do not have access to this page",
        "If you think that you should, ask the administrator of this service to check your roles.",
    ),
    404: (
        "Page not found",
        "Check the address. If somebody sent it to you, the page may not be yours to see: ask them.",
    ),
    405: ("That cannot be done here", "Go back and use the buttons on the page."),
    409: ("Somebody was faster", "Go back to see how things stand now."),
    410: (
        "This address leads nowhere any more",
        "It was renewed or switched off: sign in to see whether there is another.",
    ),
    413: (
        "That is too large",
        "A file can have at most 20 MB, and what is typed into a form about 500,000 characters in all.",
    ),
    422: ("That is not possible", "Go back to see how things stand now."),
    429: ("Too many tries", "Wait 15 minutes, then try again. What you have done so far is kept."),
    500: ("Something went wrong here", "It was noted and nothing was saved. Try again in a few minutes."),
}


# Where a deed of a form that was good when it was opened can no longer be done, though its words may be needed.
NO_LONGER = frozenset({403, 404, 409, 422})
TAKEN_AWAY = "You can no longer do this"
WHY_TAKEN_AWAY = (
    "What the form was about has changed hands since you opened it, or your part in it has ended. Nothing was saved. "
    "Your home page has what is yours now; if you think that it is a mistake, ask a coordinator or the administrator."
)
RETRY_AFTER_SECONDS = 5
FASTER = (
    "While you were at it, somebody else did or removed something that this rests on, so nothing was saved. Go back to "
    "see how things stand now."
)


def register(app: Flask) -> None:
    """Let the app answer every refusal and failure in plain words."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(RateLimitExceeded, lambda error: problem(429))
    app.register_error_handler(SQLAlchemyError, show_fault_of_database)
    app.register_error_handler(500, show_failure)


def show_failure(error: Exception) -> Response:
    """The page for a fault of ours; plain words where even the page cannot be made, as without a database."""
    try:
        return problem(500)
    except Exception:
        current_app.logger.exception("The page for a failure failed as well")
        return Response(". ".join(WORDS[500]), 500, content_type="text/plain; charset=utf-8")


def show_fault_of_database(error: SQLAlchemyError) -> Response:
    """Somebody was faster, or others are busy; raises any other error."""
    if has_hit_a_constraint(error):
        current_app.logger.warning("%s %s met what somebody else had done", request.method, request.url_rule)
        return problem(409, FASTER)
    return show_busy(error)


def show_busy(error: SQLAlchemyError) -> Response:
    """Where others held the database too long: what was sent, in a form that sends it again; raises any other error.

    A password is not written into a page, and a browser gives no file back: these are entered again.
    """
    if not is_busy(error):
        raise error
    current_app.logger.warning("%s %s met a lock: %s", request.method, request.url_rule, error)
    is_deed = request.method in WRITING_METHODS
    has_secret = any("password" in name for name in request.form)
    response = answer(
        "errors/busy.html",
        "errors/_busy.html",
        status=503,
        address=request.full_path.rstrip("?"),
        fields=[] if has_secret else [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_SAID],
        can_send_again=is_deed and not has_secret and not request.files,
        is_deed=is_deed,
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def problem(status: int, message: str = "", title: str = "") -> Response:
    """The page for a status, with a message of its own where a rule had one."""
    usual, advice = WORDS.get(status, WORDS[400])
    words = {"title": title or usual, "advice": message or advice}
    gives_words_back = status in NO_LONGER and bool(words_sent())
    if gives_words_back and status in (403, 404):
        words = {"title": title or TAKEN_AWAY, "advice": message or WHY_TAKEN_AWAY}
    return answer(
        "errors/problem.html", "errors/_problem.html", status=status, gives_words_back=gives_words_back, **words
    )


def show_http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    return problem(error.code)


def show_refusal(refusal: Refused) -> Response:
    return problem(409 if isinstance(refusal, Overtaken) else 422, refusal.message)
