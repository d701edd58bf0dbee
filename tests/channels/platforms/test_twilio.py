"""What is Twilio's own: the public address in the signature, words of the network, one numbered list, cheap letters."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

import pytest

from assistant.channels.platforms.units import is_gsm7
from tests.channels.platforms.bots import Bots
from tests.channels.simulated import twilio
from tests.channels.simulated.senders import PUBLIC, TwilioSender
from tests.turn.fakes import response

BOTH = pytest.mark.parametrize("channel", ["sms", "whatsapp"])


def sender(bots: Bots, channel: str = "sms") -> TwilioSender:
    return cast(TwilioSender, bots.senders[channel])


@BOTH
async def test_an_answer_is_one_message_with_one_numbered_list(bots: Bots, channel: str) -> None:
    await bots.say(channel, "how long")
    _, answer = await bots.simulated[channel].messages(2)
    assert answer.shown == "An answer.\n\nReply with a number:\n1. How long they last\n2. What causes them"


async def test_an_sms_stays_in_the_cheap_alphabet(bots: Bots) -> None:
    bots.processor.says = lambda _: [response("It’s “fine” – really…")]
    await bots.say("sms", "how long")
    answer = (await bots.simulated["sms"].messages(2))[-1]
    assert answer.shown == 'It\'s "fine" - really...'
    assert all(is_gsm7(taken.shown) for taken in bots.simulated["sms"].taken)


@BOTH
async def test_twilio_is_acknowledged_with_an_empty_reply(bots: Bots, channel: str) -> None:
    status, said = await bots.post(channel, *sender(bots, channel).text("how long"))
    assert status == 200
    assert said.endswith("<Response></Response>")


class TestTheSignature:
    @pytest.mark.parametrize("port", ["", ":443"])
    async def test_is_of_the_public_address_with_or_without_its_port(self, bots: Bots, port: str) -> None:
        body, _ = sender(bots).text("how long")
        url = f"https://bot.example.org{port}/chat/channels/sms?a=b"
        assert (await bots.post("sms", *sender(bots).signed(body, url), query="?a=b"))[0] == 200

    @pytest.mark.parametrize(("trusted", "status"), [("1", 200), ("", 403), ("0", 403)])
    async def test_follows_what_a_proxy_forwards_only_where_it_is_trusted(
        self, bots: Bots, monkeypatch: pytest.MonkeyPatch, trusted: str, status: int
    ) -> None:
        monkeypatch.delenv("PUBLIC_URL")
        monkeypatch.setenv("TRUST_FORWARDED", trusted)
        body, headers = sender(bots).text("how long")
        forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": PUBLIC.removeprefix("https://")}
        assert (await bots.post("sms", body, {**headers, **forwarded}))[0] == status

    async def test_without_a_proxy_is_of_the_address_as_it_arrived(
        self, bots: Bots, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("PUBLIC_URL")
        body, _ = sender(bots).text("how long")
        url = f"{bots.address}/chat/channels/sms"
        assert (await bots.post("sms", *sender(bots).signed(body, url)))[0] == 200

    async def test_is_not_that_of_sms_on_whatsapp(self, bots: Bots) -> None:
        assert (await bots.post("whatsapp", *sender(bots).text("how long")))[0] == 403


@pytest.mark.parametrize("word", ["STOP", " stop ", "Unsubscribe", "HELP", "start"])
async def test_a_word_that_the_network_answers_is_left_to_it(bots: Bots, word: str) -> None:
    assert await bots.say("sms", word) == 200
    await bots.say("whatsapp", word)
    await bots.settled()
    assert bots.texts == [word.strip()]  # on WhatsApp it is a word as any other


@pytest.mark.parametrize(
    "fields",
    [
        {"OptOutType": "STOP"},
        {"AccountSid": "AC" + "f" * 32},
        {"MessageSid": "x"},
        {"From": ""},
        {"From": "<script>"},
        {"NumMedia": "many"},
    ],
)
async def test_what_is_no_message_to_this_account_is_left_alone(bots: Bots, fields: dict[str, Any]) -> None:
    body = urlencode(sender(bots).fields(Body="hello", **fields)).encode()
    assert (await bots.post("sms", *sender(bots).signed(body)))[0] == 200
    await bots.settled()
    assert bots.texts == []


async def test_spanish_letters_arrive_as_they_were_sent(bots: Bots) -> None:
    await bots.say("sms", "¡Hola! ¿qué son? @")
    await bots.settled()
    assert bots.simulated["sms"].taken[-1].to == f"+1555{1_000_001}"
    assert bots.simulated["sms"].taken[-1].raw["From"] == twilio.NUMBER
