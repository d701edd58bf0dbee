from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant import guide
from assistant.files import DATA, ROOT, read_yaml
from assistant.nlu.follow_ups import beside, is_beside, phrases, write

ASKS = {"a": "what a is", "b": "what b is"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "follow_ups").mkdir()
    entries = [
        {"after": "a", "asked": {"b": ["why: so", "how"], "a": ["when"]}},
        {"after": "b", "asked": {"a": ["how"]}},
    ]
    (tmp_path / "follow_ups" / "family.yml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    return tmp_path


def test_a_phrase_is_read_beside_what_was_answered(data: Path) -> None:
    assert set(phrases(ASKS, data)) == {
        ("why: so (after: what a is)", "b"),
        ("how (after: what a is)", "b"),
        ("when (after: what a is)", "a"),
        ("how (after: what b is)", "a"),
    }


def test_what_is_written_is_training_data_for_rasa(data: Path, tmp_path: Path) -> None:
    write(ASKS, tmp_path / "written.yml", data)
    read = yaml.safe_load((tmp_path / "written.yml").read_text(encoding="utf-8"))
    examples = {entry["intent"]: entry["examples"].splitlines() for entry in read["nlu"]}
    assert sorted(examples["a"]) == ["- how (after: what b is)", "- when (after: what a is)"]
    assert sorted(examples["b"]) == ["- how (after: what a is)", "- why: so (after: what a is)"]


def test_only_what_stands_beside_a_topic_has_its_form() -> None:
    assert is_beside(beside("how long", "what a is"))
    assert not is_beside("how long (a week after)")


def test_every_topic_of_the_guide_has_follow_ups_that_lead_to_topics() -> None:
    library = guide.load()
    entries = {
        (path.stem, entry["after"]): entry["asked"]
        for path in (DATA / "follow_ups").glob("*.yml")
        for entry in read_yaml(path)
    }
    ours = {(family, topic) for topic, family in library.families.items() if library.kinds[topic] == "guide"}
    assert set(entries) == ours
    assert {target for asked in entries.values() for target in asked} <= set(library.topics)
    assert {topic: sum(map(len, asked.values())) for topic, asked in entries.items() if len(asked) < 5} == {}


@pytest.mark.parametrize("held_out", ["development", "evaluation"])
def test_no_turn_of_more_than_two_words_that_is_measured_on_is_trained_on(held_out: str) -> None:
    trained = {
        text.lower()
        for path in (DATA / "follow_ups").glob("*.yml")
        for entry in read_yaml(path)
        for texts in entry["asked"].values()
        for text in texts
    }
    said = [
        turn["say"].lower()
        for path in (ROOT / "tests" / "nlu" / "follow_ups" / held_out).glob("*.yml")
        for dialogue in read_yaml(path)
        for turn in dialogue
    ]
    # The number only: nobody who builds reads the evaluation dialogues, not even in a failure.
    same = sum(text in trained and len(text.split()) > 2 for text in said)
    assert (len(said) > 150, same) == (True, 0)
