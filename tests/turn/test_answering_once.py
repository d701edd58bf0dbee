"""`Conversations`: each message answered once, however often it is sent; the talk so far; erasure."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from assistant.storage import ConversationStore
from assistant.turn import ChoiceGone, Conversations, Erased, OtherContent, Turns
from tests.turn.fakes import FakeProcessor, Says, agent, answers, pipeline, response


@pytest.fixture
def store(tmp_path: Path) -> Any:
    made = ConversationStore(Domain.empty(), dialect="sqlite", db=str(tmp_path / "conversations.db"))
    yield made
    made.engine.dispose()


@pytest.fixture
async def conversations(monkeypatch: pytest.MonkeyPatch, store: ConversationStore) -> AsyncIterator[Conversations]:
    pipeline(monkeypatch)
    turns = Turns(agent(says=numbered(), store=store))
    yield Conversations(turns)
    await turns.close()


def numbered() -> Says:
    """Return what answers each turn in words of its own."""
    count = 0

    def says(_: object) -> Any:
        nonlocal count
        count += 1
        return [response(f"Answer {count}.", choices={"duration": "How long they last"}, id=f"m{count}")]

    return says


def processor(conversations: Conversations) -> FakeProcessor:
    found = conversations.turns.agent.processor
    assert isinstance(found, FakeProcessor)
    return found


async def begun(conversations: Conversations, turns: int = 1) -> None:
    """Wait until so many turns wait in the processor."""
    while processor(conversations).at_once < turns:
        await asyncio.sleep(0)


TEXT = {"text": "how long"}


class TestAMessage:
    async def test_is_answered_as_the_contracts_show_it(self, conversations: Conversations) -> None:
        (message,) = await conversations.answer("visitor", "1", TEXT)
        assert message["text"] == "Answer 1."
        assert set(message) == {"id", "text", "choices", "sources", "urgency", "topics", "assumed"}

    async def test_that_is_sent_again_gets_the_same_reply_and_runs_once(self, conversations: Conversations) -> None:
        first = await conversations.answer("visitor", "1", TEXT)
        assert await conversations.answer("visitor", "1", TEXT) == first
        assert len(processor(conversations).handed) == 1

    async def test_gets_the_same_reply_after_a_restart(self, conversations: Conversations) -> None:
        first = await conversations.answer("visitor", "1", TEXT)
        again = Conversations(conversations.turns)
        assert await again.answer("visitor", "1", TEXT) == first
        assert len(processor(conversations).handed) == 1

    async def test_with_the_same_id_in_another_conversation_is_another_one(self, conversations: Conversations) -> None:
        first = await conversations.answer("visitor", "1", TEXT)
        assert await conversations.answer("neighbour", "1", {"text": "something else"}) != first

    @pytest.mark.parametrize("other", [{"text": "how long "}, {"text": "HOW LONG"}, {"choice": "how long"}])
    async def test_with_other_content_is_refused(self, conversations: Conversations, other: dict[str, str]) -> None:
        await conversations.answer("visitor", "1", TEXT)
        with pytest.raises(OtherContent):
            await conversations.answer("visitor", "1", other)
        assert len(processor(conversations).handed) == 1

    async def test_a_tapped_choice_is_answered_once_too(self, conversations: Conversations) -> None:
        await conversations.answer("visitor", "1", TEXT)
        first = await conversations.answer("visitor", "2", {"choice": "topic.duration"})
        assert await conversations.answer("visitor", "2", {"choice": "topic.duration"}) == first
        assert len(processor(conversations).handed) == 2

    async def test_a_refused_choice_can_be_sent_again_once_it_is_open(self, conversations: Conversations) -> None:
        with pytest.raises(ChoiceGone):
            await conversations.answer("visitor", "2", {"choice": "topic.duration"})
        await conversations.answer("visitor", "1", TEXT)
        assert await conversations.answer("visitor", "2", {"choice": "topic.duration"})


class TestWhileTheFirstIsStillRunning:
    async def test_a_retry_waits_for_it(self, conversations: Conversations) -> None:
        processor(conversations).hold.clear()
        tries = [asyncio.ensure_future(conversations.answer("visitor", "1", TEXT)) for _ in range(5)]
        await begun(conversations)
        processor(conversations).hold.set()
        replies = await asyncio.gather(*tries)
        assert all(reply == replies[0] for reply in replies)
        assert len(processor(conversations).handed) == 1

    async def test_other_content_is_refused(self, conversations: Conversations) -> None:
        processor(conversations).hold.clear()
        first = asyncio.ensure_future(conversations.answer("visitor", "1", TEXT))
        await begun(conversations)
        with pytest.raises(OtherContent):
            await conversations.answer("visitor", "1", {"text": "something else"})
        processor(conversations).hold.set()
        assert (await first)[0]["text"] == "Answer 1."

    async def test_a_client_that_hangs_up_finds_the_reply_when_it_comes_back(
        self, conversations: Conversations
    ) -> None:
        processor(conversations).hold.clear()
        gone = asyncio.ensure_future(conversations.answer("visitor", "1", TEXT))
        await begun(conversations)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        processor(conversations).hold.set()
        assert (await conversations.answer("visitor", "1", TEXT))[0]["text"] == "Answer 1."
        assert len(processor(conversations).handed) == 1

    async def test_erasing_ends_it_and_keeps_nothing_of_it(
        self, conversations: Conversations, store: ConversationStore
    ) -> None:
        processor(conversations).hold.clear()
        asked = asyncio.ensure_future(conversations.answer("visitor", "1", TEXT))
        await begun(conversations)
        conversations.erase("visitor")
        with pytest.raises(Erased):
            await asked
        assert conversations.history("visitor") == []
        assert store.given_reply("visitor", "1") is None
        assert processor(conversations).at_once == 0

    async def test_erasing_one_leaves_the_turns_of_others(self, conversations: Conversations) -> None:
        processor(conversations).hold.clear()
        asked = [asyncio.ensure_future(conversations.answer(name, "1", TEXT)) for name in ("visitor", "neighbour")]
        await begun(conversations, 2)
        conversations.erase("visitor")
        processor(conversations).hold.set()
        assert (await asked[1])[0]["text"] == "Answer 1."
        with pytest.raises(Erased):
            await asked[0]


async def test_a_failed_turn_is_not_kept_and_the_retry_is_a_new_try(
    conversations: Conversations, store: ConversationStore
) -> None:
    works = processor(conversations).says
    processor(conversations).says = lambda _: []
    (sorry,) = await conversations.answer("visitor", "1", TEXT)
    assert "try again" in sorry["text"]
    assert store.given_reply("visitor", "1") is None
    processor(conversations).says = works
    assert (await conversations.answer("visitor", "1", TEXT))[0]["text"] == "Answer 1."


class TestTheHistory:
    async def test_shows_both_sides_in_order(self, conversations: Conversations) -> None:
        first = await conversations.answer("visitor", "1", TEXT)
        await conversations.answer("visitor", "2", {"choice": "topic.duration"})
        shown = conversations.history("visitor")
        assert [said["from"] for said in shown] == ["visitor", "assistant"] * 2
        assert [said["text"] for said in shown] == ["how long", "Answer 1.", "How long they last", "Answer 2."]
        assert [said["at"] for said in shown] == sorted(said["at"] for said in shown)
        at = shown[1].pop("at")
        assert shown[1] == {**first[0], "from": "assistant"}
        assert at > 0

    async def test_of_an_unknown_conversation_is_empty(self, conversations: Conversations) -> None:
        assert conversations.history("nobody") == []


async def test_an_erased_conversation_is_gone_and_void(conversations: Conversations, store: ConversationStore) -> None:
    await conversations.answer("visitor", "1", TEXT)
    conversations.erase("visitor")
    assert conversations.history("visitor") == []
    assert store.is_erased("visitor")
    assert store.given_reply("visitor", "1") is None


def test_another_tracker_store_is_refused_in_a_sentence() -> None:
    with pytest.raises(TypeError, match=r"endpoints\.yml must name assistant\.storage\.ConversationStore"):
        Conversations(Turns(agent(answers)))
