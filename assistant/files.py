"""Where the project's files are, and how its YAML is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
MODELS = ROOT / "models"

# libyaml's loader reads the lexicons seven times faster than the one in Python.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Return what the YAML file at `path` holds.

    Raises FileNotFoundError where there is none and yaml.YAMLError where it is not YAML.
    """
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_Loader)
