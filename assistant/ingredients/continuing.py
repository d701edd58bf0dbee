"""Tells whether a message goes on with the list that was sent before it, and joins both to one."""

from __future__ import annotations

import re

from assistant.ingredients.label import SHORTEST_LIST, lists_names
from assistant.ingredients.lexicon import Lexicon, load_lexicon
from assistant.ingredients.names import key
from assistant.ingredients.recognise import are_chemical, recognise
from assistant.ingredients.units import mask_tags
from assistant.ingredients.written import name_of
from assistant.text import normalise

# What a visitor may paste in one message (assistant/channels): both parts together are one label, no longer than that.
LONGEST = 8_000
# The words before the names of a rest ("sorry, here is the rest of it:") take no more than this.
LONGEST_OPENING = 80
# A rest may be as short as one name; half of its names must be known or look like those of labels.
LIKE_NAMES = 0.5

_OPEN_END = re.compile(r"[,;/&(\[-]\s*$|\b(?:and|et|und)\s*$", re.IGNORECASE)
_SPLIT = re.compile(r"[,;\n•·|]")
_WORDLESS = re.compile(r"[^\w]+")


def continues(earlier: str, text: str) -> bool:
    """Return whether `text` is the rest of the list in `earlier`.

    So it is where it says so ("here is the rest: ..."), where the earlier text ends in the middle of a list, and where
    it is a list without a head or a title, does not begin as lists do, repeats no name, and the earlier one did not end
    as lists do.
    """
    lexicon = load_lexicon()
    earlier, text = normalise(earlier), normalise(text)
    if len(earlier) + len(text) + 1 > LONGEST:
        return False
    opening, rest = _opening(text, lexicon)
    if opening == "another":
        return False
    names, is_list = _names(rest), lists_names(mask_tags(rest), lexicon)
    # "Retinol?" asks about retinol.
    if not _are_names(names, lexicon) or ("?" in rest and not is_list):
        return False
    if opening == "rest":
        return True
    if _has_head(rest, lexicon) or _begins_a_list(names[0], lexicon):
        return False
    if _OPEN_END.search(earlier):
        return True
    before = _names(earlier)
    repeated = {key(name) for name in before} & {key(name) for name in names}
    return is_list and not repeated and not _ends_a_list(earlier, before, lexicon)


def joined(earlier: str, text: str) -> tuple[str, int]:
    """Return both parts of a list as one text, without the words that open the second, and where in it that begins."""
    before = f"{earlier.rstrip()}\n"
    return before + _opening(normalise(text), load_lexicon())[1].lstrip(), len(before)


def _opening(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return what the words before the names say ("rest", "another" or ""), and the text behind them."""
    head = text[:LONGEST_OPENING].lower()
    for kind, phrases in lexicon.reading.openings.items():
        for phrase in sorted(phrases, key=len, reverse=True):
            place = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", head)
            if place and not _SPLIT.search(head[: place.start()].replace("\n", " ").replace(",", " ", 1)):
                end = re.compile(r"[^,;\n:]{0,40}[:\n]").match(text, place.end())
                return kind, text[end.end() if end else place.end() :].lstrip(" ,.:;-")
    return "", text


def _names(text: str) -> list[str]:
    return [piece.strip(" .*-") for piece in _SPLIT.split(mask_tags(text)) if _WORDLESS.sub("", piece)]


def _are_names(names: list[str], lexicon: Lexicon) -> bool:
    like = sum(bool(recognise(name, lexicon)) or _looks_chemical(name, lexicon) for name in names)
    if not names or like < LIKE_NAMES * len(names):
        return False
    # A name that is not known may begin a list of several, but no sentence may.
    return _is_name(names[0], lexicon) or (len(names) >= SHORTEST_LIST and not name_of(names[0], lexicon).prose)


def _is_name(name: str, lexicon: Lexicon) -> bool:
    return bool(recognise(name, lexicon)) or _looks_chemical(name, lexicon)


def _looks_chemical(name: str, lexicon: Lexicon) -> bool:
    words = key(name).split()
    if not lexicon.prose_words.isdisjoint(words):
        return False
    return are_chemical(words, lexicon)


def _has_head(text: str, lexicon: Lexicon) -> bool:
    """Whether the list stands behind a mark of its own or a title."""
    lowered = text.lower()
    marks = lexicon.reading.marks
    heads = (*marks["ingredients"], *marks["active"], *marks["inactive"])
    first = re.split(r"[,;]", lowered, maxsplit=1)[0]
    return any(f"{head}:" in lowered for head in heads) or ":" in first or "\n" in first.strip()


def _begins_a_list(name: str, lexicon: Lexicon) -> bool:
    return any(found.ingredient.inci in lexicon.reading.begins_a_list for found in recognise(name, lexicon))


def _ends_a_list(text: str, names: list[str], lexicon: Lexicon) -> bool:
    """Whether a list is over: a full stop, or one of the names that stand last, as perfume and colors do."""
    if text.endswith(".") or not names:
        return True
    found = recognise(names[-1], lexicon)
    reading = lexicon.reading
    return any(
        item.ingredient.inci in reading.ends_a_list or item.ingredient.family in reading.ending_families
        for item in found
    )
