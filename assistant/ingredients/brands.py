"""Finds brands that are named in place of a label: nothing is said of one, but its list is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.files import DATA, read_yaml
from assistant.ingredients.names import key

# A word for a product may stand so many words after a name that is an everyday word too.
PRODUCT_REACH = 4
# A message of so few words that names a product asks for a check ("cerave moisturizing cream").
SHORTEST_QUESTION = 6
# A longer one tells a story.
LONGEST_QUESTION = 30

# "A simple moisturizer" is no brand's.
_NO_ARTICLE = "".join(rf"(?<!\b{word} )" for word in ("a", "an", "some", "any", "more", "very", "just", "only", "too"))
# A word with a capital that follows another one, or a comma, and no end of a sentence.
_CAPITAL_WITHIN = re.compile(r"(?<=[\w,;'\")] )[A-Z][^\W_]*(?:'[^\W_]+)*")


@dataclass(frozen=True)
class _Brands:
    """data/labels/brands.yml."""

    brands: re.Pattern[str]
    everyday: re.Pattern[str]
    with_product: re.Pattern[str]
    checks: re.Pattern[str]
    other_questions: re.Pattern[str]


def names_brand(text: str) -> bool:
    """Return whether a text names a brand of skin care."""
    brands, plain = _brands(), key(text)
    return bool(brands.brands.search(plain) or brands.with_product.search(plain)) or _capital(text, brands)


def asks_of_brand(text: str) -> bool:
    """Return whether a text asks whether a brand's product goes with milia, which only its list can tell."""
    if not names_brand(text):
        return False
    brands, plain = _brands(), key(text)
    words = len(plain.split())
    if words > LONGEST_QUESTION or brands.other_questions.search(plain):
        return False
    return words <= SHORTEST_QUESTION or bool(brands.checks.search(plain))


def _capital(text: str, brands: _Brands) -> bool:
    """Whether a name that is an everyday word too stands with a capital where no sentence begins."""
    if text.isupper():
        return False
    return any(brands.everyday.fullmatch(key(word.group())) for word in _CAPITAL_WITHIN.finditer(text))


def _any_of(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted({key(phrase) for phrase in phrases}, key=len, reverse=True))


@cache
def _brands() -> _Brands:
    read = read_yaml(DATA / "labels" / "brands.yml")
    everyday, products = _any_of(read["everyday"]), _any_of(read["product_words"])
    return _Brands(
        brands=re.compile(rf"\b(?:{_any_of(read['brands'])})\b"),
        everyday=re.compile(rf"(?:{everyday})"),
        with_product=re.compile(rf"{_NO_ARTICLE}\b(?:{everyday})(?: \w+){{0,{PRODUCT_REACH - 1}}} (?:{products})\b"),
        checks=re.compile(rf"\b(?:{_any_of(read['checks'])})\b"),
        other_questions=re.compile(rf"\b(?:{_any_of(read['other_questions'])})\b"),
    )
