"""Builds the encoder's folder: tokenizer and ONNX graph of the adapted weights, checked against the reference."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from assistant.nlu.encoder import adapter, graph, reference, weights
from assistant.nlu.encoder.sentence_encoder import SentenceEncoder

# fp32 must be the reference to rounding; int8 is an approximation whose worth is measured by accuracy
# (docs/architecture.md), and this floor only catches a broken conversion.
FP32_TOLERANCE = 1e-4
INT8_COSINE = 0.96

_PROBES = (
    "little white bumps under my eyes what are they",
    "Is retinol safe while breastfeeding? My dermatologist gave me tretinoin two years ago, before my first child.",
    "milia",
)


class BrokenEncoder(Exception):
    """The built graph does not compute what the reference computes."""


def build(folder: Path, adapted: Path | None = adapter.ADAPTER) -> None:
    """Write `encoder.onnx` (int8), `encoder-fp32.onnx` and `tokenizer.json` into `folder`.

    The published weights are changed by the adapter at `adapted`; None leaves them as they are. Raises
    weights.WeightsNotFound where the weights cannot be had, adapter.BrokenAdapter where the adapter is missing or does
    not fit, BrokenEncoder where a graph is wrong.
    """
    source = weights.find()
    merged = load_file(str(source / "model.safetensors"))
    if adapted is not None:
        merged = adapter.merge(merged, adapter.load(adapted))
    temporary = folder.with_name(folder.name + ".part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    shutil.copy(source / "tokenizer.json", temporary)
    onnx.save(graph.build(merged), str(temporary / "encoder-fp32.onnx"))
    quantize_dynamic(
        str(temporary / "encoder-fp32.onnx"),
        str(temporary / "encoder.onnx"),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul"],
    )
    _check(temporary, merged)
    shutil.rmtree(folder, ignore_errors=True)
    temporary.replace(folder)


def _check(folder: Path, merged: Mapping[str, NDArray[np.float32]]) -> None:
    exact = SentenceEncoder(folder, "encoder-fp32.onnx")
    expected = reference.encode(merged, *exact.tokens(_PROBES))
    difference = float(np.abs(exact.encode(_PROBES) - expected).max())
    if difference > FP32_TOLERANCE:
        raise BrokenEncoder(f"the fp32 graph is off by {difference:.2g}")
    cosine = float((SentenceEncoder(folder).encode(_PROBES) * expected).sum(axis=1).min())
    if cosine < INT8_COSINE:
        raise BrokenEncoder(f"the int8 graph has a cosine of only {cosine:.3f}")
