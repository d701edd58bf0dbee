"""`validate`: checks content, data and settings, and says what to mend."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from assistant import guide, ingredients, safety, site
from assistant.guide.checks import problems, unfit
from assistant.guide.library import BrokenContent

LABEL_TOPIC = "ingredient_check"
CHOICES = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_: argparse.Namespace) -> int:
    """Print every problem; return 1 where there is any."""
    try:
        site.load()
        found = [*problems(), *label_problems(), *safety.problems()]
    except (site.BrokenSite, BrokenContent) as error:
        found = [str(error)]
    for problem in found:
        print(problem)
    print(f"{len(found)} problems found." if found else "No problems found.", file=sys.stderr)
    return 1 if found else 0


def label_problems() -> Iterator[str]:
    """Yield what keeps a result of the label reader from a platform, with the longest facet that may follow it."""
    library, words = guide.load(), site.load().words
    topic = library.topics[LABEL_TOPIC]
    beside = [
        guide.beside(library, topic.id, {name: value}, words) for name in topic.facets for value in topic.facets[name]
    ]
    facet = max(beside, key=len, default="")
    titles = sorted(ingredients.titles(), key=len, reverse=True)
    choices = [guide.Choice(f"label.{title}", title, topic.id) for title in titles[:CHOICES]]
    for place, text in ingredients.longest():
        reply = guide.Reply(f"{text}\n\n{facet}", choices)
        yield from (f"_words.yml: {place}: the reply {reason}." for reason in unfit(reply))
