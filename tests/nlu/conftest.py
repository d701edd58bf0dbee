from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage

from assistant import runtime
from assistant.files import MODELS
from assistant.nlu.encoder import SentenceEncoder

runtime.set_environment()


def _built(folder: str, *names: str) -> Path:
    missing = [name for name in names if not (MODELS / folder / name).is_file()]
    if missing:
        pytest.fail(f"models/{folder} has no {missing[0]}: run `make train` before these tests.", pytrace=False)
    return MODELS / folder


@pytest.fixture(scope="session")
def encoder_folder() -> Path:
    return _built("encoder", "encoder.onnx", "encoder-fp32.onnx", "tokenizer.json")


@pytest.fixture(scope="session")
def exact(encoder_folder: Path) -> SentenceEncoder:
    return SentenceEncoder(encoder_folder, "encoder-fp32.onnx")


@pytest.fixture(scope="session")
def served(encoder_folder: Path) -> SentenceEncoder:
    return SentenceEncoder(encoder_folder)


@pytest.fixture(scope="session")
def published() -> Mapping[str, Any]:
    from safetensors.numpy import load_file

    return load_file(str(_built("encoder-weights", "model.safetensors") / "model.safetensors"))


@pytest.fixture(scope="session")
def merged(published: Mapping[str, Any]) -> Mapping[str, Any]:
    from assistant.nlu.encoder import adapter

    return adapter.merge(published, adapter.load())


@pytest.fixture
def model_storage(tmp_path: Path) -> LocalModelStorage:
    folder = tmp_path / "model"
    folder.mkdir()
    return LocalModelStorage(folder)


@pytest.fixture
def context() -> ExecutionContext:
    return ExecutionContext(GraphSchema({}), node_name="node")
