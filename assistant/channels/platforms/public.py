"""The address that a platform called, which Twilio signs: behind a proxy it is not the one that arrives here."""

from __future__ import annotations

import os
import re

from sanic.request import Request

URL = "PUBLIC_URL"
TRUST = "TRUST_FORWARDED"
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?")


def public_url(request: Request) -> str:
    """Return the address with its query: by PUBLIC_URL, else by what a trusted proxy says, else as it arrived.

    X-Forwarded-Proto and X-Forwarded-Host count only where TRUST_FORWARDED is 1: otherwise anybody could set them.
    """
    path = request.path + (f"?{request.query_string}" if request.query_string else "")
    given = os.environ.get(URL, "").strip().rstrip("/")
    if given:
        return given + path
    scheme, host = request.scheme, request.headers.get("Host", "")
    if os.environ.get(TRUST) == "1":
        scheme = _first(request, "X-Forwarded-Proto") or scheme
        host = _first(request, "X-Forwarded-Host") or host
    return f"{scheme}://{host}{path}" if scheme in ("http", "https") and _HOST.fullmatch(host) else path


def _first(request: Request, header: str) -> str:
    return str(request.headers.get(header, "")).partition(",")[0].strip()
