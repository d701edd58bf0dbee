from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from assistant.files import DATA, read_yaml
from assistant.nlu import language

CASES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "lower": str.lower,
    "upper": str.upper,
    "capitalized": str.capitalize,
}


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Language:
    folder = tmp_path_factory.mktemp("built") / "language"
    language.build(folder)
    return spacy.load(folder)


@pytest.fixture(scope="module")
def meanings() -> dict[str, set[tuple[str, str]]]:
    """Return, for each phrase in lower case, the (entity, value) pairs that it is listed for."""
    found = defaultdict(set)
    for pattern in language.patterns():
        found[pattern["pattern"].lower()].add((pattern["label"], pattern["id"]))
    return found


def test_every_phrase_of_the_lexicons_is_a_pattern(meanings: dict[str, set[tuple[str, str]]]) -> None:
    paths = sorted((DATA / "entities").glob("*.yml"))
    assert len(paths) >= 7
    for path in paths:
        lexicon = read_yaml(path)
        for value, entry in lexicon["values"].items():
            for phrase in entry["phrases"]:
                assert (lexicon["entity"], value) in meanings[phrase.lower()], phrase


def test_every_ingredient_is_named_in_lower_case_with_its_inci_name() -> None:
    names = dict(language.ingredient_names())
    assert all(name == name.lower() and name.strip() for name in names)
    for path in (DATA / "ingredients").glob("[a-z]*.yml"):
        for entry in read_yaml(path).get("ingredients", []):
            assert entry["inci"].lower() in names
    assert names["coconut oil"] == "Cocos Nucifera Oil"


@pytest.mark.parametrize(
    ("short", "inci"),
    [
        ("vit c", "Ascorbic Acid"),
        ("vit a", "Retinol"),
        ("tret", "Tretinoin"),
        ("adap", "Adapalene"),
        ("salicylic", "Salicylic Acid"),
        ("lactic", "Lactic Acid"),
        ("azelaic", "Azelaic Acid"),
        ("mandelic", "Mandelic Acid"),
    ],
)
def test_what_people_say_for_an_ingredient_is_named_with_its_inci_name(short: str, inci: str) -> None:
    assert dict(language.ingredient_names())[short] == inci


def test_what_people_say_is_no_name_where_it_means_other_things_too() -> None:
    names = dict(language.ingredient_names())
    assert {"bp", "aha", "retinoids", "steroids"}.isdisjoint(names)
    assert names["bha"] == "BHA"


def test_what_is_a_facet_and_an_ingredient_is_the_facet(meanings: dict[str, set[tuple[str, str]]]) -> None:
    assert meanings["castor oil"] == {("treatment", "castor_oil")}
    names = {name for name, _ in language.ingredient_names()}
    facets = {phrase for phrase, found in meanings.items() if {label for label, _ in found} - {"ingredient"}}
    assert names & facets
    for phrase in names & facets:
        assert "ingredient" not in {label for label, _ in meanings[phrase]}


def test_no_phrase_stands_for_two_things(meanings: dict[str, set[tuple[str, str]]]) -> None:
    assert {phrase: found for phrase, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("case", CASES)
def test_the_built_pipeline_finds_every_phrase_in_any_case(
    pipeline: Language, meanings: dict[str, set[tuple[str, str]]], case: str
) -> None:
    phrases = [pattern["pattern"] for pattern in language.patterns()]
    texts = [CASES[case](phrase) for phrase in phrases]
    missed = [
        text
        for phrase, text, doc in zip(phrases, texts, pipeline.pipe(texts), strict=True)
        if [(e.text, (e.label_, e.ent_id_) in meanings[phrase.lower()]) for e in doc.ents] != [(text, True)]
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is LASER ok on my eyelids?", [("treatment", "laser"), ("body_area", "eyelid")]),
        ("my newborn has bumps, is coconut oil bad", [("audience", "baby"), ("treatment", "coconut_oil")]),
        ("does my cream with Isopropyl Myristate clog", [("ingredient", "Isopropyl Myristate")]),
        ("is vit c or mandelic ok", [("ingredient", "Ascorbic Acid"), ("ingredient", "Mandelic Acid")]),
        ("I'm 28 weeks pregnant", [("audience", "pregnancy")]),
        ("im 34 weeks btw", [("audience", "pregnancy")]),
        ("I'm 24 weeks into the cream", [("audience", "adult")]),
        ("hes 4 months now", [("audience", "baby")]),
        ("she was born 10 days ago", [("audience", "baby")]),
        ("he was born two years ago", [("audience", "child")]),
        ("a 3 week old", [("audience", "baby")]),
        ("not even 2 weeks old", [("audience", "baby")]),
        ("can i put breast milk on it", [("treatment", "breast_milk")]),
        ("my bp is high, aha", []),
        ("hello there", []),
    ],
)
def test_named_things_are_found_within_a_sentence(
    pipeline: Language, text: str, expected: list[tuple[str, str]]
) -> None:
    found = Counter((entity.label_, entity.ent_id_) for entity in pipeline(text).ents)
    assert not Counter(expected) - found
    assert expected or not found


def test_sentences_are_told_apart(pipeline: Language) -> None:
    assert len(list(pipeline("I have milia. How do I get rid of them?").sents)) == 2


def test_building_again_replaces_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "models" / "language"
    folder.mkdir(parents=True)
    (folder / "old").touch()
    monkeypatch.setattr(language, "patterns", lambda: iter([{"label": "x", "pattern": "some thing", "id": "y"}]))
    language.build(folder)
    assert not (folder / "old").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["language"]
    assert [entity.ent_id_ for entity in spacy.load(folder)("Some Thing else").ents] == ["y"]
