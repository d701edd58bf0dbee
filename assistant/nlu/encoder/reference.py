"""The forward pass of the encoder in plain NumPy: what the ONNX graph must equal, slow and easy to read."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from assistant.nlu.encoder.architecture import EPSILON, HEAD_SIZE, HEADS, LAYERS, linear

Array = NDArray[np.float32]


def encode(weights: Mapping[str, Array], token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Array:
    """Return sentence vectors (sentences x 384, length 1) for `token_ids` and their `mask` (sentences x tokens)."""
    count = token_ids.shape[1]
    hidden = (
        weights["embeddings.word_embeddings.weight"][token_ids]
        + weights["embeddings.position_embeddings.weight"][:count]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    hidden = _norm(weights, "embeddings.LayerNorm", hidden)
    for layer in range(LAYERS):
        hidden = _layer(weights, layer, hidden, mask)
    weighted = hidden * mask[:, :, None]
    mean = weighted.sum(axis=1) / mask.sum(axis=1, keepdims=True)
    return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)


def _layer(weights: Mapping[str, Array], layer: int, hidden: Array, mask: NDArray[np.int64]) -> Array:
    def apply(part: str, values: Array) -> Array:
        weight, bias = linear(layer, part)
        return np.asarray(values @ weights[weight].T + weights[bias])

    def heads(part: str) -> Array:
        values = apply(part, hidden)
        return values.reshape(*values.shape[:2], HEADS, HEAD_SIZE).transpose(0, 2, 1, 3)

    query, key, value = (heads(f"attention.self.{name}") for name in ("query", "key", "value"))
    scores = query @ key.transpose(0, 1, 3, 2) / math.sqrt(HEAD_SIZE)
    scores = scores + (1.0 - mask[:, None, None, :]) * -10000.0
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    context = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    context = context.transpose(0, 2, 1, 3).reshape(hidden.shape)
    base = f"encoder.layer.{layer}"
    attended = _norm(weights, f"{base}.attention.output.LayerNorm", apply("attention.output.dense", context) + hidden)
    inner = apply("intermediate.dense", attended)
    inner = 0.5 * inner * (1.0 + erf(inner / math.sqrt(2.0)))
    return _norm(weights, f"{base}.output.LayerNorm", apply("output.dense", inner) + attended)


def _norm(weights: Mapping[str, Array], name: str, values: Array) -> Array:
    centred = values - values.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
    return np.asarray(scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"], dtype=np.float32)
