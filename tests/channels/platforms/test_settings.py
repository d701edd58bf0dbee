"""A channel is on when its secrets are there; one without them is off by itself, and says so in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.channels.platforms import settings
from assistant.files import ROOT
from tests.channels.platforms.bots import serving
from tests.channels.served import prepared
from tests.channels.simulated.senders import SENDERS

EACH = pytest.mark.parametrize("channel", SENDERS)
KINDS = {kind.id: kind for kind in settings.PLATFORMS}


def full(channel: str) -> dict[str, str]:
    return dict(SENDERS[channel]().environment("http://127.0.0.1:1"))


@EACH
class TestAChannel:
    def test_is_not_spoken_of_where_nothing_is_set(self, channel: str) -> None:
        state = settings.state(KINDS[channel], {"PUBLIC_URL": "https://e.org"})
        assert (state.is_asked, state.open()) == (False, None)

    def test_is_on_with_all_its_secrets(self, channel: str) -> None:
        platform = settings.state(KINDS[channel], full(channel)).open()
        assert platform is not None
        assert platform.base == "http://127.0.0.1:1"

    def test_is_off_without_any_one_of_them(self, channel: str) -> None:
        for setting in KINDS[channel].settings:
            left = {name: value for name, value in full(channel).items() if name != setting.name}
            state = settings.state(KINDS[channel], left)
            assert state.reason == ("" if setting.optional else f"{setting.name} is missing")
            assert (state.open() is None) == (not setting.optional)

    def test_is_off_with_one_that_cannot_be_right_and_does_not_repeat_it(self, channel: str) -> None:
        for setting in KINDS[channel].settings:
            state = settings.state(KINDS[channel], {**full(channel), setting.name: "no such thing"})
            assert state.reason == f"{setting.name} does not look like {setting.what}"
            assert state.open() is None


def test_one_of_twilios_two_numbers_is_enough() -> None:
    for number, off in (("TWILIO_SMS_NUMBER", "whatsapp"), ("TWILIO_WHATSAPP_NUMBER", "sms")):
        given = {**full("sms"), **full("whatsapp")}
        left = {name: value for name, value in given.items() if not name.endswith("_NUMBER") or name == number}
        states = {state.kind.id: state for state in settings.states(left)}
        assert [name for name, state in states.items() if state.reason] == []
        assert not states[off].is_asked


async def test_a_broken_channel_is_off_alone_and_log_and_ready_say_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prepared(monkeypatch)
    senders = {name: SENDERS[name]() for name in ("telegram", "slack")}
    for channel in senders:
        for name, value in full(channel).items():
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "not the secret")
    async with serving(tmp_path, {}, senders) as bots:
        ready = await bots.ready()
        assert ready["status"] == "ready"
        assert ready["channels"]["telegram"] == "on"
        assert ready["channels"]["slack"].startswith("off: SLACK_SIGNING_SECRET does not look like")
        assert (await bots.post("slack", *senders["slack"].text("hello")))[0] == 404
        assert (await bots.post("sms", b"", {}))[0] == 404
        assert await bots.say("telegram", "hello") == 200
    assert "The channel slack is off: SLACK_SIGNING_SECRET" in caplog.text
    assert "not the secret" not in caplog.text


def test_no_network_is_asked_for_at_import_or_start() -> None:
    environment = {name: value for channel in SENDERS for name, value in full(channel).items()}
    program = (
        "import socket, sys\n"
        "def refuse(*_): raise SystemExit('the network was asked for')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from assistant import runtime; runtime.set_environment()\n"
        "from assistant.channels.platforms.input import PlatformsInput\n"
        "print(sorted(platform.id for platform in PlatformsInput()._platforms))"
    )
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == str(sorted(SENDERS)), run.stderr
