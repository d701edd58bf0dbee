"""Says which ingredient a written name means, as one who knows the US, EU, Latin and everyday names would."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.ingredients.lexicon import LETTERS_OF_A_START, SHORTEST_TIGHT_KEY, Lexicon, without_parts
from assistant.ingredients.names import LONGEST_REMEMBERED, REMEMBERED, key, tight
from assistant.ingredients.photographed import outline
from assistant.ingredients.schema import Ingredient
from assistant.ingredients.spelling import closest

# A name has at most six words in the lexicon. A piece with more than this was never one name, nor a few run together.
MOST_WORDS = 40
# Nor was one of so many characters: the longest name of 3,000 labels, in three languages, has some 200.
LONGEST_PIECE = 600

# Two spellings of one Latin word are at least so alike, in percent ("butyrospermum" and "butyospermum").
ALIKE = 80

_BRACKETS = re.compile(r"[\(\[\{]([^()\[\]{}]*)[\)\]\}]")
_SLASH = re.compile(r"[/\\]")
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+")


class Found(NamedTuple):
    """An ingredient, and where in the given text its name stands. `exact` is False for a corrected spelling."""

    ingredient: Ingredient
    start: int
    end: int
    exact: bool = True


class _Token(NamedTuple):
    """A stretch without a space."""

    start: int
    end: int
    key: str


def recognise(written: str, lexicon: Lexicon) -> tuple[Found, ...]:
    """Return what one piece of a label names: mostly one ingredient, several where names run together, or none."""
    whole = recognise_exactly(written, lexicon)
    return (Found(whole, 0, len(written)),) if whole else recognise_parts(written, lexicon)


def recognise_parts(written: str, lexicon: Lexicon) -> tuple[Found, ...]:
    """Return what `recognise` does for a piece that is no name as a whole (`recognise_exactly`)."""
    if len(written) > LONGEST_PIECE:
        return ()
    return _parts_of(written, lexicon) if len(written) <= LONGEST_REMEMBERED else _parts(written, lexicon)


@lru_cache(maxsize=REMEMBERED)
def _parts_of(written: str, lexicon: Lexicon) -> tuple[Found, ...]:
    return _parts(written, lexicon)


def _parts(written: str, lexicon: Lexicon) -> tuple[Found, ...]:
    name_key = key(written)
    if name_key in lexicon.reading.not_ours or len(written.split()) > MOST_WORDS:
        return ()
    return tuple(
        _by_slash(written, lexicon)
        or _run_together(written, name_key, lexicon)
        or _misspelled(written, name_key, lexicon)
        or _photographed(written, name_key, lexicon)
    )


def starts_name(name_key: str, words: Iterable[str], lexicon: Lexicon) -> bool:
    """Return whether a key of these words begins as a name does; False rules out `look_up`, True promises nothing."""
    return tight(name_key)[:LETTERS_OF_A_START] in lexicon.starts or not lexicon.left_out.isdisjoint(words)


def has_brackets(written: str) -> bool:
    """Return whether a piece holds brackets that may be left out of its name."""
    return (")" in written or "]" in written or "}" in written) and _BRACKETS.search(written) is not None


def has_slash(written: str) -> bool:
    """Return whether a piece holds a sign that parts translations of a name, or two names."""
    return "/" in written or "\\" in written


def look_up(name_key: str, lexicon: Lexicon) -> Ingredient | None:
    """Return the ingredient of a key, also without qualifiers ("organic"), spaces or plant parts."""
    if name_key in lexicon.reading.not_ours:
        return None
    found = lexicon.by_key.get(name_key)
    if found or not starts_name(name_key, name_key.split(), lexicon):
        return found
    plain = _without_qualifiers(name_key, lexicon)
    if plain != name_key and plain in lexicon.by_key:
        return lexicon.by_key[plain]
    glued = tight(name_key)
    if len(glued) >= SHORTEST_TIGHT_KEY and glued in lexicon.by_tight:
        return lexicon.by_tight[glued]
    return lexicon.by_partless.get(without_parts(plain, lexicon.reading.plant_parts))


def _without_qualifiers(name_key: str, lexicon: Lexicon) -> str:
    words = name_key.split()
    if lexicon.reading.qualifiers.isdisjoint(words):
        return name_key
    return " ".join(word for word in words if word not in lexicon.reading.qualifiers)


def recognise_exactly(written: str, lexicon: Lexicon) -> Ingredient | None:
    """Return the ingredient that the whole of `written` names, with no correction of the spelling."""
    if len(written) > LONGEST_PIECE:
        return None
    name_key = key(written)
    if not has_brackets(written):
        return look_up(name_key, lexicon)
    if name_key in lexicon.reading.not_ours:
        return None
    outer = key(_BRACKETS.sub(" ", written))
    inner = _inner(written) if outer in lexicon.reading.umbrella else ""
    found = (look_up(key(inner), lexicon) if inner else None) or look_up(name_key, lexicon) or look_up(outer, lexicon)
    if found:
        return found
    for reading in _common_name(written, lexicon):
        found = look_up(key(reading), lexicon)
        if found and _fits(key(written[: written.find("(")]), found, lexicon):
            return found
    return _named_in_brackets(written, lexicon)


def _inner(written: str) -> str:
    match = _BRACKETS.search(written)
    return match.group(1) if match else ""


def _common_name(written: str, lexicon: Lexicon) -> Iterator[str]:
    """`Butyrospermum Parkii (Shea) Butter` gives `Shea Butter`, unless what stands before makes another thing of it."""
    match = _BRACKETS.search(written)
    if not match:
        return
    before, after = key(written[: match.start()]), written[match.end() :]
    if key(after) and before and not _made_from(before.split(), lexicon):
        yield f"{match.group(1)} {after}"


def _fits(before: str, found: Ingredient, lexicon: Lexicon) -> bool:
    """Whether what stands before the bracket is the thing too, and nothing else with it.

    `Hypnea Musciformis (Algae) Extract` is one alga, `Lanolin Butyrospermum Parkii (Shea) Butter` two things.
    """
    words = _without_qualifiers(before, lexicon).split()
    known = lexicon.words_by_inci[found.inci]
    alike = [any(fuzz.ratio(word, other) >= ALIKE for other in known) for word in words]
    if not any(alike):
        return not words
    first = len(words)
    while first and alike[first - 1]:
        first -= 1
    return first == len(words) or not any(" ".join(words[place:first]) in lexicon.by_key for place in range(first))


def _made_from(words: list[str], lexicon: Lexicon) -> bool:
    return any(word in lexicon.reading.made_from_before or word.isdigit() for word in words)


def _named_in_brackets(written: str, lexicon: Lexicon) -> Ingredient | None:
    """`Cocos Nucifera (Coconut Oil)` and `Emollient (Squalane)`, but never `Coco-Glucoside (Coconut Oil)`."""
    match = _BRACKETS.search(written)
    if not match or key(written[match.end() :]):
        return None
    found = look_up(key(match.group(1)), lexicon)
    before = set(key(written[: match.start()]).split())
    if not found or not before:
        return found
    if _made_from(list(before), lexicon):
        return None
    return found if before <= lexicon.words_by_inci[found.inci] or not are_chemical(before, lexicon) else None


def are_chemical(words: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether any of the words, in the form of `names.key`, belongs to the language of labels."""
    if not lexicon.label_words.isdisjoint(words):
        return True
    endings = lexicon.reading.chemical_endings
    return any(word.endswith(endings) for word in words)


def _by_slash(written: str, lexicon: Lexicon) -> list[Found]:
    """A slash parts translations of one name, or two names, or joins both into one thing (then: none)."""
    if not has_slash(written):
        return []
    found: list[Found] = []
    unknown: list[str] = []
    start = 0
    for part in _SLASH.split(written):
        ingredient = recognise_exactly(part, lexicon)
        if ingredient:
            found.append(Found(ingredient, start, start + len(part)))
        else:
            unknown.append(part)
        start += len(part) + 1
    if not found or any(_makes_one_thing(key(part).split(), found, lexicon) for part in unknown):
        return []
    if len({item.ingredient.inci for item in found}) == 1:
        return [Found(found[0].ingredient, 0, len(written))]
    return found


def _makes_one_thing(words: list[str], found: list[Found], lexicon: Lexicon) -> bool:
    """Whether an unknown part is no translation: `Dimethicone/Vinyl Dimethicone Crosspolymer`."""
    if any(word in lexicon.reading.one_thing for word in words):
        return True
    names = {word for item in found for word in lexicon.words_by_inci[item.ingredient.inci]}
    return names.isdisjoint(words) and are_chemical(words, lexicon)


def _run_together(written: str, name_key: str, lexicon: Lexicon) -> list[Found]:
    """Names with no comma between them, where every word belongs to one of them: `Tocopherol Ethylhexylglycerin`."""
    words = name_key.split()
    if len(words) < 2 or words[0] not in lexicon.first_words or has_slash(written):
        return []
    if has_brackets(written):
        words = key(_BRACKETS.sub(" ", written)).split()
    if not lexicon.words_in_runs.issuperset(words):
        return []
    tokens = [_Token(match.start(), match.end(), key(match.group())) for match in _TOKEN.finditer(written)]
    if len(tokens) < 2:
        return []
    ends: list[tuple[int, Found | None] | None] = [None] * (len(tokens) + 1)
    ends[0] = (0, None)
    for first in range(len(tokens)):
        if ends[first] is None or not _may_begin(tokens[first].key, lexicon):
            continue
        for last in range(first + 1, min(len(tokens), first + lexicon.longest) + 1):
            piece = _piece(written, tokens[first:last], first == 0, lexicon)
            if piece is not None:
                ends[last] = (first, piece[0])
    return _walk_back(ends)


def _may_begin(token_key: str, lexicon: Lexicon) -> bool:
    """Whether any name begins with a word, or it may join two; a token without a letter or figure changes nothing."""
    return token_key in ("", "and") or token_key.split()[0] in lexicon.first_words


def _piece(written: str, tokens: Sequence[_Token], is_first: bool, lexicon: Lexicon) -> tuple[Found | None] | None:
    """The ingredient of one stretch of a run, (None,) for an "and", None where the stretch is no name."""
    name = " ".join(token.key for token in tokens if token.key)
    if name == "and" and not is_first:
        return (None,)
    found = lexicon.by_key.get(name) or _but_for_brackets(written[tokens[0].start : tokens[-1].end], lexicon)
    if not found or not _may_stand_in_run(written, tokens[0], name.split(), is_first, lexicon):
        return None
    short = len(tight(name)) < SHORTEST_TIGHT_KEY or name in lexicon.reading.everyday
    return None if short and not is_first else (Found(found, tokens[0].start, tokens[-1].end),)


def _but_for_brackets(stretch: str, lexicon: Lexicon) -> Ingredient | None:
    """The ingredient that a stretch names without what its brackets hold."""
    if ")" not in stretch:
        return None
    outer = key(_BRACKETS.sub(" ", stretch))
    return None if outer in lexicon.reading.umbrella else lexicon.by_key.get(outer)


def _may_stand_in_run(written: str, first: _Token, words: list[str], is_first: bool, lexicon: Lexicon) -> bool:
    """Whether a name is not one thing with what stands before or behind it: `PEG-8 Castor Oil`, `Shea (Nut) Butter`."""
    if written[first.start] in "([{" and has_brackets(written):
        return False
    if not _made_from(words[:1], lexicon):
        return True
    if is_first:
        return not all(word.isdigit() for word in words[1:])
    return words[0].isdigit() or words[0] in lexicon.reading.begin_in_runs


def _walk_back(ends: list[tuple[int, Found | None] | None]) -> list[Found]:
    found: list[Found] = []
    place = len(ends) - 1
    while place > 0:
        step = ends[place]
        if step is None:
            return []
        place, item = step
        if item:
            found.append(item)
    return found[::-1]


def _misspelled(written: str, name_key: str, lexicon: Lexicon) -> list[Found]:
    bracketed = has_brackets(written)
    for reading in (name_key, key(_BRACKETS.sub(" ", written))) if bracketed else (name_key,):
        found = closest(_without_qualifiers(reading, lexicon), lexicon)
        if found:
            return [Found(found, 0, len(written), exact=False)]
    for reading in _common_name(written, lexicon) if bracketed else ():
        found = closest(_without_qualifiers(key(reading), lexicon), lexicon)
        if found and _fits(key(written[: written.find("(")]), found, lexicon):
            return [Found(found, 0, len(written), exact=False)]
    return []


def _photographed(written: str, name_key: str, lexicon: Lexicon) -> list[Found]:
    """`PETR0LATUM` and `lsododecane`, where a camera took a letter for one that looks alike."""
    strange = [word for word in name_key.split() if word not in lexicon.words]
    if lexicon.outlines.keys().isdisjoint(outline(" ".join(strange)).split()):
        return []
    printed = _WORD.sub(lambda word: lexicon.as_printed(key(word.group())), written)
    if frozenset((name_key, key(printed))) in lexicon.protected:
        return []
    found = [recognise_exactly(printed, lexicon)] if not has_slash(written) else []
    found += [item.ingredient for item in _by_slash(printed, lexicon)]
    return [Found(found[0], 0, len(written), exact=False)] if len(found) == 1 and found[0] else []
