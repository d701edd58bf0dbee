from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant import runtime
from assistant.files import ROOT
from assistant.nlu.encoder import adapter
from assistant.nlu.encoder.adapt import digest
from assistant.nlu.encoder.adapter import BrokenAdapter
from assistant.nlu.encoder.architecture import LAYERS, LINEAR_PARTS, linear

RANK = 2
TOLERANCE = 1e-5
DOWN, UP = adapter.factors(3, "intermediate.dense")


@pytest.fixture
def factors(published: Mapping[str, Any]) -> dict[str, Any]:
    random = np.random.default_rng(5)
    made = {}
    for layer in range(LAYERS):
        for part in LINEAR_PARTS:
            rows, columns = published[linear(layer, part)[0]].shape
            down, up = adapter.factors(layer, part)
            made[down] = random.normal(size=(RANK, columns)).astype(np.float16).astype(np.float32)
            made[up] = random.normal(size=(rows, RANK)).astype(np.float16).astype(np.float32)
    return made


def with_tensorflow(program: str, argument: Path) -> str:
    """Run `program` in a process of its own, as this one has the inert TensorFlow; return what it printed."""
    ended = subprocess.run(
        [sys.executable, "-c", program, str(argument)],
        cwd=ROOT,
        env={**os.environ, runtime.WITH_TENSORFLOW: "1", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


class TestMerging:
    def test_zero_factors_change_nothing(self, published: Mapping[str, Any], factors: Mapping[str, Any]) -> None:
        zero = {name: value * 0 if name.endswith(".up") else value for name, value in factors.items()}
        merged = adapter.merge(published, zero)
        assert merged.keys() == published.keys()
        for name, value in published.items():
            np.testing.assert_array_equal(merged[name], value)

    def test_adds_the_product_to_linear_weights_alone(
        self, published: Mapping[str, Any], factors: Mapping[str, Any]
    ) -> None:
        merged = adapter.merge(published, factors)
        weight, bias = linear(3, "intermediate.dense")
        np.testing.assert_allclose(merged[weight], published[weight] + factors[UP] @ factors[DOWN], rtol=1e-6)
        changed = {name for name in published if not np.array_equal(merged[name], published[name])}
        assert changed == {linear(layer, part)[0] for layer in range(LAYERS) for part in LINEAR_PARTS}
        assert bias not in changed

    def test_leaves_the_published_weights_as_they_are(
        self, published: Mapping[str, Any], factors: Mapping[str, Any]
    ) -> None:
        weight = linear(0, "attention.self.query")[0]
        before = published[weight].copy()
        adapter.merge(published, factors)
        np.testing.assert_array_equal(published[weight], before)

    @pytest.mark.parametrize(
        ("name", "value", "complaint"),
        [
            (UP, None, f"the adapter has no {UP}"),
            (DOWN, np.zeros((RANK, 383), dtype=np.float32), "do not fit a weight of"),
            (UP, np.zeros((1536, RANK + 1), dtype=np.float32), "do not fit a weight of"),
            (UP, np.zeros(1536, dtype=np.float32), "do not fit a weight of"),
            (UP, np.full((1536, RANK), np.nan, dtype=np.float32), "not finite"),
            ("encoder.layer.6.output.dense.up", np.zeros((384, RANK), dtype=np.float32), "no part for encoder.layer.6"),
        ],
    )
    def test_refuses_what_does_not_fit(
        self, published: Mapping[str, Any], factors: Mapping[str, Any], name: str, value: Any, complaint: str
    ) -> None:
        wrong = {key: kept for key, kept in {**factors, name: value}.items() if kept is not None}
        with pytest.raises(BrokenAdapter, match=complaint):
            adapter.merge(published, wrong)


class TestFile:
    def test_gives_back_what_was_saved(self, factors: Mapping[str, Any], tmp_path: Path) -> None:
        path = tmp_path / "new" / "adapter.safetensors"
        adapter.save(path, factors, {"phrases": 3})
        loaded = adapter.load(path)
        assert loaded.keys() == factors.keys()
        np.testing.assert_array_equal(loaded[UP], factors[UP])
        assert loaded[UP].dtype == np.float32
        assert adapter.description(path) == {"phrases": 3}

    def test_is_the_same_file_each_time(self, factors: Mapping[str, Any], tmp_path: Path) -> None:
        for name in ("a", "b"):
            adapter.save(tmp_path / name, factors, {"phrases": 3, "settings": {"rank": RANK, "seed": 1}})
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()

    @pytest.mark.parametrize("content", [b"", b"not an adapter", None])
    def test_that_cannot_be_read_is_named(self, tmp_path: Path, content: bytes | None) -> None:
        path = tmp_path / "adapter.safetensors"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BrokenAdapter, match=r"adapter\.safetensors cannot be read"):
            adapter.load(path)
        with pytest.raises(BrokenAdapter, match="does not say what it was made from"):
            adapter.description(path)

    def test_of_the_project_fits_and_says_what_it_was_made_from(self, published: Mapping[str, Any]) -> None:
        adapter.merge(published, adapter.load())
        described = adapter.description()
        assert {"phrases", "phrases_digest", "settings", "development"} <= described.keys()
        assert described["development"]["with"]["right"] > described["development"]["without"]["right"]
        assert adapter.ADAPTER.stat().st_size < 1_500_000


class TestDigest:
    def test_is_of_what_is_said_and_not_of_its_order(self) -> None:
        phrases = [("what are milia", "what_are_milia"), ("hi", "greet")]
        assert digest(phrases) == digest(phrases[::-1])

    def test_changes_with_a_phrase_and_with_an_intent(self) -> None:
        one = digest([("hi", "greet")])
        assert len({one, digest([("hi", "goodbye")]), digest([("hello", "greet")])}) == 3


class TestTraining:
    def test_computes_what_the_reference_does_with_the_merged_weights(
        self, published: Mapping[str, Any], encoder_folder: Path
    ) -> None:
        program = """
import sys
from pathlib import Path
import numpy as np
from safetensors.numpy import load_file
from assistant.nlu.encoder import SentenceEncoder, adapter, reference
from assistant.nlu.encoder.adapt_model import AdaptedEncoder
from assistant.nlu.encoder.weights import DOWNLOADS
published = load_file(str(DOWNLOADS / "model.safetensors"))
tokens = SentenceEncoder(Path(sys.argv[1])).tokens(["milia", "white bumps under my eyes, what are they?"])
model = AdaptedEncoder(published, 2, 1)
print(np.abs(model.encode(*tokens).numpy() - reference.encode(published, *tokens)).max())
random = np.random.default_rng(3)
for variable in model.factors.values():
    variable.assign(random.normal(0.0, 0.05, variable.shape))
merged = adapter.merge(published, {name: variable.numpy() for name, variable in model.factors.items()})
expected = reference.encode(merged, *tokens)
print(np.abs(model.encode(*tokens).numpy() - expected).max())
print(np.abs(reference.encode(published, *tokens) - expected).max())
"""
        start, changed, moved = map(float, with_tensorflow(program, encoder_folder).split())
        assert start < TOLERANCE
        assert changed < TOLERANCE
        assert moved > 100 * TOLERANCE

    def test_brings_the_phrases_of_an_intent_together_the_same_way_each_time(
        self, published: Mapping[str, Any], encoder_folder: Path
    ) -> None:
        program = """
import sys
from pathlib import Path
import numpy as np
from safetensors.numpy import load_file
from assistant.nlu.encoder import SentenceEncoder, adapter, reference
from assistant.nlu.encoder.adapt_training import Settings, train
from assistant.nlu.encoder.weights import DOWNLOADS
published = load_file(str(DOWNLOADS / "model.safetensors"))
phrases = ["can I pop milia", "should I squeeze them", "is a needle safe", "what are milia", "is it a cyst", "name it"]
labels = ["pop"] * 3 + ["what"] * 3
ids, mask = SentenceEncoder(Path(sys.argv[1])).tokens(phrases)
rows = [row[shown == 1].tolist() for row, shown in zip(ids, mask)]
settings = Settings(rank=2, epochs=10, batch=6, rate=0.01, scale=4.0, share=1.0)
made = [train(published, rows, labels, settings) for _ in range(2)]
print(max(np.abs(made[0][name] - made[1][name]).max() for name in made[0]))
for weights in (published, adapter.merge(published, made[0])):
    vectors = reference.encode(weights, ids, mask)
    alike = vectors @ vectors.T
    print(alike[:3, :3].mean() + alike[3:, 3:].mean() - 2 * alike[:3, 3:].mean())
"""
        difference, before, after = map(float, with_tensorflow(program, encoder_folder).split())
        assert difference == 0.0
        assert after > before + 0.5
