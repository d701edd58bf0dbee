"""What is Slack's own: the challenge, mentions beside messages, threads, its buttons."""

from __future__ import annotations

import json
import time
from typing import Any, cast

import pytest
from slack_sdk.signature import SignatureVerifier

from assistant.channels.platforms.platform import Inbound, Rejected
from assistant.channels.platforms.slack import Slack
from tests.channels.platforms.bots import Bots
from tests.channels.simulated import slack
from tests.channels.simulated.senders import SlackSender

CHANNEL = {"type": "app_mention", "channel": "C1", "channel_type": "channel"}


def sender(bots: Bots) -> SlackSender:
    return cast(SlackSender, bots.senders["slack"])


async def test_an_address_is_registered_by_its_challenge_where_it_is_signed(bots: Bots) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    assert await bots.post("slack", *sender(bots).signed(body)) == (200, "abc")
    assert (await bots.post("slack", body, {}))[0] == 401


async def test_a_tapped_button_chooses_for_who_was_asked_alone(bots: Bots) -> None:
    await bots.say("slack", "<@UBOT> how long", **CHANNEL)
    answer = (await bots.simulated["slack"].messages(2))[-1]
    assert len(answer.choices) == 2
    await bots.tap("slack", answer.choices[1][1], who=2, channel="C1")
    await bots.settled()
    assert len(bots.processor.handed) == 1
    await bots.tap("slack", answer.choices[1][1], who=1, channel="C1", message={"thread_ts": "5.5"})
    await bots.settled()
    assert bots.processor.handed[-1].parse_data["intent"]["name"] == "causes"
    assert bots.simulated["slack"].taken[-1].raw["thread_ts"] == "5.5"


async def test_a_mention_is_answered_in_its_thread_without_the_bots_name(bots: Bots) -> None:
    await bots.say(
        "slack", "<@UBOT> are <https://e.org/x|these> &lt;3 for <@U2>?", ts=f"{int(time.time())}.5", **CHANNEL
    )
    await bots.settled()
    assert bots.texts == ["are these <3 for <@U2>?"]
    assert all(taken.raw["thread_ts"].endswith(".5") and taken.to == "C1" for taken in bots.simulated["slack"].taken)


async def test_a_mention_that_is_also_a_message_is_answered_once(bots: Bots) -> None:
    now = f"{int(time.time())}.000100"
    # In a channel: the mention counts, the message of the same time does not.
    await bots.say("slack", "<@UBOT> how long", **CHANNEL, ts=now)
    await bots.say("slack", "<@UBOT> how long", channel="C1", channel_type="channel", ts=now)
    # In a direct message: the other way round.
    await bots.say("slack", "<@UBOT> on the nose", ts=now)
    await bots.say("slack", "<@UBOT> on the nose", type="app_mention", channel="D1", channel_type="im", ts=now)
    # The same message under another event's name.
    await bots.say("slack", "<@UBOT> on the nose", ts=now, event_id="Ev-other")
    await bots.settled()
    assert sorted(bots.texts) == ["how long", "on the nose"]


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B1"},
        {"user": "UBOT"},
        {"user": ""},
        {"subtype": "message_changed"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"channel_type": "channel", "channel": "C1"},
        {"channel_type": "group", "channel": "G1"},
        {"type": "reaction_added"},
    ],
)
async def test_its_own_messages_and_all_that_is_no_question_are_left_alone(bots: Bots, event: dict[str, Any]) -> None:
    assert await bots.say("slack", "hello", **event) == 200
    await bots.settled()
    assert bots.texts == []


async def test_a_retry_of_any_reason_is_a_copy(bots: Bots) -> None:
    body, headers = sender(bots).text("how long")
    for reason in (None, "http_timeout", "http_error", "connection_failed", "ssl_error", "too_many_redirects"):
        more = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": reason} if reason else {}
        assert (await bots.post("slack", body, {**headers, **more}))[0] == 200
    await bots.settled()
    assert bots.texts == ["how long"]


@pytest.mark.parametrize("kind", ["view_submission", "shortcut", "block_suggestion"])
async def test_another_interaction_is_left_alone(bots: Bots, kind: str) -> None:
    body, _ = sender(bots).tap("x", "x")
    changed = body.replace(b"block_actions", kind.encode())
    assert (await bots.post("slack", *sender(bots).signed(changed, "application/x-www-form-urlencoded")))[0] == 200


def test_the_signature_is_the_one_of_slacks_own_library() -> None:
    secret, now = "0" * 32, int(time.time())
    platform = Slack({"SLACK_SIGNING_SECRET": secret, "SLACK_BOT_TOKEN": slack.TOKEN})
    signature = SignatureVerifier(secret).generate_signature(timestamp=str(now), body='{"é": 1}')
    headers = {"x-slack-signature": signature, "x-slack-request-timestamp": str(now)}
    platform.verify(Inbound("POST", "", {}, headers, '{"é": 1}'.encode()))
    late = Slack(platform.values, clock=lambda: now + 301)
    with pytest.raises(Rejected):
        late.verify(Inbound("POST", "", {}, headers, '{"é": 1}'.encode()))
