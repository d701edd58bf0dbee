"""What the conversation store promises on every database. A test module gives it a `store` and is a subclass."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore
from rasa.shared.core import events
from rasa.shared.core.trackers import DialogueStateTracker

from assistant import storage
from assistant.storage.conversation_store import TURNS_KEPT, ConversationStore
from assistant.storage.retention import DAY, expire
from assistant.storage.tables import (
    OF_A_CONVERSATION,
    Checkpoint,
    Erased,
    Event,
    Feedback,
    FeedbackReason,
    GivenReply,
    Offers,
    Seen,
    Work,
)
from tests.storage.simulated import (
    DOMAIN,
    LISTEN,
    fetch,
    session_start,
    signature,
    signatures_of_turns,
    take_turn,
    take_turns,
    turn_events,
)

EVENTS_OF_A_TURN = len(turn_events(0))
fresh = count()


def rows(store: ConversationStore, table: Any, conversation: str) -> list[Any]:
    with store.session_scope() as session:
        return list(session.query(table).filter(table.sender_id == conversation))


def stored(store: ConversationStore, conversation: str) -> list[tuple[str, ...]]:
    by_id = sorted(rows(store, Event, conversation), key=lambda row: row.id)
    return [signature(json.loads(row.data)) for row in by_id]


def fill(store: ConversationStore, conversation: str, turns: int = 6) -> None:
    asyncio.run(take_turns(store, conversation, turns))
    store.keep_reply(conversation, "1", "digest", ["reply"])
    store.keep_feedback(conversation, "m1", False, "wrong")
    with store.session_scope() as session:
        session.merge(Offers(sender_id=conversation, offers="[]"))
        session.commit()


def amounts(store: ConversationStore, conversation: str) -> dict[str, int]:
    return {table.__tablename__: len(rows(store, table, conversation)) for table in OF_A_CONVERSATION}


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    return {
        "slots": tracker.current_slot_values(),
        "loop": tracker.active_loop_name,
        "rejected": tracker.is_active_loop_rejected,
        "latest action": tracker.latest_action,
        "paused": tracker.is_paused(),
    }


LOOPS = st.sampled_from(["first_form", "second_form", None])
WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=5)
SAID = st.one_of(st.builds(events.UserUttered, WORDS), st.builds(events.BotUttered, WORDS))
KINDS = st.one_of(
    SAID,
    st.builds(events.SlotSet, st.sampled_from(["topic", "audience"]), st.sampled_from(["a", "b", None])),
    st.builds(events.SlotSet, st.just("asked"), st.lists(st.sampled_from(["a", "ü"]), max_size=2)),
    st.builds(events.SlotSet, st.just("misunderstood"), st.sampled_from([0, 1, 2.5, None])),
    st.builds(events.ActiveLoop, LOOPS),
    st.builds(events.ActionExecutionRejected, LOOPS.filter(bool)),
    st.builds(events.ActionExecuted, st.sampled_from(["action_answer", "first_form", LISTEN])),
    st.sampled_from([events.AllSlotsReset(), events.ConversationPaused(), events.ConversationResumed()]),
    st.sampled_from([events.Restarted(), events.SessionStarted()]),
)


@st.composite
def conversations(draw: st.DrawFn) -> list[list[events.Event]]:
    """Draw turns in which much happens, then long stretches of mere talk in which the state grows old."""
    turns: list[list[events.Event]] = []
    for _ in range(draw(st.integers(1, 3))):
        turns += draw(st.lists(st.lists(KINDS, min_size=1, max_size=5), min_size=1, max_size=4))
        end = draw(st.sampled_from([[events.ActionExecuted(LISTEN)], []]))
        talk = draw(st.lists(st.lists(SAID, min_size=1, max_size=2), max_size=TURNS_KEPT + 3))
        turns += [turn + end for turn in talk]
    return copy.deepcopy(turns)


class Broker(EventBroker):
    def __init__(self) -> None:
        self.published: list[tuple[str, ...]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.published.append(signature(event))


class ConversationChecks:
    async def test_two_hundred_turns_are_stored_once_each_and_in_order(self, store: ConversationStore) -> None:
        await take_turns(store, "long", 200)
        assert stored(store, "long") == signatures_of_turns(200)

    async def test_the_same_holds_inside_the_wrapper_of_rasa(self, store: ConversationStore) -> None:
        wrapper = FailSafeTrackerStore(store)
        await take_turns(wrapper, "wrapped", 25)
        assert stored(store, "wrapped") == signatures_of_turns(25)
        assert storage.own(wrapper) is store
        assert storage.own(store) is store

    async def test_the_last_turns_only_are_handed_out_however_long_the_conversation_is(
        self, store: ConversationStore
    ) -> None:
        lengths = []
        for number in range(200):
            lengths.append(len((await take_turn(store, "long", number)).events))
        assert max(lengths) <= (TURNS_KEPT + 1) * EVENTS_OF_A_TURN + len(session_start()) + len(DOMAIN.slots) + 2
        assert len(set(lengths[10:])) <= 2  # a slot more or less
        assert len(rows(store, Checkpoint, "long")) == TURNS_KEPT + 1
        tracker = await store.retrieve("long")
        said = [event.text for event in tracker.events if isinstance(event, events.UserUttered)]
        assert said == [f"question {number}" for number in range(200 - TURNS_KEPT, 200)]
        assert tracker.latest_message.text == "question 199"
        assert tracker.latest_bot_utterance.text == "answer 199"

    async def test_the_full_tracker_has_every_turn_of_every_session(self, store: ConversationStore) -> None:
        await take_turns(store, "sessions", 7)
        tracker = await fetch(store, "sessions")
        tracker.update_with_events(session_start(), DOMAIN)
        await store.save(tracker)
        await take_turn(store, "sessions", 7)
        full = await store.retrieve_full_tracker("sessions")
        said = [event.text for event in full.events if isinstance(event, events.UserUttered)]
        assert said == [f"question {number}" for number in range(8)]

    async def test_a_turn_on_the_full_tracker_is_stored_once(self, store: ConversationStore) -> None:
        await take_turns(store, "full", 9)
        tracker = await store.get_or_create_full_tracker("full", append_action_listen=False)
        tracker.update_with_events(turn_events(9), DOMAIN)
        await store.save(tracker)
        assert stored(store, "full") == signatures_of_turns(10)

    async def test_an_unknown_conversation_has_no_tracker(self, store: ConversationStore) -> None:
        await take_turn(store, "known", 0)
        assert await store.retrieve("unknown") is None
        assert await store.retrieve_full_tracker("unknown") is None

    async def test_rasas_own_store_reads_what_this_one_wrote(self, store: ConversationStore) -> None:
        tracker = await fetch(store, "common")
        tracker.update_with_events([events.SlotSet("audience", "baby"), events.ActiveLoop("first_form")], DOMAIN)
        await store.save(tracker)
        await take_turns(store, "common", 9)
        ours, theirs = await store.retrieve("common"), await SQLTrackerStore.retrieve(store, "common")
        assert state(ours) == state(theirs)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(turns=conversations())
    def test_the_state_is_that_of_the_whole_conversation(
        self, store: ConversationStore, turns: list[list[events.Event]]
    ) -> None:
        asyncio.run(self._compare(store, f"random {next(fresh)}", turns))

    async def _compare(self, store: ConversationStore, name: str, turns: list[list[events.Event]]) -> None:
        whole = DialogueStateTracker(name, DOMAIN.slots)
        for turn in turns:
            tracker = await store.get_or_create_tracker(name, append_action_listen=False)
            assert state(tracker) == state(whole)
            for event in turn:
                whole.update(copy.deepcopy(event), DOMAIN)
                tracker.update(copy.deepcopy(event), DOMAIN)
            await store.save(tracker)
        assert state(await store.retrieve(name)) == state(whole)
        expected = [signature(event.as_dict()) for turn in turns for event in turn]
        assert stored(store, name) == expected

    async def test_a_new_session_carries_nothing_over(self, store: ConversationStore) -> None:
        await take_turns(store, "again", 9)
        tracker = await fetch(store, "again")
        tracker.update_with_events([events.ActiveLoop("first_form"), *session_start()], DOMAIN)
        await store.save(tracker)
        for number in range(9, 16):
            tracker = await store.retrieve("again")
            said = [event.text for event in tracker.events if isinstance(event, events.UserUttered)]
            assert said == [f"question {old}" for old in range(max(9, number - TURNS_KEPT), number)]
            assert tracker.get_slot("topic") == (f"topic {number - 1}" if number > 9 else None)
            assert tracker.active_loop_name is None
            await take_turn(store, "again", number)

    async def test_saving_twice_stores_nothing_twice(self, store: ConversationStore) -> None:
        await take_turns(store, "twice", 7)
        tracker = await fetch(store, "twice")
        tracker.update_with_events(turn_events(7), DOMAIN)
        await store.save(tracker)
        before = amounts(store, "twice")
        await store.save(tracker)
        assert amounts(store, "twice") == before
        assert stored(store, "twice") == signatures_of_turns(8)
        tracker.update_with_events(turn_events(8), DOMAIN)
        await store.save(tracker)
        assert stored(store, "twice") == signatures_of_turns(9)

    async def test_a_turn_whose_reading_failed_is_stored_whole(
        self, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wrapper = FailSafeTrackerStore(store)
        await take_turns(wrapper, "hiccup", 8)

        async def fail(*_: Any) -> None:
            raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

        with monkeypatch.context() as patch:
            patch.setattr(ConversationStore, "retrieve", fail)
            patch.setattr(SQLTrackerStore, "save", fail)
            tracker = await fetch(wrapper, "hiccup")
        tracker.update_with_events(turn_events(8), DOMAIN)
        await wrapper.save(tracker)
        begun_anew = [signature(event.as_dict()) for event in session_start() + turn_events(8)]
        assert stored(store, "hiccup") == signatures_of_turns(8) + begun_anew

    async def test_an_error_of_the_database_tells_the_log_no_words_of_a_visitor(
        self, store: ConversationStore, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tracker = await fetch(store, "private")
        tracker.update(events.UserUttered("my private words"), DOMAIN)
        monkeypatch.setattr(tracker.events[-1], "type_name", None)  # the column must not be empty
        with caplog.at_level(logging.DEBUG):
            await FailSafeTrackerStore(store).save(tracker)
        assert "Error happened when trying to save" in caplog.text
        assert "private words" not in caplog.text

    async def test_a_broken_row_is_an_error_and_not_the_end_of_the_process(self, store: ConversationStore) -> None:
        await take_turn(store, "broken", 0)
        with store.session_scope() as session:
            session.query(Event).update({"data": "{"})
            session.commit()
        with pytest.raises(json.JSONDecodeError):
            await store.retrieve("broken")

    async def test_a_broker_gets_every_event_once(
        self, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broker = Broker()
        monkeypatch.setattr(store, "event_broker", broker)
        await take_turns(store, "streamed", 12)
        tracker = await take_turn(store, "streamed", 12)
        await store.save(tracker)
        assert broker.published == signatures_of_turns(13)

    async def test_what_was_said_are_the_words_of_both_in_order(self, store: ConversationStore) -> None:
        await take_turns(store, "said", 7)
        await take_turn(store, "other", 0)
        words = [event["text"] for event in store.said("said")]
        assert words == [f"{who} {number}" for number in range(7) for who in ("question", "answer")]
        assert store.said("unknown") == []

    def test_erasing_removes_every_row_of_one_conversation_and_of_no_other(self, store: ConversationStore) -> None:
        fill(store, "mine")
        fill(store, "theirs")
        before = amounts(store, "theirs")
        assert all(before.values())
        store.erase("mine")
        assert not any(amounts(store, "mine").values())
        assert amounts(store, "theirs") == before
        assert stored(store, "theirs") == signatures_of_turns(6)
        assert store.is_erased("mine")
        assert not store.is_erased("theirs")
        store.erase("mine")  # a second time is no error

    def test_every_table_with_a_conversation_in_it_is_erased(self) -> None:
        tables = {mapper.class_ for mapper in Event.registry.mappers}
        assert tables - {Erased, Work, Seen} == set(OF_A_CONVERSATION)

    async def test_nothing_is_kept_of_a_conversation_erased_during_its_turn(self, store: ConversationStore) -> None:
        await take_turns(store, "late", 3)
        tracker = await fetch(store, "late")
        tracker.update_with_events(turn_events(3), DOMAIN)
        store.erase("late")
        await store.save(tracker)
        store.keep_reply("late", "1", "digest", ["reply"])
        store.keep_feedback("late", "m1", True)
        assert not any(amounts(store, "late").values())

    def test_forgetting_removes_every_row_and_lets_the_visitor_go_on(self, store: ConversationStore) -> None:
        fill(store, "mine")
        fill(store, "theirs")
        before = amounts(store, "theirs")
        store.forget("mine")
        assert not any(amounts(store, "mine").values())
        assert amounts(store, "theirs") == before
        assert not store.is_erased("mine")
        asyncio.run(take_turns(store, "mine", 2))
        assert stored(store, "mine") == signatures_of_turns(2)

    def test_a_given_reply_is_found_by_conversation_and_message(self, store: ConversationStore) -> None:
        reply = [{"text": "Hallo, ja – ü \U0001f600", "choices": []}]
        store.keep_reply("a", "1", "digest", reply)
        assert store.given_reply("a", "1") == ("digest", reply)
        assert store.given_reply("a", "2") is None
        assert store.given_reply("b", "1") is None
        store.keep_reply("a", "1", "other digest", ["other"])
        assert store.given_reply("a", "1") == ("other digest", ["other"])

    def test_the_last_word_on_a_message_counts(self, store: ConversationStore) -> None:
        store.keep_feedback("a", "m1", True)
        store.keep_feedback("a", "m2", True)
        store.keep_feedback("a", "m1", False)
        assert {row.message_id: row.helpful for row in rows(store, Feedback, "a")} == {"m1": False, "m2": True}

    def test_a_reason_goes_with_the_word_that_it_explains(self, store: ConversationStore) -> None:
        store.keep_feedback("a", "m1", False, "unclear")
        store.keep_feedback("a", "m1", False, "wrong")
        assert [row.reason for row in rows(store, FeedbackReason, "a")] == ["wrong"]
        store.keep_feedback("a", "m1", True)
        assert rows(store, FeedbackReason, "a") == []

    def test_conversations_expire_by_the_age_of_their_last_event(self, store: ConversationStore) -> None:
        for name in ("silent", "going on"):
            fill(store, name)
        now = time.time()
        with store.session_scope() as session:
            session.query(Event).update({"timestamp": now - 31 * DAY})
            newest = session.query(sa.func.max(Event.id)).filter(Event.sender_id == "going on").scalar()
            session.get(Event, newest).timestamp = now - 29 * DAY
            session.commit()
        assert expire(store, days=30, now=now) == 1
        assert not any(amounts(store, "silent").values())
        assert stored(store, "going on") == signatures_of_turns(6)
        assert not store.is_erased("silent")
        assert expire(store, days=30, now=now) == 0

    @pytest.mark.parametrize(("after", "left"), [(0.9, 1), (1.1, 0)])
    def test_a_given_reply_is_kept_for_a_day(self, store: ConversationStore, after: float, left: int) -> None:
        store.keep_reply("a", "1", "digest", [])
        expire(store, days=30, now=time.time() + after * DAY)
        assert len(rows(store, GivenReply, "a")) == left

    @pytest.mark.parametrize(("after", "left"), [(29, 1), (31, 0)])
    def test_feedback_without_a_conversation_expires_too(
        self, store: ConversationStore, after: float, left: int
    ) -> None:
        store.keep_feedback("a", "m1", False, "other")
        expire(store, days=30, now=time.time() + after * DAY)
        assert len(rows(store, Feedback, "a")) == len(rows(store, FeedbackReason, "a")) == left

    @pytest.mark.parametrize(("after", "void"), [(1.5, True), (2.5, False)])
    def test_an_erased_token_stays_void_for_as_long_as_it_could_be_valid(
        self, store: ConversationStore, after: float, void: bool
    ) -> None:
        store.erase("a")
        expire(store, days=30, now=time.time() + after * DAY)
        assert store.is_erased("a") is void

    def test_other_threads_may_use_the_store(self, store: ConversationStore) -> None:
        async def elsewhere() -> int:
            return await asyncio.get_running_loop().run_in_executor(None, expire, store, 30.0)

        fill(store, "a")
        assert asyncio.run(elsewhere()) == 0


def emptied(store: ConversationStore) -> Iterator[ConversationStore]:
    """Hand out `store` with empty tables and close its connections afterwards."""
    with store.session_scope() as session:
        for table in (*OF_A_CONVERSATION, Erased, Work, Seen):
            session.query(table).delete()
        session.commit()
    yield store
    store.engine.dispose()
