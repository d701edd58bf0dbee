"""Whether a confidence means what it says, and what each threshold of refusing would cost and win."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.metrics import FALSE_REFUSALS, Reading, is_guide, share
from assistant.files import ROOT, read_yaml

# Ten bins of equal width, as expected calibration error is usually given (Guo et al., 2017, section 2).
BINS = 10
# As fine as a threshold is written in config.yml.
THRESHOLDS = np.round(np.arange(0.0, 1.001, 0.01), 2)
CLASSIFIER = "FallbackClassifier"


@dataclass(frozen=True)
class Bin:
    """The messages whose first guess had about the same confidence: its mean, and the share that was right."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Curve:
    """For each of `thresholds`, the share of questions refused and of what is not ours kept out of the guide."""

    thresholds: NDArray[np.float64]
    refused: NDArray[np.float64]
    kept_out: NDArray[np.float64]


def calibration(readings: Sequence[Reading], bins: int = BINS) -> list[Bin]:
    """Return the bins of confidence that have messages, the least sure first."""
    groups: list[list[Reading]] = [[] for _ in range(bins)]
    for reading in readings:
        groups[min(int(reading.confidence * bins), bins - 1)].append(reading)
    return [
        Bin(
            len(group),
            sum(reading.confidence for reading in group) / len(group),
            share(reading.guess in reading.sample.accepted for reading in group),
        )
        for group in groups
        if group
    ]


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Return how far confidence and accuracy of `bins` lie apart on average, each bin by its messages; 0 to 1."""
    messages = sum(part.count for part in bins)
    return sum(part.count * abs(part.confidence - part.right) for part in bins) / messages if messages else 0.0


def threshold_curve(questions: Sequence[Reading], others: Sequence[Reading], kinds: Mapping[str, str]) -> Curve:
    """Return what `FallbackClassifier` would refuse at each threshold: a first guess that is less sure than it.

    `others` are not ours; those that the guide may answer as well (lenient) are left out.
    """
    asked = np.array([reading.confidence for reading in questions])
    strict = [reading for reading in others if not reading.sample.lenient]
    # What is taken for small talk or for not ours is kept out at any threshold.
    foreign = np.array([reading.confidence if is_guide(reading.guess, kinds) else -1.0 for reading in strict])
    return Curve(THRESHOLDS, _below(asked), _below(foreign))


def suggested_threshold(curve: Curve, refused: float = FALSE_REFUSALS) -> float:
    """Return the highest threshold that refuses at most the share `refused` of the questions."""
    return float(curve.thresholds[curve.refused <= refused].max())


def configured_threshold(config: Path = ROOT / "config.yml") -> float:
    """Return the threshold in `config`; raise KeyError where its pipeline refuses nothing."""
    pipeline = {entry["name"]: entry for entry in read_yaml(config)["pipeline"]}
    return float(pipeline[CLASSIFIER]["threshold"])


def _below(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    if not scores.size:
        return np.zeros(len(THRESHOLDS))
    return np.asarray((scores[np.newaxis, :] < THRESHOLDS[:, np.newaxis]).mean(axis=1))
