from __future__ import annotations

import pytest

from assistant.evaluation import metrics
from assistant.evaluation.data import Kind, Sample
from assistant.evaluation.metrics import Reading

KINDS = {"duration": "guide", "causes": "guide", "thank": "conversation", "off_topic": "not_ours"}


def reading(
    accepted: str,
    *ranking: tuple[str, float],
    intent: str = "",
    kind: Kind = "question",
    lenient: bool = False,
) -> Reading:
    sample = Sample("a message", tuple(accepted.split()), kind, lenient)
    return Reading(sample, intent or ranking[0][0], ranking)


def test_any_accepted_intent_is_right() -> None:
    assert reading("duration causes", ("causes", 0.9)).right
    assert not reading("duration causes", ("thank", 0.9)).right


def test_a_refused_message_may_still_have_the_right_topic_among_its_suggestions() -> None:
    refused = reading("causes", ("duration", 0.2), ("causes", 0.1), intent="nlu_fallback")
    assert refused.refused
    assert not refused.right
    assert refused.among_suggestions


def test_only_three_topics_are_suggested() -> None:
    ranking = (("thank", 0.4), ("off_topic", 0.3), ("duration", 0.2), ("causes", 0.1))
    assert not reading("causes", *ranking).among_suggestions


def test_question_figures_tell_what_refusing_costs() -> None:
    readings = [
        reading("causes", ("causes", 0.9)),
        reading("causes", ("causes", 0.1), intent="nlu_fallback"),
        reading("causes", ("duration", 0.8), ("causes", 0.1)),
        reading("causes", ("thank", 0.8)),
    ]
    figures = metrics.question_figures(readings)
    assert figures == {
        "count": 4,
        "right": 0.25,
        "among_three": 0.75,
        "refused": 0.25,
        "right_without_refusing": 0.5,
    }


def test_several_questions_are_looked_for_where_somebody_counted_them() -> None:
    def asked(questions: int | None, found: int) -> Reading:
        return Reading(Sample("a message", ("causes",), "question", questions=questions), "causes", (), found)

    readings = [asked(2, 2), asked(3, 2), asked(2, 1), asked(2, 0)]
    readings += [asked(1, 1), asked(1, 2), asked(1, 0), asked(1, 1), asked(None, 2)]
    assert metrics.several_figures(readings) == {"count": 4, "found": 0.5, "single": 4, "wrongly": 0.25}


def test_figures_of_no_messages_are_zero() -> None:
    assert metrics.question_figures([])["right"] == 0.0
    assert metrics.out_of_scope_figures([], [], KINDS)["kept_out"] == 0.0


def test_what_is_not_ours_is_kept_out_by_any_answer_but_a_guide_topic() -> None:
    others = [
        reading("off_topic", ("off_topic", 0.9), kind="out_of_scope"),
        reading("off_topic", ("thank", 0.9), kind="out_of_scope"),
        reading("off_topic", ("causes", 0.1), intent="nlu_fallback", kind="out_of_scope"),
        reading("off_topic", ("causes", 0.9), kind="out_of_scope"),
    ]
    figures = metrics.out_of_scope_figures(others, [], KINDS)
    assert figures["kept_out"] == 0.75
    assert figures["right_reply"] == 0.25
    assert figures["by_kind"] == {"off_topic": {"count": 4, "kept_out": 0.75}}


def test_a_lenient_message_may_be_answered_by_the_guide() -> None:
    others = [reading("off_topic", ("causes", 0.9), kind="out_of_scope", lenient=True)]
    figures = metrics.out_of_scope_figures(others, [], KINDS)
    assert (figures["count"], figures["strict"]) == (1, 0)
    assert figures["right_reply"] == 1.0


def test_the_threshold_refuses_no_more_questions_than_are_allowed() -> None:
    questions = [reading("causes", ("causes", step / 100)) for step in range(1, 101)]
    threshold = metrics.threshold_at(questions, KINDS, refused=0.04)
    assert threshold == pytest.approx(0.05)
    assert sum(question.confidence < threshold for question in questions) == 4


def test_what_is_surer_than_the_weakest_questions_is_not_refused_at_their_threshold() -> None:
    questions = [reading("causes", ("causes", step / 100)) for step in range(1, 101)]
    others = [
        reading("off_topic", ("causes", 0.04), kind="out_of_scope"),
        reading("off_topic", ("causes", 0.6), kind="out_of_scope"),
        reading("off_topic", ("off_topic", 0.9), kind="out_of_scope"),
    ]
    figures = metrics.out_of_scope_figures(others, questions, KINDS)
    assert figures["refused_at"] == pytest.approx(2 / 3)
    assert figures["questions_refused_at"] == pytest.approx(0.04)


def test_questions_taken_for_small_talk_are_counted_beside_the_threshold() -> None:
    questions = [reading("causes", ("thank", 0.9)), reading("causes", ("causes", 0.9))]
    figures = metrics.out_of_scope_figures([], questions, KINDS)
    assert figures["questions_taken_for_others"] == 0.5


def test_each_intent_is_measured_on_the_messages_that_it_answers_best() -> None:
    rows = metrics.by_intent([reading("causes duration", ("duration", 0.9)), reading("causes", ("thank", 0.9))])
    assert rows == {"causes": {"count": 2, "right": 0.5, "among_three": 0.5}}


def test_an_accepted_reading_is_no_confusion() -> None:
    counts = metrics.confusion([reading("causes duration", ("duration", 0.9)), reading("causes", ("thank", 0.9))])
    assert counts == {("duration", "duration"): 1, ("causes", "thank"): 1}


def test_risk_grows_as_less_sure_messages_are_answered() -> None:
    readings = [
        reading("causes", ("thank", 0.2)),
        reading("causes", ("causes", 0.9)),
        reading("causes", ("causes", 0.8)),
        reading("causes", ("duration", 0.5)),
    ]
    coverage, risk = metrics.risk_coverage(readings)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0.0, 0.0, 1 / 3, 0.5])


def test_risk_of_no_messages_is_an_empty_line() -> None:
    coverage, risk = metrics.risk_coverage([])
    assert coverage.size == risk.size == 0


def test_differences_name_each_figure_that_changed() -> None:
    before = {"a": {"right": 0.5, "count": 3}, "gone": 1}
    now = {"a": {"right": 0.6, "count": 3}, "new": 2}
    assert metrics.differences(before, now) == {"a.right": (0.5, 0.6)}
