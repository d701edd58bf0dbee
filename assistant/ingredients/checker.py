"""The whole check: from the text of a message to its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.ingredients.assess import Assessment, Weighed, assess
from assistant.ingredients.label import looks_like_label
from assistant.ingredients.lexicon import load_lexicon, load_words
from assistant.ingredients.mentions import Mention, find_ingredients, find_product_types
from assistant.ingredients.reader import Item, Product, read
from assistant.ingredients.schema import Kind, ProductType
from assistant.ingredients.summary import Summary, Writer
from assistant.text import normalise

# So many lines of the kind "Squalane: softens the skin" and no list: a shop's text about a product.
BLURB_LINES = 2


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    `sources` are dicts with id, title, publisher, year and url, the ones that the summary rests on; `product_types`
    the ids of the kinds of product asked about.
    """

    kind: Kind
    products: tuple[Assessment, ...]
    summary: str
    sources: tuple[dict[str, Any], ...]
    product_types: tuple[str, ...] = ()

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
    text = normalise(text)
    writer = Writer(load_words(), lexicon)
    if looks_like_label(text):
        products = tuple(assess(product) for product in read(text, lexicon))
        if products:
            return _result("label", products, writer.label(products))
    if _is_blurb(text):
        return _result("no_list", (), writer.no_list(blurb=True))
    mentions = find_ingredients(text, lexicon)
    if mentions:
        named = assess(_as_product(text, mentions))
        return _result("ingredient", (named,), writer.ingredients(named))
    types = find_product_types(text, lexicon)
    if types:
        return _result("product_type", (), writer.product_types(types), types)
    return _result("no_list", (), writer.no_list(blurb=False))


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


def _is_blurb(text: str) -> bool:
    """Whether a text describes a product line by line, as shops do, and asks nothing."""
    if "?" in text:
        return False
    lines = [line.partition(":") for line in text.split("\n")]
    return sum(bool(head.strip()) and len(rest.split()) > 2 for head, _, rest in lines) >= BLURB_LINES


def _product_json(product: Assessment) -> dict[str, Any]:
    return {
        "title": product.title,
        "ingredients": [_ingredient_json(weighed) for weighed in product.known],
        "unrecognised": list(product.unrecognised),
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
    }
