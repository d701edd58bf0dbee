from __future__ import annotations

import base64
import json
import stat
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels import tokens
from assistant.channels.tokens import LIFETIME, RENEW_AFTER, InvalidToken, Tokens, secret
from tests.channels.served import SECRET

TOKENS = Tokens(SECRET)


def at(moment: float) -> Tokens:
    """Return the server's tokens as they are issued at another moment, so many seconds from now."""
    return Tokens(SECRET, clock=lambda: time.time() + moment)


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    made = {"sub": "web-1", "iat": now, "exp": now + LIFETIME, **changed}
    return {name: value for name, value in made.items() if value is not None}


def test_a_token_names_its_conversation_and_its_end() -> None:
    ticket = TOKENS.issue("web-1")
    assert TOKENS.conversation(ticket.token) == "web-1"
    assert ticket.as_dict() == {"token": ticket.token, "expires_at": ticket.expires_at}
    assert ticket.expires_at == pytest.approx(time.time() + LIFETIME, abs=5)


def test_new_conversations_cannot_be_guessed() -> None:
    names = {TOKENS.conversation(TOKENS.start().token) for _ in range(100)}
    assert len(names) == 100
    assert all(name.startswith("web-") and len(name) == 36 for name in names)


def test_a_token_lives_for_a_day() -> None:
    assert LIFETIME == 24 * 3600
    assert TOKENS.conversation(at(60 - LIFETIME).issue("web-1").token) == "web-1"
    with pytest.raises(InvalidToken):
        TOKENS.conversation(at(-60 - LIFETIME).issue("web-1").token)


def test_a_token_is_renewed_from_an_hour_on_for_the_same_conversation() -> None:
    assert TOKENS.renewed(at(60 - RENEW_AFTER).issue("web-1").token) is None
    ticket = TOKENS.renewed(at(-60 - RENEW_AFTER).issue("web-1").token)
    assert ticket is not None
    assert TOKENS.conversation(ticket.token) == "web-1"
    assert ticket.expires_at == pytest.approx(time.time() + LIFETIME, abs=5)


def test_the_clock_that_was_given_decides_about_age() -> None:
    ticket = TOKENS.issue("web-1")
    assert at(RENEW_AFTER - 60).renewed(ticket.token) is None
    assert at(RENEW_AFTER + 60).renewed(ticket.token) is not None


@pytest.mark.parametrize(
    "forged",
    [
        Tokens("another secret of more than thirty-two characters").issue("web-1").token,
        TOKENS.issue("web-1").token[:-2],
        TOKENS.issue("web-1").token + "x",
        jwt.encode(claims(), None, "none"),
        jwt.encode(claims(), SECRET, "HS512"),
        jwt.encode(claims(exp=None), SECRET, "HS256"),
        jwt.encode(claims(iat=None), SECRET, "HS256"),
        jwt.encode(claims(sub=None), SECRET, "HS256"),
        jwt.encode(claims(exp="soon"), SECRET, "HS256"),
        jwt.encode(claims(iat=int(time.time()) + 3600), SECRET, "HS256"),
        base64.urlsafe_b64encode(b"[" * 5000).decode().rstrip("=") + ".e30.x",
        "\udcff.x.y",
        "é.x.y",
    ],
)
def test_what_was_not_made_here_is_invalid(forged: str) -> None:
    with pytest.raises(InvalidToken):
        TOKENS.conversation(forged)
    with pytest.raises(InvalidToken):
        TOKENS.renewed(forged)


def test_the_conversation_in_a_token_cannot_be_exchanged() -> None:
    head, body, signature = TOKENS.issue("web-1").token.split(".")
    read = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    other = base64.urlsafe_b64encode(json.dumps({**read, "sub": "web-2"}).encode()).decode().rstrip("=")
    with pytest.raises(InvalidToken):
        TOKENS.conversation(f"{head}.{other}.{signature}")


@given(st.one_of(st.text(), st.text(alphabet="abc._-=", max_size=40), st.binary().map(lambda b: b.decode("latin-1"))))
def test_any_text_is_an_invalid_token_and_nothing_worse(text: str) -> None:
    with pytest.raises(InvalidToken):
        TOKENS.conversation(text)


@pytest.mark.parametrize("short", ["", "x", "x" * 31])
def test_a_secret_that_keeps_nobody_out_is_refused(short: str) -> None:
    with pytest.raises(ValueError, match="ASSISTANT_SECRET must have 32 characters or more"):
        Tokens(short)


class TestTheSecret:
    def test_is_made_once_in_a_file_that_only_its_owner_reads(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv(tokens.SECRET, raising=False)
        path = tmp_path / "new folder" / "secret"
        made = secret(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert secret(path) == made == path.read_text(encoding="ascii")
        assert Tokens(made)

    def test_differs_from_place_to_place(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv(tokens.SECRET, raising=False)
        assert secret(tmp_path / "one") != secret(tmp_path / "other")

    def test_of_the_environment_goes_first_and_leaves_no_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv(tokens.SECRET, SECRET)
        assert secret(tmp_path / "secret") == SECRET
        assert list(tmp_path.iterdir()) == []
