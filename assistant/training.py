"""Trains the Rasa model from the project's files, the same way wherever it is asked for."""

from __future__ import annotations

from pathlib import Path

from assistant import runtime
from assistant.build import FOLLOW_UPS
from assistant.files import ROOT

# Rasa takes any YAML below data/ with a line like "rules:" for training data, so it is told what to read.
TRAINING_FILES = ("data/nlu", "data/rules.yml", "data/stories.yml")


class TrainingFailed(Exception):
    """Rasa could not train; it has said why on standard error."""


def train(model: Path, config: Path = ROOT / "config.yml") -> None:
    """Train with the pipeline and policies of `config` and write the model file `model`.

    Raises TrainingFailed where Rasa leaves no model.
    """
    runtime.prepare()
    import rasa

    result = rasa.train(
        domain=str(ROOT / "domain.yml"),
        config=str(config),
        training_files=[*(str(ROOT / name) for name in TRAINING_FILES), str(FOLLOW_UPS)],
        output=str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
        # Rules need no made-up stories; Rasa's default of 50 would only cost time.
        core_additional_arguments={"augmentation_factor": 0},
    )
    if result.model is None:
        raise TrainingFailed("Rasa trained no model; what it says above tells why.")
