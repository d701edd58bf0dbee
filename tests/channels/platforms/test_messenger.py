"""What is Messenger's own: registering, batches, quick replies, echoes."""

from __future__ import annotations

import json
from typing import cast

import pytest

from tests.channels.platforms.bots import Bots
from tests.channels.simulated.messenger import PAGE
from tests.channels.simulated.senders import MessengerSender


def sender(bots: Bots) -> MessengerSender:
    return cast(MessengerSender, bots.senders["messenger"])


@pytest.mark.parametrize(
    ("token", "status", "said"), [(MessengerSender.VERIFY, 200, "1158"), ("other", 403, ""), (None, 401, "")]
)
async def test_an_address_is_registered_with_the_owners_token_alone(
    bots: Bots, token: str | None, status: int, said: str
) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158", **({"hub.verify_token": token} if token else {})}
    async with bots.client.get(f"{bots.address}/chat/channels/messenger", params=query) as answer:
        assert (answer.status, await answer.text()) == (status, said)


async def test_choices_are_quick_replies_and_a_tap_chooses(bots: Bots) -> None:
    await bots.say("messenger", "how long")
    answer = (await bots.simulated["messenger"].messages(2))[-1]
    assert [title for title, _ in answer.choices] == ["How long they last", "What causes them"]
    await bots.tap("messenger", answer.choices[1][1], "What causes them")
    await bots.settled()
    assert bots.processor.handed[-1].parse_data["intent"]["name"] == "causes"


async def test_a_postback_is_what_its_button_says(bots: Bots) -> None:
    event = sender(bots).event(postback={"title": "Get Started", "payload": "/greet"})
    assert (await bots.post("messenger", *sender(bots).batch([event])))[0] == 200
    await bots.settled()
    assert bots.texts == ["Get Started"]


async def test_what_no_person_wrote_is_acknowledged_and_left_alone(bots: Bots) -> None:
    own = sender(bots)
    events = [
        own.event(message={"text": "our own", "is_echo": True}),
        own.event(delivery={"mids": ["m"]}),
        own.event(read={"watermark": 5}),
        own.event(reaction={"reaction": "smile"}),
        own.event(message={"is_deleted": True}),
    ]
    assert (await bots.post("messenger", *own.batch(events)))[0] == 200
    other = {"object": "instagram", "entry": [{"messaging": [own.event(message={"text": "x"})]}]}
    standby = {"object": "page", "entry": [{"id": PAGE, "standby": [own.event(message={"text": "x"})]}]}
    for body in (other, standby, {"object": "page"}, {"object": "page", "entry": {}}, {}):
        assert (await bots.post("messenger", *own.signed(json.dumps(body).encode())))[0] == 200
    await bots.settled()
    assert bots.texts == []


async def test_an_old_event_is_dropped_however_well_it_is_signed(bots: Bots) -> None:
    event = {**sender(bots).event(message={"text": "old"}), "timestamp": 1_600_000_000_000}
    assert (await bots.post("messenger", *sender(bots).batch([event])))[0] == 200
    await bots.settled()
    assert bots.texts == []
