"""Finds what a question is about: the ingredients and the kinds of product that it names in running text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import key, words_pattern
from assistant.ingredients.recognise import look_up
from assistant.ingredients.schema import Ingredient, ProductType
from assistant.ingredients.spelling import closest

# In running text shorter words are not corrected: "retail" would be retinal and "minor oil" mineral oil.
SHORTEST_CORRECTED = 8
# Two words are corrected together ("coconut oill"); more make chance hits.
MOST_CORRECTED_WORDS = 2

_WORD = re.compile(r"[^\W_]+(?:[-'/.,&][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?\n;](?=\s|$)")


@dataclass(frozen=True)
class Mention:
    """An ingredient named in running text, and where. `as_group`: only its kind was named ("silicones")."""

    ingredient: Ingredient
    start: int
    end: int
    exact: bool
    as_group: bool = False


def find_ingredients(text: str, lexicon: Lexicon) -> list[Mention]:
    """Return the ingredients that a text names, each once and in order, without those that it says it lacks."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    absent = _absent(text, lexicon)
    found: list[Mention] = []
    place = 0
    while place < len(words):
        mention, length = _at(text, words, place, lexicon)
        if mention and not _is_absent(mention, absent) and not _followed_by_free(text, mention):
            found.append(mention)
        place += length
    return _once(_without_everyday(found, text, lexicon))


def find_product_types(text: str, lexicon: Lexicon) -> list[ProductType]:
    """Return the kinds of product that a text names, each once, the longer name first ("cleansing balm" is no balm)."""
    words = key(text).split()
    phrases, longest = _phrases(lexicon)
    found: dict[str, ProductType] = {}
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            product = phrases.get(" ".join(words[place : place + length]))
            if product:
                found.setdefault(product.id, product)
                place += length - 1
                break
        place += 1
    return list(found.values())


def _at(text: str, words: list[tuple[int, int]], place: int, lexicon: Lexicon) -> tuple[Mention | None, int]:
    """The longest name that begins at a word, and how many words to go on by."""
    for length in range(min(lexicon.longest, len(words) - place), 0, -1):
        start, end = words[place][0], words[place + length - 1][1]
        written = text[start:end]
        if _SENTENCE.search(written):
            continue
        name = key(written)
        group = lexicon.groups.get(name)
        found = group or lexicon.asked.get(name) or look_up(name, lexicon)
        exact = found is not None
        found = found or _corrected(name, length, lexicon)
        if found:
            made_from = _made_from(text, words, place, length, lexicon)
            return (None if made_from else Mention(found, start, end, exact, bool(group))), length
    return None, 1


def _corrected(name: str, length: int, lexicon: Lexicon) -> Ingredient | None:
    if length > MOST_CORRECTED_WORDS or len(name) < SHORTEST_CORRECTED:
        return None
    if any(word in lexicon.reading.sentence_words for word in name.split()):
        return None
    return closest(name, lexicon)


def _made_from(text: str, words: list[tuple[int, int]], place: int, length: int, lexicon: Lexicon) -> bool:
    """Whether the words around a name make another thing of it: `hydrogenated X`, `X crosspolymer`."""
    before = key(text[slice(*words[place - 1])]).split()[:1] if place else []
    after = key(text[slice(*words[place + length])]).split()[:1] if place + length < len(words) else []
    if place and text[words[place - 1][1] : words[place][0]].strip(" -"):
        before = []
    if after and text[words[place + length - 1][1] : words[place + length][0]].strip(" -"):
        after = []
    reading = lexicon.reading
    return bool(reading.made_from_before.intersection(before) or reading.made_from_after.intersection(after))


def _absent(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The stretches that tell what is not in a product, from "without" to the end of the sentence or a "but"."""
    lacks, contrast = words_pattern(lexicon.reading.free_from), words_pattern(lexicon.reading.contrast)
    stretches: list[tuple[int, int]] = []
    match = lacks.search(text)
    while match:
        sentence = _SENTENCE.search(text, match.end())
        end = sentence.start() if sentence else len(text)
        turn = contrast.search(text, match.end(), end)
        stretches.append((match.start(), turn.start() if turn else end))
        match = lacks.search(text, stretches[-1][1])
    return stretches


def _is_absent(mention: Mention, absent: list[tuple[int, int]]) -> bool:
    place = bisect_right(absent, mention.start, key=lambda stretch: stretch[0]) - 1
    return place >= 0 and mention.start < absent[place][1]


def _followed_by_free(text: str, mention: Mention) -> bool:
    return key(text[mention.end : mention.end + len("-free ")]).split()[:1] == ["free"]


def _without_everyday(found: list[Mention], text: str, lexicon: Lexicon) -> list[Mention]:
    reading = lexicon.reading
    telling = [item for item in found if key(text[item.start : item.end]) not in reading.everyday]
    if telling:
        return telling
    return [item for item in found if key(text[item.start : item.end]) in reading.everyday_if_alone]


def _once(found: list[Mention]) -> list[Mention]:
    by_inci: dict[str, Mention] = {}
    for item in found:
        by_inci.setdefault(item.ingredient.inci, item)
    return list(by_inci.values())


@cache
def _phrases_of(products: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {key(phrase): name for name, phrases in products for phrase in phrases}


def _phrases(lexicon: Lexicon) -> tuple[dict[str, ProductType], int]:
    names = _phrases_of(tuple((item.id, tuple(item.phrases)) for item in lexicon.product_types))
    by_id = {item.id: item for item in lexicon.product_types}
    return {phrase: by_id[name] for phrase, name in names.items()}, max(len(phrase.split()) for phrase in names)
