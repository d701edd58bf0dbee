"""Writes the report on understanding as one HTML page that needs nothing beside it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from assistant.evaluation.metrics import SUGGESTED, Reading

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .75rem; text-align: left; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
img { max-width: 100% }
"""

# How the figures of the report are called on the page and in the summary; `None` stands for a count.
QUESTION_ROWS = (
    ("right", "right topic"),
    ("among_three", "right among the first three"),
    ("refused", "refused"),
    ("right_without_refusing", "right topic, were nothing refused"),
)
OTHER_ROWS = (
    ("kept_out", "kept out of the guide"),
    ("right_reply", "right reply"),
    ("refused_at", "kept out where 4% of the questions are refused"),
)


def page(
    report: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    misses: Sequence[Reading],
    changes: Mapping[str, tuple[float, float]],
) -> str:
    """Return the page: figures, `pictures` by title, every one of `misses` in full, what changed since before.

    `misses` must be of the project's own development set: their texts stand on the page.
    """
    parts = [
        "<h1>How well the assistant understands</h1>",
        f"<p>{report['phrases']} training phrases, {report['intents']} intents.</p>",
        *(_set(name, figures) for name, figures in report["sets"].items()),
        "<h2>Cross-validation of the training phrases</h2>",
        _table(("figure", "value"), _figures(report["cross_validation"], QUESTION_ROWS[:2])),
        "<h2>Since the report before</h2>",
        _changes(changes),
        *(f"<h2>{escape(title)}</h2>{_picture(title, png)}" for title, png in pictures.items()),
        "<h2>Each intent</h2>",
        _intents(report),
        f"<h2>Every miss of the development set ({len(misses)})</h2>",
        _misses(misses),
    ]
    head = f'<meta charset="utf-8"><title>How well the assistant understands</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>\n' + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def percent(value: float) -> str:
    """Return a share as it is printed: 0.8215 is "82.2%"."""
    return f"{value:.1%}"


def top_three(reading: Reading) -> str:
    """Return the first three guesses with their confidence."""
    return ", ".join(f"{name} {confidence:.2f}" for name, confidence in reading.ranking[:SUGGESTED])


def _set(name: str, figures: Mapping[str, Any]) -> str:
    rows = []
    for part, title, wanted in (
        ("questions", "questions for the guide", QUESTION_ROWS),
        ("small_talk", "small talk", QUESTION_ROWS[:3]),
        ("out_of_scope", "not ours", OTHER_ROWS),
    ):
        if figures[part]["count"]:
            rows += [(f"{title} ({figures[part]['count']})", *row) for row in _figures(figures[part], wanted)]
    by_kind = [
        (f"not ours: {kind} ({row['count']})", "kept out of the guide", percent(row["kept_out"]))
        for kind, row in figures["out_of_scope"]["by_kind"].items()
    ]
    return f"<h2>{escape(name.replace('_', ' ').capitalize())} set</h2>" + _table(
        ("messages", "figure", "value"), rows + by_kind
    )


def _figures(figures: Mapping[str, Any], wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(title, percent(figures[name])) for name, title in wanted]


def _intents(report: Mapping[str, Any]) -> str:
    sets = report["sets"]["development"]["by_intent"]
    folds = report["cross_validation"]["by_intent"]
    rows = []
    for intent in sorted(set(sets) | set(folds)):
        row, fold = sets.get(intent), folds.get(intent)
        measured = (str(row["count"]), percent(row["right"]), percent(row["among_three"])) if row else ("0", "", "")
        rows.append((intent, *measured, *((str(fold["count"]), percent(fold["right"])) if fold else ("0", ""))))
    heads = (
        "intent",
        "development messages",
        "right",
        "among three",
        "training phrases",
        "right in cross-validation",
    )
    return _table(heads, rows)


def _misses(misses: Iterable[Reading]) -> str:
    rows = [
        (reading.sample.text, " or ".join(reading.sample.accepted), reading.intent, top_three(reading))
        for reading in misses
    ]
    return _table(("message", "right", "read as", "first three"), rows)


def _changes(changes: Mapping[str, tuple[float, float]]) -> str:
    if not changes:
        return "<p>No figure changed, or there was no report before.</p>"
    return _table(
        ("figure", "before", "now"),
        [(name, f"{old:.4g}", f"{new:.4g}") for name, (old, new) in changes.items()],
    )


def _picture(title: str, png: bytes) -> str:
    return f'<img alt="{escape(title, quote=True)}" src="data:image/png;base64,{base64.b64encode(png).decode()}">'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join("<tr>" + "".join(_cell(text) for text in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    is_number = text.rstrip("%").replace(".", "", 1).isdigit()
    return f"<td{' class=number' if is_number else ''}>{escape(text)}</td>"
