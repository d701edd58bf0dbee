"""Builds the spaCy pipeline that Rasa's own spaCy components load: English tokens, sentences and the named things.

The `entity_ruler` is fed from the lexicons of `data/entities` and from the names of `data/ingredients`; nothing is
downloaded, and no word vectors are needed (the sentence encoder is better at that).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy

from assistant.files import DATA, read_yaml

Pattern = dict[str, Any]

# What people say for an ingredient and no label does counts from this many letters: "bp" and "aha" mean other things.
SHORTEST_ASKED = 4


def build(folder: Path) -> None:
    """Write the pipeline into `folder`, replacing what was there once it is whole."""
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    ruler = language.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(list(_in_all_cases(language.tokenizer, patterns())))  # type: ignore[attr-defined]
    temporary = folder.with_name(folder.name + ".part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.parent.mkdir(parents=True, exist_ok=True)
    language.to_disk(temporary)
    shutil.rmtree(folder, ignore_errors=True)
    temporary.replace(folder)


def patterns() -> Iterator[Pattern]:
    """Yield one `entity_ruler` pattern a phrase; `id` is the canonical value, `label` the entity.

    What is both (honey, castor oil) is the lexicon's: of two patterns for the same words spaCy takes one by chance.
    """
    taken: set[str] = set()
    for path in sorted((DATA / "entities").glob("*.yml")):
        lexicon = read_yaml(path)
        for value, entry in lexicon["values"].items():
            for phrase in entry["phrases"]:
                taken.add(phrase.lower())
                yield {"label": lexicon["entity"], "pattern": phrase, "id": value}
    for name, inci in ingredient_names():
        if name not in taken:
            yield {"label": "ingredient", "pattern": name, "id": inci}


def _in_all_cases(tokenizer: Any, given: Iterable[Pattern]) -> Iterator[Pattern]:
    """Yield each pattern, and again in the cases of letters in which the tokenizer cuts it otherwise ("I'm", "I'M")."""
    for pattern in given:
        phrase, seen = pattern["pattern"], set()
        for variant in (phrase, phrase.lower(), phrase.capitalize(), phrase.upper()):
            tokens = tuple(token.lower_ for token in tokenizer(variant))
            if tokens not in seen:
                seen.add(tokens)
                yield {**pattern, "pattern": variant}


def ingredient_names() -> Iterator[tuple[str, str]]:
    """Yield (name in lower case, INCI name) of everything in the ingredient lexicon.

    That is what labels write and what people say ("tret", "vit c"), but not the names of whole groups ("retinoids"),
    of which the guide has more to say than the lexicon.
    """
    for path in sorted((DATA / "ingredients").glob("[a-z]*.yml")):
        document = read_yaml(path)
        for entry in document.get("ingredients", []) if isinstance(document, dict) else []:
            asked = [name for name in entry.get("asked_as", []) if len(name) >= SHORTEST_ASKED]
            for name in (entry["inci"], *entry.get("synonyms", []), *asked):
                yield name.lower(), entry["inci"]
