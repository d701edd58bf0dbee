"""Reads a pasted label as a person would: finds the lists, cuts the prose, keeps actives and "may contain" apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.names import LONGEST_REMEMBERED, key, words_of
from assistant.ingredients.pieces import Piece, clean, group_inside, split
from assistant.ingredients.recognise import Found, are_chemical, has_brackets, recognise_parts, starts_name
from assistant.ingredients.schema import Ingredient, ListedAs
from assistant.ingredients.units import Text, Unit, cut, in_forms
from assistant.ingredients.written import Name, name_of

# A title has at most so many words: nine in ten product names of 3,000 labels do, with a median of six.
MOST_TITLE_WORDS = 10
# Water again after so many names: a second list begins (one water may stand twice in a short list).
NAMES_BEFORE_NEW_LIST = 5
# Before a list of so many names ...
REAL_LIST = 8
# ... so few without "Ingredients:" before them come from a blurb ("with niacinamide and watermelon extract").
STRAY_NAMES = 4
# A line is itself a list, and the line before it a title, from so many pieces on.
LIST_PIECES = 3

_WATER = "Aqua"
_DASH = " - "


class Item(NamedTuple):
    """One name of a list. `text[start:end] == as_written`; `ingredient` is None where the name is not known.

    `exact` is False for a corrected spelling, `as_group` True where a question named only the kind ("silicones").
    """

    as_written: str
    start: int
    end: int
    listed_as: ListedAs
    percent: float | None = None
    ingredient: Ingredient | None = None
    exact: bool = True
    as_group: bool = False

    def placed(self, as_written: str, start: int, end: int) -> Item:
        """Return the name as it stands at another place."""
        return Item(as_written, start, end, self.listed_as, self.percent, self.ingredient, self.exact, self.as_group)


@dataclass
class Product:
    """One list with its title ("" where it has none) and its names in order; `headed`: it stands behind a mark."""

    title: str = ""
    items: list[Item] = field(default_factory=list)
    headed: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    has_water: bool = False
    actives_settled: bool = False

    def add(self, item: Item) -> None:
        """Add a name to the end of the list."""
        self.items.append(item)
        self.counts[item.listed_as] += 1
        self.has_water = self.has_water or (item.ingredient is not None and item.ingredient.inci == _WATER)

    def drop_last(self) -> None:
        """Take the last name off the list."""
        self.counts[self.items.pop().listed_as] -= 1

    def put_actives_first(self, items: list[Item]) -> None:
        """Put `Salicylic Acid 2%`, which stood over the list, at its head as actives."""
        self.items = [item._replace(listed_as="active") for item in items] + self.items
        self.counts["active"] += len(items)

    def has(self, listed_as: ListedAs) -> bool:
        """Whether any name of it is listed so."""
        return self.counts[listed_as] > 0


def read(masked: str, lexicon: Lexicon) -> list[Product]:
    """Return the products of a text that is normalised and masked (`units.mask_tags`), none where it holds no list."""
    forms = in_forms(masked, lexicon.reading)
    reader = _Reader(forms, lexicon)
    units = cut(forms, lexicon)
    for place, unit in enumerate(units):
        reader.take(unit, units[place + 1] if place + 1 < len(units) else None)
    return _without_strays([product for product in reader.products if product.items])


def _without_strays(products: list[Product]) -> list[Product]:
    """Leave out the few names of a blurb before a real list."""
    if not any(len(product.items) >= REAL_LIST for product in products):
        return products
    first = next(place for place, product in enumerate(products) if len(product.items) >= REAL_LIST)
    kept = [product for product in products[:first] if _is_list(product)]
    for product in products[:first]:
        if product not in kept and all(item.percent is not None for item in product.items):
            products[first].put_actives_first(product.items)
    return kept + products[first:]


def _is_list(product: Product) -> bool:
    titled = product.title and len(product.items) >= LIST_PIECES and any(item.percent for item in product.items)
    return product.headed or len(product.items) > STRAY_NAMES or bool(titled)


class _Reader:
    """Walks over the units of a text and fills the products."""

    def __init__(self, forms: Text, lexicon: Lexicon) -> None:
        self.forms = forms
        self.text = forms.written
        self.lexicon = lexicon
        self.free_from = words_of(lexicon.reading.free_from)
        self.tells_of_absent = self.free_from.may_be_in(forms.low)
        self.products = [Product()]
        self.listed_as: ListedAs = "ingredient"
        self.skipping = False
        self.blurb = False
        self.list_of_absent = False
        self.open_line = False
        self.split_before: dict[tuple[int, int], list[Piece]] = {}

    @property
    def product(self) -> Product:
        return self.products[-1]

    def take(self, unit: Unit, following: Unit | None) -> None:
        if unit.role or (unit.blank and not self.list_of_absent):
            self.skipping = False
        self.list_of_absent = False
        self._follow_mark(unit)
        if self.skipping and not (self.blurb and self._is_real_list(unit)):
            return
        self.skipping = False
        if self.tells_of_absent:
            unit = self._without_free_from(unit)
        if self._take_title(unit, following):
            return
        unit = self._without_heading(unit)
        pieces = self._pieces(unit) if unit.start < unit.end else []
        if not pieces:
            self.open_line = False
            return
        self._add(unit, pieces)
        self.open_line = unit.wraps and len(pieces) > 1 and self.text[unit.start : unit.end].rstrip()[-1:] not in ",;"

    def _follow_mark(self, unit: Unit) -> None:
        role = unit.role
        if role is None:
            return
        self.skipping = self.blurb = role == "blurb"
        if role in ("ingredients", "active") and self.product.has("ingredient"):
            self._new_product("")
        if role == "inactive":
            self._earlier_were_active()
        self.product.headed = self.product.headed or role != "blurb"
        if role in ("ingredients", "inactive"):
            self.listed_as = "ingredient"
        elif role == "active":
            self.listed_as = "active"
        elif role == "may_contain":
            self.listed_as = "may_contain"

    def _earlier_were_active(self) -> None:
        """`Octinoxate 7.5%, Zinc Oxide 5%. Inactive Ingredients: ...` names the actives without saying so."""
        product, items = self.product, self.product.items
        if product.actives_settled or not items:
            return
        product.actives_settled = True
        if 2 * sum(item.percent is not None for item in items) >= len(items):
            product.items = [item._replace(listed_as="active") for item in items]
            product.counts = Counter({"active": len(items)})

    def _new_product(self, title: str) -> None:
        if self.product.items:
            self.products.append(Product())
        if title or not self.product.title:
            self.product.title = title
        self.listed_as = "ingredient"
        self.open_line = False

    def _without_free_from(self, unit: Unit) -> Unit:
        match = self.free_from.pattern.search(self.forms.low, unit.start, unit.end)
        if not match:
            return unit
        rest = self.text[match.end() : unit.end].rstrip()
        # "Formulated without:" stands over a list of its own, often behind a blank line.
        self.blurb = False
        self.skipping = self.list_of_absent = not rest.strip(" :") or rest.endswith(":")
        return unit.within(unit.start, match.start())

    def _without_heading(self, unit: Unit) -> Unit:
        """Take `Renewing Cleanser:` before a list as its title, and drop `Squalane: softens the skin` whole."""
        colon = self.text.find(":", unit.start, unit.end)
        if colon < 0 or self.forms.flat[colon] != ":":
            return self._without_dashed_heading(unit)
        rest = unit.within(colon + 1, unit.end, line=True)
        claimed = self._split(rest)
        if 0 < len(claimed) < REAL_LIST and claimed[0].name.prose:
            return unit.within(unit.start, unit.start)
        pieces = self._pieces(rest)
        if len(self.text[unit.start : colon].split()) > MOST_TITLE_WORDS:
            return unit if pieces else unit.within(unit.start, colon)
        likely = sum(piece.name.likely for piece in pieces)
        if len(pieces) >= LIST_PIECES - 1 and 2 * likely >= len(pieces):
            self._new_product(self._title(unit.start, colon))
            return rest
        if len(pieces) == 1 and pieces[0].name.ingredient:
            return rest
        if not self.text[colon + 1 : unit.end].strip():
            return unit
        return unit.within(unit.start, unit.start)

    def _without_dashed_heading(self, unit: Unit) -> Unit:
        """Take `Day Cream - Aqua, Squalane` for a title and its list; a further dash would part names."""
        dash = self.forms.flat.find(_DASH, unit.start, unit.end)
        if dash < 0 or self.forms.flat.find(_DASH, dash + 1, unit.end) >= 0:
            return unit
        heading = self._split(unit.within(unit.start, dash))
        words = heading[0].name.words if len(heading) == 1 and not heading[0].name.ingredient else []
        # The letter of "Cream B" tells nothing.
        named = are_chemical([word for word in words if len(word) > 1], self.lexicon)
        if named or not 0 < len(words) <= MOST_TITLE_WORDS or not self.lexicon.untitled_words.isdisjoint(words):
            return unit
        rest = unit.within(dash + len(_DASH), unit.end, line=True)
        pieces = self._pieces(rest)
        likely = sum(piece.name.likely for piece in pieces)
        if len(pieces) < LIST_PIECES - 1 or 2 * likely < len(pieces) or not pieces[0].name.likely:
            return unit
        self._new_product(self._title(unit.start, dash))
        return rest

    def _title(self, start: int, end: int) -> str:
        title = self.text[start:end].strip(" \t\n-*•:#")
        return title if len(title.split()) <= MOST_TITLE_WORDS else ""

    def _pieces(self, unit: Unit) -> list[Piece]:
        """The pieces of a unit that can be names; none where the unit is mostly prose or a footnote."""
        pieces = self._split(unit)
        first = self.text[unit.start : unit.end].lstrip()[:1]
        if first in ("*", "†") and len(pieces) == 1 and not pieces[0].name.ingredient:
            return []
        kept = [piece for piece in pieces if _may_be_listed(piece)]
        if 2 * len(kept) > len(pieces):
            return kept
        return [piece for piece in kept if piece.name.ingredient] if len(kept) > 2 else []

    def _is_real_list(self, unit: Unit) -> bool:
        """Whether a unit under "Highlighted ingredients" is the list itself, which then follows without a mark."""
        pieces = self._split(unit)
        return len(pieces) >= REAL_LIST and 2 * sum(piece.name.likely for piece in pieces) >= len(pieces)

    def _split(self, unit: Unit) -> list[Piece]:
        place = (unit.start, unit.end)
        if place not in self.split_before:
            self.split_before[place] = split(self.forms, unit, self.lexicon)
        return self.split_before[place]

    def _take_title(self, unit: Unit, following: Unit | None) -> bool:
        """Whether a unit is the title over a list, which then begins a new product."""
        if following is None or not unit.line:
            return False
        pieces = self._split(unit)
        if len(pieces) > 1 or (pieces and pieces[0].name.ingredient):
            return False
        over_list = unit.wraps and len(self._split(following)) >= LIST_PIECES
        first = unit.wraps and not self.product.items and bool(pieces) and not pieces[0].name.likely
        if not (over_list or first or following.role in ("ingredients", "active")):
            return False
        words = key(self.text[unit.start : unit.end]).split()
        if not words or len(words) > MOST_TITLE_WORDS or not self.lexicon.untitled_words.isdisjoint(words):
            return False
        self._new_product(self._title(unit.start, unit.end))
        return True

    def _add(self, unit: Unit, pieces: list[Piece]) -> None:
        first = pieces[0].name.ingredient
        listed = self.product.counts["ingredient"]
        water_again = (
            first is not None
            and first.inci == _WATER
            and listed >= NAMES_BEFORE_NEW_LIST
            and (len(pieces) >= LIST_PIECES or self.product.has_water)
        )
        blurb_before = unit.blank and len(pieces) >= REAL_LIST and 0 < listed <= STRAY_NAMES
        if (water_again and not unit.role) or (blurb_before and not self.product.headed):
            self._new_product("")
        wrapped = self.open_line and unit.line and not unit.blank and not unit.role and bool(self.product.items)
        for piece in pieces:
            self._add_piece(piece, wrapped)
            wrapped = False

    def _add_piece(self, piece: Piece, wrapped: bool) -> None:
        """Add a piece; `wrapped`: a bare line break stands before it."""
        product = self.product
        last = product.items[-1] if product.items else None
        may_go_on = last and (wrapped or piece.name.rest or not last.ingredient)
        if last and may_go_on and last.listed_as == self.listed_as and self._belongs_to(last, piece, wrapped):
            product.drop_last()
            percent = piece.percent if piece.percent is not None else last.percent
            piece = Piece(last.start, piece.end, self._name(last.start, piece.end), percent)
        whole = piece.name.ingredient
        if whole:
            written = self.text[piece.start : piece.end]
            product.add(Item(written, piece.start, piece.end, self.listed_as, piece.percent, whole))
            return
        for start, end, found in self._found(piece):
            ingredient, exact = (found.ingredient, found.exact) if found else (None, True)
            product.add(Item(self.text[start:end], start, end, self.listed_as, piece.percent, ingredient, exact))

    def _belongs_to(self, last: Item, piece: Piece, wrapped: bool) -> bool:
        """Whether a name was broken in two, by a line's end or a stray comma (`Peg-40, Hydrogenated Castor Oil`)."""
        if piece.start - last.end > len(", \n ") or piece.end - last.start > LONGEST_REMEMBERED:
            return False
        name, before = piece.name, name_of(last.as_written, self.lexicon)
        both_percent = piece.percent is not None and last.percent is not None
        if both_percent or not name.words or not before.words or ")" in self.text[last.end : piece.start]:
            return False
        written = self.text[last.start : piece.end]
        may_be_name = starts_name(before.key + name.key, before.words + name.words, self.lexicon)
        may_be_name = may_be_name or has_brackets(written)
        joined = name_of(written, self.lexicon).ingredient if may_be_name else None
        if joined:
            return joined is not last.ingredient and joined is not name.ingredient
        reading = self.lexicon.reading
        if not wrapped:
            return name.rest or (last.ingredient is None and reading.made_from_before.issuperset(before.words))
        if name.words[0] in reading.made_from_after or before.words[-1] in reading.made_from_before:
            return True
        return last.ingredient is None and not name.ingredient

    def _name(self, start: int, end: int) -> Name:
        return name_of(self.text[start:end], self.lexicon)

    def _found(self, piece: Piece) -> list[tuple[int, int, Found | None]]:
        """The parts of a piece that is no name as a whole, with what each names."""
        written = self.text[piece.start : piece.end]
        found = recognise_parts(written, self.lexicon)
        if found:
            return [self._place(piece, item, len(found) == 1) for item in found]
        group = list(group_inside(self.text, piece, self.lexicon)) if "(" in written else []
        if any(inner.name.ingredient for inner in group):
            return [result for inner in group for result in self._found_one(inner)]
        return [(piece.start, piece.end, None)]

    def _found_one(self, piece: Piece) -> list[tuple[int, int, Found | None]]:
        if piece.name.ingredient:
            return [(piece.start, piece.end, Found(piece.name.ingredient, piece.start, piece.end))]
        found = recognise_parts(self.text[piece.start : piece.end], self.lexicon)
        if not found:
            return [(piece.start, piece.end, None)]
        return [self._place(piece, item, len(found) == 1) for item in found]

    def _place(self, piece: Piece, item: Found, alone: bool) -> tuple[int, int, Found | None]:
        if alone:
            return piece.start, piece.end, item
        part = clean(self.text, piece.start + item.start, piece.start + item.end, self.lexicon)
        return (part.start, part.end, item) if part else (piece.start + item.start, piece.start + item.end, item)


def _may_be_listed(piece: Piece) -> bool:
    """Whether a piece is neither part of a sentence nor says what is not in the product."""
    name = piece.name
    return not (name.prose or name.absent or piece.percent == 0 or (piece.loose and not name.ingredient))
