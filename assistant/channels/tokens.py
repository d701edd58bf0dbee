"""Signed tokens that say which conversation a visitor's browser may speak in."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt

from assistant.files import ROOT

LIFETIME = 24 * 3600  # seconds; the contracts' life of a token
RENEW_AFTER = 3600  # seconds of age from which a reply brings a new one
ALGORITHM = "HS256"
SECRET = "ASSISTANT_SECRET"
# HS256 is as strong as its key; 32 bytes are what RFC 7518 section 3.2 asks for.
SHORTEST_SECRET = 32
DEVELOPMENT_SECRET = ROOT / "var" / "secret"


class InvalidToken(Exception):
    """The token was not made here, was changed, or has expired."""


@dataclass(frozen=True)
class Ticket:
    """A token and when it ends, in epoch seconds."""

    token: str
    expires_at: int

    def as_dict(self) -> dict[str, object]:
        """Return what the HTTP reply shows."""
        return {"token": self.token, "expires_at": self.expires_at}


class Tokens:
    """Makes and reads tokens with one secret."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        """Issue by `clock` (epoch seconds); raise ValueError for a secret that is too short to keep anybody out."""
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"{SECRET} must have {SHORTEST_SECRET} characters or more.")
        self._secret = secret
        self._clock = clock

    def start(self) -> Ticket:
        """Return a ticket for a new conversation that nobody can guess."""
        return self.issue(f"web-{secrets.token_hex(16)}")

    def issue(self, conversation: str) -> Ticket:
        """Return a fresh ticket for `conversation`."""
        now = int(self._clock())
        claims = {"sub": conversation, "iat": now, "exp": now + LIFETIME}
        return Ticket(jwt.encode(claims, self._secret, ALGORITHM), now + LIFETIME)

    def conversation(self, token: str) -> str:
        """Return the conversation that `token` is for; raise InvalidToken."""
        return str(self._claims(token)["sub"])

    def renewed(self, token: str) -> Ticket | None:
        """Return a fresh ticket where `token` has some age; raise InvalidToken."""
        claims = self._claims(token)
        aged = self._clock() - float(claims["iat"]) > RENEW_AFTER
        return self.issue(str(claims["sub"])) if aged else None

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self._secret, [ALGORITHM], options={"require": ["sub", "iat", "exp"]}
            )
        # A header may hold bytes that are no text; PyJWT lets the UnicodeEncodeError of those through.
        except (jwt.InvalidTokenError, UnicodeError) as error:
            raise InvalidToken from error
        return claims


def secret(path: Path = DEVELOPMENT_SECRET) -> str:
    """Return the secret of the environment; where it has none, one that is made once and kept in a private file."""
    given = os.environ.get(SECRET)
    if given:
        return given
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = secrets.token_urlsafe(48)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(made)
        return made
