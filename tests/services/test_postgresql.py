from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from assistant.storage import ConversationStore
from assistant.storage.conversation_store import POOL
from tests.storage.checks import ConversationChecks, emptied, rows
from tests.storage.promise_checks import PromiseChecks
from tests.storage.simulated import DOMAIN, signatures_of_turns, take_turn, take_turns

ADDRESS = "ASSISTANT_TEST_POSTGRESQL"


@pytest.fixture
def address() -> str:
    if not os.environ.get(ADDRESS):
        pytest.fail(f"{ADDRESS} names no PostgreSQL: run `make test-services`, which starts one.", pytrace=False)
    return os.environ[ADDRESS]


@pytest.fixture
def store(address: str) -> Iterator[ConversationStore]:
    yield from emptied(ConversationStore(DOMAIN, host=address))


class TestOnPostgresql(ConversationChecks):
    pass


class TestPromisesOnPostgresql(PromiseChecks):
    pass


def test_it_is_postgresql_that_is_tested(store: ConversationStore) -> None:
    assert store.engine.dialect.name == "postgresql"


def test_two_processes_go_on_with_one_conversation(address: str, store: ConversationStore) -> None:
    async def in_turns(other: ConversationStore) -> None:
        for number in range(12):
            await take_turn((store, other)[number % 2], "shared", number)

    other = ConversationStore(DOMAIN, host=address)
    asyncio.run(in_turns(other))
    other.engine.dispose()
    said = [event["text"] for event in store.said("shared")]
    assert said == [words[0] for kind, *words in signatures_of_turns(12) if kind in {"user", "bot"}]


def test_one_process_takes_few_connections(store: ConversationStore) -> None:
    limit = POOL["pool_size"] + POOL["max_overflow"]
    connections = [store.engine.connect() for _ in range(limit)]
    store.engine.pool._timeout = 0
    with pytest.raises(sa.exc.TimeoutError):
        store.engine.connect()
    for connection in connections:
        connection.close()


def test_a_lost_connection_is_replaced(store: ConversationStore) -> None:
    asyncio.run(take_turns(store, "a", 2))
    with store.engine.connect() as connection:
        own = connection.execute(sa.text("select pg_backend_pid()")).scalar()
    with sa.create_engine(store.engine.url).connect() as other:
        other.execute(sa.text("select pg_terminate_backend(:pid)"), pid=own)
    asyncio.run(take_turn(store, "a", 2))
    assert asyncio.run(store.retrieve("a")).get_slot("topic") == "topic 2"


def test_an_impossible_id_is_an_error_and_not_the_end_of_the_process(store: ConversationStore) -> None:
    with pytest.raises(ValueError, match="NUL"):
        store.given_reply("a", "\x00")


def test_the_tables_may_stand_in_a_schema_of_their_own(
    address: str, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.text("create schema if not exists other_schema"))
    monkeypatch.setenv("POSTGRESQL_SCHEMA", "other_schema")
    apart = ConversationStore(DOMAIN, host=address)
    store.keep_feedback("a", "m1", True)
    from assistant.storage.tables import Feedback

    assert rows(apart, Feedback, "a") == []
    asyncio.run(take_turns(apart, "a", 6))
    assert store.said("a") == []
    with apart.engine.begin() as connection:
        connection.execute(sa.text("drop schema other_schema cascade"))
    apart.engine.dispose()
