"""Runs every check over a folder of content."""

from __future__ import annotations

from pathlib import Path

from assistant.files import DATA
from assistant.guide.checks import (
    citations,
    coverage,
    follow_ups,
    markup,
    published,
    reading,
    references,
    sizes,
    triage,
    wording,
)
from assistant.guide.checks.content import read
from assistant.guide.library import BrokenContent

# Each takes the content and yields one sentence a problem.
CHECKS = (
    coverage.intents_and_topics,
    coverage.rules,
    coverage.training_phrases,
    coverage.families,
    citations.known_and_used,
    citations.told_apart,
    citations.complete_topics,
    references.next_topics,
    references.facets,
    references.likenesses,
    references.hearers,
    references.titles,
    references.lexicon_phrases,
    follow_ups.kinds,
    follow_ups.homes,
    sizes.lengths,
    sizes.replies,
    triage.fits,
    triage.names,
    triage.wordings,
    triage.messages,
    markup.subset,
    markup.links,
    markup.placeholders,
    markup.slashes,
    wording.forbidden,
    published.common_runs,
    reading.level,
)


def problems(data: Path = DATA) -> list[str]:
    """Return what is wrong with the content in `data`, one sentence a problem.

    `domain.yml` is looked for beside the folder. Content that the schema refuses gives one problem, as no other check
    can look at it. Raises FileNotFoundError where a file is missing and yaml.YAMLError where one is not YAML.
    """
    try:
        content = read(data)
    except BrokenContent as error:
        return [f"{' '.join(str(error).split())}; correct the file, then check again."]
    return [problem for check in CHECKS for problem in check(content)]
