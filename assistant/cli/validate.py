"""`validate`: checks content, data and settings, and says what to mend."""

from __future__ import annotations

import argparse
import sys

from assistant import safety, site
from assistant.guide.checks import problems
from assistant.guide.library import BrokenContent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_: argparse.Namespace) -> int:
    """Print every problem; return 1 where there is any."""
    try:
        site.load()
        found = [*problems(), *safety.problems()]
    except (site.BrokenSite, BrokenContent) as error:
        found = [str(error)]
    for problem in found:
        print(problem)
    print(f"{len(found)} problems found." if found else "No problems found.", file=sys.stderr)
    return 1 if found else 0
