"""Splits a unit of text into pieces, each of which may be the name of an ingredient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import LONGEST_REMEMBERED, REMEMBERED
from assistant.ingredients.units import Text, Unit
from assistant.ingredients.written import Name, name_of

MOST_PERCENT = 100

_SEPARATOR = re.compile(r"[,;•·●▪◦‧∙|，、；\t]")
_ANY_BRACKET = re.compile(r"[()\[\]{}]")
_LETTER = re.compile(r"[^\W\d_]")
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,4})?)[ ]?%")
_ASIDE = re.compile(r"(?:^|[ ])w/[wv]\b|\(\s*\)", re.IGNORECASE)
# A full stop with a name before it and a letter behind it; one or two letters before it are an abbreviation ("St.").
_INNER_STOP = re.compile(r"(?<=[^\W_)\]])(?<!\b[^\W\d_])(?<!\b[^\W\d_]{2}) ?\.(?=[^\W\d_])")
# A number and an "and" before a name.
_LEADING = re.compile(r"\s*(?:\d{1,2}[.)]\s+)?(?:(?:and|&)\s)?", re.IGNORECASE)
_AND = re.compile(r"\((?:and|et|und)\)|\[and\]|\[ ?\]", re.IGNORECASE)
_DASH = re.compile(r"[ ]-[ ](?!\d)|^[ ]?-(?=\S)|(?<=%)[ ]-(?=\S)")
_NEXT_NAME = re.compile(r"[ ]{0,2}[^\W\d_]")
_FOOTNOTE = re.compile(r"[ ][*†‡]+[ ]?(?=[^\W\d_])")
# Most names begin with a letter, end with a letter or figure, and hold no sign of a footnote or percentage: nothing is
# to be taken off them but the spaces around.
_PLAIN = re.compile(r"\s*(?!(?i:and)\s)([^\W\d_](?:[^*†‡%]*[^\W_])?)\s*")
_EDGES = ' \t\n-*•·●▪◦†‡+:;,.=~_®™>"#'
# "1, 2-Hexanediol": a space may follow the comma between two single figures before a hyphen.
_LOCANT = re.compile(r"(?:^|(?<=[,;•·|\n(])|(?<=[,;•·|:] ))[1-9], ?[1-9]-[a-z]", re.IGNORECASE)
# The comma of "1,2-Hexanediol" and of "0,5 %" stands between figures; that of "CI 77491,77492" between longer numbers.
_LONG_NUMBER = 4


class Piece(NamedTuple):
    """Where a piece stands in the text, what is known of it as a name, and the percentage beside it.

    `loose`: it follows another piece's percentage with nothing between.
    """

    start: int
    end: int
    name: Name
    percent: float | None = None
    loose: bool = False


def split(text: Text, unit: Unit, lexicon: Lexicon) -> list[Piece]:
    """Return the pieces of a unit in order, without bullets, numbers, footnote signs and percentages at their edges."""
    written = text.written
    found: list[Piece] = []
    start = unit.start
    stops = written.find(".", unit.start, unit.end - 1) >= 0
    cuts = _cuts(text, unit)
    cuts.append((unit.end, unit.end))
    for cut_start, cut_end in cuts:
        if cut_start >= start:
            piece = clean(written, start, cut_start, lexicon)
            parted = _by_full_stops(written, piece, lexicon) if piece and stops else []
            if parted:
                found.extend(parted)
            elif piece:
                found.append(piece)
                if piece.percent is not None:
                    found.extend(_what_follows(written, piece, cut_start, lexicon))
            start = cut_end
    return found


def _by_full_stops(text: str, piece: Piece, lexicon: Lexicon) -> list[Piece]:
    """The names of `Sea Salt.Squalane.Talc`; none where the piece is a name, or half of them look like none."""
    if piece.name.ingredient or text.find(".", piece.start, piece.end) < 0:
        return []
    parts: list[Piece] = []
    start = piece.start
    for stop in [*_INNER_STOP.finditer(text, piece.start, piece.end), None]:
        end = stop.start() if stop else piece.end
        part = clean(text, start, end, lexicon)
        parts += [part] if part else []
        start = stop.end() if stop else end
    likely = sum(part.name.likely and not part.name.prose for part in parts)
    cut_short = any(part.name.rest for part in parts)
    return parts if len(parts) > 1 and 2 * likely >= len(parts) and not cut_short else []


def _what_follows(text: str, piece: Piece, end: int, lexicon: Lexicon) -> Iterator[Piece]:
    """Yield the second name of `Petrolatum 40.2% Beeswax`, of which `piece` is the first."""
    percent = _PERCENT.search(text, piece.end, end)
    if percent and _NEXT_NAME.match(text, percent.end(), end):
        rest = clean(text, percent.end(), end, lexicon)
        if rest:
            yield rest._replace(loose=True)


def _cuts(text: Text, unit: Unit) -> list[tuple[int, int]]:
    """The places that part names: signs and dashes outside of brackets, "(and)", and brackets that hold nothing."""
    written = text.written
    cuts = [
        (match.start(), match.end())
        for match in _SEPARATOR.finditer(text.flat, unit.start, unit.end)
        if not (written[match.start() - 1].isdigit() and _between_figures(written, match.start()))
    ]
    flat, stretch = text.flat[unit.start : unit.end], written[unit.start : unit.end]
    others: list[re.Match[str]] = []
    if "(" in stretch or "[" in stretch:
        others += _AND.finditer(stretch)
    if " -" in flat or flat.startswith("-"):
        others += _DASH.finditer(flat)
    if not others:
        return cuts
    return sorted([*cuts, *((unit.start + match.start(), unit.start + match.end()) for match in others)])


def _between_figures(text: str, place: int) -> bool:
    """Whether the sign after a figure parts figures of one name, as in `1,2-Hexanediol`."""
    if not (text[place + 1 : place + 2].isdigit() or text.startswith(" ", place + 1)):
        return False
    before, after = text[max(0, place - _LONG_NUMBER) : place], text[place + 1 : place + 1 + _LONG_NUMBER]
    if _LOCANT.match(text, max(0, place - 1), place + 6):
        return True
    if not (before[-1:].isdigit() and after[:1].isdigit()):
        return False
    return not (len(before) == len(after) == _LONG_NUMBER and before.isdigit() and after.isdigit())


def clean(text: str, start: int, end: int, lexicon: Lexicon) -> Piece | None:
    """Return the piece between two places without what is not its name, or None where no letter is left."""
    stretch = text[start:end]
    if len(stretch) <= LONGEST_REMEMBERED and "%" not in stretch:
        bare = _bare(stretch, lexicon)
        return Piece(start + bare[0], start + bare[1], bare[2]) if bare else None
    first, last = _without_marks(stretch)
    return _within(text, start + first, start + last, lexicon)


@lru_cache(maxsize=REMEMBERED)
def _bare(stretch: str, lexicon: Lexicon) -> tuple[int, int, Name] | None:
    """Where the name in a stretch without a percentage stands, and what is known of it."""
    plain = _PLAIN.fullmatch(stretch)
    if plain:
        return plain.start(1), plain.end(1), name_of(plain.group(1), lexicon)
    piece = _within(stretch, *_without_marks(stretch), lexicon)
    return (piece.start, piece.end, piece.name) if piece else None


def _without_marks(stretch: str) -> tuple[int, int]:
    """Leave out a number or an "and" before a name, and a footnote behind it."""
    leading = _LEADING.match(stretch)
    start, end = leading.end() if leading else 0, len(stretch)
    note = _FOOTNOTE.search(stretch, start + 1)
    if note and stretch[start : note.start()].strip(_EDGES):
        end = note.start()
    return start, end


def _within(text: str, start: int, end: int, lexicon: Lexicon) -> Piece | None:
    start, end, percent = _without_percent(text, start, end)
    start, end = _trim(text, start, end)
    if not _LETTER.search(text, start, end):
        return None
    return Piece(start, end, name_of(text[start:end], lexicon), percent)


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


def group_inside(text: str, piece: Piece, lexicon: Lexicon) -> Iterator[Piece]:
    """Yield the names in the bracket of a group, `Oil blend (Coconut Oil, Olive Oil)`; none where it holds one."""
    opened = text.find("(", piece.start, piece.end)
    closed = text.rfind(")", piece.start, piece.end)
    if opened < 0 or closed < opened or "," not in text[opened:closed]:
        return
    start = opened + 1
    for place in [*(p for p in range(start, closed) if text[p] in ",;"), closed]:
        inner = clean(text, start, place, lexicon)
        start = place + 1
        if inner:
            yield inner
