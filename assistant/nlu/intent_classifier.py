"""Rasa intent classifier over the dense and sparse sentence features of the pipeline."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from assistant.nlu.follow_ups import is_beside
from assistant.nlu.intent_model import IntentModel
from assistant.nlu.linear_model import Array

# Two models: one for a text by itself, one for a text beside what was answered before it. One for both would read a
# plain question a point worse (docs/understanding.md).
ALONE, BESIDE = "alone", "beside"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class GuideIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking` of messages that a dense and a sparse featurizer have seen.

    Config: `strength` (inverse regularisation), `ngram_weight`, `neighbour_weight`, `ranking_length`.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        models: dict[str, IntentModel] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._models = models or {}

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before it in the pipeline."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Return the packages that Rasa checks before it trains."""
        return ["sklearn", "safetensors"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings where `config.yml` names none."""
        return {"strength": 8.0, "ngram_weight": 1.0, "neighbour_weight": 0.3, "ranking_length": 10}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check beyond what scikit-learn says itself."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GuideIntentClassifier:
        """Create an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GuideIntentClassifier:
        """Load what `train` stored."""
        with model_storage.read_from(resource) as folder:
            models = {name: IntentModel.load(folder / name, config["neighbour_weight"]) for name in (ALONE, BESIDE)}
        return cls(config, model_storage, resource, models)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on every phrase that has an intent and store the models; the same data give the same models."""
        messages = [message for message in training_data.intent_examples if _has_features(message)]
        alone = [message for message in messages if not is_beside(message.get(TEXT))]
        self._models = {ALONE: self._fit(alone), BESIDE: self._fit(messages)}
        with self._model_storage.write_to(self._resource) as folder:
            for name, model in self._models.items():
                model.save(folder / name)
        return self._resource

    def _fit(self, messages: list[Message]) -> IntentModel:
        return IntentModel.fit(
            *_features(messages),
            [message.get(INTENT) for message in messages],
            strength=self._config["strength"],
            ngram_weight=self._config["ngram_weight"],
            neighbour_weight=self._config["neighbour_weight"],
        )

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the data as they are: no later component learns from this one's guesses."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of `messages`; without text, or with white space only, there is no intent."""
        for message in messages:
            ranking = self._ranking(message) if self._models and _has_features(message) else []
            intent = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        model = self._models[BESIDE if is_beside(message.get(TEXT)) else ALONE]
        shares = model.probabilities(*_features([message]))[0]
        best = np.argsort(-shares)[: self._config["ranking_length"]]
        return [{"name": model.labels[place], "confidence": float(shares[place])} for place in best]


def _has_features(message: Message) -> bool:
    # The n-gram featurizer adds nothing to a message in which the tokenizer finds no token.
    return bool(message.get(TEXT)) and None not in (
        message.get_dense_features(TEXT, [])[1],
        message.get_sparse_features(TEXT, [])[1],
    )


def _features(messages: list[Message]) -> tuple[Array, csr_matrix]:
    dense = [message.get_dense_features(TEXT, [])[1].features for message in messages]
    counts = [message.get_sparse_features(TEXT, [])[1].features for message in messages]
    return np.vstack(dense), csr_matrix(vstack(counts))
