"""Extends the action server: it answers only who knows the shared secret, and repeats no request in an error."""

from __future__ import annotations

import hmac
import os

import pluggy
from rasa_sdk.plugin import hookspec  # noqa: F401  (marks where the hook below is specified)
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant import guide, ingredients, referral, site

hook = pluggy.HookimplMarker("rasa_sdk")

SECRET = "ASSISTANT_ACTION_SECRET"
OPEN_PATHS = {"/health"}


@hook
def attach_sanic_app_extensions(app: Sanic) -> None:
    """Refuse callers without the secret, blank the bodies of errors, read the content; called once by rasa_sdk."""
    expected = f"Bearer {_secret()}"
    _read_content()

    @app.middleware("request")  # type: ignore[no-untyped-call]
    async def refuse_strangers(request: Request) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "")
        if request.path in OPEN_PATHS or hmac.compare_digest(_bytes(given), _bytes(expected)):
            return None
        return response.json({"error": "not allowed"}, status=401)

    @app.middleware("response")  # type: ignore[no-untyped-call]
    async def tell_nothing(request: Request, answer: HTTPResponse) -> HTTPResponse | None:
        # rasa_sdk repeats the whole request, slots and all, in the body of a 500.
        if answer.status >= 500:
            return response.json({"error": "the action failed"}, status=answer.status)
        return None


def _read_content() -> None:
    """Read all content before the server listens: the first visitor would wait for it, on a busy machine in vain."""
    guide.load()
    site.load()
    referral.detect("words enough to be weighed as well")
    ingredients.check("aqua")


def _bytes(header: str) -> bytes:
    # Sanic keeps what is no UTF-8 in a header as surrogates.
    return header.encode(errors="surrogateescape")


def _secret() -> str:
    secret = os.environ.get(SECRET, "")
    if not secret:
        raise SystemExit(f"Set {SECRET} for the action server and for Rasa; `make run` does it.")
    return secret
