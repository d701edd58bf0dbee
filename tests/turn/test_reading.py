from __future__ import annotations

from typing import Any

import pytest

from assistant import guide
from assistant.turn.reading import FALLBACK, Before, read
from tests.turn.fakes import parsed

LAST = "makeup_sunscreen"
ASKS = guide.load().topics[LAST].asks


class Pipeline:
    """Reads a text alone one way and a text beside the last topic another way."""

    def __init__(self, alone: dict[str, float], beside: dict[str, float]) -> None:
        self.asked: list[str] = []
        self._alone, self._beside = alone, beside

    def __call__(self, text: str) -> Any:
        self.asked.append(text)
        shares = self._beside if ASKS in text else self._alone
        ranking = [{"name": name, "confidence": share} for name, share in shares.items()]
        best = max(shares.items(), key=lambda item: item[1])
        return parsed(*best, ranking=[{"name": FALLBACK, "confidence": 0.9}, *ranking])


def test_a_text_without_a_subject_is_read_beside_the_last_topic() -> None:
    pipeline = Pipeline({"self_extraction": 0.4, LAST: 0.3}, {LAST: 0.9})
    found = read("how do i get it all off at night", pipeline, Before(LAST))
    assert (found.intent, found.in_context) == (LAST, True)
    assert pipeline.asked == ["how do i get it all off at night", f"how do i get it all off at night (after: {ASKS})"]
    assert [entry["name"] for entry in found.ranking] == [LAST, "self_extraction"]


@pytest.mark.parametrize(
    ("text", "alone", "topic"),
    [
        ("how do i get it off", {"self_extraction": 0.4}, None),
        ("how do i get it off", {"self_extraction": 0.4}, "greet"),
        ("how do i get milia off", {"self_extraction": 0.4}, Before(LAST)),
        ("how do i get it off", {"self_extraction": 0.95}, Before(LAST)),
        ("thanks so much to you", {"thank": 0.7}, Before(LAST)),
        ("thanks", {"thank": 0.9}, Before(LAST)),
    ],
)
def test_a_text_that_says_enough_by_itself_is_read_alone(text: str, alone: dict[str, float], topic: str | None) -> None:
    pipeline = Pipeline(alone, {LAST: 1.0})
    found = read(text, pipeline, Before(topic))
    assert found.intent == next(iter(alone))
    assert pipeline.asked == [text]


def test_what_was_answered_before_the_last_topic_may_be_leant_on_too() -> None:
    pipeline = Pipeline({"duration": 0.4}, {LAST: 0.9})
    found = read("how do i get it all off at night", pipeline, Before("causes", (LAST,)))
    assert found.intent == LAST
    assert len(pipeline.asked) == 3


def test_the_surest_of_what_was_answered_counts() -> None:
    def pipeline(text: str) -> Any:
        share = {"causes": 0.5, "prevention": 0.3} if "why people" in text else {"prevention": 0.9}
        return parsed(*next(iter(share.items())), ranking=[{"name": n, "confidence": c} for n, c in share.items()])

    assert read("and then", pipeline, Before("causes", ("duration",))).intent == "prevention"


def test_the_last_message_is_read_before_the_words_that_lean_on_it() -> None:
    pipeline = Pipeline({"duration": 0.4}, {LAST: 0.9})
    read("which kind then", pipeline, Before(LAST, said="can sunscreen cause milia"))
    assert "can sunscreen cause milia which kind then" in pipeline.asked


def test_what_names_no_subject_is_about_what_was_spoken_of_even_where_it_is_sure() -> None:
    assert read("how does that heal", Pipeline({"extraction_aftercare": 0.95}, {}), Before(LAST)).in_context
    assert not read("how do milia heal", Pipeline({"extraction_aftercare": 0.95}, {}), Before(LAST)).in_context


def test_in_a_few_words_small_talk_must_be_surer() -> None:
    assert (
        read("coffee?", Pipeline({"off_topic": 0.6}, {"diet_lifestyle": 0.9}), Before(LAST)).intent == "diet_lifestyle"
    )


def test_what_is_unclear_beside_the_last_topic_too_is_not_understood() -> None:
    assert read("hm what", Pipeline({"causes": 0.1}, {"duration": 0.1}), Before(LAST)).intent == FALLBACK


def test_signs_without_a_word_are_not_understood_and_still_have_a_ranking() -> None:
    found = read("???", Pipeline({"causes": 0.9}, {}))
    assert (found.intent, [entry["name"] for entry in found.ranking]) == (FALLBACK, ["causes"])


def test_no_intent_at_all_is_the_fallback() -> None:
    assert read("x", lambda _: parsed(None, 0.0, ranking=[]), Before(LAST)).intent == FALLBACK
