from __future__ import annotations

from typing import Any

import pytest

from assistant.turn.questions import Question, find
from assistant.turn.reading import Before
from tests.turn.fakes import parsed

# What each ending of a text is read as.
ENDINGS = {
    "are they acne?": ("milia_vs_whitehead", 0.8),
    "how do i get rid of them?": ("treatment_options", 0.9),
    "do they spread?": ("contagious", 0.7),
    "who gets them?": ("who_gets_milia", 0.7),
    "can i squeeze them?": ("self_extraction", 0.1),
    "do you do botox?": ("other_service", 0.9),
    "is it luck?": ("off_topic", 0.5),
    "how are you?": ("greet", 0.9),
    "are they acne": ("milia_vs_whitehead", 0.8),
    "price": ("cost_insurance", 0.7),
    "marks": ("extraction_risks", 0.4),
    "hello": ("greet", 0.9),
    "for my baby?": ("babies_children", 0.1),
}
WHOLE = "treatment_options"


def parse(text: str) -> Any:
    # A piece without a subject is read a second time, beside what was asked before it.
    alone = text.split(" (")[0]
    return next(parsed(*read) for ending, read in ENDINGS.items() if alone.endswith(ending))


def asked(text: str, topic: str | None = None, entities: Any = (), ranking: Any = ()) -> list[str]:
    return [
        question.intent for question in find(text, Question(text, WHOLE, 0.5), ranking, entities, parse, Before(topic))
    ]


def likely(**shares: float) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": share} for name, share in shares.items()]


def test_two_questions_are_both_found_in_order() -> None:
    assert asked("are they acne? how do i get rid of them?") == ["milia_vs_whitehead", "treatment_options"]


def test_a_story_around_a_question_is_no_second_one() -> None:
    assert asked("I have had bumps since May. My sister has none. are they acne?") == [WHOLE]


def test_at_most_three_questions_are_answered() -> None:
    text = "are they acne? how do i get rid of them? do they spread? who gets them?"
    assert asked(text) == ["milia_vs_whitehead", "treatment_options", "contagious"]


def test_the_same_question_in_other_words_is_asked_once() -> None:
    assert asked("how do i get rid of them? so how do i get rid of them?") == [WHOLE]


@pytest.mark.parametrize("unsure", ["can i squeeze them?", "is it luck?", "how are you?"])
def test_what_is_unsure_or_small_talk_is_no_question_beside_another(unsure: str) -> None:
    assert asked(f"are they acne? {unsure}") == [WHOLE]
    assert asked(f"{unsure} are they acne?") == [WHOLE]


BOTH = likely(milia_vs_whitehead=0.4, cost_insurance=0.3)


def test_a_second_question_without_a_verb_is_found_where_both_halves_are_sure() -> None:
    assert asked("are they acne and price", ranking=BOTH) == ["milia_vs_whitehead", "cost_insurance"]


def test_halves_are_no_questions_where_the_message_is_about_something_else() -> None:
    assert asked("are they acne and price", ranking=likely(duration=0.8, milia_vs_whitehead=0.1)) == [WHOLE]


@pytest.mark.parametrize("text", ["are they acne and marks", "are they acne and hello"])
def test_a_half_that_is_unsure_or_small_talk_is_no_second_question(text: str) -> None:
    assert asked(text, ranking=likely(milia_vs_whitehead=0.5, extraction_risks=0.4)) == [WHOLE]


def test_another_service_beside_a_question_is_answered_too() -> None:
    assert asked("do you do botox? are they acne?") == ["other_service", "milia_vs_whitehead"]


def test_a_question_that_is_not_sure_by_itself_is_read_with_the_story_but_without_the_other_question() -> None:
    seen: list[str] = []

    def listening(text: str) -> Any:
        seen.append(text)
        return parse(text)

    text = "I have bumps. can i squeeze them? how do i get rid of them?"
    find(text, Question(text, WHOLE, 0.5), [], [], listening)
    alone = ["can i squeeze them?", "how do i get rid of them?"]
    assert seen == [alone[0], f"I have bumps. {alone[0]}", alone[1]]


def test_a_follow_up_is_asked_of_the_last_topic_and_says_so() -> None:
    (question,) = find("how long", Question("how long", WHOLE, 0.5), [], [], parse, Before("retinoids_how"))
    assert (question.intent, question.follow_up) == ("retinoids_how", True)


def test_a_reason_asked_beside_another_question_is_answered_by_the_last_topic() -> None:
    assert asked("why is that? how do i get rid of them?", topic="prevention") == ["prevention", "treatment_options"]


def test_small_talk_that_is_sure_is_no_follow_up() -> None:
    (question,) = find("how long", Question("how long", "repeat", 0.99), [], [], parse, Before("retinoids_how"))
    assert question.intent == "repeat"


def test_a_second_question_leans_on_the_first() -> None:
    assert asked("how do i get rid of them? does it hurt?") == ["treatment_options", "extraction_risks"]


@pytest.mark.parametrize(
    "again", [{"milia_vs_whitehead": 0.45, "cost_insurance": 0.4}, {"deny": 0.5, "cost_insurance": 0.4}]
)
def test_a_second_question_neither_asks_the_first_again_nor_is_small_talk(again: dict[str, float]) -> None:
    def pipeline(text: str) -> Any:
        shares = again if "what of it" in text else {"milia_vs_whitehead": 0.9}
        ranking = [{"name": name, "confidence": share} for name, share in shares.items()]
        return parsed(ranking[0]["name"], ranking[0]["confidence"], ranking=ranking)

    text = "are they acne? what of it?"
    found = find(text, Question(text, WHOLE, 0.5), [], [], pipeline)
    assert [question.intent for question in found] == ["milia_vs_whitehead", "cost_insurance"]


def test_a_second_piece_that_surely_asks_the_same_is_no_second_question() -> None:
    def pipeline(_: str) -> Any:
        shares = {"cost_insurance": 0.9, "makeup_sunscreen": 0.1}
        return parsed("cost_insurance", 0.9, ranking=[{"name": n, "confidence": c} for n, c in shares.items()])

    text = "what is the price? does insurance cover it?"
    (question,) = find(text, Question(text, "cost_insurance", 0.9), [], [], pipeline)
    assert question.intent == "cost_insurance"


def test_what_is_named_in_a_piece_belongs_to_it() -> None:
    text = "are they acne? and for my baby?"
    start = text.index("baby")
    baby = {"entity": "audience", "value": "baby", "start": start, "end": start + 4, "negated": False}
    assert asked(text, entities=[baby]) == [WHOLE]
    text = "how do i get rid of them? and for my baby?"
    start = text.index("baby")
    found = find(text, Question(text, WHOLE, 0.5), [], [{**baby, "start": start, "end": start + 4}], parse)
    assert [question.intent for question in found] == [WHOLE]
