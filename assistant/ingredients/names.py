"""How two spellings of a name are made comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NOT_WORD = re.compile(r"[^a-z0-9]+")
# British spelling, and the sign that some lists write for "and".
_SAME = (("sulph", "sulf"), ("&", " and "), ("'", ""), ("œ", "oe"), ("æ", "ae"), ("ß", "ss"))


def key(name: str) -> str:
    """Return `name` in the form in which names are compared: lower case, no accents, words parted by one space."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    for written, same in _SAME:
        folded = folded.replace(written, same)
    return _NOT_WORD.sub(" ", folded).strip()


def tight(name_key: str) -> str:
    """Return a key without its spaces, which finds names glued together or broken by a hyphen."""
    return name_key.replace(" ", "")


@cache
def words_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern that finds any of the phrases as whole words."""
    alternatives = "|".join(re.escape(phrase.strip()) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
