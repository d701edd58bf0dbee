from __future__ import annotations

from assistant.evaluation import replies
from assistant.evaluation.data import Sample
from assistant.evaluation.replies import Reply
from assistant.evaluation.run import reply_of
from assistant.turn import Message

KINDS = {"causes": "guide", "duration": "guide", "greet": "conversation", "off_topic": "not_ours"}
QUESTION = Sample("why", ("causes", "duration"), "question")
OTHER = Sample("weather", ("off_topic",), "out_of_scope")
LENIENT = Sample("my skin", ("off_topic",), "out_of_scope", lenient=True)


def test_a_question_is_answered_by_any_right_topic_and_offered_by_any_choice() -> None:
    turns = [
        (QUESTION, Reply(("duration",), ("greet",))),
        (QUESTION, Reply(("greet", "causes"))),
        (QUESTION, Reply(("greet",), ("greet", "causes"))),
        (QUESTION, Reply((), ("greet",))),
        (OTHER, Reply(("causes",))),
    ]
    assert replies.question_figures(turns) == {"answered": 0.5, "answered_or_offered": 0.75}


def test_what_is_not_ours_may_be_offered_topics_but_not_answered_one() -> None:
    turns = [
        (OTHER, Reply(("off_topic",), ("causes",))),
        (OTHER, Reply(())),
        (OTHER, Reply(("greet",))),
        (OTHER, Reply(("off_topic", "causes"))),
        (LENIENT, Reply(("causes",))),
        (QUESTION, Reply(("causes",))),
    ]
    assert replies.out_of_scope_figures(turns, KINDS) == {"not_answered": 0.75}


def test_turns_that_failed_are_counted() -> None:
    assert replies.figures([(QUESTION, Reply(failed=True)), (QUESTION, Reply())], KINDS)["failed"] == 1


def test_the_messages_of_a_turn_make_one_reply() -> None:
    choice = {"id": "1", "title": "How long?", "topic": "duration"}
    messages = [
        Message("a", "First.", topics=["causes"], assumed={"audience": "baby"}, choices=[choice]),
        Message("b", "Second.", topics=["duration"], assumed={"body_area": "eye"}),
    ]
    assert reply_of(messages) == Reply(
        ("causes", "duration"), ("duration",), {"audience": "baby", "body_area": "eye"}, "First.\n\nSecond."
    )
    assert reply_of([Message("a", "Sorry.", effect="failed")]).failed
