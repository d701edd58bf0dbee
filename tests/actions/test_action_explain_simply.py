from __future__ import annotations

import pytest

from actions.action_explain_simply import ActionExplainSimply
from assistant import guide, ingredients, site
from assistant.ingredients import Checked
from tests.actions.action_test_helper import run

LABEL = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol, Glycerin, Lanolin, Phenoxyethanol"
WITH_PLAIN = [topic.id for topic in guide.load().topics.values() if topic.simple]


@pytest.mark.parametrize("topic", WITH_PLAIN)
def test_the_last_topic_is_said_in_its_plain_wording(topic: str) -> None:
    said = run(ActionExplainSimply(), "explain_simply", slots={"topic": topic})
    assert said.text == guide.fill(guide.load().topics[topic].simple, site.load().words)
    assert said.topics == [topic]
    assert said.slots["topic"] == topic


def test_where_nothing_was_asked_yet_it_says_what_can_be_asked() -> None:
    assert run(ActionExplainSimply(), "explain_simply").topics == ["explain_simply"]


def test_a_list_that_was_read_is_said_in_a_sentence() -> None:
    slots = {"topic": "ingredient_check", "label": Checked((LABEL,), current=True).as_dict()}
    said = run(ActionExplainSimply(), "explain_simply", slots=slots)
    assert said.text == ingredients.follow_ups.simply(ingredients.check(LABEL)).text
    assert "lanolin" in said.text
