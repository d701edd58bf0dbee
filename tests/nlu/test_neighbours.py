from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.nlu.neighbours import NEAREST, Neighbours


def unit(*rows: list[float]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


PHRASES = unit([1, 0, 0, 0], [0.9, 0.1, 0, 0], [0, 1, 0, 0])
CLASSES = np.array([0, 0, 1])


def fitted() -> Neighbours:
    return Neighbours.fit(PHRASES, CLASSES, 3)


def test_a_text_like_a_phrase_is_read_as_its_label() -> None:
    shares = fitted().shares(unit([1, 0.05, 0, 0], [0.1, 1, 0, 0]))
    assert shares.argmax(axis=1).tolist() == [0, 1]
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-3)


def test_a_text_that_is_like_nothing_has_no_reading() -> None:
    (far,) = fitted().shares(unit([0, 0, 0, 1]))
    assert far.sum() < 0.001


def test_the_nearer_phrase_counts_for_more() -> None:
    (between,) = fitted().shares(unit([0.72, 0.69, 0, 0]))
    assert between[0] > between[1] > 0


def test_more_phrases_of_a_label_than_are_asked_change_nothing() -> None:
    many = Neighbours.fit(np.repeat(PHRASES[:1], 3 * NEAREST, axis=0), np.zeros(3 * NEAREST, dtype=np.int64), 2)
    assert many.shares(PHRASES[:1])[0].tolist() == pytest.approx([1.0, 0.0], abs=1e-3)


def test_what_was_stored_says_the_same(tmp_path: Path) -> None:
    fitted().save(tmp_path / "neighbours.safetensors")
    texts = unit([0.5, 0.4, 0.1, 0])
    loaded = Neighbours.load(tmp_path / "neighbours.safetensors")
    np.testing.assert_array_equal(loaded.shares(texts), fitted().shares(texts))


def test_where_nothing_was_stored_loading_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Neighbours.load(tmp_path / "neighbours.safetensors")
