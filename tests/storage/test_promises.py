from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.storage import ConversationStore
from assistant.storage.promises import Promise, Promises
from tests.storage.checks import emptied
from tests.storage.promise_checks import PromiseChecks
from tests.storage.simulated import DOMAIN


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    yield from emptied(ConversationStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "conversations.db")))


class TestOnSqlite(PromiseChecks):
    pass


def test_it_is_there_again_in_another_process(store: ConversationStore, tmp_path: Path) -> None:
    Promises(store).accept([(["1"], Promise("in", "a", {"number": 1}))], 60)
    other = ConversationStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "conversations.db"))
    assert [item.content for item in Promises(other).claim("in", 1, 60)] == [{"number": 1}]
    assert Promises(other).accept([(["1"], Promise("in", "a", {}))], 60) == 0
    other.engine.dispose()
