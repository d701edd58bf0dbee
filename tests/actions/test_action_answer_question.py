from __future__ import annotations

import pytest

from actions.action_answer_question import ActionAnswerQuestion
from assistant import guide, site
from tests.actions.action_test_helper import run

ANSWERED = [topic for topic in guide.load().topics.values() if topic.id not in {"ingredient_check", "other_language"}]


@pytest.mark.parametrize("topic", [topic.id for topic in ANSWERED])
def test_every_topic_has_an_answer_with_its_choices_and_nothing_left_to_fill_in(topic: str) -> None:
    said = run(ActionAnswerQuestion(), topic)
    assert said.topics == [topic]
    assert said.text
    assert "{" not in said.text
    assert list(said.choices.values()) == [f"topic.{name}|{name}" for name in guide.load().topics[topic].next]


def test_a_topic_of_the_guide_cites_and_is_remembered() -> None:
    said = run(ActionAnswerQuestion(), "duration")
    assert said.sources
    assert set(said.sources[0]) == {"title", "publisher", "url"}
    assert said.slots == {"topic": "duration", "misunderstood": 0}


def test_small_talk_leaves_the_topic_that_was_spoken_of() -> None:
    assert "topic" not in run(ActionAnswerQuestion(), "thank", slots={"topic": "duration"}).slots


def test_what_is_known_of_the_visitor_shapes_the_answer_and_is_named() -> None:
    grown, baby = (
        run(ActionAnswerQuestion(), "duration"),
        run(ActionAnswerQuestion(), "duration", slots={"audience": "baby"}),
    )
    assert baby.assumed == {"audience": "baby"}
    assert grown.assumed == {}
    assert baby.text != grown.text


def test_a_facet_that_makes_no_difference_is_not_named_as_assumed() -> None:
    assert run(ActionAnswerQuestion(), "greet", slots={"audience": "baby", "treatment": None}).assumed == {}


def test_the_owners_words_are_filled_in() -> None:
    assert site.load().contact in run(ActionAnswerQuestion(), "human_handoff").text


def test_small_talk_is_worded_in_turn_as_the_conversation_grows() -> None:
    first = run(ActionAnswerQuestion(), "thank")
    second = run(ActionAnswerQuestion(), "thank", said_before=[first])
    assert first.text != second.text


def test_a_new_subject_drops_what_the_old_one_was_about_and_keeps_whom_it_concerns() -> None:
    slots = {"topic": "energy_treatments", "treatment": "laser", "audience": "baby"}
    said = run(ActionAnswerQuestion(), "duration", slots=slots)
    assert said.slots["treatment"] is None
    assert "audience" not in said.slots
    assert said.assumed == {"audience": "baby"}


def test_what_the_message_names_itself_is_not_dropped_with_the_old_subject() -> None:
    slots = {"topic": "duration", "treatment": "laser"}
    said = run(
        ActionAnswerQuestion(), "energy_treatments", slots=slots, mentions=[{"entity": "treatment", "value": "laser"}]
    )
    assert said.assumed == {"treatment": "laser"}
    assert "treatment" not in said.slots


def test_the_same_subject_goes_on_with_what_it_is_about() -> None:
    slots = {"topic": "energy_treatments", "treatment": "laser"}
    assert run(ActionAnswerQuestion(), "energy_treatments", slots=slots).assumed == {"treatment": "laser"}
