"""Tells whether a question sets two ingredients, or two kinds of product, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.ingredients.lexicon import Lexicon, load_lexicon
from assistant.ingredients.mentions import Mention, find_ingredients, places_of_product_types
from assistant.ingredients.names import key, lowered, words_of
from assistant.text import normalise

# Of two names that are compared, so many words at most stand between ("better for milia than").
LONGEST_GAP = 6
# "Gel or cream?": in so few words it is plain that one is to be chosen.
SHORT = 5


def compares(text: str) -> bool:
    """Return whether a question compares ingredients or kinds of product by what they have to do with milia.

    Two that both prevent ("adapalene or tretinoin") are compared by other things, of which the guide tells.
    """
    text, lexicon = normalise(text), load_lexicon()
    mentions = find_ingredients(text, lexicon)
    if compares_ingredients(text, mentions, lexicon):
        return any(mention.ingredient.relation != "preventive" for mention in mentions)
    return compares_types(text, lexicon)


def compares_ingredients(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Return whether two of the ingredients that a text mentions are compared."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    return any(_is_between(key(text[first.end : second.start]), text, lexicon) for first, second in pairwise(ordered))


def compares_types(text: str, lexicon: Lexicon) -> bool:
    """Return whether two kinds of product, or textures, are compared in a text."""
    words = key(text).split()
    chooses = len(words) <= SHORT or words_of(lexicon.reading.comparing["anywhere"]).search(" ".join(words))
    if not chooses:
        return False
    places = places_of_product_types(text, lexicon, textures=True)
    return any(
        first[2].id != second[2].id and _is_between(" ".join(words[first[1] : second[0]]), text, lexicon)
        for first, second in pairwise(places)
    )


def _is_between(gap: str, text: str, lexicon: Lexicon) -> bool:
    if len(gap.split()) > LONGEST_GAP:
        return False
    comparing = lexicon.reading.comparing
    if words_of(comparing["between"]).search(gap):
        return True
    return gap == "and" and words_of(comparing["anywhere"]).search(lowered(text)) is not None
