"""Whether a text says what the assistant must never say: promises, diagnoses, steps, doses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.files import read_yaml
from assistant.guide.checks.content import Content

FORBIDDEN_FILE = "forbidden.yml"


def forbidden(content: Content) -> Iterator[str]:
    """No text matches a pattern of data/guide/forbidden.yml."""
    patterns = list(_patterns(content.data / "guide" / FORBIDDEN_FILE))
    for text in content.texts():
        if text.place == "asks":
            continue  # A question may name what the answer denies.
        words = " ".join(text.words.replace("**", "").split())
        for pattern, reason in patterns:
            found = pattern.search(words)
            if found:
                yield f"{text.at}: {found[0]!r} {reason}, so word it another way."


def _patterns(path: Path) -> Iterator[tuple[re.Pattern[str], str]]:
    for entry in read_yaml(path):
        yield re.compile(entry["pattern"], re.I), entry["reason"]
