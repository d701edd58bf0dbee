"""Whatever a platform sends, the answer is never a fault of ours, and what can be answered is."""

from __future__ import annotations

import asyncio

import pytest

from assistant.channels.platforms import inbound
from tests.channels.platforms.bots import Bots
from tests.channels.simulated.payloads import generated


async def check_generated(
    bots: Bots, channel: str, count: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(inbound, "MOST_MESSAGES", 100_000)
    statuses: list[int] = []
    posts = list(generated(bots.senders[channel], count))
    for start in range(0, count, 50):
        answers = await asyncio.gather(*(bots.post(channel, *post) for post in posts[start : start + 50]))
        statuses += [status for status, _ in answers]
    assert len(statuses) == count
    assert sorted(set(statuses)) in ([200], [200, 400], [200, 400, 403], [200, 403])
    assert statuses.count(200) > count / 3
    await bots.settled(within=300)
    assert bots.texts
    assert bots.simulated[channel].refused == []
    assert "could not be" not in caplog.text
    # After all of it an ordinary message is answered as before.
    before = len(bots.simulated[channel].taken)
    await bots.say(channel, "how long", who=77_777)
    assert (await bots.simulated[channel].messages(before + 2))[-1].shown.startswith("An answer.")
