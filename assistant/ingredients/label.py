"""Tells a pasted list of ingredients from a question or a story, in one quick pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.ingredients.lexicon import Lexicon, load_lexicon
from assistant.ingredients.names import LONGEST_REMEMBERED, REMEMBERED, key, lowered
from assistant.ingredients.units import mask_tags
from assistant.ingredients.written import MOST_NAME_WORDS, Name, name_of, name_of_key
from assistant.text import normalise

# Tuned on 3,000 real labels against real questions that name several ingredients.
# So many names in a row, with nothing else between two full stops, are a list ...
SHORTEST_LIST = 3
# ... where they make up this share of the message; a story names three acids in passing.
LIST_SHARE = 0.5
# From so many names in a row on, the rest of the message does not matter, nor how the row begins.
LONG_LIST = 8
# Fewer are enough with water or glycerin among them, and nothing but full stops and the like around them.
BASED_LIST = 4
# Half of the names must look like those of labels: "milia, acne, whitehead" do not.
CHEMICAL_SHARE = 0.5
# One "Milia oil" in a row of three does not make a list, two known names do.
MOST_LIKELY_NAMES = 2
# Behind "Ingredients:" a single name is enough.
AFTER_HEAD = 1

# So many lines of the kind "Squalane: softens the skin" are a shop's text about a product.
CLAIMS = 2

# A few words, a colon, and words that go on for a while without a comma.
_CLAIM = re.compile(
    r"(?:^|\n|[.!*)] ?)[ ]*(?P<bullet>[-*•] ?)?[^\s:.\n-][^:.\n]{1,90}:[ ]+[A-Za-z'-]+(?:[ ][A-Za-z'-]+){2}"
)
_HARD = re.compile(r"[.!?:\n]")
_SIGN = re.compile(r"[,;•·●▪|]")


@dataclass
class _Run:
    """Pieces in a row that may be names, `based` where one of them is in nearly every list.

    `letters` are theirs, `letters_before` those of what stands before and between them. `clean`: only full stops,
    colons and line breaks part them from the rest.
    """

    names: int = 0
    chemical: int = 0
    letters: int = 0
    letters_before: int = 0
    clean: bool = True
    based: bool = False


def looks_like_label(text: str) -> bool:
    """Return whether a message is a pasted list of ingredients.

    True for a list with or without prose around it, false for questions and stories, also those that name ingredients.
    Takes one pass over the text.
    """
    return lists_names(mask_tags(normalise(text)), load_lexicon())


def lists_names(text: str, lexicon: Lexicon) -> bool:
    """Return what `looks_like_label` does for a text that is normalised and masked (`units.mask_tags`) already."""
    fewest = AFTER_HEAD if _headed(text, lexicon) else SHORTEST_LIST
    listed = letters = 0
    for run in _runs(text, lexicon):
        letters += run.letters_before + run.letters
        if not run.names or run.chemical < CHEMICAL_SHARE * run.names:
            continue
        if run.names >= (BASED_LIST if run.clean and run.based else LONG_LIST):
            return True
        if run.clean and run.names >= fewest and run.chemical >= min(fewest, MOST_LIKELY_NAMES):
            listed += run.letters
    return listed >= LIST_SHARE * letters and listed > 0


def describes_product(text: str) -> bool:
    """Return whether a normalised, masked text praises a product's ingredients one by one, as shops do, without asking.

    One "- Squalane: softens the skin" is enough, or two such lines without a bullet. Its list may still follow.
    """
    if "?" in text or ":" not in text:
        return False
    claims = [claim.group("bullet") for claim in _CLAIM.finditer(text)]
    return any(claims) or len(claims) >= CLAIMS


def _headed(text: str, lexicon: Lexicon) -> bool:
    if ":" not in text:
        return False
    low = lowered(text)
    return any(f"{head}:" in low for heads in lexicon.reading.marks.values() for head in heads)


def _runs(text: str, lexicon: Lexicon) -> Iterator[_Run]:
    run = _Run()
    base_names = lexicon.reading.base_names
    for stretch in _stretches(text):
        after_hard = True
        for piece in _SIGN.split(stretch):
            name, prose, letters = _read(piece.strip(" "), lexicon)
            if not name.words:
                run.letters_before += letters
                continue
            if prose:
                run.clean = run.clean and after_hard
                yield run
                run = _Run(letters_before=letters, clean=False)
            else:
                run.clean = run.clean or (run.names == 0 and after_hard)
                run.names += 1
                run.chemical += name.chemical
                run.based = run.based or name.key in base_names
                run.letters += letters
            after_hard = False
    yield run


def _stretches(text: str) -> Iterator[str]:
    """The parts of a text between full stops, colons and line breaks; a dash behind a heading is a colon."""
    for stretch in _HARD.split(text):
        head, dash, rest = stretch.partition(" - ")
        if dash and "," in rest and "," not in head:
            yield head
            yield rest
        else:
            yield stretch


def _read(piece: str, lexicon: Lexicon) -> tuple[Name, bool, int]:
    """What there is to know of a piece, whether it is prose, and how many letters it has."""
    if len(piece) <= LONGEST_REMEMBERED:
        return _read_short(piece, lexicon)
    return _told(piece, name_of(piece, lexicon), lexicon)


@lru_cache(maxsize=REMEMBERED)
def _read_short(piece: str, lexicon: Lexicon) -> tuple[Name, bool, int]:
    # Its words tell enough: what its brackets mean is not asked here, and takes most of the time.
    return _told(piece, name_of_key(key(piece), lexicon), lexicon)


def _told(piece: str, name: Name, lexicon: Lexicon) -> tuple[Name, bool, int]:
    return name, _is_prose(name, lexicon), sum(map(str.isalpha, piece))


def _is_prose(name: Name, lexicon: Lexicon) -> bool:
    """Whether a piece is part of a sentence or tells of a routine ("cleanser"), and is no known name of some words."""
    words = name.words
    if len(words) > 1 and name.key in lexicon.by_key:
        return False
    return (
        len(words) > MOST_NAME_WORDS
        or not lexicon.reading.routine_words.isdisjoint(words)
        or not lexicon.prose_words.isdisjoint(words)
    )
