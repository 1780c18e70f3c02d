"""What is sent compressed: every asset, and a page where nobody elsewhere can have chosen what stands in it."""

from flask import Flask, Request, Response, request
from flask_compress import Compress

# Brotli at 6 costs a millisecond for our largest file and is within a tenth of its smallest.
OPTIONS = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 6,
    "COMPRESS_REGISTER": False,
}
FROM_HERE = frozenset({"same-origin", "none"})  # our own pages; an address that was typed, or kept as a bookmark


def compress_answers(app: Flask) -> None:
    """Compress what the browser can read compressed, where that tells nobody anything."""
    app.config.update(OPTIONS)
    compress = Compress()
    compress.init_app(app)

    @app.after_request
    def shrink(response: Response) -> Response:
        return compress.after_request(response) if may_shrink(request) else response


def may_shrink(asked: Request) -> bool:
    """False where another site led to this page: it could have put a guess into the address.

    How small a page becomes then tells whether the guess stands elsewhere in it, as in its token or a name.
    """
    return asked.endpoint == "static" or asked.headers.get("Sec-Fetch-Site") in FROM_HERE
