"""The fixed shape of all-MiniLM-L6-v2, as its published configuration states it."""

from __future__ import annotations

import re

LAYERS = 6
HEADS = 12
HIDDEN = 384
HEAD_SIZE = HIDDEN // HEADS
EPSILON = 1e-12

LINEAR_PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)

# Published SHA-256 of model.safetensors; compared with several independent publications of it.
WEIGHTS_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def linear(layer: int, part: str) -> tuple[str, str]:
    """Return the names of the weight and the bias of one linear part of one layer in the published weights.

    `part` is the path below the layer, for example "attention.self.query".
    """
    if not re.fullmatch(r"[a-zA-Z.]+", part):
        raise ValueError(f"not a part of a layer: {part!r}")
    base = f"encoder.layer.{layer}.{part}"
    return f"{base}.weight", f"{base}.bias"
