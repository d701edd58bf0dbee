from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.turn import memory
from assistant.turn.reading import Before


def tracker(*events: Any, topic: str | None = "duration") -> DialogueStateTracker:
    made = DialogueStateTracker("visitor", [TextSlot("topic", mappings=[{}], initial_value=topic)])
    for event in events:
        made.update(event)
    return made


def turn(said: str, *topics: str) -> list[Any]:
    return [UserUttered(said), BotUttered("Well.", {"custom": {"topics": list(topics)}})]


def test_nothing_was_said_before() -> None:
    assert memory.before(tracker(topic=None)) == Before()


def test_the_last_words_and_the_topics_of_the_last_two_answers_are_known() -> None:
    talk = tracker(*turn("a", "causes"), *turn("b", "prevention"), *turn("c", "eye_area", "duration"))
    assert memory.before(talk) == Before("duration", ("eye_area", "prevention"), "c")


def test_small_talk_is_no_topic_and_no_answer_and_yet_what_was_said_last() -> None:
    talk = tracker(*turn("a", "causes"), *turn("b", "duration"), *turn("thanks", "thank"))
    assert memory.before(talk) == Before("duration", ("causes",), "thanks")


def test_an_earlier_session_is_forgotten() -> None:
    talk = tracker(*turn("a", "causes"), SessionStarted(), *turn("b", "duration"))
    assert memory.before(talk) == Before("duration", (), "b")


@pytest.mark.parametrize("talk", [[*turn("a", "causes"), *(5 * turn("hello", "greet"))]])
def test_what_lies_many_turns_back_is_not_leant_on(talk: list[Any]) -> None:
    assert memory.before(tracker(*talk)).earlier == ()
