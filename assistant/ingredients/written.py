"""What there is to know of one piece of a label by itself, found once for all the times that it is written."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import LONGEST_REMEMBERED, REMEMBERED, key
from assistant.ingredients.photographed import SHORTEST_MISREAD, outline
from assistant.ingredients.recognise import are_chemical, has_brackets, look_up, recognise_exactly
from assistant.ingredients.schema import Ingredient
from assistant.ingredients.spelling import LONGEST_NAME

# Longer stretches of words are sentences: 99 in 100 names of CosIng have at most twelve words.
MOST_NAME_WORDS = 12
# Of the small words that names may hold too ("of", "and", "with"), so many make a sentence.
SENTENCE_SMALL_WORDS = 3


class Name(NamedTuple):
    """A piece that may be a name.

    `words` are those of its `key`, `ingredient` what the whole of it names exactly. `prose`: it is no such name and
    part of a sentence. `chemical`: it holds a word of labels. `absent`: it says that something is not in the product
    ("no parabens"). `rest`: it is no name but the end of one ("Crosspolymer", "Fruit Extract").
    """

    key: str
    words: list[str]
    ingredient: Ingredient | None
    prose: bool
    chemical: bool
    absent: bool
    rest: bool

    @property
    def likely(self) -> bool:
        """Whether it is a name or looks like one."""
        return self.ingredient is not None or self.chemical


def name_of(written: str, lexicon: Lexicon) -> Name:
    """Return what there is to know of a piece."""
    if len(written) > LONGEST_REMEMBERED:
        return _described(key(written), recognise_exactly(written, lexicon), lexicon)
    # What brackets hold may be left out of a name; without any, all that a name means is in its key.
    return _bracketed(written, lexicon) if has_brackets(written) else name_of_key(key(written), lexicon)


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
def _bracketed(written: str, lexicon: Lexicon) -> Name:
    return _described(key(written), recognise_exactly(written, lexicon), lexicon)


@lru_cache(maxsize=REMEMBERED)
def name_of_key(name_key: str, lexicon: Lexicon) -> Name:
    """Return what there is to know of a key, which is remembered: that of a short piece (LONGEST_REMEMBERED)."""
    return _described(name_key, look_up(name_key, lexicon), lexicon)


def _described(name_key: str, ingredient: Ingredient | None, lexicon: Lexicon) -> Name:
    words = name_key.split()
    return Name(
        name_key,
        words,
        ingredient,
        prose=ingredient is None and is_sentence(words, lexicon),
        chemical=are_chemical(words, lexicon) or _is_misread(name_key, lexicon),
        absent=name_key == "no" or name_key.startswith("no ") or name_key == "free" or name_key.endswith(" free"),
        rest=ingredient is None and bool(words) and words[-1] in lexicon.reading.rests and _is_rest(words, lexicon),
    )


def _is_misread(name_key: str, lexicon: Lexicon) -> bool:
    """Whether a camera misread what looks like a name: `petr0latum`."""
    return SHORTEST_MISREAD <= len(name_key) <= LONGEST_NAME and outline(name_key) in lexicon.name_outlines


def _is_rest(words: list[str], lexicon: Lexicon) -> bool:
    reading = lexicon.reading
    return all(word in reading.rests or word in reading.before_rests or word.isdigit() for word in words)
