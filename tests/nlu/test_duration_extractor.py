from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.duration_extractor import DurationExtractor
from tests.trained import Trained, loaded


@pytest.fixture
def extractor(model_storage: LocalModelStorage, context: ExecutionContext) -> DurationExtractor:
    return DurationExtractor.create({}, model_storage, Resource("durations"), context)


def found(extractor: DurationExtractor, text: str, entities: list[dict[str, Any]] | None = None) -> Any:
    (message,) = extractor.process([Message({TEXT: text, ENTITIES: entities or []})])
    return message.get(ENTITIES)


def test_a_time_becomes_an_entity_with_the_span_that_it_falls_into(extractor: DurationExtractor) -> None:
    assert found(extractor, "had it for two years") == [
        {"entity": "duration", "value": "years", "start": 11, "end": 20, "extractor": "DurationExtractor"}
    ]


def test_what_was_found_before_stays(extractor: DurationExtractor) -> None:
    before = {"entity": "body_area", "value": "nose", "start": 0, "end": 4}
    assert found(extractor, "nose", [before]) == [before]


@pytest.mark.parametrize("text", ["", "use it for two weeks"])
def test_a_text_without_one_has_none(extractor: DurationExtractor, text: str) -> None:
    assert found(extractor, text) == []


@pytest.fixture(scope="module")
def assistant() -> Any:
    with loaded() as trained:
        yield trained


def test_the_trained_pipeline_finds_it(assistant: Trained) -> None:
    understood = assistant.understand("i have had white bumps under my eyes since march")
    named = {entity["entity"]: entity["value"] for entity in understood.entities}
    assert named["duration"] in {"days", "weeks", "months"}
    assert named["body_area"] == "under_eye"
