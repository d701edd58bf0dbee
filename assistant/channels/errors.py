"""Errors as the web channel says them: a fitting status, a code for programs, a sentence for people."""

from __future__ import annotations

from sanic.response import HTTPResponse, json

from assistant import guide, site


class Refused(Exception):
    """A request is not carried out. `code` is for programs, `sentence` the key of a prepared one for people."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.sentence = sentence

    def response(self) -> HTTPResponse:
        """Return the JSON answer of the contracts."""
        message = guide.fill(guide.load().system[self.sentence], site.load().words)
        return json({"error": {"code": self.code, "message": message}}, status=self.status)


def bad_request() -> Refused:
    """Return the refusal of a request that does not have the form of the contracts."""
    return Refused(400, "bad_request", "bad_request")


def unauthorised() -> Refused:
    """Return the refusal of a missing, forged, expired or voided token."""
    return Refused(401, "no_session", "no_session")


def wrong_method() -> Refused:
    """Return the refusal of a method that an address does not take."""
    return Refused(405, "wrong_method", "bad_request")
