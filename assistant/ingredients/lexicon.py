"""Loads data/ingredients once and holds it ready for looking up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.files import DATA, read_yaml
from assistant.ingredients.names import key, tight
from assistant.ingredients.photographed import by_outline, outline
from assistant.ingredients.schema import Family, Ingredient, Origin, ProductType, Reading, Words

FOLDER = DATA / "ingredients"
PRODUCT_PHRASES = DATA / "entities" / "product_type.yml"
# Shorter keys are not looked up without their spaces: "p e g" would be "peg", "i n c i" anything.
SHORTEST_TIGHT_KEY = 6
# So many first letters leave out most of what is no name; more would leave out few besides.
LETTERS_OF_A_START = 4


class LexiconError(ValueError):
    """The ingredient files contradict each other; the message says where."""


# Compared by identity, so that what was looked up can be remembered with the lexicon as part of the key.
@dataclass(frozen=True, eq=False)
class Lexicon:
    """All ingredients and the ways to find one. Every key is in the form of `names.key`.

    `words` are those of the names, `first_words` those that names begin with, `words_in_runs` those of names that run
    together, `words_by_inci` those of each ingredient, `label_words` those that stand in names and hardly in
    sentences, `prose_words` those of sentences alone, `untitled_words` those that no title of a product holds. `starts`
    are the first letters of the names, for telling quickly what is none, `outlines` the words by what they look
    like, `name_outlines` what the names look like.
    """

    ingredients: tuple[Ingredient, ...]
    by_key: dict[str, Ingredient]
    by_tight: dict[str, Ingredient]
    by_partless: dict[str, Ingredient]
    asked: dict[str, Ingredient]
    groups: dict[str, Ingredient]
    keys_by_initials: dict[str, list[str]]
    words: frozenset[str]
    outlines: dict[str, str]
    name_outlines: frozenset[str]
    first_words: frozenset[str]
    words_in_runs: frozenset[str]
    words_by_inci: dict[str, frozenset[str]]
    label_words: frozenset[str]
    prose_words: frozenset[str]
    untitled_words: frozenset[str]
    starts: frozenset[str]
    beginnings: frozenset[str]
    left_out: frozenset[str]
    longest: int
    protected: frozenset[frozenset[str]]
    origins: dict[str, Origin]
    product_types: tuple[ProductType, ...]
    textures: tuple[ProductType, ...]
    reading: Reading

    def as_printed(self, word: str) -> str:
        """Return the word of a name that a camera read as this one ("petr0latum"), or the word itself."""
        return word if word in self.words else self.outlines.get(outline(word), word)


def inci(name: str) -> str | None:
    """Return the INCI name of what is called `name` in any of the lexicon's ways, or None."""
    lexicon, name_key = load_lexicon(), key(name)
    found = lexicon.by_key.get(name_key) or lexicon.asked.get(name_key) or lexicon.groups.get(name_key)
    return found.inci if found else None


def without_parts(name_key: str, parts: frozenset[str]) -> str:
    """Return the key of an oil or a butter without the plant part: "jojoba seed oil" becomes "jojoba oil"."""
    words = name_key.split()
    if not words or words[-1] not in {"oil", "butter"}:
        return name_key
    return " ".join(word for word in words if word not in parts)


@cache
def load_words() -> Words:
    """Return the templates of data/ingredients/_words.yml."""
    raw = read_yaml(FOLDER / "_words.yml")
    raw["ordinals"] = {str(name): text for name, text in raw["ordinals"].items()}
    return Words.parse_obj(raw)


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon, read at the first call.

    Raises LexiconError where a name belongs to two ingredients or a code is unknown, pydantic.ValidationError where a
    file has not the shape of `schema`.
    """
    ingredients = tuple(_ingredients(FOLDER))
    origins = {item["code"]: Origin.parse_obj(item) for item in read_yaml(FOLDER / "_origins.yml")["origins"]}
    reading = Reading.parse_obj(read_yaml(FOLDER / "_reading.yml"))
    by_key = _index(ingredients)
    partless = _partless(by_key, reading)
    asked = {key(name): item for item in ingredients for name in item.asked_as}
    groups = {key(name): item for item in ingredients if item.group for name in item.group.asked_as}
    types = tuple(_product_types())
    words = frozenset(word for name in by_key for word in name.split()) | reading.other_words
    lexicon = Lexicon(
        ingredients=ingredients,
        by_key=by_key,
        by_tight={tight(name): item for name, item in by_key.items() if len(tight(name)) >= SHORTEST_TIGHT_KEY},
        by_partless=partless,
        asked=asked,
        groups=groups,
        keys_by_initials=_by_initials(by_key),
        words=words,
        outlines=by_outline(words | reading.sentence_words),
        name_outlines=frozenset(map(outline, by_key)),
        first_words=frozenset(name.split()[0] for name in by_key),
        words_in_runs=frozenset({"and"}.union(*(name.split() for name in by_key))),
        words_by_inci={item.inci: frozenset(_words_of(item)) for item in ingredients},
        label_words=(words - reading.sentence_words) | reading.chemical_words,
        prose_words=reading.sentence_words - reading.sentence_words_in_names,
        untitled_words=reading.sentence_words - reading.title_words,
        starts=frozenset(tight(name)[:LETTERS_OF_A_START] for name in (*by_key, *partless)),
        protected=frozenset(frozenset(map(key, pair)) for pair in reading.protected_pairs),
        beginnings=frozenset(_beginnings((*by_key, *asked, *groups), reading.qualifiers | reading.plant_parts)),
        left_out=reading.qualifiers | reading.plant_parts,
        longest=max(len(name.split()) for name in by_key),
        origins=origins,
        product_types=types,
        textures=tuple(_textures(types)),
        reading=reading,
    )
    _check_codes(lexicon)
    return lexicon


def _ingredients(folder: Path) -> Iterable[Ingredient]:
    for path in sorted(folder.glob("*.yml")):
        if path.name.startswith("_") or path.stem == "product_types":
            continue
        family = Family.parse_obj(read_yaml(path))
        if family.family != path.stem:
            raise LexiconError(f"{path.name} says that it is the family {family.family!r}")
        for item in family.ingredients:
            yield item.copy(update={"family": family.family})


def _index(ingredients: Iterable[Ingredient]) -> dict[str, Ingredient]:
    found: dict[str, Ingredient] = {}
    for item in ingredients:
        for name in (item.inci, *item.synonyms):
            other = found.setdefault(key(name), item)
            if other is not item:
                raise LexiconError(f"{name!r} belongs to {other.inci} and to {item.inci}")
    return found


def _partless(by_key: dict[str, Ingredient], reading: Reading) -> dict[str, Ingredient]:
    """Names without the plant part, but for those that would then be two ingredients ("palm (kernel) oil")."""
    found: dict[str, Ingredient] = {}
    doubtful = set()
    for name, item in by_key.items():
        short = without_parts(name, reading.plant_parts)
        if found.setdefault(short, item) is not item:
            doubtful.add(short)
    return {name: item for name, item in found.items() if name not in doubtful}


def _words_of(ingredient: Ingredient) -> Iterable[str]:
    for name in (ingredient.inci, *ingredient.synonyms):
        yield from key(name).split()


def initials(name_key: str) -> str:
    """Return the first letter of each word of a key; misspelled names keep theirs."""
    return "".join([word[0] for word in name_key.split()])


def _by_initials(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(initials(name), []).append(name)
    return found


def _beginnings(names: Iterable[str], left_out: frozenset[str]) -> Iterable[str]:
    """The first word of each name, its first two words, and so on, without the words that may be left out of a name."""
    for name in names:
        words = [word for word in name.split() if word not in left_out]
        yield from (" ".join(words[:length]) for length in range(len(words) + 1))


def _product_types() -> Iterable[ProductType]:
    values = read_yaml(PRODUCT_PHRASES)["values"]
    for item in read_yaml(FOLDER / "product_types.yml")["product_types"]:
        yield ProductType.parse_obj({**item, "phrases": values[item["id"]]["phrases"]})


def _textures(types: Iterable[ProductType]) -> Iterable[ProductType]:
    by_id = {item.id: item for item in types}
    for item in read_yaml(FOLDER / "product_types.yml")["textures"]:
        meant = by_id[item["as"]].dict() if "as" in item else {}
        yield ProductType.parse_obj({**meant, **{name: value for name, value in item.items() if name != "as"}})


def _check_codes(lexicon: Lexicon) -> None:
    for item in lexicon.ingredients:
        rated_by = item.comedogenicity.origins if item.comedogenicity else []
        for code in (*item.sources, *rated_by):
            if code not in lexicon.origins:
                raise LexiconError(f"{item.inci} names the unknown code {code!r}")
    for product in (*lexicon.product_types, *lexicon.textures):
        for code in product.sources:
            if code not in lexicon.origins:
                raise LexiconError(f"{product.id} names the unknown code {code!r}")
