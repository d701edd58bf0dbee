from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.utils.endpoints import EndpointConfig

from assistant.storage import ConversationStore
from tests.storage.checks import ConversationChecks, emptied
from tests.storage.simulated import DOMAIN, answer_a_form, signatures_of_turns, take_turns


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    yield from emptied(ConversationStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "conversations.db")))


class TestOnSqlite(ConversationChecks):
    pass


def test_rasa_opens_it_by_its_name_and_one_address(tmp_path: Path) -> None:
    endpoint = EndpointConfig(f"sqlite:///{tmp_path}/named.db", type="assistant.storage.ConversationStore")
    store = TrackerStore.create(endpoint, DOMAIN)
    assert isinstance(store, ConversationStore)
    store.engine.dispose()
    assert (tmp_path / "named.db").is_file()


def test_a_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    for turns in (6, 7):
        store = ConversationStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "kept.db"))
        asyncio.run(take_turns(store, f"{turns}", turns))
        store.engine.dispose()
    again = ConversationStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "kept.db"))
    tracker = asyncio.run(again.retrieve("6"))
    again.engine.dispose()
    assert tracker.get_slot("topic") == "topic 5"


def test_erased_words_are_in_no_file_of_the_database(store: ConversationStore, tmp_path: Path) -> None:
    asyncio.run(take_turns(store, "mine", 30))
    assert any(b"question 29" in path.read_bytes() for path in tmp_path.iterdir())
    store.erase("mine")
    assert not any(b"question" in path.read_bytes() for path in tmp_path.iterdir())


def test_forgotten_words_are_in_no_file_of_the_database(store: ConversationStore, tmp_path: Path) -> None:
    asyncio.run(take_turns(store, "mine", 30))
    store.forget("mine")
    assert not any(b"question" in path.read_bytes() for path in tmp_path.iterdir())


def test_every_connection_writes_ahead_and_overwrites_what_it_deletes(store: ConversationStore) -> None:
    with store.engine.connect() as one, store.engine.connect() as other:
        for connection in (one, other):
            assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
            assert connection.execute(sa.text("PRAGMA synchronous")).scalar() == 1
            assert connection.execute(sa.text("PRAGMA secure_delete")).scalar() == 1


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(ValueError, match="needs a file"):
        ConversationStore(DOMAIN, host=address)


def test_two_conversations_at_once_do_not_mix(store: ConversationStore) -> None:
    async def both() -> None:
        await asyncio.gather(take_turns(store, "a", 9), take_turns(store, "b", 9))

    asyncio.run(both())
    for name in ("a", "b"):
        said = [event["text"] for event in store.said(name)]
        assert said == [
            text for kind, *words in signatures_of_turns(9) if kind in {"user", "bot"} for text in words[:1]
        ]


def test_the_answers_of_a_form_are_kept_over_its_turns_and_in_no_file_once_erased(
    store: ConversationStore, tmp_path: Path
) -> None:
    asyncio.run(answer_a_form(store, "mine", ["blister", "eyelid", "steroid", "years", "dip", "baby"]))
    tracker = asyncio.run(store.retrieve("mine"))
    assert (tracker.active_loop_name, tracker.get_slot("requested_slot")) == ("first_form", "topic")
    assert tracker.get_slot("asked") == ["blister", "eyelid", "steroid", "years", "dip", "baby"]
    assert any(b"steroid" in path.read_bytes() for path in tmp_path.iterdir())
    store.erase("mine")
    assert not any(b"steroid" in path.read_bytes() for path in tmp_path.iterdir())
