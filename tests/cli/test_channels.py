"""`channels register` and `channels check`, against simulated platforms."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from assistant.cli import main
from tests.channels.simulated.senders import PUBLIC, SENDERS
from tests.channels.simulated.server import Simulated

EACH = pytest.mark.parametrize("channel", SENDERS)
BY_HAND = {"messenger": "enter the callback", "slack": "Event Subscriptions", "whatsapp": "WhatsApp senders"}


@pytest.fixture
def server(channel: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulated]:
    """The channel's platform, in a loop of its own, and the environment that leads to it."""
    sender = SENDERS[channel]()
    found = sender.server()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(found.start(), loop).result(10)
    for name, value in {**sender.environment(found.address), "PUBLIC_URL": PUBLIC}.items():
        monkeypatch.setenv(name, value)
    yield found
    asyncio.run_coroutine_threadsafe(found.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@EACH
def test_a_channel_is_registered_and_then_in_order(
    channel: str, server: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    before = main(["channels", "check", channel])
    assert (before, capsys.readouterr().out == f"{channel}: is in order.\n") in ((0, True), (2, False))
    assert main(["channels", "register", channel]) == 0
    said = capsys.readouterr().out
    assert f"{PUBLIC}/chat/channels/{channel}" in said
    assert BY_HAND.get(channel, "from now on") in said
    assert main(["channels", "check", channel]) == 0
    assert capsys.readouterr().out == f"{channel}: is in order.\n"
    assert server.refused == []


@pytest.mark.parametrize("channel", ["telegram", "messenger", "sms"])
def test_what_is_not_registered_is_told_with_what_to_do(
    channel: str, server: Simulated, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["channels", "check"]) == 2
    assert f"channels register {channel}" in capsys.readouterr().out


@EACH
def test_a_platform_that_is_down_and_a_wrong_secret_are_told_without_the_secret(
    channel: str, server: Simulated, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = {"telegram": "TELEGRAM_BOT_TOKEN", "messenger": "MESSENGER_PAGE_TOKEN", "slack": "SLACK_BOT_TOKEN"}
    wrong = {"telegram": "9999:" + "B" * 35, "messenger": "W" * 40, "slack": "xoxb-wrongwrongwrong"}.get(
        channel, "0" * 32
    )
    monkeypatch.setenv(token.get(channel, "TWILIO_AUTH_TOKEN"), wrong)
    assert main(["channels", "check", channel]) == 2
    said = capsys.readouterr()
    assert wrong not in said.out + said.err
    assert "does not know these secrets" in said.out or "refuses the bot token" in said.out
    name = next(name for name in SENDERS[channel]().environment("") if name.endswith("API_URL"))
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert main(["channels", "check", channel]) == 2
    said = capsys.readouterr()
    assert "cannot be reached from here (ClientConnectorError)." in said.out
    assert wrong not in said.out + said.err


@pytest.mark.parametrize("channel", ["telegram"])
class TestACallThatCannotBe:
    def test_is_told_where_a_secret_is_missing(
        self, channel: str, server: Simulated, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("TELEGRAM_WEBHOOK_SECRET")
        assert main(["channels", "register", channel]) == 2
        assert capsys.readouterr().err == "telegram is off: TELEGRAM_WEBHOOK_SECRET is missing.\n"
        assert main(["channels", "check"]) == 2
        assert main(["channels", "check", "slack"]) == 2
        assert "slack is not set up: set SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET." in capsys.readouterr().out

    @pytest.mark.parametrize("url", ["http://e.org", "e.org", ""])
    def test_is_told_where_the_address_is_no_public_one(
        self,
        channel: str,
        server: Simulated,
        url: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("PUBLIC_URL", "")
        assert main(["channels", "register", channel, "--url", url]) == 2
        assert "https addresses only" in capsys.readouterr().err

    def test_is_told_where_telegram_sends_elsewhere(
        self, channel: str, server: Simulated, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert main(["channels", "register", channel, "--url", "https://other.example.org/"]) == 0
        assert main(["channels", "check", channel]) == 2
        assert "another address" in capsys.readouterr().out


def test_without_any_platform_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["channels", "check"]) == 0
    assert "No messaging platform is set up" in capsys.readouterr().out
