from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.nlu.encoder import adapter, weights
from assistant.nlu.encoder import build as encoder_build


@pytest.fixture(scope="module")
def merged(published: Mapping[str, Any]) -> Mapping[str, Any]:
    return adapter.merge(published, adapter.load())


def test_a_graph_that_computes_something_else_is_refused(encoder_folder: Path, merged: Mapping[str, Any]) -> None:
    name = "encoder.layer.3.intermediate.dense.bias"
    other = {**merged, name: merged[name] + np.float32(0.5)}
    with pytest.raises(encoder_build.BrokenEncoder, match="the fp32 graph is off by"):
        encoder_build._check(encoder_folder, other)


def test_a_graph_without_the_adapter_is_refused(encoder_folder: Path, published: Mapping[str, Any]) -> None:
    with pytest.raises(encoder_build.BrokenEncoder, match="the fp32 graph is off by"):
        encoder_build._check(encoder_folder, published)


def test_an_approximation_that_is_too_rough_is_refused(
    encoder_folder: Path, merged: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder_build, "INT8_COSINE", 0.9999)
    with pytest.raises(encoder_build.BrokenEncoder, match="the int8 graph has a cosine of only"):
        encoder_build._check(encoder_folder, merged)


def test_what_is_built_passes_its_own_check(encoder_folder: Path, merged: Mapping[str, Any]) -> None:
    encoder_build._check(encoder_folder, merged)


def test_a_broken_adapter_leaves_what_was_built_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find", lambda: weights.DOWNLOADS)
    folder, broken = tmp_path / "encoder", tmp_path / "adapter.safetensors"
    folder.mkdir()
    (folder / "encoder.onnx").write_bytes(b"before")
    broken.write_bytes(b"no adapter")
    with pytest.raises(adapter.BrokenAdapter, match="cannot be read"):
        encoder_build.build(folder, broken)
    assert (folder / "encoder.onnx").read_bytes() == b"before"


def test_a_missing_adapter_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find", lambda: weights.DOWNLOADS)
    with pytest.raises(adapter.BrokenAdapter, match=r"none\.safetensors cannot be read"):
        encoder_build.build(tmp_path / "encoder", tmp_path / "none.safetensors")
