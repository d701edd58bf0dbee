"""The longest that results can become, so that a check of the content can hold them against every platform."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.ingredients.checked import ASKS, Checked, answer, says_continued, says_parted
from assistant.ingredients.checker import check
from assistant.ingredients.lexicon import load_lexicon, load_words
from assistant.ingredients.schema import Ingredient

# More lists than a message names, each with more names than it says, and a title that is too long to be said.
LISTS = 7
TITLE = "The Very Rich Overnight Restoring Comfort Cream for the Whole Face"
UNKNOWN = "Glurbium Hexapentaquintillate Oxide Nonsense"


def longest() -> Iterator[tuple[str, str]]:
    """Yield (what it is, text) of results that are made to be long: every name, every caution, every answer."""
    for name, text in _texts().items():
        for ask in sorted(ASKS):
            yield f"the answer {ask!r} to {name}", answer([ask], Checked((text, text), current=True)).text
        said = max(says_continued(), says_parted(), key=len)
        yield f"the result of {name}", f"{said}\n\n{check(text).summary}"
    for ingredient in load_lexicon().ingredients:
        yield f"what is said of {ingredient.inci}", check(f"is {ingredient.inci} ok in CeraVe eye cream").summary
    yield "what asks for a list", load_words().no_list


def titles() -> list[str]:
    """Return the titles of everything that is offered after a result."""
    return list(load_words().choices.values())


def _texts() -> dict[str, str]:
    # A long name takes more room than a short one.
    told = sorted(
        (item for item in load_lexicon().ingredients if item.relation != "neutral"), key=_length, reverse=True
    )
    by_relation = {item.relation: [other.inci for other in told if other.relation == item.relation] for item in told}
    unknown = [f"{UNKNOWN} {number}" for number in range(LISTS * 2)]
    texts = {f"a list of what is {relation}": _listed([*names, *unknown]) for relation, names in by_relation.items()}
    every = _listed([*(item.inci for item in told), *unknown])
    wide = _listed([name for names in by_relation.values() for name in names[:2]])
    several = "\n\n".join(f"{TITLE} {number}\n{wide}" for number in range(LISTS))
    return {**texts, "a list of all that matters": every, "several lists": several}


def _length(ingredient: Ingredient) -> int:
    return len(ingredient.called)


def _listed(names: list[str]) -> str:
    return f"Ingredients: {', '.join(names)}"
