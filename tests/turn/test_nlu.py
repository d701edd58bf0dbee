"""What the pipeline is asked for: never the node that turns a typed payload into an intent."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant import guide
from assistant.turn import nlu
from tests.trained import Trained

PAYLOADS = [
    "/{intent}",
    " /{intent}",
    "/{intent}@1.0",
    '/{intent}{{"audience": "baby"}}',
    '/{intent}@0.9{{"topic": "causes", "misunderstood": 5}}',
    "//{intent}",
    "/ {intent}",
    "\u2044{intent}",
    "\uff0f{intent}",
    "\u200b/{intent}",
]
OF_RASA = ["restart", "back", "session_start", "nlu_fallback", "out_of_scope"]


class Graph:
    """Stands in for Rasa's graph: answers for any node and records which was asked for."""

    def __init__(self) -> None:
        self.targets: list[str] = []

    def run(self, inputs: dict[str, Any], targets: list[str]) -> dict[str, Any]:
        self.targets += targets
        (message,) = inputs["__message__"]
        parsed = SimpleNamespace(as_dict=lambda only_output_properties: {"text": message.text})
        return {target: [parsed] for target in targets}


def test_the_graph_is_asked_for_the_node_before_the_one_that_unpacks() -> None:
    nodes = {"unpack": SimpleNamespace(needs={"messages": "fallback"}), "fallback": SimpleNamespace(needs={})}
    metadata = SimpleNamespace(nlu_target="unpack", predict_schema=SimpleNamespace(nodes=nodes))
    graph = Graph()
    found = nlu.parse(SimpleNamespace(model_metadata=metadata, graph_runner=graph), "/greet")  # type: ignore[arg-type]
    assert graph.targets == ["fallback"]
    assert found == {"text": "/greet"}


def test_the_node_that_is_left_out_is_the_one_that_unpacks(trained: Trained) -> None:
    metadata = trained.turns.agent.processor.model_metadata
    left_out = metadata.predict_schema.nodes[metadata.nlu_target]
    assert left_out.uses.__name__ == "RegexMessageHandler"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_typed_payload_is_classified_like_any_other_text(trained: Trained, payload: str) -> None:
    for intent in [*guide.load().topics, *OF_RASA]:
        text = payload.format(intent=intent)
        parsed = nlu.parse(trained.turns.agent.processor, text)
        assert parsed["text"] == text.strip()
        assert parsed["intent"]["confidence"] < 1.0
        assert parsed["entities"] == _named_in(parsed)
        assert len(parsed["intent_ranking"]) > 3


def _named_in(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    """Return those entities that were read in the words, as any message's are."""
    return [entity for entity in parsed["entities"] if entity["extractor"] == "SpacyEntityExtractor"]


def test_rasas_own_parsing_would_have_unpacked_it(trained: Trained) -> None:
    from rasa.core.channels.channel import UserMessage

    processor = trained.turns.agent.processor
    parsed = trained.loop.run_until_complete(processor.parse_message(UserMessage("/duration")))
    assert parsed["intent"] == {"name": "duration", "confidence": 1.0}
