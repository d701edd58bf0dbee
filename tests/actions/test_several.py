from __future__ import annotations

from typing import Any

from actions.action_answer_question import ActionAnswerQuestion
from actions.action_check_ingredients import ActionCheckIngredients
from actions.action_default_fallback import ActionDefaultFallback
from assistant import guide, ingredients
from tests.actions.action_test_helper import Said, run


def asked(*intents: str, **latest: Any) -> Said:
    questions = [{"text": "", "intent": intent, "confidence": 0.9} for intent in intents]
    return run(ActionAnswerQuestion(), intents[0], questions=questions, **latest)


def answer(topic: str) -> str:
    return guide.compose(guide.load(), topic, {}, {}).text


def test_two_questions_are_answered_in_one_message_each_under_its_title() -> None:
    said = asked("contagious", "duration")
    titles = [guide.load().topics[topic].title for topic in ("contagious", "duration")]
    parts = [f"**{titles[0]}**", answer("contagious"), f"**{titles[1]}**", answer("duration")]
    assert said.text == "\n\n".join(parts)
    assert said.topics == ["contagious", "duration"]


def test_what_was_answered_last_is_remembered() -> None:
    assert asked("contagious", "duration").slots["topic"] == "duration"
    assert asked("contagious", "other_service").slots["topic"] == "contagious"


def test_one_question_has_no_title() -> None:
    assert asked("contagious").text == answer("contagious")


def test_a_question_beside_an_ingredient_is_answered_too() -> None:
    questions = [{"text": "", "intent": "ingredient_check"}, {"text": "", "intent": "duration"}]
    said = run(
        ActionCheckIngredients(), "ingredient_check", "is lanolin bad and how long do they last", questions=questions
    )
    assert said.topics == ["ingredient_check", "duration"]
    assert "anolin" in said.text


def test_an_ingredient_in_a_further_question_is_looked_up() -> None:
    further = {"text": "is lanolin bad", "intent": "ingredient_check"}
    said = run(ActionAnswerQuestion(), "duration", questions=[{"text": "how long", "intent": "duration"}, further])
    assert said.topics == ["duration", "ingredient_check"]
    assert ingredients.check("is lanolin bad").summary in said.text


def test_topics_that_were_nearly_chosen_are_offered_first() -> None:
    said = asked("contagious", close=[{"intent": "duration", "confidence": 0.1}])
    assert next(iter(said.choices.values())) == "topic.duration|duration"
    assert len(said.choices) == 3
    assert said.text == answer("contagious")


def test_a_close_call_is_said_to_be_one() -> None:
    said = asked("contagious", close=[{"intent": "duration", "confidence": 0.6}])
    assert said.text == f"{answer('contagious')}\n\n{guide.load().system['close_call']}"


def test_what_was_answered_is_not_offered() -> None:
    said = run(
        ActionAnswerQuestion(),
        "contagious",
        questions=[{"intent": "contagious"}],
        close=[{"intent": "contagious", "confidence": 0.9}],
    )
    assert "topic.contagious|contagious" not in said.choices.values()


def test_what_was_not_understood_is_no_close_call() -> None:
    said = run(
        ActionDefaultFallback(),
        "nlu_fallback",
        intent_ranking=[{"name": "duration", "confidence": 0.1}],
        close=[{"intent": "causes", "confidence": 0.9}],
    )
    assert guide.load().system["close_call"] not in said.text
    assert list(said.choices.values()) == ["topic.duration|duration"]


def test_beside_another_question_the_triage_form_is_the_first_choice() -> None:
    said = asked("contagious", "check_my_bump")
    assert next(iter(said.choices)) == "Check my bump"
    assert said.topics == ["contagious", "check_my_bump"]


def test_what_the_triage_form_says_is_left_as_it_is() -> None:
    close = [{"intent": "causes", "confidence": 0.5}]
    said = asked("contagious", close=close, triage={"answers": {}, "does": "start"})
    assert said.text == answer("contagious")
