"""Splits a unit of text into pieces, each of which may be the name of an ingredient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import LONGEST_REMEMBERED, REMEMBERED, key
from assistant.ingredients.units import Unit

# Longer stretches of words are sentences: 99 in 100 names of CosIng have at most twelve words.
MOST_NAME_WORDS = 12
# Of the small words that names may hold too ("of", "and", "with"), so many make a sentence.
SENTENCE_SMALL_WORDS = 3
MOST_PERCENT = 100

_SEPARATOR = re.compile(r"[,;•·●▪◦‧∙|，、；\t]")
_ANY_BRACKET = re.compile(r"[()\[\]{}]")
_LETTER = re.compile(r"[^\W\d_]")
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,4})?)[ ]?%")
_ASIDE = re.compile(r"(?:^|[ ])w/[wv]\b|\(\s*\)", re.IGNORECASE)
_LEADING_AND = re.compile(r"\s*(?:and|&)\s", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s")
_AND = re.compile(r"\((?:and|et|und)\)|\[and\]", re.IGNORECASE)
_DASH = re.compile(r"[ ]-[ ](?!\d)|^[ ]?-(?=\S)|(?<=%)[ ]-(?=\S)")
_NEXT_NAME = re.compile(r"[ ]{1,2}[^\W\d_]")
_FOOTNOTE = re.compile(r"[ ][*†‡]+[ ]?(?=[^\W\d_])")
# Most names are letters and spaces alone: nothing is to be taken off them but the spaces around.
_PLAIN = re.compile(r"\s*(?!(?i:and)\s)([A-Za-z](?:[A-Za-z ]*[A-Za-z])?)\s*")
_EDGES = ' \t\n-*•·●▪◦†‡+:;,.=~_®™>"#'
# "1, 2-Hexanediol": a space may follow the comma between two single figures before a hyphen.
_LOCANT = re.compile(r"(?:^|(?<=[,;•·|\n(])|(?<=[,;•·|:] ))[1-9], ?[1-9]-[a-z]", re.IGNORECASE)
# The comma of "1,2-Hexanediol" and of "0,5 %" stands between figures; that of "CI 77491,77492" between longer numbers.
_LONG_NUMBER = 4


class Piece(NamedTuple):
    """Where a piece stands in the text, and the percentage beside it.

    `wrapped`: a bare line break before it. `loose`: it follows another piece's percentage with nothing between.
    """

    start: int
    end: int
    percent: float | None = None
    wrapped: bool = False
    loose: bool = False


def split(text: str, unit: Unit, inside: list[int]) -> list[Piece]:
    """Return the pieces of a unit in order, without bullets, numbers, footnote signs and percentages at their edges."""
    found: list[Piece] = []
    start = unit.start
    for cut_start, cut_end in [*_cuts(text, unit, inside), (unit.end, unit.end)]:
        if cut_start >= start:
            piece = clean(text, start, cut_start)
            if piece:
                found.append(piece)
                found.extend(_what_follows(text, piece, cut_start) if piece.percent is not None else ())
            start = cut_end
    return found


def _what_follows(text: str, piece: Piece, end: int) -> Iterator[Piece]:
    """Yield the second name of `Petrolatum 40.2% Beeswax`, of which `piece` is the first."""
    percent = _PERCENT.search(text, piece.end, end)
    if percent and _NEXT_NAME.match(text, percent.end(), end):
        rest = clean(text, percent.end(), end)
        if rest:
            yield rest._replace(loose=True)


def _cuts(text: str, unit: Unit, inside: list[int]) -> list[tuple[int, int]]:
    stretch = text[unit.start : unit.end]
    cuts = [(unit.start + m.start(), unit.start + m.end()) for m in _AND.finditer(stretch)]
    if "-" in stretch:
        cuts += [
            (unit.start + m.start(), unit.start + m.end())
            for m in _DASH.finditer(stretch)
            if not inside[unit.start + m.start()]
        ]
    for match in _SEPARATOR.finditer(text, unit.start, unit.end):
        place = match.start()
        if not inside[place] and not _between_figures(text, place):
            cuts.append((place, place + 1))
    return sorted(cuts)


def _between_figures(text: str, place: int) -> bool:
    if not text[place - 1 : place].isdigit():
        return False
    before, after = text[max(0, place - _LONG_NUMBER) : place], text[place + 1 : place + 1 + _LONG_NUMBER]
    if _LOCANT.match(text, max(0, place - 1), place + 6):
        return True
    if not (before[-1:].isdigit() and after[:1].isdigit()):
        return False
    return not (len(before) == len(after) == _LONG_NUMBER and before.isdigit() and after.isdigit())


def clean(text: str, start: int, end: int) -> Piece | None:
    """Return the piece between two places without what is not its name, or None where no letter is left."""
    plain = _PLAIN.fullmatch(text, start, end)
    if plain:
        return Piece(plain.start(1), plain.end(1))
    numbered = _NUMBERED.match(text, start, end)
    start = numbered.end() if numbered else start
    leading = _LEADING_AND.match(text, start, end)
    start = leading.end() if leading else start
    note = _FOOTNOTE.search(text, start + 1, end)
    if note and text[start : note.start()].strip(_EDGES):
        end = note.start()
    start, end, percent = _without_percent(text, start, end)
    start, end = _trim(text, start, end)
    if not _LETTER.search(text, start, end):
        return None
    return Piece(start, end, percent)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop bullets and the like at both edges, and brackets there that have no partner."""
    if not _ANY_BRACKET.search(text, start, end):
        stretch = text[start:end]
        left = stretch.lstrip(_EDGES)
        return end - len(left), end - len(stretch) + len(stretch.rstrip(_EDGES)) if left else end
    opened = sum(text.count(sign, start, end) for sign in "([{")
    closed = sum(text.count(sign, start, end) for sign in ")]}")
    while start < end and (text[start] in _EDGES or text[start] in ")]}" or (text[start] in "([{" and opened > closed)):
        opened -= text[start] in "([{"
        closed -= text[start] in ")]}"
        start += 1
    while start < end and (
        text[end - 1] in _EDGES or text[end - 1] in "([{" or (text[end - 1] in ")]}" and closed > opened)
    ):
        opened -= text[end - 1] in "([{"
        closed -= text[end - 1] in ")]}"
        end -= 1
    return start, end


def _without_percent(text: str, start: int, end: int) -> tuple[int, int, float | None]:
    """Keep the longer side of a percentage: the name stands before it (`Zinc Oxide 9% (non-nano)`) or after it."""
    match = _PERCENT.search(text, start, end) if text.find("%", start, end) >= 0 else None
    if not match:
        return start, end, None
    percent = float(match.group(1).replace(",", "."))
    before, after = text[start : match.start()], _ASIDE.sub("", text[match.end() : end])
    if any(character.isalpha() for character in before):
        end = match.start()
        if before.rstrip().endswith(("(", "[", "-")):
            end = start + len(before.rstrip()) - 1
    elif any(character.isalpha() for character in after):
        start = match.end()
    return start, end, percent if percent <= MOST_PERCENT else None


def is_sentence(written: str, lexicon: Lexicon) -> bool:
    """Whether a piece of text, which is no known name, is part of a sentence."""
    return _is_sentence(written, lexicon) if len(written) <= LONGEST_REMEMBERED else _is_sentence_anew(written, lexicon)


@lru_cache(maxsize=REMEMBERED)
def _is_sentence(written: str, lexicon: Lexicon) -> bool:
    return _is_sentence_anew(written, lexicon)


def _is_sentence_anew(written: str, lexicon: Lexicon) -> bool:
    words = key(written).split()
    small = lexicon.reading.sentence_words_in_names
    return (
        len(words) > MOST_NAME_WORDS
        or (words[:1] and len(words[0]) > 1 and words[0] in small)
        or any(word in lexicon.reading.sentence_words and word not in small for word in words)
        or sum(word in small for word in words) >= min(SENTENCE_SMALL_WORDS, len(words))
    )


def group_inside(text: str, piece: Piece) -> Iterator[Piece]:
    """Yield the names in the bracket of a group, `Oil blend (Coconut Oil, Olive Oil)`; none where it holds one."""
    opened = text.find("(", piece.start, piece.end)
    closed = text.rfind(")", piece.start, piece.end)
    if opened < 0 or closed < opened or "," not in text[opened:closed]:
        return
    start = opened + 1
    for place in [*(p for p in range(start, closed) if text[p] in ",;"), closed]:
        inner = clean(text, start, place)
        start = place + 1
        if inner:
            yield inner


def wrapped(piece: Piece) -> Piece:
    """Return the piece marked as one that follows a bare line break."""
    return piece._replace(wrapped=True)
