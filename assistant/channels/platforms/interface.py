"""Calls the interfaces of platforms, and tells a call that cannot have arrived from one that may have."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

from assistant.channels.platforms.platform import Answer, Call

CONNECT, TOTAL = 3.0, 8.0  # seconds
ANSWER_LIMIT = 65_536  # bytes of a platform's answer that are read


class NotConnected(Exception):
    """No connection was made, so nothing was taken."""


class Interface:
    """Calls platforms' interfaces, each on a new connection: when a kept one is closed, nobody knows what arrived."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def call(self, call: Call) -> Answer:
        """Return the answer; raise NotConnected, or aiohttp's errors and TimeoutError where nobody knows.

        An error's text may hold the address and with it a secret: log its type only.
        """
        options: dict[str, Any] = {"data": call.form} if call.json is None else {"json": call.json}
        try:
            async with self._open().request(
                call.method, call.url, headers=call.headers, allow_redirects=False, **options
            ) as answer:
                return Answer(answer.status, answer.headers, _object(await answer.content.read(ANSWER_LIMIT)))
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError, aiohttp.InvalidURL) as error:
            raise NotConnected from error

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=TOTAL, connect=CONNECT, sock_connect=CONNECT)
            connector = aiohttp.TCPConnector(force_close=True, limit=0)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=connector)
        return self._session

    async def close(self) -> None:
        """Close what is open."""
        if self._session is not None:
            await self._session.close()


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
