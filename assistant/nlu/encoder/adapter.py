"""The adapter: low-rank changes to the encoder's linear parts, learnt from the training phrases, kept as a small file.

A linear part with weight W (out x in) becomes W + up @ down, `up` being out x rank and `down` rank x in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open  # type: ignore[attr-defined]
from safetensors.numpy import save_file

from assistant.files import DATA
from assistant.nlu.encoder.architecture import LAYERS, LINEAR_PARTS, linear

ADAPTER = DATA / "encoder" / "adapter.safetensors"
METADATA = "adapter"

Array = NDArray[np.float32]


class BrokenAdapter(Exception):
    """The adapter's file cannot be read or does not fit the encoder; the message names what is wrong."""


def factors(layer: int, part: str) -> tuple[str, str]:
    """Return the names of the two factors, `down` and `up`, of one linear part of one layer in the adapter's file."""
    base = linear(layer, part)[0].removesuffix(".weight")
    return f"{base}.down", f"{base}.up"


def save(path: Path, tensors: Mapping[str, Array], described: Mapping[str, Any]) -> None:
    """Write `tensors` (name of a factor to its numbers) to `path` as float16, and `described` as JSON beside them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    halved = {name: np.ascontiguousarray(tensor, dtype=np.float16) for name, tensor in tensors.items()}
    # One entry only: safetensors writes several in an order of chance, and equal adapters would differ as files.
    save_file(halved, str(path), {METADATA: json.dumps(described, sort_keys=True)})


def load(path: Path = ADAPTER) -> dict[str, Array]:
    """Return the factors in the file at `path`; raise BrokenAdapter where it is missing or no safetensors file."""
    try:
        with safe_open(str(path), framework="numpy") as file:  # type: ignore[no-untyped-call,attr-defined]
            return {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118 (not a dict)
    except (OSError, SafetensorError) as error:
        raise BrokenAdapter(f"{path} cannot be read: {error}") from error


def description(path: Path = ADAPTER) -> dict[str, Any]:
    """Return what `save` was told about the adapter: phrases, settings, figures.

    Raises BrokenAdapter where the file is missing, no safetensors file or says nothing about itself.
    """
    try:
        with safe_open(str(path), framework="numpy") as file:  # type: ignore[no-untyped-call,attr-defined]
            described: dict[str, Any] = json.loads(file.metadata()[METADATA])
    except (OSError, SafetensorError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise BrokenAdapter(f"{path} does not say what it was made from: {error}") from error
    return described


def merge(published: Mapping[str, Array], adapter: Mapping[str, Array]) -> dict[str, Array]:
    """Return the `published` weights with `adapter` added to their linear parts; neither argument is changed.

    Raises BrokenAdapter where a factor is missing, left over, of the wrong shape or not finite.
    """
    merged, left = dict(published), set(adapter)
    for layer in range(LAYERS):
        for part in LINEAR_PARTS:
            weight = linear(layer, part)[0]
            merged[weight] = published[weight] + _change(adapter, *factors(layer, part), published[weight].shape)
            left -= set(factors(layer, part))
    if left:
        raise BrokenAdapter(f"the encoder has no part for {', '.join(sorted(left))}")
    return merged


def _change(adapter: Mapping[str, Array], down: str, up: str, shape: tuple[int, ...]) -> Array:
    for name in (down, up):
        if name not in adapter:
            raise BrokenAdapter(f"the adapter has no {name}")
        if not np.isfinite(adapter[name]).all():
            raise BrokenAdapter(f"{name} holds numbers that are not finite")
    shapes = adapter[up].shape, adapter[down].shape
    rank = shapes[1][0] if shapes[1] else 0
    if shapes != ((shape[0], rank), (rank, shape[1])):
        raise BrokenAdapter(f"{up} {shapes[0]} and {down} {shapes[1]} do not fit a weight of {shape}")
    return np.asarray(adapter[up] @ adapter[down], dtype=np.float32)
