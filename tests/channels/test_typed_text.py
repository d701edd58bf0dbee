"""Whatever is typed, through channel and turn: no intent is forced by it."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.files import ROOT, read_yaml
from assistant.text import normalise
from assistant.turn.reading import FALLBACK
from tests.channels.served import Served, prepared, serving
from tests.turn.fakes import parsed

INTENTS: list[str] = read_yaml(ROOT / "domain.yml")["intents"]
OF_RASA = ["restart", "back", "session_start", "nlu_fallback", "EXTERNAL", "action_erase_my_data"]
# What the pipeline says in this test; nothing else may come out but what is told apart without it.
SAID = parsed("what_are_milia", 0.42)
WITHOUT_THE_PIPELINE = {"crisis", "ingredient_check", "other_language"}

SLASHES = st.sampled_from(["/", "//", "\\", "\u2044", "\u2215", "\uff0f", "\u200b/", "/\u200b", "\u202e/", "|", "@"])
SPACES = st.text(alphabet=" \t\n\r\u00a0\u2003\u2028\u200b\ufeff", max_size=4)
NESTED = '{"a": {"b": {"c": ["/restart"]}}}'
PAYLOADS = st.sampled_from(
    ["", "@1.0", '{"audience": "baby"}', '@1.0{"topic": "causes"}', NESTED, "{", "{}{}", "|greet"]
)


@st.composite
def typed(draw: Any) -> str:
    """Return text like a payload: a slash or its look-alike, an intent, something behind it, nested or not."""
    intent = draw(st.sampled_from([*INTENTS, *OF_RASA]))
    text = draw(SPACES) + draw(SLASHES) + draw(SPACES) + intent + draw(PAYLOADS) + draw(SPACES)
    if draw(st.booleans()):
        text = f'/{draw(st.sampled_from(INTENTS))}{{"text": "{text}"}}'
    return text + (draw(st.text(max_size=10)) if draw(st.booleans()) else "")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, asyncio.AbstractEventLoop, list[str]]]:
    """One server for all examples, and the texts that its pipeline was asked for."""
    loop = asyncio.new_event_loop()
    folder: Path = tmp_path_factory.mktemp("conversations")
    with pytest.MonkeyPatch.context() as monkeypatch:
        asked = prepared(monkeypatch, SAID)
        context = serving(folder)
        served = loop.run_until_complete(context.__aenter__())
        yield served, loop, asked
        loop.run_until_complete(context.__aexit__(None, None, None))
    loop.close()


def handed(running: tuple[Served, asyncio.AbstractEventLoop, list[str]], text: str) -> Any:
    """Type `text` and return what reached Rasa's processor, None where the channel refused it."""
    served, loop, asked = running
    served.processor.handed.clear()
    asked.clear()
    token = loop.run_until_complete(served.token())
    reply = loop.run_until_complete(served.say(token, uuid.uuid4().hex, text=text))
    assert reply.status == (200 if served.processor.handed else reply.status)
    assert reply.status in {200, 400, 413}
    return served.processor.handed[0] if served.processor.handed else None


def assert_nothing_forced(running: Any, text: str) -> None:
    message = handed(running, text)
    if message is None:
        assert not normalise(text)
        return
    data = message.parse_data
    assert message.text == data["text"] == normalise(text).strip()
    assert data["tapped"] is False
    if data["intent"]["name"] in WITHOUT_THE_PIPELINE:
        assert running[2] == []
    else:
        # Signs without a word say nothing, whatever the pipeline makes of them.
        expected = SAID["intent"]["name"] if re.search(r"\w", text) else FALLBACK
        assert data["intent"] == {**SAID["intent"], "name": expected}
        assert running[2][0] == normalise(text)
    assert data["entities"] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed())
def test_what_looks_like_a_payload_forces_nothing(running: Any, text: str) -> None:
    assert_nothing_forced(running, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_no_text_at_all_forces_anything(running: Any, text: str) -> None:
    assert_nothing_forced(running, text)


@pytest.mark.parametrize("intent", [*INTENTS, *OF_RASA])
def test_the_name_of_an_intent_behind_a_slash_is_text(running: Any, intent: str) -> None:
    for text in (f"/{intent}", f'/{intent}{{"audience": "baby"}}', f"topic.{intent}", f"topic.{intent}|{intent}"):
        assert_nothing_forced(running, text)
