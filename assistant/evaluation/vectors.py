"""Sentence vectors, computed once for each text and encoder and kept on disk under hashes of the texts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.evaluation.features import Settings, encode
from assistant.files import MODELS
from assistant.nlu.encoder import DIMENSIONS
from assistant.nlu.linear_model import Array

CACHE = MODELS / "explored"


class Vectors:
    """The vectors of texts by encoder. Those of one encoder's file are kept in one file of the cache."""

    def __init__(self, cache: Path = CACHE) -> None:
        """Keep vectors in the folder `cache`."""
        self._cache = cache
        self._known: dict[str, dict[str, Array]] = {}

    def of(self, texts: Sequence[str], settings: Settings, encoder: Path) -> Array:
        """Return the vectors of `texts` (texts x 384) by the graph of `settings` in the folder `encoder`.

        Where `settings` leaves vectors out they are all zero: they then take no part in what is learnt.
        """
        if not settings.vectors:
            return np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        file = self._cache / f"{_identity(encoder / settings.graph)}.npz"
        known = self._load(file)
        # By hash: the texts of a blind set must not lie about.
        names = {_hash(text.encode()): text for text in texts}
        missing = {name: text for name, text in names.items() if name not in known}
        if missing:
            vectors = encode(list(missing.values()), settings.graph, encoder)
            known.update(zip(missing, vectors, strict=True))
            self._cache.mkdir(parents=True, exist_ok=True)
            np.savez(file, names=np.array(list(known)), vectors=np.stack(list(known.values())))
        return np.stack([known[_hash(text.encode())] for text in texts])

    def _load(self, file: Path) -> dict[str, Array]:
        if file.name not in self._known:
            self._known[file.name] = {}
            if file.is_file():
                with np.load(file) as stored:
                    self._known[file.name] = dict(zip(stored["names"].tolist(), stored["vectors"], strict=True))
        return self._known[file.name]


def _identity(graph: Path) -> str:
    """Return a name that changes with what the file at `graph` holds."""
    return _hash(graph.read_bytes())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]
