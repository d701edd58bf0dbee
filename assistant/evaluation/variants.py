"""The settings that are compared, part by part; each part varies one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.evaluation import encoders
from assistant.evaluation.crossvalidation import SEED
from assistant.evaluation.features import ENCODER, Settings

GRAPHS = {"int8": "encoder.onnx", "fp32": "encoder-fp32.onnx"}
WEIGHTS = (0.3, 0.5, 0.7, 1.0, 1.4)
NEIGHBOUR_WEIGHTS = (0.0, 0.2, 0.3, 0.4, 1.0)
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
LONGEST = (3, 4, 5)
PHRASES_AN_INTENT = (6, 12, 18, 24, 36, 50, 75)
# Which phrases are drawn moves a figure by a point or two; the mean of three draws by less than one.
DRAWS = 3
PARTS = ("encoder", "adapter", "features", "ngrams", "weight", "neighbours", "strength", "phrases")

Phrases = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Variant:
    """One row of a table: what is trained, on which draws of the phrases, with which encoder.

    `in_folds` says whether cross-validation is worth its time.
    """

    title: str
    settings: Settings
    draws: Sequence[Phrases]
    encoder: Path = ENCODER
    in_folds: bool = True


class Skipped(str):
    """A row that cannot be measured, as the sentence that says why."""

    __slots__ = ()


def variants(part: str, base: Settings, phrases: Phrases, cache: Path) -> Iterator[Variant | Skipped]:
    """Return the rows of the table of `part`; `cache` is where encoders that are not served are kept."""
    if part == "encoder":
        for name, graph in GRAPHS.items():
            yield Variant(f"encoder {name}", replace(base, graph=graph), [phrases])
    if part == "adapter":
        yield from _adapters(base, phrases, cache)
    if part == "features":
        yield Variant("sentence vectors alone", replace(base, ngram_weight=0.0), [phrases])
        yield Variant("n-grams alone", replace(base, vectors=False), [phrases])
        yield Variant("both", base, [phrases])
    if part == "ngrams":
        for longest in LONGEST:
            yield Variant(f"n-grams 2 to {longest}", replace(base, ngrams=(2, longest)), [phrases])
    if part == "weight":
        for weight in WEIGHTS:
            yield Variant(f"ngram_weight {weight}", replace(base, ngram_weight=weight), [phrases])
    if part == "neighbours":
        for weight in NEIGHBOUR_WEIGHTS:
            yield Variant(f"neighbour_weight {weight}", replace(base, neighbour_weight=weight), [phrases])
    if part == "strength":
        for strength in STRENGTHS:
            yield Variant(f"strength {strength:g}", replace(base, strength=strength), [phrases])
    if part == "phrases":
        yield from _phrase_counts(base, phrases)


def thinned(phrases: Phrases, count: int, seed: int) -> list[tuple[str, str]]:
    """Return at most `count` phrases an intent, drawn at random but the same for the same `seed`."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for phrase in phrases:
        groups[phrase[1]].append(phrase)
    random = np.random.default_rng(seed)
    return [group[place] for group in groups.values() for place in sorted(random.permutation(len(group))[:count])]


def _adapters(base: Settings, phrases: Phrases, cache: Path) -> Iterator[Variant | Skipped]:
    yield Variant("published encoder", base, [phrases], encoders.published(cache))
    adapted = encoders.adapted(cache)
    if adapted is None:
        yield Skipped(f"The adapted encoder is left out: there is no {encoders.shown()}.")
    else:
        yield Variant("adapted encoder", base, [phrases], adapted)


def _phrase_counts(base: Settings, phrases: Phrases) -> Iterator[Variant]:
    for count in PHRASES_AN_INTENT:
        draws = [thinned(phrases, count, SEED + draw) for draw in range(DRAWS)]
        yield Variant(f"{count} an intent ({len(draws[0])})", base, draws, in_folds=False)
    yield Variant(f"all ({len(phrases)})", base, [phrases], in_folds=False)
