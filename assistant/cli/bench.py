"""`bench`: measures speed and memory against Rasa's own default configuration."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from assistant import runtime
from assistant.files import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the report goes, and fewer epochs to try the bench itself out."""
    # Rasa's default configuration computes with TensorFlow, and its accuracy is measured in this process.
    os.environ[runtime.WITH_TENSORFLOW] = "1"
    parser.add_argument("--out", type=Path, default=ROOT / "reports", help="folder of the report")
    parser.add_argument("--epochs", type=int, help="fewer epochs for stock Rasa")


def run(options: argparse.Namespace) -> None:
    """Write the report and print the ratios."""
    from assistant.evaluation.bench import bench

    bench(options.out, options.epochs)
