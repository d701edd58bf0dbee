"""What decides an intent: a linear model and the nearest training phrases, mixed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from assistant.nlu.linear_model import Array, LinearModel
from assistant.nlu.neighbours import Neighbours

LINEAR, NEIGHBOURS = "linear.safetensors", "neighbours.safetensors"


class IntentModel:
    """Probabilities over intents from sentence vectors and n-gram counts."""

    def __init__(self, linear: LinearModel, neighbours: Neighbours, weight: float) -> None:
        self.labels = linear.labels
        self._linear = linear
        self._neighbours = neighbours
        self._weight = weight

    @classmethod
    def fit(
        cls,
        dense: Array,
        counts: csr_matrix,
        labels: Sequence[str],
        *,
        strength: float,
        ngram_weight: float,
        neighbour_weight: float,
    ) -> IntentModel:
        """Train on rows of `dense` (messages x 384, length 1) and `counts` (messages x n-grams), one label a row.

        `strength` and `ngram_weight` are those of `LinearModel.fit`; `neighbour_weight` is the share of the nearest
        phrases in the mixture, between 0 and 1; it falls where none is near.
        """
        linear = LinearModel.fit(dense, counts, labels, strength=strength, ngram_weight=ngram_weight)
        classes = np.searchsorted(linear.labels, labels)
        return cls(linear, Neighbours.fit(dense, classes, len(linear.labels)), neighbour_weight)

    def probabilities(self, dense: Array, counts: csr_matrix) -> Array:
        """Return one row a message, one column a label in the order of `labels`; a row sums to 1."""
        near = self._weight * self._neighbours.shares(dense)
        rest = 1 - near.sum(axis=1, keepdims=True)
        return np.asarray(near + rest * self._linear.probabilities(dense, counts), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the model into `folder`, which is made where there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        self._linear.save(folder / LINEAR)
        self._neighbours.save(folder / NEIGHBOURS)

    @classmethod
    def load(cls, folder: Path, neighbour_weight: float) -> IntentModel:
        """Return the model that `save` wrote; raise FileNotFoundError where there is none."""
        return cls(LinearModel.load(folder / LINEAR), Neighbours.load(folder / NEIGHBOURS), neighbour_weight)
