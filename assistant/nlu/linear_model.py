"""A linear classifier over sentence vectors and character n-grams, stored without pickle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

Array = NDArray[np.float32]


class LinearModel:
    """Probabilities over labels from a dense part (sentence vectors) and a sparse part (n-gram counts).

    The counts are dampened (1 + log), weighted by how rare an n-gram is and brought to length `ngram_weight`, so that
    they stand beside a sentence vector of length 1.
    """

    def __init__(self, labels: Sequence[str], tensors: dict[str, Array], ngram_weight: float) -> None:
        self.labels = list(labels)
        self.ngram_weight = ngram_weight
        self._tensors = tensors

    @classmethod
    def fit(
        cls, dense: Array, counts: csr_matrix, labels: Sequence[str], *, strength: float, ngram_weight: float, seed: int
    ) -> LinearModel:
        """Train on rows of `dense` (messages x 384) and `counts` (messages x n-grams), one label a row.

        `strength` is the inverse of the regularisation; every label counts alike however many phrases it has.
        """
        rarity = _rarity(counts)
        features = _join(dense, counts, rarity, ngram_weight)
        regression = LogisticRegression(C=strength, class_weight="balanced", max_iter=400, tol=1e-3, random_state=seed)
        regression.fit(features, np.asarray(labels))
        tensors = {
            "weights": np.ascontiguousarray(regression.coef_.T, dtype=np.float32),
            "intercept": regression.intercept_.astype(np.float32),
            "rarity": rarity,
        }
        return cls(regression.classes_.tolist(), tensors, ngram_weight)

    def probabilities(self, dense: Array, counts: csr_matrix) -> Array:
        """Return one row a message, one column a label in the order of `labels`; a row sums to 1."""
        features = _join(dense, counts, self._tensors["rarity"], self.ngram_weight)
        scores = np.asarray(features @ self._tensors["weights"]) + self._tensors["intercept"]
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the model to `path` as safetensors; the labels travel as its metadata."""
        metadata = {"labels": json.dumps(self.labels), "ngram_weight": repr(self.ngram_weight)}
        save_file(self._tensors, str(path), metadata)

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Return the model that `save` wrote; raise FileNotFoundError where there is none."""
        with safe_open(str(path), framework="numpy") as file:
            metadata: dict[str, Any] = file.metadata()
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)
        return cls(json.loads(metadata["labels"]), tensors, float(metadata["ngram_weight"]))


def _rarity(counts: csr_matrix) -> Array:
    messages = counts.shape[0]
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + messages) / (1 + seen)) + 1, dtype=np.float32)


def _join(dense: Array, counts: csr_matrix, rarity: Array, ngram_weight: float) -> csr_matrix:
    damped = counts.astype(np.float32)
    damped.data = 1 + np.log(damped.data)
    sparse = normalize(damped @ diags(rarity)) * ngram_weight
    return hstack([csr_matrix(dense), sparse], format="csr")
