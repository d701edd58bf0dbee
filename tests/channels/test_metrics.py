"""What operators can count, over Rasa's own way of mounting a channel."""

import re

import aiohttp
import pytest
from prometheus_client import REGISTRY
from rasa.core.run import configure_app
from sanic import Sanic

from assistant.channels.metrics import MetricsInput
from assistant.serving.actions import free_port
from assistant.turn import Message, metrics


@pytest.mark.parametrize(
    ("message", "outcome"),
    [
        (Message("1", "An answer.", topics=["duration"]), "answered"),
        (Message("1", "Call now.", urgency="emergency"), "answered"),
        (Message("1", "Did you mean one of these?"), "not_understood"),
        (Message("1", "Something failed.", effect="failed", urgency="today"), "failed"),
    ],
)
def test_a_turn_is_counted_by_how_it_ended(message, outcome):
    before = REGISTRY.get_sample_value("assistant_turns_total", {"outcome": outcome}) or 0
    metrics.count([message])
    assert REGISTRY.get_sample_value("assistant_turns_total", {"outcome": outcome}) == before + 1


def test_urgent_replies_are_counted_by_level():
    before = REGISTRY.get_sample_value("assistant_urgent_total", {"level": "today"}) or 0
    metrics.count([Message("1", "Get seen today.", urgency="today")])
    assert REGISTRY.get_sample_value("assistant_urgent_total", {"level": "today"}) == before + 1


async def test_the_figures_are_served_outside_of_the_chat(monkeypatch):
    monkeypatch.setattr(Sanic, "test_mode", True)
    app = configure_app(input_channels=[MetricsInput()], enable_api=False)
    port = free_port()
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
    await server.startup()
    try:
        async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}/metrics") as answer:
            assert answer.status == 200
            text = await answer.text()
    finally:
        await server.close()
    assert re.search(r"^assistant_turn_seconds_count ", text, flags=re.MULTILINE)
