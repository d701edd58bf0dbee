"""Which websites' pages may call the channel: its own, and those that the owner lists."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import HTTPResponse, empty

from assistant import site
from assistant.channels.errors import Refused


async def check(request: Request) -> HTTPResponse | None:
    """Refuse a page of another origin, and answer the question that a browser asks before it calls."""
    origin = request.headers.get("Origin")
    if origin and not _is_allowed(request, origin):
        return Refused(403, "not_allowed", "not_allowed").response()
    return empty() if request.method == "OPTIONS" else None


async def allow(request: Request, answer: HTTPResponse) -> None:
    """Tell the browser that the page of an allowed origin may read the answer."""
    origin = request.headers.get("Origin")
    # Rasa's own cross-origin extension says these two whoever asks; no cookie is used here.
    for header in ("Access-Control-Allow-Credentials", "Access-Control-Expose-Headers"):
        answer.headers.pop(header, None)
    answer.headers["Vary"] = answer.headers.get("Vary", "Origin")
    answer.headers["Cache-Control"] = answer.headers.get("Cache-Control", "no-store")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    if origin and _is_allowed(request, origin):
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        answer.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        answer.headers["Access-Control-Max-Age"] = "3600"


def _is_allowed(request: Request, origin: str) -> bool:
    try:
        own = urlsplit(origin).netloc == request.headers.get("Host")
    except ValueError:  # an address that is none
        return False
    return own or origin in site.load().allowed_origins
