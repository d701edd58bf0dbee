"""Builds the spaCy pipeline that Rasa's own spaCy components load: English tokens, sentences and the named things.

The `entity_ruler` is fed from the lexicons of `data/entities` and from the names of `data/ingredients`; nothing is
downloaded, and no word vectors are needed (the sentence encoder is better at that).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy

from assistant.files import DATA, read_yaml

Pattern = dict[str, Any]


def build(folder: Path) -> None:
    """Write the pipeline into `folder`, replacing what was there."""
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    ruler = language.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(list(patterns()))  # type: ignore[attr-defined]
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    language.to_disk(folder)


def patterns() -> Iterator[Pattern]:
    """Yield one `entity_ruler` pattern a phrase; `id` is the canonical value, `label` the entity."""
    for path in sorted((DATA / "entities").glob("*.yml")):
        lexicon = read_yaml(path)
        for value, entry in lexicon["values"].items():
            for phrase in entry["phrases"]:
                yield {"label": lexicon["entity"], "pattern": phrase, "id": value}
    for name, inci in ingredient_names():
        yield {"label": "ingredient", "pattern": name, "id": inci}


def ingredient_names() -> Iterator[tuple[str, str]]:
    """Yield (name in lower case, INCI name) of everything in the ingredient lexicon."""
    for path in sorted((DATA / "ingredients").glob("[a-z]*.yml")):
        document = read_yaml(path)
        for entry in document.get("ingredients", []) if isinstance(document, dict) else []:
            for name in (entry["inci"], *entry.get("synonyms", [])):
                yield name.lower(), entry["inci"]
