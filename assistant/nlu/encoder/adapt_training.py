"""Trains the low-rank factors so that phrases of one intent come to lie together."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from assistant.nlu.encoder.adapt_model import AdaptedEncoder
from assistant.nlu.encoder.adapter import Array
from assistant.nlu.encoder.sentence_encoder import padded

Ids = Sequence[Sequence[int]]
# Batches are cut from runs of this many batches, sorted by length: little padding, and still mixed by chance.
RUN = 20
# Lengths are brought to a multiple of this, so that there are few shapes to keep buffers for.
LENGTH_STEP = 4
LARGEST_STEP = 1.0


@dataclass(frozen=True)
class Settings:
    """What decides the adapter beside phrases and weights.

    `smoothing` is the share of a label given to all intents, `scale` the length that a vector of length 1 has before
    the head, `dropout` the share of numbers left out at each place, `warmup` the share of steps in which the rate
    rises to `rate`; after them it falls to 0 in a line. `balance` is 0 where every phrase counts alike and 1 where
    every intent does. `share` is how much of the change that was learnt is kept: an encoder part of the way between the
    published and the trained one is as right on questions and better at what is not ours.
    """

    rank: int = 16
    epochs: int = 5
    batch: int = 32
    rate: float = 1e-3
    head_rate: float = 5e-3
    decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.1
    scale: float = 10.0
    warmup: float = 0.1
    balance: float = 0.5
    share: float = 0.8
    seed: int = 1


def train(
    published: Mapping[str, Array],
    token_ids: Ids,
    labels: Sequence[str],
    settings: Settings,
    report: Callable[[int, float, float], None] = lambda epoch, loss, right: None,
) -> dict[str, Array]:
    """Return the factors learnt from phrases, given as `token_ids` with one of `labels` each.

    `report` is called after each epoch with its number, mean loss and the share of phrases that the head read right.
    The head, a softmax over the intents, is thrown away. The same arguments give the same factors on one machine.
    """
    tf.config.experimental.enable_op_determinism()
    tf.random.set_seed(settings.seed)
    random = np.random.default_rng(settings.seed)
    names, classes = np.unique(np.asarray(labels), return_inverse=True)
    learner = _Learner(published, len(names), settings)
    learner.aim_head(token_ids, classes)
    weights = _weights(classes, settings.balance)
    steps = settings.epochs * math.ceil(len(classes) / settings.batch)
    step = 0
    for epoch in range(1, settings.epochs + 1):
        losses, hits = [], []
        for places in _batches(token_ids, settings.batch, random):
            step += 1
            learner.set_rate(_share_of_rate(step, steps, settings.warmup))
            ids, mask = padded([token_ids[place] for place in places], LENGTH_STEP)
            loss, right = learner.step(ids, mask, classes[places], weights[places])
            losses.append(float(loss) * len(places))
            hits.append(float(right) * len(places))
        report(epoch, sum(losses) / len(classes), sum(hits) / len(classes))
    return learner.factors()


class _Learner:
    """The encoder, its head and their optimisers."""

    def __init__(self, published: Mapping[str, Array], intents: int, settings: Settings) -> None:
        self._settings = settings
        self._intents = intents
        self._encoder = AdaptedEncoder(published, settings.rank, settings.seed, settings.dropout)
        self._factors = list(self._encoder.factors.values())
        self._head = [tf.Variable(tf.zeros([384, intents])), tf.Variable(tf.zeros([intents]))]
        self._optimizer = tf.keras.optimizers.AdamW(weight_decay=settings.decay, jit_compile=False)
        self._head_optimizer = tf.keras.optimizers.Adam(jit_compile=False)
        self._optimizer.build(self._factors)
        self._head_optimizer.build(self._head)
        # No step branches on what it computes, so there is nothing for autograph to translate.
        numbers = tf.TensorSpec([None, None], tf.int64)
        self._encode = tf.function(self._encoder.encode, input_signature=[numbers, numbers], autograph=False)
        of_rows = [tf.TensorSpec([None], tf.int64), tf.TensorSpec([None], tf.float32)]
        self.step = tf.function(self._step, input_signature=[numbers, numbers, *of_rows], autograph=False)

    def aim_head(self, token_ids: Ids, classes: NDArray[np.int64]) -> None:
        """Start the head at each intent's mean vector, so that the first steps do not pull the encoder at random."""
        vectors = np.zeros((len(token_ids), 384), dtype=np.float32)
        for places in _batches(token_ids, 2 * self._settings.batch, np.random.default_rng(self._settings.seed)):
            vectors[places] = self._encode(*padded([token_ids[place] for place in places], LENGTH_STEP)).numpy()
        means = np.stack([vectors[classes == intent].mean(axis=0) for intent in range(self._intents)])
        means -= means.mean(axis=0)
        self._head[0].assign(0.5 * (means / np.linalg.norm(means, axis=1, keepdims=True)).T)

    def set_rate(self, share: float) -> None:
        """Set both learning rates to `share` of their highest."""
        self._optimizer.learning_rate.assign(share * self._settings.rate)
        self._head_optimizer.learning_rate.assign(share * self._settings.head_rate)

    def factors(self) -> dict[str, Array]:
        """Return the factors as they are now, `up` brought to the share that is kept."""
        kept = self._settings.share
        return {
            name: np.asarray(variable.numpy() * (kept if name.endswith(".up") else 1.0), dtype=np.float32)
            for name, variable in self._encoder.factors.items()
        }

    def _step(self, ids: Any, mask: Any, classes: Any, weights: Any) -> tuple[Any, Any]:
        smoothing = self._settings.smoothing
        wanted = tf.one_hot(classes, self._intents) * (1 - smoothing) + smoothing / self._intents
        with tf.GradientTape() as tape:
            vectors = self._encoder.encode(ids, mask, training=True)
            scores = self._settings.scale * tf.matmul(vectors, self._head[0]) + self._head[1]
            loss = tf.reduce_mean(weights * tf.nn.softmax_cross_entropy_with_logits(wanted, scores))
        slopes = tape.gradient(loss, self._factors + self._head)
        clipped, _ = tf.clip_by_global_norm(slopes[: len(self._factors)], LARGEST_STEP)
        self._optimizer.apply_gradients(zip(clipped, self._factors, strict=True))
        self._head_optimizer.apply_gradients(zip(slopes[len(self._factors) :], self._head, strict=True))
        return loss, tf.reduce_mean(tf.cast(tf.argmax(scores, axis=1) == classes, tf.float32))


def _batches(token_ids: Ids, size: int, random: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    order = random.permutation(len(token_ids))
    batches = []
    for start in range(0, len(order), RUN * size):
        run = np.array(sorted(order[start : start + RUN * size], key=lambda place: len(token_ids[place])))
        batches += [run[first : first + size] for first in range(0, len(run), size)]
    yield from (batches[place] for place in random.permutation(len(batches)))


def _weights(classes: NDArray[np.int64], balance: float) -> Array:
    sizes = np.bincount(classes)
    balanced = len(classes) / (len(sizes) * sizes)
    return np.asarray(balanced[classes] ** balance, dtype=np.float32)


def _share_of_rate(step: int, steps: int, warmup: float) -> float:
    rising = max(1.0, steps * warmup)
    return min(step / rising, (steps - step) / (steps - rising))
