"""What there is to know of one piece of a label by itself, found once for all the times that it is written."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import LONGEST_REMEMBERED, REMEMBERED, key
from assistant.ingredients.recognise import is_chemical, recognise_exactly
from assistant.ingredients.schema import Ingredient

# Longer stretches of words are sentences: 99 in 100 names of CosIng have at most twelve words.
MOST_NAME_WORDS = 12
# Of the small words that names may hold too ("of", "and", "with"), so many make a sentence.
SENTENCE_SMALL_WORDS = 3


class Name(NamedTuple):
    """A piece that may be a name.

    `words` are those of its key, `ingredient` what the whole of it names exactly. `prose`: it is no such name and part
    of a sentence. `likely`: it is such a name or holds a word of labels. `absent`: it says that something is not in the
    product ("no parabens"). `rest`: it is no name but the end of one ("Crosspolymer", "Fruit Extract").
    """

    words: list[str]
    ingredient: Ingredient | None
    prose: bool
    likely: bool
    absent: bool
    rest: bool


def name_of(written: str, lexicon: Lexicon) -> Name:
    """Return what there is to know of a piece."""
    return _name_of(written, lexicon) if len(written) <= LONGEST_REMEMBERED else _read(written, lexicon)


def is_sentence(words: list[str], lexicon: Lexicon) -> bool:
    """Return whether the words of a key, which is no known name, are part of a sentence."""
    if not words or len(words) > MOST_NAME_WORDS or not lexicon.prose_words.isdisjoint(words):
        return True
    small = lexicon.reading.sentence_words_in_names
    if small.isdisjoint(words):
        return False
    begins_small = len(words[0]) > 1 and words[0] in small
    return begins_small or sum(word in small for word in words) >= min(SENTENCE_SMALL_WORDS, len(words))


@lru_cache(maxsize=REMEMBERED)
def _name_of(written: str, lexicon: Lexicon) -> Name:
    return _read(written, lexicon)


def _read(written: str, lexicon: Lexicon) -> Name:
    words = key(written).split()
    ingredient = recognise_exactly(written, lexicon)
    return Name(
        words=words,
        ingredient=ingredient,
        prose=ingredient is None and is_sentence(words, lexicon),
        likely=ingredient is not None or any(is_chemical(word, lexicon) for word in words),
        absent=words[:1] == ["no"] or words[-1:] == ["free"],
        rest=ingredient is None and _is_rest(words, lexicon),
    )


def _is_rest(words: list[str], lexicon: Lexicon) -> bool:
    reading = lexicon.reading
    return (
        bool(words)
        and words[-1] in reading.rests
        and all(word in reading.rests or word in reading.before_rests or word.isdigit() for word in words)
    )
