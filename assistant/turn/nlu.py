"""Runs the NLU pipeline of the loaded model, and nothing that would unpack typed text as an intent."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker


def parse(processor: MessageProcessor, text: str) -> dict[str, Any]:
    """Return what the pipeline of `config.yml` makes of `text`: intent, intent_ranking, entities.

    Rasa appends a node to every pipeline that turns a typed `/intent{...}` into that intent. The graph is asked for the
    node before it, so that such text is classified like any other.
    """
    metadata = processor.model_metadata
    target = metadata.predict_schema.nodes[metadata.nlu_target].needs["messages"]
    message = UserMessage(text)
    inputs = {
        PLACEHOLDER_MESSAGE: [message],
        PLACEHOLDER_TRACKER: DialogueStateTracker.from_events(message.sender_id, []),
    }
    parsed = processor.graph_runner.run(inputs=inputs, targets=[target])[target][0]
    return dict(parsed.as_dict(only_output_properties=True))
