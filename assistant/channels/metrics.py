"""`GET /metrics`, for operators: a reverse proxy must not let the public reach it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw


class MetricsInput(InputChannel):
    """A channel in Rasa's sense only: it takes no message, and is one because Rasa mounts nothing else."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return "metrics"

    def url_prefix(self) -> str:
        """Return where it is mounted: outside of Rasa's /webhooks."""
        return "/metrics"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the one route."""
        routes = Blueprint("metrics")

        async def metrics(_: Request) -> HTTPResponse:
            return raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

        routes.add_route(metrics, "/", methods=["GET"])
        return routes
