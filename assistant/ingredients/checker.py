"""The whole check: from the text of a message to its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.ingredients.assess import Assessment, Weighed, assess
from assistant.ingredients.brands import names_brand
from assistant.ingredients.comparing import compares_ingredients, compares_types
from assistant.ingredients.context import around, contexts
from assistant.ingredients.label import describes_product, lists_names
from assistant.ingredients.lexicon import Lexicon, load_lexicon, load_words
from assistant.ingredients.mentions import Mention, find_ingredients, find_product_types
from assistant.ingredients.reader import Item, Product, read
from assistant.ingredients.schema import Kind, ProductType
from assistant.ingredients.spans import Places, in_given_text
from assistant.ingredients.summary import Summary, Writer
from assistant.ingredients.units import mask_tags

# A longer text that looks like a list and holds no name is no question about ingredients: visitors write shorter ones.
LONGEST_QUESTION = 1_000


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    `sources` are dicts with id, title, publisher, year and url, the ones that the summary rests on; `product_types`
    the ids of the kinds of product asked about; `branded`: a brand was named where a list is needed.
    """

    kind: Kind
    products: tuple[Assessment, ...]
    summary: str
    sources: tuple[dict[str, Any], ...]
    product_types: tuple[str, ...] = ()
    branded: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object of the `check` command, without the caller's id."""
        return {
            "kind": self.kind,
            "products": [_product_json(product) for product in self.products],
            "summary": self.summary,
        }


def check(text: str) -> CheckResult:
    """Return what is known of the ingredients in a label or a question; never raises on any text."""
    lexicon = load_lexicon()
    places = Places(text)
    text = mask_tags(places.normal)
    writer = Writer(load_words(), lexicon)
    blurb = describes_product(text)
    listed = not blurb and lists_names(text, lexicon)
    if blurb or listed:
        products = _products(text, places, lexicon)
        if any(product.known for product in products) or (products and not blurb):
            return _result("label", products, writer.label(products))
    if blurb or (listed and len(text) > LONGEST_QUESTION):
        return _result("no_list", (), writer.no_list(blurb=blurb))
    types_compared = compares_types(text, lexicon)
    types = find_product_types(text, lexicon, types_compared)
    mentions = find_ingredients(text, lexicon)
    branded = len(text) <= LONGEST_QUESTION and names_brand(text)
    if mentions:
        product = in_given_text(_as_product(text, mentions), places)
        named = assess(product, contexts(text, lexicon.reading))
        # "Rosehip face oil" asks about face oils too.
        heavy = [item for item in types if item.relation == "associated"] if _none_linked(named) else []
        compared = compares_ingredients(text, mentions, lexicon)
        return _result("ingredient", (named,), writer.ingredients(named, heavy, compared, branded), heavy)
    if types and not branded:
        return _result("product_type", (), writer.product_types(types, types_compared), types)
    return replace(_result("no_list", (), writer.no_list(blurb=False)), branded=branded)


def _products(masked: str, places: Places, lexicon: Lexicon) -> tuple[Assessment, ...]:
    products = read(masked, lexicon)
    prose = around(places.normal, products) if len(products) == 1 else ""
    return tuple(
        assess(in_given_text(product, places), contexts(f"{product.title} {prose}", lexicon.reading))
        for product in products
    )


def _none_linked(named: Assessment) -> bool:
    return all(weighed.relation in ("neutral", "comedogenic") for weighed in named.known)


def _result(
    kind: Kind, products: tuple[Assessment, ...], summary: Summary, types: Sequence[ProductType] = ()
) -> CheckResult:
    return CheckResult(kind, products, summary.text, tuple(summary.sources), tuple(item.id for item in types))


def _as_product(text: str, mentions: list[Mention]) -> Product:
    items = [
        Item(
            as_written=text[mention.start : mention.end],
            start=mention.start,
            end=mention.end,
            listed_as="ingredient",
            ingredient=mention.ingredient,
            exact=mention.exact,
            as_group=mention.as_group,
        )
        for mention in mentions
    ]
    return Product(items=items)


def _product_json(product: Assessment) -> dict[str, Any]:
    return {
        "title": product.title,
        "contexts": list(product.contexts),
        "ingredients": [_ingredient_json(weighed) for weighed in product.known],
        "unrecognised": list(product.unrecognised),
        "unrecognised_spans": [[unknown.item.start, unknown.item.end] for unknown in product.unknown],
    }


def _ingredient_json(weighed: Weighed) -> dict[str, Any]:
    return {
        "as_written": weighed.item.as_written,
        "inci": weighed.ingredient.inci,
        "position": weighed.position,
        "percent": weighed.item.percent,
        "relation": weighed.relation,
        "grade": weighed.ingredient.grade,
        "listed_as": weighed.item.listed_as,
        "span": [weighed.item.start, weighed.item.end],
        "total": weighed.total,
        "read_as": None if weighed.item.exact else weighed.called,
        "sources_disagree": weighed.ingredient.disputed,
    }
