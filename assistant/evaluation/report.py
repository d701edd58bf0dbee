"""The figures of a run as one nested report, and what they moved since the report that was committed last."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation import confidence, follow_ups, metrics, replies
from assistant.evaluation.metrics import Reading
from assistant.evaluation.run import Heard
from assistant.files import ROOT

REPORTS = ROOT / "reports"
FIGURES = "understanding.json"
# Figures of the report are rounded, so that a rerun of the same model changes no line of it.
DIGITS = 4
DEVELOPMENT, EVALUATION, OUTSIDE = "development", "evaluation", "outside"
# Whoever improves the assistant may see these in full; of any other set nothing but figures leaves a run.
OPEN = (DEVELOPMENT, OUTSIDE)
# Long enough that no two of some thousand messages share one.
HASH_LETTERS = 8


@dataclass(frozen=True)
class Moves:
    """Development messages whose reading became right or wrong, each with what it was read as before.

    `known` says whether the report before held readings at all.
    """

    mended: Sequence[tuple[Reading, str]]
    broken: Sequence[tuple[Reading, str]]
    known: bool


def make_report(heard: Heard, folds: Sequence[Reading], kinds: Mapping[str, str]) -> dict[str, Any]:
    """Return all figures of the report, and no text of any message."""
    own = heard.readings[DEVELOPMENT]
    report = {
        "phrases": len(folds),
        "intents": len({reading.sample.best for reading in folds}),
        "sets": {name: _set_figures(name, heard, kinds) for name in heard.readings},
        "follow_ups": {name: follow_ups.figures(outcomes) for name, outcomes in heard.outcomes.items()},
        "confidence": confidence_figures(own, kinds),
        "cross_validation": {**metrics.question_figures(folds), "by_intent": metrics.by_intent(folds)},
        "outcomes": outcomes(own),
    }
    return _rounded(report)  # type: ignore[no-any-return]


def confidence_figures(readings: Sequence[Reading], kinds: Mapping[str, str]) -> dict[str, float]:
    """Return the calibration error, the threshold of config.yml, the one that would be chosen, and its price."""
    questions, others = metrics.of_kind(readings, "question"), metrics.of_kind(readings, "out_of_scope")
    curve = confidence.threshold_curve(questions, others, kinds)
    suggested = confidence.suggested_threshold(curve)
    place = list(curve.thresholds).index(suggested)
    return {
        "calibration_error": confidence.expected_calibration_error(confidence.calibration(readings)),
        "threshold": confidence.configured_threshold(),
        "suggested": suggested,
        "refused_at_suggested": float(curve.refused[place]),
        "kept_out_at_suggested": float(curve.kept_out[place]),
    }


def outcomes(readings: Iterable[Reading]) -> dict[str, str]:
    """Return for each intent the hashes of the messages that were read as it, in one line a file can show."""
    groups: dict[str, list[str]] = defaultdict(list)
    for reading in readings:
        groups[reading.intent].append(text_hash(reading.sample.text))
    return {intent: " ".join(sorted(hashes)) for intent, hashes in sorted(groups.items())}


def text_hash(text: str) -> str:
    """Return the hash under which the report keeps what a message was read as."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LETTERS]


def moves(before: Mapping[str, Any], readings: Iterable[Reading]) -> Moves:
    """Return what changed in `readings` of the development set since the report `before`; new messages are left out."""
    read_as = {name: intent for intent, names in before.get("outcomes", {}).items() for name in names.split()}
    known = [(reading, read_as.get(text_hash(reading.sample.text))) for reading in readings]
    found = [(reading, old, old in reading.sample.accepted) for reading, old in known if old is not None]
    return Moves(
        mended=[(reading, old) for reading, old, was_right in found if reading.right and not was_right],
        broken=[(reading, old) for reading, old, was_right in found if was_right and not reading.right],
        known=bool(read_as),
    )


def open_misses(readings: Mapping[str, Sequence[Reading]]) -> list[tuple[str, Reading]]:
    """Return (set, reading) of every miss that may be shown, the surest first."""
    misses = [(name, reading) for name in OPEN for reading in readings.get(name, ()) if not reading.right]
    return sorted(misses, key=lambda miss: -miss[1].confidence)


def committed(root: Path = ROOT) -> dict[str, Any]:
    """Return the report that was committed last; where git does not know one, the one that lies in the project."""
    place = (root / REPORTS.name / FIGURES).relative_to(root)
    try:
        command = ["git", "show", f"HEAD:./{place.as_posix()}"]
        shown = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        shown = (root / place).read_bytes() if (root / place).is_file() else b"{}"
    report: dict[str, Any] = json.loads(shown)
    return report


def look(report: Mapping[str, Any], path: str) -> float | None:
    """Return the figure at the dotted `path`, None where the report has none there."""
    value: Any = report
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, (int, float)) else None


def failed_turns(report: Mapping[str, Any]) -> dict[str, int]:
    """Return how many turns of each set ended in an apology, of sets with any: their figures are not to be trusted."""
    parts = ("sets", "follow_ups")
    failed = {
        name: sum(report[part].get(name, {}).get("failed", 0) for part in parts)
        for name in dict.fromkeys(name for part in parts for name in report[part])
    }
    return {name: count for name, count in failed.items() if count}


def open_failures(heard: Heard) -> list[tuple[str, str]]:
    """Return (set, message) of every failed turn that may be shown."""
    said = [(name, sample.text) for name in OPEN for sample, reply in heard.turns.get(name, ()) if reply.failed]
    return said + [
        (name, outcome.turn.say) for name in OPEN for outcome in heard.outcomes.get(name, ()) if outcome.reply.failed
    ]


def _set_figures(name: str, heard: Heard, kinds: Mapping[str, str]) -> dict[str, Any]:
    readings = heard.readings[name]
    said = replies.figures(heard.turns[name], kinds)
    questions, others = metrics.of_kind(readings, "question"), metrics.of_kind(readings, "out_of_scope")
    figures = {
        "questions": {**metrics.question_figures(questions), **said["questions"]},
        "small_talk": metrics.question_figures(metrics.of_kind(readings, "small_talk")),
        "out_of_scope": {**metrics.out_of_scope_figures(others, questions, kinds), **said["out_of_scope"]},
        "several": metrics.several_figures(metrics.of_kind(readings, "question")),
        "failed": said["failed"],
    }
    # Which topics a blind set finds weak would tell what to write phrases for, and the set would be blind no more.
    return {**figures, "by_intent": metrics.by_intent(readings)} if name in OPEN else figures


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _rounded(part) for name, part in value.items()}
    return round(value, DIGITS) if isinstance(value, float) else value
