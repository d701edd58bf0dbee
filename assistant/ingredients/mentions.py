"""Finds what a question is about: the ingredients and the kinds of product that it names in running text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import LONGEST_REMEMBERED, REMEMBERED, key, lowered, words_of
from assistant.ingredients.photographed import SHORTEST_MISREAD
from assistant.ingredients.recognise import look_up
from assistant.ingredients.schema import Ingredient, ProductType
from assistant.ingredients.spelling import closest

# In running text shorter words are not corrected: "retail" would be retinal and "minor oil" mineral oil.
SHORTEST_CORRECTED = 8
# Two words are corrected together ("coconut oill"); more make chance hits.
MOST_CORRECTED_WORDS = 2

_WORD = re.compile(r"[^\W_]+(?:[-'/.,&][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?\n;](?=\s|$)")


class _Word(NamedTuple):
    """A word of running text; `stops`: a sentence ends behind it."""

    start: int
    end: int
    key: str
    stops: bool


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
    words = _words(text)
    keys = {word.key for word in words}
    misread = {written: printed for written in keys if (printed := _as_printed(written, lexicon)) != written}
    if misread:
        words = [word._replace(key=misread.get(word.key, word.key)) for word in words]
        keys = {word.key for word in words}
    begins = {word_key for word_key in keys if _may_begin(word_key, lexicon)}
    absent = _absent(text, lexicon)
    found: list[Mention] = []
    place, denied_to = 0, -1
    while place < len(words):
        if words[place].key not in begins:
            place += 1
            continue
        mention, length = _at(text, words, place, bool(misread), lexicon)
        if mention and _denied(text, words, place, denied_to):
            denied_to = place + length
        elif mention and not _is_absent(mention, absent) and not _followed_by_free(text, mention):
            found.append(mention)
        place += length
    return _once(_without_everyday(found, text, lexicon))


def find_product_types(text: str, lexicon: Lexicon, textures: bool = False) -> list[ProductType]:
    """Return the kinds of product that a text names, each once, the longer name first ("cleansing balm" is no balm).

    `textures`: a texture alone ("gel") names one too, as it does where two are compared.
    """
    found: dict[str, ProductType] = {}
    for _, _, product in places_of_product_types(text, lexicon, textures):
        found.setdefault(product.id, product)
    return list(found.values())


def places_of_product_types(text: str, lexicon: Lexicon, textures: bool = False) -> list[tuple[int, int, ProductType]]:
    """Return what `find_product_types` does, each time that it is named, with its places among the words of `key`."""
    words = key(text).split()
    phrases, firsts, longest = _phrases(lexicon, textures)
    found: list[tuple[int, int, ProductType]] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place) if words[place] in firsts else 0, 0, -1):
            product = phrases.get(" ".join(words[place : place + length]))
            if product:
                found.append((place, place + length, product))
                place += length - 1
                break
        place += 1
    return found


def _words(text: str) -> list[_Word]:
    matches = list(_WORD.finditer(text))
    starts = [*(match.start() for match in matches[1:]), len(text)][: len(matches)]
    return [
        _Word(match.start(), match.end(), key(match.group()), _stops(text, match.end(), start))
        for match, start in zip(matches, starts, strict=True)
    ]


def _as_printed(name: str, lexicon: Lexicon) -> str:
    """What a word is where a camera misread it; a short one only with a figure in it: somebody's "sis" is no SLS."""
    return " ".join(
        lexicon.as_printed(word) if len(word) >= SHORTEST_MISREAD or not word.isalpha() else word
        for word in name.split()
    )


def _stops(text: str, end: int, start: int) -> bool:
    """Whether a sentence ends between two words; a space alone ends none."""
    return text[end:start] != " " and _SENTENCE.search(text, end, start) is not None


def _longest(words: list[_Word], place: int, lexicon: Lexicon) -> int:
    """How many words a name that begins at a word can have: none goes over the end of a sentence."""
    so_far: list[str] = []
    most = letters = 0
    for length, word in enumerate(words[place : place + lexicon.longest], start=1):
        so_far += (part for part in word.key.split() if part not in lexicon.left_out)
        letters += len(word.key) + 1
        may_be_a_slip = length <= MOST_CORRECTED_WORDS and letters > SHORTEST_CORRECTED
        if not may_be_a_slip and " ".join(so_far) not in lexicon.beginnings:
            break
        most = length
        if word.stops:
            break
    return most


def _may_begin(word_key: str, lexicon: Lexicon) -> bool:
    """Whether any name, or a slip of one, begins with a word."""
    if not word_key or len(word_key) >= SHORTEST_CORRECTED:
        return bool(word_key)
    return " ".join(part for part in word_key.split() if part not in lexicon.left_out) in lexicon.beginnings


def _at(text: str, words: list[_Word], place: int, misread: bool, lexicon: Lexicon) -> tuple[Mention | None, int]:
    """The longest name that begins at a word, and how many words to go on by; `misread`: a word of the text is."""
    for length in range(_longest(words, place, lexicon), 0, -1):
        start, end = words[place].start, words[place + length - 1].end
        if end - start > LONGEST_REMEMBERED:
            continue
        name = key(text[start:end])
        found, exact = _named(name, length, lexicon)
        if not found and misread:
            printed = " ".join(word.key for word in words[place : place + length])
            found = _exactly(printed, lexicon)
        elif exact and length > 1 and _may_cut(name, lexicon) and _cuts_a_name(words, place, length, lexicon):
            continue
        if found:
            made_from = _made_from(text, words, place, length, lexicon)
            as_group = found is lexicon.groups.get(name)
            return (None if made_from else Mention(found, start, end, exact, as_group)), length
    return None, 1


@lru_cache(maxsize=REMEMBERED)
def _may_cut(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is another one and the beginning of a third: `lanolin cera`."""
    words = name.split()
    return any(
        " ".join(words[length:]) in lexicon.beginnings and _exactly(" ".join(words[:length]), lexicon)
        for length in range(1, len(words))
    )


def _cuts_a_name(words: list[_Word], place: int, length: int, lexicon: Lexicon) -> bool:
    """Whether a name of so many words takes the next one's first: `lanolin cera` of `lanolin cera alba`."""
    behind: list[str] = []
    for number, word in enumerate(words[place : place + length + lexicon.longest], start=1):
        behind.append(word.key)
        if word.stops and number >= length:
            break
    return _cuts(tuple(behind), length, lexicon)


@lru_cache(maxsize=REMEMBERED)
def _cuts(words: tuple[str, ...], length: int, lexicon: Lexicon) -> bool:
    """Whether a shorter name leaves one that ends behind the first `length` words, where else none goes on."""
    shorter = next((n for n in range(length - 1, 0, -1) if _exactly(" ".join(words[:n]), lexicon)), 0)
    if not shorter or _begins_with_name(words[length:], 1, lexicon):
        return False
    return _begins_with_name(words[shorter:], length - shorter + 1, lexicon)


def _begins_with_name(words: tuple[str, ...], fewest: int, lexicon: Lexicon) -> bool:
    """Whether words begin with a name of so many of them or more."""
    most = min(len(words), lexicon.longest)
    return any(_exactly(" ".join(words[:length]), lexicon) for length in range(fewest, most + 1))


def _exactly(name: str, lexicon: Lexicon) -> Ingredient | None:
    """What a name means in a question, with no correction of its spelling."""
    return lexicon.groups.get(name) or lexicon.asked.get(name) or look_up(name, lexicon)


@lru_cache(maxsize=REMEMBERED)
def _named(name: str, length: int, lexicon: Lexicon) -> tuple[Ingredient | None, bool]:
    """What a name of so many words means in a question, and whether it is written so."""
    found = _exactly(name, lexicon)
    return (found, True) if found else (_corrected(name, length, lexicon), False)


def _corrected(name: str, length: int, lexicon: Lexicon) -> Ingredient | None:
    if length > MOST_CORRECTED_WORDS or len(name) < SHORTEST_CORRECTED:
        return None
    if any(word in lexicon.reading.sentence_words for word in name.split()):
        return None
    return closest(name, lexicon)


def _made_from(text: str, words: list[_Word], place: int, length: int, lexicon: Lexicon) -> bool:
    """Whether the words around a name make another thing of it: `hydrogenated X`, `X crosspolymer`."""
    last = words[place + length - 1]
    before = words[place - 1].key.split()[:1] if place else []
    after = words[place + length].key.split()[:1] if place + length < len(words) else []
    if place and text[words[place - 1].end : words[place].start].strip(" -"):
        before = []
    if after and text[last.end : words[place + length].start].strip(" -"):
        after = []
    reading = lexicon.reading
    return bool(reading.made_from_before.intersection(before) or reading.made_from_after.intersection(after))


def _absent(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The stretches that tell what is not in a product, from "without" to the end of the sentence or a "but"."""
    lacks, contrast = words_of(lexicon.reading.free_from), words_of(lexicon.reading.contrast)
    text = lowered(text)
    if not lacks.may_be_in(text):
        return []
    stretches: list[tuple[int, int]] = []
    match = lacks.pattern.search(text)
    while match:
        sentence = _SENTENCE.search(text, match.end())
        end = sentence.start() if sentence else len(text)
        turn = contrast.pattern.search(text, match.end(), end)
        stretches.append((match.start(), turn.start() if turn else end))
        match = lacks.pattern.search(text, stretches[-1][1])
    return stretches


def _denied(text: str, words: list[_Word], place: int, denied_to: int) -> bool:
    """Whether a "no" stands before a name, or an "or" after one that was denied, which ended at `denied_to`."""
    before = words[place - 1].key if place else ""
    if not (before == "no" or (before in ("or", "nor") and place - 1 == denied_to)):
        return False
    return text[words[place - 1].end : words[place].start] == " "


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
def _phrases(lexicon: Lexicon, textures: bool) -> tuple[dict[str, ProductType], frozenset[str], int]:
    """The kinds of product by the keys of their phrases, the phrases' first words, and the most words of one."""
    kinds = (*lexicon.product_types, *lexicon.textures) if textures else lexicon.product_types
    phrases = {key(phrase): item for item in kinds for phrase in item.phrases}
    return phrases, frozenset(phrase.split()[0] for phrase in phrases), max(len(phrase.split()) for phrase in phrases)
