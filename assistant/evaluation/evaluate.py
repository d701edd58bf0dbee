"""`make evaluate`: how well the trained model understands, as figures, pictures and a list of every miss."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant import guide
from assistant.build import MODEL
from assistant.evaluation import data, metrics
from assistant.evaluation.data import Sample
from assistant.evaluation.metrics import Reading
from assistant.evaluation.page import OTHER_ROWS, QUESTION_ROWS, page, percent, top_three
from assistant.files import ROOT
from assistant.runtime import prepare
from assistant.text import normalise

REPORTS = ROOT / "reports"
FIGURES = "understanding.json"
PAGE = "understanding.html"
# Figures of the report are rounded, so that a rerun of the same model changes no line of it.
DIGITS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `evaluate` to its command."""
    parser.add_argument(
        "--extra",
        type=Path,
        metavar="DIR",
        help=f"measure on {data.QUESTIONS_FILE} and {data.OUT_OF_SCOPE_FILE} in DIR, too; their texts are only printed",
    )
    parser.add_argument("--out", type=Path, default=REPORTS, metavar="DIR", help="where the report goes")


def evaluate(out: Path = REPORTS, extra: Path | None = None) -> None:
    """Measure the trained model, write the report into `out` and print a summary.

    Messages of `extra` give figures to the report, but their texts are printed only. Raises data.NoData where there is
    nothing to measure on.
    """
    kinds = guide.load().kinds
    samples = {"development": data.development(kinds)}
    if extra is not None:
        samples["extra"] = data.extra(extra)
    readings = read_all(samples)
    _say("Cross-validating the training phrases ...")
    folds = _cross_validated(kinds)
    report = make_report(readings, folds, kinds)
    changes = metrics.differences(_committed(out), report)
    own = readings["development"]
    out.mkdir(parents=True, exist_ok=True)
    (out / PAGE).write_text(page(report, _pictures(own), _misses(own), changes), encoding="utf-8")
    (out / FIGURES).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for name, group in readings.items():
        print(f"\n== Misses of the {name} set\n" + "\n".join(map(_miss, _misses(group))))
    print("\n".join(summary(report, changes)))
    print(f"\nThe whole report: {out / PAGE}")


def read_all(samples: Mapping[str, Sequence[Sample]], model: Path = MODEL) -> dict[str, list[Reading]]:
    """Return what the trained `model`, by the one way in of all channels, reads in every sample."""
    prepare()
    from rasa.core.agent import Agent

    from assistant.turn import nlu
    from assistant.turn.understanding import understand

    agent = Agent.load(model_path=model)

    def read(sample: Sample) -> Reading:
        understood = understand(normalise(sample.text), lambda text: nlu.parse(agent.processor, text))
        ranking = tuple((entry["name"], float(entry["confidence"])) for entry in understood.ranking)
        return Reading(sample, understood.intent, ranking)

    return {name: [read(sample) for sample in group] for name, group in samples.items()}


def make_report(
    readings: Mapping[str, Sequence[Reading]], folds: Sequence[Reading], kinds: Mapping[str, str]
) -> dict[str, Any]:
    """Return all figures of the report, and no text of any message."""
    report = {
        "phrases": len(folds),
        "intents": len({reading.sample.best for reading in folds}),
        "sets": {name: _figures(group, kinds) for name, group in readings.items()},
        "cross_validation": {**metrics.question_figures(folds), "by_intent": metrics.by_intent(folds)},
    }
    return _rounded(report)  # type: ignore[no-any-return]


def summary(report: Mapping[str, Any], changes: Mapping[str, tuple[float, float]]) -> list[str]:
    """Return the lines that say the most important figures, with what they were before."""
    lines = []
    for name, figures in report["sets"].items():
        lines.append(f"\n== {name.capitalize()} set")
        for part, rows in (
            ("questions", QUESTION_ROWS),
            ("small_talk", QUESTION_ROWS[:3]),
            ("out_of_scope", OTHER_ROWS),
        ):
            if figures[part]["count"]:
                lines.append(f"{part.replace('_', ' ')} ({figures[part]['count']})")
                lines += _by_kind(figures[part])
                lines += [_line(f"sets.{name}.{part}.{key}", title, figures[part][key], changes) for key, title in rows]
    lines.append(f"\n== Cross-validation ({report['phrases']} phrases, {report['intents']} intents)")
    folds = report["cross_validation"]
    lines += [_line(f"cross_validation.{key}", title, folds[key], changes) for key, title in QUESTION_ROWS[:2]]
    return lines


def _by_kind(figures: Mapping[str, Any]) -> list[str]:
    kinds = figures.get("by_kind", {}).items()
    titles = [(f"{name} ({row['count']})", percent(row["kept_out"])) for name, row in kinds]
    return [f"  kept out: {title:<38} {share:>6}" for title, share in titles]


def _figures(readings: Sequence[Reading], kinds: Mapping[str, str]) -> dict[str, Any]:
    questions = metrics.of_kind(readings, "question")
    return {
        "questions": metrics.question_figures(questions),
        "small_talk": metrics.question_figures(metrics.of_kind(readings, "small_talk")),
        "out_of_scope": metrics.out_of_scope_figures(metrics.of_kind(readings, "out_of_scope"), questions, kinds),
        "by_intent": metrics.by_intent(readings),
    }


def _cross_validated(kinds: Mapping[str, str]) -> list[Reading]:
    from assistant.evaluation.crossvalidation import cross_validate
    from assistant.evaluation.features import encode, settings

    phrases, chosen = data.phrases(), settings()
    return cross_validate(phrases, encode([text for text, _ in phrases], chosen.graph), chosen, kinds)


def _pictures(readings: Sequence[Reading]) -> dict[str, bytes]:
    from assistant.evaluation.pictures import confidence_picture, confusion_picture, risk_coverage_picture

    questions, talk, others = (metrics.of_kind(readings, kind) for kind in ("question", "small_talk", "out_of_scope"))
    return {
        "What was taken for what": confusion_picture(metrics.confusion(readings)),
        "How sure it was": confidence_picture(questions, others),
        "Wrong answers at each share answered": risk_coverage_picture(
            {"questions": questions, "all": [*questions, *talk, *others]}
        ),
    }


def _misses(readings: Iterable[Reading]) -> list[Reading]:
    return [reading for reading in readings if not reading.right]


def _miss(reading: Reading) -> str:
    right = " or ".join(reading.sample.accepted)
    return f"- {reading.sample.text}\n    right: {right}; read as {reading.intent} ({top_three(reading)})"


def _line(path: str, title: str, value: float, changes: Mapping[str, tuple[float, float]]) -> str:
    before = f"  (before {percent(changes[path][0])})" if path in changes else ""
    return f"  {title:<48} {percent(value):>6}{before}"


def _committed(out: Path) -> dict[str, Any]:
    """Return the report that was committed last; where git does not know one, the one that lies in `out`."""
    command = ["git", "show", f"HEAD:./{FIGURES}"]
    try:
        shown = subprocess.run(command, cwd=out, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        file = out / FIGURES
        shown = file.read_bytes() if file.is_file() else b"{}"
    report: dict[str, Any] = json.loads(shown)
    return report


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _rounded(part) for name, part in value.items()}
    return round(value, DIGITS) if isinstance(value, float) else value


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
