from __future__ import annotations

import pytest

from assistant.evaluation import summary
from assistant.evaluation.report import Moves
from assistant.evaluation.summary import Row

ROW = Row("right", "sets.{}.questions.right", "sets.{}.questions.count")
NOT_KNOWN = Moves([], [], known=False)


def report(right: float, count: int = 4) -> dict[str, object]:
    return {"sets": {"development": {"questions": {"count": count, "right": right}}}, "follow_ups": {}}


@pytest.mark.parametrize(
    ("before", "shown"),
    [(0.75, "75.0%"), (0.7, "75.0% (+5.0)"), (0.8, "75.0% (-5.0)"), (0.7499, "75.0%")],
)
def test_a_share_is_shown_with_the_points_it_moved(before: float, shown: str) -> None:
    assert summary.cell(report(0.75), report(before), ROW, "development") == shown


def test_a_share_that_was_never_measured_has_not_moved() -> None:
    assert summary.cell(report(0.75), {}, ROW, "development") == "75.0%"
    assert summary.cell(report(0.75), report(0.0, count=0), ROW, "development") == "75.0%"


def test_a_share_of_no_messages_is_not_shown() -> None:
    assert summary.cell(report(0.0, count=0), {}, ROW, "development") == ""
    assert summary.cell(report(0.75), {}, ROW, "evaluation") == ""


def test_the_terminal_gets_fewer_than_25_lines_with_a_column_a_set() -> None:
    figures = {
        "phrases": 10,
        "sets": {name: {"questions": {"count": 4, "right": 0.5}} for name in ("outside", "development", "evaluation")},
        "follow_ups": {"development": {"count": 2, "resolved": 0.5}},
        "confidence": {"calibration_error": 0.2, "threshold": 0.18, "suggested": 0.2, "refused_at_suggested": 0.03},
        "cross_validation": {"right": 0.8, "among_three": 0.9},
    }
    lines = summary.summary(figures, {"cross_validation": {"right": 0.7}}, NOT_KNOWN)
    # One more line, the page's place, follows.
    assert len(lines) + 1 < 25
    assert lines[0].split() == ["development", "evaluation", "outside"]
    assert lines[2].split() == ["right", "topic", "50.0%", "50.0%", "50.0%"]
    assert "right 80.0% (+10.0)" in lines[-2]
    assert "threshold 0.18, suggested 0.20" in lines[-1]
    assert all(len(line) <= 120 for line in lines)
