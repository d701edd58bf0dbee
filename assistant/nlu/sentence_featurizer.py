"""Rasa featurizer: one sentence vector a message, from the encoder that was built at set-up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tqdm import tqdm

from assistant.nlu.encoder import SentenceEncoder

# Messages encoded between two movements of the progress bar.
STEP = 128


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds a dense sentence feature (1 x 384) to every message that has text.

    Config: `encoder`, the encoder's folder; `graph`, the file in it.
    """

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """Load the encoder; raise FileNotFoundError where it is not built."""
        super().__init__(name, config)
        self._encoder = SentenceEncoder(Path(config["encoder"]), config["graph"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return where `make train` builds the encoder."""
        return {**DenseFeaturizer.get_default_config(), "encoder": "models/encoder", "graph": "encoder.onnx"}

    @staticmethod
    def required_packages() -> list[str]:
        """Return the packages that Rasa checks before it trains."""
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check: a wrong folder is said when it is opened."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Create the component for training and for serving alike: it keeps nothing of its own in the model."""
        return cls(config, execution_context.node_name)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return the size and age of the encoder's file, so that a rebuilt encoder trains anew."""
        config = {**cls.get_default_config(), **config}
        status = (Path(config["encoder"]) / config["graph"]).stat()
        return f"{status.st_size}-{status.st_mtime_ns}"

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the sentence feature to `messages`."""
        self._add([message for message in messages if message.get(TEXT)])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the sentence feature to every training phrase, showing how far it is."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        with tqdm(total=len(messages), desc="Encoding phrases", unit="phrase", mininterval=1.0) as progress:
            for start in range(0, len(messages), STEP):
                progress.update(self._add(messages[start : start + STEP]))
        return training_data

    def _add(self, messages: list[Message]) -> int:
        if messages:
            vectors = self._encoder.encode([message.get(TEXT) for message in messages])
            for message, vector in zip(messages, vectors, strict=True):
                message.add_features(self._feature(vector))
        return len(messages)

    def _feature(self, vector: np.ndarray[Any, Any]) -> Features:
        return Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS])
