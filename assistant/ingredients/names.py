"""How two spellings of a name are made comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# The marks that combine with Latin letters; others go with their letters, which no name is written in.
_ACCENTS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# British spelling, and the sign that some lists write for "and".
_SAME = (("sulph", "sulf"), ("&", " and "), ("'", ""), ("œ", "oe"), ("æ", "ae"), ("ß", "ss"))


# Labels repeat one another's names: 3,000 hold some 30,000 different pieces. What is longer is no name and is not kept.
REMEMBERED = 40_000
LONGEST_REMEMBERED = 120


def key(name: str) -> str:
    """Return `name` in the form in which names are compared: lower case, no accents, words parted by one space."""
    return _key_of(name) if len(name) <= LONGEST_REMEMBERED else _key_anew(name)


@lru_cache(maxsize=REMEMBERED)
def _key_of(name: str) -> str:
    return _key_anew(name)


def _key_anew(name: str) -> str:
    folded = name.lower() if name.isascii() else _without_accents(name)
    for written, same in _SAME:
        folded = folded.replace(written, same)
    return _NOT_WORD.sub(" ", folded).strip()


def _without_accents(name: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold()))


def tight(name_key: str) -> str:
    """Return a key without its spaces, which finds names glued together or broken by a hyphen."""
    return name_key.replace(" ", "")


@cache
def words_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern that finds any of the phrases as whole words."""
    alternatives = "|".join(re.escape(phrase.strip()) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
