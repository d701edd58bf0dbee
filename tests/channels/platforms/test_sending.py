"""Sending: in order, at the platform's pace, again only where that is safe, and over the end of a process."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from prometheus_client import REGISTRY

from assistant.channels.platforms import messenger
from assistant.storage.promises import Promises
from assistant.storage.tables import Work
from tests.channels.platforms.bots import Bots, serving
from tests.channels.simulated.senders import SENDERS
from tests.turn.fakes import response

PRIVATE = "my private words about myself"
EACH = pytest.mark.parametrize("channel", SENDERS)


@EACH
class TestSending:
    async def test_waits_as_long_as_the_platform_asks_and_goes_on_in_order(
        self, bots: Bots, channel: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = bots.simulated[channel]
        server.wait, server.limited = 1, 2
        begun = time.monotonic()
        # Messenger names no time to wait; half a minute of ours is too long for a test.
        monkeypatch.setattr(messenger, "LIMIT_WAIT", 1.0)
        for number in range(3):
            await bots.say(channel, f"question {number}")
        await server.messages(4)
        await bots.settled()
        assert time.monotonic() - begun >= 0.9
        assert [taken.shown[:10] for taken in server.taken[1:]] == ["An answer."] * 3
        assert len(server.taken) == 4

    async def test_is_tried_again_when_the_platform_is_there_again(self, bots: Bots, channel: str) -> None:
        server = bots.simulated[channel]
        await server.stop()
        for number in range(3):
            assert await bots.say(channel, f"question {number}", who=number) == 200
        await bots.until(lambda: bots.report()[channel] == "failing")
        assert (await bots.ready())["channels"][channel] == "failing"
        await server.start()
        await server.messages(6)
        await bots.settled()
        assert len(server.taken) == 6
        assert (await bots.ready())["channels"][channel] == "on"

    @pytest.mark.parametrize("status", [500, 503])
    async def test_is_tried_again_where_the_platform_says_it_failed(
        self, bots: Bots, channel: str, status: int
    ) -> None:
        server = bots.simulated[channel]
        server.failing = status
        await bots.say(channel, "how long")
        await bots.until(lambda: bool(bots.texts))
        await asyncio.sleep(0.3)
        server.failing = 0
        await server.messages(2)
        await bots.settled()
        assert len(server.taken) == 2

    async def test_is_not_tried_again_where_nobody_knows(
        self, bots: Bots, channel: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = bots.simulated[channel]
        server.drops = 1
        await bots.say(channel, "how long")
        await bots.settled()
        # The first part may have arrived; only the second is sent.
        assert [taken.shown[:10] for taken in server.taken] == ["An answer."]

    async def test_is_given_up_where_it_is_refused_and_the_next_goes_on(
        self, bots: Bots, channel: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        server = bots.simulated[channel]
        server.failing = 403
        await bots.say(channel, PRIVATE)
        await bots.settled()
        assert "was given up: refused" in caplog.text
        assert PRIVATE not in caplog.text
        server.failing = 0
        await bots.say(channel, "again")
        await server.messages(1)

    async def test_is_given_up_when_its_window_has_closed(self, bots: Bots, channel: str) -> None:
        server = bots.simulated[channel]
        server.failing = 503
        await bots.say(channel, "how long")
        await bots.until(lambda: Promises(bots.store).waiting(f"out:{channel}") >= 2)
        with bots.store.session_scope() as session:
            session.query(Work).update({"at": time.time() - 25 * 3600})
            session.commit()
        late = REGISTRY.get_sample_value("assistant_channel_dead_letters_total", {"channel": channel, "reason": "late"})
        await bots.settled()
        assert server.taken == []
        after = REGISTRY.get_sample_value(
            "assistant_channel_dead_letters_total", {"channel": channel, "reason": "late"}
        )
        assert after == (late or 0) + 2

    async def test_keeps_the_others_going_while_one_is_slow_or_down(self, bots: Bots, channel: str) -> None:
        slow = bots.simulated[channel]
        slow.delay = 5.0
        for who in range(3):
            await bots.say(channel, "how long", who)
        others = [other for other in SENDERS if other != channel]
        begun = time.monotonic()
        for other in others:
            await bots.say(other, "how long")
        await asyncio.gather(*(bots.simulated[other].messages(2) for other in others))
        assert time.monotonic() - begun < 4.0
        slow.delay = 0.0


@pytest.mark.parametrize("channel", ["telegram", "slack"])
async def test_what_is_refused_for_its_markup_is_sent_plainly_with_its_choices(bots: Bots, channel: str) -> None:
    server = bots.simulated[channel]
    server.no_markup = True
    bots.processor.says = lambda _: [response("**Yes** & [this](https://example.org/a)", {"duration": "How long"})]
    await bots.say(channel, "how long")
    answer = (await server.messages(2))[-1]
    assert answer.plain
    assert answer.shown.startswith("Yes & this (https://example.org/a)")
    assert "How long" in answer.shown or answer.choices
    await bots.settled()
    assert len(server.taken) == 2


class TestAProcessThatEnds:
    """A kill is a process that does nothing more: its promises stay as they were, and so do its claims."""

    @EACH
    async def test_loses_no_message_that_it_acknowledged_and_answers_none_twice(self, bots: Bots, channel: str) -> None:
        bots.processor.hold.clear()
        posts = [bots.senders[channel].text(f"question {who}", who) for who in range(12)]
        for post in posts:
            assert (await bots.post(channel, *post))[0] == 200
        await bots.until(lambda: bots.processor.at_once >= 4)
        # Another process comes up over the same database while the first holds its turns, and their leases are up.
        with bots.store.session_scope() as session:
            session.query(Work).update({"lease": 0.0})
            session.commit()
        async with serving(bots.folder, bots.simulated, bots.senders) as second:
            await bots.simulated[channel].messages(24)
            await second.settled()
            for post in posts:
                assert (await second.post(channel, *post))[0] == 200
            bots.processor.hold.set()
            await bots.until(lambda: not bots.processor.at_once)
            await second.settled()
        people = [taken.to for taken in bots.simulated[channel].taken if taken.shown.startswith("An answer.")]
        assert sorted(people) == sorted(bots.senders[channel].person(who) for who in range(12))

    async def test_does_not_run_a_turn_again_that_was_stored(self, bots: Bots, monkeypatch: pytest.MonkeyPatch) -> None:
        # The process ends between the turn and the note of its answer.
        keep = Promises.keep
        failed: list[Any] = []

        def fail_once(self: Promises, item: Any, *rest: Any) -> bool:
            if not failed and "text" in item.content and "plain" not in item.content:
                failed.append(item)
                raise ConnectionError
            return keep(self, item, *rest)

        monkeypatch.setattr(Promises, "keep", fail_once)
        await bots.say("telegram", "how long")
        await bots.until(lambda: bool(failed))
        with bots.store.session_scope() as session:
            session.query(Work).update({"lease": 0.0})
            session.commit()
        await bots.simulated["telegram"].messages(2)
        await bots.settled()
        assert bots.texts == ["how long"]
        assert bots.simulated["telegram"].taken[-1].choices
