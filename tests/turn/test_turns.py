from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant import guide, referral, site
from assistant.turn import ChoiceGone, Turns
from assistant.turn.action_endpoint import ActionEndpoint
from assistant.turn.message import ERASE, FAILED, Message
from assistant.turn.turns import OFFERS_KEPT, TurnFailed, apology
from assistant.turn.understanding import NOTHING_BEFORE
from tests.trained import Trained
from tests.turn.fakes import Response, Says, agent, answers, pipeline, response

EMERGENCY = "my throat is swelling and i cannot breathe"
PRIVATE = "my private words"

Made = Callable[..., Turns]


@pytest.fixture
async def turns_over(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Made]:
    """Return a function that makes Turns over a fake agent."""
    pipeline(monkeypatch)
    made: list[Turns] = []

    def make(says: Says = answers, deadline: float = 8.0, **more: Any) -> Turns:
        made.append(Turns(agent(says, **more), deadline))
        return made[-1]

    yield make
    for turns in made:
        await turns.close()


def unavailable() -> str:
    return guide.fill(guide.load().system["unavailable"], site.load().words)


def texts(messages: list[Message]) -> list[str]:
    return [message.text for message in messages]


class TestATurn:
    async def test_gives_back_what_the_action_said(self, turns_over: Made) -> None:
        (message,) = await turns_over().take("visitor", "how long")
        assert (message.text, message.effect) == ("An answer.", None)

    async def test_hands_rasa_the_normalised_text_and_what_was_understood(self, turns_over: Made) -> None:
        turns = turns_over()
        await turns.take("visitor", "  how\u200b  long…\r\n ")
        (handed,) = turns.agent.processor.handed
        assert (handed.text, handed.sender_id) == ("how long...", "visitor")
        assert handed.parse_data["intent"] == {"name": "duration", "confidence": 0.9}

    async def test_understanding_alone_runs_no_turn(self, turns_over: Made) -> None:
        turns = turns_over()
        assert (await turns.understand("how long")).intent == "duration"
        assert turns.agent.processor.handed == []

    async def test_five_messages_at_once_are_answered_one_after_another_in_order(self, turns_over: Made) -> None:
        turns = turns_over(lambda message: [response(f"to {message.text}")])
        said = await asyncio.gather(*(turns.take("visitor", f"question {number}") for number in range(5)))
        assert [text for reply in said for text in texts(reply)] == [f"to question {number}" for number in range(5)]
        assert [handed.text for handed in turns.agent.processor.handed] == [f"question {n}" for n in range(5)]
        assert turns.agent.processor.most_at_once == 1

    async def test_conversations_do_not_wait_for_each_other(self, turns_over: Made) -> None:
        turns = turns_over()
        processor = turns.agent.processor
        processor.hold.clear()
        running = [asyncio.ensure_future(turns.take(f"visitor {number}", "hi there you")) for number in range(3)]
        while processor.at_once < 3:
            await asyncio.sleep(0)
        processor.hold.set()
        assert len(await asyncio.gather(*running)) == 3


class TestAFailure:
    """Whatever fails, the visitor reads a sentence, and whom to call first where the message held an urgent sign."""

    async def test_a_missing_model_is_a_sentence(self, turns_over: Made) -> None:
        (message,) = await turns_over(ready=False).take("visitor", "how long")
        assert (message.text, message.effect, message.urgency) == (unavailable(), FAILED, "none")

    async def test_a_missing_model_is_said_for_what_needs_none_too(self, turns_over: Made) -> None:
        (message,) = await turns_over(ready=False).take("visitor", "Ingredients: Aqua, Glycerin, Petrolatum, Lanolin")
        assert message.text == unavailable()

    async def test_an_action_that_says_nothing_is_a_sentence(self, turns_over: Made) -> None:
        assert texts(await turns_over(lambda _: []).take("visitor", "how long")) == [unavailable()]

    async def test_a_failed_turn_is_a_sentence_and_its_words_are_in_no_log(
        self, turns_over: Made, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)

        def fail(message: UserMessage) -> list[Response]:
            raise RuntimeError(f"failed at {message.text}")

        assert texts(await turns_over(fail).take("visitor", PRIVATE)) == [unavailable()]
        assert "RuntimeError" in caplog.text
        assert PRIVATE not in caplog.text

    async def test_the_deadline_is_a_sentence_and_leaves_the_conversation_free(self, turns_over: Made) -> None:
        turns = turns_over(deadline=0.05)
        turns.agent.processor.hold.clear()
        # Without a deadline it would wait for ever, and the test with it.
        assert texts(await asyncio.wait_for(turns.take("visitor", "how long"), 5)) == [unavailable()]
        turns.agent.processor.hold.set()
        assert texts(await turns.take("visitor", "how long")) == ["An answer."]

    async def test_waiting_for_the_turn_before_counts_too(self, turns_over: Made) -> None:
        turns = turns_over(deadline=0.05)
        async with turns.agent.lock_store.lock("visitor"):
            assert texts(await turns.take("visitor", "how long")) == [unavailable()]

    @pytest.mark.parametrize("ready", [True, False])
    async def test_an_emergency_gets_its_advice_first(self, turns_over: Made, ready: bool) -> None:
        (message,) = await turns_over(lambda _: [], ready=ready).take("visitor", EMERGENCY)
        advice = referral.advice(referral.detect(EMERGENCY), site.load().words)
        assert advice is not None
        assert message.text == f"{advice.text}\n\n{unavailable()}"
        assert message.urgency == "emergency"
        assert message.sources == guide.cite(guide.load(), advice.sources)

    async def test_a_tapped_choice_that_fails_is_a_sentence_too(self, turns_over: Made) -> None:
        turns = turns_over(lambda _: [response(choices={"duration": "How long they last"})])
        await turns.take("visitor", "hello there you")
        turns.agent.processor.says = lambda _: []
        assert texts(await turns.choose("visitor", "topic.duration")) == [unavailable()]

    def test_an_apology_is_a_new_message_each_time(self) -> None:
        assert apology("hm").id != apology("hm").id


class TestAChoice:
    async def test_is_the_topic_that_was_offered(self, turns_over: Made) -> None:
        turns = turns_over(lambda _: [response(choices={"duration": "Pain, itch, growth"})])
        await turns.take("visitor", "hello there you")
        await turns.choose("visitor", "topic.duration")
        handed = turns.agent.processor.handed[-1]
        assert handed.text == "Pain, itch, growth"
        assert handed.parse_data["intent"] == {"name": "duration", "confidence": 1.0}
        assert handed.parse_data["urgency"] == "none"

    @pytest.mark.parametrize(
        "choice", ["topic.causes", "duration", "topic.duration|duration", "/duration", "", "\ud800"]
    )
    async def test_that_was_not_offered_is_refused(self, turns_over: Made, choice: str) -> None:
        turns = turns_over(lambda _: [response(choices={"duration": "How long they last"})])
        await turns.take("visitor", "hello there you")
        with pytest.raises(ChoiceGone):
            await turns.choose("visitor", choice)
        assert len(turns.agent.processor.handed) == 1

    async def test_offered_to_somebody_else_is_refused(self, turns_over: Made) -> None:
        turns = turns_over(lambda _: [response(choices={"duration": "How long they last"})])
        await turns.take("somebody else", "hello there you")
        with pytest.raises(ChoiceGone):
            await turns.choose("visitor", "topic.duration")

    @pytest.mark.parametrize(("later", "is_open"), [(OFFERS_KEPT - 1, True), (OFFERS_KEPT, False)])
    async def test_is_open_for_ten_messages(self, turns_over: Made, later: int, is_open: bool) -> None:
        turns = turns_over(lambda _: [response(choices={"duration": "How long they last"})])
        await turns.take("visitor", "hello there you")
        turns.agent.processor.says = answers
        for number in range(later):
            await turns.take("visitor", f"and then what {number}")
        if is_open:
            assert texts(await turns.choose("visitor", "topic.duration")) == ["An answer."]
        else:
            with pytest.raises(ChoiceGone):
                await turns.choose("visitor", "topic.duration")


class TestErasing:
    async def test_an_action_has_the_conversation_erased_once_it_is_stored(self, turns_over: Made) -> None:
        turns = turns_over()
        await turns.take("visitor", "how long")
        await turns.take("neighbour", "how long")
        turns.agent.processor.says = lambda _: [response("Erased.", effect=ERASE)]
        assert texts(await turns.take("visitor", "erase my chat")) == ["Erased."]
        assert await turns.agent.tracker_store.retrieve("visitor") is None
        assert await turns.agent.tracker_store.retrieve("neighbour") is not None


class TestAProbe:
    async def test_answers_a_question_and_leaves_nothing_behind(self, turns_over: Made) -> None:
        turns = turns_over()
        await turns.probe()
        (handed,) = turns.agent.processor.handed
        assert await turns.agent.tracker_store.retrieve(handed.sender_id) is None

    async def test_raises_what_keeps_it_from_being_answered(self, turns_over: Made) -> None:
        with pytest.raises(TurnFailed, match="no model is loaded"):
            await turns_over(ready=False).probe()
        with pytest.raises(TurnFailed, match="no action answered"):
            await turns_over(lambda _: []).probe()

    async def test_has_the_deadline_of_a_turn(self, turns_over: Made) -> None:
        turns = turns_over(deadline=0.05)
        turns.agent.processor.hold.clear()
        with pytest.raises(asyncio.TimeoutError):
            await turns.probe()


class TestWithTheTrainedModel:
    def test_an_action_server_that_is_down_is_a_sentence_with_the_advice_first(self, trained: Trained) -> None:
        turns, processor = trained.turns, trained.turns.agent.processor
        endpoint, down = processor.action_endpoint, ActionEndpoint(EndpointConfig(_refusing_address()))
        processor.action_endpoint = down
        try:
            (plain,) = trained.say("down", "how long do milia last")
            (urgent,) = trained.say("down", EMERGENCY)
        finally:
            processor.action_endpoint = endpoint
            trained.loop.run_until_complete(down.close())
        assert (plain.text, plain.effect) == (unavailable(), FAILED)
        assert urgent.text.endswith(f"\n\n{unavailable()}")
        assert urgent.urgency == "emergency"
        assert trained.say("down", "how long do milia last")[0].topics == ["duration"]
        assert turns.agent.is_ready()

    def test_asking_to_erase_erases(self, trained: Trained) -> None:
        trained.say("erased", "how long do milia last")
        trained.say("erased", "please erase this chat and all my data")
        assert trained.events("erased") == []

    def test_a_choice_is_answered_with_its_topic_and_its_title_is_no_sign(self, trained: Trained) -> None:
        (first,) = trained.say("tapping", "how long do milia last")
        choice = first.choices[0]
        (said,) = trained.tap("tapping", choice["id"])
        assert said.topics == [choice["topic"]]
        with pytest.raises(ChoiceGone):
            trained.tap("tapping", "topic.greet")

    def test_a_title_that_names_a_sign_is_answered_without_alarm(self, trained: Trained) -> None:
        (said,) = trained.say("alarm", "what can you do for me")
        agent = trained.turns.agent
        offered = response(choices={"symptoms_complications": "Pain, itch, growth"}, id="offer")
        trained.loop.run_until_complete(_offer(agent, "alarm", offered))
        (said,) = trained.tap("alarm", "topic.symptoms_complications")
        assert (said.topics, said.urgency) == (["symptoms_complications"], "none")

    @pytest.mark.parametrize("text", ["", "\u200b", "🙂", "?", "a", "/restart", "/session_start", "/back"])
    def test_any_text_gets_an_answer_and_ends_no_conversation(self, trained: Trained, text: str) -> None:
        trained.say("any", "how long do milia last for my baby")
        (said,) = trained.say("any", text)
        assert said.text
        assert said.effect is None
        (more,) = trained.say("any", "tell me more")
        assert more.text


async def _offer(agent: Any, conversation: str, said: Response) -> None:
    from rasa.shared.core.events import BotUttered

    tracker = await agent.tracker_store.retrieve(conversation)
    tracker.update(BotUttered(said["text"], {"buttons": said["buttons"], "custom": said["custom"]}))
    await agent.tracker_store.save(tracker)


def _refusing_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/webhook"


async def test_a_session_that_has_expired_is_no_context(turns_over: Made) -> None:
    turns = turns_over()
    processor: Any = turns.agent.processor
    tracker = DialogueStateTracker("visitor", [TextSlot("topic", mappings=[{}], initial_value="duration")])
    assert turns._context(tracker).before.topic == "duration"
    processor._has_session_expired = lambda _: True
    assert turns._context(tracker) == NOTHING_BEFORE
