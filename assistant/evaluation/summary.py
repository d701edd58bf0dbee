"""The table of the most important figures, a column a set, for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.report import DEVELOPMENT, EVALUATION, OUTSIDE, Moves, look

SETS = (DEVELOPMENT, EVALUATION, OUTSIDE)
TITLE_WIDTH, CELL_WIDTH = 44, 16


@dataclass(frozen=True)
class Row:
    """One line of the table: where the figure of a set stands in the report, and where the count it is a share of.

    A row without `of` is a count itself. Rows that are not `brief` stand on the page only.
    """

    title: str
    value: str
    of: str | None = None
    brief: bool = True


def _shares(place: str, *rows: tuple[str, str], brief: bool = True) -> Iterator[Row]:
    for name, title in rows:
        yield Row(title, f"{place}.{name}", f"{place}.count", brief)


_QUESTIONS, _TALK, _OTHERS = "sets.{}.questions", "sets.{}.small_talk", "sets.{}.out_of_scope"
_SEVERAL, _FOLLOW_UPS = "sets.{}.several", "follow_ups.{}"

ROWS = (
    Row("questions", f"{_QUESTIONS}.count"),
    *_shares(
        _QUESTIONS,
        ("right", "right topic"),
        ("among_three", "right among the first three"),
        ("refused", "refused"),
        ("answered", "right topic answered"),
        ("answered_or_offered", "right topic answered or offered"),
    ),
    *_shares(_QUESTIONS, ("right_without_refusing", "right topic, were nothing refused"), brief=False),
    Row("small talk", f"{_TALK}.count"),
    *_shares(_TALK, ("right", "right topic")),
    *_shares(_TALK, ("among_three", "right among the first three"), ("refused", "refused"), brief=False),
    Row("not ours", f"{_OTHERS}.count"),
    *_shares(
        _OTHERS,
        ("kept_out", "kept out of the guide"),
        ("not_answered", "not answered as a question about milia"),
        ("refused_at", "kept out at 4% of questions refused"),
    ),
    *_shares(_OTHERS, ("right_reply", "right reply"), brief=False),
    Row("messages with several questions", f"{_SEVERAL}.count"),
    *_shares(_SEVERAL, ("found", "several found")),
    Row("one question, taken for several", f"{_SEVERAL}.wrongly", f"{_SEVERAL}.single"),
    Row("turns of dialogues", f"{_FOLLOW_UPS}.count"),
    *_shares(_FOLLOW_UPS, ("resolved", "resolved")),
    Row("resolved, of follow-ups", f"{_FOLLOW_UPS}.follow_ups.resolved", f"{_FOLLOW_UPS}.follow_ups.count"),
    Row("several needs, all answered", f"{_FOLLOW_UPS}.several.all", f"{_FOLLOW_UPS}.several.count"),
    Row("several needs, one answered or more", f"{_FOLLOW_UPS}.several.any", f"{_FOLLOW_UPS}.several.count"),
)


def percent(value: float) -> str:
    """Return a share as it is printed: 0.8215 is "82.2%"."""
    return f"{value:.1%}"


def moved(now: float | None, before: float | None) -> str:
    """Return how many points a share moved, as it stands behind the figure; nothing where it did not."""
    if now is None or before is None or f"{now - before:+.1%}" in ("+0.0%", "-0.0%"):
        return ""
    return f" ({100 * (now - before):+.1f})"


def sets(report: Mapping[str, Any]) -> list[str]:
    """Return the sets that the report has, in the order of the columns."""
    return [name for name in SETS if name in report["sets"] or name in report["follow_ups"]]


def cell(report: Mapping[str, Any], before: Mapping[str, Any], row: Row, name: str) -> str:
    """Return what stands in the `row` of the set `name`: a count, or a share and its move; nothing of no messages."""
    value = look(report, row.value.format(name))
    if value is None:
        return ""
    if row.of is None:
        return str(value) if value else ""
    if not look(report, row.of.format(name)):
        return ""
    had_any = look(before, row.of.format(name))
    return percent(value) + moved(value, look(before, row.value.format(name)) if had_any else None)


def summary(report: Mapping[str, Any], before: Mapping[str, Any], changed: Moves) -> list[str]:
    """Return the lines for the terminal: fewer than 25, each figure with its move since the report `before`."""
    columns = sets(report)
    rows = [("", columns)]
    for row in ROWS:
        if row.brief:
            title = row.title if row.of is None else f"  {row.title}"
            rows.append((title, [cell(report, before, row, name) for name in columns]))
    return [
        *(f"{title:<{TITLE_WIDTH}}" + "".join(f"{text:>{CELL_WIDTH}}" for text in texts) for title, texts in rows),
        _folds(report, before),
        "; ".join((threshold_line(report), moves_line(changed))) + ".",
    ]


def threshold_line(report: Mapping[str, Any]) -> str:
    """Return the threshold that is set, beside the one that the development set would choose."""
    figures = report["confidence"]
    price = f"{percent(figures['refused_at_suggested'])} of the questions refused"
    return f"threshold {figures['threshold']:.2f}, suggested {figures['suggested']:.2f} ({price})"


def moves_line(changed: Moves) -> str:
    """Return how many development messages became right and wrong."""
    if not changed.known:
        return "the last report holds no readings to compare with"
    return f"development messages mended {len(changed.mended)}, broken {len(changed.broken)}"


def _folds(report: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    texts: Sequence[str] = [
        f"{title} {percent(report['cross_validation'][name])}"
        + moved(report["cross_validation"][name], look(before, f"cross_validation.{name}"))
        for name, title in (("right", "right"), ("among_three", "among three"))
    ]
    error = report["confidence"]["calibration_error"]
    held_out = f"cross-validation ({report['phrases']} phrases): {', '.join(texts)}"
    return f"{held_out}; calibration error {100 * error:.1f} points"
