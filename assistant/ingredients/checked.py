"""What a conversation has had checked so far, and what is answered when somebody asks about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.ingredients import follow_ups
from assistant.ingredients.checker import CheckResult, check
from assistant.ingredients.continuing import joined
from assistant.ingredients.lexicon import load_words
from assistant.ingredients.summary import LONGEST_SUMMARY, MOST_SOURCES, Summary

# Lists that are remembered: enough to compare.
MOST_LABELS = 2

COMPARE = "compare"
_ANSWERS: Mapping[str, Callable[[CheckResult], Summary]] = {
    "worst": follow_ups.worst,
    "good": follow_ups.good,
    "instead": follow_ups.instead,
    "unknown": follow_ups.unknown,
    "more": follow_ups.more,
    "simply": follow_ups.simply,
    "verdict": lambda result: Summary(result.summary, list(result.sources)),
}
# What may be asked about a list: the kinds of data/labels/follow_ups.yml, and what is chosen by a tap.
ASKS = frozenset({COMPARE, *_ANSWERS})


@dataclass(frozen=True)
class Checked:
    """What was checked in a conversation.

    `labels` are the texts of the last lists, the newest last; `question` a question that named ingredients, where it
    was answered after them; `current` says whether one of them was the last thing that was answered; `joined_at` where
    in the last list the message begins that was joined to it last, 0 where none was.
    """

    labels: tuple[str, ...] = ()
    question: str = ""
    current: bool = False
    joined_at: int = 0

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> Checked:
        """Return what `as_dict` gave; nothing where nothing was stored."""
        stored = stored or {}
        labels, question = tuple(stored.get("labels", ())), stored.get("question", "")
        return cls(labels, question, stored.get("current", False), stored.get("joined_at", 0))

    def as_dict(self) -> dict[str, Any]:
        """Return plain data that a conversation can store."""
        return {**asdict(self), "labels": list(self.labels)}

    def after(self, text: str, continues: bool = False) -> Checked:
        """Return this after `text` was checked; `continues`: it goes on with the last list.

        Something that holds neither a list nor an ingredient leaves what is remembered, and is not `current`.
        """
        if continues and self.labels:
            whole, place = joined(self.labels[-1], text)
            return Checked((*self.labels[:-1], whole), current=True, joined_at=place)
        kind = check(text).kind
        if kind == "label":
            return Checked((*self.labels, text)[-MOST_LABELS:], current=True)
        if kind == "ingredient":
            return replace(self, question=text, current=True)
        return self.aside()

    def parted(self) -> Checked:
        """Return this after what was joined to the last list last was said to be another product's."""
        if not self.joined_at:
            return self
        before, part = self.labels[-1][: self.joined_at].rstrip(), self.labels[-1][self.joined_at :]
        return Checked((*self.labels[:-1], before, part)[-MOST_LABELS:], current=True)

    def aside(self) -> Checked:
        """Return this after something else was answered."""
        return replace(self, current=False)

    @property
    def is_list(self) -> bool:
        """Whether a list was the last thing that was answered."""
        return self.current and not self.question

    def results(self) -> list[CheckResult]:
        """Return what the check finds in each list."""
        return [check(text) for text in self.labels]

    def result(self, of: str = "") -> CheckResult | None:
        """Return what is asked about: the `first` or the `last` list, or else what was answered last; None for none."""
        texts = {"first": self.labels[:1], "last": self.labels[-1:]}.get(of) or (self.question, *self.labels[::-1])
        found = next((text for text in texts if text), None)
        return check(found) if found else None


def answer(asks: Sequence[str], checked: Checked, of: str = "") -> Summary:
    """Return the answers to `asks`, of ASKS, in one text that fits a message; the second only where it fits.

    `of` is "first", "last" or "" as for `Checked.result`. Raises KeyError for what is not in ASKS.
    """
    said = [_answer(ask, checked, of) for ask in dict.fromkeys(asks)]
    texts, sources = [said[0].text], list(said[0].sources)
    for summary in said[1:]:
        if len("\n\n".join([*texts, summary.text])) <= LONGEST_SUMMARY:
            texts.append(summary.text)
            sources += [source for source in summary.sources if source not in sources]
    return Summary("\n\n".join(texts), sources[:MOST_SOURCES])


def says_continued() -> str:
    """Return the sentence for a list that came in parts."""
    return load_words().follow_ups.continued


def says_parted() -> str:
    """Return the sentence for a list that was joined to another product's and is read by itself."""
    return load_words().follow_ups.parted


def _answer(ask: str, checked: Checked, of: str) -> Summary:
    if ask == COMPARE:
        return follow_ups.compare(checked.results())
    result = checked.result(of)
    return follow_ups.nothing_read() if result is None else _ANSWERS[ask](result)


def to_ask(checked: Checked) -> dict[str, str]:
    """Return what there is to ask about what was checked last, of ASKS with its title, the most useful first."""
    result = checked.result()
    if result is None or not result.products:
        return {}
    known = [weighed for product in result.products for weighed in product.known]
    linked = {w.ingredient.inci for p in result.products for w in (*p.of("steroid"), *p.linked)}
    lists = result.kind == "label" and sum(len(found.products) for found in checked.results()) > 1
    there_is = {
        COMPARE: lists,
        "more": result.kind == "label" and any(weighed.relation != "neutral" for weighed in known),
        "worst": result.kind == "label" and len(linked) > 1,
        "instead": bool(linked),
        "good": result.kind == "label" and any(w.relation in ("preventive", "alternative") for w in known),
        "unknown": any(product.unknown for product in result.products),
    }
    return {ask: load_words().choices[ask] for ask, is_there in there_is.items() if is_there}
