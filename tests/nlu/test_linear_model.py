from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assistant.nlu.linear_model import LinearModel

LABELS = ["duration", "eye_area", "thank"]


def examples(sizes: dict[str, int], spread: float = 0.3, seed: int = 1) -> tuple[np.ndarray, csr_matrix, list[str]]:
    """Return vectors of length 1 around a direction a label, n-gram counts that lean the same way, and the labels."""
    chance = np.random.default_rng(seed)
    labels = [label for label, size in sizes.items() for _ in range(size)]
    places = [sorted(sizes).index(label) for label in labels]
    dense = np.eye(8)[places] + spread * chance.normal(size=(len(labels), 8))
    dense /= np.linalg.norm(dense, axis=1, keepdims=True)
    counts = chance.poisson(0.4, size=(len(labels), 20)) + 2 * np.eye(20, dtype=int)[places]
    return dense.astype(np.float32), csr_matrix(counts), labels


def fitted(strength: float = 8.0) -> LinearModel:
    dense, counts, labels = examples(dict.fromkeys(LABELS, 20))
    return LinearModel.fit(dense, counts, labels, strength=strength, ngram_weight=1.0)


def test_probabilities_sum_to_one_and_name_the_right_label() -> None:
    dense, counts, labels = examples(dict.fromkeys(LABELS, 15), seed=2)
    shares = fitted().probabilities(dense, counts)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-5)
    assert (shares >= 0).all()
    right = [fitted().labels[place] for place in shares.argmax(axis=1)]
    assert np.mean([found == label for found, label in zip(right, labels, strict=True)]) > 0.95


def test_labels_are_sorted_and_stand_for_the_columns() -> None:
    assert fitted().labels == LABELS


def test_a_message_of_unknown_ngrams_only_still_has_probabilities() -> None:
    dense, _, _ = examples({"thank": 1})
    shares = fitted().probabilities(dense, csr_matrix((1, 20)))
    assert shares.sum() == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_extreme_vectors_give_no_overflow(factor: float) -> None:
    dense, counts, _ = examples(dict.fromkeys(LABELS, 2))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        shares = fitted(strength=1e4).probabilities((dense * factor).astype(np.float32), counts)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-5)


def test_a_label_with_few_phrases_counts_for_more_than_by_their_number() -> None:
    dense, _, labels = examples({"many": 300, "few": 10}, spread=100.0)
    nothing = csr_matrix((len(labels), 20), dtype=int)
    model = LinearModel.fit(dense, nothing, labels, strength=0.01, ngram_weight=1.0)
    # The vectors tell nothing, so only the number of phrases could: alike it would be 0.5, by number 0.03.
    few = model.probabilities(dense, nothing).mean(axis=0)[model.labels.index("few")]
    assert few == pytest.approx(np.sqrt(10) / (np.sqrt(10) + np.sqrt(300)), abs=0.03)


def test_more_strength_makes_surer_probabilities() -> None:
    dense, counts, _ = examples(dict.fromkeys(LABELS, 10))
    weak, strong = (fitted(strength).probabilities(dense, counts).max(axis=1).mean() for strength in (0.1, 10.0))
    assert strong > weak + 0.1


def test_the_weight_of_ngrams_decides_how_much_they_say() -> None:
    dense, counts, labels = examples(dict.fromkeys(LABELS, 20))
    model = LinearModel.fit(dense, counts, labels, strength=8.0, ngram_weight=0.0)
    np.testing.assert_allclose(model.probabilities(dense, counts), model.probabilities(dense, csr_matrix(counts.shape)))


def test_a_saved_model_predicts_the_same(tmp_path: Path) -> None:
    dense, counts, _ = examples(dict.fromkeys(LABELS, 10), seed=3)
    model = fitted()
    model.save(tmp_path / "model")
    again = LinearModel.load(tmp_path / "model")
    assert again.labels == model.labels
    assert again.ngram_weight == model.ngram_weight
    np.testing.assert_array_equal(again.probabilities(dense, counts), model.probabilities(dense, counts))


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for _ in range(2):
        model = fitted()
        # Often, since what is in an order of chance may be in the same one a few times.
        for _ in range(20):
            model.save(tmp_path / "model")
            digests.add(hashlib.sha256((tmp_path / "model").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_model_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        LinearModel.load(tmp_path / "none")
