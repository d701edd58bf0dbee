"""`validate`: checks content, data and settings, and says what to mend."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from assistant import guide, ingredients, referral, safety, site
from assistant.channels.platforms import fit
from assistant.files import DATA
from assistant.guide.checks import composed, problems, read, unfit
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
        found += [] if found else platform_problems()
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


def platform_problems() -> Iterator[str]:
    """Yield what a messaging platform would refuse, or lose a choice of, of everything that can be said."""
    # Many a facet leads to the same reply.
    for (text, titles), at in {(text, tuple(titles)): at for at, text, titles in _said()}.items():
        yield from fit.problems(at, text, titles)


def _said() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (where it stands, text, titles of its choices) of everything that can be said."""
    for at, reply in composed(read(DATA)):
        yield at, reply.text, [choice.title for choice in reply.choices]
    for question in referral.triage().order:
        titles = [title for _, title in referral.choices(question)]
        yield f"triage.yml, {question}", referral.question_text(question, referral.explained(question)), titles
    for place, words in ingredients.longest():
        yield f"_words.yml: {place}", words, list(ingredients.titles())
    yield from ((prepared.at, prepared.words, []) for prepared in safety.said())
