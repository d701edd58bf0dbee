from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.nlu.encoder import build as encoder_build


def test_a_graph_that_computes_something_else_is_refused(encoder_folder: Path, published: Mapping[str, Any]) -> None:
    name = "encoder.layer.3.intermediate.dense.bias"
    other = {**published, name: published[name] + np.float32(0.5)}
    with pytest.raises(encoder_build.BrokenEncoder, match="the fp32 graph is off by"):
        encoder_build._check(encoder_folder, other)


def test_an_approximation_that_is_too_rough_is_refused(
    encoder_folder: Path, published: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder_build, "INT8_COSINE", 0.9999)
    with pytest.raises(encoder_build.BrokenEncoder, match="the int8 graph has a cosine of only"):
        encoder_build._check(encoder_folder, published)


def test_what_is_built_passes_its_own_check(encoder_folder: Path, published: Mapping[str, Any]) -> None:
    encoder_build._check(encoder_folder, published)
