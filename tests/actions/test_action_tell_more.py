from __future__ import annotations

import pytest

from actions.action_tell_more import ActionTellMore
from assistant import guide, ingredients, site
from assistant.ingredients import Checked
from tests.actions.action_test_helper import run

LABEL = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol, Glycerin, Lanolin, Phenoxyethanol"
WITH_MORE = [topic.id for topic in guide.load().topics.values() if topic.more]


@pytest.mark.parametrize("topic", WITH_MORE)
def test_the_detail_of_the_last_topic_is_told(topic: str) -> None:
    said = run(ActionTellMore(), "tell_more", slots={"topic": topic})
    assert said.text == guide.fill(guide.load().topics[topic].more, site.load().words)
    assert said.topics == [topic]
    assert said.slots["topic"] == topic


def test_where_nothing_was_asked_yet_it_says_what_can_be_asked() -> None:
    assert run(ActionTellMore(), "tell_more").topics == ["tell_more"]


def test_where_nothing_more_was_written_it_says_what_can_be_asked_and_forgets_nothing() -> None:
    said = run(ActionTellMore(), "tell_more", slots={"topic": "off_topic"})
    assert guide.load().topics["off_topic"].more is None
    assert said.topics == ["tell_more"]
    assert "topic" not in said.slots


def test_of_a_list_that_was_read_each_name_is_told() -> None:
    slots = {"topic": "ingredient_check", "label": Checked((LABEL,), current=True).as_dict()}
    said = run(ActionTellMore(), "tell_more", slots=slots)
    assert said.text == ingredients.follow_ups.more(ingredients.check(LABEL)).text


def test_after_something_else_was_answered_more_is_told_of_that() -> None:
    slots = {"topic": "duration", "label": Checked((LABEL,), current=True).as_dict()}
    assert run(ActionTellMore(), "tell_more", slots=slots).topics == ["duration"]
