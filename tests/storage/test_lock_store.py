from __future__ import annotations

import asyncio

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore
from rasa.utils.endpoints import EndpointConfig

from assistant.storage.lock_store import FairLockStore

# Far more than any of these needs; only a lock that is never freed reaches it.
PATIENCE = 5.0


async def settle() -> None:
    """Let every task run until it waits."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_rasa_opens_it_by_its_name() -> None:
    store = LockStore.create(EndpointConfig(type="assistant.storage.lock_store.FairLockStore"))
    assert isinstance(store, FairLockStore)


async def test_five_waiters_are_served_in_the_order_of_their_coming_and_one_at_a_time() -> None:
    store, order, inside = FairLockStore(), [], []

    async def turn(number: int) -> None:
        async with store.lock("a") as lock:
            assert isinstance(lock, TicketLock)
            inside.append(number)
            assert inside == [number]
            await settle()
            order.append(inside.pop())

    await asyncio.wait_for(asyncio.gather(*(turn(number) for number in range(5))), PATIENCE)
    assert order == [0, 1, 2, 3, 4]
    assert store._locks == {}


async def test_who_comes_just_as_the_lock_is_freed_does_not_pass_those_who_wait() -> None:
    store, order = FairLockStore(), []

    async def turn(name: str) -> None:
        async with store.lock("a"):
            order.append(name)

    async with store.lock("a"):
        waiting = asyncio.ensure_future(turn("waiting"))
        await settle()
    newcomer = asyncio.ensure_future(turn("newcomer"))
    await asyncio.wait_for(asyncio.gather(waiting, newcomer), PATIENCE)
    assert order == ["waiting", "newcomer"]


async def test_other_conversations_are_not_held_up() -> None:
    store = FairLockStore()

    async def turn() -> None:
        async with store.lock("b"):
            await settle()

    async with store.lock("a"):
        await asyncio.wait_for(turn(), PATIENCE)
        assert list(store._locks) == ["a"]
    assert store._locks == {}


async def test_an_exception_frees_the_lock() -> None:
    store = FairLockStore()

    async def fail() -> None:
        async with store.lock("a"):
            await settle()
            raise RuntimeError("in the turn")

    results = await asyncio.wait_for(asyncio.gather(fail(), fail(), return_exceptions=True), PATIENCE)
    assert [str(result) for result in results] == ["in the turn"] * 2
    assert store._locks == {}


async def test_a_waiter_that_gives_up_holds_nobody_up() -> None:
    store, served = FairLockStore(), []

    async def turn(number: int) -> None:
        async with store.lock("a"):
            served.append(number)
            await settle()

    async with store.lock("a"):
        tasks = [asyncio.ensure_future(turn(number)) for number in range(3)]
        await settle()
        tasks[1].cancel()
        await settle()
        assert served == []
    results = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), PATIENCE)
    assert isinstance(results[1], asyncio.CancelledError)
    assert served == [0, 2]
    assert store._locks == {}


async def test_a_waiter_cancelled_as_its_turn_comes_passes_the_lock_on() -> None:
    store, served = FairLockStore(), []

    async def turn(number: int) -> None:
        async with store.lock("a"):
            served.append(number)

    async with store.lock("a"):
        tasks = [asyncio.ensure_future(turn(number)) for number in range(2)]
        await settle()
    tasks[0].cancel()
    await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), PATIENCE)
    assert served == [1]
    assert store._locks == {}


async def test_cancelling_the_holder_frees_the_lock() -> None:
    store = FairLockStore()

    async def hold() -> None:
        async with store.lock("a"):
            await asyncio.Event().wait()

    holder = asyncio.ensure_future(hold())
    await settle()
    holder.cancel()
    await asyncio.gather(holder, return_exceptions=True)
    assert store._locks == {}
