"""The encoder in TensorFlow, with low-rank factors beside its linear parts that can be trained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from assistant.nlu.encoder.adapter import factors
from assistant.nlu.encoder.architecture import EPSILON, HEAD_SIZE, HEADS, HIDDEN, LAYERS, LINEAR_PARTS, linear

Array = NDArray[np.float32]


class AdaptedEncoder:
    """Computes sentence vectors as the reference does, the linear parts changed by the factors.

    At first the factors change nothing: `down` is drawn at random, `up` is zero.
    """

    def __init__(self, published: Mapping[str, Array], rank: int, seed: int, dropout: float = 0.0) -> None:
        """Take the `published` weights; `dropout` is the share of numbers that training leaves out at each place."""
        self._weights = {name: tf.constant(values) for name, values in published.items()}
        self._dropout = dropout
        self._seed = seed
        random = np.random.default_rng(seed)
        self.factors: dict[str, tf.Variable] = {}
        for layer in range(LAYERS):
            for part in LINEAR_PARTS:
                rows, columns = published[linear(layer, part)[0]].shape
                down, up = factors(layer, part)
                start = random.normal(0.0, 1 / math.sqrt(columns), (rank, columns)).astype(np.float32)
                self.factors[down] = tf.Variable(start, name=down)
                self.factors[up] = tf.Variable(np.zeros((rows, rank), dtype=np.float32), name=up)

    def encode(self, token_ids: Any, mask: Any, training: bool = False) -> Any:
        """Return sentence vectors (sentences x 384, length 1) for `token_ids` and `mask` (sentences x tokens)."""
        shown = tf.cast(mask, tf.float32)
        bias = (1.0 - shown[:, None, None, :]) * -10000.0
        hidden = (
            tf.gather(self._weights["embeddings.word_embeddings.weight"], token_ids)
            + self._weights["embeddings.position_embeddings.weight"][: tf.shape(token_ids)[1]]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        hidden = self._drop(self._norm("embeddings.LayerNorm", hidden), training)
        for layer in range(LAYERS):
            hidden = self._layer(layer, hidden, bias, training)
        mean = tf.reduce_sum(hidden * shown[:, :, None], axis=1) / tf.reduce_sum(shown, axis=1, keepdims=True)
        return tf.math.l2_normalize(mean, axis=1)

    def _layer(self, layer: int, hidden: Any, bias: Any, training: bool) -> Any:
        shape = tf.shape(hidden)

        def heads(part: str) -> Any:
            values = self._linear(layer, f"attention.self.{part}", hidden)
            return tf.transpose(tf.reshape(values, [shape[0], shape[1], HEADS, HEAD_SIZE]), [0, 2, 1, 3])

        scores = tf.matmul(heads("query"), heads("key"), transpose_b=True) / math.sqrt(HEAD_SIZE)
        shares = self._drop(tf.nn.softmax(scores + bias), training)
        context = tf.transpose(tf.matmul(shares, heads("value")), [0, 2, 1, 3])
        context = tf.reshape(context, [shape[0], shape[1], HIDDEN])
        base = f"encoder.layer.{layer}"
        attended = self._drop(self._linear(layer, "attention.output.dense", context), training) + hidden
        attended = self._norm(f"{base}.attention.output.LayerNorm", attended)
        inner = tf.nn.gelu(self._linear(layer, "intermediate.dense", attended), approximate=False)
        output = self._drop(self._linear(layer, "output.dense", inner), training) + attended
        return self._norm(f"{base}.output.LayerNorm", output)

    def _linear(self, layer: int, part: str, values: Any) -> Any:
        weight, offset = (self._weights[name] for name in linear(layer, part))
        down, up = (self.factors[name] for name in factors(layer, part))
        shape = tf.shape(values)
        rows = tf.reshape(values, [-1, weight.shape[1]])
        changed = tf.matmul(tf.matmul(rows, down, transpose_b=True), up, transpose_b=True)
        product = tf.matmul(rows, weight, transpose_b=True) + changed + offset
        return tf.reshape(product, [shape[0], shape[1], weight.shape[0]])

    def _norm(self, name: str, values: Any) -> Any:
        mean = tf.reduce_mean(values, axis=-1, keepdims=True)
        centred = values - mean
        scale = tf.math.rsqrt(tf.reduce_mean(centred * centred, axis=-1, keepdims=True) + EPSILON)
        return centred * scale * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _drop(self, values: Any, training: bool) -> Any:
        return tf.nn.dropout(values, self._dropout) if training and self._dropout else values
