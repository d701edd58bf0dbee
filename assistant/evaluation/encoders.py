"""Encoders that are compared and not served: as published, and with the adapter merged into it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assistant.files import ROOT
from assistant.nlu.encoder.adapter import ADAPTER
from assistant.nlu.encoder.architecture import WEIGHTS_DIGEST
from assistant.nlu.encoder.build import build


def published(cache: Path) -> Path:
    """Return the folder in `cache` with the encoder as it was published, built where it is not there yet.

    Raises weights.WeightsNotFound where the weights cannot be had.
    """
    folder = cache / f"encoder-published-{WEIGHTS_DIGEST[:8]}"
    if not folder.is_dir():
        build(folder, None)
    return folder


def adapted(cache: Path, file: Path = ADAPTER) -> Path | None:
    """Return the folder in `cache` with the adapter in `file` merged into the published encoder; None without a file.

    Raises weights.WeightsNotFound where the weights cannot be had, adapter.BrokenAdapter where `file` does not fit.
    """
    if not file.is_file():
        return None
    folder = cache / f"encoder-adapted-{hashlib.sha256(file.read_bytes()).hexdigest()[:8]}"
    if not folder.is_dir():
        build(folder, file)
    return folder


def shown(file: Path = ADAPTER) -> str:
    """Return the adapter's place as it is printed."""
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else str(file)
