"""Says a result in words, all of which come from data/ingredients/_words.yml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.ingredients.assess import Assessment, Weighed, cautions
from assistant.ingredients.lexicon import Lexicon
from assistant.ingredients.schema import GRADES, Counted, Ingredient, ProductType, Relation, Words

# What a phone shows in about one screen, and one SMS channel sends whole (Twilio cuts at 1,600 characters).
LONGEST_SUMMARY = 700
# More names in one sentence are not read; the rest is counted.
MOST_NAMES = 4
# More products or ingredients get no line of their own.
MOST_LINES = 5
# Lines of a list go, the last first, before any sentence that can be spared.
FIRST_SPARE_LINE = 10
# Sources of a result: the strongest first, as many as fit under a message.
MOST_SOURCES = 8
# Of them, so many at least for what is said of the ingredients, beside those of the cautions and the caveat.
FEWEST_FOR_INGREDIENTS = 3
# Titles of products are the visitor's own words, of any length.
LONGEST_TITLE = 40
# The caution of what a doctor prescribes, for which no lighter swap is offered.
PRESCRIBED = "prescription"


@dataclass(frozen=True)
class Sentence:
    """A sentence and how dearly it is held: 0 stays, the highest number goes first where the summary is too long.

    `line` for a line of a list.
    """

    text: str
    spare: int = 0
    line: bool = False


@dataclass
class Summary:
    """The text, at most LONGEST_SUMMARY characters, and its sources as dicts."""

    text: str
    sources: list[dict[str, Any]] = field(default_factory=list)


class Writer:
    """Puts results into words."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words = words
        self.lexicon = lexicon
        self.most_names = MOST_NAMES

    def label(self, products: Sequence[Assessment]) -> Summary:
        """Return the summary of a pasted label with one product or several."""
        tail = [*self._contexts(products), *self._cautions(products), Sentence(self.words.caveat)]
        if any(has_swap(product) for product in products):
            tail.append(Sentence(self.words.lighter, 4))
        for self.most_names in (MOST_NAMES, MOST_NAMES // 2, 1):
            head = self._product(products[0]) if len(products) == 1 else self._products(products)
            text = fit([*head, *tail])
            if len(text) <= LONGEST_SUMMARY:
                break
        return Summary(text, self._sources(products, self.words.sources["caveat"]))

    def ingredients(
        self, named: Assessment, heavy: Sequence[ProductType] = (), compared: bool = False, branded: bool = False
    ) -> Summary:
        """Return the summary of a question that names ingredients, and perhaps a heavy kind of product with them.

        `compared`: it sets them side by side; `branded`: it names a brand, too, whose list would tell more.
        """
        one = len(named.known) == 1
        head = self._ingredient(named.known[0]) if one else self._several(named)
        # What is said of "eye creams" tells of the eyes already.
        used = [] if heavy else self._contexts([named])
        if compared and not one:
            linked = [f"**{weighed.called}**" for weighed in (*named.of("steroid"), *named.linked)]
            head = [self._compared(linked, len(named.known)), *head]
        sentences = [*head, *self._types(heavy), *used, *self._cautions([named])]
        if branded:
            sentences.append(Sentence(self.words.product_type["ask"]))
        if any(weighed.relation != "alternative" for weighed in named.known):
            sentences.append(Sentence(self.words.caveat_one, 3))
        if has_swap(named) or heavy:
            sentences.append(Sentence(self.words.lighter, 2))
        codes = [code for product in heavy for code in product.sources]
        return Summary(fit(sentences), self._sources([named], codes))

    def product_types(self, types: Sequence[ProductType], compared: bool = False) -> Summary:
        """Return the summary of a question about kinds of products; `compared`: it sets them side by side."""
        sentences = self._types_compared(types) if compared else self._types(types)
        sentences.append(Sentence(self.words.product_type["ask"]))
        codes = [code for product in types for code in product.sources]
        return Summary(fit(sentences), self._described(codes))

    def _compared(self, linked: Sequence[str], total: int) -> Sentence:
        """Return which of several named things people link with milia."""
        texts = self.words.comparing
        if not linked or len(linked) == total:
            return Sentence(texts["all" if linked else "none"])
        return Sentence(texts["some"].format(names=self._listed(linked)))

    def no_list(self, blurb: bool) -> Summary:
        """Return the sentence that asks for the list."""
        return Summary((self.words.no_list_blurb if blurb else self.words.no_list).strip())

    def _product(self, product: Assessment) -> list[Sentence]:
        words = self.words.label
        if not product.known:
            return [Sentence(words.nothing_known)]
        steroids = product.of("steroid")
        sentences = [self._counted(words.steroid, steroids)] if steroids else []
        if product.linked:
            sentences.append(self._counted(words.associated, product.linked, positions=True))
        elif not steroids:
            sentences.append(Sentence(words.none))
        for spare, template, group in (
            (5, words.weak, product.weakly_linked),
            (3, words.comedogenic, product.of("comedogenic")),
            (0, words.preventive, product.of("preventive")),
            (6, words.alternative, product.of("alternative")),
        ):
            if group:
                sentences.append(self._counted(template, group, spare))
        return [*sentences, *self._read_as(product), *self._unknown(product)]

    def _types(self, types: Sequence[ProductType]) -> list[Sentence]:
        sentences = []
        for place, product in enumerate(types[:MOST_LINES]):
            relation = "associated" if product.relation == "associated" else "neutral"
            said = self.words.product_type[relation].format(name=product.name)
            sentences.append(Sentence(f"{said} {self.words.product_notes[product.note]}", place))
        return sentences

    def _types_compared(self, types: Sequence[ProductType]) -> list[Sentence]:
        linked = [f"**{product.name}**" for product in types if product.relation == "associated"]
        sentences = [self._compared(linked, len(types))]
        for place, product in enumerate(types[:MOST_LINES]):
            name, text = capital(f"**{product.name}**"), self.words.product_notes[product.note]
            said = self.words.ingredients["line"].format(name=name, text=text)
            sentences.append(Sentence(said, FIRST_SPARE_LINE + place if place else 0, line=True))
        return sentences

    def _contexts(self, products: Sequence[Assessment]) -> list[Sentence]:
        """What the use of a product changes, where it holds something for which that matters."""
        said = []
        for context, text in self.words.contexts.items():
            if any(context in product.contexts and _matters(product, context) for product in products):
                said.append(Sentence(text, 2))
        return said if len(products) == 1 else []

    def _products(self, products: Sequence[Assessment]) -> list[Sentence]:
        texts = self.words.products
        lines = [Sentence(texts["head"].format(count=self._number(len(products)).lower()))]
        for place, product in enumerate(products[:MOST_LINES], start=1):
            linked = [*product.of("steroid"), *product.linked]
            text = texts["associated"].format(names=self._names(linked, True)) if linked else texts["none"]
            title = short(product.title) or texts["untitled"].format(n=place)
            spare = FIRST_SPARE_LINE + place if place > 1 else 0
            lines.append(Sentence(texts["line"].format(title=title, text=text), spare, line=True))
        return lines

    def _ingredient(self, weighed: Weighed) -> list[Sentence]:
        texts = self.words.ingredient
        ingredient = weighed.ingredient
        said = texts[said_as(ingredient)].format(
            name=f"**{weighed.called}**", grade=self.words.grades[ingredient.best_grade]
        )
        sentences = [Sentence(capital(said))]
        if ingredient.note and not weighed.item.as_group:
            sentences.append(Sentence(ingredient.note, 1))
        if ingredient.disputed and not weighed.item.as_group:
            sentences.extend(self._disagreement(ingredient))
        if not weighed.item.exact:
            read_as = texts["read_as"].format(written=short(weighed.item.as_written), name=weighed.called)
            sentences.insert(0, Sentence(read_as))
        return sentences

    def _disagreement(self, ingredient: Ingredient) -> Iterable[Sentence]:
        rating = ingredient.comedogenicity
        if rating and rating.min is not None and rating.max is not None and rating.min < rating.max:
            yield Sentence(self.words.ingredient["disagree"].format(min=rating.min, max=rating.max), 2)

    def _several(self, named: Assessment) -> list[Sentence]:
        texts = self.words.ingredients
        lines = [Sentence(texts["head"])]
        for weighed in named.known[:MOST_LINES]:
            text = texts[said_as(weighed.ingredient)]
            said = texts["line"].format(name=capital(f"**{weighed.called}**"), text=text)
            lines.append(Sentence(said, line=True))
        left = len(named.known) - MOST_LINES
        if left > 0:
            lines.append(Sentence(texts["more"].format(n=left), line=True))
        return lines

    def _counted(
        self, template: Counted, group: Sequence[Weighed], spare: int = 0, positions: bool = False
    ) -> Sentence:
        text = template.one if len(group) == 1 else template.many
        grade = min((weighed.ingredient.best_grade for weighed in group), key=GRADES.index)
        said = text.format(
            names=self._names(group, positions),
            count=self._number(len(group)),
            grade=self.words.grades[grade],
        )
        return Sentence(capital(said), spare)

    def _names(self, group: Sequence[Weighed], positions: bool) -> str:
        names = [self._name(weighed, positions) for weighed in group[: self.most_names]]
        if len(group) > self.most_names:
            names.append(self.words.more.format(n=len(group) - self.most_names))
        return self._listed(names)

    def _listed(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return names[0]
        return self.words.last_and.format(first=", ".join(names[:-1]), last=names[-1])

    def _name(self, weighed: Weighed, position: bool) -> str:
        name = f"**{weighed.called}**"
        if weighed.item.listed_as == "may_contain":
            return self.words.colored.format(name=name)
        # Actives are not listed by amount, so their place says nothing.
        if not position or weighed.item.listed_as != "ingredient" or weighed.total == 1:
            return name
        ordinal = self._ordinal(weighed.position)
        return self.words.position.format(name=name, ordinal=ordinal, total=weighed.total)

    def _ordinal(self, number: int) -> str:
        teen = 10 < number % 100 < 20
        template = self.words.ordinals["other" if teen else str(number % 10)] if self._has(number, teen) else None
        return (template or self.words.ordinals["other"]).format(n=number)

    def _has(self, number: int, teen: bool) -> bool:
        return not teen and str(number % 10) in self.words.ordinals

    def _number(self, number: int) -> str:
        return self.words.numbers.get(number, str(number))

    def _read_as(self, product: Assessment) -> Iterable[Sentence]:
        for weighed in product.known:
            if not weighed.item.exact and weighed.relation != "neutral":
                written = short(weighed.item.as_written)
                yield Sentence(self.words.label.read_as.format(written=written, name=weighed.called), 5)
                return

    def _unknown(self, product: Assessment) -> Iterable[Sentence]:
        unknown = len(product.unrecognised)
        if unknown:
            template = self.words.label.unknown.one if unknown == 1 else self.words.label.unknown.many
            yield Sentence(template.format(unknown=unknown, total=product.total), 2)

    def _cautions(self, products: Sequence[Assessment]) -> list[Sentence]:
        return [Sentence(text) for text in said_cautions(products, self.words)]

    def _sources(self, products: Sequence[Assessment], codes: Sequence[str]) -> list[dict[str, Any]]:
        relations: Sequence[Relation] = ("steroid", "associated", "preventive", "alternative")
        named = [w.ingredient for relation in relations for product in products for w in product.of(relation)]
        first = [code for ingredient in named for code in ingredient.sources[:1]]
        found = first + [code for ingredient in named for code in ingredient.sources]
        if any(product.of("comedogenic") for product in products):
            found += self.words.sources["comedogenic"]
        wanted = cautions(products)
        care = [code for item in self.words.cautions if item.id in wanted for code in item.sources]
        room = MOST_SOURCES - min(MOST_SOURCES, len(dict.fromkeys([*care, *codes])))
        return self._described([*list(dict.fromkeys(found))[: max(room, FEWEST_FOR_INGREDIENTS)], *care, *codes])

    def _described(self, codes: Iterable[str]) -> list[dict[str, Any]]:
        origins = [self.lexicon.origins[code] for code in dict.fromkeys(codes)][:MOST_SOURCES]
        return [
            {
                "id": item.also or item.code,
                "title": item.title,
                "publisher": item.publisher,
                "year": item.year,
                "url": item.url,
            }
            for item in origins
        ]


def said_cautions(products: Sequence[Assessment], words: Words) -> list[str]:
    """Return the texts of the cautions that the products need, without those that another one takes in."""
    wanted = set(cautions(products))
    for caution in words.cautions:
        if caution.id in wanted:
            wanted -= set(caution.instead_of)
    return [caution.text for caution in words.cautions if caution.id in wanted]


def has_swap(product: Assessment) -> bool:
    """Return whether a lighter product would be a swap: not for medicines."""
    return any(PRESCRIBED not in weighed.ingredient.cautions for weighed in product.linked)


def _matters(product: Assessment, context: str) -> bool:
    """Whether a product holds a name that is rinsed off, or comes near the eyes, with a difference for milia."""
    named = product.linked or product.weakly_linked or product.of("comedogenic")
    return bool(named if context == "rinse_off" else named or product.of("preventive"))


def said_as(ingredient: Ingredient) -> str:
    """Return the key of the sentence about an ingredient: its relation, or "weak"."""
    return "weak" if ingredient.weak else ingredient.relation


def capital(text: str) -> str:
    """Return the text with its first letter, behind any `**`, in upper case."""
    place = next((i for i, character in enumerate(text) if character.isalnum()), None)
    return text if place is None else text[:place] + text[place].upper() + text[place + 1 :]


def short(text: str) -> str:
    """Return a visitor's own words on one line, without what would be formatting, cut to LONGEST_TITLE characters."""
    plain = " ".join("".join(" " if character in '*_[]()<>`"' else character for character in text).split())
    return plain if len(plain) <= LONGEST_TITLE else plain[: LONGEST_TITLE - 3].rstrip() + "..."


def fits(sentences: Sequence[Sentence]) -> bool:
    """Return whether the sentences fit whole."""
    return len(_joined(sentences)) <= LONGEST_SUMMARY


def fit(sentences: Sequence[Sentence]) -> str:
    """Join the sentences, leaving out the most easily spared until they fit."""
    kept: list[Sentence | None] = list(sentences)
    while len(_joined(kept)) > LONGEST_SUMMARY:
        spare = max((s.spare for s in kept if s), default=0)
        if not spare:
            break
        kept = [None if s and s.spare == spare else s for s in kept]
    return _joined(kept)


def _joined(sentences: Sequence[Sentence | None]) -> str:
    """Put lines on lines of their own and what follows them into a paragraph of its own."""
    text, in_lines = "", False
    for sentence in sentences:
        if sentence is None:
            continue
        text += ("\n" if sentence.line else "\n\n" if in_lines else " ") + sentence.text
        in_lines = sentence.line
    return text.strip()
