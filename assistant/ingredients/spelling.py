"""Finds the name that was meant where a name is misspelled, and never takes one real name for another."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.ingredients.lexicon import Lexicon, initials
from assistant.ingredients.schema import Ingredient

# Edits allowed by the number of letters in the whole name: one or two, scaled to length. Of the 28,703 names of CosIng
# these took 32 for one of ours before `other_words` named them; one step looser, and "methicone" is dimethicone.
SHORTEST_FOR_ONE_EDIT = 6
SHORTEST_FOR_TWO_EDITS = 12
# A word of fewer letters must be right: "NP" and "NS" are two ceramides.
SHORTEST_WORD = 4
# The longest name of the lexicon has 43 letters; what is much longer is no misspelling of it.
LONGEST_NAME = 60


def edits_allowed(name_key: str) -> int:
    """Return how many letters of a name of this length may be wrong."""
    letters = len(name_key.replace(" ", ""))
    if letters < SHORTEST_FOR_ONE_EDIT:
        return 0
    return 1 if letters < SHORTEST_FOR_TWO_EDITS else 2


def closest(name_key: str, lexicon: Lexicon) -> Ingredient | None:
    """Return the one ingredient whose name is within the allowed edits, or None where none is or several are."""
    candidates = _near(name_key, lexicon)
    if not candidates:
        return None
    best = min(distance for _, distance in candidates)
    found = {lexicon.by_key[name].inci: lexicon.by_key[name] for name, distance in candidates if distance == best}
    return next(iter(found.values())) if len(found) == 1 else None


def _near(name_key: str, lexicon: Lexicon) -> list[tuple[str, int]]:
    names = lexicon.keys_by_initials.get(initials(name_key)) if len(name_key) <= LONGEST_NAME else None
    allowed = edits_allowed(name_key)
    if not names or not allowed:
        return []
    near = process.extract(name_key, names, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return [(name, int(distance)) for name, distance, _ in near if _may_mean(name_key, name, lexicon)]


def _may_mean(written: str, name: str, lexicon: Lexicon) -> bool:
    if frozenset((written, name)) in lexicon.protected:
        return False
    return all(a == b or _is_slip(a, b, lexicon) for a, b in zip(written.split(), name.split(), strict=True))


def _is_slip(written: str, word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a slip of the pen for another: long, same first letter, no figures, no word of its own."""
    return (
        len(word) >= SHORTEST_WORD
        and written[:1] == word[:1]
        and not any(character.isdigit() for character in written + word)
        and written not in lexicon.words
    )
