"""Typed answers to the triage form, by their words alone; what the lexicons find is given by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import referral
from assistant.referral import read_answers

QUESTIONS = referral.triage().order


def mention(text: str, words: str, entity: str, value: str, negated: bool = False) -> dict[str, Any]:
    start = text.index(words)
    return {"entity": entity, "value": value, "start": start, "end": start + len(words), "negated": negated}


@pytest.mark.parametrize(
    ("asked", "text", "choices"),
    [
        ("who", "me", ["adult"]),
        ("who", "It's for me.", ["adult"]),
        ("who", "Baby", ["baby"]),
        ("who", "i'm diabetic", ["weak_immunity"]),
        ("where", "Eyelid or its edge", ["eyelid"]),
        ("where", "eyelid or its egde", ["eyelid"]),
        ("how_long", "since march 2019, so years", ["years"]),
        ("how_long", "Since birth", ["birth"]),
        ("how_long", "3 to 12 months", ["months"]),
        ("changed", "no", ["nothing"]),
        ("changed", "nope, nothing", ["nothing"]),
        ("changed", "it hasn't changed", ["nothing"]),
        ("changed", "a little sore", ["irritated"]),
        ("changed", "no change, only a bit bigger", ["grows"]),
        ("changed", "it is not infected, just a bit sore", ["irritated"]),
        ("looks", "white and hard", ["typical"]),
        ("looks", "it's white", ["typical"]),
        ("looks", "not sure", ["other"]),
        ("looks", "there's a dent in the middle", ["dip"]),
        ("tried", "none", ["nothing"]),
        ("tried", "tried to pop it with a needle", ["squeezed"]),
        ("tried", "hot compress", ["cream"]),
        ("tried", "popping", ["squeezed"]),
        ("changed", "they keep popping up", ["many"]),
    ],
)
def test_an_answer_in_own_words(asked: str, text: str, choices: list[str]) -> None:
    heard = read_answers(text, (), asked)
    assert (heard.does, dict(heard.answers).get(asked)) == ("answer", choices)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_choice_may_be_typed_by_its_title_or_its_number(question: str) -> None:
    for number, choice in enumerate(referral.triage().question(question).choices, start=1):
        assert choice.id in read_answers(str(choice.title), (), question).answers[question]
        assert read_answers(f"{number}.", (), question).answers == {question: [choice.id]}
    assert read_answers(str(number + 1), (), question).does == "skip"
    assert read_answers(str(number + 9), (), question).does == "nothing"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("skip", "skip"),
        ("Skip this one please", "skip"),
        ("no idea", "skip"),
        ("i'd rather not say", "skip"),
        ("stop", "stop"),
        ("please stop it", "stop"),
        ("never mind", "stop"),
        ("Why do you ask?", "explain"),
        ("what do you mean", "explain"),
        ("blah blah", "nothing"),
        ("...", "nothing"),
    ],
)
def test_what_may_be_said_to_any_question(question: str, text: str, does: str) -> None:
    heard = read_answers(text, (), question)
    assert (heard.does, dict(heard.answers)) == (does, {})


def test_what_the_lexicons_find_is_an_answer_unless_it_is_denied() -> None:
    text = "no pain but it itches"
    found = [mention(text, "pain", "symptom", "pain", negated=True), mention(text, "itches", "symptom", "itch")]
    assert read_answers(text, found, "changed").answers == {"changed": ["irritated"]}


def test_several_answers_in_one_message_are_all_kept() -> None:
    text = "my baby, on her cheeks, since birth"
    found = [mention(text, "baby", "audience", "baby"), mention(text, "cheeks", "body_area", "cheeks")]
    answers = read_answers(text, found, "who").answers
    assert answers == {"who": ["baby"], "where": ["face"], "how_long": ["birth"]}


def test_that_nothing_is_odd_is_believed_only_as_an_answer_to_its_own_question() -> None:
    assert read_answers("should i worry about small white bumps").answers == {}
    assert read_answers("small white bumps", (), "where").answers == {}
    assert read_answers("should i worry, there is a dent in the middle").answers == {"looks": ["dip"]}


@given(st.text(max_size=60), st.sampled_from([None, *QUESTIONS]))
def test_whatever_is_typed_every_answer_is_a_choice(text: str, asked: str | None) -> None:
    for question, names in read_answers(text, (), asked).answers.items():
        known = {choice.id for choice in referral.triage().question(question).choices}
        assert names and set(names) <= known
