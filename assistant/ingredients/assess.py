"""Weighs what was read: what is linked with milia, what prevents, what is a lighter choice, what needs a caution."""

from __future__ import annotations

from collections import Counter, defaultdict
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
        chosen: defaultdict[Relation, dict[str, Weighed]] = defaultdict(dict)
        may_contain = [weighed for weighed in self.known if weighed.item.listed_as == "may_contain"]
        listed = (
            [weighed for weighed in self.known if weighed.item.listed_as != "may_contain"]
            if may_contain
            else self.known
        )
        for weighed in (*listed, *may_contain):
            chosen[weighed.ingredient.relation].setdefault(weighed.ingredient.inci, weighed)
        return {relation: list(names.values()) for relation, names in chosen.items()}

    @cached_property
    def cautions(self) -> list[str]:
        """The ids of the cautions that its names ask for."""
        return [caution for weighed in self.known for caution in weighed.ingredient.cautions]

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
    totals = Counter([item.listed_as for item in product.items])
    places = dict.fromkeys(totals, 0)
    result = Assessment(product.title, contexts)
    for item in product.items:
        part, ingredient = item.listed_as, item.ingredient
        places[part] = position = places[part] + 1
        if ingredient:
            result.known.append(Weighed(item, ingredient, position, totals[part]))
        else:
            result.unknown.append(Unknown(item, position, totals[part]))
    return result


def cautions(assessments: Sequence[Assessment]) -> list[str]:
    """Return the ids of the cautions that any ingredient asks for, each once."""
    return list(dict.fromkeys(caution for assessment in assessments for caution in assessment.cautions))
