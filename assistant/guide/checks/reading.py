"""Whether texts are easy to read: the Flesch-Kincaid grade, counted without medical names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from assistant.guide.checks.content import Content
from assistant.guide.checks.markup import LINK, PLACEHOLDER

# American school grades. Health texts for the public are advised to stay at the sixth to eighth.
HIGHEST_GRADE = 8.0
HIGHEST_MEAN = 7.0
# The formula is made for sentences; of a word or two it says nothing.
SHORTEST = 5
MEDICAL_WORDS_FILE = "medical_words.txt"
# A name that cannot be avoided counts like a short word, so that it does not hide what can be said more simply.
_SHORT = "skin"


def level(content: Content) -> Iterator[str]:
    """Every text reads at the eighth grade at most, and all of them at the seventh on average."""
    # Only the test group has it; the assistant itself runs without.
    import textstat

    names = medical_names(content.data / "guide" / MEDICAL_WORDS_FILE)
    grades = []
    for text in content.prose():
        if len(text.words.split()) < SHORTEST:
            continue
        grade = textstat.flesch_kincaid_grade(spoken(text.words, names))
        grades.append(grade)
        if grade > HIGHEST_GRADE:
            yield f"{text.at}: it reads at grade {grade:.1f}, above {HIGHEST_GRADE:.0f}, so use shorter words."
    if grades and mean(grades) > HIGHEST_MEAN:
        yield f"guide: all texts read at grade {mean(grades):.1f} on average, above {HIGHEST_MEAN:.0f}, so simplify."


def medical_names(path: Path) -> re.Pattern[str]:
    """Return what matches the names in the file at `path`: one a line, lower case, `#` begins a comment."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    names = sorted((line for line in lines if line), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", re.I) if names else re.compile(r"(?!)")


def spoken(text: str, names: re.Pattern[str]) -> str:
    """Return `text` as it is read out: no markup, a full stop after each item of a list, names and numbers short."""
    text = LINK.sub(lambda match: match[1], text).replace("**", "")
    text = PLACEHOLDER.sub(_SHORT, text)
    lines = (re.sub(r"^- ", "", line.strip()) for line in text.splitlines())
    text = " ".join(line if line.endswith((".", "?", "!")) else f"{line.rstrip(':;,')}." for line in lines if line)
    return names.sub(_SHORT, text)
