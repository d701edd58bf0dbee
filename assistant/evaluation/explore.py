"""Chooses settings, and shows what each part is worth: one Markdown table a part, ready for the documents.

    python -m assistant.evaluation.explore [--parts encoder adapter features ...] [--extra DIR] [--folds 5]

Learns from the training phrases, measures on the development, evaluation and outside sets and in cross-validation. Each
part varies one setting and leaves the others as `config.yml` has them. Settings are chosen by the development set; the
evaluation set only says what the choice is worth on messages that nobody looked at.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant import guide
from assistant.evaluation import data, metrics
from assistant.evaluation.crossvalidation import FOLDS, cross_validate, fit, read
from assistant.evaluation.data import Sample
from assistant.evaluation.features import settings
from assistant.evaluation.metrics import Reading
from assistant.evaluation.report import DEVELOPMENT, EVALUATION, OUTSIDE
from assistant.evaluation.variants import PARTS, Phrases, Skipped, Variant, variants
from assistant.evaluation.vectors import CACHE, Vectors
from assistant.nlu.linear_model import Array
from assistant.runtime import prepare

# What three numbers of a cell are, in this order.
LEGEND = (
    "Of questions, right topic / among the first three, nothing refused; of what is not ours, kept out where 4% of the "
    "questions are refused."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one table a part; a row a setting, a cell a set."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--folds", type=int, default=FOLDS, help="0 leaves cross-validation out")
    parser.add_argument("--extra", type=Path, metavar="DIR", help="measure on the outside set in DIR, too")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help="where vectors and encoders are kept")
    options = parser.parse_args(arguments)
    prepare()
    kinds, phrases, base = guide.load().kinds, data.phrases(), settings()
    bench = Workbench(_samples(kinds, options.extra), kinds, options.folds, Vectors(options.cache))
    print(f"{len(phrases)} phrases; config.yml: {base}\n\n{LEGEND}", flush=True)
    for part in options.parts:
        print("\n" + "\n".join(bench.head(part)), flush=True)
        for variant in variants(part, base, phrases, options.cache):
            # A skipped one is no row: it is said once the table is over.
            print(f"\n{variant}" if isinstance(variant, Skipped) else bench.row(variant), flush=True)


class Workbench:
    """Trains variants of the model and measures each on the same sets."""

    def __init__(
        self, samples: Mapping[str, Sequence[Sample]], kinds: Mapping[str, str], folds: int, vectors: Vectors
    ) -> None:
        """Measure on `samples` by set; `folds` is how many parts cross-validation takes, 0 for none."""
        self._samples = samples
        self._kinds = kinds
        self._folds = folds
        self._vectors = vectors

    def head(self, part: str) -> list[str]:
        """Return the two lines that start the table of `part`."""
        names = [part, *self._samples, *(["cross-validation"] if self._folds else []), "seconds to train"]
        return ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]

    def row(self, variant: Variant) -> str:
        """Return the line of one variant; of several draws of phrases it holds the means."""
        drawn = [self._drawn(variant, phrases) for phrases in variant.draws]
        seconds = [taken for _, taken in drawn]
        cells = [
            _cell(np.mean([_measured(readings[name], self._kinds) for readings, _ in drawn], axis=0))
            for name in self._samples
        ]
        if self._folds:
            cells.append(self._in_folds(variant))
        return "| " + " | ".join([variant.title, *cells, f"{np.mean(seconds):.1f}"]) + " |"

    def _drawn(self, variant: Variant, phrases: Phrases) -> tuple[dict[str, list[Reading]], float]:
        vectors = self._encoded([text for text, _ in phrases], variant)
        begin = time.monotonic()
        model, ngrams = fit(phrases, vectors, variant.settings)
        seconds = time.monotonic() - begin
        return {
            name: read(model, ngrams, group, self._encoded([sample.text for sample in group], variant))
            for name, group in self._samples.items()
        }, seconds

    def _in_folds(self, variant: Variant) -> str:
        if len(variant.draws) > 1 or not variant.in_folds:
            return "-"
        (phrases,) = variant.draws
        vectors = self._encoded([text for text, _ in phrases], variant)
        readings = cross_validate(phrases, vectors, variant.settings, self._kinds, self._folds)
        figures = metrics.question_figures(readings)
        return f"{figures['right']:.3f} / {figures['among_three']:.3f}"

    def _encoded(self, texts: Sequence[str], variant: Variant) -> Array:
        return self._vectors.of(texts, variant.settings, variant.encoder)


def _measured(readings: Sequence[Reading], kinds: Mapping[str, str]) -> tuple[float, float, float]:
    questions, others = metrics.of_kind(readings, "question"), metrics.of_kind(readings, "out_of_scope")
    figures = metrics.question_figures(questions)
    kept_out = metrics.out_of_scope_figures(others, questions, kinds)["refused_at"]
    return figures["right"], figures["among_three"], kept_out


def _cell(figures: Sequence[float]) -> str:
    return " / ".join(f"{figure:.3f}" for figure in figures)


def _samples(kinds: Mapping[str, str], extra: Path | None) -> dict[str, list[Sample]]:
    found = {DEVELOPMENT: data.development(kinds), EVALUATION: data.evaluation(kinds)}
    if extra is not None:
        found[OUTSIDE] = data.extra(extra)
    return {name: group for name, group in found.items() if group}


if __name__ == "__main__":
    main()
