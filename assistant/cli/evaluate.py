"""`evaluate`: measures understanding on the development set, with pictures."""

from __future__ import annotations

import argparse

from assistant.evaluation import evaluate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the report goes and where further questions are."""
    evaluate.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    """Write the report and print its summary."""
    evaluate.evaluate(options.out, options.extra)
