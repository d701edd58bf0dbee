"""Cross-validation of the training phrases with the intent model itself, not through Rasa."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from assistant.evaluation.data import Sample, kind_of
from assistant.evaluation.features import Ngrams, Settings
from assistant.evaluation.metrics import Reading
from assistant.nlu.intent_model import IntentModel
from assistant.nlu.linear_model import Array

FOLDS = 5
RANKED = 10
# The folds are the same each time, so that two settings are compared on the same ones.
SEED = 7


def cross_validate(
    phrases: Sequence[tuple[str, str]],
    vectors: Array,
    settings: Settings,
    kinds: Mapping[str, str],
    folds: int = FOLDS,
) -> list[Reading]:
    """Return what each phrase was read as by a model that was trained on the other folds, in the order of `phrases`.

    `vectors` holds one row a phrase. The n-grams of a fold are learnt from its training part alone. Raises ValueError
    where an intent has fewer phrases than there are folds.
    """
    labels = [label for _, label in phrases]
    splitter = StratifiedKFold(folds, shuffle=True, random_state=SEED)
    parts = list(splitter.split(vectors, labels))
    # scikit-learn works on one core for one fold, most of the time outside Python's lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = list(pool.map(lambda part: _fold(phrases, vectors, settings, kinds, *part), parts))
    readings = {place: reading for fold in done for place, reading in fold.items()}
    return [readings[place] for place in range(len(phrases))]


def fit(phrases: Sequence[tuple[str, str]], vectors: Array, settings: Settings) -> tuple[IntentModel, Ngrams]:
    """Return the model and the n-grams learnt from `phrases` and their `vectors`."""
    ngrams = Ngrams(settings.ngrams, settings.min_df)
    model = IntentModel.fit(
        vectors,
        ngrams.fit([text for text, _ in phrases]),
        [label for _, label in phrases],
        strength=settings.strength,
        ngram_weight=settings.ngram_weight,
        neighbour_weight=settings.neighbour_weight,
    )
    return model, ngrams


def read(model: IntentModel, ngrams: Ngrams, samples: Sequence[Sample], vectors: Array) -> list[Reading]:
    """Return what the model reads in `samples`, whose vectors are the rows of `vectors`; nothing is refused."""
    shares = model.probabilities(vectors, ngrams.count([sample.text for sample in samples]))
    return [_reading(model.labels, sample, row) for sample, row in zip(samples, shares, strict=True)]


def _fold(
    phrases: Sequence[tuple[str, str]],
    vectors: Array,
    settings: Settings,
    kinds: Mapping[str, str],
    train: NDArray[np.int64],
    held_out: NDArray[np.int64],
) -> dict[int, Reading]:
    model, ngrams = fit([phrases[place] for place in train], vectors[train], settings)
    samples = [Sample(text, (label,), kind_of(label, kinds)) for text, label in (phrases[place] for place in held_out)]
    return dict(zip(held_out.tolist(), read(model, ngrams, samples, vectors[held_out]), strict=True))


def _reading(labels: Sequence[str], sample: Sample, shares: Array) -> Reading:
    best = np.argsort(-shares)[:RANKED]
    ranking = tuple((labels[place], float(shares[place])) for place in best)
    return Reading(sample, ranking[0][0], ranking)
