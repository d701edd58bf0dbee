"""Reads the web channel's requests: what they must hold, and how much of it."""

from __future__ import annotations

import json
import re
from typing import Any

from sanic.request import Request

from assistant.channels.errors import Refused, bad_request
from assistant.ingredients import looks_like_label
from assistant.text import normalise

MESSAGE_LIMIT = 1_000  # characters of a typed message; the contracts' limit
LABEL_LIMIT = 8_000  # characters of a pasted label; the contracts' limit
# 8,000 characters as JSON may write them (12 bytes for one outside the basic plane), and the rest of the object.
BODY_LIMIT = 100_000  # bytes
# Why a message did not help. A fixed few: nobody can write something private there.
REASONS = ("not_asked", "unclear", "wrong", "other")
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def body(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request; raise Refused where there is none or too much."""
    if len(request.body) > BODY_LIMIT:
        raise Refused(413, "too_long", "too_long")
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise bad_request() from error
    if not isinstance(found, dict):
        raise bad_request()
    return found


def message(request: Request) -> tuple[str, dict[str, str]]:
    """Return (message id, {"text"} or {"choice"}) of a request; raise Refused where it does not fit."""
    found = body(request)
    identity = _identity(found.get("id"))
    given: dict[str, str] = {name: found[name] for name in ("text", "choice") if name in found}
    if len(given) != 1 or not all(isinstance(value, str) for value in given.values()):
        raise bad_request()
    if "text" in given:
        _check_length(given["text"])
    return identity, given


def label(request: Request) -> str:
    """Return the text of a request to check a label; raise Refused where it does not fit."""
    text = body(request).get("text")
    if not isinstance(text, str):
        raise bad_request()
    if len(text) > LABEL_LIMIT:
        raise Refused(413, "too_long", "too_long")
    if not normalise(text):
        raise Refused(400, "empty", "empty")
    return text


def feedback(request: Request) -> tuple[str, bool, str | None]:
    """Return (message id, whether it helped, one of REASONS or None); raise Refused where it does not fit."""
    found = body(request)
    helpful, reason = found.get("helpful"), found.get("reason")
    if not isinstance(helpful, bool) or not (reason is None or reason in REASONS):
        raise bad_request()
    return _identity(found.get("message_id")), helpful, reason


def bearer(request: Request) -> str:
    """Return the token of the Authorization header, empty where there is none."""
    kind, _, token = str(request.headers.get("Authorization", "")).partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _identity(given: object) -> str:
    if not isinstance(given, str) or not _ID.fullmatch(given):
        raise bad_request()
    return given


def _check_length(text: str) -> None:
    if len(text) > LABEL_LIMIT:
        raise Refused(413, "too_long", "too_long")
    text = normalise(text)
    if not text:
        raise Refused(400, "empty", "empty")
    if len(text) > MESSAGE_LIMIT and not looks_like_label(text):
        raise Refused(413, "too_long", "too_long")
