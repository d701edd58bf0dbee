"""`check`: product labels and ingredients, without a model."""

from __future__ import annotations

import argparse

from assistant import ingredients
from assistant.cli import lines
from assistant.text import normalise


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: labels come on standard input."""


def run(_: argparse.Namespace) -> None:
    """Print what was read on each label and how it relates to milia."""
    lines.answer(lambda record: dict(ingredients.check(normalise(lines.text(record))).as_dict()))
