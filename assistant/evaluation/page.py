"""Writes the report on understanding as one HTML page that needs nothing beside it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.evaluation.follow_ups import Outcome
from assistant.evaluation.metrics import SUGGESTED, Reading, differences
from assistant.evaluation.report import DEVELOPMENT, OPEN, Moves, look
from assistant.evaluation.summary import ROWS, cell, moved, moves_line, percent, sets, threshold_line

WORST = 20
# How much of a reply stands beside a turn that was not resolved, in characters.
EXCERPT = 240

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .75rem; text-align: left; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
img { max-width: 100% }
"""


@dataclass(frozen=True)
class Shown:
    """What the page shows beside figures: texts of the open sets, and pictures by title.

    `misses` are (set, reading), the surest first; `unresolved` are turns of the development dialogues; `failed` are
    (set, message) of the turns that ended in an apology.
    """

    pictures: Mapping[str, bytes]
    misses: Sequence[tuple[str, Reading]]
    unresolved: Sequence[Outcome]
    moves: Moves
    failed: Sequence[tuple[str, str]] = ()


def page(report: Mapping[str, Any], before: Mapping[str, Any], shown: Shown) -> str:
    """Return the page of `report`, compared with the report `before`.

    Raises ValueError where `shown` holds a message of a set that is not open: its texts may not be shown.
    """
    if any(name not in OPEN for name, _ in (*shown.misses, *shown.failed)):
        raise ValueError("a message of a blind set may not be shown")
    parts = [
        "<h1>How well the assistant understands</h1>",
        f"<p>{report['phrases']} training phrases, {report['intents']} intents. In brackets: points since the last "
        "committed report.</p>",
        _overview(report, before),
        f"<p>Cross-validation of the training phrases: {_folds(report, before)}.</p>",
        _by_kind(report),
        *_failed(shown.failed),
        *_moves(shown.moves),
        f"<h2>The {WORST} worst misses: wrong, and the surest of it</h2>",
        _misses(shown.misses[:WORST]),
        f"<h2>Turns of the development dialogues that were not resolved ({len(shown.unresolved)})</h2>",
        _unresolved(shown.unresolved),
        "<h2>Confidence</h2>",
        f"<p>Expected calibration error {report['confidence']['calibration_error']:.3f}; {threshold_line(report)}.</p>",
        *(f"<h3>{escape(title)}</h3>{_picture(title, png)}" for title, png in shown.pictures.items()),
        "<h2>Each intent</h2>",
        _intents(report, before),
        "<h2>Every other figure that moved</h2>",
        _changes(before, report),
        f"<h2>All other misses ({max(len(shown.misses) - WORST, 0)})</h2>",
        _misses(shown.misses[WORST:]),
    ]
    head = f'<meta charset="utf-8"><title>How well the assistant understands</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>\n' + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def top_three(reading: Reading) -> str:
    """Return the first three guesses with their confidence."""
    return ", ".join(f"{name} {confidence:.2f}" for name, confidence in reading.ranking[:SUGGESTED])


def _overview(report: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    columns = sets(report)
    rows = []
    for row in ROWS:
        title = row.title if row.of is None else f"— {row.title}"
        rows.append((title, *(cell(report, before, row, name) for name in columns)))
    return _table(("", *columns), rows)


def _folds(report: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    texts = []
    for name, title in (("right", "right topic"), ("among_three", "right among the first three")):
        value = report["cross_validation"][name]
        texts.append(f"{title} {percent(value)}{moved(value, look(before, f'cross_validation.{name}'))}")
    return ", ".join(texts)


def _by_kind(report: Mapping[str, Any]) -> str:
    rows = [
        (name, kind, str(row["count"]), percent(row["kept_out"]))
        for name, figures in report["sets"].items()
        for kind, row in figures["out_of_scope"]["by_kind"].items()
    ]
    return "<h2>What is not ours</h2>" + _table(("set", "kind", "messages", "kept out of the guide"), rows)


def _failed(failed: Sequence[tuple[str, str]]) -> list[str]:
    if not failed:
        return []
    return [f"<h2>Turns that failed ({len(failed)})</h2>", _table(("set", "message"), failed)]


def _moves(changed: Moves) -> list[str]:
    parts = [f"<h2>Since the last report</h2><p>{escape(moves_line(changed).capitalize())}.</p>"]
    for title, found in (("Right before, wrong now", changed.broken), ("Wrong before, right now", changed.mended)):
        rows = [
            (reading.sample.text, " or ".join(reading.sample.accepted), old, reading.intent) for reading, old in found
        ]
        if rows:
            parts.append(f"<h3>{title} ({len(rows)})</h3>" + _table(("message", "right", "read before", "now"), rows))
    return parts


def _misses(misses: Iterable[tuple[str, Reading]]) -> str:
    rows = [
        (name, reading.sample.text, " or ".join(reading.sample.accepted), reading.intent, top_three(reading))
        for name, reading in misses
    ]
    return _table(("set", "message", "right", "read as", "first three"), rows)


def _unresolved(outcomes: Iterable[Outcome]) -> str:
    rows = []
    for outcome in outcomes:
        turn, reply = outcome.turn, outcome.reply
        needs = [" or ".join(need) for need in turn.needs] + _facets(turn.assumed)
        given = [*reply.answered, *_facets(reply.assumed)] or ["no topic"]
        words = reply.text if len(reply.text) <= EXCERPT else reply.text[:EXCERPT] + "…"
        offered = ", ".join(reply.offered)
        rows.append((" / ".join(outcome.before), turn.say, "; ".join(needs), "; ".join(given), offered, words))
    return _table(("said before", "turn", "needs", "answered", "offered", "reply"), rows)


def _facets(facets: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in facets.items()]


def _intents(report: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    own, folds = report["sets"][DEVELOPMENT]["by_intent"], report["cross_validation"]["by_intent"]
    rows = []
    for intent in sorted(set(own) | set(folds)):
        row, fold = own.get(intent), folds.get(intent)
        old = look(before, f"sets.{DEVELOPMENT}.by_intent.{intent}.right")
        old_fold = look(before, f"cross_validation.by_intent.{intent}.right")
        asked = (f"{round(row['right'] * row['count'])} of {row['count']}", _share(row, old)) if row else ("", "")
        among = percent(row["among_three"]) if row else ""
        rows.append((intent, *asked, among, *((str(fold["count"]), _share(fold, old_fold)) if fold else ("0", ""))))
    heads = ("intent", "right of asked", "share", "among three", "training phrases", "right in cross-validation")
    return _table(heads, rows)


def _share(row: Mapping[str, float], before: float | None) -> str:
    return percent(row["right"]) + moved(row["right"], before)


def _changes(before: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    changes = {
        name: pair
        for name, pair in differences(before, report).items()
        # Each intent has a table of its own.
        if ".by_intent." not in name
    }
    if not changes:
        return "<p>No figure moved, or there was no report before.</p>"
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
    is_number = text.partition(" (")[0].rstrip("%").replace(".", "", 1).isdigit()
    return f"<td{' class=number' if is_number else ''}>{escape(text)}</td>"
