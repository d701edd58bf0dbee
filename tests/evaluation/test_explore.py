from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation import encoders, explore, vectors
from assistant.evaluation.data import Sample
from assistant.evaluation.features import Settings
from assistant.evaluation.variants import DRAWS, PARTS, Phrases, Skipped, Variant, thinned, variants
from assistant.evaluation.vectors import Vectors

BASE = Settings(graph="encoder.onnx", ngrams=(2, 3), min_df=1, strength=8.0, ngram_weight=0.7, neighbour_weight=0.3)
KINDS = {"duration": "guide", "causes": "guide"}
PHRASES = [(f"how long {number} days", "duration") for number in "abcdef"] + [
    (f"why me {number} though", "causes") for number in "abcdef"
]


@pytest.fixture
def encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a graph that tells nothing of a text but whether it starts with "how"."""
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / BASE.graph).write_bytes(b"a graph")
    monkeypatch.setattr(vectors, "encode", lambda texts, graph, folder: np.array([_vector(text) for text in texts]))
    return tmp_path / "encoder"


def _vector(text: str) -> list[float]:
    return [float(text.startswith("how")), *[0.0] * 383]


def rows(part: str, phrases: Phrases = PHRASES, cache: Path = Path("nowhere")) -> list[Variant | Skipped]:
    return list(variants(part, BASE, phrases, cache))


def test_a_row_holds_three_figures_a_set_and_two_of_cross_validation(tmp_path: Path, encoder: Path) -> None:
    samples = {
        "development": [
            Sample("how long is it", ("duration",), "question"),
            Sample("why me of all", ("duration",), "question"),
        ]
    }
    bench = explore.Workbench(samples, KINDS, 3, Vectors(tmp_path / "cache"))
    assert bench.head("features")[0] == "| features | development | cross-validation | seconds to train |"
    assert bench.head("features")[1] == "| --- | --- | --- | --- |"
    row = bench.row(Variant("both", BASE, [PHRASES], encoder))
    title, own, folds, seconds = [cell.strip() for cell in row.strip("|").split("|")]
    # One of two questions is read right; with two intents the right one is always among three.
    assert (title, own, folds) == ("both", "0.500 / 1.000 / 0.000", "1.000 / 1.000")
    assert float(seconds) >= 0


def test_a_row_of_several_draws_is_their_mean(tmp_path: Path, encoder: Path) -> None:
    wrong = [(text, "causes" if label == "duration" else "duration") for text, label in PHRASES]
    bench = explore.Workbench(
        {"development": [Sample("how long is it", ("duration",), "question")]}, KINDS, 3, Vectors(tmp_path / "cache")
    )
    row = bench.row(Variant("draws", BASE, [PHRASES, wrong], encoder, in_folds=False))
    assert row.startswith("| draws | 0.500 / 1.000 / 0.000 | - |")


def test_each_kind_of_features_is_measured_alone() -> None:
    alone, counted, both = (variant.settings for variant in rows("features") if isinstance(variant, Variant))
    assert (alone.vectors, alone.ngram_weight) == (True, 0.0)
    assert (counted.vectors, counted.ngram_weight) == (False, 0.7)
    assert both == BASE


def test_the_curve_of_phrases_draws_thrice_and_ends_with_all_of_them() -> None:
    phrases = [(f"{intent} {place}", intent) for intent in ("causes", "duration") for place in range(100)]
    found = [variant for variant in rows("phrases", phrases) if isinstance(variant, Variant)]
    sizes = [[len(draw) for draw in variant.draws] for variant in found]
    assert sizes == [[2 * count] * DRAWS for count in (6, 12, 18, 24, 36, 50, 75)] + [[200]]
    assert found[0].draws[0] != found[0].draws[1]
    assert found[-1].draws[0] == phrases


def test_every_part_has_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "published", lambda cache: cache)
    monkeypatch.setattr(encoders, "adapted", lambda cache: cache / "adapted")
    assert [part for part in PARTS if len(rows(part)) < 2] == []
    published, adapted = rows("adapter")
    assert isinstance(published, Variant) and isinstance(adapted, Variant)
    assert (published.encoder, adapted.encoder) == (Path("nowhere"), Path("nowhere/adapted"))


def test_without_an_adapter_its_row_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "published", lambda cache: cache)
    monkeypatch.setattr(encoders, "adapted", lambda cache: None)
    assert rows("adapter")[1] == "The adapted encoder is left out: there is no data/encoder/adapter.safetensors."
    assert encoders.shown(Path("/elsewhere/file")) == "/elsewhere/file"


def test_a_missing_adapter_builds_nothing(tmp_path: Path) -> None:
    assert encoders.adapted(tmp_path, tmp_path / "absent.safetensors") is None
    assert list(tmp_path.iterdir()) == []


def test_the_adapter_is_merged_into_the_published_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[tuple[Path, Path | None]] = []
    file = tmp_path / "adapter.safetensors"
    file.write_bytes(b"an adapter")
    monkeypatch.setattr(encoders, "build", lambda folder, adapted: built.append((folder, adapted)))
    adapted, published = encoders.adapted(tmp_path, file), encoders.published(tmp_path)
    # What `build` makes of an adapter, and of none, is tested with it.
    assert built == [(adapted, file), (published, None)]
    file.write_bytes(b"another adapter")
    assert encoders.adapted(tmp_path, file) != adapted


def test_vectors_left_out_are_zero(tmp_path: Path, encoder: Path) -> None:
    without = Settings("encoder.onnx", (2, 3), 1, 8.0, 0.7, 0.3, vectors=False)
    assert Vectors(tmp_path).of(["how", "why"], without, encoder).tolist() == np.zeros((2, 384)).tolist()


def test_a_text_is_encoded_once_and_kept_without_its_words(
    tmp_path: Path, encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str], graph: str, folder: Path) -> np.ndarray:
        asked.extend(texts)
        return np.array([_vector(text) for text in texts])

    monkeypatch.setattr(vectors, "encode", encode)
    cache = tmp_path / "cache"
    first = Vectors(cache).of(["why", "how", "why"], BASE, encoder)
    assert first[:, 0].tolist() == [0.0, 1.0, 0.0]
    assert Vectors(cache).of(["how", "how long"], BASE, encoder)[:, 0].tolist() == [1.0, 1.0]
    assert asked == ["why", "how", "how long"]
    (encoder / BASE.graph).write_bytes(b"another graph")
    Vectors(cache).of(["why"], BASE, encoder)
    assert asked[3:] == ["why"]
    assert all(b"why" not in file.read_bytes() for file in cache.iterdir())


def test_thinning_keeps_the_same_phrases_each_time() -> None:
    kept = thinned(PHRASES, 2, seed=7)
    assert [label for _, label in kept] == ["duration"] * 2 + ["causes"] * 2
    assert kept == thinned(PHRASES, 2, seed=7)
