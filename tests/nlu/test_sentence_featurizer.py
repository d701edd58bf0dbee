from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.encoder import DIMENSIONS, SentenceEncoder
from assistant.nlu.sentence_featurizer import STEP, SentenceFeaturizer


@pytest.fixture
def config(encoder_folder: Path) -> dict[str, Any]:
    return {**SentenceFeaturizer.get_default_config(), "encoder": str(encoder_folder)}


@pytest.fixture
def featurizer(
    config: dict[str, Any], model_storage: LocalModelStorage, context: ExecutionContext
) -> SentenceFeaturizer:
    return SentenceFeaturizer.create(config, model_storage, Resource("featurizer"), context)


def vector(message: Message) -> np.ndarray[Any, Any]:
    of_tokens, of_sentence = message.get_dense_features(TEXT, [])
    assert of_tokens is None
    return of_sentence.features


def test_a_message_gets_one_sentence_feature(featurizer: SentenceFeaturizer, served: SentenceEncoder) -> None:
    message = Message({TEXT: "bumps under my eyes"})
    assert featurizer.process([message]) == [message]
    assert len(message.features) == 1
    assert vector(message).shape == (1, DIMENSIONS)
    np.testing.assert_array_equal(vector(message), served.encode(["bumps under my eyes"]))


def test_a_message_without_text_gets_none(featurizer: SentenceFeaturizer) -> None:
    messages = featurizer.process(
        [Message({TEXT: ""}), Message({"action_name": "action_listen"}), Message({TEXT: "hi"})]
    )
    assert [len(message.features) for message in messages] == [0, 0, 1]


def test_training_and_serving_see_the_same_vector(
    featurizer: SentenceFeaturizer, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [f"question number {number} about milia" + " indeed" * (number % 7) for number in range(STEP + 5)]
    data = TrainingData([Message({TEXT: text, INTENT: "ask"}) for text in texts] + [Message({INTENT: "ask"})])
    assert featurizer.process_training_data(data) is data
    served = featurizer.process([Message({TEXT: text}) for text in texts])
    for learnt, message in zip(data.training_examples, served, strict=False):
        np.testing.assert_array_equal(vector(learnt), vector(message))
    assert f"{len(texts)}/{len(texts)}" in capsys.readouterr().err


def test_it_keeps_nothing_of_its_own_in_the_model(
    config: dict[str, Any], featurizer: SentenceFeaturizer, model_storage: LocalModelStorage, context: ExecutionContext
) -> None:
    again = SentenceFeaturizer.load(config, model_storage, Resource("featurizer"), context)
    (one,), (other,) = (each.process([Message({TEXT: "milia"})]) for each in (featurizer, again))
    np.testing.assert_array_equal(vector(one), vector(other))


def test_a_rebuilt_encoder_trains_anew(encoder_folder: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copy(encoder_folder / "tokenizer.json", tmp_path / "encoder.onnx"))
    os.utime(graph, (1, 1))
    before = SentenceFeaturizer.fingerprint_addon({"encoder": str(tmp_path)})
    assert SentenceFeaturizer.fingerprint_addon({"encoder": str(tmp_path)}) == before
    os.utime(graph, (2, 2))
    assert SentenceFeaturizer.fingerprint_addon({"encoder": str(tmp_path)}) != before


def test_an_encoder_that_is_not_built_is_said(
    tmp_path: Path, model_storage: LocalModelStorage, context: ExecutionContext
) -> None:
    config = {**SentenceFeaturizer.get_default_config(), "encoder": str(tmp_path / "none")}
    with pytest.raises(FileNotFoundError, match="Run `make train`"):
        SentenceFeaturizer.create(config, model_storage, Resource("featurizer"), context)
