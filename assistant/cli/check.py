"""`check`: product labels and ingredients, without a model."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant import ingredients
from assistant.cli import CallError, lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a catalogue; without one, labels come on standard input."""
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="CSV or JSON Lines, a product a row")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where its results go (default: standard output)")
    parser.add_argument(
        "--column", metavar="NAME", help="the column with the labels (default: ingredients, inci or label)"
    )


def run(options: argparse.Namespace) -> None:
    """Print what was read on each label and how it relates to milia; raise CallError for options that do not fit."""
    if options.catalogue is not None:
        from assistant.cli import catalogue

        catalogue.check(options.catalogue, options.out, options.column)
    elif options.out is not None or options.column is not None:
        raise CallError("--out and --column go with --catalogue.")
    else:
        lines.answer(lambda record: dict(ingredients.check(lines.text(record)).as_dict()))
