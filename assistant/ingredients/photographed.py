"""Reads the letters that a camera's text recognition takes for one another: l, I and 1, O and 0, m and rn."""

from __future__ import annotations

from collections.abc import Iterable

# A shorter word that looks like a name may be anything.
SHORTEST_MISREAD = 4

# In lower case; I is thus i.
_ALIKE = str.maketrans("i10", "llo")


def outline(word: str) -> str:
    """Return what a word of a key looks like: the same for every way in which a camera may read it."""
    return word.translate(_ALIKE).replace("rn", "m")


def by_outline(words: Iterable[str]) -> dict[str, str]:
    """Return each word under its outline, but for those that look alike ("1" and "l")."""
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(outline(word), set()).add(word)
    return {look: same.pop() for look, same in found.items() if len(same) == 1}
