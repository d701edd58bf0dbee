"""How often one address may call."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.channels.errors import Refused
from assistant.channels.limits import WINDOW, Limit


class Clock:
    """A clock that stands until it is set."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def call(ip: str = "192.0.2.1", forwarded: str = "") -> Any:
    return SimpleNamespace(ip=ip, remote_addr=forwarded)


def test_so_many_calls_pass_and_the_next_is_refused() -> None:
    limit = Limit(3, Clock())
    for _ in range(3):
        limit.count(call())
    with pytest.raises(Refused) as raised:
        limit.count(call())
    assert (raised.value.status, raised.value.code) == (429, "too_many")


def test_another_address_is_not_held_back() -> None:
    limit = Limit(1, Clock())
    limit.count(call("192.0.2.1"))
    limit.count(call("192.0.2.2"))


def test_behind_a_proxy_each_visitor_has_a_count_of_their_own() -> None:
    limit = Limit(1, Clock())
    limit.count(call("127.0.0.1", "192.0.2.1"))
    limit.count(call("127.0.0.1", "192.0.2.2"))
    with pytest.raises(Refused):
        limit.count(call("127.0.0.1", "192.0.2.1"))


def test_a_minute_later_it_passes_again_and_the_addresses_are_forgotten() -> None:
    clock = Clock()
    limit = Limit(1, clock)
    limit.count(call())
    clock.now += WINDOW - 1
    with pytest.raises(Refused):
        limit.count(call())
    clock.now += 1
    limit.count(call("192.0.2.9"))
    assert list(limit._calls) == ["192.0.2.9"]
    limit.count(call())
