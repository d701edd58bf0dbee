"""The domain, the rules, the content and the actions name the same things."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import pytest
from rasa_sdk import Action

from assistant import guide
from assistant.files import DATA, ROOT, read_yaml

DOMAIN = read_yaml(ROOT / "domain.yml")
RULES = read_yaml(DATA / "rules.yml")["rules"]
ACTIONS: list[str] = DOMAIN["actions"]
# Intents that Rasa makes itself.
OF_RASA = {"nlu_fallback"}


def steps(key: str) -> list[str]:
    """Return every intent or action that a rule names, as often as it does."""
    found: list[str] = []
    for rule in RULES:
        for step in rule["steps"]:
            found += [part[key] for part in step.get("or", [step]) if key in part]
    return found


def test_every_intent_has_one_rule() -> None:
    assert sorted(steps("intent")) == sorted({*DOMAIN["intents"], *OF_RASA})


def test_every_rule_is_one_message_and_one_action() -> None:
    assert [len(rule["steps"]) for rule in RULES] == [2] * len(RULES)
    assert all("action" in rule["steps"][1] for rule in RULES)


def test_every_action_is_in_a_rule() -> None:
    assert sorted(set(steps("action"))) == sorted(ACTIONS)


def test_every_action_file_is_listed() -> None:
    assert sorted(path.stem for path in (ROOT / "actions").glob("action_*.py")) == sorted(ACTIONS)


def test_every_action_file_has_its_tests() -> None:
    tests = {path.stem for path in (ROOT / "tests" / "actions").glob("test_action_*.py")}
    assert tests == {f"test_{action}" for action in ACTIONS}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_has_one_class_that_bears_its_name(action: str) -> None:
    (kind,) = _classes(action)
    assert kind().name() == action
    assert kind.__name__ == "".join(part.capitalize() for part in action.split("_"))


def _classes(action: str) -> list[Any]:
    module = importlib.import_module(f"actions.{action}")
    own = [kind for _, kind in inspect.getmembers(module, inspect.isclass) if kind.__module__ == module.__name__]
    return [kind for kind in own if issubclass(kind, Action)]


def test_every_intent_is_a_topic_with_an_answer() -> None:
    assert set(DOMAIN["intents"]) == set(guide.load().topics)


def test_every_entity_that_the_content_tells_apart_is_a_slot_that_it_fills() -> None:
    from actions.base import FACETS

    for facet in FACETS:
        assert facet in DOMAIN["entities"]
        assert DOMAIN["slots"][facet]["mappings"] == [{"type": "from_entity", "entity": facet}]


def test_no_slot_decides_what_is_done() -> None:
    assert [name for name, slot in DOMAIN["slots"].items() if slot["influence_conversation"]] == []
