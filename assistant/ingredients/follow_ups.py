"""Answers what is asked about a result: what counts most, what is good in it, what to use instead, how two compare.

Each function takes results of `checker.check` and returns a `Summary` (text and sources) that fits one message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.ingredients.assess import Assessment, Unknown, Weighed
from assistant.ingredients.checker import CheckResult
from assistant.ingredients.lexicon import load_lexicon, load_words
from assistant.ingredients.schema import GRADES, Relation
from assistant.ingredients.summary import PRESCRIBED, Sentence, Summary, Writer, capital, fit, fits, said_as, short

# Names that are shown when the unknown ones are asked for.
MOST_UNKNOWN = 8
# The order of the lines in a long answer.
SAID_FIRST: tuple[Relation, ...] = ("steroid", "associated", "comedogenic", "preventive", "alternative")


def worst(result: CheckResult) -> Summary:
    """Return the name with the strongest link with milia, by the kind of evidence; all of them where they are alike."""
    return _answer(result, _Answerer.counts_most)


def good(result: CheckResult) -> Summary:
    """Return which names are used to prevent milia, and which are the lighter kinds that the guide suggests."""
    return _answer(result, _Answerer.good)


def instead(result: CheckResult) -> Summary:
    """Return what to use in place of what is linked with milia; never a swap for what may be prescribed."""
    return _answer(result, _Answerer.instead)


def unknown(result: CheckResult) -> Summary:
    """Return the names that were not recognised."""
    return _answer(result, _Answerer.not_known)


def more(result: CheckResult) -> Summary:
    """Return a line for each name that matters for milia, the linked ones first."""
    return _answer(result, _Answerer.more)


def simply(result: CheckResult) -> Summary:
    """Return in the plainest words which names may play a part in milia."""
    return _answer(result, _Answerer.simply)


def nothing_read() -> Summary:
    """Return the sentence that asks for a list, as none was read yet."""
    return _Answerer(load_words(), load_lexicon()).nothing_read()


def compare(results: Sequence[CheckResult]) -> Summary:
    """Return a line with the linked names of each product in the results, and which product has fewest."""
    products = [product for result in results for product in result.products]
    answerer = _Answerer(load_words(), load_lexicon())
    return answerer.compare(products) if products else answerer.nothing_read()


def _answer(result: CheckResult, say: Callable[[_Answerer, Sequence[Assessment]], Summary]) -> Summary:
    answerer = _Answerer(load_words(), load_lexicon())
    return say(answerer, result.products) if result.products else answerer.nothing_read()


class _Answerer(Writer):
    def nothing_read(self) -> Summary:
        return Summary(self.words.follow_ups.nothing_read)

    def counts_most(self, products: Sequence[Assessment]) -> Summary:
        words, together = self.words.follow_ups, _together(products)
        linked = [*together.of("steroid"), *together.linked]
        if not linked:
            none = [Sentence(words.counts_none), *self._hints(together), Sentence(self.words.caveat)]
            return Summary(fit(none), self._sources([together], self.words.sources["caveat"]))
        first = [weighed for weighed in linked if _rank(weighed) == min(map(_rank, linked))]
        only = [_only(first)]
        if all(weighed.relation == "steroid" for weighed in first):
            said = self._counted(self.words.label.steroid, first)
        else:
            said = Sentence(capital(self._most(first, len(linked), products)))
        sentences = [said, *self._cautions(only), Sentence(self.words.caveat)]
        return Summary(fit(sentences), self._sources(only, self.words.sources["caveat"]))

    def _most(self, first: Sequence[Weighed], linked: int, products: Sequence[Assessment]) -> str:
        words = self.words.follow_ups
        names = self._names(first, positions=len(products) == 1)
        if len(first) == 1 and len(products) > 1:
            place, product = next((n, p) for n, p in enumerate(products, start=1) if first[0] in p.known)
            names = words.in_product.format(name=names, title=self._title(product, place))
        template = words.counts_most.one if linked == 1 else words.counts_most.many
        return (template if len(first) == 1 else words.counts_alike).format(
            names=names,
            count=self._number(linked).lower(),
            grade=self.words.grades[first[0].ingredient.best_grade],
        )

    def good(self, products: Sequence[Assessment]) -> Summary:
        words, together = self.words.label, _together(products)
        preventive, alternative = together.of("preventive"), together.of("alternative")
        sentences = []
        if preventive:
            sentences.append(self._counted(words.preventive, preventive))
        if alternative:
            lighter = words.alternative if preventive else self.words.follow_ups.good_lighter
            sentences.append(self._counted(lighter, alternative))
        if not sentences:
            return Summary(self.words.follow_ups.good_none)
        only = [_only([*preventive, *alternative])]
        return Summary(fit([*sentences, *self._cautions(only)]), self._sources(only, []))

    def instead(self, products: Sequence[Assessment]) -> Summary:
        words, together = self.words.follow_ups, _together(products)
        linked = [*together.of("steroid"), *together.linked]
        medicines = [weighed for weighed in linked if _is_medicine(weighed)]
        heavy = [weighed for weighed in linked if weighed not in medicines]
        sentences = []
        if heavy:
            sentences.append(self._counted(words.instead, heavy))
        elif not medicines:
            sentences.append(Sentence(words.instead_none))
        if medicines:
            names = self._names(medicines, positions=False)
            sentences.append(Sentence(capital(words.instead_prescribed.format(names=names))))
        if heavy or not medicines:
            sentences.append(Sentence(self.words.lighter))
        if heavy:
            sentences.append(Sentence(words.keep_on))
        codes = self.words.sources["lighter"]
        return Summary(fit([*sentences, *self._cautions([_only(medicines)])]), self._sources([_only(linked)], codes))

    def not_known(self, products: Sequence[Assessment]) -> Summary:
        words, names = self.words.follow_ups, [item for product in products for item in product.unknown]
        if not names:
            return Summary(words.unknown_none)
        template = words.unknown.one if len(names) == 1 else words.unknown.many
        return Summary(template.format(names=self._unknown_names(names)))

    def more(self, products: Sequence[Assessment]) -> Summary:
        words, together = self.words.follow_ups, _together(products)
        named = [weighed for relation in SAID_FIRST for weighed in together.of(relation)]
        if not named:
            return Summary(words.more_none)
        keep_on = [Sentence(words.keep_on)] if together.linked else []
        tail = [*self._cautions([together]), *keep_on, Sentence(self.words.caveat)]
        sentences = [Sentence(words.more_head), *self._lines(named, with_notes=True), *tail]
        shown = len(named)
        while not fits(sentences) and shown:
            left = len(named) - shown
            rest = [Sentence(self.words.ingredients["more"].format(n=left), line=True)] if left else []
            sentences = [Sentence(words.more_head), *self._lines(named[:shown], with_notes=False), *rest, *tail]
            shown -= 1
        return Summary(fit(sentences), self._sources([together], self.words.sources["caveat"]))

    def simply(self, products: Sequence[Assessment]) -> Summary:
        words, together = self.words.follow_ups, _together(products)
        linked = [*together.of("steroid"), *together.linked]
        if not linked:
            return Summary(words.simply_none)
        said = self._counted(words.simply, linked)
        return Summary(fit([said, *self._cautions([together])]), self._sources([_only(linked)], []))

    def compare(self, products: Sequence[Assessment]) -> Summary:
        words = self.words.follow_ups
        if len(products) == 1:
            return Summary(words.compare_one)
        counts = [len(product.of("steroid")) + len(product.linked) for product in products]
        fewest = min(range(len(products)), key=counts.__getitem__)
        if not max(counts):
            said = words.compare_none
        elif min(counts) == max(counts):
            said = words.compare_same.format(count=counts[0])
        else:
            less = f"**{self._title(products[fewest], fewest + 1)}**"
            said = words.compare_fewer.format(less=less, few=counts[fewest], many=max(counts))
        sentences = [*self._products(products), Sentence(said), Sentence(words.compare_limit)]
        return Summary(fit(sentences), self._sources(products, self.words.sources["caveat"]))

    def _title(self, product: Assessment, place: int) -> str:
        return short(product.title) or self.words.products["untitled"].format(n=place)

    def _hints(self, product: Assessment) -> Iterator[Sentence]:
        """What is said against a name without linking it: pages without a source, old ratings."""
        for template, group in (
            (self.words.label.weak, product.weakly_linked),
            (self.words.label.comedogenic, product.of("comedogenic")),
        ):
            if group:
                yield self._counted(template, group, 1)

    def _lines(self, named: Sequence[Weighed], with_notes: bool) -> Iterator[Sentence]:
        for weighed in named:
            name = capital(self._name(weighed, position=True))
            text = capital(self.words.ingredients[said_as(weighed.ingredient)])
            note = weighed.ingredient.note if with_notes else ""
            yield Sentence(self.words.follow_ups.more_line.format(name=name, text=text, note=note).rstrip(), line=True)

    def _unknown_names(self, names: Sequence[Unknown]) -> str:
        written = [f'"{short(item.item.as_written)}"' for item in names[:MOST_UNKNOWN]]
        if len(names) > MOST_UNKNOWN:
            written.append(self.words.more.format(n=len(names) - MOST_UNKNOWN))
        return self._listed(written)


def _together(products: Sequence[Assessment]) -> Assessment:
    return _only([weighed for product in products for weighed in product.known])


def _only(names: Sequence[Weighed]) -> Assessment:
    return Assessment("", known=list(names))


def _rank(weighed: Weighed) -> int:
    return GRADES.index(weighed.ingredient.best_grade)


def _is_medicine(weighed: Weighed) -> bool:
    return weighed.relation == "steroid" or PRESCRIBED in weighed.ingredient.cautions
