"""Chooses settings: what encoder, n-grams, their weight, regularisation and number of phrases do to accuracy.

    python -m assistant.evaluation.explore [--parts encoder ngrams weight strength phrases] [--folds 5]

Learns from the training phrases, measures on them (cross-validation) and on the development set. Each part varies one
setting and leaves the others as `config.yml` has them.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant import guide
from assistant.evaluation import data, metrics
from assistant.evaluation.crossvalidation import FOLDS, SEED, cross_validate, fit, read
from assistant.evaluation.data import Sample
from assistant.evaluation.features import ENCODER, Settings, encode, settings
from assistant.evaluation.metrics import Reading
from assistant.files import MODELS
from assistant.nlu.linear_model import Array
from assistant.runtime import prepare

CACHE = MODELS / "explored"
GRAPHS = {"int8": "encoder.onnx", "fp32": "encoder-fp32.onnx"}
WEIGHTS = (0.3, 0.5, 0.7, 1.0, 1.4)
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
PHRASES_AN_INTENT = (6, 12, 18, 24, 36, 48)
PARTS = ("encoder", "ngrams", "weight", "strength", "phrases")

Phrases = Sequence[tuple[str, str]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line a setting: accuracy on the development set, in cross-validation, and seconds to train once."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--folds", type=int, default=FOLDS, help="0 leaves cross-validation out")
    options = parser.parse_args(arguments)
    prepare()
    kinds, phrases, base = guide.load().kinds, data.phrases(), settings()
    samples = _development(kinds)
    print(f"{len(phrases)} phrases, {len(samples)} development messages; config.yml: {base}\n")
    print(
        f"{'setting':<28} {'dev top 1':>9} {'dev top 3':>9} {'cv top 1':>9} {'cv top 3':>9} {'seconds':>8}",
        flush=True,
    )
    for part in options.parts:
        for title, chosen, kept in _variants(part, base, phrases):
            print(f"{title:<28} {_measured(kept, samples, chosen, kinds, options.folds)}", flush=True)


def thinned(phrases: Phrases, count: int, seed: int) -> list[tuple[str, str]]:
    """Return at most `count` phrases an intent, drawn at random but the same for the same `seed`."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for phrase in phrases:
        groups[phrase[1]].append(phrase)
    random = np.random.default_rng(seed)
    return [group[place] for group in groups.values() for place in sorted(random.permutation(len(group))[:count])]


def cached(texts: Sequence[str], graph: str, cache: Path = CACHE, encoder: Path = ENCODER) -> Array:
    """Return the vectors of `texts` (texts x 384), kept in `cache` until the texts or the encoder's file change."""
    status = (encoder / graph).stat()
    key = hashlib.sha256("\0".join([graph, str(status.st_mtime_ns), *texts]).encode()).hexdigest()[:24]
    file = cache / f"{key}.npy"
    if not file.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        np.save(file, encode(texts, graph, encoder))
    vectors: Array = np.load(file)
    return vectors


def _variants(part: str, base: Settings, phrases: Phrases) -> Iterator[tuple[str, Settings, Phrases]]:
    if part == "encoder":
        for name, graph in GRAPHS.items():
            yield f"encoder {name}", replace(base, graph=graph), phrases
    if part == "ngrams":
        yield "without n-grams", replace(base, ngram_weight=0.0), phrases
        for longest in (3, 4, 5):
            yield f"n-grams 2 to {longest}", replace(base, ngrams=(2, longest)), phrases
    if part == "weight":
        for weight in WEIGHTS:
            yield f"ngram_weight {weight}", replace(base, ngram_weight=weight), phrases
    if part == "strength":
        for strength in STRENGTHS:
            yield f"strength {strength}", replace(base, strength=strength), phrases
    if part == "phrases":
        for count in PHRASES_AN_INTENT:
            yield f"{count} phrases an intent", base, thinned(phrases, count, SEED)


def _measured(
    phrases: Phrases, samples: Sequence[Sample], chosen: Settings, kinds: Mapping[str, str], folds: int
) -> str:
    vectors = cached([text for text, _ in phrases], chosen.graph)
    begin = time.monotonic()
    model, ngrams = fit(phrases, vectors, chosen)
    seconds = time.monotonic() - begin
    on_dev = read(model, ngrams, samples, cached([sample.text for sample in samples], chosen.graph)) if samples else []
    in_folds = cross_validate(phrases, vectors, chosen, kinds, folds) if folds else []
    return f"{_accuracy(on_dev)} {_accuracy(in_folds)} {seconds:>8.1f}"


def _accuracy(readings: Sequence[Reading]) -> str:
    if not readings:
        return f"{'-':>9} {'-':>9}"
    figures = metrics.question_figures(readings)
    return f"{figures['right']:>9.3f} {figures['among_three']:>9.3f}"


def _development(kinds: Mapping[str, str]) -> list[Sample]:
    try:
        return data.development(kinds)
    except data.NoData as error:
        print(f"{error}: cross-validation only.")
        return []


if __name__ == "__main__":
    main()
