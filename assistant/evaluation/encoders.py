"""Encoders that are compared and not served: as published, and with the adapter merged into it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from assistant.files import ROOT
from assistant.nlu.encoder import adapter, graph, weights
from assistant.nlu.encoder.adapter import ADAPTER, Array
from assistant.nlu.encoder.architecture import WEIGHTS_DIGEST

PUBLISHED = "model.safetensors"
TOKENIZER = "tokenizer.json"


def published(cache: Path) -> Path:
    """Return the folder in `cache` with the encoder as it was published, built where it is not there yet.

    Raises weights.WeightsNotFound where the weights cannot be had.
    """
    folder = cache / f"encoder-published-{WEIGHTS_DIGEST[:8]}"
    if not folder.is_dir():
        source = weights.find()
        _build(load_file(str(source / PUBLISHED)), source / TOKENIZER, folder)
    return folder


def adapted(cache: Path, file: Path = ADAPTER) -> Path | None:
    """Return the folder in `cache` with the adapter in `file` merged into the published encoder; None without a file.

    Raises weights.WeightsNotFound where the weights cannot be had, adapter.BrokenAdapter where `file` does not fit.
    """
    if not file.is_file():
        return None
    folder = cache / f"encoder-adapted-{hashlib.sha256(file.read_bytes()).hexdigest()[:8]}"
    if not folder.is_dir():
        source = weights.find()
        merged = adapter.merge(load_file(str(source / PUBLISHED)), adapter.load(file))
        _build(merged, source / TOKENIZER, folder)
    return folder


def shown(file: Path = ADAPTER) -> str:
    """Return the adapter's place as it is printed."""
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else str(file)


def _build(tensors: Mapping[str, Array], tokenizer: Path, folder: Path) -> None:
    """Write both graphs as `assistant.nlu.encoder.build` does, without its check against the reference."""
    temporary = folder.with_name(folder.name + ".part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    shutil.copy(tokenizer, temporary / TOKENIZER)
    exact = str(temporary / "encoder-fp32.onnx")
    onnx.save(graph.build(tensors), exact)
    quantize_dynamic(
        exact,
        str(temporary / "encoder.onnx"),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul"],
    )
    temporary.replace(folder)
