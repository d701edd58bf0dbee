"""Fine-tunes the encoder on all phrases and writes the adapter that `build` merges into the weights.

    python -m assistant.nlu.encoder.adapt [--output FILE] [--epochs N] [--seed N]

Prints its progress and what the pipeline's classifier reaches on the development set without and with the adapter.
Needs TensorFlow, which Rasa brings; building the encoder from the adapter does not.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors.numpy import load_file
from tokenizers import Tokenizer

from assistant import runtime
from assistant.nlu.encoder import adapter, build, weights
from assistant.nlu.encoder.sentence_encoder import MAX_TOKENS

if TYPE_CHECKING:
    from assistant.nlu.encoder.adapt_training import Settings

Phrases = Sequence[tuple[str, str]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all phrases, measure with the classifier's own, and write the adapter."""
    # TensorFlow is to be imported itself, and before Rasa.
    os.environ[runtime.WITH_TENSORFLOW] = "1"
    runtime.prepare()
    from assistant.evaluation import data
    from assistant.nlu.encoder.adapt_training import Settings

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--output", type=Path, default=adapter.ADAPTER)
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    options = parser.parse_args(arguments)
    phrases = data.phrases()
    every = [*phrases, *data.encoder_phrases()]
    settings = replace(Settings(), epochs=options.epochs, seed=options.seed)
    factors = _train(every, settings)
    described = {"phrases": len(every), "phrases_digest": digest(every), "settings": asdict(settings)}
    with tempfile.TemporaryDirectory() as folder:
        candidate = Path(folder) / adapter.ADAPTER.name
        adapter.save(candidate, factors, described)
        figures = {
            "without": development_figures(phrases, Path(folder) / "without", None),
            "with": development_figures(phrases, Path(folder) / "with", candidate),
        }
    adapter.save(options.output, factors, {**described, "development": figures})
    for name, measured in figures.items():
        _say(f"development questions {name} the adapter: " + ", ".join(f"{key} {measured[key]}" for key in measured))
    _say(f"Wrote {options.output} ({options.output.stat().st_size / 1e6:.2f} MB).")


def digest(phrases: Phrases) -> str:
    """Return the SHA-256 of `phrases` (text, intent), whatever order they come in."""
    lines = sorted(f"{intent}\0{text}" for text, intent in phrases)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def development_figures(phrases: Phrases, folder: Path, adapted: Path | None) -> dict[str, float]:
    """Return what the pipeline's classifier, trained on `phrases`, reads right in the development questions.

    The encoder is built into `folder`, with the adapter at `adapted` or, without one, as it was published. Nothing is
    refused. Raises what `build.build` raises, and data.NoData where there is no development set.
    """
    from assistant import guide
    from assistant.evaluation import data, metrics
    from assistant.evaluation.crossvalidation import fit, read
    from assistant.evaluation.features import encode, settings

    chosen, samples = settings(), data.development(guide.load().kinds)
    build.build(folder, adapted)
    model, ngrams = fit(phrases, encode([text for text, _ in phrases], chosen.graph, folder), chosen)
    vectors = encode([sample.text for sample in samples], chosen.graph, folder)
    readings = metrics.of_kind(read(model, ngrams, samples, vectors), "question")
    measured = metrics.question_figures(readings)
    return {name: round(measured[name], 4) for name in ("right", "among_three")}


def _train(phrases: Phrases, settings: Settings) -> dict[str, adapter.Array]:
    from assistant.nlu.encoder.adapt_training import train

    begin = time.monotonic()

    def report(epoch: int, loss: float, right: float) -> None:
        seconds = time.monotonic() - begin
        _say(f"epoch {epoch} of {settings.epochs}: loss {loss:.3f}, phrases right {right:.3f}, {seconds:.0f} s")

    source = weights.find()
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    token_ids = [encoding.ids for encoding in tokenizer.encode_batch([text for text, _ in phrases])]
    _say(f"Training on {len(phrases)} phrases ...")
    published = load_file(str(source / "model.safetensors"))
    return train(published, token_ids, [intent for _, intent in phrases], settings, report)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
