"""How two spellings of a name are made comparable."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

# The marks that combine with Latin letters; others go with their letters, which no name is written in.
_ACCENTS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
# What is in the form of a key already, but for the British "sulph": a third of the names.
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_WORD = re.compile(r"[a-z0-9]+")
_LOWER_ALIKE = (("İ", "i"), ("ı", "i"), ("ſ", "s"))

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
    if not _PLAIN.fullmatch(folded):
        folded = " ".join(_WORD.findall(folded.replace("&", " and ").replace("'", "")))
    return folded.replace("sulph", "sulf")


def _without_accents(name: str) -> str:
    """Return a name without capitals and accents, with "ss" for the German "ß"."""
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", name.casefold()))
    return folded.replace("œ", "oe").replace("æ", "ae")


def tight(name_key: str) -> str:
    """Return a key without its spaces, which finds names glued together or broken by a hyphen."""
    return name_key.replace(" ", "")


def lowered(text: str) -> str:
    """Return `text` in lower case with every character at its place, which `str.lower` does not promise.

    The Turkish letters and the long s become the letters that they stand for, as in `re.IGNORECASE`.
    """
    if not text.isascii():
        for letter, alike in _LOWER_ALIKE:
            text = text.replace(letter, alike)
    return text.lower()


class Phrases:
    """Finds any of some phrases in a text that is in lower case (`lowered`), the longest where several begin alike.

    `before` and `after` are what the pattern asks of the text around a phrase; the phrase is the group "phrase".
    """

    def __init__(self, phrases: Iterable[str], before: str = r"(?<!\w)", after: str = r"(?!\w)") -> None:
        longest_first = sorted({lowered(phrase.strip()) for phrase in phrases}, key=len, reverse=True)
        alternatives = "|".join(map(re.escape, longest_first))
        self.pattern = re.compile(rf"{before}(?P<phrase>{alternatives}){after}")
        # Where none of these is in a text, no phrase is: looking for them takes a tenth of the pattern's time.
        self._shortest = [one for one in longest_first if not any(o in one for o in longest_first if o != one)]

    def may_be_in(self, text: str) -> bool:
        """Return whether any phrase is in the text, perhaps as a part of a word."""
        return any(phrase in text for phrase in self._shortest)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first phrase between two places of the text, or None."""
        return self.pattern.search(text, start, end) if self.may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Give every phrase in the text."""
        return self.pattern.finditer(text) if self.may_be_in(text) else iter(())


@cache
def words_of(phrases: tuple[str, ...]) -> Phrases:
    """Return what finds any of the phrases as whole words."""
    return Phrases(phrases)
