"""`triage`: red flags in messages, without a model."""

from __future__ import annotations

import argparse

from assistant import referral
from assistant.cli import lines
from assistant.text import normalise


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: messages come on standard input."""


def run(_: argparse.Namespace) -> None:
    """Print urgency and flags of each message."""
    lines.answer(lambda record: dict(referral.detect(normalise(lines.text(record))).as_dict()))
