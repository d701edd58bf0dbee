"""Rasa's entity extractor for `duration`: how long something has been there ("since March", "for two years")."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant import referral

ENTITY = "duration"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DurationExtractor(GraphComponent, EntityExtractorMixin):
    """Finds times by the words of data/referral/durations.yml; the value is the span that a time falls into."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DurationExtractor:
        """Return the extractor; it has neither settings nor anything to store."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the times of each message to its entities."""
        for message in messages:
            found = [
                {"entity": ENTITY, "value": one.value, "start": one.start, "end": one.end}
                for one in referral.durations(message.get(TEXT) or "")
            ]
            named = self.add_extractor_name(found)
            message.set(ENTITIES, [*message.get(ENTITIES, []), *named], add_to_output=True)
        return messages
