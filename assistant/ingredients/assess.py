"""Weighs what was read: what is linked with milia, what prevents, what is a lighter choice, what needs a caution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from assistant.ingredients.context import Context
from assistant.ingredients.reader import Item, Product
from assistant.ingredients.schema import Ingredient, Relation


class Weighed(NamedTuple):
    """A known name of a product. `position` counts from 1 in its own part of the list, of `total` names there."""

    item: Item
    ingredient: Ingredient
    position: int
    total: int

    @property
    def called(self) -> str:
        """What the visitor reads: the kind where only the kind was named."""
        group = self.ingredient.group
        return group.name if group and self.item.as_group else self.ingredient.called

    @property
    def relation(self) -> Relation:
        """The relation of the ingredient with milia."""
        return self.ingredient.relation


class Unknown(NamedTuple):
    """A name of a product that was not recognised, with its place as for `Weighed`."""

    item: Item
    position: int
    total: int


@dataclass
class Assessment:
    """A product's known names in the order of the list, and the ones that were not recognised.

    `contexts` is how it is used, as far as the text says so.
    """

    title: str
    contexts: tuple[Context, ...] = ()
    known: list[Weighed] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)

    @property
    def unrecognised(self) -> list[str]:
        """The names that were not recognised, as they are written."""
        return [unknown.item.as_written for unknown in self.unknown]

    def of(self, relation: Relation) -> list[Weighed]:
        """Return the names of one relation, those of the list itself before what it may contain, each once."""
        return self._of_each.get(relation, [])

    @cached_property
    def _of_each(self) -> dict[Relation, list[Weighed]]:
        chosen: dict[Relation, dict[str, Weighed]] = {}
        for weighed in sorted(self.known, key=lambda known: known.item.listed_as == "may_contain"):
            chosen.setdefault(weighed.relation, {}).setdefault(weighed.ingredient.inci, weighed)
        return {relation: list(names.values()) for relation, names in chosen.items()}

    @property
    def linked(self) -> list[Weighed]:
        """What is linked with milia by more than pages without a source."""
        return [weighed for weighed in self.of("associated") if not weighed.ingredient.weak]

    @property
    def weakly_linked(self) -> list[Weighed]:
        """What only pages without a source link with milia."""
        return [weighed for weighed in self.of("associated") if weighed.ingredient.weak]

    @property
    def total(self) -> int:
        """How many names were read, known or not."""
        return len(self.known) + len(self.unknown)


def assess(product: Product, contexts: tuple[Context, ...] = ()) -> Assessment:
    """Return the assessment of one product as it was read, used as `contexts` say."""
    totals: dict[str, int] = {}
    places = []
    for item in product.items:
        totals[item.listed_as] = totals.get(item.listed_as, 0) + 1
        places.append(totals[item.listed_as])
    result = Assessment(product.title, contexts)
    for item, place in zip(product.items, places, strict=True):
        if item.ingredient:
            result.known.append(Weighed(item, item.ingredient, place, totals[item.listed_as]))
        else:
            result.unknown.append(Unknown(item, place, totals[item.listed_as]))
    return result


def cautions(assessments: Sequence[Assessment]) -> list[str]:
    """Return the ids of the cautions that any ingredient asks for, each once."""
    wanted: dict[str, None] = {}
    for assessment in assessments:
        for weighed in assessment.known:
            wanted.update(dict.fromkeys(weighed.ingredient.cautions))
    return list(wanted)
