"""How the results speak."""

import re

import pytest
import textstat

from assistant.ingredients import check
from assistant.ingredients.lexicon import load_lexicon, load_words

LEXICON = load_lexicon()
# Reading grade asked of every text that a visitor reads.
HIGHEST_GRADE = 8.0
FORBIDDEN = re.compile(
    r"\b(?:safe|safely|bad|harmless|painless|permanent|toxic|dangerous|cures?|causes?|you are fine|this is milia)\b",
    re.IGNORECASE,
)
QUESTIONS = [f"is {item.inci} ok for milia" for item in LEXICON.ingredients] + [
    f"does {item.phrases[0]} matter" for item in LEXICON.product_types
]


def plain(text):
    """The text with names of ingredients and the word milia as short words."""
    return re.sub(r"\bmilia\b", "bumps", re.sub(r"\*\*.*?\*\*", "oil", text))


def texts():
    words = load_words().dict()
    stack, found = [words], []
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            found.append(part)
        else:
            stack.extend(part.values() if isinstance(part, dict) else part)
    return found + [item.note for item in LEXICON.ingredients if item.note]


@pytest.mark.parametrize("text", texts())
def test_no_text_promises_frightens_or_judges(text):
    allowed = text.replace("It is not a cure", "").replace("as a milia cure, with no proof", "")
    assert not FORBIDDEN.search(allowed)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_easy_to_read(question):
    summary = check(question).summary
    assert textstat.flesch_kincaid_grade(plain(summary)) <= HIGHEST_GRADE, summary


def test_the_summary_of_a_label_is_easy_to_read():
    summary = check(
        "Water, Mineral Oil, Glycerin, Isopropyl Myristate, Beeswax, Retinol, Squalane, Disodium EDTA"
    ).summary
    assert textstat.flesch_kincaid_grade(plain(summary)) <= HIGHEST_GRADE, summary


def test_only_the_allowed_markdown_is_written():
    for text in texts():
        assert not re.search(r"[#`<>]|\]\(|^\s*\d+\.", text), text
