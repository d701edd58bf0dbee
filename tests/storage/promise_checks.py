"""What must hold of promises on every database: nothing lost, nothing doubled, everything in its order."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from assistant.storage import ConversationStore
from assistant.storage.promises import Promise, Promises, digest
from assistant.storage.retention import expire
from assistant.storage.tables import Offers, Seen, Work


def message(number: int, lane: str = "a", queue: str = "in") -> tuple[list[str], Promise]:
    return [f"key {queue} {lane} {number}"], Promise(queue, lane, {"number": number})


def numbers(items: Any) -> list[int]:
    return [item.content["number"] for item in items]


class PromiseChecks:
    @pytest.fixture
    def promises(self, store: ConversationStore) -> Promises:
        return Promises(store)

    def test_what_was_accepted_is_claimed_in_order_one_of_a_lane_at_a_time(self, promises: Promises) -> None:
        promises.accept([message(1), message(2), message(1, "b")], 60)
        first, other = promises.claim("in", 10, 60)
        assert (first.lane, other.lane, first.tries) == ("a", "b", 1)
        assert promises.claim("in", 10, 60) == []
        assert promises.keep(first)
        assert numbers(promises.claim("in", 10, 60)) == [2]
        assert promises.waiting("in") == 2

    def test_a_copy_is_dropped_whichever_of_its_names_it_has(self, promises: Promises) -> None:
        keys, promise = message(1)
        assert promises.accept([([*keys, "second"], promise)], 60) == 1
        assert promises.accept([(keys, promise), (["second"], promise), (["new", "second"], promise)], 60) == 0
        assert promises.known(["second", "never"]) == {"second"}
        assert promises.waiting("in") == 1

    def test_copies_in_one_batch_are_one(self, promises: Promises) -> None:
        assert promises.accept([message(1)] * 100, 60) == 1

    def test_a_name_is_forgotten_when_its_time_is_over(self, promises: Promises, store: ConversationStore) -> None:
        assert promises.accept([message(1)], 0.05) == 1
        time.sleep(0.06)
        assert promises.known(message(1)[0]) == set()
        assert promises.accept([message(1)], 60) == 1
        expire(store, 30)
        assert promises.accept([message(1)], 60) == 0
        expire(store, 30, time.time() + 61)
        with store.session_scope() as session:
            assert session.query(Seen).count() == 0

    def test_a_name_is_stored_as_a_digest_alone(self, promises: Promises, store: ConversationStore) -> None:
        promises.accept([(["sms:+15550001111"], None)], 60)
        with store.session_scope() as session:
            assert [row.key for row in session.query(Seen)] == [digest("sms:+15550001111")]

    def test_an_answer_takes_the_place_of_its_message(self, promises: Promises, store: ConversationStore) -> None:
        promises.accept([message(1)], 60)
        (item,) = promises.claim("in", 1, 60)
        assert promises.keep(item, [message(7, queue="out")[1], message(8, queue="out")[1]], ("a", [{"at": 1}]))
        assert (promises.waiting("in"), promises.waiting("out")) == (0, 2)
        assert promises.offers("a") == [{"at": 1}]
        assert promises.offers("b") is None
        store.forget("a")
        assert promises.offers("a") is None

    def test_a_claim_that_is_up_is_anothers_and_the_first_can_do_nothing_more(self, promises: Promises) -> None:
        promises.accept([message(1)], 60)
        (lost,) = promises.claim("in", 1, 0.02)
        time.sleep(0.03)
        (taken,) = promises.claim("in", 1, 60)
        assert taken.tries == 2
        promises.put_off(lost, 0)
        assert not promises.keep(lost, [message(7, queue="out")[1]])
        assert promises.waiting("out") == 0
        assert promises.keep(taken)

    def test_what_is_put_off_keeps_its_place(self, promises: Promises) -> None:
        promises.accept([message(1), message(2)], 60)
        (item,) = promises.claim("in", 1, 60)
        promises.put_off(item, 0.05)
        assert promises.claim("in", 10, 60) == []
        time.sleep(0.06)
        assert numbers(promises.claim("in", 10, 60)) == [1]

    def test_many_processes_lose_and_double_nothing(self, promises: Promises, store: ConversationStore) -> None:
        done: list[int] = []
        problems: list[BaseException] = []

        def accept(start: int) -> None:
            for number in range(start, 60):
                promises.accept([message(number, f"lane {number % 7}")], 60)

        def work() -> None:
            idle = 0
            while idle < 30:
                items = Promises(store).claim("in", 3, 60)
                idle = 0 if items else idle + 1
                for item in items:
                    done.append(item.content["number"])
                    assert promises.keep(item)
                if not items:
                    time.sleep(0.01)

        def caught(function: Any, *arguments: Any) -> None:
            try:
                function(*arguments)
            except BaseException as problem:
                problems.append(problem)

        threads = [threading.Thread(target=caught, args=(accept, start)) for start in (0, 0, 20)]
        threads += [threading.Thread(target=caught, args=(work,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert problems == []
        assert sorted(done) == list(range(60))

    def test_nothing_of_what_was_done_is_left(self, promises: Promises, store: ConversationStore) -> None:
        promises.accept([message(1)], 60)
        (item,) = promises.claim("in", 1, 60)
        promises.keep(item)
        with store.session_scope() as session:
            assert session.query(Work).count() == 0
            assert session.query(Offers).count() == 0
