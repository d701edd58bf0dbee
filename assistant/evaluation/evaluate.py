"""`make evaluate`: how well the trained model understands and answers, as figures, pictures and lists of misses."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant import guide
from assistant.evaluation import data, follow_ups, metrics
from assistant.evaluation.metrics import Reading
from assistant.evaluation.page import Shown, page
from assistant.evaluation.report import (
    DEVELOPMENT,
    EVALUATION,
    FIGURES,
    OUTSIDE,
    REPORTS,
    committed,
    failed_turns,
    make_report,
    moves,
    open_failures,
    open_misses,
)
from assistant.evaluation.run import Heard, hear
from assistant.evaluation.summary import summary

PAGE = "understanding.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `evaluate` to its command."""
    parser.add_argument(
        "--extra",
        type=Path,
        metavar="DIR",
        help=f"measure on {data.QUESTIONS_FILE} and {data.OUT_OF_SCOPE_FILE} in DIR, too; their misses stand on the "
        "page and never in the figures",
    )
    parser.add_argument("--out", type=Path, default=REPORTS, metavar="DIR", help="where the report goes")


def evaluate(out: Path = REPORTS, extra: Path | None = None) -> None:
    """Measure the trained model, write figures, pictures and the page into `out` and print a summary.

    Texts of the development set and of `extra` stand on the page; of the evaluation sets there are figures only.
    Raises data.NoData where there is nothing to measure on, follow_ups.BadDialogue where dialogues are not well formed.
    """
    kinds = guide.load().kinds
    heard = _heard(kinds, extra)
    _say("Cross-validating the training phrases ...")
    report = make_report(heard, _cross_validated(kinds), kinds)
    before = committed()
    shown = Shown(
        pictures=_pictures(heard.readings[DEVELOPMENT], kinds),
        misses=open_misses(heard.readings),
        unresolved=follow_ups.unresolved(heard.outcomes.get(DEVELOPMENT, ())),
        moves=moves(before, heard.readings[DEVELOPMENT]),
        failed=open_failures(heard),
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / PAGE).write_text(page(report, before, shown), encoding="utf-8")
    (out / FIGURES).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for title, png in shown.pictures.items():
        (out / picture_file(title)).write_bytes(png)
    print("\n".join(summary(report, before, shown.moves)))
    print(f"The whole report: {out / PAGE}")
    for name, count in failed_turns(report).items():
        _say(f"{count} turns of the {name} set failed and count as not answered; the page lists those it may show.")


def picture_file(title: str) -> str:
    """Return the name of the file that a picture is also written to."""
    return f"understanding-{title.lower().replace(' ', '-')}.png"


def _heard(kinds: Mapping[str, str], extra: Path | None) -> Heard:
    samples = {DEVELOPMENT: data.development(kinds), EVALUATION: data.evaluation(kinds)}
    if extra is not None:
        samples[OUTSIDE] = data.extra(extra)
    dialogues = {
        DEVELOPMENT: follow_ups.dialogues(follow_ups.DEVELOPMENT, kinds),
        EVALUATION: follow_ups.dialogues(follow_ups.EVALUATION, kinds),
    }
    messages = sum(map(len, samples.values()))
    turns = sum(len(dialogue) for told in dialogues.values() for dialogue in told)
    _say(f"Saying {messages} messages and {turns} turns of dialogues to the trained model ...")
    return hear(samples, dialogues)


def _cross_validated(kinds: Mapping[str, str]) -> list[Reading]:
    from assistant.evaluation.crossvalidation import cross_validate
    from assistant.evaluation.features import encode, settings

    phrases, chosen = data.phrases(), settings()
    return cross_validate(phrases, encode([text for text, _ in phrases], chosen.graph), chosen, kinds)


def _pictures(readings: Sequence[Reading], kinds: Mapping[str, str]) -> dict[str, bytes]:
    from assistant.evaluation import confidence, pictures

    questions, talk, others = (metrics.of_kind(readings, kind) for kind in ("question", "small_talk", "out_of_scope"))
    curve = confidence.threshold_curve(questions, others, kinds)
    return {
        "Confusion": pictures.confusion_picture(metrics.confusion(readings)),
        "Confidence": pictures.confidence_picture(questions, others),
        "Calibration": pictures.calibration_picture(confidence.calibration(readings)),
        "Risk and coverage": pictures.risk_coverage_picture(
            {"questions": questions, "all": [*questions, *talk, *others]}
        ),
        "Threshold": pictures.threshold_picture(
            curve, confidence.configured_threshold(), confidence.suggested_threshold(curve)
        ),
    }


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
