"""Reads the bodies of requests: whatever was sent, the outcome is data or a refusal."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from assistant.channels.platforms.platform import Rejected

FIELDS = 200  # of a form; Twilio sends some thirty


def json_object(body: bytes | str) -> dict[str, Any]:
    """Return the JSON object in `body`; raise Rejected where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Rejected(400) from error
    if not isinstance(found, dict):
        raise Rejected(400)
    return found


def form(body: bytes) -> dict[str, str]:
    """Return the fields of a URL-encoded form, of each the last; raise Rejected where it is none."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=FIELDS
        )
    except ValueError as error:
        raise Rejected(400) from error
    return dict(pairs)
