"""All that is known of a checked text, for a page that has room for it: places, evidence, cautions and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.ingredients.assess import Unknown, Weighed
from assistant.ingredients.checker import check
from assistant.ingredients.lexicon import load_lexicon, load_words
from assistant.ingredients.schema import Ingredient
from assistant.ingredients.summary import has_swap, said_cautions


def details(text: str) -> dict[str, Any]:
    """Return the JSON object of `check`, with more for each product and name, and the `caveat` that holds for all.

    A product also has `cautions` and `lighter` (sentences; none and "" where nothing is to be said) and `unknown`, the
    names of `unrecognised` with their places. A name also has `name` (what a visitor reads), `exact` (its spelling),
    `weak` (blamed by pages without a source only), `evidence`, `guide` (whether the guide names it), `rating` (0 to 5,
    how far it clogs pores), `note` and `sources`.
    """
    result = check(text)
    found = result.as_dict()
    for product, assessment in zip(found["products"], result.products, strict=True):
        for name, weighed in zip(product["ingredients"], assessment.known, strict=True):
            name.update(_of_name(weighed))
        product["unknown"] = [_of_unknown(unknown) for unknown in assessment.unknown]
        product["cautions"] = said_cautions([assessment], load_words())
        product["lighter"] = load_words().lighter if has_swap(assessment) else ""
    words = load_words()
    caveat = {"label": words.caveat, "ingredient": words.caveat_one}.get(result.kind, "")
    return {**found, "caveat": caveat}


def _of_name(weighed: Weighed) -> dict[str, Any]:
    ingredient = weighed.ingredient
    said = ingredient.relation != "neutral"
    rating = ingredient.comedogenicity
    return {
        "name": weighed.called,
        "exact": weighed.item.exact,
        "weak": ingredient.weak,
        "evidence": load_words().grades[ingredient.best_grade] if said else "",
        "guide": ingredient.named_in_guide,
        "rating": rating.dict(include={"min", "max", "disputed"}) if rating and said else None,
        "note": ingredient.note if said else "",
        "sources": list(_sources(ingredient)) if said else [],
    }


def _sources(ingredient: Ingredient) -> Iterator[dict[str, Any]]:
    rated_by = ingredient.comedogenicity.origins if ingredient.comedogenicity else []
    for code in dict.fromkeys((*ingredient.sources, *rated_by)):
        yield load_lexicon().origins[code].dict(include={"title", "publisher", "year", "url"})


def _of_unknown(unknown: Unknown) -> dict[str, Any]:
    return {
        "as_written": unknown.item.as_written,
        "span": [unknown.item.start, unknown.item.end],
        "listed_as": unknown.item.listed_as,
        "position": unknown.position,
        "total": unknown.total,
    }
