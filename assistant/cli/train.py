"""`train`: builds what is missing or older than what it is made from."""

from __future__ import annotations

import argparse
import sys

from assistant import build
from assistant.cli import CallError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--force`."""
    parser.add_argument("--force", action="store_true", help="build everything anew")


def run(options: argparse.Namespace) -> None:
    """Build, and say so where there was nothing to do."""
    if not build_or_say_why(options.force):
        print("Everything is built and up to date.", file=sys.stderr)


def build_or_say_why(force: bool = False) -> list[str]:
    """Return what was built; raise CallError with one sentence where it could not be."""
    from assistant.nlu.encoder.weights import WeightsNotFound
    from assistant.training import TrainingFailed

    try:
        return build.build(force)
    except (WeightsNotFound, TrainingFailed) as error:
        raise CallError(str(error)) from error
