"""Divides a text into parts that a platform takes: at a paragraph, else a line, a sentence, a word, a grapheme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import regex

from assistant.channels.platforms.markup import Break, Word

Fits = Callable[[Sequence[Word]], bool]
_GRAPHEME = regex.compile(r"\X")


def split(words: Sequence[Word], fits: Fits) -> Iterator[list[Word]]:
    """Yield runs of `words`, each of which `fits` a message; together they are all of them, in order.

    A link is kept whole, unless it alone is longer than a message. `fits` must take any single character.
    """
    left = list(words)
    while left:
        if fits(left):
            yield left
            return
        if not fits(left[:1]):
            left[:1] = list(_smaller(left[0], fits))
        count = _best(left[: _most(left, fits)])
        yield left[:count]
        left = left[count:]


def _most(words: Sequence[Word], fits: Fits) -> int:
    """Return how many of `words`, from the first, fit together; the first does by itself."""
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(words[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _best(words: Sequence[Word]) -> int:
    """Return after how many words the best place to divide is: the last of the best kind."""
    places = [word.ends for word in words]
    best = max(places)
    return len(words) if best is Break.NOTHING else len(places) - places[::-1].index(best)


def _smaller(word: Word, fits: Fits) -> Iterator[Word]:
    """Yield the pieces of a word that is longer than a message; a link so long goes on as plain text."""
    text = f"{word.text} ({word.address})" if word.address else word.text
    pieces = list(_graphemes(text, replace(word, address="", bullet=False), fits))
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        ends = word.ends if last else Break.GRAPHEME
        yield replace(word, text=piece, address="", bullet=word.bullet and number == 0, ends=ends)


def _graphemes(text: str, like: Word, fits: Fits) -> Iterator[str]:
    for grapheme in _GRAPHEME.findall(text):
        # A base with a thousand marks above it is one grapheme, and more than a message holds.
        yield from [grapheme] if fits([replace(like, text=grapheme)]) else grapheme
