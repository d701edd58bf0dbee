"""`review`: one page of everything that can be said, for a clinician to read, comment and sign."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.cli import CallError
from assistant.files import ROOT
from assistant.safety import review

OUT = ROOT / "reports" / "review.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the page goes."""
    parser.add_argument("--out", type=Path, default=OUT, metavar="FILE", help="the page (default: reports/review.html)")


def run(options: argparse.Namespace) -> None:
    """Write the page and print where it is; raise CallError where it cannot be written."""
    try:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(review.page(), encoding="utf-8")
    except OSError as error:
        raise CallError(f"{options.out} cannot be written ({error.strerror}).") from error
    print(options.out)
