"""Splits a unit of text into pieces, each of which may be the name of an ingredient."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Iterator, List, Optional, Tuple

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import key
from assistant.ingredients.units import Unit

# Longer stretches of words are sentences: the longest name of CosIng that is no plain list has about a dozen words.
MOST_NAME_WORDS = 12
# Of the small words that names may hold too ("of", "and", "with"), so many make a sentence.
SENTENCE_SMALL_WORDS = 3
MOST_PERCENT = 100

_SEPARATORS = frozenset(",;•·●▪◦‧∙|，、；\t")
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,4})?)[ ]?%")
_ASIDE = re.compile(r"(?:^|[ ])w/[wv]\b|\(\s*\)", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*\d{1,2}[.)]\s")
_AND = re.compile(r"\((?:and|et|und)\)|\[and\]", re.IGNORECASE)
_DASH = re.compile(r"[ ]-[ ]|^[ ]?-(?=\S)")
_FOOTNOTE = re.compile(r"[ ][*†‡]+[ ]?(?=[^\W\d_])")
_EDGES = " \t\n-*•·●▪◦†‡+:;,.=~_®™>\"#"
# The comma of "1,2-Hexanediol" and of "0,5 %" stands between figures; that of "CI 77491,77492" between longer numbers.
_LONG_NUMBER = 4


@dataclass(frozen=True)
class Piece:
    """Where a piece stands in the text, and the percentage written beside it. `wrapped`: a bare line break before it."""

    start: int
    end: int
    percent: Optional[float] = None
    wrapped: bool = False


def split(text: str, unit: Unit, inside: List[bool]) -> List[Piece]:
    """Return the pieces of a unit in order, without bullets, numbers, footnote signs and percentages at their edges."""
    found: List[Piece] = []
    start = unit.start
    for cut_start, cut_end in [*_cuts(text, unit, inside), (unit.end, unit.end)]:
        if cut_start >= start:
            piece = clean(text, start, cut_start)
            if piece:
                found.append(piece)
            start = cut_end
    return found


def _cuts(text: str, unit: Unit, inside: List[bool]) -> List[Tuple[int, int]]:
    stretch = text[unit.start : unit.end]
    cuts = [(unit.start + m.start(), unit.start + m.end()) for m in _AND.finditer(stretch)]
    cuts += [
        (unit.start + m.start(), unit.start + m.end())
        for m in _DASH.finditer(stretch)
        if not inside[unit.start + m.start()]
    ]
    for place in range(unit.start, unit.end):
        if text[place] in _SEPARATORS and not inside[place] and not _between_figures(text, place):
            cuts.append((place, place + 1))
    return sorted(cuts)


def _between_figures(text: str, place: int) -> bool:
    before, after = text[max(0, place - _LONG_NUMBER) : place], text[place + 1 : place + 1 + _LONG_NUMBER]
    if not (before[-1:].isdigit() and after[:1].isdigit()):
        return False
    return not (len(before) == len(after) == _LONG_NUMBER and before.isdigit() and after.isdigit())


def clean(text: str, start: int, end: int) -> Optional[Piece]:
    """Return the piece between two places without what is not its name, or None where no letter is left."""
    numbered = _NUMBERED.match(text[start:end])
    start += numbered.end() if numbered else 0
    note = _FOOTNOTE.search(text, start + 1, end)
    if note and text[start : note.start()].strip(_EDGES):
        end = note.start()
    start, end, percent = _without_percent(text, start, end)
    start, end = _trim(text, start, end)
    if not any(character.isalpha() for character in text[start:end]):
        return None
    return Piece(start, end, percent)


def _trim(text: str, start: int, end: int) -> Tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    inner = text[start:end]
    if inner[:1] in "([{" and inner.count("(") + inner.count("[") + inner.count("{") > _closing(inner):
        return _trim(text, start + 1, end) if len(inner) > 1 else (start, start)
    if inner[-1:] in ")]}" and _closing(inner) > inner.count("(") + inner.count("[") + inner.count("{"):
        return _trim(text, start, end - 1) if len(inner) > 1 else (start, start)
    return start, end


def _closing(inner: str) -> int:
    return inner.count(")") + inner.count("]") + inner.count("}")


def _without_percent(text: str, start: int, end: int) -> Tuple[int, int, Optional[float]]:
    """Keep the longer side of a percentage: the name stands before it (`Zinc Oxide 9% (non-nano)`) or after it."""
    match = _PERCENT.search(text, start, end)
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
    words = key(written).split()
    small = lexicon.reading.sentence_words_in_names
    return (
        len(words) > MOST_NAME_WORDS
        or any(word in lexicon.reading.sentence_words and word not in small for word in words)
        or sum(word in small for word in words) >= SENTENCE_SMALL_WORDS
    )


def group_inside(text: str, piece: Piece, lexicon: Lexicon) -> Iterator[Piece]:
    """Yield the pieces of the bracket of a group: `Oil blend (Coconut Oil, Olive Oil)`; none where it holds one name."""
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
    return replace(piece, wrapped=True)
