from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation import confidence
from assistant.evaluation.data import Sample
from assistant.evaluation.metrics import Reading

KINDS = {"causes": "guide", "thank": "conversation", "off_topic": "not_ours"}


def reading(accepted: str, guess: str, sure: float, lenient: bool = False) -> Reading:
    return Reading(Sample("a message", (accepted,), "question", lenient), guess, ((guess, sure),))


def test_calibration_compares_mean_confidence_and_accuracy_by_bin() -> None:
    readings = [
        reading("causes", "causes", 0.91),
        reading("causes", "causes", 0.97),
        reading("causes", "thank", 1.0),
        reading("causes", "causes", 0.32),
    ]
    low, high = confidence.calibration(readings)
    assert (low.count, low.confidence, low.right) == (1, 0.32, 1.0)
    assert (high.count, high.confidence, high.right) == (3, pytest.approx(0.96), pytest.approx(2 / 3))
    # (1 x |0.32 - 1| + 3 x |0.96 - 2/3|) / 4 = (0.68 + 0.88) / 4
    assert confidence.expected_calibration_error([low, high]) == pytest.approx(0.39)


def test_calibration_judges_the_first_guess_though_it_was_refused() -> None:
    refused = Reading(Sample("a message", ("causes",), "question"), "nlu_fallback", (("causes", 0.1),))
    (only,) = confidence.calibration([refused])
    assert only.right == 1.0


def test_the_calibration_error_of_no_messages_is_zero() -> None:
    assert confidence.expected_calibration_error(confidence.calibration([])) == 0.0


def test_a_threshold_refuses_what_is_less_sure_than_it() -> None:
    questions = [reading("causes", "causes", sure) for sure in (0.1, 0.2, 0.3, 0.9)]
    others = [
        reading("off_topic", "causes", 0.15),
        reading("off_topic", "causes", 0.6),
        reading("off_topic", "thank", 0.95),
        reading("off_topic", "causes", 0.05, lenient=True),
    ]
    curve = confidence.threshold_curve(questions, others, KINDS)
    at = {round(float(value), 2): place for place, value in enumerate(curve.thresholds)}
    assert [curve.refused[at[value]] for value in (0.0, 0.1, 0.11, 0.3, 0.31, 1.0)] == [0.0, 0.0, 0.25, 0.5, 0.75, 1.0]
    # Small talk is kept out at any threshold; the lenient message is not counted.
    assert [curve.kept_out[at[value]] for value in (0.0, 0.15, 0.16, 0.61)] == pytest.approx([1 / 3, 1 / 3, 2 / 3, 1.0])


def test_the_suggested_threshold_is_the_highest_that_refuses_four_in_a_hundred_at_most() -> None:
    questions = [reading("causes", "causes", 0.005 + place / 100) for place in range(100)]
    curve = confidence.threshold_curve(questions, [], KINDS)
    # Below 0.04 lie 0.005, 0.015, 0.025 and 0.035; below 0.05 one more.
    assert confidence.suggested_threshold(curve) == 0.04


def test_the_threshold_of_the_pipeline_is_read_from_its_file(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline:\n- name: SpacyNLP\n- {name: FallbackClassifier, threshold: 0.3}\n")
    assert confidence.configured_threshold(config) == 0.3
