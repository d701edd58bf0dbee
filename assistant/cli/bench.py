"""`bench`: measures speed and memory against Rasa's own default configuration."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.files import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the report goes."""
    parser.add_argument("--out", type=Path, default=ROOT / "reports", help="folder of the report")


def run(options: argparse.Namespace) -> None:
    """Write the report and print the ratios."""
    from assistant.evaluation.bench import bench

    bench(options.out)
