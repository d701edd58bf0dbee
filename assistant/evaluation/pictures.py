"""Draws what figures do not show at a glance. Every picture is a PNG, made without a display."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from assistant.evaluation.confidence import Bin, Curve
from assistant.evaluation.confidence import expected_calibration_error as error_of
from assistant.evaluation.metrics import FALSE_REFUSALS, Reading, risk_coverage

# Blue and orange are told apart by people who confuse red and green.
RIGHT, WRONG, OTHER = "#1f6f8b", "#d9822b", "#8a8a8a"
BINS = np.linspace(0.0, 1.0, 21)
DPI = 90


def confusion_picture(counts: Mapping[tuple[str, str], int]) -> bytes:
    """Draw how often an expected intent (row) was read as another (column), as shares of the row."""
    rows = sorted({expected for expected, _ in counts})
    columns = sorted({got for _, got in counts} | set(rows))
    table = np.zeros((len(rows), len(columns)))
    for (expected, got), count in counts.items():
        table[rows.index(expected), columns.index(got)] = count
    shares = table / table.sum(axis=1, keepdims=True)
    figure = Figure(figsize=(3 + 0.19 * len(columns), 3 + 0.19 * len(rows)), dpi=DPI)
    axes = figure.add_subplot()
    axes.imshow(np.where(shares == 0, np.nan, shares), cmap="cividis_r", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(columns)), columns, rotation=90, fontsize=7)
    axes.set_yticks(range(len(rows)), rows, fontsize=7)
    axes.set_xlabel("read as")
    axes.set_ylabel("expected")
    axes.grid(color="#dddddd", linewidth=0.4)
    axes.set_axisbelow(True)
    return _png(figure)


def confidence_picture(questions: Sequence[Reading], others: Sequence[Reading]) -> bytes:
    """Draw how sure the first guess was: for questions read right, read wrong, and for what is not ours."""
    right = [reading.confidence for reading in questions if reading.guess in reading.sample.accepted]
    wrong = [reading.confidence for reading in questions if reading.guess not in reading.sample.accepted]
    figure = Figure(figsize=(7, 3.6), dpi=DPI)
    axes = figure.add_subplot()
    axes.hist([right, wrong], bins=BINS, stacked=True, color=[RIGHT, WRONG], label=["read right", "read wrong"])
    axes.hist(
        [reading.confidence for reading in others],
        bins=BINS,
        histtype="step",
        color=OTHER,
        linewidth=1.6,
        label="not a question for the guide",
    )
    axes.set_xlabel("confidence of the first guess")
    axes.set_ylabel("messages")
    axes.legend(frameon=False)
    return _png(figure)


def risk_coverage_picture(readings: Mapping[str, Sequence[Reading]]) -> bytes:
    """Draw, for each named set, the share of wrong answers (risk) over the share of messages answered (coverage)."""
    figure = Figure(figsize=(7, 3.6), dpi=DPI)
    axes = figure.add_subplot()
    for (name, group), color in zip(readings.items(), (RIGHT, WRONG, OTHER), strict=False):
        coverage, risk = risk_coverage(group)
        axes.plot(coverage, risk, color=color, label=name)
    axes.set_xlabel("share of messages answered, surest first")
    axes.set_ylabel("share of wrong answers")
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    axes.grid(color="#dddddd", linewidth=0.5)
    return _png(figure)


def calibration_picture(bins: Sequence[Bin]) -> bytes:
    """Draw the share read right over the confidence of the first guess; on the diagonal a confidence means itself."""
    figure = Figure(figsize=(7, 4.2), dpi=DPI)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color=OTHER, linestyle="--", label="as sure as right")
    confidences, rights = [part.confidence for part in bins], [part.right for part in bins]
    title = f"first guess, expected calibration error {error_of(bins):.3f}"
    axes.plot(confidences, rights, color=RIGHT, marker="o", label=title)
    for part in bins:
        axes.annotate(str(part.count), (part.confidence, part.right), (4, -11), textcoords="offset points", fontsize=7)
    axes.set_xlabel("confidence of the first guess (beside each point: messages)")
    axes.set_ylabel("share read right")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.legend(frameon=False)
    return _png(figure)


def threshold_picture(curve: Curve, configured: float, suggested: float) -> bytes:
    """Draw what each threshold refuses of the questions and keeps out of what is not ours, two thresholds marked."""
    figure = Figure(figsize=(7, 4.2), dpi=DPI)
    axes = figure.add_subplot()
    axes.plot(curve.thresholds, curve.refused, color=WRONG, label="questions refused")
    axes.plot(curve.thresholds, curve.kept_out, color=RIGHT, label="not ours, kept out of the guide")
    axes.axvline(configured, color="#222222", linewidth=1, label=f"config.yml: {configured:.2f}")
    title = f"highest that refuses {FALSE_REFUSALS:.0%} at most: {suggested:.2f}"
    axes.axvline(suggested, color="#222222", linewidth=1, linestyle=":", label=title)
    axes.set_xlabel("threshold")
    axes.set_ylabel("share of messages")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.legend(frameon=False, loc="center right")
    axes.grid(color="#dddddd", linewidth=0.5)
    return _png(figure)


def _png(figure: Figure) -> bytes:
    FigureCanvasAgg(figure)
    buffer = io.BytesIO()
    # Without the version of matplotlib in it the same figures give the same bytes.
    figure.savefig(buffer, format="png", bbox_inches="tight", metadata={"Software": None})
    return buffer.getvalue()
