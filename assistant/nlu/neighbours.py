"""The training phrases that lie nearest to a text, as a reading of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from assistant.nlu.linear_model import Array

# How many phrases are asked, and how fast a phrase counts for less the further away it is (in cosine similarity below
# the nearest one). From 10 to 40 phrases and from 0.05 to 0.1 all are alike on the development set.
NEAREST = 20
REACH = 0.05
# Phrases as unlike a text as this (cosine similarity) say little: one question in twenty has no nearer one, but a
# quarter of what is not ours.
FAR = 0.5


class Neighbours:
    """Shares of labels among the nearest phrases.

    A linear model draws one boundary a label; a phrase that is worded like one far from the others of its label is
    still found here. Vectors are stored in half precision: half the file, the same neighbours.
    """

    def __init__(self, vectors: NDArray[np.float16], classes: NDArray[np.int64], labels: int) -> None:
        self._vectors = vectors.astype(np.float32)
        self._classes = classes
        self._labels = labels

    @classmethod
    def fit(cls, vectors: Array, classes: NDArray[np.int64], labels: int) -> Neighbours:
        """Remember `vectors` (phrases x dimensions, each of length 1) with the column of its label, of `labels`."""
        return cls(vectors.astype(np.float16), classes, labels)

    def shares(self, vectors: Array) -> Array:
        """Return one row a vector (of length 1), one column a label.

        What a row lacks to 1 says how far away all phrases are.
        """
        shares = np.zeros((len(vectors), self._labels), dtype=np.float32)
        count = min(NEAREST, len(self._vectors))
        for row, likeness in zip(shares, vectors @ self._vectors.T, strict=True):
            nearest = np.argpartition(-likeness, count - 1)[:count]
            weights = np.exp((likeness[nearest] - likeness[nearest].max()) / REACH)
            nothing = np.exp((FAR - likeness[nearest].max()) / REACH)
            np.add.at(row, self._classes[nearest], weights / weights.sum() / (1 + nothing))
        return shares

    def save(self, path: Path) -> None:
        """Write the phrases' vectors and columns to `path` as safetensors."""
        # One tensor more says how many labels there are: metadata would be a string.
        save_file(
            {"vectors": self._vectors.astype(np.float16), "classes": self._classes, "labels": np.array([self._labels])},
            str(path),
        )

    @classmethod
    def load(cls, path: Path) -> Neighbours:
        """Return what `save` wrote; raise FileNotFoundError where there is nothing."""
        stored = load_file(str(path))
        return cls(stored["vectors"], stored["classes"], int(stored["labels"][0]))
