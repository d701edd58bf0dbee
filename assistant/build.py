"""Builds what is served (encoder, language pipeline, model), each part only when what it is made from changed."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.files import MODELS, ROOT

STATE = MODELS / "state.json"
ENCODER = MODELS / "encoder"
LANGUAGE = MODELS / "language"
FOLLOW_UPS = MODELS / "follow_ups.yml"
MODEL = MODELS / "assistant.tar.gz"


@dataclass(frozen=True)
class Step:
    """One part: `needs` are globs below the project, `makes` is what it leaves, `run` makes it."""

    name: str
    needs: tuple[str, ...]
    makes: Path
    run: Callable[[], None]

    def digest(self) -> str:
        """Return a digest over names and contents of everything that the step is made from."""
        digest = hashlib.sha256()
        for path in _files(self.needs):
            digest.update(f"{path.relative_to(ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def _build_encoder() -> None:
    from assistant.nlu.encoder.build import build

    build(ENCODER)


def _build_language() -> None:
    from assistant.nlu.language import build

    build(LANGUAGE)


def _write_follow_ups() -> None:
    from assistant import guide
    from assistant.nlu.follow_ups import write

    write({topic.id: topic.asks for topic in guide.load().topics.values()}, FOLLOW_UPS)


def _train_model() -> None:
    from assistant.training import train

    train(MODEL)


STEPS = (
    Step(
        "sentence encoder",
        ("assistant/nlu/encoder/*.py", "data/encoder/*.safetensors", "encoder.lock"),
        ENCODER,
        _build_encoder,
    ),
    Step(
        "language pipeline",
        ("assistant/nlu/language.py", "data/entities/*.yml", "data/ingredients/*.yml", "requirements.lock"),
        LANGUAGE,
        _build_language,
    ),
    Step(
        "phrases of follow-ups",
        ("assistant/nlu/follow_ups.py", "data/follow_ups/*.yml", "data/guide/*.yml"),
        FOLLOW_UPS,
        _write_follow_ups,
    ),
    Step(
        "model",
        (
            *("config.yml", "domain.yml", "data/nlu/*.yml", "data/*.yml", "requirements.lock"),
            *("assistant/nlu/**/*.py", "data/encoder/*.safetensors", "models/follow_ups.yml"),
        ),
        MODEL,
        _train_model,
    ),
)


def build(force: bool = False) -> list[str]:
    """Make every part that is missing or older than what it is made from; return the names of those made."""
    made = []
    for step in STEPS:
        if force or is_stale(step):
            _make(step)
            made.append(step.name)
    return made


def is_stale(step: Step) -> bool:
    """Return whether a step has to run: its result is missing or was made from something else."""
    return not step.makes.exists() or _state().get(step.name) != step.digest()


def _make(step: Step) -> None:
    print(f"Building the {step.name} ...", file=sys.stderr, flush=True)
    begin = time.monotonic()
    step.run()
    STATE.write_text(json.dumps({**_state(), step.name: step.digest()}, indent=2) + "\n", encoding="utf-8")
    print(f"Built the {step.name} in {time.monotonic() - begin:.0f} s.", file=sys.stderr, flush=True)


def _state() -> dict[str, str]:
    try:
        state: dict[str, str] = json.loads(STATE.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return state


def _files(globs: Iterable[str]) -> list[Path]:
    return sorted({path for glob in globs for path in ROOT.glob(glob)})
