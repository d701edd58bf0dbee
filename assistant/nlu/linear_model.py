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
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Array = NDArray[np.float32]

# L-BFGS stops where a step wins less than this share of the loss; smaller ones changed no prediction.
TOLERANCE = 1e-4
MOST_STEPS = 200
# 0 counts every phrase alike, 1 every label. Between them "not ours", which has the most phrases as it has the most
# names, keeps enough weight to hold its own against forty topics of the guide (docs/understanding.md).
BALANCE = 0.5
METADATA = "model"


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
        cls, dense: Array, counts: csr_matrix, labels: Sequence[str], *, strength: float, ngram_weight: float
    ) -> LinearModel:
        """Train on rows of `dense` (messages x 384) and `counts` (messages x n-grams), one label a row.

        `strength` is the inverse of the regularisation; a label with many phrases counts for more, but less than by
        their number (BALANCE). There is no chance in it: the same rows give the same model.
        """
        rarity = _rarity(counts)
        sparse = _sparse(counts, rarity, ngram_weight)
        names, classes = np.unique(np.asarray(labels), return_inverse=True)
        weights = _Softmax(dense, sparse, classes, strength).solve()
        split = dense.shape[1]
        tensors = {
            "dense": np.ascontiguousarray(weights[:split]),
            "sparse": np.ascontiguousarray(weights[split:-1]),
            "intercept": np.ascontiguousarray(weights[-1]),
            "rarity": rarity,
        }
        return cls(names.tolist(), tensors, ngram_weight)

    def probabilities(self, dense: Array, counts: csr_matrix) -> Array:
        """Return one row a message, one column a label in the order of `labels`; a row sums to 1."""
        sparse = _sparse(counts, self._tensors["rarity"], self.ngram_weight)
        scores = dense @ self._tensors["dense"] + sparse @ self._tensors["sparse"] + self._tensors["intercept"]
        return np.asarray(np.exp(_log_shares(scores)), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the model to `path` as safetensors; the labels travel as its metadata."""
        described = json.dumps({"labels": self.labels, "ngram_weight": self.ngram_weight})
        # One entry only: safetensors writes several in an order of chance, and equal models would differ as files.
        save_file(self._tensors, str(path), {METADATA: described})

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Return the model that `save` wrote; raise FileNotFoundError where there is none."""
        with safe_open(str(path), framework="numpy") as file:  # type: ignore[no-untyped-call,attr-defined]
            described: dict[str, Any] = json.loads(file.metadata()[METADATA])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)
        return cls(described["labels"], tensors, described["ngram_weight"])


class _Softmax:
    """Multinomial logistic regression with the dense and the sparse features kept apart.

    Put into one sparse matrix, as scikit-learn wants them, the dense ones make each step four times slower (17 s
    against 4 s for 4,300 phrases and 64 intents).
    """

    def __init__(self, dense: Array, sparse: csr_matrix, classes: NDArray[np.int64], strength: float) -> None:
        self._dense = np.ascontiguousarray(dense, dtype=np.float32)
        self._sparse = sparse
        self._transposed = sparse.T.tocsr()
        self._rows = np.arange(len(classes))
        self._classes = classes
        sizes = np.bincount(classes)
        self._columns = len(sizes)
        balanced = (len(classes) / (len(sizes) * sizes)) ** BALANCE
        self._weight = (strength * balanced[classes]).astype(np.float32)
        self._split = dense.shape[1]

    def solve(self) -> Array:
        """Return the weights: a row a feature, the last one the intercept, a column a class."""
        start = np.zeros((self._split + self._sparse.shape[1] + 1) * self._columns)
        options = {"maxiter": MOST_STEPS, "ftol": TOLERANCE}
        found = minimize(self._loss, start, jac=True, method="L-BFGS-B", options=options)
        return np.asarray(found.x.reshape(-1, self._columns), dtype=np.float32)

    def _loss(self, flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.astype(np.float32).reshape(-1, self._columns)
        dense, sparse = weights[: self._split], weights[self._split : -1]
        shares = _log_shares(self._dense @ dense + self._sparse @ sparse + weights[-1])
        loss = -(self._weight * shares[self._rows, self._classes]).sum() + 0.5 * (weights[:-1] ** 2).sum()
        error = np.exp(shares)
        error[self._rows, self._classes] -= 1.0
        error *= self._weight[:, None]
        gradient = [self._dense.T @ error + dense, self._transposed @ error + sparse, error.sum(0, keepdims=True)]
        return float(loss), np.concatenate(gradient).astype(np.float64).ravel()


def _log_shares(scores: Array) -> Array:
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


def _rarity(counts: csr_matrix) -> Array:
    messages = counts.shape[0]
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + messages) / (1 + seen)) + 1, dtype=np.float32)


def _sparse(counts: csr_matrix, rarity: Array, ngram_weight: float) -> csr_matrix:
    # In plain arrays: for the one row of a message, scipy's own operations would take longer than all the rest.
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    values = (1 + np.log(counts.data.astype(np.float32))) * rarity[counts.indices]
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=counts.shape[0]))
    values = (values * (ngram_weight / lengths[rows])).astype(np.float32)
    return csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)
