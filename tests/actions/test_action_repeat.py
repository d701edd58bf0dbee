from __future__ import annotations

from actions.action_answer_question import ActionAnswerQuestion
from actions.action_default_fallback import ActionDefaultFallback
from actions.action_erase_my_data import ActionEraseMyData
from actions.action_repeat import ActionRepeat
from tests.actions.action_test_helper import run


def test_the_last_message_is_said_again_with_all_that_belongs_to_it() -> None:
    before = run(ActionAnswerQuestion(), "duration", slots={"audience": "baby"})
    said = run(ActionRepeat(), "repeat", said_before=[run(ActionAnswerQuestion(), "causes"), before])
    for name in ("text", "choices", "sources", "topics", "assumed"):
        assert getattr(said, name) == getattr(before, name)


def test_choices_that_belong_to_no_topic_are_offered_again() -> None:
    ranking = [{"name": "duration", "confidence": 0.1}, {"name": "causes", "confidence": 0.1}]
    before = run(ActionDefaultFallback(), "nlu_fallback", intent_ranking=ranking)
    said = run(ActionRepeat(), "repeat", said_before=[before])
    assert said.choices == before.choices
    assert len(said.choices) == 2


def test_a_repeated_message_is_a_new_one() -> None:
    before = run(ActionAnswerQuestion(), "duration")
    said = run(ActionRepeat(), "repeat", said_before=[before])
    assert said.message["custom"]["id"] != before.message["custom"]["id"]


def test_nothing_is_erased_by_saying_again_that_it_was() -> None:
    assert run(ActionRepeat(), "repeat", said_before=[run(ActionEraseMyData(), "erase_my_data")]).effect is None


def test_where_nothing_was_said_yet_it_says_what_can_be_asked() -> None:
    assert run(ActionRepeat(), "repeat").topics == ["repeat"]
