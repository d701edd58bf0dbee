"""Calls the action server over one kept connection, with the deadline of the contracts."""

from __future__ import annotations

from typing import Any

import aiohttp
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

ACTION_DEADLINE = 3.0  # seconds; the contracts' limit for an action (Rasa's own is five minutes)


class ActionEndpoint(EndpointConfig):
    """An `EndpointConfig` that Rasa's remote action uses as its own.

    Rasa opens a connection an action and waits five minutes; this keeps one open and waits `ACTION_DEADLINE`.
    """

    def __init__(self, other: EndpointConfig) -> None:
        super().__init__(other.url, other.params, other.headers, **other.kwargs)
        self._session: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", subpath: str | None = None, **options: Any) -> Any:
        """Send the call and return the answer's JSON; raise aiohttp's errors, and ClientResponseError from 400 on."""
        options.pop("timeout", None)
        options.pop("content_type", None)
        async with self._open().request(method, str(self.url) + (subpath or ""), **options) as answer:
            if answer.status >= 400:
                raise ClientResponseError(answer.status, answer.reason or "", (await answer.read()).decode())
            return await answer.json()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=ACTION_DEADLINE)
            self._session = aiohttp.ClientSession(headers=self.headers, timeout=timeout)
        return self._session

    async def close(self) -> None:
        """Close the kept connection."""
        if self._session is not None:
            await self._session.close()


def check_answers_with_one_validator() -> None:
    """Have Rasa check an action's answer against its schema without checking the schema itself each time.

    `jsonschema.validate`, which Rasa calls, first validates the schema against the schema of schemas: more than half of
    a turn's time (docs/architecture.md). The schema is Rasa's own and never changes, so one validator serves.
    """
    validator = validator_for(RemoteAction.action_response_format_spec())(RemoteAction.action_response_format_spec())

    def validate(_: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
