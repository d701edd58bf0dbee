"""Every reply that can be composed: the guide's for each facet and aspect, and the label reader's for each name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from assistant import guide, ingredients, site
from assistant.files import read_yaml


@dataclass(frozen=True)
class Answer:
    """One reply as a visitor gets it. `at` is where an editor finds its parts, `cites` whether it names a source."""

    at: str
    text: str
    cites: bool
    facets: Mapping[str, str] = field(default_factory=dict)


def answers(library: guide.Guide) -> Iterator[Answer]:
    """Yield every answer of the guide's topics: alone and for each facet, pair of whom and where, aspect and both."""
    words = site.load().words
    for topic in library.topics.values():
        at = f"guide/{library.families[topic.id]}.yml, topic {topic.id}"
        for facets in _known(topic):
            place = "".join(f" with {name}.{value}" for name, value in facets.items())
            asked = ["", *(aspect.cues[0] for aspect in topic.aspects)]
            for cue in asked:
                reply = guide.compose(library, topic.id, facets, words, asked=cue)
                aspect = f" asked {cue!r}" if cue else ""
                yield Answer(f"{at}, answer{place}{aspect}", reply.text, bool(reply.sources), facets)
            for name, part in (
                ("more", guide.details(library, topic.id, facets, words)),
                ("simple", guide.plain(library, topic.id, facets, words)),
            ):
                if part is not None:
                    yield Answer(f"{at}, {name}{place}", part.text, bool(part.sources), facets)


def summaries(data: Path) -> Iterator[Answer]:
    """Yield what is said of each ingredient, asked alone and read on a label, and of each kind of product."""
    for path in sorted((data / "ingredients").glob("[a-z]*.yml")):
        for name in [entry["inci"] for entry in read_yaml(path).get("ingredients", ())]:
            at = f"ingredients/{path.name}, {name}"
            asked, label = ingredients.check(f"is {name} ok for milia"), ingredients.check(f"Ingredients: Aqua, {name}")
            yield Answer(f"{at} asked", asked.summary, bool(asked.sources))
            yield Answer(f"{at} on a label", label.summary, bool(label.sources))
            for question in (ingredients.follow_ups.good, ingredients.follow_ups.instead, ingredients.follow_ups.more):
                said = question(label)
                yield Answer(f"{at} on a label, asked for {question.__name__}", said.text, bool(said.sources))
    for kind, entry in read_yaml(data / "entities" / "product_type.yml")["values"].items():
        asked = ingredients.check(f"does {entry['phrases'][0]} matter for milia")
        yield Answer(f"ingredients/product_types.yml, {kind}", asked.summary, bool(asked.sources))


def _known(topic: guide.Topic) -> Iterator[dict[str, str]]:
    yield {}
    for name, values in topic.facets.items():
        yield from ({name: value} for value in values)
    # Whom it is about and where it is are what a conversation remembers longest, so they come together most.
    for who, where in product(topic.facets.get("audience", ()), topic.facets.get("body_area", ())):
        yield {"audience": who, "body_area": where}
