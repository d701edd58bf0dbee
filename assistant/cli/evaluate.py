"""`evaluate`: measures understanding and answers on the project's sets, with pictures."""

from __future__ import annotations

import argparse

from assistant.cli import CallError
from assistant.evaluation import data, evaluate, follow_ups


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the report goes and where further questions are."""
    evaluate.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    """Write the report and print its summary; raise CallError where there is nothing to measure on."""
    try:
        evaluate.evaluate(options.out, options.extra)
    except (data.NoData, follow_ups.BadDialogue) as error:
        raise CallError(str(error)) from error
