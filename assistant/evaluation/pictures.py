"""Draws what figures do not show at a glance. Every picture is a PNG, made without a display."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from assistant.evaluation.metrics import Reading, risk_coverage

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


def _png(figure: Figure) -> bytes:
    FigureCanvasAgg(figure)
    buffer = io.BytesIO()
    # Without the version of matplotlib in it the same figures give the same bytes.
    figure.savefig(buffer, format="png", bbox_inches="tight", metadata={"Software": None})
    return buffer.getvalue()
