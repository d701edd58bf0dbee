from __future__ import annotations

from typing import Any

from actions.action_default_fallback import ActionDefaultFallback
from assistant import guide, site
from tests.actions.action_test_helper import Said, run

RANKING = [
    {"name": name, "confidence": 0.1} for name in ("greet", "duration", "off_topic", "causes", "eye_area", "aha_use")
]


def fallback(slots: dict[str, Any] | None = None, ranking: Any = RANKING, text: str = "qwertz") -> Said:
    return run(ActionDefaultFallback(), "nlu_fallback", text, slots=slots, intent_ranking=ranking)


def test_the_three_likeliest_topics_of_the_guide_are_offered_under_their_titles() -> None:
    topics = guide.load().topics
    assert list(fallback().choices) == [topics[name].title for name in ("duration", "causes", "eye_area")]


def test_the_second_time_in_a_row_it_says_how_to_reach_a_person() -> None:
    first = fallback({"misunderstood": 0})
    second = fallback(first.slots)
    assert site.load().contact not in first.text
    assert site.load().contact in second.text
    assert second.slots["misunderstood"] == 2


def test_a_count_that_came_back_from_the_database_as_a_float_still_counts() -> None:
    assert fallback({"misunderstood": 1.0}).slots["misunderstood"] == 2


def test_with_nothing_likely_it_asks_for_other_words_and_then_names_a_person() -> None:
    for ranking in ([], None, [{"name": "greet", "confidence": 0.2}, {"name": "gone_topic", "confidence": 0.1}]):
        said = fallback(ranking=ranking)
        assert said.text == guide.load().system["fallback_unclear"]
        assert (said.choices, said.slots["misunderstood"]) == ({}, 1)
        assert site.load().contact in fallback({"misunderstood": 1}, ranking=ranking).text


def test_advice_is_given_even_where_nothing_else_was_understood() -> None:
    assert fallback(text="blub my eyelid is hot red swollen and full of pus").urgency == "today"


def test_an_emergency_is_not_counted_as_misunderstood() -> None:
    said = fallback({"misunderstood": 1}, text="qwertz my throat is swelling and I can't breathe")
    assert said.slots == {"misunderstood": 0}
    assert said.choices == {}
