"""Finds the place in the text as it was given of what stands at a place in the normalised text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from assistant.ingredients.reader import Product
from assistant.text import normalise

# Normalising leaves at most two line breaks between two parts of a text.
_LONGEST_GAP = 2
# Characters that normalising leaves alone: ASCII, the Latin letters with accents, and what often stands between names.
_UNCHANGED = re.compile(r"[ -~\n\u00a1-\u00ac\u00ae-\u024f•™]*")
_UNCHANGED_WORDS = re.compile(r"[!-~\u00a1-\u00ac\u00ae-\u024f•™]*(?:[ \n][!-~\u00a1-\u00ac\u00ae-\u024f•™]+)*")
# What would be one space, or one blank line.
_WIDE_SPACE = re.compile(r"  |\n +\n|\n\n[ \n]")
# What is normalised to one other character, or as a control character to a space, and so keeps its place.
_ONE_FOR_ONE = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff‘’‛ʼ“”–—]")
# White space and what is invisible: no name begins or ends with it.
_NEVER_IN_A_NAME = re.compile(
    r"[\s\x00-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
# Vowels and final consonants of Hangul, which join the letter before them though Unicode does not call them marks.
_JOINING_JAMO = range(0x1160, 0x1200)


class Places:
    """The places of a text's parts before and after `assistant.text.normalise`.

    `normal` is the normalised text, `same` says that it is the given one. The work grows with the length alone.
    """

    def __init__(self, given: str) -> None:
        self.given = given
        self.normal = given if _is_normal(given) else normalise(given)
        # Where a stretch begins in the normalised text, where it stands in the given one, and whether it is the same.
        self._starts: list[int] = []
        self._stretches: list[tuple[int, int, bool]] = []
        self.same = self.normal == given
        if not self.same:
            signs = set(_ONE_FOR_ONE.findall(given))
            plain = given.translate({ord(sign): normalise(sign) or " " for sign in signs}) if signs else given
            if plain != self.normal:
                self._align(plain)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the given text `normal[start:end]` stands, as (start, end) with `start < end`.

        Where one character of either text stands for several of the other, the whole of it is taken.
        """
        if not self._starts:
            return start, end
        return self._at(start)[0], self._at(end - 1)[1]

    def _at(self, place: int) -> tuple[int, int]:
        """The place in the given text of one character of the normalised one."""
        number = (bisect_right(self._starts, place) or 1) - 1
        start, end, same = self._stretches[number]
        if not same:
            return start, end
        start += place - self._starts[number]
        return (start, start + 1) if start < end else (end - 1, end)

    def _align(self, plain: str) -> None:
        """Go through both texts: over what is the same in one stride, over the rest part by part.

        `plain` is the given text after what changes no character's place.
        """
        normal, starts, stretches = self.normal, self._starts, self._stretches
        given = place = 0
        while given < len(plain):
            same = _common(plain, given, normal, place)
            if same:
                starts.append(place)
                stretches.append((given, given + same, True))
                given, place = given + same, place + same
                continue
            skipped = _NEVER_IN_A_NAME.match(plain, given)
            end = skipped.end() if skipped else _end_of_part(plain, given)
            part = "" if skipped else _normal_part(plain[given:end])
            found = normal.find(part, place, place + _LONGEST_GAP + len(part)) if part else -1
            if found >= 0:
                starts.append(found)
                stretches.append((given, end, False))
                place = found + len(part)
            elif not part:
                gap = normal[place : place + _LONGEST_GAP]
                place += len(gap) - len(gap.lstrip())
            given = end


def _common(first: str, at_first: int, second: str, at_second: int) -> int:
    """Return how many characters of two texts are the same from two places on."""
    if first[at_first] != second[at_second : at_second + 1]:
        return 0
    # Up to what may change, all is mostly the same; a mark may change the character before it.
    plain = _UNCHANGED_WORDS.match(first, at_first)
    same = max(1, plain.end() - at_first - 1) if plain else 1
    if not second.startswith(first[at_first : at_first + same], at_second):
        same = 1
    step, growing = 4, True
    while step and first[at_first + same : at_first + same + 1] == second[at_second + same : at_second + same + 1]:
        stretch = first[at_first + same : at_first + same + step]
        if len(stretch) == step and second.startswith(stretch, at_second + same):
            same += step
            step = step * 4 if growing else step
        else:
            growing = False
            step //= 4
    return same


# The parts of one text repeat: quotation marks, dashes, letters of one language.
@lru_cache(maxsize=1_024)
def _normal_part(part: str) -> str:
    return normalise(part)


def _end_of_part(text: str, start: int) -> int:
    """Return the end of the character at a place, with the marks that join it."""
    end = start + 1
    while end < len(text) and _joins(text[end]):
        end += 1
    return end


def in_given_text(product: Product, places: Places) -> Product:
    """Return the product with its names placed, and written, as they are in the given text."""
    # Tags and entities, which the reader masks, begin with one of these.
    if places.same and "<" not in places.given and "&" not in places.given:
        return product
    for number, item in enumerate(product.items):
        start, end = places.span(item.start, item.end)
        product.items[number] = item.placed(places.given[start:end], start, end)
    return product


def _is_normal(text: str) -> bool:
    """Return whether normalising would leave a text as it is. Most labels are so, and to see it is quicker."""
    return text == text.strip() and bool(_UNCHANGED.fullmatch(text)) and not _WIDE_SPACE.search(text)


def _joins(character: str) -> bool:
    return character >= "\u0300" and (unicodedata.category(character)[0] == "M" or ord(character) in _JOINING_JAMO)
